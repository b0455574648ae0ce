/*
 * REMINDER(setting, clock of law/tbl/clocks.h, title, is a day owed (of the settings s),
 *          what was so on that day, what is to be done): what the law wants looked at
 * again each year.  Without a day, and where none is owed, nothing is asked for.
 */
REMINDER(policy_on, "policy-12m", "policy", s->policy_url.n > 0,
	"the privacy policy was brought up to date",
	"Bring the privacy policy up to date")
REMINDER(no_method_on, "no-method-12m", "verification", false,
	"nobody found a reasonable way to verify who asks",
	"Look again whether there is a reasonable way to verify who asks")
#undef REMINDER
