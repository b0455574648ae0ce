#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/*
 * CSV as RFC 4180 has it: quotes doubled inside quotes, line ends LF or CRLF,
 * line ends inside quotes, a BOM at the start skipped.  A record at a time from
 * a file descriptor, in bounded memory.  For lists at memory speed see scrub/.
 */
struct csv;

struct csv_record {
	const str *field; /* unquoted; until the next csv_next() */
	size_t n;
	int64_t line; /* where it starts, from 1 */
};

/* Closes fd when the arena ends.  name is used in errors. */
struct csv *csv_open(struct arena *a, int fd, char sep, const char *name);
/* 1 a record, 0 the end, -1 an error with the line number. */
int csv_next(struct csv *c, struct csv_record *out, struct err *e);

/* One field, quoted when it has to be. */
void csv_put(struct buf *b, char sep, str field);

#endif
