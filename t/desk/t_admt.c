/*
 * Access to automated decisionmaking technology and the appeal of its decisions (rows
 * D-03, D-10): offered from their day on, verified, written by a person, answered.
 */
#include "act.h"

#include <sodium.h>

#include "base/file.h"
#include "desk/agent_ask.h"
#include "desk/automated.h"
#include "desk/explain.h"
#include "desk/fulfil.h"
#include "desk/metrics.h"
#include "desk/offer.h"
#include "desk/purpose.h"
#include "desk/stop.h"
#include "law/reason.h"

static const struct plan_row plan[] = {
	{ true, STR_INIT("loans"), STR_INIT("Loans") },
	{ false, STR_INIT("scorer"), STR_INIT("Scorer") },
};

static void say(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail("setting", &e);
}

/* The data map of the next desk_with_map(): these uses. */
static void write_map(struct test *t, const char *automated)
{
	str text = arena_fmt(t->a,
		"version: 1\nsystems: []\nvendors:\n"
		"  - { name: scorer, role: service_provider, days: 9,\n"
		"      email: p@scorer.example, receives: [ email ] }\n"
		"  - { name: mail, role: service_provider, days: 9,\n"
		"      email: p@mail.example, receives: [ email ] }\n%s",
		automated);
	struct err e = { 0 };

	if (file_replace(path(t, "map.yaml"), text, 0600, &e))
		fail("map", &e);
}

static struct desk desk_with_map(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "map.yaml");
	return d;
}

#define CREDIT(more)                                                      \
	"  - { name: credit, title: Credit line, decision: finance,\n"    \
	"      purpose: To set the credit line, vendors: [ scorer ]" more \
	" }\n"
#define SHIFTS                                                \
	"  - { name: shifts, decision: employment,\n"         \
	"      purpose: To plan shifts, vendors: [ mail ],\n" \
	"      exception: allocation, evidence: File HR-12 }\n"

static int offered(struct test *t, enum kind kind)
{
	struct desk d = desk_with_map(t, ACTOR_CONSUMER);
	struct err e = { 0 };
	int rc = offer_is_made(&d, kind, &e);

	if (rc < 0)
		fail("offer", &e);
	return rc;
}

/* Whatever way it comes. */
static int taken(struct test *t, enum kind kind)
{
	struct desk d = desk_with_map(t, ACTOR_API);
	struct err e = { 0 };
	int rc = offer_is_taken(&d, kind, &e);

	if (rc < 0)
		fail("taken", &e);
	return rc;
}

/* 11 CCR 7200: nobody has the right before January 1, 2027, in California. */
static void test_offered(struct test *t)
{
	write_map(t, "automated:\n" CREDIT(", exception: appeal"));
	CHECK(offered(t, KIND_DELETE) == 1, "delete is always offered");
	say(t, "uses_admt", "yes");
	t->clock.fixed_ms =
		pacific_midnight_ms((struct date){ 2027, 1, 1 }) - 1;
	CHECK(!offered(t, KIND_ACCESS_ADMT) && !offered(t, KIND_APPEAL_ADMT),
		"the last moment of 2026");
	t->clock.fixed_ms += 1;
	CHECK(offered(t, KIND_ACCESS_ADMT) == 1 &&
			offered(t, KIND_APPEAL_ADMT) == 1,
		"the first of 2027");
	say(t, "uses_admt", "no");
	CHECK(!offered(t, KIND_ACCESS_ADMT) && !offered(t, KIND_APPEAL_ADMT),
		"no such technology is used");
	write_map(t, "automated:\n" CREDIT(""));
	CHECK(!taken(t, KIND_OPT_OUT_ADMT),
		"nor is an opt-out of it taken: nobody is subject to any (7221)");
	say(t, "uses_admt", "yes");
	CHECK(taken(t, KIND_OPT_OUT_ADMT) == 1, "of who uses it it is");
	say(t, "sells", "no");
	say(t, "uses_sensitive", "no");
	CHECK(!taken(t, KIND_LIMIT) && !offered(t, KIND_OPT_OUT) &&
			taken(t, KIND_OPT_OUT) == 1,
		"an opt-out of sale is taken by who sells nothing, too");
	say(t, "sells", "yes");
	say(t, "uses_sensitive", "yes");
}

