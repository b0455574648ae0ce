/*
 * Whom a stop reaches: companies are told of a limit by what they do with sensitive
 * information, third parties of what they got between a request and the day it was
 * entered, and the case closes when they have answered.
 */
#include "act.h"
#include "child.h"

#include <sodium.h>

#include "desk/enter.h"
#include "desk/fraud.h"
#include "desk/fulfil.h"
#include "desk/purge.h"
#include "desk/receive.h"
#include "desk/signals.h"
#include "desk/stop.h"
#include "desk/telling.h"
#include "desk/vendors.h"
#include "law/reason.h"

static const struct telling_row companies[] = {
	{ .name = STR_INIT("scores"),
		.title = STR_INIT("Scores"),
		.recipient = RECIPIENT_SERVICE_PROVIDER },
	{ .name = STR_INIT("mailharbor"),
		.title = STR_INIT("MailHarbor"),
		.recipient = RECIPIENT_SERVICE_PROVIDER,
		.has_no_sensitive = true },
	{ .name = STR_INIT("guard"),
		.title = STR_INIT("Guard"),
		.recipient = RECIPIENT_CONTRACTOR,
		.is_permitted_use = true },
	{ .name = STR_INIT("buyer"),
		.title = STR_INIT("Buyer"),
		.recipient = RECIPIENT_THIRD_PARTY },
	{ .name = STR_INIT("lists"),
		.title = STR_INIT("Lists"),
		.recipient = RECIPIENT_THIRD_PARTY,
		.is_by_list = true },
};

static str stop(struct test *t, enum kind kind, const char *id)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = kind,
		.identifier = { str_of(id) },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("stop", &e);
	return out.reference;
}

/* By staff, received eight days before. */
static str entered(struct test *t, enum kind kind, const char *id)
{
	struct desk d = staff(t);
	struct enter_in in = { .kind = kind,
		.channel = CHANNEL_MAIL,
		.received_on = STR("2026-11-13"),
		.id = { str_of(id) } };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	if (enter_request(&d, &in, &reference, &ps, &e) || ps.n)
		fail("enter", &e);
	return reference;
}

static void plan_of(
	struct test *t, str reference, const struct telling_row *rows, size_t n)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct telling_in in = { .request_id = request_id(t, reference),
		.folder = path(t, "disclosures"),
		.rows = rows,
		.n = n };
	struct err e = { 0 };

	CHECK(telling_is_for(&d, in.request_id, &e) == 1, "it is a stop");
	if (telling_plan(&d, &in, &e) || telling_plan(&d, &in, &e))
		fail("plan", &e);
}

static void plan(struct test *t, str reference)
{
	plan_of(t, reference, companies, COUNTOF(companies));
}

/* "scores buyer": who has a task. */
static str told(struct test *t, str reference)
{
	struct case_view v = view(t, reference);
	str out = STR("");

	for (size_t i = 0; i < v.tasks.n; i++)
		out = arena_fmt(t->a, "%.*s%s%.*s", STR_ARG(out), i ? " " : "",
			STR_ARG(v.tasks.at[i].name));
	return out;
}

static struct work work_of(struct test *t, str reference, const char *name)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct case_view v = view(t, reference);
	struct work w = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < v.tasks.n; i++)
		if (str_eq(v.tasks.at[i].name, str_of(name)) &&
			fulfil_work(&d, v.tasks.at[i].id, &w, &e) != 1)
			fail("work", &e);
	return w;
}

/* The letter to one company, and the secret of its link. */
static str tell(struct test *t, str reference, const char *name)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, name);
	struct vendor_notice n = {
		.vendor = w.title,
		.act = w.act,
		.contact = STR("privacy@company.example"),
		.due_on = date_add(desk_today(&d), 15),
	};
	struct err e = { 0 };
	struct post p;
	ptrdiff_t at;

	if (fulfil_tell(&d, &w, &n, &e))
		fail("tell", &e);
	p = letter_of(t, reference, "vendor_notice");
	at = str_find(p.text.v, STR("/v/"));
	CHECK(at > 0, "a link: %.*s", STR_ARG(p.text.v));
	CHECK((str_find(p.text.v, STR("11 CCR 7027(g)")) > 0) ==
			(w.act == VENDOR_ACT_LIMIT),
		"by its own section: %.*s", STR_ARG(p.text.v));
	return arena_dup(
		t->a, str_head(str_from(p.text.v, (size_t)at + 3), 24));
}

