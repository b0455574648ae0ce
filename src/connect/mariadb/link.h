#ifndef CONNECT_MARIADB_LINK_H
#define CONNECT_MARIADB_LINK_H

#include <mysql.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "connect/connector.h"
#include "connect/url.h"

/*
 * One connection to MariaDB or MySQL.  Connecting, and every packet that is
 * waited for, has its time; the server has one for the whole statement.  After a
 * failure that leaves the conversation in the middle the connection is dropped,
 * and every later call is ERR_UNAVAILABLE.
 */
struct maria_link {
	MYSQL *my; /* NULL: dropped */
};

int maria_link_open(struct maria_link *l, const struct conn_url *u,
	int timeout_ms, struct err *e);
void maria_link_drop(struct maria_link *l);

/* How a value goes out. */
enum maria_as {
	AS_TEXT,  /* in UTF-8: compared as the column is */
	AS_BYTES, /* compared byte by byte */
	AS_IT_IS, /* to be stored: by the cell's type */
};

struct maria_value {
	const struct cell *cell;
	enum maria_as as;
};

/* What is asked: a prepared statement and what its question marks stand for. */
struct maria_ask {
	const char *sql;
	const struct maria_value *values;
	size_t n;
	const char *what; /* for errors: `table "person"` */
};

/* One row at a time; cells live until the next.  A cell that is longer than
 * cell_max (0: none is) comes cut and marked. */
typedef int maria_row_fn(
	void *ctx, const struct cell *cells, size_t n, struct err *e);

struct maria_reader {
	maria_row_fn *fn; /* NULL: there are no rows */
	void *ctx;
	size_t cell_max;
	/* Uncut, for a comparison: this column; or SIZE_MAX. */
	size_t whole;
};

/* *changed: rows changed; may be NULL. */
int maria_link_ask(struct maria_link *l, const struct maria_ask *q,
	const struct maria_reader *rd, int64_t *changed, struct err *e);

/* The same statement for many rows. */
struct maria_prepared;
int maria_link_prepare(struct maria_link *l, struct arena *a, const char *sql,
	const char *what, struct maria_prepared **out, struct err *e);
int maria_link_execute(struct maria_link *l, struct maria_prepared *p,
	const struct maria_value *values, size_t n, struct err *e);

/* A statement without values, which need not be one that can be prepared. */
int maria_link_say(
	struct maria_link *l, const char *sql, const char *what, struct err *e);

/* What a column is: decides how a value is compared with it. */
enum maria_class {
	CLASS_INT,
	CLASS_TEXT,
	CLASS_BYTES,
	CLASS_DECIMAL,
	CLASS_OTHER, /* its text is compared */
};

enum { MARIA_CHARSET_BYTES = 63 }; /* of the protocol: no text */

struct maria_type {
	enum maria_class klass;
	enum cell_form form;
};

enum cell_form maria_form_of(const MYSQL_FIELD *f);

int maria_link_type(struct maria_link *l, const char *sql, const char *what,
	struct maria_type *out, struct err *e);

#endif
