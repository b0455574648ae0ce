/*
 * The register of training (row T-01 of docs/law.md; 11 CCR 7100(a)): who handles requests
 * has been trained, or the desk says that they have to be.
 */
#include "act.h"

#include <sodium.h>
#include <string.h>

#include "desk/staff.h"
#include "desk/training.h"

static void add(struct test *t, const char *email, const char *role)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct staff_new in = { .email = str_of(email),
		.name = str_of(email),
		.role = str_of(role),
		.passphrase = { STR("four made-up words 4711") } };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (staff_add(&d, &in, &id, &ps, &e) || ps.n)
		fail(email, &e);
}

static struct trainings all(struct test *t)
{
	struct desk d = staff(t);
	struct trainings out;
	struct err e = { 0 };

	if (trainings_load(&d, &out, &e))
		fail("trainings", &e);
	return out;
}

static struct training_row of(struct test *t, const char *email)
{
	struct trainings list = all(t);

	for (size_t i = 0; i < list.n; i++)
		if (str_eq(list.at[i].email, str_of(email)))
			return list.at[i];
	return (struct training_row){ 0 };
}

/* The problem's field, or NULL when it was taken. */
static const char *note(
	struct test *t, const char *email, const char *day, const char *what)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct training in = { str_of(email), str_of(day), str_of(what) };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (training_note(&d, &in, &ps, &e))
		fail("note", &e);
	return ps.n ? ps.at[0].field : NULL;
}

/* Nobody has been trained before somebody says so; who only reads has not to be. */
static void test_untrained(struct test *t)
{
	struct trainings list = all(t);

	CHECK(list.n == 3 && list.overdue == 3,
		"owner, officer and who takes calls: %zu", list.n);
	CHECK(!of(t, "auditor@lakeshore.example").staff_id,
		"an auditor handles no requests");
	CHECK(of(t, "calls@lakeshore.example").is_overdue &&
			!of(t, "calls@lakeshore.example").is_trained,
		"who takes calls handles them, too");
}

static const struct {
	const char *email, *day, *what;
	const char *field;
	const char *why;
} typed[] = {
	{ "nobody@lakeshore.example", "", "x", "email", "nobody has it" },
	{ "auditor@lakeshore.example", "", "x", "email", "not one of these" },
	{ "calls@lakeshore.example", "2026-11-22", "x", "trained_on",
		"a day that has not come" },
	{ "calls@lakeshore.example", "in May", "x", "trained_on", "no day" },
	{ "calls@lakeshore.example", "", " ", "what",
		"nobody can show that later" },
};

static void test_typed(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(typed); i++) {
		const char *field =
			note(t, typed[i].email, typed[i].day, typed[i].what);

		CHECK(field && !strcmp(field, typed[i].field), "%s: %s",
			typed[i].why, field ? field : "taken");
	}
	CHECK(all(t).overdue == 3, "and nothing was kept");
}

/* It is November 21, 2026. */
static const struct {
	const char *months;
	bool is_due;
	const char *why;
} times[] = {
	{ "12", false, "the last day of the 12 months" },
	{ "11", true, "a month too long" },
	{ "0", false, "once is enough" },
	{ "60", false, "the longest" },
};

static int say(struct test *t, const char *months)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	return setting_put(&d, STR("training_months"), str_of(months), &e);
}

static void test_times(struct test *t)
{
	struct training_row r;

	CHECK(!note(t, "Calls@Lakeshore.example", "2025-11-21",
		      "CCPA for calls"),
		"the address is one, however it is typed");
	for (size_t i = 0; i < COUNTOF(times); i++) {
		CHECK(!say(t, times[i].months), "%s", times[i].months);
		r = of(t, "calls@lakeshore.example");
		CHECK(r.is_trained && r.is_overdue == times[i].is_due, "%s",
			times[i].why);
	}
	CHECK(say(t, "61") && say(t, "-1") && say(t, "often"),
		"one above, one below, and no number");
	CHECK(!say(t, "12"), "as it was");
}

/* The last day counts, whenever it was written down. */
static void test_last(struct test *t)
{
	struct training_row r;

	CHECK(!note(t, "calls@lakeshore.example", "", "Version 4"), "today");
	CHECK(!note(t, "calls@lakeshore.example", "2026-01-05", "Version 3"),
		"and one of before, written down late");
	r = of(t, "calls@lakeshore.example");
	CHECK(!r.is_overdue &&
			!date_cmp(
				r.trained_on, (struct date){ 2026, 11, 21 }) &&
			str_eq(r.what, STR("Version 4")) &&
			!date_cmp(r.due, (struct date){ 2027, 11, 21 }),
		"the latest, and the next within a year");
	CHECK(all(t).overdue == 2, "the others still have to be");
}

static void test_roles(struct test *t)
{
	static const char *const roles[] = { "officer", "agent", "auditor" };
	struct training in = { STR("calls@lakeshore.example"), { 0 },
		STR("x") };

	for (size_t i = 0; i < COUNTOF(roles); i++) {
		struct desk d = staff(t);
		struct problems ps = { 0 };
		struct trainings list;
		struct err e = { 0 };

		d.actor.role = str_of(roles[i]);
		CHECK(!trainings_load(&d, &list, &e) && list.n == 3, "%s sees",
			roles[i]);
		CHECK(training_note(&d, &in, &ps, &e) == -1 &&
				e.code == ERR_DENIED,
			"%s writes nothing down", roles[i]);
	}
}

/* Who left is not waited for. */
static void test_left(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (staff_disable(&d, STR("officer@lakeshore.example"), &e))
		fail("disable", &e);
	CHECK(all(t).n == 2 && all(t).overdue == 1, "one less");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "training", fresh_server(argc, argv));
	add(&t, "owner@lakeshore.example", "owner");
	add(&t, "officer@lakeshore.example", "officer");
	add(&t, "calls@lakeshore.example", "agent");
	add(&t, "auditor@lakeshore.example", "auditor");
	test_untrained(&t);
	test_typed(&t);
	test_times(&t);
	test_last(&t);
	test_roles(&t);
	test_left(&t);
	end(&t);
	return CHECK_DONE();
}
