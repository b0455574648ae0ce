/*
 * STANDING(NAME, code, fits (of the facts f), told, citation, valid)
 *
 * What a company is under the law, whatever its contract calls it.  The first row
 * that fits.  told: after its name.
 */
STANDING(THIRD_PARTY, "third-party", f->is_third_party, "is a third party",
	"Civ. Code 1798.140(ai)", SINCE_CPRA)
STANDING(ADVERTISES, "advertises", f->advertises,
	"advertises across businesses with what it gets, so it is a third party",
	"11 CCR 7050(b)", SINCE_CPRA)
STANDING(NO_CONTRACT, "no-contract", !f->has_contract,
	"has no contract with all that the law wants, so what it gets may be a "
	"sale to it",
	"11 CCR 7051(c)", SINCE_CPRA)
STANDING(SERVICE, "service", true,
	"uses it for the business, under a contract with all that the law wants",
	"11 CCR 7050(a), 7051(a)", SINCE_CPRA)
#undef STANDING
