#ifndef DROP_CHECK_H
#define DROP_CHECK_H

#include "base/err.h"
#include "drop/drop.h"

/*
 * The self-check: every example that the State has published (tbl/vectors.h),
 * standardized and hashed by the code that the match uses, on the CPU path it
 * will use.  A wrong rule gives no error, only people who are "not found"; so
 * nothing is matched before this has passed.
 */
struct drop_check {
	const char *profile; /* "drop/1.2.0" */
	size_t vectors;
	size_t failed;
	const char *first_failed; /* name of the vector; NULL */
};

/* 0 all right; -1, ERR_CORRUPT or nearest kind, naming the first that fails. */
int drop_check(struct drop_check *out, struct err *e);

#endif
