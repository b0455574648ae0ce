#ifndef CONNECT_FIND_POINT_H
#define CONNECT_FIND_POINT_H

#include "connect/find.h"
#include "connect/point.h"

/*
 * The way in by data points alone, for who wrote by post with a name and an address and
 * gave nothing else: rows whose columns hold them together, found by reading the table
 * through, since either side may be spelled in any way.
 *
 * What must stay true: somebody else's rows are not found.
 * - Only columns that the map calls reliable count, and no fewer points than a composite
 *   of tbl/composites.h has.
 * - A row in which anything that was typed is held otherwise is not theirs.
 * - By name and ZIP code alone the whole name has to be the same, and one row.  By more,
 *   several rows of a table are one person's if each holds the same whole name and the same
 *   date of birth: mother and daughter, father and son live in one house.  Rows of
 *   different tables are not one person's when they hold different ones.  Else it
 *   is ERR_CONFLICT, and nothing was searched: a person decides.
 */
enum composite {
#define COMPOSITE(NAME, code, title, points, is_enough) COMPOSITE_##NAME,
#include "connect/tbl/composites.h"
	COMPOSITES,
};

#define COMPOSITE_BIT(c) (1u << (c))
/* Besides: nothing that was typed leads into the system. */
#define COMPOSITE_NO_WAY COMPOSITE_BIT(COMPOSITES)

const char *composite_code(enum composite c);  /* "name-zip" */
const char *composite_title(enum composite c); /* "name and ZIP code" */
unsigned composite_points(enum composite c);   /* as bits of connect/point.h */

/* Those that the columns of the system and what was typed allow, as bits. */
unsigned find_composites(
	const struct map_system *s, const struct points_typed *typed);

/* Where to start from then, for find_options; by: bits of what was looked by. */
struct point_starts {
	struct find_start *at;
	size_t n;
	unsigned by;
};
int find_by_points(struct conn *c, struct arena *a,
	const struct points_typed *typed, struct point_starts *out,
	struct err *e);

#endif
