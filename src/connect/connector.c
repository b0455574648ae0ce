/* Values of rows, and the one door to all connectors. */
#include "connect/connector.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/clock.h"
#include "connect/tuple.h"

enum { PAGES_ARENA = 64 << 20, TUPLES_ARENA = 256 << 20 };

/* Nothing equals null, null not either. */
bool cell_eq(const struct cell *a, const struct cell *b)
{
	return a->type != CELL_NULL && a->type == b->type &&
	       str_eq(a->v.v, b->v.v);
}

struct cell cell_int(struct arena *a, int64_t v)
{
	return (struct cell){ .type = CELL_INT,
		.v = { arena_fmt(a, "%" PRId64, v) } };
}

struct cell cell_text(str v)
{
	return (struct cell){ .type = CELL_TEXT, .v = { v } };
}

/* A number that would be written just so. */
static bool is_number(str s)
{
	int64_t v;
	size_t sign = s.n && s.p[0] == '-';

	if (s.n <= sign || s.n > 20 || s.p[sign] < '0' || s.p[sign] > '9')
		return false;
	if (s.p[sign] == '0' && s.n > 1)
		return false;
	return str_int(s, &v);
}

struct cell cell_by_look(str v)
{
	return (struct cell){ .type = is_number(v) ? CELL_INT : CELL_TEXT,
		.v = { v } };
}

void cell_cut(struct cell *c, size_t size_max)
{
	size_t n = size_max;

	if (!size_max || c->v.v.n <= size_max)
		return;
	while (c->type != CELL_BLOB && n > 0 &&
		((unsigned char)c->v.v.p[n] & 0xc0) == 0x80)
		n--;
	c->is_cut = true;
	c->v.v.n = n;
}

struct cell cell_dup(struct arena *a, const struct cell *c)
{
	struct cell out = *c;

	out.v.v = arena_dup(a, c->v.v);
	return out;
}

bool step_deletes(const struct erase_step *s)
{
	return !s->unlink && !s->set_n;
}

bool table_has_own_key(const struct map_table *t)
{
	return str_eq(t->columns[t->key].name, STR(MAP_ROW_KEY));
}

int step_need_own(const struct erase_step *s, int64_t rows, struct err *e)
{
	if (rows <= (int64_t)s->keys_n || table_has_own_key(s->table))
		return 0;
	err_set(e, ERR_CONFLICT,
		"table \"%.*s\": the key of a row that is to go stands on "
		"another row too",
		STR_ARG(s->table->name));
	return err_hint(
		e, "name a key in the data map that tells all rows apart");
}

const struct map_summary *step_summary(const struct erase_step *s)
{
	return step_deletes(s) && !s->is_uncounted &&
			       s->table->erase == ERASE_AGGREGATE
		       ? s->table->summary
		       : NULL;
}

static const struct connector *connector_of(enum connector_kind k)
{
	static const struct connector *const all[] = {
		[CONNECTOR_SQLITE] = &connector_sqlite,
		[CONNECTOR_POSTGRES] = &connector_postgres,
		[CONNECTOR_MARIADB] = &connector_mariadb,
		[CONNECTOR_ODBC] = &connector_odbc,
		[CONNECTOR_REDIS] = &connector_redis,
		[CONNECTOR_LDAP] = &connector_ldap,
		[CONNECTOR_CSV] = &connector_csv,
		[CONNECTOR_JSONL] = &connector_jsonl,
		[CONNECTOR_PROGRAM] = &connector_program,
		[CONNECTOR_HTTP] = &connector_http,
		[CONNECTOR_S3_CSV] = &connector_s3_csv,
		[CONNECTOR_S3_JSONL] = &connector_s3_jsonl,
		[CONNECTOR_PERSON] = &connector_person,
	};

	must((size_t)k < COUNTOF(all) && all[k]);
	return all[k];
}

static int in_system(const struct map_system *s, struct err *e)
{
	return err_context(e, "system \"%.*s\"", STR_ARG(s->name));
}

void conn_close(struct conn *c)
{
	if (c->is_closed)
		return;
	c->is_closed = true;
	c->via->close(c);
}

static void close_at_end(void *c)
{
	conn_close(c);
}

static int timeout_of(const struct map_system *s)
{
	return s->timeout_s ? s->timeout_s * 1000 : CONNECT_TIMEOUT_MS;
}

