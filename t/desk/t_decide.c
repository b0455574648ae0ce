/*
 * What staff decide on a case, and what the law keeps them from: on a clock that
 * the test moves, on both engines.
 */
#include "cases.h"

#include <sodium.h>

#include "base/buf.h"
#include "base/json.h"
#include "desk/held.h"
#include "desk/limit.h"
#include "desk/metrics.h"
#include "desk/purpose.h"
#include "desk/queue.h"
#include "desk/record.h"
#include "desk/retention.h"
#include "desk/returned_pending.h"
#include "desk/vendors.h"
#include "job/job.h"
#include "law/deny.h"
#include "law/reason.h"

enum { DAY = 86400000 };

static bool has_event(struct test *t, str reference, const char *event)
{
	struct sql_audit_of_reference_rows rows;
	struct err e = { 0 };

	if (sql_audit_of_reference(t->db, t->a,
		    &(struct sql_audit_of_reference_in){ reference }, &rows,
		    &e))
		fail("audit", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].event, str_of(event)))
			return true;
	return false;
}

/* As the case tells it. */
static bool has_sentence(struct test *t, str reference, const char *sentence)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.events.n; i++)
		if (str_eq(v.events.at[i].title, str_of(sentence)))
			return true;
	return false;
}

/* --- more time --- */

static size_t extend(struct test *t, str reference, const char *why, int *rc)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	*rc = case_extend(&d, reference, str_of(why), &ps, &e);
	return ps.n;
}

static void test_extension(struct test *t)
{
	struct sent s = confirmed(t, "more.time@example.com");
	struct case_view v = view(t, s.reference);
	struct post p;
	int rc;

	CHECK(v.extension.can && !v.extension.is_waiting, "it can be extended");
	CHECK(extend(t, s.reference, "  ", &rc) == 1,
		"not without a reason: Civ. Code 1798.145(h)(1)");
	CHECK(!extend(t, s.reference,
		      "One of our systems\nis being moved this month.", &rc) &&
			!rc,
		"with one it is decided");
	v = view(t, s.reference);
	CHECK(v.extension.is_waiting && !v.extension.can,
		"the letter is on its way; nobody can decide it again");
	CHECK(date_cmp(v.due_on, (struct date){ 2027, 1, 5 }) == 0,
		"and until it has left, the date stays");
	CHECK(extend(t, s.reference, "Again", &rc) == 0 && rc == -1, "once");
	p = letter_of(t, s.reference, "extension");
	CHECK(str_find(p.text.v, STR("is being moved this month")) > 0 &&
			str_find(p.text.v, STR("February 19, 2027")) > 0 &&
			str_find(p.text.v, STR("January 5, 2027")) > 0,
		"it gives the reason and both dates: %.*s", STR_ARG(p.text.v));
	hand_over(t, s.reference, "extension");
	v = view(t, s.reference);
	CHECK(date_cmp(v.due_on, (struct date){ 2027, 2, 19 }) == 0,
		"90 days from receipt, not from the letter");
	CHECK(date_cmp(v.extension.first_due_on, (struct date){ 2027, 1, 5 }) ==
			0,
		"and it is known what it was");
	CHECK(has_event(t, s.reference, "request.extended"), "in the trail");
	CHECK(extend(t, s.reference, "Once more", &rc) == 0 && rc == -1,
		"there is no second one");
}

/* The queue goes by the new date. */
static void test_extension_in_queue(struct test *t)
{
	struct sent s = confirmed(t, "queue.time@example.com");
	struct desk d = staff(t);
	struct queue q;
	struct err e = { 0 };
	int rc;

	extend(t, s.reference, "A system is being moved.", &rc);
	hand_over(t, s.reference, "extension");
	if (queue_load(&d, QUEUE_OPEN, s.reference, &q, &e))
		fail("queue", &e);
	CHECK(q.rows.n == 1 && q.rows.at[0].days == 90 &&
			q.rows.at[0].days_left == 90,
		"days %d left %d", q.rows.at[0].days, q.rows.at[0].days_left);
}

/* Law, scenario (c): mailed on day 46 it is no extension; decided on day 45 and
 * still waiting the next day, neither. */
static void test_extension_too_late(struct test *t)
{
	int64_t start = t->clock.fixed_ms;
	struct sent s = confirmed(t, "day45@example.com");
	struct sent late = confirmed(t, "day46@example.com");
	struct case_view v;
	int rc;

	t->clock.fixed_ms = start + 45LL * DAY;
	CHECK(view(t, s.reference).extension.can, "on day 45 it can");
	extend(t, s.reference, "A system is being moved.", &rc);
	CHECK(!rc, "and is decided");
	t->clock.fixed_ms = start + 46LL * DAY;
	CHECK(!view(t, late.reference).extension.can, "on day 46 it can't");
	CHECK(!extend(t, late.reference, "Too late", &rc) && rc == -1,
		"whatever form is sent");
	hand_over(t, s.reference, "extension");
	v = view(t, s.reference);
	CHECK(date_cmp(v.due_on, (struct date){ 2027, 1, 5 }) == 0 &&
			v.days_left == -1,
		"a letter that left on day 46 moves nothing: %d", v.days_left);
	CHECK(has_event(t, s.reference, "request.extension_late"),
		"and the trail says so");
	t->clock.fixed_ms = start;
}

/* 11 CCR 7021(b): what waited for the mail server until day 46 would promise time that
 * the law does not give any more. */
static void test_extension_withheld(struct test *t)
{
	int64_t start = t->clock.fixed_ms;
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct install in = {
		.arena = t->a, .dir = t->dir, .config = t->config
	};
	struct log silent = { .fd = -1 };
	struct job j = { .desk = &d, .install = &in, .log = &silent };
	struct sent s = confirmed(t, "server.away@example.com");
	struct err e = { 0 };
	struct post p;
	int rc;

	/* Port 1 of this machine: nobody listens there. */
	in.config.mail_server = STR("smtp://127.0.0.1:1");
	t->clock.fixed_ms = start + 45LL * DAY;
	extend(t, s.reference, "A system is being moved.", &rc);
	p = letter_of(t, s.reference, "extension");
	j.subject_id = p.id;
	CHECK(!rc && job_mail(&j, &e) == JOB_AGAIN,
		"written in time, and it waits");
	t->clock.fixed_ms = start + 46LL * DAY;
	err_none(&e);
	CHECK(job_mail(&j, &e) == JOB_DONE, "given up: %s", e.message);
	CHECK(job_mail(&j, &e) == JOB_DONE, "once");
	if (post_load(&d, p.id, &p, &e) != 1)
		fail("load", &e);
	CHECK(!p.is_waiting && !view(t, s.reference).extension.is_waiting,
		"it leaves no more");
	CHECK(view(t, s.reference).days_left == -1 &&
			has_event(t, s.reference, "request.extension_withheld"),
		"the day stays, and the trail says why");
	t->clock.fixed_ms = start;
}

