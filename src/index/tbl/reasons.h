/*
 * REASON(NAME, bit, name, title)
 *
 * Why someone may not be passed on.  The bit is stored in records and index
 * files: a bit that was used once is never given another meaning.  Bits 16 to
 * 31 are locks on single purposes, numbered by the installation.
 */
REASON(OPT_OUT, 0, "opt-out", "opted out of sale and sharing")
REASON(LIMIT, 1, "limit", "limited the use of sensitive personal information")
REASON(DELETED, 2, "deleted", "asked to be deleted")
REASON(MINOR, 3, "minor", "a minor who has not opted in")
REASON(DROP, 4, "drop", "on a list of the State's DROP")
REASON(STAFF, 5, "staff", "suppressed by staff")
REASON(LISTED, 6, "listed", "on a list given by hand")
#undef REASON