/* Since when it holds, and when everybody had answered, are two days. */
static void days_of(struct test *t, str reference, struct date *in_force_on,
	struct date *closed_on)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct status s;
	struct err e = { 0 };

	if (intake_status(&d, reference, STR("192.0.2.1"), &s, &e) != 1)
		fail("status", &e);
	*in_force_on = s.in_force_on;
	*closed_on = s.closed_on;
}

/* Who uses it for more than what 7027(m) permits, and nobody else: telling one that
 * has nothing to stop would tell it about the person for nothing. */
static void test_limit(struct test *t)
{
	str reference = stop(t, KIND_LIMIT, "told@example.com");
	struct desk d = desk_as(t, ACTOR_VENDOR);
	struct vendor_reply reply = { .answer = VENDOR_DELETED };
	struct problems ps = { 0 };
	struct vendor_page p;
	struct date today = desk_today(&d), since, closed;
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };
	str token;

	plan(t, reference);
	CHECK(str_eq(told(t, reference), STR("scores")), "told: %.*s",
		STR_ARG(told(t, reference)));
	days_of(t, reference, &since, &closed);
	CHECK(!date_cmp(since, today) && date_is_none(closed),
		"it holds, and is not closed");
	CHECK(!strcmp(view(t, reference).state_title, "Telling recipients"),
		"open until it has answered: %s",
		view(t, reference).state_title);
	CHECK(reasons_of(t, IDENT_EMAIL, "told@example.com") == REASON_LIMIT,
		"and in force meanwhile");
	token = tell(t, reference, "scores");
	if (vendor_open(&d, token, &p, &e) != 1)
		fail("open", &e);
	CHECK(p.act == VENDOR_ACT_LIMIT && p.identifiers.n == 1 &&
			str_eq(p.identifiers.at[0].value.v,
				STR("told@example.com")),
		"its page says who, and what to stop");
	t->clock.fixed_ms += 3LL * 86400000;
	if (vendor_reply(&d, token, &reply, &ps, &e) || ps.n)
		fail("reply", &e);
	days_of(t, reference, &since, &closed);
	t->clock.fixed_ms = now;
	CHECK(!date_cmp(since, today) && !date_cmp(closed, date_add(today, 3)),
		"closed when it answered, in force since it came");
	CHECK(!view(t, reference).is_open && str_eq(view(t, reference).outcome,
						     STR("Complied in whole")),
		"the last answer closes it: %.*s",
		STR_ARG(view(t, reference).outcome));
	if (vendor_open(&d, token, &p, &e) != 1)
		fail("open again", &e);
	CHECK(p.is_done && str_eq(p.answer, STR("You stopped those uses")) &&
			!p.identifiers.n,
		"what it said, and no longer who: %.*s", STR_ARG(p.answer));
}

/* 11 CCR 7001(bbb): all that is held of somebody under 16 is sensitive, so a limit reaches
 * whoever gets anything. */
static void test_limit_of_minor(struct test *t)
{
	str reference;

	tell_child(t, "nine@example.com");
	reference = stop(t, KIND_LIMIT, "nine@example.com");
	plan(t, reference);
	CHECK(str_find(told(t, reference), STR("scores")) >= 0 &&
			!str_eq(told(t, reference), STR("scores")),
		"more than who gets what is sensitive of everybody: %.*s",
		STR_ARG(told(t, reference)));
}

