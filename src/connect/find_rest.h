#ifndef CONNECT_FIND_REST_H
#define CONNECT_FIND_REST_H

#include "connect/find.h"

/*
 * Tables that are read row by row, whole, for who gives a copy of them away: of those
 * whose rows a finding does not keep (struct found_rest) the look-up that found them
 * is made again; of the others the rows are asked for by their keys.  Memory is that
 * of one row, and of the keys that are kept.
 *
 * What must stay true: what is read is what was found.  A row more or less, or another
 * one: ERR_CONFLICT at the end, and what was made of them must go.
 */

/* May rows of this table be counted without being kept?  One look-up must bring all of
 * them: it has one identifier, or belongs by one link to one table; and nothing may
 * lead on from it, within its system or into another. */
bool find_may_rest(const struct map *m, const struct map_system *s,
	const struct map_table *t);

/* Of a row's key; of all rows together it is the sum. */
uint64_t find_rest_sum(const struct cell *key);

/* row: of the finding, NULL for one that was not kept. */
typedef int find_rest_fn(void *ctx, const struct found_row *row,
	const struct cell *cells, struct err *e);

/* Each once; ERR_LIMIT for a value of more than value_max bytes. */
int find_rest_each(struct conn *c, const struct found_table *t,
	size_t value_max, find_rest_fn *fn, void *ctx, struct err *e);

#endif
