/*
 * One request as staff see it: the clock, the next step, what happened, where
 * the data was, and what can be done now.  Buttons are what the state machine
 * would allow, asked with the same facts that the use case uses.
 */
#include "desk/case.h"

#include "connect/map.h"
#include "desk/agent_post.h"
#include "desk/answer.h"
#include "desk/call_back.h"
#include "desk/charge.h"
#include "desk/code.h"
#include "desk/correct.h"
#include "desk/explain.h"
#include "desk/form.h"
#include "desk/fraud.h"
#include "desk/identity.h"
#include "desk/intake.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/record.h"
#include "desk/setting.h"
#include "desk/telling.h"
#include "desk/trail.h"
#include "desk/tray.h"
#include "desk/withdraw.h"
#include "law/deadline.h"
#include "law/reference.h"

enum { MATCHES_MAX = 64 };

static struct date date_of(str iso)
{
	struct date out = { 0 };

	(void)date_parse(iso, &out);
	return out;
}

static struct date day_of(int64_t at)
{
	return at ? date_pacific(at) : (struct date){ 0 };
}

/* --- tasks --- */

/* States that need no number of rows. */
static bool plain_words(str state, struct case_task *c)
{
	static const struct {
		const char *state;
		const char *tone;
		const char *words;
	} rows[] = {
		{ "corrected", "ok", "Corrected" },
		{ "unchanged", "ok", "Left as it is" },
		{ "by_hand", "ok", "By hand, as staff wrote" },
		{ "ended", "keep", "Left alone: taken back" },
		{ "dropped", "bad", "Dropped, not proven" },
		{ "told", "ok", "In the answer" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		if (!str_eq(state, str_of(rows[i].state)))
			continue;
		c->tone = rows[i].tone;
		c->words = str_of(rows[i].words);
		return true;
	}
	return false;
}

/* What an exception keeps is told beside what is gone, never instead. */
static void done_words(
	struct arena *a, const struct sql_task_list_row *t, struct case_task *c)
{
	bool is_kept = str_eq(t->state, STR("kept"));
	str day = date_short(a, day_of(t->done_at));

	c->tone = is_kept ? "keep" : "ok";
	c->detail = day;
	if (plain_words(t->state, c))
		return;
	if (!t->rows_erased) {
		c->words = is_kept ? STR("Kept, with a reason")
				   : STR("Nothing held");
		return;
	}
	c->words = is_kept ? STR("Deleted, some kept") : STR("Deleted");
	c->detail = arena_fmt(a, "%lld rows, none left, %.*s",
		(long long)t->rows_erased, STR_ARG(day));
}

static int days_late(struct desk *d, const struct sql_task_list_row *t)
{
	return t->due_on.n ? date_between(date_of(t->due_on), desk_today(d))
			   : 0;
}

/* Whoever has been asked, and has not answered. */
static void waiting_words(
	struct desk *d, const struct sql_task_list_row *t, struct case_task *c)
{
	struct arena *a = d->arena;
	int late = days_late(d, t);

	c->is_late = late > 0;
	c->tone = c->is_late ? "bad" : "wait";
	if (c->is_late)
		c->words = arena_fmt(
			a, "%d %s late", late, late == 1 ? "day" : "days");
	else
		c->words =
			c->is_system ? STR("A person was asked") : STR("Told");
	c->detail = arena_fmt(a, "asked %.*s, due %.*s",
		STR_ARG(date_short(a, day_of(t->asked_at))),
		STR_ARG(date_short(a, date_of(t->due_on))));
}

static void system_words(
	struct desk *d, const struct sql_task_list_row *t, struct case_task *c)
{
	struct arena *a = d->arena;

	if (t->done_at) {
		done_words(a, t, c);
		return;
	}
	if (t->asked_at && !t->problem.n) {
		waiting_words(d, t, c);
		return;
	}
	c->is_stuck = t->problem.n > 0;
	c->tone = c->is_stuck ? "bad" : "wait";
	if (c->is_stuck)
		c->words = STR("Can’t be reached");
	else if (str_eq(t->state, STR("searching")))
		c->words = STR("Searching");
	else if (str_eq(t->state, STR("found")))
		c->words = t->rows_found ? STR("Found") : STR("Nothing found");
	else
		c->words = str_eq(t->state, STR("correcting"))
				   ? STR("Correcting")
				   : STR("Deleting");
	if (c->is_stuck)
		c->detail =
			arena_fmt(a, "tried %d times, tried again by itself",
				(int)t->attempts);
	else if (t->rows_found)
		c->detail = arena_fmt(a, "%lld rows", (long long)t->rows_found);
}

static void vendor_words(
	struct desk *d, const struct sql_task_list_row *t, struct case_task *c)
{
	struct arena *a = d->arena;

	if (t->done_at) {
		bool is_kept = str_eq(t->state, STR("kept"));
		bool is_dropped = str_eq(t->state, STR("dropped"));

		c->tone = is_dropped ? "bad" : is_kept ? "keep" : "ok";
		c->words = is_kept      ? STR("Kept, with a reason")
			   : is_dropped ? STR("Dropped, not confirmed")
			   : str_eq(t->state, STR("instructed"))
				   ? STR("Told by staff")
			   : str_eq(t->state, STR("exempt"))
				   ? STR("Not told: a third party")
			   : str_eq(t->state, STR("ended"))
				   ? STR("Not told: taken back")
			   : str_eq(t->state, STR("spared"))
				   ? STR("Not told: nothing held")
			   : str_eq(t->state, STR("nothing"))
				   ? STR("Nothing held")
				   : STR("Confirmed");
		c->detail = date_short(a, day_of(t->done_at));
		return;
	}
	if (!t->asked_at) {
		c->is_stuck = t->problem.n > 0;
		c->tone = c->is_stuck ? "bad" : "wait";
		c->words = c->is_stuck ? STR("Can’t be told")
				       : STR("Not told yet");
		return;
	}
	waiting_words(d, t, c);
}

static void fill_tasks(
	struct desk *d, const struct tally *t, struct case_view *v)
{
	v->tasks.at = arena_many(d->arena, struct case_task, t->rows.n);
	v->tasks.n = t->rows.n;
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];
		struct case_task *c = &v->tasks.at[i];

		*c = (struct case_task){
			.id = row->id,
			.is_system = str_eq(row->target, STR("system")),
			.name = row->name,
			.title = row->title,
			.state = row->state,
			.problem = row->problem,
			.is_done = row->done_at > 0,
			.is_dropped = str_eq(row->state, STR("dropped")),
			.attempts = (int)row->attempts,
			.due_on = date_of(row->due_on),
			.asked_at = row->asked_at,
			.done_at = row->done_at,
			.rows_found = row->rows_found,
			.rows_erased = row->rows_erased,
			.evidence = row->evidence,
		};
		if (c->is_system)
			system_words(d, row, c);
		else
			vendor_words(d, row, c);
	}
	v->vendors = t->vendors - t->vendors_spared;
	v->vendors_confirmed =
		v->vendors - t->vendors_open - t->vendors_dropped;
	v->rows_found = t->rows_found;
	v->seen = record_seen(d, t);
}

