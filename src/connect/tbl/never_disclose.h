/*
 * NEVER_DISCLOSE(name, what the consumer is told that we hold): the data that
 * no answer to a consumer ever contains (11 CCR 7024(d)).
 */
NEVER_DISCLOSE(ssn, "Social Security number")
NEVER_DISCLOSE(
	government_id, "driver's license or other government-issued number")
NEVER_DISCLOSE(financial_account, "financial account number")
NEVER_DISCLOSE(health_id, "health insurance or medical identification number")
NEVER_DISCLOSE(password, "account password")
NEVER_DISCLOSE(security_answer, "security questions and answers")
NEVER_DISCLOSE(biometric, "unique biometric data")
#undef NEVER_DISCLOSE
