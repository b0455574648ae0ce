#ifndef DESK_PORTAL_H
#define DESK_PORTAL_H

#include "desk/assertion.h"
#include "desk/draft.h"
#include "desk/intake.h"
#include "desk/package.h"

/*
 * Account holders see what is held of them without typing anything (11 CCR 7024(g)): the
 * business's own site says that they signed in again just now (desk/assertion.h, with
 * auth_time), which verifies them (7061).  Off unless toyon.yaml says `portal: yes`.
 *
 * What must stay true: what is shown is the package of a request to know, made as every
 * other one; there is no second way to anybody's data.  An assertion serves once, in the
 * browser that asked for it.  An account that acts strangely verifies nobody (7061(b)).
 * What is stopped needs none of this: an opt-out or limit from here is the one of
 * desk/stop.h, and never waits for somebody to sign in.
 */
bool portal_is_on(const struct desk *d);

/* --- coming in (portal.c) --- */

/* `had`: the nonce that this browser was given before, kept while it is good. */
struct portal_way {
	str nonce; /* for the browser */
	str url;   /* of the business's site, with nonce and return */
};
void portal_way(struct desk *d, str had, struct portal_way *out);

struct portal_entry {
	str nonce; /* of this browser */
	const struct assertion_key *key;
	str token;
	str peer;
};
enum portal_end {
	PORTAL_REFUSED, /* the entry of the audit trail says why */
	PORTAL_STOPPED, /* the account came from too many networks */
	PORTAL_IS_IN,
};
/* *token: the secret of this browser, for LIMIT_PORTAL_MINUTES; empty: not in. */
int portal_enter(struct desk *d, const struct portal_entry *in,
	enum portal_end *end, str *token, struct err *e);

struct portal_visit {
	personal email;
	str account;   /* keyed */
	int64_t until; /* in milliseconds */
};
/* 1, or 0 when this browser is not in (any more). */
int portal_visit(
	struct desk *d, str token, struct portal_visit *out, struct err *e);
int portal_leave(struct desk *d, str token, struct err *e);

/* --- the page (portal_page.c) --- */

/* What is still waited for. */
struct portal_awaited {
	str title;         /* of the system */
	struct date until; /* a person was asked to answer by then; else none */
};

struct portal_request {
	struct status status;
	bool can_open;     /* its package, here */
	struct date until; /* the last day to open it */
	bool is_soon;      /* no person is waited for: look again in a moment */
	bool is_know;
	bool is_by_account; /* asked for with the account, for the portal */
	struct date extendable_to;
	int systems; /* of a request to know that is searched for */
	int systems_done;
	struct {
		struct portal_awaited *at;
		size_t n;
	} awaited;
};

struct portal_page {
	struct {
		struct portal_request *at; /* newest first */
		size_t n;
	} requests;
	const struct portal_request
		*waiting;                   /* open, of what is held; or NULL */
	const struct portal_request *ready; /* the newest to open; or NULL */
	/* Two answers in 12 months are owed (Civ. Code 1798.130(b)), each however often it
	 * is looked at: from this day on the next one is; none: today. */
	struct date next_on;
	bool is_opted_out;
	bool is_limited;
	bool is_out_of_admt;
};
int portal_page(struct desk *d, const struct portal_visit *v,
	struct portal_page *out, struct err *e);

/*
 * A request to know the specific pieces, verified by the account: `shown` is its
 * reference, or that of one that is open already, which goes on with its own day of
 * receipt.  ERR_CONFLICT when two were answered in 12 months.
 */
int portal_see(struct desk *d, const struct portal_visit *v, str peer,
	str *shown, struct err *e);

/* A draft in which who asks is known, for the pages of a request. */
void portal_draft(struct desk *d, const struct portal_visit *v, enum kind kind,
	struct draft *out);

/* What was made for one of their requests: 1, or 0 when there is none. */
int portal_show(struct desk *d, const struct portal_visit *v, str reference,
	struct package_open *out, struct err *e);
int portal_download(struct desk *d, const struct portal_visit *v, str reference,
	struct package_zip *out, struct err *e);

/* --- what needs no person (portal_work.c) --- */

/* In the transaction in which a request moved on: if it is one of the portal, the worker
 * goes on with it. */
struct record;
int portal_go_on(struct desk *d, const struct record *r, struct err *e);

/* The worker's part: approves the package, or sends the letter about it, where that needs
 * nobody; else it is left to staff, as every request is. */
int portal_work(
	struct desk *d, int64_t request_id, const char *folder, struct err *e);

/* The account verifies nobody in this request any more (11 CCR 7061(b)).  In the caller's
 * transaction, after record_lock(). */
int portal_doubt(
	struct desk *d, struct record *r, const char *why, struct err *e);

/* The requests of an address that concern its holder alone, newest first: not those
 * for a child, nor those of a phone number.  records: LIMIT_PORTAL_REQUESTS. */
int portal_records(struct desk *d, personal email, struct record *records,
	size_t *n, struct err *e);

#endif
