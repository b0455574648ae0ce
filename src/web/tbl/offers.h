/*
 * OFFER(kind, text, what it asks for): the requests on the start page that are answered
 * by letter, in this order.
 */
OFFER(KNOW_CATEGORIES,
	"Which kinds of information we hold, or a copy of it, and who got it "
	"from us.",
	"Email, ZIP code")
OFFER(DELETE,
	"We erase it and tell the companies we gave it to that they must erase "
	"it too.",
	"Email, ZIP code")
OFFER(CORRECT, "Tell us what to change.", "Email, ZIP code, the correction")
#undef OFFER
