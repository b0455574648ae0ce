/*
 * Opting a minor in: whose choice it is, and what becomes of it.  What the age alone
 * forbids is released by the second act, together with an opt-out of before; what was
 * deleted or limited stays.
 */
#include "desk/optin_minor.h"

#include "base/rand.h"
#include "desk/child.h"
#include "desk/limit.h"
#include "desk/minor.h"
#include "desk/optin_act.h"
#include "desk/own_act.h"
#include "desk/parent.h"
#include "desk/parent_ask.h"
#include "desk/post.h"
#include "desk/stop.h"
#include "desk/suppress.h"
#include "law/deadline.h"
#include "law/reason.h"
#include "law/reference.h"
#include "words/words.h"

enum { HOUR_S = 3600, SECRET_BYTES = 24 };

static struct date born_of(const struct record *r)
{
	struct date out = { 0 };

	(void)date_parse(r->person.born_on.v, &out);
	return out;
}

/* --- the first act --- */

struct asking {
	const struct optin_minor_in *in;
	struct person person;
	struct date born_on;
	enum parent_check check;
	struct newcomer newcomer;
};

static int check_parent(
	struct desk *d, struct asking *a, struct problems *ps, struct err *e)
{
	parent_read_name(a->in->name, "name", &a->person.parent_name, ps);
	parent_read_email(a->in->email, "email", &a->person.parent_email, ps);
	return parent_read_check(d, a->in->check, &a->check, ps, e);
}

static int check_all(
	struct desk *d, struct asking *a, struct problems *ps, struct err *e)
{
	bool is_parent = a->in->is_parent;

	if (!is_parent)
		parent_read_email(a->in->email, "email", &a->person.email, ps);
	else if (!str_trim(a->in->id.v).n)
		problem_add(ps, "id", "missing",
			"Enter an email address or phone number of your child");
	else
		stop_read_identifier(
			d, (personal){ str_trim(a->in->id.v) }, &a->person, ps);
	if (born_read(&a->in->born, desk_today(d), &a->born_on, ps))
		a->person.born_on.v = date_iso(d->arena, a->born_on);
	return is_parent ? check_parent(d, a, ps, e) : 0;
}

static int store_asked(struct desk *d, void *ctx, struct err *e)
{
	struct asking *a = ctx;
	struct record *r = &a->newcomer.record;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &a->person, id);

	if (receive_store(d, &a->newcomer, e) ||
		receive_store_identifiers(d, r, id, n, e) ||
		optin_act_asked(d, r->row.id, a->in->nonce,
			rand_token(d->arena, SECRET_BYTES), e) ||
		child_known(d, id, n, a->born_on, e))
		return -1;
	return a->in->is_parent ? parent_add(d, r, a->check, e)
				: optin_minor_letter(d, r, e);
}

/* By address as well: nobody gets letters without end that they did not ask for. */
static int limit(struct desk *d, const struct asking *a, struct err *e)
{
	if (receive_limit(d, "opt-in", a->in->peer, LIMIT_OPT_IN_PEER, e))
		return -1;
	return a->in->is_parent ? 0
				: desk_limit(d, "opt-in-to", a->person.email.v,
					  LIMIT_CODES_PER_HOUR, HOUR_S, e);
}

/* Who says that they are under 13 can't decide, and has said it. */
static int note_child(struct desk *d, const struct asking *a, struct err *e)
{
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = a->person.email.v };
	struct child c = { .born_on = a->born_on };

	c.of.at = &q;
	c.of.n = 1;
	return child_told(d, &c, e);
}

int optin_minor_ask(struct desk *d, const struct optin_minor_in *in,
	struct optin_minor_out *out, struct problems *ps, struct err *e)
{
	struct asking a = { .in = in };
	enum minor_consent by;

	*out = (struct optin_minor_out){ .age = MINOR_END };
	if (optin_act_check(in->nonce, e) || check_all(d, &a, ps, e))
		return -1;
	if (ps->n)
		return 0;
	out->age = minor_on(a.born_on, desk_today(d));
	by = minor_row(out->age)->by;
	if (limit(d, &a, e))
		return -1;
	if (by != (in->is_parent ? MINOR_BY_PARENT : MINOR_BY_SELF))
		return by == MINOR_BY_PARENT ? note_child(d, &a, e) : 0;
	a.newcomer = (struct newcomer){
		.kind = KIND_OPT_IN_MINOR,
		.channel = in->channel,
		.person = &a.person,
		.facts = { .is_own = by == MINOR_BY_SELF },
	};
	if (desk_write(d, store_asked, &a, e))
		return -1;
	out->reference = a.newcomer.record.row.reference;
	return 0;
}

/* --- the second act --- */

