/*
 * FORM(kind, title, what, verb, mixup, does, tells, section): the words of a request
 * that is answered by letter.
 *
 *   title   of its pages and on the start page
 *   what    in letters, behind "You asked us to "
 *   verb    behind "so there was nothing to "
 *   mixup   why a detail is compared, behind "so that we don't "
 *   does    what happens when we found the person
 *   tells   what the answer will say
 *   section that says it is refused when nobody can be verified
 */
FORM(KNOW_CATEGORIES, "See what you know about me",
	"tell you which kinds of personal information we hold about you",
	"tell you", "tell somebody else about you",
	"We put together which kinds of information we hold about you.",
	"which kinds we hold, where we got them, and who got them from us.",
	"7024(b)")
FORM(KNOW_SPECIFIC, "See what you know about me",
	"show you the personal information we hold about you", "show you",
	"show your information to somebody else",
	"We put together what we hold about you.",
	"what we hold, where we got it, and who got it from us.", "7024(a)")
FORM(DELETE, "Delete my information",
	"delete the personal information we hold about you", "delete",
	"delete somebody else’s information",
	"We delete what we find, and tell the companies we gave it to that "
	"they must delete it too.",
	"what is gone, and what we had to keep and why.", "7022(a)")
FORM(CORRECT, "Correct something that’s wrong",
	"correct personal information we hold about you", "correct",
	"change somebody else’s information",
	"We compare what you told us with what we hold, and decide.",
	"what we changed, and what we did not change and why.", "7023(a)")
FORM(ACCESS_ADMT, "See how technology decided about me",
	"tell you how we used automated technology to decide about you",
	"tell you", "tell somebody else how we decided about you",
	"A person writes down how the technology was used in decisions about "
	"you.",
	"what it was used for, how it worked, what came out, and what part "
	"that played.",
	"7222")
FORM(APPEAL_ADMT, "Ask a person to review a decision",
	"have a person review an automated decision about you", "review",
	"tell somebody else what we decided about you",
	"A person who may change the decision looks at it, and at what you "
	"tell us.",
	"if the decision stands or was changed, and why.", "7221(b)")
#undef FORM
