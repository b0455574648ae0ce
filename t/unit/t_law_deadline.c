/*
 * The dates of requests: every vector and scenario of section 5.3 of the law
 * reference, then the edges of the calendar (leap days, ends of years, daylight
 * time, midnight in California).
 */
#include "law/deadline.h"

#include "base/base.h"
#include "base/err.h"
#include "check.h"
#include "law/calendar.h"

static bool same(struct date a, struct date b)
{
	return !date_cmp(a, b);
}

/* Section 5.3: W6G, W5, W5S, W5G for 10 and 15 days, then 45 and 90. */
static const struct {
	struct date received;
	struct date ten[CALENDAR_END];
	struct date fifteen[CALENDAR_END];
	struct date day_45, day_90;
} vectors[] = {
	{ { 2025, 1, 2 },
		{ { 2025, 1, 14 }, { 2025, 1, 16 }, { 2025, 1, 16 },
			{ 2025, 1, 16 } },
		{ { 2025, 1, 21 }, { 2025, 1, 23 }, { 2025, 1, 24 },
			{ 2025, 1, 24 } },
		{ 2025, 2, 16 }, { 2025, 4, 2 } },
	{ { 2025, 11, 24 },
		{ { 2025, 12, 6 }, { 2025, 12, 8 }, { 2025, 12, 10 },
			{ 2025, 12, 9 } },
		{ { 2025, 12, 12 }, { 2025, 12, 15 }, { 2025, 12, 17 },
			{ 2025, 12, 16 } },
		{ 2026, 1, 8 }, { 2026, 2, 22 } },
	{ { 2025, 12, 22 },
		{ { 2026, 1, 5 }, { 2026, 1, 5 }, { 2026, 1, 7 },
			{ 2026, 1, 7 } },
		{ { 2026, 1, 10 }, { 2026, 1, 12 }, { 2026, 1, 14 },
			{ 2026, 1, 14 } },
		{ 2026, 2, 5 }, { 2026, 3, 22 } },
	{ { 2026, 1, 16 },
		{ { 2026, 1, 29 }, { 2026, 1, 30 }, { 2026, 2, 2 },
			{ 2026, 2, 2 } },
		{ { 2026, 2, 4 }, { 2026, 2, 6 }, { 2026, 2, 9 },
			{ 2026, 2, 9 } },
		{ 2026, 3, 2 }, { 2026, 4, 16 } },
	{ { 2026, 2, 10 },
		{ { 2026, 2, 25 }, { 2026, 2, 24 }, { 2026, 2, 25 },
			{ 2026, 2, 27 } },
		{ { 2026, 3, 3 }, { 2026, 3, 3 }, { 2026, 3, 4 },
			{ 2026, 3, 6 } },
		{ 2026, 3, 27 }, { 2026, 5, 11 } },
	{ { 2026, 3, 27 },
		{ { 2026, 4, 9 }, { 2026, 4, 10 }, { 2026, 4, 13 },
			{ 2026, 4, 13 } },
		{ { 2026, 4, 15 }, { 2026, 4, 17 }, { 2026, 4, 20 },
			{ 2026, 4, 20 } },
		{ 2026, 5, 11 }, { 2026, 6, 25 } },
	{ { 2026, 6, 30 },
		{ { 2026, 7, 13 }, { 2026, 7, 14 }, { 2026, 7, 14 },
			{ 2026, 7, 14 } },
		{ { 2026, 7, 18 }, { 2026, 7, 21 }, { 2026, 7, 21 },
			{ 2026, 7, 21 } },
		{ 2026, 8, 14 }, { 2026, 9, 28 } },
	{ { 2026, 9, 4 },
		{ { 2026, 9, 18 }, { 2026, 9, 18 }, { 2026, 9, 21 },
			{ 2026, 9, 22 } },
		{ { 2026, 9, 24 }, { 2026, 9, 25 }, { 2026, 9, 28 },
			{ 2026, 9, 30 } },
		{ 2026, 10, 19 }, { 2026, 12, 3 } },
	{ { 2026, 11, 21 },
		{ { 2026, 12, 4 }, { 2026, 12, 4 }, { 2026, 12, 8 },
			{ 2026, 12, 7 } },
		{ { 2026, 12, 10 }, { 2026, 12, 11 }, { 2026, 12, 15 },
			{ 2026, 12, 14 } },
		{ 2027, 1, 5 }, { 2027, 2, 19 } },
	{ { 2026, 11, 25 },
		{ { 2026, 12, 8 }, { 2026, 12, 9 }, { 2026, 12, 11 },
			{ 2026, 12, 10 } },
		{ { 2026, 12, 14 }, { 2026, 12, 16 }, { 2026, 12, 18 },
			{ 2026, 12, 17 } },
		{ 2027, 1, 9 }, { 2027, 2, 23 } },
	{ { 2026, 12, 18 },
		{ { 2026, 12, 31 }, { 2027, 1, 1 }, { 2027, 1, 5 },
			{ 2027, 1, 5 } },
		{ { 2027, 1, 7 }, { 2027, 1, 8 }, { 2027, 1, 12 },
			{ 2027, 1, 12 } },
		{ 2027, 2, 1 }, { 2027, 3, 18 } },
	{ { 2027, 1, 14 },
		{ { 2027, 1, 27 }, { 2027, 1, 28 }, { 2027, 1, 29 },
			{ 2027, 1, 29 } },
		{ { 2027, 2, 2 }, { 2027, 2, 4 }, { 2027, 2, 5 },
			{ 2027, 2, 5 } },
		{ 2027, 2, 28 }, { 2027, 4, 14 } },
	{ { 2027, 2, 5 },
		{ { 2027, 2, 20 }, { 2027, 2, 19 }, { 2027, 2, 22 },
			{ 2027, 2, 23 } },
		{ { 2027, 2, 26 }, { 2027, 2, 26 }, { 2027, 3, 1 },
			{ 2027, 3, 2 } },
		{ 2027, 3, 22 }, { 2027, 5, 6 } },
	{ { 2027, 5, 28 },
		{ { 2027, 6, 10 }, { 2027, 6, 11 }, { 2027, 6, 14 },
			{ 2027, 6, 14 } },
		{ { 2027, 6, 16 }, { 2027, 6, 18 }, { 2027, 6, 21 },
			{ 2027, 6, 21 } },
		{ 2027, 7, 12 }, { 2027, 8, 26 } },
	{ { 2027, 10, 28 },
		{ { 2027, 11, 10 }, { 2027, 11, 11 }, { 2027, 11, 12 },
			{ 2027, 11, 15 } },
		{ { 2027, 11, 17 }, { 2027, 11, 18 }, { 2027, 11, 19 },
			{ 2027, 11, 22 } },
		{ 2027, 12, 12 }, { 2028, 1, 26 } },
	{ { 2027, 12, 24 },
		{ { 2028, 1, 7 }, { 2028, 1, 7 }, { 2028, 1, 7 },
			{ 2028, 1, 7 } },
		{ { 2028, 1, 13 }, { 2028, 1, 14 }, { 2028, 1, 14 },
			{ 2028, 1, 14 } },
		{ 2028, 2, 7 }, { 2028, 3, 23 } },
};

