#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "web/desk_page.h"

#include "desk/metrics.h"

struct metrics_head {
	const struct metric *metric;
};

struct metrics_cells {
	const char *title;
	str *at; /* one for each head */
	size_t n;
};

struct metrics_year {
	int year;
	bool is_current;
};

/* One year of them, and which others there are. */
struct metrics_table {
	const struct metrics *m;
	struct {
		struct metrics_head *at;
		size_t n;
	} heads;
	struct {
		struct metrics_cells *at;
		size_t n;
	} rows;
	struct {
		struct metrics_year *at;
		size_t n;
	} years; /* newest first */
};

/* "/desk/metrics": the numbers of a year ("?year="), as `toyon metrics` prints
 * them. */
struct metrics_page {
	struct desk_page page;
	struct metrics_table t;
	str publish_by;
	bool is_over; /* the year */
};

/* "/numbers": the same for everybody, of the last year that is over or "?year=", as
 * 11 CCR 7102 asks: median and mean, and no column that is nobody's business. */
struct numbers_page {
	struct page page;
	struct metrics_table t;
};

#endif
