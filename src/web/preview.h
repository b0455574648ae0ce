#ifndef WEB_PREVIEW_H
#define WEB_PREVIEW_H

#include "web/desk_page.h"

#include "desk/case.h"
#include "desk/instead.h"
#include "desk/let.h"
#include "web/keep.h"
#include "web/second.h"

/*
 * "/desk/r/{ref}/preview": every row that approving would delete, with its
 * columns and how it was found, and what stays.  Nobody approves what they have
 * not seen; each look is in the audit trail, so it is asked for by POST.
 */
struct preview_page;

struct preview_row {
	const struct case_cells *cells;
	bool is_ticked; /* goes though it is somebody else's too; or was typed so */
};

struct preview_table {
	const struct case_table *table;
	struct {
		struct preview_row *at;
		size_t n;
	} rows;
	/* The form about rows that are somebody else's too; its words, when they were sent
	 * and are not right. */
	size_t number;
	bool is_typed;
	str let_why;
	bool is_first; /* of its system: the title stands before it */
	const struct preview_page *page;
	size_t hidden; /* rows that are not shown */
	int shared;    /* of the shown ones */
};

struct preview_vendor {
	str title;
};

/* An open request to know of the same person. */
struct preview_know {
	str reference;
	str path;
};

struct preview_page {
	struct desk_page page;
	str reference;
	str path;
	str who; /* masked */
	int64_t rows;
	int64_t trimmed; /* rows that stay, and of which some columns go */
	int64_t shared;
	int systems;
	struct {
		struct preview_table *at;
		size_t n;
	} tables;
	struct {
		struct preview_vendor *at;
		size_t n;
	} vendors;
	struct {
		struct preview_know *at;
		size_t n;
	} knows;
	struct keep_list kept;
	struct second second; /* who approved it first */
	size_t stuck;         /* tables with columns that can't be emptied */
	int64_t rows_stuck;   /* that can't be unlinked from what goes */
	bool is_parts;
	struct instead_choice instead; /* decided, or typed */
	struct let_choice let;         /* typed */
	str let_why;                   /* what was written with those before */
	struct problems problems;
	int why_max;
	bool can_approve;
	str seen; /* what this page was made from, see web_approve() */
};

#endif
