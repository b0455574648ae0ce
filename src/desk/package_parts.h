#ifndef DESK_PACKAGE_PARTS_H
#define DESK_PACKAGE_PARTS_H

#include "base/buf.h"
#include "desk/package.h"
#include "desk/record.h"

/*
 * The bytes of a package in the database: parts of LIMIT_PACKAGE_PART_BYTES, each sealed
 * under the request's key, its run and its number, so that none can be taken for
 * another.  Writing and reading take the memory of one part.
 *
 * A run of the worker writes its parts while the package is made; they are a package's
 * when the transaction that hands it in (package_made()) has stored their run.  What an
 * earlier run left is dropped by the next, or with the person's key.
 */
struct package_zip {
	int64_t request_id;
	int64_t bytes;
	str run;
	size_t parts;
	str whole; /* made before there were parts: the ZIP; else empty */
};

/* What is stored with the package in the place of the bytes. */
str package_zip_seal(
	struct arena *a, const struct record *r, const struct package_zip *z);
int package_zip_open(struct desk *d, const struct record *r,
	struct package_zip *out, struct err *e);

/* A part, from 0, in the desk's arena.  ERR_NOT_FOUND when the key has gone since. */
int package_zip_part(struct desk *d, const struct package_zip *z, size_t number,
	str *out, struct err *e);

/* --- for who makes it --- */

struct package_parts {
	struct desk *desk;
	struct record record;
	struct package_zip zip;
	struct buf part; /* what is not stored yet */
	struct arena *scratch;
};

/*
 * Drops what earlier runs left; ERR_CONFLICT when the package is not wanted any more,
 * as another run has made it, and nothing is dropped.  The scratch ends with the desk's
 * arena.
 */
int package_parts_begin(struct desk *d, const struct package_plan *p,
	struct package_parts *out, struct err *e);
/* Takes and gives back the bytes of know_package(). */
struct know_store package_parts_store(struct package_parts *p);
/* After this the parts may be handed in. */
int package_parts_end(struct package_parts *p, struct err *e);

/* --- within a transaction, after record_lock() --- */

/* All parts of the run are there, and no others; else ERR_CONFLICT. */
int package_parts_settle(
	struct desk *d, const struct package_zip *z, struct err *e);
/* All parts but those of the run `kept`; "" keeps none. */
int package_parts_drop(
	struct desk *d, int64_t request_id, str kept, struct err *e);

#endif
