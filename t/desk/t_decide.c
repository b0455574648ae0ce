/*
 * What staff decide on a case, and what the law keeps them from: on a clock that
 * the test moves, on both engines.
 */
#include "cases.h"

#include <sodium.h>

#include "desk/queue.h"

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

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "decide", fresh_server(argc, argv));
	set_contact(&t);
	test_extension(&t);
	test_extension_in_queue(&t);
	test_extension_too_late(&t);
	test_extension_permission(&t);
	end(&t);
	return CHECK_DONE();
}
