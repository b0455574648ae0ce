/*
 * UNVERIFIED(id, kinds, what must hold of the facts f, what is done, sentence,
 *            citation, valid)
 *
 * What the law has for a request whose requester could not be verified by the day
 * on which the answer is due.  The first row of a kind that fits; the sentence
 * stands behind "If not verified: " on the pages of staff.
 */
UNVERIFIED("unverified-pieces", KIND_BIT(KNOW_SPECIFIC), f->is_enough_for_less,
	AS_CATEGORIES, "answered with the kinds of information only",
	"11 CCR 7024(a)", SINCE_CPRA)
UNVERIFIED("unverified-know",
	KIND_BIT(KNOW_SPECIFIC) | KIND_BIT(KNOW_CATEGORIES), true, DENIED,
	"denied, and the letter points to the privacy policy",
	"11 CCR 7024(a), (b)", SINCE_CPRA)
UNVERIFIED("unverified-delete-offer", KIND_BIT(DELETE),
	f->sells && !f->is_opted_out, DENIED,
	"denied, and the letter offers to opt out of sale and sharing",
	"11 CCR 7022(a), (g)", SINCE_CPRA)
UNVERIFIED("unverified-delete", KIND_BIT(DELETE), true, DENIED,
	"denied, and the letter says so", "11 CCR 7022(a)", SINCE_CPRA)
UNVERIFIED("unverified-correct", KIND_BIT(CORRECT), true, DENIED,
	"denied, and the letter says so", "11 CCR 7023(a)", SINCE_CPRA)
UNVERIFIED("unverified-admt", KIND_BIT(ACCESS_ADMT) | KIND_BIT(APPEAL_ADMT),
	true, DENIED, "denied, and the letter says so",
	"11 CCR 7060, 7062, 7222", SINCE_ADMT)
#undef UNVERIFIED
