/*
 * Systems that are PostgreSQL databases.
 *
 * Every look-up is one statement with its values in one array, cast to the type
 * of the column so that its index serves (rows.c, array.c).  Nothing waits longer
 * than it may (link.c).
 */
#include "base/base.h"
#include "base/enc.h"
#include "connect/postgres/array.h"
#include "connect/postgres/session.h"
#include "connect/secret.h"
#include "connect/summary.h"

static int say_timeout(struct pg_conn *c, struct arena *a, struct err *e)
{
	const struct statement_part parts[] = {
		{ "ms", arena_fmt(a, "%d", c->head.timeout_ms) },
	};
	struct pg_ask q = { .what = "the connection" };

	q.sql = statement_fill(
		a, pg_statements[PG_SAY_TIMEOUT], parts, COUNTOF(parts));
	return pg_link_ask(&c->link, &q, NULL, NULL, NULL, e);
}

static void postgres_close(struct conn *conn)
{
	pg_link_drop(&pg_own(conn)->link);
}

static int prepare_for_use(
	struct pg_conn *c, struct arena *a, enum conn_mode mode, struct err *e)
{
	if (say_timeout(c, a, e) < 0 || pg_say(c, PG_SAY_BYTES, e) < 0 ||
		pg_say(c, PG_SAY_DATES, e) < 0 ||
		pg_say(c, PG_SAY_FLOATS, e) < 0 ||
		pg_say(c, PG_SAY_SPANS, e) < 0 ||
		/* What a policy hides is an error, not "not there". */
		pg_say(c, PG_SAY_ALL_ROWS, e) < 0)
		return -1;
	return mode == CONN_READ ? pg_say(c, PG_SAY_READ_ONLY, e) : 0;
}

static int postgres_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct pg_conn *c = arena_one(a, struct pg_conn);
	str url = str_of(o->url);

	(void)m;
	c->arena = a;
	c->head.timeout_ms = o->timeout_ms;
	if (!o->url &&
		secret_read(a, o->credentials_dir, s->database, &url, e) < 0)
		return -1;
	if (str_has(url, '\0'))
		return err_set(e, ERR_INVALID, "the secret holds a NUL byte");
	if (pg_link_open(&c->link, arena_cstr(a, url), c->head.timeout_ms, e) <
		0)
		return -1;
	if (prepare_for_use(c, a, o->mode, e) < 0) {
		postgres_close(&c->head);
		return -1;
	}
	*out = &c->head;
	return 0;
}

static int set_value(
	struct arena *a, const struct cell *v, const char **out, struct err *e)
{
	*out = NULL;
	if (v->type == CELL_NULL)
		return 0;
	if (v->type == CELL_BLOB) {
		*out = arena_fmt(a, "\\x%.*s%c",
			STR_ARG(hex_of(a, v->v.v.p, v->v.v.n)), '\0')
			       .p;
		return 0;
	}
	if (!pg_can_hold(v->v.v))
		return err_set(e, ERR_INVALID,
			"a text that is not UTF-8, or holds a NUL byte");
	*out = arena_cstr(a, v->v.v);
	return 0;
}

/* `"name" = $2, "zip" = $3`, after so many; a parameter takes the type of its column. */
static int put_sets(struct arena *a, const struct erase_step *step,
	size_t after, const char **values, str *text, struct err *e)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < step->set_n; i++) {
		const struct step_set *s = &step->set[i];

		buf_fmt(&b, "%s%.*s = $%zu", i ? ", " : "",
			STR_ARG(name_quoted(a, s->column->name)),
			after + i + 1);
		if (set_value(a, &s->value, &values[i], e) < 0)
			return -1;
	}
	*text = buf_str(&b);
	return 0;
}

static enum pg_statement statement_of(const struct erase_step *step)
{
	if (step->set_n)
		return PG_SAY_SET;
	return step->unlink ? PG_SAY_UNLINK : PG_SAY_ERASE;
}

static struct pg_among keys_of(const struct erase_step *step)
{
	const struct map_table *t = step->table;

	return (struct pg_among){ .table = t->name,
		.columns = map_names_of(t, &t->columns[t->key]),
		.values = step->keys,
		.n = step->keys_n,
		.parameter = 1 };
}

static int plan_step(struct pg_conn *c, struct arena *a,
	const struct erase_step *step, struct pg_ask *ask, struct err *e)
{
	const struct map_table *t = step->table;
	const char **values =
		arena_many(a, const char *, 2 * MAP_PARTS_MAX + step->set_n);
	str column = step->unlink ? map_column_unlinked(t, step->unlink)
				  : (str){ 0 };
	struct pg_among keys = keys_of(step);
	size_t n = keys.columns.n;
	struct pg_among targets = { .table = t->name,
		.values = step->targets,
		.n = step->targets_n,
		.parameter = (int)n + 1 };
	struct statement_part parts[] = {
		{ "table", { 0 } },
		{ "column", name_quoted(a, column) },
		{ "key_same", { 0 } },
		{ "target_same", { 0 } },
		{ "sets", { 0 } },
	};

	if (pg_table_quoted(c, t->name, &parts[0].text, e) < 0 ||
		pg_put_among(c, a, &keys, &parts[2].text, values, e) < 0)
		return -1;
	if (step->unlink) {
		targets.columns = map_names_of(t, step->unlink);
		if (pg_put_among(
			    c, a, &targets, &parts[3].text, &values[n], e) < 0)
			return -1;
	}
	if (put_sets(a, step, n, &values[n], &parts[4].text, e) < 0)
		return -1;
	ask->sql = statement_fill(
		a, pg_statements[statement_of(step)], parts, COUNTOF(parts));
	ask->values = values;
	ask->values_n =
		(int)(n + (step->unlink ? targets.columns.n : step->set_n));
	ask->what = table_in_words(a, t->name);
	return 0;
}

