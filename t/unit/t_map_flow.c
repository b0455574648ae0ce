/*
 * What a vendor is by its contract and by what it uses the data for (rows P-01, P-02,
 * P-05; 11 CCR 7050, 7051).
 */
#include "connect/map.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

enum { ARENA_MAX = 64 << 20 };

#define CLAUSES "contract: [ c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 ]"

static const char around[] =
	"version: 1\nsystems: []\nvendors:\n"
	"  - { name: v, role: %s, days: 9, email: p@v.example,\n"
	"      receives: [ email ]%s }\n";

static int parse(struct arena *a, const char *role, const char *more,
	struct map *m, struct map_problems *ps)
{
	return map_parse(a, arena_fmt(a, around, role, more), STR("."), m, ps);
}

static const struct {
	const char *role;
	const char *more;
	enum law_standing is;
	enum vendor_role counts_as;
	enum disclosed_as as;
	const char *uses;
	const char *why;
} vendors[] = {
	{ "service_provider", ", " CLAUSES, STANDING_SERVICE,
		ROLE_SERVICE_PROVIDER, DISCLOSED_BUSINESS_PURPOSE, "",
		"a whole contract" },
	{ "service_provider", "", STANDING_NO_CONTRACT, ROLE_THIRD_PARTY,
		DISCLOSED_BUSINESS_PURPOSE, "",
		"7051(c): nothing is said of a contract" },
	{ "service_provider",
		", contract: [ c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 ]",
		STANDING_NO_CONTRACT, ROLE_THIRD_PARTY,
		DISCLOSED_BUSINESS_PURPOSE, "", "one clause is missing" },
	{ "contractor", ", " CLAUSES, STANDING_NO_CONTRACT, ROLE_THIRD_PARTY,
		DISCLOSED_BUSINESS_PURPOSE, "",
		"a contractor certifies, which is one clause more" },
	{ "service_provider",
		", " CLAUSES ", flows: [ { use: contract, categories: [ A, D ] "
		"},\n        { use: security } ]",
		STANDING_SERVICE, ROLE_SERVICE_PROVIDER,
		DISCLOSED_BUSINESS_PURPOSE, "contract (A, D), security",
		"7050(a): grounds of a service provider" },
	{ "service_provider",
		", " CLAUSES ", flows: [ { use: contract },\n"
		"        { use: advertising, categories: [ F ] } ]",
		STANDING_ADVERTISES, ROLE_THIRD_PARTY, DISCLOSED_SHARED,
		"contract, advertising (F)",
		"7050(b): one flow is enough, and what it gets is shared" },
	{ "third_party", ", flows: [ { use: advertising } ]",
		STANDING_THIRD_PARTY, ROLE_THIRD_PARTY, DISCLOSED_SHARED,
		"advertising", "a third party may" },
};

static void what_it_is(struct arena *a, struct map_problems *ps)
{
	for (size_t i = 0; i < COUNTOF(vendors); i++) {
		const struct map_vendor *v;
		struct map m;
		str words;

		must(!parse(a, vendors[i].role, vendors[i].more, &m, ps));
		v = &m.vendors[0];
		words = map_flows_words(a, v);
		CHECK(map_vendor_standing(v) == vendors[i].is, "%s: %d",
			vendors[i].why, (int)map_vendor_standing(v));
		CHECK(map_vendor_counts_as(v) == vendors[i].counts_as, "%s",
			vendors[i].why);
		CHECK(v->disclosed_as == vendors[i].as, "%s", vendors[i].why);
		CHECK(str_eq(words, str_of(vendors[i].uses)), "%s: %.*s",
			vendors[i].why, STR_ARG(words));
	}
}

static void categories_of_flows(struct arena *a, struct map_problems *ps)
{
	struct map m;

	must(!parse(a, "service_provider",
		", flows: [ { use: contract, categories: [ D ] } ]", &m, ps));
	CHECK(m.vendors[0].categories ==
			(MAP_CATEGORY_BIT('A') | MAP_CATEGORY_BIT('D')),
		"what flows is what it gets, with the identifier");
	CHECK(m.vendors[0].sensitive_use == SENSITIVE_NONE,
		"each flow is listed, and none has L");
	must(!parse(a, "service_provider",
		", flows: [ { use: contract, categories: [ D ] },\n"
		"        { use: law } ]",
		&m, ps));
	CHECK(m.vendors[0].sensitive_use == SENSITIVE_OTHER,
		"a flow of all that it gets may have L");
}

static const struct {
	const char *more;
	const char *problem;
	const char *why;
} mistakes[] = {
	{ ", flows: [ { use: marketing } ]", "\"marketing\"",
		"no sixth ground" },
	{ ", flows: [ { categories: [ A ] } ]", "\"use\"",
		"a flow is for something" },
	{ ", " CLAUSES ", disclosed_as: business_purpose,\n"
	  "      flows: [ { use: advertising } ]",
		"is shared with it",
		"7050(b): advertising is no business purpose of ours" },
	{ ", disclosed_as: sold", "is not sold or shared",
		"what is called a service provider buys nothing" },
	{ ", looked_on: last May", "\"looked_on\" is no date", "a day" },
	{ ", looked_on: 2026-02-30", "\"looked_on\" is no date",
		"that there is" },
};

static void what_is_wrong(struct arena *a, struct map_problems *ps)
{
	for (size_t i = 0; i < COUNTOF(mistakes); i++) {
		struct map m;

		*ps = (struct map_problems){ .n = 0 };
		CHECK(parse(a, "service_provider", mistakes[i].more, &m, ps) ==
					-1 &&
				ps->n == 1 &&
				str_find(ps->at[0].text,
					str_of(mistakes[i].problem)) >= 0,
			"%s: %.*s", mistakes[i].why, STR_ARG(ps->at[0].text));
	}
}

static void looked(struct arena *a, struct map_problems *ps)
{
	struct map m;

	*ps = (struct map_problems){ .n = 0 };
	must(!parse(a, "service_provider", ", looked_on: 2026-05-01", &m, ps));
	CHECK(!date_cmp(m.vendors[0].looked_on, (struct date){ 2026, 5, 1 }),
		"7051(e): the day of the last look");
	must(!parse(a, "service_provider", "", &m, ps));
	CHECK(date_is_none(m.vendors[0].looked_on), "or never");
}

int main(void)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);

	what_it_is(a, ps);
	categories_of_flows(a, ps);
	what_is_wrong(a, ps);
	looked(a, ps);
	arena_free(a);
	return CHECK_DONE();
}
