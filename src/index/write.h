#ifndef INDEX_WRITE_H
#define INDEX_WRITE_H

#include "index/index.h"
#include "index/lines.h"

/*
 * The file around the lines: what index_build() and the builder share.
 */
struct write_plan {
	const struct index_opts *opts;
	uint64_t keys;      /* at most; afterwards how many different ones */
	struct codes codes; /* every mask added */
	/* Adds all tags. */
	void (*lay)(void *ctx, struct arena *a, struct lines *l);
	/* The sorted keys and their codes, with opts->without_proof not set. */
	void (*put_keys)(void *ctx, struct sink *s);
	void (*put_codes)(void *ctx, struct sink *s, const struct codes *c);
	void *ctx;
};

int index_write(const char *path, struct write_plan *w, struct err *e);

#endif
