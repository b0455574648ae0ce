/*
 * Systems that an ODBC driver reaches: any database with tables, "in" and
 * transactions.  What one of them does differently stands in tbl/.
 *
 * Read-only is what the database can be told to be (tbl/habits.h), or else what
 * this connector refuses by itself.
 */
#include "base/base.h"
#include "connect/odbc/session.h"
#include "connect/secret.h"

static void odbc_close(struct conn *conn)
{
	odbc_link_drop(&odbc_own(conn)->link);
}

static int prepare_for_use(struct odbc_conn *c, struct err *e)
{
	if (c->mode == CONN_READ)
		SQLSetConnectAttr(c->link.db, SQL_ATTR_ACCESS_MODE,
			(SQLPOINTER)(uintptr_t)SQL_MODE_READ_ONLY, 0);
	if (odbc_say_habits(c, ODBC_OPEN, e) < 0)
		return -1;
	return odbc_say_habits(
		c, c->mode == CONN_READ ? ODBC_READ : ODBC_WRITE, e);
}

static int odbc_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct odbc_conn *c = arena_one(a, struct odbc_conn);
	str address = str_of(o->url);

	(void)m;
	c->mode = o->mode;
	c->arena = a;
	c->head.timeout_ms = o->timeout_ms;
	if (!o->url && secret_read(a, o->credentials_dir, s->database, &address,
			       e) < 0)
		return -1;
	if (odbc_link_open(&c->link, a, address, c->head.timeout_ms, e) < 0)
		return -1;
	if (prepare_for_use(c, e) < 0) {
		odbc_close(&c->head);
		return -1;
	}
	*out = &c->head;
	return 0;
}

/* --- adding rows --- */

struct adding {
	const struct insert_table *table;
	struct odbc_kind *kinds;
	struct odbc_prepared *statement;
};

static int prepare_insert(struct odbc_conn *c, struct arena *a,
	const struct insert_table *t, struct adding *out, struct err *e)
{
	const struct statement_part parts[] = {
		{ "table", odbc_name(c, a, t->name) },
		{ "columns", odbc_names(c, a, t->columns, t->columns_n) },
		{ "values", question_marks(a, t->columns_n) },
	};

	out->table = t;
	out->kinds = arena_many(a, struct odbc_kind, t->columns_n);
	if (odbc_kinds(c, a, t, out->kinds, e) < 0)
		return -1;
	return odbc_link_prepare(&c->link, a,
		statement_fill(a, odbc_statements[ODBC_SAY_INSERT], parts,
			COUNTOF(parts)),
		table_in_words(a, t->name), &out->statement, e);
}

static int add_row(struct odbc_conn *c, const struct adding *to,
	const struct cell *cells, struct err *e)
{
	struct odbc_value values[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];
	size_t n = to->table->columns_n;

	must(n <= COUNTOF(values));
	for (size_t i = 0; i < n; i++)
		values[i] = odbc_value_of(to->kinds[i].sort, &cells[i]);
	return odbc_link_execute(&c->link, to->statement, values, n, e);
}

struct source {
	insert_fn *next;
	void *ctx;
};

static int add_rows(struct odbc_conn *c, const struct adding *to, size_t n,
	const struct source *from, int64_t *added, struct err *e)
{
	const struct cell *cells;
	size_t t;
	int rc;

	while ((rc = from->next(from->ctx, &t, &cells, e)) == 1) {
		must(t < n);
		if (add_row(c, &to[t], cells, e) < 0)
			return -1;
		++*added;
	}
	return rc;
}

static int odbc_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct odbc_conn *c = odbc_own(conn);
	struct adding *to;
	struct arena *a;
	int rc = 0;

	if (odbc_may_write(c, e) < 0 || odbc_begin(c, e) < 0)
		return -1;
	a = arena_new(ODBC_SCRATCH_MAX);
	to = arena_many(a, struct adding, n);
	for (size_t i = 0; i < n && !rc; i++)
		rc = prepare_insert(c, a, &tables[i], &to[i], e);
	if (!rc)
		rc = add_rows(
			c, to, n, &(struct source){ next, ctx }, added, e);
	rc = odbc_end(c, rc, e);
	arena_free(a);
	return rc;
}

static int odbc_script(struct conn *conn, str rest, struct err *e)
{
	struct odbc_conn *c = odbc_own(conn);
	struct arena *a;
	const char *sql;
	int rc = 0;

	if (odbc_may_write(c, e) < 0 || odbc_begin(c, e) < 0)
		return -1;
	a = arena_new(ODBC_SCRATCH_MAX);
	while (!rc && (sql = statement_next(a, &rest)))
		rc = odbc_link_say(&c->link, sql, "a statement of a script", e);
	rc = odbc_end(c, rc, e);
	arena_free(a);
	return rc;
}

const struct connector connector_odbc = {
	.is_guarded = true,
	.open = odbc_open,
	.rows = odbc_rows,
	.erase = odbc_erase,
	.insert = odbc_insert,
	.script = odbc_script,
	.close = odbc_close,
	.describe = odbc_describe,
	.references = odbc_references,
	.form = odbc_form,
	.can_be_null = odbc_can_be_null,
	.plan = odbc_plan,
};