/* Who may not decide does not extend. */
static void test_extension_permission(struct test *t)
{
	struct sent s = confirmed(t, "agent.time@example.com");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.actor.role = STR("agent");
	CHECK(case_extend(&d, s.reference, STR("Because"), &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"a support agent can't");
	CHECK(!letter_of(t, s.reference, "extension").id, "and nothing went");
}

/* --- denied --- */

static bool letter_says(
	struct test *t, str reference, const char *template, const char *words)
{
	struct post p = letter_of(t, reference, template);
	struct buf b = buf_in(t->a, p.text.v.n + 1);

	for (size_t i = 0; i < p.text.v.n; i++)
		buf_putc(&b, p.text.v.p[i] == '\n' ? ' ' : p.text.v.p[i]);
	return str_find(buf_str(&b), str_of(words)) >= 0;
}

/* In review: four rows in one system. */
static struct sent found(struct test *t, const char *email)
{
	struct sent s = confirmed(t, email);

	report_found(t, s.reference, "leads", 4, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	return s;
}

/* The same person's second request, which no code joined with the first: staff started
 * its search by decision. */
static struct sent found_again(struct test *t, const char *email)
{
	struct sent s = send_delete(t, email);
	struct desk d = staff(t);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_search(&d, s.reference, STR("They called us."), &ps, &e) ||
		fulfil_plan(&worker, request_id(t, s.reference), plan_of_three,
			3, &e))
		fail("search", &e);
	report_found(t, s.reference, "leads", 4, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	return s;
}

/* 11 CCR 7022(f), (g): the ground, its facts, the offer; by letter, and with its
 * bucket for the year's count. */
static void test_denied_on_ground(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct sent s = found(t, "unfounded@example.com");
	struct status st;
	struct err e = { 0 };

	CHECK(deny(t, s.reference, "UNFOUNDED", "", &e) == -1,
		"the facts are asked for");
	CHECK(!deny(t, s.reference, "UNFOUNDED",
		      "You sent the same request\non each of nine days.", &e),
		"%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	CHECK(letter_says(t, s.reference, "denied",
		      "manifestly unfounded or excessive"),
		"the ground");
	CHECK(letter_says(t, s.reference, "denied",
		      "This is why: You sent the same request on each of nine "
		      "days."),
		"the facts, in one paragraph");
	CHECK(letter_says(t, s.reference, "denied", "Civ. Code 1798.145(h)(3)"),
		"the section");
	hand_over(t, s.reference, "denied");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Denied")), "closed");
	CHECK(intake_status(&d, s.reference, STR("192.0.2.9"), &st, &e) == 1,
		"%s", e.message);
	for (size_t i = 0; i < st.steps.n; i++)
		CHECK(strcmp(st.steps.at[i].title, "Carrying out") != 0,
			"nothing was carried out, and nobody is told so");
	CHECK(st.steps.n == 4 && !strncmp(st.told, "We could not do", 15),
		"they are told: %s", st.told);
}

/* What is kept under an exception serves one purpose: `check` says so. */
static void test_denied_with_exception(struct test *t)
{
	struct desk d = staff(t);
	struct denial x = { .ground = STR("DX8"),
		.why = STR("The tax office asks us to keep invoices.") };
	struct sent s = confirmed(t, "dx8@example.com");
	struct problems ps = { 0 };
	struct purposes purposes;
	uint32_t reasons;
	struct err e = { 0 };

	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "purpose"),
		"an exception has a purpose");
	x.purpose = STR(" Tax records,\nkept for seven years ");
	x.is_all = true;
	ps = (struct problems){ 0 };
	CHECK(case_deny(&d, s.reference, &x, &ps, &e) == -1 &&
			e.code == ERR_INVALID,
		"nothing was found yet that it could keep");
	report_found(t, s.reference, "leads", 4, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && !ps.n, "%s",
		e.message);
	reasons = reasons_of(t, IDENT_EMAIL, "dx8@example.com");
	CHECK(reasons & REASON_LOCKS && !(reasons & REASON_DELETED),
		"locked, not deleted: %x", reasons);
	if (purposes_load(&d, &purposes, &e))
		fail("purposes", &e);
	CHECK(str_eq(purpose_of(&purposes, reasons & REASON_LOCKS),
		      STR("Tax records, kept for seven years")),
		"to this purpose");
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	CHECK(letter_says(t, s.reference, "denied",
		      "for nothing else: Tax records, kept for seven years."),
		"and the letter says so");
}

/* 11 CCR 7022(f)(3): what a claim keeps is there for the claim, and `toyon check` says so
 * to whoever asks for anything else. */
static void test_denied_for_claim(struct test *t)
{
	struct desk d = staff(t);
	struct denial x = { .ground = STR("EX_CLAIM"),
		.why = STR("They sued us about the order of March 3.") };
	struct sent s = found(t, "claim@example.com");
	struct problems ps = { 0 };
	struct use_asked marketing = { .use = USE_OTHER }, claim;
	uint32_t reasons;
	struct err e = { 0 };

	x.is_all = true;
	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "purpose"),
		"what is kept for is asked: %s", e.message);
	x.purpose = STR("The claim about an order");
	ps = (struct problems){ 0 };
	CHECK(!case_deny(&d, s.reference, &x, &ps, &e) && !ps.n, "%s",
		e.message);
	reasons = reasons_of(t, IDENT_EMAIL, "claim@example.com");
	CHECK(reasons & REASON_LOCKS && !(reasons & REASON_DELETED),
		"locked, not deleted: %x", reasons);
	if (purpose_asked(&d, x.purpose, 0, &claim, &e))
		fail("purpose", &e);
	CHECK(use_forbidden_by(reasons, &marketing) & REASON_LOCKS,
		"nobody may market with it");
	CHECK(!(use_forbidden_by(reasons, &claim) & REASON_LOCKS),
		"the claim may be made");
	CHECK(!answer(t, s.reference, "", &e) &&
			letter_says(t, s.reference, "denied",
				"for nothing else: The claim about an order."),
		"and the letter says so: %s", e.message);
}

/* --- done in part --- */

static str vendor_token(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "vendor_notice");
	ptrdiff_t at = str_find(p.text.v, STR("/v/"));
	str rest = str_from(p.text.v, (size_t)at + 3);
	size_t n = 0;

	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

/* 11 CCR 7022(b)(1), (d), (f): what is deleted, what is nobody's any more, what
 * stays and for what; the company that was told hears the purpose, too. */
