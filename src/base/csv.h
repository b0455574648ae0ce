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
 * a file descriptor, in bounded memory (about 2.5 MiB of the arena for the
 * longest record).  For lists at memory speed see scrub/.
 *
 * An empty line is a record of one empty field.  Refused are a quote in a field
 * that does not begin with one, text behind a closing quote, a quote never
 * closed, and a carriage return without a line feed outside quotes.
 */
enum {
	CSV_FIELDS_MAX = 4096,         /* of a record */
	CSV_RECORD_SIZE_MAX = 1048576, /* the texts of its fields together */
};

struct csv;

struct csv_record {
	const str *field; /* unquoted; until the next csv_next() */
	size_t n;
	int64_t line; /* where it starts, from 1 */
};

/* Closes fd when the arena ends.  name is used in errors. */
struct csv *csv_open(struct arena *a, int fd, char sep, const char *name);
/* The same of bytes in memory, which must outlive it. */
struct csv *csv_of(struct arena *a, str bytes, char sep, const char *name);

/*
 * 1 a record, 0 the end, -1 an error with the line number: ERR_INVALID for what
 * is not CSV, ERR_LIMIT, or what read(2) says.  An error stays.
 */
int csv_next(struct csv *c, struct csv_record *out, struct err *e);

/* One field, quoted when it has to be. */
void csv_put(struct buf *b, char sep, str field);

#endif
