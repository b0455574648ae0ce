#ifndef DESK_CASE_FILL_H
#define DESK_CASE_FILL_H

#include "desk/case.h"
#include "desk/record.h"

/*
 * What the files of case*.c share: each fills its part of a case_view.  Inside of them
 * only.  A part that reads another one names it; case_load() calls them in that order.
 */

/* Of an ISO date, and of an instant; none when there is none. */
struct date case_date(str iso);
struct date case_day(int64_t at);

/* Shown as the view says: masked, or revealed. */
void case_fill_person(
	struct desk *d, const struct record *r, struct case_view *v);
/* The person. */
int case_fill_identity(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e);
void case_fill_asked(
	struct desk *d, const struct record *r, struct case_view *v);
void case_fill_messages(
	struct desk *d, const struct record *r, struct case_view *v);
void case_fill_matches(
	const struct desk *d, const struct record *r, struct case_view *v);

void case_fill_tasks(
	struct desk *d, const struct tally *t, struct case_view *v);
/* After the tasks: companies whose answer is not enough (contracts.h). */
void case_fill_doubts(struct desk *d, struct case_view *v);
/* 11 CCR 7022(f): what a company must keep and why, in its own words, which may
 * name the person; and who deleted by hand, and when.  The tasks. */
int case_fill_said(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v, struct err *e);

/* The dates, the identity, the matches, the tasks, what case_load() asks around. */
void case_fill_next(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v);
void case_fill_buttons(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v);
int case_fill_close(struct desk *d, const struct record *r, struct case_view *v,
	struct err *e);

int case_fill_events(
	struct desk *d, struct case_view *v, str reference, struct err *e);
int case_fill_letters(struct desk *d, struct case_view *v, struct err *e);
int case_fill_others(struct desk *d, const struct record *r,
	struct case_view *v, struct err *e);

/* May the case be answered without this task, though the data map has it? */
struct give_up {
	bool is_done;
	bool is_system;
	bool is_told; /* a company */
	bool has_problem;
};
bool case_may_give_up(const struct record *r, int days_left, bool is_held,
	const struct give_up *x);

#endif