/* 11 CCR 7022(f): what a company must keep and why, in its own words, which may
 * name the person; and who deleted by hand, and when. */
static int fill_said(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v, struct err *e)
{
	for (size_t i = 0; v->is_revealed && i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];

		bool is_said = str_eq(row->target, STR("vendor")) ||
			       (row->done_at && row->asked_at);

		if (is_said && record_open_task(d, r, row->name, row->sealed,
				       &v->tasks.at[i].said.v, e))
			return -1;
	}
	return 0;
}

/* --- what happened --- */

static str event_detail(struct desk *d, const struct sql_staff_list_rows *staff,
	str actor, int64_t at)
{
	str when = instant_words(d->arena, at);

	if (str_starts(actor, STR("staff:")))
		return arena_fmt(d->arena, "%.*s, %.*s",
			STR_ARG(trail_who(d, staff, actor)), STR_ARG(when));
	if (str_starts(actor, STR("vendor:")) ||
		str_starts(actor, STR("keeper:")))
		return arena_fmt(
			d->arena, "Through its own page, %.*s", STR_ARG(when));
	return when;
}

/* Newest first, as a timeline is read. */
static int fill_events(
	struct desk *d, struct case_view *v, str reference, struct err *e)
{
	struct sql_audit_of_reference_rows rows;
	struct sql_staff_list_rows staff;

