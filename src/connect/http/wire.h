#ifndef CONNECT_HTTP_WIRE_H
#define CONNECT_HTTP_WIRE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "connect/http/recipe.h"
#include "connect/pace.h"

/*
 * Requests to the one service of a recipe, and their answers.  Nothing is sent
 * anywhere else: no redirect is followed, and a next page must be of the same
 * scheme, host and port.  The service shows a certificate that this machine
 * trusts; without TLS there is only this machine itself.
 *
 * An answer of 429, 502, 503 or 504 is asked for again, after as long as the
 * service says (Retry-After) or growing pauses.  A connection that broke is not:
 * whoever called tries again later.  Errors name the request as the recipe has
 * it, without a value.
 */
enum {
	HTTP_ANSWER_MAX = 64 << 20,
	HTTP_ARENA_MAX = 512 << 20,
	HTTP_PAUSE_MS = 500, /* the first of the growing pauses */
};

struct wire;

struct wire_request {
	const struct http_call *call; /* for errors */
	str url;                      /* the whole */
	str body;
};

struct wire_answer {
	long status;
	str text;
	str next; /* of a Link header, as the service has it; or empty */
};

/* Reads the secrets; sends nothing. */
int wire_open(struct arena *a, const struct recipe *r,
	const char *credentials_dir, int timeout_ms, struct wire **out,
	struct err *e);
/* Its requests take turns with those of others to that system (connect/pace.h). */
void wire_share(struct wire *w, struct pace_board *b, str system);
/* An answer of any status from 200 to 299, or 404 or 410, which the caller
 * judges (wire_refused()); -1 for any other. */
int wire_ask(struct wire *w, struct arena *a, const struct wire_request *q,
	struct wire_answer *out, struct err *e);
/* -1 with what the status of an answer means. */
int wire_refused(const struct wire_request *q, const struct wire_answer *an,
	struct err *e);
/* The address of the next page, put together with that of this one.  ERR_DENIED
 * when it leads elsewhere. */
int wire_next(struct arena *a, const struct recipe *r, str here, str next,
	str *out, struct err *e);

/* The address of a Link header's rel="next" (RFC 8288); false: none. */
bool link_next(str header, str *out);

#endif
