/*
 * OFFER(kind, text, what it asks for, a note on that): the requests on the start page, in
 * this order.
 */
OFFER(KNOW_CATEGORIES,
	"Which kinds of information we hold, or a copy of it, and who got it "
	"from us.",
	"Email, ZIP code", "")
OFFER(DELETE,
	"We erase it and tell the companies we gave it to that they must erase "
	"it too.",
	"Email, ZIP code", "")
OFFER(CORRECT, "Tell us what to change.", "Email, ZIP code, the correction", "")
OFFER(LIMIT, "Things like precise location, health or account log-ins.",
	"Email or phone", "No identity check")
OFFER(OPT_OUT_ADMT,
	"Have significant decisions about you made by a person.",
	"Email or phone", "No identity check")
OFFER(ACCESS_ADMT,
	"What technology was used for in decisions about you, how it worked, "
	"and what came out.",
	"Email, ZIP code, your signature", "")
OFFER(APPEAL_ADMT,
	"If technology made a significant decision about you, a person looks "
	"at it again.",
	"Email, ZIP code, the decision", "")
#undef OFFER
