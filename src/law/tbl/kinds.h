/*
 * KIND(name, code, path, title, phrase, flow, verification, receipt confirmed
 *      by a letter, most fields a form may require, citation, valid)
 *
 * Fields: one identifier for what must be found, then the data points of the
 * grade; correct adds what is wrong and what is right.  Opting out in the
 * browser needs none; the one is for records held under an identifier.
 */
KIND(KNOW_CATEGORIES, "know-categories", "know", "Know",
	"know the categories", TELL, REASONABLE, true, 2,
	"11 CCR 7024; Civ. Code 1798.110", SINCE_CPRA)
KIND(KNOW_SPECIFIC, "know-specific", "know", "Know",
	"know the specific pieces", TELL, HIGH, true, 3,
	"11 CCR 7024; Civ. Code 1798.110", SINCE_CPRA)
KIND(DELETE, "delete", "delete", "Delete",
	"delete personal information", ERASE, SLIDING, true, 2,
	"11 CCR 7022; Civ. Code 1798.105", SINCE_CPRA)
KIND(CORRECT, "correct", "correct", "Correct",
	"correct personal information", CORRECT, SLIDING, true, 3,
	"11 CCR 7023; Civ. Code 1798.106", SINCE_CPRA)
KIND(OPT_OUT, "opt-out", "opt-out", "Opt-out",
	"opt out of sale and sharing", STOP, FORBIDDEN, false, 1,
	"11 CCR 7025, 7026; Civ. Code 1798.120, 1798.135", SINCE_CPRA)
KIND(LIMIT, "limit", "limit", "Limit",
	"limit the use of sensitive personal information", STOP, FORBIDDEN,
	false, 1, "11 CCR 7027; Civ. Code 1798.121", SINCE_CPRA)
KIND(OPT_IN, "opt-in", "opt-in", "Opt-in",
	"opt in to sale and sharing", OPT_IN, NONE, false, 1,
	"11 CCR 7028", SINCE_CPRA)
KIND(OPT_IN_SENSITIVE, "opt-in-sensitive", "opt-in", "Sensitive opt-in",
	"allow the use of sensitive personal information again", OPT_IN, NONE,
	false, 1, "11 CCR 7028", SINCE_CPRA)
KIND(OPT_IN_MINOR, "opt-in-minor", "child", "Minor opt-in",
	"opt a consumer under 16 in to sale and sharing", OPT_IN_MINOR, PARENT,
	false, 2, "11 CCR 7070, 7071; Civ. Code 1798.120(c)", SINCE_CPRA)
KIND(OPT_OUT_ADMT, "opt-out-admt", "opt-out-admt", "ADMT opt-out",
	"opt out of automated decisionmaking technology", STOP, FORBIDDEN,
	false, 1, "11 CCR 7221", SINCE_ADMT)
KIND(ACCESS_ADMT, "access-admt", "access-admt", "ADMT access",
	"access information about automated decisionmaking technology",
	EXPLAIN, HIGH, true, 3, "11 CCR 7222", SINCE_ADMT)
KIND(APPEAL_ADMT, "appeal-admt", "appeal-admt", "ADMT appeal",
	"appeal an automated decision", EXPLAIN, REASONABLE, true, 3,
	"11 CCR 7221(b)", SINCE_ADMT)
KIND(DROP, "drop", "drop", "DROP",
	"delete, as the State's platform lists", BATCH, FORBIDDEN, false, 0,
	"Civ. Code 1798.99.86", SINCE(2026, 8, 1))
#undef KIND
