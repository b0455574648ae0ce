/*
 * The declaration under penalty of perjury that only the search shows to be needed (row
 * V-09; 11 CCR 7062(d)): staff ask, the requester signs behind a fresh code, and the
 * case goes on.  Nobody is asked whom it would not verify, or who may not be asked.
 */
#include "cases.h"

#include <sodium.h>
#include <string.h>

#include "desk/agent_ask.h"
#include "desk/call_back.h"
#include "desk/declare.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/parent.h"
#include "desk/parent_ask.h"
#include "desk/queue.h"
#include "desk/stop.h"
#include "law/field.h"

#define DAY_MS 86400000LL

enum {
	TWO = POINT_BIT(EMAIL) | POINT_BIT(ZIP),
	THREE = TWO | POINT_BIT(PHONE),
};

static void found(
	struct test *t, str reference, unsigned matched, bool is_sensitive)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "leads");
	struct found f = { .finding = STR("{}"),
		.rows = 2,
		.points = { matched, 0 },
		.is_marked = true,
		.is_sensitive = is_sensitive };
	struct found nothing = { .finding = STR("{}"), .is_marked = true };
	struct err e = { 0 };

	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	w = work_of(t, reference, "crm");
	if (fulfil_found(&d, &w, &nothing, &e))
		fail("found", &e);
}

static str reviewed(
	struct test *t, const char *email, unsigned matched, bool is_sensitive)
{
	struct sent s = confirmed(t, email);

	found(t, s.reference, matched, is_sensitive);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "in review");
	return s.reference;
}

/* 0, or the code of the error. */
static int ask(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct err e = { 0 };

	return case_ask_declaration(&d, reference, &e) ? (int)e.code : 0;
}

static str send_code(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	t->clock.fixed_ms += LIMIT_CODE_AGAIN_SECONDS * 1000LL;
	if (declare_send_code(&d, reference, &ps, &e) || ps.n)
		fail("code", &e);
	p = letter_of(t, reference, "code");
	return code_in(&p);
}

static struct declare_in by(str code)
{
	return (struct declare_in){ code, STR("yes"),
		{ STR("  Luis Medina ") } };
}

/* The field that is wrong; "": signed; "-": it can't be. */
static const char *sign(
	struct test *t, str reference, const struct declare_in *in)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (declare_sign(&d, reference, in, &ps, &e))
		return e.code == ERR_NOT_FOUND ? "-" : e.message;
	return ps.n ? arena_fmt(t->a, "%s", ps.at[0].field).p : "";
}

/* -1: there is no page. */
static int page(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct declare_page x;
	struct err e = { 0 };
	int rc = declare_page(&d, reference, &x, &e);

	if (rc < 0)
		fail("page", &e);
	return rc ? (int)x.state : -1;
}

static enum turn turn_of(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct queue *q = arena_one(t->a, struct queue);
	struct err e = { 0 };

	if (queue_load(&d, QUEUE_OPEN, reference, q, &e) || q->rows.n != 1)
		fail("queue", &e);
	return q->rows.at[0].turn;
}

static struct status status_of(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct status s;
	struct err e = { 0 };

	if (intake_status(&d, reference, STR("192.0.2.4"), &s, &e) != 1)
		fail("status", &e);
	return s;
}

static bool wants(struct test *t, str reference)
{
	struct status s = status_of(t, reference);

	CHECK(!s.declares_on_paper, "on a page, as a code can be sent");
	return s.wants_declaration;
}

static bool is_next(struct test *t, str reference, const char *code)
{
	return !strcmp(view(t, reference).next.code, code);
}

static int times(struct test *t, str reference, const char *title)
{
	struct case_view v = view(t, reference);
	int n = 0;

	for (size_t i = 0; i < v.events.n; i++)
		n += str_find(v.events.at[i].title, str_of(title)) >= 0;
	return n;
}

static bool is_in(str text, const char *words)
{
	return str_find(text, str_of(words)) >= 0;
}

static void letter_says(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "declaration");

	CHECK(str_eq(p.to.v, STR("luis.signs@example.com")) &&
			is_in(p.text.v, "/declare") &&
			is_in(p.text.v, "January 5, 2027") &&
			is_in(p.text.v, "nothing else") &&
			!is_in(p.text.v, "ensitive"),
		"why, where, until when, and not what was found: %.*s",
		STR_ARG(p.text.v));
	CHECK(!code_in(&p).n, "no code in it, which would be old when read");
}

