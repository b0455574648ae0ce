#ifndef CONNECT_POSTGRES_LINK_H
#define CONNECT_POSTGRES_LINK_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * One connection to PostgreSQL that never waits longer than it may: connecting
 * and every answer has a moment by which it must be over.  After a failure that
 * leaves the conversation in the middle the connection is dropped, and every
 * later call is ERR_UNAVAILABLE.
 */
struct pg_link {
	PGconn *pg; /* NULL: dropped */
	int timeout_ms;
};

/* The URL is a secret: no error carries any of it. */
int pg_link_open(
	struct pg_link *l, const char *url, int timeout_ms, struct err *e);
void pg_link_drop(struct pg_link *l);

/* What is asked; texts only, NULL for a null. */
struct pg_ask {
	const char *sql;
	const char *const *values;
	int values_n;
	const char *what; /* for errors: `table "person"` */
};

/* Called for each row; -1 with *e set ends the conversation. */
typedef int pg_row_fn(void *ctx, const PGresult *res, struct err *e);

/* Asks and reads all rows; fn may be NULL.  *changed: rows changed, if any. */
int pg_link_ask(struct pg_link *l, const struct pg_ask *q, pg_row_fn *fn,
	void *ctx, int64_t *changed, struct err *e);

#endif