static int run_step(struct pg_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	struct arena *a = arena_new(PG_SCRATCH_MAX);
	struct pg_ask ask = { 0 };
	int rc = plan_step(c, a, step, &ask, e);

	if (!rc)
		rc = pg_link_ask(&c->link, &ask, NULL, NULL, changed, e);
	arena_free(a);
	return rc ? rc : step_need_own(step, *changed, e);
}

/* What goes into totals on its way out (summary.h). */
struct pg_summing {
	struct pg_conn *c;
	const char *keys[MAP_PARTS_MAX];
	size_t keys_n; /* parameters */
};

static int take_number(void *ctx, const PGresult *res, struct err *e)
{
	(void)e;
	str_int(pg_value_at(res, 0), ctx);
	return 0;
}

static int say_summary(void *ctx, const char *sql, bool has_keys,
	int64_t *number, struct err *e)
{
	const struct pg_summing *s = ctx;
	struct pg_ask ask = { sql, s->keys, has_keys ? (int)s->keys_n : 0,
		"totals" };

	return pg_link_ask(&s->c->link, &ask, number ? take_number : NULL,
		number, NULL, e);
}

static int sum_and_run(struct pg_conn *c, struct arena *a,
	const struct erase_step *step, int64_t *changed, struct err *e)
{
	const struct map_table *t = step->table;
	struct pg_among keys = keys_of(step);
	struct pg_summing ctx = { .c = c, .keys_n = keys.columns.n };
	struct summary_way w = {
		.dialect = SUMMARY_POSTGRES, .say = say_summary, .ctx = &ctx
	};
	struct summary_before before;

	if (pg_table_quoted(c, t->name, &w.table, e) ||
		pg_table_quoted(c, step_summary(step)->table, &w.summary, e) ||
		pg_put_among(c, a, &keys, &w.key_same, ctx.keys, e) ||
		summary_add(a, &w, step, &before, e) ||
		run_step(c, step, changed, e))
		return -1;
	return summary_prove(a, &w, step, &before, *changed, e);
}

static int do_step(struct pg_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	struct arena *a;
	int rc;

	if (!step_summary(step))
		return run_step(c, step, changed, e);
	a = arena_new(PG_SCRATCH_MAX);
	rc = sum_and_run(c, a, step, changed, e);
	arena_free(a);
	return rc;
}

/* Guarded, a row that somebody changes after the guard looked ends it (40001). */
static int begin_erase(struct pg_conn *c, struct err *e)
{
	if (pg_say(c, c->head.guard ? PG_SAY_BEGIN_GUARDED : PG_SAY_BEGIN, e) ||
		pg_say(c, PG_SAY_LATE, e))
		return -1;
	return conn_ask_guard(&c->head, e);
}

static int postgres_erase(struct conn *conn, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	struct pg_conn *c = pg_own(conn);
	int rc = begin_erase(c, e);

	for (size_t i = 0; i < n && !rc; i++)
		rc = do_step(c, &steps[i], &erased[i], e);
	if (!rc)
		rc = pg_say(c, PG_SAY_COMMIT, e);
	if (rc)
		pg_roll_back(c);
	return rc;
}

static int postgres_script(struct conn *conn, str rest, struct err *e)
{
	struct pg_conn *c = pg_own(conn);
	struct arena *a = arena_new(PG_SCRATCH_MAX);
	struct pg_ask q = { .what = "a statement of a script" };
	int rc = pg_say(c, PG_SAY_BEGIN, e);

	while (!rc && (q.sql = statement_next(a, &rest)))
		rc = pg_link_ask(&c->link, &q, NULL, NULL, NULL, e);
	if (!rc)
		rc = pg_say(c, PG_SAY_COMMIT, e);
	if (rc)
		pg_roll_back(c);
	arena_free(a);
	return rc;
}

struct fact_reader {
	column_fn *fn;
	void *ctx;
};

/* What a name without a schema does not mean. */
static int take_schema(void *ctx, const PGresult *res, struct err *e)
{
	const struct fact_reader *rd = ctx;
	struct arena *a = arena_new(PG_SCRATCH_MAX);
	struct column_fact f = { 0 };
	str schema = pg_value_at(res, 0), first = pg_value_at(res, 2);
	int rc;

	f.left = arena_fmt(a,
		"the schema \"%.*s\", where a name alone does not look: %.*s of "
		"its tables; the data map may name them, as %.*s.%.*s",
		STR_ARG(schema), STR_ARG(pg_value_at(res, 1)), STR_ARG(schema),
		STR_ARG(first));
	rc = rd->fn(rd->ctx, &f, e);
	arena_free(a);
	return rc;
}

