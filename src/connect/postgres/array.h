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

/* How a column is compared with an array, by its type. */
enum pg_sort {
	PG_INT,
	PG_UUID,
	PG_TEXT,
	PG_OTHER, /* by its text */
};

enum pg_sort pg_sort_of(str type); /* as format_type() names it */
/* `"column" = any($2::bigint[])` */
str pg_same(struct arena *a, str column, enum pg_sort sort, int parameter);
/* The values that a column of this sort can hold; the others equal none. */
const char *pg_values(struct arena *a, enum pg_sort sort,
	const struct cell *values, size_t n);
/* A value that PostgreSQL can store: UTF-8 without NUL. */
bool pg_can_hold(str value);

#endif
