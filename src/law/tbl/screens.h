/*
 * SCREEN(NAME, code, forbids, sentence): what may be done with a new record before
 * it is stored, the hardest last; forbids: what of law/reason.h makes it so.
 * Codes are in files and answers: they never change, rows are only added.
 */
SCREEN(CLEAR, "clear", 0, "nothing is known that is in the way")
SCREEN(LIMITED, "limited", FORBIDS_SENSITIVE | FORBIDS_ADMT | FORBIDS_OTHER,
	"store it; the reasons say what it may not be used for")
SCREEN(OPTED_OUT, "opted-out", FORBIDS_SALE,
	"store it, and neither sell nor share it")
SCREEN(BLOCKED, "blocked", FORBIDS_KEEPING, "do not store it")
#undef SCREEN
