#ifndef CONNECT_SQLITE_LINK_H
#define CONNECT_SQLITE_LINK_H

#include <sqlite3.h>

#include "connect/connector.h"

/* What the files of this folder share: a file that is open, and how it is talked to. */
enum statement {
#define STATEMENT(NAME, text) SQLITE_SAY_##NAME,
#include "connect/sqlite/tbl/statements.h"
};

enum { SCRATCH_MAX = 256 << 20 };

struct sqlite_conn {
	struct conn head;
	sqlite3 *db;
	int64_t until_ms; /* when the running call has to be over */
};

struct sqlite_conn *sqlite_own(struct conn *c);

/* The text of a statement; its parts are filled in with statement_fill(). */
const char *sqlite_statement(enum statement s);

/* A call may take as long as the connection's options say, from now on. */
void sqlite_call_begins(struct sqlite_conn *c);

/* Always -1: what SQLite refused last, in words that carry no value.  what: which table. */
int sqlite_failed(sqlite3 *db, const char *what, struct err *e);
int sqlite_say(struct sqlite_conn *c, enum statement s, struct err *e);
/* After a failure SQLite may have rolled back by itself; then this is nothing. */
void sqlite_roll_back(struct sqlite_conn *c);

/* SQLITE_OK, or its code.  The bytes stay where they are: the caller keeps them until the
 * step. */
int sqlite_bind(sqlite3_stmt *st, int at, const struct cell *v);
int sqlite_bind_all(
	sqlite3_stmt *st, int first, const struct cell *values, size_t n);

/* Calls of the connector: connect/connector.h says what each promises. */
int sqlite_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e);
int sqlite_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e);
int sqlite_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);
int sqlite_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e);
int sqlite_script(struct conn *conn, str rest, struct err *e);
int sqlite_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e);
int sqlite_ripples(struct conn *conn, ripple_fn *fn, void *ctx, struct err *e);
int sqlite_references(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e);
int sqlite_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e);

#endif
