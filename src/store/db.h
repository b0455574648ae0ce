#ifndef STORE_DB_H
#define STORE_DB_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "store/sql_id.h"

/*
 * The record of truth, on SQLite or PostgreSQL: the same statements, the same
 * results.  Nothing runs here that is not a named statement of sql/; the typed
 * functions of the generated store/sql.h are how the rest of the program calls
 * them, the three below are what those functions stand on.
 */
struct db;

enum db_type {
	DB_INT,
	DB_TEXT,
	DB_BLOB,
};

/* DB_INT is in i, the others in s.  There is no null: SQL coalesces it away. */
struct db_value {
	enum db_type type;
	int64_t i;
	str s;
};

/*
 * One statement of sql/, in the words of both engines: ?1, ?2 for SQLite and
 * $1, $2 for PostgreSQL, numbered in the order of `in`.
 */
struct sql_stmt {
	const char *name;
	const char *sqlite;
	const char *postgres;
	const enum db_type *in;
	int in_n;
	const enum db_type *out;
	int out_n;
};

extern const struct sql_stmt sql_stmts[]; /* SQL_COUNT of them */

/* The statements end in NULL.  Sorted by number; numbers start at 1. */
struct sql_migration {
	int number;
	const char *name;
	const char *const *sqlite;
	const char *const *postgres;
};

extern const struct sql_migration sql_migrations[];
extern const int sql_migrations_n;

/*
 * `in` holds in_n values of the statement's types.  Texts and blobs that come
 * out are copies in the arena.
 *
 * db_one: 1 and out[0..out_n) filled, 0 for no row, -1 on failure; more than
 * one row is a broken promise of the statement.
 * db_many: *rows has n * out_n values, row after row; 0, or -1 on failure.
 * db_exec: the number of rows changed, or -1.
 */
int db_one(struct db *, struct arena *, enum sql_id, const struct db_value *in,
	struct db_value *out, struct err *);
int db_many(struct db *, struct arena *, enum sql_id, const struct db_value *in,
	struct db_value **rows, size_t *n, struct err *);
int64_t db_exec(
	struct db *, enum sql_id, const struct db_value *in, struct err *);

#endif
