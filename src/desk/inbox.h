#ifndef DESK_INBOX_H
#define DESK_INBOX_H

#include "desk/desk.h"
#include "law/next.h"

/*
 * Email to the business's own address.  A request that comes this way counts from its
 * day, or its sender is told how to make one (11 CCR 7020(e)); for who operates online
 * only it is the one way to ask that has to be there (11 CCR 7020(a)).  Both happen:
 * the worker takes what came out of the Maildir and tells its sender how; and it waits
 * here until staff have entered what it asks for, put it to the request that it is about,
 * or said that it asks for nothing.
 *
 * Each email is sealed under a key of its own, which goes with what asks for nothing at
 * once and with the rest after the time of a record; the Maildir is the business's, and
 * nothing there is deleted.
 */
struct mail_way;

/*
 * Takes at most LIMIT_INBOX_AT_ONCE files of the Maildir; *taken of them were new.  A
 * file that was taken before (the worker died) is only marked.  ERR_UNAVAILABLE: it can't
 * be read, in whole or in part.
 */
int inbox_take(
	struct desk *d, const char *maildir, size_t *taken, struct err *e);

/*
 * Tells senders how to make a request, once each: not who was told today, nobody whose
 * email a program sent, and nothing that came long ago.  *sent of them were.
 * ERR_UNAVAILABLE: no server takes letters for now.
 */
int inbox_reply(struct desk *d, const struct mail_way *way, size_t *sent,
	struct err *e);

struct inbox_line {
	int64_t id;
	int64_t received_at;
	personal from;      /* masked */
	struct date due_on; /* receipt of a request is confirmed by then */
	int days_left;
	enum urgency urgency;
	bool is_answered; /* its sender was told how to make a request */
};
struct inbox {
	struct inbox_line *at; /* oldest first */
	size_t n;
};
/* What waits for somebody to read it: PERM_INTAKE, as all that follows. */
int inbox_load(struct desk *d, struct inbox *out, struct err *e);

struct inbox_count {
	int n;
	int late;
};
/* For whoever sees the queue. */
int inbox_count(struct desk *d, struct inbox_count *out, struct err *e);

struct inbox_email {
	int64_t id;
	int64_t received_at;
	personal from;
	personal from_name;
	personal subject;
	personal text;
	int files;
	bool is_cut;
	bool is_answered;
};
/* One of those, each time with an entry.  1, or 0 when it does not wait any more. */
int inbox_open(
	struct desk *d, int64_t id, struct inbox_email *out, struct err *e);

/* It asks for this request, or is about it: 1, or 0 when it does not wait any more.
 * ERR_NOT_FOUND: there is no such request. */
int inbox_put(struct desk *d, int64_t id, str reference, struct err *e);
/* It asks for nothing, and is destroyed: 1, or 0. */
int inbox_drop(struct desk *d, int64_t id, struct err *e);

/* What was handled, past its time; within the caller's transaction. */
int inbox_purge(struct desk *d, struct err *e);

#endif
