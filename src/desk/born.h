#ifndef DESK_BORN_H
#define DESK_BORN_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

/*
 * A day of birth as people type it on a page: three fields.  What is wrong with it is
 * said in the same words whatever the age: none of them tells which age gets more.
 */
struct born_typed {
	personal month; /* 1 to 12 */
	personal day;
	personal year; /* four digits */
};

/* False with a problem of the field "month": no day, ahead of today, or longer ago than
 * anybody lives. */
bool born_read(const struct born_typed *t, struct date today, struct date *out,
	struct problems *ps);

#endif
