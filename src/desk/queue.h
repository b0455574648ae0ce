#ifndef DESK_QUEUE_H
#define DESK_QUEUE_H

#include "desk/desk.h"
#include "desk/tray.h"
#include "law/kind.h"
#include "law/next.h"

/*
 * What has to be done, soonest legal date first.  Needs PERM_SEE_QUEUE.
 */
enum queue_view {
	QUEUE_ACTION,      /* it is staff's turn */
	QUEUE_WAITING,     /* on a vendor, a system, the requester */
	QUEUE_UNCONFIRMED, /* email not confirmed: the clock runs all the same */
	QUEUE_OPEN,
	QUEUE_CLOSED,
	QUEUE_VIEWS,
};

struct queue_row {
	str reference; /* eight characters */
	enum kind kind;
	const char *kind_code;
	const char *kind_title;
	str name;  /* masked: "Ellen T." */
	str reach; /* "Web · e•••@outlook.com" */
	struct date due_on;
	int days_left; /* negative: late */
	int day;       /* of the period, for the bar */
	int days;      /* its length */
	enum urgency urgency;
	enum turn turn;
	str next;          /* "Chase MailHarbor" */
	str next_detail;   /* may be empty */
	bool is_late_next; /* a vendor is late, a system can't be reached */
	int tasks;
	int tasks_done;
	int tasks_late; /* or stuck */
	int vendors_late;
	str progress; /* "6 of 6", "1 late", "Not started" */
	str owner;
	str owner_initials;
	str outcome; /* closed ones */
	struct date closed_on;
};

/* An open request on the day its answer is due. */
struct queue_due {
	str reference; /* eight characters */
	const char *kind_title;
	struct date due_on;
	int offset;      /* days from today; negative: overdue */
	bool is_held_up; /* by a late vendor or a system that can't be reached */
};

struct queue {
	enum queue_view view;
	struct date today;
	bool sells; /* the business: then a denied deletion offers the opt-out */
	struct {
		struct queue_row *at;
		size_t n;
	} rows;
	struct {
		struct queue_due *at; /* soonest first */
		size_t n;
	} dues;
	int count[QUEUE_VIEWS];
	int open;
	int overdue;
	int due_in_7_days;
	int median_days; /* to answer, this quarter; -1: nothing answered */
	struct date next_due;      /* {0}: nothing is open */
	int late_vendors;          /* their tasks, in all rows */
	struct tray_count letters; /* on paper, of closed requests as well */
};

/* Every row of the view up to LIMIT_QUEUE_ROWS.  search: a reference, an email address or a phone number; empty: all. */
int queue_load(struct desk *d, enum queue_view view, str search,
	struct queue *out, struct err *e);
const char *queue_view_code(enum queue_view v); /* "action" */
const char *queue_view_title(enum queue_view v);
enum queue_view queue_view_of(str code); /* QUEUE_ACTION when unknown */

#endif
