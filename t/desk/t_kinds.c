/*
 * The kinds of request from receipt on: what their forms store, what their letters
 * say, where they come to stand, and what must not happen to them.
 */
#include "act.h"

#include <sodium.h>

#include "desk/correct.h"
#include "desk/enter.h"
#include "desk/fulfil.h"
#include "desk/hold.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/message.h"
#include "desk/optin.h"
#include "desk/parts.h"
#include "desk/record.h"
#include "desk/reopen.h"
#include "desk/stop.h"
#include "desk/withdraw.h"
#include "law/reason.h"

/* Answers to every question there is; the form takes those of its kind. */
static struct draft draft_of(enum kind kind, const char *email)
{
	struct draft f = { .kind = kind };

	f.person = (struct person){
		.pieces = kind == KIND_KNOW_SPECIFIC ? STR("specific")
						     : STR("categories"),
		.range = STR("dates"),
		.range_from = { STR("3/5/2024") },
		.range_to = { STR("2026-11-21") },
		.item = { STR("the street") },
		.should_be = { STR("12 Elm Street") },
		.email = { str_of(email) },
		.phone = { STR("510-555-0177") },
		.zip = { STR("94607") },
		.name = { STR("Luis Medina") },
		.declared = STR("yes"),
		.signed_by = { STR("Luis A. Medina") },
		.stop_sale = STR("yes"),
	};
	return f;
}

static struct sent send_kind(struct test *t, enum kind kind, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = draft_of(kind, email);
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e))
		fail("send", &e);
	CHECK(!ps.n, "%s: %s", kind_code(kind), ps.n ? ps.at[0].text : "");
	return out;
}

static const struct plan_row plan_of_three[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	{ true, STR_INIT("crm"), STR_INIT("CRM") },
	{ false, STR_INIT("mailharbor"), STR_INIT("MailHarbor") },
};

static struct sent confirmed(struct test *t, enum kind kind, const char *email)
{
	struct sent s = send_kind(t, kind, email);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code is right");
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_three, 3, &e))
		fail("plan", &e);
	return s;
}

/* Each system with as many rows. */
static void report_all(struct test *t, str reference, int64_t rows)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct case_view v = view(t, reference);
	struct found f = { .finding = STR("{}"), .rows = rows };
	struct err e = { 0 };

	for (size_t i = 0; i < v.tasks.n; i++) {
		struct work w;

		if (!v.tasks.at[i].is_system)
			continue;
		if (fulfil_work(&d, v.tasks.at[i].id, &w, &e) != 1 ||
			fulfil_found(&d, &w, &f, &e))
			fail("found", &e);
	}
}

static struct person person_of(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct record r;
	struct err e = { 0 };

	if (record_by_reference(&d, reference, &r, &e) != 1)
		fail("person", &e);
	return r.person;
}

static bool has(struct test *t, const struct post *p, const char *text)
{
	struct buf b = buf_in(t->a, 1 << 18);

	/* A sentence may be wrapped anywhere. */
	for (size_t i = 0; i < p->text.v.n; i++)
		buf_putc(&b, p->text.v.p[i] == '\n' ? ' ' : p->text.v.p[i]);
	return str_find(buf_str(&b), str_of(text)) >= 0;
}

/* --- intake --- */

static const struct {
	enum kind kind;
	const char *email;
	const char *what; /* in the confirmation of receipt */
} letters[] = {
	{ KIND_KNOW_CATEGORIES, "kinds@example.com",
		"You asked us to tell you which kinds of personal information "
		"we hold about you." },
	{ KIND_KNOW_SPECIFIC, "pieces@example.com",
		"You asked us to show you the personal information we hold "
		"about you." },
	{ KIND_DELETE, "delete@example.com",
		"You asked us to delete the personal information we hold "
		"about you." },
	{ KIND_CORRECT, "correct@example.com",
		"You asked us to correct personal information we hold about "
		"you." },
};

static void test_received(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(letters); i++) {
		struct sent s = send_kind(t, letters[i].kind, letters[i].email);
		struct post p = letter_of(t, s.reference, "receipt");
		struct case_view v = view(t, s.reference);

		CHECK(v.kind == letters[i].kind, "%s", v.kind_title);
		CHECK(has(t, &p, letters[i].what), "%s: %.*s", v.kind_title,
			STR_ARG(p.text.v));
		CHECK(letter_of(t, s.reference, "code").id > 0, "and a code");
		CHECK(!date_cmp(s.due_on, (struct date){ 2027, 1, 5 }) &&
				!date_cmp(v.confirm_by,
					(struct date){ 2026, 12, 4 }),
			"%s: 45 days, and 10 business days", v.kind_title);
		CHECK(v.state == STATE_UNCONFIRMED, "%s", v.state_title);
	}
}

/* What a form does not ask is not kept, wherever it came from. */
static void test_stored(struct test *t)
{
	struct person p = person_of(t,
		send_kind(t, KIND_DELETE, "only.delete@example.com").reference);

	CHECK(!p.item.v.n && !p.range.n && !p.declared.n && !p.signed_on.n,
		"a deletion has no correction, no dates, no declaration");
	p = person_of(
		t, send_kind(t, KIND_KNOW_CATEGORIES, "only.kinds@example.com")
			   .reference);
	CHECK(!p.declared.n && !p.signed_by.v.n && !p.signed_on.n &&
			!p.stop_sale.n,
		"nobody signs for the kinds");
	CHECK(str_eq(p.range_from.v, STR("2024-03-05")), "the dates: %.*s",
		STR_ARG(p.range_from.v));
	p = person_of(
		t, send_kind(t, KIND_KNOW_SPECIFIC, "only.pieces@example.com")
			   .reference);
	CHECK(str_eq(p.signed_by.v, STR("Luis A. Medina")) &&
			str_eq(p.signed_on, STR("2026-11-21")),
		"signed, with the day (11 CCR 7062(c))");
	p = person_of(t,
		send_kind(t, KIND_CORRECT, "only.fix@example.com").reference);
	CHECK(str_eq(p.item.v, STR("the street")) &&
			str_eq(p.should_be.v, STR("12 Elm Street")) &&
			!p.range.n,
		"a correction has what it is about");
}

/* Only a deletion asks the question, so only there a yes is one. */
static void test_sale(struct test *t)
{
	send_kind(t, KIND_DELETE, "sale.delete@example.com");
	send_kind(t, KIND_KNOW_SPECIFIC, "sale.know@example.com");
	CHECK(reasons_of(t, IDENT_EMAIL, "sale.delete@example.com") ==
			REASON_OPT_OUT,
		"asked and answered");
	CHECK(reasons_of(t, IDENT_EMAIL, "sale.know@example.com") == 0,
		"not asked");
}

static void test_incomplete(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = draft_of(KIND_KNOW_SPECIFIC, "unsigned@example.com");
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person.declared = STR("");
	CHECK(!intake_send(
		      &d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) &&
			ps.n == 1 && !out.reference.n &&
			!strcmp(ps.at[0].field, "declared"),
		"specific pieces are not asked for unsigned");
}