/* D-03: what the law excepts, by what the data map says. */
static void test_exceptions(struct test *t)
{
	static const struct {
		const char *uses;
		int opt_out;
		int appeal;
		const char *why;
	} cases[] = {
		{ "", 1, 0, "a map that names none: all of it" },
		{ "automated:\n" CREDIT(""), 1, 0, "no exception" },
		{ "automated:\n" CREDIT(", exception: appeal"), 0, 1,
			"an appeal in place of the opt-out" },
		{ "automated:\n" SHIFTS, 0, 0, "allocation, with its test" },
		{ "automated:\n" CREDIT("") SHIFTS, 1, 0, "one that stops" },
		{ "automated:\n" CREDIT(", human: [understands, reviews, "
					"decides]"),
			0, 0, "a person decides: no such technology" },
		{ "automated:\n" CREDIT(", human: [understands, reviews]"), 1,
			0, "a person who may not change it decides nothing" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		write_map(t, cases[i].uses);
		CHECK(offered(t, KIND_OPT_OUT_ADMT) == cases[i].opt_out &&
				offered(t, KIND_APPEAL_ADMT) == cases[i].appeal,
			"%s: %d, %d", cases[i].why,
			offered(t, KIND_OPT_OUT_ADMT),
			offered(t, KIND_APPEAL_ADMT));
	}
}

static uint32_t forbidden(struct test *t, const char *use, const char *email)
{
	struct desk d = desk_with_map(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct use_asked asked;
	struct err e = { 0 };

	if (purpose_asked(&d, str_of(use), 0, &asked, &e) ||
		suppress_check(&d, &q, 1, &e))
		fail("check", &e);
	return use_forbidden_by(q.reasons, &asked);
}

/* Whoever opted out is decided about by what the law excepts, and by nothing else;
 * whoever is deleted, by nothing at all. */
static void test_check(struct test *t)
{
	struct desk d = desk_with_map(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = KIND_OPT_OUT_ADMT,
		.identifier = { STR("out@example.com") },
		.channel = CHANNEL_WEB };
	struct stop_out out;
	struct problems ps = { 0 };
	struct err e = { 0 };

	write_map(t, "automated:\n" CREDIT("") SHIFTS);
	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-out", &e);
	CHECK(forbidden(t, "admt", "out@example.com") == REASON_ADMT &&
			forbidden(t, "credit", "out@example.com") ==
				REASON_ADMT,
		"stopped at once");
	CHECK(!forbidden(t, "shifts", "out@example.com"), "excepted");
	CHECK(!forbidden(t, "credit", "in@example.com"), "nobody else");
	CHECK(!forbidden(t, "sale", "out@example.com"),
		"an opt-out of decisions is none of sale");
}

/* D-09: told is who processes with what stops. */
static void test_told(struct test *t)
{
	struct arena *a = t->a;
	struct map m;
	struct err e = { 0 };

	write_map(t, "automated:\n" CREDIT("") SHIFTS);
	if (map_read(a, path(t, "map.yaml"), &m, &e))
		fail("map", &e);
	CHECK(!automated_is_without(&m, STR("scorer")) &&
			automated_is_without(&m, STR("mail")),
		"the one that scores, not the one whose use goes on");
	write_map(t, "");
	if (map_read(a, path(t, "map.yaml"), &m, &e))
		fail("map", &e);
	CHECK(!automated_is_without(&m, STR("mail")),
		"a map that names no use spares nobody");
}

/* --- on their way --- */

static struct sent asked(struct test *t, enum kind kind, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = kind,
		.person = { .email = { str_of(email) },
			.zip = { STR("94607") },
			.name = { STR("Luis Medina") },
			.declared = STR("yes"),
			.signed_by = { STR("Luis Medina") },
			.decision = { STR("No loan in May; I earn more.") } } };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return out;
}

/* Searched with so many rows and points: in review. */
static void search(struct test *t, str reference, int64_t rows, unsigned points)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct found f = { .finding = STR("{}"),
		.rows = rows,
		.points = { points, 0 },
		.is_marked = points != 0 };
	struct case_view v;
	struct work w;
	struct err e = { 0 };

	if (fulfil_plan(&d, request_id(t, reference), plan, COUNTOF(plan), &e))
		fail("plan", &e);
	v = view(t, reference);
	CHECK(v.tasks.n == 1, "an answer tells no company: %zu", v.tasks.n);
	if (fulfil_work(&d, v.tasks.at[0].id, &w, &e) != 1 ||
		fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	v = view(t, reference);
	CHECK(v.state == STATE_REVIEW, "searched: %s", v.state_title);
}

static str reviewed(struct test *t, enum kind kind, const char *email,
	int64_t rows, unsigned points)
{
	struct sent s = asked(t, kind, email);
	struct post p = letter_of(t, s.reference, "code");
	struct problems ps = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code is right");
	search(t, s.reference, rows, points);
	return s.reference;
}

enum {
	THREE = POINT_BIT(EMAIL) | POINT_BIT(ZIP) | POINT_BIT(NAME),
	TWO = POINT_BIT(EMAIL) | POINT_BIT(ZIP),
};

static struct person answer(const char *result)
{
	return (struct person){
		.explained_result = str_of(result),
		.explained_purpose = { STR(" To set the credit line. ") },
		.explained_logic = { STR("Late payments of two years.") },
		.explained_outcome = { STR("41 of 100 points; no credit.") },
		.explained_role = { STR("Below 50 there is no credit.") },
		.explained_why = { STR("The new job was not known.") },
		.explained_human = STR("yes"),
	};
}

/* 0 and the problems, or -1. */
static int explain(struct test *t, str reference, const struct person *typed,
	struct problems *ps, struct err *e)
{
	struct desk d = staff(t);

	*ps = (struct problems){ 0 };
	return case_explain(&d, reference, typed, ps, e);
}

static bool has(const struct post *p, struct test *t, const char *words)
{
	struct buf b = buf_in(t->a, 1 << 18);

	for (size_t i = 0; i < p->text.v.n; i++)
		buf_putc(&b, p->text.v.p[i] == '\n' ? ' ' : p->text.v.p[i]);
	return str_find(buf_str(&b), str_of(words)) >= 0;
}

static struct post answered(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_answer(&d, reference, STR(""), &ps, &e) || ps.n)
		fail("answer", &e);
	return letter_of(t, reference, "explained");
}

