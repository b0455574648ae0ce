#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "base/err.h"
#include "http/response.h"

/*
 * Errors for programs, as RFC 9457 has them: application/problem+json with
 * type, title, status, detail, instance (the request's id), and our `code`;
 * for bad input `errors`, a list of {pointer, code, detail}.
 *
 * type is a name, "urn:toyon:error:not-found", not an address: a page of help
 * behind it would be linked as such.
 */
void http_problem(const struct http_request *q, struct http_response *r,
	const struct err *e);
/* 422 with one entry for each problem. */
void http_problem_input(const struct http_request *q, struct http_response *r,
	const struct problems *ps);

#endif