/* --- on their way --- */

static void test_know(struct test *t)
{
	struct sent s =
		confirmed(t, KIND_KNOW_SPECIFIC, "know.way@example.com");
	struct case_view v = view(t, s.reference);
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct status told;
	struct err e = { 0 };

	CHECK(v.tasks.n == 2 && !v.vendors,
		"two systems are searched, nobody is told: %zu", v.tasks.n);
	report_all(t, s.reference, 3);
	v = view(t, s.reference);
	CHECK(v.state == STATE_REVIEW, "%s", v.state_title);
	CHECK(intake_status(&d, s.reference, STR("192.0.2.1"), &told, &e) == 1,
		"%s", e.message);
	CHECK(told.steps.n == 4, "an answer has no step of carrying out: %zu",
		told.steps.n);
}

/* What was asked is on the case; what is personal in it, once it is shown. */
static void test_asked(struct test *t)
{
	struct sent s = send_kind(t, KIND_CORRECT, "asked@example.com");
	struct desk d = staff(t);
	struct case_view v = view(t, s.reference);
	struct err e = { 0 };

	CHECK(v.asked.n == 2 && !v.asked.at[0].text.v.n, "hidden at first");
	CHECK(case_load(&d, s.reference, true, &v, &e) == 1, "%s", e.message);
	CHECK(v.asked.n == 2 &&
			str_eq(v.asked.at[1].text.v, STR("12 Elm Street")),
		"then shown");
	s = send_kind(t, KIND_KNOW_CATEGORIES, "asked.kinds@example.com");
	v = view(t, s.reference);
	CHECK(str_eq(v.asked.at[0].text.v,
		      STR("The kinds of information only")),
		"a choice of ours is not personal");
}

/* Approving deletes.  Nobody may come to it from a request to know or to correct,
 * whatever the state machine says of their approval. */
static void test_never_deleted(struct test *t)
{
	static const enum kind kinds[] = { KIND_KNOW_CATEGORIES,
		KIND_KNOW_SPECIFIC, KIND_CORRECT };
	static const char *const emails[] = { "kept.kinds@example.com",
		"kept.pieces@example.com", "kept.correct@example.com" };

	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		struct sent s = confirmed(t, kinds[i], emails[i]);
		struct desk d = staff(t);
		struct case_view v;
		struct err e = { 0 };

		report_all(t, s.reference, 3);
		v = view(t, s.reference);
		CHECK(!v.can_approve, "%s: no button", v.kind_title);
		CHECK(case_approve(&d, s.reference, v.seen, &e) == -1 &&
				e.code == ERR_CONFLICT,
			"%s: nor without one", v.kind_title);
		CHECK(reasons_of(t, IDENT_EMAIL, emails[i]) == 0,
			"%s: nobody is suppressed", v.kind_title);
		CHECK(view(t, s.reference).state == STATE_REVIEW, "%s",
			v.kind_title);
		CHECK(v.can_deny, "%s: it can be denied", v.kind_title);
	}
}

static void test_nothing(struct test *t)
{
	struct sent s = confirmed(t, KIND_CORRECT, "nothing.fix@example.com");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct post p;
	struct err e = { 0 };

	report_all(t, s.reference, 0);
	CHECK(!case_answer(&d, s.reference, STR(""), &ps, &e), "%s", e.message);
	p = letter_of(t, s.reference, "nothing_found");
	CHECK(has(t, &p, "you asked us to correct personal information") &&
			has(t, &p, "there was nothing to correct.") &&
			!has(t, &p, "delete"),
		"in the words of its kind: %.*s", STR_ARG(p.text.v));
}

static void test_denied(struct test *t)
{
	struct sent s = send_kind(t, KIND_KNOW_SPECIFIC, "denied@example.com");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct post p;
	struct err e = { 0 };

	CHECK(!deny(t, s.reference, "UNVERIFIED", "", &e) &&
			!case_answer(&d, s.reference, STR(""), &ps, &e),
		"%s", e.message);
	p = letter_of(t, s.reference, "denied_unverified");
	CHECK(has(t, &p, "you asked us to show you the personal information") &&
			has(t, &p, "section") && has(t, &p, "7024(a)") &&
			!has(t, &p, "delete"),
		"in the words of its kind: %.*s", STR_ARG(p.text.v));
}

/* --- what is stopped at once --- */

static str stop(
	struct test *t, enum kind kind, const char *id, struct problems *ps)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = kind,
		.identifier = { str_of(id) },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out = { 0 };
	struct err e = { 0 };

	if (stop_receive(&d, &in, &out, ps, &e))
		fail("stop", &e);
	return out.reference;
}

static void test_limit(struct test *t)
{
	struct problems ps = { 0 };
	str reference = stop(t, KIND_LIMIT, " Limits.Use@Example.com ", &ps);
	struct case_view v = view(t, reference);
	struct desk consumer = desk_as(t, ACTOR_CONSUMER);
	struct desk d = staff(t);
	struct status told;
	struct err e = { 0 };

	CHECK(reasons_of(t, IDENT_EMAIL, "limits.use@example.com") ==
			REASON_LIMIT,
		"in force when the call returned, and nothing else is said");
	CHECK(v.is_open && v.kind == KIND_LIMIT &&
			!strcmp(v.state_title, "In force"),
		"%s: the worker finds out who has to be told (7027(g))",
		v.state_title);
	CHECK(!date_cmp(v.due_on, (struct date){ 2026, 12, 10 }),
		"15 business days would have been the last day (7027(g))");
	CHECK(intake_status(
		      &consumer, reference, STR("192.0.2.1"), &told, &e) == 1 &&
			str_eq(str_of(told.told),
				STR("Your choice took effect the moment we "
				    "received it.")) &&
			!told.needs_code,
		"the status page says so: %s", told.told);
	CHECK(case_search(&d, reference, STR("because"), &ps, &e) == -1,
		"nobody comes to a verification");
	ps = (struct problems){ 0 };
	CHECK(!stop(t, KIND_LIMIT, "", &ps).n && ps.n == 1 &&
			!strcmp(ps.at[0].field, "id"),
		"records are limited: one identifier says which");
}

static int offered(struct test *t, enum kind kind)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct err e = { 0 };

	return stop_is_offered(&d, kind, &e);
}

static void say(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail("setting", &e);
}

