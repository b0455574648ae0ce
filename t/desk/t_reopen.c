/*
 * A denial that is taken back before its letter was sent: the case stands where it stood,
 * what the denial had set and ended is undone, and who was told is told no more.  On both
 * engines.
 */
#include "cases.h"

#include <sodium.h>

#include "base/base.h"
#include "base/file.h"
#include "desk/deny.h"
#include "desk/hold.h"
#include "desk/queue.h"
#include "desk/reopen.h"
#include "law/reason.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: leads\n"
	"    title: Lead exchange\n"
	"    connector: sqlite\n"
	"    database: leads.db\n"
	"    tables:\n"
	"      - name: lead\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"vendors:\n"
	"  - { name: mailharbor, title: MailHarbor, role: service_provider,\n"
	"      receives: [ email ], days: 15, email: privacy@mailharbor.example }\n";

static const struct plan_row plan_of_both[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	{ false, STR_INIT("mailharbor"), STR_INIT("MailHarbor") },
};

static struct sent searching(struct test *t, const char *email)
{
	struct sent s = send_delete(t, email);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	must(confirm(t, s.reference, code_in(&p), &ps));
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_both, 2, &e))
		fail("plan", &e);
	return s;
}

static struct sent found(struct test *t, const char *email)
{
	struct sent s = searching(t, email);

	report_found(t, s.reference, "leads", 4, NULL);
	return s;
}

static void deny_for(
	struct test *t, str reference, const char *ground, const char *purpose)
{
	struct desk d = staff(t);
	struct denial x = { .ground = str_of(ground),
		.why = STR("It is written in our contract."),
		.purpose = str_of(purpose),
		.is_all = true };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_deny(&d, reference, &x, &ps, &e) || ps.n)
		fail(ps.n ? ps.at[0].text : ground, &e);
}

static int reopen(struct test *t, str reference, const char *why, struct err *e)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	int rc = case_reopen(&d, reference, str_of(why), &ps, e);

	return ps.n ? -2 : rc;
}

static uint32_t locks_of(struct test *t, const char *email)
{
	return reasons_of(t, IDENT_EMAIL, email) & (uint32_t)REASON_LOCKS;
}

static size_t jobs_of(struct test *t, const char *kind, int64_t subject)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_job_lease_in in = { desk_now(&d), desk_now(&d) + 60000,
		STR("test") };
	struct sql_job_lease_row row;
	struct err e = { 0 };
	size_t n = 0;

	while (sql_job_lease(t->db, t->a, &in, &row, &e) == 1) {
		n += str_eq(row.kind, str_of(kind)) &&
		     row.subject_id == subject;
		must(sql_job_done(t->db,
			     &(struct sql_job_done_in){
				     row.id, in.lease_by, in.now },
			     &e) >= 0);
	}
	return n;
}

/* On an exception, in review: the lock goes with it, and the rows can be deleted. */
static void test_locked(struct test *t)
{
	struct sent s = found(t, "locked@reopen.example");
	struct desk d = staff(t);
	struct case_view v;
	struct err e = { 0 };

	CHECK(!view(t, s.reference).can_reopen, "nothing is denied yet");
	CHECK(reopen(t, s.reference, "x", &e) == -1, "nor taken back");
	deny_for(t, s.reference, "DX8", "Tax records");
	v = view(t, s.reference);
	CHECK(v.can_reopen && v.state == STATE_ANSWERING &&
			locks_of(t, "locked@reopen.example"),
		"denied, and locked");
	d.actor.role = STR("agent");
	CHECK(case_reopen(&d, s.reference, STR("x"), &(struct problems){ 0 },
		      &e) == -1 &&
			e.code == ERR_DENIED,
		"not by everybody");
	CHECK(reopen(t, s.reference, " \n", &e) == -2 &&
			view(t, s.reference).state == STATE_ANSWERING,
		"with a reason");
	CHECK(!reopen(t, s.reference, "It was the wrong case.", &e), "%s",
		e.message);
	v = view(t, s.reference);
	CHECK(v.state == STATE_REVIEW && str_eq(v.outcome, STR("Not ended")) &&
			!v.can_reopen && v.can_approve,
		"in review: %s, %.*s", v.state_title, STR_ARG(v.outcome));
	CHECK(!locks_of(t, "locked@reopen.example"),
		"what is deleted is kept for no purpose");
	CHECK(str_find(v.events.at[0].title, STR("denial was taken back")) >= 0,
		"the trail says so: %.*s", STR_ARG(v.events.at[0].title));
	d = staff(t);
	CHECK(case_load(&d, s.reference, true, &v, &e) == 1 &&
			str_eq(v.person.reopened.v,
				STR("It was the wrong case.")) &&
			!v.person.ground.n && !v.person.kept_for.n &&
			!v.person.why_denied.v.n,
		"why is kept, and nothing of the denial");
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "leads", 4);
	tell(t, s.reference);
	CHECK(!answer(t, s.reference, "It is silent.", &e), "%s", e.message);
	hand_over(t, s.reference, "deleted");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in whole")),
		"and deleted");
}