	if (sql_staff_list(d->db, d->arena, &staff, e))
		return -1;
	if (sql_audit_of_reference(d->db, d->arena,
		    &(struct sql_audit_of_reference_in){ reference }, &rows, e))
		return -1;
	v->entries = (int64_t)rows.n;
	v->events.n = rows.n;
	v->events.at = arena_many(d->arena, struct case_event, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_audit_of_reference_row *r =
			&rows.at[rows.n - 1 - i];
		struct case_event *ev = &v->events.at[i];
		enum audit_event kind;

		*ev = (struct case_event){ .at = r->at,
			.day = date_short(d->arena, date_pacific(r->at)),
			.title = r->event,
			.detail = event_detail(d, &staff, r->actor, r->at),
			.tone = "",
			.icon = "dot" };
		if (!audit_event_of(r->event, &kind))
			continue;
		ev->title = audit_sentence(d->arena, kind, r->detail);
		ev->tone = audit_event_tone(kind);
		ev->icon = *ev->tone == 'g'   ? "check"
			   : *ev->tone == 'b' ? "alert"
					      : "dot";
	}
	return 0;
}

static int fill_letters(struct desk *d, struct case_view *v, struct err *e)
{
	struct sql_mail_of_request_rows rows;

	if (sql_mail_of_request(d->db, d->arena,
		    &(struct sql_mail_of_request_in){ v->id }, &rows, e))
		return -1;
	v->letters.n = rows.n;
	v->letters.at = arena_many(d->arena, struct case_letter, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		enum letter_kind kind;

		v->letters.at[i] = (struct case_letter){
			.id = rows.at[i].id,
			.title = letter_kind_of(rows.at[i].template, &kind)
					 ? str_of(letter_kind_title(kind))
					 : rows.at[i].template,
			.state = rows.at[i].state,
			.sent_at = rows.at[i].sent_at,
		};
	}
	return 0;
}

/* After the letters and the buttons. */
static int fill_close(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	struct state_facts facts = { .is_decided = true };
	int is_refused = post_is_refused(d, r->row.id, e);

	v->can_close = is_refused > 0 && !r->row.answered_at &&
		       desk_may(d, PERM_DECIDE) &&
		       state_can(r->kind, r->state, ON_UNDELIVERABLE, &facts);
	return is_refused < 0 ? -1 : 0;
}

