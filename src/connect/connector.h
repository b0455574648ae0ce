#ifndef CONNECT_CONNECTOR_H
#define CONNECT_CONNECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/limit.h"
#include "connect/map.h"
#include "connect/pace.h"
#include "ident/ident.h"

/*
 * What every kind of system can do for us; one folder and one table of
 * functions a kind, and a contract test (t/connect) that all of them pass.
 * A connector knows tables, columns and values, but no people.
 *
 * Invariants, for every implementation:
 * - "nothing there" is said only after the system has answered.  Not reached,
 *   cut off, timed out: ERR_UNAVAILABLE, to be tried again.  A table or column
 *   that is missing: ERR_INVALID, the map is wrong.  What the system forbids
 *   (a row elsewhere refers to it, no right to): ERR_CONFLICT, ERR_DENIED.
 * - Values are bound, never part of a statement; names are quoted, so that a
 *   table may be called `select` or `a "b`.
 * - No message and no detail carries a value.
 */

enum cell_type {
	CELL_NULL,
	CELL_INT,
	CELL_TEXT, /* everything that is neither of the others, as text */
	CELL_BLOB,
};

/* A value of a row.  v is its text (an int's digits), or the blob's bytes. */
struct cell {
	enum cell_type type;
	bool is_cut;    /* v is only the beginning */
	bool is_hashed; /* v is the Base64 of the value's hash */
	/* With CELL_TEXT, out of a column of numbers: 7.00 is 7 (decimal.h). */
	bool is_decimal;
	personal v;
};

bool cell_eq(const struct cell *a, const struct cell *b);
struct cell cell_int(struct arena *a, int64_t v);
struct cell cell_text(str v); /* borrows v */
/* Of a system that knows texts only: a number that would be written just so is
 * CELL_INT. */
struct cell cell_by_look(str v);
/* To at most size_max bytes (0: as it is); a letter is not cut in two. */
void cell_cut(struct cell *c, size_t size_max);
struct cell cell_dup(struct arena *a, const struct cell *c);

enum conn_mode {
	CONN_READ, /* can't change anything, by the system's own means */
	CONN_WRITE,
};

/* Rows that stay whatever the map says: the business keeps them, each under an
 * exception of the law. */
struct row_exceptions {
	bool (*has)(
		void *ctx, const struct map_table *t, const struct cell *key);
	void *ctx;
};

struct conn_options {
	enum conn_mode mode;
	int timeout_ms; /* for one call; 0: what the map says */
	/* The folder with the secrets that a map names; NULL: environment only. */
	const char *credentials_dir;
	/* The address itself, instead of what the map names; mostly NULL. */
	const char *url;
	/* Of what is found, these stay; NULL: none.  Longer there than the
	 * connection. */
	const struct row_exceptions *exceptions;
	/* Whose other connections to the system count for its rate, too; NULL: nobody's. */
	struct pace_board *paces;
};

/*
 * A look-up in one table: `columns` of the rows whose `where` column holds one
 * of the values, or of every row.
 */
enum match {
	MATCH_EXACT,
	/* Both sides standardized as `kind` (profile toyon/1): the values are
	 * texts of a struct ident, the column holds any spelling. */
	MATCH_IDENT,
	/* The column holds what ident/ writes, so that an index serves. */
	MATCH_STANDARDIZED,
};

