/*
 * LISTED(list, code, title, citation, valid)
 *
 * Enumerations of the law that are looked up and shown, and decide nothing alone.
 */
#define M "11 CCR 7027(m)"
LISTED(PERMITTED, "service", "The service or goods asked for", M, SINCE_CPRA)
LISTED(PERMITTED, "security", "Security incidents", M, SINCE_CPRA)
LISTED(PERMITTED, "fraud", "Malicious, deceptive, fraudulent or illegal acts",
	M, SINCE_CPRA)
LISTED(PERMITTED, "safety", "Physical safety of people", M, SINCE_CPRA)
LISTED(PERMITTED, "transient",
	"Short-term, transient use, advertising without a profile included", M,
	SINCE_CPRA)
LISTED(PERMITTED, "services", "Services for the business", M, SINCE_CPRA)
LISTED(PERMITTED, "quality", "Quality and safety of a service or device", M,
	SINCE_CPRA)
LISTED(PERMITTED, "no-traits",
	"Collecting or processing that infers nothing about a person", M,
	SINCE_CPRA)
#undef M

#define M "11 CCR 7004, 7070, 7071; Civ. Code 1798.120(c)"
LISTED(AGE_GATE, "asks-date",
	"Asks for the date of birth, and not whether one is old enough", M,
	SINCE_CPRA)
LISTED(AGE_GATE, "no-default", "Has no date filled in", M, SINCE_CPRA)
LISTED(AGE_GATE, "no-hint", "Says of no age that it gets more", M, SINCE_CPRA)
LISTED(AGE_GATE, "once", "Takes the first answer of a session", M, SINCE_CPRA)
LISTED(AGE_GATE, "not-sold",
	"Sells nothing while the age is not known or below 16", M, SINCE_CPRA)
#undef M

LISTED(ERASURE, "erased", "Erased completely and for good", "11 CCR 7022(b)(1)",
	SINCE_CPRA)
LISTED(ERASURE, "deidentified", "Deidentified", "11 CCR 7022(b)(1)", SINCE_CPRA)
LISTED(ERASURE, "aggregated", "Aggregated", "11 CCR 7022(b)(1)", SINCE_CPRA)

LISTED(NOT_SEARCHED, "not-searchable", "It is not kept so that one can search",
	"11 CCR 7024(c)", SINCE_CPRA)
LISTED(NOT_SEARCHED, "legal-only", "It is kept for legal or compliance reasons only",
	"11 CCR 7024(c)", SINCE_CPRA)
LISTED(NOT_SEARCHED, "not-used", "It is not sold or used commercially",
	"11 CCR 7024(c)", SINCE_CPRA)
LISTED(NOT_SEARCHED, "told", "The consumer is told which categories it may hold",
	"11 CCR 7024(c)", SINCE_CPRA)

#define M "11 CCR 7060(c)"
LISTED(WEIGHED, "sensitivity", "How sensitive the information is", M, SINCE_CPRA)
LISTED(WEIGHED, "harm", "What harm a wrong person could do", M, SINCE_CPRA)
LISTED(WEIGHED, "likelihood", "How likely fraud is", M, SINCE_CPRA)
LISTED(WEIGHED, "spoofing", "How easily what is checked can be faked", M,
	SINCE_CPRA)
LISTED(WEIGHED, "channel", "How the business deals with the consumer", M,
	SINCE_CPRA)
LISTED(WEIGHED, "technology", "What technology there is to verify", M,
	SINCE_CPRA)
#undef M

#define M "11 CCR 7051(a); Civ. Code 1798.100(d), 1798.140"
LISTED(CLAUSE_SERVICE, "c1", "No selling or sharing", M, SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c2", "The specific business purposes", M, SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c3", "No use outside of those purposes", M, SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c4", "No other commercial purpose", M, SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c5",
	"No use outside of the relationship, no combining with other sources", M,
	SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c6", "Compliance with the law, help with requests", M,
	SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c7", "The business may check, every 12 months at least",
	M, SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c8",
	"Word within 5 business days when it can no longer comply", M,
	SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c9", "The business may stop what is not allowed", M,
	SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c10", "Requests are passed on and carried out", M,
	SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c11", "Subcontractors: notice, and the same terms", M,
	SINCE_CPRA)
