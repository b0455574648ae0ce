#ifndef DESK_PACKAGE_PLAN_H
#define DESK_PACKAGE_PLAN_H

#include "desk/package.h"
#include "desk/record.h"

/* What the files of package*.c share.  Inside of them only. */

/* Everything a package is made from, of an open case. */
int plan_load(struct desk *d, const struct record *r, const char *folder,
	struct package_plan *out, struct err *e);

/* Findings and marks as they are now, as one keyed value. */
int plan_seen(struct desk *d, const struct record *r, str *out, struct err *e);

str plan_marks_seal(struct desk *d, const struct record *r,
	const struct package_marks *marks);
int plan_marks_open(struct desk *d, const struct record *r,
	struct package_marks *out, struct err *e);

#endif