static struct date min(struct date a, struct date b)
{
	return date_cmp(a, b) < 0 ? a : b;
}

static void calendars_agree(size_t i)
{
	for (int c = 0; c < CALENDAR_END; c++) {
		const char *name = calendar_row((enum calendar)c)->name;
		struct date ten = { 0 }, fifteen = { 0 };

		CHECK(business_day_add((enum calendar)c, vectors[i].received,
			      10, &ten) &&
				same(ten, vectors[i].ten[c]),
			"vector %zu, 10 %s: %d-%02d-%02d", i, name, ten.year,
			ten.month, ten.day);
		CHECK(business_day_add((enum calendar)c, vectors[i].received,
			      15, &fifteen) &&
				same(fifteen, vectors[i].fifteen[c]),
			"vector %zu, 15 %s: %d-%02d-%02d", i, name,
			fifteen.year, fifteen.month, fifteen.day);
	}
}

/* The same vectors through the rows: safe is min(W6G, W5), outer is W5S. */
static void vectors_hold(void)
{
	for (size_t i = 0; i < COUNTOF(vectors); i++) {
		struct date ten = min(vectors[i].ten[CALENDAR_W6G],
			vectors[i].ten[CALENDAR_W5]);
		struct date fifteen = min(vectors[i].fifteen[CALENDAR_W6G],
			vectors[i].fifteen[CALENDAR_W5]);
		struct deadlines d;
		struct err e = { 0 };

		calendars_agree(i);
		CHECK(!deadlines_of(KIND_DELETE, vectors[i].received, &d, &e),
			"vector %zu: %s", i, e.message);
		CHECK(same(d.confirm_by.on, ten), "vector %zu: confirm", i);
		CHECK(same(d.confirm_by.outer, vectors[i].ten[CALENDAR_W5S]),
			"vector %zu: confirm, outer", i);
		CHECK(same(d.respond_by.on, vectors[i].day_45) &&
				same(d.respond_by.outer, vectors[i].day_45),
			"vector %zu: day 45, no rolling over weekends", i);
		CHECK(same(d.extended.on, vectors[i].day_90),
			"vector %zu: day 90 from receipt", i);
		CHECK(same(d.extend_notice_by.on, vectors[i].day_45),
			"vector %zu: notice inside the first 45 days", i);
		CHECK(date_is_none(d.act_by.on) &&
				date_is_none(d.no_reask_until.on),
			"vector %zu: delete has an answer, not an act", i);
		CHECK(!deadlines_of(KIND_OPT_OUT, vectors[i].received, &d, &e),
			"vector %zu: %s", i, e.message);
		CHECK(same(d.act_by.on, fifteen), "vector %zu: act", i);
		CHECK(same(d.act_by.outer, vectors[i].fifteen[CALENDAR_W5S]),
			"vector %zu: act, outer", i);
		CHECK(date_is_none(d.confirm_by.on) &&
				date_is_none(d.respond_by.on) &&
				date_is_none(d.extended.on),
			"vector %zu: an opt-out has no extension", i);
	}
}

