#ifndef DESK_CASE_H
#define DESK_CASE_H

#include "desk/agent_case.h"
#include "desk/binder.h"
#include "desk/charge.h"
#include "desk/circumstances.h"
#include "desk/declare.h"
#include "desk/desk.h"
#include "desk/extend.h"
#include "desk/hold.h"
#include "desk/keep.h"
#include "desk/message.h"
#include "desk/package.h"
#include "desk/parent.h"
#include "desk/person.h"
#include "desk/resume.h"
#include "desk/second.h"
#include "desk/stakes.h"
#include "desk/trace.h"
#include "desk/untold.h"
#include "law/deadline.h"
#include "law/kind.h"
#include "law/next.h"
#include "law/state.h"
#include "words/lang.h"

/*
 * One request as staff see it, and what they can do to it.
 */
struct case_task {
	int64_t id;
	bool is_system; /* else a vendor */
	str name;
	str title;
	str role;  /* vendor: "Service provider" */
	str state; /* planned searching found approved told asked done kept */
	const char *tone; /* "ok", "bad", "wait", "keep" */
	str words;        /* "Deleted", "1 day late", "Can't be reached" */
	str detail;       /* "3 of 3 rows, none left", "asked Nov 3" */
	str problem;
	bool is_done;
	bool is_dropped; /* by staff: nobody looked, or nobody confirmed */
	bool is_late;
	bool is_stuck;
	int attempts;
	struct date due_on;
	int64_t asked_at;
	int64_t done_at;
	int64_t rows_found;
	int64_t rows_erased;
	str evidence;  /* JSON, nothing personal */
	personal said; /* a vendor's reason to keep; only when revealed */
};

/* One table of the preview: what is there about the person. */
struct case_table {
	str system;
	str title;
	str name;  /* of the table, as the map calls it */
	str table; /* what it holds */
	str path;  /* how it was found: "person.email → lead.person_id" */
	bool is_erased; /* false: kept, with the exception */
	str exception;
	str summary; /* the totals that rows go into as they go; or empty */
	str changes; /* of rows that stay: "email emptied, name masked" */
	/* Columns of them that the database lets nobody empty, "product, note": it would
	 * refuse.  Empty when a way was decided for them (desk/instead.h). */
	str stuck;
	size_t rows_total;
	size_t rows_going;    /* of them: deleted, deidentified or emptied */
	size_t rows_excepted; /* that staff keep */
	int64_t rows_stuck;   /* stay, and can't be unlinked from what goes */
	size_t rows_may_let;  /* somebody else's too, and may go (desk/let.h) */
	size_t rows_let;      /* of them: go */
	struct {
		str *at;
		size_t n;
	} columns;
	struct {
		struct case_cells {
			str *at;
			size_t n;
			bool is_shared;
			bool is_excepted;
			bool is_going;
			bool may_let; /* see desk/let.h */
		} * at;
		size_t n;
	} rows; /* the first of them */
};

struct case_event {
	int64_t at;
	str day;   /* "Nov 20" */
	str title; /* a sentence */
	str detail;
	const char *tone; /* "good", "bad", "" */
	const char *icon;
};

struct case_letter {
	int64_t id;
	str title;
	str state; /* waiting, sent, failed */
	int64_t sent_at;
};