static void test_dispositions(struct test *t)
{
	struct sent s = found(t, "dispositions@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct desk vendor = desk_as(t, ACTOR_VENDOR);
	struct work w;
	struct kept kept[] = { { STR("Invoices (Lead exchange)"), STR("DX8"),
				       STR("Tax records"), 2, 0, { 0 } },
		{ STR("Notes (Lead exchange)"), STR("DX8"), STR("Tax records"),
			1, 0, { 0 } } };
	struct erased x = { .rows = 4,
		.rows_deidentified = 1,
		.rows_aggregated = 2,
		.evidence = STR("{\"left\":0}"),
		.kept = { kept, 2 } };
	struct vendor_page page;
	struct problems ps = { 0 };
	struct desk d = staff(t);
	struct err e = { 0 };
	str token;

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	tell(t, s.reference);
	token = vendor_token(t, s.reference);
	CHECK(vendor_open(&vendor, token, &page, &e) == 1 && !page.purposes.n,
		"before anything was kept, nothing is said");
	w = work_of(t, s.reference, "leads");
	if (fulfil_erased(&worker, &w, &x, &e))
		fail("erased", &e);
	vendor = desk_as(t, ACTOR_VENDOR);
	CHECK(vendor_open(&vendor, token, &page, &e) == 1 &&
			str_eq(page.purposes, STR("Tax records")),
		"the purpose, once: %.*s", STR_ARG(page.purposes));
	CHECK(reasons_of(t, IDENT_EMAIL, "dispositions@example.com") &
			REASON_LOCKS,
		"`toyon check` knows of the lock");
	CHECK(!case_answer(&d, s.reference, STR("They have had a month."), &ps,
		      &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(letter_says(t, s.reference, "deleted", "We deleted 3 records.") &&
			letter_says(t, s.reference, "deleted",
				"In 1 record we took out all that tells whose "
				"it is.") &&
			letter_says(t, s.reference, "deleted",
				"2 of these records went into totals before "
				"we deleted them.") &&
			letter_says(t, s.reference, "deleted",
				"We kept 3 records.") &&
			letter_says(t, s.reference, "deleted",
				"Copies in our backups are not in use."),
		"each for itself: %.*s",
		STR_ARG(letter_of(t, s.reference, "deleted").text.v));
}

/* A system held other rows than were approved: what went by the first plan went all the
 * same, and the second plan does not know it. */
static void test_two_plans(struct test *t)
{
	struct sent s = found(t, "two.plans@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER), d = staff(t);
	struct erased first = {
		.rows = 4, .rows_deidentified = 1, .rows_aggregated = 2
	};
	struct erased second = { .rows = 3,
		.rows_deidentified = 2,
		.rows_aggregated = 1,
		.evidence = STR("{\"left\":0}") };
	struct work w;
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	w = work_of(t, s.reference, "leads");
	for (int i = 0; i < 2; i++)
		CHECK(!fulfil_changed(&worker, &w, &first, &e), "%s",
			e.message);
	report_found(t, s.reference, "leads", 3, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	w = work_of(t, s.reference, "leads");
	CHECK(!fulfil_erased(&worker, &w, &second, &e), "%s", e.message);
	tell(t, s.reference);
	CHECK(!case_answer(&d, s.reference, STR("They have had a month."), &ps,
		      &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(letter_says(t, s.reference, "deleted", "We deleted 4 records.") &&
			letter_says(t, s.reference, "deleted",
				"In 3 records we took out all that tells whose "
				"they are.") &&
			letter_says(t, s.reference, "deleted",
				"3 of these records went into totals before "
				"we deleted them."),
		"of both, and what was reported twice once: %.*s",
		STR_ARG(letter_of(t, s.reference, "deleted").text.v));
}

/* The receipt that is signed says of no system that it is done without a proof. */
static void test_second_plan_is_empty(struct test *t)
{
	struct sent s = found(t, "second.empty@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct erased first = { .rows = 4, .evidence = STR("{\"gone\":4}") };
	struct sql_task_by_id_row row;
	struct work w;
	struct err e = { 0 };

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	w = work_of(t, s.reference, "leads");
	CHECK(!fulfil_changed(&worker, &w, &first, &e), "%s", e.message);
	report_found(t, s.reference, "leads", 0, NULL);
	if (sql_task_by_id(worker.db, t->a,
		    &(struct sql_task_by_id_in){ w.task_id }, &row, &e) != 1)
		fail("task", &e);
	CHECK(str_eq(row.state, STR("done")) && row.rows_erased == 4,
		"done by the first plan: %.*s, %lld rows", STR_ARG(row.state),
		(long long)row.rows_erased);
	CHECK(str_eq(row.evidence, first.evidence), "and its proof stays: %.*s",
		STR_ARG(row.evidence));
}

static bool is_pending(struct test *t, const char *system, const char *email)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct returned_pending p;
	uint8_t key[IDENT_KEY_SIZE];
	struct err e = { 0 };

	if (returned_pending(&d, str_of(system), &p, &e))
		fail("pending", &e);
	must(!ident_key_of(
		suppress_keyring(d.suppress), IDENT_EMAIL, str_of(email), key));
	return returned_is_pending(&p, key);
}

/* Who is suppressed as deleted and stands in a system still, because that is yet to
 * be carried out, has not come back: a look there must not say so. */
static void test_pending(struct test *t)
{
	const char *email = "Pending@Example.com ";
	struct sent s = found(t, "pending@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct erased x = { .rows = 4, .evidence = STR("{\"left\":0}") };
	struct sql_task_search_again_in again;
	struct err e = { 0 };
	struct work w;

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	CHECK(is_pending(t, "leads", email), "approved, and not erased yet");
	CHECK(!is_pending(t, "crm", email), "nothing was found there");
	CHECK(!is_pending(t, "leads", "dispositions@example.com"), "others");
	w = work_of(t, s.reference, "leads");
	if (fulfil_erased(&worker, &w, &x, &e))
		fail("erased", &e);
	CHECK(!is_pending(t, "leads", email), "from here on it would be news");
	again = (struct sql_task_search_again_in){ w.task_id };
	if (sql_task_search_again(t->db, &again, &e) < 0)
		fail("search again", &e);
	CHECK(is_pending(t, "leads", email),
		"searched again, since another system knew more of them");
}

static str member(struct test *t, str json, const char *name)
{
	struct err e = { 0 };
	json_t *j;

	if (json_read(t->a, json, 1 << 20, &j, &e))
		fail("receipt", &e);
	return json_text(j, name);
}

/* 11 CCR 7101(b): date, nature, manner, date and nature of the answer, basis of
 * the denial; without a word of who asked. */
static void test_six_fields(struct test *t)
{
	static const char *const fields[] = { "received_on", "nature", "manner",
		"answered_at", "answer" };
	struct sent s = found(t, "six.fields@example.com");
	struct desk d = staff(t);
	str body;
	str signature;
	struct err e = { 0 };

	CHECK(!deny(t, s.reference, "EFFORT",
		      "Luis Medina is on paper in nine boxes.", &e),
		"%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "denied");
	if (case_receipt(&d, s.reference, &body, &signature, &e))
		fail("receipt", &e);
	for (size_t i = 0; i < COUNTOF(fields); i++)
		CHECK(member(t, body, fields[i]).n, "it has %s", fields[i]);
	CHECK(str_find(body, STR("\"basis\":[{\"ground\":\"EFFORT\"")) > 0 &&
			str_find(body, STR("11 CCR 7001, 7022(f)")) > 0,
		"and the basis: %.*s", STR_ARG(body));
	CHECK(str_find(body, STR("Medina")) < 0 &&
			str_find(body, STR("six.fields")) < 0,
		"nobody's name");
}

/* --- the numbers of a year --- */

static struct metrics_line line(struct metrics *m, const char *title)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(str_of(m->line[i].title), str_of(title)))
			return m->line[i];
	CHECK(false, "there is no line %s", title);
	return (struct metrics_line){ 0 };
}

static void close_after(
	struct test *t, const char *email, int days, const char *ground)
{
	int64_t start = t->clock.fixed_ms;
	struct sent s = found(t, email);
	struct err e = { 0 };

	t->clock.fixed_ms = start + days * (int64_t)DAY;
	CHECK(!deny(t, s.reference, ground, "As we wrote.", &e) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	hand_over(t, s.reference,
		str_eq(str_of(ground), STR("UNVERIFIED")) ? "denied_unverified"
							  : "denied");
	t->clock.fixed_ms = start;
}

/* 11 CCR 7102(a): by the year of receipt, with the answers of the next year; by
 * bucket; median and mean; also when the person is forgotten. */
/* 11 CCR 7102(a)(2): for everybody, when the business says so, and of years that are
 * over. */
static void test_published(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct desk owner = desk_as(t, ACTOR_COMMAND);
	struct metrics m;
	struct err e = { 0 };
	int rc = 1;

	CHECK(metrics_load(&d, 2027, &m, &e) == -1 && e.code == ERR_DENIED,
		"those of the desk are not for everybody");
	CHECK(metrics_published(&d, 2027, STR("192.0.2.7"), &m, &e) == 0,
		"not unless it is said");
	if (setting_put(&owner, STR("publishes"), STR("yes"), &e))
		fail("setting", &e);
	CHECK(metrics_published(&d, 2027, STR("192.0.2.7"), &m, &e) == 1 &&
			line(&m, "Delete").received == 6 &&
			line(&m, "Delete").median == 55,
		"the same numbers");
	CHECK(metrics_published(&d, 2030, STR("192.0.2.7"), &m, &e) == 0,
		"not of a year that is not over");
	for (int i = 1; i < LIMIT_NUMBERS_PEER; i++)
		rc = metrics_published(&d, 2027, STR("192.0.2.7"), &m, &e);
	CHECK(rc == 1, "the last look of an hour");
	CHECK(metrics_published(&d, 2027, STR("192.0.2.7"), &m, &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"one more is too many: each counts anew");
	if (setting_put(&owner, STR("publishes"), STR("no"), &e))
		fail("setting", &e);
}

static void test_metrics(struct test *t)
{
	int64_t start = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct metrics m;
	struct metrics_line l;
	struct err e = { 0 };
	int64_t n;

	must(instant_parse(STR("2027-12-31T20:00:00Z"), &t->clock.fixed_ms));
	close_after(t, "m1@example.com", 2, "UNVERIFIED");
	close_after(t, "m2@example.com", 5, "EFFORT");
	close_after(t, "m3@example.com", 40, "NOT_A_CONSUMER");
	close_after(t, "m4@example.com", 6, "EX_FCRA");
	found(t, "m5@example.com");
	/* Still December 31 in California. */
	must(instant_parse(STR("2028-01-01T07:59:00Z"), &t->clock.fixed_ms));
	found(t, "m6@example.com");
	must(instant_parse(STR("2030-06-01T00:00:00Z"), &t->clock.fixed_ms));
	/* They share a telephone number with who was held above. */
	CHECK(!hold_run(&d, &n, &e), "%s", e.message);
	CHECK(!retention_run(&d, &n, &e) && n >= 4, "%s", e.message);
	if (metrics_load(&d, 2027, &m, &e))
		fail("metrics", &e);
	l = line(&m, "Delete");
	CHECK(l.received == 6 && l.denied == 4 && l.complied == 0 &&
			l.open == 2,
		"received %d, denied %d, open %d", (int)l.received,
		(int)l.denied, (int)l.open);
	for (int b = 0; b < METRIC_BUCKETS; b++)
		CHECK(l.denied_by[b] == 1, "bucket %d: %d", b,
			(int)l.denied_by[b]);
	CHECK(l.median == 55, "the middle of 2, 5, 6 and 40 days: %d",
		(int)l.median);
	CHECK(l.mean == 133, "and 13.25 on average, to a tenth: %d",
		(int)l.mean);
	CHECK(line(&m, "Limit").received == 0 && line(&m, "Limit").median == -1,
		"of others nothing");
	CHECK(date_cmp(m.publish_by, (struct date){ 2028, 7, 1 }) == 0,
		"to publish by July 1");
	CHECK(!metrics_load(&d, 2028, &m, &e) &&
			line(&m, "Delete").received == 0,
		"nothing was received in the next year");
	test_published(t);
	d.actor.role = STR("agent");
	CHECK(metrics_load(&d, 2027, &m, &e) == -1 && e.code == ERR_DENIED,
		"the phone line does not see them");
	t->clock.fixed_ms = start;
}

/* --- law-enforcement holds --- */

enum { PLACE, RENEW };

static int hold(struct test *t, str reference, int act, const char *order)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc = act == PLACE ? case_hold_place(
					&d, reference, str_of(order), &ps, &e)
			      : case_hold_renew(
					&d, reference, str_of(order), &ps, &e);

	return rc || ps.n ? -1 : 0;
}

static int64_t holds_ended(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n;

	if (hold_run(&d, &n, &e))
		fail("tidy", &e);
	return n;
}

/* Civ. Code 1798.145(a): not deleted, not usable, and nobody is told. */
static void test_hold(struct test *t)
{
	struct sent s = found(t, "hold@example.com");
	struct sent twin = found_again(t, "hold@example.com");
	struct desk d = staff(t);
	struct case_view v;
	struct err e = { 0 };

	CHECK(hold(t, s.reference, PLACE, " ") == -1,
		"an order has a case number");
	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 26-1177"), "placed");
	CHECK(hold(t, s.reference, PLACE, "Oakland PD, 26-1177") == -1, "once");
	v = view(t, s.reference);
	CHECK(v.hold.is_here &&
			str_eq(v.hold.order, STR("Oakland PD, 26-1177")) &&
			date_cmp(v.hold.until, (struct date){ 2027, 2, 19 }) ==
				0,
		"for 90 days");
	CHECK(!v.can_approve && v.next.turn != TURN_STAFF,
		"no button that would delete");
	CHECK(approve(t, s.reference, &e) == -1 && e.code == ERR_DENIED,
		"nor a form that was kept: %s", e.message);
	CHECK(approve(t, twin.reference, &e) == -1 && e.code == ERR_DENIED,
		"nor by another request of the same person: %s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "hold@example.com") & REASON_HOLD,
		"`toyon check` says that it may not be used");
	CHECK(!letter_says(t, s.reference, "receipt", "enforce"), "silently");
	d.actor.role = STR("auditor");
	CHECK(case_load(&d, s.reference, false, &v, &e) == 1 &&
			v.hold.is_held && !v.hold.order.n,
		"whose order it is, only who may place one sees");
	d.actor.role = STR("agent");
	CHECK(case_hold_lift(&d, s.reference, &e) == -1 && e.code == ERR_DENIED,
		"and lifts it");
}

static int release(struct test *t, enum actor_kind who, const char *email)
{
	struct desk d = desk_as(t, who);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct err e = { 0 };

	return suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e)
		       ? (int)e.code
		       : 0;
}

/* The word that nothing may be used goes with the hold, and not before: neither a
 * program nor `toyon release` takes it back. */
static void test_hold_is_not_released(struct test *t)
{
	static const char email[] = "hold.released@example.com";
	struct sent s = found(t, email);
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("by.hand@example.com") };
	struct err e = { 0 };

	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 26-1179"), "placed");
	CHECK(release(t, ACTOR_API, email) == ERR_DENIED &&
			release(t, ACTOR_COMMAND, email) == ERR_DENIED &&
			reasons_of(t, IDENT_EMAIL, email) & REASON_HOLD,
		"not while it is on");
	d.actor = staff(t).actor;
	CHECK(!case_hold_lift(&d, s.reference, &e) &&
			!(reasons_of(t, IDENT_EMAIL, email) & REASON_HOLD),
		"lifted, the word is gone: %s", e.message);
	d = desk_as(t, ACTOR_COMMAND);
	CHECK(!suppress_put(&d, &q, 1, REASON_HOLD, &e) &&
			release(t, ACTOR_API, "by.hand@example.com") ==
				ERR_DENIED &&
			!release(t, ACTOR_COMMAND, "by.hand@example.com"),
		"one that was entered by hand ends by hand: %s", e.message);
}

/* Renewed by 90 from its last day, and it ends by itself the day after. */
static void test_hold_ends(struct test *t)
{
	int64_t start = t->clock.fixed_ms;
	struct sent s = found(t, "hold.ends@example.com");
	struct err e = { 0 };

	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 26-1178"), "placed");
	CHECK(!hold(t, s.reference, RENEW, "Oakland PD, 26-1178, second"),
		"renewed");
	CHECK(date_cmp(view(t, s.reference).hold.until,
		      (struct date){ 2027, 5, 20 }) == 0,
		"180 days in all");
	t->clock.fixed_ms = start + 180LL * DAY;
	holds_ended(t);
	CHECK(view(t, s.reference).hold.is_here, "its last day is one of it");
	t->clock.fixed_ms = start + 181LL * DAY;
	CHECK(holds_ended(t) == 1, "the day after it ends");
	CHECK(!view(t, s.reference).hold.is_held &&
			!(reasons_of(t, IDENT_EMAIL, "hold.ends@example.com") &
				REASON_HOLD),
		"everywhere");
	CHECK(has_event(t, s.reference, "hold.ended"), "in the trail");
	CHECK(!approve(t, s.reference, &e), "and it can be deleted: %s",
		e.message);
	t->clock.fixed_ms = start;
}

/* Placed after the approval: what was not erased yet waits, and goes on. */
static void test_hold_stops_work(struct test *t)
{
	struct sent s = found(t, "hold.late@example.com");
	struct desk d = staff(t);
	struct err e = { 0 };

	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	CHECK(!work_of(t, s.reference, "leads").is_held, "free to be erased");
	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 26-1179"), "placed");
	CHECK(work_of(t, s.reference, "leads").is_held &&
			work_of(t, s.reference, "mailharbor").is_held,
		"neither erased nor told now");
	CHECK(!strcmp(view(t, s.reference).next.code, "held"),
		"and it says so");
	CHECK(!case_hold_lift(&d, s.reference, &e), "%s", e.message);
	CHECK(!work_of(t, s.reference, "leads").is_held, "it goes on");
	CHECK(case_hold_lift(&d, s.reference, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"lifted once");
	CHECK(reasons_of(t, IDENT_EMAIL, "hold.late@example.com") &
			REASON_DELETED,
		"only the hold is lifted");
}

/* --- holds that stand alone --- */

static int64_t hold_on(struct test *t, enum ident_kind kind, const char *value,
	const char *order)
{
	struct desk d = staff(t);
	struct hold_identifier at = { kind, { str_of(value) } };
	struct hold_wish w = { .at = &at, .n = 1, .order = str_of(order) };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id = 0;

	if (hold_place(&d, &w, &id, &ps, &e))
		fail("hold alone", &e);
	return ps.n ? 0 : id;
}

static int64_t hold_alone(struct test *t, const char *phone, const char *order)
{
	return hold_on(t, IDENT_PHONE, phone, order);
}

static size_t alone_on(struct test *t, struct holds *out)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	size_t n = 0;

	if (holds_on(&d, out, &e))
		fail("holds", &e);
	for (size_t i = 0; i < out->n; i++)
		n += !out->at[i].reference.n;
	return n;
}

/* The direction names somebody who asked for nothing, and who asks later. */
static void test_hold_alone(struct test *t)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct holds on;
	struct sent s;
	int64_t id;

	CHECK(!hold_alone(t, "12", "Oakland PD, 26-2001"),
		"what can't be read as a number holds nobody");
	CHECK(!hold_alone(t, "5105550177", " "), "nor does no order");
	CHECK(!alone_on(t, &on), "and nothing was stored");
	id = hold_alone(t, "+1 (510) 555-0177", "Oakland PD, 26-2001");
	CHECK(id && alone_on(t, &on) == 1 &&
			str_eq(on.at[0].who.v, STR("phone 5105550177")) &&
			str_eq(on.at[0].order, STR("Oakland PD, 26-2001")) &&
			date_cmp(on.at[0].until,
				(struct date){ 2027, 2, 19 }) == 0,
		"placed for 90 days");
	CHECK(reasons_of(t, IDENT_PHONE, "5105550177") & REASON_HOLD,
		"`toyon check` says that it may not be used");
	s = found(t, "held.alone@example.com");
	CHECK(view(t, s.reference).hold.is_held &&
			!view(t, s.reference).hold.is_here,
		"who asks with that number is held");
	CHECK(approve(t, s.reference, &e) == -1 && e.code == ERR_DENIED,
		"and not deleted: %s", e.message);
	CHECK(!hold_renew(
		      &d, id, STR("Oakland PD, 26-2001, second"), &ps, &e) &&
			!ps.n && alone_on(t, &on) == 1 &&
			date_cmp(on.at[0].until,
				(struct date){ 2027, 5, 20 }) == 0,
		"renewed by 90 from its last day: %s", e.message);
	d.actor.role = STR("agent");
	CHECK(hold_lift(&d, id, &e) == -1 && e.code == ERR_DENIED &&
			holds_on(&d, &on, &e) == -1,
		"not for everybody");
	d = staff(t);
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	CHECK(hold_lift(&d, id, &e) == -1 && e.code == ERR_NOT_FOUND,
		"lifted once");
	CHECK(!(reasons_of(t, IDENT_PHONE, "5105550177") & REASON_HOLD),
		"usable again");
	CHECK(!approve(t, s.reference, &e), "and can be deleted: %s",
		e.message);
}

/* On the page: who it is comes when it is asked for, with an entry each time. */
static void test_hold_seen(struct test *t)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	struct hold_line x;
	int64_t id = hold_alone(t, "5105550199", "Oakland PD, 26-2010");

	CHECK(!hold_line_of(&d, id, &x, &e) && !x.who.v.n &&
			str_eq(x.order, STR("Oakland PD, 26-2010")),
		"the order, and nobody: %s", e.message);
	CHECK(!has_event(t, STR(""), "hold.seen"), "nobody was looked at");
	CHECK(!hold_reveal(&d, id, &x, &e) &&
			str_eq(x.who.v, STR("phone 5105550199")),
		"then whom it is about");
	CHECK(has_event(t, STR(""), "hold.seen"), "with its entry");
	d.actor.role = STR("agent");
	CHECK(hold_line_of(&d, id, &x, &e) == -1 && e.code == ERR_DENIED &&
			hold_reveal(&d, id, &x, &e) == -1,
		"not for everybody");
	d = staff(t);
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	CHECK(hold_reveal(&d, id, &x, &e) == -1 && e.code == ERR_NOT_FOUND,
		"after its end there is none");
}

/* Each says what it says until its own end: neither takes the other's word, and
 * none leaves its own behind. */
static void test_two_holds(struct test *t)
{
	struct desk d = staff(t);
	struct sent s = found(t, "two.holds@example.com");
	struct err e = { 0 };
	int64_t id;

	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 26-2002"), "placed");
	id = hold_alone(t, "5105550177", "Reno PD, 26-2003");
	CHECK(!case_hold_lift(&d, s.reference, &e), "%s", e.message);
	CHECK(reasons_of(t, IDENT_PHONE, "5105550177") & REASON_HOLD,
		"the number is another agency's as well");
	CHECK(!(reasons_of(t, IDENT_EMAIL, "two.holds@example.com") &
		      REASON_HOLD),
		"the address was only the first one's");
	CHECK(view(t, s.reference).hold.is_held, "the person is held still");
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	CHECK(!(reasons_of(t, IDENT_PHONE, "5105550177") & REASON_HOLD) &&
			!view(t, s.reference).hold.is_held,
		"and nothing is left of either");
}

/* In review: what was found in one system led to a further address. */
static struct sent found_with(
	struct test *t, const char *email, const char *other)
{
	struct sent s = confirmed(t, email);

	report_found(t, s.reference, "leads", 4, other);
	report_found(t, s.reference, "crm", 0, NULL);
	return s;
}

/* Does everything that is asked for; true when this was. */
static bool does_job(struct test *t, const char *kind, int64_t subject_id)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_job_lease_in in = { desk_now(&d), desk_now(&d) + 60000,
		STR("test") };
	struct sql_job_lease_row row;
	struct err e = { 0 };
	bool is_there = false;

	while (sql_job_lease(t->db, t->a, &in, &row, &e) == 1) {
		is_there |= str_eq(row.kind, str_of(kind)) &&
			    row.subject_id == subject_id;
		must(sql_job_done(t->db,
			     &(struct sql_job_done_in){
				     row.id, in.lease_by, in.now },
			     &e) >= 0);
	}
	return is_there;
}

/* The agency knows an address that the person did not type and the search found:
 * what can't be brought back is not deleted because of how it was learnt. */
static void test_hold_on_found(struct test *t)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	int64_t id = hold_on(
		t, IDENT_EMAIL, "alt.found@example.com", "Oakland PD, 26-2005");
	struct sent s = found_with(
		t, "main.found@example.com", "alt.found@example.com");
	struct work w;

	CHECK(view(t, s.reference).hold.is_held &&
			approve(t, s.reference, &e) == -1 &&
			e.code == ERR_DENIED,
		"not deleted: %s", e.message);
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	CHECK(!approve(t, s.reference, &e), "can be: %s", e.message);
	id = hold_on(
		t, IDENT_EMAIL, "alt.found@example.com", "Oakland PD, 26-2006");
	w = work_of(t, s.reference, "leads");
	CHECK(w.is_held && work_of(t, s.reference, "mailharbor").is_held,
		"placed after the approval it stops what is left");
	CHECK(does_job(t, "erase", w.task_id), "the job finds it held");
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	CHECK(!work_of(t, s.reference, "leads").is_held &&
			does_job(t, "erase", w.task_id),
		"and its end asks for it again: nothing else would");
}