/* D-10: the four elements, no retaliation, the deep link; 45 days and closed. */
static void test_access(struct test *t)
{
	str reference =
		reviewed(t, KIND_ACCESS_ADMT, "access@example.com", 2, THREE);
	struct person typed = answer("used");
	struct case_view v = view(t, reference);
	struct problems ps;
	struct post p;
	struct err e = { 0 };

	say(t, "rights_url", "https://lakeshore.example/privacy#rights");
	CHECK(date_between(v.received_on, v.due_on) == 45, "due on day 45");
	CHECK(v.can_explain && !v.can_approve && !v.can_package &&
			!v.can_correct,
		"written, not packed, corrected or deleted");
	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n, "%s",
		e.message);
	v = view(t, reference);
	CHECK(v.state == STATE_ANSWERING &&
			str_eq(v.tasks.at[0].state, STR("told")),
		"the system's part is told: %s", v.state_title);
	p = answered(t, reference);
	CHECK(has(&p, t, "What we used it for: To set the credit line.") &&
			has(&p, t, "result: Late payments of two years.") &&
			has(&p, t, "41 of 100 points; no credit.") &&
			has(&p, t, "Below 50 there is no credit."),
		"%.*s", STR_ARG(p.text.v));
	CHECK(!has(&p, t, "The new job"), "nothing of an appeal");
	CHECK(has(&p, t, "https://lakeshore.example/privacy#rights"),
		"the section of the policy itself");
	hand_over(t, reference, "explained");
	v = view(t, reference);
	CHECK(v.state == STATE_CLOSED &&
			str_eq(v.outcome, STR("Complied in whole")),
		"%s: %.*s", v.state_title, STR_ARG(v.outcome));
}

