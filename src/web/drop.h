#ifndef WEB_DROP_H
#define WEB_DROP_H

#include "desk/drop_page.h"
#include "web/clock_bar.h"
#include "web/desk_page.h"

/*
 * "/desk/drop": how it stands with the State's deletion lists, the sessions,
 * which lists are selected and why, and accesses that failed.
 */
struct drop_line {
	const struct drop_cycle *cycle;
	str href;
	str opened;
	const char *state;
	str items;
	str gap; /* "38 days after the one before"; empty for the first */
	bool is_gap_late;
	str done; /* "November 3, 2026" */
};

/* One list, and the form that says how it stands. */
struct drop_choice {
	const struct drop_selection *said;
	const char *name; /* "NameVIN" */
	const char *title;
	const char *what;
	str items;
	str decided;      /* "November 3, 2026 by staff:1" */
	bool is_selected; /* as the form has it */
	bool is_held;
	str reason;
	str field;           /* "reason-Email" */
	const char *problem; /* what is wrong with the form; NULL */
};

struct drop_failure {
	const struct drop_outage *outage;
	str when;
	str notice_by;
	str noticed;
	str notice; /* the prepared words */
	bool is_due;
	bool is_unknown, is_ours, is_platform;
	str field;
	const char *problem;
};

/* One form, with what every form carries. */
struct drop_choosing {
	str csrf;
	const struct drop_choice *choice;
};
struct drop_failing {
	str csrf;
	const struct drop_failure *failure;
};

struct drop_page_view {
	struct desk_page page;
	struct problems problems;
	const struct drop_overview *o;
	bool may;    /* change something */
	str counted; /* when; empty: the numbers are those of now */
	bool has_clock;
	struct clock_bar clock;
	int days_number;
	const char *days_words;
	str next_by;
	str last_on;
	const char *alarm;
	str next;
	str next_detail;
	bool has_button;
	bool is_open;     /* the newest session is */
	str session_href; /* of the newest; empty */
	str exposure;     /* "$1,200"; empty: nothing is late */
	str late_items;
	str corrections;
	int notices_due;
	struct {
		struct drop_line *at;
		size_t n;
	} lines;
	struct {
		struct drop_choice at[DROP_LISTS];
		size_t n;
	} choices;
	int undecided; /* lists without a reason */
	int conflicts;
	struct {
		struct drop_failure *at;
		size_t n;
	} failures;
};

str drop_session_path(struct arena *a, int64_t id, const char *last);
/* "3 days left", "1 day late". */
const char *drop_days_words(int left);

#endif
