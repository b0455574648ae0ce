/*
 * Systems that are MariaDB or MySQL databases, with InnoDB tables: others have no
 * transaction to take back.
 *
 * The server's own equality would reach other people's rows (session.h), so each
 * value is compared byte by byte as well.  Names stand in double quotes, which
 * the session is told to take for that.
 */
#include "base/base.h"
#include "connect/mariadb/session.h"
#include "connect/secret.h"

static const char *with_time(struct arena *a, enum maria_statement s, int ms)
{
	const struct statement_part parts[] = {
		{ "ms", arena_fmt(a, "%d", ms) },
		{ "seconds", arena_fmt(a, "%d", (ms + 999) / 1000) },
	};

	return statement_fill(a, maria_statements[s], parts, COUNTOF(parts));
}

/* MySQL has no time for all statements: there the lock's and the socket's do. */
static int say_timeouts(struct maria_conn *c, struct arena *a, struct err *e)
{
	const char *what = "the connection";
	struct err ignored = { 0 };

	if (maria_link_say(&c->link,
		    with_time(a, MARIA_SAY_LOCK_WAIT, c->head.timeout_ms), what,
		    e) < 0)
		return -1;
	maria_link_say(&c->link,
		with_time(a, MARIA_SAY_TIMEOUT, c->head.timeout_ms), what,
		&ignored);
	return 0;
}

static int prepare_for_use(struct maria_conn *c, struct arena *a,
	enum conn_mode mode, struct err *e)
{
	if (maria_say(c, MARIA_SAY_MODE, e) < 0 || say_timeouts(c, a, e) < 0)
		return -1;
	return mode == CONN_READ ? maria_say(c, MARIA_SAY_READ_ONLY, e) : 0;
}

static void mariadb_close(struct conn *conn)
{
	maria_link_drop(&maria_own(conn)->link);
}

static int mariadb_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	static const char *const schemes[] = { "mysql", "mariadb", NULL };
	static const struct url_form form = { schemes, true, true,
		"mysql://USER:PASSWORD@HOST:PORT/DATABASE" };
	struct maria_conn *c = arena_one(a, struct maria_conn);
	struct conn_url u;
	str url = str_of(o->url);

	(void)m;
	c->arena = a;
	c->head.timeout_ms = o->timeout_ms;
	if (!o->url &&
		secret_read(a, o->credentials_dir, s->database, &url, e) < 0)
		return -1;
	if (conn_url_read(a, url, &form, &u, e) < 0 ||
		maria_link_open(&c->link, &u, c->head.timeout_ms, e) < 0)
		return -1;
	if (prepare_for_use(c, a, o->mode, e) < 0) {
		mariadb_close(&c->head);
		return -1;
	}
	*out = &c->head;
	return 0;
}

static int prepare_inserts(struct maria_conn *c, struct arena *a,
	const struct insert_table *tables, size_t n,
	struct maria_prepared **out, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct insert_table *t = &tables[i];
		const struct statement_part parts[] = {
			{ "table", name_quoted(a, t->name) },
			{ "columns",
				names_quoted(a, t->columns, t->columns_n) },
			{ "values", question_marks(a, t->columns_n) },
		};

		if (maria_link_prepare(&c->link, a,
			    statement_fill(a,
				    maria_statements[MARIA_SAY_INSERT], parts,
				    COUNTOF(parts)),
			    table_in_words(a, t->name), &out[i], e) < 0)
			return -1;
	}
	return 0;
}

static int add_row(struct maria_conn *c, struct maria_prepared *p,
	const struct insert_table *t, const struct cell *cells, struct err *e)
{
	struct maria_value values[CONNECT_COLUMNS_MAX];

	must(t->columns_n <= COUNTOF(values));
	for (size_t i = 0; i < t->columns_n; i++)
		values[i] = (struct maria_value){ &cells[i], AS_IT_IS };
	return maria_link_execute(&c->link, p, values, t->columns_n, e);
}

static int mariadb_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct maria_conn *c = maria_own(conn);
	struct arena *a = arena_new(MARIA_SCRATCH_MAX);
	struct maria_prepared **p = arena_many(a, struct maria_prepared *, n);
	const struct cell *cells;
	size_t t;
	int rc = maria_say(c, MARIA_SAY_BEGIN, e);

	if (!rc)
		rc = prepare_inserts(c, a, tables, n, p, e);
	while (!rc && (rc = next(ctx, &t, &cells, e)) == 1) {
		must(t < n);
		rc = add_row(c, p[t], &tables[t], cells, e);
		*added += !rc;
	}
	if (!rc)
		rc = maria_say(c, MARIA_SAY_COMMIT, e);
	if (rc)
		maria_roll_back(c);
	arena_free(a);
	return rc;
}

/* A statement that makes or drops a table ends the transaction before it. */
static int mariadb_script(struct conn *conn, str rest, struct err *e)
{
	struct maria_conn *c = maria_own(conn);
	struct arena *a = arena_new(MARIA_SCRATCH_MAX);
	const char *sql;
	int rc = maria_say(c, MARIA_SAY_BEGIN, e);

	while (!rc && (sql = statement_next(a, &rest)))
		rc = maria_link_say(
			&c->link, sql, "a statement of a script", e);
	if (!rc)
		rc = maria_say(c, MARIA_SAY_COMMIT, e);
	if (rc)
		maria_roll_back(c);
	arena_free(a);
	return rc;
}

const struct connector connector_mariadb = {
	.is_guarded = true,
	.open = mariadb_open,
	.rows = maria_rows,
	.erase = maria_erase,
	.insert = mariadb_insert,
	.script = mariadb_script,
	.close = mariadb_close,
	.describe = maria_describe,
	.ripples = maria_ripples,
	.references = maria_references,
	.form = maria_form,
	.can_be_null = maria_can_be_null,
	.plan = maria_plan,
};
