/*
 * CLOCK(id, what, kinds, count, unit, title, citation, valid)
 *
 * Every period of time the law sets, in the unit it is written in: 15 business
 * days are never turned into 21 days.  One `what` has one row for a kind on any
 * day; rows that replace each other follow without a gap.
 */
CLOCK("confirm-10bd", CONFIRM, ANSWERED, 10, BUSINESS_DAYS,
	"Confirm receipt", "11 CCR 7021(a)", SINCE_CPRA)
CLOCK("respond-45d", RESPOND, ANSWERED, 45, CALENDAR_DAYS,
	"Answer, whatever verification takes",
	"11 CCR 7021(b); Civ. Code 1798.130(a)(2)(A)", SINCE_CPRA)
CLOCK("extended-90d", EXTENDED, ANSWERED, 90, CALENDAR_DAYS,
	"Answer after one extension, counted from receipt",
	"11 CCR 7021(b); Civ. Code 1798.145(h)(1)", SINCE_CPRA)
CLOCK("extend-notice-45d", EXTEND_NOTICE, ANSWERED, 45, CALENDAR_DAYS,
	"Tell the consumer of the extension and its reason",
	"Civ. Code 1798.130(a)(2)(A), 1798.145(h)(1)", SINCE_CPRA)
CLOCK("opt-out-15bd", ACT, KIND_BIT(OPT_OUT), 15, BUSINESS_DAYS,
	"Stop selling and sharing, as soon as feasible", "11 CCR 7026(f)",
	SINCE_CPRA)
CLOCK("limit-15bd", ACT, KIND_BIT(LIMIT), 15, BUSINESS_DAYS,
	"Stop the uses that are not permitted, as soon as feasible",
	"11 CCR 7027(g)", SINCE_CPRA)
CLOCK("opt-out-admt-15bd", ACT, KIND_BIT(OPT_OUT_ADMT), 15, BUSINESS_DAYS,
	"Stop the processing, as soon as feasible", "11 CCR 7221(n)",
	SINCE_ADMT)
CLOCK("drop-act-45d", ACT, KIND_BIT(DROP), 45, CALENDAR_DAYS,
	"Delete what a row of the State's list matches",
	"Civ. Code 1798.99.86(c)", BETWEEN(2026, 8, 1, 2026, 12, 31))
CLOCK("drop-act-30d", ACT, KIND_BIT(DROP), 30, CALENDAR_DAYS,
	"Delete what a row of the State's list matches",
	"Civ. Code 1798.99.86(c); AB 883 (2026)", SINCE(2027, 1, 1))
CLOCK("opt-out-noask-12m", NO_REASK, KIND_BIT(OPT_OUT), 12, MONTHS,
	"Do not ask to opt in again", "11 CCR 7026(k); Civ. Code 1798.135(c)(4)",
	SINCE_CPRA)
CLOCK("limit-noask-12m", NO_REASK, KIND_BIT(LIMIT), 12, MONTHS,
	"Do not ask to allow the uses again", "Civ. Code 1798.135(c)(4)",
	SINCE_CPRA)
CLOCK("admt-noask-12m", NO_REASK, KIND_BIT(OPT_OUT_ADMT), 12, MONTHS,
	"Do not ask to allow the technology again", "11 CCR 7221(k)",
	SINCE_ADMT)
CLOCK("minor-noask-12m", NO_REASK, KIND_BIT(OPT_IN_MINOR), 12, MONTHS,
	"Do not ask again, but from the 16th birthday on",
	"Civ. Code 1798.135(c)(5)", SINCE_CPRA)
CLOCK("record-24m", RECORD, 0, 24, MONTHS,
	"Keep the record of request and answer, from closing",
	"11 CCR 7101(a)", SINCE_CPRA)
CLOCK("know-2-in-12m", KNOW_WINDOW, 0, 12, MONTHS,
	"Two answers to know are owed in any 12 months", "Civ. Code 1798.130(b)",
	SINCE_CPRA)
CLOCK("correct-again-6m", REFUSE_AGAIN, 0, 6, MONTHS,
	"The same correction may be refused again without new documents",
	"11 CCR 7023(g)", SINCE_CPRA)
CLOCK("hold-90d", HOLD, 0, 90, CALENDAR_DAYS,
	"Law-enforcement hold, renewable by the same", "Civ. Code 1798.145(a)",
	SINCE_CPRA)
CLOCK("emergency-order-3d", EMERGENCY_ORDER, 0, 3, CALENDAR_DAYS,
	"An agency that got access in an emergency asks a court for an order",
	"Civ. Code 1798.145(a)", SINCE_CPRA)
CLOCK("drop-access-45d", DROP_ACCESS, 0, 45, CALENDAR_DAYS,
	"Fetch the State's lists at least this often",
	"Civ. Code 1798.99.86(c)", BETWEEN(2026, 8, 1, 2026, 12, 31))
CLOCK("drop-access-30d", DROP_ACCESS, 0, 30, CALENDAR_DAYS,
	"Fetch the State's lists at least this often",
	"Civ. Code 1798.99.86(c); AB 883 (2026)", SINCE(2027, 1, 1))
CLOCK("vendor-notice-5bd", VENDOR_NOTICE, 0, 5, BUSINESS_DAYS,
	"A vendor tells that it can no longer comply", "11 CCR 7051(a), 7053(a)",
	SINCE_CPRA)
CLOCK("vendor-look-12m", VENDOR_LOOK, 0, 12, MONTHS,
	"Look at what a vendor does with the data: who never does may not plead "
	"that it did not know",
	"11 CCR 7051(a), (e), 7053", SINCE_CPRA)
CLOCK("policy-12m", POLICY_AGE, 0, 12, MONTHS,
	"Bring the privacy policy up to date",
	"11 CCR 7011; Civ. Code 1798.130(a)(5)", SINCE_CPRA)
CLOCK("no-method-12m", METHOD_AGE, 0, 12, MONTHS,
	"Look again whether there is a reasonable method to verify",
	"11 CCR 7062(g)", SINCE_CPRA)
#undef CLOCK
