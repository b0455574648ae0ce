#ifndef CONNECT_ODBC_PLACE_H
#define CONNECT_ODBC_PLACE_H

#include "connect/odbc/session.h"

/*
 * Where a statement looks for values: in a column, or in several together, whose values are
 * tuples (connect/tuple.h).
 */
struct odbc_place {
	struct map_names columns;
	struct odbc_kind kinds[MAP_PARTS_MAX]; /* of each */
};

static inline bool odbc_is_tuple(const struct odbc_place *p)
{
	return p->columns.n > 1;
}

/* What stands there in a row whose cells of these columns are the next ones: as the set of a
 * part has it.  False: nothing does. */
bool odbc_place_text(struct arena *a, const struct odbc_place *p,
	const struct cell *cells, str *out);

/* The texts that can stand there, each once. */
struct odbc_wanted {
	str *at;
	size_t n;
};

struct odbc_wanted odbc_wanted_of(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, const struct cell *cells, size_t n);

/* How many go into one statement. */
size_t odbc_at_once(const struct odbc_place *p);

/* Some of them at once: a condition, the values of its question marks, and the set of the
 * texts.  Where a column is filled up a text is two values: not every database takes one for
 * the other. */
struct odbc_part {
	str same;
	struct odbc_value *values;
	size_t n;
	struct key_set set;
};

enum odbc_naming {
	ODBC_NAME_READ, /* the columns of the table t */
	ODBC_NAME_SURE, /* the same; without columns that can't be compared (ODBC_OTHER) */
	ODBC_NAME_WRITE, /* their names alone */
};

struct odbc_part odbc_part_of(const struct odbc_conn *c, struct arena *a,
	const struct odbc_place *p, enum odbc_naming naming,
	const struct odbc_wanted *texts);

/* Each of its columns can be compared; any can. */
bool odbc_is_sure(const struct odbc_place *p);
bool odbc_is_any_sure(const struct odbc_place *p);

#endif
