/*
 * STATEMENT(id, letter, kinds, when, what has to be said, citation, valid)
 *
 * A template marks the place of each by its id; a letter that lacks one that is
 * required cannot be sent.
 */
STATEMENT("receipt-received", RECEIPT, ASKED, ALWAYS,
	"That the request was received, and on which day.", "11 CCR 7021(a)",
	SINCE_CPRA)
STATEMENT("receipt-process", RECEIPT, ASKED, ALWAYS,
	"How the request is handled.", "11 CCR 7021(a)", SINCE_CPRA)
STATEMENT("receipt-verification", RECEIPT, ASKED, VERIFIES,
	"How identity is verified.", "11 CCR 7021(a)", SINCE_CPRA)
STATEMENT("receipt-when", RECEIPT, ASKED, ALWAYS,
	"By which day the answer can be expected.", "11 CCR 7021(a)",
	SINCE_CPRA)

STATEMENT("processed-state", PROCESSED, STOPS, ALWAYS,
	"That the choice is processed and in force.",
	"11 CCR 7025(c)(6), 7026(g), 7027(g)", SINCE_2026)
STATEMENT("processed-check", PROCESSED, STOPS, ALWAYS,
	"How to confirm it later, without an account.", "11 CCR 7026(g)",
	SINCE_2026)

STATEMENT("answer-complied", ANSWER, KIND_BIT(DELETE), ALWAYS,
	"Whether the request was complied with.", "11 CCR 7022(e)", SINCE_CPRA)
STATEMENT("answer-record-kept", ANSWER, KIND_BIT(DELETE), ALWAYS,
	"That a record of the request is kept.",
	"11 CCR 7022(e); Civ. Code 1798.105(c)(2)", SINCE_CPRA)
STATEMENT("answer-kept", ANSWER, KIND_BIT(DELETE), KEPT,
	"What was kept, on what ground, and that it is used for nothing else.",
	"11 CCR 7022(f)", SINCE_CPRA)
STATEMENT("answer-backup", ANSWER, KIND_BIT(DELETE), BACKUP,
	"That copies in backups are erased when they are next used.",
	"11 CCR 7022(d)", SINCE_CPRA)
STATEMENT("answer-not-told", ANSWER, KIND_BIT(DELETE), NOT_TOLD,
	"Which third parties could not be told, and in detail why.",
	"11 CCR 7022(b)(3)", SINCE_CPRA)
STATEMENT("answer-offer-opt-out", ANSWER, KIND_BIT(DELETE), SELLS,
	"Whether the consumer wants to opt out, with the link.",
	"11 CCR 7022(g)", SINCE_CPRA)
STATEMENT("answer-corrected", ANSWER, KIND_BIT(CORRECT), ALWAYS,
	"Whether the information was corrected.", "11 CCR 7023", SINCE_CPRA)
STATEMENT("answer-source", ANSWER, KIND_BIT(CORRECT), ALWAYS,
	"Where the wrong information came from, unless the source was told.",
	"11 CCR 7023(i)", SINCE_2026)
STATEMENT("answer-held", ANSWER, KIND_BIT(KNOW_SPECIFIC), ALWAYS,
	"Which classes are held that may not be disclosed.", "11 CCR 7024(d)",
	SINCE_CPRA)
STATEMENT("answer-sold", ANSWER, KNOWS, ALWAYS,
	"What was sold or shared and what was disclosed, as separate lists.",
	"11 CCR 7024(j), (k), (l); Civ. Code 1798.130(a)(4)", SINCE_CPRA)
STATEMENT("answer-not-searched", ANSWER, KNOWS, SEARCH_SKIP,
	"Which categories were not searched for.", "11 CCR 7024(c)", SINCE_CPRA)
STATEMENT("answer-admt", ANSWER, KIND_BIT(ACCESS_ADMT), ALWAYS,
	"Purpose, logic, outcome and its role, no retaliation, link to rights.",
	"11 CCR 7222", SINCE_ADMT)

STATEMENT("denial-basis", DENIAL, ASKED, ALWAYS,
	"The basis of the denial, in detail, unless a law forbids to tell.",
	"11 CCR 7022(f), 7023(f), 7024(e)", SINCE_CPRA)
STATEMENT("denial-appeal", DENIAL, ASKED, ALWAYS,
	"The reasons, and any right to appeal.", "Civ. Code 1798.145(h)(2)",
	SINCE_CPRA)
STATEMENT("denial-offer-opt-out", DENIAL, KIND_BIT(DELETE), SELLS,
	"Whether the consumer wants to opt out, with the link.",
	"11 CCR 7022(g)", SINCE_CPRA)
STATEMENT("denial-policy", DENIAL, KIND_BIT(KNOW_CATEGORIES), ALWAYS,
	"Where the privacy policy lists the practices.", "11 CCR 7024(b)",
	SINCE_CPRA)
STATEMENT("denial-delete", DENIAL, KIND_BIT(CORRECT), ALWAYS,
	"That the information can be deleted on request, if it can.",
	"11 CCR 7023(f)", SINCE_CPRA)
STATEMENT("denial-health-statement", DENIAL, KIND_BIT(CORRECT), HEALTH,
	"That a statement of up to 250 words can be added.", "11 CCR 7023(f)",
	SINCE_CPRA)
STATEMENT("denial-agent-proof", DENIAL, ASKED | STOPS, AGENT,
	"How the consumer's permission can be shown.",
	"11 CCR 7026(j), 7027(i), 7063(a), 7221(j)", SINCE_CPRA)
STATEMENT("denial-fraud", DENIAL, STOPS, FRAUD,
	"Why the request is believed to be fraudulent.", "11 CCR 7026(e)",
	SINCE_CPRA)

STATEMENT("extension-reason", EXTENSION, ASKED, ALWAYS,
	"The reason for the extension.",
	"11 CCR 7021(b); Civ. Code 1798.145(h)(1)", SINCE_CPRA)
STATEMENT("extension-until", EXTENSION, ASKED, ALWAYS,
	"The new last day, counted from receipt.", "11 CCR 7021(b)", SINCE_CPRA)

STATEMENT("opt-in-second", OPT_IN,
	KIND_BIT(OPT_IN) | KIND_BIT(OPT_IN_SENSITIVE), ALWAYS,
	"That nothing changes until the second, separate act.",
	"11 CCR 7028(a)", SINCE_CPRA)
STATEMENT("opt-in-minor-opt-out", OPT_IN, KIND_BIT(OPT_IN_MINOR), ALWAYS,
	"That one can opt out at any later time, and how.",
	"11 CCR 7070(b), 7071(b)", SINCE_CPRA)
#undef STATEMENT
