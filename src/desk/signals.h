#ifndef DESK_SIGNALS_H
#define DESK_SIGNALS_H

#include "desk/suppress.h"

/*
 * Opt-outs and preference signals that another program of the business has
 * seen, many at a time.  Browsers send Sec-GPC with every request, so nearly all of
 * them are known already; what is, costs no write and no audit entry.
 */
struct signals {
	struct suppress_query *at;
	size_t n;
	uint32_t reasons;
	str source; /* who saw it: of [a-z0-9-], "gpc" */

	/* Made by signals_read(). */
	bool is_act; /* desk/own_act.h */
	struct actor actor;
	uint8_t *key; /* n of IDENT_KEY_SIZE */
	enum ident_kind *kind;

	/* How it ended: with rc 0 they are in force and on the disk. */
	size_t fresh_n; /* how many were new */
	int rc;
	struct err e;

	/* Of the group that they wait in. */
	void (*told)(void *ctx);
	void *ctx;
	struct signals *next;
};

/*
 * Who may, and what each value is.  ERR_INVALID when one can't be read
 * (at[i].fault says which): then nothing should be stored.
 */
int signals_read(struct desk *d, struct signals *s, struct err *e);
/* The same for what people say of themselves: nobody needs to be allowed that. */
int signals_read_own(struct desk *d, struct signals *s, struct err *e);

/*
 * Stores what is new of them, after signals_read(): in one transaction, or in the
 * caller's.
 */
int signals_put(struct desk *d, struct signals *s, struct err *e);

/*
 * The same for n calls of any callers at once: one transaction, one flush to the
 * disk.  An audit entry for each actor, source and reason.  When it fails though
 * the database is there, each is tried alone, so that nobody fails for another's
 * sake.  Sets rc and e of each; not in a transaction.
 */
void signals_put_many(struct desk *d, struct signals **s, size_t n);

#endif
