/*
 * Adding rows, and files: the old content, then what is new, and all of it put
 * in place at once.
 */
#include <unistd.h>

#include "base/base.h"
#include "connect/files/place.h"
#include "connect/files/rows.h"
#include "connect/statement.h"

enum { ROW_OUT_MAX = 4 * FILE_ROW_MAX };

/* One table that rows are added to. */
struct put {
	struct arena *arena;
	struct file_rows *rows;
	struct staged *out;
	struct buf row;
};

struct putting {
	struct files_conn *conn;
	struct rewrite rewrite;
	const struct insert_table *tables;
	struct put *puts;
	size_t n;
};

static void free_arena(void *a)
{
	arena_free(a);
}

/* A value for a column that the file does not have would be lost. */
static int check_columns(
	struct put *p, const struct insert_table *t, struct err *e)
{
	if (p->rows->is_empty)
		return err_set(e, ERR_INVALID,
			"\"%.*s\": the file is empty: it has no header",
			STR_ARG(p->rows->name));
	for (size_t i = 0; i < t->columns_n; i++) {
		struct file_column c = { .name = t->columns[i] };

		if (file_rows_bind(p->rows, &c, 1, e) < 0)
			return -1;
	}
	return 0;
}

/* With a line end, since more comes behind it. */
static int copy_old(struct put *p, struct err *e)
{
	str header = p->rows->header;
	int rc;

	if (packer_put(p->out->out, header, e) < 0)
		return -1;
	if (header.n && !str_ends(header, STR("\n")) &&
		packer_put(p->out->out, STR("\n"), e) < 0)
		return -1;
	while ((rc = file_rows_take(p->rows, e)) > 0)
		if (packer_put(p->out->out,
			    (str){ p->rows->chunk.p, p->rows->chunk.n }, e) < 0)
			return -1;
	return rc;
}

static int open_put(struct putting *w, struct put *p,
	const struct insert_table *t, const char *path, struct err *e)
{
	struct file_bytes from = { w->conn->format, -1, str_of(path) };
	struct stat old;
	int rc, fd = w->conn->place->reopen(&w->rewrite, path, &old, e);

	if (fd < 0)
		return -1;
	from.fd = fd;
	rc = file_rows_open(
		p->arena, file_room_new(p->arena), &from, &p->rows, e);
	if (!rc)
		rc = check_columns(p, t, e);
	if (!rc)
		rc = w->conn->place->stage(
			&w->rewrite, p->arena, path, fd, &old, &p->out, e);
	if (!rc)
		rc = copy_old(p, e);
	close(fd);
	return rc;
}

static int begin_put(
	struct putting *w, struct arena *a, size_t at, struct err *e)
{
	const struct insert_table *t = &w->tables[at];
	struct put *p = &w->puts[at];
	struct walk_files files;

	p->arena = arena_new(FILES_FILE_ARENA_MAX);
	arena_defer(a, free_arena, p->arena);
	p->row = buf_in(p->arena, ROW_OUT_MAX);
	if (w->conn->place->walk(w->conn, a, t->name, &files, e) < 0)
		return -1;
	if (files.n > 1)
		return err_set(e, ERR_INVALID,
			"rows can't be added to a table of several files");
	return open_put(w, p, t, files.at[0], e);
}

static int put_row(
	struct putting *w, size_t at, const struct cell *cells, struct err *e)
{
	const struct insert_table *t = &w->tables[at];
	struct put *p = &w->puts[at];
	struct file_put what = { t->columns, cells, t->columns_n };

	buf_clear(&p->row);
	if (p->rows->format->put(p->rows, &p->row, &what, e) < 0)
		return files_in_table(t->name, e);
	if (!buf_ok(&p->row) || p->row.n > FILE_ROW_MAX) {
		err_set(e, ERR_LIMIT, "a row of more than %d bytes",
			(int)FILE_ROW_MAX);
		return files_in_table(t->name, e);
	}
	return packer_put(p->out->out, buf_str(&p->row), e);
}

static int put_rows(struct putting *w, insert_fn *next, void *ctx,
	int64_t *added, struct err *e)
{
	const struct cell *cells;
	size_t t;
	int rc;

	while ((rc = next(ctx, &t, &cells, e)) == 1) {
		must(t < w->n);
		if (put_row(w, t, cells, e) < 0)
			return -1;
		++*added;
	}
	for (size_t i = 0; i < w->n && !rc; i++)
		rc = w->conn->place->finish(w->puts[i].out, e);
	return rc ? rc : w->conn->place->commit(&w->rewrite, e);
}

int files_insert(struct conn *conn, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct putting w = {
		.conn = files_own(conn), .tables = tables, .n = n
	};
	struct arena *a;
	int rc;

	if (files_may_write(w.conn, e) < 0)
		return -1;
	a = arena_new(FILES_CALL_ARENA_MAX);
	w.puts = arena_many(a, struct put, n);
	rc = w.conn->place->begin(w.conn, a, &w.rewrite, e);
	for (size_t i = 0; i < n && !rc; i++)
		if (begin_put(&w, a, i, e) < 0)
			rc = files_in_table(tables[i].name, e);
	if (!rc)
		rc = put_rows(&w, next, ctx, added, e);
	w.conn->place->end(&w.rewrite);
	arena_free(a);
	return rc;
}

static int put_file(
	struct files_conn *c, struct rewrite *w, str statement, struct err *e)
{
	struct arena *a = w->arena;
	str first, content;
	const char *path;
	struct staged *out;
	const char *fault;

	str_cut(statement, '\n', &first, &content);
	path = arena_cstr(a, first);
	fault = walk_fault(first);
	if (fault)
		return err_set(e, ERR_INVALID, "the name of a file %s", fault);
	if (c->place->stage(w, a, path, -1, NULL, &out, e) < 0 ||
		packer_put(out->out, content, e) < 0 ||
		(content.n && packer_put(out->out, STR("\n"), e) < 0))
		return -1;
	return c->place->finish(out, e);
}

int files_script(struct conn *conn, str rest, struct err *e)
{
	struct files_conn *c = files_own(conn);
	struct rewrite w;
	struct arena *a;
	const char *one;
	int rc;

	if (files_may_write(c, e) < 0)
		return -1;
	a = arena_new(FILES_CALL_ARENA_MAX);
	rc = c->place->begin(c, a, &w, e);
	while (!rc && (one = statement_next(a, &rest)))
		rc = put_file(c, &w, str_of(one), e);
	if (!rc)
		rc = c->place->commit(&w, e);
	c->place->end(&w);
	arena_free(a);
	return rc;
}
