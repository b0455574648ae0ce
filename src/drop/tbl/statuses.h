/*
 * DROP_STATUS(NAME, code, name, sentence): what is reported of a work item.  0
 * and 1 are unused by the platform; 0 is ours for "none yet", and is never sent.
 */
DROP_STATUS(EXEMPTED, 2, "exempted", "matched, and all of it is exempt")
DROP_STATUS(DELETED, 3, "deleted", "all that is not exempt was deleted")
DROP_STATUS(OPTED_OUT, 4, "opted out",
	"the identifier is several people's: all of them were opted out")
DROP_STATUS(NOT_FOUND, 5, "not found", "nothing held has this identifier")
#undef DROP_STATUS