/* By what the business says of itself, and for ADMT by the day (11 CCR 7200). */
static void test_offered(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = KIND_OPT_OUT_ADMT,
		.identifier = { STR("early@example.com") },
		.channel = CHANNEL_WEB };
	struct stop_out out;
	struct problems ps = { 0 };
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };

	CHECK(offered(t, KIND_LIMIT) == 1, "unless it is said");
	say(t, "uses_sensitive", "no");
	CHECK(offered(t, KIND_LIMIT) == 0, "no such use is made");
	say(t, "uses_sensitive", "yes");
	say(t, "uses_admt", "yes");
	t->clock.fixed_ms =
		pacific_midnight_ms((struct date){ 2027, 1, 1 }) - 1;
	CHECK(offered(t, KIND_OPT_OUT_ADMT) == 0, "the last moment of 2026");
	CHECK(stop_receive(&d, &in, &out, &ps, &e) == -1 &&
			e.code == ERR_INVALID &&
			!reasons_of(t, IDENT_EMAIL, "early@example.com"),
		"there is no such right yet");
	t->clock.fixed_ms += 1;
	CHECK(offered(t, KIND_OPT_OUT_ADMT) == 1, "the first of 2027");
	CHECK(stop(t, KIND_OPT_OUT_ADMT, "admt@example.com", &ps).n == 8 &&
			reasons_of(t, IDENT_EMAIL, "admt@example.com") ==
				REASON_ADMT,
		"in force at once, too");
	say(t, "uses_admt", "no");
	CHECK(offered(t, KIND_OPT_OUT_ADMT) == 0, "no such technology is used");
	t->clock.fixed_ms = now;
}

/* --- corrected --- */

static size_t correct(struct test *t, str reference, struct correction c)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_correct(&d, reference, &c, &ps, &e))
		fail("correct", &e);
	return ps.n;
}

