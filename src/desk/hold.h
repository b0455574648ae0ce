#ifndef DESK_HOLD_H
#define DESK_HOLD_H

#include "desk/desk.h"
#include "ident/ident.h"

struct record;

/*
 * Law-enforcement holds (Civ. Code 1798.145(a)): on direction of an agency with
 * an active case number nothing of a person is deleted for 90 days, renewable by
 * 90, and nothing is used.  What was approved waits; what is asked for new can't
 * be approved; `toyon check` says that the data is not usable.  The person, the
 * companies and their pages hear nothing of it.
 *
 * A hold stands with one request, or alone on the identifiers that the direction
 * names, and holds for every request of the same person, known by the identifiers
 * they gave and those that a search found of them, and for what the State's lists
 * ask (desk/held.h).  Who shares one, a telephone number of a family, is held with
 * them: what was deleted by mistake can't be brought back.
 */
struct hold {
	bool is_held; /* by this or by another request of the same person */
	bool is_here; /* by this one: then the rest is filled in */
	int64_t id;
	struct date placed_on;
	struct date until; /* the last day */
	int renewals;
	str order; /* agency and case number; empty for who may not see it */
};
int hold_look(struct desk *d, const struct record *r, struct hold *out,
	struct err *e);
/* 1, 0 or -1. */
int hold_is_on(struct desk *d, int64_t request_id, struct err *e);

struct hold_page {
	str reference;
	struct hold x;
	bool can_place;
	struct date place_until; /* a hold placed today ends on */
	struct date renew_until; /* this one, renewed, ends on */
};
/* 1, or 0 when there is no such request. */
int case_hold(
	struct desk *d, str reference, struct hold_page *out, struct err *e);

/* PERM_HOLD.  order: agency and case number, as in the direction. */
int case_hold_place(struct desk *d, str reference, str order,
	struct problems *ps, struct err *e);
int case_hold_renew(struct desk *d, str reference, str order,
	struct problems *ps, struct err *e);
int case_hold_lift(struct desk *d, str reference, struct err *e);

/* --- without a case --- */

/* One that is on, with its case or alone. */
struct hold_line {
	int64_t id;
	str reference; /* of the case; empty: it stands alone */
	struct date placed_on;
	struct date until; /* the last day */
	struct date renew_until;
	int renewals;
	personal
		who; /* "email sam@example.com, phone 5105550118"; of a case: none */
	str order; /* of one that stands alone */
};
struct holds {
	struct hold_line *at;
	size_t n;
};
/* PERM_HOLD.  The newest LIMIT_HOLDS_SHOWN. */
int holds_on(struct desk *d, struct holds *out, struct err *e);

/* One that stands alone, without its person; with, and an entry each time.  PERM_HOLD;
 * ERR_NOT_FOUND when none such is on. */
int hold_line_of(
	struct desk *d, int64_t id, struct hold_line *out, struct err *e);
int hold_reveal(
	struct desk *d, int64_t id, struct hold_line *out, struct err *e);
/* The last day of a hold that is placed today. */
struct date hold_until(struct desk *d);
/* Can a person be held by such an identifier? */
bool hold_takes(enum ident_kind kind);

/* All of it can be read, or nothing is held: problems carry the kind's name, and
 * "order". */
struct hold_wish {
	const struct hold_identifier {
		enum ident_kind kind;
		personal value;
	} * at;
	size_t n;  /* 1 to LIMIT_HOLD_IDENTIFIERS */
	str order; /* agency and case number */
};
int hold_place(struct desk *d, const struct hold_wish *w, int64_t *id,
	struct problems *ps, struct err *e);
/* Of one that stands alone; ERR_NOT_FOUND when none such is on. */
int hold_renew(struct desk *d, int64_t id, str order, struct problems *ps,
	struct err *e);
int hold_lift(struct desk *d, int64_t id, struct err *e);

/* --- by itself --- */

/* Forgets whom holds knew that stood alone and ended 24 months ago. */
int hold_forget(struct desk *d, int64_t *n, struct err *e);

/* Ends what is due, a few at a time; *n says how many. */
int hold_run(struct desk *d, int64_t *n, struct err *e);

#endif
