/*
 * IDENT_FAULT(NAME, name, text)
 *
 * Why a text gives no identifier.  `name` is for programs and reports, `text`
 * for people: it is about the rule and never quotes the value.
 */
IDENT_FAULT(NONE, "none", "read")
IDENT_FAULT(EMPTY, "empty", "nothing there")
IDENT_FAULT(LONG, "long", "longer than an identifier can be")
IDENT_FAULT(ENCODING, "encoding", "not valid UTF-8, or with control characters")
IDENT_FAULT(AT, "at", "an email address has one @ between a name and a domain")
IDENT_FAULT(DOMAIN, "domain", "what follows the @ is not a domain name")
IDENT_FAULT(MAILBOX, "mailbox", "what stands before the @ is not a mailbox")
IDENT_FAULT(DIGITS, "digits", "a US phone number has ten digits")
IDENT_FAULT(NANP, "nanp", "no US phone number starts with these digits")
IDENT_FAULT(FOREIGN, "foreign", "a phone number outside the US numbering plan")
IDENT_FAULT(DATE, "date", "a date that can be read in only one way is needed")
IDENT_FAULT(ZIP, "zip", "a ZIP code has five digits")
IDENT_FAULT(NAME, "name", "a name has at least one letter or digit")
IDENT_FAULT(ADDRESS, "address", "an address has at least one letter or digit")
IDENT_FAULT(HEX, "hex", "the wrong number of hex digits")
IDENT_FAULT(LENGTH, "length", "the wrong number of letters and digits")
IDENT_FAULT(HASH, "hash", "a hash in another form than hex or Base64")
IDENT_FAULT(PARTS, "parts", "a part of a composite identifier is missing")
IDENT_FAULT(SEVERAL, "several", "more than one value where one is meant")
#undef IDENT_FAULT
