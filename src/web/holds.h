#ifndef WEB_HOLDS_H
#define WEB_HOLDS_H

#include "web/desk_page.h"

#include "desk/hold.h"
#include "desk/resume.h"

/*
 * "/desk/holds": the law-enforcement holds that are on, and a form for a person who has no
 * case.  Fields: one of each kind of identifier, with a line each for several; order.
 * "/desk/holds/{id}": one that stands alone.  Fields: act (renew, lift, show), order.
 *
 * Whom a hold is about is the answer to a POST, and has its entry each time.
 */
struct holds_line {
	str href; /* of the case's hold, or the one that stands alone */
	str name; /* "K7QF-2M9X", or "No case" */
	int64_t id;
	str placed;
	str until;
	int renewals;
};

struct holds_kind {
	const char *name; /* of the field, and of the kind */
	str title;        /* "Email address" */
	bool is_rare;     /* folded away */
	str typed;
	const char *problem; /* NULL: none */
};

struct holds_view {
	struct desk_page page;
	struct {
		struct holds_line *at;
		size_t n;
	} lines;
	struct {
		struct holds_kind *at;
		size_t n;
	} kinds;
	/* Deletions that were denied for a hold which has ended. */
	struct {
		struct holds_again {
			str href;
			str reference;
			str received;
			str denied;
			bool is_anew; /* to be entered */
		} * at;
		size_t n;
	} again;
	bool has_rare; /* something was typed there */
	str place_until;
	int order_max;
	struct problems problems;
	str order; /* as typed */
};

struct hold_alone_view {
	struct desk_page page;
	const struct hold_line *x;
	bool is_shown; /* x->who is filled in */
	str placed;
	str until;
	str renew_until;
	int order_max;
	struct problems problems;
	str order; /* as typed */
};

#endif