/* 11 CCR 7023(c), (i): corrected by hand, and the answer says what and whence. */
static void test_corrected(struct test *t)
{
	struct sent s = confirmed(t, KIND_CORRECT, "put.right@example.com");
	struct correction c = { .done = STR("Your street is 12 Elm Street in\n"
					    "our lead exchange and our CRM.") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct case_view v;
	struct post p;
	struct err e = { 0 };

	CHECK(!view(t, s.reference).can_correct &&
			case_correct(&d, s.reference,
				&(struct correction){ .done = STR("x"),
					.source = STR("y"),
					.has_told = true },
				&ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"not before the systems were searched");
	report_all(t, s.reference, 2);
	v = view(t, s.reference);
	CHECK(v.can_correct, "now it can be said");
	CHECK(correct(t, s.reference, c) == 1, "not without the source");
	c.source = STR("A broker, Acme Data; we told it what is right.");
	CHECK(correct(t, s.reference, c) == 1 && view(t, s.reference).is_open &&
			view(t, s.reference).state == STATE_REVIEW,
		"not before the companies were told");
	c.has_told = true;
	CHECK(!correct(t, s.reference, c), "whole");
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING &&
			str_eq(v.outcome, STR("Complied in whole")),
		"%s", v.state_title);
	for (size_t i = 0; i < v.tasks.n; i++)
		CHECK(v.tasks.at[i].is_done, "%.*s",
			STR_ARG(v.tasks.at[i].title));
	CHECK(reasons_of(t, IDENT_EMAIL, "put.right@example.com") == 0,
		"nobody is suppressed by a correction");
	CHECK(!case_answer(&d, s.reference, STR(""), &ps, &e), "%s", e.message);
	p = letter_of(t, s.reference, "corrected");
	CHECK(has(t, &p, "We have corrected it.") &&
			has(t, &p, "12 Elm Street in our lead exchange") &&
			has(t, &p, "came from: A broker, Acme Data") &&
			!has(t, &p, "delete"),
		"%.*s", STR_ARG(p.text.v));
	hand_over(t, s.reference, "corrected");
	CHECK(!view(t, s.reference).is_open, "closed");
}

/* Civ. Code 1798.145(a): while another request of the same person is held, nothing
 * of it may change. */
static void test_corrected_while_held(struct test *t)
{
	struct sent s = confirmed(t, KIND_CORRECT, "held.right@example.com");
	struct sent held = confirmed(t, KIND_DELETE, "held.right@example.com");
	struct correction c = { .done = STR("The street."),
		.source = STR("You."),
		.has_told = true };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	report_all(t, s.reference, 2);
	CHECK(!case_hold_place(&d, held.reference, STR("Oakland PD, 26-1178"),
		      &ps, &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(case_correct(&d, s.reference, &c, &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"%s", e.message);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "nothing happened");
	CHECK(!case_hold_lift(&d, held.reference, &e), "%s", e.message);
	CHECK(!correct(t, s.reference, c), "and when it is over");
}

static void test_corrected_in_part(struct test *t)
{
	struct sent s = confirmed(t, KIND_CORRECT, "half.right@example.com");
	struct correction c = { .done = STR("The street. The name stays."),
		.source = STR("You."),
		.weighed = { .nature = { STR("A street.") },
			.obtained = { STR("From you.") },
			.documented = { STR("None.") } },
		.is_part = true,
		.has_told = true };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct post p;
	struct err e = { 0 };

	report_all(t, s.reference, 2);
	CHECK(!correct(t, s.reference, c) &&
			!case_answer(&d, s.reference, STR(""), &ps, &e),
		"%s", e.message);
	p = letter_of(t, s.reference, "corrected");
	CHECK(has(t, &p, "We have corrected part of it."), "%.*s",
		STR_ARG(p.text.v));
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in part")),
		"%.*s", STR_ARG(view(t, s.reference).outcome));
}

/* Something stays as it was, by hand: a denial in part. */
static void test_corrected_by_two(struct test *t)
{
	struct sent s = confirmed(t, KIND_CORRECT, "two.decide@example.com");
	struct correction c = { .done = STR("The street. The name stays."),
		.source = STR("You."),
		.weighed = { .nature = { STR("A street.") },
			.obtained = { STR("From you.") },
			.documented = { STR("None.") } },
		.is_part = true,
		.has_told = true };
	struct desk first = staff(t), second = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	second.actor.id = 2;
	report_all(t, s.reference, 2);
	four_eyes_are(t, "yes");
	CHECK(case_correct(&first, s.reference, &c, &ps, &e) == 1 && !ps.n &&
			case_correct(&first, s.reference, &c, &ps, &e) == 1,
		"one person, however often: %s", e.message);
	CHECK(view(t, s.reference).state == STATE_REVIEW &&
			view(t, s.reference).second.is_waiting &&
			!person_of(t, s.reference).corrected.v.n,
		"nothing of it is kept yet");
	c.done = STR("The street is right now. Your name was right.");
	CHECK(!case_correct(&second, s.reference, &c, &ps, &e) && !ps.n &&
			view(t, s.reference).state == STATE_ANSWERING &&
			str_eq(person_of(t, s.reference).corrected.v, c.done),
		"the second decides the same, in their own words: %s",
		e.message);
	s = confirmed(t, KIND_CORRECT, "one.decides@example.com");
	report_all(t, s.reference, 2);
	c.is_part = false;
	c.weighed = (struct circumstances){ .nature = { STR("") } };
	CHECK(!case_correct(&first, s.reference, &c, &ps, &e) && !ps.n &&
			view(t, s.reference).state == STATE_ANSWERING,
		"what is corrected whole takes one: %s", e.message);
	four_eyes_are(t, "no");
}

/* --- the same person again --- */

static struct sent send_as(struct test *t, const struct draft *f)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	if (intake_send(&d, f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return out;
}

static void enter_code(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "code");
	struct problems ps = { 0 };

	CHECK(confirm(t, reference, code_in(&p), &ps), "the code is right");
}

static void test_joined(struct test *t)
{
	struct sent first = send_kind(t, KIND_DELETE, "asks.twice@example.com");
	int64_t now = t->clock.fixed_ms;
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct sent second;
	struct status told;
	struct case_view v;
	struct err e = { 0 };

	t->clock.fixed_ms += 5 * 86400000LL;
	second = send_kind(t, KIND_DELETE, " Asks.Twice@example.com");
	CHECK(view(t, second.reference).is_open,
		"nobody learns of the first one by typing an address");
	enter_code(t, second.reference);
	v = view(t, second.reference);
	CHECK(!v.is_open && str_eq(v.outcome,
				    STR("Joined with an earlier request")),
		"%.*s", STR_ARG(v.outcome));
	v = view(t, first.reference);
	CHECK(v.state == STATE_SEARCHING && v.email_confirmed &&
			!date_cmp(v.due_on, (struct date){ 2027, 1, 5 }),
		"the first is confirmed by it and keeps its clock");
	CHECK(intake_status(
		      &d, second.reference, STR("192.0.2.1"), &told, &e) == 1 &&
			str_eq(told.joined, v.reference),
		"the second leads to the first");
	t->clock.fixed_ms = now;
}

static const struct {
	const char *why;
	const char *email;
	enum kind first;
	enum kind second;
	const char *range; /* of the first; the second has dates */
	const char *item;  /* of the second; NULL: the same */
	bool is_joined;
} pairs[] = {
	{ "another kind", "pair.kind@example.com", KIND_DELETE, KIND_CORRECT,
		"dates", NULL, false },
	{ "kinds and pieces are two", "pair.know@example.com",
		KIND_KNOW_CATEGORIES, KIND_KNOW_SPECIFIC, "all", NULL, false },
	{ "the same dates", "pair.dates@example.com", KIND_KNOW_CATEGORIES,
		KIND_KNOW_CATEGORIES, "dates", NULL, true },
	{ "everything has the dates in it", "pair.all@example.com",
		KIND_KNOW_SPECIFIC, KIND_KNOW_SPECIFIC, "all", NULL, true },
	{ "the same correction", "pair.same@example.com", KIND_CORRECT,
		KIND_CORRECT, "all", NULL, true },
	{ "something else is wrong", "pair.other@example.com", KIND_CORRECT,
		KIND_CORRECT, "all", "the phone number", false },
};

static void test_same(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(pairs); i++) {
		struct draft f = draft_of(pairs[i].first, pairs[i].email);
		struct sent first, second;

		f.person.range = str_of(pairs[i].range);
		first = send_as(t, &f);
		f = draft_of(pairs[i].second, pairs[i].email);
		if (pairs[i].item)
			f.person.item.v = str_of(pairs[i].item);
		second = send_as(t, &f);
		enter_code(t, second.reference);
		CHECK(view(t, second.reference).is_open != pairs[i].is_joined,
			"%s", pairs[i].why);
		CHECK((view(t, first.reference).state == STATE_SEARCHING) ==
				pairs[i].is_joined,
			"%s: the first", pairs[i].why);
	}
}

/* Dates only, then everything: the first would not answer the second. */
static void test_wider(struct test *t)
{
	struct draft f = draft_of(KIND_KNOW_SPECIFIC, "pair.wider@example.com");
	struct sent second;

	send_as(t, &f);
	f.person.range = STR("all");
	second = send_as(t, &f);
	enter_code(t, second.reference);
	CHECK(view(t, second.reference).state == STATE_SEARCHING,
		"it stands for itself");
}

/* One that was denied is not joined: now they have shown who they are. */
static void test_denied_is_over(struct test *t)
{
	struct sent first = send_kind(t, KIND_DELETE, "second.try@example.com");
	struct sent second;
	struct err e = { 0 };

	CHECK(!deny(t, first.reference, "UNVERIFIED", "", &e), "%s", e.message);
	second = send_kind(t, KIND_DELETE, "second.try@example.com");
	enter_code(t, second.reference);
	CHECK(view(t, second.reference).state == STATE_SEARCHING, "%s",
		view(t, second.reference).state_title);
}

/* A request to know that is answered: nothing was found. */
static void answered_know(struct test *t, enum kind kind, const char *email)
{
	struct sent s = confirmed(t, kind, email);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	report_all(t, s.reference, 0);
	if (case_answer(&d, s.reference, STR(""), &ps, &e))
		fail("answer", &e);
	hand_over(t, s.reference, "nothing_found");
}

static int write_to_us(
	struct test *t, str reference, const char *text, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	int rc = message_send(
		&d, reference, str_of(text), STR("192.0.2.30"), &ps, e);

	return rc ? rc : (int)ps.n;
}

/* Whatever was taken from a requester has room for its answer, too. */
static void test_long_messages(struct test *t)
{
	struct sent s = send_kind(t, KIND_DELETE, "long.words@example.com");
	char *text = arena_alloc(t->a, LIMIT_NOTE_BYTES + 1);
	int64_t was = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct case_view v;
	struct err e = { 0 };
	int taken = 0;

	memset(text, 'x', LIMIT_NOTE_BYTES);
	text[LIMIT_NOTE_BYTES] = '\0';
	t->clock.fixed_ms += 2 * 3600000;
	while (!write_to_us(t, s.reference, text, &e)) {
		struct problems ps = { 0 };

		CHECK(!message_answer(&d, s.reference,
			      (str){ text, LIMIT_NOTE_BYTES }, &ps, &e) &&
				!ps.n,
			"%s", e.message);
		taken++;
	}
	CHECK(taken > 2 && e.code == ERR_CONFLICT, "%d: %s", taken, e.message);
	if (case_load(&d, s.reference, true, &v, &e) != 1)
		fail("case", &e);
	CHECK((int)v.messages.n == 2 * taken &&
			v.messages.at[v.messages.n - 1].text.v.n ==
				LIMIT_NOTE_BYTES,
		"the last answer is whole: %zu of %d", v.messages.n, 2 * taken);
	t->clock.fixed_ms = was;
}

/* What a requester objects to is read by staff, and answered where they look. */
static void test_messages(struct test *t)
{
	struct sent s = send_kind(t, KIND_DELETE, "objects@example.com");
	struct desk consumer = desk_as(t, ACTOR_CONSUMER);
	struct desk d = staff(t);
	struct status status;
	struct problems ps = { 0 };
	struct case_view v;
	struct err e = { 0 };
	int rc = 0;

	CHECK(message_answer(&d, s.reference, STR("Yes."), &ps, &e) == -1,
		"nobody wrote");
	CHECK(write_to_us(t, s.reference, " ", &e) == 1, "something");
	CHECK(!write_to_us(t, s.reference, "I moved\nin\tMay.", &e), "%s",
		e.message);
	CHECK(letter_of(t, s.reference, "message").id > 0 &&
			str_find(letter_of(t, s.reference, "message").text.v,
				STR("May")) < 0,
		"the business is told that there is one, not what");
	v = view(t, s.reference);
	CHECK(v.messages.n == 1 && v.can_reply && !v.messages.at[0].text.v.n,
		"hidden like the person");
	if (case_load(&d, s.reference, true, &v, &e) != 1)
		fail("case", &e);
	CHECK(str_eq(v.messages.at[0].text.v, STR("I moved in May.")),
		"and shown with them: %.*s", STR_ARG(v.messages.at[0].text.v));
	CHECK(!message_answer(&d, s.reference, STR("We took note."), &ps, &e),
		"%s", e.message);
	if (intake_status(&consumer, s.reference, STR("192.0.2.31"), &status,
		    &e) != 1)
		fail("status", &e);
	CHECK(status.answers.n == 1 && !status.is_waiting && status.can_write &&
			str_eq(status.answers.at[0].text, STR("We took note.")),
		"the page has the answer, and not what was written");
	for (int i = 1; i < LIMIT_MESSAGES_CASE; i++)
		rc |= write_to_us(t, s.reference, "Again.", &e);
	CHECK(!rc, "as many as there may be: %s", e.message);
	CHECK(write_to_us(t, s.reference, "One more.", &e) == -1 &&
			e.code == ERR_CONFLICT,
		"and no more about one request");
	s = send_kind(t, KIND_DELETE, "objects.too@example.com");
	for (int i = LIMIT_MESSAGES_CASE + 1; i < LIMIT_MESSAGES_PEER; i++)
		rc |= write_to_us(t, s.reference, "Again.", &e);
	CHECK(!rc, "nor more from one address in an hour");
	CHECK(write_to_us(t, s.reference, "One more.", &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"%s", e.message);
}

/* 11 CCR 7022(h): parts are deleted, and the person stays. */
static void test_parts(struct test *t)
{
	struct draft f = draft_of(KIND_DELETE, "parts@example.com");
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct erased x = {
		.rows = 3, .rows_emptied = 1, .evidence = STR("{\"left\":0}")
	};
	struct problems ps = { 0 };
	struct case_view v;
	struct sent s = { 0 };
	struct err e = { 0 };
	struct work w;
	struct post p;

	f.person.stop_sale = STR("no");
	f.person.parts = STR("F, D");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.9"), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	p = letter_of(t, s.reference, "code");
	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	d = desk_as(t, ACTOR_WORKER);
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_three, 1, &e))
		fail("plan", &e);
	report_all(t, s.reference, 3);
	v = view(t, s.reference);
	d = staff(t);
	if (case_approve(&d, s.reference, v.seen, &e))
		fail("approve", &e);
	CHECK(!reasons_of(t, IDENT_EMAIL, "parts@example.com"),
		"whoever stays is not kept out of the next import");
	d = desk_as(t, ACTOR_WORKER);
	if (fulfil_work(&d, view(t, s.reference).tasks.at[0].id, &w, &e) != 1)
		fail("work", &e);
	CHECK(w.parts == (MAP_CATEGORY_BIT('D') | MAP_CATEGORY_BIT('F')) &&
			w.act == VENDOR_ACT_DELETE_PARTS,
		"the worker and the companies know which");
	if (fulfil_erased(&d, &w, &x, &e))
		fail("erased", &e);
	d = staff(t);
	CHECK(!case_answer(&d, s.reference, STR(""), &ps, &e), "%s", e.message);
	p = letter_of(t, s.reference, "deleted");
	CHECK(has(t, &p,
		      "you asked us to delete only some kinds of the "
		      "personal information we hold about you: "
		      "Commercial information; ") &&
			has(t, &p,
				"In 1 record we emptied what is of these "
				"kinds."),
		"the letter says which: %.*s", STR_ARG(p.text.v));
	CHECK(!has(t, &p, "does not come back with the next list") &&
			!has(t, &p, "You are opted out"),
		"and nothing that was not done");
}

