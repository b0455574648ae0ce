#ifndef DESK_AUTOMATED_H
#define DESK_AUTOMATED_H

#include "connect/map_words.h"
#include "desk/desk.h"
#include "law/use.h"

/*
 * The uses of automated decisionmaking technology that the data map names, and what
 * follows from them: whether there is anything to opt out of, whether somebody may
 * appeal, who has to be told (11 CCR 7221).  A map that names none says nothing: then
 * whoever says that they use it offers the opt-out of all of it.
 */

/* One that is not stopped on request, and why, for the page of the opt-out. */
struct automated_kept {
	str title;
	const char *why; /* a sentence, of law/deny.h */
	const char *citation;
	bool is_appeal; /* a person reviews it on request */
};
struct automated_kept_list {
	struct automated_kept *at;
	size_t n;
};
/* In the words that the data map has in the language. */
int automated_kept(struct desk *d, enum lang l, struct automated_kept_list *out,
	struct err *e);

/* Is there a use that an opt-out stops; one whose decisions can be appealed?
 * 1, 0, or -1. */
int automated_stops(struct desk *d, struct err *e);
int automated_may_appeal(struct desk *d, struct err *e);

/* 1 when it is the name of a use: then what is asked of it; 0, or -1. */
int automated_asked(
	struct desk *d, str name, struct use_asked *out, struct err *e);

/* This vendor processes with none of the uses that an opt-out stops. */
bool automated_is_without(const struct map *m, str vendor);

#endif
