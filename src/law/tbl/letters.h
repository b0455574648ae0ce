/*
 * LETTER(name, code, title, citation, valid): the letters a consumer can get.
 */
LETTER(RECEIPT, "receipt", "We have your request", "11 CCR 7021(a)", SINCE_CPRA)
LETTER(PROCESSED, "processed", "Your choice is in force",
	"11 CCR 7026(g), 7027(g)", SINCE_2026)
LETTER(ANSWER, "answer", "Our answer", "11 CCR 7022(e), 7023, 7024",
	SINCE_CPRA)
LETTER(DENIAL, "denial", "We cannot do what you asked",
	"11 CCR 7022(f), 7023(f), 7024(e)", SINCE_CPRA)
LETTER(EXTENSION, "extension", "We need more time",
	"11 CCR 7021(b); Civ. Code 1798.145(h)(1)", SINCE_CPRA)
LETTER(OPT_IN, "opt-in", "Confirm that you opt back in", "11 CCR 7028(a)",
	SINCE_CPRA)
#undef LETTER
