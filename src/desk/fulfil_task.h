#ifndef DESK_FULFIL_TASK_H
#define DESK_FULFIL_TASK_H

#include "desk/fulfil.h"
#include "desk/record.h"

/* What the files of fulfil*.c share, and what starts their tasks.  Inside of desk/ only. */

/* Denied or answered meanwhile: then nobody's data is looked at any more. */
bool fulfil_is_searched_for(const struct record *r);

/* Has a vendor been told what it has to do now?  One that was told to delete before the
 * deletion was denied has not (desk/deny_tell.h). */
bool fulfil_was_told(int64_t asked_at, str state);

/* In a transaction: a job for each system of the request that waits to be searched. */
int fulfil_start_searches(struct desk *d, int64_t request_id, struct err *e);

/* An address or a key that another system knew came to light while this one was being
 * worked on without it, or a later request brought other details. */
bool fulfil_asked_too_little(
	struct desk *d, const struct record *r, const struct work *w);

/* Rows that are nobody's any more, or in totals, and emptied ones, for the letter. */
int fulfil_note_ways(struct desk *d, struct record *r, const struct work *w,
	const struct erased *x, struct err *e);

#endif
