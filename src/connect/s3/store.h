#ifndef CONNECT_S3_STORE_H
#define CONNECT_S3_STORE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "connect/pace.h"
#include "connect/s3/address.h"
#include "connect/s3/listing.h"

/*
 * Requests to a bucket, signed by libcurl (AWS Signature Version 4), with the
 * bucket in the path.  TLS, but for this machine itself; no redirect is followed.
 * Names are those of the bucket, with its prefix.  Errors name the object; they
 * carry nothing of its content and nothing of the key.
 *
 * What an object was is its ETag.  A store that knows conditional writes refuses
 * to replace what is not that any more; with one that passes the condition over,
 * the moment between looking and writing remains.
 */
struct s3_store {
	CURL *curl; /* lives as long as the arena */
	const struct s3_address *at;
	int timeout_ms; /* without a byte */
	struct pace *pace;
	int page; /* names at once; 0: the store's own number */
};

enum { S3_PAGE_MAX = 1000 };    /* names that a store lists at once */
enum { S3_OBJECT_MAX_GIB = 5 }; /* that one request may write */

void s3_store_open(struct arena *a, const struct s3_address *at, int timeout_ms,
	struct s3_store *out);
/* One page of the names that begin so; `from` is the page before's `next`. */
struct s3_ask_list {
	str prefix;
	str from;
	int max; /* 0: as many as the store gives */
};
int s3_list(const struct s3_store *s, struct arena *a,
	const struct s3_ask_list *q, struct s3_listing *out, struct err *e);
/* Where an object goes to, and what was got. */
struct s3_to {
	int fd;
	uint64_t enough; /* bytes of its beginning that will do; 0: all */
	bool is_cut;     /* there was more */
	str etag;
};
int s3_get(const struct s3_store *s, struct arena *a, str name,
	struct s3_to *to, struct err *e);
/* ERR_CONFLICT unless the object is this. */
int s3_check(const struct s3_store *s, struct arena *a, str name, str etag,
	struct err *e);
/* What fd holds, from its start, instead of the object that is this; with an
 * empty etag instead of whatever is there. */
int s3_put(const struct s3_store *s, struct arena *a, str name, int fd,
	str etag, struct err *e);

#endif
