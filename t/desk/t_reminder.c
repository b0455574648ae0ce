/*
 * What is looked at again each year (rows C-21, N-02, V-10): from a month before its day
 * on, until it is done.
 */
#include "act.h"

#include <sodium.h>

#include "desk/reminder.h"

static int say(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	return setting_put(&d, str_of(name), str_of(value), &e);
}

static struct reminders all(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct reminders out;
	struct settings s;
	struct err e = { 0 };

	if (settings_load(&d, &s, &e) || reminders_of(&d, &s, &out, &e))
		fail("reminders", &e);
	return out;
}

/* It is November 21, 2026. */
static const struct {
	const char *day;
	int days_left;
	bool is_due;
	const char *why;
} cases[] = {
	{ "2026-11-21", 365, false, "done today" },
	{ "2025-12-23", 32, false, "32 days before" },
	{ "2025-12-22", 31, true, "a month before" },
	{ "2025-11-21", 0, true, "the last day of the 12 months" },
	{ "2025-11-20", -1, true, "late" },
};

static void test_policy(struct test *t)
{
	struct reminders r = all(t);

	CHECK(!r.n, "nobody has to have a policy page that is not said");
	CHECK(!say(t, "policy_url", "https://lakeshore.example/privacy"),
		"url");
	r = all(t);
	CHECK(r.n == 1 && !r.at[0].has_day && reminder_is_due(&r.at[0]) &&
			str_find(reminder_words(t->a, &r.at[0]),
				STR("toyon setting policy_on DAY")) > 0,
		"its day is owed");
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		CHECK(!say(t, "policy_on", cases[i].day), "%s", cases[i].day);
		r = all(t);
		CHECK(r.n == 1 && r.at[0].days_left == cases[i].days_left &&
				reminder_is_due(&r.at[0]) == cases[i].is_due,
			"%s: %d", cases[i].why, r.at[0].days_left);
	}
	CHECK(str_find(reminder_words(t->a, &r.at[0]),
		      STR("now, it was due on November 20, 2026")) > 0 &&
			str_find(reminder_words(t->a, &r.at[0]),
				STR("Civ. Code 1798.130(a)(5)")) > 0,
		"%.*s", STR_ARG(reminder_words(t->a, &r.at[0])));
}

/* Only of who says that there is no method. */
static void test_method(struct test *t)
{
	struct reminders r;

	CHECK(!say(t, "no_method_on", "2025-11-01"), "said");
	r = all(t);
	CHECK(r.n == 2 && r.at[1].days_left == -20 &&
			!strcmp(r.at[1].citation, "11 CCR 7062(g)"),
		"looked at again each year: %zu", r.n);
	CHECK(!say(t, "no_method_on", "") && all(t).n == 1, "there is one now");
}

static void test_days(struct test *t)
{
	CHECK(say(t, "policy_on", "2026-11-22") == -1, "not tomorrow");
	CHECK(say(t, "policy_on", "last May") == -1, "a day");
	CHECK(!say(t, "policy_on", ""), "or none");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "reminder", fresh_server(argc, argv));
	test_policy(&t);
	test_method(&t);
	test_days(&t);
	end(&t);
	return CHECK_DONE();
}
