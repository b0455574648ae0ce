/*
 * Rows of CSV.  The cells of a whole chunk are found at once by scrub/scan.h,
 * which also tells what may not be there; a cell is unquoted when it is asked
 * for.
 */
#include <string.h>

#include "base/base.h"
#include "base/csv.h"
#include "connect/files/rows.h"
#include "ident/cell.h"

static str unquoted(struct arena *a, str cell)
{
	char *out;
	size_t n = 0;

	cell = (str){ cell.p + 1, cell.n - 2 };
	if (!str_has(cell, '"'))
		return cell;
	out = arena_alloc(a, cell.n);
	for (size_t i = 0; i < cell.n; i++) {
		out[n++] = cell.p[i];
		if (cell.p[i] == '"')
			i++;
	}
	return (str){ out, n };
}

static bool is_quoted(str cell)
{
	return cell.n >= 2 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"';
}

/* Cells of the header, to names[] when there is one. */
static size_t split_header(str header, char sep, str *names)
{
	bool in_quotes = false;
	size_t n = 0, start = 0;

	for (size_t i = 0; i <= header.n; i++) {
		if (i < header.n && header.p[i] == '"')
			in_quotes = !in_quotes;
		if (i < header.n && (in_quotes || header.p[i] != sep))
			continue;
		if (names)
			names[n] = (str){ header.p + start, i - start };
		n++;
		start = i + 1;
	}
	return n;
}

/* The one that makes most cells. */
static char separator_of(str header)
{
	static const char seps[] = { ',', ';', '\t' };
	char best = ',';
	size_t n = 1;

	for (size_t i = 0; i < COUNTOF(seps); i++)
		if (split_header(header, seps[i], NULL) > n) {
			n = split_header(header, seps[i], NULL);
			best = seps[i];
		}
	return best;
}

static int read_names(struct file_rows *r, str header, struct err *e)
{
	r->sep = separator_of(header);
	r->names_n = split_header(header, r->sep, NULL);
	if (r->names_n > FILE_CELLS_MAX)
		return err_set(e, ERR_LIMIT, "line 1: more than %d columns",
			(int)FILE_CELLS_MAX);
	r->names = arena_many(r->arena, str, r->names_n);
	split_header(header, r->sep, r->names);
	for (size_t i = 0; i < r->names_n; i++)
		if (is_quoted(r->names[i]))
			r->names[i] = unquoted(r->arena, r->names[i]);
	return 0;
}

static int csv_begin(struct file_rows *r, struct err *e)
{
	str header, whole;

	if (feed_header(&r->feed, &header, &whole, e) < 0) {
		r->is_empty = feed_is_empty(&r->feed);
		if (r->is_empty)
			*e = (struct err){ 0 };
		return r->is_empty ? 0 : -1;
	}
	r->header = arena_dup(r->arena, whole);
	r->is_crlf = str_ends(whole, STR("\r\n"));
	header = arena_dup(r->arena, header);
	feed_skip(&r->feed, whole.n);
	r->chunk.n = 0;
	r->line = 1;
	for (size_t i = 0; i < whole.n; i++)
		r->line += r->header.p[i] == '\n';
	if (!r->room->ends)
		r->room->ends = arena_many(
			r->room->arena, uint32_t, feed_room(FILE_CHUNK) + 128);
	r->ends = r->room->ends;
	return read_names(r, header, e);
}

static int csv_take(struct file_rows *r, struct err *e)
{
	const struct scan *s = &r->scan;

	scan_cells(r->cpu, r->chunk.p, r->chunk.n, r->sep, r->ends, &r->scan);
	r->next_end = 0;
	if (s->nul)
		return file_rows_wrong(
			r, s->nul - 1, e, ERR_CORRUPT, "a NUL byte");
	if (s->stray)
		return file_rows_wrong(r, s->stray - 1, e, ERR_CORRUPT,
			"a quote inside a cell that is not in quotes, or text "
			"behind one that is");
	if (s->is_quoted)
		return file_rows_wrong(r, r->chunk.n - 1, e, ERR_CORRUPT,
			"the file ends inside quotes");
	return 0;
}

static size_t cells_ahead(const struct file_rows *r)
{
	size_t i = r->next_end;

	while (r->chunk.p[r->ends[i]] != '\n')
		i++;
	return i + 1 - r->next_end;
}

