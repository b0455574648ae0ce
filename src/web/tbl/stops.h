/*
 * STOP_PAGE(kind, title, offer, lead, button, done title, done text, again): the pages
 * of what is stopped with one identifier and one button.  offer: its title on the start
 * page; again: what we will not ask for 12 months.
 */
STOP_PAGE(LIMIT, "Limit the use of my sensitive personal information",
	"Limit the use of my sensitive information",
	"We then use things like your precise location, your health or your "
	"account log-ins only for what you asked us to do, to keep things safe, "
	"and for the few other purposes that the law always allows.",
	"Limit the use", "Your choice is in force",
	"We use sensitive information in the records we hold under what you gave "
	"us only as the law always allows.",
	"We won’t ask you to allow more for 12 months.")
STOP_PAGE(OPT_OUT_ADMT, "Opt out of automated decisions about me",
	"Opt out of automated decisions",
	"We then no longer let technology take the place of a person in "
	"significant decisions about you, such as those on loans, housing, school "
	"or work. One choice is enough for all of them.",
	"Opt out now", "Your choice is in force",
	"We no longer use automated decisionmaking technology for significant "
	"decisions about the person we hold under what you gave us. That is one "
	"choice for all of it.",
	"We won’t ask you to allow it again for 12 months.")
#undef STOP_PAGE