static void test_nobody(struct test *t)
{
	str reference = stop(t, KIND_LIMIT, "nobody.told@example.com");

	plan_of(t, reference, &companies[1], 2);
	CHECK(!view(t, reference).is_open && !told(t, reference).n,
		"nobody has anything to stop: it closes by itself");
	CHECK(view(t, reference).entries > 0, "with its entries");
}

/* Sold in the days between: 7026(f)(2), 7027(g). */
static void test_gap(struct test *t)
{
	str out = entered(t, KIND_OPT_OUT, "came.late@example.com");
	str limit = entered(t, KIND_LIMIT, "came.late@example.com");
	str now = stop(t, KIND_OPT_OUT, "came.now@example.com");

	CHECK(!view(t, now).is_open,
		"in force when it came: nobody can have got it between");
	CHECK(view(t, out).is_open, "eight days: the worker finds out who");
	plan(t, out);
	CHECK(str_eq(told(t, out), STR("buyer")),
		"not who got no list with this person: %.*s",
		STR_ARG(told(t, out)));
	plan(t, limit);
	CHECK(str_eq(told(t, limit), STR("scores buyer")),
		"who uses it, and who got it meanwhile: %.*s",
		STR_ARG(told(t, limit)));
}

static int end_it(struct test *t, str reference, const char *why, size_t *n)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc = telling_end(&d, reference, str_of(why), &ps, &e);

	*n = ps.n;
	return rc;
}

/* The duty is to tell: a silent company holds nothing open for ever. */
static void test_silent(struct test *t)
{
	str reference = stop(t, KIND_LIMIT, "silent@example.com");
	size_t n;

	plan(t, reference);
	CHECK(end_it(t, reference, "It never answers.", &n) == -1,
		"not before it was told");
	(void)tell(t, reference, "scores");
	CHECK(view(t, reference).can_end, "there is a button then");
	CHECK(!end_it(t, reference, " ", &n) && n == 1, "with a reason");
	CHECK(!end_it(t, reference, "It was wound up in May.", &n) && !n &&
			!view(t, reference).is_open,
		"closed");
	CHECK(end_it(t, reference, "Again.", &n) == -1, "once");
}

static int refuse(
	struct test *t, str reference, const char *evidence, size_t *n)
{
	struct desk d = staff(t);
	struct fraud x = { STR("A script sent it for 900 people."),
		str_of(evidence) };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc = case_refuse_fraud(&d, reference, &x, &ps, &e);

	*n = ps.n;
	return rc;
}

/* 11 CCR 7026(e): with evidence only, told why, and in force until then. */
static void test_fraud(struct test *t)
{
	str reference = stop(t, KIND_OPT_OUT, "robot@example.com");
	str limit = stop(t, KIND_LIMIT, "robot@example.com");
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct status status;
	struct post p;
	struct err e = { 0 };
	size_t n;

	CHECK(view(t, reference).can_refuse && !view(t, reference).is_open,
		"a closed one, too: it closed when it came");
	CHECK(!refuse(t, reference, " ", &n) && n == 1 &&
			reasons_of(t, IDENT_EMAIL, "robot@example.com") &
				REASON_OPT_OUT,
		"no evidence: it stays in force");
	CHECK(!refuse(t, reference, "Server log of November 20.", &n) && !n,
		"refused");
	CHECK(reasons_of(t, IDENT_EMAIL, "robot@example.com") == REASON_LIMIT,
		"released, and nothing else is");
	CHECK(str_eq(view(t, reference).outcome, STR("Denied")) &&
			!view(t, reference).can_refuse,
		"once: %.*s", STR_ARG(view(t, reference).outcome));
	p = letter_of(t, reference, "stop_denied");
	CHECK(str_find(p.text.v, STR("900 people")) > 0 &&
			str_find(p.text.v, STR("Server log")) < 0,
		"why is told, the evidence is kept: %.*s", STR_ARG(p.text.v));
	CHECK(intake_status(&d, reference, STR("192.0.2.3"), &status, &e) ==
				1 &&
			str_find(str_of(status.told), STR("fraudulent")) > 0,
		"the page says so: %s", status.told);
	CHECK(refuse(t, reference, "Again.", &n) == -1, "not twice");
	CHECK(!refuse(t, limit, "The same log.", &n) &&
			!reasons_of(t, IDENT_EMAIL, "robot@example.com"),
		"one that is still open");
}