struct case_view {
	int64_t id;
	str reference;
	enum kind kind;
	const char *kind_title;
	enum state state;
	const char *state_title;
	str channel;
	bool is_open;
	int64_t received_at;
	struct date received_on;
	struct date confirm_by;
	struct date due_on; /* none: an opt-in, which waits for nobody here */
	bool has_due;
	bool lacks_holidays; /* they were counted past the table of them */
	struct date extendable_to;
	struct date receipt_confirmed_on;
	struct date closed_on;
	struct date keep_until;
	int day;       /* today is this day of the period, 0 on receipt */
	int days_left; /* negative: late */
	const char *citation;
	str outcome;
	struct person person; /* masked unless revealed */
	bool is_revealed;
	enum lang lang; /* in which they are written to */
	bool can_speak; /* another one can be chosen */
	bool email_confirmed;
	bool phone_confirmed; /* the code went there instead */
	bool wants_optout;
	bool is_denied;      /* in whole */
	bool is_denied_told; /* and companies hear of it: desk/deny_tell.h */
	bool is_withdrawn;   /* joined, never confirmed: no answer of its own */
	bool is_undelivered; /* closed without the answer having arrived */
	bool has_left_out;   /* more addresses than are searched for */
	/* Addresses that may be somebody else's, DOUBTS_AT_ONCE of them (doubt.h); empty
	 * unless revealed. */
	struct {
		str *at;
		size_t n;
	} doubts;
	size_t doubts_n;
	bool can_doubt;      /* decide whose these are */
	bool can_show_doubt; /* they are not shown yet */
	bool has_weighed;    /* why it was decided so, see circumstances.h */
	str masked_name;     /* for the title: "Ellen T." */
	struct {
		struct case_match {
			const char *title; /* "ZIP code" */
			str where;         /* "Lead exchange" */
			bool is_missing;   /* typed, and not what is held */
		} * at;
		size_t n;
	} matches;
	str searched;   /* a sentence, where only details led to them */
	str grade;      /* a sentence: how many match, and how many it takes */
	bool is_graded; /* false: no column of the map is relied on */
	bool is_unverified; /* in review, and nobody knows who asks */
	str again_of;       /* the case that this takes up again, or empty */
	bool can_vouch;     /* staff may write down how they know */
	struct declaration declaration; /* asked for after the search */
	str foretold; /* "denied, and the letter ...": if it stays so */
	const char *foretold_citation;
	bool has_mismatch; /* a typed detail is in no record that was found */
	/* What was asked, beyond who asks: answers of the form. */
	struct {
		struct case_asked {
			const char *title;
			personal text; /* empty: hidden until revealed */
		} * at;
		size_t n;
	} asked;
	struct keeps keeps; /* what staff keep of a deletion */
	struct agent_case agent;
	struct next next;
	str next_sentence;
	str next_detail;
	bool can_approve;
	struct binder_row binder; /* its evidence file */
	bool can_package;         /* look through the package, see package.h */
	struct package_row package;
	bool can_correct;         /* look at the rows, see correct.h */
	bool can_correct_by_hand; /* where a system does not take it */
	bool can_explain; /* write the answer about ADMT, see explain.h */
	bool can_retry;
	bool can_search_again; /* see search_again.h */
	bool can_chase;
	bool can_answer;
	bool answer_needs_reason; /* a vendor has not confirmed */
	bool can_deny;
	bool can_reopen;       /* take the denial back, see reopen.h */
	struct untolds untold; /* what was given up */
	bool can_say_untold;   /* why, for the answer */
	bool is_hold_over;     /* since what it was denied for has ended */
	bool is_unasked;       /* it opened itself, and ends without a letter */
	enum resume_way resume; /* take it up again behind a hold */
	struct extension extension;
	struct hold hold;
	struct second second;
	struct charge charge;
	struct parent parent;
	bool can_check_parent; /* write down how they were found to be one */
	bool can_hold;         /* place, renew, lift */
	bool can_close;        /* the answer was refused for good */
	bool can_refuse;       /* a stop, as fraudulent */
	bool can_end;          /* a stop, before every company answered */
	bool is_in_doubt;      /* one of them is not what the map calls it */
	bool can_reply;        /* to what the requester wrote */
	const struct case_task
		*gone;      /* the first that can be dropped, or NULL */
	bool is_gone_late;  /* since the answer is nearly due */
	bool can_take_back; /* for who can be sent no code */
	bool can_call;      /* back, to confirm the phone number */
	bool can_search;    /* without a confirmed email, by decision */
	int64_t rows_found;
	str seen; /* what the rows were, for case_approve() */
	int vendors;
	int vendors_confirmed;
	struct {
		struct case_task *at;
		size_t n;
	} tasks;
	bool can_weigh;  /* how sure to be who asks: desk/stakes.h */
	bool is_weighed; /* and somebody did */
	struct {
		struct stake at[STAKES]; /* only when revealed */
		size_t n;
	} stakes;
	struct suspicions suspicions; /* nothing follows from them by itself */
	struct messages
		messages; /* the requester's own words only when shown */
	struct {
		struct case_event *at;
		size_t n;
	} events;
	struct {
		struct case_letter *at;
		size_t n;
	} letters;
	struct {
		str *at; /* references of the same person's other requests */
		size_t n;
	} others;
	struct {
		str *at; /* paragraphs of the answer, as it would go out now,
			    the name in it masked like `person` */
		size_t n;
	} answer;
	str answer_title;
	enum lang answer_lang;
	int64_t entries; /* audit entries of the case */
	int papers;      /* letters of it that wait to be printed and posted */
	str owner;
	bool is_mine;
};

