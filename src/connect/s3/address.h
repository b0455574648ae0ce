#ifndef CONNECT_S3_ADDRESS_H
#define CONNECT_S3_ADDRESS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * Where a bucket is and who asks, as a secret has it:
 *
 *	s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX][?region=R&token=T&tls=no]
 *
 * with %2F for a "/" in a secret and so on.  `tls=no` is for this machine itself.
 * PREFIX is a folder: the names of objects go on behind it and a "/".
 */
struct s3_address {
	const char *key;
	const char *secret;
	const char *region; /* "us-east-1" when it is not said */
	const char *token;  /* of a key that lasts for some hours; or NULL */
	str base;           /* "https://HOST[:PORT]" */
	str bucket;
	str prefix; /* "leads/", or empty */
	bool is_here;
};

/* ERR_INVALID, without a word of it. */
int s3_address_read(
	struct arena *a, str text, struct s3_address *out, struct err *e);

#endif