int optin_minor_letter(struct desk *d, const struct record *r, struct err *e)
{
	enum lang l = record_lang(r);
	bool is_parent = r->person.parent_email.v.n > 0;
	str token = rand_token(d->arena, SECRET_BYTES);
	struct date until = date_pacific(
		r->row.received_at + LIMIT_CHILD_OPT_IN_DAYS * 86400000LL);
	struct letter_opt_in_minor v = {
		.is_parent = is_parent,
		.reference = reference_show(d->arena, r->row.reference),
		.link = post_link(d, l, "/opt-in/confirm/", token),
		.until = words_date(d->arena, l, until),
		.opt_out_link = post_link(d, l, "/opt-out", STR("")),
	};
	struct post_to to = { .address = is_parent ? r->person.parent_email
						   : r->person.email };
	struct letter_words words;

	if (optin_act_renew(d, r->row.id, token, e) || post_sign(d, &v.sign, e))
		return -1;
	words = letters_opt_in_minor(d->arena, l, &v);
	return post_put(d, r, LETTER_OPT_IN_MINOR, &to, &words, e);
}

/* Is any of what they gave known to belong to a child under 13 by now? */
static int is_known_child(struct desk *d, const struct identifier *id, size_t n,
	bool *out, struct err *e)
{
	*out = false;
	for (size_t i = 0; i < n; i++) {
		struct minor_known known;
		int rc = minor_look(d, id[i].key, &known, e);

		if (rc < 0)
			return -1;
		*out |= rc && known.age == MINOR_UNDER_13;
	}
	return 0;
}

int optin_minor_is_own(
	struct desk *d, const struct record *r, bool *out, struct err *e)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &r->person, id);
	bool is_child;

	if (is_known_child(d, id, n, &is_child, e))
		return -1;
	*out = !is_child;
	return 0;
}

int optin_minor_note_own(struct desk *d, const struct record *r, struct err *e)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &r->person, id);
	int is_teen = 0;

	for (size_t i = 0; i < n; i++) {
		struct minor_known known;
		int rc = minor_look(d, id[i].key, &known, e);

		if (rc < 0)
			return -1;
		if (!rc || known.age != MINOR_TEEN)
			continue;
		if (minor_choose(d, id[i].key, MINOR_SELF_ALLOWED,
			    (struct date){ 0 }, e))
			return -1;
		is_teen = 1;
	}
	if (is_teen && DESK_AUDIT(d, AUDIT_MINOR_OPTED_IN, r->row.reference, e,
			       AD("by", "minor")))
		return -1;
	return is_teen;
}

int optin_minor_facts(struct desk *d, const struct record *r,
	struct state_facts *out, struct err *e)
{
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &r->person, id);
	bool is_child;
	int asks = parent_asks(d, r->row.id, e);

	if (asks < 0 || parent_narrow(d, r->row.id, out, e) ||
		is_known_child(d, id, n, &is_child, e))
		return -1;
	out->is_own = !asks && !is_child &&
		      minor_on(born_of(r), desk_today(d)) != MINOR_UNDER_13;
	return 0;
}

static int release(struct desk *d, const struct record *r,
	const struct identifier *id, struct err *e)
{
	struct suppress_change c = {
		.kind = &id->kind,
		.key = id->key,
		.n = 1,
		.mask = REASON_MINOR | REASON_OPT_OUT,
		.source = STR(OPTED_IN_BY),
		.request_id = r->row.id,
		.is_act = true,
	};

	return suppress_replace(d, &c, e);
}

/* By now they may be 16: then there is no minor to remember. */
static int choose(struct desk *d, const struct record *r,
	const struct identifier *id, enum minor_choice choice,
	struct date ask_from, struct err *e)
{
	struct date born_on = born_of(r);
	enum minor age = minor_on(born_on, desk_today(d));

	if (minor_row(age)->by == MINOR_BY_NOBODY)
		return 0;
	return minor_tell(d, id->key, born_on, age, e) ||
			       minor_choose(d, id->key, choice, ask_from, e)
		       ? -1
		       : 0;
}

int optin_minor_allow(struct desk *d, const struct record *r, struct err *e)
{
	bool is_parent = r->person.parent_email.v.n > 0;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &r->person, id);

	for (size_t i = 0; i < n; i++)
		if (choose(d, r, &id[i],
			    is_parent ? MINOR_PARENT_ALLOWED
				      : MINOR_SELF_ALLOWED,
			    (struct date){ 0 }, e) ||
			release(d, r, &id[i], e))
			return -1;
	return DESK_AUDIT(d, AUDIT_MINOR_OPTED_IN, r->row.reference, e,
		AD("by", is_parent ? "parent" : "minor"));
}

int optin_minor_refuse(struct desk *d, const struct record *r, struct err *e)
{
	struct date born_on = born_of(r);
	struct date ask_from = reask_minor_on(desk_today(d), born_on);
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &r->person, id);

	/* First the choice: what was allowed before is no reason any more. */
	for (size_t i = 0; i < n; i++)
		if (choose(d, r, &id[i], MINOR_REFUSED, ask_from, e))
			return -1;
	if (child_known(d, id, n, born_on, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_MINOR_REFUSED, r->row.reference, e,
		AD("ask_from", date_iso(d->arena, ask_from)));
}
