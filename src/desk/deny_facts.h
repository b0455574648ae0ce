#ifndef DESK_DENY_FACTS_H
#define DESK_DENY_FACTS_H

#include "desk/record.h"
#include "law/deny.h"

/*
 * What a ground of denial says of a case, held against what the record says: a letter
 * tells nobody that two requests were answered when none was.  Inside of desk/ only.
 */

/* ERR_INVALID and what is not so. */
int deny_fact_check(struct desk *d, const struct record *r,
	enum ground_need need, struct err *e);

/* Of all of them: 1u << need where it is so. */
int deny_facts(
	struct desk *d, const struct record *r, unsigned *met, struct err *e);

#endif
