#ifndef WEB_LINKED_H
#define WEB_LINKED_H

#include "http/request.h"

/*
 * What a link in an answer to a request to know says of the record beside which it
 * stands, to the form that it opens.  Anybody can write such a link, so it fills a form
 * in and decides nothing; nothing personal is in it.
 */

/* To correct: the names of a system and a table, and a number; empty: none. */
str linked_about(const struct http_request *q);

/* To delete: the kinds of information in the record, "A,D", since a deletion is of
 * kinds or of everything (11 CCR 7022(h)); empty: none. */
str linked_kinds(const struct http_request *q);

/* Both again, to be put behind a path: "?kinds=A%2CD"; empty: neither. */
str linked_query(const struct http_request *q);

#endif
