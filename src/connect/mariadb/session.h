#ifndef CONNECT_MARIADB_SESSION_H
#define CONNECT_MARIADB_SESSION_H

#include "connect/connector.h"
#include "connect/mariadb/link.h"
#include "connect/statement.h"

/* A connection, and what the files of this folder share. */
enum maria_statement {
#define STATEMENT(NAME, text) MARIA_SAY_##NAME,
#include "connect/mariadb/tbl/statements.h"
};

extern const char *const maria_statements[];

/* Memory of one call: statements, and values on their way. */
enum { MARIA_SCRATCH_MAX = 512 << 20 };

struct maria_join;

struct maria_conn {
	struct conn head;
	struct maria_link link;
	struct arena *arena; /* that it lives in */
	struct maria_join *joins;
	bool has_joins; /* they were read */
	bool is_hash_asked;
	bool has_hash_function; /* hash.h */
};

static inline struct maria_conn *maria_own(struct conn *c)
{
	return (struct maria_conn *)c;
}

int maria_say(struct maria_conn *c, enum maria_statement s, struct err *e);
/* What a lost connection began ends by itself. */
void maria_roll_back(struct maria_conn *c);

/* The values of a statement, in the order of its question marks. */
struct maria_values {
	struct arena *arena;
	struct maria_value *at;
	size_t n;
	size_t cap;
};

void maria_values_put(
	struct maria_values *v, const struct cell *c, enum maria_as as);

/*
 * The rows whose column holds one of the values, byte for byte: the server's own
 * comparison would take "a" for "A", "a " and, in a column of numbers, "2x" for 2.
 * It is asked first, so that an index serves; not with is_indexless, which takes
 * half the question marks.
 */
struct maria_among {
	str table;
	str column;
	const struct cell *values;
	size_t n;
	bool is_indexless;
	bool is_loose; /* as the database compares */
	/* The values are tuples (tuple.h) of these, and column is not looked at;
	 * NULL: they are not. */
	const struct map_names *tuple;
};

/* What no such column can hold is not asked for: it could be an error. */
bool maria_may_hold(enum maria_class k, const struct cell *c, bool is_loose);
/* As a number, not as a text: 7 is 7.00 there, and the index serves. */
#define MARIA_DECIMAL_MARK "cast(? as decimal(65,30))"

/* What its column is; values are not looked at. */
int maria_type_of(struct maria_conn *c, struct arena *a,
	const struct maria_among *in, struct maria_type *out, struct err *e);
int maria_class_of(struct maria_conn *c, struct arena *a,
	const struct maria_among *in, enum maria_class *out, struct err *e);
int maria_put_among(struct maria_conn *c, const struct maria_among *in,
	struct maria_values *values, str *text, struct err *e);
int maria_put_tuples(struct maria_conn *c, const struct maria_among *in,
	struct maria_values *values, str *text, struct err *e);

/* Does the look-up go along a foreign key that the database enforces?  Then its own
 * equality, that of the column's collation, says which rows belong together. */
int maria_is_joined(struct maria_conn *c, const struct row_query *q, bool *out,
	struct err *e);

/* The vtable's functions that have a file of their own. */
int maria_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e);
int maria_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);
int maria_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e);
int maria_ripples(struct conn *conn, ripple_fn *fn, void *ctx, struct err *e);
int maria_references(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e);
int maria_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e);
int maria_form(struct conn *conn, str table, str column, enum cell_form *out,
	struct err *e);
int maria_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e);

#endif
