#ifndef CONNECT_ODBC_LINK_H
#define CONNECT_ODBC_LINK_H

#include <sql.h>
#include <sqlext.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "connect/connector.h"

/*
 * One connection through an ODBC driver.  Connecting, and each statement, has its
 * time as far as the driver keeps it.  After a failure that tells of a lost
 * connection it is dropped, and every later call is ERR_UNAVAILABLE.  Errors
 * carry SQLSTATE and number, never the driver's text: that may hold values, or
 * the secret.
 */
enum odbc_dialect {
#define DIALECT(NAME, dbms, is_wide, is_filling, is_typed, schema) \
	DIALECT_##NAME,
#include "connect/odbc/tbl/dialects.h"
};

struct odbc_link {
	SQLHENV env;
	SQLHDBC db; /* NULL: dropped */
	int timeout_ms;
	enum odbc_dialect dialect;
	bool is_wide;    /* texts are UTF-16 */
	bool is_filling; /* a char(n) gets blanks up to its length */
	bool is_typed;   /* a column holds values of its type only */
	char quote;      /* of names */
};

/* address: a connection string, "Driver=...;Server=...". */
int odbc_link_open(struct odbc_link *l, struct arena *a, str address,
	int timeout_ms, struct err *e);
void odbc_link_drop(struct odbc_link *l);

/* What a column is: decides how values travel and are compared. */
enum odbc_sort {
	ODBC_INT,
	ODBC_TEXT,
	ODBC_BYTES,
	ODBC_OTHER, /* a date, a decimal: its text is what counts */
};

/* And how many letters its texts are filled up to with blanks, which are no part of
 * them: they are read without.  0: blanks at their end are theirs. */
struct odbc_kind {
	enum odbc_sort sort;
	size_t fill;
	bool is_decimal; /* cell.is_decimal */
	/* It may hold a value as a number and as a text, and compares by type. */
	bool is_untyped;
	bool may_be_null;
	enum cell_form form;
};

struct odbc_value {
	enum odbc_sort as;
	bool is_null;
	str v;
};

/* False for what no such column can hold: it could be an error. */
bool odbc_may_hold(const struct odbc_link *l, enum odbc_sort sort, str v);
/* A cell on its way into a column of that sort. */
struct odbc_value odbc_value_of(enum odbc_sort sort, const struct cell *c);

/* A statement and what its question marks stand for. */
struct odbc_ask {
	const char *sql;
	const struct odbc_value *values;
	size_t n;
	const char *what; /* for errors: `table "person"` */
};

/* One row at a time; cells live until the next.  fn is NULL: there are none.  1
 * from it: that was enough. */
struct odbc_reader {
	row_fn *fn;
	void *ctx;
	size_t cell_max; /* a longer cell comes cut and marked; 0: none is */
	size_t whole;    /* uncut, for a comparison: this column; or SIZE_MAX */
};

/* *changed: rows changed, -1 when the driver can't say; may be NULL. */
int odbc_link_ask(struct odbc_link *l, const struct odbc_ask *q,
	const struct odbc_reader *rd, int64_t *changed, struct err *e);

/* A table as the driver tells of it; empty: it has no catalogs, or no schemas. */
struct odbc_table {
	str catalog;
	str schema;
	str name;
};

/* The schema of the table that statements reach by its name alone; empty when the
 * database does not say. */
int odbc_link_schema(struct odbc_link *l, struct arena *a, str table, str *out,
	struct err *e);

/* What the driver lists: its rows have the columns that ODBC gives them. */
enum odbc_list {
	ODBC_TABLES,     /* all */
	ODBC_COLUMNS,    /* of tables whose names fit */
	ODBC_KEYS,       /* the primary key of the table */
	ODBC_REFERENCES, /* from the table to others */
	ODBC_UNIQUE,     /* the columns of its unique indexes */
};
int odbc_link_list(struct odbc_link *l, enum odbc_list what,
	const struct odbc_table *of, const struct odbc_reader *rd,
	struct err *e);

/* The same statement for many rows. */
struct odbc_prepared;
int odbc_link_prepare(struct odbc_link *l, struct arena *a, const char *sql,
	const char *what, struct odbc_prepared **out, struct err *e);
int odbc_link_execute(struct odbc_link *l, struct odbc_prepared *p,
	const struct odbc_value *values, size_t n, struct err *e);

/* A statement without values and rows. */
int odbc_link_say(
	struct odbc_link *l, const char *sql, const char *what, struct err *e);

/* What a statement's n columns are. */
int odbc_link_kinds(struct odbc_link *l, const struct odbc_ask *q,
	struct odbc_kind *out, size_t n, struct err *e);

int odbc_link_begin(struct odbc_link *l, struct err *e);
int odbc_link_commit(struct odbc_link *l, struct err *e);
void odbc_link_roll_back(struct odbc_link *l); /* what is wrong is known */

#endif