/* Civ. Code 1798.130(b): two answers in any 12 months are owed, of either kind. */
static void test_third_know(struct test *t)
{
	static const char email[] = "knows.it.all@example.com";
	int64_t now = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct case_view v;
	struct sent s;
	struct post p;
	struct err e = { 0 };

	answered_know(t, KIND_KNOW_SPECIFIC, email);
	t->clock.fixed_ms += 30 * 86400000LL;
	answered_know(t, KIND_KNOW_CATEGORIES, email);
	s = send_kind(t, KIND_KNOW_SPECIFIC, email);
	CHECK(view(t, s.reference).state == STATE_UNCONFIRMED,
		"who has not shown who they are learns nothing");
	enter_code(t, s.reference);
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING && !v.tasks.n,
		"denied, and nothing was looked at: %s", v.state_title);
	CHECK(!case_answer(&d, s.reference, STR(""), &ps, &e), "%s", e.message);
	p = letter_of(t, s.reference, "denied");
	CHECK(has(t, &p,
		      "We answered on November 21, 2026 and on December 21, "
		      "2026. You can ask again from November 21, 2027 on."),
		"politely, with the day: %.*s", STR_ARG(p.text.v));
	s = send_kind(t, KIND_KNOW_CATEGORIES, email);
	CHECK(!case_search(&d, s.reference,
		      STR("They called from their "
			  "number."),
		      &ps, &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(view(t, s.reference).state == STATE_ANSWERING &&
			!view(t, s.reference).tasks.n,
		"nor when staff know who it is without the code");
	s = send_kind(t, KIND_DELETE, email);
	enter_code(t, s.reference);
	CHECK(view(t, s.reference).state == STATE_SEARCHING,
		"other requests have no such end");
	t->clock.fixed_ms = now;
	must(instant_parse(STR("2027-11-21T20:00:00Z"), &t->clock.fixed_ms));
	s = send_kind(t, KIND_KNOW_SPECIFIC, email);
	enter_code(t, s.reference);
	CHECK(view(t, s.reference).state == STATE_SEARCHING,
		"12 months after the first of them one is owed again");
	t->clock.fixed_ms = now;
}

/* Nobody is told of two answers that they did not get. */
static void test_third_know_by_staff(struct test *t)
{
	static const char email[] = "knows.it.by.staff@example.com";
	int64_t now = t->clock.fixed_ms;
	struct sent s = send_kind(
		t, KIND_KNOW_SPECIFIC, "knows.nothing.yet@example.com");
	struct err e = { 0 };

	CHECK(deny(t, s.reference, "KNOW_TWICE", "It is the third.", &e) ==
				-1 &&
			e.code == ERR_INVALID,
		"none was answered: %s", e.message);
	answered_know(t, KIND_KNOW_SPECIFIC, email);
	t->clock.fixed_ms += 86400000LL;
	answered_know(t, KIND_KNOW_CATEGORIES, email);
	s = send_kind(t, KIND_KNOW_CATEGORIES, email);
	CHECK(!deny(t, s.reference, "KNOW_TWICE", "It is the third.", &e),
		"two were: %s", e.message);
	t->clock.fixed_ms = now;
}

/* Asked within the 12 months, and shown who asks only behind them: nobody is told that
 * they can ask again from a day that is past. */
static void test_third_know_waits(struct test *t)
{
	static const char email[] = "knows.it.later@example.com";
	int64_t now = t->clock.fixed_ms;
	struct sent s;

	answered_know(t, KIND_KNOW_SPECIFIC, email);
	t->clock.fixed_ms += 30 * 86400000LL;
	answered_know(t, KIND_KNOW_CATEGORIES, email);
	must(instant_parse(STR("2027-11-21T07:55:00Z"), &t->clock.fixed_ms));
	s = send_kind(t, KIND_KNOW_SPECIFIC, email);
	t->clock.fixed_ms += 10 * 60000LL; /* Pacific midnight goes by */
	enter_code(t, s.reference);
	CHECK(view(t, s.reference).state == STATE_SEARCHING,
		"one is owed on the day on which it would be refused");
	t->clock.fixed_ms = now;
}

/* What one of two people had proposed falls with the refusal: it was of a request that
 * nobody had shown to be theirs, and taken back it would ask for the code once more. */
static void test_third_know_proposed(struct test *t)
{
	static const char email[] = "knows.it.twice.over@example.com";
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct case_view v;
	struct sent s;
	struct err e = { 0 };

	answered_know(t, KIND_KNOW_SPECIFIC, email);
	answered_know(t, KIND_KNOW_CATEGORIES, email);
	s = send_kind(t, KIND_KNOW_SPECIFIC, email);
	four_eyes_are(t, "yes");
	(void)deny(t, s.reference, "UNVERIFIED", "", &e);
	v = view(t, s.reference);
	CHECK(v.second.is_waiting && v.state == STATE_UNCONFIRMED,
		"it waits for a second person: %s", e.message);
	enter_code(t, s.reference);
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING && !v.second.is_waiting,
		"and waits no more when it is refused by itself");
	CHECK(!v.can_reopen && case_reopen(&d, s.reference,
				       STR("It was wrong."), &ps, &e) < 0,
		"nobody denied it who could take that back");
	four_eyes_are(t, "no");
}

