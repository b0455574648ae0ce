#ifndef DESK_PARENT_H
#define DESK_PARENT_H

#include "desk/desk.h"
#include "law/kind.h"
#include "law/parent.h"

/*
 * Parents and guardians who ask for a child under 13.  Before anything comes of it,
 * staff find out by a method of 11 CCR 7070(a)(2) that they are, and write down by
 * which: before an opt-in takes effect (7070(a)), and before a request to know, delete
 * or correct is carried out (7070(c)).
 *
 * What was shown is sealed apart from the case, serves nothing else, and is destroyed
 * when the case closes; of an identity document nothing is kept at all.
 */
struct parent {
	bool asks; /* somebody asks for a child; else nothing below is said */
	enum parent_check wanted; /* by who asks; PARENT_CHECK_END: none */
	bool is_checked;
	enum parent_check check; /* when it is */
	struct date checked_on;
	personal saw; /* while the case is open */
};

/* The methods that the business has established (setting parent_checks). */
struct parent_checks {
	enum parent_check at[PARENT_CHECK_END];
	size_t n;
};
int parent_checks_offered(
	struct desk *d, struct parent_checks *out, struct err *e);

/* 1, or 0 when nobody asks for a child here.  PERM_SEE_QUEUE; saw needs PERM_REVEAL. */
int parent_look(
	struct desk *d, str reference, struct parent *out, struct err *e);

/*
 * Staff found out that it is the parent.  Problems: check (not one of those offered),
 * saw (what was shown: needed where it may be kept, refused where it may not).
 * PERM_PARENT_CHECK; ERR_CONFLICT when it was written down before.
 */
int parent_check(struct desk *d, str reference, str check, str saw,
	struct problems *ps, struct err *e);

/* Open requests whose parent nobody has checked, oldest first.  PERM_SEE_QUEUE. */
struct parent_row {
	str reference; /* "K7QF-2M9X" */
	enum kind kind;
	struct date received_on;
	enum parent_check wanted;
};
struct parents {
	struct parent_row *at;
	size_t n;
};
int parents_waiting(struct desk *d, struct parents *out, struct err *e);
int parents_count(struct desk *d, int64_t *n, struct err *e);

/* --- inside of desk/ only, in the caller's transaction --- */

struct record;
struct state_facts;

/* As parent_look(). */
int parent_of(struct desk *d, const struct record *r, struct parent *out,
	struct err *e);
int parent_add(struct desk *d, const struct record *r, enum parent_check wanted,
	struct err *e);
/*
 * What the check says of who asks.  Until a parent was found to be one, nobody is
 * identified by a code, and no decision stands in for it (11 CCR 7070(c)).
 */
int parent_narrow(struct desk *d, int64_t request_id, struct state_facts *facts,
	struct err *e);
/* 1: somebody asks for a child, checked or not; 0; or -1. */
int parent_asks(struct desk *d, int64_t request_id, struct err *e);
/* A case that goes on in another one (desk/resume.h): who was found to be the parent is, and
 * the search begins; else it waits for the check.  1 when it has begun, 0, -1. */
int parent_carry(struct desk *d, const struct record *from, struct record *to,
	struct err *e);
/* Destroys what was shown; says so in the trail when there was something. */
int parent_wipe(struct desk *d, const struct record *r, struct err *e);

#endif
