/*
 * Systems that are SQLite files.
 *
 * Three settings decide whether an answer can be trusted: a name in double
 * quotes is never taken for a text (SQLite's old habit would turn a column that
 * is missing into "nothing found"); a file that is not there is not created;
 * and what a search opens is read-only.  Deleted rows are overwritten in the
 * file (secure_delete).
 */
#include <sqlite3.h>
#include <string.h>

#include "base/base.h"
#include "base/clock.h"
#include "base/file.h"
#include "connect/connector.h"
#include "connect/sqlite/untyped.h"
#include "connect/statement.h"
#include "connect/summary.h"

enum statement {
#define STATEMENT(NAME, text) SQLITE_SAY_##NAME,
#include "connect/sqlite/tbl/statements.h"
};

static const char *const statements[] = {
#define STATEMENT(NAME, text) text,
#include "connect/sqlite/tbl/statements.h"
};

enum {
	SCRATCH_MAX = 256 << 20,
	STEPS_BETWEEN_LOOKS = 20000, /* of SQLite's machine, at the clock */
};

struct sqlite_conn {
	struct conn head;
	sqlite3 *db;
	int64_t until_ms; /* when the running call has to be over */
};

static struct sqlite_conn *own(struct conn *c)
{
	return (struct sqlite_conn *)c;
}

/* SQLite's words for a code carry no value; its last message might. */
static int failed(sqlite3 *db, const char *what, struct err *e)
{
	int rc = sqlite3_extended_errcode(db);

	switch (rc & 0xff) {
	case SQLITE_ERROR:
		err_set(e, ERR_INVALID, "%s: the table or a column is missing",
			what);
		err_hint(e, "compare the data map with the database");
		break;
	case SQLITE_CONSTRAINT:
		err_set(e, ERR_CONFLICT,
			rc == SQLITE_CONSTRAINT_FOREIGNKEY
				? "%s: a row elsewhere refers to one of these"
				: "%s: a rule of the database forbids it",
			what);
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		err_set(e, ERR_DENIED, "%s: not allowed", what);
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		err_set(e, ERR_CORRUPT, "%s: the file is damaged", what);
		break;
	case SQLITE_TOOBIG:
		err_set(e, ERR_LIMIT, "%s: a value is too large", what);
		break;
	default:
		err_set(e, ERR_UNAVAILABLE, "%s: the database did not answer",
			what);
	}
	return err_detail(e, "SQLite code %d: %s", rc, sqlite3_errstr(rc));
}

static int is_late(void *ctx)
{
	const struct sqlite_conn *c = ctx;

	return clock_mono_ms() > c->until_ms;
}

static int say(struct sqlite_conn *c, enum statement s, struct err *e)
{
	if (sqlite3_exec(c->db, statements[s], NULL, NULL, NULL) != SQLITE_OK)
		return failed(c->db, "talking to the file", e);
	return 0;
}

/* toyon_ident(kind, value): the standardized text, or null. */
static void ident_function(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
	enum ident_kind kind = (enum ident_kind)sqlite3_value_int(arg[0]);
	struct ident id;
	str raw;

	(void)n;
	if (sqlite3_value_type(arg[1]) == SQLITE_NULL)
		return;
	raw.p = (const char *)sqlite3_value_text(arg[1]);
	raw.n = (size_t)sqlite3_value_bytes(arg[1]);
	if (!raw.p || ident_read(&id, IDENT_TOYON_1, kind, raw))
		return;
	sqlite3_result_text(ctx, id.text, (int)id.n, SQLITE_TRANSIENT);
}

static int prepare_for_use(
	struct sqlite_conn *c, enum conn_mode mode, struct err *e)
{
	sqlite3_extended_result_codes(c->db, 1);
	sqlite3_busy_timeout(c->db, c->head.timeout_ms);
	sqlite3_progress_handler(c->db, STEPS_BETWEEN_LOOKS, is_late, c);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_create_function(c->db, "toyon_ident", 2,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
		ident_function, NULL, NULL);
	if (say(c, SQLITE_SAY_HELLO, e) < 0)
		return -1;
	if (mode == CONN_READ)
		return say(c, SQLITE_SAY_READ_ONLY, e);
	if (say(c, SQLITE_SAY_REFERENCES, e) < 0)
		return -1;
	return say(c, SQLITE_SAY_OVERWRITE, e);
}

static void call_begins(struct sqlite_conn *c)
{
	c->until_ms = clock_mono_ms() + c->head.timeout_ms;
}

static void sqlite_close(struct conn *conn)
{
	sqlite3_close_v2(own(conn)->db);
	own(conn)->db = NULL;
}

