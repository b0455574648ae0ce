#ifndef DESK_RETURNED_H
#define DESK_RETURNED_H

#include "desk/desk.h"

/*
 * People who were deleted and stand in a system again: after a restored backup,
 * an import past us, a new account.  A look reads every identifier of the system
 * and asks the suppression list, since of closed cases nothing is left but keyed
 * values; acting erases by row, as the State's lists do, and reads again.
 *
 * What must stay true:
 * - Only who is suppressed as `deleted` is erased, and nobody who is held for law
 *   enforcement (Civ. Code 1798.145(a)).
 * - A look is good for LIMIT_LOOK_HOURS, then a row may be another person's.
 * - The worker erases what a person let it (returned_approve(), or the setting
 *   returned_acts): who came back may be a customer again, and is let stay with
 *   `toyon release`.
 * - What stays by the map's word, or since it is another person's too, is not found
 *   each time anew; a replay looks at it again.
 *
 * PERM_DECIDE for what changes something, PERM_SEE_QUEUE to look.
 */
struct returned_table {
	str table;
	int64_t open; /* rows that wait to be erased */
	int64_t kept;
};

/* Of a system that was put back: values that were corrected on someone's request, by
 * column (desk/recorrect.h). */
struct recorrected {
	str table;
	str column;
	int64_t open;  /* old again: they wait to be put in again */
	int64_t asked; /* wait for a person */
	int64_t held;  /* left out for law enforcement */
	int64_t done;  /* put in again */
};
/* Neither the old value nor the corrected one, or one that can't be put in. */
struct recorrect_asked {
	int64_t id; /* for recorrect_choose() */
	str reference;
	str table;
	str column;
	str why; /* "says ..." */
};

struct screening {
	int64_t id;
	str system;
	str title;
	bool is_replay;
	int64_t started_at;
	int64_t looked_at; /* to its end; 0: it was not */
	int64_t acted_at;  /* nothing is left to do */
	int64_t approved_at;
	str approved_by;
	int64_t rows;
	int64_t identifiers;
	int64_t unreadable; /* values that are no identifier of their kind */
	int64_t found;      /* rows of people who came back */
	int64_t erased;     /* of these */
	int64_t kept;
	str problem;
	bool is_stale;    /* too old to be carried out */
	int64_t holds;    /* that had ever been placed when it began */
	int64_t released; /* deleted people who had ever been, by then */
	int64_t keeps;    /* how often staff had kept rows when this was read */
	/* Keys of other systems that returned_act() did not follow: what belongs to them
	 * stands. */
	int64_t unfollowed;
	int64_t standing; /* rows that others led it to, and that stay */
	struct {
		struct returned_table *at; /* as it is now */
		size_t n;
	} tables;
	struct {
		struct recorrected *at; /* as it is now */
		size_t n;
	} corrections;
	int64_t old_again; /* of them all: open */
	int64_t corrected_again;
	struct {
		struct recorrect_asked *at;
		size_t n;
	} asked;
};
/* Corrections of it are to be put in again, or to be decided on. */
bool screening_waits(const struct screening *s);
struct screenings {
	struct screening *at;
	size_t n;
};

struct returned_way {
	const char *credentials; /* the folder with secrets of systems */
	bool is_replay;
	/* Told every few thousand identifiers; NULL. */
	void (*on_progress)(void *ctx, int64_t identifiers);
	void *progress_ctx;
};

/* Looks at a system to its end; nothing in it changes.  Nobody found, and no corrected
 * value that is old again: it is done with that, and a system that was put back is open
 * again. */
int returned_look(struct desk *d, const struct returned_way *w, str system,
	struct screening *out, struct err *e);

/* Erases what a look found, and puts in again what was corrected; while somebody is asked
 * about a correction it is not done.  ERR_CONFLICT when it is too old, or not the newest of
 * its system; the worker's needs an approval. */
int returned_act(struct desk *d, const struct returned_way *w, int64_t id,
	struct screening *out, struct err *e);

/* What stands in place of a corrected value is left, for good as long as it stands there;
 * or the corrected one is written when the look is carried out.  ERR_CONFLICT when it is
 * not asked about (any more). */
int recorrect_choose(struct desk *d, int64_t id, bool leaves, struct err *e);

/* In a transaction: somebody is not to be deleted any more.  Which of the rows that were
 * found are theirs nobody knows: what was not carried out is looked at anew, a look that
 * runs now as well. */
int returned_doubt(struct desk *d, struct err *e);

/* Lets the worker carry out what was found, and wakes it. */
int returned_approve(struct desk *d, int64_t id, struct err *e);

/* The newest look of each system, by name. */
int returned_list(struct desk *d, struct screenings *out, struct err *e);
/* In how many systems somebody came back and waits; for every page. */
int returned_waiting(struct desk *d, int *out, struct err *e);
/* 1, or 0 when there is none. */
int returned_read(
	struct desk *d, int64_t id, struct screening *out, struct err *e);

/* What was done, for auditors. */
struct returned_act {
	int64_t at;
	int64_t people;
	int64_t rows_planned;
	int64_t rows_gone;
	int64_t rows_kept;
	bool is_proven;
	str evidence; /* JSON, nothing personal */
};
struct returned_acts {
	struct returned_act *at;
	size_t n;
};
int returned_acts(
	struct desk *d, int64_t id, struct returned_acts *out, struct err *e);

/*
 * For the worker: looks at what is due (tbl/settings.h: screen_hours; at once
 * what was put back), and carries out what it may.  A system that can't be
 * reached is said in its look, and tried again.  *again_ms: when to come again.
 */
int returned_step(struct desk *d, const struct returned_way *w,
	int64_t *again_ms, struct err *e);

#endif
