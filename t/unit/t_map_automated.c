/*
 * What the data map says of automated decisions and of contracts (rows G-01, G-03,
 * D-03, C1 to C12).
 */
#include "connect/map.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

enum { ARENA_MAX = 64 << 20 };

static const char around[] =
	"version: 1\nsystems: []\nvendors:\n"
	"  - { name: scorer, role: %s, days: 9, email: p@s.example,\n"
	"      receives: [ email ]%s }\nautomated:\n%s";

static int parse(struct arena *a, const char *role, const char *vendor,
	const char *uses, struct map *m, struct map_problems *ps)
{
	return map_parse(
		a, arena_fmt(a, around, role, vendor, uses), STR("."), m, ps);
}

static const struct {
	const char *uses;
	const char *problem; /* a piece of it; NULL: none */
	const char *why;
} cases[] = {
	{ "  - { name: x, decision: finance, purpose: p }\n", NULL, "least" },
	{ "  - { name: x, decision: advertising, purpose: p }\n",
		"\"advertising\"", "advertising is no significant decision" },
	{ "  - { name: x, decision: finance }\n", "\"purpose\"",
		"what it is for is told (7222)" },
	{ "  - { name: x, decision: housing, purpose: p,\n"
	  "      exception: ability }\n",
		"needs \"evidence\"", "no exception without its test" },
	{ "  - { name: x, decision: housing, purpose: p,\n"
	  "      exception: ability, evidence: File 9 }\n",
		NULL, "with it" },
	{ "  - { name: x, decision: housing, purpose: p, exception: appeal }\n",
		NULL, "an appeal needs no test" },
	{ "  - { name: x, decision: housing, purpose: p, exception: cost }\n",
		"\"cost\"", "there are three" },
	{ "  - { name: x, decision: health, purpose: p, vendors: [ other ] }\n",
		"there is no vendor \"other\"", "who processes is known" },
	{ "  - { name: x, decision: health, purpose: p }\n"
	  "  - { name: x, decision: finance, purpose: p }\n",
		"a second automated use", "names are asked for" },
	{ "  - { name: sale, decision: health, purpose: p }\n",
		"is a word of the law", "`--for sale` means to sell" },
};

static void uses(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		int rc = parse(a, "contractor", "", cases[i].uses, &m, ps);
		bool is_as_said =
			cases[i].problem
				? rc == -1 &&
					  str_find(ps->at[0].text,
						  str_of(cases[i].problem)) >= 0
				: rc == 0 && m.automated_n == 1;

		CHECK(is_as_said, "%s: %d", cases[i].why, rc);
	}
	arena_free(a);
}

static void what_is_read(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;
	const struct map_automated *use;

	must(!parse(a, "contractor", "",
		"  - { name: x, title: Loans, decision: finance, purpose: p,\n"
		"      human: [ understands, decides ], vendors: [ scorer ] }\n",
		&m, ps));
	use = map_automated_named(&m, STR("x"));
	CHECK(use && str_eq(use->title, STR("Loans")) &&
			str_eq(use->decision, STR("finance")) &&
			use->vendors_n == 1 &&
			str_eq(use->vendors[0], STR("scorer")) &&
			!use->is_human && map_automated_stops(use),
		"two of three make no person who decides");
	CHECK(!map_automated_named(&m, STR("y")), "no other");
	arena_free(a);
}

static const struct {
	const char *role;
	const char *contract;
	const char *lacks;
	const char *why;
} contracts[] = {
	{ "service_provider", "",
		"c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11",
		"nothing is known; only contractors certify" },
	{ "contractor", ", contract: [ c1, c2, c3, c4, c5, c6, c7, c8, c9 ]",
		"c10, c11, c12", "a contractor certifies (1798.140(j))" },
	{ "third_party", "", "c2, c3, c6, c7, c8, c9", "7053(a)" },
	{ "third_party", ", contract: [ c2, c3, c6, c7, c8, c9 ]", "",
		"all that 7053(a) wants" },
	{ "service_provider",
		", contract: [ c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 ]",
		"", "all that 7051(a) wants" },
};

static void clauses(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m;

	for (size_t i = 0; i < COUNTOF(contracts); i++) {
		str lacks;

		must(!parse(a, contracts[i].role, contracts[i].contract,
			"  []\n", &m, ps));
		lacks = map_contract_lacks(a, &m.vendors[0]);
		CHECK(str_eq(lacks, str_of(contracts[i].lacks)), "%s: %.*s",
			contracts[i].why, STR_ARG(lacks));
	}
	CHECK(parse(a, "contractor", ", contract: [ c13 ]", "  []\n", &m, ps) ==
			-1,
		"there are twelve");
	arena_free(a);
}

int main(void)
{
	uses();
	what_is_read();
	clauses();
	return CHECK_DONE();
}