LISTED(CLAUSE_SERVICE, "c12", "A contractor certifies that it understands", M,
	SINCE_CPRA)
#undef M

#define M "11 CCR 7053(a); Civ. Code 1798.100(d)"
LISTED(CLAUSE_THIRD, "c2", "The limited and specific purposes", M, SINCE_CPRA)
LISTED(CLAUSE_THIRD, "c3", "Use for those purposes only", M, SINCE_CPRA)
LISTED(CLAUSE_THIRD, "c6", "Compliance with the law, passed-on opt-outs included",
	M, SINCE_CPRA)
LISTED(CLAUSE_THIRD, "c7-c9",
	"The business may check, and stop what is not allowed", M, SINCE_CPRA)
LISTED(CLAUSE_THIRD, "c8",
	"Word within 5 business days when it can no longer comply", M,
	SINCE_CPRA)
#undef M

LISTED(SERVICE_USE, "contract", "The purposes of the contract", "11 CCR 7050(a)",
	SINCE_CPRA)
LISTED(SERVICE_USE, "subcontract", "Subcontractors that comply",
	"11 CCR 7050(a)", SINCE_CPRA)
LISTED(SERVICE_USE, "improve", "Bettering its own service, for no other client",
	"11 CCR 7050(a)", SINCE_CPRA)
LISTED(SERVICE_USE, "security", "Security and fraud", "11 CCR 7050(a)",
	SINCE_CPRA)
LISTED(SERVICE_USE, "law", "What the law asks for",
	"11 CCR 7050(a); Civ. Code 1798.145(a)", SINCE_CPRA)

#define M "11 CCR 7081"
LISTED(VALUE, "marginal", "Marginal value of the data", M, SINCE_CPRA)
LISTED(VALUE, "average", "Average value", M, SINCE_CPRA)
LISTED(VALUE, "aggregate", "Aggregate value by the number of consumers", M,
	SINCE_CPRA)
LISTED(VALUE, "revenue", "Revenue from selling or collecting it", M, SINCE_CPRA)
LISTED(VALUE, "expenses", "Expenses of selling or collecting it", M, SINCE_CPRA)
LISTED(VALUE, "incentive", "Expenses of the incentive", M, SINCE_CPRA)
LISTED(VALUE, "profit", "Profit from selling or collecting it", M, SINCE_CPRA)
LISTED(VALUE, "other", "Another reasonable method, used in good faith", M,
	SINCE_CPRA)
#undef M

#define M "11 CCR 7101(b)"
LISTED(RECORD_FIELD, "date", "The day of the request", M, SINCE_CPRA)
LISTED(RECORD_FIELD, "nature", "Its kind", M, SINCE_CPRA)
LISTED(RECORD_FIELD, "manner", "How it was made", M, SINCE_CPRA)
LISTED(RECORD_FIELD, "response-date", "The day of the answer", M, SINCE_CPRA)
LISTED(RECORD_FIELD, "response", "What was answered", M, SINCE_CPRA)
LISTED(RECORD_FIELD, "basis", "The basis of a denial", M, SINCE_CPRA)
#undef M

#define M "11 CCR 7001(ddd)"
LISTED(DECISION, "finance", "Finance and lending", M, SINCE_2026)
LISTED(DECISION, "housing", "Housing", M, SINCE_2026)
LISTED(DECISION, "education", "Education", M, SINCE_2026)
LISTED(DECISION, "employment", "Employment, contracting, compensation", M,
	SINCE_2026)
LISTED(DECISION, "health", "Health care", M, SINCE_2026)
#undef M

#define M "11 CCR 7001(e)"
LISTED(HUMAN, "understands", "Knows how to read what comes out", M, SINCE_2026)
LISTED(HUMAN, "reviews", "Looks at it and at what else matters", M, SINCE_2026)
LISTED(HUMAN, "decides", "Has the authority to change the decision", M,
	SINCE_2026)
#undef M
#undef LISTED
