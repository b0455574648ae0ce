#ifndef WEB_QUEUE_H
#define WEB_QUEUE_H

#include "desk/drop_page.h"
#include "desk/reminder.h"
#include "desk/training.h"
#include "web/desk_page.h"
#include "web/runway.h"

/*
 * "/desk": the runway, and the list of next steps in one of its views; the same
 * page shows what a search found.
 */
struct queue_square {
	const char *state; /* class: "d" done, "x" late, "" to do */
};

struct queue_line {
	const struct queue_row *row;
	str href;
	const char *path; /* the kind's word, for its colour */
	const char *due_class;
	int due_number;        /* days left, or days late */
	const char *due_words; /* "days left", "days late", "due today" */
	str due_short;         /* "Nov 23" */
	str period;            /* "Day 43 of 45" */
	const char *next_class;
	const char *next_icon;
	struct {
		struct queue_square at[8];
		size_t n;
	} squares;
	const char *avatar;
	str closed;                    /* "Nov 3", of closed ones */
	const struct queue_drop *drop; /* the State's batch stands here */
};

/* The State's lists: one row, however many items. */
struct queue_drop {
	const struct drop_row *row;
	struct queue_line line; /* dates and squares */
	str href;
	str items; /* "12,345 items" */
	str progress;
};

struct queue_tab {
	const char *href;
	const char *title;
	int n;
	bool is_current;
};

struct queue_page {
	struct desk_page page;
	const struct queue *queue;
	str headline; /* "Nothing is overdue" */
	str figures;  /* "37 open. Median reply this quarter: 11 days." */
	struct runway runway;
	str runway_text; /* the chart in words */
	struct {
		struct queue_tab *at;
		size_t n;
	} tabs;
	struct {
		struct queue_line *at;
		size_t n;
	} lines;
	struct {
		struct queue_reminder {
			str words;
			bool is_late;
		} at[REMINDERS_MAX + 1];
		size_t n;
	} reminders;      /* of what is due each year, and of the holidays */
	str outage;       /* that people are not served; empty: they are */
	size_t untrained; /* who handle requests, 11 CCR 7100(a) */
	bool is_closed_view;
	bool is_search;
	personal search; /* as typed */
	str empty;       /* what an empty list says */
	str cut;         /* that there are more than are shown */
};

#endif
