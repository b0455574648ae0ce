/*
 * What an erasure leaves standing, as the letter has to name it: what the map
 * keeps, and what is about someone else as well.
 */
#include "job/job.h"

#include "check.h"
#include "connect/erase.h"

enum { TABLES = 2 };

static const struct {
	const char *why;
	int64_t kept, shared;
	size_t n;
	const char *ground, *purpose;
	int64_t rows;
} cases[] = {
	{ "all of it goes", 0, 0, 0, "", "", 0 },
	{ "the map keeps it", 3, 0, 1, "DX8", "tax records", 3 },
	{ "someone else's too", 0, 2, 1, "EX_THIRD_PARTY_RIGHTS", "", 2 },
	{ "both: the one that the map keeps first", 1, 2, 2, "DX8",
		"tax records", 1 },
};

int main(void)
{
	struct arena *a = arena_new(1 << 20);
	struct map_table tables[TABLES] = {
		{ .name = STR("invoice"),
			.holds = STR("Invoices"),
			.exception = STR("DX8"),
			.about.purpose = STR("tax records") },
		{ .name = STR("note"), .holds = STR("Notes") },
	};
	struct map_system s = {
		.title = STR("CRM"), .tables = tables, .tables_n = TABLES
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		int64_t kept[TABLES] = { cases[i].kept };
		int64_t shared[TABLES] = { cases[i].shared };
		struct erase_plan plan = {
			.system = &s, .kept = kept, .shared = shared
		};
		struct erased out = { 0 };

		fulfil_kept(a, &plan, &out);
		CHECK(out.kept.n == cases[i].n, "%s: %zu", cases[i].why,
			out.kept.n);
		if (!out.kept.n)
			continue;
		CHECK(str_eq(out.kept.at[0].what, STR("Invoices (CRM)")) &&
				str_eq(out.kept.at[0].ground,
					str_of(cases[i].ground)) &&
				str_eq(out.kept.at[0].purpose,
					str_of(cases[i].purpose)) &&
				out.kept.at[0].rows == cases[i].rows,
			"%s: %.*s", cases[i].why,
			STR_ARG(out.kept.at[0].ground));
	}
	arena_free(a);
	return CHECK_DONE();
}