static const struct {
	const char *why;
	enum kind kind;
	const char *received_at; /* an instant, as it came */
	struct date confirm, due, final, no_reask;
} scenarios[] = {
	{ "(a) know, after hours: confirmed, answered on a Saturday, extended",
		KIND_KNOW_SPECIFIC, "2026-11-25T17:30-08:00", { 2026, 12, 8 },
		{ 2027, 1, 9 }, { 2027, 2, 23 }, { 0 } },
	{ "(d) half an hour before midnight in California", KIND_DELETE,
		"2027-01-01T07:30Z", { 2027, 1, 13 }, { 2027, 2, 14 },
		{ 2027, 3, 31 }, { 0 } },
	{ "(d) the same instant with the offset it was written in", KIND_DELETE,
		"2026-12-31T23:30-08:00", { 2027, 1, 13 }, { 2027, 2, 14 },
		{ 2027, 3, 31 }, { 0 } },
	{ "midnight itself is the new day", KIND_DELETE, "2027-01-01T08:00Z",
		{ 2027, 1, 13 }, { 2027, 2, 15 }, { 2027, 4, 1 }, { 0 } },
	{ "(f) opt-out: nobody asks before the day after 12 months",
		KIND_OPT_OUT, "2026-03-27T12:00-07:00", { 0 }, { 2026, 4, 15 },
		{ 0 }, { 2027, 3, 28 } },
	{ "opt-out received on the day of the vectors, a Saturday",
		KIND_OPT_OUT, "2026-11-21T09:00-08:00", { 0 }, { 2026, 12, 10 },
		{ 0 }, { 2027, 11, 22 } },
	{ "limit runs on the same days", KIND_LIMIT, "2026-11-21T09:00-08:00",
		{ 0 }, { 2026, 12, 10 }, { 0 }, { 2027, 11, 22 } },
	{ "daylight time: 07:30Z is half past midnight", KIND_CORRECT,
		"2026-07-01T07:30Z", { 2026, 7, 14 }, { 2026, 8, 15 },
		{ 2026, 9, 29 }, { 0 } },
	{ "standard time: 07:30Z is the evening before", KIND_CORRECT,
		"2026-11-21T07:30Z", { 2026, 12, 3 }, { 2027, 1, 4 },
		{ 2027, 2, 18 }, { 0 } },
	{ "the night clocks go forward", KIND_CORRECT, "2026-03-08T10:00Z",
		{ 2026, 3, 19 }, { 2026, 4, 22 }, { 2026, 6, 6 }, { 0 } },
	{ "the night clocks go back, in the hour that comes twice",
		KIND_CORRECT, "2026-11-01T09:30Z", { 2026, 11, 13 },
		{ 2026, 12, 16 }, { 2027, 1, 30 }, { 0 } },
	{ "45 days over a leap day", KIND_DELETE, "2028-02-01T12:00-08:00",
		{ 2028, 2, 14 }, { 2028, 3, 17 }, { 2028, 5, 1 }, { 0 } },
	{ "received on a leap day: 12 months on there is none", KIND_OPT_OUT,
		"2028-02-29T12:00-08:00", { 0 }, { 2028, 3, 17 }, { 0 },
		{ 2029, 3, 1 } },
	{ "12 months that end on a leap day", KIND_OPT_OUT,
		"2027-02-28T12:00-08:00", { 0 }, { 2027, 3, 17 }, { 0 },
		{ 2028, 2, 29 } },
	{ "a DROP row, while the period is 45 days", KIND_DROP,
		"2026-11-01T12:00-08:00", { 0 }, { 2026, 12, 16 }, { 0 },
		{ 0 } },
	{ "a DROP row under AB 883", KIND_DROP, "2027-01-01T12:00-08:00", { 0 },
		{ 2027, 1, 31 }, { 0 }, { 0 } },
	{ "opting out of ADMT, first day of the right", KIND_OPT_OUT_ADMT,
		"2027-01-01T12:00-08:00", { 0 }, { 2027, 1, 20 }, { 0 },
		{ 2028, 1, 2 } },
	{ "opting in has no date", KIND_OPT_IN, "2026-11-21T09:00-08:00", { 0 },
		{ 0 }, { 0 }, { 0 } },
};

