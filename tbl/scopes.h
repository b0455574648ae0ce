/*
 * SCOPE(NAME, "code", "what"): what an API key may be for.  A key is made for some
 * of them or for all; tbl/api.h says which each call is of.  Codes are in the record:
 * never rename one.
 */
SCOPE(CHECK, "check", "ask who may be passed on, used or stored")
SCOPE(FOLLOW, "follow", "keep a copy of the list")
SCOPE(SIGNALS, "signals", "hand in opt-outs, visits and minors")
SCOPE(RELEASE, "release", "take entries off the list again")
SCOPE(REQUESTS, "requests", "make requests, and see where they stand")
SCOPE(FILE, "file", "file requests of authorized agents and of parents")
#undef SCOPE
