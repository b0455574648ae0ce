#ifndef CONNECT_ODBC_SESSION_H
#define CONNECT_ODBC_SESSION_H

#include "connect/connector.h"
#include "connect/keys.h"
#include "connect/odbc/link.h"
#include "connect/statement.h"

/* A connection, and what the files of this folder share. */
enum odbc_statement {
#define STATEMENT(NAME, text) ODBC_SAY_##NAME,
#include "connect/odbc/tbl/statements.h"
};

extern const char *const odbc_statements[];

enum {
	ODBC_SCRATCH_MAX = 512 << 20, /* memory of one call */
	/* Databases bind 1,000 to 65,535 values; SQL Server 2,100. */
	ODBC_VALUES_AT_ONCE = 500,
};

struct odbc_conn {
	struct conn head;
	struct odbc_link link;
	enum conn_mode mode;
	struct arena *arena;
	struct odbc_fill *fills; /* of columns that links name */
};

static inline struct odbc_conn *odbc_own(struct conn *c)
{
	return (struct odbc_conn *)c;
}

/* `t."order", t."text"`: of the table that is read. */
str odbc_columns(
	const struct odbc_conn *c, struct arena *a, const str *names, size_t n);
/* Names alone. */
str odbc_name(const struct odbc_conn *c, struct arena *a, str name);
str odbc_names(
	const struct odbc_conn *c, struct arena *a, const str *names, size_t n);

/* What each of the columns is; ERR_INVALID when one is missing.  One that is linked to a
 * column which is filled up is, too (connect/filled.h). */
int odbc_kinds(struct odbc_conn *c, struct arena *a,
	const struct insert_table *t, struct odbc_kind *out, struct err *e);

/* The vtable's functions that have a file of their own. */
int odbc_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e);
int odbc_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e);
int odbc_form(struct conn *conn, str table, str column, enum cell_form *out,
	struct err *e);
int odbc_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e);
int odbc_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e);
int odbc_references(struct conn *conn, ripple_fn *fn, void *ctx, struct err *e);
int odbc_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);

int odbc_may_write(const struct odbc_conn *c, struct err *e);
/* What the dialect is told beyond ODBC, tbl/habits.h. */
enum odbc_when { ODBC_OPEN, ODBC_READ, ODBC_WRITE, ODBC_BEGUN };
int odbc_say_habits(struct odbc_conn *c, enum odbc_when when, struct err *e);

int odbc_begin(struct odbc_conn *c, struct err *e);
/* Commits when rc is 0, takes all back when not; rc, or -1. */
int odbc_end(struct odbc_conn *c, int rc, struct err *e);

#endif
