#ifndef SCRUB_ROWS_H
#define SCRUB_ROWS_H

#include "ident/cell.h"
#include "scrub/feed.h"
#include "scrub/plan.h"
#include "scrub/scan.h"
#include "scrub/target.h"

/*
 * One chunk: its cells found, its identifiers hashed and looked up, and what is
 * kept laid out as pieces of it.  Each thread has one, with all its memory.
 */
enum { ROWS_BATCH = 256 };

/*
 * Identifiers of one kind on their way through hash, key and look-up; those that
 * come hashed wait beside the others.
 */
struct batch {
	enum ident_kind kind;
	bool may_be_hashed;
	cell_fn *way;
	size_t blocks;
	size_t digests;
	uint32_t block_row[ROWS_BATCH];
	uint32_t digest_row[ROWS_BATCH];
	uint8_t *block; /* ROWS_BATCH of them, on cache lines */
	uint8_t digest[ROWS_BATCH * SHA256_SIZE];
};

struct rows {
	const struct scrub_opts *opts;
	const struct plan *plan;
	enum cpu_path cpu;
	struct chunk chunk;
	struct scan scan;
	uint32_t *at; /* ends of the cells; plan->columns for each row */
	size_t rows;
	bool has_blanks;   /* lines with nothing on them, between rows */
	uint32_t *reasons; /* of each row */
	uint64_t *gone;    /* a bit for each row that is not kept */
	str *piece;        /* what is kept */
	size_t pieces;
	struct packed packed;
	struct packed rejects; /* the rows taken out, as CSV */
	struct packed packed_rejects;
	struct scrub_report tally; /* of this chunk; lines from 0 */
	size_t error_at; /* where in the chunk an error is; its line is told
			  * when the chunk's turn comes */
	uint64_t lines;
	struct batch batch[SCRUB_COLUMNS_MAX];
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

#endif
