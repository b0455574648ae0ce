/*
 * STORY(count, kind, people, youngest, oldest, confirm_min, search, decision,
 *	decide_days, reply, reply_days, answer_days)
 *
 * The requests of the demo, so many of each.  youngest, oldest: days since they
 * came in, spread evenly.  confirm_min: minutes until the code was entered, 0
 * never.  decide_days count from receipt, reply_days (of the vendor) and
 * answer_days from the step before; 0 is never.  What would lie in the future
 * has not happened.  People: NAMED are in both systems and in documents, LEADS
 * are in the lead exchange, STRANGERS in no system (any more), but in the list
 * of a partner.
 */
/* Closed: deleted, nothing found, kept in part, never verified. */
STORY(21, DELETE, STRANGERS, 26, 122, 6, FOUND, APPROVE, 4, DELETED, 6, 2)
STORY(5, DELETE, STRANGERS, 14, 95, 11, NOTHING, NO_DECISION, 0, NO_REPLY, 0, 2)
STORY(3, DELETE, STRANGERS, 41, 88, 4, FOUND, APPROVE, 6, KEPT, 9, 3)
STORY(3, DELETE, LEADS, 52, 104, 0, NO_SEARCH, DENY, 36, NO_REPLY, 0, 1)
STORY(6, KNOW_CATEGORIES, STRANGERS, 19, 110, 8, NOTHING, NO_DECISION, 0, NO_REPLY, 0, 3)

/* Everyone has confirmed; the answer is to be sent. */
STORY(3, DELETE, STRANGERS, 15, 27, 7, FOUND, APPROVE, 3, DELETED, 8, 0)
STORY(1, DELETE, STRANGERS, 6, 6, 3, NOTHING, NO_DECISION, 0, NO_REPLY, 0, 0)

/* The vendor was told: in time, late, and so late that the answer is due. */
STORY(10, DELETE, STRANGERS, 3, 15, 5, FOUND, APPROVE, 2, NO_REPLY, 0, 0)
STORY(3, DELETE, STRANGERS, 9, 18, 9, FOUND, APPROVE, 3, WORKING_ON_IT, 1, 0)
STORY(5, DELETE, STRANGERS, 24, 40, 8, FOUND, APPROVE, 4, NO_REPLY, 0, 0)
STORY(1, DELETE, STRANGERS, 43, 43, 12, FOUND, APPROVE, 5, NO_REPLY, 0, 0)
STORY(1, DELETE, STRANGERS, 47, 47, 20, FOUND, APPROVE, 6, NO_REPLY, 0, 0)

/* Found, and staff's turn: what they see is what is there. */
STORY(8, DELETE, NAMED, 1, 16, 6, REAL, NO_DECISION, 0, NO_REPLY, 0, 0)
STORY(1, DELETE, LEADS, 39, 39, 30, REAL, NO_DECISION, 0, NO_REPLY, 0, 0)

STORY(4, KNOW_SPECIFIC, LEADS, 4, 37, 5, REAL, NO_DECISION, 0, NO_REPLY, 0, 0)
STORY(2, KNOW_CATEGORIES, LEADS, 8, 21, 9, REAL, NO_DECISION, 0, NO_REPLY, 0, 0)
STORY(3, CORRECT, LEADS, 2, 29, 7, REAL, NO_DECISION, 0, NO_REPLY, 0, 0)

/* The CRM could not be reached. */
STORY(2, DELETE, LEADS, 1, 2, 4, STUCK, NO_DECISION, 0, NO_REPLY, 0, 0)

/* Nobody has entered the code; the clock runs all the same. */
STORY(4, DELETE, LEADS, 0, 11, 0, NO_SEARCH, NO_DECISION, 0, NO_REPLY, 0, 0)
STORY(2, KNOW_SPECIFIC, LEADS, 3, 7, 0, NO_SEARCH, NO_DECISION, 0, NO_REPLY, 0, 0)

/* Opt-outs, in force at once: under an address or number, and by signal. */
STORY(22, OPT_OUT, OPTS_OUT, 0, 120, 0, NO_SEARCH, NO_DECISION, 0, NO_REPLY, 0, 0)
STORY(12, OPT_OUT, SIGNALS, 0, 60, 0, NO_SEARCH, NO_DECISION, 0, NO_REPLY, 0, 0)
#undef STORY
