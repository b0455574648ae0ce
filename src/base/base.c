/*
 * Where a broken promise ends.  It writes to stderr itself, without the log: the
 * state that the log would use may be what is broken.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

void must_fail(const char *cond, const char *file, int line)
{
	fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, cond);
	abort();
}
