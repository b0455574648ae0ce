/*
 * What a denial in whole says, of what, and what becomes of it: all that was found falls
 * under its exception, what may not be told is told of nothing, and behind a hold it is
 * taken up again.  On both engines.
 */
#include "denying.h"

#include <sodium.h>

#include "desk/agent_ask.h"
#include "desk/child.h"
#include "desk/parent.h"
#include "desk/parent_ask.h"
#include "desk/record.h"
#include "desk/resume.h"
#include "law/reason.h"

/* 11 CCR 7022(f)(2): in whole is denied what is covered in whole; staff say so. */
static void test_all(struct test *t)
{
	struct sent s = found(t, "all@example.com");
	struct desk d = staff(t);
	struct denial x = { .ground = STR("DX1"),
		.why = STR("A warranty runs."),
		.purpose = STR("Warranty") };
	struct problems ps = { 0 };
	struct case_view v;
	struct err e = { 0 };

	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "all") &&
			view(t, s.reference).state == STATE_REVIEW,
		"not by a click: the rest has to be deleted");
	x.is_all = true;
	ps = (struct problems){ 0 };
	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(case_load(&d, s.reference, true, &v, &e) == 1 &&
			str_eq(v.person.all_kept, STR("yes")),
		"kept with the case");
	s = found(t, "nothing.kept@example.com");
	x = (struct denial){ .ground = STR("UNFOUNDED"),
		.why = STR("The same was asked a hundred times.") };
	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && !ps.n,
		"where nothing is kept nothing is confirmed: %s", e.message);
}

static str sentence_of(struct test *t, str reference)
{
	str text = letter_of(t, reference, "denied").text.v;
	ptrdiff_t from = str_find(text, STR("We did not do it."));
	ptrdiff_t to = str_find(text, STR("You are opted out"));

	must(from >= 0 && to > from);
	return str_head(str_from(text, (size_t)from), (size_t)(to - from));
}

/* 11 CCR 7022(f)(1): where a law forbids to tell, an order reads as a hold does, or its
 * letter would tell that there is a hold. */
static void test_untold(struct test *t)
{
	struct sent held = found(t, "held.silent@example.com");
	struct sent s = found(t, "order.silent@example.com");
	struct desk d = staff(t);
	struct denial x = { .ground = STR("DX8"),
		.why = STR("Superior Court, sealed order 26-88."),
		.purpose = STR("The order of the court"),
		.is_all = true,
		.is_untold = true };
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "untold"),
		"what no law forbids to tell is told");
	x.ground = STR("EX_ORDER");
	ps = (struct problems){ 0 };
	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && !ps.n &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "order.silent@example.com") &
			(uint32_t)REASON_LOCKS,
		"locked to its purpose all the same");
	hold_email(t, "held.silent@example.com");
	CHECK(!deny_for(t, held.reference, "EX_LE_HOLD", "", &e) &&
			!answer(t, held.reference, "", &e),
		"%s", e.message);
	CHECK(str_find(sentence_of(t, s.reference), STR("ask us again")) > 0 &&
			str_find(sentence_of(t, s.reference), STR("court")) < 0,
		"nothing of the order: %.*s",
		STR_ARG(sentence_of(t, s.reference)));
	CHECK(str_eq(sentence_of(t, s.reference),
		      sentence_of(t, held.reference)),
		"in the same words: %.*s",
		STR_ARG(sentence_of(t, held.reference)));
}

/* A ground that others have replaced is none on the day of the decision, whenever the
 * request came. */
static void test_replaced(struct test *t)
{
	struct sent s = found(t, "replaced@example.com");
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };

	t->clock.fixed_ms += 2LL * 86400000;
	CHECK(deny_for(t, s.reference, "EX_LAW", "The law", &e) == -1 &&
			e.code == ERR_INVALID,
		"one choice of one thing: %s", e.message);
	CHECK(!deny_for(t, s.reference, "EX_ORDER", "The order", &e), "%s",
		e.message);
	t->clock.fixed_ms = now;
}

