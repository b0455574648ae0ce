/*
 * DROP_ALARM(NAME, code, days before the last day, words): from the first row
 * whose days are reached.  45 days before 2027: day 30 and day 40.
 */
DROP_ALARM(NONE, "none", 1000, "in time")
DROP_ALARM(SOON, "soon", 15, "access the lists now: the time runs out")
DROP_ALARM(URGENT, "urgent", 5, "access the lists today")
DROP_ALARM(LATE, "late", -1, "the time for the next access has passed")
#undef DROP_ALARM
