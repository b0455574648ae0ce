#ifndef DESK_PACKAGE_H
#define DESK_PACKAGE_H

#include "desk/desk.h"
#include "desk/second.h"
#include "know/know.h"
#include "know/package.h"
#include "law/kind.h"

/*
 * The answer to a request to know (11 CCR 7024), from what was found to what the
 * requester opens: staff look through it and approve it, the worker makes it,
 * the letter says that it is there, and a fresh code opens it.
 *
 * What must stay true: what leaves is what was approved: other rows, or other
 * marks, since then, and it is not made.  Specific pieces are given to who was
 * verified to a reasonably high degree, and to nobody else (7024(a), 7062(c)).
 * It is stored under the request's key, and gone with that.
 */

/* Is a request of this kind answered by a package? */
bool package_is_for(enum kind kind);

enum package_state {
	PACKAGE_NONE,    /* nothing was approved */
	PACKAGE_WANTED,  /* approved: the worker makes it */
	PACKAGE_STOPPED, /* it was not made; problem says why */
	PACKAGE_MADE,
};

struct package_row {
	enum package_state state;
	str problem;
	int64_t bytes;
	int64_t rows; /* given */
	bool is_whole;
	bool is_specific;
	int64_t made_at;
	struct date expires_on; /* none until the letter left */
};

int package_row(struct desk *d, int64_t request_id, struct package_row *out,
	struct err *e);

/* --- what staff see and decide --- */

/* What a package is made from.  folder: of the disclosure ledger's members. */
struct package_plan {
	int64_t request_id;
	str reference; /* eight characters */
	struct map map;
	struct finding *findings;
	size_t findings_n;
	struct know_in in;
	struct know_case of;
	str seen; /* of findings and marks, for package_approve() */
	struct package_row row;
};

struct package_review {
	struct package_plan plan;
	struct know know;
	struct know_hits hits;
	bool can_decide;
	int points;      /* data points that match what is held */
	bool is_account; /* signed in to their account again */
	bool is_declared;
	struct second
		second; /* who approved it first, and whether it is this */
};

/* Everything that the requester would get; PERM_REVEAL, and an entry each time. */
int package_review(struct desk *d, str reference, const char *folder,
	struct package_review *out, struct err *e);

/* What is left out, or taken in, and the language; replaces what was said before.
 * PERM_DECIDE.  seen as of the page it was chosen on: else ERR_CONFLICT. */
struct package_marks {
	enum know_language language;
	const struct know_mark *at;
	size_t n;
};
int package_mark(struct desk *d, str reference, str seen,
	const struct package_marks *marks, struct err *e);

/*
 * Has the worker make it; PERM_DECIDE.  ERR_CONFLICT when something else was
 * found or marked since `seen`, or a value looks like what may never be
 * disclosed.  1: rows are left out, or the kinds are told of what was asked for in
 * pieces, and it waits for a second person (desk/second.h).
 */
int package_approve(struct desk *d, str reference, str seen, const char *folder,
	struct err *e);

struct record;
/*
 * Where nothing in it needs a person: no value to be looked at, nothing left out, nothing
 * marked.  *why NULL: approved; else what a person has to look at, and nothing was done.
 * For the worker, of the portal (desk/portal.h).  Not in a transaction.
 */
int package_approve_whole(struct desk *d, const struct record *r,
	const char *folder, const char **why, struct err *e);

/* --- what the worker does --- */

/* 1, or 0 when no package of this request is wanted.  -1: out->reference is that of
 * a request whose package is wanted, or empty. */
int package_plan(struct desk *d, int64_t request_id, const char *folder,
	struct package_plan *out, struct err *e);

struct package_parts;
struct package_files {
	const struct package_parts *parts; /* package_parts.h; ended */
	str letter; /* for a page of the site; empty: too long for one */
};
/* It is stored, and the answer is due; or, when it is not what was approved any
 * more, it is stopped. */
int package_made(struct desk *d, const struct package_plan *p,
	const struct know *k, const struct package_files *f, struct err *e);
/* why: for staff, nothing personal. */
int package_stopped(
	struct desk *d, const struct package_plan *p, str why, struct err *e);

/* What the answer is written in: what staff chose, else what the requester's browser
 * asked for when the request was sent, else English. */
int package_language(struct desk *d, const struct record *r,
	enum know_language *out, struct err *e);

/* For who sends the letter, in its transaction: from now on it can be opened. */
int package_sent(struct desk *d, const struct record *r, struct err *e);

/* --- what the requester does --- */

/*
 * In the portal, of a request whose account holder signed in again: no code opens it, and
 * it is there as soon as it is made.  Each time it is shown or downloaded has its entry;
 * one whose time was up is renewed, as by a code.  1, or 0 when there is none.
 */
struct package_open;
struct package_zip;
int package_is_open_to_account(struct desk *d, const struct record *r,
	struct date *until, struct err *e);
int package_show_account(struct desk *d, const struct record *r,
	struct package_open *out, struct err *e);
int package_download_account(struct desk *d, const struct record *r,
	struct package_zip *out, struct err *e);

/* Made, its letter left, and its key is there: a code opens it. */
int package_is_there(
	struct desk *d, const struct record *r, bool *out, struct err *e);

struct package_door {
	str reference; /* "K7QF-2M9X" */
	struct date until;
	enum know_language language;
	bool is_code_by_sms;
	bool has_ended; /* one more code opens it again */
};

/* 1, or 0 when there is no such request, or nothing to open yet. */
int package_door(struct desk *d, str typed, str peer, struct package_door *out,
	struct err *e);
/* Sends a fresh code to the requester. */
int package_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e);
/* *token empty: wrong, and ps says so (field "code"); else the secret of this
 * browser, for LIMIT_PACKAGE_VISIT_MINUTES. */
int package_enter_code(struct desk *d, str reference, str code, str *token,
	struct problems *ps, struct err *e);

struct package_open {
	str reference; /* "K7QF-2M9X" */
	struct date until;
	enum know_language language;
	int64_t bytes;
	personal letter; /* markup of know/; empty: too long for a page */
};
/* 1, or 0 when this browser has not typed a code of late. */
int package_open(struct desk *d, str reference, str token,
	struct package_open *out, struct err *e);
/*
 * Of who gets the answer by mail (Civ. Code 1798.130(a)(2)(B)): the letter that staff
 * print, or, when it is too long for a page or they want a file, the ZIP.  No code
 * opens it.  For desk/tray.c, which sees to permission and entry.  1, or 0 when there
 * is none.
 */
int package_on_paper(struct desk *d, int64_t request_id,
	struct package_open *out, struct err *e);
int package_zip_on_paper(struct desk *d, int64_t request_id,
	struct package_zip *out, struct err *e);

/* The ZIP, for package_zip_part(); each time an entry.  1, or 0 as above. */
int package_download(struct desk *d, str reference, str token,
	struct package_zip *out, struct err *e);

#endif
