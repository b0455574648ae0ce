/*
 * NOTICE(name, code, title, when it is needed of the facts f, citation, valid)
 *
 * The titles of links are the law's words and stand on the page as they are.
 */
NOTICE(POLICY, "policy", "Privacy policy", true,
	"11 CCR 7011; Civ. Code 1798.130(a)(5)", SINCE_CPRA)
NOTICE(COLLECTION, "at-collection", "Notice at collection", true,
	"11 CCR 7012; Civ. Code 1798.100", SINCE_CPRA)
NOTICE(OPT_OUT, "opt-out", "Do Not Sell or Share My Personal Information",
	f->is_seller && !f->has_choices_link,
	"11 CCR 7013; Civ. Code 1798.135(a)", SINCE_CPRA)
NOTICE(LIMIT, "limit", "Limit the Use of My Sensitive Personal Information",
	f->uses_sensitive && !f->has_choices_link,
	"11 CCR 7014; Civ. Code 1798.135(a)", SINCE_CPRA)
NOTICE(CHOICES, "choices", "Your Privacy Choices",
	f->has_choices_link && (f->is_seller || f->uses_sensitive),
	"11 CCR 7015; Civ. Code 1798.135(a)", SINCE_CPRA)
NOTICE(INCENTIVE, "incentive", "Notice of financial incentive",
	f->has_incentive, "11 CCR 7016; Civ. Code 1798.125(b)", SINCE_CPRA)
NOTICE(MINORS, "minors", "How consumers under 16 opt in and out",
	f->sells_minors, "11 CCR 7072", SINCE_CPRA)
NOTICE(PRE_USE, "pre-use", "Notice before automated decisions", f->uses_admt,
	"11 CCR 7220", SINCE_ADMT)
NOTICE(METRICS, "metrics", "Numbers of requests in the last calendar year",
	f->is_large, "11 CCR 7102(a)", SINCE_CPRA)
NOTICE(BROKER_METRICS, "broker-metrics",
	"Numbers of requests to a data broker in the last calendar year",
	f->is_broker, "Civ. Code 1798.99.85", SINCE(2024, 1, 1))
#undef NOTICE