/* What a real request of the same person asks for is not undone by another's fraud. */
static void test_fraud_beside(struct test *t)
{
	str first = stop(t, KIND_OPT_OUT, "both@example.com");
	str second = stop(t, KIND_OPT_OUT, "both@example.com");
	size_t n;

	CHECK(!refuse(t, first, "It came from a list.", &n) &&
			reasons_of(t, IDENT_EMAIL, "both@example.com") ==
				REASON_OPT_OUT,
		"the other one still stands");
	CHECK(!refuse(t, second, "So did this.", &n) &&
			!reasons_of(t, IDENT_EMAIL, "both@example.com"),
		"until that is refused as well");
}

/* A signal had opted them out before: that was not this request's doing. */
static void test_fraud_after(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("known@example.com") };
	struct err e = { 0 };
	str reference;
	size_t n;

	if (suppress_put(&d, &q, 1, REASON_OPT_OUT, &e))
		fail("put", &e);
	reference = stop(t, KIND_OPT_OUT, "known@example.com");
	CHECK(!refuse(t, reference, "It came from a list.", &n) && !n &&
			reasons_of(t, IDENT_EMAIL, "known@example.com") ==
				REASON_OPT_OUT,
		"it stays");
}

static int put_signal(struct test *t, const char *email, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct signals s = { .at = &q,
		.n = 1,
		.reasons = REASON_OPT_OUT,
		.source = STR("gpc") };

	d.actor.scopes = ~0u;
	return signals_read_own(&d, &s, e) || signals_put(&d, &s, e) ? -1 : 0;
}

/* A signal of the same day finds it there, and is no news to the list: it went with the
 * fraud, and a genuine opt-out was lost. */
static void test_fraud_same_day(struct test *t)
{
	str reference = stop(t, KIND_OPT_OUT, "genuine@example.com");
	str other = stop(t, KIND_OPT_OUT, "alone@example.com");
	struct err e = { 0 };
	size_t n;

	for (int i = 0; i < 2; i++)
		CHECK(!put_signal(t, "genuine@example.com", &e), "%s",
			e.message);
	CHECK(!refuse(t, reference, "It came from a list.", &n) && !n &&
			reasons_of(t, IDENT_EMAIL, "genuine@example.com") ==
				REASON_OPT_OUT,
		"it stays");
	CHECK(!refuse(t, other, "It came from a list.", &n) &&
			!reasons_of(t, IDENT_EMAIL, "alone@example.com"),
		"and nobody else does for that");
}

static size_t noted(struct test *t, const char *email)
{
	struct desk d = staff(t);
	uint8_t key[IDENT_KEY_SIZE];
	struct sql_said_of_in in = { { (const char *)key, sizeof key },
		REASON_OPT_OUT };
	struct sql_said_of_rows rows;
	struct err e = { 0 };

	must(!ident_key_of(
		suppress_keyring(d.suppress), IDENT_EMAIL, str_of(email), key));
	if (sql_said_of(t->db, t->a, &in, &rows, &e))
		fail("said", &e);
	return rows.n;
}

/* What was noted goes with the identifiers of the request: then nothing of it can be
 * refused any more. */
static void test_noted_no_more(struct test *t)
{
	str reference = stop(t, KIND_OPT_OUT, "noted@example.com");
	struct sql_retention_forget_identifiers_in in = { request_id(
		t, reference) };
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	CHECK(!put_signal(t, "noted@example.com", &e) &&
			noted(t, "noted@example.com") == 1 &&
			!put_signal(t, "nobodys@example.com", &e) &&
			!put_signal(t, "nobodys@example.com", &e) &&
			!noted(t, "nobodys@example.com"),
		"once, and only of who is there by a request: %s", e.message);
	CHECK(!purge_run(&d, &e) && noted(t, "noted@example.com") == 1,
		"while it can be refused");
	CHECK(sql_retention_forget_identifiers(t->db, &in, &e) >= 0 &&
			!purge_run(&d, &e) && !noted(t, "noted@example.com"),
		"%s", e.message);
}

