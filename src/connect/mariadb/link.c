/*
 * The conversation with MariaDB: prepared statements only, since these keep
 * values out of the text, and rows one by one as they come.
 */
#include "connect/mariadb/link.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <string.h>

#include "base/base.h"

enum {
	SHORT_CELL = 256, /* read at once; longer ones by a second call */
	ROW_ARENA_MAX = 1 << 30,
};

void maria_link_drop(struct maria_link *l)
{
	if (l->my)
		mysql_close(l->my);
	l->my = NULL;
}

static int gone(struct maria_link *l, const char *what, struct err *e)
{
	maria_link_drop(l);
	return err_set(
		e, ERR_UNAVAILABLE, "%s: the database did not answer", what);
}

/* Whole seconds are all that the library knows. */
static unsigned seconds_of(int timeout_ms)
{
	return (unsigned)(timeout_ms + 999) / 1000;
}

/* Encrypted, to the server that the address names, or not at all. */
static void set_tls(MYSQL *my, const struct conn_url *u)
{
	my_bool yes = 1;

	if (!conn_url_wants_tls(u))
		return;
	mysql_options(my, MYSQL_OPT_SSL_ENFORCE, &yes);
	mysql_options(my, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
	mysql_options(my, MYSQL_OPT_SSL_CA, u->ca);
}

static void set_options(MYSQL *my, int timeout_ms)
{
	unsigned seconds = seconds_of(timeout_ms), none = 0;
	unsigned open = seconds_of(conn_open_ms(timeout_ms));

	mysql_options(my, MYSQL_OPT_CONNECT_TIMEOUT, &open);
	/* The server ends a statement first, and says so. */
	seconds++;
	mysql_options(my, MYSQL_OPT_READ_TIMEOUT, &seconds);
	mysql_options(my, MYSQL_OPT_WRITE_TIMEOUT, &seconds);
	mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	/* A server may else ask for any file that we can read. */
	mysql_options(my, MYSQL_OPT_LOCAL_INFILE, &none);
}

int maria_link_open(struct maria_link *l, const struct conn_url *u,
	int timeout_ms, struct err *e)
{
	unsigned code;

	l->my = mysql_init(NULL);
	must(l->my != NULL);
	set_options(l->my, timeout_ms);
	set_tls(l->my, u);
	if (mysql_real_connect(l->my, u->host, u->user, u->password, u->path,
		    u->port, u->socket, CLIENT_FOUND_ROWS))
		return 0;
	code = mysql_errno(l->my);
	maria_link_drop(l);
	err_set(e, ERR_UNAVAILABLE, "can't connect to the database");
	err_hint(e, conn_url_wants_tls(u)
			    ? "is it running with TLS, does its certificate "
			      "have the host's name, and who signed it?"
			    : "is it running, and is the URL in the secret "
			      "right?");
	return err_detail(e, "MariaDB error %u", code);
}

struct refusal {
	unsigned number;
	enum err_code code;
	const char *text;
};

/* By number: the server's own texts may carry values. */
static const struct refusal refusals[] = {
#define REFUSAL(NUMBER, CODE, text) { NUMBER, ERR_##CODE, text },
#include "connect/mariadb/tbl/refusals.h"
};

static const struct refusal *refusal_of(unsigned number)
{
	static const struct refusal other = { 0, ERR_UNAVAILABLE,
		"the database did not answer" };

	for (size_t i = 0; i < COUNTOF(refusals); i++)
		if (refusals[i].number == number)
			return &refusals[i];
	return &other;
}

static bool is_lost(unsigned number)
{
	return number == ER_CONNECTION_KILLED ||
	       (number >= CR_MIN_ERROR && number <= CR_MAX_ERROR);
}

static int refused(
	struct maria_link *l, unsigned number, const char *what, struct err *e)
{
	const struct refusal *r = refusal_of(number);

	if (is_lost(number)) {
		gone(l, what, e);
		return err_detail(e, "MariaDB error %u", number);
	}
	err_set(e, r->code, "%s: %s", what, r->text);
	if (r->code == ERR_INVALID)
		err_hint(e, "compare the data map with the database");
	if (number == ER_BAD_NULL_ERROR)
		err_hint(e, CONNECT_NOT_EMPTY_HINT);
	return err_detail(e, "MariaDB error %u", number);
}

int maria_link_say(
	struct maria_link *l, const char *sql, const char *what, struct err *e)
{
	MYSQL_RES *res;

	if (!l->my)
		return gone(l, what, e);
	if (mysql_query(l->my, sql))
		return refused(l, mysql_errno(l->my), what, e);
	res = mysql_store_result(l->my);
	mysql_free_result(res);
	return 0;
}

static void bind_value(MYSQL_BIND *b, const struct maria_value *v)
{
	static const enum enum_field_types types[] = {
		[AS_TEXT] = MYSQL_TYPE_STRING,
		[AS_BYTES] = MYSQL_TYPE_BLOB,
	};
	str s = v->cell->v.v;

	memset(b, 0, sizeof *b);
	b->buffer_type = v->as != AS_IT_IS            ? types[v->as]
			 : v->cell->type == CELL_BLOB ? MYSQL_TYPE_BLOB
						      : MYSQL_TYPE_STRING;
	if (v->cell->type == CELL_NULL)
		b->buffer_type = MYSQL_TYPE_NULL;
	b->buffer = (void *)(uintptr_t)(s.n ? s.p : "");
	b->buffer_length = s.n;
	b->length_value = s.n;
	b->length = &b->length_value;
}

/* The text stays where it is until the statement has run. */
static int execute(struct maria_link *l, MYSQL_STMT *st, struct arena *a,
	const struct maria_ask *q, struct err *e)
{
	MYSQL_BIND *b = arena_many(a, MYSQL_BIND, q->n);

	for (size_t i = 0; i < q->n; i++)
		bind_value(&b[i], &q->values[i]);
	must(mysql_stmt_param_count(st) == q->n);
	if ((q->n && mysql_stmt_bind_param(st, b)) || mysql_stmt_execute(st))
		return refused(l, mysql_stmt_errno(st), q->what, e);
	return 0;
}

/* A row on its way: short cells are read at once. */
struct fetch {
	MYSQL_STMT *st;
	MYSQL_FIELD *fields;
	size_t n;
	MYSQL_BIND *binds;
	struct cell *cells;
	struct arena *row; /* of the longer ones */
};

static bool is_int_type(enum enum_field_types t)
{
	return t == MYSQL_TYPE_TINY || t == MYSQL_TYPE_SHORT ||
	       t == MYSQL_TYPE_INT24 || t == MYSQL_TYPE_LONG ||
	       t == MYSQL_TYPE_LONGLONG || t == MYSQL_TYPE_YEAR;
}

static bool is_text_type(enum enum_field_types t)
{
	return t == MYSQL_TYPE_STRING || t == MYSQL_TYPE_VAR_STRING ||
	       t == MYSQL_TYPE_VARCHAR || t == MYSQL_TYPE_BLOB ||
	       t == MYSQL_TYPE_TINY_BLOB || t == MYSQL_TYPE_MEDIUM_BLOB ||
	       t == MYSQL_TYPE_LONG_BLOB;
}

static enum maria_class class_of(const MYSQL_FIELD *f)
{
	if (is_int_type(f->type))
		return CLASS_INT;
	if (f->type == MYSQL_TYPE_NEWDECIMAL || f->type == MYSQL_TYPE_DECIMAL)
		return CLASS_DECIMAL;
	if (!is_text_type(f->type))
		return CLASS_OTHER;
	return f->charsetnr == MARIA_CHARSET_BYTES ? CLASS_BYTES : CLASS_TEXT;
}

static void bind_columns(struct fetch *f, struct arena *a)
{
	f->binds = arena_many(a, MYSQL_BIND, f->n);
	f->cells = arena_many(a, struct cell, f->n);
	for (size_t i = 0; i < f->n; i++) {
		MYSQL_BIND *b = &f->binds[i];

		b->buffer_type = class_of(&f->fields[i]) == CLASS_BYTES
					 ? MYSQL_TYPE_BLOB
					 : MYSQL_TYPE_STRING;
		b->buffer = arena_alloc(a, SHORT_CELL);
		b->buffer_length = SHORT_CELL;
		b->length = &b->length_value;
		b->is_null = &b->is_null_value;
		b->error = &b->error_value;
	}
}

static int read_long(struct fetch *f, size_t at, size_t n)
{
	MYSQL_BIND b = f->binds[at];
	unsigned long length;
	my_bool is_null, error;

	b.buffer = arena_alloc(f->row, n);
	b.buffer_length = n;
	b.length = &length;
	b.is_null = &is_null;
	b.error = &error;
	if (mysql_stmt_fetch_column(f->st, &b, (unsigned)at, 0))
		return -1;
	f->cells[at].v.v = (str){ b.buffer, n };
	return 0;
}

/* Some bytes more than the limit show where the last whole letter ends. */
static int read_cell(struct fetch *f, size_t at, size_t cell_max)
{
	const MYSQL_BIND *b = &f->binds[at];
	enum maria_class k = class_of(&f->fields[at]);
	struct cell *c = &f->cells[at];
	size_t n = b->length_value;

	*c = (struct cell){ .type = CELL_NULL };
	if (b->is_null_value)
		return 0;
	c->is_decimal = k == CLASS_DECIMAL ||
			f->fields[at].type == MYSQL_TYPE_DOUBLE ||
			f->fields[at].type == MYSQL_TYPE_FLOAT;
	c->type = k == CLASS_INT     ? CELL_INT
		  : k == CLASS_BYTES ? CELL_BLOB
				     : CELL_TEXT;
	if (cell_max && n > cell_max)
		n = cell_max + 1;
	c->v.v = (str){ b->buffer, n };
	if (n > SHORT_CELL && read_long(f, at, n) < 0)
		return -1;
	cell_cut(c, cell_max);
	return 0;
}

static int hand_out(struct fetch *f, const struct maria_reader *rd,
	struct maria_link *l, const char *what, struct err *e)
{
	for (size_t i = 0; i < f->n; i++)
		if (read_cell(f, i, i == rd->whole ? 0 : rd->cell_max) < 0)
			return refused(l, mysql_stmt_errno(f->st), what, e);
	return rd->fn(rd->ctx, f->cells, f->n, e);
}

static int fetch_rows(struct maria_link *l, struct fetch *f,
	const struct maria_reader *rd, const char *what, struct err *e)
{
	int rc;

	while ((rc = mysql_stmt_fetch(f->st)) == 0 ||
		rc == MYSQL_DATA_TRUNCATED) {
		if (arena_used(f->row))
			arena_clear(f->row);
		if (hand_out(f, rd, l, what, e) < 0)
			return -1;
	}
	return rc == MYSQL_NO_DATA
		       ? 0
		       : refused(l, mysql_stmt_errno(f->st), what, e);
}

static int read_rows(struct maria_link *l, MYSQL_STMT *st, struct arena *a,
	const struct maria_ask *q, const struct maria_reader *rd, struct err *e)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(st);
	struct fetch f = { .st = st };
	int rc;

	must(meta != NULL);
	f.n = mysql_num_fields(meta);
	f.fields = mysql_fetch_fields(meta);
	f.row = arena_new(ROW_ARENA_MAX);
	bind_columns(&f, a);
	if (mysql_stmt_bind_result(st, f.binds))
		rc = refused(l, mysql_stmt_errno(st), q->what, e);
	else
		rc = fetch_rows(l, &f, rd, q->what, e);
	arena_free(f.row);
	mysql_free_result(meta);
	return rc;
}

