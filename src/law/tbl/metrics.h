/*
 * METRIC(code, kinds, by whom, title, citation, valid)
 *
 * What is counted for each kind of request and calendar year, and published by
 * July 1 of the next.  LARGE: who handles the data of 10 million consumers;
 * BROKER: each data broker.
 */
METRIC("received", COUNTED, LARGE | BROKER, "Requests received",
	"11 CCR 7102(a)(1); Civ. Code 1798.99.85", SINCE_CPRA)
METRIC("complied", COUNTED, LARGE | BROKER, "Complied with in whole or in part",
	"11 CCR 7102(a)(1); Civ. Code 1798.99.85", SINCE_CPRA)
METRIC("denied", COUNTED, LARGE | BROKER, "Denied",
	"11 CCR 7102(a)(1); Civ. Code 1798.99.85", SINCE_CPRA)
METRIC("denied-unverified", COUNTED, LARGE, "Denied: not verified",
	"11 CCR 7102(a)(2)", SINCE_CPRA)
METRIC("denied-not-a-consumer", COUNTED, LARGE, "Denied: not a consumer",
	"11 CCR 7102(a)(2)", SINCE_CPRA)
METRIC("denied-exempt", COUNTED, LARGE, "Denied: exempt information",
	"11 CCR 7102(a)(2)", SINCE_CPRA)
METRIC("denied-other", COUNTED, LARGE, "Denied: another ground",
	"11 CCR 7102(a)(2)", SINCE_CPRA)
METRIC("median-days", COUNTED, LARGE | BROKER, "Median days to the answer",
	"11 CCR 7102(a)(1); Civ. Code 1798.99.85", SINCE_CPRA)
METRIC("mean-days", COUNTED, LARGE | BROKER, "Mean days to the answer",
	"11 CCR 7102(a)(1); Civ. Code 1798.99.85", SINCE_CPRA)
METRIC("drop-received", KIND_BIT(DROP), BROKER,
	"Received through the State's platform", "Civ. Code 1798.99.85",
	SINCE(2026, 8, 1))
METRIC("drop-complied", KIND_BIT(DROP), BROKER,
	"Complied with, of the State's platform", "Civ. Code 1798.99.85",
	SINCE(2026, 8, 1))
METRIC("drop-denied", KIND_BIT(DROP), BROKER,
	"Denied, of the State's platform", "Civ. Code 1798.99.85",
	SINCE(2026, 8, 1))
#undef METRIC
