#ifndef SCRUB_FEED_H
#define SCRUB_FEED_H

#include <pthread.h>

#include "base/arena.h"
#include "scrub/plan.h"
#include "scrub/scan.h"
#include "scrub/source.h"

/*
 * The source, cut into chunks of whole rows that threads take in order.  Where a
 * chunk ends is found by the parity of its quotes, so that a line end inside
 * quotes does not cut a row.
 */
enum {
	FEED_CHUNK = 1 << 18, /* with what is made of it, a cache's size */
	FEED_ROW_CHUNKS = 16, /* a row of more is taken for an unclosed quote */
};

/* What a chunk can grow to. */
static inline size_t feed_room(size_t chunk)
{
	return chunk + FEED_ROW_CHUNKS * chunk;
}

static inline size_t feed_tail_size(size_t chunk)
{
	return feed_room(chunk) + SCAN_PAD;
}

struct feed {
	pthread_mutex_t lock;
	struct source *source;
	enum cpu_path cpu;
	size_t chunk;  /* bytes read at a time */
	bool is_lines; /* every line end ends a row, quotes or not */
	bool is_end;
	uint64_t seq; /* of the next chunk */
	size_t held;  /* the start of a row that the last chunk cut */
	char *tail;   /* it */
};

struct chunk {
	uint64_t seq;
	char *p;  /* room for feed_room(), a line end and SCAN_PAD */
	size_t n; /* ends with a line end, if need be one of ours */
	bool is_line_end_ours; /* the file ends without one */
};

void feed_init(struct feed *f, struct arena *a, struct source *s,
	enum cpu_path cpu, size_t chunk);
/* The same with a tail of the caller's, feed_tail_size() bytes: for who reads many
 * small files, one after the other. */
void feed_init_on(struct feed *f, char *tail, struct source *s,
	enum cpu_path cpu, size_t chunk);

/*
 * The first row, into tail: a view without its line end in *header, with it and
 * the BOM in *whole.  Both are good until the first feed_take().
 */
int feed_header(struct feed *f, str *header, str *whole, struct err *e);
/* After one that failed: because there is no byte at all. */
static inline bool feed_is_empty(const struct feed *f)
{
	return f->is_end && !f->held && !f->seq;
}
/* After one that did not: the rows begin behind the header. */
void feed_skip(struct feed *f, size_t n);

/* 1 a chunk, 0 the end, -1 failed (and then for all who ask).  A failure has a
 * chunk's place in the order too: *out has its seq. */
int feed_take(struct feed *f, struct chunk *out, struct err *e);

#endif
