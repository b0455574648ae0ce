/*
 * DUTY(id, kinds, recipients, which of them, title, citation, valid)
 *
 * Whom a business has to tell of a request.  ALL: each that has data of the
 * person; SOLD: each that it was sold to or shared with; GAP: each that got it
 * between the request and the day it was carried out; USES: each that uses it for
 * what is stopped.
 */
DUTY("tell-delete-service", KIND_BIT(DELETE), SERVES, ALL,
	"Delete it, and have their own service providers and contractors "
	"delete it",
	"11 CCR 7022(b)(2), (c); Civ. Code 1798.105(c)(3)", SINCE_CPRA)
DUTY("tell-delete-third", KIND_BIT(DELETE), THIRD, SOLD,
	"Delete it, unless telling them is impossible or takes disproportionate "
	"effort, which the consumer is told",
	"11 CCR 7022(b)(3); Civ. Code 1798.105(c)(1)", SINCE_CPRA)
DUTY("tell-correct-service", KIND_BIT(CORRECT), SERVES, ALL,
	"Correct it, and keep it corrected", "11 CCR 7023(c)", SINCE_CPRA)
DUTY("tell-opt-out-third", KIND_BIT(OPT_OUT), THIRD, GAP,
	"Stop selling and sharing it, and pass that on", "11 CCR 7026(f)",
	SINCE_CPRA)
DUTY("tell-limit-service", KIND_BIT(LIMIT), SERVES, USES,
	"Stop the uses that are not permitted", "11 CCR 7027(g)", SINCE_CPRA)
DUTY("tell-limit-third", KIND_BIT(LIMIT), THIRD, GAP,
	"Stop the uses that are not permitted, and pass that on",
	"11 CCR 7027(g)", SINCE_CPRA)
DUTY("tell-admt", KIND_BIT(OPT_OUT_ADMT), SERVES | THIRD, USES,
	"Stop processing it with the technology", "11 CCR 7221(n)", SINCE_ADMT)
DUTY("tell-know-service",
	KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC) |
		KIND_BIT(ACCESS_ADMT), SERVES, ALL,
	"Hand over what they hold of the consumer", "11 CCR 7050, 7051",
	SINCE_CPRA)
DUTY("tell-drop-service", KIND_BIT(DROP), SERVES, ALL,
	"Delete what the hashes match", "Civ. Code 1798.99.86(c); 11 CCR 7613",
	SINCE(2026, 8, 1))
#undef DUTY
