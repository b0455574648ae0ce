#ifndef CONNECT_ERASE_WAYS_H
#define CONNECT_ERASE_WAYS_H

#include <stdint.h>

#include "connect/connector.h"
#include "connect/find.h"

/*
 * What the columns of a row that stays are to hold: by the ways of the map
 * (tbl/column_ways.h).  Internal to erase*.c.
 *
 * The secret is of one plan and forgotten with it: equal values get equal codes
 * in the tables of one erasure, so that counts by them still work, and nobody
 * can tell a code's value by trying all that there are.
 */
enum { ERASE_SECRET = 32 };

struct ways {
	struct arena *arena;
	uint8_t secret[ERASE_SECRET];
};

struct ways ways_new(struct arena *a);
bool ways_any(const struct map_table *t);
/* *n of them, one for each column of the table that has a way; forms and cells: one for
 * each column of the table; forms NULL: nobody asked for them.  What is null stays null. */
struct step_set *ways_of_cells(const struct ways *w, const struct map_table *t,
	const enum cell_form *forms, const struct cell *cells, size_t *n);
/* The same of a row, or what erase_ready() made of it. */
struct step_set *ways_of_row(const struct ways *w, const struct found_table *t,
	const struct found_row *r, size_t *n);
bool ways_eq(const struct step_set *a, const struct step_set *b, size_t n);
/* Is this what the column was given?  As erase_value.h compares. */
bool ways_hold(const struct step_set *s, const struct cell *now);

#endif
