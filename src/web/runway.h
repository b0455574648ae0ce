#ifndef WEB_RUNWAY_H
#define WEB_RUNWAY_H

#include "desk/queue.h"

/*
 * The runway: every open request as a dot on the day its answer is due, from
 * today on the left to day 45, and each dot a link to its case; in their order
 * on the page: soonest first, from the bottom up.  What is overdue stands left of today, what is
 * due later than that on its own place at the right end.
 *
 * Pure: requests in, places in the units of the SVG's viewBox out.
 */
struct runway_dot {
	int x;
	int y;
	const char *tone; /* class: "red", "amb", "" */
	bool is_hollow;   /* a vendor or system holds it up */
	str href;         /* of its case */
	str title;        /* "K7QF-2M9X, Delete, due December 12" */
};

/* "+12" on top of a stack that has no room for more dots. */
struct runway_more {
	int x;
	int y;
	int n;
};

struct runway_tick {
	int x;
	str label; /* "Nov 28" */
	bool is_today;
	const char *anchor; /* text-anchor */
};

struct runway {
	int width;
	int height;
	int base_y;  /* of the line the dots stand on */
	int today_x; /* its middle */
	int week_x;
	int week_width;
	int label_y;
	struct {
		struct runway_dot *at;
		size_t n;
	} dots;
	struct {
		struct runway_more *at;
		size_t n;
	} mores;
	struct {
		struct runway_tick *at;
		size_t n;
	} ticks;
	bool has_late; /* there is room left of today */
	bool has_later;
};

/* Dues soonest first; what is drawn lives in a. */
void runway_draw(struct arena *a, const struct queue_due *dues, size_t n,
	struct date today, struct runway *out);

#endif
