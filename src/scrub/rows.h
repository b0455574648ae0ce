#ifndef SCRUB_ROWS_H
#define SCRUB_ROWS_H

#include "scrub/feed.h"
#include "scrub/match.h"
#include "scrub/scan.h"
#include "scrub/target.h"

/*
 * One chunk: its rows found, what identifies them matched, and what is kept laid
 * out as pieces of it.  Each thread has one, with all its memory.
 */
struct rows {
	const struct scrub_opts *opts;
	const struct plan *plan;
	enum cpu_path cpu;
	struct chunk chunk;
	struct scan scan;
	uint32_t *at; /* ends of the cells; plan->columns for each row */
	size_t rows;
	bool has_blanks; /* lines with nothing on them, between rows */
	uint64_t lines;
	struct match match; /* and the tally; its lines count from 0 */
	/* NDJSON: a bit for each part of each identifier that was met. */
	uint8_t seen[SCRUB_COLUMNS_MAX];
	str *piece; /* what is kept */
	size_t pieces;
	struct packed packed;
	struct packed flagged; /* all rows with their reasons, opts->flag */
	struct packed rejects; /* the rows taken out, with their reasons */
	struct packed packed_rejects;
	/* Where in the chunk an error is; its line is told when the chunk's
	 * turn comes. */
	size_t error_at;
	struct arena *remark; /* of one row's; NULL: none are made */
};

struct rows *rows_new(struct arena *a, const struct scrub_opts *o,
	const struct plan *p, enum cpu_path cpu);
void rows_free_buffers(struct rows *r);

/*
 * Works through r->chunk.  -1: a row that cannot be read; its place is
 * r->error_at, and the caller puts the line in front of the message.
 */
int rows_scrub(struct rows *r, struct err *e);

/* Line ends before `at`. */
uint64_t rows_lines_before(const struct rows *r, size_t at);

/* Where a row begins. */
size_t rows_start(const struct rows *r, size_t row);

#endif
