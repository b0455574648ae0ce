/*
 * NOTICE_DOUBT(what is in doubt of the look l (empty: nothing), is it a problem for sure,
 *              which notices it stops, sentence before it, what to do): a policy that says
 * what the data map does not is a deceptive one (11 CCR 7010, 7011; Civ. Code
 * 1798.130(a)(5)).  A draft takes some of what it says from the data map and some from
 * the settings, so where these contradict each other it would contradict itself and is
 * stopped; what the policy in force says otherwise ends with the next one.  What no
 * notice says yet on its day, as before 11 CCR 7200 begins, contradicts nothing.
 */
#define SAYS(name) config_flag(l->f.s.name)
#define MAP(as) l->f.kinds.as
#define BEGAN(name) valid_on(kind_row(KIND_##name)->valid, l->day)
#define STOPS(name) (1u << NOTICE_##name)
#define STOPS_NONE 0u

NOTICE_DOUBT(SAYS(sells) ? STR("") : titles(a, MAP(sold) | MAP(shared)), true,
	STOPS(POLICY) | STOPS(COLLECTION),
	"the data map says that this is sold or shared, and the setting sells says no",
	"toyon setting sells yes, or mend disclosed_as in the data map, or say by_list: true of who got lists only and gets none any more")
NOTICE_DOUBT(!SAYS(sells) || MAP(sold) || MAP(shared) ? STR("") : STR("vendors"), false,
	STOPS_NONE,
	"the setting sells says yes, and the data map names nobody who buys data or gets it shared",
	"name them in the data map (vendors), or toyon setting sells no")
NOTICE_DOUBT(SAYS(uses_sensitive) ? STR("") : l->f.sensitive, true,
	STOPS(POLICY) | STOPS(COLLECTION),
	"companies that use sensitive information beyond 11 CCR 7027(m) by the data map, and the setting uses_sensitive says no",
	"toyon setting uses_sensitive yes, or mend sensitive_use in the data map")
NOTICE_DOUBT(SAYS(uses_admt) ? STR("") : uses(a, &l->f), true,
	BEGAN(OPT_OUT_ADMT) ? STOPS(POLICY) | STOPS(PRE_USE) : STOPS_NONE,
	"automated uses of the data map, and the setting uses_admt says no",
	"toyon setting uses_admt yes, or say in the data map that a person decides")
NOTICE_DOUBT(SAYS(sells_minors) && !SAYS(sells) ? STR("sells_minors") : STR(""), true,
	STOPS(POLICY),
	"a setting says yes, and the setting sells says no",
	"toyon setting sells yes, or toyon setting sells_minors no")
NOTICE_DOUBT(l->policy ? titles(a, MAP(collected) & ~l->policy->kinds.collected) : STR(""), true,
	STOPS_NONE,
	"the data map says that this is collected, and the policy in force does not",
	"toyon notice diff policy; toyon notice publish policy")
NOTICE_DOUBT(l->policy ? titles(a, MAP(sold) & ~l->policy->kinds.sold) : STR(""), true,
	STOPS_NONE,
	"the data map says that this is sold, and the policy in force says it is not",
	"toyon notice diff policy; toyon notice publish policy")
NOTICE_DOUBT(l->policy ? titles(a, MAP(shared) & ~l->policy->kinds.shared) : STR(""), true,
	STOPS_NONE,
	"the data map says that this is shared, and the policy in force says it is not",
	"toyon notice diff policy; toyon notice publish policy")
NOTICE_DOUBT(l->policy ? titles(a, MAP(disclosed) & ~l->policy->kinds.disclosed) : STR(""), true,
	STOPS_NONE,
	"the data map says that this is disclosed, and the policy in force does not",
	"toyon notice diff policy; toyon notice publish policy")
NOTICE_DOUBT(SAYS(sells) ? STR("") : l->f.lists_third, false,
	STOPS_NONE,
	"third parties got lists in the last 12 months, or get them by the data map, and the setting sells says no",
	"toyon setting sells yes where that goes on: what a third party gets for something of value is sold; else leave them there until 12 months after the last list")
NOTICE_DOUBT(l->f.unmapped_third, true,
	l->f.has_sold ? STOPS_NONE : STOPS(POLICY),
	"lists went to these third parties in the last 12 months, and the data map has them no more",
	"put them back with by_list: true, until 12 months after the last list, so that the policy says what was sold")
NOTICE_DOUBT(l->f.unmapped, true,
	STOPS_NONE,
	"lists went to these companies in the last 12 months, and the data map has them no more",
	"leave a company in the data map until 12 months after its last list")
#undef STOPS_NONE
#undef STOPS
#undef BEGAN
#undef MAP
#undef SAYS
#undef NOTICE_DOUBT
