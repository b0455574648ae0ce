#ifndef CONNECT_FIND_CROSS_H
#define CONNECT_FIND_CROSS_H

#include "connect/find.h"
#include "connect/map.h"

/*
 * Keys that a search in one system tells of others: a customer's number of the
 * CRM opens the warehouse, and an order with an address in it leads back to the
 * customer.  The rules are those within a system (find.h): down from every row
 * that is the person's alone, up from those that carry an identifier only.
 *
 * A key travels as a line of text, so that it can be sealed with the case until
 * the other system is searched.  It is personal data.
 */

/* One line each key, in the map's order, each once; at most FIND_IDENTS_MAX. */
str *find_keys_told(struct arena *a, const struct map *m,
	const struct finding *f, size_t *n);

/* The system that a line is for; empty when it is none of ours. */
str find_key_system(struct arena *a, str line);

/* What to start from in this system.  A line for another, or for a table or column that it
 * does not have any more, is passed over. */
struct find_start *find_starts_of(struct arena *a, const struct map_system *s,
	const str *lines, size_t lines_n, size_t *n);

#endif
