/*
 * SCRIPT(kinds, text): what the caller is told and asked, line by line, for the kinds of
 * the mask.  Nobody is asked who they are to stop something (11 CCR 7060(b)).
 */
SCRIPT(STOPS,
	"I can do that for you now. I’ll need one thing to find your records: "
	"an email or a phone number. If you have neither, your name and "
	"address will do.")
SCRIPT(STOPS, "That’s all I need. I won’t ask you who you are.")
SCRIPT(FORMS,
	"I can take that down now. I’ll need an email address: the answer "
	"goes there, and a code that shows us it’s yours. If you have none, "
	"a phone number where we call you back, and your postal address for "
	"the answer.")
SCRIPT(KNOWS,
	"Would you like to know which kinds of information we hold, or see the "
	"information itself?")
SCRIPT(KNOWS, "Everything since January 1, 2022, or only from certain dates?")
SCRIPT(KIND_BIT(CORRECT), "What is wrong, and what should it say?")
SCRIPT(KIND_BIT(APPEAL_ADMT),
	"Which decision is it, and what speaks against it?")
SCRIPT(FORMS,
	"To protect you I’ll check one more detail against what we hold: your "
	"ZIP code.")
SCRIPT(KIND_BIT(DELETE),
	"We delete everything that we hold about you. Or is it only some kinds "
	"of information that you want deleted?")
SCRIPT(KIND_BIT(DELETE),
	"Would you like us to stop selling your information as well? Yes or "
	"no, as you like.")
SCRIPT(EVERY,
	"Please don’t tell me your Social Security number, or the number of a "
	"card or an account. I don’t need them.")
#undef SCRIPT
