#ifndef DESK_PARENT_FORM_H
#define DESK_PARENT_FORM_H

#include "desk/document.h"
#include "law/parent.h"

struct record;

/*
 * The form that a parent signs by hand under penalty of perjury (11 CCR
 * 7070(a)(2)(A)), as a scan or a photo: a document of its own use (desk/document.h),
 * looked at by who checks the parent, and destroyed when the case closes (7060(d)).
 * Nothing of an identity document may be kept, so no file is taken for that method.
 */

/* May one be sent for this request?  1: a parent waits for the check, and chose the
 * form; 0; or -1. */
int parent_form_wanted(struct desk *d, str reference, struct err *e);

/*
 * Sends one, by whoever has the reference; staff look at each, and discard what is none.  Problems: file.
 * ERR_CONFLICT when none is wanted; ERR_TOO_MANY.
 */
int parent_form_send(struct desk *d, str reference, str file, str peer,
	struct problems *ps, struct err *e);

/* All that came, oldest first: PERM_SEE_QUEUE.  Anybody may have sent the last. */
int parent_forms(
	struct desk *d, str reference, struct documents *out, struct err *e);
/* The bytes of one: PERM_REVEAL, and an entry each time.  ERR_NOT_FOUND: none, or
 * destroyed. */
int parent_form_show(
	struct desk *d, str reference, int64_t id, str *file, struct err *e);

/* --- inside of desk/ only --- */

void parent_form_check(str file, enum parent_check wanted, struct problems *ps);
/* In the caller's transaction. */
int parent_form_store(
	struct desk *d, const struct record *r, str file, struct err *e);

#endif