struct row_query {
	str table;
	const str *columns;
	size_t columns_n;
	str where;
	/* In what a connector is asked: the columns that `where` stands for, when the
	 * system has no such column; the values are tuples of them (tuple.h), and what
	 * is in columns is none.  Only with MATCH_EXACT. */
	const str *parts;
	size_t parts_n;
	enum match match;
	enum ident_kind kind;
	const struct cell *values; /* at most CONNECT_VALUES_MAX */
	size_t values_n;
	bool is_all; /* where and values are not looked at */
	/* With is_all: a sample, any so many; 0: every row.  A connector that
	 * can't stop early hands over more.  Files: those that can't be read are
	 * passed over, and the first of them is the error at the end. */
	size_t rows_max;
	bool is_mapped;  /* with rows_max: the columns have to be there */
	size_t cell_max; /* longer values are cut and marked; 0: uncut */
	/* With MATCH_EXACT also the rows whose value the system itself takes for
	 * one of these ("abc" for "AbC"), where it has such a notion. */
	bool is_loose;
	/*
	 * With MATCH_EXACT, along a link: the table and column that refer, which are what
	 * is looked in, or what the values are from.  Where the system enforces that as
	 * a foreign key it is compared as the system compares it, since by that the rows
	 * belong together, and go together; else byte by byte.  Empty: no link.
	 */
	str joined_table;
	str joined_column;
	/*
	 * For each column the kind (ident/drop_kind.h, of one value) by which
	 * the system may hash it where it lives, by the State's rules, and hand
	 * over the hash; NULL: as it is.  A system that can't, a value that
	 * gives no key, or one of IDENT_HASH_CHARS bytes or more: as it is.
	 */
	const char *const *hash;
};

/* The cells are valid during the call.  -1 with *e set ends the look-up. */
typedef int row_fn(
	void *ctx, const struct cell *cells, size_t n, struct err *e);

/* What a column takes, for values that are made up for it (erase_value.h). */
enum cell_form {
	FORM_LOOK, /* the system does not say: by the look of the old value */
	FORM_TEXT,
	FORM_INT,
	FORM_YEAR,
	FORM_DECIMAL,
	FORM_UUID,
	FORM_BYTES,
	FORM_DAY,   /* 2026-11-23 */
	FORM_TIME,  /* 2026-11-23 12:00:00, and what follows */
	FORM_CLOCK, /* 12:00:00 */
	FORM_SPAN,  /* how long something took */
	FORM_BOOL,
	FORM_JSON,
	FORM_INET,
	FORM_LIST, /* many values in one */
};

/* Can one cell of it hold several values? */
bool cell_form_is_many(enum cell_form form);

/* What a column is to hold.  Not the key. */
struct step_set {
	const struct map_column *column;
	struct cell value;
	enum cell_form form; /* how it comes back when it is read again */
};

/*
 * Rows of one table, by key, that are to go; or that stay, with one of
 *
 *	unlink	where that column holds one of the targets, it becomes null
 *	set	the columns get the values, whatever they held; in a file without
 *		a key this gives the rows other keys
 */
struct erase_step {
	const struct map_table *table;
	/* At most CONNECT_VALUES_MAX.  Where the key has several columns, or the
	 * column that is unlinked, its values are tuples (tuple.h). */
	const struct cell *keys;
	size_t keys_n;
	const struct map_column *unlink;
	const struct cell *targets;
	size_t targets_n;
	const struct step_set *set;
	size_t set_n;
	bool is_uncounted; /* its rows go, and into no totals */
	/* Where step_summary(): gets how many of the rows were added; or NULL. */
	int64_t *added;
};

bool step_deletes(const struct erase_step *s);
/* Each key is one row's, so no more rows change than there are keys: ERR_CONFLICT.  Then
 * a key of the map stands on rows that nobody chose, and the transaction is taken back. */
int step_need_own(const struct erase_step *s, int64_t rows, struct err *e);
/* The key is made of a row's bytes: rows that are equal go together. */
bool table_has_own_key(const struct map_table *t);
/* The totals that the rows of a step go into as they go (11 CCR 7022(b)(1)), in the
 * same transaction; NULL: none.  Only where connector_kind_can_sum(). */
const struct map_summary *step_summary(const struct erase_step *s);

/* Where rows are added. */
struct insert_table {
	str name;
	const str *columns;
	size_t columns_n;
};

/*
 * The next row to add: 1 and the index of its table and its cells (valid until
 * the next call), 0 at the end, -1 with *e set.  A row that others refer to
 * comes before them, in a table before theirs.
 */
typedef int insert_fn(
	void *ctx, size_t *table, const struct cell **cells, struct err *e);