/* What is held may be told to whom it is about. */
static void test_held(struct test *t)
{
	str reference = reviewed(
		t, KIND_ACCESS_ADMT, "held.admt@example.com", 2, THREE);
	struct person typed = answer("used");
	struct problems ps;
	struct err e = { 0 };

	hold_email(t, "held.admt@example.com");
	CHECK(view(t, reference).hold.is_held &&
			!explain(t, reference, &typed, &ps, &e) && !ps.n &&
			view(t, reference).state == STATE_ANSWERING,
		"%s", e.message);
}

/* 11 CCR 7222: to the very section of the policy, where one is published here; nobody has
 * to say its address. */
static void test_rights_link(struct test *t)
{
	struct sql_notice_add_in in = { .kind = STR("policy"),
		.version = 1,
		.from_on = STR("2026-01-01"),
		.sha256 = STR("x"),
		.text = STR("# Privacy policy\n\n## Your rights "
			    "[policy-rights]\n\n- One\n") };
	struct person typed = answer("used");
	struct problems ps;
	struct err e = { 0 };
	struct post p;
	str reference =
		reviewed(t, KIND_ACCESS_ADMT, "deep@example.com", 2, THREE);

	say(t, "rights_url", "");
	say(t, "policy_url", "https://lakeshore.example/privacy");
	if (sql_notice_add(t->db, &in, &e) < 0)
		fail("notice", &e);
	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n, "%s",
		e.message);
	p = answered(t, reference);
	CHECK(has(&p, t, "/notice/policy#policy-rights"),
		"the section of the policy that is in force here: %.*s",
		STR_ARG(p.text.v));
	say(t, "policy_url", "");
}

/* Who holds a power of attorney stands for the consumer (Prob. Code 4121): the answer is
 * theirs, and the consumer gets no letter. */
static void test_by_agent(struct test *t)
{
	struct agent_ask in = {
		.request = { .kind = KIND_ACCESS_ADMT,
			.channel = CHANNEL_AGENT,
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Luis Medina") },
				.email = { STR("power.admt@example.com") },
				.zip = { STR("94607") } } },
		.agent = { .name = STR("Ann Doe"),
			.email = STR("ann@doe.example") },
		.permission = { .proof = PROOF_POWER,
			.file = STR("%PDF-1.7 a power of attorney") },
	};
	struct desk c = desk_with_map(t, ACTOR_CONSUMER), d = staff(t);
	struct person typed = answer("used");
	struct problems ps = { 0 };
	str reference = { 0 };
	struct err e = { 0 };
	struct post p;

	if (agent_ask(&c, &in, &reference, &ps, &e) || ps.n ||
		permission_accept(&d, reference, &e))
		fail("ask", &e);
	search(t, reference, 2, THREE);
	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n, "%s",
		e.message);
	p = answered(t, reference);
	CHECK(str_eq(p.to.v, STR("ann@doe.example")) &&
			has(&p, t, "Late payments of two years."),
		"the agent has the answer: %.*s", STR_ARG(p.to.v));
	hand_over(t, reference, "explained");
	CHECK(view(t, reference).state == STATE_CLOSED, "and it is closed");
}

/* What the law wants told can't be left out. */
static void test_elements(struct test *t)
{
	str reference =
		reviewed(t, KIND_ACCESS_ADMT, "elements@example.com", 2, THREE);
	struct person typed = answer("used");
	struct problems ps;
	struct err e = { 0 };

	typed.explained_role.v = STR("  ");
	CHECK(!explain(t, reference, &typed, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "explained_role"),
		"the role of the result");
	typed = answer("");
	CHECK(!explain(t, reference, &typed, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "explained_result"),
		"what was found");
	typed = answer("changed");
	CHECK(!explain(t, reference, &typed, &ps, &e) && ps.n == 1,
		"an appeal's result is none of access");
	typed = answer("summed");
	typed.explained_times = STR("4");
	CHECK(!explain(t, reference, &typed, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "explained_times"),
		"four uses are told one by one");
	CHECK(view(t, reference).state == STATE_REVIEW, "nothing was kept");
	typed.explained_times = STR("5");
	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n,
		"five may be told as one");
	CHECK(explain(t, reference, &typed, &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"written once");
}

