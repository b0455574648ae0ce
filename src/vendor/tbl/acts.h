/*
 * VENDOR_ACT(NAME, name, title, ask, heading, asked, law, done, did, kept, keeps,
 *            next): what a vendor is told to do.
 *
 * title and ask: the subject line of the notice and its sentences.  The rest is
 * its page: the heading; what the consumer asked of us, after "asked us to"; why
 * that reaches the company; the two answers as it chooses them ("We ...") and as
 * we show them ("You ..."); what is left to do.
 */
VENDOR_ACT(DELETE, delete, "Delete one person's information",
	"Please delete all personal information about this person that you got from us or collected for us. Deleting may also mean making it anonymous or part of totals for good.",
	"Delete this person’s information", "delete what it holds about them",
	"You got it from us, so California law (Civil Code 1798.105) asks you to delete it too, and to tell your own service providers and contractors.",
	"We deleted it", "You deleted it",
	"We must keep some of it", "You must keep some of it, and said why",
	"Nothing more for you to do. Keep the person from coming back: if you get the same details again from an old list, leave them out.")
VENDOR_ACT(DELETE_PARTS, delete_parts, "Delete some of one person's information",
	"Please delete some of the personal information about this person that you got from us or collected for us. Which kinds stand on the page below. Deleting may also mean making it anonymous or part of totals for good.",
	"Delete some of this person’s information", "delete some of what it holds about them",
	"You got it from us, so California law (Civil Code 1798.105) asks you to delete it too, and to tell your own service providers and contractors.",
	"We deleted it", "You deleted it",
	"We must keep some of it", "You must keep some of it, and said why",
	"Nothing more for you to do.")
VENDOR_ACT(RETAIN, retain, "Use one person's information for one purpose only",
	"A law lets us keep personal information about this person for one purpose. Please use what you got from us or collected for us for that purpose and for nothing else, and delete what it does not need. Which purpose stands on the page below.",
	"Use this person’s information for one purpose only", "delete what it holds about them",
	"You hold it for us, so California law (11 CCR 7022(f)) has us tell you to use what stays for one purpose only, and to delete the rest.",
	"We use it for nothing else", "You use it for nothing else",
	"We can’t keep to that for some of it", "You can’t keep to that for some of it, and said why",
	"Nothing more for you to do. Keep to it as long as you keep the information.")
VENDOR_ACT(OPT_OUT, opt_out, "Stop selling or sharing one person's information",
	"This person has opted out. Please stop selling and sharing the personal information about this person that you got from us, and tell everyone you passed it on to.",
	"Stop selling and sharing this person’s information", "stop selling and sharing their information",
	"You got it after they asked, so California law (11 CCR 7026(f)) has us tell you to stop as well, and to tell everyone you passed it on to.",
	"We stopped selling and sharing it", "You stopped selling and sharing it",
	"We can’t stop some of it", "You can’t stop some of it, and said why",
	"Nothing more for you to do. The choice has no end: if you get the same details again, don’t sell or share them.")
VENDOR_ACT(LIMIT, limit, "Limit the use of one person's sensitive information",
	"This person has limited the use of their sensitive personal information. Please stop each use of it that 11 CCR 7027(m) does not permit, and tell everyone you passed it on to.",
	"Limit the use of this person’s sensitive information", "limit the use of their sensitive personal information",
	"You use what you got from us, so California law (11 CCR 7027(g)) has us tell you to stop each use that 7027(m) does not permit, and to tell everyone you passed it on to.",
	"We stopped those uses", "You stopped those uses",
	"We can’t stop some of them", "You can’t stop some of them, and said why",
	"Nothing more for you to do. The choice has no end: keep to it when you get the same details again.")
VENDOR_ACT(OPT_OUT_ADMT, opt_out_admt, "Stop automated decisions about one person",
	"This person has opted out of automated decisionmaking technology. Please stop processing the personal information about this person that you got from us with that technology.",
	"Stop automated decisions about this person", "use no automated decisionmaking technology on them",
	"You process what you got from us, so California law (11 CCR 7221(n)) has us tell you to stop processing it with that technology.",
	"We stopped processing it so", "You stopped processing it so",
	"We can’t stop some of it", "You can’t stop some of it, and said why",
	"Nothing more for you to do. The choice has no end: keep to it when you get the same details again.")
VENDOR_ACT(CORRECT, correct, "Correct one person's information",
	"Please correct the personal information about this person that you got from us or hold for us, so that it says what the page behind the link says, and keep it corrected.",
	"Correct this person’s information", "correct what it holds about them",
	"You work with it for us, so California law (11 CCR 7023(c)) has us tell you to correct it as well, and to keep it corrected.",
	"We corrected it", "You corrected it",
	"We can’t correct some of it", "You can’t correct some of it, and said why",
	"Nothing more for you to do. Keep it corrected: if you get the old details again, write the right ones.")
#undef VENDOR_ACT
