/*
 * GRADE(kind, what is at stake, grade, citation, valid)
 *
 * How sure the business must be before it does what a request asks for, where
 * the requester has no account.  The first row of a kind that fits: deleting
 * and correcting slide with the sensitivity of what was found.
 */
GRADE(KNOW_CATEGORIES, ANYTHING, REASONABLE, "11 CCR 7062(b)", SINCE_CPRA)
GRADE(KNOW_SPECIFIC, ANYTHING, HIGH, "11 CCR 7062(c)", SINCE_CPRA)
GRADE(DELETE, SENSITIVE, HIGH, "11 CCR 7062(d)", SINCE_CPRA)
GRADE(DELETE, ANYTHING, REASONABLE, "11 CCR 7062(d)", SINCE_CPRA)
GRADE(CORRECT, SENSITIVE, HIGH, "11 CCR 7062(d)", SINCE_CPRA)
GRADE(CORRECT, ANYTHING, REASONABLE, "11 CCR 7062(d)", SINCE_CPRA)
GRADE(ACCESS_ADMT, ANYTHING, HIGH, "11 CCR 7062(c), 7222", SINCE_ADMT)
GRADE(APPEAL_ADMT, ANYTHING, REASONABLE, "11 CCR 7062(b), 7221(b)", SINCE_ADMT)
#undef GRADE