static const char *words_of(struct test *t, str reference, const char *name)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.tasks.n; i++)
		if (str_eq(v.tasks.at[i].name, str_of(name)))
			return arena_cstr(t->a, v.tasks.at[i].words);
	return "";
}

/* What the case says of systems and companies once it is denied: nobody is waited for. */
static void test_words(struct test *t)
{
	struct sent s = found(t, "words.denied@example.com");
	struct err e = { 0 };

	CHECK(!deny_for(t, s.reference, "UNFOUNDED", "", &e), "%s", e.message);
	CHECK(view(t, s.reference).is_denied &&
			!strcmp(words_of(t, s.reference, "leads"),
				"Left alone: denied") &&
			!strcmp(words_of(t, s.reference, "mailharbor"),
				"Not told: denied"),
		"%s, %s", words_of(t, s.reference, "leads"),
		words_of(t, s.reference, "mailharbor"));
	s = found(t, "words.locked@example.com");
	CHECK(!deny_for(t, s.reference, "DX8", "Tax records", &e), "%s",
		e.message);
	CHECK(!strcmp(words_of(t, s.reference, "mailharbor"),
		      "Told with the answer"),
		"what is kept for one purpose: %s",
		words_of(t, s.reference, "mailharbor"));
}

/* A reference as it is stored, without its dash. */
static str str_without(struct arena *a, str shown)
{
	struct buf b = buf_in(a, shown.n + 1);

	for (size_t i = 0; i < shown.n; i++)
		if (shown.p[i] != '-')
			buf_putc(&b, shown.p[i]);
	return buf_str(&b);
}

/* --- behind the hold --- */

static size_t reminded_of(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct resumables all;
	struct err e = { 0 };
	size_t n = 0;

	if (resume_list(&d, &all, &e))
		fail("list", &e);
	for (size_t i = 0; i < all.n; i++)
		n += str_eq(str_without(t->a, all.at[i].reference),
			str_without(t->a, reference));
	return n;
}

