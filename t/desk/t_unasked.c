/*
 * A case that opened itself as a minor's data came to light: nobody asked, so nobody is
 * written to, charged or told of more time, and no number counts it as a request (Civ.
 * Code 1798.120(c); 11 CCR 7102).
 */
#include <sodium.h>

#include "cases.h"

#include "desk/child.h"
#include "desk/metrics.h"

static const struct plan_row plan[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
};

static str opened(struct test *t, const char *email)
{
	struct desk api = desk_as(t, ACTOR_API);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct child c = { .born_on = { 2016, 5, 1 } };
	struct err e = { 0 };

	c.of.at = &q;
	c.of.n = 1;
	if (child_found(&api, &c, &e))
		fail("child", &e);
	CHECK(c.is_new && c.reference.n == 8, "%s: a case of its own", email);
	if (fulfil_plan(&worker, request_id(t, c.reference), plan, 1, &e))
		fail("plan", &e);
	return c.reference;
}

static size_t letters(struct test *t, str reference)
{
	return view(t, reference).letters.n;
}

static int64_t counted(struct test *t)
{
	struct desk d = staff(t);
	struct metrics m;
	struct err e = { 0 };
	int64_t n = 0;

	if (metrics_load(&d, 2026, &m, &e))
		fail("metrics", &e);
	for (size_t i = 0; i < m.n; i++)
		n += m.line[i].received;
	return n;
}

static void test_deleted(struct test *t)
{
	str reference = opened(t, "kim@example.com");
	struct case_view v;
	struct err e = { 0 };

	report_found(t, reference, "leads", 3, NULL);
	v = view(t, reference);
	CHECK(v.state == STATE_REVIEW && !v.extension.can && !v.charge.can,
		"no more time is offered, and no fee");
	CHECK(!v.answer.n, "no letter is drafted");
	CHECK(!approve(t, reference, &e), "%s", e.message);
	report_erased(t, reference, "leads", 3);
	v = view(t, reference);
	CHECK(!v.is_open && str_eq(v.outcome, STR("Complied in whole")),
		"it ends with the last row: %.*s", STR_ARG(v.outcome));
	CHECK(!letters(t, reference), "the child gets no letter");
	CHECK(v.tasks.at[0].rows_erased == 3, "the record says what went");
}

static void test_nothing(struct test *t)
{
	str reference = opened(t, "lee@example.com");

	report_found(t, reference, "leads", 0, NULL);
	CHECK(!view(t, reference).is_open && !letters(t, reference),
		"nothing was found, and nobody is told so");
}

/* Staff decide that it stays: that is on the record alone. */
static void test_denied(struct test *t)
{
	str reference = opened(t, "max@example.com");
	struct err e = { 0 };

	report_found(t, reference, "leads", 3, NULL);
	CHECK(!deny(t, reference, "EX_LAW", "Records of a court order.", &e) ||
			!deny(t, reference, "EFFORT", "It is too much.", &e),
		"%s", e.message);
	CHECK(!answer(t, reference, "", &e) && !view(t, reference).is_open &&
			!letters(t, reference),
		"closed without a letter: %s", e.message);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "unasked", fresh_server(argc, argv));
	set_contact(&t);
	send_delete(&t, "asks@example.com");
	CHECK(counted(&t) == 1, "who asks is counted: %d", (int)counted(&t));
	test_deleted(&t);
	test_nothing(&t);
	test_denied(&t);
	CHECK(counted(&t) == 1, "nobody else asked: %d", (int)counted(&t));
	end(&t);
	return CHECK_DONE();
}
