#ifndef DESK_REOPEN_H
#define DESK_REOPEN_H

#include "desk/desk.h"

struct record;

/*
 * A denial that is taken back: on the wrong ground, or of the wrong case.  As long as its
 * letter was not sent nobody was told of it, neither the requester nor a company
 * (desk/deny_tell.h), and the case stands again where it stood.
 *
 * - What the denial had set is taken back: its ground, and the lock on what was to be kept
 *   for one purpose, where nothing else keeps the person's rows for it.
 * - What it had ended goes on: a deletion that was approved before puts the person on the
 *   list as deleted again, its systems are searched anew, and companies wait to be told.
 * - The clock has run all the time (11 CCR 7021(b)).
 */

/* Reads the letters: 1, 0 or -1. */
int reopen_can(struct desk *d, const struct record *r, struct err *e);

/*
 * It was denied for a law-enforcement hold, no hold is on its person any more, and it can
 * be taken back: what stood against it is gone before anybody was told of it (what was
 * told already: desk/resume.h).  1, 0 or -1.
 */
int reopen_is_due(struct desk *d, const struct record *r, struct err *e);

/* PERM_DECIDE.  reason: kept with the case; problems: reopen.  ERR_DENIED when the letter was
 * sent, or tried. */
int case_reopen(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e);

#endif
