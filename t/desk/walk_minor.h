#ifndef T_DESK_WALK_MINOR_H
#define T_DESK_WALK_MINOR_H

#include "walk_shop.h"

#include "desk/child.h"
#include "desk/optin.h"
#include "desk/optin_minor.h"
#include "desk/parent.h"

/*
 * The last people of the walk are minors: programs hear how old they are, they and
 * their parents opt in, or refuse at the second act, and birthdays come.
 */
static const struct date born_on[MODEL_MINORS] = {
	{ 2014, 6, 15 }, /* 13 in the first summer */
	{ 2015, 1, 20 }, /* in the second winter */
	{ 2011, 9, 1 },  /* 16 in the first autumn */
};

static inline void start_minors(struct walk *w)
{
	for (int i = 0; i < MODEL_MINORS; i++) {
		struct date b = born_on[i];

		w->minor[i] = (struct model_minor){
			.born_day = (int32_t)date_days(b),
			.thirteen_day = (int32_t)date_days(
				(struct date){ b.year + 13, b.month, b.day }),
			.sixteen_day = (int32_t)date_days(
				(struct date){ b.year + 16, b.month, b.day }),
		};
	}
	memset(&w->asked_minor, 0, sizeof w->asked_minor);
}

static inline struct model_minor *minor_at(struct walk *w, int person)
{
	return &w->minor[person - MODEL_ADULTS];
}

static inline int pick_minor(struct walk *w)
{
	return MODEL_ADULTS + pick(w, MODEL_MINORS);
}

static inline void note_age(struct walk *w, int person)
{
	model_minor_told(minor_at(w, person), &w->person[person], today(w));
}

/* Who hears of a child looks for what there is of it; nobody has to ask. */
static inline void note_case(struct walk *w, int person)
{
	const struct model_minor *m = minor_at(w, person);

	look_at_requests(w);
	if (model_is_grown(m, today(w)) || model_is_allowed(m, today(w)) ||
		is_being_deleted(w, person))
		return;
	add_request(w, person, MODEL_DELETE)->is_unasked = true;
	w->ends[END_CHILDREN]++;
}

static inline void do_tell_age(struct walk *w)
{
	int person = pick_minor(w);
	struct desk d = as(w, ACTOR_API);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = email_of(w, person) };
	struct child c = { .born_on = born_on[person - MODEL_ADULTS] };
	struct err e = { 0 };

	c.of.at = &q;
	c.of.n = 1;
	if (!is_done(w, child_found(&d, &c, &e)))
		return;
	note_age(w, person);
	note_case(w, person);
	look_at_person(w, person);
}

static inline struct optin_minor_in opt_in_of(
	struct walk *w, int person, bool is_parent)
{
	struct desk d = as(w, ACTOR_CONSUMER);
	struct date b = born_on[person - MODEL_ADULTS];

	return (struct optin_minor_in){
		.is_parent = is_parent,
		.id = { is_parent ? email_of(w, person) : STR("") },
		.born = { { arena_fmt(w->a, "%d", b.month) },
			{ arena_fmt(w->a, "%d", b.day) },
			{ arena_fmt(w->a, "%d", b.year) } },
		.name = { STR("Pat Walker") },
		.email = { is_parent ? STR("parent@example.com")
				     : email_of(w, person) },
		.check = STR("form"),
		.nonce = optin_nonce(&d),
		.channel = CHANNEL_WEB,
		.peer = peer(w),
	};
}

static inline void take_secret(struct walk *w)
{
	struct post p =
		letter(w, str_of(w->asked_minor.reference), "opt_in_minor");
	str token = secret_in(&p, STR("/opt-in/confirm/"));

	must(token.n < sizeof w->asked_minor.token);
	if (!p.id)
		token = STR("");
	memcpy(w->asked_minor.token, token.p, token.n);
	w->asked_minor.token[token.n] = 0;
}

/* The first act says the age, and opens nothing but the second. */
static inline void do_minor_asks(struct walk *w)
{
	int person = pick_minor(w);
	const struct model_minor *m = minor_at(w, person);
	bool is_parent = pick(w, 2);
	bool is_child = model_is_child(m, today(w));
	struct desk d = as(w, ACTOR_CONSUMER);
	struct optin_minor_in in = opt_in_of(w, person, is_parent);
	struct optin_minor_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (!is_done(w, optin_minor_ask(&d, &in, &out, &ps, &e)) || ps.n ||
		newest(w, NULL) == w->before)
		return;
	note_age(w, person);
	if (!is_parent && is_child)
		note_case(w, person);
	look_at_person(w, person);
	/* Of a process that died nobody knows under which reference. */
	if (out.reference.n != 8)
		return;
	memset(&w->asked_minor, 0, sizeof w->asked_minor);
	memcpy(w->asked_minor.reference, out.reference.p, 8);
	w->asked_minor.person = person;
	w->asked_minor.is_parent = is_parent;
	take_secret(w);
	if (is_parent && *w->asked_minor.token)
		wrong(w, "M-01: a second act before the parent was checked",
			w->asked_minor.reference);
}

static inline void do_check_parent(struct walk *w)
{
	struct desk d = as(w, ACTOR_STAFF);
	str reference = str_of(w->asked_minor.reference);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (!reference.n || !w->asked_minor.is_parent)
		return;
	if (is_done(w, parent_check(&d, reference, STR("form"),
			       STR("A signed form"), &ps, &e)))
		take_secret(w);
	look_at_person(w, w->asked_minor.person);
}

static inline void do_minor_decides(struct walk *w)
{
	int person = w->asked_minor.person;
	bool allows = pick(w, 3);
	struct desk d = as(w, ACTOR_CONSUMER);
	struct err e = { 0 };
	const char *what;

	if (!*w->asked_minor.token ||
		!is_done(w, optin_decide(&d, str_of(w->asked_minor.token),
				    allows, &e)))
		return;
	what = model_minor_chose(minor_at(w, person), &w->person[person],
		w->asked_minor.is_parent, allows, today(w));
	if (what)
		wrong(w, what, w->asked_minor.reference);
	if (allows)
		model_said_in(&w->email[person], w->t.clock.fixed_ms);
	*w->asked_minor.token = 0;
	w->ends[END_MINORS_IN] += allows;
	w->ends[END_MINORS_REFUSED] += !allows;
	look_at_person(w, person);
}

/* What was said until a birthday ends with the worker's round after it. */
static inline void do_round(struct walk *w)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n = 0;

	if (!pick(w, 3)) {
		(void)optin_lapse(&d, &n, &e);
		return;
	}
	if (!is_done(w, suppress_lapse(&d, &n, &e)))
		return;
	for (int i = MODEL_ADULTS; i < MODEL_PEOPLE; i++) {
		model_minor_round(minor_at(w, i), &w->person[i], today(w));
		look_at_person(w, i);
	}
}

#endif
