/* What a file has: tables, columns, keys, and what happens by itself when rows go. */
#include "connect/sqlite/link.h"

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
			.has_rules = true,
			.is_unique = sqlite3_column_int(st, 7),
			.is_full = sqlite3_column_int(st, 8),
		};

		if (!f.is_key)
			f.key_place = sqlite3_column_int64(st, 6);
		if (fn(ctx, &f, e) < 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : sqlite_failed(c->db, "its tables", e);
}

int sqlite_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct sqlite_conn *c = sqlite_own(conn);
	sqlite3_stmt *st = NULL;
	int rc = -1;

	sqlite_call_begins(c);
	if (sqlite3_prepare_v2(c->db, sqlite_statement(SQLITE_SAY_DESCRIBE), -1,
		    &st, NULL))
		sqlite_failed(c->db, "its tables", e);
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
	return rc == SQLITE_DONE ? 0
				 : sqlite_failed(c->db, "its foreign keys", e);
}

static int tell_keys(struct sqlite_conn *c, enum statement s, ripple_fn *fn,
	void *ctx, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc = -1;

	sqlite_call_begins(c);
	if (sqlite3_prepare_v2(c->db, sqlite_statement(s), -1, &st, NULL))
		sqlite_failed(c->db, "its foreign keys", e);
	else
		rc = read_ripples(c, st, fn, ctx, e);
	sqlite3_finalize(st);
	return rc;
}

int sqlite_ripples(struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(sqlite_own(conn), SQLITE_SAY_RIPPLES, fn, ctx, e);
}

int sqlite_references(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(sqlite_own(conn), SQLITE_SAY_TUPLE_KEYS, fn, ctx, e);
}

int sqlite_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e)
{
	struct sqlite_conn *c = sqlite_own(conn);
	struct cell names[] = { cell_text(table), cell_text(column) };
	sqlite3_stmt *st = NULL;
	int rc;

	sqlite_call_begins(c);
	rc = sqlite3_prepare_v2(
		c->db, sqlite_statement(SQLITE_SAY_NEVER_EMPTY), -1, &st, NULL);
	if (!rc)
		rc = sqlite_bind_all(st, 1, names, COUNTOF(names));
	if (!rc)
		rc = sqlite3_step(st);
	*out = rc == SQLITE_DONE;
	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		sqlite_failed(c->db, "its columns", e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : -1;
}
