#ifndef DESK_KEEPER_H
#define DESK_KEEPER_H

#include "connect/map.h"
#include "desk/fulfil.h"
#include "desk/vendors.h"

/*
 * A keeper is a person who looks, deletes and corrects in a system that no program reaches
 * (`connector: person` of the data map): an archive of paper, a shared mailbox.
 * They are asked by a letter with a link, and answer on its page without an
 * account.  The same two steps as for any system: first they look, and only what
 * staff approve is deleted.
 *
 * What must stay true: a task that was asked and not answered counts as a system
 * that was not searched, or not erased.  A link is of one holder: who hands the
 * task over can't open it any more.
 */

/*
 * Asks, or reminds who was asked and has not answered; in the state that the
 * task has (w->state: searching, approved, correcting).  s as of the map now.
 */
int keeper_ask(struct desk *d, const struct work *w, const struct map_system *s,
	struct err *e);

/* What an approved finding asks of them: rows to delete, and what stays. */
int keeper_plan(struct desk *d, const struct work *w,
	const struct map_system *s, struct erased *out, struct err *e);

/* Has those reminded who have not answered LIMIT_KEEPER_REMIND_DAYS before their
 * day; *n of them, some at a time. */
int keeper_remind(struct desk *d, int64_t *n, struct err *e);

/* --- the page --- */

enum keeper_act { KEEPER_LOOK, KEEPER_DELETE, KEEPER_CORRECT };

/* KEEPER_CORRECT: a line that they wrote, and what it should say. */
struct keeper_change {
	str was;
	personal value;
};

/* A table of the map: something to look through. */
struct keeper_place {
	str holds;
	str look_for; /* in the map's words; may be empty */
	str found;    /* KEEPER_DELETE: what they found there, a line each */
	bool is_kept; /* KEEPER_DELETE: not to be deleted */
	str purpose;  /* that it is kept for */
};

struct keeper_file {
	int64_t id;
	size_t place;
	personal name;
	int64_t bytes;
};

struct keeper_page {
	str title;     /* of the system */
	str reference; /* "K7QF-2M9X" */
	enum keeper_act act;
	bool is_waiting; /* for an answer; else what follows is empty */
	str answer;      /* what was said, or what became of it */
	bool is_held;    /* by law enforcement: nothing may be deleted now */
	bool takes_files;
	struct date asked_on;
	struct date due_on;
	bool is_late;
	struct date today;
	struct vendor_identifiers identifiers;
	str seen; /* of the identifiers, for keeper_reply.seen */
	struct {
		struct keeper_place *at;
		size_t n;
	} places;
	struct {
		struct keeper_change *at;
		size_t n;
	} changes;
	struct {
		struct keeper_file *at;
		size_t n;
	} files;
	struct {
		str *at; /* addresses that it may be handed to */
		size_t n;
	} colleagues;
};

/* 1, or 0 when the link is not (or no longer) good. */
int keeper_open(
	struct desk *d, str token, struct keeper_page *out, struct err *e);

/*
 * The answer.  Looked: lines[i] is what was found in place i, a line each, or
 * is_nothing, or files.  Deleted or corrected: on which day, and who says so.  Problems:
 * answer, seen (more came to light meanwhile), done_on, by, note.
 */
struct keeper_reply {
	str seen;
	bool is_nothing;
	const str *lines;
	size_t lines_n;
	str done_on; /* ISO */
	str by;
	str note; /* may be empty */
};
int keeper_reply(struct desk *d, str token, const struct keeper_reply *reply,
	struct problems *ps, struct err *e);

/* Problems: file. */
int keeper_file_add(struct desk *d, str token, size_t place, str name,
	str bytes, struct problems *ps, struct err *e);
int keeper_file_drop(struct desk *d, str token, int64_t id, struct err *e);

/* Problems: colleague. */
int keeper_hand_over(struct desk *d, str token, str address,
	struct problems *ps, struct err *e);

/* --- what came of it --- */

/* A copy, for staff: PERM_REVEAL, and an entry each time. */
struct keeper_copy {
	personal name; /* of a file to save it in, item_file_name() */
	str bytes;
};
int keeper_copy(struct desk *d, str reference, int64_t id,
	struct keeper_copy *out, struct err *e);

/* Puts the bytes of the copies into the rows that stand for them. */
struct finding;
int keeper_fill(struct desk *d, const struct record *r, struct finding *f,
	struct err *e);

#endif