/* --- the phone line --- */

static size_t enter(struct test *t, const struct enter_in *in, str *reference)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.actor.role = STR("agent");
	if (enter_request(&d, in, reference, &ps, &e))
		fail("enter", &e);
	return ps.n;
}

/* 11 CCR 7020(e): by another way, and with less, counts from the day it came. */
static void test_entered(struct test *t)
{
	struct enter_in in = { .kind = KIND_DELETE,
		.channel = CHANNEL_MAIL,
		.received_on = STR("2026-11-10"),
		.person = { .email = { STR("by.mail@example.com") } } };
	struct case_view v;
	str reference = { 0 };

	CHECK(!enter(t, &in, &reference), "an address is enough");
	v = view(t, reference);
	CHECK(!date_cmp(v.received_on, (struct date){ 2026, 11, 10 }) &&
			!date_cmp(v.due_on, (struct date){ 2026, 12, 25 }),
		"its clock runs from the day of receipt");
	CHECK(str_eq(v.channel, STR("Mail")) && !v.wants_optout,
		"%.*s; nobody asked, nobody said yes", STR_ARG(v.channel));
	CHECK(letter_of(t, reference, "code").id > 0 &&
			letter_of(t, reference, "receipt").id > 0,
		"code and confirmation of receipt go out");
	in = (struct enter_in){ .kind = KIND_LIMIT,
		.channel = CHANNEL_PHONE,
		.received_on = STR("2026-11-21"),
		.id = { STR("(510) 555-0188") } };
	CHECK(!enter(t, &in, &reference) &&
			reasons_of(t, IDENT_PHONE, "5105550188") ==
				REASON_LIMIT,
		"what stops is in force at once");
	CHECK(view(t, reference).received_at == t->clock.fixed_ms,
		"today it is known to the moment");
}

static const struct {
	const char *why;
	struct enter_in in;
	size_t problems;
} entries[] = {
	{ "tomorrow",
		{ .kind = KIND_DELETE,
			.channel = CHANNEL_PHONE,
			.received_on = STR_INIT("2026-11-22"),
			.person = { .email = { STR_INIT("e@example.com") } } },
		1 },
	{ "a day that is none",
		{ .kind = KIND_DELETE,
			.channel = CHANNEL_PHONE,
			.received_on = STR_INIT("2026-02-30"),
			.person = { .email = { STR_INIT("e@example.com") } } },
		1 },
	{ "a way that has its own pages",
		{ .kind = KIND_DELETE,
			.channel = CHANNEL_WEB,
			.person = { .email = { STR_INIT("e@example.com") } } },
		1 },
	{ "nowhere to send the code",
		{ .kind = KIND_DELETE, .channel = CHANNEL_PHONE }, 1 },
	{ "neither an address nor what is wrong",
		{ .kind = KIND_CORRECT, .channel = CHANNEL_PHONE }, 2 },
	{ "nobody to stop it for",
		{ .kind = KIND_OPT_OUT, .channel = CHANNEL_PHONE }, 1 },
	{ "a ZIP code that is none is no ZIP code that is missing",
		{ .kind = KIND_DELETE,
			.channel = CHANNEL_PHONE,
			.person = { .email = { STR_INIT("e@example.com") },
				.zip = { STR_INIT("9460") } } },
		1 },
};

static void test_not_entered(struct test *t)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	str reference = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(entries); i++)
		CHECK(enter(t, &entries[i].in, &reference) ==
					entries[i].problems &&
				!reference.n,
			"%s", entries[i].why);
	d.actor.role = STR("auditor");
	CHECK(enter_request(&d, &entries[0].in, &reference, &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"an auditor only reads");
}

/* --- taken back --- */

static size_t take_back(struct test *t, str reference, str code, int *rc)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	*rc = withdraw_confirm(&d, reference, code, &ps, &e);
	return ps.n;
}

static str withdraw_code(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct post p;
	struct err e = { 0 };

	t->clock.fixed_ms += LIMIT_CODE_AGAIN_SECONDS * 1000LL;
	if (withdraw_send_code(&d, reference, &ps, &e) || ps.n)
		fail("withdraw", &e);
	p = letter_of(t, reference, "code");
	return code_in(&p);
}

