#ifndef DESK_CORRECT_DOCUMENT_H
#define DESK_CORRECT_DOCUMENT_H

#include "desk/document.h"

/*
 * Documents that a consumer offers to show what is right (11 CCR 7023(d)): sent from the
 * page of the request while nothing is decided on it, by whoever has its number.  That
 * page says that they came, and never shows them.
 */
struct correct_documents {
	bool is_asked; /* a request to correct */
	bool can_send;
	bool can_show;    /* staff, while they are there */
	bool can_discard; /* one that proves nothing: document_discard() */
	struct documents sent;
};

/* 1, or 0 when there is no such request. */
int correct_documents(struct desk *d, str reference,
	struct correct_documents *out, struct err *e);

/* Problems of the field "file"; ERR_NOT_FOUND, ERR_TOO_MANY, ERR_CONFLICT when none is
 * taken any more. */
int correct_document_send(struct desk *d, str reference, str file, str peer,
	struct problems *ps, struct err *e);

/* PERM_REVEAL, and an entry each time.  ERR_NOT_FOUND: none, or destroyed. */
int correct_document_show(
	struct desk *d, str reference, int64_t id, str *file, struct err *e);

#endif
