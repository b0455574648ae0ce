#ifndef WEB_KEEP_H
#define WEB_KEEP_H

#include "web/desk_page.h"

#include "desk/case.h"

/*
 * "/desk/r/{ref}/keep": rows of one table that are kept from a deletion, on one
 * exception and for one purpose.  Fields: seen, system, table; which (some, all),
 * row (several: places in the table), ground, why, purpose, until.
 */
struct keep_ground {
	const struct ground *ground;
	bool is_chosen;
};

struct keep_line {
	size_t place;
	const struct case_cells *cells;
	bool is_chosen;
};

struct keep_view {
	struct desk_page page;
	str reference;
	str path; /* of the case */
	str who;  /* masked */
	const struct case_table *table;
	struct {
		struct keep_line *at;
		size_t n;
	} lines;
	size_t hidden; /* rows that are not shown */
	struct {
		struct keep_ground *at;
		size_t n;
	} grounds;
	str today;
	int why_max;
	int purpose_max;
	struct problems problems;
	struct keep_choice typed;
};

/* What is kept: on the preview, and on the case. */
struct keep_one {
	const struct keep *keep;
	str since; /* "November 21, 2026" */
	str until; /* empty: with no end */
};
struct keep_list {
	const struct desk_page *page;
	str path; /* of the case */
	bool is_approved;
	bool can_end;
	bool has_facts; /* and what the letter says of each */
	struct {
		struct keep_one *at;
		size_t n;
	} keeps;
};
/* c and the page live as long as what is filled. */
void keep_list_fill(struct http_request *q, const struct case_view *c,
	const struct desk_page *page, struct keep_list *out);

#endif