/* With a case it holds the addresses that were found by then, too. */
static void test_hold_of_found(struct test *t)
{
	struct desk d = staff(t);
	struct err e = { 0 };
	struct sent s =
		found_with(t, "case.found@example.com", "case.alt@example.com");
	struct sql_hold_of_key_in in;
	struct sql_hold_of_key_row row;
	uint8_t key[IDENT_KEY_SIZE];

	must(!ident_key_of(suppress_keyring(d.suppress), IDENT_EMAIL,
		STR("case.alt@example.com"), key));
	in.id_key = (str){ (const char *)key, sizeof key };
	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 26-2007"), "placed");
	CHECK(sql_hold_of_key(t->db, t->a, &in, &row, &e) == 1 && row.n == 1,
		"whoever has the address that was found: %d", (int)row.n);
	CHECK(!case_hold_lift(&d, s.reference, &e), "%s", e.message);
	CHECK(sql_hold_of_key(t->db, t->a, &in, &row, &e) == 1 && !row.n,
		"until its end: %d", (int)row.n);
}

static bool has_person(struct test *t, struct sent s)
{
	struct desk d = staff(t);
	struct record r;
	struct err e = { 0 };

	if (record_need(&d, s.reference, &r, &e))
		fail("record", &e);
	return r.seal != NULL;
}