static void test_withdrawn(struct test *t)
{
	struct sent s = confirmed(t, KIND_CORRECT, "took.back@example.com");
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	int64_t now = t->clock.fixed_ms;
	struct status told;
	struct case_view v;
	str body, signature;
	struct post p;
	struct err e = { 0 };
	str code;
	int rc;

	report_all(t, s.reference, 2);
	CHECK(intake_status(&d, s.reference, STR("192.0.2.1"), &told, &e) ==
				1 &&
			told.can_withdraw,
		"it can be taken back while it is reviewed");
	code = withdraw_code(t, s.reference);
	CHECK(take_back(t, s.reference,
		      str_eq(code, STR("111111")) ? STR("222222")
						  : STR("111111"),
		      &rc) == 1 &&
			!rc && view(t, s.reference).is_open,
		"a wrong code takes nothing back");
	CHECK(!take_back(t, s.reference, code, &rc) && !rc, "the right one");
	v = view(t, s.reference);
	CHECK(!v.is_open && str_eq(v.outcome, STR("Withdrawn")) &&
			v.is_withdrawn,
		"%.*s", STR_ARG(v.outcome));
	for (size_t i = 0; i < v.tasks.n; i++)
		CHECK(v.tasks.at[i].is_done &&
				str_eq(v.tasks.at[i].state, STR("ended")),
			"%.*s is left alone", STR_ARG(v.tasks.at[i].title));
	p = letter_of(t, s.reference, "withdrawn");
	CHECK(p.id && has(t, &p, "You took this back"), "a letter says so");
	d = staff(t);
	CHECK(!case_receipt(&d, s.reference, &body, &signature, &e) &&
			str_find(body, STR("\"answered_at\":\"\"")) > 0,
		"and the record does not say that it was answered: %.*s",
		STR_ARG(body));
	CHECK(take_back(t, s.reference, code, &rc) == 0 && rc == -1, "once");
	t->clock.fixed_ms = now;
}

/* A code opens one thing only, and what has begun can't be taken back. */
static void test_not_withdrawn(struct test *t)
{
	struct sent s = send_kind(t, KIND_DELETE, "no.way.back@example.com");
	struct post p = letter_of(t, s.reference, "code");
	struct problems ps = { 0 };
	int64_t now = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct err e = { 0 };
	str code;
	int rc;

	CHECK(take_back(t, s.reference, code_in(&p), &rc) == 1 && !rc,
		"the code that confirms the address takes nothing back");
	code = withdraw_code(t, s.reference);
	CHECK(!confirm(t, s.reference, code, &ps) && ps.n == 1,
		"nor does the other one confirm it");
	s = confirmed(t, KIND_DELETE, "approved.by.now@example.com");
	report_all(t, s.reference, 1);
	code = withdraw_code(t, s.reference);
	CHECK(!case_approve(&d, s.reference, view(t, s.reference).seen, &e),
		"%s", e.message);
	CHECK(take_back(t, s.reference, code, &rc) == 0 && rc == -1 &&
			view(t, s.reference).state == STATE_WORKING,
		"deleting has begun");
	t->clock.fixed_ms = now;
}

/* What one of two people had proposed waits for nobody when the case ends in another way,
 * and nothing of its words is kept. */
static void check_nothing_waits(struct test *t, str reference, const char *why)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	struct record r;

	CHECK(!view(t, reference).second.is_waiting, "%s: nothing waits", why);
	CHECK(record_by_reference(&d, reference, &r, &e) == 1 &&
			!r.person.ground.n && !r.person.why_denied.v.n,
		"%s: the denial and its words are gone", why);
}

static void test_over_while_proposed(struct test *t)
{
	static const char email[] = "ends.by.itself@example.com";
	struct sent first = send_kind(t, KIND_DELETE, email);
	struct sent later = send_kind(t, KIND_DELETE, email);
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };
	int rc;

	four_eyes_are(t, "yes");
	(void)deny(t, later.reference, "EFFORT", "It is too much work.", &e);
	CHECK(view(t, later.reference).second.is_waiting, "%s", e.message);
	enter_code(t, later.reference);
	CHECK(!view(t, later.reference).is_open, "joined with the first");
	check_nothing_waits(t, later.reference, "joined");

	later = confirmed(t, KIND_CORRECT, "ends.by.themselves@example.com");
	report_all(t, later.reference, 2);
	(void)deny(t, later.reference, "EFFORT", "It is too much work.", &e);
	CHECK(view(t, later.reference).second.is_waiting, "%s", e.message);
	CHECK(!take_back(t, later.reference, withdraw_code(t, later.reference),
		      &rc) &&
			!rc,
		"taken back");
	check_nothing_waits(t, later.reference, "taken back");
	CHECK(view(t, first.reference).is_open, "the first goes on");
	four_eyes_are(t, "no");
	t->clock.fixed_ms = now;
}

/* --- opting in again --- */

static struct optin_out ask_for(
	struct test *t, enum kind kind, const char *email, str nonce)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct optin_in in = { .kind = kind,
		.email = { str_of(email) },
		.is_for_transaction = kind == KIND_OPT_IN_SENSITIVE,
		.nonce = nonce,
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct optin_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (optin_ask(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-in", &e);
	return out;
}

static struct optin_out ask(struct test *t, const char *email, str nonce)
{
	return ask_for(t, KIND_OPT_IN, email, nonce);
}

static str nonce(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);

	return optin_nonce(&d);
}

/* The secret in the letter's link. */
static str second_secret(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "opt_in");
	ptrdiff_t at = str_find(p.text.v, STR("/opt-in/confirm/"));
	str rest = str_from(p.text.v, (size_t)at + 16);
	size_t n = 0;

	CHECK(at > 0 && has(t, &p, "Nothing changes until you confirm it."),
		"the letter has a link: %.*s", STR_ARG(p.text.v));
	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

static int decide(struct test *t, str token, bool allows, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);

	return optin_decide(&d, token, allows, e);
}

static void test_optin(struct test *t)
{
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct optin_out out;
	str token;

	stop(t, KIND_OPT_OUT, "back.in@example.com", &ps);
	stop(t, KIND_LIMIT, "back.in@example.com", &ps);
	out = ask(t, " Back.In@example.com", nonce(t));
	CHECK(reasons_of(t, IDENT_EMAIL, "back.in@example.com") ==
			(REASON_OPT_OUT | REASON_LIMIT),
		"one act changes nothing (7028(a))");
	CHECK(!out.token.n, "the second act is in the letter alone");
	token = second_secret(t, out.reference);
	CHECK(!decide(t, token, true, &e), "%s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "back.in@example.com") == REASON_LIMIT,
		"two release the opt-out, and nothing else");
	CHECK(decide(t, token, true, &e) == -1 && e.code == ERR_CONFLICT,
		"decided once");
	CHECK(str_eq(view(t, out.reference).outcome, STR("Complied in whole")),
		"%.*s", STR_ARG(view(t, out.reference).outcome));
}

/*
 * 7028(c): what was limited is allowed again for something that needs it, by two acts
 * of its own.  The opt-out is another choice, and stays.
 */