static int prepare(struct maria_link *l, const char *sql, const char *what,
	MYSQL_STMT **out, struct err *e)
{
	MYSQL_STMT *st;
	unsigned code;

	if (!l->my)
		return gone(l, what, e);
	st = mysql_stmt_init(l->my);
	must(st != NULL);
	if (!mysql_stmt_prepare(st, sql, strlen(sql))) {
		*out = st;
		return 0;
	}
	code = mysql_stmt_errno(st);
	mysql_stmt_close(st);
	return refused(l, code, what, e);
}

int maria_link_ask(struct maria_link *l, const struct maria_ask *q,
	const struct maria_reader *rd, int64_t *changed, struct err *e)
{
	struct arena *a;
	MYSQL_STMT *st;
	int rc;

	if (prepare(l, q->sql, q->what, &st, e) < 0)
		return -1;
	a = arena_new(ROW_ARENA_MAX);
	rc = execute(l, st, a, q, e);
	if (!rc && changed)
		*changed = (int64_t)mysql_stmt_affected_rows(st);
	if (!rc && rd && rd->fn) {
		rc = read_rows(l, st, a, q, rd, e);
		/* To close a statement is to read its other rows first. */
		if (rc < 0)
			maria_link_drop(l);
	}
	mysql_stmt_close(st);
	arena_free(a);
	return rc;
}