static bool queue_says_held(struct test *t, struct sent s)
{
	struct desk d = staff(t);
	struct queue q;
	struct err e = { 0 };

	if (queue_load(&d, QUEUE_OPEN, s.reference, &q, &e))
		fail("queue", &e);
	CHECK(q.rows.n == 1, "one row");
	return q.rows.n == 1 && str_starts(q.rows.at[0].next, STR("Held"));
}

/* The queue, and the forgetting of records, knew a hold by the identifiers that stood in
 * its request and in no other way. */
static void test_hold_known(struct test *t)
{
	struct desk d = staff(t);
	struct sent s =
		found_with(t, "q.found@example.com", "q.alt@example.com");
	int64_t was = t->clock.fixed_ms, id, n;
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(!queue_says_held(t, s), "nobody is held");
	id = hold_email(t, "q.found@example.com");
	CHECK(queue_says_held(t, s), "alone, by what they gave");
	CHECK(!hold_lift(&d, id, &e) && !queue_says_held(t, s), "lifted");
	id = hold_email(t, "q.alt@example.com");
	CHECK(queue_says_held(t, s), "alone, by what a search found");
	CHECK(!deny(t, s.reference, "UNFOUNDED", "Nine times.", &e) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	hand_over(t, s.reference, "denied");
	for (int i = 0; i < 10; i++) /* 90 days each */
		CHECK(!hold_renew(&d, id, STR("Oakland PD"), &ps, &e), "%s",
			e.message);
	t->clock.fixed_ms += INT64_C(86400000) * 365 * 5 / 2;
	d = desk_as(t, ACTOR_WORKER);
	CHECK(!retention_run(&d, &n, &e), "%s", e.message);
	CHECK(has_person(t, s), "not forgotten while they are held");
	d = staff(t);
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	d = desk_as(t, ACTOR_WORKER);
	CHECK(!retention_run(&d, &n, &e) && n > 0 && !has_person(t, s),
		"but then: %s", e.message);
	t->clock.fixed_ms = was;
}

/* All that are on are read at once, thousands in one arena: each takes what its
 * identifiers take. */
static void test_hold_size(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	int64_t alone = hold_alone(t, "5105550198", "Oakland PD, 26-2008");
	struct sent s =
		found_with(t, "size.found@example.com", "size.alt@example.com");
	struct held held;
	struct err e = { 0 };
	size_t used, n = 0;

	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 26-2009"), "placed");
	used = arena_used(t->a);
	CHECK(!held_load(&d, &held, &e) && held.n >= 2, "%s", e.message);
	used = (arena_used(t->a) - used) / held.n;
	CHECK(used < 24 * 1024, "%zu bytes each", used);
	for (size_t i = 0; i < held.n; i++) {
		if (held.at[i].hold.id == alone)
			n += held.at[i].ids.n;
		if (held.at[i].hold.request_id == request_id(t, s.reference))
			n += held.at[i].ids.n;
	}
	CHECK(n == 1 + 3, "one number; two addresses and a number: %zu", n);
	d = staff(t);
	CHECK(!hold_lift(&d, alone, &e) && !case_hold_lift(&d, s.reference, &e),
		"%s", e.message);
}

static size_t identifiers_left(struct test *t, int64_t id)
{
	struct desk d = staff(t);
	struct sql_hold_identifiers_in in = { id };
	struct sql_hold_identifiers_rows rows;
	struct err e = { 0 };
	int64_t n;

	if (hold_forget(&d, &n, &e) ||
		sql_hold_identifiers(t->db, t->a, &in, &rows, &e))
		fail("forget", &e);
	return rows.n;
}

/* Who it was is forgotten 24 months after the end, and not a day before. */
static void test_hold_forgotten(struct test *t)
{
	int64_t start = t->clock.fixed_ms;
	struct desk d = staff(t);
	int64_t id = hold_alone(t, "5105550199", "Oakland PD, 26-2004");
	struct err e = { 0 };

	t->clock.fixed_ms += 1200LL * DAY;
	CHECK(identifiers_left(t, id) == 1, "not while it is on");
	t->clock.fixed_ms = start;
	CHECK(!hold_lift(&d, id, &e), "%s", e.message);
	must(instant_parse(STR("2028-11-21T12:00:00Z"), &t->clock.fixed_ms));
	CHECK(identifiers_left(t, id) == 1, "kept through its last day");
	must(instant_parse(STR("2028-11-22T12:00:00Z"), &t->clock.fixed_ms));
	CHECK(identifiers_left(t, id) == 0, "then forgotten");
	t->clock.fixed_ms = start;
}

/* 7022(f): unless a law forbids to tell. */
static void test_denied_silently(struct test *t)
{
	struct sent s = found(t, "held@example.com");
	struct err e = { 0 };

	CHECK(deny(t, s.reference, "EX_LE_HOLD", "Case 24-1177, Oakland", &e) ==
				-1 &&
			e.code == ERR_INVALID,
		"not where there is none");
	CHECK(!hold(t, s.reference, PLACE, "Oakland PD, 24-1177"), "placed");
	CHECK(!deny(t, s.reference, "EX_LE_HOLD", "Case 24-1177, Oakland", &e),
		"%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	CHECK(!letter_says(t, s.reference, "denied", "Oakland") &&
			!letter_says(t, s.reference, "denied", "enforce") &&
			!letter_says(t, s.reference, "denied", "1798.145"),
		"the letter says nothing of it");
	CHECK(letter_says(t, s.reference, "denied", "We did not do it."),
		"but whether it was done");
}

/* --- four eyes --- */

static void four_eyes(struct test *t, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("four_eyes"), str_of(value), &e))
		fail("four_eyes", &e);
}

