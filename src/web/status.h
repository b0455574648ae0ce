#ifndef WEB_STATUS_H
#define WEB_STATUS_H

#include "web/page.h"

/*
 * "/s" takes a reference number (it posts `reference` and answers with a
 * redirect, so that a mistyped one is in no history); "/s/{ref}" says where the
 * request stands.  Whoever has the number may see this page, so nothing on it
 * says who asked.
 */
struct status_form_view {
	struct page page;
	str typed;
	struct problems problems; /* field: reference */
};

enum status_step_state { STEP_LATER, STEP_NOW, STEP_DONE };

struct status_bar_step {
	str title; /* "We look for you in our systems" */
	enum status_step_state state;
};

struct status_told {
	str title; /* "MailHarbor" */
	str text;  /* "told", "confirmed" */
	bool is_done;
};

struct status_said {
	str day; /* "November 21, 2026" */
	str text;
};

struct status_view {
	struct page page;
	str reference;  /* "K7QF-2M9X" */
	str kind_title; /* "Delete personal information" */
	str told;       /* what is going on, one sentence */
	bool is_open;
	bool is_undelivered; /* closed, and the answer did not arrive */
	str joined;          /* the earlier request; empty: none */
	str withdraw_href;   /* while it can be taken back */
	bool can_opt_in;     /* a link, for who looks for it: nobody is asked */
	bool can_allow;      /* the same of what was limited */
	str code_href;    /* where the email is confirmed; empty: not needed */
	str form_href;    /* where a parent sends the signed form */
	str package_href; /* where the answer is opened; empty: nowhere */
	str received;     /* "November 21, 2026" */
	str ask_from;     /* a minor refused; empty: not */
	str due;          /* while it is open */
	str closed;       /* when it is closed */
	const char *closed_title; /* "Answered", "In force since", "Closed" */
	struct {
		struct status_bar_step *at;
		size_t n;
	} steps;
	struct {
		struct status_told *at;
		size_t n;
	} recipients;
	const char *recipients_must; /* "must delete it too" */
	struct {
		struct status_said *at;
		size_t n;
	} answers;       /* of staff to what was written here */
	bool is_waiting; /* something written has no answer yet */
	str write_href;
	/* The language of letters, where it is another than the page's and can be
	 * changed; NULL: not.  is_spoken: it was, just now. */
	const char *letters_code;
	const char *letters_title;
	bool is_spoken;
	str documents_href; /* where what is right can be shown */
	str corrected_href; /* where it is seen that it is right */
	str statement_href; /* where one may be given */
	str declare_href;   /* where the declaration is signed, or how */
	bool declares_on_paper;
};

/*
 * "/s/{ref}/withdraw": a button that sends a code, then a field for it.  Fields: send,
 * or code.
 */
struct withdraw_view {
	struct page page;
	str reference;
	const char *what; /* "delete the personal information we hold ..." */
	bool is_sent;     /* a code is on its way */
	bool is_by_sms;
	int minutes; /* it is good for */
	struct problems problems;
};

/* "/s/{ref}/message": writes to staff, by the number alone.  Field: text. */
struct write_view {
	struct page page;
	str reference;
	bool is_sent;
	bool is_full; /* no more can be written */
	personal text;
	struct problems problems;
};

#endif
