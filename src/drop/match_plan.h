#ifndef DROP_MATCH_PLAN_H
#define DROP_MATCH_PLAN_H

#include "base/arena.h"
#include "base/err.h"
#include "drop/memo.h"

/*
 * What the header of a file says of its rows: which columns are what to the
 * match.  Internal to the match.
 */
enum { MATCH_COLUMNS_MAX = 64, MATCH_NO_COLUMN = UINT16_MAX };

struct match_plan {
	char sep;
	size_t columns; /* of a row */
	size_t n;       /* of these, looked at */
	struct {
		uint16_t column;
		uint8_t role;
	} at[MATCH_COLUMNS_MAX];
	uint16_t person; /* MATCH_NO_COLUMN: a row is a person */
	unsigned roles;  /* a bit each */
	bool has_full_name;
};

/*
 * header: the first row, without its line end.  map as in match.h.  -1: not a
 * header, an unknown role, a column that is not there or stands twice, nothing
 * that the State's lists could be matched with.
 */
int match_plan_read(struct arena *a, struct match_plan *p, str header, str map,
	struct err *e);

#endif
