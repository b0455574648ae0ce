#ifndef API_CALL_H
#define API_CALL_H

#include "api/api.h"
#include "api/meter.h"
#include "base/json.h"
#include "desk/desk.h"
#include "desk/scope.h"
#include "http/request.h"
#include "http/response.h"

/*
 * One call of the API, as the handlers of tbl/api.h get it.  Inside of api/ only.
 *
 * A handler writes its answer into r, whose type is JSON and whose status is the
 * row's already, and returns 0; or returns -1, and then problems are answered
 * when there are any, else e.  A status of 400 or more that it has set in r
 * stays; headers it has set go out either way.
 */
struct verdicts;

struct api {
	struct log log;
	struct meter *meter;
	struct verdicts *verdicts;
	str description; /* OpenAPI, as JSON */
	str etag;
};

struct call {
	const struct api *api;
	struct http_request *q;
	struct http_response *r;
	struct desk *desk;        /* NULL on ACCESS_FREE */
	struct problems problems; /* fields are JSON pointers: "items/3/kind" */
};

#define API(method, pattern, handler, access, scope, in, out, status, summary) \
	int handler(struct call *c, struct err *e);
#include "tbl/api.h"

/* The row of each, for the description. */
struct api_row {
	const char *method; /* "POST" */
	const char *pattern;
	const char *handler;
	int access;
	enum scope scope;
	const char *in; /* a schema, or "NONE" */
	const char *out;
	int status;
	const char *summary;
};

extern const struct api_row api_rows[];
extern const size_t api_rows_n;

/* Refuses with a status of its own (415): -1. */
int call_refuse(struct call *c, int status, const char *why, struct err *e);

/* field is made by arena_fmt() or a literal; code and text are literals. */
void call_problem(
	struct call *c, str field, const char *code, const char *text);

/* Opens {"data": and leaves the object open. */
struct json call_answer(struct call *c);

#endif