struct maria_prepared {
	MYSQL_STMT *st;
	const char *what;
};

static void close_prepared(void *ctx)
{
	struct maria_prepared *p = ctx;

	mysql_stmt_close(p->st);
}

int maria_link_prepare(struct maria_link *l, struct arena *a, const char *sql,
	const char *what, struct maria_prepared **out, struct err *e)
{
	struct maria_prepared *p = arena_one(a, struct maria_prepared);

	p->what = what;
	if (prepare(l, sql, what, &p->st, e) < 0)
		return -1;
	arena_defer(a, close_prepared, p);
	*out = p;
	return 0;
}

int maria_link_execute(struct maria_link *l, struct maria_prepared *p,
	const struct maria_value *values, size_t n, struct err *e)
{
	struct maria_ask q = { .values = values, .n = n, .what = p->what };
	struct arena *a;
	int rc;

	if (!l->my)
		return gone(l, p->what, e);
	a = arena_new(ROW_ARENA_MAX);
	rc = execute(l, p->st, a, &q, e);
	arena_free(a);
	return rc;
}

int maria_link_type(struct maria_link *l, const char *sql, const char *what,
	struct maria_type *out, struct err *e)
{
	MYSQL_STMT *st;
	MYSQL_RES *meta;

	if (prepare(l, sql, what, &st, e) < 0)
		return -1;
	meta = mysql_stmt_result_metadata(st);
	must(meta && mysql_num_fields(meta) == 1);
	*out = (struct maria_type){ class_of(mysql_fetch_fields(meta)),
		maria_form_of(mysql_fetch_fields(meta)) };
	mysql_free_result(meta);
	mysql_stmt_close(st);
	return 0;
}