/* A trade secret is left out: answered in part, and said. */
static void test_part(struct test *t)
{
	str reference =
		reviewed(t, KIND_ACCESS_ADMT, "part@example.com", 2, THREE);
	struct person typed = answer("used");
	struct problems ps;
	struct post p;
	struct err e = { 0 };

	typed.explained_part = STR("yes");
	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n, "%s",
		e.message);
	p = answered(t, reference);
	CHECK(has(&p, t, "We left out what is a trade secret"), "said");
	hand_over(t, reference, "explained");
	CHECK(str_eq(view(t, reference).outcome, STR("Complied in part")),
		"%.*s", STR_ARG(view(t, reference).outcome));
}

/* What is left out is a denial in part; how it is put is each one's own. */
static void test_two_decide(struct test *t)
{
	str reference =
		reviewed(t, KIND_ACCESS_ADMT, "two@example.com", 2, THREE);
	struct desk second = staff(t);
	struct person typed = answer("used");
	struct explain_page page;
	struct problems ps = { 0 };
	struct err e = { 0 };

	second.actor.id = 2;
	four_eyes_are(t, "yes");
	typed.explained_part = STR("yes");
	CHECK(explain(t, reference, &typed, &ps, &e) == 1 &&
			view(t, reference).state == STATE_REVIEW,
		"it waits: %s", e.message);
	CHECK(explain_load(&second, reference, &page, &e) == 1 &&
			page.second.is_waiting && !page.second.is_own &&
			str_eq(page.proposed.explained_result, STR("used")) &&
			page.proposed.explained_part.n &&
			str_eq(page.proposed.explained_purpose.v,
				STR("To set the credit line.")),
		"the second person reads what was written: %s", e.message);
	CHECK(str_find(arena_join(
			       t->a, page.letter.at, page.letter.n, STR("\n")),
		      STR("To set the credit line.")) > 0,
		"and the letter that it makes");
	typed.explained_purpose.v = STR("For the credit line.");
	CHECK(!case_explain(&second, reference, &typed, &ps, &e) && !ps.n &&
			view(t, reference).state == STATE_ANSWERING,
		"a second person decides the same: %s", e.message);
	reference =
		reviewed(t, KIND_ACCESS_ADMT, "whole@example.com", 2, THREE);
	typed = answer("used");
	CHECK(!explain(t, reference, &typed, &ps, &e), "all of it takes one");
	four_eyes_are(t, "no");
}

/* No row of theirs is left, and it was not used: a person says so, who knows who
 * is asking. */
static void test_unused(struct test *t)
{
	str reference =
		reviewed(t, KIND_ACCESS_ADMT, "unused@example.com", 0, 0);
	struct person typed = answer("unused");
	struct desk d = staff(t);
	struct problems ps;
	struct post p;
	struct err e = { 0 };

	CHECK(explain(t, reference, &typed, &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"a code alone is not reasonably high (7062(c))");
	CHECK(view(t, reference).is_unverified, "and the case says so");
	ps = (struct problems){ 0 };
	CHECK(!case_vouch(&d, reference, STR("Showed the contract."), &ps, &e),
		"%s", e.message);
	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n, "%s",
		e.message);
	p = answered(t, reference);
	CHECK(has(&p, t, "we did not use it to make a significant decision") &&
			!has(&p, t, "What we used it for"),
		"%.*s", STR_ARG(p.text.v));
}

/* V-08: two points are enough for an appeal, not for access. */
static void test_grade(struct test *t)
{
	str access = reviewed(t, KIND_ACCESS_ADMT, "two@example.com", 2, TWO);
	str appeal = reviewed(t, KIND_APPEAL_ADMT, "two@example.com", 2, TWO);
	struct person typed = answer("used");
	struct problems ps;
	struct err e = { 0 };

	CHECK(explain(t, access, &typed, &ps, &e) == -1, "access");
	CHECK(view(t, access).is_unverified && !view(t, appeal).is_unverified,
		"the cases say so");
	typed = answer("stands");
	CHECK(!explain(t, appeal, &typed, &ps, &e) && !ps.n, "%s", e.message);
}

