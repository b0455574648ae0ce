/*
 * NOTICE_ITEM(id, notice, what it has to say, citation, valid)
 */
NOTICE_ITEM("policy-collected", POLICY,
	"The categories collected in the last 12 months.", "11 CCR 7011",
	SINCE_CPRA)
NOTICE_ITEM("policy-sources", POLICY, "The categories of sources.",
	"11 CCR 7011", SINCE_CPRA)
NOTICE_ITEM("policy-purposes", POLICY, "The purposes of collecting.",
	"11 CCR 7011", SINCE_CPRA)
NOTICE_ITEM("policy-sold", POLICY,
	"The categories sold or shared in the last 12 months, and to whom.",
	"11 CCR 7011; Civ. Code 1798.130(a)(5)", SINCE_CPRA)
NOTICE_ITEM("policy-disclosed", POLICY,
	"The categories disclosed for a business purpose, and to whom, service "
	"providers and contractors included.",
	"11 CCR 7011; Civ. Code 1798.130(a)(5)", SINCE_2026)
NOTICE_ITEM("policy-minors", POLICY,
	"Whether data of consumers known to be under 16 is sold or shared.",
	"11 CCR 7011", SINCE_CPRA)
NOTICE_ITEM("policy-rights", POLICY,
	"Each right, and that using it has no price.", "11 CCR 7011", SINCE_CPRA)
NOTICE_ITEM("policy-ways", POLICY, "How to make each request.", "11 CCR 7011",
	SINCE_CPRA)
NOTICE_ITEM("policy-verification", POLICY,
	"How it is verified who asks, and for what it is not.", "11 CCR 7011",
	SINCE_CPRA)
NOTICE_ITEM("policy-signal", POLICY,
	"How opt-out preference signals are processed.", "11 CCR 7011, 7025",
	SINCE_CPRA)
NOTICE_ITEM("policy-agents", POLICY, "How an authorized agent asks.",
	"11 CCR 7011", SINCE_CPRA)
NOTICE_ITEM("policy-contact", POLICY, "Whom to ask.", "11 CCR 7011", SINCE_CPRA)
NOTICE_ITEM("policy-updated", POLICY,
	"The day it was last brought up to date, less than 12 months ago.",
	"11 CCR 7011; Civ. Code 1798.130(a)(5)", SINCE_CPRA)
NOTICE_ITEM("collection-categories", COLLECTION,
	"The categories collected here, sensitive ones too.", "11 CCR 7012",
	SINCE_CPRA)
NOTICE_ITEM("collection-purposes", COLLECTION,
	"What each is used for, and whether it is sold or shared.",
	"11 CCR 7012", SINCE_CPRA)
NOTICE_ITEM("collection-retention", COLLECTION,
	"How long each category is kept, or how that is decided.",
	"11 CCR 7012; Civ. Code 1798.100(a)(3)", SINCE_CPRA)
NOTICE_ITEM("collection-links", COLLECTION,
	"The links to the choices and to the policy.", "11 CCR 7012", SINCE_CPRA)
NOTICE_ITEM("opt-out-right", OPT_OUT,
	"The right to opt out of sale and sharing, and how.", "11 CCR 7013",
	SINCE_CPRA)
NOTICE_ITEM("limit-right", LIMIT,
	"The right to limit, and how; told in the way the data was collected.",
	"11 CCR 7014", SINCE_2026)
NOTICE_ITEM("choices-both", CHOICES,
	"Both rights, each with its own control, behind one link with the icon.",
	"11 CCR 7015", SINCE_CPRA)
NOTICE_ITEM("incentive-terms", INCENTIVE,
	"The terms, and the categories that it costs.", "11 CCR 7016",
	SINCE_CPRA)
NOTICE_ITEM("incentive-leave", INCENTIVE,
	"How to join, and that one may leave at any time.", "11 CCR 7016",
	SINCE_CPRA)
NOTICE_ITEM("incentive-value", INCENTIVE,
	"An estimate in good faith of what the data is worth, and the method.",
	"11 CCR 7016, 7081", SINCE_CPRA)
NOTICE_ITEM("minors-ways", MINORS,
	"How a parent, and a consumer of 13 to 15, opts in and out.",
	"11 CCR 7072", SINCE_CPRA)
NOTICE_ITEM("pre-use-purpose", PRE_USE, "The specific purpose.", "11 CCR 7220",
	SINCE_ADMT)
NOTICE_ITEM("pre-use-opt-out", PRE_USE, "The right to opt out, and how.",
	"11 CCR 7220", SINCE_ADMT)
NOTICE_ITEM("pre-use-access", PRE_USE, "The right to access, and how.",
	"11 CCR 7220", SINCE_ADMT)
NOTICE_ITEM("pre-use-retaliation", PRE_USE,
	"That nobody is worse off for using a right.", "11 CCR 7220",
	SINCE_ADMT)
NOTICE_ITEM("pre-use-working", PRE_USE,
	"How it works (what goes in, what comes out, what becomes of it), and "
	"the way for who opts out.", "11 CCR 7220", SINCE_ADMT)
NOTICE_ITEM("metrics-numbers", METRICS,
	"For each kind: received, complied with, denied, and the median or mean "
	"days to the answer; by July 1.", "11 CCR 7102(a)", SINCE_CPRA)
NOTICE_ITEM("broker-metrics-numbers", BROKER_METRICS,
	"The same for a data broker, the State's deletions included, with "
	"median and mean; by July 1.", "Civ. Code 1798.99.85", SINCE(2024, 1, 1))
#undef NOTICE_ITEM
