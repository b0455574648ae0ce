#ifndef CONNECT_MARIADB_HASH_H
#define CONNECT_MARIADB_HASH_H

#include "connect/mariadb/session.h"

/*
 * Hashing where the data lives: a server with the loadable function
 * toyon_drop_hash() (bindings/mariadb) can hand over the State's hash of a value
 * instead of the value.  It is tried once a connection, and used only when it
 * hashes as ident/ does.
 *
 * Only an administrator of the server can load one.  A stored function, which is
 * what whoever may write in the database could make, is never called: where the
 * database has one of that name, values are hashed here.
 */

/* The columns of a look-up as they are to be selected. */
struct maria_columns {
	str text;
	const bool *is_hashed; /* for each: hashed_cell() reads it */
	bool has_hashed;
};

int maria_put_columns(struct maria_conn *c, struct arena *a,
	const struct row_query *q, struct maria_columns *out, struct err *e);

#endif
