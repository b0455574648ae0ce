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

/* The look-up that brings all rows of a table with a rest; columns are the caller's. */
struct row_query find_rest_query(const struct found_table *t);

/*
 * For who erases: of the rows that were counted those that are there get into their
 * table, each with its key and with what the ways of the map need of it (11 CCR
 * 7022(b)).  What is not there any more is counted in rest.gone, and what came since
 * is left alone, so that a run after an interruption plans the same rows.  Tables of
 * which the map keeps all stay counted.  Memory is that of the keys.
 */
int find_rest_name(
	struct conn *c, struct arena *a, struct finding *f, struct err *e);
/* Are there such rows? */
bool find_has_rest(const struct finding *f);

/* Each once; ERR_LIMIT for a value of more than value_max bytes. */
int find_rest_each(struct conn *c, const struct found_table *t,
	size_t value_max, find_rest_fn *fn, void *ctx, struct err *e);

#endif
