#ifndef CONNECT_EXPIRE_ROWS_H
#define CONNECT_EXPIRE_ROWS_H

#include "connect/expire.h"
#include "connect/find.h"

/* What the files of expire.h share.  Internal to expire*.c. */

/* The day that a row's time is counted from; false: none can be told. */
bool expire_day(
	const struct map_table *t, const struct cell *cells, struct date *day);
/* Was the row deidentified before?  Then nobody's data is in it. */
bool expire_is_done(const struct map_table *t, const struct cell *cells);
/* Kept too long; cells: one for each column of the table. */
bool expire_is_old(
	const struct map_table *t, const struct cell *cells, struct date today);

enum { EXPIRE_ROWS_MAX = 10000 }; /* of one batch, over all tables */

/* Rows that go together: some of a table, and all that belongs to them. */
struct expire_batch_rows {
	const struct map_table *table;
	const struct cell *keys;
	size_t n;
	struct date today;
	/* Out: what may go, a table each; reasons of the others. */
	struct finding going;
	int64_t goes;
	int64_t along;
	int64_t waiting[EXPIRE_WHYS];
	/* The system took another value for one of these: whose row that is can't be
	 * told here, only with fewer keys.  Nothing may go. */
	bool is_unsure;
};

/* ERR_LIMIT: too many rows for one batch. */
int expire_gather(struct conn *c, struct arena *a, struct expire_batch_rows *b,
	struct err *e);

#endif
