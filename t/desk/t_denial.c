/*
 * A request that is denied in whole: what has to be there for its ground, who is told,
 * and what becomes of it when it is taken back.  On both engines.
 */
#include "denying.h"

#include <sodium.h>

#include "base/base.h"
#include "base/file.h"
#include "desk/vendors.h"
#include "job/job.h"
#include "law/reason.h"

/* The job that tells this company, if anybody asked for it. */
static bool is_told(struct test *t, str reference, const char *vendor)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	int64_t id = work_of(t, reference, vendor).task_id;
	struct sql_job_lease_in in = { desk_now(&d), desk_now(&d) + 60000,
		STR("test") };
	struct sql_job_lease_row row;
	struct err e = { 0 };
	bool is_asked = false;

	while (sql_job_lease(t->db, t->a, &in, &row, &e) == 1) {
		struct job j = { .desk = &d, .subject_id = row.subject_id };

		if (str_eq(row.kind, STR("tell"))) {
			is_asked |= row.subject_id == id;
			CHECK(job_tell(&j, &e) == JOB_DONE, "%s", e.message);
		}
		must(sql_job_done(t->db,
			     &(struct sql_job_done_in){
				     row.id, in.lease_by, in.now },
			     &e) >= 0);
	}
	return is_asked;
}

static str task_state(struct test *t, str reference, const char *vendor)
{
	return work_of(t, reference, vendor).state;
}

static str link_of(const struct post *p)
{
	ptrdiff_t at = str_find(p->text.v, STR("/v/"));
	str rest;

	must(at >= 0);
	rest = str_from(p->text.v, (size_t)at + 3);
	return str_head(rest, (size_t)str_find(rest, STR("\n")));
}

/* 11 CCR 7022(f)(4): whoever holds it for us learns what it is kept for, and for what
 * else it may not be used; also when the case is closed by then. */
static void test_told(struct test *t)
{
	struct sent s = found(t, "kept.whole@example.com");
	struct desk vendor = desk_as(t, ACTOR_VENDOR);
	struct vendor_reply reply = { .answer = VENDOR_DELETED };
	struct vendor_page page;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	CHECK(!deny_for(t, s.reference, "DX8", "Tax records", &e), "%s",
		e.message);
	CHECK(!is_told(t, s.reference, "mailharbor"),
		"not before the answer: it may be taken back");
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	CHECK(is_told(t, s.reference, "mailharbor") &&
			str_eq(task_state(t, s.reference, "mailharbor"),
				STR("asked")),
		"a service provider is told");
	CHECK(str_eq(task_state(t, s.reference, "countbox"), STR("asked")),
		"so is a contractor");
	CHECK(str_eq(task_state(t, s.reference, "buyer"), STR("spared")),
		"the rule names no third party");
	p = letter_of(t, s.reference, "vendor_notice");
	CHECK(str_find(p.subject, STR("for one purpose only")) > 0 &&
			str_find(p.text.v, STR("7022(f)")) > 0,
		"what it has to do: %.*s", STR_ARG(p.text.v));
	hand_over(t, s.reference, "denied");
	CHECK(view(t, s.reference).state == STATE_CLOSED, "closed");
	CHECK(vendor_open(&vendor, link_of(&p), &page, &e) == 1 &&
			page.act == VENDOR_ACT_RETAIN &&
			str_eq(page.purposes, STR("Tax records")) &&
			page.identifiers.n > 1,
		"its page says who, and for what: %.*s",
		STR_ARG(page.purposes));
	CHECK(!vendor_reply(&vendor, link_of(&p), &reply, &ps, &e) && !ps.n,
		"%s", e.message);
	CHECK(vendor_open(&vendor, link_of(&p), &page, &e) == 1 &&
			page.is_done && !page.identifiers.n &&
			str_eq(page.answer, STR("You use it for nothing else")),
		"shown no more: %.*s", STR_ARG(page.answer));
}

