#ifndef DROP_IDS_H
#define DROP_IDS_H

#include "drop/drop.h"

/*
 * Has this ID been seen in the batch before?  Exact, in memory that does not
 * grow with the batch: past LIMIT_DROP_IDS_AT_ONCE the IDs are cut into parts by
 * a hash, one part at a time is kept, and the batch is read once for each.
 *
 * The hash is keyed with random bytes, so that nobody can make IDs that fall
 * into one part.
 */
struct drop_ids;

/* For at most `most` IDs in all. */
int drop_ids_new(struct drop_ids **out, int64_t most, struct err *e);
void drop_ids_free(struct drop_ids *s);       /* NULL is fine */
int drop_ids_parts(const struct drop_ids *s); /* readings that it takes */
void drop_ids_begin(struct drop_ids *s, int part);

/* 0 new, or of another part; -1 with ERR_INVALID when it is there already. */
int drop_ids_add(
	struct drop_ids *s, const char id[DROP_ID_SIZE], struct err *e);

#endif
