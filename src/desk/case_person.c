/*
 * Who asks, what they asked for, and how sure it is that it is them.  Masked until
 * somebody who may has said that they want to see it (case_reveal()).
 */
#include "desk/call_back.h"
#include "desk/case_fill.h"
#include "desk/child.h"
#include "desk/deny_tell.h"
#include "desk/doubt.h"
#include "desk/form.h"
#include "desk/fulfil_task.h"
#include "desk/identity.h"
#include "desk/setting.h"

enum { MATCHES_MAX = 64, CHILD_FACTS = 4 };

static void fill_doubts(
	struct desk *d, const struct record *r, struct case_view *v)
{
	str list = r->person.doubt_emails.v, line;
	bool may = fulfil_is_searched_for(r) && desk_may(d, PERM_DECIDE) &&
		   desk_may(d, PERM_REVEAL);

	v->doubts_n = doubt_count(&r->person);
	v->can_doubt = may && v->doubts_n && v->is_revealed;
	v->can_show_doubt = may && v->doubts_n && !v->is_revealed;
	if (!v->is_revealed)
		return;
	v->doubts.at = arena_many(d->arena, str, v->doubts_n);
	while (v->doubts.n < DOUBTS_AT_ONCE && str_next(&list, '\n', &line))
		v->doubts.at[v->doubts.n++] = line;
}

void case_fill_person(
	struct desk *d, const struct record *r, struct case_view *v)
{
	const struct person *p = &r->person;

	v->masked_name = p->name.v.n ? person_short_name(d->arena, p->name).v
				     : STR("someone");
	v->phone_confirmed =
		r->row.email_confirmed_at > 0 && person_is_by_phone(&r->person);
	v->email_confirmed =
		r->row.email_confirmed_at > 0 && !v->phone_confirmed;
	v->wants_optout = str_eq(p->stop_sale, STR("yes"));
	v->is_denied_told = r->seal && deny_locks(r);
	v->is_denied = outcome_of(r->row.outcome) == OUTCOME_DENIED;
	v->is_withdrawn = outcome_of(r->row.outcome) == OUTCOME_WITHDRAWN ||
			  outcome_of(r->row.outcome) == OUTCOME_JOINED ||
			  outcome_of(r->row.outcome) == OUTCOME_LAPSED ||
			  child_opened(r);
	v->is_undelivered = p->undeliverable.v.n > 0;
	v->has_left_out = str_eq(p->left_out, STR("yes"));
	fill_doubts(d, r, v);
	v->has_weighed = circumstances_are_written(p);
	v->lang = record_lang(r);
	v->person = *p;
	if (v->is_revealed)
		return;
	v->person = (struct person){
		.name = { v->masked_name },
		.stop_sale = p->stop_sale,
	};
	if (p->email.v.n)
		v->person.email = person_masked_email(d->arena, p->email);
	if (p->phone.v.n)
		v->person.phone = person_masked_phone(d->arena, p->phone);
	if (p->zip.v.n)
		v->person.zip = person_masked_zip(d->arena, p->zip);
}

void case_fill_messages(
	struct desk *d, const struct record *r, struct case_view *v)
{
	messages_of(d->arena, r, &v->messages);
	v->can_reply =
		v->messages.is_waiting && r->seal && desk_may(d, PERM_DECIDE);
	for (size_t i = 0; !v->is_revealed && i < v->messages.n; i++)
		if (!v->messages.at[i].is_answer)
			v->messages.at[i].text.v = STR("");
}

static bool is_about_the_person(enum question q)
{
	return q == QUESTION_FIND || q == QUESTION_DETAILS ||
	       q == QUESTION_SALE;
}

static void put_asked(struct case_view *v, const char *title, personal text)
{
	struct case_asked *out = &v->asked.at[v->asked.n];

	if (!text.v.n)
		return;
	out->title = title;
	out->text = v->is_revealed ? text : (personal){ STR("") };
	v->asked.n++;
}

void case_fill_asked(
	struct desk *d, const struct record *r, struct case_view *v)
{
	struct person p = r->person;

