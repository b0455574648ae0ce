/*
 * Ages: 1798.120(c) and 11 CCR 7070 to 7072 (rows M-01 to M-04).
 */
#include "law/minor.h"

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	struct date born_on, day;
	enum minor is;
} ages[] = {
	{ "born today", { 2026, 11, 21 }, { 2026, 11, 21 }, MINOR_UNDER_13 },
	{ "the day before the 13th birthday", { 2013, 11, 22 },
		{ 2026, 11, 21 }, MINOR_UNDER_13 },
	{ "the 13th birthday", { 2013, 11, 21 }, { 2026, 11, 21 }, MINOR_TEEN },
	{ "the day before the 16th", { 2010, 11, 22 }, { 2026, 11, 21 },
		MINOR_TEEN },
	{ "the 16th birthday", { 2010, 11, 21 }, { 2026, 11, 21 },
		MINOR_GROWN },
	{ "a hundred", { 1926, 11, 21 }, { 2026, 11, 21 }, MINOR_GROWN },
	{ "born on February 29: 13 on March 1, the day that protects longer",
		{ 2016, 2, 29 }, { 2029, 2, 28 }, MINOR_UNDER_13 },
	{ "and not later", { 2016, 2, 29 }, { 2029, 3, 1 }, MINOR_TEEN },
	{ "16 on February 29 again", { 2016, 2, 29 }, { 2032, 2, 28 },
		MINOR_TEEN },
	{ "on that day", { 2016, 2, 29 }, { 2032, 2, 29 }, MINOR_GROWN },
};

static const struct {
	const char *why;
	enum minor minor;
	const char *code;
	int from_age, before_age;
	enum minor_consent by;
	int steps;
} rows[] = {
	{ "M-01: the parent, checked", MINOR_UNDER_13, "under-13", 0, 13,
		MINOR_BY_PARENT, 2 },
	{ "M-02: two steps of their own", MINOR_TEEN, "13-to-15", 13, 16,
		MINOR_BY_SELF, 2 },
	{ "nobody has to", MINOR_GROWN, "16-and-over", 16, 200, MINOR_BY_NOBODY,
		0 },
};

static void bands(void)
{
	CHECK(MINOR_END == COUNTOF(rows), "each has a row here");
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct minor_row *r = minor_row(rows[i].minor);

		CHECK(r->minor == rows[i].minor &&
				!strcmp(r->code, rows[i].code) &&
				r->from_age == rows[i].from_age &&
				r->before_age == rows[i].before_age &&
				r->by == rows[i].by &&
				r->steps == rows[i].steps && *r->citation,
			"%s", rows[i].why);
		CHECK(minor_of(str_of(rows[i].code)) == rows[i].minor, "%s",
			rows[i].why);
	}
	CHECK(minor_of(STR("12")) == MINOR_END, "an unknown code");
}

int main(void)
{
	bands();
	for (size_t i = 0; i < COUNTOF(ages); i++)
		CHECK(minor_on(ages[i].born_on, ages[i].day) == ages[i].is,
			"%s", ages[i].why);
	CHECK(!date_cmp(minor_until((struct date){ 2012, 2, 29 }),
		      (struct date){ 2028, 2, 29 }),
		"until the 16th birthday");
	CHECK(!date_cmp(minor_birthday((struct date){ 2010, 1, 31 }, 13),
		      (struct date){ 2023, 1, 31 }),
		"another birthday is the same day");
	/* Nobody under 16 is sold without an opt-in; silence is none. */
	CHECK(!minor_may_be_sold(MINOR_UNDER_13, false) &&
			!minor_may_be_sold(MINOR_TEEN, false),
		"not without an opt-in");
	CHECK(minor_may_be_sold(MINOR_UNDER_13, true) &&
			minor_may_be_sold(MINOR_TEEN, true),
		"with one");
	CHECK(minor_may_be_sold(MINOR_GROWN, false), "from 16 on without");
	return CHECK_DONE();
}