static void test_optin_sensitive(struct test *t)
{
	static const char *who = "coupons@example.com";
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct optin_out out;
	struct err e = { 0 };
	struct optin o;
	str token;

	stop(t, KIND_OPT_OUT, who, &ps);
	stop(t, KIND_LIMIT, who, &ps);
	out = ask_for(t, KIND_OPT_IN_SENSITIVE, who, nonce(t));
	CHECK(reasons_of(t, IDENT_EMAIL, who) ==
			(REASON_OPT_OUT | REASON_LIMIT),
		"one act changes nothing");
	CHECK(!out.token.n, "the second act is in the letter alone");
	token = second_secret(t, out.reference);
	CHECK(optin_open(&d, token, &o, &e) == 1 && o.is_for_transaction &&
			o.kind == KIND_OPT_IN_SENSITIVE,
		"the page of the second act knows what it is for");
	CHECK(!decide(t, token, true, &e), "%s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, who) == REASON_OPT_OUT,
		"two release the limit, and nothing else");
	CHECK(str_eq(view(t, out.reference).outcome, STR("Complied in whole")),
		"%.*s", STR_ARG(view(t, out.reference).outcome));
}

static void test_optin_sensitive_no(struct test *t)
{
	static const char *who = "no.coupons@example.com";
	struct problems ps = { 0 };
	struct optin_out out;
	struct err e = { 0 };

	stop(t, KIND_LIMIT, who, &ps);
	out = ask_for(t, KIND_OPT_IN_SENSITIVE, who, nonce(t));
	CHECK(!decide(t, second_secret(t, out.reference), false, &e), "%s",
		e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, who) == REASON_LIMIT, "a no is a no");
}

/* No browser holds a limit, so that nothing is asked for without an address. */
static void test_optin_sensitive_whose(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct optin_in in = { .kind = KIND_OPT_IN_SENSITIVE,
		.nonce = optin_nonce(&d),
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct optin_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(!optin_ask(&d, &in, &out, &ps, &e) && ps.n == 1 &&
			!out.reference.n &&
			str_eq(str_of(ps.at[0].code), STR("missing")),
		"an address has to be given");
}

static void test_optin_no(struct test *t)
{
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct optin_out out;

	stop(t, KIND_OPT_OUT, "stays.out@example.com", &ps);
	out = ask(t, "stays.out@example.com", nonce(t));
	CHECK(!decide(t, second_secret(t, out.reference), false, &e), "%s",
		e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "stays.out@example.com") ==
			REASON_OPT_OUT,
		"a no is a no");
	CHECK(str_eq(view(t, out.reference).outcome, STR("Withdrawn")), "%.*s",
		STR_ARG(view(t, out.reference).outcome));
}

/* The two acts have secrets of their own, and the first one's is no second act. */
static void test_optin_secrets(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct optin_in in = { .kind = KIND_OPT_IN,
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct problems ps = { 0 };
	struct optin_out out;
	struct optin o;
	struct err e = { 0 };

	in.nonce = nonce(t);
	out = ask(t, "", in.nonce);
	CHECK(out.token.n && !str_eq(out.token, in.nonce),
		"without an address the page goes on by itself");
	CHECK(optin_open(&d, in.nonce, &o, &e) == 0 &&
			decide(t, in.nonce, true, &e) == -1,
		"the first secret opens nothing");
	CHECK(optin_ask(&d, &in, &out, &ps, &e) == -1 && e.code == ERR_CONFLICT,
		"and is good for one asking");
	in.nonce = STR("short");
	CHECK(optin_ask(&d, &in, &out, &ps, &e) == -1 && e.code == ERR_INVALID,
		"a form without one is none of ours");
}

static void test_optin_lapses(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	int64_t now = t->clock.fixed_ms;
	struct optin_out out;
	struct err e = { 0 };
	int64_t n;
	str token;

	stop(t, KIND_OPT_OUT, "forgets@example.com", &ps);
	out = ask(t, "forgets@example.com", nonce(t));
	token = second_secret(t, out.reference);
	while (!optin_lapse(&d, &n, &e) && n)
		;
	CHECK(view(t, out.reference).is_open, "it waits");
	t->clock.fixed_ms += LIMIT_OPT_IN_DAYS * 86400000LL;
	CHECK(!optin_lapse(&d, &n, &e) && view(t, out.reference).is_open,
		"to the last moment");
	t->clock.fixed_ms += 1;
	CHECK(!optin_lapse(&d, &n, &e) && n >= 1 &&
			str_eq(view(t, out.reference).outcome,
				STR("Never confirmed")),
		"then it lapses");
	CHECK(decide(t, token, true, &e) == -1 &&
			reasons_of(t, IDENT_EMAIL, "forgets@example.com") ==
				REASON_OPT_OUT,
		"and the opt-out stays");
	t->clock.fixed_ms = now;
}

/* An opt-in that waits has no day to be late on, and nobody here has to act. */
static void test_optin_has_no_day(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct optin_out out = ask(t, "no.day@example.com", nonce(t));
	struct case_view v = view(t, out.reference);
	struct sql_late_requests_rows rows;
	struct err e = { 0 };

	CHECK(v.is_open && !v.has_due && v.days_left == 0, "no day");
	if (sql_late_requests(d.db, d.arena,
		    &(struct sql_late_requests_in){ STR("2029-01-01"), 500 },
		    &rows, &e))
		fail("late", &e);
	for (size_t i = 0; i < rows.n; i++)
		CHECK(rows.at[i].due_on.n > 0, "%.*s is late without a day",
			STR_ARG(rows.at[i].reference));
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "kinds", fresh_server(argc, argv));
	set_contact(&t);
	test_received(&t);
	test_stored(&t);
	test_sale(&t);
	test_incomplete(&t);
	test_know(&t);
	test_asked(&t);
	test_never_deleted(&t);
	test_nothing(&t);
	test_denied(&t);
	test_limit(&t);
	test_offered(&t);
	test_corrected(&t);
	test_corrected_while_held(&t);
	test_corrected_in_part(&t);
	test_corrected_by_two(&t);
	test_joined(&t);
	test_same(&t);
	test_wider(&t);
	test_denied_is_over(&t);
	test_parts(&t);
	test_messages(&t);
	test_long_messages(&t);
	test_third_know(&t);
	test_third_know_by_staff(&t);
	test_third_know_proposed(&t);
	test_third_know_waits(&t);
	test_entered(&t);
	test_not_entered(&t);
	test_withdrawn(&t);
	test_not_withdrawn(&t);
	test_over_while_proposed(&t);
	test_optin(&t);
	test_optin_no(&t);
	test_optin_sensitive(&t);
	test_optin_sensitive_no(&t);
	test_optin_sensitive_whose(&t);
	test_optin_secrets(&t);
	test_optin_lapses(&t);
	test_optin_has_no_day(&t);
	end(&t);
	return CHECK_DONE();
}
