/*
 * PARENT_CHECK(name, code, title, what the parent does, may be kept, citation, valid)
 *
 * The six methods to find out that somebody is the parent or guardian of a child
 * under 13: before the child's information is sold or shared, and before a
 * request for the child is answered (11 CCR 7070(c)).  All of them end in front of
 * a person: the program prints the form, says the number, and keeps what was found.
 * may be kept: what was shown may stay sealed with the case until it closes.
 */
#define C "11 CCR 7070(a)(2)"
PARENT_CHECK(FORM, "form", "A form signed under penalty of perjury",
	"Print the form, sign it by hand, and send it back by mail, or scan it "
	"and send it by email.",
	true, C, SINCE_CPRA)
PARENT_CHECK(CARD, "card",
	"A card payment, of which the account's holder is notified",
	"When you next pay us with a card, or in another way that tells the "
	"account’s holder of each payment, say the number of this request.",
	true, C, SINCE_CPRA)
PARENT_CHECK(CALL, "call", "A call to trained people, free of charge",
	"Call us. It is free, and the person who answers is trained for it.",
	true, C, SINCE_CPRA)
PARENT_CHECK(VIDEO, "video", "A video call with trained people",
	"Ask us for a video call. The person you will see is trained for it.",
	true, C, SINCE_CPRA)
PARENT_CHECK(IN_PERSON, "in-person", "Meeting trained people",
	"Come to us. The person you will meet is trained for it.", true, C,
	SINCE_CPRA)
PARENT_CHECK(ID, "id",
	"A government identity document against a database, then deleted",
	"Ask us how to show a government identity document. We check it "
	"against a database and delete it right after.",
	false, C, SINCE_CPRA)
#undef C
#undef PARENT_CHECK
