/* Two acts and what lies between them: a request that changes nothing. */
#include "desk/optin.h"

#include "base/rand.h"
#include "desk/closing.h"
#include "desk/limit.h"
#include "desk/optin_act.h"
#include "desk/optin_minor.h"
#include "desk/own_act.h"
#include "desk/post.h"
#include "desk/receive.h"
#include "desk/suppress.h"
#include "law/reason.h"
#include "law/reference.h"

enum { HOUR_S = 3600, SECRET_BYTES = 24, LAPSE_AT_ONCE = 200 };

static const int64_t DAY_MS = 86400000;

str optin_nonce(struct desk *d)
{
	return rand_token(d->arena, SECRET_BYTES);
}

/* --- the first act --- */

struct asking {
	const struct optin_in *in;
	struct person person;
	str token;
	struct newcomer newcomer;
};

static int send_second(struct desk *d, const struct asking *a, struct err *e)
{
	const struct record *r = &a->newcomer.record;
	enum lang l = record_lang(r);
	struct letter_opt_in v = {
		.reference = reference_show(d->arena, r->row.reference),
		.link = post_link(d, l, "/opt-in/confirm/", a->token),
		.days = LIMIT_OPT_IN_DAYS,
		.is_sensitive = r->kind == KIND_OPT_IN_SENSITIVE,
		.opt_out_link = post_link(d, l, "/opt-out", STR("")),
	};
	struct post_to to = { .address = r->person.email };
	struct letter_words words;

	if (post_sign(d, &v.sign, e))
		return -1;
	words = letters_opt_in(d->arena, l, &v);
	return post_put(d, r, LETTER_OPT_IN, &to, &words, e);
}

static int store_asked(struct desk *d, void *ctx, struct err *e)
{
	struct asking *a = ctx;
	struct record *r = &a->newcomer.record;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &a->person, id);

	if (receive_store(d, &a->newcomer, e) ||
		receive_store_identifiers(d, r, id, n, e) ||
		optin_act_asked(d, r->row.id, a->in->nonce, a->token, e))
		return -1;
	return n ? send_second(d, a, e) : 0;
}

static void check_email(
	const struct optin_in *in, struct person *p, struct problems *ps)
{
	struct ident id;

	p->email.v = str_trim(in->email.v);
	if (!p->email.v.n && in->kind == KIND_OPT_IN_SENSITIVE)
		problem_add(ps, "email", "missing",
			"Enter the email address you gave us when you limited "
			"it");
	else if (p->email.v.n && (p->email.v.n > PERSON_email_max ||
					 ident_read(&id, IDENT_TOYON_1,
						 IDENT_EMAIL, p->email.v)))
		problem_add(ps, "email", "unreadable",
			in->kind == KIND_OPT_IN_SENSITIVE
				? "Enter an email address in the form "
				  "name@example.com"
				: "Enter an email address in the form "
				  "name@example.com, or leave it empty");
}

/* By address as well: nobody gets letters without end that they did not ask for. */
static int limit(struct desk *d, const struct asking *a, struct err *e)
{
	if (receive_limit(d, "opt-in", a->in->peer, LIMIT_OPT_IN_PEER, e))
		return -1;
	return a->person.email.v.n
		       ? desk_limit(d, "opt-in-to", a->person.email.v,
				 LIMIT_CODES_PER_HOUR, HOUR_S, e)
		       : 0;
}

int optin_ask(struct desk *d, const struct optin_in *in, struct optin_out *out,
	struct problems *ps, struct err *e)
{
	struct asking a = { .in = in };

	must(kind_row(in->kind)->flow == FLOW_OPT_IN);
	if (optin_act_check(in->nonce, e))
		return -1;
	check_email(in, &a.person, ps);
	if (ps->n)
		return 0;
	if (in->is_for_transaction)
		a.person.opt_in_for = STR("transaction");
	a.token = rand_token(d->arena, SECRET_BYTES);
	a.newcomer = (struct newcomer){
		.kind = in->kind,
		.channel = in->channel,
		.person = &a.person,
	};
	if (limit(d, &a, e) || desk_write(d, store_asked, &a, e))
		return -1;
	*out = (struct optin_out){
		.reference = a.newcomer.record.row.reference,
		.token = a.person.email.v.n ? STR("") : a.token,
	};
	return 0;
}

/* --- the second act --- */

struct deciding {
	str token;
	bool allows;
	struct record r;
	bool is_second_act;
};

/* 1, 0 not a secret of ours, -1. */
static int open_token(struct desk *d, struct deciding *c, struct err *e)
{
	struct optin_act act;
	int rc = optin_act_open(d, c->token, &act, e);

	if (rc <= 0)
		return rc;
	c->is_second_act = act.is_second;
	return record_by_id(d, act.request_id, &c->r, e);
}

