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
#include "connect/summary.h"

enum { TARGETS_AT_ONCE = 5000 }; /* the protocol counts to 65,535 */

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

static void roll_back(struct maria_conn *c)
{
	struct err ignored = { 0 };

	if (c->link.my)
		maria_say(c, MARIA_SAY_ROLLBACK, &ignored);
}

/* `"name" = ?, "zip" = ?`, and the values. */
static str put_sets(const struct erase_step *step, struct maria_values *v)
{
	struct buf b = buf_in(v->arena, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < step->set_n; i++) {
		buf_fmt(&b, "%s%.*s = ?", i ? ", " : "",
			STR_ARG(name_quoted(
				v->arena, step->set[i].column->name)));
		maria_values_put(v, &step->set[i].value, AS_IT_IS);
	}
	return buf_str(&b);
}

static enum maria_statement statement_of(const struct erase_step *step)
{
	if (step->set_n)
		return MARIA_SAY_SET;
	return step->unlink ? MARIA_SAY_UNLINK : MARIA_SAY_ERASE;
}

/* names: of its columns, for as long as it is used. */
static struct maria_among keys_of(
	const struct erase_step *step, struct map_names *names)
{
	const struct map_table *t = step->table;
	const struct map_column *key = &t->columns[t->key];

	*names = map_names_of(t, key);
	return (struct maria_among){ .table = t->name,
		.column = key->name,
		.values = step->keys,
		.n = step->keys_n,
		.tuple = key->parts_n ? names : NULL };
}

static int plan_step(struct maria_conn *c, const struct erase_step *step,
	struct maria_values *v, struct maria_ask *ask, struct err *e)
{
	struct arena *a = v->arena;
	const struct map_table *t = step->table;
	str column = step->unlink ? map_column_unlinked(t, step->unlink)
				  : (str){ 0 };
	struct map_names key, target;
	struct maria_among keys = keys_of(step, &key);
	struct maria_among targets = { .table = t->name,
		.column = column,
		.values = step->targets,
		.n = step->targets_n,
		.is_indexless = true };
	struct row_query along = { .table = t->name,
		.where = column,
		.joined_table = t->name,
		.joined_column = column };
	struct statement_part parts[] = {
		{ "table", name_quoted(a, t->name) },
		{ "column", name_quoted(a, column) },
		{ "key_same", { 0 } },
		{ "target_same", { 0 } },
		{ "sets", put_sets(step, v) },
	};

	if (step->unlink && step->unlink->parts_n) {
		target = map_names_of(t, step->unlink);
		targets.tuple = &target;
	}
	if (maria_put_among(c, &keys, v, &parts[2].text, e) < 0)
		return -1;
	if (step->unlink && maria_is_joined(c, &along, &targets.is_loose, e))
		return -1;
	if (step->unlink &&
		maria_put_among(c, &targets, v, &parts[3].text, e) < 0)
		return -1;
	ask->sql = statement_fill(
		a, maria_statements[statement_of(step)], parts, COUNTOF(parts));
	ask->values = v->at;
	ask->n = v->n;
	ask->what = table_in_words(a, t->name);
	return 0;
}

static int run_once(struct maria_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	struct arena *a = arena_new(MARIA_SCRATCH_MAX);
	struct maria_values v = { .arena = a };
	struct maria_ask ask = { 0 };
	int64_t n = 0;
	int rc = plan_step(c, step, &v, &ask, e);

	if (!rc)
		rc = maria_link_ask(&c->link, &ask, NULL, &n, e);
	*changed += rc ? 0 : n;
	arena_free(a);
	return rc;
}

static int unlink_some(struct maria_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	size_t parts_n = step->unlink->parts_n;
	size_t most = parts_n ? TARGETS_AT_ONCE / parts_n : TARGETS_AT_ONCE;
	struct erase_step part = *step;
	size_t left = step->targets_n;

	for (; left; left -= part.targets_n, part.targets += part.targets_n) {
		part.targets_n = left < most ? left : most;
		if (run_once(c, &part, changed, e) < 0)
			return -1;
	}
	return 0;
}

/* Rows that refer to others of their table come in one piece (connector.c), which has
 * more tuples than the protocol counts values. */
static int run_in_parts(struct maria_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	const struct map_table *t = step->table;
	size_t parts_n = t->columns[t->key].parts_n;
	size_t most = CONNECT_VALUES_MAX / (parts_n ? parts_n : 1);
	struct erase_step part = *step;
	size_t left = step->keys_n;

	do {
		part.keys_n = left < most ? left : most;
		if (step->unlink ? unlink_some(c, &part, changed, e)
				 : run_once(c, &part, changed, e))
			return -1;
		left -= part.keys_n;
		part.keys += part.keys_n;
	} while (left);
	return 0;
}

