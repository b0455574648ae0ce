/*
 * BINDER_LEFT_OUT("what", "why"): what the evidence file of a case never holds.  All of
 * it is said on the first page of each, whether there was such a thing in the case or
 * not: a list that changed would tell what it is silent about.
 */
BINDER_LEFT_OUT("What was collected to verify who asks: ZIP codes, streets, dates of birth, codes, calls, what matched, and documents that were shown",
	"It serves to verify and nothing else, and is destroyed when the case closes (11 CCR 7060(d)). The history says when each came, and when it went.")
BINDER_LEFT_OUT("The words of letters that carry a code, and the end of links that open something",
	"They are secrets of whoever got them. That the letter went, when and how, is here.")
BINDER_LEFT_OUT("The values of rows that were found, kept, corrected or deleted, and the package that answered a request to know",
	"Rows are counted here, and named by their table. A copy of them would undo what was asked for, and may be about others.")
BINDER_LEFT_OUT("Everything about other people, and other cases",
	"None of it is about this request. Where rows are someone else’s too, it says that they stayed.")
BINDER_LEFT_OUT("Directions by law enforcement and grounds that the law may forbid to tell, if there are any, and a receipt that names one",
	"Nobody outside of the business is told by this file whether there was one (Civ. Code 1798.145(a)). Such entries of the audit trail are left out with them.")
BINDER_LEFT_OUT("Ground and reason of a denial that was taken back before its letter was sent, and of one that a second person did not agree to",
	"Nobody was denied anything by it, and what it rested on is not kept. The history says that it was taken back, or sent back, and when.")
BINDER_LEFT_OUT("Names of staff",
	"The audit trail has their numbers; their roles stand beside them. The business knows whose they are.")
BINDER_LEFT_OUT("Entries of the audit trail that stand between those of this case",
	"They are about other work and other people. Who made this file went through them, and trail.jsonl says whether the chain is whole. Only where export.jsonl lies beside this page they are in it, for the Agency’s own auditors; that tells of other cases, by their references.")
#undef BINDER_LEFT_OUT
