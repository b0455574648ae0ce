#ifndef CONNECT_CHANGE_KEYLESS_H
#define CONNECT_CHANGE_KEYLESS_H

#include "connect/change.h"

/*
 * The proof in tables whose rows are told apart by a digest of their bytes.  That
 * no row has the old digest shows nothing: whoever sorts the columns anew, adds a
 * remark or moves a line to another file changes it as well.  Internal to
 * connect/change*.c.
 */
bool change_is_keyless(const struct map_table *t);

/* Adds to *out the cells of every such table of the request, each read once. */
int change_read_keyless(struct conn *c, struct arena *a,
	const struct change_request *q, struct change_result *out,
	struct err *e);

/* How many changes from `first` on are about its row. */
size_t change_row(const struct change_request *q, size_t first);
/* Do both read alike, whatever their types? */
bool change_same(const struct cell *x, const struct cell *y);

#endif
