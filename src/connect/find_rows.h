#ifndef CONNECT_FIND_ROWS_H
#define CONNECT_FIND_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "connect/find.h"

/*
 * The rows that a search has found so far: each once, by table and key.
 * Internal to find*.c.
 */
struct search_row {
	struct found_row row;
	bool is_entry;   /* carries an identifier, or was climbed to from one */
	bool is_pending; /* its links are still to be followed */
	/* By one of its links it belongs to an owner that was found, whose value is spelled
	 * otherwise. */
	bool is_respelled;
	/* find_certain.c: it is the person's by what led to it, and by which column. */
	bool is_certain;
	const struct map_column *by; /* NULL: by a key */
};

struct search_table {
	struct search_row *rows;
	size_t n;
	size_t cap;
	size_t *slots; /* of a hash table: index + 1 of the row */
	size_t slots_n;
	bool may_rest; /* rows beyond limits.keep_max are counted */
	struct found_rest rest;
	struct values *asked; /* in the look-up that brings them */
	size_t names_cap;     /* of rest.names */
};

struct search {
	struct conn *conn;
	struct arena *arena;
	const struct map_system *system;
	const struct ident *ids; /* that were asked for */
	size_t ids_n;
	struct find_options limits;
	struct search_table *tables;
	size_t rows_n; /* kept */
	size_t rest_n; /* not kept */
	size_t size;   /* bytes of all values */
	size_t cells_n;
	size_t hops; /* 1 while entering */
};

/* How rows of one look-up came to be found. */
struct way {
	size_t table;
	str path;
	bool is_entry;
	const struct map_column
		*by; /* an identifier in it; NULL: a key or a link */
};

/* Values for a look-up, each once. */
struct values {
	struct cell *at;
	size_t n;
	size_t cap;
};

/* Takes a row of the connector in; cells are those of the map's table. */
int search_add(struct search *s, const struct way *w, const struct cell *cells,
	struct err *e);

/* ERR_LIMIT, with advice. */
int search_refuse_many(size_t most, struct err *e);

/* NULL when no row of that key was found. */
struct search_row *search_row_of(
	const struct search *s, size_t table, const struct cell *key);

void values_add(struct arena *a, struct values *v, const struct cell *c);
void values_sort(struct values *v); /* and drops what stands twice */
/* By their text: a number in one table may be text in another. */
bool values_have(const struct values *v, const struct cell *c);
const struct cell *values_find(const struct values *v, const struct cell *c);

/* Asks for the rows that a plain link leads to, by their own column.  Values and
 * the size of cells are the caller's to fill. */
struct row_query search_owner_query(
	const struct map_system *s, const struct map_link *l);
/* search_way() says what the next look-up is for. */
void search_way(const struct search *s, str path);

/* Marks the rows that are someone else's too, and what belongs to them. */
int search_mark_shared(struct search *s, struct err *e);

/* --- whose addresses stand in a row: find_certain.c --- */

/* Two people's addresses stand in it: nobody's way to either. */
bool search_is_torn(const struct search *s, const struct map_table *t,
	const struct cell *cells);
/* Marks is_shared: such rows, and owners climbed to by an address that may be
 * somebody else's than the owner's. */
void search_mark_uncertain(struct search *s);
/* Sorts what stands in the person's rows into f->idents and f->doubts. */
int search_note_idents(struct search *s, struct finding *f, struct err *e);

#endif
