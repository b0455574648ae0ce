/*
 * FIELD(code, title, kinds that may ask it, finds a record, citation, valid)
 *
 * Opting out and limiting need no more than what finds the person; a name is
 * not burdensome, a picture of a licence is.  The rows with NEVER are there so
 * that the ban is found, and tested, by name.
 */
FIELD("email", "Email address", EVERY, true, "11 CCR 7026(b), 7060(b), (c)",
	SINCE_CPRA)
FIELD("phone", "Phone number", EVERY, true, "11 CCR 7026(b), 7060(b), (c)",
	SINCE_CPRA)
FIELD("name", "Name", EVERY, false, "11 CCR 7060(b), (c)", SINCE_CPRA)
FIELD("name-address", "Name and postal address together", EVERY, true,
	"11 CCR 7026(b), 7060(b), (c)", SINCE_CPRA)
FIELD("zip", "ZIP code", VERIFIED, false, "11 CCR 7060(c), 7062", SINCE_CPRA)
FIELD("address", "Postal address", VERIFIED, false, "11 CCR 7060(c), 7062",
	SINCE_CPRA)
FIELD("point", "A detail of our own records", VERIFIED, false,
	"11 CCR 7060(c), 7062", SINCE_CPRA)
FIELD("code", "Code sent to the email address or phone", VERIFIED, false,
	"11 CCR 7060(c)", SINCE_CPRA)
FIELD("declaration", "Declaration under penalty of perjury",
	KIND_BIT(KNOW_SPECIFIC) | KIND_BIT(ACCESS_ADMT) | KIND_BIT(DELETE) |
		KIND_BIT(CORRECT), false, "11 CCR 7062(c), (d)", SINCE_CPRA)
FIELD("pieces", "Categories only, or the specific pieces", KNOWS, false,
	"11 CCR 7024", SINCE_CPRA)
FIELD("range", "Range of dates, or everything", KNOWS, false, "11 CCR 7020",
	SINCE_2026)
FIELD("scope", "Everything, or parts of it", KIND_BIT(DELETE), false,
	"11 CCR 7022(h)", SINCE_CPRA)
FIELD("item", "What is wrong", KIND_BIT(CORRECT), false, "11 CCR 7023",
	SINCE_CPRA)
FIELD("should-be", "What is right", KIND_BIT(CORRECT), false, "11 CCR 7023",
	SINCE_CPRA)
FIELD("decision", "The decision, and what speaks against it",
	KIND_BIT(APPEAL_ADMT), false, "11 CCR 7221(b)", SINCE_ADMT)
FIELD("document", "Document in support", KIND_BIT(CORRECT), false,
	"11 CCR 7023(d)", SINCE_CPRA)
FIELD("permission", "An agent's signed permission", EVERY, false,
	"11 CCR 7026(j), 7063(a)", SINCE_CPRA)
FIELD("opt-out", "Opt out as well?", VERIFIED, false, "11 CCR 7022(g)",
	SINCE_CPRA)
FIELD("delivery", "By mail or electronically, and the postal address", VERIFIED,
	false, "Civ. Code 1798.130(a)(2)(A)", SINCE_CPRA)
FIELD("note", "Anything else, in the consumer's words", VERIFIED, false,
	"11 CCR 7020(e)", SINCE_CPRA)
FIELD("ssn", "Social Security number", NEVER, false,
	"11 CCR 7060(c); Civ. Code 1798.81.5", SINCE_CPRA)
FIELD("government-id", "Number or picture of an identity card", NEVER, false,
	"11 CCR 7060(c); Civ. Code 1798.81.5", SINCE_CPRA)
FIELD("card", "Payment card or bank account", NEVER, false,
	"11 CCR 7060(c); Civ. Code 1798.81.5", SINCE_CPRA)
FIELD("selfie", "Picture of the requester", NEVER, false, "11 CCR 7060(b)",
	SINCE_CPRA)
FIELD("notary", "Notarized affidavit", NEVER, false, "11 CCR 7060(e)",
	SINCE_CPRA)
FIELD("password", "New account or its password", NEVER, false,
	"Civ. Code 1798.130(a)(2)(A), 1798.135(c)(1)", SINCE_CPRA)
#undef FIELD
