#ifndef DESK_MESSAGE_H
#define DESK_MESSAGE_H

#include "desk/desk.h"

struct record;

/*
 * What a requester writes on the page of the request, an objection or a question, and
 * what staff answer there.  Sealed with the case; both are bounded, and so is how often
 * one may write.  The page shows answers to whoever has the number, so staff write
 * nothing personal; what the requester wrote it does not show again.
 */
struct message {
	bool is_answer;
	int64_t at;
	personal text;
};

struct messages {
	struct message *at; /* oldest first */
	size_t n;
	bool is_waiting; /* the last one has no answer */
	bool is_full;    /* no more can be written */
};
void messages_of(struct arena *a, const struct record *r, struct messages *out);

/* From whoever has the number.  Problems of the field "text"; ERR_NOT_FOUND,
 * ERR_TOO_MANY.  The contact address of the business gets a letter that one came. */
int message_send(struct desk *d, str reference, str text, str peer,
	struct problems *ps, struct err *e);

/* PERM_DECIDE.  ERR_CONFLICT when nothing waits.  Problems of the field "message". */
int message_answer(struct desk *d, str reference, str text, struct problems *ps,
	struct err *e);

#endif