static int take_any(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	bool *is_any = ctx;

	(void)cells;
	(void)n;
	(void)e;
	*is_any = true;
	return 0;
}

static int can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e)
{
	struct maria_conn *c = maria_own(conn);
	struct arena *a = arena_new(MARIA_SCRATCH_MAX);
	struct cell names[] = { cell_text(table), cell_text(column) };
	struct maria_values v = { .arena = a };
	struct maria_ask ask = { .sql = maria_statements[MARIA_SAY_EMPTIABLE],
		.what = "its columns" };
	struct maria_reader rd = {
		.fn = take_any, .ctx = out, .whole = SIZE_MAX
	};
	int rc;

	*out = false;
	for (size_t i = 0; i < COUNTOF(names); i++)
		maria_values_put(&v, &names[i], AS_IT_IS);
	ask.values = v.at;
	ask.n = v.n;
	rc = maria_link_ask(&c->link, &ask, &rd, NULL, e);
	arena_free(a);
	return rc;
}

static int cut_link(struct maria_conn *c, const struct erase_step *step,
	const struct map_column *column, struct err *e)
{
	struct erase_step part = {
		.table = step->table,
		.keys = step->keys,
		.keys_n = step->keys_n,
		.unlink = column,
		.targets = step->keys,
		.targets_n = step->keys_n,
	};
	int64_t cut = 0;
	bool may;

	if (can_be_null(&c->head, step->table->name,
		    map_column_unlinked(step->table, column), &may, e))
		return -1;
	return may ? run_in_parts(c, &part, &cut, e) : 0;
}

/* InnoDB looks at each row of a statement by itself: one that others of the table refer
 * to could not go before them.  Where the column holds something always, there is no
 * such reference, or the database deletes along it. */
static int cut_own_links(
	struct maria_conn *c, const struct erase_step *step, struct err *e)
{
	const struct map_table *t = step->table;
	size_t own = (size_t)(t - c->head.system->tables);

	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].to == own && t->links[i].to_column == t->key &&
			cut_link(c, step, &t->columns[t->links[i].column], e))
			return -1;
	return 0;
}

static int run_step(struct maria_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	*changed = 0;
	if ((step_deletes(step) && cut_own_links(c, step, e)) ||
		run_in_parts(c, step, changed, e))
		return -1;
	return step_need_own(step, *changed, e);
}

/* What goes into totals on its way out (summary.h). */
struct maria_summing {
	struct maria_conn *c;
	struct maria_values keys;
};

static int take_number(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	str_int(cells[0].v.v, ctx);
	return 0;
}

static int say_summary(void *ctx, const char *sql, bool has_keys,
	int64_t *number, struct err *e)
{
	const struct maria_summing *s = ctx;
	struct maria_ask ask = { sql, s->keys.at, has_keys ? s->keys.n : 0,
		"totals" };
	struct maria_reader rd = {
		.fn = take_number, .ctx = number, .whole = SIZE_MAX
	};

	return maria_link_ask(&s->c->link, &ask, number ? &rd : NULL, NULL, e);
}

struct maria_engines {
	struct arena *arena;
	str untransacted; /* a table; empty: none */
};

static int take_untransacted(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct maria_engines *x = ctx;

	(void)n;
	(void)e;
	x->untransacted = arena_dup(x->arena, cells[0].v.v);
	return 0;
}

/* What MyISAM, Aria and MEMORY were told stays when the rest is taken back: the rows
 * would be added again with each try.  Of a view it is not known. */
static int need_transactions(struct maria_conn *c, struct arena *a,
	const struct erase_step *step, struct err *e)
{
	struct cell names[] = { cell_text(step->table->name),
		cell_text(step_summary(step)->table) };
	struct maria_values v = { .arena = a };
	struct maria_ask ask = { .what = "its tables' engines" };
	struct maria_engines engines = { .arena = a };
	struct maria_reader rd = {
		.fn = take_untransacted, .ctx = &engines, .whole = SIZE_MAX
	};

	for (size_t i = 0; i < COUNTOF(names); i++)
		maria_values_put(&v, &names[i], AS_IT_IS);
	ask.sql = maria_statements[MARIA_SAY_NOT_TRANSACTIONAL];
	ask.values = v.at;
	ask.n = v.n;
	if (maria_link_ask(&c->link, &ask, &rd, NULL, e))
		return -1;
	if (!engines.untransacted.n)
		return 0;
	err_set(e, ERR_INVALID, "the table \"%.*s\" has no transactions",
		STR_ARG(engines.untransacted));
	return err_hint(e,
		"\"aggregate\" needs InnoDB tables: `alter table ... engine = "
		"InnoDB`");
}

