#ifndef CONNECT_POSTGRES_HASH_H
#define CONNECT_POSTGRES_HASH_H

#include "connect/postgres/session.h"

/*
 * Hashing where the data lives: with the extension toyon in it, a database can
 * hand over the State's hash of a value instead of the value.  The function is
 * asked for and tried once a connection; only the extension's own is called,
 * and only when it hashes as ident/ does.
 */

/* The columns of a look-up as they are to be selected. */
int pg_put_columns(struct pg_conn *c, struct arena *a,
	const struct row_query *q, str *out, struct err *e);

/* Whether column i of the look-up may come hashed from this database. */
static inline bool pg_is_hashed(
	const struct pg_conn *c, const struct row_query *q, size_t i)
{
	return c->hash_function.n && q->hash && q->hash[i];
}

#endif
