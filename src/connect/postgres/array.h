#ifndef CONNECT_POSTGRES_ARRAY_H
#define CONNECT_POSTGRES_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "connect/connector.h"

/*
 * Many values in one parameter: PostgreSQL's text form of an array,
 * {"a","b \"c\"",NULL}.
 */
enum { PG_ARRAY_MAX = 128 << 20 };

void pg_array_start(struct buf *b);
void pg_array_put(struct buf *b, str value);
void pg_array_null(struct buf *b);
/* The whole as a C string, in the arena of the buf. */
const char *pg_array_end(struct buf *b);

/*
 * How a column is compared with an array, by its type: as the database compares two
 * such values, so that 'AbC' is 'abc' in a citext, and 1.00 is 1 in a numeric.
 */
enum pg_sort {
	PG_INT,
	PG_UUID,
	PG_TEXT,
	PG_LETTERS, /* every text is a value: char(n), citext */
	PG_NUMERIC,
	PG_DOUBLE,
	PG_REAL,
	PG_DATE,
	PG_TIME,  /* a timestamp without a zone: its midnight is the date */
	PG_OTHER, /* by its text, which the database writes in one way only */
};

/* A type: its name as format_type(oid, -1) has it, that of the base of a domain; and its
 * pg_type.typcategory. */
struct pg_type {
	str name;
	str category;
	enum pg_sort sort;
	size_t fill;      /* letters of a char(n), connect/filled.h; else 0 */
	bool may_be_null; /* of the column */
};

enum pg_sort pg_sort_of(str name, str category);
/* The two sides of a comparison: `"column"`, or `"column"::text`; `$2::bigint[]`. */
str pg_compared(struct arena *a, str column, const struct pg_type *type);
str pg_array_of(struct arena *a, const struct pg_type *type, int parameter);
/* The values that a column of this sort can hold; the others equal none. */
const char *pg_values(struct arena *a, enum pg_sort sort,
	const struct cell *values, size_t n);
/* What such a column is asked for; false: it can't hold the value. */
bool pg_value(
	struct arena *a, enum pg_sort sort, const struct cell *c, str *out);
/* A value that PostgreSQL can store: UTF-8 without NUL. */
bool pg_can_hold(str value);

#endif
