#ifndef DROP_ROWS_H
#define DROP_ROWS_H

#include <stddef.h>

#include "drop/batch.h"

/*
 * The rows of one list, from whatever gives its bytes.  Read strictly: the
 * header as specified, then lines of an ID and a hash (and the name of a list, in
 * a list of what is withdrawn), each ended by LF or CRLF; the last may have no
 * end, and a byte order mark may stand first.  Nothing is guessed at: a row that
 * is left out would be a consumer who gets no answer.
 *
 * ERR_INVALID with the line's number, counted from 1 with the header.
 */

/* Up to n bytes; 0 is the end, -1 with *e set. */
typedef ptrdiff_t drop_read_fn(void *ctx, char *to, size_t n, struct err *e);

struct drop_rows {
	drop_read_fn *read;
	void *read_ctx;
	bool is_removed;
	enum drop_list list; /* not when is_removed: each row says its own */
	drop_item_fn *fn;    /* may be NULL */
	void *ctx;
};

int drop_rows_read(const struct drop_rows *r, int64_t *items, struct err *e);

#endif
