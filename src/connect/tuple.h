#ifndef CONNECT_TUPLE_H
#define CONNECT_TUPLE_H

#include "connect/connector.h"

/*
 * Keys and links of several columns.  For each the table of the map has one more
 * column (map.h, parts), and what it holds in a row is a tuple: the values as one
 * text, a JSON array of stored_cell.h's,
 *
 *	[17,"2026-01-05"]
 *
 * Equal values are one text, whatever their types: 7, "7" and 7.00 are 7, as where
 * single values are compared.  A row with null in one of the columns has no tuple.
 * What is above conn_rows() and conn_erase() knows one column with one value; there, and in
 * the connectors of databases, it is taken apart.
 */

/* Of n values; too long, or cut, when one of them is, or it is longer than size_max
 * (0: any length). */
struct cell tuple_of(
	struct arena *a, const struct cell *parts, size_t n, size_t size_max);
/* False: it is no tuple of n values, so no row holds it. */
bool tuple_read(struct arena *a, const struct cell *tuple, struct cell *parts,
	size_t n);

/* A look-up as the system is asked: columns of its own only. */
struct spread {
	const struct row_query *asked;
	struct row_query q;
	/* Where the values of each column that was asked for come. */
	struct spread_column {
		size_t at[MAP_PARTS_MAX];
		size_t n;
		bool is_tuple;
	} * of;
};

/* False: no column of it has parts; *out is not set. */
bool spread_of(struct arena *a, const struct map_table *t,
	const struct row_query *q, struct spread *out);
/* The cells of a row as they were asked for. */
void spread_cells(const struct spread *s, struct arena *a,
	const struct cell *read, struct cell *out);

#endif
