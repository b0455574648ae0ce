/*
 * What an authorized agent shows, and whom the business may ask then: each kind with
 * each proof (11 CCR 7026(j), 7063(a)).
 */
#include "law/proof.h"

#include "check.h"

#include "base/base.h"

static const struct {
	enum kind kind;
	bool asks; /* with a signed permission */
	const char *why;
} kinds[] = {
	{ KIND_KNOW_CATEGORIES, true, "7063(a)" },
	{ KIND_KNOW_SPECIFIC, true, "7063(a)" },
	{ KIND_DELETE, true, "7063(a)" },
	{ KIND_CORRECT, true, "7063(a)" },
	{ KIND_ACCESS_ADMT, true, "7063(a), as know" },
	{ KIND_APPEAL_ADMT, true, "verified as the others" },
	{ KIND_OPT_OUT, false, "the permission is enough, 7026(j)" },
	{ KIND_LIMIT, false, "the permission is enough, 7027(i)" },
	{ KIND_OPT_OUT_ADMT, false, "the permission is enough, 7221(j)" },
	{ KIND_OPT_IN, false, "opting in has its own second act, 7028(a)" },
	{ KIND_OPT_IN_SENSITIVE, false, "and this one, too" },
	{ KIND_OPT_IN_MINOR, false, "a parent's check, 7070" },
	{ KIND_DROP, false, "consumers are never contacted" },
};

static void whom_to_ask(void)
{
	CHECK(COUNTOF(kinds) == KIND_END - 1, "every kind is here");
	for (size_t i = 0; i < COUNTOF(kinds); i++) {
		enum kind k = kinds[i].kind;

		CHECK(proof_asks_consumer(PROOF_SIGNED, k) == kinds[i].asks,
			"%s: %s", kind_code(k), kinds[i].why);
		CHECK(!proof_asks_consumer(PROOF_POWER, k),
			"%s: a power of attorney is asked nothing beside",
			kind_code(k));
		CHECK(!proof_asks_consumer(PROOF_NONE, k),
			"%s: without proof nobody is written to", kind_code(k));
		CHECK(kind_is_verified(k) ||
				!proof_asks_consumer(PROOF_SIGNED, k),
			"%s: what is not verified asks no consumer",
			kind_code(k));
	}
}

static void codes(void)
{
	enum proof p = PROOF_POWER;

	CHECK((enum proof)0 == PROOF_NONE, "zero: nothing was shown");
	for (int i = 0; i < PROOF_END; i++) {
		const struct proof_row *row = proof_row((enum proof)i);

		CHECK(row->proof == (enum proof)i && *row->citation, "row %d",
			i);
		CHECK(proof_of(str_of(row->code), &p) && p == row->proof,
			"%s is read back", row->code);
	}
	CHECK(!proof_of(STR("SIGNED"), &p) && !proof_of(STR(""), &p),
		"another word is none");
}

int main(void)
{
	whom_to_ask();
	codes();
	return CHECK_DONE();
}
