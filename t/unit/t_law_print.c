/*
 * What `toyon law` prints: the lines of a request's dates, and every row of every
 * table, each with an id of its own and a citation.
 */
#include "law/print.h"

#include "base/base.h"
#include "base/err.h"
#include "check.h"

enum { LINES = 6 };

static const struct {
	const char *why;
	const char *kind, *when;
	struct {
		const char *name;
		struct date on;
	} lines[LINES];
} rows[] = {
	{ "(a) of section 5.3", "know", "2026-11-25T17:30-08:00",
		{ { "confirm", { 2026, 12, 8 } }, { "respond", { 2027, 1, 9 } },
			{ "extended", { 2027, 2, 23 } },
			{ "extend_notice_by", { 2027, 1, 9 } },
			{ "outer", { 2026, 12, 11 } } } },
	{ "an opt-out, by day", "opt-out", "2026-11-21",
		{ { "act", { 2026, 12, 10 } },
			{ "no_reask_until", { 2027, 11, 22 } },
			{ "outer", { 2026, 12, 15 } } } },
	{ "(d): the day in California, not in London", "delete",
		"2027-01-01T07:30Z",
		{ { "confirm", { 2027, 1, 13 } },
			{ "respond", { 2027, 2, 14 } },
			{ "extended", { 2027, 3, 31 } },
			{ "extend_notice_by", { 2027, 2, 14 } },
			{ "outer", { 2027, 1, 15 } } } },
	{ "a right that has no date", "opt-in", "2026-11-21", { { 0 } } },
};

static void due(void)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct due_lines l = { .n = 99 };
		struct err e = { 0 };
		size_t n = 0;

		while (n < LINES && rows[i].lines[n].name)
			n++;
		CHECK(!law_due(str_of(rows[i].kind), str_of(rows[i].when), &l,
			      &e),
			"%s: %s", rows[i].why, e.message);
		CHECK(l.n == n, "%s: %zu lines", rows[i].why, l.n);
		for (size_t j = 0; j < n && j < l.n; j++)
			CHECK(!strcmp(l.at[j].name, rows[i].lines[j].name) &&
					!date_cmp(l.at[j].on,
						rows[i].lines[j].on) &&
					*l.at[j].citation && *l.at[j].rule_id,
				"%s: %s %d-%02d-%02d", rows[i].why,
				l.at[j].name, l.at[j].on.year, l.at[j].on.month,
				l.at[j].on.day);
	}
}

static const struct {
	const char *why;
	const char *kind, *when;
	enum err_code code;
} refusals[] = {
	{ "an unknown kind", "forget", "2026-11-21", ERR_USAGE },
	{ "no kind", "", "2026-11-21", ERR_USAGE },
	{ "no date", "delete", "tomorrow", ERR_USAGE },
	{ "nothing for a date", "delete", "", ERR_USAGE },
	{ "an instant without an offset names no day", "delete",
		"2026-11-21T10:00", ERR_USAGE },
	{ "a day that does not exist", "delete", "2026-02-29", ERR_USAGE },
	{ "after the holidays that are known", "opt-out", "2028-12-20",
		ERR_LIMIT },
	{ "before the right", "opt-out-admt", "2026-11-21", ERR_INVALID },
};

static void refused(void)
{
	for (size_t i = 0; i < COUNTOF(refusals); i++) {
		struct due_lines l = { .n = 99 };
		struct err e = { 0 };

		CHECK(law_due(str_of(refusals[i].kind),
			      str_of(refusals[i].when), &l, &e) == -1 &&
				e.code == refusals[i].code,
			"%s: %s", refusals[i].why, e.message);
		CHECK(l.n == 99, "%s: nothing written", refusals[i].why);
		CHECK(*e.hint, "%s: says what to do", refusals[i].why);
	}
}

static void every_row(void)
{
	for (size_t i = 0; i < law_row_count(); i++) {
		const struct law_row *r = law_row_at(i);

		CHECK(law_row_of(str_of(r->id)) == r, "%s is there once",
			r->id);
		CHECK(*r->table && *r->title && *r->citation, "%s is whole",
			r->id);
		CHECK(date_is_valid(r->valid.from) &&
				(date_is_none(r->valid.until) ||
					(date_is_valid(r->valid.until) &&
						date_cmp(r->valid.from,
							r->valid.until) <= 0)),
			"%s is valid from a day on", r->id);
	}
	CHECK(!strcmp(law_row_of(STR("dx8"))->id, "DX8"), "found in any case");
	CHECK(!strcmp(law_row_of(STR("respond-45d"))->text, "45 CALENDAR_DAYS"),
		"a clock says its count in the unit of the law");
	CHECK(!law_row_of(STR("")) && !law_row_of(STR("DX9")), "no such row");
}

int main(void)
{
	due();
	refused();
	every_row();
	return CHECK_DONE();
}
