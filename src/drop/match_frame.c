/* From the bytes of a chunk to its rows. */
#include "drop/match_frame.h"

#include <string.h>

#include "base/base.h"

struct match_frame *match_frame_new(struct arena *a, enum cpu_path cpu,
	char sep, size_t columns, size_t chunk_size)
{
	struct match_frame *f = arena_one(a, struct match_frame);
	size_t room = feed_room(chunk_size);

	f->cpu = cpu;
	f->sep = sep;
	f->columns = columns;
	f->chunk.p = arena_alloc(a, room + 1 + SCAN_PAD);
	f->at = arena_many(a, uint32_t, room + SCAN_PAD + 1);
	f->start = arena_many(a, uint32_t, room + 1);
	f->number = arena_many(a, uint32_t, room + 1);
	f->ragged_at = arena_many(a, uint32_t, room + 1);
	return f;
}

uint64_t match_frame_line(const struct match_frame *f, size_t at)
{
	const char *p = f->chunk.p, *end = p + at;
	uint64_t n = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		n++;
		p++;
	}
	return n;
}

/* Every row has the header's cells. */
static bool is_regular(const struct match_frame *f)
{
	if (f->scan.found != f->scan.rows * f->columns)
		return false;
	for (size_t i = f->columns - 1; i < f->scan.found; i += f->columns)
		if (f->chunk.p[f->at[i]] != '\n')
			return false;
	/* A blank line is a row of one empty cell; see regularize(). */
	return f->columns > 1;
}

static bool is_blank_line(const struct match_frame *f, size_t from, size_t to)
{
	return to == from || (to == from + 1 && f->chunk.p[from] == '\r');
}

/* Leaves the rows that can be read in at[], with what the others took away. */
static void regularize(struct match_frame *f)
{
	size_t kept = 0, cells = 0, start = 0, number = 0;

	f->rows = 0;
	for (size_t i = 0; i < f->scan.found; i++) {
		size_t at = f->at[i];

		f->at[kept++] = (uint32_t)at;
		cells++;
		if (f->chunk.p[at] != '\n')
			continue;
		if (cells == 1 && is_blank_line(f, start, at)) {
			kept--;
		} else if (cells != f->columns) {
			kept -= cells;
			f->ragged_at[f->ragged++] = (uint32_t)number++;
		} else {
			f->start[f->rows] = (uint32_t)start;
			f->number[f->rows++] = (uint32_t)number++;
		}
		start = at + 1;
		cells = 0;
	}
}

int match_frame_read(struct match_frame *f, struct err *e)
{
	scan_cells(f->cpu, f->chunk.p, f->chunk.n, f->sep, f->at, &f->scan);
	if (scan_check(&f->scan, f->at, &f->error_at, e))
		return -1;
	f->rows = f->scan.rows;
	f->ragged = 0;
	f->is_regular = is_regular(f);
	if (!f->is_regular)
		regularize(f);
	return 0;
}

size_t match_frame_start(const struct match_frame *f, size_t row)
{
	if (!f->is_regular)
		return f->start[row];
	return row ? (size_t)f->at[row * f->columns - 1] + 1 : 0;
}

/* Doubled quotes inside are single ones. */
static str undouble(str inner, char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < inner.n && n < FRAME_TEXT; i++) {
		text[n++] = inner.p[i];
		if (inner.p[i] == '"')
			i++;
	}
	return (str){ text, n };
}

str match_frame_unquote(str cell, char *text)
{
	cell = (str){ cell.p + 1, cell.n - 2 };
	return str_has(cell, '"') ? undouble(cell, text) : cell;
}