static int open_file(struct sqlite_conn *c, const char *path,
	enum conn_mode mode, struct err *e)
{
	int flags = SQLITE_OPEN_NOMUTEX |
		    (mode == CONN_READ ? SQLITE_OPEN_READONLY
				       : SQLITE_OPEN_READWRITE);

	call_begins(c);
	if (sqlite3_open_v2(path, &c->db, flags, NULL) == SQLITE_OK)
		return prepare_for_use(c, mode, e);
	err_set(e, ERR_UNAVAILABLE, "can't open the database file %s", path);
	return err_hint(e,
		"check that it is there and that the service's user may read "
		"and write it, or mend the data map, which names it");
}

/* Whoever wrote died on the way: what was written is to be taken back before anybody reads,
 * which who may only read can't do. */
static bool is_left_open(const struct sqlite_conn *c)
{
	int rc = sqlite3_extended_errcode(c->db);

	return rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY;
}

static int open_to_read(struct sqlite_conn *c, const char *path, struct err *e)
{
	bool is_left;
	int rc = open_file(c, path, CONN_READ, e);

	is_left = rc && is_left_open(c);
	if (!is_left)
		return rc;
	sqlite_close(&c->head);
	if (open_file(c, path, CONN_WRITE, e) < 0)
		return -1;
	sqlite_close(&c->head);
	return open_file(c, path, CONN_READ, e);
}

static int sqlite_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct sqlite_conn *c = arena_one(a, struct sqlite_conn);
	const char *path = o->url ? o->url : arena_cstr(a, s->database);
	int rc;

	if (path[0] != '/' && !o->url)
		path = path_join(a, arena_cstr(a, m->dir), path);
	c->head.timeout_ms = o->timeout_ms;
	rc = o->mode == CONN_READ ? open_to_read(c, path, e)
				  : open_file(c, path, CONN_WRITE, e);
	if (rc < 0) {
		sqlite_close(&c->head);
		return -1;
	}
	*out = &c->head;
	return 0;
}

static const char *no_bytes(str s)
{
	return s.n ? s.p : "";
}

