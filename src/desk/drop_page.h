#ifndef DESK_DROP_PAGE_H
#define DESK_DROP_PAGE_H

#include "desk/drop.h"
#include "law/next.h"

/*
 * What the pages need of the State's lists besides desk/drop.h: one row for the
 * queue, the way of a session's items in numbers, and what a button does.  Long
 * work is the worker's: a button asks for its job.
 */

/* The State's batch is one row, whatever its size.  Costs no count of items. */
struct drop_row {
	bool is_there;
	int64_t cycle_id; /* 0: the next access is due, no session is open */
	const char *title;
	int64_t items;
	struct date due_on;
	int days_left; /* negative: late */
	int day;       /* of the period, for the bar */
	int days;
	enum urgency urgency;
	bool is_staffs; /* a person has to do the next step */
	str next;       /* "Look at what would be done, and act" */
	str problem;
	int steps_done; /* of DROP_ROW_STEPS */
};
enum { DROP_ROW_STEPS = 5 };

/* Nothing for who may not see it, or when DROP is not set up. */
int drop_row(struct desk *d, struct drop_row *out, struct err *e);
/* Set up, and this member of staff may see it. */
bool drop_is_shown(const struct desk *d);

/* What an item of a session met, and what became of it. */
enum drop_met {
	DROP_MET_ONE,     /* one person */
	DROP_MET_SEVERAL, /* several people have the identifier */
	DROP_MET_NOBODY,
	DROP_MET_OPEN, /* not looked at to the end */
	DROP_MET_WITHDRAWN,
	DROP_METS,
};
enum drop_end {
	DROP_END_DELETED,
	DROP_END_OPTED_OUT,
	DROP_END_EXEMPTED,
	DROP_END_NOT_FOUND,
	DROP_END_OPEN,
	DROP_END_WITHDRAWN,
	DROP_ENDS,
};
enum drop_answered {
	DROP_ANSWERED_YES, /* the platform took this status */
	DROP_ANSWERED_NO,
	DROP_ANSWERED_NOTHING_OWED,
	DROP_ANSWERS,
};

struct drop_way {
	int64_t came;
	int64_t met[DROP_METS][DROP_ENDS];
	int64_t told[DROP_ENDS][DROP_ANSWERS];
	struct drop_way_list {
		int64_t came;
		int64_t met[DROP_METS];
		int64_t end[DROP_ENDS];
		int64_t told; /* answered so */
	} of[DROP_LISTS];
};
/* Of what was counted for the view, so that items are counted once for a page. */
void drop_way_of(const struct drop_cycle_view *v, struct drop_way *out);

/*
 * As drop_overview(), drop_cycle_view() and drop_selections(), with items and people as
 * they were counted last: a page doesn't wait for a scan of millions.  When
 * something changed since, their counted_at says when that was.
 */
int drop_overview_page(
	struct desk *d, struct drop_overview *out, struct err *e);
int drop_cycle_page(
	struct desk *d, int64_t id, struct drop_cycle_view *out, struct err *e);
int drop_selections_page(
	struct desk *d, struct drop_selection out[DROP_LISTS], struct err *e);

/* Wakes the worker for the next step, whatever it is. */
int drop_go_on(struct desk *d, struct err *e);
/* Approves what was seen of this session, or of the screening after it, and wakes
 * the worker: ERR_CONFLICT when it is not the newest any more, or nothing waits. */
int drop_approve_seen(struct desk *d, int64_t cycle_id, struct err *e);

/* "12,345" */
str drop_figure(struct arena *a, int64_t n);

#endif
