#ifndef DESK_WORDING_H
#define DESK_WORDING_H

#include "desk/desk.h"

/*
 * A design that confuses stays one whatever was meant, and that it was known counts (11
 * CCR 7004(c)): so it has to be shown later what consumers saw.  The words of their
 * pages, the style sheet and the words of the letters are in the program; when it has
 * other ones than the record has last, each is kept whole as a version of its own, and
 * the audit trail gets one entry with the hash of all.  What a page had besides, such as
 * the name of the business, are settings, whose changes are in the trail already.
 */

/* Keeps what is new; nothing else.  For the worker. */
int wording_note(struct desk *d, struct err *e);

struct wording {
	str name; /* "mail/letters/deleted.txt" */
	int64_t version;
	str sha256;
	str program; /* the version of the program that had it first */
	int64_t at;
	str text; /* of wording_text() only */
};
struct wordings {
	struct wording *at;
	size_t n;
};
/* Every version of every text, by name: PERM_SEE_AUDIT. */
int wording_list(struct desk *d, struct wordings *out, struct err *e);
/* One whole; version 0: the last.  1, 0 when there is none, -1. */
int wording_text(struct desk *d, str name, int64_t version, struct wording *out,
	struct err *e);

#endif