static int take_unlisted(void *ctx, const PGresult *res, struct err *e)
{
	const struct fact_reader *rd = ctx;
	struct arena *a = arena_new(PG_SCRATCH_MAX);
	struct column_fact f = { 0 };
	int rc;

	f.left = arena_fmt(a,
		"%.*s of its views and foreign tables, \"%.*s\" among them",
		STR_ARG(pg_value_at(res, 0)), STR_ARG(pg_value_at(res, 1)));
	rc = rd->fn(rd->ctx, &f, e);
	arena_free(a);
	return rc;
}

static int take_fact(void *ctx, const PGresult *res, struct err *e)
{
	const struct fact_reader *rd = ctx;
	struct column_fact f = {
		.table = pg_value_at(res, 0),
		.column = pg_value_at(res, 1),
		.type = pg_value_at(res, 2),
		.is_key = str_eq(pg_value_at(res, 3), STR("t")),
		.refers_table = pg_value_at(res, 4),
		.refers_column = pg_value_at(res, 5),
		.has_rules = true,
		.has_form = true,
		.is_unique = str_eq(pg_value_at(res, 7), STR("t")),
		.is_full = str_eq(pg_value_at(res, 8), STR("t")),
	};

	str_int(pg_value_at(res, 6), &f.key_place);
	return rd->fn(rd->ctx, &f, e);
}

/* A table of another schema is told of where the map names it. */
static const char *names_mapped(struct arena *a, const struct map_system *s)
{
	struct buf b = buf_in(a, PG_ARRAY_MAX);

	pg_array_start(&b);
	for (size_t i = 0; i < s->tables_n; i++)
		pg_array_put(&b, s->tables[i].name);
	return pg_array_end(&b);
}

static int postgres_describe(
	struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct arena *a = arena_new(PG_SCRATCH_MAX);
	const char *mapped = names_mapped(a, conn->system);
	struct pg_ask q = { pg_statements[PG_SAY_DESCRIBE], &mapped, 1,
		"its tables" };
	struct pg_ask schemas = { pg_statements[PG_SAY_SCHEMAS], &mapped, 1,
		"its schemas" };
	struct pg_ask unlisted = { .sql = pg_statements[PG_SAY_UNLISTED],
		.what = "its views" };
	struct pg_link *l = &pg_own(conn)->link;
	struct fact_reader rd = { fn, ctx };
	int rc = pg_link_ask(l, &q, take_fact, &rd, NULL, e) ||
				 pg_link_ask(l, &unlisted, take_unlisted, &rd,
					 NULL, e) ||
				 pg_link_ask(
					 l, &schemas, take_schema, &rd, NULL, e)
			 ? -1
			 : 0;

	arena_free(a);
	return rc;
}

struct ripple_reader {
	const struct map_system *system;
	ripple_fn *fn;
	void *ctx;
};

/* As the map has it: with its schema, or alone, which is empty where that means
 * another table. */
static str as_mapped(const struct ripple_reader *rd, str whole, str alone)
{
	return map_table_named(rd->system, whole) ? whole : alone;
}

static int take_ripple(void *ctx, const PGresult *res, struct err *e)
{
	const struct ripple_reader *rd = ctx;
	struct ripple r = {
		.name = pg_value_at(res, 0),
		.table =
			as_mapped(rd, pg_value_at(res, 1), pg_value_at(res, 2)),
		.column = pg_value_at(res, 3),
		.refers_table =
			as_mapped(rd, pg_value_at(res, 4), pg_value_at(res, 5)),
		.refers_column = pg_value_at(res, 6),
	};

	return r.refers_table.n ? rd->fn(rd->ctx, &r, e) : 0;
}

static int tell_keys(struct conn *conn, enum pg_statement s, ripple_fn *fn,
	void *ctx, struct err *e)
{
	struct pg_ask q = { .sql = pg_statements[s],
		.what = "its foreign keys" };
	struct ripple_reader rd = { conn->system, fn, ctx };

	return pg_link_ask(&pg_own(conn)->link, &q, take_ripple, &rd, NULL, e);
}

static int postgres_ripples(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(conn, PG_SAY_RIPPLES, fn, ctx, e);
}

static int postgres_references(
	struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(conn, PG_SAY_TUPLE_KEYS, fn, ctx, e);
}

const struct connector connector_postgres = {
	.is_guarded = true,
	.open = postgres_open,
	.rows = pg_rows,
	.erase = postgres_erase,
	.insert = pg_insert,
	.script = postgres_script,
	.close = postgres_close,
	.describe = postgres_describe,
	.ripples = postgres_ripples,
	.references = postgres_references,
	.form = pg_form,
	.can_be_null = pg_can_be_null,
	.plan = pg_plan,
};