/* Another request keeps rows for the same: its lock is not this one's to take. */
static void test_locked_twice(struct test *t)
{
	struct sent first = found(t, "twice@reopen.example");
	struct sent s;
	struct err e = { 0 };

	deny_for(t, first.reference, "DX8", "Tax records");
	if (answer(t, first.reference, "", &e))
		fail("answer", &e);
	hand_over(t, first.reference, "denied");
	s = found(t, "twice@reopen.example");
	deny_for(t, s.reference, "DX8", "Tax records");
	CHECK(!reopen(t, s.reference, "We delete it.", &e) &&
			locks_of(t, "twice@reopen.example"),
		"the first still keeps it for that: %s", e.message);
}

/* And the other way round: who locked first is taken back, who came second keeps.  They
 * have the phone in common. */
static void test_locked_before(struct test *t)
{
	struct sent first = found(t, "before@reopen.example");
	struct sent s = found(t, "behind@reopen.example");
	struct err e = { 0 };

	deny_for(t, first.reference, "DX8", "Warranty");
	deny_for(t, s.reference, "DX8", "Warranty");
	CHECK(!reopen(t, first.reference, "The wrong one.", &e) &&
			locks_of(t, "before@reopen.example"),
		"the second keeps it: %s", e.message);
}

/* Sent: whoever was told of it, was told. */
static void test_sent(struct test *t)
{
	struct sent s = found(t, "sent@reopen.example");
	struct err e = { 0 };

	deny_for(t, s.reference, "DX8", "Tax records");
	if (answer(t, s.reference, "", &e))
		fail("answer", &e);
	CHECK(!view(t, s.reference).can_reopen &&
			reopen(t, s.reference, "Too late.", &e) == -1 &&
			e.code == ERR_DENIED &&
			strstr(e.message, "letter was not sent"),
		"on its way: %s", e.message);
	hand_over(t, s.reference, "denied");
	CHECK(reopen(t, s.reference, "Too late.", &e) == -1 &&
			view(t, s.reference).state == STATE_CLOSED &&
			locks_of(t, "sent@reopen.example"),
		"closed: %s", e.message);
}

/* Before anybody looked: the code still counts. */
static void test_unconfirmed(struct test *t)
{
	struct sent s = send_delete(t, "unconfirmed@reopen.example");
	struct post p = letter_of(t, s.reference, "code");
	struct problems ps = { 0 };
	struct err e = { 0 };

	deny_for(t, s.reference, "UNFOUNDED", "");
	CHECK(!reopen(t, s.reference, "The code came by phone.", &e) &&
			view(t, s.reference).state == STATE_UNCONFIRMED,
		"it waits for the code again: %s", e.message);
	CHECK(confirm(t, s.reference, code_in(&p), &ps) &&
			view(t, s.reference).state == STATE_SEARCHING,
		"which is as good as it was");
}

/* While systems were searched: what came meanwhile was not taken, so it is looked again. */
static void test_searching(struct test *t)
{
	struct sent s = searching(t, "searching@reopen.example");
	struct err e = { 0 };

	deny_for(t, s.reference, "UNFOUNDED", "");
	jobs_of(t, "find", 0);
	report_found(t, s.reference, "leads", 3, NULL);
	CHECK(!reopen(t, s.reference, "It is well founded.", &e) &&
			view(t, s.reference).state == STATE_SEARCHING,
		"%s", e.message);
	CHECK(jobs_of(t, "find", work_of(t, s.reference, "leads").task_id) == 1,
		"a search is asked for");
	report_found(t, s.reference, "leads", 3, NULL);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "and found");
}

