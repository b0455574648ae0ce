#ifndef WEB_KEEPER_H
#define WEB_KEEPER_H

#include "desk/keeper.h"
#include "web/page.h"

/*
 * "/t/{token}": what a person is asked to look for, or to delete, where no program
 * can (desk/keeper.h).  It posts `seen` and `found-N` for place N, or `nothing`;
 * after a deletion or correction `done_on`, `by`, `note`.  Copies and the hand-over are forms of
 * their own.  The token is in the path only.
 */
struct keeper_field {
	const struct keeper_place *place;
	str name;    /* "found-0" */
	str heading; /* "Paper contracts" */
	str text;    /* as typed */
	struct {
		struct keeper_shown_file *at;
		size_t n;
	} files;
};

struct keeper_shown_file {
	str id;
	personal name;
	str size; /* "312 KB" */
	str action;
};

struct keeper_choice {
	str value;
	str label;
};

struct keeper_view {
	struct page page;
	const struct keeper_page *k;
	str action;
	str asked;
	str due;
	str today;
	bool is_deletion; /* else to look, or */
	bool is_correction;
	const char *done; /* the button: "It is deleted" */
	bool is_nothing;  /* as ticked */
	str done_on;
	str by;
	str note;
	struct problems problems;
	struct {
		struct keeper_field *at;
		size_t n;
	} fields;
	struct {
		struct keeper_choice *at;
		size_t n;
	} colleagues;
};

struct keeper_done_view {
	struct page page;
	str title;
	str reference;
	str answer;
};

#endif