int conn_open(struct arena *a, const struct map *m, const struct map_system *s,
	const struct conn_options *o, struct conn **out, struct err *e)
{
	const struct connector *via = connector_of(s->connector);
	struct conn_options own = *o;

	if (!own.timeout_ms)
		own.timeout_ms = timeout_of(s);
	if (via->open(a, m, s, &own, out, e) < 0)
		return in_system(s, e);
	(*out)->via = via;
	(*out)->system = s;
	(*out)->pace.per_second = s->rate;
	(*out)->paces = o->paces;
	pace_share(&(*out)->pace, o->paces, s->name);
	(*out)->exceptions = o->exceptions;
	arena_defer(a, close_at_end, *out);
	return 0;
}

/* A system's page size, or more than ever comes; files are read in one pass. */
static size_t page_of(const struct conn *c)
{
	if (!c->system->page_size ||
		connector_kind_is_files(c->system->connector))
		return CONNECT_VALUES_MAX;
	return (size_t)c->system->page_size;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* A tuple is as many values to a statement as it has parts. */
static size_t page_of_tuples(size_t page, size_t parts_n)
{
	return parts_n ? smaller(page, CONNECT_VALUES_MAX / parts_n) : page;
}

/* What the guard asks in the transaction goes out at once: others wait for its locks. */
static void wait_for_turn(struct conn *c)
{
	if (c->via->is_paced)
		return;
	if (c->is_erasing)
		(void)pace_take(&c->pace);
	else
		pace_wait(&c->pace);
}

bool conn_reads_all(const struct conn *c, const struct row_query *q)
{
	return !q->is_all && q->match == MATCH_IDENT &&
	       connector_kind_has_index(c->system->connector);
}

/* What took as long as a call may: not the system was away, the time was short. */
static bool was_cut_off(const struct conn *c, int64_t since_ms, struct err *e)
{
	if (e->code != ERR_UNAVAILABLE ||
		c->timeout_ms != timeout_of(c->system) ||
		clock_mono_ms() - since_ms < c->timeout_ms)
		return false;
	err_context(e, "cut off after %d s, the \"timeout\" of a call",
		c->timeout_ms / 1000);
	err_hint(e,
		"give the system a longer \"timeout\" in the data map, up to "
		"%d s",
		(int)CONNECT_TIMEOUT_S_MAX);
	return true;
}

static int ask_rows(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	int64_t since_ms;

	wait_for_turn(c);
	since_ms = clock_mono_ms();
	if (!c->via->rows(c, q, fn, ctx, e))
		return 0;
	if (was_cut_off(c, since_ms, e) && conn_reads_all(c, q))
		err_hint(e,
			"\"%.*s\" is not marked as standardized, so all of "
			"\"%.*s\" is read: mark it where it is and has an "
			"index, or give the system a longer \"timeout\"",
			STR_ARG(q->where), STR_ARG(q->table));
	return -1;
}

/* Some values after the others: a row has one of them, so it comes once. */
static int rows_in_pages(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct row_query part = *q;
	size_t page = page_of_tuples(page_of(c), q->parts_n);

	for (size_t at = 0; at < q->values_n; at += page) {
		part.values = q->values + at;
		part.values_n =
			q->values_n - at < page ? q->values_n - at : page;
		if (ask_rows(c, &part, fn, ctx, e) < 0)
			return -1;
	}
	return 0;
}

bool cell_form_is_many(enum cell_form form)
{
	return form == FORM_LIST || form == FORM_JSON;
}

static bool asks_for_people(
	const struct map_table *t, const struct row_query *q)
{
	for (size_t i = 0; i < t->columns_n; i++) {
		if (!t->columns[i].is_identifier)
			continue;
		if (!q->is_all && str_eq(q->where, t->columns[i].name))
			return true;
		for (size_t k = 0; k < q->columns_n; k++)
			if (str_eq(q->columns[k], t->columns[i].name))
				return true;
	}
	return false;
}

static int refuse_many(
	const struct map_table *t, const struct map_column *c, struct err *e)
{
	err_set(e, ERR_INVALID,
		"table \"%.*s\": the column \"%.*s\" identifies, and holds "
		"many values in one",
		STR_ARG(t->name), STR_ARG(c->name));
	return err_hint(e,
		"nobody is found by an array or JSON: name a table or a view "
		"in the data map that has a row for each of them");
}

/* Such a column is never "nobody there". */
static int need_single(struct conn *c, const struct row_query *q, struct err *e)
{
	const struct map_table *t = map_table_named(c->system, q->table);

	if (!t || !c->via->form || c->is_single[t - c->system->tables] ||
		!asks_for_people(t, q))
		return 0;
	for (size_t i = 0; i < t->columns_n; i++) {
		const struct map_column *column = &t->columns[i];
		enum cell_form form;

		if (!column->is_identifier)
			continue;
		if (c->via->form(c, t->name, column->name, &form, e))
			return -1;
		if (cell_form_is_many(form))
			return refuse_many(t, column, e);
	}
	c->is_single[t - c->system->tables] = true;
	return 0;
}

bool conn_is_optional(
	const struct conn *c, const struct map_table *t, size_t column)
{
	const bool *held = c->was_held[t - c->system->tables];

	return t->columns[column].is_optional || (held && held[column]);
}

static int rows_of(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	return !q->is_all && q->values_n >
				       page_of_tuples(page_of(c), q->parts_n)
		       ? rows_in_pages(c, q, fn, ctx, e)
		       : ask_rows(c, q, fn, ctx, e);
}

/* A look-up that a column with parts has to do with. */
struct spreading {
	struct spread spread;
	struct arena *row; /* of one row */
	struct cell *cells;
	row_fn *fn;
	void *ctx;
};

static int take_spread(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct spreading *s = ctx;

	must(n == s->spread.q.columns_n);
	if (arena_used(s->row))
		arena_clear(s->row);
	spread_cells(&s->spread, s->row, cells, s->cells);
	return s->fn(s->ctx, s->cells, s->spread.asked->columns_n, e);
}

/* The table, when it has columns with parts; most have none. */
static const struct map_table *table_with_tuples(
	const struct conn *c, const struct row_query *q)
{
	const struct map_table *t =
		connector_kind_has_index(c->system->connector)
			? map_table_named(c->system, q->table)
			: NULL;

	return t && map_columns_held(t) < t->columns_n ? t : NULL;
}

static int rows_spread(struct conn *c, const struct map_table *t,
	const struct row_query *q, struct spreading *s, struct err *e)
{
	struct arena *a = arena_new(TUPLES_ARENA);
	int rc;

	s->row = arena_new(TUPLES_ARENA);
	s->cells = arena_many(a, struct cell, q->columns_n);
	rc = spread_of(a, t, q, &s->spread)
		     ? rows_of(c, &s->spread.q, take_spread, s, e)
		     : rows_of(c, q, s->fn, s->ctx, e);
	arena_free(s->row);
	arena_free(a);
	return rc;
}

int conn_rows(struct conn *c, const struct row_query *q, row_fn *fn, void *ctx,
	struct err *e)
{
	struct spreading s = { .fn = fn, .ctx = ctx };
	const struct map_table *t = table_with_tuples(c, q);
	int rc;

	must(!c->is_closed && q->values_n <= CONNECT_VALUES_MAX);
	if (need_single(c, q, e))
		return in_system(c->system, e);
	rc = t ? rows_spread(c, t, q, &s, e) : rows_of(c, q, fn, ctx, e);
	return rc < 0 ? in_system(c->system, e) : 0;
}

/* Rows that refer to rows of their own table go in one piece: a page that holds a
 * parent and not its children would be refused each time. */
static size_t page_of_step(const struct conn *c, const struct erase_step *s)
{
	const struct map_table *t = s->table;

	for (size_t i = 0; step_deletes(s) && i < t->links_n; i++)
		if (&c->system->tables[t->links[i].to] == t)
			return CONNECT_VALUES_MAX;
	return page_of_tuples(page_of(c), t->columns[t->key].parts_n);
}

static bool is_paged(
	const struct conn *c, const struct erase_step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (steps[i].keys_n > page_of_step(c, &steps[i]))
			return true;
	return page_of(c) < CONNECT_VALUES_MAX;
}

/* Steps of a page of keys each, in the same transaction. */
struct paged {
	struct erase_step *at;
	size_t *of; /* which step of the caller's each is of */
	size_t n;
};

static struct paged paged_of(const struct conn *c, struct arena *a,
	const struct erase_step *steps, size_t n)
{
	struct paged p = { 0 };
	size_t most = n;

	for (size_t i = 0; i < n; i++)
		most += steps[i].keys_n / page_of_step(c, &steps[i]);
	p.at = arena_many(a, struct erase_step, most);
	p.of = arena_many(a, size_t, most);
	for (size_t i = 0; i < n; i++) {
		size_t page = page_of_step(c, &steps[i]);
		size_t at = 0;

		do {
			struct erase_step *s = &p.at[p.n];

			*s = steps[i];
			s->keys = steps[i].keys + at;
			s->keys_n = steps[i].keys_n - at < page
					    ? steps[i].keys_n - at
					    : page;
			p.of[p.n++] = i;
			at += page;
		} while (at < steps[i].keys_n);
	}
	return p;
}

static int erase_in_pages(struct conn *c, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	struct arena *a = arena_new(PAGES_ARENA);
	struct paged p = paged_of(c, a, steps, n);
	int64_t *each = arena_many(a, int64_t, p.n);
	int rc = c->via->erase(c, p.at, p.n, each, e);

	for (size_t i = 0; i < n; i++)
		erased[i] = 0;
	for (size_t i = 0; !rc && i < p.n; i++)
		erased[p.of[i]] += each[i];
	arena_free(a);
	return rc;
}

int conn_ask_guard(struct conn *c, struct err *e)
{
	return c->guard ? c->guard->ask(c->guard->ctx, e) : 0;
}

int conn_erase(struct conn *c, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	int64_t since_ms;
	int rc;

	must(!c->is_closed);
	wait_for_turn(c);
	if (!c->via->is_guarded && conn_ask_guard(c, e))
		return -1;
	since_ms = clock_mono_ms();
	c->is_erasing = c->via->is_guarded;
	rc = is_paged(c, steps, n) ? erase_in_pages(c, steps, n, erased, e)
				   : c->via->erase(c, steps, n, erased, e);
	c->is_erasing = false;
	if (!rc)
		return 0;
	(void)was_cut_off(c, since_ms, e);
	return in_system(c->system, e);
}

int conn_insert(struct conn *c, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	must(!c->is_closed);
	*added = 0;
	if (c->via->insert(c, tables, n, next, ctx, added, e) < 0)
		return in_system(c->system, e);
	return 0;
}

int conn_script(struct conn *c, str statements, struct err *e)
{
	must(!c->is_closed);
	if (c->via->script(c, statements, e) < 0)
		return in_system(c->system, e);
	return 0;
}

int conn_ripples(struct conn *c, ripple_fn *fn, void *ctx, struct err *e)
{
	must(!c->is_closed);
	if (c->via->ripples && c->via->ripples(c, fn, ctx, e) < 0)
		return in_system(c->system, e);
	return 0;
}

int conn_references(struct conn *c, ripple_fn *fn, void *ctx, struct err *e)
{
	must(!c->is_closed);
	if (c->via->references && c->via->references(c, fn, ctx, e) < 0)
		return in_system(c->system, e);
	return 0;
}

int conn_form(struct conn *c, str table, str column, enum cell_form *out,
	struct err *e)
{
	must(!c->is_closed);
	*out = FORM_LOOK;
	if (c->via->form && c->via->form(c, table, column, out, e) < 0)
		return in_system(c->system, e);
	return 0;
}

int conn_can_be_null(
	struct conn *c, str table, str column, bool *out, struct err *e)
{
	const struct map_table *t = map_table_named(c->system, table);
	size_t at = t ? map_column_index(t, column) : 0;

	must(!c->is_closed);
	*out = true;
	if (t && at < t->columns_n)
		column = map_column_unlinked(t, &t->columns[at]);
	if (c->via->can_be_null &&
		c->via->can_be_null(c, table, column, out, e) < 0)
		return in_system(c->system, e);
	return 0;
}

bool conn_has_order(const struct conn *c)
{
	return c->via->can_be_null && !c->via->is_late;
}

int conn_describe(struct conn *c, column_fn *fn, void *ctx, struct err *e)
{
	must(!c->is_closed);
	if (!c->via->describe) {
		err_set(e, ERR_INVALID,
			"a system of the kind \"%s\" can't list what it holds",
			connector_kind_name(c->system->connector));
		err_hint(e, "write its tables into the data map by hand");
		return in_system(c->system, e);
	}
	if (c->via->describe(c, fn, ctx, e) < 0)
		return in_system(c->system, e);
	return 0;
}

int conn_plan(struct conn *c, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	const struct map_table *t = table_with_tuples(c, q);
	struct spread s;

	must(!c->is_closed);
	if (need_single(c, q, e))
		return in_system(c->system, e);
	if (t && spread_of(a, t, q, &s))
		q = &s.q;
	if (c->via->plan)
		return c->via->plan(c, a, q, out, e) < 0
			       ? in_system(c->system, e)
			       : 0;
	*out = arena_fmt(a,
		"a look-up by the connector: %.*s where %.*s is one of the "
		"values",
		STR_ARG(q->table), STR_ARG(q->where));
	return 0;
}
