/* Erasing: all steps of a system in one transaction. */
#include "base/base.h"
#include "connect/mariadb/session.h"
#include "connect/summary.h"

enum { TARGETS_AT_ONCE = 5000 }; /* the protocol counts to 65,535 */

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

	if (maria_can_be_null(&c->head, step->table->name,
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

static int take_turn(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	bool *has_it = ctx;

	(void)e;
	must(n == 1);
	*has_it = str_eq(cells[0].v.v, STR("1"));
	return 0;
}

/* Only others of its kind wait for it. */
static int wait_for_turn(struct maria_conn *c, struct err *e)
{
	struct maria_ask ask = { .sql = maria_statements[MARIA_SAY_TURN],
		.what = "its turn" };
	bool has_it = false;
	struct maria_reader rd = {
		.fn = take_turn, .ctx = &has_it, .whole = SIZE_MAX
	};

	if (maria_link_ask(&c->link, &ask, &rd, NULL, e))
		return -1;
	if (has_it)
		return 0;
	err_set(e, ERR_UNAVAILABLE,
		"another deletion in this database took longer than a minute");
	return err_hint(e, "it is tried again by itself");
}

/* Guarded, what the guard reads is locked until all is erased.  One that reads whole tables
 * would lock them for everybody: it takes a turn. */
static int begin_erase(struct maria_conn *c, struct err *e)
{
	const struct erase_guard *g = c->head.guard;

	if (g && (g->is_wide ? wait_for_turn(c, e)
			     : maria_say(c, MARIA_SAY_LOCKING, e)))
		return -1;
	return maria_say(c, MARIA_SAY_BEGIN, e) || conn_ask_guard(&c->head, e)
		       ? -1
		       : 0;
}

int maria_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct maria_conn *c = maria_own(conn);
	struct err ignored = { 0 };
	int rc = begin_erase(c, e);

	for (size_t i = 0; i < n && !rc; i++)
		rc = do_step(c, &steps[i], &erased[i], e);
	if (!rc)
		rc = maria_say(c, MARIA_SAY_COMMIT, e);
	if (rc)
		maria_roll_back(c);
	if (conn->guard && conn->guard->is_wide)
		(void)maria_say(c, MARIA_SAY_TURN_OVER, &ignored);
	return rc;
}
