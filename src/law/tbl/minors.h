/*
 * MINOR(name, code, from age, before age, who opts in, steps, title, citation,
 *       valid)
 *
 * Ages in completed years.  Nobody under 16 is sold or shared without an opt-in:
 * the parent's under 13, their own from 13 on.
 */
MINOR(UNDER_13, "under-13", 0, 13, PARENT, 2,
	"Under 13: the parent opts in, after a check that it is the parent",
	"Civ. Code 1798.120(c); 11 CCR 7070", SINCE_CPRA)
MINOR(TEEN, "13-to-15", 13, 16, SELF, 2,
	"13 to 15: they opt in themselves, in two steps",
	"Civ. Code 1798.120(c); 11 CCR 7071", SINCE_CPRA)
MINOR(GROWN, "16-and-over", 16, 200, NOBODY, 0,
	"16 and over: sold and shared unless they opt out",
	"Civ. Code 1798.120(a)", SINCE_CPRA)
#undef MINOR