static int sum_and_run(struct maria_conn *c, struct arena *a,
	const struct erase_step *step, int64_t *changed, struct err *e)
{
	struct maria_summing ctx = { c, { .arena = a } };
	struct summary_way w = {
		.dialect = SUMMARY_MARIADB, .say = say_summary, .ctx = &ctx
	};
	struct map_names key;
	struct maria_among keys = keys_of(step, &key);
	struct summary_before before;

	if (need_transactions(c, a, step, e) ||
		maria_put_among(c, &keys, &ctx.keys, &w.key_same, e) ||
		summary_add(a, &w, step, &before, e) ||
		run_step(c, step, changed, e))
		return -1;
	return summary_prove(a, &w, step, &before, *changed, e);
}

static int do_step(struct maria_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	struct arena *a;
	int rc;

	if (!step_summary(step))
		return run_step(c, step, changed, e);
	a = arena_new(MARIA_SCRATCH_MAX);
	rc = sum_and_run(c, a, step, changed, e);
	arena_free(a);
	return rc;
}

/* Guarded, what the guard reads is locked until all is erased.  One that reads whole tables
 * would lock them for everybody: only others of its kind wait for it. */
static int begin_erase(struct maria_conn *c, struct err *e)
{
	const struct erase_guard *g = c->head.guard;

	if (g && maria_say(
			 c, g->is_wide ? MARIA_SAY_TURN : MARIA_SAY_LOCKING, e))
		return -1;
	return maria_say(c, MARIA_SAY_BEGIN, e) || conn_ask_guard(&c->head, e)
		       ? -1
		       : 0;
}

static int mariadb_erase(struct conn *conn, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	struct maria_conn *c = maria_own(conn);
	struct err ignored = { 0 };
	int rc = begin_erase(c, e);

	for (size_t i = 0; i < n && !rc; i++)
		rc = do_step(c, &steps[i], &erased[i], e);
	if (!rc)
		rc = maria_say(c, MARIA_SAY_COMMIT, e);
	if (rc)
		roll_back(c);
	if (conn->guard && conn->guard->is_wide)
		(void)maria_say(c, MARIA_SAY_TURN_OVER, &ignored);
	return rc;
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
		roll_back(c);
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
		roll_back(c);
	arena_free(a);
	return rc;
}

struct fact_reader {
	column_fn *fn;
	void *ctx;
};

static int take_fact(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct fact_reader *rd = ctx;
	struct column_fact f = {
		.table = cells[0].v.v,
		.column = cells[1].v.v,
		.type = cells[2].v.v,
		.is_key = str_eq(cells[3].v.v, STR("1")),
		.refers_table = cells[4].v.v,
		.refers_column = cells[5].v.v,
		.has_rules = true,
		.is_unique = str_eq(cells[7].v.v, STR("1")),
		.is_full = str_eq(cells[8].v.v, STR("1")),
	};

	must(n == 9);
	if (!f.is_key)
		str_int(cells[6].v.v, &f.key_place);
	return rd->fn(rd->ctx, &f, e);
}

static int mariadb_describe(
	struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct maria_ask ask = { .sql = maria_statements[MARIA_SAY_DESCRIBE],
		.what = "its tables" };
	struct fact_reader facts = { fn, ctx };
	struct maria_reader rd = {
		.fn = take_fact, .ctx = &facts, .whole = SIZE_MAX
	};

	return maria_link_ask(&maria_own(conn)->link, &ask, &rd, NULL, e);
}

struct ripple_reader {
	ripple_fn *fn;
	void *ctx;
};

static int take_ripple(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct ripple_reader *rd = ctx;
	struct ripple r = { cells[0].v.v, cells[1].v.v, cells[2].v.v,
		cells[3].v.v, cells[4].v.v };

	(void)n;
	return rd->fn(rd->ctx, &r, e);
}

static int tell_keys(struct conn *conn, enum maria_statement s, ripple_fn *fn,
	void *ctx, struct err *e)
{
	struct maria_ask ask = { .sql = maria_statements[s],
		.what = "its foreign keys" };
	struct ripple_reader ripples = { fn, ctx };
	struct maria_reader rd = {
		.fn = take_ripple, .ctx = &ripples, .whole = SIZE_MAX
	};

	return maria_link_ask(&maria_own(conn)->link, &ask, &rd, NULL, e);
}

static int mariadb_ripples(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(conn, MARIA_SAY_RIPPLES, fn, ctx, e);
}

static int mariadb_references(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(conn, MARIA_SAY_TUPLE_KEYS, fn, ctx, e);
}

const struct connector connector_mariadb = {
	.is_guarded = true,
	.open = mariadb_open,
	.rows = maria_rows,
	.erase = mariadb_erase,
	.insert = mariadb_insert,
	.script = mariadb_script,
	.close = mariadb_close,
	.describe = mariadb_describe,
	.ripples = mariadb_ripples,
	.references = mariadb_references,
	.form = maria_form,
	.can_be_null = can_be_null,
	.plan = maria_plan,
};