static int64_t received_in_all(struct test *t)
{
	struct sql_metric_counts_in in = { STR("2026-01-01"),
		STR("2026-12-31") };
	struct sql_metric_counts_rows rows;
	struct err e = { 0 };
	int64_t n = 0;

	if (sql_metric_counts(t->db, t->a, &in, &rows, &e))
		fail("counts", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += rows.at[i].n;
	return n;
}

/* Denied for a hold: when it has ended staff are told, and take the deletion up again in a
 * case of its own, which nobody counts twice. */
static void test_resumed(struct test *t)
{
	struct sent s = found(t, "behind.hold@example.com");
	int64_t hold = hold_email(t, "behind.hold@example.com");
	int64_t now = t->clock.fixed_ms, received;
	struct desk d = staff(t);
	struct case_view v;
	struct err e = { 0 };
	str again, twice;

	hand_over(t, s.reference, "receipt");
	CHECK(!deny_for(t, s.reference, "EX_LE_HOLD", "", &e) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	hand_over(t, s.reference, "denied");
	CHECK(!reminded_of(t, s.reference) &&
			view(t, s.reference).resume == RESUME_NOT &&
			case_resume(&d, s.reference, &again, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"while it is held nobody is reminded: %s", e.message);
	t->clock.fixed_ms += 20LL * 86400000;
	if (hold_lift(&d, hold, &e))
		fail("lift", &e);
	v = view(t, s.reference);
	CHECK(reminded_of(t, s.reference) == 1 && v.resume == RESUME_HERE &&
			!strcmp(v.next.code, "resume") &&
			v.next.turn == TURN_STAFF,
		"then they are: %s", v.next.code);
	received = received_in_all(t);
	d.actor.role = STR("agent");
	CHECK(case_resume(&d, s.reference, &again, &e) == -1 &&
			e.code == ERR_DENIED,
		"not by everybody");
	d = staff(t);
	CHECK(!case_resume(&d, s.reference, &again, &e), "%s", e.message);
	CHECK(!reminded_of(t, s.reference) &&
			case_resume(&d, s.reference, &twice, &e) == -1,
		"once");
	v = view(t, again);
	CHECK(v.state == STATE_SEARCHING && v.email_confirmed && v.day == 0,
		"searched, as the address was confirmed, with its own days: %s",
		v.state_title);
	CHECK(!date_is_none(v.receipt_confirmed_on) &&
			!date_cmp(v.receipt_confirmed_on,
				view(t, s.reference).receipt_confirmed_on),
		"their receipt was confirmed when they asked");
	CHECK(str_eq(str_without(t->a, v.again_of),
		      str_without(t->a, s.reference)) &&
			!view(t, s.reference).again_of.n,
		"it knows which case it takes up: %.*s", STR_ARG(v.again_of));
	CHECK(received_in_all(t) == received, "nobody asked twice");
	CHECK(view(t, s.reference).state == STATE_CLOSED &&
			str_eq(view(t, s.reference).outcome, STR("Denied")),
		"what was answered was answered");
	t->clock.fixed_ms = now;
}

/* Its letter says when they asked, and asked once. */
static void test_resumed_answer(struct test *t)
{
	struct sent s = found(t, "asked.once@example.com");
	int64_t hold = hold_email(t, "asked.once@example.com");
	int64_t now = t->clock.fixed_ms;
	struct desk d = staff(t), worker;
	struct problems ps = { 0 };
	struct err e = { 0 };
	str again, plain;

	if (deny_for(t, s.reference, "EX_LE_HOLD", "", &e) ||
		answer(t, s.reference, "", &e))
		fail("deny", &e);
	hand_over(t, s.reference, "denied");
	t->clock.fixed_ms += 20LL * 86400000;
	d = staff(t);
	if (hold_lift(&d, hold, &e) || case_resume(&d, s.reference, &again, &e))
		fail("resume", &e);
	plain = str_without(t->a, again);
	worker = desk_as(t, ACTOR_WORKER);
	if (fulfil_plan(&worker, request_id(t, plain), plan_of_vendors, 1, &e))
		fail("plan", &e);
	report_found(t, plain, "leads", 4, NULL);
	CHECK(!case_vouch(&d, again, STR("As in the case before."), &ps, &e) ||
			view(t, again).can_approve,
		"%s", e.message);
	CHECK(!approve(t, plain, &e), "%s", e.message);
	report_erased(t, plain, "leads", 4);
	CHECK(!answer(t, plain, "", &e), "%s", e.message);
	CHECK(letter_says(t, plain, "On November 21, 2026 you asked us"),
		"%.*s", STR_ARG(letter_of(t, plain, "deleted").text.v));
	t->clock.fixed_ms = now;
}

/* Searched, denied for a hold and answered; then the hold ends, twenty days on. */
static void end_behind_hold(
	struct test *t, str reference, const char *email, const char *letter)
{
	int64_t hold = hold_email(t, email);
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	if (fulfil_plan(&d, request_id(t, reference), plan_of_vendors, 4, &e))
		fail("plan", &e);
	report_found(t, reference, "leads", 4, NULL);
	CHECK(!deny_for(t, reference, "EX_LE_HOLD", "", &e), "%s", e.message);
	if (!letter)
		CHECK(!strcmp(view(t, reference).next.code, "close-unasked"),
			"there is no answer to read: %s",
			view(t, reference).next.code);
	CHECK(!answer(t, reference, "", &e), "%s", e.message);
	if (letter)
		hand_over(t, reference, letter);
	t->clock.fixed_ms += 20LL * 86400000;
	d = staff(t);
	if (hold_lift(&d, hold, &e))
		fail("lift", &e);
}

/* Staff are told to enter it, and no case begins that would be the consumer's own. */
static void is_anew(
	struct test *t, str reference, enum resume_way way, const char *step)
{
	struct desk d = staff(t);
	struct case_view v = view(t, reference);
	struct err e = { 0 };
	str again;

	CHECK(reminded_of(t, reference) == 1 && v.resume == way &&
			!strcmp(v.next.code, step),
		"%s: %s", step, v.next.code);
	CHECK(case_resume(&d, reference, &again, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("enter it anew")) > 0,
		"%s: %s", step, e.message);
}

/* The new case is searched for at once, and nobody but staff is told yet. */
static str resumed(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	str again = { 0 };

	CHECK(view(t, reference).resume == RESUME_HERE, "can be taken up");
	CHECK(!case_resume(&d, reference, &again, &e), "%s", e.message);
	again = str_without(t->a, again);
	CHECK(!reminded_of(t, reference), "and was");
	return again;
}

static void left_out(struct test *t, str reference, const char *name)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_drop(&d, reference, work_of(t, reference, name).task_id,
		    STR("The answer is due."), &ps, &e) ||
		ps.n)
		fail("drop", &e);
}

/* Approved, and then a hold until the answer was due: what waited was denied, too, and the
 * companies were never told.  When the hold has ended it is taken up again. */
static void test_resumed_part(struct test *t)
{
	static const char *const names[] = { "leads", "mailharbor", "countbox",
		"buyer" };
	struct sent s = found(t, "part.of@example.com");
	int64_t now = t->clock.fixed_ms, hold;
	struct desk d = staff(t), worker;
	struct err e = { 0 };
	str again;

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	hold = hold_email(t, "part.of@example.com");
	t->clock.fixed_ms += 40LL * 86400000;
	CHECK(!strcmp(view(t, s.reference).next.code, "held-late"),
		"it waits: %s", view(t, s.reference).next.code);
	for (size_t i = 0; i < COUNTOF(names); i++) {
		left_out(t, s.reference, names[i]);
		CHECK(!say_untold(t, s.reference, names[i], "", &e), "%s",
			e.message);
	}
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "deleted");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in part")),
		"%.*s", STR_ARG(view(t, s.reference).outcome));
	d = staff(t);
	CHECK(!reminded_of(t, s.reference) &&
			case_resume(&d, s.reference, &again, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"not while it is held: %s", e.message);
	if (hold_lift(&d, hold, &e))
		fail("lift", &e);
	again = resumed(t, s.reference);
	worker = desk_as(t, ACTOR_WORKER);
	if (fulfil_plan(&worker, request_id(t, again), plan_of_vendors, 4, &e))
		fail("plan", &e);
	CHECK(!strcmp(words_of(t, again, "mailharbor"), "Not told yet"),
		"whom nobody had told is told now: %s",
		words_of(t, again, "mailharbor"));
	t->clock.fixed_ms = now;
}

