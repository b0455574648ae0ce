/*
 * Coming to the portal: the nonce, the assertion, the browser's secret.  A row of the
 * record says that an assertion was used; its content opens with the secret alone.
 */
#include "desk/portal.h"

#include <sodium.h>

#include "base/enc.h"
#include "base/rand.h"
#include "desk/account.h"
#include "desk/config.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/seal.h"
#include "desk/trace.h"
#include "ident/ident.h"
#include "store/sql.h"

enum {
	TOKEN_BYTES = 24,
	NONCE_BYTES = 15,
	TOKEN_MAX = 64,
	HOUR_S = 3600,
	DAY_S = 86400,
	DAY_MS = 86400000,
	MINUTE_S = 60,
	MINUTE_MS = 60000,
};

bool portal_is_on(const struct desk *d)
{
	return config_flag(d->config->portal) && account_is_offered(d);
}

/* --- the nonce --- */

/* "1795295045.RANDOM.HASH": nothing is stored before it is used. */
static str nonce_of(struct desk *d, str at_and_random)
{
	str hash = keys_hash(d->arena, d->keys, "portal nonce", at_and_random);

	return arena_fmt(d->arena, "%.*s.%.*s", STR_ARG(at_and_random),
		STR_ARG(base64url_of(d->arena, hash.p, hash.n)));
}

static str new_nonce(struct desk *d)
{
	return nonce_of(d,
		arena_fmt(d->arena, "%lld.%.*s", (long long)desk_now(d) / 1000,
			STR_ARG(rand_token(d->arena, NONCE_BYTES))));
}

/* Ours, and not older than `minutes`. */
static bool nonce_holds(struct desk *d, str nonce, int minutes)
{
	int64_t now_s = desk_now(d) / 1000;
	int64_t at_s;
	str at, random, hash, ours;

	if (!str_cut(nonce, '.', &at, &hash) ||
		!str_cut(hash, '.', &random, &hash) || !str_int(at, &at_s) ||
		at_s > now_s || now_s - at_s > minutes * MINUTE_S)
		return false;
	ours = nonce_of(d, str_head(nonce, at.n + 1 + random.n));
	return ours.n == nonce.n && !sodium_memcmp(ours.p, nonce.p, nonce.n);
}

/* One that is given to a second page of the same browser has half of its time left. */
void portal_way(struct desk *d, str had, struct portal_way *out)
{
	str url = d->config->account_url;
	/* A form of another site comes back without our cookies. */
	str back = post_link(d, d->lang, "/your-data/signed-in", STR(""));

	out->nonce = nonce_holds(d, had, LIMIT_CODE_MINUTES / 2) ? had
								 : new_nonce(d);
	out->url = arena_fmt(d->arena, "%.*s%snonce=%.*s&return=%.*s",
		STR_ARG(url), str_has(url, '?') ? "&" : "?",
		STR_ARG(url_encode(d->arena, out->nonce)),
		STR_ARG(url_encode(d->arena, back)));
}

/* --- the assertion --- */

/* 11 CCR 7061: they signed in again for this, not some time ago. */
static bool is_recent(struct desk *d, const struct assertion *x)
{
	int64_t now_s = desk_now(d) / 1000;

	return x->signed_in_at_s <= now_s + ASSERTION_SKEW_S &&
	       now_s - x->signed_in_at_s <=
		       LIMIT_PORTAL_SIGN_IN_MINUTES * MINUTE_S +
			       ASSERTION_SKEW_S;
}

static int judge(struct desk *d, const struct portal_entry *in,
	struct assertion *x, struct ident *id, struct err *why)
{
	if (assertion_read(d->arena, in->key, in->token, x, why) ||
		assertion_check(
			x, post_address(d, "", STR("")), desk_now(d), why))
		return -1;
	if (!str_eq(x->nonce, in->nonce) ||
		!nonce_holds(d, in->nonce, LIMIT_CODE_MINUTES))
		return err_set(why, ERR_DENIED,
			"its nonce is not of this browser, or too old");
	if (!x->signed_in_at_s)
		return err_set(why, ERR_DENIED,
			"it does not say when they signed in (auth_time)");
	if (!is_recent(d, x))
		return err_set(
			why, ERR_DENIED, "they did not sign in again just now");
	if (ident_read(id, IDENT_TOYON_1, IDENT_EMAIL, x->email.v))
		return err_set(
			why, ERR_DENIED, "it has no email address of anybody");
	return 0;
}

/* --- coming in --- */

struct entering {
	const struct portal_entry *in;
	personal email;
	str account; /* keyed */
	str token;
	enum portal_end end;
};

static str token_hash(struct desk *d, str token)
{
	return keys_hash(d->arena, d->keys, "portal", token);
}

static int refuse(struct desk *d, void *ctx, struct err *e)
{
	const struct err *why = ctx;

	return DESK_AUDIT(d, AUDIT_PORTAL_REFUSED, STR(""), e,
		AD("why", str_of(why->message)));
}

