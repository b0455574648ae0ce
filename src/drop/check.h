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

/*
 * 0 all right; -1, ERR_CORRUPT, naming the first that fails.  Every path of the
 * processor that runs here is tried (ident/cpu.h), as the match may take any.
 */
int drop_check(struct drop_check *out, struct err *e);

/* The same of other examples, so that a test can see it fail. */
struct drop_vector {
	const char *name;  /* "zip M1B 1A1" */
	const char *field; /* first, last, dob, zip, or a kind's name */
	const char *input;
	const char *text; /* NULL: not compared */
	const char *hash;
};
int drop_check_these(const struct drop_vector *v, size_t n,
	struct drop_check *out, struct err *e);

#endif
