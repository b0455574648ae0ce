#ifndef CONNECT_S3_LISTING_H
#define CONNECT_S3_LISTING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * A page of the objects of a bucket, as ListObjectsV2 answers: as much of its XML
 * as that takes.  The names come percent-encoded where the store does so.
 */
struct s3_listing {
	str *keys;
	size_t n;
	str next; /* where the next page goes on; empty: this is the last */
};

enum { S3_LISTING_SIZE_MAX = 16 << 20 };

/* ERR_CORRUPT when it is no listing: half of one is none. */
int s3_listing_read(
	struct arena *a, str xml, struct s3_listing *out, struct err *e);

#endif
