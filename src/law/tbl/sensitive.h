/*
 * SENSITIVE(code, title, what is in it, citation, valid)
 */
#define AE "Civ. Code 1798.140(ae)"
SENSITIVE("government-id", "Government identifiers",
	"Social Security, driver's license, state ID, passport number", AE,
	SINCE_CPRA)
SENSITIVE("account", "Account access",
	"Log-in, financial account or card number with what is needed to use it",
	AE, SINCE_CPRA)
SENSITIVE("precise-location", "Precise geolocation",
	"A place within a radius of 1,850 feet", AE, SINCE_CPRA)
SENSITIVE("origin", "Racial or ethnic origin", "", AE, SINCE_CPRA)
SENSITIVE("immigration", "Citizenship or immigration status", "",
	AE, SINCE(2024, 1, 1))
SENSITIVE("belief", "Religious or philosophical beliefs", "", AE, SINCE_CPRA)
SENSITIVE("union", "Union membership", "", AE, SINCE_CPRA)
SENSITIVE("messages", "Contents of messages",
	"Mail, email and texts that were not addressed to the business", AE,
	SINCE_CPRA)
SENSITIVE("genetic", "Genetic data", "", AE, SINCE_CPRA)
SENSITIVE("neural", "Neural data", "Measured from the nervous system", AE,
	SINCE(2025, 1, 1))
SENSITIVE("biometric", "Biometrics used to identify", "", AE, SINCE_CPRA)
SENSITIVE("health", "Health", "", AE, SINCE_CPRA)
SENSITIVE("sex", "Sex life or sexual orientation", "", AE, SINCE_CPRA)
SENSITIVE("minor", "Consumers known to be under 16",
	"Any data of a consumer the business knows to be under 16",
	"11 CCR 7001(bbb)", SINCE_2026)
#undef AE
#undef SENSITIVE
