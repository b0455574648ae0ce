/*
 * Systems that a program of their owner's reaches: one run a call, a task in, an
 * answer out (task.h).  The program may bring rows too many, never too few; which
 * of them were asked for is decided here.
 */
#include <unistd.h>

#include "base/base.h"
#include "base/file.h"
#include "connect/connector.h"
#include "connect/json_cell.h"
#include "connect/matcher.h"
#include "connect/program/run.h"
#include "connect/program/task.h"

enum { PROGRAM_PATH_MAX = 4096 };

struct program_conn {
	struct conn head;
	struct task_head task;
	struct program program;
};

static struct program_conn *own(struct conn *c)
{
	return (struct program_conn *)c;
}

/* One call: its run, and what takes the rows. */
struct call {
	struct program_conn *conn;
	struct arena *arena;
	struct program_run *run;
	struct arena *line_arena; /* of one line of the answer */
	int64_t line;
	const struct row_query *query; /* NULL: no row is expected */
	struct matcher matcher;
	row_fn *fn;
	column_fn *column_fn; /* NULL: no column is expected */
	void *ctx;
	int64_t *changed; /* one a step; NULL: no number is expected */
	size_t changed_n;
};

static int bad_answer(const struct call *x, struct err *e)
{
	err_context(e, "program \"%.*s\": line %lld of its answer",
		STR_ARG(x->conn->program.name), (long long)x->line);
	return err_hint(e, "docs/program.md says what an answer is");
}

static void free_arena(void *a)
{
	arena_free(a);
}

static int tell(struct call *x, str line, struct err *e)
{
	if (line.n)
		return program_write(x->run, line, e);
	return err_set(e, ERR_LIMIT, "more than %d MiB to tell a program",
		TASK_SIZE_MAX >> 20);
}

static int call_begin(
	struct call *x, struct program_conn *c, str task, struct err *e)
{
	x->conn = c;
	x->line_arena = arena_new(PROGRAM_ARENA_MAX);
	arena_defer(x->arena, free_arena, x->line_arena);
	if (program_start(
		    x->arena, &c->program, c->head.timeout_ms, &x->run, e) < 0)
		return -1;
	return tell(x, task, e);
}

/* The columns of the query, and behind them what they were looked for by. */
static int take_row(struct call *x, const json_t *list, struct err *e)
{
	const struct row_query *q = x->query;
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 2];
	size_t n = q ? q->columns_n : 0;
	size_t wanted = n + (q && !q->is_all);

	must(wanted <= COUNTOF(cells));
	if (!q || json_array_size(list) != wanted) {
		err_set(e, ERR_CORRUPT, "a row of %zu values, not %zu",
			json_array_size(list), wanted);
		return bad_answer(x, e);
	}
	for (size_t i = 0; i < wanted; i++)
		if (json_cell(x->line_arena, json_array_get(list, i), &cells[i],
			    e) < 0)
			return bad_answer(x, e);
	if (wanted > n && !matcher_takes(&x->matcher, &cells[n]))
		return 0;
	for (size_t i = 0; i < n; i++)
		cell_cut(&cells[i], q->cell_max);
	return x->fn(x->ctx, cells, n, e);
}

static int take_changed(struct call *x, const json_t *list, struct err *e)
{
	bool ok = !x->changed || json_array_size(list) == x->changed_n;

	for (size_t i = 0; ok && x->changed && i < x->changed_n; i++) {
		const json_t *v = json_array_get(list, i);

		ok = json_is_integer(v) && json_integer_value(v) >= 0;
		x->changed[i] = ok ? json_integer_value(v) : 0;
	}
	if (ok)
		return 0;
	err_set(e, ERR_CORRUPT, "\"changed\" is not %zu numbers", x->changed_n);
	return bad_answer(x, e);
}

static int take_column(struct call *x, const json_t *what, struct err *e)
{
	struct column_fact fact;

	if (x->column_fn && answer_column(what, &fact))
		return x->column_fn(x->ctx, &fact, e);
	err_set(e, ERR_CORRUPT,
		x->column_fn ? "a column without its table or name"
			     : "a column, which was not asked for");
	return bad_answer(x, e);
}

/* 1 a row or a column, 0 the last line, -1. */
static int take_line(struct call *x, str line, struct err *e)
{
	enum answer_kind kind;
	const json_t *what;

	if (arena_used(x->line_arena))
		arena_clear(x->line_arena);
	if (answer_read(x->line_arena, line, &kind, &what, e) < 0)
		return bad_answer(x, e);
	if (kind == ANSWER_DONE)
		return take_changed(x, what, e);
	if (kind == ANSWER_COLUMN)
		return take_column(x, what, e) < 0 ? -1 : 1;
	return take_row(x, what, e) < 0 ? -1 : 1;
}

/* Behind the last line there is nothing. */
static int end_of_answer(struct call *x, bool is_done, struct err *e)
{
	str line;
	int rc = is_done ? program_read(x->run, &line, e) : 0;

	x->line++;
	if (rc < 0 || program_wait(x->run, e) < 0)
		return -1;
	if (is_done && !rc)
		return 0;
	err_set(e, ERR_CORRUPT,
		is_done ? "comes after the one with \"done\""
			: "is missing: an answer ends with {\"done\": true}");
	return bad_answer(x, e);
}

