/*
 * The shapes that go in and out, by name:
 *
 *	OBJECT(Name, takes_lines, "text")	members follow as MEMBER rows
 *	LIST(Name, Of, "text")
 *	WORDS(Name, list, "text")		one of list_put()'s words
 *	TEXT(Name, "pattern", "text")		a text that fits the pattern
 *	MEMBER(Object, "name", TYPE, Of, is_required, "text")
 *
 * TYPE is STRING, COUNT, FLAG, DAY or NO_DAY (a day or null), and with a schema
 * in Of: ONE or MANY.  takes_lines: may come as NDJSON or plain lines, too.
 */
WORDS(Kind, kinds, "What an identifier is")
WORDS(Reason, reasons, "Why somebody is suppressed")
WORDS(Forbidden, forbidden, "What may not be done any more")
WORDS(State, states, "unreadable: the value is not what it is said to be, and nobody knows")
WORDS(RequestKind, requests, "Only opt-outs can be made by a program; every kind can be looked at")
TEXT(Sha256, "^[0-9A-Fa-f]{64}$", "A SHA-256 in hex")
TEXT(Number, "^[0-9]{1,19}$", "A whole number")
TEXT(Source, "^[a-z0-9-]{0,40}$", "Who saw the signal, as gpc")
TEXT(Key, "^[!-~]{1,255}$", "A text of your own, new for each request")
TEXT(Reference, "^[0-9A-Za-z -]{8,12}$", "A reference number, as K7QF-2M9X")

OBJECT(Item, false, "One identifier")
MEMBER(Item, "kind", ONE, Kind, false, "Needed unless ?kind= says it")
MEMBER(Item, "value", STRING, NONE, true, "As it is written, or its SHA-256 in hex or Base64; composites with | between their parts")
OBJECT(Items, true, "1 to 10,000 identifiers")
MEMBER(Items, "items", MANY, Item, true, "Answered in this order")
OBJECT(Verdict, false, "What holds for one identifier")
MEMBER(Verdict, "kind", ONE, Kind, true, "As it was asked")
MEMBER(Verdict, "state", ONE, State, true, "May it be passed on?")
MEMBER(Verdict, "reasons", MANY, Reason, true, "Empty when it is clear")
MEMBER(Verdict, "forbids", MANY, Forbidden, true, "What the reasons forbid")
MEMBER(Verdict, "fault", STRING, NONE, false, "Why it is unreadable, as a code")
LIST(Verdicts, Verdict, "In the order of the items; as NDJSON one a line")
OBJECT(Signals, true, "Identifiers to suppress, all for one reason")
MEMBER(Signals, "items", MANY, Item, true, "All of them are stored, or none")
MEMBER(Signals, "reason", ONE, Reason, true, "Added to the reasons that hold already")
MEMBER(Signals, "source", ONE, Source, false, "Kept with the entry")
OBJECT(Suppressed, false, "In force and on the disk")
MEMBER(Suppressed, "items", COUNT, NONE, true, "How many were sent")
MEMBER(Suppressed, "added", COUNT, NONE, true, "How many of them this was new for")
MEMBER(Suppressed, "reason", ONE, Reason, true, "As it was sent")
OBJECT(Released, false, "No longer suppressed")
MEMBER(Released, "items", COUNT, NONE, true, "How many were sent")
OBJECT(NewRequest, false, "A request to opt out of sale and sharing; nobody is verified")
MEMBER(NewRequest, "kind", ONE, RequestKind, true, "opt-out")
MEMBER(NewRequest, "identifier", STRING, NONE, false, "An email address or US phone number; without it the request stands for a browser")
MEMBER(NewRequest, "signal", FLAG, NONE, false, "It came as an opt-out preference signal (Sec-GPC: 1)")
OBJECT(Recipient, false, "A company that was told")
MEMBER(Recipient, "name", STRING, NONE, true, "The company")
MEMBER(Recipient, "state", STRING, NONE, true, "told or confirmed")
OBJECT(Request, false, "Where a request stands; nothing personal")
MEMBER(Request, "reference", ONE, Reference, true, "To ask for it again, here and on the status page")
MEMBER(Request, "kind", ONE, RequestKind, true, "What was asked")
MEMBER(Request, "is_open", FLAG, NONE, true, "Whether something is still to be done")
MEMBER(Request, "told", STRING, NONE, true, "What the status page says, one sentence")
MEMBER(Request, "outcome", STRING, NONE, true, "Empty while it is open")
MEMBER(Request, "received_on", DAY, NONE, true, "A day in California")
MEMBER(Request, "due_on", NO_DAY, NONE, true, "The legal date")
MEMBER(Request, "closed_on", NO_DAY, NONE, true, "null while it is open")
MEMBER(Request, "recipients", MANY, Recipient, true, "Who else was told")
OBJECT(Trouble, false, "One thing to mend")
MEMBER(Trouble, "pointer", STRING, NONE, true, "Where: a JSON pointer, the line from 0 for lists of lines")
MEMBER(Trouble, "code", STRING, NONE, true, "Which rule, for programs")
MEMBER(Trouble, "detail", STRING, NONE, true, "How to mend it, for people")
OBJECT(Problem, false, "What went wrong (RFC 9457)")
MEMBER(Problem, "type", STRING, NONE, true, "The kind of problem")
MEMBER(Problem, "title", STRING, NONE, true, "The kind of problem, for people")
MEMBER(Problem, "status", COUNT, NONE, true, "The status of the answer")
MEMBER(Problem, "code", STRING, NONE, true, "The kind of problem, for programs")
MEMBER(Problem, "instance", STRING, NONE, true, "Which call; the log has the same")
MEMBER(Problem, "detail", STRING, NONE, true, "What happened")
MEMBER(Problem, "hint", STRING, NONE, false, "What to do about it")
MEMBER(Problem, "errors", MANY, Trouble, false, "The first 16 things to mend")
#undef WORDS
#undef TEXT
#undef OBJECT
#undef LIST
#undef MEMBER
