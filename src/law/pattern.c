/* Patterns of fraud, from law/tbl/patterns.h. */
#include "law/pattern.h"

#include "base/base.h"

static const struct pattern_row patterns[] = {
#define PATTERN(NAME, code, by, counted, from, hours, told, citation, valid) \
	{ code, PATTERN_BY_##by, PATTERN_##counted, from, hours, told,       \
		citation, valid },
#include "law/tbl/patterns.h"
};

const struct pattern_row *pattern_row(enum pattern p)
{
	must(p < PATTERNS);
	return &patterns[p];
}

bool pattern_holds(enum pattern p, int64_t n)
{
	return n >= pattern_row(p)->from;
}

int pattern_hours_most(void)
{
	int most = 0;

	for (size_t i = 0; i < COUNTOF(patterns); i++)
		if (patterns[i].hours > most)
			most = patterns[i].hours;
	return most;
}
