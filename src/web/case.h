#ifndef WEB_CASE_H
#define WEB_CASE_H

#include "web/clock_bar.h"
#include "web/desk_page.h"
#include "web/icon.h"
#include "web/keep.h"

#include "desk/case.h"
#include "web/correct.h"
#include "web/deny.h"
#include "web/documents.h"
#include "web/spoken.h"
#include "web/statement.h"
#include "web/untold.h"
#include "web/weighed.h"

/*
 * "/desk/r/{ref}": one case, and the one button of its next step.  The same page
 * is drawn with the requester shown, as the answer to a POST, so that looking
 * leaves its entry each time.
 */
enum case_button {
	CASE_NO_BUTTON,
	CASE_PREVIEW, /* a link: look first */
	CASE_CORRECT, /* the same */
	CASE_PACKAGE, /* the same: what the requester would get */
	CASE_EXPLAIN, /* the same: write the answer about ADMT */
	CASE_ANSWER,  /* a link: read first */
	CASE_CLOSE,   /* without an answer: nobody asked */
	CASE_RETRY,
	CASE_CHASE,
	CASE_SEARCH,     /* with a reason */
	CASE_POWER,      /* accept the power of attorney */
	CASE_REFUSE,     /* an agent's stop, as the second person */
	CASE_DENY,       /* a link: the grounds */
	CASE_UNVERIFIED, /* say how one knows who asks, or deny */
	CASE_CALL,       /* back, to confirm the phone number */
	CASE_RESUME,     /* what was denied for a hold */
	CASE_ENTER,      /* a link: the same, where it is entered anew */
	CASE_UNTOLD,     /* why a company could not be told */
	CASE_REOPEN,     /* take a denial back, with a reason */
	CASE_PARENT,     /* a link: how the parent was checked */
	CASE_WHOSE,      /* show who it is; then a link to the addresses */
};

struct case_line {
	const struct case_task *task;
	struct icon icon;
};

struct case_moment {
	const struct case_event *event;
	struct icon icon;
};

struct case_other {
	str reference;
	str href;
};

/* What the requester wrote, or was answered. */
struct case_message {
	bool is_answer;
	str day;
	personal text; /* empty: hidden */
};

/* Another decision than the next step: a link to its page. */
struct case_decision {
	const char *path; /* "extend", behind the case's */
	const char *title;
	str text;
};

struct case_check {
	bool is_good;
	str text;
};

struct case_page {
	struct desk_page page;
	const struct case_view *c;
	str path; /* "/desk/r/K7QF-2M9X" */
	str heading;
	str received; /* "Web form, October 28, 2026" */
	int days_number;
	const char *days_words;
	struct clock_bar clock;
	struct {
		str received;
		str confirmed;
		str due;
		str extended;
		str first_due; /* before it was extended */
	} dates;               /* the bar as a list, for narrow screens */
	struct spoken_choices languages;
	str ask_from;    /* a minor refused the sale: not asked before; empty */
	str declaration; /* when it was asked for or signed; empty: neither */
	const char *next_prefix; /* "Next: " */
	str next;
	str next_detail;
	enum case_button button;
	bool has_early_answer; /* without waiting for a vendor */
	struct {
		struct case_line *at;
		size_t n;
	} lines;
	int tasks_done;
	struct {
		struct case_message *at;
		size_t n;
	} messages;
	struct {
		struct case_moment *at;
		size_t n;
	} moments;
	struct {
		struct case_check *at;
		size_t n;
	} checks;
	struct {
		struct case_other *at;
		size_t n;
	} others;
	struct {
		struct case_decision *at;
		size_t n;
	} decisions;
	struct keep_list kept; /* rows, by staff */
	str kept_until;
	int addresses_max; /* that a search asks for */
	bool is_verified;  /* a kind that is verified at all */
	bool can_reveal;
	bool can_take;
	bool can_deny_unverified; /* near its day, or looked for in vain */
	bool can_send_back;       /* what waits for a second person */
	bool has_receipt;
	struct problems problems; /* reason and its like */
	str reason;               /* as typed */
	struct correction correction;
	struct documents_card documents;
	struct before_lines before;
	struct statement_card statement;
	struct weighed_card weighed;
	struct untold_forms untold;
	struct declared declared; /* as typed */
};

/* Of the case in the path: it opened itself, and its letter is none. */
bool case_nobody_asked(const struct http_request *q);

/* What a form that was not taken brings back. */
struct case_returned {
	struct problems problems;
	str reason;
	struct correction correction;
	struct declared declared;
};
/* returned: NULL for none. */
int case_draw(const struct web *w, struct http_request *q,
	struct http_response *r, bool is_revealed,
	const struct case_returned *returned, struct err *e);

#endif