/* The bytes stay where they are: the caller keeps them until the step. */
static int bind(sqlite3_stmt *st, int at, const struct cell *v)
{
	str s = v->v.v;
	int64_t i;

	if (v->type == CELL_NULL)
		return sqlite3_bind_null(st, at);
	if (v->type == CELL_INT && str_int(s, &i))
		return sqlite3_bind_int64(st, at, i);
	if (v->type == CELL_BLOB)
		return sqlite3_bind_blob64(
			st, at, no_bytes(s), s.n, SQLITE_STATIC);
	return sqlite3_bind_text64(
		st, at, no_bytes(s), s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_all(
	sqlite3_stmt *st, int first, const struct cell *values, size_t n)
{
	int rc = SQLITE_OK;

	for (size_t i = 0; i < n && rc == SQLITE_OK; i++)
		rc = bind(st, first + (int)i, &values[i]);
	return rc;
}

static void read_cell(
	sqlite3_stmt *st, int at, size_t cell_max, struct cell *out)
{
	int type = sqlite3_column_type(st, at);

	*out = (struct cell){ .type = CELL_TEXT,
		.is_decimal = type == SQLITE_FLOAT };
	if (type == SQLITE_NULL) {
		out->type = CELL_NULL;
		return;
	}
	if (type == SQLITE_BLOB) {
		out->type = CELL_BLOB;
		out->v.v.p = sqlite3_column_blob(st, at);
	} else {
		if (type == SQLITE_INTEGER)
			out->type = CELL_INT;
		out->v.v.p = (const char *)sqlite3_column_text(st, at);
	}
	out->v.v.n = (size_t)sqlite3_column_bytes(st, at);
	cell_cut(out, cell_max);
}

static const char *query_text(struct arena *a, const struct row_query *q)
{
	const struct statement_part parts[] = {
		{ "columns", names_quoted(a, q->columns, q->columns_n) },
		{ "table", name_quoted(a, q->table) },
		{ "column", name_quoted(a, q->where) },
		{ "kind", arena_fmt(a, "%d", (int)q->kind) },
		{ "values", question_marks(a, q->values_n) },
		{ "n", arena_fmt(a, "%zu", q->rows_max) },
	};
	enum statement s = q->match == MATCH_IDENT ? SQLITE_SAY_ROWS_IDENT
						   : SQLITE_SAY_ROWS_EXACT;

	if (q->is_all)
		s = q->rows_max ? SQLITE_SAY_ROWS_FEW : SQLITE_SAY_ROWS_ALL;
	return statement_fill(a, statements[s], parts, COUNTOF(parts));
}

struct sqlite_read {
	struct sqlite_conn *c;
	const struct row_query *q;
	row_fn *fn;
	void *ctx;
	const char *what; /* for errors: which table */
};

static int read_rows(
	const struct sqlite_read *rd, sqlite3_stmt *st, struct err *e)
{
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];
	int rc;

	must(rd->q->columns_n <= COUNTOF(cells));
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		for (size_t i = 0; i < rd->q->columns_n; i++)
			read_cell(st, (int)i, rd->q->cell_max, &cells[i]);
		if (rd->fn(rd->ctx, cells, rd->q->columns_n, e) < 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : failed(rd->c->db, rd->what, e);
}

static int look(const struct sqlite_read *rd, struct arena *a, struct err *e)
{
	const struct row_query *q = rd->q;
	sqlite3 *db = rd->c->db;
	sqlite3_stmt *st = NULL;
	int rc = -1;

	call_begins(rd->c);
	if (sqlite3_prepare_v2(db, query_text(a, q), -1, &st, NULL) ||
		(!q->is_all && bind_all(st, 1, q->values, q->values_n)))
		failed(db, rd->what, e);
	else
		rc = read_rows(rd, st, e);
	sqlite3_finalize(st);
	return rc;
}

/* In halves, since each value may become two. */
static int look_untyped(
	const struct sqlite_read *rd, struct arena *a, struct err *e)
{
	const struct row_query *all = rd->q;
	const size_t most = CONNECT_VALUES_MAX / 2;
	struct row_query q = *all;
	struct sqlite_read part = *rd;

	part.q = &q;
	for (size_t at = 0; at < all->values_n; at += most) {
		size_t left = all->values_n - at;

		q.values = sqlite_forms(a, all->values + at,
			left < most ? left : most, &q.values_n);
		if (look(&part, a, e))
			return -1;
	}
	return all->values_n ? 0 : look(rd, a, e);
}

static int sqlite_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct sqlite_conn *c = own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	struct sqlite_read rd = { c, q, fn, ctx, table_in_words(a, q->table) };
	bool is_exact = !q->is_all && q->match != MATCH_IDENT;
	int rc;

	call_begins(c);
	if (is_exact && sqlite_is_untyped(a, c->db, q->table, q->where))
		rc = look_untyped(&rd, a, e);
	else
		rc = look(&rd, a, e);
	arena_free(a);
	return rc;
}

/* `"name" = ?, "zip" = ?` */
static str set_text(struct arena *a, const struct erase_step *step)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < step->set_n; i++)
		buf_fmt(&b, "%s%.*s = ?", i ? ", " : "",
			STR_ARG(name_quoted(a, step->set[i].column->name)));
	return buf_str(&b);
}

/* In the order of the statement: what is set, keys, targets. */
static int bind_step(sqlite3_stmt *st, const struct erase_step *step)
{
	int rc = SQLITE_OK, at = 1;

	for (size_t i = 0; i < step->set_n && rc == SQLITE_OK; i++)
		rc = bind(st, at++, &step->set[i].value);
	if (rc == SQLITE_OK)
		rc = bind_all(st, at, step->keys, step->keys_n);
	if (rc == SQLITE_OK && step->unlink)
		rc = bind_all(st, at + (int)step->keys_n, step->targets,
			step->targets_n);
	return rc;
}

static enum statement statement_of(const struct erase_step *step)
{
	if (step->set_n)
		return SQLITE_SAY_SET;
	return step->unlink ? SQLITE_SAY_UNLINK : SQLITE_SAY_ERASE;
}

/* What is unlinked is so whichever type it came with. */
static struct erase_step in_all_forms(
	struct sqlite_conn *c, struct arena *a, const struct erase_step *step)
{
	struct erase_step out = *step;

	if (step->unlink && sqlite_is_untyped(a, c->db, step->table->name,
				    step->unlink->name))
		out.targets = sqlite_forms(
			a, step->targets, step->targets_n, &out.targets_n);
	return out;
}

