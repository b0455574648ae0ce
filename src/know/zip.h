#ifndef KNOW_ZIP_H
#define KNOW_ZIP_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

/*
 * A ZIP as it is written and as it is read, front to back, in the memory of one
 * window: a package may be larger than any memory.  A stock unzip opens it.
 *
 *	for each file:	header (30 bytes), name, deflated bytes,
 *			descriptor (16): what only the end knows
 *	directory:	for each file 46 bytes and its name
 *	end (22)
 *
 * Without the extension for more: ERR_LIMIT where 4 GiB or 65,535 files end.
 */
struct zip_sink {
	/* Whatever comes, in order; valid during the call. */
	int (*put)(void *ctx, str bytes, struct err *e);
	void *ctx;
};

struct zip_out;

/* on: the day that each file has.  Names are the caller's to get right. */
struct zip_out *zip_out_new(
	struct arena *a, const struct zip_sink *to, struct date on);
int zip_out_begin(struct zip_out *z, str name, struct err *e);
int zip_out_put(struct zip_out *z, str bytes, struct err *e);
int zip_out_end(struct zip_out *z, struct err *e); /* of that file */
int zip_out_finish(struct zip_out *z, struct err *e);

/* What is told of one that is read: each file's name, its bytes, its end. */
struct zip_told {
	int (*begin)(void *ctx, str name, struct err *e);
	int (*put)(void *ctx, str bytes, struct err *e);
	int (*end)(void *ctx, struct err *e);
	void *ctx;
};

struct zip_in;

struct zip_in *zip_in_new(struct arena *a, const struct zip_told *told);
/* ERR_CORRUPT for what is no ZIP of ours. */
int zip_in_put(struct zip_in *z, str bytes, struct err *e);
/* ERR_CORRUPT when it ended in the middle, or its directory says otherwise. */
int zip_in_end(const struct zip_in *z, struct err *e);

#endif
