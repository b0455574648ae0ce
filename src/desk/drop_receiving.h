#ifndef DESK_DROP_RECEIVING_H
#define DESK_DROP_RECEIVING_H

#include "desk/drop_archive.h"
#include "desk/drop_session.h"

/*
 * Lists on their way into the record, by whichever way they come.  Under drop_lock(), and
 * inside desk/drop*.c only.
 */
struct drop_receiving {
	struct drop_cycle *cycle;
	str source; /* whose lists they are: drop_source(), or "hand" */
	bool by_hand;
	bool is_instead; /* of lists that were refused */
	/* filled while they are taken */
	str name;
	struct archived sum;
	str archive; /* empty: there was nothing new */
};

/* Where a ZIP stands until it is imported. */
const char *drop_arriving(const struct desk *d, const struct drop_place *p);

/* The session that waits for lists, or a new one.  ERR_CONFLICT: one is under way. */
int drop_receiving_begin(struct desk *d, const struct drop_place *p, str source,
	struct drop_cycle *out, struct err *e);

/*
 * From the ZIP that stands there, or the archived one after a crash, to lists in the
 * record.  name: what it was called; empty when that is not known any more.
 */
int drop_receiving_take(struct desk *d, const struct drop_place *p,
	struct drop_receiving *r, str name, struct err *e);
/* The platform has nothing new. */
int drop_receiving_nothing(
	struct desk *d, struct drop_receiving *r, struct err *e);

/* What the session has by now, for who asked. */
void drop_receiving_tell(const struct drop_cycle *c, struct drop_pulled *out);

#endif
