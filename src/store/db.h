#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
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

enum db_engine { DB_SQLITE, DB_POSTGRES };

/* All 0 is what the service uses. */
struct db_opts {
	bool may_create;  /* SQLite: make the file when it is not there */
	int wait_ms;      /* for a lock or a connection, at most; 0: 5,000 */
	int statement_ms; /* one statement on PostgreSQL; 0: 30,000 */
	/*
	 * For tests: the step with this number (from 1) fails without having
	 * done anything.  Steps are begin, commit and every statement run.
	 */
	int64_t fault_at;
};

/*
 * url: "sqlite:/path/toyon.db" or "postgresql://...".  One thread at a time
 * uses a connection; a process opens its own after fork().  On failure *out is
 * NULL.
 */
int db_open(
	struct db **out, const char *url, const struct db_opts *, struct err *);
void db_close(struct db *); /* NULL is fine; rolls back what is open */
enum db_engine db_engine(const struct db *);

/*
 * Brings the schema up to this program: each migration that is missing, in
 * order, in a transaction of its own.  Several processes and nodes may call it
 * at once.  A database made by a newer program is refused.
 */
int db_migrate(struct db *, struct err *);

/*
 * A transaction.  DB_READ sees one state of the database and may not write;
 * DB_WRITE on SQLite is the only writer, on PostgreSQL it is READ COMMITTED:
 * lock the row (`for update`) that must not change under you.
 *
 * A statement that fails spoils its transaction on both engines: whatever
 * follows fails too, and db_commit() rolls back and fails.  So a conflict that
 * is to be expected is written as `on conflict do nothing`.
 *
 * After a db_commit() that failed the transaction is over and nothing is
 * stored - unless db_is_lost(): then nobody knows, and only a look at the
 * database can tell.  db_rollback() without a transaction does nothing, so that
 * it can stand behind an `out:` label.
 *
 * Outside of a transaction each statement is one of its own.
 */
enum db_mode { DB_READ, DB_WRITE };
int db_begin(struct db *, enum db_mode, struct err *);
int db_commit(struct db *, struct err *);
void db_rollback(struct db *);
bool db_in_transaction(const struct db *);

/*
 * What has been committed by now, as a mark to compare: two that are equal say
 * that between them nobody committed anything, in this process or another.  A
 * commit that was answered before the second was taken is in it.  Costs a look
 * at memory.  False when the engine can't say (PostgreSQL), or a commit is just
 * under way.  Not in a transaction.
 */
struct db_stamp {
	uint32_t word[12];
};
bool db_stamp(struct db *, struct db_stamp *out);
/* What the caller wants to remember of the transaction it is in; 0 when it
 * begins. */
int db_mark(const struct db *);
void db_set_mark(struct db *, int mark);

/* The connection is gone for good; end the process, or open a new one. */
bool db_is_lost(const struct db *);
/* The last failure was bad luck between transactions: roll back, try again. */
bool db_is_retryable(const struct db *);
int64_t db_steps(const struct db *); /* counted for fault_at, so far */

/*
 * For `toyon doctor`: what engine of which version, and everything about the
 * database that should be otherwise.  Reads all of a SQLite file.
 */
struct db_finding {
	bool is_problem;
	str text;
	str hint; /* what to do; empty when there is nothing */
};

struct db_findings {
	struct db_finding *at;
	size_t n;
};

int db_check(struct db *, struct arena *, struct db_findings *, struct err *);

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

/*
 * Failures, on both engines: ERR_CONFLICT something that must be unique is
 * there already, or two transactions were in each other's way (retryable);
 * ERR_UNAVAILABLE the database is busy (retryable), full, or gone (lost);
 * ERR_INVALID a DB_TEXT is no text (str_is_text); ERR_CORRUPT; ERR_INTERNAL.
 * Neither message nor detail holds a value of a row.
 */

/* Prepares without running it, and checks that the engine sees the same
 * parameters and columns as the statement declares.  For tests and doctor. */
int db_prepare(struct db *, enum sql_id, struct err *);

#endif
