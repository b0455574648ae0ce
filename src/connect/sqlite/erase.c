/* Rows deleted, emptied or unlinked, in one transaction; totals that they go into. */
#include "base/base.h"
#include "connect/sqlite/among.h"
#include "connect/sqlite/untyped.h"
#include "connect/statement.h"
#include "connect/summary.h"

/* `"name" = ?, "zip" = ?` */
static str set_text(struct arena *a, const struct erase_step *step)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < step->set_n; i++)
		buf_fmt(&b, "%s%.*s = ?", i ? ", " : "",
			STR_ARG(name_quoted(a, step->set[i].column->name)));
	return buf_str(&b);
}

/* Which rows of a step. */
struct chosen {
	struct sqlite_among keys;
	struct sqlite_among targets; /* of an unlink */
};

static struct sqlite_place place_of(
	const struct map_table *t, const struct map_column *c)
{
	return (struct sqlite_place){ t->name, map_names_of(t, c) };
}

/* What goes into totals is counted all at once: a person counts in each group. */
static struct sqlite_among keys_of(
	struct sqlite_conn *c, struct arena *a, const struct erase_step *step)
{
	const struct map_table *t = step->table;
	struct sqlite_place key = place_of(t, &t->columns[t->key]);

	return (step_summary(step) ? sqlite_besides : sqlite_among_of)(
		a, c->db, &key, step->keys, step->keys_n);
}

static struct chosen chosen_of(
	struct sqlite_conn *c, struct arena *a, const struct erase_step *step)
{
	struct chosen out = { .keys = keys_of(c, a, step) };
	struct sqlite_place column;

	if (!step->unlink)
		return out;
	column = place_of(step->table, step->unlink);
	out.targets = sqlite_besides(
		a, c->db, &column, step->targets, step->targets_n);
	return out;
}

/* In the order of the statement: what is set, keys, targets. */
static int bind_step(sqlite3_stmt *st, const struct erase_step *step,
	const struct chosen *rows)
{
	int rc = SQLITE_OK, at = 1;

	for (size_t i = 0; i < step->set_n && rc == SQLITE_OK; i++)
		rc = sqlite_bind(st, at++, &step->set[i].value);
	if (rc == SQLITE_OK)
		rc = sqlite_bind_all(st, at, rows->keys.cells, rows->keys.n);
	if (rc == SQLITE_OK && step->unlink)
		rc = sqlite_bind_all(st, at + (int)rows->keys.n,
			rows->targets.cells, rows->targets.n);
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

	if (step->unlink && !step->unlink->parts_n &&
		sqlite_is_untyped(
			a, c->db, step->table->name, step->unlink->name))
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
	struct chosen rows = chosen_of(c, a, step);
	const struct statement_part parts[] = {
		{ "table", name_quoted(a, t->name) },
		{ "key_same", rows.keys.text },
		{ "column", step->unlink ? name_quoted(a, map_column_unlinked(t,
								  step->unlink))
					 : (str){ 0 } },
		{ "target_same", rows.targets.text },
		{ "sets", set_text(a, step) },
	};
	const char *sql = statement_fill(
		a, sqlite_statement(statement_of(step)), parts, COUNTOF(parts));
	sqlite3_stmt *st = NULL;
	bool ok = !sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) &&
		  !bind_step(st, step, &rows) &&
		  sqlite3_step(st) == SQLITE_DONE;

	*changed = ok ? sqlite3_changes64(c->db) : 0;
	if (!ok)
		sqlite_failed(c->db, table_in_words(a, t->name), e);
	sqlite3_finalize(st);
	return ok ? step_need_own(step, *changed, e) : -1;
}

/* What goes into totals on its way out (summary.h). */
struct sqlite_summing {
	struct sqlite_conn *c;
	struct sqlite_among keys;
};

static int say_summary(void *ctx, const char *sql, bool has_keys,
	int64_t *number, struct err *e)
{
	const struct sqlite_summing *s = ctx;
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->c->db, sql, -1, &st, NULL);

	if (rc == SQLITE_OK && has_keys)
		rc = sqlite_bind_all(st, 1, s->keys.cells, s->keys.n);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW && number)
		*number = sqlite3_column_int64(st, 0);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		sqlite_failed(s->c->db, "totals", e);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

static int sum_and_run(struct sqlite_conn *c, struct arena *a,
	const struct erase_step *step, int64_t *changed, struct err *e)
{
	struct sqlite_summing ctx = { c, keys_of(c, a, step) };
	struct summary_way w = { .dialect = SUMMARY_SQLITE,
		.key_same = ctx.keys.text,
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

/* As many keys at once as SQLite finds quickly. */
static int run_in_parts(struct sqlite_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	const struct map_table *t = step->table;
	bool is_tuple = t->columns[t->key].parts_n > 0;
	struct erase_step part = *step;
	size_t left = step->keys_n;
	int rc;

	*changed = 0;
	do {
		struct arena *a = arena_new(SCRATCH_MAX);
		int64_t n;

		part.keys_n = left;
		if (is_tuple)
			part.keys_n = keys_of(c, a, &part).taken;
		rc = sum_and_run(c, a, &part, &n, e);
		*changed += rc ? 0 : n;
		left -= part.keys_n;
		part.keys += part.keys_n;
		arena_free(a);
	} while (!rc && left);
	return rc;
}

int sqlite_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct sqlite_conn *c = sqlite_own(conn);
	int rc;

	sqlite_call_begins(c);
	rc = sqlite_say(c, SQLITE_SAY_BEGIN, e);
	if (!rc)
		rc = sqlite_say(c, SQLITE_SAY_LATE, e);
	if (!rc)
		rc = conn_ask_guard(conn, e);
	for (size_t i = 0; i < n && !rc; i++) {
		must(steps[i].keys_n + steps[i].targets_n <=
			2 * CONNECT_VALUES_MAX);
		rc = run_in_parts(c, &steps[i], &erased[i], e);
	}
	if (!rc)
		rc = sqlite_say(c, SQLITE_SAY_COMMIT, e);
	if (rc)
		sqlite_roll_back(c);
	return rc;
}
