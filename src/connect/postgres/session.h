#ifndef CONNECT_POSTGRES_SESSION_H
#define CONNECT_POSTGRES_SESSION_H

#include "connect/connector.h"
#include "connect/postgres/link.h"
#include "connect/statement.h"

/*
 * A connection with what was learned over it: the types of columns, which decide
 * how a value is compared.  Shared by the files of this folder.
 */
enum pg_statement {
#define STATEMENT(NAME, text) PG_SAY_##NAME,
#include "connect/postgres/tbl/statements.h"
};

extern const char *const pg_statements[];

/* Memory of one call: statements, and values on their way. */
enum { PG_SCRATCH_MAX = 512 << 20 };

struct pg_table;
struct pg_type;

struct pg_conn {
	struct conn head;
	struct arena *arena;
	struct pg_link link;
	struct pg_table *tables;
	bool is_hash_asked;
	str hash_function; /* with its schema; empty: none (hash.h) */
};

static inline struct pg_conn *pg_own(struct conn *c)
{
	return (struct pg_conn *)c;
}

/* A statement without parts and values. */
int pg_say(struct pg_conn *c, enum pg_statement s, struct err *e);
void pg_roll_back(struct pg_conn *c);

str pg_value_at(const PGresult *res, int column);

/* A table of the map as statements name it, with its schema where the map has it:
 * "crm"."person".  ERR_INVALID when there is none.  Asked once a table. */
int pg_table_quoted(struct pg_conn *c, str name, str *out, struct err *e);
int pg_type_of(struct pg_conn *c, str table, str column,
	const struct pg_type **type, struct err *e);

/* The letters that texts of the column may be filled up to with blanks, since a link says that
 * it holds the values of a char(n); 0: there is none.  A char(n) itself needs no telling. */
int pg_fill_of(struct pg_conn *c, str table, str column, size_t *letters,
	struct err *e);

/*
 * Some values and the column that is to hold one, `"id" = any($1::bigint[])`, or tuples and
 * the columns that are to hold one together, `("order", "line") in (select * from
 * unnest($1::bigint[], $2::bigint[]))`: either goes by an index.
 */
struct pg_among {
	str table;
	struct map_names columns;
	const struct cell *values;
	size_t n;
	int parameter; /* the first; there is one for each column */
};

/* parameters: one for each column. */
int pg_put_among(struct pg_conn *c, struct arena *a, const struct pg_among *in,
	str *text, const char **parameters, struct err *e);

/* The vtable's functions that have files of their own. */
int pg_rows(struct conn *conn, const struct row_query *q, row_fn *fn, void *ctx,
	struct err *e);
int pg_insert(struct conn *conn, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e);

int pg_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e);
int pg_form(struct conn *conn, str table, str column, enum cell_form *out,
	struct err *e);
int pg_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e);

#endif