/* What was left out for another reason is not. */
static void test_not_resumed_part(struct test *t)
{
	static const char *const names[] = { "mailharbor", "countbox",
		"buyer" };
	struct sent s = found(t, "part.away@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err why = { .code = ERR_INVALID, .message = "no such mailbox" };
	struct err e = { 0 };
	int64_t now = t->clock.fixed_ms;

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "leads", 4);
	t->clock.fixed_ms += 40LL * 86400000;
	for (size_t i = 0; i < COUNTOF(names); i++) {
		struct work w = work_of(t, s.reference, names[i]);

		if (fulfil_failed(&worker, &w, &why, &e))
			fail("failed", &e);
		left_out(t, s.reference, names[i]);
		CHECK(!say_untold(t, s.reference, names[i], "They closed.", &e),
			"%s", e.message);
	}
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "deleted");
	CHECK(view(t, s.reference).state == STATE_CLOSED &&
			!reminded_of(t, s.reference) &&
			view(t, s.reference).resume == RESUME_NOT,
		"%.*s: nobody was held", STR_ARG(view(t, s.reference).outcome));
	t->clock.fixed_ms = now;
}

static str asked_by_parent(struct test *t)
{
	struct parent_ask in = {
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_WEB,
			.peer = STR("192.0.2.1"),
			.person = { .email = { STR("kim.held@example.com") },
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
	if (parent_check(&d, ref, STR("form"), STR("It came, signed"), &ps, &e))
		fail("check", &e);
	return ref;
}

static str asked_by_agent(struct test *t, enum proof proof, const char *email)
{
	struct agent_ask in = {
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_AGENT,
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Luis Medina") },
				.email = { str_of(email) },
				.zip = { STR("94607") } } },
		.agent = { .name = STR("Ann Doe"),
			.email = STR("ann@doe.example") },
		.permission = { .proof = proof,
			.file = STR("%PDF-1.7 as it was signed") },
	};
	struct desk c = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	if (agent_ask(&c, &in, &ref, &ps, &e) || ps.n)
		fail("agent", &e);
	return ref;
}

