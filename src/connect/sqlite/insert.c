/* Rows put in by an import or the demo, and scripts. */
#include "base/base.h"
#include "connect/sqlite/link.h"
#include "connect/statement.h"

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
		const char *sql =
			statement_fill(a, sqlite_statement(SQLITE_SAY_INSERT),
				parts, COUNTOF(parts));

		if (sqlite3_prepare_v2(c->db, sql, -1, &out[i], NULL))
			return sqlite_failed(
				c->db, table_in_words(a, t->name), e);
	}
	return 0;
}

static int add_row(struct sqlite_conn *c, sqlite3_stmt *st,
	const struct insert_table *t, const struct cell *cells, struct err *e)
{
	int rc = sqlite_bind_all(st, 1, cells, t->columns_n);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	sqlite3_reset(st);
	if (rc == SQLITE_DONE)
		return 0;
	sqlite_failed(c->db, "adding a row", e);
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

int sqlite_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct sqlite_conn *c = sqlite_own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	struct sqlite_insert in = { tables, n, next, ctx,
		arena_many(a, sqlite3_stmt *, n) };
	int rc;

	sqlite_call_begins(c);
	rc = sqlite_say(c, SQLITE_SAY_BEGIN, e);
	if (!rc)
		rc = prepare_inserts(c, a, tables, n, in.st, e);
	if (!rc)
		rc = add_rows(c, &in, added, e);
	for (size_t i = 0; i < n; i++)
		sqlite3_finalize(in.st[i]);
	if (!rc)
		rc = sqlite_say(c, SQLITE_SAY_COMMIT, e);
	if (rc)
		sqlite_roll_back(c);
	arena_free(a);
	return rc;
}

int sqlite_script(struct conn *conn, str rest, struct err *e)
{
	struct sqlite_conn *c = sqlite_own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	const char *sql;
	int rc;

	sqlite_call_begins(c);
	rc = sqlite_say(c, SQLITE_SAY_BEGIN, e);
	while (!rc && (sql = statement_next(a, &rest)))
		if (sqlite3_exec(c->db, sql, NULL, NULL, NULL) != SQLITE_OK)
			rc = sqlite_failed(c->db, "a statement of a script", e);
	if (!rc)
		rc = sqlite_say(c, SQLITE_SAY_COMMIT, e);
	if (rc)
		sqlite_roll_back(c);
	arena_free(a);
	return rc;
}