static int run_step(struct sqlite_conn *c, struct arena *a,
	const struct erase_step *asked, int64_t *changed, struct err *e)
{
	const struct erase_step forms = in_all_forms(c, a, asked);
	const struct erase_step *step = &forms;
	const struct map_table *t = step->table;
	const struct statement_part parts[] = {
		{ "table", name_quoted(a, t->name) },
		{ "key", name_quoted(a, t->columns[t->key].name) },
		{ "values", question_marks(a, step->keys_n) },
		{ "column", step->unlink ? name_quoted(a, step->unlink->name)
					 : (str){ 0 } },
		{ "targets", question_marks(a, step->targets_n) },
		{ "sets", set_text(a, step) },
	};
	const char *sql = statement_fill(
		a, statements[statement_of(step)], parts, COUNTOF(parts));
	sqlite3_stmt *st = NULL;
	bool ok = !sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) &&
		  !bind_step(st, step) && sqlite3_step(st) == SQLITE_DONE;

	*changed = ok ? sqlite3_changes64(c->db) : 0;
	if (!ok)
		failed(c->db, table_in_words(a, t->name), e);
	sqlite3_finalize(st);
	return ok ? step_need_own(step, *changed, e) : -1;
}

/* What goes into totals on its way out (summary.h). */
struct sqlite_summing {
	struct sqlite_conn *c;
	const struct erase_step *step;
};

static int say_summary(void *ctx, const char *sql, bool has_keys,
	int64_t *number, struct err *e)
{
	const struct sqlite_summing *s = ctx;
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->c->db, sql, -1, &st, NULL);

	if (rc == SQLITE_OK && has_keys)
		rc = bind_all(st, 1, s->step->keys, s->step->keys_n);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW && number)
		*number = sqlite3_column_int64(st, 0);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		failed(s->c->db, "totals", e);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

static int sum_and_run(struct sqlite_conn *c, struct arena *a,
	const struct erase_step *step, int64_t *changed, struct err *e)
{
	const struct map_table *t = step->table;
	struct sqlite_summing ctx = { c, step };
	struct summary_way w = { .dialect = SUMMARY_SQLITE,
		.key_same = arena_fmt(a, "%.*s in (%.*s)",
			STR_ARG(name_quoted(a, t->columns[t->key].name)),
			STR_ARG(question_marks(a, step->keys_n))),
		.say = say_summary,
		.ctx = &ctx };
	struct summary_before before;

	if (!step_summary(step))
		return run_step(c, a, step, changed, e);
	if (summary_add(a, &w, step, &before, e) ||
		run_step(c, a, step, changed, e))
		return -1;
	return summary_prove(a, &w, step, &before, *changed, e);
}

/* After a failure SQLite may have rolled back by itself; then this is nothing. */
static void roll_back(struct sqlite_conn *c)
{
	struct err ignored = { 0 };

	call_begins(c);
	if (!sqlite3_get_autocommit(c->db))
		say(c, SQLITE_SAY_ROLLBACK, &ignored);
}

static int sqlite_erase(struct conn *conn, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	struct sqlite_conn *c = own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	int rc;

	call_begins(c);
	rc = say(c, SQLITE_SAY_BEGIN, e);
	if (!rc)
		rc = say(c, SQLITE_SAY_LATE, e);
	if (!rc)
		rc = conn_ask_guard(conn, e);
	for (size_t i = 0; i < n && !rc; i++) {
		must(steps[i].keys_n + steps[i].targets_n <=
			2 * CONNECT_VALUES_MAX);
		rc = sum_and_run(c, a, &steps[i], &erased[i], e);
	}
	if (!rc)
		rc = say(c, SQLITE_SAY_COMMIT, e);
	if (rc)
		roll_back(c);
	arena_free(a);
	return rc;
}

static int prepare_inserts(struct sqlite_conn *c, struct arena *a,
	const struct insert_table *tables, size_t n, sqlite3_stmt **out,
	struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct insert_table *t = &tables[i];
		const struct statement_part parts[] = {
			{ "table", name_quoted(a, t->name) },
			{ "columns",
				names_quoted(a, t->columns, t->columns_n) },
			{ "values", question_marks(a, t->columns_n) },
		};
		const char *sql = statement_fill(a,
			statements[SQLITE_SAY_INSERT], parts, COUNTOF(parts));

		if (sqlite3_prepare_v2(c->db, sql, -1, &out[i], NULL))
			return failed(c->db, table_in_words(a, t->name), e);
	}
	return 0;
}

static int add_row(struct sqlite_conn *c, sqlite3_stmt *st,
	const struct insert_table *t, const struct cell *cells, struct err *e)
{
	int rc = bind_all(st, 1, cells, t->columns_n);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	sqlite3_reset(st);
	if (rc == SQLITE_DONE)
		return 0;
	failed(c->db, "adding a row", e);
	return err_context(e, "table \"%.*s\"", STR_ARG(t->name));
}