/* From a case that nothing verifies to one that is approved. */
static void test_signed(struct test *t)
{
	str ref = reviewed(t, "luis.signs@example.com", THREE, true);
	struct err e = { 0 };
	struct declare_in in;
	struct case_view v = view(t, ref);
	str code, wrong;

	CHECK(v.is_unverified && v.declaration.can && !v.declaration.asked_at,
		"three match, and it takes a declaration: staff may ask");
	CHECK(approve(t, ref, &e) && e.code == ERR_DENIED, "nothing before");
	in = by(STR("123456"));
	CHECK(page(t, ref) == -1 && !wants(t, ref) &&
			!strcmp(sign(t, ref, &in), "-"),
		"nobody signs what was not asked for");
	CHECK(!ask(t, ref), "asked");
	letter_says(t, ref);
	v = view(t, ref);
	CHECK(v.declaration.is_waited_for && !v.declaration.can &&
			is_next(t, ref, "declaration") && v.can_vouch,
		"the case waits, and staff may still say who it is: %s",
		v.next.code);
	CHECK(turn_of(t, ref) == TURN_CONSUMER && wants(t, ref) &&
			page(t, ref) == DECLARE_OPEN,
		"in the queue, and on the page of the request");
	CHECK(approve(t, ref, &e) && e.code == ERR_DENIED,
		"asked is not signed");
	code = send_code(t, ref);
	wrong = str_eq(code, STR("111111")) ? STR("222222") : STR("111111");
	in = by(code);
	in.declared = STR("");
	for (int i = 0; i <= LIMIT_CODE_TRIES; i++)
		CHECK(!strcmp(sign(t, ref, &in), "declared"), "not ticked");
	in = by(code);
	in.signed_by.v = STR("  ");
	CHECK(!strcmp(sign(t, ref, &in), "signed_by"), "no name");
	in = by(wrong);
	CHECK(!strcmp(sign(t, ref, &in), "code") && view(t, ref).is_unverified,
		"a wrong code signs nothing");
	in = by(code);
	CHECK(!strcmp(sign(t, ref, &in), ""),
		"what was not ticked or not named used up no try");
	v = view(t, ref);
	CHECK(!v.is_unverified && v.declaration.signed_at &&
			!v.declaration.is_waited_for && !v.declaration.can &&
			is_next(t, ref, "review") &&
			turn_of(t, ref) == TURN_STAFF,
		"the case goes on: %s", v.next.code);
	CHECK(page(t, ref) == DECLARE_SIGNED && !wants(t, ref) &&
			!strcmp(sign(t, ref, &in), "-"),
		"once");
	CHECK(times(t, ref, "was asked to sign a declaration") == 1 &&
			times(t, ref, "signed the declaration") == 1,
		"both in the trail");
	CHECK(!approve(t, ref, &e), "%s", e.message);
	CHECK(page(t, ref) == DECLARE_SIGNED, "and it stays signed");
}

/* V-08: the name and the day stay with the record. */
static void test_kept(struct test *t)
{
	str ref = reviewed(t, "kept.name@example.com", THREE, true);
	struct desk d = staff(t);
	struct declare_in in;
	struct record r;
	struct err e = { 0 };

	CHECK(!ask(t, ref), "asked");
	in = by(send_code(t, ref));
	CHECK(!strcmp(sign(t, ref, &in), ""), "signed");
	if (record_by_reference(&d, ref, &r, &e) != 1)
		fail("record", &e);
	CHECK(str_eq(r.person.declared, STR("yes")) &&
			str_eq(r.person.signed_by.v, STR("Luis Medina")) &&
			str_eq(r.person.signed_on,
				date_iso(t->a, desk_today(&d))),
		"as a form would have kept it: %.*s",
		STR_ARG(r.person.signed_on));
}

/* Tries are counted as for any code. */
static void test_tries(struct test *t)
{
	str ref = reviewed(t, "many.tries@example.com", THREE, true);
	struct declare_in in;
	str code;

	CHECK(!ask(t, ref), "asked");
	code = send_code(t, ref);
	in = by(str_eq(code, STR("111111")) ? STR("222222") : STR("111111"));
	for (int i = 0; i < LIMIT_CODE_TRIES; i++)
		CHECK(!strcmp(sign(t, ref, &in), "code"), "wrong %d", i);
	in = by(code);
	CHECK(!strcmp(sign(t, ref, &in), "code") && view(t, ref).is_unverified,
		"after %d tries the right one is no good either",
		LIMIT_CODE_TRIES);
	in = by(send_code(t, ref));
	CHECK(!strcmp(sign(t, ref, &in), ""), "a new one is");
}

