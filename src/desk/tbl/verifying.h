/*
 * VERIFYING_PERSONAL(name), VERIFYING_PLAIN(name): fields of person.h that are there to
 * verify who asks, or say what came of it: sealed apart, and destroyed when the case
 * closes (11 CCR 7060(d)).  The declaration is none of them: it stays with the record
 * (7062(c)).
 */
VERIFYING_PERSONAL(zip)
VERIFYING_PERSONAL(street)
VERIFYING_PERSONAL(birth_date)
VERIFYING_PERSONAL(born_on)
VERIFYING_PERSONAL(called)
VERIFYING_PLAIN(matched)
VERIFYING_PLAIN(sensitive)
VERIFYING_PLAIN(searched_by)
#undef VERIFYING_PERSONAL
#undef VERIFYING_PLAIN
