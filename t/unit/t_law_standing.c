/*
 * What a company is under the law (rows P-02, P-05; 11 CCR 7050(b), 7051(c)).
 */
#include "law/standing.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

static const struct {
	struct standing_facts facts;
	enum law_standing is;
	const char *code;
	const char *citation;
	bool may_be_sale;
	bool is_in_doubt;
	const char *why;
} cases[] = {
	{ { .has_contract = true }, STANDING_SERVICE, "service",
		"11 CCR 7050(a), 7051(a)", false, false,
		"a whole contract and no advertising" },
	{ { 0 }, STANDING_NO_CONTRACT, "no-contract", "11 CCR 7051(c)", true,
		true, "nothing is known: what it gets may be a sale" },
	{ { .has_contract = true, .advertises = true }, STANDING_ADVERTISES,
		"advertises", "11 CCR 7050(b)", true, true,
		"no contract makes advertising across businesses a service" },
	{ { .advertises = true }, STANDING_ADVERTISES, "advertises",
		"11 CCR 7050(b)", true, true,
		"what a contract would not mend is said first" },
	{ { .is_third_party = true, .has_contract = true, .advertises = true },
		STANDING_THIRD_PARTY, "third-party", "Civ. Code 1798.140(ai)",
		true, false, "what says so of itself is in no doubt" },
	{ { .is_third_party = true }, STANDING_THIRD_PARTY, "third-party",
		"Civ. Code 1798.140(ai)", true, false, "the same without" },
};

int main(void)
{
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		enum law_standing s = standing_of(&cases[i].facts);
		const struct standing_row *row = standing_row(s);

		CHECK(s == cases[i].is, "%s", cases[i].why);
		CHECK(!strcmp(row->code, cases[i].code) &&
				!strcmp(row->citation, cases[i].citation) &&
				*row->told && row->valid.from.year == 2023,
			"%s: %s", cases[i].why, row->code);
		CHECK(standing_may_be_sale(s) == cases[i].may_be_sale, "%s",
			cases[i].why);
		CHECK(standing_is_in_doubt(s) == cases[i].is_in_doubt, "%s",
			cases[i].why);
	}
	return CHECK_DONE();
}