/* Asked for once more a day later, and not every hour. */
static void test_again(struct test *t)
{
	int64_t now = t->clock.fixed_ms;
	int64_t wait = LIMIT_DECLARATION_AGAIN_HOURS * 3600000LL;
	str ref = reviewed(t, "asked.twice@example.com", THREE, true);

	CHECK(!ask(t, ref) && ask(t, ref) == ERR_TOO_MANY, "once");
	t->clock.fixed_ms = now + wait - 1;
	CHECK(!view(t, ref).declaration.can && ask(t, ref) == ERR_TOO_MANY,
		"a millisecond before");
	t->clock.fixed_ms = now + wait;
	CHECK(view(t, ref).declaration.can && !ask(t, ref), "then once more");
	t->clock.fixed_ms = now + 2 * wait + 1;
	CHECK(!ask(t, ref), "and again");
	CHECK(view(t, ref).declaration.asked_at == t->clock.fixed_ms,
		"the case says when, last");
	t->clock.fixed_ms = now;
}

/* The clock runs: when the answer is nearly due it is staff's turn, and no letter
 * promises an answer by a day that passed. */
static void test_nearly_due(struct test *t)
{
	int64_t now = t->clock.fixed_ms;
	str ref = reviewed(t, "nearly.due@example.com", THREE, true);
	struct case_view v;

	CHECK(!ask(t, ref), "asked");
	v = view(t, ref);
	t->clock.fixed_ms = now + (v.days_left - 8) * DAY_MS;
	CHECK(is_next(t, ref, "declaration"), "8 days before");
	t->clock.fixed_ms = now + (v.days_left - 7) * DAY_MS;
	v = view(t, ref);
	CHECK(!strcmp(v.next.code, "declaration-due") && v.can_vouch &&
			v.can_deny && turn_of(t, ref) == TURN_STAFF,
		"7 days before: %s", v.next.code);
	t->clock.fixed_ms += 7 * DAY_MS;
	CHECK(view(t, ref).declaration.can, "on the day it still may be asked");
	t->clock.fixed_ms += DAY_MS;
	CHECK(ask(t, ref) == ERR_CONFLICT, "after it not");
	CHECK(page(t, ref) == DECLARE_OPEN,
		"but who signs late is not refused");
	t->clock.fixed_ms = now;
}

/* What makes it needless ends it: a word of staff, a denial, another search. */
static void test_over(struct test *t)
{
	str vouched = reviewed(t, "vouched.for@example.com", THREE, true);
	str denied = reviewed(t, "denied.then@example.com", THREE, true);
	str again = reviewed(t, "looked.again@example.com", THREE, true);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct declare_in in;
	struct record r;

	CHECK(!ask(t, vouched) && !ask(t, denied) && !ask(t, again), "asked");
	in = by(send_code(t, vouched));
	if (case_vouch(&d, vouched, STR("They came by."), &ps, &e) || ps.n)
		fail("vouch", &e);
	CHECK(is_next(t, vouched, "review") &&
			page(t, vouched) == DECLARE_OVER &&
			!wants(t, vouched) &&
			!strcmp(sign(t, vouched, &in), "-"),
		"staff know who it is");
	CHECK(!deny(t, denied, "UNVERIFIED", "", &e) &&
			page(t, denied) == DECLARE_OVER && !wants(t, denied) &&
			ask(t, denied) == ERR_CONFLICT,
		"denied: %s", e.message);
	if (record_by_reference(&d, again, &r, &e) != 1)
		fail("record", &e);
	r.person.matched = STR("zip:leads");
	r.person.doubted = STR("yes");
	if (record_save_person(&d, &r, &e) || identity_store(&d, &r, &e))
		fail("store", &e);
	CHECK(is_next(t, again, "unverified") &&
			turn_of(t, again) == TURN_STAFF &&
			page(t, again) == DECLARE_OVER &&
			!view(t, again).declaration.can,
		"too few match now: a declaration would not do");
}

