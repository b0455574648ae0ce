#ifndef DROP_BATCH_H
#define DROP_BATCH_H

#include "drop/drop.h"

/*
 * A ZIP of the platform, read as what an attacker might have sent: libzip finds
 * the entries, and each is checked before a byte of it is used.  ERR_INVALID,
 * with the entry's number, for: a name that is no file name of the platform, a
 * path, two brokers' files, two entries of a list, an entry that is encrypted or no file, more
 * entries or bytes (or a higher ratio) than tbl/limits.h allows, a CRC that does
 * not fit, another header than "ID,Hash" ("ID,Hash,ListType"), a line that is
 * not an ID and a hash, an ID that stands twice in the batch.
 *
 * Memory stays flat, at most 100 MiB: items are told one by one, and the IDs of a
 * batch of more than LIMIT_DROP_IDS_AT_ONCE are compared in several readings.
 * LF or CRLF ends a line, and a byte order mark may stand first.
 */
struct drop_batch_file {
	struct drop_file_name name;
	str written; /* the name itself */
	int64_t items;
	uint8_t sha256[32]; /* of the entry's bytes */
};

struct drop_batch {
	struct drop_batch_file file[DROP_LISTS + 1];
	size_t files;
	int64_t items;   /* to answer */
	int64_t removed; /* not to answer */
};

/* Valid during the call; -1 with *e set ends the reading. */
typedef int drop_item_fn(void *ctx, const struct drop_item *item,
	bool is_removed, struct err *e);

/*
 * Reads all of it twice: once to check everything, fn NULL or not; then, when all
 * is well, once more telling fn each item.  So fn never sees part of a bad batch.
 */
int drop_batch_read(struct arena *a, const char *path, struct drop_batch *out,
	drop_item_fn *fn, void *ctx, struct err *e);

/* One row of an answer. */
struct drop_outcome {
	char id[DROP_ID_SIZE];
	enum drop_status status;
};

/*
 * Writes a status file, header "Id,Status", into a folder: to a name beside it,
 * flushed, renamed.  A status of none is a broken promise.
 */
struct drop_status_file;
int drop_status_open(struct arena *a, const char *dir,
	const struct drop_file_name *name, struct drop_status_file **out,
	struct err *e);
int drop_status_put(struct drop_status_file *f, const struct drop_outcome *o,
	struct err *e);
int drop_status_close(
	struct drop_status_file *f, uint8_t sha256[32], struct err *e);

#endif
