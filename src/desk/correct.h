#ifndef DESK_CORRECT_H
#define DESK_CORRECT_H

#include "connect/change.h"
#include "connect/map.h"
#include "desk/circumstances.h"
#include "desk/desk.h"
#include "desk/fulfil.h"
#include "desk/statement.h"
#include "law/instead.h"
#include "words/lang.h"

struct record;
struct tally;

/*
 * Correcting what is held about a person (11 CCR 7023).  What the requester says
 * is wrong is words; staff decide in which cells of the rows that were found it
 * stands, and what they hold from now on.  The worker writes it and reads it again.
 * What the desk can't write, staff correct by hand and write down; the answer tells
 * both.  What was corrected here is kept, so that an import can't bring the old
 * value back (desk/corrections.h).
 */

/* --- the page --- */

/* One cell; its place is its table, row and column in the view. */
struct correct_cell {
	bool may_change;
	/* No answer may disclose it (11 CCR 7024(d)), and staff don't see it either:
	 * what is typed replaces it, nothing typed leaves it, and emptying it is said
	 * apart.  Nothing tells whether it held what was typed. */
	bool is_hidden;
	str text; /* as it is, empty for null; else to read, cut when long */
};

struct correct_row {
	struct correct_cell *at; /* as many as the table has columns */
	size_t n;
	bool is_shared;
};

struct correct_table {
	str system; /* its title */
	str title;  /* "Contacts" */
	str path;   /* how the rows were found */
	struct {
		str *at;
		size_t n;
	} columns;
	struct {
		struct correct_row *at;
		size_t n;
	} rows;
	size_t hidden; /* more rows than are shown */
};

struct correct_view {
	personal item;      /* what is wrong, in the requester's words */
	personal should_be; /* what it should say */
	str seen;           /* for case_correct() */
	bool can_correct;
	bool has_vendors;
	struct {
		struct correct_table *at;
		size_t n;
	} tables;
};

/* PERM_REVEAL; leaves an entry for each system. */
int correct_load(
	struct desk *d, str reference, struct correct_view *out, struct err *e);

/* --- the decision --- */

/* Of a cell in the view. */
struct correct_place {
	size_t table, row, column;
};
/* What was typed into the cell at a place; false: nothing was sent for it. */
struct correct_typed {
	bool (*at)(
		void *ctx, size_t table, size_t row, size_t column, str *out);
	void *ctx;
	/* Is this one, which is hidden, to be emptied?  NULL: none is. */
	bool (*empties)(void *ctx, const struct correct_place *p);
};

/* A value as a form gives it back, so that two of them can be compared. */
str correct_tidy(struct arena *a, str typed);

struct correction {
	str seen; /* as in case_approve(); of correct_load() */
	const struct correct_typed *typed; /* NULL: by hand alone */
	str done;     /* what was corrected by hand where, for the consumer */
	str source;   /* where the wrong information came from: 7023(i) */
	bool is_part; /* something stays as it was; done says what and why */
	struct health_stays health; /* with is_part: of what stays, 7023(f) */
	bool has_told; /* by hand: those who got it from us were instructed */
	/* 7023(e): why what is contested may be deleted instead, and how that is so
	 * in the words of staff, for the consumer. */
	enum instead instead;
	str instead_why;
	struct circumstances weighed; /* all of it with is_part */
};

/*
 * PERM_DECIDE.  Every cell whose typed value differs from what it holds gets it, a
 * hidden one whatever it holds; rows beyond those that are shown, which hold the same in that column, get it as
 * well.  The worker writes it, and service providers and contractors are told.
 * Without any such cell, what staff corrected by hand ends the case.
 *
 * A value that is emptied is deleted instead of corrected, by hand too: that takes one
 * of law/instead.h.
 *
 * Problems: correct (nothing was corrected, or a value is too long or no text, or typed
 * over and emptied),
 * done, source (of a cell the data map may know it), has_told, instead, instead_why,
 * is_part, and those of circumstances_check() and statement_check().
 *
 * Where something stays as it was, or is deleted instead, it is a denial in part: 1 when
 * it waits for a second person (desk/second.h), who decides the same of the same values.
 */
int case_correct(struct desk *d, str reference, const struct correction *c,
	struct problems *ps, struct err *e);

/* Is this a case on which that can be said now? */
bool correct_can(const struct record *r);

/*
 * The same for systems that were approved to be corrected and don't take it: staff
 * corrected them by hand.  What is done, source and is_part stands beside what was
 * said before.  1: it waits, as above.
 */
int case_correct_by_hand(struct desk *d, str reference,
	const struct correction *c, struct problems *ps, struct err *e);

/* Is there such a system? */
bool correct_is_stuck(const struct tally *t);

/* --- for the worker --- */

/* What a task has to write: ERR_CONFLICT when the data map lost its place. */
struct changes {
	struct change *at;
	const int64_t *id; /* in the ledger */
	size_t n;
};
int correct_changes(struct desk *d, int64_t task_id, const struct map_system *s,
	struct changes *out, struct err *e);

/* Written and read again, or said by a person who did it; the second report
 * changes nothing. */
struct work_corrected {
	const struct changes *of;
	const struct change_result *result;
	str said;
};
int fulfil_corrected(struct desk *d, const struct work *w,
	const struct work_corrected *done, struct err *e);
/* In a transaction: how the system writes the value of one, where `now` is not NULL, for
 * who looks at it later. */
int correct_keep_form(struct desk *d, int64_t id, const struct change *c,
	const struct cell *now, struct err *e);

/* --- for letters and the vendor's page --- */

struct corrected {
	str what;   /* "zip (Contacts, CRM)" */
	str source; /* where the data map says it came from; may be empty */
	str system; /* this and the next two: as the data map named them */
	str table;
	str column;
	personal value;
	/* A class of law/category.h, of the day on which it was decided; then nobody is
	 * shown it. */
	str never_disclose;
	bool is_deleted; /* emptied instead of corrected */
	bool is_proven;  /* written by the worker and read again */
	int64_t done_at; /* 0: not yet */
};
struct corrected_list {
	struct corrected *at;
	size_t n;
};
int correct_list(struct desk *d, int64_t request_id, struct corrected_list *out,
	struct err *e);
/* What it is, for the consumer: in the words that the data map has in the language today,
 * where it still has that column; m of map_told(). */
str corrected_words(struct arena *a, const struct map *m, enum lang l,
	const struct corrected *c);

#endif