/* Nobody is asked for more than verifies (11 CCR 7060(c)). */
static void test_not_asked(struct test *t)
{
	static const struct {
		const char *email;
		unsigned matched;
		bool is_sensitive;
		const char *why;
	} cases[] = {
		{ "two.sensitive@example.com", TWO, true,
			"two are too few, with a declaration as well" },
		{ "three.plain@example.com", THREE, false,
			"nothing sensitive: verified without" },
		{ "one.plain@example.com", POINT_BIT(EMAIL), false,
			"one is too few, and no declaration counts" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str ref = reviewed(t, cases[i].email, cases[i].matched,
			cases[i].is_sensitive);

		CHECK(!view(t, ref).declaration.can &&
				ask(t, ref) == ERR_CONFLICT &&
				!letter_of(t, ref, "declaration").id,
			"%s", cases[i].why);
	}
}

static struct sent send_correct(struct test *t, const char *letter_by)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_CORRECT };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };
	struct post p;

	f.person = (struct person){ .name = { STR("Luis Medina") },
		.email = { arena_fmt(
			t->a, "correct.%s@example.com", letter_by) },
		.zip = { STR("94607") },
		.item = { STR("My street") },
		.should_be = { STR("Elm St") },
		.letter_by = str_of(letter_by),
		.postal = { STR("Luis Medina\n12 Elm St\nOakland CA 94607") } };
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail(ps.n ? ps.at[0].text : "send", &e);
	p = letter_of(t, out.reference, "code");
	CHECK(confirm(t, out.reference, code_in(&p), &ps), "the code");
	d = desk_as(t, ACTOR_WORKER);
	if (fulfil_plan(&d, request_id(t, out.reference), plan_of_three, 2, &e))
		fail("plan", &e);
	found(t, out.reference, THREE, true);
	return out;
}

/* The same for a correction; who wants letters on paper gets it on paper. */
static void test_correct(struct test *t)
{
	str ref = send_correct(t, "email").reference;
	str paper = send_correct(t, "paper").reference;
	struct declare_in in;

	CHECK(view(t, ref).is_unverified && !ask(t, ref), "asked");
	in = by(send_code(t, ref));
	CHECK(!strcmp(sign(t, ref, &in), "") &&
			is_next(t, ref, "decide-correction"),
		"signed, and it can be decided");
	CHECK(view(t, paper).is_unverified && view(t, paper).declaration.can &&
			!view(t, paper).declaration.can_record,
		"not asked for yet");
	CHECK(!ask(t, paper), "by post");
	CHECK(!letter_of(t, paper, "declaration").to.v.n &&
			is_in(letter_of(t, paper, "declaration").text.v,
				"To send back. Request"),
		"it comes with the letter: %.*s",
		STR_ARG(letter_of(t, paper, "declaration").text.v));
	CHECK(page(t, paper) == DECLARE_OPEN,
		"a code still goes to the address they confirmed");
}

/* --- on paper --- */

static void set_address(struct test *t, const char *address)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("address"), str_of(address), &e))
		fail("address", &e);
}

static str by_post(struct test *t)
{
	struct enter_in in = { .kind = KIND_DELETE,
		.channel = CHANNEL_MAIL,
		.received_on = STR("2026-11-10"),
		.person = { .first = { STR("Ellen") },
			.last = { STR("Tran") },
			.phone = { STR("510-555-0144") },
			.street = { STR("12 Elm Street") },
			.zip = { STR("94607") } },
		.postal = { .city = { STR("Oakland, CA") } } };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	if (enter_request(&d, &in, &ref, &ps, &e) || ps.n ||
		case_call_back(&d, ref,
			&(struct call_back){ { STR("510-555-0144") },
				STR("She answered, and said it is hers.") },
			&ps, &e) ||
		ps.n)
		fail(ps.n ? ps.at[0].text : "enter", &e);
	d = desk_as(t, ACTOR_WORKER);
	if (fulfil_plan(&d, request_id(t, ref), plan_of_three, 2, &e))
		fail("plan", &e);
	found(t, ref, POINT_BIT(PHONE) | POINT_BIT(ZIP) | POINT_BIT(STREET),
		true);
	return ref;
}

