#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H

#include <microhttpd.h>

#include "http/response.h"

/*
 * An answer as the library takes it, with the headers that every answer carries.
 * Inside of http/ only.
 *
 * The library copies each header into memory of its own, thrice allocated; a
 * short answer had a tenth of its time spent there.  So a few short ones are
 * kept with their headers, and the next of the same shape - the same type,
 * policy and length - changes only what differs.
 */
struct answers;

struct answers *answers_new(void);
void answers_free(struct answers *s);

struct answer {
	const struct http_response *response;
	str id;
	const char *csp; /* a literal */
	bool is_last;    /* the connection closes behind it */
};

/*
 * Gives the connection its answer.  The body lies in the response's arena, or
 * here: both must stay until it is sent.  Then answers_wipe() is called, before
 * the next; it takes what was sent out of the memory that is kept.
 */
enum MHD_Result answers_send(
	struct answers *s, const struct answer *a, struct MHD_Connection *to);
void answers_wipe(struct answers *s);

#endif
