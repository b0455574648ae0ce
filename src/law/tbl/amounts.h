/*
 * AMOUNT(id, what, count, unit, title, citation, valid)
 *
 * Figures of the law that are no period of time.  Sums of money follow the prices
 * each January of an odd year (Civ. Code 1798.199.95(d)): a row ends on the last
 * day before, and the next one is written when it is published.  Until then the
 * figure is not known, and nobody guesses.
 */
AMOUNT("revenue-2023", REVENUE, 25000000, DOLLARS,
	"Gross revenue of last year, above which a company is a business",
	"Civ. Code 1798.140(d)", BETWEEN(2023, 1, 1, 2024, 12, 31))
AMOUNT("revenue-2025", REVENUE, 26625000, DOLLARS,
	"Gross revenue of last year, above which a company is a business",
	"Civ. Code 1798.140(d), 1798.199.95(d)",
	BETWEEN(2025, 1, 1, 2026, 12, 31))
AMOUNT("consumers-100000", CONSUMERS, 100000, PEOPLE,
	"Consumers or households bought, sold or shared in a year, from which a "
	"company is a business", "Civ. Code 1798.140(d)", SINCE_CPRA)
AMOUNT("revenue-share-50", REVENUE_SHARE, 50, PERCENT,
	"Share of revenue from selling or sharing, from which a company is a "
	"business", "Civ. Code 1798.140(d)", SINCE_CPRA)
AMOUNT("fine-2023", FINE, 2500, DOLLARS, "Fine for each violation, at most",
	"Civ. Code 1798.155, 1798.199.55, 1798.199.90",
	BETWEEN(2023, 1, 1, 2024, 12, 31))
AMOUNT("fine-2025", FINE, 2663, DOLLARS, "Fine for each violation, at most",
	"Civ. Code 1798.155, 1798.199.55, 1798.199.90, 1798.199.95(d)",
	BETWEEN(2025, 1, 1, 2026, 12, 31))
AMOUNT("fine-high-2023", FINE_HIGH, 7500, DOLLARS,
	"The same, when intended or about consumers known to be under 16",
	"Civ. Code 1798.155, 1798.199.55, 1798.199.90",
	BETWEEN(2023, 1, 1, 2024, 12, 31))
AMOUNT("fine-high-2025", FINE_HIGH, 7988, DOLLARS,
	"The same, when intended or about consumers known to be under 16",
	"Civ. Code 1798.155, 1798.199.55, 1798.199.90, 1798.199.95(d)",
	BETWEEN(2025, 1, 1, 2026, 12, 31))
AMOUNT("breach-low-2023", BREACH_LOW, 100, DOLLARS,
	"Damages for each consumer and breach, at least",
	"Civ. Code 1798.150", BETWEEN(2023, 1, 1, 2024, 12, 31))
AMOUNT("breach-low-2025", BREACH_LOW, 107, DOLLARS,
	"Damages for each consumer and breach, at least",
	"Civ. Code 1798.150, 1798.199.95(d)", BETWEEN(2025, 1, 1, 2026, 12, 31))
AMOUNT("breach-high-2023", BREACH_HIGH, 750, DOLLARS,
	"Damages for each consumer and breach, at most", "Civ. Code 1798.150",
	BETWEEN(2023, 1, 1, 2024, 12, 31))
AMOUNT("breach-high-2025", BREACH_HIGH, 799, DOLLARS,
	"Damages for each consumer and breach, at most",
	"Civ. Code 1798.150, 1798.199.95(d)", BETWEEN(2025, 1, 1, 2026, 12, 31))
AMOUNT("metrics-10m", METRICS_CONSUMERS, 10000000, PEOPLE,
	"Consumers in a calendar year, from which numbers are published",
	"11 CCR 7102(a)", SINCE_CPRA)
AMOUNT("broker-fee-2026", BROKER_FEE, 6000, DOLLARS,
	"Registration of a data broker for a year", "Civ. Code 1798.99.82",
	BETWEEN(2026, 1, 1, 2026, 12, 31))
AMOUNT("broker-fee-2027", BROKER_FEE, 9500, DOLLARS,
	"Registration of a data broker for a year", "Civ. Code 1798.99.82",
	BETWEEN(2027, 1, 1, 2027, 12, 31))
AMOUNT("broker-penalty-200", BROKER_PENALTY, 200, DOLLARS,
	"For each day without registration, and for each request and day "
	"without deletion", "Civ. Code 1798.99.84", SINCE_2026)
AMOUNT("know-2", KNOW_ANSWERS, 2, TIMES,
	"Answers to know that a consumer is owed in 12 months",
	"Civ. Code 1798.130(b)", SINCE_CPRA)
AMOUNT("admt-uses-4", ADMT_USES, 4, TIMES,
	"Uses of the technology in 12 months, above which an answer may add up",
	"11 CCR 7222", SINCE_ADMT)
AMOUNT("statement-250-words", STATEMENT_WORDS, 250, WORDS,
	"Statement that is kept with health data whose correction was refused, "
	"at most, for each item", "11 CCR 7023(f)", SINCE_CPRA)
AMOUNT("location-1850-feet", LOCATION_FEET, 1850, FEET,
	"Radius within which a location is precise",
	"Civ. Code 1798.140(ae)", SINCE_CPRA)
AMOUNT("opt-out-2-ways", OPT_OUT_WAYS, 2, TIMES,
	"Ways to opt out, at least; online the signal and a form or link",
	"11 CCR 7026(a)", SINCE_CPRA)
AMOUNT("request-2-ways", REQUEST_WAYS, 2, TIMES,
	"Ways to ask to know, delete or correct, at least, one of them a "
	"toll-free number", "11 CCR 7020(b); Civ. Code 1798.130(a)(1)",
	SINCE_CPRA)
AMOUNT("request-1-way", REQUEST_WAYS_ONLINE, 1, TIMES,
	"The same for a business that operates online only and deals with its "
	"consumers directly: an email address is enough",
	"11 CCR 7020(a); Civ. Code 1798.130(a)(1)(A)", SINCE_CPRA)
#undef AMOUNT
