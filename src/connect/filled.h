#ifndef CONNECT_FILLED_H
#define CONNECT_FILLED_H

#include "connect/connector.h"

/*
 * Texts that a char(n) fills up with blanks.  The blanks are no part of the value: values are
 * read without them, so that the same one is found in any column, whose texts may have been
 * copied with the blanks or without.  So a column is filled, too, when a link of the map says
 * that it holds the values of one that is.
 */

/* Without blanks at the end. */
str filled_value(str s);
/* As it stands in a column of so many letters. */
str filled_text(struct arena *a, str value, size_t letters);
/* Each value both ways: at most twice as many. */
const struct cell *filled_forms(struct arena *a, const struct cell *values,
	size_t n, size_t letters, size_t *out_n);

/* A column that shares its values with another one of the system, by a link. */
struct filled_end {
	const struct map_table *table;
	size_t column;
};
struct filled_ends {
	struct filled_end *at;
	size_t n;
};
struct filled_ends filled_ends_of(
	struct arena *a, const struct map_system *s, str table, str column);

#endif
