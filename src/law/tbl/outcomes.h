/*
 * OUTCOME(name, code, title): how a request ended.  Complied in whole or in
 * part and denied are the columns of 11 CCR 7102(a)(1).
 */
OUTCOME(COMPLIED, "complied", "Complied in whole")
OUTCOME(PART, "part", "Complied in part")
OUTCOME(NOTHING, "nothing", "Nothing held")
OUTCOME(DENIED, "denied", "Denied")
OUTCOME(WITHDRAWN, "withdrawn", "Withdrawn")
OUTCOME(JOINED, "joined", "Joined with an earlier request")
OUTCOME(LAPSED, "lapsed", "Never confirmed")
#undef OUTCOME
