#ifndef DESK_POST_H
#define DESK_POST_H

#include "desk/desk.h"
#include "desk/record.h"
#include "mail/letters.h"

/*
 * Letters out.  A letter is written in the transaction of what it tells, kept
 * sealed with its request, and handed over later by the worker; it is sent once
 * it was taken by the mail server, or lies in the outbox.
 */
struct post_to {
	personal address;
	personal name;
	personal phone;  /* a text message, and no letter */
	int64_t task_id; /* of a vendor's letter, else 0 */
	/* It is printed, and waits in the tray (desk/tray.h): for this address, of
	 * several lines; without one it can be read out to that number. */
	bool is_paper;
	personal postal;
	personal call;
};

int post_put(struct desk *d, const struct record *r, enum letter_kind kind,
	const struct post_to *to, const struct letter_words *words,
	struct err *e);

/* The foot of every letter. */
int post_sign(struct desk *d, struct letter_sign *out, struct err *e);
/* The address letters come from; empty while there is none: they wait. */
int post_from(struct desk *d, str *from, struct err *e);
/* How letters leave: the mail server, with its password, or the outbox folder. */
struct install;
struct mail_way;
int post_way(struct arena *a, const struct install *in, struct mail_way *out,
	struct err *e);
/* How text messages leave. */
struct sms_gateway;
int post_gateway(struct arena *a, const struct install *in,
	struct sms_gateway *out, struct err *e);
/* "https://privacy.example.com/v/8d1f": for who is no consumer. */
str post_address(struct desk *d, const char *path, str last);
/* The same for a letter to a consumer in that language: what it opens is in it, too,
 * whatever the browser prefers ("https://privacy.example.com/s/K7QF-2M9X?lang=es"). */
str post_link(struct desk *d, enum lang l, const char *path, str last);

struct post {
	int64_t id;
	int64_t request_id;
	int64_t task_id;
	str reference;
	str template;
	personal to;
	personal to_name;
	personal phone; /* of a text message: ten digits; else empty */
	bool is_paper;
	personal postal;
	personal call;
	enum lang lang;
	str subject;
	personal text;
	str message_id;
	int64_t created_at;
	bool is_waiting;
	int64_t left_at; /* of one on paper, as staff say; 0: now */
};

/* 1, or 0 when it is gone. */
int post_load(struct desk *d, int64_t mail_id, struct post *out, struct err *e);
/* It was taken.  An answer closes its case here. */
int post_sent(struct desk *d, const struct post *p, struct err *e);
/* The same in the caller's transaction: 1, or 0 when it was taken before. */
int post_store_sent(struct desk *d, const struct post *p, struct err *e);
/* When it left. */
int64_t post_left_at(struct desk *d, const struct post *p);
/* No server takes it for now, and it waits: of a notice to a vendor the case says so,
 * from the second day on as a problem. */
int post_waits(struct desk *d, const struct post *p, struct err *e);
/* A text message is a code: past its LIMIT_CODE_MINUTES it would only mislead. */
bool post_is_stale(const struct desk *d, const struct post *p);
/* The letter of a task that waits is tried again now.  In the caller's transaction. */
int post_again(struct desk *d, int64_t task_id, struct err *e);
/* It never will be: shown on the case and in the queue. */
int post_failed(struct desk *d, const struct post *p, struct err *e);
int post_store_failed(struct desk *d, const struct post *p, struct err *e);
/* The title of letters of this template: "We got your request". */
str post_title(str template);

/* Is it an answer to the requester?  template: as in sql/mail.sql. */
bool post_is_answer(str template);
/* 1 when the last answer of the request was refused for good, 0, or -1. */
int post_is_refused(struct desk *d, int64_t request_id, struct err *e);

struct outbox_letter {
	int64_t id;
	str reference;
	str title;
	str state; /* waiting, sent, failed */
	int64_t created_at;
	personal to;
	enum lang lang;
	str subject;
	personal text;
};
struct outbox {
	struct outbox_letter *at;
	size_t n;
};
/* The newest letters; PERM_SEE_OUTBOX.  While no mail server is set up. */
int outbox_load(struct desk *d, struct outbox *out, struct err *e);

#endif