static struct desk staff_no(struct test *t, int64_t id)
{
	struct desk d = staff(t);

	d.actor.id = id;
	return d;
}

static int approve_as(struct test *t, int64_t id, str reference)
{
	struct desk d = staff_no(t, id);
	struct err e = { 0 };

	return case_approve(&d, reference, view(t, reference).seen, &e);
}

static int deny_as(struct test *t, int64_t id, str reference, const char *why)
{
	struct desk d = staff_no(t, id);
	struct denial x = { .ground = STR("EFFORT"), .why = str_of(why) };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc = case_deny(&d, reference, &x, &ps, &e);

	return ps.n ? -1 : rc;
}

/* Two people, not one person twice. */
static void test_four_eyes_approve(struct test *t)
{
	struct sent s = found(t, "four.eyes@example.com");
	struct case_view v;
	struct desk d = staff_no(t, 2);
	struct queue q;
	struct err e = { 0 };

	four_eyes(t, "yes");
	CHECK(approve_as(t, 1, s.reference) == 1, "the first decision waits");
	CHECK(approve_as(t, 1, s.reference) == 1,
		"and waits still when the same person decides again");
	v = view(t, s.reference);
	CHECK(v.state == STATE_REVIEW && v.second.is_waiting &&
			v.second.is_own && !v.second.is_denial &&
			v.second.is_same,
		"nothing has moved, and it is of these rows");
	CHECK(!(reasons_of(t, IDENT_EMAIL, "four.eyes@example.com") &
		      REASON_DELETED),
		"nobody is suppressed");
	if (queue_load(&d, QUEUE_ACTION, s.reference, &q, &e))
		fail("queue", &e);
	CHECK(q.rows.n == 1 && q.rows.at[0].turn == TURN_STAFF &&
			str_eq(q.rows.at[0].next,
				STR("Waiting for a second pair of eyes")),
		"the others' queue says so");
	d = staff_no(t, 1);
	if (queue_load(&d, QUEUE_OPEN, s.reference, &q, &e))
		fail("queue", &e);
	CHECK(q.rows.at[0].turn == TURN_NOBODY, "one's own has nothing to do");
	CHECK(approve_as(t, 2, s.reference) == 0,
		"a second one carries it out");
	CHECK(view(t, s.reference).state == STATE_WORKING &&
			!view(t, s.reference).second.is_waiting,
		"once");
	CHECK(has_event(t, s.reference, "request.proposed") &&
			has_event(t, s.reference, "request.approved"),
		"both are in the trail");
	CHECK(has_sentence(t, s.reference,
		      "Approved: 4 rows in 1 system; companies to tell: 1"),
		"with the systems that have rows, not the one without");
	four_eyes(t, "no");
}

