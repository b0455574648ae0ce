#ifndef CONNECT_REDIS_SESSION_H
#define CONNECT_REDIS_SESSION_H

#include "connect/connector.h"
#include "connect/redis/link.h"
#include "connect/redis/pattern.h"

/* A connection, and what the files of this folder share. */
enum {
	REDIS_SCRATCH_MAX = 512 << 20, /* memory of one call */
	REDIS_TRIES = 8, /* of a transaction, when others change its keys */
};

struct redis_conn {
	struct conn head;
	struct redis_link link;
	enum conn_mode mode;
};

static inline struct redis_conn *redis_own(struct conn *c)
{
	return (struct redis_conn *)c;
}

/* A table of the map, and how its keys are made. */
struct redis_table {
	const struct conn *head;
	const struct map_table *map;
	struct redis_pattern pattern;
	const char *what; /* for errors: `table "customer"` */
};

/* ERR_INVALID when the map has no such table. */
int redis_table_named(const struct redis_conn *c, struct arena *a, str name,
	struct redis_table *out, struct err *e);

/* Where a column of a row comes from. */
enum redis_from {
	REDIS_FROM_KEY,   /* the whole of it */
	REDIS_FROM_PART,  /* one of its parts */
	REDIS_FROM_FIELD, /* of the hash */
};

struct redis_column {
	str name;
	enum redis_from from;
	size_t part;
	bool is_optional;
	bool is_there; /* the caller's: a row has had the field */
};

/* ERR_INVALID when the map has no such column. */
int redis_column_named(const struct redis_table *t, str name,
	struct redis_column *out, struct err *e);

/* The key of the row with that value; false when there can be none.  The column
 * is one that tells the whole key. */
bool redis_column_tells_key(
	const struct redis_table *t, const struct redis_column *c);
bool redis_key_of(struct arena *a, const struct redis_table *t,
	const struct redis_column *c, str value, str *out);

int redis_may_write(const struct redis_conn *c, struct err *e);

/* The vtable's functions that have a file of their own. */
int redis_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e);
int redis_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);
int redis_insert(struct conn *conn, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e);
int redis_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e);
int redis_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e);

#endif