/* Approved first: a company that was told to delete it all hears that it may not. */
static void test_told_anew(struct test *t)
{
	struct sent s = found(t, "told.twice@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct work w;

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	CHECK(is_told(t, s.reference, "mailharbor") &&
			str_eq(task_state(t, s.reference, "buyer"),
				STR("asked")),
		"all are told to delete");
	w = work_of(t, s.reference, "leads");
	if (fulfil_changed(&worker, &w, NULL, &e))
		fail("changed", &e);
	report_found(t, s.reference, "leads", 2, NULL);
	CHECK(!deny_for(
		      t, s.reference, "EX_ORDER", "The order of the court", &e),
		"%s", e.message);
	CHECK(!answer(t, s.reference, "", &e) &&
			is_told(t, s.reference, "mailharbor"),
		"told anew: %s", e.message);
	CHECK(str_find(letter_of(t, s.reference, "vendor_notice").subject,
		      STR("Use one person's")) == 0,
		"and not reminded of the deletion");
}

/* Nothing is kept for a purpose, so there is nothing to say. */
static void test_told_nothing(struct test *t)
{
	struct sent s = found(t, "unfounded.told@example.com");
	struct err e = { 0 };

	CHECK(!deny_for(t, s.reference, "UNFOUNDED", "", &e) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	CHECK(!is_told(t, s.reference, "mailharbor") &&
			!letter_of(t, s.reference, "vendor_notice").id,
		"no company hears of it");
}

/* Under a hold nobody is told to delete anything; the job asks again. */
static void test_told_after_hold(struct test *t)
{
	struct sent s = found(t, "held.told@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	int64_t hold = hold_email(t, "held.told@example.com");
	struct desk officer = staff(t);
	struct job j = { .desk = &d };
	struct err e = { 0 };

	CHECK(!deny_for(t, s.reference, "DX8", "Tax records", &e) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	j.subject_id = work_of(t, s.reference, "mailharbor").task_id;
	CHECK(job_tell(&j, &e) == JOB_AGAIN &&
			!letter_of(t, s.reference, "vendor_notice").id,
		"later, and the case says nothing of it");
	CHECK(!hold_lift(&officer, hold, &e) && job_tell(&j, &e) == JOB_DONE &&
			letter_of(t, s.reference, "vendor_notice").id,
		"then: %s", e.message);
}

static bool is_offered(struct test *t, str reference, enum ground_need need)
{
	struct desk d = staff(t);
	struct denial_page p;
	struct err e = { 0 };

	if (case_denial(&d, reference, &p, &e) != 1)
		fail("page", &e);
	return p.met & 1u << need;
}

/* What a letter says of who asks is held against the record. */
static void test_facts(struct test *t)
{
	struct sent s = found(t, "no.agent@example.com");
	struct err e = { 0 };

	CHECK(deny_for(t, s.reference, "AGENT_WITHOUT_PERMISSION", "", &e) ==
				-1 &&
			e.code == ERR_INVALID &&
			!is_offered(t, s.reference, GROUND_NEEDS_AGENT),
		"there is no agent: %s", e.message);
	CHECK(deny_for(t, s.reference, "EX_LE_HOLD", "", &e) == -1 &&
			e.code == ERR_INVALID &&
			!is_offered(t, s.reference, GROUND_NEEDS_HOLD),
		"there is no hold: %s", e.message);
	CHECK(is_offered(t, s.reference, GROUND_NEEDS_NOTHING) &&
			is_offered(t, s.reference, GROUND_NEEDS_DOUBT),
		"what can be so is offered");
	hold_email(t, "no.agent@example.com");
	CHECK(is_offered(t, s.reference, GROUND_NEEDS_HOLD) &&
			!deny_for(t, s.reference, "EX_LE_HOLD", "", &e),
		"then there is one: %s", e.message);
}

/* A correction would change what is held: it is refused for the hold, in words that do not
 * name it, and may be asked for again when it has ended. */
static void test_held_correction(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_CORRECT };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s = { 0 };
	struct post p;

	f.person.email.v = STR("held.correct@example.com");
	f.person.zip.v = STR("94607");
	f.person.item.v = STR("My street");
	f.person.should_be.v = STR("12 Elm Street");
	f.person.stop_sale = STR("no");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps, &e) ||
		ps.n)
		fail(ps.n ? ps.at[0].text : "send", &e);
	hold_email(t, "held.correct@example.com");
	CHECK(!deny_for(t, s.reference, "EX_LE_HOLD", "", &e), "%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	p = letter_of(t, s.reference, "denied");
	CHECK(p.id && str_find(p.text.v, STR("enforcement")) < 0 &&
			str_find(p.text.v, STR("1798.145")) < 0,
		"nothing of it: %.*s", STR_ARG(p.text.v));
}

/* --- answered in time, in part --- */

static int drop_it(struct test *t, str reference, const char *name,
	const char *why, struct err *e)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	int rc = case_drop(&d, reference, work_of(t, reference, name).task_id,
		str_of(why), &ps, e);

	return ps.n ? -2 : rc;
}

static void drop_vendors(struct test *t, str reference)
{
	static const char *const names[] = { "mailharbor", "countbox",
		"buyer" };
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(names); i++)
		CHECK(!drop_it(t, reference, names[i], "It is held.", &e),
			"%s: %s", names[i], e.message);
}

