/*
 * NEVER_DISCLOSE(code, title, what the answer says instead, citation, valid)
 *
 * No answer holds a value of these classes; it says, in particular enough
 * words, that the business holds one.
 */
NEVER_DISCLOSE("ssn", "Social Security number",
	"We hold your Social Security number.", "11 CCR 7024(d)", SINCE_CPRA)
NEVER_DISCLOSE("government-id", "Driver's license or other government number",
	"We hold your driver's license or another government number.",
	"11 CCR 7024(d)", SINCE_CPRA)
NEVER_DISCLOSE("financial-account", "Financial account number",
	"We hold the number of a financial account of yours.", "11 CCR 7024(d)",
	SINCE_CPRA)
NEVER_DISCLOSE("health-id", "Health insurance or medical number",
	"We hold your health insurance or medical identification number.",
	"11 CCR 7024(d)", SINCE_CPRA)
NEVER_DISCLOSE("password", "Account password",
	"We hold the password of your account.", "11 CCR 7024(d)", SINCE_CPRA)
NEVER_DISCLOSE("security-answer", "Security question and answer",
	"We hold a security question of yours and its answer.",
	"11 CCR 7024(d)", SINCE_CPRA)
NEVER_DISCLOSE("biometric", "Unique biometric data",
	"We hold unique biometric data of yours, measured from a body.",
	"11 CCR 7024(d)", SINCE_CPRA)
#undef NEVER_DISCLOSE
