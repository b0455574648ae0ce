/*
 * Running one named statement: prepared once per connection, its values bound,
 * its rows copied out, and always reset, so that no statement holds a snapshot
 * or a lock after it returned.
 */
#include <string.h>

#include "base/base.h"
#include "store/sqlite/sqlite.h"

int sqlite_prepare(struct db *db, enum sql_id id, struct err *e)
{
	struct sqlite_db *s = sqlite_of(db);
	const struct sql_stmt *sql = &sql_stmts[id];
	int rc;

	if (s->stmts[id])
		return 0;
	rc = sqlite3_prepare_v3(s->h, sql->sqlite, -1,
		SQLITE_PREPARE_PERSISTENT, &s->stmts[id], NULL);
	if (rc)
		return sqlite_fail(s, rc, sql->name, e);
	if (sqlite3_column_count(s->stmts[id]) == sql->out_n &&
		sqlite3_bind_parameter_count(s->stmts[id]) <= sql->in_n)
		return 0;
	sqlite3_finalize(s->stmts[id]);
	s->stmts[id] = NULL;
	return err_set(e, ERR_INTERNAL,
		"%s has other columns or parameters than declared", sql->name);
}

/* What is bound lives until the statement is reset: the caller's. */
static int bind(sqlite3_stmt *st, int i, const struct db_value *v)
{
	const char *p = v->s.n ? v->s.p : "";

	if (v->type == DB_INT)
		return sqlite3_bind_int64(st, i, v->i);
	if (v->type == DB_TEXT)
		return sqlite3_bind_text64(
			st, i, p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	return sqlite3_bind_blob64(st, i, p, v->s.n, SQLITE_STATIC);
}

static int bind_all(struct sqlite_db *s, enum sql_id id,
	const struct db_value *in, struct err *e)
{
	sqlite3_stmt *st = s->stmts[id];
	int n = sqlite3_bind_parameter_count(st);
	int rc;

	for (int i = 0; i < n; i++) {
		rc = bind(st, i + 1, &in[i]);
		if (rc)
			return sqlite_fail(s, rc, sql_stmts[id].name, e);
	}
	return 0;
}

static bool is_of(sqlite3_stmt *st, int i, enum db_type type)
{
	int is = sqlite3_column_type(st, i);

	if (type == DB_INT)
		return is == SQLITE_INTEGER;
	/* A missing blob is coalesced to '', which SQLite calls a text. */
	return is == SQLITE_TEXT || (type == DB_BLOB && is == SQLITE_BLOB);
}

static int read_row(sqlite3_stmt *st, const struct sql_stmt *sql,
	struct arena *a, struct db_value *out, struct err *e)
{
	for (int i = 0; i < sql->out_n; i++) {
		out[i].type = sql->out[i];
		if (!is_of(st, i, sql->out[i]))
			return err_set(e, ERR_INTERNAL,
				"column %d of %s is not of its type", i + 1,
				sql->name);
		if (out[i].type == DB_INT) {
			out[i].i = sqlite3_column_int64(st, i);
			continue;
		}
		out[i].s.p = sqlite3_column_blob(st, i);
		out[i].s.n = (size_t)sqlite3_column_bytes(st, i);
		out[i].s = arena_dup(a, out[i].s);
	}
	return 0;
}

/* Rows are collected in an array that doubles. */
struct rows {
	struct arena *arena;
	struct db_value *at;
	size_t n, cap;
	size_t width;
};

static struct db_value *rows_next(struct rows *r)
{
	struct db_value *more;

	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 4;
		more = arena_many(r->arena, struct db_value, r->cap * r->width);
		if (r->n)
			memcpy(more, r->at, r->n * r->width * sizeof *more);
		r->at = more;
	}
	return r->at + r->n++ * r->width;
}

/* rows is NULL for a statement that gives none. */
static int step_all(
	struct sqlite_db *s, enum sql_id id, struct rows *rows, struct err *e)
{
	const struct sql_stmt *sql = &sql_stmts[id];
	int rc;

	while ((rc = sqlite3_step(s->stmts[id])) == SQLITE_ROW) {
		must(rows);
		if (read_row(
			    s->stmts[id], sql, rows->arena, rows_next(rows), e))
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : sqlite_fail(s, rc, sql->name, e);
}

/* A statement that writes outside of a transaction is a transaction itself. */
static int run(struct sqlite_db *s, enum sql_id id, const struct db_value *in,
	struct rows *rows, struct err *e)
{
	bool is_writing, is_alone;
	int rc;

	if (sqlite_prepare(&s->db, id, e))
		return -1;
	is_writing = !sqlite3_stmt_readonly(s->stmts[id]);
	is_alone = is_writing && !s->db.in_transaction;
	if (is_writing && s->db.in_transaction && s->db.mode == DB_READ)
		return err_set(e, ERR_INTERNAL,
			"%s would write in a transaction that only reads",
			sql_stmts[id].name);
	if (is_alone && sqlite_write_start(s, e))
		return -1;
	rc = bind_all(s, id, in, e) || step_all(s, id, rows, e) ? -1 : 0;
	sqlite3_reset(s->stmts[id]);
	sqlite3_clear_bindings(s->stmts[id]);
	if (is_alone)
		sqlite_write_end(s);
	return rc;
}

int sqlite_query(struct db *db, struct arena *a, enum sql_id id,
	const struct db_value *in, struct db_value **out, size_t *n,
	struct err *e)
{
	struct rows rows = {
		.arena = a,
		.width = (size_t)sql_stmts[id].out_n,
	};

	if (run(sqlite_of(db), id, in, &rows, e))
		return -1;
	*out = rows.at;
	*n = rows.n;
	return 0;
}

int64_t sqlite_exec(
	struct db *db, enum sql_id id, const struct db_value *in, struct err *e)
{
	struct sqlite_db *s = sqlite_of(db);
	int64_t before = sqlite3_total_changes64(s->h);

	if (run(s, id, in, NULL, e))
		return -1;
	/* Of a statement that is no insert, update or delete, SQLite would
	 * tell the number of the one before. */
	if (sqlite3_total_changes64(s->h) == before)
		return 0;
	return sqlite3_changes64(s->h);
}