	v->asked.at = arena_many(
		d->arena, struct case_asked, asked_count() + CHILD_FACTS);
	for (size_t i = 0; i < asked_count(); i++) {
		const struct asked *a = asked_at(i);
		struct case_asked *out = &v->asked.at[v->asked.n];

		if (is_about_the_person(a->question) || !asked_value(a, &p)->n)
			continue;
		out->title = a->title;
		if (v->is_revealed || !a->is_personal)
			out->text.v = asked_words(d->arena, LANG_EN, a, &p);
		v->asked.n++;
	}
	put_asked(v, "Born on", p.born_on);
	put_asked(v, "Parent or guardian", p.parent_name);
	put_asked(v, "Their email", p.parent_email);
	put_asked(v, "Their address", p.parent_postal);
}

/* A line of person.matched, as identity.c writes it. */
static bool add_match(
	str line, enum point p, bool is_missing, struct case_view *v)
{
	str what, where;

	if (is_missing != str_starts(line, STR("-")))
		return false;
	str_cut(str_from(line, is_missing), ':', &what, &where);
	if (!str_eq(what, str_of(point_code(p))))
		return false;
	v->matches.at[v->matches.n++] = (struct case_match){ point_title(p),
		is_missing ? STR("not what we hold") : where, is_missing };
	return true;
}

/* Of each point where it matched; where it matched nowhere, that once. */
static void add_matches(str matched, enum point p, struct case_view *v)
{
	size_t before = v->matches.n;
	str rest = matched;
	str line;

	while (v->matches.n < MATCHES_MAX && str_next(&rest, '\n', &line))
		(void)add_match(line, p, false, v);
	if (v->matches.n > before || !v->is_open)
		return;
	while (str_next(&matched, '\n', &line))
		if (add_match(line, p, true, v)) {
			v->has_mismatch = true;
			return;
		}
}

void case_fill_matches(
	const struct desk *d, const struct record *r, struct case_view *v)
{
	v->matches.at =
		arena_many(d->arena, struct case_match, MATCHES_MAX + POINTS);
	for (int p = 0; p < POINTS; p++)
		add_matches(r->person.matched, (enum point)p, v);
}

/* 11 CCR 7062, in words for staff: what there is, and what it takes. */
static str grade_words(struct arena *a, const struct identity *x)
{
	const struct verification_row *needed = x->grade.needed;

	if (x->is_account)
		return STR("They signed in to their account again, which "
			   "verifies them (11 CCR 7061).");
	if (x->is_doubted)
		return STR("They signed in to their account, which may be in "
			   "the wrong hands: it says nothing of who is asking "
			   "(11 CCR 7061(b)).");
	if (!x->is_marked && !x->is_raised && x->has_missed)
		return STR("Not all that they typed is what we hold, and the "
			   "data map calls no column reliable: make sure who "
			   "is asking (11 CCR 7062).");
	if (!x->is_marked && !x->is_raised)
		return STR("The data map calls no column reliable, so nothing "
			   "but the code says who is asking.");
	return arena_fmt(a, "%d %s. It takes %d%s here%s (%s).", x->points_n,
		x->points_n == 1 ? "detail matches" : "details match",
		needed->points,
		needed->needs_declaration ? " and a signed declaration" : "",
		x->is_raised ? ", as was weighed" : "", x->grade.citation);
}

int case_fill_identity(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	const struct unverified *u;
	struct settings s;
	struct identity x;

	if (v->is_revealed)
		v->stakes.n = stakes_of(r, v->stakes.at);
	v->is_weighed = r->person.stakes.v.n > 0;
	identity_of(r, &x);
	if (!grade_is_for(r->kind) || !v->is_open)
		return 0;
	if (settings_load(d, &s, e))
		return -1;
	v->is_graded = x.is_marked;
	v->is_unverified =
		r->state == STATE_REVIEW && !x.is_reached && !x.is_vouched;
	v->can_vouch = v->is_unverified && desk_may(d, PERM_DECIDE);
	if (r->state != STATE_UNCONFIRMED && r->state != STATE_SEARCHING)
		v->grade = grade_words(d->arena, &x);
	v->can_weigh = stakes_can(r) && desk_may(d, PERM_DECIDE);
	v->searched = identity_searched(d->arena, r);
	u = identity_foretold(r, str_eq(s.sells, STR("yes")), v->wants_optout);
	if (u) {
		v->foretold = str_of(u->sentence);
		v->foretold_citation = u->citation;
	}
	return 0;
}