/* 1, or 0 when there is none.  Needs PERM_SEE_QUEUE. */
int case_load(struct desk *d, str reference, bool is_revealed,
	struct case_view *out, struct err *e);

/* Shows who it is: PERM_REVEAL, and an audit entry each time. */
int case_reveal(struct desk *d, str reference, struct err *e);

/* Rows and columns that would be deleted; PERM_REVEAL, audited. */
struct case_preview {
	struct {
		struct case_table *at;
		size_t n;
	} tables;
	int64_t rows;
	int64_t shared; /* rows that are another person's too: kept */
	int64_t stuck; /* that can't be unlinked from what goes (connect/erase_stuck.h) */
	/* Tables with a column that can't be emptied; what was decided of such, "mask" or "row"; and
	 * whether staff can decide it here: for parts, else the data map does. */
	size_t never_empty;
	str let_why; /* of rows that go though they are somebody else's too; a line a table */
	str instead;
	str instead_why; /* with "row": how they agreed */
	bool is_parts;
	/* Open requests of the same person to know: there is nothing left to tell of
	 * what is deleted before. */
	struct {
		str *at; /* references */
		size_t n;
	} knows;
};
int case_preview(
	struct desk *d, str reference, struct case_preview *out, struct err *e);

/* Is there something that approving a request of this kind does?  It deletes. */
bool case_may_approve(enum kind kind);
/*
 * Approves a deletion: suppresses the person, then starts erasing every system
 * and telling every vendor.  seen is case_view.seen as it was when the
 * preview was drawn: when a search found other rows since, or the case moved
 * on, ERR_CONFLICT and nothing is done.  1: it waits for a second person
 * (desk/second.h).
 */
int case_approve(struct desk *d, str reference, str seen, struct err *e);
/* Tries the systems that can't be reached again, now. */
int case_retry(struct desk *d, str reference, struct err *e);
/* Reminds every vendor, and every person who was asked, that is late. */
int case_chase(struct desk *d, str reference, struct err *e);
/* Sends the answer; the case closes when the letter is handed over.  reason:
 * needed when a vendor has not confirmed. */
int case_answer(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e);
/* The letter that leads to a package of the portal, which no person has to send
 * (desk/portal.h).  For the worker. */
int case_answer_itself(struct desk *d, str reference, struct err *e);
/* Staff decide to search though the email was not confirmed. */
int case_search(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e);
/* Staff vouch for who asks though the grade was not reached: they write down how
 * they know it, and the case goes on.  Of specific pieces they can't. */
int case_vouch(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e);
/* Closes a case whose answer was refused for good, with a written reason. */
int case_undeliverable(struct desk *d, str reference, str reason,
	struct problems *ps, struct err *e);
/*
 * Drops a task whose system or vendor is not in the data map any more, with a
 * written reason: the case goes on, and can end in part only.  ERR_CONFLICT for
 * one that is in the map: what is only out of reach is tried again, never left
 * out.
 */
int case_drop(struct desk *d, str reference, int64_t task_id, str reason,
	struct problems *ps, struct err *e);
int case_take(struct desk *d, str reference, struct err *e);
/* Signed record of a closed case; empty while it is open. */
int case_receipt(struct desk *d, str reference, str *body, str *signature,
	struct err *e);

#endif