/* Another wording is another decision, which the first person has not seen. */
static void test_four_eyes_deny(struct test *t)
{
	struct sent s = found(t, "four.eyes.deny@example.com");
	struct desk d = staff_no(t, 2);
	struct denial_page p;
	struct err e = { 0 };

	four_eyes(t, "yes");
	CHECK(deny_as(t, 1, s.reference, "It is on paper.") == 1, "waits");
	CHECK(case_denial(&d, s.reference, &p, &e) == 1 &&
			str_eq(p.proposed.ground, STR("EFFORT")) &&
			str_eq(p.proposed.why, STR("It is on paper.")),
		"the second person reads what was decided");
	CHECK(str_find(arena_join(t->a, p.letter.at, p.letter.n, STR("\n")),
		      STR("This is why: It is on paper.")) > 0,
		"and what the letter says of it");
	CHECK(deny_as(t, 2, s.reference, "It is on paper, in boxes.") == 1,
		"changed, it waits for somebody else");
	CHECK(deny_as(t, 2, s.reference, "It is on paper, in boxes.") == 1,
		"not for the one who changed it");
	CHECK(approve_as(t, 1, s.reference) == 1,
		"agreeing to a denial is not approving");
	CHECK(deny_as(t, 2, s.reference, "It is on paper.") == 1, "again");
	CHECK(deny_as(t, 1, s.reference, "It is on paper.") == 0 &&
			view(t, s.reference).state == STATE_ANSWERING,
		"the very same is carried out");
	four_eyes(t, "no");
}