struct sqlite_insert {
	const struct insert_table *tables;
	size_t n;
	insert_fn *next;
	void *ctx;
	sqlite3_stmt **st;
};

static int add_rows(struct sqlite_conn *c, const struct sqlite_insert *in,
	int64_t *added, struct err *e)
{
	const struct cell *cells;
	size_t t;
	int rc;

	while ((rc = in->next(in->ctx, &t, &cells, e)) == 1) {
		must(t < in->n);
		if (add_row(c, in->st[t], &in->tables[t], cells, e) < 0)
			return -1;
		++*added;
	}
	return rc;
}

static int sqlite_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct sqlite_conn *c = own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	struct sqlite_insert in = { tables, n, next, ctx,
		arena_many(a, sqlite3_stmt *, n) };
	int rc;

	call_begins(c);
	rc = say(c, SQLITE_SAY_BEGIN, e);
	if (!rc)
		rc = prepare_inserts(c, a, tables, n, in.st, e);
	if (!rc)
		rc = add_rows(c, &in, added, e);
	for (size_t i = 0; i < n; i++)
		sqlite3_finalize(in.st[i]);
	if (!rc)
		rc = say(c, SQLITE_SAY_COMMIT, e);
	if (rc)
		roll_back(c);
	arena_free(a);
	return rc;
}

static int sqlite_script(struct conn *conn, str rest, struct err *e)
{
	struct sqlite_conn *c = own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	const char *sql;
	int rc;

	call_begins(c);
	rc = say(c, SQLITE_SAY_BEGIN, e);
	while (!rc && (sql = statement_next(a, &rest)))
		if (sqlite3_exec(c->db, sql, NULL, NULL, NULL) != SQLITE_OK)
			rc = failed(c->db, "a statement of a script", e);
	if (!rc)
		rc = say(c, SQLITE_SAY_COMMIT, e);
	if (rc)
		roll_back(c);
	arena_free(a);
	return rc;
}

static str text_at(sqlite3_stmt *st, int at)
{
	return (str){ (const char *)sqlite3_column_text(st, at),
		(size_t)sqlite3_column_bytes(st, at) };
}

static int read_facts(struct sqlite_conn *c, sqlite3_stmt *st, column_fn *fn,
	void *ctx, struct err *e)
{
	int rc;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct column_fact f = {
			.table = text_at(st, 0),
			.column = text_at(st, 1),
			.type = text_at(st, 2),
			.is_key = sqlite3_column_int(st, 3),
			.refers_table = text_at(st, 4),
			.refers_column = text_at(st, 5),
		};

		if (fn(ctx, &f, e) < 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : failed(c->db, "its tables", e);
}

static int sqlite_describe(
	struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct sqlite_conn *c = own(conn);
	sqlite3_stmt *st = NULL;
	int rc = -1;

	call_begins(c);
	if (sqlite3_prepare_v2(
		    c->db, statements[SQLITE_SAY_DESCRIBE], -1, &st, NULL))
		failed(c->db, "its tables", e);
	else
		rc = read_facts(c, st, fn, ctx, e);
	sqlite3_finalize(st);
	return rc;
}

static int read_ripples(struct sqlite_conn *c, sqlite3_stmt *st, ripple_fn *fn,
	void *ctx, struct err *e)
{
	int rc;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct ripple r = { text_at(st, 0), text_at(st, 1),
			text_at(st, 2), text_at(st, 3), text_at(st, 4) };

		if (fn(ctx, &r, e) < 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : failed(c->db, "its foreign keys", e);
}

static int sqlite_ripples(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	struct sqlite_conn *c = own(conn);
	sqlite3_stmt *st = NULL;
	int rc = -1;

	call_begins(c);
	if (sqlite3_prepare_v2(
		    c->db, statements[SQLITE_SAY_RIPPLES], -1, &st, NULL))
		failed(c->db, "its foreign keys", e);
	else
		rc = read_ripples(c, st, fn, ctx, e);
	sqlite3_finalize(st);
	return rc;
}

static int sqlite_plan(struct conn *conn, struct arena *a,
	const struct row_query *q, str *out, struct err *e)
{
	(void)conn;
	(void)e;
	*out = str_of(query_text(a, q));
	return 0;
}

const struct connector connector_sqlite = {
	.is_guarded = true,
	.open = sqlite_open,
	.rows = sqlite_rows,
	.erase = sqlite_erase,
	.insert = sqlite_insert,
	.script = sqlite_script,
	.close = sqlite_close,
	.describe = sqlite_describe,
	.ripples = sqlite_ripples,
	.plan = sqlite_plan,
};
