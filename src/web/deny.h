#ifndef WEB_DENY_H
#define WEB_DENY_H

#include "web/desk_page.h"
#include "web/second.h"

#include "desk/deny.h"
#include "web/statement.h"
#include "web/weighed.h"

/*
 * "/desk/r/{ref}/deny": the grounds that the law has for this request, with what
 * each still asks for.  Fields: ground, why, purpose, all, untold, evidence, those of
 * web/statement.h and of web/weighed.h.
 */
struct deny_ground {
	const struct ground *ground;
	bool is_chosen;
};

/* Grounds of one bucket of 11 CCR 7102(a)(2). */
struct deny_group {
	const char *title;
	struct {
		struct deny_ground *at;
		size_t n;
	} grounds;
};

/* The same person asked the same before, and it was refused (11 CCR 7023(g)). */
struct before_line {
	str reference;
	str path;
	str day;
	str until;
	const char *ground;
	bool is_same; /* in the same words */
};
struct before_lines {
	struct before_line *at;
	size_t n;
	bool is_new; /* documents came with this one */
};
/* Of the case of the page. */
int before_card_fill(
	struct http_request *q, struct before_lines *out, struct err *e);

struct deny_view {
	struct desk_page page;
	const struct denial_page *x;
	str path; /* of the case */
	struct {
		struct deny_group *at;
		size_t n;
	} groups;
	bool has_exceptions; /* grounds on which something is kept */
	bool has_silent;     /* grounds that a law may forbid to tell */
	bool is_correction;
	struct before_lines before;
	struct weighed_form weighed; /* of a correction */
	int why_max;
	int purpose_max;
	struct problems problems;
	struct denial typed;
};

#endif