/* A column of a system, as the system itself tells it. */
struct column_fact {
	str table;
	str column;
	str type;    /* in the system's words; empty: it has none */
	bool is_key; /* alone tells the rows of its table apart */
	/* Its place, from 1, in a primary key of several columns; 0: in none. */
	int64_t key_place;
	bool is_optional; /* files: not every one has it, or not every row */
	bool is_unseen;   /* no row of its table can be looked at unasked */
	/* Databases that tell what they demand of it: */
	bool has_rules;
	bool is_unique; /* alone, by its primary key or another index */
	bool is_full;   /* it may not be empty */
	bool has_form;  /* what value is made for it, its type says */
	/* The column that it refers to; empty: none.  refers_column may be
	 * empty too: the key of that table. */
	str refers_table;
	str refers_column;
	/* What the map says of its table in this kind of system, one text for each
	 * enum table_word; NULL: nothing. */
	const str *words;
	/* Then all else is empty: what was seen and is in no table, in words for
	 * people, without a name that may be somebody's own. */
	str left;
};

/* The texts are valid during the call. */
typedef int column_fn(void *ctx, const struct column_fact *f, struct err *e);

/* Asked before anything goes; -1 with *e set: then nothing does.  It may read, by the
 * connection that it is given. */
struct erase_guard {
	int (*ask)(void *ctx, struct err *e);
	void *ctx;
	bool is_wide; /* it reads whole tables, not the rows of some keys */
};

/* A column of a foreign key by which the system itself deletes or changes rows, when one
 * that they refer to is deleted. */
struct ripple {
	str name; /* of the key, among all of the system */
	str table; /* empty: one that a statement would not mean by its name alone */
	str column;
	str refers_table;
	str refers_column; /* may be empty: the key of that table */
};

/* The texts are valid during the call; the columns of a key come one after the other, in
 * its order. */
typedef int ripple_fn(void *ctx, const struct ripple *r, struct err *e);

/* The head of every connector's own struct. */
struct conn {
	const struct connector *via;
	const struct map_system *system;
	const struct row_exceptions *exceptions;
	const struct erase_guard *guard; /* of erase(); NULL: none */
	int timeout_ms;
	bool is_closed;
	bool is_erasing;          /* in a transaction of the system */
	struct pace pace;         /* the system's rate */
	struct pace_board *paces; /* of the options */
	/* Of the map's tables: nobody is looked for in a column that holds many values in
	 * one, which equals none of them. */
	bool is_single[MAP_TABLES_MAX];
	/* Columns of these that rows held which are being erased: that no row has them any
	 * more is no mistake of the map (erase_parts.h); NULL: none. */
	const bool *was_held[MAP_TABLES_MAX];
};

/* May no row of the map's table have this column? */
bool conn_is_optional(
	const struct conn *c, const struct map_table *t, size_t column);

struct connector {
	/* It calls more often than it is called, and keeps to conn.pace, and to
	 * the page size of the system, with each. */
	bool is_paced;
	/* erase() asks the guard inside its transaction: what it reads is so until
	 * that ends, or the transaction fails.  Else it is asked right before. */
	bool is_guarded;
	/* It looks at references when the transaction ends: rows of a circle of tables go in
	 * any order. */
	bool is_late;
	/* Its tables are files: that one is damaged says nothing of the others. */
	bool is_files;
	/* Asks the system something; out lives in the arena, and close() is
	 * called once at its end or before. */
	int (*open)(struct arena *a, const struct map *m,
		const struct map_system *s, const struct conn_options *o,
		struct conn **out, struct err *e);
	/* A read; in no order.  fn must not use the connection. */
	int (*rows)(struct conn *c, const struct row_query *q, row_fn *fn,
		void *ctx, struct err *e);
	/*
	 * Does the steps in the order given, in one transaction; erased[i] is
	 * the number of rows that step i deleted, unlinked or set; a row that
	 * held the values already counts.  After -1 nothing is changed - except
	 * that a connection lost during the commit leaves it open what happened,
	 * and only reading again tells.  Several files are not one transaction:
	 * they are replaced one after the other, when all are written
	 * (files/rewrite.h).  Nor are the calls of an API and the entries
	 * of a directory, which are one a row and stop at the first that fails.
	 */
	int (*erase)(struct conn *c, const struct erase_step *steps, size_t n,
		int64_t *erased, struct err *e);
	/* Adds rows in one transaction; *added counts them.  Nothing after -1. */
	int (*insert)(struct conn *c, const struct insert_table *tables,
		size_t n, insert_fn *next, void *ctx, int64_t *added,
		struct err *e);
	/* Runs statements, each ended by ";" at the end of a line, in one
	 * transaction: how the demo and the tests set a system up.  What a
	 * statement is, is the system's (files/files.h). */
	int (*script)(struct conn *c, str statements, struct err *e);
	void (*close)(struct conn *c);

