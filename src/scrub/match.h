#ifndef SCRUB_MATCH_H
#define SCRUB_MATCH_H

#include "ident/cell.h"
#include "scrub/plan.h"

/*
 * What identifies the rows of a chunk, against the set: values come in as they
 * are read, batches are hashed, keyed and looked up at once, and what is found
 * is written down by row.  One a thread.
 */
enum { MATCH_BATCH = 256 };

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
	uint32_t block_row[MATCH_BATCH];
	uint32_t digest_row[MATCH_BATCH];
	uint8_t *block; /* MATCH_BATCH of them, on cache lines */
	uint8_t digest[MATCH_BATCH * SHA256_SIZE];
};

struct match {
	const struct scrub_opts *opts;
	const struct plan *plan;
	enum cpu_path cpu;
	uint32_t *reasons;         /* of each row */
	uint64_t *gone;            /* a bit for each row that is not kept */
	struct scrub_report tally; /* of this chunk; lines are rows */
	bool is_named;             /* of the row that is read */
	bool is_unreadable;
	struct batch batch[SCRUB_COLUMNS_MAX];
};

void match_init(struct match *m, struct arena *a, const struct scrub_opts *o,
	const struct plan *p, enum cpu_path cpu, size_t rows_max);

/* A chunk of so many rows begins. */
void match_start(struct match *m, size_t rows);

/* The value of an identifier of one part in `row`; rows ascend. */
void match_value(struct match *m, size_t row, size_t ident, str value);

/* The parts of a composite. */
void match_parts(struct match *m, size_t row, size_t ident, const str *part);

/* A value or part that cannot be read, for a reason that the reader saw. */
void match_fault(struct match *m, size_t row, size_t ident, enum ident_fault f);

/* All values of the row were given. */
void match_end_row(struct match *m, size_t row);

/* Looks up what still waits: then reasons and gone are complete. */
void match_finish(struct match *m);

#endif