static int fill_others(struct desk *d, struct case_view *v, struct err *e)
{
	struct sql_request_same_person_rows rows;

	if (sql_request_same_person(d->db, d->arena,
		    &(struct sql_request_same_person_in){ v->id }, &rows, e))
		return -1;
	v->others.n = rows.n;
	v->others.at = arena_many(d->arena, str, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		v->others.at[i] =
			reference_show(d->arena, rows.at[i].reference);
	return 0;
}

/* --- who --- */

static void fill_person(
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
	v->is_withdrawn = outcome_of(r->row.outcome) == OUTCOME_WITHDRAWN ||
			  outcome_of(r->row.outcome) == OUTCOME_JOINED ||
			  outcome_of(r->row.outcome) == OUTCOME_LAPSED;
	v->is_undelivered = p->undeliverable.v.n > 0;
	v->has_left_out = str_eq(p->left_out, STR("yes"));
	v->has_weighed = circumstances_are_written(p);
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

static void fill_messages(
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

enum { CHILD_FACTS = 3 };

static void put_asked(struct case_view *v, const char *title, personal text)
{
	struct case_asked *out = &v->asked.at[v->asked.n];

	if (!text.v.n)
		return;
	out->title = title;
	out->text = v->is_revealed ? text : (personal){ STR("") };
	v->asked.n++;
}

static void fill_asked(
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
			out->text.v = asked_words(d->arena, a, &p);
		v->asked.n++;
	}
	put_asked(v, "Born on", p.born_on);
	put_asked(v, "Parent or guardian", p.parent_name);
	put_asked(v, "Their email", p.parent_email);
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

static void fill_matches(
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
	if (!x->is_marked)
		return STR("The data map calls no column reliable, so nothing "
			   "but the code says who is asking.");
	return arena_fmt(a, "%d %s. It takes %d%s here (%s).", x->points_n,
		x->points_n == 1 ? "detail matches" : "details match",
		needed->points,
		needed->needs_declaration ? " and a signed declaration" : "",
		x->grade.citation);
}

static int fill_identity(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	const struct unverified *u;
	struct settings s;
	struct identity x;

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
	u = identity_foretold(r, str_eq(s.sells, STR("yes")), v->wants_optout);
	if (u) {
		v->foretold = str_of(u->sentence);
		v->foretold_citation = u->citation;
	}
	return 0;
}

/* --- what can be done --- */

/* Whom the next step is about: one by its name, several by their number. */
static str next_name(struct arena *a, const struct tally *t)
{
	if (t->systems_stuck)
		return t->stuck_title;
	if (t->vendors_refused)
		return t->refused_title;
	if (t->keepers_open && !t->vendors_late)
		return t->keeper_title;
	if (t->vendors_late == 1)
		return t->late_title;
	if (!t->vendors_late && t->vendors_open == 1)
		return t->vendor_title;
	return arena_fmt(a, "%d vendors",
		t->vendors_late ? t->vendors_late : t->vendors_open);
}

static const struct case_task *first_gone(
	const struct map *map, const struct case_view *v)
{
	for (size_t i = 0; i < v->tasks.n; i++) {
		const struct case_task *t = &v->tasks.at[i];

		if (t->is_done || !t->problem.n)
			continue;
		if (t->is_system ? !map_system_named(map, t->name)
				 : !map_vendor_named(map, t->name))
			return t;
	}
	return NULL;
}

/* A map that can't be read says nothing about who is in it. */
static const struct case_task *gone_task(
	struct desk *d, const struct tally *t, const struct case_view *v)
{
	const struct case_task *gone = NULL;
	struct arena *a;
	struct map map;
	struct err e;

	if (!desk_may(d, PERM_DECIDE) ||
		(!t->systems_stuck && !t->vendors_refused))
		return NULL;
	a = arena_new(LIMIT_REQUEST_ARENA);
	if (!map_read(a, d->data_map, &map, &e))
		gone = first_gone(&map, v);
	arena_free(a);
	return gone;
}

/* It stands above whatever the next step would be. */
static void fill_second(struct desk *d, struct case_view *v)
{
	const char *act = v->second.is_denial ? "deny it" : "approve it";

	v->next_sentence = STR("Waiting for a second pair of eyes");
	v->next_detail =
		v->second.is_own
			? arena_fmt(d->arena,
				  "You decided to %s. Somebody else has to "
				  "decide the same.",
				  act)
			: arena_fmt(d->arena,
				  "%.*s decided to %s. Look at it, and decide "
				  "the same or send it back.",
				  STR_ARG(v->second.who), act);
}

/* The next step of a case that waits for its package. */
static void fill_next_package(struct desk *d, struct case_view *v)
{
	if (v->package.state == PACKAGE_WANTED) {
		v->next_sentence = STR("Making the package");
		v->next_detail = STR("The worker makes it, and reads it back "
				     "before it is kept.");
	} else if (v->package.state == PACKAGE_STOPPED) {
		v->next_sentence = STR("The package was not made: look "
				       "through it again");
		v->next_detail = arena_fmt(
			d->arena, "%.*s.", STR_ARG(v->package.problem));
	}
}

static void fill_next(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v)
{
	struct next_facts f = {
		.kind = r->kind,
		.state = r->state,
		.systems_open = t->systems_open,
		.systems_unreachable = t->systems_stuck,
		.keepers_open = t->keepers_open,
		.keepers_late = t->keepers_late,
		.vendors_open = t->vendors_open,
		.vendors_untold = t->vendors_untold,
		.vendors_refused = t->vendors_refused,
		.vendors_late = t->vendors_late,
		.is_by_agent = agent_asks(r),
		.proof = agent_proof(r),
		.is_for_child = v->parent.asks && !v->parent.is_checked,
		.is_receipt_confirmed = r->row.receipt_confirmed_at > 0,
		.is_held = v->hold.is_held,
		.is_unverified = v->is_unverified,
		.days_left = v->days_left,
		.has_due = v->has_due,
		.is_fee_asked = v->charge.state == CHARGE_ASKED,
		.is_fee_declined = v->charge.state == CHARGE_DECLINED,
		.is_called_back = call_back_can(r),
	};

	v->gone = gone_task(d, t, v);
	v->next = next_of(&f);
	v->next_sentence =
		next_sentence(d->arena, &v->next, next_name(d->arena, t));
	v->next_detail = str_of(v->next.detail);
	if (r->state == STATE_REVIEW && v->has_mismatch)
		v->next_detail =
			v->is_unverified
				? STR("A detail that was typed is not what we "
				      "hold.")
				: STR("A detail that was typed is not what we "
				      "hold. Make sure who is asking, or deny "
				      "as unverified.");
	if (r->state == STATE_REVIEW && package_is_for(r->kind)) {
		fill_next_package(d, v);
	} else if (r->state == STATE_REVIEW && r->kind == KIND_CORRECT) {
		v->next_detail = STR("Type over what is wrong in the rows that "
				     "were found; what stands elsewhere, "
				     "correct by hand. Or deny it.");
	}
	if (v->is_open && v->second.is_waiting)
		fill_second(d, v);
	if (r->state == STATE_REVIEW && v->parent.asks && !v->parent.is_checked)
		v->next_detail = STR("Somebody asks for a child under 13. "
				     "First write down how you found out that "
				     "it is the parent or guardian.");
	if (v->gone)
		v->next_detail = arena_fmt(d->arena,
			"%.*s is not in the data map any more. Put it back "
			"there, or drop it from this case.",
			STR_ARG(v->gone->title));
	if (v->is_open && r->row.answered_at) {
		v->next_sentence = v->papers ? STR("Print and post the answer")
					     : STR("Sending the answer");
		v->next_detail = v->papers ? STR("The case closes when it is "
						 "marked as posted.")
					   : STR("The case closes when the "
						 "mail server has taken the "
						 "letter.");
	}
}

static void fill_buttons(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v)
{
	struct state_facts all = { true, true, true, true, true, true, true,
		true, true, true, false, false, false, false, true, false,
		false, false, false, false, false };
	bool may = desk_may(d, PERM_DECIDE);

	all.is_free = !v->hold.is_held;
	all.is_fee_settled = v->charge.state == CHARGE_NONE ||
			     v->charge.state == CHARGE_ACCEPTED;
	v->can_hold = desk_may(d, PERM_HOLD) &&
		      (v->hold.is_here ||
			      (v->is_open && r->seal &&
				      kind_row(r->kind)->flow == FLOW_ERASE));
	v->can_approve = may && case_may_approve(r->kind) &&
			 state_can(r->kind, r->state, ON_APPROVED, &all);
	v->can_check_parent = desk_may(d, PERM_PARENT_CHECK) && v->is_open &&
			      v->parent.asks && !v->parent.is_checked;
	v->can_correct = may && correct_can(r) && !t->systems_searching &&
			 !v->hold.is_held;
	v->can_correct_by_hand = may && r->state == STATE_WORKING &&
				 correct_is_stuck(t) && !v->hold.is_held;
	v->can_package = desk_may(d, PERM_REVEAL) && package_is_for(r->kind) &&
			 r->state == STATE_REVIEW &&
			 v->package.state != PACKAGE_WANTED;
	v->can_explain = may && explain_can(r) && !t->systems_searching;
	v->can_refuse = may && fraud_can(r);
	v->can_end = may && telling_can_end(r, t);
	v->can_retry = desk_may(d, PERM_RETRY) &&
		       (t->systems_stuck > 0 || t->vendors_refused > 0);
	v->can_chase = desk_may(d, PERM_CHASE) &&
		       t->vendors_late + t->keepers_late > 0;
	v->can_deny = may && state_can(r->kind, r->state, ON_DENIED, &all);
	v->can_take_back = may && withdraw_is_told(r);
	v->can_call = desk_may(d, PERM_INTAKE) && call_back_can(r);
	v->can_search = may && agent_proof(r) != PROOF_POWER &&
			!v->parent.asks && r->person.email.v.n &&
			state_can(r->kind, r->state, ON_SEARCH_STARTED, &all);
	v->answer_needs_reason = r->state == STATE_WORKING && t->vendors_open;
	v->can_answer =
		may && !r->row.answered_at &&
		(r->state == STATE_ANSWERING ||
			(r->state == STATE_WORKING && !t->systems_open &&
				!t->vendors_untold));
}

/* The letter greets by name: here by the one that is shown. */
static int fill_answer(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v, struct err *e)
{
	struct record shown = *r;
	struct answer answer;
	struct paragraphs p;

	if (!r->seal || (r->state != STATE_ANSWERING && !v->can_answer))
		return 0;
	shown.person.name = v->person.name;
	if (answer_write(d, &shown, t, &answer, e))
		return -1;
	p = answer_paragraphs(d->arena, answer.words.text);
	v->answer.at = p.at;
	v->answer.n = p.n;
	v->answer_title = str_of(letter_kind_title(answer.kind));
	return 0;
}

static int fill_owner(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e)
{
	struct sql_staff_name_row row;
	int rc = sql_staff_name(d->db, d->arena,
		&(struct sql_staff_name_in){ r->row.owner_id }, &row, e);

	if (rc < 0)
		return -1;
	v->owner = rc ? row.name : STR("");
	v->is_mine =
		d->actor.kind == ACTOR_STAFF && r->row.owner_id == d->actor.id;
	return 0;
}

static void fill_dates(
	struct desk *d, const struct record *r, struct case_view *v)
{
	struct date today = desk_today(d);

	v->received_at = r->row.received_at;
	v->received_on = date_of(r->row.received_on);
	v->confirm_by = date_of(r->row.confirm_by);
	v->due_on = date_of(r->row.due_on);
	v->has_due = !date_is_none(v->due_on);
	v->extendable_to = date_of(r->row.extendable_to);
	v->receipt_confirmed_on = day_of(r->row.receipt_confirmed_at);
	v->closed_on = day_of(r->row.closed_at);
	v->keep_until = date_of(r->row.keep_until);
	v->day = date_between(v->received_on, today);
	v->days_left = v->has_due ? date_between(today, v->due_on) : 0;
}

int case_load(struct desk *d, str reference, bool is_revealed,
	struct case_view *out, struct err *e)
{
	struct record r;
	struct tally t;
	int rc;

	if (desk_need(d, PERM_SEE_QUEUE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct case_view){
		.id = r.row.id,
		.reference = reference_show(d->arena, r.row.reference),
		.kind = r.kind,
		.kind_title = kind_title(r.kind),
		.state = r.state,
		.state_title = state_title(r.state),
		.channel = str_of(channel_title(r.row.channel)),
		.is_open = state_is_open(r.state),
		.citation = kind_citation(r.kind),
		.outcome = str_of(outcome_title(outcome_of(r.row.outcome))),
		.is_revealed = is_revealed && desk_may(d, PERM_REVEAL),
	};
	if (record_tally(d, r.row.id, &t, e) ||
		package_row(d, r.row.id, &out->package, e))
		return -1;
	if (hold_look(d, &r, &out->hold, e) ||
		agent_case_load(d, &r, out->is_revealed, &out->agent, e) ||
		second_look(d, r.row.id, &out->second, e) ||
		keep_list(d, &r, &out->keeps, e) ||
		parent_of(d, &r, &out->parent, e) < 0)
		return -1;
	out->papers = tray_waiting(d, r.row.id, e);
	if (out->papers < 0 || charge_of(d, &r, &out->charge, e))
		return -1;
	fill_dates(d, &r, out);
	fill_person(d, &r, out);
	if (fill_identity(d, &r, out, e))
		return -1;
	fill_asked(d, &r, out);
	fill_messages(d, &r, out);
	fill_tasks(d, &t, out);
	fill_matches(d, &r, out);
	fill_next(d, &r, &t, out);
	fill_buttons(d, &r, &t, out);
	if (fill_said(d, &r, &t, out, e) ||
		fill_events(d, out, r.row.reference, e) ||
		fill_letters(d, out, e) || fill_close(d, &r, out, e) ||
		extend_look(d, &r, &out->extension, e) ||
		fill_others(d, out, e) || fill_answer(d, &r, &t, out, e) ||
		fill_owner(d, &r, out, e))
		return -1;
	return 1;
}

static int audit_reveal(struct desk *d, void *ctx, struct err *e)
{
	const struct record *r = ctx;

	return DESK_AUDIT(
		d, AUDIT_REVEALED, r->row.reference, e, AD("id", d->actor.id));
}

int case_reveal(struct desk *d, str reference, struct err *e)
{
	struct record r;

	if (desk_need(d, PERM_REVEAL, e) || record_need(d, reference, &r, e))
		return -1;
	return desk_write(d, audit_reveal, &r, e);
}

int case_receipt(
	struct desk *d, str reference, str *body, str *signature, struct err *e)
{
	struct sql_receipt_of_row row;
	struct record r;
	int rc;

	*body = *signature = STR("");
	if (desk_need(d, PERM_SEE_QUEUE, e) || record_need(d, reference, &r, e))
		return -1;
	rc = sql_receipt_of(d->db, d->arena,
		&(struct sql_receipt_of_in){ r.row.id }, &row, e);
	if (rc <= 0)
		return rc;
	*body = row.body;
	*signature = row.signature;
	return 0;
}
