#ifndef DESK_FULFIL_H
#define DESK_FULFIL_H

#include "desk/desk.h"

/*
 * What the worker reports back.  Every function here may be called again after
 * a crash with the same facts: the second time changes nothing.
 */

/* What a task is about; the secrets of systems are the worker's own. */
struct work {
	int64_t task_id;
	int64_t request_id;
	str reference;
	str name; /* of the system or vendor */
	str title;
	str state;
	int attempts;
	bool is_done;
	struct {
		str *at; /* e-mail addresses to enter by, standardized */
		size_t n;
	} emails;
	str zip;   /* to compare with what is found; may be empty */
	str phone; /* the same */
	str finding; /* what an earlier search found: JSON, empty if none */
	bool is_reminder;
};

/* One system or vendor of the data map, as a task for a request. */
struct plan_row {
	bool is_system;
	str name;
	str title;
	int days; /* vendor: agreed limit */
};

int fulfil_plan(struct desk *d, int64_t request_id, const struct plan_row *rows,
	size_t n, struct err *e);

/* 1, or 0 when the task is gone. */
int fulfil_work(struct desk *d, int64_t task_id, struct work *out,
	struct err *e);

/* A search ended: everything it saw, sealed with the case. */
struct found {
	str finding; /* JSON of connect/find.h */
	int64_t rows;
	bool zip_matches;
	bool phone_matches;
	struct {
		str *at; /* further addresses of the same person */
		size_t n;
	} emails;
	struct {
		str *at; /* phone numbers of the same person */
		size_t n;
	} phones;
};
int fulfil_found(struct desk *d, const struct work *w, const struct found *f,
	struct err *e);

/* Erased and read again: evidence is JSON without personal data. */
int fulfil_erased(struct desk *d, const struct work *w, int64_t rows,
	str evidence, struct err *e);

/* It could not be done now: counted, shown, tried again. */
int fulfil_failed(struct desk *d, const struct work *w, const struct err *why,
	struct err *e);

/*
 * A vendor's notice: makes the link's secret and the letter, and marks the
 * vendor as asked, in one transaction.
 */
struct notice {
	str to;   /* contact address */
	str role; /* "service_provider", ... */
	int days;
};
int fulfil_tell(struct desk *d, const struct work *w, const struct notice *n,
	struct err *e);

/* Letters. */
struct post {
	int64_t id;
	int64_t request_id;
	str reference;
	str template;
	personal to;
	personal to_name;
	str subject;
	str text;
	int64_t created_at;
	bool is_waiting;
};
int fulfil_post(struct desk *d, int64_t mail_id, struct post *out,
	struct err *e);
int fulfil_posted(struct desk *d, const struct post *p, str message_id,
	struct err *e);
int fulfil_undeliverable(struct desk *d, const struct post *p,
	const struct err *why, struct err *e);

#endif
