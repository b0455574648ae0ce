#include "desk/account.h"

#include <sodium.h>

#include "base/enc.h"
#include "desk/agent_post.h"
#include "desk/config.h"
#include "desk/form.h"
#include "desk/heed.h"
#include "desk/identity.h"
#include "desk/intake.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "law/reference.h"

enum { HOUR_S = 3600, MINUTE_S = 60 };

bool account_is_offered(const struct desk *d)
{
	return d->config->account_url.n > 0;
}

/* --- of a draft --- */

bool account_is_fresh(const struct desk *d, const struct person *p)
{
	int64_t until;

	return str_eq(p->account, STR("yes")) &&
	       str_int(p->account_until, &until) && desk_now(d) < until;
}

void account_settle(const struct desk *d, struct person *p)
{
	if (!account_is_fresh(d, p))
		p->account = p->portal = STR("");
	p->account_until = STR("");
}

/* --- the nonce --- */

/* "1795295045-" and the keyed hash of that with the request: nothing is stored. */
static str nonce_of(struct desk *d, const struct record *r, int64_t at_s)
{
	str hash = keys_hash(d->arena, d->keys, "account nonce",
		arena_fmt(d->arena, "%lld:%lld", (long long)r->row.id,
			(long long)at_s));

	return arena_fmt(d->arena, "%lld-%.*s", (long long)at_s,
		STR_ARG(base64url_of(d->arena, hash.p, hash.n)));
}

static bool nonce_holds(struct desk *d, const struct record *r, str nonce)
{
	int64_t now_s = desk_now(d) / 1000;
	int64_t at_s;
	str at, hash, ours;

	if (!str_cut(nonce, '-', &at, &hash) || !str_int(at, &at_s) ||
		at_s > now_s || now_s - at_s > LIMIT_CODE_MINUTES * MINUTE_S)
		return false;
	ours = nonce_of(d, r, at_s);
	return ours.n == nonce.n && !sodium_memcmp(ours.p, nonce.p, nonce.n);
}

/* --- the way there --- */

int account_way(struct desk *d, str typed, str peer, struct account_way *out,
	struct err *e)
{
	struct status s;
	struct record r;
	str url = d->config->account_url;
	str back;
	int rc = intake_status(d, typed, peer, &s, e);

	if (rc <= 0 || !s.needs_code || !account_is_offered(d))
		return rc < 0 ? -1 : 0;
	if (record_need(d, typed, &r, e))
		return -1;
	if (agent_asks(&r))
		return 0;
	/* A form of another site comes back without our cookies. */
	back = post_link(d, d->lang, "/s/",
		arena_fmt(d->arena, "%.*s/account/signed-in",
			STR_ARG(s.reference)));
	*out = (struct account_way){
		.reference = s.reference,
		.what = form_of(r.kind)->what,
		.url = arena_fmt(d->arena, "%.*s%snonce=%.*s&return=%.*s",
			STR_ARG(url), str_has(url, '?') ? "&" : "?",
			STR_ARG(url_encode(
				d->arena, nonce_of(d, &r, desk_now(d) / 1000))),
			STR_ARG(url_encode(d->arena, back))),
	};
	return 1;
}

/* --- and back --- */

struct confirming {
	str reference;
	const struct assertion_key *key;
	str token;
	bool is_taken;
};

bool account_is_same_address(str a, str b)
{
	struct ident x, y;

	return !ident_read(&x, IDENT_TOYON_1, IDENT_EMAIL, a) &&
	       !ident_read(&y, IDENT_TOYON_1, IDENT_EMAIL, b) &&
	       str_eq((str){ x.text, x.n }, (str){ y.text, y.n });
}

static int judge(struct desk *d, const struct confirming *c,
	const struct record *r, struct err *why)
{
	struct assertion x;

	if (assertion_read(d->arena, c->key, c->token, &x, why) ||
		assertion_check(
			&x, post_address(d, "", STR("")), desk_now(d), why))
		return -1;
	if (!nonce_holds(d, r, x.nonce))
		return err_set(why, ERR_DENIED,
			"its nonce is not of this "
			"request, or too old");
	if (!account_is_same_address(x.email.v, r->person.email.v))
		return err_set(why, ERR_DENIED,
			"the account has another email address");
	return 0;
}

static int try_assertion(struct desk *d, void *ctx, struct err *e)
{
	struct confirming *c = ctx;
	struct err why = { 0 };
	struct record r;

	c->is_taken = false;
	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (agent_asks(&r) || !intake_takes_code(&r) ||
		r.row.email_confirmed_at)
		err_set(&why, ERR_CONFLICT, "the request is confirmed already");
	else if (!judge(d, c, &r, &why))
		c->is_taken = true;
	if (!c->is_taken)
		return DESK_AUDIT(d, AUDIT_ACCOUNT_REFUSED, r.row.reference, e,
			AD("why", str_of(why.message)));
	/* The account has this address, whatever the code would have gone to. */
	r.person.account = STR("yes");
	r.person.code_by = STR("email");
	return record_save_person(d, &r, e) || heed_signal(d, &r, e) ||
			       intake_confirmed(
				       d, &r, AUDIT_ACCOUNT_CONFIRMED, e)
		       ? -1
		       : 0;
}

int account_confirm(struct desk *d, str reference,
	const struct assertion_key *key, str token, bool *is_taken,
	struct err *e)
{
	struct confirming c = {
		.reference = reference, .key = key, .token = str_trim(token)
	};

	*is_taken = false;
	if (!account_is_offered(d))
		return err_set(e, ERR_NOT_FOUND,
			"the business has no accounts to sign in to");
	if (desk_limit_request(
		    d, "account", reference, LIMIT_ACCOUNT_TRIES, HOUR_S, e) ||
		desk_write(d, try_assertion, &c, e))
		return -1;
	*is_taken = c.is_taken;
	return 0;
}
