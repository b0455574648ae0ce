#ifndef DESK_FOLLOW_H
#define DESK_FOLLOW_H

#include "desk/desk.h"
#include "desk/follow_page.h"
#include "desk/follow_snapshot.h"

/*
 * The suppression log for machines that keep a copy (desk/follow_copy.h): pages
 * of it, and a signature at intervals.  The web process gives pages and holds no
 * secret to sign with; the worker signs.
 */

/*
 * Entries behind `after`, at most first (1 to FOLLOW_PAGE_MAX), with the newest
 * seal that covers nothing behind them.  In d->arena.
 */
int follow_page_make(struct desk *d, uint64_t after, size_t first,
	struct follow_page *out, struct err *e);

/*
 * Signs the log as far as it is now; what was signed already is not read again.
 * Never in a transaction: the log may have grown by millions.
 */
int follow_seal_head(struct desk *d, struct err *e);

/* The newest seal that covers nothing behind upto: 1, 0 none, -1. */
int follow_seal_newest(
	struct desk *d, uint64_t upto, struct follow_seal *out, struct err *e);

/*
 * Makes and signs a snapshot at the newest seal, when that is worth it: the log
 * has grown by `least` entries since the last one, and by a quarter of what that
 * one holds.  The whole log is read for it, into memory: 24 bytes and more an
 * entry.  Never in a transaction.
 */
enum { FOLLOW_RENEW_LEAST = 50000 };
int follow_snapshot_renew(struct desk *d, uint64_t least, struct err *e);

/* The newest, in d->arena: 1, 0 none, -1. */
int follow_snapshot_newest(
	struct desk *d, struct follow_manifest *out, struct err *e);

/* Block n of the snapshot at seq.  ERR_NOT_FOUND when it is not offered, or no
 * more: two are. */
int follow_snapshot_block(
	struct desk *d, uint64_t seq, uint64_t n, str *out, struct err *e);

#endif