int optin_open(struct desk *d, str token, struct optin *out, struct err *e)
{
	struct deciding c = { .token = token };
	bool is_own = true;
	int rc = open_token(d, &c, e);

	if (rc <= 0)
		return rc;
	if (c.r.kind == KIND_OPT_IN && optin_minor_is_own(d, &c.r, &is_own, e))
		return -1;
	*out = (struct optin){
		.needs_parent = !is_own,
		.request_id = c.r.row.id,
		.reference = reference_show(d->arena, c.r.row.reference),
		.kind = c.r.kind,
		.is_parent = c.r.person.parent_email.v.n > 0,
		.is_for_transaction = c.r.person.opt_in_for.n > 0,
		.is_identified = c.r.person.email.v.n || c.r.person.phone.v.n,
		.is_open = c.r.state == STATE_ASKED,
	};
	return 1;
}

/* 7028: what the kind is about, and nothing else.  0 and the reasons, or -1. */
static int released_by(
	struct desk *d, const struct record *r, uint32_t *out, struct err *e)
{
	int rc = 0;

	*out = REASON_LIMIT;
	if (r->kind == KIND_OPT_IN_SENSITIVE)
		return 0;
	rc = optin_minor_note_own(d, r, e);
	*out = rc > 0 ? REASON_OPT_OUT | REASON_MINOR : REASON_OPT_OUT;
	return rc < 0 ? -1 : 0;
}

static int release(struct desk *d, const struct record *r, struct err *e)
{
	bool is_sensitive = r->kind == KIND_OPT_IN_SENSITIVE;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &r->person, id);
	uint32_t mask;

	if (released_by(d, r, &mask, e))
		return -1;

	for (size_t i = 0; i < n; i++) {
		struct suppress_change c = {
			.kind = &id[i].kind,
			.key = id[i].key,
			.n = 1,
			.mask = mask,
			.source = is_sensitive ? STR("request")
					       : STR(OPTED_IN_BY),
			.request_id = r->row.id,
			.is_act = !is_sensitive,
		};

		if (suppress_replace(d, &c, e))
			return -1;
	}
	return DESK_AUDIT(d,
		is_sensitive ? AUDIT_SENSITIVE_ALLOWED : AUDIT_OPTED_IN,
		r->row.reference, e, AD("identifiers", n));
}

static int carry_out(struct desk *d, const struct deciding *c, struct err *e)
{
	if (c->r.kind != KIND_OPT_IN_MINOR)
		return c->allows ? release(d, &c->r, e) : 0;
	return c->allows ? optin_minor_allow(d, &c->r, e)
			 : optin_minor_refuse(d, &c->r, e);
}

/* 11 CCR 7070 is about sale and sharing: a limit is taken back as by anybody. */
static int find_facts(struct desk *d, const struct record *r,
	struct state_facts *out, struct err *e)
{
	if (r->kind == KIND_OPT_IN_MINOR)
		return optin_minor_facts(d, r, out, e);
	out->is_own = true;
	return r->kind == KIND_OPT_IN
		       ? optin_minor_is_own(d, r, &out->is_own, e)
		       : 0;
}

static int store_decided(struct desk *d, void *ctx, struct err *e)
{
	struct deciding *c = ctx;
	struct state_facts facts = { 0 };
	int rc = open_token(d, c, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "this link is not valid");
	if (record_lock(d, &c->r, e) || find_facts(d, &c->r, &facts, e))
		return -1;
	facts.is_second_act = c->is_second_act;
	if (record_move(d, &c->r, c->allows ? ON_CONFIRMED : ON_WITHDRAWN,
		    &facts, e))
		return -1;
	return carry_out(d, c, e) ? -1 : closing_store(d, &c->r, e);
}

int optin_decide(struct desk *d, str token, bool allows, struct err *e)
{
	struct deciding c = { .token = token, .allows = allows };

	return desk_write(d, store_decided, &c, e);
}

/* --- never confirmed --- */

static int lapse(struct desk *d, int64_t id, struct err *e)
{
	struct state_facts facts = { 0 };
	struct record r;

	if (record_by_id(d, id, &r, e) != 1 || record_lock(d, &r, e))
		return -1;
	if (!state_is_open(r.state)) /* decided meanwhile */
		return 0;
	if (record_move(d, &r, ON_LAPSED, &facts, e) || closing_store(d, &r, e))
		return -1;
	return 1;
}

static int lapse_all(struct desk *d, void *ctx, struct err *e)
{
	struct sql_opt_in_waiting_in in = {
		.before = desk_now(d) - LIMIT_OPT_IN_DAYS * DAY_MS,
		.before_minor = desk_now(d) - LIMIT_CHILD_OPT_IN_DAYS * DAY_MS,
		.first = LAPSE_AT_ONCE,
	};
	struct sql_opt_in_waiting_rows rows;
	int64_t *n = ctx;

	*n = 0;
	if (sql_opt_in_waiting(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		int rc = lapse(d, rows.at[i].id, e);

		if (rc < 0)
			return -1;
		*n += rc;
	}
	return 0;
}

int optin_lapse(struct desk *d, int64_t *n, struct err *e)
{
	return desk_write(d, lapse_all, n, e);
}
