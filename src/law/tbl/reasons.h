/*
 * REASON(bit, name, code, title, sentence, forbids, citation, valid)
 *
 * The bits are on disk, in the suppression log and the index: never renumber,
 * never reuse.
 */
REASON(0, OPT_OUT, "opt-out", "Opted out of sale and sharing",
	"opted out: do not sell or share", FORBIDS_SALE,
	"Civ. Code 1798.120; 11 CCR 7026(f)", SINCE_CPRA)
REASON(1, LIMIT, "limit", "Limited the use of sensitive information",
	"limited: use sensitive information only as 11 CCR 7027(m) allows",
	FORBIDS_SENSITIVE, "Civ. Code 1798.121; 11 CCR 7027(g)", SINCE_CPRA)
REASON(2, DELETED, "deleted", "Deleted at the consumer's request",
	"deleted: do not store, sell or share again",
	FORBIDS_SALE | FORBIDS_SENSITIVE | FORBIDS_KEEPING | FORBIDS_ADMT |
		FORBIDS_OTHER,
	"Civ. Code 1798.105(c)(2); 11 CCR 7022(e)", SINCE_CPRA)
REASON(3, MINOR, "minor", "Under 16 without an opt-in",
	"under 16 and not opted in: do not sell or share", FORBIDS_SALE,
	"Civ. Code 1798.120(c); 11 CCR 7070, 7071", SINCE_CPRA)
REASON(4, DROP, "drop", "Deleted through the State's platform",
	"deleted through DROP: do not store, sell or share again",
	FORBIDS_SALE | FORBIDS_SENSITIVE | FORBIDS_KEEPING | FORBIDS_ADMT |
		FORBIDS_OTHER,
	"Civ. Code 1798.99.86(d)", SINCE(2026, 8, 1))
REASON(5, DROP_OPT_OUT, "drop-opt-out", "Opted out through the State's platform",
	"opted out through DROP: do not sell or share", FORBIDS_SALE,
	"11 CCR 7613(a)(2)(B)", SINCE(2026, 8, 1))
REASON(6, ADMT, "opt-out-admt", "Opted out of automated decisions",
	"opted out of automated decisionmaking technology", FORBIDS_ADMT,
	"11 CCR 7221", SINCE_ADMT)
REASON(7, MANUAL, "manual", "Suppressed by staff",
	"suppressed by decision of the business: do not sell or share",
	FORBIDS_SALE, "decision of the business", SINCE_CPRA)
REASON(8, NO_NOTICE, "no-notice", "Collected while no notice was posted",
	"collected while no opt-out notice was posted: do not sell or share "
	"without consent", FORBIDS_SALE, "11 CCR 7013(h)", SINCE_CPRA)
REASON(9, HOLD, "hold", "Held for law enforcement",
	"held for law enforcement: do not delete, and use for nothing else",
	FORBIDS_SALE | FORBIDS_SENSITIVE | FORBIDS_ADMT | FORBIDS_OTHER,
	"Civ. Code 1798.145(a)", SINCE_CPRA)

/*
 * Purpose locks: data that stays under an exception may be used for that purpose
 * and for nothing else, and vendors are told so.  Which purpose each of them is,
 * the installation's record says (desk/purpose.h).
 */
#define LOCK(n)                                                               \
	REASON(15 + (n), LOCK_##n, "lock-" #n, "Kept for one purpose only",   \
		"kept under an exception: use it for that purpose only",      \
		FORBIDS_SALE | FORBIDS_SENSITIVE | FORBIDS_ADMT |             \
			FORBIDS_OTHER,                                        \
		"11 CCR 7022(f); Civ. Code 1798.105(d)", SINCE_CPRA)
LOCK(1)
LOCK(2)
LOCK(3)
LOCK(4)
LOCK(5)
LOCK(6)
LOCK(7)
LOCK(8)
#undef LOCK
#undef REASON