static void scenarios_hold(void)
{
	for (size_t i = 0; i < COUNTOF(scenarios); i++) {
		struct deadlines d = { 0 };
		struct err e = { 0 };
		int64_t at = 0;

		CHECK(instant_parse(str_of(scenarios[i].received_at), &at),
			"%s", scenarios[i].why);
		CHECK(!deadlines_of(
			      scenarios[i].kind, date_pacific(at), &d, &e),
			"%s: %s", scenarios[i].why, e.message);
		CHECK(same(d.confirm_by.on, scenarios[i].confirm),
			"%s: confirm %d-%02d-%02d", scenarios[i].why,
			d.confirm_by.on.year, d.confirm_by.on.month,
			d.confirm_by.on.day);
		CHECK(same(deadlines_due(&d), scenarios[i].due),
			"%s: due %d-%02d-%02d", scenarios[i].why,
			deadlines_due(&d).year, deadlines_due(&d).month,
			deadlines_due(&d).day);
		CHECK(same(deadlines_final(&d), scenarios[i].final),
			"%s: final %d-%02d-%02d", scenarios[i].why,
			deadlines_final(&d).year, deadlines_final(&d).month,
			deadlines_final(&d).day);
		CHECK(same(d.no_reask_until.on, scenarios[i].no_reask),
			"%s: no re-ask %d-%02d-%02d", scenarios[i].why,
			d.no_reask_until.on.year, d.no_reask_until.on.month,
			d.no_reask_until.on.day);
	}
}

/* (b) and (c): verification moves no date, and a late notice is none. */
static void extensions(void)
{
	struct deadlines d, out;
	struct err e = { 0 };

	CHECK(!deadlines_of(KIND_KNOW_SPECIFIC, (struct date){ 2026, 11, 25 },
		      &d, &e),
		"%s", e.message);
	CHECK(same(d.respond_by.on, (struct date){ 2027, 1, 9 }),
		"(b) never verified: the denial is due on day 45");
	CHECK(extension_is_timely(&d, (struct date){ 2027, 1, 9 }),
		"told on day 45");
	CHECK(!extension_is_timely(&d, (struct date){ 2027, 1, 10 }),
		"(c) told on day 46: no extension");
	CHECK(!deadlines_of(
		      KIND_OPT_OUT, (struct date){ 2026, 11, 25 }, &out, &e),
		"%s", e.message);
	CHECK(!extension_is_timely(&out, (struct date){ 2026, 11, 25 }),
		"an opt-out is never extended");
	CHECK(!strcmp(d.rule_id, "respond-45d") &&
			!strcmp(out.rule_id, "opt-out-15bd"),
		"the row of the main clock is kept with the case");
	CHECK(!strcmp(out.confirm_by.rule_id, "") &&
			!strcmp(out.confirm_by.citation, ""),
		"a date that is none has empty strings, not null");
}

