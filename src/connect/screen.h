#ifndef CONNECT_SCREEN_H
#define CONNECT_SCREEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "connect/connector.h"
#include "connect/find_cross.h"
#include "ident/ident.h"

/*
 * Every identifier that a system holds, one call each: how people who came back
 * (a restored backup, a new import) are noticed; and every key that another system
 * may know them by (find_cross.h).  Streams in bounded memory.
 */
struct screened {
	const struct map_table *table;
	const struct map_column *column;
	const struct cell *key;   /* of the row; valid during the call */
	const struct cell *value; /* the column's, as it is written there */
	const struct ident *id;   /* NULL: a key */
};

/* -1 with *e set ends it.  Must not use the connection. */
typedef int screen_fn(void *ctx, const struct screened *s, struct err *e);

struct screen_way {
	screen_fn *fn;
	void *ctx;
	/* Columns that hold keys; NULL: identifiers only. */
	const struct find_crossings *keys;
};

struct screen_counts {
	int64_t rows;
	int64_t idents;
	int64_t unreadable; /* values that are no identifier of their kind */
};

int screen_system(struct conn *c, const struct screen_way *way,
	struct screen_counts *out, struct err *e);

#endif