static void test_four_eyes_sent_back(struct test *t)
{
	struct sent s = found(t, "four.eyes.back@example.com");
	struct desk d = staff_no(t, 2);
	struct err e = { 0 };

	four_eyes(t, "yes");
	CHECK(approve_as(t, 1, s.reference) == 1, "waits");
	CHECK(!case_send_back(&d, s.reference, &e) &&
			!view(t, s.reference).second.is_waiting,
		"sent back");
	CHECK(case_send_back(&d, s.reference, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"once");
	CHECK(approve_as(t, 2, s.reference) == 1, "then it begins anew");
	four_eyes(t, "no");
	CHECK(approve_as(t, 2, s.reference) == 0,
		"without the setting one person decides");
}

/* --- a household --- */

/* Civ. Code 1798.145(p): refused with its code and its facts, whatever is asked; and no
 * opt-out is refused for it. */
static void test_household(struct test *t)
{
	static const enum kind kinds[] = { KIND_DELETE, KIND_KNOW_CATEGORIES,
		KIND_KNOW_SPECIFIC, KIND_CORRECT };
	static const char why[] = "You asked for all who live at an address.";

	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		struct desk d = desk_as(t, ACTOR_CONSUMER);
		struct draft f = { .kind = kinds[i] };
		struct problems ps = { 0 };
		struct err e = { 0 };
		struct sent s;
		struct post p;

		f.person =
			(struct person){ .email = { STR("home@example.com") },
				.phone = { STR("510-555-0166") },
				.name = { STR("Ana Home") },
				.zip = { STR("94607") },
				.stop_sale = STR("no"),
				.range = STR("all"),
				.declared = STR("yes"),
				.signed_by = { STR("Ana Home") },
				.item = { STR("Our street") },
				.should_be = { STR("Elm St") } };
		f.person.pieces = kinds[i] == KIND_KNOW_SPECIFIC
					  ? STR("specific")
					  : STR("categories");
		if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps,
			    &e) ||
			ps.n || deny(t, s.reference, "EX_HOUSEHOLD", why, &e) ||
			answer(t, s.reference, "", &e))
			fail(kind_code(kinds[i]), &e);
		p = letter_of(t, s.reference, "denied");
		CHECK(str_find(p.text.v, STR("1798.145(p)")) > 0 &&
				str_find(p.text.v, STR("about a household")) >
					0 &&
				str_find(p.text.v, STR("live at an address")) >
					0,
			"%s: the code, the reason and the facts",
			kind_code(kinds[i]));
	}
	CHECK(!ground_applies(ground_of(STR("EX_HOUSEHOLD")), KIND_OPT_OUT,
		      (struct date){ 2026, 11, 21 }) &&
			!ground_applies(ground_of(STR("EX_HOUSEHOLD")),
				KIND_LIMIT, (struct date){ 2026, 11, 21 }),
		"nobody's opt-out is refused for it");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "decide", fresh_server(argc, argv));
	set_contact(&t);
	test_extension(&t);
	test_extension_in_queue(&t);
	test_extension_too_late(&t);
	test_extension_withheld(&t);
	test_extension_permission(&t);
	test_denied_on_ground(&t);
	test_denied_with_exception(&t);
	test_denied_for_claim(&t);
	test_dispositions(&t);
	test_two_plans(&t);
	test_second_plan_is_empty(&t);
	test_pending(&t);
	/* Whoever gives the same number counts as held, too: from here on. */
	test_denied_silently(&t);
	test_six_fields(&t);
	test_metrics(&t);
	test_hold(&t);
	test_hold_is_not_released(&t);
	test_hold_ends(&t);
	test_hold_stops_work(&t);
	test_hold_alone(&t);
	test_hold_seen(&t);
	test_two_holds(&t);
	test_hold_on_found(&t);
	test_hold_of_found(&t);
	test_hold_known(&t);
	test_hold_size(&t);
	test_hold_forgotten(&t);
	test_four_eyes_approve(&t);
	test_four_eyes_deny(&t);
	test_four_eyes_sent_back(&t);
	test_household(&t);
	end(&t);
	return CHECK_DONE();
}