	/* The rest is optional: NULL, and this kind of system can't. */

	/* All columns of all its tables, those of one table one after the
	 * other and in their order.  Tells names, no values; a system without
	 * tables looks at some of what it holds to learn them. */
	int (*describe)(
		struct conn *c, column_fn *fn, void *ctx, struct err *e);
	/* All its ripples. */
	int (*ripples)(struct conn *c, ripple_fn *fn, void *ctx, struct err *e);
	/* The same of all foreign keys of several columns, whatever happens when rows
	 * go: describe() tells none of them. */
	int (*references)(
		struct conn *c, ripple_fn *fn, void *ctx, struct err *e);
	/* What the column takes. */
	int (*form)(struct conn *c, str table, str column, enum cell_form *out,
		struct err *e);
	/* Whether the column may be empty; NULL: all may. */
	int (*can_be_null)(struct conn *c, str table, str column, bool *out,
		struct err *e);
	/* For people: what rows() would send for the look-up, with
	 * placeholders where values go.  Reads names and types at most. */
	int (*plan)(struct conn *c, struct arena *a, const struct row_query *q,
		str *out, struct err *e);
};

extern const struct connector connector_sqlite;
extern const struct connector connector_postgres;
extern const struct connector connector_mariadb;
extern const struct connector connector_odbc;
extern const struct connector connector_redis;
extern const struct connector connector_ldap;
extern const struct connector connector_csv;
extern const struct connector connector_jsonl;
extern const struct connector connector_program;
extern const struct connector connector_http;
extern const struct connector connector_s3_csv;
extern const struct connector connector_s3_jsonl;
extern const struct connector connector_person;

/*
 * The way in: opens the system of the map with the connector it names.  The
 * calls below go to it, and put the system's name before an error.
 */
int conn_open(struct arena *a, const struct map *m, const struct map_system *s,
	const struct conn_options *o, struct conn **out, struct err *e);
/* ERR_INVALID where a column that identifies people holds many values in one. */
int conn_rows(struct conn *c, const struct row_query *q, row_fn *fn, void *ctx,
	struct err *e);
int conn_erase(struct conn *c, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);
/* For connectors that are guarded; 0 without a guard. */
int conn_ask_guard(struct conn *c, struct err *e);
int conn_insert(struct conn *c, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e);
int conn_script(struct conn *c, str statements, struct err *e);
/* ERR_INVALID when this kind of system can't. */
int conn_describe(struct conn *c, column_fn *fn, void *ctx, struct err *e);
/* None where this kind of system can't tell. */
int conn_ripples(struct conn *c, ripple_fn *fn, void *ctx, struct err *e);
int conn_references(struct conn *c, ripple_fn *fn, void *ctx, struct err *e);
/* FORM_LOOK where this kind of system can't tell. */
int conn_form(struct conn *c, str table, str column, enum cell_form *out,
	struct err *e);
/* True where this kind of system can't tell. */
int conn_can_be_null(
	struct conn *c, str table, str column, bool *out, struct err *e);
/* Do the rows of a circle of tables have an order here, which emptying a link breaks? */
bool conn_has_order(const struct conn *c);
/* In words, where the connector has none of its own. */
int conn_plan(struct conn *c, struct arena *a, const struct row_query *q,
	str *out, struct err *e);
/* The look-up can't go by an index of the database: it reads all of the table. */
bool conn_reads_all(const struct conn *c, const struct row_query *q);
/* At the end of the arena by itself; earlier by this, once. */
void conn_close(struct conn *c);

#endif
