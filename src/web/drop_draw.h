#ifndef WEB_DROP_DRAW_H
#define WEB_DROP_DRAW_H

#include "desk/drop_page.h"
#include "web/clock_bar.h"

/*
 * The pictures of the State's lists: the clock of the next access, how a
 * session's items went from what came to what was answered, and a bar for each
 * list.  Pure: dates and counts in, places in the units of a viewBox out.
 */

/* A period of the law as a bar of web/clock_bar.h.  What runs over it widens
 * the scale. */
struct drop_period {
	const char *from_title; /* "Last access" */
	const char *due_title;  /* "Next access" */
	struct date from;
	struct date due;
	struct date today;
	struct date done_on; /* {0}: still to be done */
	bool has_alarm;      /* a mark where the first alarm rings */
};
void drop_period_draw(
	struct arena *a, const struct drop_period *p, struct clock_bar *out);

/* One place where items stand; a bar as high as they are many. */
struct drop_node {
	const char *title;
	const char *tone; /* class */
	str figure;       /* "1,234" */
	int x;
	int y;
	int height;
	int label_x;
	int label_y;
};

/* Items on their way from one to the next. */
struct drop_band {
	const char *tone;
	str path; /* of the SVG: numbers and letters of ours */
};

enum { DROP_NODES_MAX = 16, DROP_BANDS_MAX = 64 };

struct drop_flow {
	int width;
	int height;
	struct {
		struct drop_node at[DROP_NODES_MAX];
		size_t n;
	} nodes;
	struct {
		struct drop_band at[DROP_BANDS_MAX];
		size_t n;
	} bands;
	str headline; /* what the picture says: "12 of 340 matched" */
	str sentence; /* the same in words, for those who don't see it */
};
void drop_flow_draw(
	struct arena *a, const struct drop_way *way, struct drop_flow *out);

/* One list: its items side by side by what became of them. */
struct drop_share {
	const char *tone;
	int x;
	int width;
};
struct drop_bar {
	enum drop_list list;
	const char *title;
	str figure;
	int y;
	struct {
		struct drop_share at[DROP_ENDS];
		size_t n;
	} shares;
};
struct drop_bars {
	int width;
	int height;
	struct {
		struct drop_bar at[DROP_LISTS];
		size_t n;
	} rows; /* lists of which something came */
	str sentence;
};
void drop_bars_draw(
	struct arena *a, const struct drop_way *way, struct drop_bars *out);

const char *drop_end_title(enum drop_end end); /* "Deleted" */
const char *drop_end_tone(enum drop_end end);  /* class: "done", "opt", ... */

#endif
