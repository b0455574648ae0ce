#ifndef SCRUB_NDJSON_H
#define SCRUB_NDJSON_H

#include "scrub/rows.h"

/*
 * A chunk of NDJSON: every line that is not blank is a row and must be one
 * object.  Values are strings and numbers, alone or in arrays.
 */
void ndjson_find_rows(struct rows *r);
int ndjson_read_rows(struct rows *r, struct err *e);

/* After the last row: a member that a map names and no row has, or no usual name
 * at all, is an error like a missing column.  seen is that of all chunks. */
int ndjson_check_seen(const struct plan *p, const uint8_t *seen, struct err *e);

#endif