/* The field that is wrong; "": written down; "-": there is none to write down. */
static const char *came_back(
	struct test *t, str reference, const char *name, const char *day)
{
	struct desk d = staff(t);
	struct declared in = { { str_of(name) }, str_of(day) };
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.actor.role = STR("agent");
	if (case_declared(&d, reference, &in, &ps, &e))
		return e.code == ERR_CONFLICT ? "-" : e.message;
	return ps.n ? arena_fmt(t->a, "%s", ps.at[0].field).p : "";
}

/* Who has no email address: a letter to sign and send back, and staff write down that it
 * came. */
static void test_on_paper(struct test *t)
{
	str ref = by_post(t);
	struct desk d = staff(t);
	struct status s;
	struct post p;
	struct record r;
	struct err e = { 0 };

	CHECK(view(t, ref).is_unverified && view(t, ref).declaration.can,
		"three match, and it takes a declaration");
	CHECK(!strcmp(came_back(t, ref, "Ellen Tran", "2026-11-20"), "-"),
		"nothing was asked for");
	CHECK(!ask(t, ref), "asked");
	p = letter_of(t, ref, "declaration");
	CHECK(p.id && !p.to.v.n && is_in(p.text.v, "penalty of perjury") &&
			is_in(p.text.v, "Signature: ____") &&
			is_in(p.text.v, "Main Street") &&
			!is_in(p.text.v, "/declare"),
		"to sign and send back: %.*s", STR_ARG(p.text.v));
	CHECK(view(t, ref).papers > 0 && is_next(t, ref, "declaration") &&
			page(t, ref) == DECLARE_ON_PAPER,
		"it waits to be posted, and no page takes a signature");
	s = status_of(t, ref);
	CHECK(s.wants_declaration && s.declares_on_paper &&
			str_find(str_of(s.told), STR("sign the letter")) > 0,
		"nor does the status ask for one on a page: %s", s.told);
	CHECK(view(t, ref).declaration.can_record, "until it is back");
	CHECK(!strcmp(came_back(t, ref, " ", "2026-11-20"), "signed_by") &&
			!strcmp(came_back(t, ref, "Ellen Tran", ""),
				"signed_on") &&
			!strcmp(came_back(t, ref, "Ellen Tran", "2026-11-22"),
				"signed_on") &&
			!strcmp(came_back(t, ref, "Ellen Tran", "2026-11-09"),
				"signed_on"),
		"a name, and a day that was, since they asked");
	CHECK(view(t, ref).is_unverified, "none of that signs it");
	CHECK(!strcmp(came_back(t, ref, " Ellen Tran ", "2026-11-20"), ""),
		"written down");
	if (record_by_reference(&d, ref, &r, &e) != 1)
		fail("record", &e);
	CHECK(str_eq(r.person.declared, STR("yes")) &&
			str_eq(r.person.signed_by.v, STR("Ellen Tran")) &&
			str_eq(r.person.signed_on, STR("2026-11-20")),
		"as it stands on it");
	CHECK(!view(t, ref).is_unverified && is_next(t, ref, "review") &&
			times(t, ref,
				"came back on paper, signed on 2026-11-20") ==
				1,
		"the case goes on, and the trail says who wrote it down");
	CHECK(!strcmp(came_back(t, ref, "Ellen Tran", "2026-11-20"), "-") &&
			page(t, ref) == DECLARE_SIGNED,
		"once");
	CHECK(!approve(t, ref, &e), "%s", e.message);
}

/* Without an address nobody could send it back. */
static void test_no_address(struct test *t)
{
	str ref = by_post(t);
	int before = view(t, ref).papers;

	set_address(t, "");
	CHECK(ask(t, ref) == ERR_CONFLICT && view(t, ref).papers == before,
		"not asked for");
	set_address(t, "1 Main Street, Oakland, CA 94607");
	CHECK(!ask(t, ref) && view(t, ref).papers == before + 1, "then it is");
}

static str asked_by_agent(struct test *t, const char *email, enum proof proof)
{
	struct agent_ask in = {
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_AGENT,
			.id = { str_of(email) },
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Luis Medina") },
				.email = { str_of(email) },
				.phone = { STR("510-555-0177") },
				.zip = { STR("94607") } } },
		.agent = { .name = STR("Ann Doe"),
			.email = STR("ann@doe.example") },
		.permission = { .proof = proof,
			.signed_by = { STR("Luis Medina") },
			.signed_on = STR("11/20/2026") },
	};
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	if (agent_ask(&d, &in, &ref, &ps, &e) || ps.n)
		fail("agent", &e);
	return ref;
}

