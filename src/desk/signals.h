#ifndef DESK_SIGNALS_H
#define DESK_SIGNALS_H

#include "desk/suppress.h"

/*
 * Opt-outs and preference signals that another program of the business has
 * seen, in packs.  Browsers send Sec-GPC with every request, so nearly all of
 * them are known already; what is, costs no write and no audit entry.
 */
struct signals {
	struct suppress_query *at;
	size_t n;
	uint32_t reasons;
	str source;     /* who saw it: of [a-z0-9-], "gpc" */
	uint8_t *fresh; /* keys of what is new, IDENT_KEY_SIZE each */
	enum ident_kind *fresh_kind;
	size_t fresh_n;
};

/*
 * Looks which of them are new, outside of any transaction.  ERR_INVALID when a
 * value cannot be read (at[i].fault says which): then nothing should be stored.
 */
int signals_look(struct desk *d, struct signals *s, struct err *e);

/* Stores what is new, in one transaction; in force when it is committed. */
int signals_put(struct desk *d, struct signals *s, struct err *e);

#endif