static void drop_access(void)
{
	static const struct {
		const char *why;
		struct date last, next;
		const char *rule;
	} rows[] = {
		{ "(e) 45 days", { 2026, 11, 1 }, { 2026, 12, 16 },
			"drop-access-45d" },
		{ "the last day of the old row", { 2026, 11, 16 },
			{ 2026, 12, 31 }, "drop-access-45d" },
		{ "30 days had passed before the new row began: its first day",
			{ 2026, 11, 17 }, { 2027, 1, 1 }, "drop-access-30d" },
		{ "the new row shortens what is running", { 2026, 12, 20 },
			{ 2027, 1, 19 }, "drop-access-30d" },
		{ "30 days", { 2027, 3, 1 }, { 2027, 3, 31 },
			"drop-access-30d" },
	};
	struct deadline d;

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		d = drop_access_due(rows[i].last);
		CHECK(same(d.on, rows[i].next), "%s: %d-%02d-%02d", rows[i].why,
			d.on.year, d.on.month, d.on.day);
		CHECK(!strcmp(d.rule_id, rows[i].rule), "%s: %s", rows[i].why,
			d.rule_id);
	}
	d = clock_end(clock_by_id(STR("drop-access-30d")),
		(struct date){ 2026, 11, 1 });
	CHECK(same(d.on, (struct date){ 2026, 12, 1 }) && !d.lacks_holidays,
		"(e) had the 30-day row applied");
}

static void records(void)
{
	CHECK(same(record_keep_until((struct date){ 2026, 11, 21 }),
		      (struct date){ 2028, 11, 21 }),
		"(g) 24 months from closing");
	CHECK(same(record_keep_until((struct date){ 2028, 2, 29 }),
		      (struct date){ 2030, 2, 28 }),
		"closed on a leap day");
}