/* 7070(c): a parent who was found to be one is one, and letters go to them. */
static void test_for_child(struct test *t)
{
	int64_t now = t->clock.fixed_ms;
	str child = asked_by_parent(t), again;
	struct desk d = staff(t);
	struct parent p;
	struct err e = { 0 };

	end_behind_hold(t, child, "kim.held@example.com", "denied");
	again = resumed(t, child);
	CHECK(view(t, again).state == STATE_SEARCHING,
		"nobody is checked a second time");
	CHECK(parent_look(&d, again, &p, &e) == 1 && p.is_checked &&
			p.check == PARENT_CHECK_FORM && !p.saw.v.n,
		"by which method is known, what was shown is destroyed");
	end_behind_hold(t, again, "kim.held@example.com", "denied");
	CHECK(str_eq(letter_of(t, again, "denied").to.v,
		      STR("pat.doe@example.com")),
		"the letter goes where that of the first case went: %.*s",
		STR_ARG(letter_of(t, again, "denied").to.v));
	t->clock.fixed_ms = pacific_midnight_ms((struct date){ 2028, 5, 1 });
	is_anew(t, again, RESUME_GROWN, "enter-grown");
	t->clock.fixed_ms = now;
}

/* 7063(a): a permission counts until it is withdrawn. */
static void test_for_consumer(struct test *t)
{
	static const char power[] = "power.held@example.com";
	static const char given[] = "signed.held@example.com";
	int64_t now = t->clock.fixed_ms;
	str first = asked_by_agent(t, PROOF_POWER, power), again;
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post code;

	CHECK(!permission_accept(&d, first, &e), "%s", e.message);
	end_behind_hold(t, first, power, "denied");
	again = resumed(t, first);
	CHECK(view(t, again).state == STATE_SEARCHING &&
			view(t, again).agent.is_accepted &&
			view(t, again).agent.is_destroyed &&
			!view(t, again).agent.can_show,
		"Prob. Code 4121 to 4130: accepted once, and the paper is "
		"destroyed");
	t->clock.fixed_ms = now;
	first = asked_by_agent(t, PROOF_SIGNED, given);
	code = letter_of(t, first, "agent_code");
	CHECK(code.id && confirm(t, first, code_in(&code), &ps),
		"the consumer confirms the permission");
	end_behind_hold(t, first, given, "denied");
	again = resumed(t, first);
	CHECK(view(t, again).state == STATE_SEARCHING &&
			!letter_of(t, again, "agent_code").id,
		"and is not asked a second time");
	end_behind_hold(t, again, given, "denied");
	CHECK(letter_of(t, again, "denied").id &&
			letter_of(t, again, "agent_copy").id,
		"who read the first answer reads this one");
	t->clock.fixed_ms = now;
}

/* A permission that was never shown can't be carried over. */
static void test_unshown(struct test *t)
{
	int64_t now = t->clock.fixed_ms;
	str first = asked_by_agent(t, PROOF_POWER, "unseen.held@example.com");
	int64_t hold = hold_email(t, "unseen.held@example.com");
	struct desk d = staff(t);
	struct err e = { 0 };

	CHECK(!deny_for(t, first, "EX_LE_HOLD", "", &e), "%s", e.message);
	CHECK(!answer(t, first, "", &e), "%s", e.message);
	hand_over(t, first, "denied");
	t->clock.fixed_ms += 20LL * 86400000;
	if (hold_lift(&d, hold, &e))
		fail("lift", &e);
	is_anew(t, first, RESUME_UNSHOWN, "enter-shown");
	asked_by_agent(t, PROOF_POWER, "unseen.held@example.com");
	CHECK(!reminded_of(t, first) && view(t, first).resume == RESUME_NOT,
		"entered anew, nobody is reminded any more");
	t->clock.fixed_ms = now;
}