static int call_end(struct call *x, struct err *e)
{
	str line;
	int rc = 1;
	bool is_over = false;

	program_close_input(x->run);
	while (rc == 1 && !is_over) {
		rc = program_read(x->run, &line, e);
		is_over = rc == 0;
		x->line += rc == 1;
		if (rc == 1)
			rc = take_line(x, line, e);
	}
	return rc < 0 ? -1 : end_of_answer(x, !is_over, e);
}

static int call_once(
	struct call *x, struct program_conn *c, str task, struct err *e)
{
	int rc = call_begin(x, c, task, e);

	if (!rc)
		rc = call_end(x, e);
	arena_free(x->arena);
	return rc;
}

static struct call call_new(void)
{
	return (struct call){ .arena = arena_new(PROGRAM_ARENA_MAX) };
}

static void program_close(struct conn *c)
{
	(void)c; /* Between two calls nothing runs. */
}

/* It is run in another folder than ours. */
static int make_absolute(struct arena *a, const char **path, struct err *e)
{
	char here[PROGRAM_PATH_MAX];

	if (!*path || (*path)[0] == '/')
		return 0;
	if (!getcwd(here, sizeof here))
		return err_errno(e, "tell this folder");
	*path = path_join(a, arena_cstr(a, str_of(here)), *path);
	return 0;
}

static int program_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct program_conn *c = arena_one(a, struct program_conn);
	const char *dir = arena_cstr(a, m->dir);
	struct call x;

	c->head.timeout_ms = o->timeout_ms;
	c->task = (struct task_head){ s->name, o->mode, c->head.timeout_ms };
	c->program = (struct program){
		.name = o->url ? str_of(o->url) : s->database,
		.folder = dir,
		.credentials_dir = o->credentials_dir,
	};
	c->program.path =
		o->url ? o->url : path_join(a, dir, arena_cstr(a, s->database));
	if (make_absolute(a, &c->program.path, e) < 0 ||
		make_absolute(a, &c->program.credentials_dir, e) < 0)
		return -1;
	*out = &c->head;
	x = call_new();
	return call_once(&x, c, task_open(x.arena, &c->task), e);
}

static int in_table(str table, struct err *e)
{
	return err_context(e, "table \"%.*s\"", STR_ARG(table));
}

static int program_rows(struct conn *conn, const struct row_query *q,
	row_fn *fn, void *ctx, struct err *e)
{
	struct program_conn *c = own(conn);
	struct call x = call_new();

	x.query = q;
	x.matcher = matcher_of(x.arena, q);
	x.fn = fn;
	x.ctx = ctx;
	if (call_once(&x, c, task_rows(x.arena, &c->task, q), e) < 0)
		return in_table(q->table, e);
	return 0;
}

static int may_write(const struct program_conn *c, struct err *e)
{
	if (c->task.mode == CONN_WRITE)
		return 0;
	return err_set(
		e, ERR_DENIED, "the program is to be used for reading only");
}

static int program_erase(struct conn *conn, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	struct program_conn *c = own(conn);
	struct call x;

	if (may_write(c, e) < 0)
		return -1;
	x = call_new();
	x.changed = erased;
	x.changed_n = n;
	return call_once(&x, c, task_erase(x.arena, &c->task, steps, n), e);
}

static int put_rows(struct call *x, const struct insert_table *tables,
	insert_fn *next, void *ctx, struct err *e)
{
	const struct cell *cells;
	size_t t;
	int rc;

	while ((rc = next(ctx, &t, &cells, e)) == 1) {
		arena_clear(x->line_arena);
		if (tell(x,
			    task_row(x->line_arena, t, cells,
				    tables[t].columns_n),
			    e) < 0)
			return -1;
		x->changed[0]++;
	}
	return rc;
}

static int program_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct program_conn *c = own(conn);
	struct call x;
	int rc;

	if (may_write(c, e) < 0)
		return -1;
	x = call_new();
	x.changed = added;
	rc = call_begin(&x, c, task_insert(x.arena, &c->task, tables, n), e);
	if (!rc)
		rc = put_rows(&x, tables, next, ctx, e);
	/* Without this line the program takes everything back. */
	if (!rc)
		rc = tell(&x, task_end(x.arena), e);
	if (!rc)
		rc = call_end(&x, e);
	arena_free(x.arena);
	return rc;
}

static int program_script(struct conn *c, str statements, struct err *e)
{
	(void)c;
	(void)statements;
	return err_set(e, ERR_INVALID, "a program takes no statements");
}

/* Programs of before the task was thought of, and those that have no use for it, do not
 * know it. */
static int program_describe(
	struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct program_conn *c = own(conn);
	struct task_head task = c->task;
	struct call x = call_new();

	task.mode = CONN_READ;
	x.column_fn = fn;
	x.ctx = ctx;
	if (!call_once(&x, c, task_describe(x.arena, &task), e))
		return 0;
	if (e->code == ERR_INVALID)
		err_hint(e, "write its tables into the data map by hand, or "
			    "teach it the task \"describe\" (docs/program.md)");
	return -1;
}

const struct connector connector_program = {
	.open = program_open,
	.rows = program_rows,
	.erase = program_erase,
	.insert = program_insert,
	.script = program_script,
	.close = program_close,
	.describe = program_describe,
};
