/*
 * EXPLAINED_RESULT(kind, value, title, tells): what staff found; tells: what stands in
 * explained.h is told then.
 */
EXPLAINED_RESULT(ACCESS_ADMT, "used", "It was used in decisions about them",
	true)
EXPLAINED_RESULT(ACCESS_ADMT, "summed",
	"It was used so often that one answer is about all of it", true)
EXPLAINED_RESULT(ACCESS_ADMT, "unused",
	"It was used in no significant decision about them", false)
EXPLAINED_RESULT(APPEAL_ADMT, "changed", "The decision was changed", true)
EXPLAINED_RESULT(APPEAL_ADMT, "stands", "The decision stands", true)
#undef EXPLAINED_RESULT