/* Approved, then denied, since other rows came to light: that is undone, too. */
static void test_approved_before(struct test *t)
{
	const char *email = "approved@reopen.example";
	struct sent s = found(t, email);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct work w;

	if (approve(t, s.reference, &e))
		fail("approve", &e);
	tell(t, s.reference);
	w = work_of(t, s.reference, "leads");
	if (fulfil_changed(&worker, &w, NULL, &e))
		fail("changed", &e);
	report_found(t, s.reference, "leads", 2, NULL);
	deny_for(t, s.reference, "DX8", "Tax records");
	CHECK(!(reasons_of(t, IDENT_EMAIL, email) & REASON_DELETED),
		"the denial took them off the list");
	jobs_of(t, "find", 0);
	CHECK(!reopen(t, s.reference, "We can delete it.", &e) &&
			view(t, s.reference).state == STATE_REVIEW,
		"%s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, email) & REASON_DELETED,
		"on it again, as before");
	w = work_of(t, s.reference, "leads");
	CHECK(str_eq(w.state, STR("searching")) &&
			jobs_of(t, "find", w.task_id) == 1,
		"searched anew: %.*s", STR_ARG(w.state));
	report_found(t, s.reference, "leads", 2, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	CHECK(jobs_of(t, "tell",
		      work_of(t, s.reference, "mailharbor").task_id) == 1,
		"the company is told to delete it once more");
}

/* --- a hold that ends before its letter leaves --- */

static void lift(struct test *t, int64_t hold)
{
	struct desk d = staff(t);
	struct err e = { 0 };

	if (hold_lift(&d, hold, &e))
		fail("lift", &e);
}

/* What the case says is next, and the queue says the same. */
static void is_next(
	struct test *t, str reference, const char *code, const char *why)
{
	struct desk d = staff(t);
	struct case_view v = view(t, reference);
	struct queue q;
	struct err e = { 0 };

	CHECK(!strcmp(v.next.code, code), "%s: %s", why, v.next.code);
	if (queue_load(&d, QUEUE_OPEN, reference, &q, &e))
		fail("queue", &e);
	CHECK(q.rows.n == 1 && str_eq(q.rows.at[0].next, v.next_sentence),
		"%s: %.*s", why, STR_ARG(q.rows.at[0].next));
}

static void test_hold_over(struct test *t)
{
	const char *email = "over@reopen.example";
	struct sent s = found(t, email);
	int64_t hold = hold_email(t, email);
	struct err e = { 0 };

	deny_for(t, s.reference, "EX_LE_HOLD", "");
	CHECK(!view(t, s.reference).is_hold_over, "it is held");
	is_next(t, s.reference, "answer", "the letter is to be sent");
	lift(t, hold);
	CHECK(view(t, s.reference).is_hold_over &&
			view(t, s.reference).can_reopen,
		"nothing stands against it any more");
	is_next(t, s.reference, "hold-over", "so it is taken back");
	CHECK(!reopen(t, s.reference, "The hold has ended.", &e), "%s",
		e.message);
	CHECK(!view(t, s.reference).is_hold_over, "once");
	is_next(t, s.reference, "review", "and decided anew");
}

/* Sent before it ended, or denied for something else: that stands. */
static void test_hold_over_else(struct test *t)
{
	struct sent told = found(t, "told@reopen.example");
	struct sent other = found(t, "other@reopen.example");
	int64_t first = hold_email(t, "told@reopen.example");
	int64_t second = hold_email(t, "other@reopen.example");
	struct err e = { 0 };

	deny_for(t, told.reference, "EX_LE_HOLD", "");
	if (answer(t, told.reference, "", &e))
		fail("answer", &e);
	deny_for(t, other.reference, "DX8", "Tax records");
	lift(t, first);
	lift(t, second);
	CHECK(!view(t, told.reference).is_hold_over &&
			!view(t, other.reference).is_hold_over,
		"nothing to take back for the hold");
	is_next(t, other.reference, "answer", "another ground stands");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(sodium_init() >= 0);
	start(&t, "reopen", fresh_server(argc, argv));
	set_contact(&t);
	if (file_replace(path(&t, "datamap.yaml"), STR(yaml), 0600, &e))
		fail("map", &e);
	t.map = path(&t, "datamap.yaml");
	test_locked(&t);
	test_locked_twice(&t);
	test_locked_before(&t);
	test_sent(&t);
	test_unconfirmed(&t);
	test_searching(&t);
	test_approved_before(&t);
	test_hold_over(&t);
	test_hold_over_else(&t);
	end(&t);
	return CHECK_DONE();
}
