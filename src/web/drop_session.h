#ifndef WEB_DROP_SESSION_H
#define WEB_DROP_SESSION_H

#include "web/drop.h"
#include "web/drop_draw.h"

/*
 * "/desk/drop/{id}": one access session, from what came to what was answered,
 * with the pictures, the systems that were looked at, the files and vendors.
 */
enum drop_button {
	DROP_NO_BUTTON,
	DROP_GO_ON,   /* the worker is woken */
	DROP_APPROVE, /* after what would be done was seen */
	DROP_OUTCOME, /* what the platform said is entered */
};

/* The numbers behind the pictures. */
struct drop_number_row {
	const char *title;
	str came, one, several, nobody, open;
	str deleted, opted_out, exempted, withdrawn, told;
};

struct drop_fault_row {
	const char *list;
	str no_key;
	str why; /* "no-zip 12, bad-date 3" */
};

struct drop_look_row {
	const struct drop_look *look;
	str lists; /* "Email, Phone" */
	str records, keys, no_key, matches;
	struct {
		struct drop_fault_row at[DROP_LISTS];
		size_t n;
	} faults;
};

struct drop_found_row {
	const struct drop_found *found;
	str people, alone, staying, several, erased, kept, opted_out, open;
};

/* One look at everything held: the session's own, or a screening later. */
struct drop_pass_part {
	const struct drop_pass *pass;
	str title;
	str when;
	str id; /* of its headings */
	struct {
		struct drop_look_row *at;
		size_t n;
	} looks;
	struct {
		struct drop_found_row *at;
		size_t n;
	} found;
	int looked;
};

struct drop_upload_row {
	const struct drop_upload *upload;
	str rows;
	const char *tone;
	const char *words;
	str said;
};

struct drop_vendor_row {
	const struct drop_vendor *vendor;
	str rows;
	const char *tone;
	const char *words;
	str asked;
	str answered;
};

struct drop_session_view {
	struct desk_page page;
	struct problems problems;
	str path;
	str heading;
	const struct drop_cycle *c;
	const char *state;
	bool is_closed;
	bool is_newest;
	bool has_clock;
	struct clock_bar clock;
	int days_number;
	const char *days_words;
	bool is_late;
	str opened, act_by;
	enum drop_button button;
	str next;
	str next_detail;
	str button_text;
	str to_erase, to_keep, to_opt_out; /* DROP_APPROVE */
	str counted; /* when; empty: the numbers are those of now */
	struct drop_flow flow;
	struct drop_bars bars;
	struct {
		struct drop_number_row at[DROP_LISTS + 1];
		size_t n;
	} numbers;
	struct {
		struct drop_pass_part *at;
		size_t n;
	} passes;
	struct {
		struct drop_upload_row *at;
		size_t n;
	} uploads;
	struct {
		struct drop_vendor_row *at;
		size_t n;
	} vendors;
	const char *source;
	str received, approved, size;
};

#endif
