/*
 * PATTERN(NAME, code, by, counted, from how many on, hours, told, citation, valid)
 *
 * What looks like fraud in requests that are verified: so many of `counted` among the
 * requests that share `by`, within so many hours.  The law wants fraud looked for and
 * sets no number: the numbers are ours, high enough that a family, an office or a
 * library stays below them.  told: after the number.
 */
PATTERN(CROWD, "crowd", NETWORK, ADDRESSES, 10, 24,
	"different addresses asked from one network within a day of this one",
	"11 CCR 7060(f), (g)", SINCE_CPRA)
PATTERN(STRANGER, "stranger", NETWORK, MISMATCHES, 3, 720,
	"requests from one network within 30 days of this one named details that are "
	"not what is held",
	"11 CCR 7060(f), (g)", SINCE_CPRA)
PATTERN(NAMES, "names", MAILBOX, NAMES, 3, 720,
	"different names asked with one mailbox within 30 days of this one",
	"11 CCR 7060(f), (g)", SINCE_CPRA)
PATTERN(SPELLINGS, "spellings", MAILBOX, ADDRESSES, 3, 720,
	"spellings of one mailbox asked within 30 days of this one",
	"11 CCR 7060(f), (g)", SINCE_CPRA)
PATTERN(FLOOD, "flood", MAILBOX, REQUESTS, 6, 24,
	"requests came for one mailbox within a day of this one",
	"11 CCR 7060(f), (g)", SINCE_CPRA)
#undef PATTERN