enum { DAY_MS = 86400000 };

/* 11 CCR 7021(b): the days run though a hold came after the approval.  Near their end it
 * is answered without what is held, and the hold is not named. */
static void test_held_in_time(struct test *t)
{
	struct sent s = found(t, "held.working@example.com");
	int64_t now = t->clock.fixed_ms;
	struct case_view v;
	struct err e = { 0 };

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	hold_email(t, "held.working@example.com");
	CHECK(drop_it(t, s.reference, "leads", "It is held.", &e) == -1 &&
			e.code == ERR_CONFLICT,
		"not while there is time: %s", e.message);
	t->clock.fixed_ms += 37LL * DAY_MS;
	v = view(t, s.reference);
	CHECK(!strcmp(v.next.code, "held") && !v.gone,
		"eight days are left: %s", v.next.code);
	t->clock.fixed_ms += 1LL * DAY_MS;
	v = view(t, s.reference);
	CHECK(!strcmp(v.next.code, "held-late") && v.next.turn == TURN_STAFF &&
			v.gone && v.is_gone_late,
		"seven: staff have to act: %s", v.next.code);
	CHECK(drop_it(t, s.reference, "leads", " ", &e) == -2, "with a reason");
	CHECK(!drop_it(t, s.reference, "leads", "It is held.", &e), "%s",
		e.message);
	drop_vendors(t, s.reference);
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING &&
			str_eq(v.outcome, STR("Complied in part")),
		"in part: %s %.*s", v.state_title, STR_ARG(v.outcome));
	CHECK(answer(t, s.reference, "", &e) == -1,
		"first whether it says why");
	CHECK(!say_untold(t, s.reference, "leads", "", &e) &&
			!say_untold(t, s.reference, "mailharbor", "", &e) &&
			!say_untold(t, s.reference, "countbox", "", &e) &&
			!say_untold(t, s.reference, "buyer", "", &e),
		"%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	CHECK(letter_says(t, s.reference, "We have not deleted it.") &&
			letter_says(t, s.reference,
				"We could not do what you asked for in Lead exchange, where we found information about you. The law makes exceptions, and one of them applies here.") &&
			!letter_says(t, s.reference, "enforcement"),
		"what was found is not called searched, nor deleted: %.*s",
		STR_ARG(letter_of(t, s.reference, "deleted").text.v));
	hand_over(t, s.reference, "deleted");
	CHECK(reasons_of(t, IDENT_EMAIL, "held.working@example.com") &
			REASON_DELETED,
		"and the daily look has them to be deleted behind the hold");
	t->clock.fixed_ms = now;
}

/* A system that is away is waited for, until the day comes. */
static void test_away_in_time(struct test *t)
{
	struct sent s = found(t, "away.working@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms;
	struct err why = { .code = ERR_UNAVAILABLE, .message = "no answer" };
	struct err e = { 0 };
	struct work w;

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	t->clock.fixed_ms += 40LL * DAY_MS;
	CHECK(drop_it(t, s.reference, "leads", "x", &e) == -1,
		"what works is worked on: %s", e.message);
	w = work_of(t, s.reference, "leads");
	if (fulfil_failed(&worker, &w, &why, &e))
		fail("failed", &e);
	CHECK(view(t, s.reference).is_gone_late &&
			!drop_it(t, s.reference, "leads", "Its maker is gone.",
				&e),
		"%s", e.message);
	CHECK(!view(t, s.reference).gone, "companies are told, and waited for");
	t->clock.fixed_ms = now;
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start_denying(&t, "denial", fresh_server(argc, argv));
	test_told(&t);
	test_told_anew(&t);
	test_told_nothing(&t);
	test_told_after_hold(&t);
	test_facts(&t);
	test_held_correction(&t);
	test_held_in_time(&t);
	test_away_in_time(&t);
	end(&t);
	return CHECK_DONE();
}
