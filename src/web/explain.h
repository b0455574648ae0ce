#ifndef WEB_EXPLAIN_H
#define WEB_EXPLAIN_H

#include "web/desk_page.h"
#include "web/second.h"

#include "desk/explain.h"

/*
 * "/desk/r/{ref}/explain": what an answer about automated decisionmaking technology
 * has to say, as fields.  Their names are those of desk/tbl/explained.h, and
 * explained_result, explained_times, explained_part, explained_human.
 */
struct explain_field {
	const struct explained_row *row;
	str typed;
};

struct explain_choice {
	const struct explained_result *result;
	bool is_chosen;
};

struct explain_view {
	struct desk_page page;
	const struct explain_page *x;
	const char *title;
	bool is_appeal;
	str path; /* of the case */
	struct problems problems;
	struct person typed;
	bool is_typed; /* a form that was not taken */
	int text_max;
	struct {
		struct explain_choice *at;
		size_t n;
	} choices;
	struct {
		struct explain_field *at;
		size_t n;
	} fields;
};

#endif
