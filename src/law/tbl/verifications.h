/*
 * VERIFICATION(name, code, title, data points, declaration, citation, valid)
 *
 * How sure the business must be who asks.  FORBIDDEN is not a low grade: it is
 * a kind without a check, and no code path may make one.
 */
VERIFICATION(FORBIDDEN, "forbidden", "No identity check is allowed", 0, false,
	"11 CCR 7060(b)", SINCE_CPRA)
VERIFICATION(NONE, "none", "No identity check", 0, false, "11 CCR 7028(a)",
	SINCE_CPRA)
VERIFICATION(REASONABLE, "reasonable",
	"Reasonable degree of certainty: 2 data points", 2, false,
	"11 CCR 7062(b)", SINCE_CPRA)
VERIFICATION(HIGH, "high",
	"Reasonably high degree of certainty: 3 data points and a signed "
	"declaration", 3, true, "11 CCR 7062(c)", SINCE_CPRA)
VERIFICATION(SLIDING, "sliding",
	"Reasonable or reasonably high, by sensitivity and harm", 2, false,
	"11 CCR 7062(d)", SINCE_CPRA)
VERIFICATION(PARENT, "parent",
	"Under 13, a check that the person is the parent; 13 to 15, two steps",
	0, false, "11 CCR 7070, 7071", SINCE_CPRA)
#undef VERIFICATION
