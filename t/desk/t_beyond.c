/*
 * The clock stands beyond the table of holidays: every request is stored all the same,
 * what is stopped at once is in force, dates are on the safe side, and staff are told
 * (11 CCR 7004(a)(5), 7021, 7026(f)).
 */
#include <sodium.h>

#include "cases.h"

#include "desk/optin.h"
#include "desk/reminder.h"
#include "desk/stop.h"
#include "law/reason.h"

static str stop(struct test *t, enum kind kind, const char *id)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = kind,
		.identifier = { str_of(id) },
		.has_signal = kind == KIND_OPT_OUT,
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(!stop_receive(&d, &in, &out, &ps, &e) && !ps.n && out.reference.n,
		"%s is recorded: %s", kind_code(kind), e.message);
	return out.reference;
}

static bool has_entry(const struct case_view *v, const char *text)
{
	for (size_t i = 0; i < v->events.n; i++)
		if (str_find(v->events.at[i].title, str_of(text)) >= 0)
			return true;
	return false;
}

static const char entry[] = "Holidays after 2028-12-31 are not known here";

static const struct {
	const char *why;
	enum kind kind;
	const char *id;
	uint32_t reason;
} stops[] = {
	{ "opting out", KIND_OPT_OUT, "late.out@example.com", REASON_OPT_OUT },
	{ "limiting", KIND_LIMIT, "late.limit@example.com", REASON_LIMIT },
	{ "opting out of ADMT", KIND_OPT_OUT_ADMT, "late.admt@example.com",
		REASON_ADMT },
};

static void test_stops(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(stops); i++) {
		str reference = stop(t, stops[i].kind, stops[i].id);
		struct case_view v = view(t, reference);

		CHECK(reasons_of(t, IDENT_EMAIL, stops[i].id) ==
				stops[i].reason,
			"%s needs no date to be in force", stops[i].why);
		CHECK(!date_cmp(v.due_on, (struct date){ 2029, 1, 11 }),
			"%s: 15 days with Saturdays and without holidays: "
			"%d-%02d-%02d",
			stops[i].why, v.due_on.year, v.due_on.month,
			v.due_on.day);
		CHECK(v.lacks_holidays && has_entry(&v, entry),
			"%s: the case is marked", stops[i].why);
	}
}

static void test_deletes(struct test *t)
{
	struct sent s = send_delete(t, "late.delete@example.com");
	struct case_view v = view(t, s.reference);

	CHECK(!date_cmp(v.confirm_by, (struct date){ 2029, 1, 5 }) &&
			!date_cmp(v.due_on, (struct date){ 2029, 2, 6 }),
		"confirmed in ten days at most, answered in 45 as ever");
	CHECK(v.lacks_holidays && has_entry(&v, entry), "marked");
	CHECK(reasons_of(t, IDENT_EMAIL, "late.delete@example.com") ==
			REASON_OPT_OUT,
		"the opt-out with it is in force");
}

static void test_before(struct test *t)
{
	str reference = stop(t, KIND_OPT_OUT, "in.time@example.com");
	struct case_view v = view(t, reference);

	CHECK(!v.lacks_holidays && !has_entry(&v, entry),
		"what the table reaches is not marked");
}

static void test_told(struct test *t)
{
	static const struct {
		const char *why;
		struct date day;
		bool is_said;
	} days[] = {
		{ "two months before, nobody has to do anything",
			{ 2028, 10, 30 }, false },
		{ "a day later it is said", { 2028, 10, 31 }, true },
		{ "on the last day", { 2028, 12, 31 }, true },
		{ "and until there is a newer table", { 2031, 1, 1 }, true },
	};

	for (size_t i = 0; i < COUNTOF(days); i++)
		CHECK((reminder_of_holidays(t->a, days[i].day).n > 0) ==
				days[i].is_said,
			"%s", days[i].why);
	CHECK(str_starts(
		      reminder_of_holidays(t->a, (struct date){ 2029, 1, 1 }),
		      STR("Install a newer version: this one knows no holidays "
			  "after December 31, 2028.")),
		"what to do comes first");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "beyond", fresh_server(argc, argv));
	set_contact(&t);
	test_before(&t);
	must(instant_parse(STR("2028-12-23T18:00:00Z"), &t.clock.fixed_ms));
	test_stops(&t);
	test_deletes(&t);
	test_told(&t);
	end(&t);
	return CHECK_DONE();
}