/* 0 rows: this assertion was used before. */
static int64_t add_visit(struct desk *d, struct entering *x, struct err *e)
{
	str network = trace_network(d->arena, x->in->peer);
	struct sql_portal_visit_add_in in = {
		.token_hash = token_hash(d, x->token),
		.nonce_hash = keys_hash(
			d->arena, d->keys, "portal used", x->in->nonce),
		.account = x->account,
		.made_at = desk_now(d),
	};

	if (network.n) {
		str hash =
			keys_hash(d->arena, d->keys, "portal network", network);

		in.network = hex_of(d->arena, hash.p, hash.n);
	}
	in.sealed =
		seal_put(d->arena, seal_derived(d->arena, d->keys, "portal"),
			x->token, x->email.v);
	return sql_portal_visit_add(d->db, &in, e);
}

static int doubt_all(struct desk *d, const struct entering *x, struct err *e)
{
	struct record *r =
		arena_many(d->arena, struct record, LIMIT_PORTAL_REQUESTS);
	size_t n;

	if (portal_records(d, x->email, r, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!state_is_open(r[i].state) || !r[i].person.account.n)
			continue;
		if (record_lock(d, &r[i], e) ||
			portal_doubt(d, &r[i],
				"it came from many networks in a day", e))
			return -1;
	}
	return 0;
}

/* From more places in a day than a person is: nobody stays in with this account, and what
 * it has asked for waits for another proof (11 CCR 7061(b)). */
static int look_into(struct desk *d, struct entering *x, struct err *e)
{
	struct sql_portal_networks_in in = { x->account, desk_now(d) - DAY_MS };
	struct sql_portal_networks_row row;
	struct sql_portal_visit_end_all_in all = { x->account, desk_now(d) };

	if (sql_portal_networks(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	if (row.n <= LIMIT_PORTAL_NETWORKS)
		return 0;
	x->end = PORTAL_STOPPED;
	if (sql_portal_visit_end_all(d->db, &all, e) < 0 || doubt_all(d, x, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_PORTAL_STOPPED, STR(""), e, AD("networks", row.n));
}

static int enter(struct desk *d, void *ctx, struct err *e)
{
	struct entering *x = ctx;
	struct err used;
	int64_t n;

	x->end = PORTAL_REFUSED;
	x->token = rand_token(d->arena, TOKEN_BYTES);
	n = add_visit(d, x, e);
	if (n < 0)
		return -1;
	if (!n) {
		err_set(&used, ERR_CONFLICT, "it was used before");
		return refuse(d, &used, e);
	}
	x->end = PORTAL_IS_IN;
	if (look_into(d, x, e))
		return -1;
	return x->end == PORTAL_IS_IN ? DESK_AUDIT(d, AUDIT_PORTAL_ENTERED,
						STR(""), e, AD("by", "account"))
				      : 0;
}

int portal_enter(struct desk *d, const struct portal_entry *in,
	enum portal_end *end, str *token, struct err *e)
{
	struct entering x = { .in = in };
	struct assertion said;
	struct ident id;
	struct err why;

	*end = PORTAL_REFUSED;
	*token = STR("");
	must(portal_is_on(d));
	if (desk_limit(
		    d, "portal", in->peer, LIMIT_PORTAL_TRIES_PEER, HOUR_S, e))
		return -1;
	if (judge(d, in, &said, &id, &why))
		return desk_write(d, refuse, &why, e);
	x.email.v = arena_dup(d->arena, str_trim(said.email.v));
	x.account = keys_hash(
		d->arena, d->keys, "portal account", (str){ id.text, id.n });
	if (desk_limit(d, "portal-account",
		    hex_of(d->arena, x.account.p, x.account.n),
		    LIMIT_PORTAL_VISITS, DAY_S, e) ||
		desk_write(d, enter, &x, e))
		return -1;
	*end = x.end;
	if (x.end == PORTAL_IS_IN)
		*token = x.token;
	return 0;
}

/* --- being there, and leaving --- */

int portal_visit(
	struct desk *d, str token, struct portal_visit *out, struct err *e)
{
	struct sql_portal_visit_by_hash_in in = {
		.since = desk_now(d) - LIMIT_PORTAL_MINUTES * MINUTE_MS + 1,
	};
	struct sql_portal_visit_by_hash_row row;
	int rc;

	*out = (struct portal_visit){ .until = 0 };
	if (!portal_is_on(d) || !token.n || token.n > TOKEN_MAX)
		return 0;
	in.token_hash = token_hash(d, token);
	rc = sql_portal_visit_by_hash(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	out->account = row.account;
	out->until = row.made_at + LIMIT_PORTAL_MINUTES * MINUTE_MS;
	return seal_get(d->arena, seal_derived(d->arena, d->keys, "portal"),
		       token, row.sealed, &out->email.v, e)
		       ? -1
		       : 1;
}

static int leave(struct desk *d, void *ctx, struct err *e)
{
	const str *token = ctx;
	struct sql_portal_visit_end_in in = { token_hash(d, *token),
		desk_now(d) };
	int64_t n = sql_portal_visit_end(d->db, &in, e);

	if (n <= 0)
		return n < 0 ? -1 : 0;
	return DESK_AUDIT(
		d, AUDIT_PORTAL_LEFT, STR(""), e, AD("by", "account"));
}

int portal_leave(struct desk *d, str token, struct err *e)
{
	return token.n && token.n <= TOKEN_MAX ? desk_write(d, leave, &token, e)
					       : 0;
}
