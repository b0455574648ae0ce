#ifndef DROP_MATCH_FRAME_H
#define DROP_MATCH_FRAME_H

#include "scrub/feed.h"
#include "scrub/scan.h"

/*
 * The rows of one chunk.  A row with more or fewer cells than the header is
 * told apart, not read: its values may stand in the wrong columns.  A stray or
 * open quote or a NUL byte ends the run, because where rows end is then not
 * known.  One a thread.  Internal to the match.
 */
struct match_frame {
	struct chunk chunk;
	struct scan scan;
	enum cpu_path cpu;
	char sep;
	size_t columns;
	uint32_t *at;  /* ends of the cells; `columns` for each row */
	size_t rows;   /* that can be read */
	size_t ragged; /* others */
	bool is_regular;
	/* When not regular: where each row begins, its number in the chunk
	 * (from 0), and the numbers of ragged rows. */
	uint32_t *start;
	uint32_t *number;
	uint32_t *ragged_at;
	size_t error_at;
};

struct match_frame *match_frame_new(struct arena *a, enum cpu_path cpu,
	char sep, size_t columns, size_t chunk_size);

/* Finds the rows of f->chunk.  -1: f->error_at says where. */
int match_frame_read(struct match_frame *f, struct err *e);

/* The number of a row in the chunk, ragged ones counted. */
static inline size_t match_frame_number(const struct match_frame *f, size_t row)
{
	return f->is_regular ? row : f->number[row];
}

/* Where a row begins. */
size_t match_frame_start(const struct match_frame *f, size_t row);

/* A cell without its quotes; text has room for FRAME_TEXT and MEMO_PAD. */
enum { FRAME_TEXT = 1100 };
str match_frame_unquote(str cell, char *text);

static inline str match_frame_cell(
	const struct match_frame *f, size_t row, size_t column, char *text)
{
	const uint32_t *end = f->at + row * f->columns;
	size_t from = column ? (size_t)end[column - 1] + 1
			     : match_frame_start(f, row);
	size_t to = end[column];
	str cell;

	if (column == f->columns - 1 && to > from && f->chunk.p[to - 1] == '\r')
		to--;
	cell = (str){ f->chunk.p + from, to - from };
	return cell.n && cell.p[0] == '"' ? match_frame_unquote(cell, text)
					  : cell;
}

uint64_t match_frame_line(const struct match_frame *f, size_t at);

#endif
