#ifndef DESK_FOLLOW_H
#define DESK_FOLLOW_H

#include "desk/desk.h"
#include "desk/follow_page.h"

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

#endif