/* Who never confirmed their address is asked as everybody is, or the case would wait for a
 * code that was never sent. */
static void test_never_confirmed(struct test *t)
{
	struct sent s = send_delete(t, "never.confirmed@example.com");
	int64_t now = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;
	str again;

	if (case_search(&d, s.reference, STR("A customer."), &ps, &e) || ps.n)
		fail("search", &e);
	end_behind_hold(
		t, s.reference, "never.confirmed@example.com", "denied");
	d = staff(t);
	CHECK(!case_resume(&d, s.reference, &again, &e), "%s", e.message);
	again = str_without(t->a, again);
	p = letter_of(t, again, "code");
	CHECK(p.id && letter_of(t, again, "receipt").id,
		"they get the code and the receipt");
	CHECK(view(t, again).state == STATE_UNCONFIRMED && p.id &&
			confirm(t, again, code_in(&p), &ps) &&
			view(t, again).state == STATE_SEARCHING,
		"the code starts the search");
	t->clock.fixed_ms = now;
}

/* The letter names the first day, however often a hold stood in between. */
static void test_twice(struct test *t)
{
	struct sent s = send_delete(t, "held.twice@example.com");
	struct post p = letter_of(t, s.reference, "code");
	int64_t now = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct record r;
	str again;

	must(confirm(t, s.reference, code_in(&p), &ps));
	end_behind_hold(t, s.reference, "held.twice@example.com", "denied");
	CHECK(!case_resume(&d, s.reference, &again, &e), "%s", e.message);
	again = str_without(t->a, again);
	end_behind_hold(t, again, "held.twice@example.com", "denied");
	d = staff(t);
	CHECK(!case_resume(&d, again, &again, &e), "%s", e.message);
	if (record_need(&d, str_without(t->a, again), &r, &e))
		fail("record", &e);
	CHECK(str_eq(r.person.again_on, STR("2026-11-21")), "%.*s",
		STR_ARG(r.person.again_on));
	t->clock.fixed_ms = now;
}

/* Of a case that opened itself nobody was answered, and nobody is written to. */
static void test_unasked(struct test *t)
{
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("found.held@example.com") };
	struct child c = { .born_on = { 2016, 5, 1 } };
	struct desk d = desk_as(t, ACTOR_API);
	int64_t now = t->clock.fixed_ms;
	struct resumables all;
	struct err e = { 0 };
	str again;

	c.of.at = &q;
	c.of.n = 1;
	if (child_found(&d, &c, &e))
		fail("child", &e);
	end_behind_hold(t, c.reference, "found.held@example.com", NULL);
	d = staff(t);
	if (resume_list(&d, &all, &e))
		fail("list", &e);
	CHECK(reminded_of(t, c.reference) == 1 && all.n > 0 &&
			!date_cmp(all.at[all.n - 1].denied_on,
				(struct date){ 2026, 11, 21 }),
		"denied on the day it was closed, in %d",
		all.n ? all.at[all.n - 1].denied_on.year : 0);
	CHECK(!case_resume(&d, c.reference, &again, &e), "%s", e.message);
	CHECK(view(t, again).state == STATE_SEARCHING &&
			!view(t, again).letters.n,
		"searched at once, and the child gets no letter");
	t->clock.fixed_ms = now;
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start_denying(&t, "denied_whole", fresh_server(argc, argv));
	test_all(&t);
	test_untold(&t);
	test_replaced(&t);
	test_words(&t);
	test_resumed(&t);
	test_resumed_answer(&t);
	test_resumed_part(&t);
	test_not_resumed_part(&t);
	test_for_child(&t);
	test_for_consumer(&t);
	test_unshown(&t);
	test_never_confirmed(&t);
	test_twice(&t);
	test_unasked(&t);
	end(&t);
	return CHECK_DONE();
}
