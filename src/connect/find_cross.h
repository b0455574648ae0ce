#ifndef CONNECT_FIND_CROSS_H
#define CONNECT_FIND_CROSS_H

#include "connect/find.h"
#include "connect/map.h"

/*
 * Keys that a search in one system tells of others: a customer's number of the
 * CRM opens the warehouse, and an order with an address in it leads back to the
 * customer.  The rules are those within a system (find.h): down from every row
 * that is the person's alone, up from those that carry an identifier only,
 * and from a row of two owners to neither.
 *
 * A key travels as a line of text, so that it can be sealed with the case until
 * the other system is searched.  It is personal data.
 */

/* One line each key, in the map's order, each once.  What is blank is no key. */
struct find_lines {
	str *lines;
	size_t n;
	size_t too_long; /* values of more than CONNECT_KEY_MAX bytes, left out */
	bool is_whole;   /* no more than n_max */
};
struct find_lines find_keys_told(struct arena *a, const struct map *m,
	const struct finding *f, size_t n_max);
/* Also of rows that belong to two owners of one table: whose they are is in doubt, and so is
 * who their owners are. */
struct find_lines find_keys_in_doubt(struct arena *a, const struct map *m,
	const struct finding *f, size_t n_max);
/* Only those that lead down, and to systems that a program looks in. */
struct find_lines find_keys_down(struct arena *a, const struct map *m,
	const struct finding *f, size_t n_max);

/* Whether rows of another system, which is not one that a person looks in, belong to rows
 * of this one. */
bool find_leads_down(const struct map *m, const struct map_system *s);

/* What a line says. */
struct find_key {
	str system; /* the one that it is for */
	str table;
	str column;
	bool is_entry; /* of what owns rows there */
	str path;
	str value;
};
/* False when it is none of ours. */
bool find_key_read(struct arena *a, str line, struct find_key *out);

/*
 * A column by which keys come to a system: what stands in it stands in a column of
 * another system, too.
 */
struct find_crossing {
	const struct map_table *table;
	size_t column;
	bool is_entry; /* rows there belong to ours; else ours to theirs */
	const struct map_system *there;
	const struct map_table *there_table;
	size_t there_column;
};
struct find_crossings {
	struct find_crossing *at;
	size_t n;
};
struct find_crossings find_crossings_of(
	struct arena *a, const struct map *m, const struct map_system *s);

/* One more value to start from: as text, and as the number it may be, since systems
 * tell them apart. */
void find_start_add(struct arena *a, struct find_start *s, str value);

/* What to start from in this system.  A line for another, or for a table or column that it
 * does not have any more, is passed over. */
struct find_start *find_starts_of(struct arena *a, const struct map_system *s,
	const str *lines, size_t lines_n, size_t *n);

#endif
