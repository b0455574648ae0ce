#ifndef DESK_CLOSING_H
#define DESK_CLOSING_H

#include "desk/record.h"

/*
 * How a case ends: the state, the dates of its record (24 months, 11 CCR
 * 7101(a)), the signed receipt, and what was collected to verify is gone.
 */

/* One that opened itself (desk/child.h) and has come to its end: nobody is answered.  In the
 * caller's transaction and after record_lock(). */
int closing_unasked(struct desk *d, struct record *r, struct err *e);

/* The answer letter was handed over at this moment: the case closes. */
int closing_after_answer(
	struct desk *d, int64_t request_id, int64_t at, struct err *e);

/*
 * The answers that left and did not close their cases, as Spanish packages did not until
 * they were of the same kind as English ones: each closes now, as of the day on which its
 * letter left.  One that can't be closed is left out, and said when all were tried.
 */
int closing_run(struct desk *d, struct err *e);

/* Closes within the caller's transaction; the move was made already. */
int closing_store(struct desk *d, struct record *r, struct err *e);

/*
 * The receipt as JSON: the six fields of 11 CCR 7101(b), the rule that set the
 * clock, each system's evidence and each vendor's word, and the last entry of
 * the audit trail.  Nothing personal.
 */
int closing_receipt(
	struct desk *d, const struct record *r, str *json, struct err *e);

#endif
