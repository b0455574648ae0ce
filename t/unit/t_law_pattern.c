/*
 * Patterns of fraud (row V-11, 11 CCR 7060(f), (g)): the numbers are ours, so each is
 * written down here a second time.
 */
#include "law/pattern.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

static const struct {
	enum pattern is;
	const char *code;
	enum pattern_by by;
	enum pattern_counted counted;
	int from;
	int hours;
	const char *why;
} rows[] = {
	{ PATTERN_IS_CROWD, "crowd", PATTERN_BY_NETWORK, PATTERN_ADDRESSES, 10,
		24, "more people than a household on one day" },
	{ PATTERN_IS_STRANGER, "stranger", PATTERN_BY_NETWORK,
		PATTERN_MISMATCHES, 3, 720, "who guesses, guesses again" },
	{ PATTERN_IS_NAMES, "names", PATTERN_BY_MAILBOX, PATTERN_NAMES, 3, 720,
		"two may share a mailbox" },
	{ PATTERN_IS_SPELLINGS, "spellings", PATTERN_BY_MAILBOX,
		PATTERN_ADDRESSES, 3, 720, "many addresses that are one" },
	{ PATTERN_IS_FLOOD, "flood", PATTERN_BY_MAILBOX, PATTERN_REQUESTS, 6,
		24, "of each kind one is no flood" },
};

int main(void)
{
	CHECK(COUNTOF(rows) == PATTERNS, "each has a row here");
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct pattern_row *r = pattern_row(rows[i].is);

		CHECK(!strcmp(r->code, rows[i].code) && r->by == rows[i].by &&
				r->counted == rows[i].counted &&
				r->from == rows[i].from &&
				r->hours == rows[i].hours,
			"%s", rows[i].why);
		CHECK(*r->told && r->valid.from.year == 2023 &&
				!strcmp(r->citation, "11 CCR 7060(f), (g)"),
			"%s: is whole", rows[i].code);
		CHECK(!pattern_holds(rows[i].is, rows[i].from - 1) &&
				pattern_holds(rows[i].is, rows[i].from) &&
				pattern_holds(rows[i].is, rows[i].from + 1),
			"%s: from the number on", rows[i].code);
	}
	CHECK(pattern_hours_most() == 720, "30 days: %d", pattern_hours_most());
	return CHECK_DONE();
}