static void plan(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	if (fulfil_plan(&d, request_id(t, reference), plan_of_three, 2, &e))
		fail("plan", &e);
	found(t, reference, THREE, true);
}

/* 11 CCR 7063(a): with a signed permission the consumer may be asked who they are, and
 * it is the consumer who signs. */
static void test_agent(struct test *t)
{
	str ref = asked_by_agent(t, "luis.agent@example.com", PROOF_SIGNED);
	struct post p = letter_of(t, ref, "agent_code");
	struct problems ps = { 0 };
	struct declare_in in;

	CHECK(confirm(t, ref, code_in(&p), &ps), "permitted");
	plan(t, ref);
	CHECK(!ask(t, ref) && str_eq(letter_of(t, ref, "declaration").to.v,
				      STR("luis.agent@example.com")),
		"the consumer is asked, not the agent");
	in = by(send_code(t, ref));
	CHECK(str_eq(letter_of(t, ref, "code").to.v,
		      STR("luis.agent@example.com")) &&
			!strcmp(sign(t, ref, &in), "") &&
			is_next(t, ref, "review"),
		"and signs");
}

/* A parent signed a form of their own. */
static void test_parent(struct test *t)
{
	struct parent_ask in = {
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_WEB,
			.peer = STR("192.0.2.1"),
			.person = { .email = { STR("kim.doe@example.com") },
				.name = { STR("Kim Doe") },
				.zip = { STR("94607") } } },
		.born = { { STR("5") }, { STR("1") }, { STR("2015") } },
		.name = { STR("Pat Doe") },
		.email = { STR("pat.doe@example.com") },
		.check = STR("form"),
	};
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	if (parent_ask(&d, &in, &ref, &ps, &e) || ps.n)
		fail("parent", &e);
	d = staff(t);
	if (parent_check(&d, ref, STR("form"), STR("The form came, signed"),
		    &ps, &e) ||
		ps.n)
		fail("check", &e);
	plan(t, ref);
	CHECK(view(t, ref).state == STATE_REVIEW &&
			view(t, ref).is_unverified &&
			!view(t, ref).declaration.can &&
			ask(t, ref) == ERR_CONFLICT,
		"staff say how they know, and nobody else is asked");
}

/* Invariant 2: no way leads from a choice to a verification. */
static void test_stops(struct test *t)
{
	static const enum kind kinds[] = { KIND_OPT_OUT, KIND_LIMIT };

	CHECK(!field_is_allowed(STR("declaration"), KIND_OPT_OUT_ADMT),
		"no form has it");
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		struct desk d = desk_as(t, ACTOR_CONSUMER);
		struct stop_in in = { .kind = kinds[i],
			.channel = CHANNEL_WEB,
			.identifier = { STR("stops@example.com") },
			.peer = STR("192.0.2.1") };
		struct problems ps = { 0 };
		struct declare_in all = by(STR("123456"));
		struct stop_out out;
		struct err e = { 0 };

		CHECK(!field_is_allowed(STR("declaration"), kinds[i]),
			"no form has it");
		if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
			fail("stop", &e);
		CHECK(!view(t, out.reference).declaration.can &&
				ask(t, out.reference) == ERR_CONFLICT &&
				page(t, out.reference) == -1 &&
				!strcmp(sign(t, out.reference, &all), "-"),
			"%s: no declaration", kind_title(kinds[i]));
	}
}

static void test_roles(struct test *t)
{
	str ref = reviewed(t, "by.auditor@example.com", THREE, true);
	struct desk d = staff(t);
	struct err e = { 0 };

	d.actor.role = STR("auditor");
	CHECK(case_ask_declaration(&d, ref, &e) && e.code == ERR_DENIED,
		"who may not decide asks for nothing");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "declare", fresh_server(argc, argv));
	set_contact(&t);
	set_address(&t, "1 Main Street, Oakland, CA 94607");
	test_signed(&t);
	test_kept(&t);
	test_tries(&t);
	test_again(&t);
	test_nearly_due(&t);
	test_over(&t);
	test_not_asked(&t);
	test_correct(&t);
	test_on_paper(&t);
	test_no_address(&t);
	test_agent(&t);
	test_parent(&t);
	test_stops(&t);
	test_roles(&t);
	end(&t);
	return CHECK_DONE();
}