static void know_twice(void)
{
	static const struct date answered[] = { { 2026, 6, 1 },
		{ 2026, 1, 10 } };
	static const struct {
		const char *why;
		size_t answers;
		struct date received;
		bool is_used_up;
	} rows[] = {
		{ "(h) the third in 12 months", 2, { 2026, 12, 30 }, true },
		{ "(h) the first answer is 12 months old", 2, { 2027, 1, 11 },
			false },
		{ "the last day inside the window", 2, { 2027, 1, 9 }, true },
		{ "the day 12 months end: answer", 2, { 2027, 1, 10 }, false },
		{ "a second one is owed", 1, { 2026, 6, 2 }, false },
		{ "the first of all", 0, { 2026, 6, 2 }, false },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(know_is_used_up(answered, rows[i].answers,
			      rows[i].received) == rows[i].is_used_up,
			"%s", rows[i].why);
}

/* Whatever a business keeps that it got since then is answered for. */
static void reach(void)
{
	CHECK(same(know_reaches_back_to(), (struct date){ 2022, 1, 1 }),
		"Civ. Code 1798.130(a)(2)(B)");
}

static void minors(void)
{
	static const struct {
		const char *why;
		struct date refused, born, ask;
	} rows[] = {
		{ "12 months come first", { 2026, 11, 21 }, { 2014, 5, 2 },
			{ 2027, 11, 22 } },
		{ "the 16th birthday comes first", { 2026, 11, 21 },
			{ 2011, 5, 2 }, { 2027, 5, 2 } },
		{ "both on one day", { 2026, 11, 21 }, { 2011, 11, 22 },
			{ 2027, 11, 22 } },
		{ "born on a leap day", { 2027, 6, 1 }, { 2012, 2, 29 },
			{ 2028, 2, 29 } },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct date d = reask_minor_on(rows[i].refused, rows[i].born);

		CHECK(same(d, rows[i].ask), "%s: %d-%02d-%02d", rows[i].why,
			d.year, d.month, d.day);
	}
}

static const struct {
	const char *why;
	enum kind kind;
	struct date received;
	enum err_code code;
} refusals[] = {
	{ "no date", KIND_DELETE, { 0 }, ERR_INVALID },
	{ "a day that does not exist", KIND_DELETE, { 2027, 2, 29 },
		ERR_INVALID },
	{ "ADMT on the day before the right begins", KIND_OPT_OUT_ADMT,
		{ 2026, 12, 31 }, ERR_INVALID },
	{ "DROP before brokers had to", KIND_DROP, { 2026, 7, 31 },
		ERR_INVALID },
	{ "before the tables begin", KIND_DELETE, { 2022, 12, 31 },
		ERR_INVALID },
};

static void refused(void)
{
	for (size_t i = 0; i < COUNTOF(refusals); i++) {
		struct deadlines d = { .rule_id = "untouched" };
		struct err e = { 0 };
		int rc = deadlines_of(
			refusals[i].kind, refusals[i].received, &d, &e);

		CHECK(rc == -1 && e.code == refusals[i].code, "%s: %s",
			refusals[i].why, e.message);
		CHECK(!strcmp(d.rule_id, "untouched"), "%s: nothing written",
			refusals[i].why);
	}
}

/* Where the holiday table ends there are dates all the same, none too late. */
static const struct {
	const char *why;
	enum kind kind;
	struct date received, confirm_by, act_by, outer;
	bool lacks;
} ends[] = {
	{ "ten days that the table still reaches", KIND_DELETE,
		{ 2028, 12, 14 }, { 2028, 12, 27 }, { 0 }, { 0 }, false },
	{ "ten that it does not: Saturdays count, no holiday does", KIND_DELETE,
		{ 2028, 12, 23 }, { 2029, 1, 5 }, { 0 }, { 0 }, true },
	{ "an opt-out", KIND_OPT_OUT, { 2028, 12, 23 }, { 0 }, { 2029, 1, 11 },
		{ 2029, 1, 15 }, true },
	{ "far beyond: 15 days from Monday to Saturday", KIND_OPT_OUT,
		{ 2031, 5, 5 }, { 0 }, { 2031, 5, 22 }, { 2031, 5, 26 }, true },
};

static void past_the_holidays(void)
{
	for (size_t i = 0; i < COUNTOF(ends); i++) {
		struct deadlines d;
		struct err e = { 0 };

		CHECK(!deadlines_of(ends[i].kind, ends[i].received, &d, &e),
			"%s: %s", ends[i].why, e.message);
		CHECK(same(d.confirm_by.on, ends[i].confirm_by) &&
				same(d.act_by.on, ends[i].act_by) &&
				same(d.act_by.outer, ends[i].outer),
			"%s: %d-%02d-%02d, %d-%02d-%02d to %d-%02d-%02d",
			ends[i].why, d.confirm_by.on.year,
			d.confirm_by.on.month, d.confirm_by.on.day,
			d.act_by.on.year, d.act_by.on.month, d.act_by.on.day,
			d.act_by.outer.year, d.act_by.outer.month,
			d.act_by.outer.day);
		CHECK(d.lacks_holidays == ends[i].lacks, "%s: it says so",
			ends[i].why);
	}
}

/* Every period of the law, a second time. */
static const struct {
	const char *id;
	int count;
	enum clock_unit unit;
	struct date from;
} periods[] = {
	{ "confirm-10bd", 10, BUSINESS_DAYS, { 2023, 1, 1 } },
	{ "respond-45d", 45, CALENDAR_DAYS, { 2023, 1, 1 } },
	{ "extended-90d", 90, CALENDAR_DAYS, { 2023, 1, 1 } },
	{ "extend-notice-45d", 45, CALENDAR_DAYS, { 2023, 1, 1 } },
	{ "opt-out-15bd", 15, BUSINESS_DAYS, { 2023, 1, 1 } },
	{ "limit-15bd", 15, BUSINESS_DAYS, { 2023, 1, 1 } },
	{ "opt-out-admt-15bd", 15, BUSINESS_DAYS, { 2027, 1, 1 } },
	{ "drop-act-45d", 45, CALENDAR_DAYS, { 2026, 8, 1 } },
	{ "drop-act-30d", 30, CALENDAR_DAYS, { 2027, 1, 1 } },
	{ "opt-out-noask-12m", 12, MONTHS, { 2023, 1, 1 } },
	{ "limit-noask-12m", 12, MONTHS, { 2023, 1, 1 } },
	{ "admt-noask-12m", 12, MONTHS, { 2027, 1, 1 } },
	{ "minor-noask-12m", 12, MONTHS, { 2023, 1, 1 } },
	{ "record-24m", 24, MONTHS, { 2023, 1, 1 } },
	{ "know-2-in-12m", 12, MONTHS, { 2023, 1, 1 } },
	{ "correct-again-6m", 6, MONTHS, { 2023, 1, 1 } },
	{ "hold-90d", 90, CALENDAR_DAYS, { 2023, 1, 1 } },
	{ "emergency-order-3d", 3, CALENDAR_DAYS, { 2023, 1, 1 } },
	{ "drop-access-45d", 45, CALENDAR_DAYS, { 2026, 8, 1 } },
	{ "drop-access-30d", 30, CALENDAR_DAYS, { 2027, 1, 1 } },
	{ "vendor-notice-5bd", 5, BUSINESS_DAYS, { 2023, 1, 1 } },
	{ "vendor-look-12m", 12, MONTHS, { 2023, 1, 1 } },
	{ "policy-12m", 12, MONTHS, { 2023, 1, 1 } },
	{ "no-method-12m", 12, MONTHS, { 2023, 1, 1 } },
};

static void every_period(void)
{
	CHECK(clock_count() == COUNTOF(periods), "each has a row here");
	for (size_t i = 0; i < COUNTOF(periods); i++) {
		const struct clock_row *c = clock_by_id(str_of(periods[i].id));

		CHECK(c && c->count == periods[i].count &&
				c->unit == periods[i].unit,
			"%s", periods[i].id);
		CHECK(c && same(c->valid.from, periods[i].from), "%s: since",
			periods[i].id);
		/* Periods of a request are of kinds, others of none. */
		CHECK(c && (c->kinds != 0) == (c->what <= CLOCK_NO_REASK),
			"%s: whose", periods[i].id);
	}
}

/* No day of the tables has two rows for one thing, and none has a gap. */
static void rows_follow_each_other(void)
{
	for (struct date day = { 2026, 8, 1 }; day.year < 2029;
		day = date_add(day, 1))
		for (size_t i = 0; i < clock_count(); i++) {
			const struct clock_row *c = clock_at(i);
			size_t others = 0;

			if (!valid_on(c->valid, day))
				continue;
			for (size_t j = 0; j < clock_count(); j++)
				others += j != i &&
					  clock_at(j)->what == c->what &&
					  (clock_at(j)->kinds & c->kinds ||
						  !c->kinds) &&
					  valid_on(clock_at(j)->valid, day);
			CHECK(!others, "%s has a rival on %d-%02d-%02d", c->id,
				day.year, day.month, day.day);
		}
	for (size_t i = 0; i < clock_count(); i++) {
		struct date until = clock_at(i)->valid.until;
		bool is_followed = date_is_none(until);

		for (size_t j = 0; j < clock_count() && !is_followed; j++)
			is_followed =
				clock_at(j)->what == clock_at(i)->what &&
				clock_at(j)->kinds == clock_at(i)->kinds &&
				same(clock_at(j)->valid.from,
					date_add(until, 1));
		CHECK(is_followed, "%s ends and nothing follows",
			clock_at(i)->id);
	}
}

/* Later receipt never gives an earlier date, whatever the holidays. */
static void dates_never_go_back(void)
{
	struct deadlines before = { 0 }, d = { 0 };
	struct err e = { 0 };

	for (struct date day = { 2025, 1, 1 }; day.year < 2028;
		day = date_add(day, 1), before = d) {
		CHECK(!deadlines_of(KIND_OPT_OUT, day, &d, &e), "%s",
			e.message);
		CHECK(date_cmp(before.act_by.on, d.act_by.on) <= 0,
			"%d-%02d-%02d", day.year, day.month, day.day);
		CHECK(date_cmp(d.act_by.on, d.act_by.outer) <= 0,
			"safe is not after outer: %d-%02d-%02d", day.year,
			day.month, day.day);
	}
}

int main(void)
{
	vectors_hold();
	scenarios_hold();
	extensions();
	drop_access();
	records();
	know_twice();
	reach();
	minors();
	refused();
	past_the_holidays();
	every_period();
	rows_follow_each_other();
	dates_never_go_back();
	CHECK(!clock_by_id(STR("respond-45")), "a prefix is no row");
	return CHECK_DONE();
}