static int csv_next_row(
	struct file_rows *r, struct file_row *row, struct err *e)
{
	while (r->at < r->chunk.n) {
		size_t n = cells_ahead(r), start = r->at;
		size_t end = r->ends[r->next_end + n - 1];

		row->ends = r->ends + r->next_end;
		row->start = start;
		row->raw = (str){ r->chunk.p + start, end + 1 - start };
		row->text = str_head(row->raw, end - start);
		if (str_ends(row->text, STR("\r")))
			row->text.n--;
		r->at = end + 1;
		r->next_end += n;
		if (!row->text.n)
			continue;
		if (n == r->names_n)
			return 1;
		return file_rows_wrong(r, start, e, ERR_CORRUPT,
			n < r->names_n ? "fewer cells than the header has"
				       : "more cells than the header has");
	}
	return 0;
}

static int csv_bind(struct file_rows *r, struct file_column *c, struct err *e)
{
	size_t found = 0;

	c->is_there = false;
	for (size_t i = 0; i < r->names_n; i++)
		if (str_eq(r->names[i], c->name)) {
			c->at = i;
			found++;
		}
	c->is_there = found > 0;
	if (found > 1)
		return err_set(e, ERR_INVALID,
			"more than one column is called \"%.*s\"",
			STR_ARG(c->name));
	if (found || c->is_optional || r->is_empty)
		return 0;
	err_set(e, ERR_INVALID, "no column is called \"%.*s\"",
		STR_ARG(c->name));
	return err_hint(e, "the names are those of the first line; what not "
			   "every file has is marked as optional");
}

static int csv_span(struct file_rows *r, const struct file_row *row,
	const struct file_column *c, str *out, struct err *e)
{
	size_t start;

	(void)e;
	*out = (str){ 0 };
	if (!c->is_there)
		return 0;
	start = c->at ? row->ends[c->at - 1] + 1 : row->start;
	*out = (str){ r->chunk.p + start, row->ends[c->at] - start };
	if (c->at + 1 == r->names_n && str_ends(*out, STR("\r")))
		out->n--;
	return 0;
}

static int csv_read(struct file_rows *r, const struct file_row *row, str span,
	struct cell *out, struct err *e)
{
	(void)row;
	(void)e;
	if (!span.n) {
		*out = (struct cell){ .type = CELL_NULL };
		return 0;
	}
	*out = cell_by_look(
		is_quoted(span) ? unquoted(r->row_arena, span) : span);
	return 0;
}

static const struct cell *cell_named(const struct file_put *p, str name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->columns[i], name))
			return &p->cells[i];
	return NULL;
}

static int csv_put_cell(const struct file_rows *r, struct buf *b,
	const struct cell *c, struct err *e)
{
	/* A row of one null would be a blank line, which is none. */
	if (c->type == CELL_NULL)
		return r->names_n > 1 ? 0
				      : err_set(e, ERR_INVALID,
						"CSV of one column can't hold "
						"a null");
	if (str_has(c->v.v, '\0'))
		return err_set(e, ERR_INVALID, "CSV can't hold a NUL byte");
	if (!c->v.v.n || (r->names_n == 1 && !str_trim(c->v.v).n))
		buf_fmt(b, "\"%.*s\"", STR_ARG(c->v.v));
	else
		csv_put(b, r->sep, c->v.v);
	return 0;
}

static int csv_put_row(const struct file_rows *r, struct buf *b,
	const struct file_put *p, struct err *e)
{
	static const struct cell null = { .type = CELL_NULL };

	for (size_t i = 0; i < r->names_n; i++) {
		const struct cell *c = cell_named(p, r->names[i]);

		if (i)
			buf_putc(b, r->sep);
		if (csv_put_cell(r, b, c ? c : &null, e) < 0)
			return -1;
	}
	buf_puts(b, r->is_crlf ? "\r\n" : "\n");
	return 0;
}

const struct file_format file_format_csv = {
	.name = "CSV",
	.begin = csv_begin,
	.take = csv_take,
	.next = csv_next_row,
	.bind = csv_bind,
	.span = csv_span,
	.read = csv_read,
	.cell = csv_put_cell,
	.put = csv_put_row,
};
