#ifndef MAIL_RECEIVED_H
#define MAIL_RECEIVED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * An email that came, as far as a person has to read it (RFC 5322, 2045 to 2049).
 * Anybody may have written it, and may have written anybody's address into it: it says
 * who asks, and proves nothing.  Any bytes are read, as far as they can be.
 */
struct received {
	personal from; /* address; empty: none that could be written to */
	personal from_name;
	personal subject; /* in one line */
	personal text;    /* lines end in \n */
	int files;        /* that came along; they are not read */
	bool is_cut; /* the text is longer, or nested deeper, than is read */
	/* By a program: a list, a bounce, an answer from an absence (RFC 3834 2).
	 * Whoever answers such an email may be answered for ever. */
	bool is_automatic;
};

enum {
	RECEIVED_TEXT_MAX = 32 << 10, /* bytes of the text that is shown */
	RECEIVED_LINE_MAX = 400,      /* of the subject, and of a name */
	RECEIVED_DEPTH = 8,           /* of parts in parts */
	RECEIVED_PARTS = 100,
};

void received_read(struct arena *a, str bytes, struct received *out);

#endif