/* 7221(b)(1): a person who may change the decision, and who heard the consumer. */
static void test_appeal(struct test *t)
{
	str reference =
		reviewed(t, KIND_APPEAL_ADMT, "appeal@example.com", 2, TWO);
	struct person typed = answer("changed");
	struct desk d = staff(t);
	struct explain_page page;
	struct problems ps;
	struct post p;
	struct err e = { 0 };

	CHECK(explain_load(&d, reference, &page, &e) == 1 && page.can &&
			str_eq(page.decision.v,
				STR("No loan in May; I earn more.")),
		"what the consumer told is before the reviewer");
	typed.explained_human = STR("");
	CHECK(!explain(t, reference, &typed, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "explained_human"),
		"nobody without the authority");
	typed.explained_human = STR("yes");
	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n, "%s",
		e.message);
	p = answered(t, reference);
	CHECK(has(&p, t, "A person who may change that decision has looked") &&
			has(&p, t, "The decision was changed.") &&
			has(&p, t, "Why: The new job was not known.") &&
			!has(&p, t, "What we used it for"),
		"%.*s", STR_ARG(p.text.v));
}

/* Not verified by day 45: the denial that the law has. */
static void test_denied(struct test *t)
{
	struct sent s = asked(t, KIND_ACCESS_ADMT, "never@example.com");
	struct case_view v = view(t, s.reference);
	struct err e = { 0 };

	CHECK(str_eq(v.foretold, STR("denied, and the letter says so")), "%.*s",
		STR_ARG(v.foretold));
	CHECK(!deny(t, s.reference, "UNVERIFIED", "", &e), "%s", e.message);
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING && v.answer.n > 2 &&
			str_find(v.answer.at[1], STR("how we used automated")) >
				0,
		"by letter: %.*s", STR_ARG(v.answer.at[1]));
}

/* The same asked twice is one; another decision is another appeal. */
static void test_joined(struct test *t)
{
	struct sent first = asked(t, KIND_APPEAL_ADMT, "join@example.com");
	struct sent again = asked(t, KIND_APPEAL_ADMT, "join@example.com");
	struct post p = letter_of(t, again.reference, "code");
	struct problems ps = { 0 };

	CHECK(confirm(t, again.reference, code_in(&p), &ps), "confirmed");
	CHECK(view(t, again.reference).state == STATE_CLOSED &&
			view(t, first.reference).state == STATE_SEARCHING,
		"joined with the earlier clock");
}

static void test_records(struct test *t)
{
	str reference =
		reviewed(t, KIND_ACCESS_ADMT, "record@example.com", 2, THREE);
	struct person typed = answer("used");
	struct desk d = staff(t);
	struct problems ps;
	struct err e = { 0 };
	str body;
	str signature;

	CHECK(!explain(t, reference, &typed, &ps, &e) && !ps.n, "%s",
		e.message);
	(void)answered(t, reference);
	hand_over(t, reference, "explained");
	if (case_receipt(&d, reference, &body, &signature, &e) != 1 && !body.n)
		fail("receipt", &e);
	CHECK(str_find(body, STR("\"nature\":\"ADMT access\"")) > 0 &&
			str_find(body, STR("complied")) > 0,
		"the six fields of 7101(b): %.*s", STR_ARG(body));
	CHECK(str_find(body, STR("credit")) < 0, "nothing of the answer in it");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "admt", fresh_server(argc, argv));
	set_contact(&t);
	test_offered(&t);
	test_exceptions(&t);
	test_check(&t);
	test_told(&t);
	test_access(&t);
	test_held(&t);
	test_rights_link(&t);
	test_by_agent(&t);
	test_elements(&t);
	test_part(&t);
	test_two_decide(&t);
	test_unused(&t);
	test_grade(&t);
	test_appeal(&t);
	test_denied(&t);
	test_joined(&t);
	test_records(&t);
	end(&t);
	return CHECK_DONE();
}