/* Refused days after it came, with nobody who said the same: it is released.  It was not,
 * since nobody could know. */
static void test_fraud_days_later(struct test *t)
{
	str reference = stop(t, KIND_OPT_OUT, "later@example.com");
	int64_t now = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct fraud_page page;
	struct err e = { 0 };
	struct post p;
	size_t n;

	t->clock.fixed_ms = now + 9 * 86400000LL;
	CHECK(case_fraud(&d, reference, &page, &e) == 1 && !page.stays,
		"nobody else said it: %s", e.message);
	CHECK(!refuse(t, reference, "It came from a list.", &n) &&
			!reasons_of(t, IDENT_EMAIL, "later@example.com"),
		"so it goes");
	p = letter_of(t, reference, "stop_denied");
	CHECK(str_find(p.text.v, STR("not keep to it from")) > 0,
		"and the letter says so");
	t->clock.fixed_ms = now;
}

/* A list says the same days later and finds it there: that is not the fraud's. */
static void test_fraud_since(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("since@example.com") };
	str reference = stop(t, KIND_OPT_OUT, "since@example.com");
	int64_t now = t->clock.fixed_ms;
	struct fraud_page page;
	struct err e = { 0 };
	struct post p;
	size_t n;

	t->clock.fixed_ms = now + 2 * 86400000LL;
	if (suppress_put(&d, &q, 1, REASON_OPT_OUT, &e))
		fail("put", &e);
	d = staff(t);
	CHECK(case_fraud(&d, reference, &page, &e) == 1 && page.stays,
		"the page says that they stay");
	CHECK(!refuse(t, reference, "It came from a list.", &n) && !n &&
			reasons_of(t, IDENT_EMAIL, "since@example.com") ==
				REASON_OPT_OUT,
		"they do");
	p = letter_of(t, reference, "stop_denied");
	CHECK(str_find(p.text.v, STR("We refuse it.")) > 0 &&
			str_find(p.text.v, STR("not keep to it from")) < 0,
		"the letter doesn't say otherwise: %.*s", STR_ARG(p.text.v));
	t->clock.fixed_ms = now;
}

/* What is damaged in the database is said, by name: each writer of signals died of it, and
 * the next one, and nothing told why. */
static void test_damaged(struct test *t)
{
	str reference = stop(t, KIND_OPT_OUT, "damaged@example.com");
	struct sql_request_identifier_add_in in = {
		.request_id = request_id(t, reference),
		.kind = STR("email"),
		.id_key = STR("too short"),
	};
	struct err e = { 0 };

	if (sql_request_identifier_add(t->db, &in, &e) < 0)
		fail("damage", &e);
	CHECK(!put_signal(t, "new@example.com", &e),
		"who is not on the list was not put there by a request, and "
		"none is read: %s",
		e.message);
	CHECK(put_signal(t, "damaged@example.com", &e) == -1 &&
			e.code == ERR_CORRUPT &&
			strstr(e.message, "request_identifier"),
		"%s", e.message);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "telling", fresh_server(argc, argv));
	set_contact(&t);
	test_limit(&t);
	test_limit_of_minor(&t);
	test_nobody(&t);
	test_gap(&t);
	test_silent(&t);
	test_fraud(&t);
	test_fraud_beside(&t);
	test_fraud_after(&t);
	test_fraud_since(&t);
	test_fraud_same_day(&t);
	test_fraud_days_later(&t);
	test_noted_no_more(&t);
	test_damaged(&t);
	end(&t);
	return CHECK_DONE();
}
