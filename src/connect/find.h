#ifndef CONNECT_FIND_H
#define CONNECT_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "ident/ident.h"

/*
 * Every row about one person in one system: from the identifiers to the rows
 * that carry them, from these to the rows they belong to, and from those down
 * to all that belongs to them; breadth first, one look-up a table and hop.
 *
 * What must stay true: nobody else's rows are found as the person's own.
 * - A row's owner is climbed to only from a row that carries an identifier (or
 *   was climbed to from one), and only when it names one row of that table.
 * - Links marked `shared` are climbed from any row, and never descended.
 * - A row that another row, which is not the person's, shares (it links to a
 *   second owner; others link to it by a shared link) is marked is_shared, and
 *   so is what belongs to it.  It is shown, and erased only when allowed.
 * - A row with two people's addresses (two columns identify by the same kind, with
 *   different values, and the map does not call them `own`) is shared, and leads
 *   nowhere.  So is an owner that was climbed to by one address while another stands
 *   with it, unless the map calls the column that led there `own`.
 * New identifiers are reported, not followed: whether a telephone number leads
 * on to someone else's rows is for the caller to decide.  A new email address is the
 * person's when it stands in a column that the map calls `own`, or in a row that
 * carries what was asked for or owns such a row; and when it leads to nobody else's
 * row here.  All others are doubts.
 */
struct ways; /* erase_ways.h */

struct found_row {
	struct cell key;
	struct cell *cells; /* one for each column of the map's table */
	str path; /* names only: "person_email.email > person > lead" */
	bool is_shared;
	bool is_let; /* is_shared, and somebody decided that it goes all the same */
	/* These are not kept with a stored finding. */
	bool is_entry; /* carries an identifier, or was climbed to from one */
	bool is_excepted; /* stays, see find_except() */
	bool is_strange; /* is_shared by an identifier in it alone: find_others.h */
	/* Where its values could not be kept: what the columns that have a way are to
	 * hold, by erase_ready(); NULL: to be made of the cells. */
	struct step_set *instead;
};

/*
 * Of a table of which the person has more rows than a finding keeps (find_options):
 * how many more, and the one look-up that brings all of them.  connect/find_rest.h
 * reads them.
 */
struct found_rest {
	size_t n;     /* not kept; 0: all are */
	uint64_t sum; /* of the keys of all, in whatever order */
	size_t column;
	enum match match;
	const struct cell *values;
	size_t values_n;
	bool *has_value; /* of each column: in a row that is not kept */
	/* With find_options.has_names: a number made of the key of each row of the
	 * table, kept or not, in order. */
	uint64_t *names;
	size_t names_n;
	size_t gone; /* of the rows not kept: missed by find_rest_name() */
};

struct found_table {
	const struct map_table *table;
	struct found_row *rows;
	size_t n;
	struct found_rest rest;
	/* find_whole() had no room for its values: find_rest_each() reads them. */
	bool is_apart;
	/* What each column takes, by erase_ready(); NULL: nobody asked. */
	const enum cell_form *forms;
	/* Its links that may be emptied, and are part of a circle of links, by
	 * erase_ready(); NULL: none. */
	const bool *is_loose;
	/* Its links that may not be emptied, by erase_stuck.h; NULL: nobody asked. */
	const bool *is_full;
	/* Columns that were to be emptied in rows that stay, and can't be: the system says
	 * that they hold something always (find_never_empty()); NULL: none. */
	bool *never_empty;
};

/* Does any row have a value in this column, kept or not? */
bool found_has_value(const struct found_table *t, size_t column);

/*
 * Past FIND_SIZE_MAX bytes of values a finding keeps only what erasing needs
 * (keys, links, identifiers) and marks the other cells as cut.
 */
struct finding {
	const struct map_system *system;
	struct found_table *tables; /* one for each table of the system */
	/* Identifiers in the person's own rows that were not asked for; at
	 * most FIND_IDENTS_MAX. */
	struct ident *idents;
	size_t idents_n;
	/* Addresses in them that may be somebody else's: nothing is searched for by
	 * them unless a person says so.  Not kept with a stored finding. */
	struct ident *doubts;
	size_t doubts_n;
	size_t rows_n;           /* over all tables, kept or not */
	const struct ways *ways; /* what erase_ready() made values by; NULL */
};

/* Rows to start from besides: a key that another system told of. */
struct find_start {
	size_t table;
	size_t column;
	bool is_entry; /* it was told of as what owns rows there */
	str path;      /* that led to it: "crm: contact.email" */
	const struct cell *values;
	size_t n;
};

struct find_options {
	const struct find_start *starts;
	size_t starts_n;
	size_t rows_max; /* 0: FIND_ROWS_MAX; more is ERR_LIMIT, not a cut */
	/* More rows than this of a table are counted, and not kept, where one
	 * look-up brings all of them and nothing leads on from them
	 * (find_rest.h); 0: every row is kept. */
	size_t keep_max;
	/* They are to be told again one by one, for who erases or corrects: at
	 * most FIND_REST_MAX of a table. */
	bool has_names;
	const struct map *map; /* with keep_max: which systems lead where */
	/* 0: FIND_CELL_MAX; at least CONNECT_KEY_MAX.  A key, or the value of
	 * a link, that is longer is ERR_LIMIT. */
	size_t cell_max;
	/* Of all that was found, before exceptions: marks is_shared what is somebody else's
	 * too for a reason that is not in this system; NULL. */
	int (*mark)(void *ctx, struct finding *f, struct err *e);
	void *mark_ctx;
	/* Told of each look-up before it is made; NULL.  path is empty for
	 * those that only ask whether a row is someone else's too. */
	void (*before)(void *ctx, size_t hop, str path);
	void *before_ctx;
};

/*
 * The identifiers are of profile toyon/1, and only looked at during the call; kinds
 * that no column of the system has are passed over.  Nothing found is 0 rows and 0 returned.
 */
int find_person(struct conn *c, struct arena *a, const struct ident *ids,
	size_t n, const struct find_options *o, struct finding *out,
	struct err *e);

/*
 * The same from rows that are known by their keys, all in one table: people who
 * were recognized by something else than an identifier that could be asked for
 * (a hash of name, birth date and ZIP).  A key is given as its text.  What links
 * to such a key is found as well when the row itself is gone, so that a second
 * search proves a deletion.  Several keys are searched for together: what they
 * share with each other is not someone else's.
 */
struct find_keys {
	const struct map_table *table; /* of the system */
	const str *at;
	size_t n; /* at most FIND_KEYS_MAX */
	/* Known by what they belong to in another system, as with a start that is no
	 * entry: what they belong to here may be other people's too. */
	bool is_owned;
};
int find_by_key(struct conn *c, struct arena *a, const struct find_keys *keys,
	const struct find_options *o, struct finding *out, struct err *e);

/* Marks the rows that stay as exceptions; a search does it with those of its
 * connection.  x: NULL is none. */
void find_except(struct finding *f, const struct row_exceptions *x);

/*
 * A finding as JSON and back, so that it can be sealed, and later exactly these
 * keys be erased.  It carries personal data.  The map may have changed between:
 * a table or column that the system no longer has is ERR_CONFLICT.
 */
void find_to_json(struct buf *b, const struct finding *f);
int find_from_json(struct arena *a, const struct map_system *s, str json,
	struct finding *out, struct err *e);

#endif
