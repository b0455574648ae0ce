/*
 * QUESTION(NAME, "path", "title", kinds that are asked, text when it has no answer)
 *
 * One page each, in this order.  Without a text it need not be answered: its page is
 * reached from the answers, and what holds until then is what the law puts first.  What a question asks is in asked.h; that the law lets
 * it be asked, a test holds against law/tbl/fields.h.  Nobody declares anything under
 * penalty of perjury but for specific pieces and for access to ADMT: they need the
 * higher grade (11 CCR 7062(c)); the others take two details.
 */
QUESTION(PIECES, "scope", "What you want to see", KNOWS,
	"Choose what you want to see")
QUESTION(RANGE, "range", "From which time", KNOWS,
	"Choose everything, or the dates")
QUESTION(ITEM, "item", "What is wrong", KIND_BIT(CORRECT),
	"Tell us what is wrong")
QUESTION(DECISION, "decision", "Which decision", KIND_BIT(APPEAL_ADMT),
	"Tell us which decision it is, and what speaks against it")
QUESTION(FIND, "find", "How to find you", FORMS, "Enter your email address")
QUESTION(DETAILS, "details", "One more detail", FORMS,
	"Enter a ZIP code of five digits, like 94607")
QUESTION(DECLARATION, "declaration", "Your declaration",
	KIND_BIT(KNOW_SPECIFIC) | KIND_BIT(ACCESS_ADMT), "Sign the declaration")
QUESTION(PARTS, "parts", "What to delete", KIND_BIT(DELETE), "")
QUESTION(DELIVERY, "delivery", "How our answer comes", FORMS, "")
QUESTION(SALE, "sale", "Selling your information", KIND_BIT(DELETE),
	"Choose yes or no")
#undef QUESTION
