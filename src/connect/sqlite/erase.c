/* Rows deleted, emptied or unlinked, in one transaction; totals that they go into. */
#include "base/base.h"
#include "connect/sqlite/link.h"
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

/* In the order of the statement: what is set, keys, targets. */
static int bind_step(sqlite3_stmt *st, const struct erase_step *step)
{
	int rc = SQLITE_OK, at = 1;

	for (size_t i = 0; i < step->set_n && rc == SQLITE_OK; i++)
		rc = sqlite_bind(st, at++, &step->set[i].value);
	if (rc == SQLITE_OK)
		rc = sqlite_bind_all(st, at, step->keys, step->keys_n);
	if (rc == SQLITE_OK && step->unlink)
		rc = sqlite_bind_all(st, at + (int)step->keys_n, step->targets,
			step->targets_n);
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

	if (step->unlink && sqlite_is_untyped(a, c->db, step->table->name,
				    step->unlink->name))
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
	const struct statement_part parts[] = {
		{ "table", name_quoted(a, t->name) },
		{ "key", name_quoted(a, t->columns[t->key].name) },
		{ "values", question_marks(a, step->keys_n) },
		{ "column", step->unlink ? name_quoted(a, step->unlink->name)
					 : (str){ 0 } },
		{ "targets", question_marks(a, step->targets_n) },
		{ "sets", set_text(a, step) },
	};
	const char *sql = statement_fill(
		a, sqlite_statement(statement_of(step)), parts, COUNTOF(parts));
	sqlite3_stmt *st = NULL;
	bool ok = !sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) &&
		  !bind_step(st, step) && sqlite3_step(st) == SQLITE_DONE;

	*changed = ok ? sqlite3_changes64(c->db) : 0;
	if (!ok)
		sqlite_failed(c->db, table_in_words(a, t->name), e);
	sqlite3_finalize(st);
	return ok ? step_need_own(step, *changed, e) : -1;
}

/* What goes into totals on its way out (summary.h). */
struct sqlite_summing {
	struct sqlite_conn *c;
	const struct erase_step *step;
};

static int say_summary(void *ctx, const char *sql, bool has_keys,
	int64_t *number, struct err *e)
{
	const struct sqlite_summing *s = ctx;
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->c->db, sql, -1, &st, NULL);

	if (rc == SQLITE_OK && has_keys)
		rc = sqlite_bind_all(st, 1, s->step->keys, s->step->keys_n);
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
	const struct map_table *t = step->table;
	struct sqlite_summing ctx = { c, step };
	struct summary_way w = { .dialect = SUMMARY_SQLITE,
		.key_same = arena_fmt(a, "%.*s in (%.*s)",
			STR_ARG(name_quoted(a, t->columns[t->key].name)),
			STR_ARG(question_marks(a, step->keys_n))),
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

int sqlite_erase(struct conn *conn, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	struct sqlite_conn *c = sqlite_own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
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
		rc = sum_and_run(c, a, &steps[i], &erased[i], e);
	}
	if (!rc)
		rc = sqlite_say(c, SQLITE_SAY_COMMIT, e);
	if (rc)
		sqlite_roll_back(c);
	arena_free(a);
	return rc;
}
