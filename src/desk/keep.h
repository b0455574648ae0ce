#ifndef DESK_KEEP_H
#define DESK_KEEP_H

#include "connect/find.h"
#include "desk/desk.h"
#include "desk/row_name.h"
#include "law/deny.h"
#include "store/sql.h"

/*
 * Rows that the business keeps of somebody whose information is deleted: staff choose
 * them among what was found, each time on one exception of the law and for one purpose
 * (Civ. Code 1798.105(d); 11 CCR 7022(f)).
 *
 * What must stay true:
 * - Approving takes exactly what was shown: each decision changes record_seen().
 * - What is kept is kept from everybody who erases: this case, screening, a replay, the
 *   State's lists.  It points to nothing that was erased, and its purpose is locked.
 * - It ends on its day, or when staff say so; the next look at the system finds the
 *   rows then, though nothing in them leads to the person any more
 *   (returned_over.h); but not while the person is held for law enforcement.
 */
struct keep_choice {
	str seen; /* case_view.seen of the page that it was chosen on */
	str system;
	str table;
	bool is_all; /* every row of the table, else: */
	struct {
		const size_t *at; /* their places in the preview's table */
		size_t n;
	} rows;
	str ground;  /* id of a ground that ground_locks() */
	str why;     /* the facts, for the consumer; 11 CCR 7022(f)(1) */
	str purpose; /* the one that they serve */
	str until;   /* ISO date, the last day; empty: with no end */
};

/* In a case that waits for approval.  Problems: rows, ground, why, purpose, until.
 * PERM_DECIDE. */
int case_keep(struct desk *d, str reference, const struct keep_choice *choice,
	struct problems *ps, struct err *e);

/* Not kept any longer: before the approval they are deleted with the rest, after it
 * they come up in the next look at the system.  PERM_DECIDE. */
int case_keep_end(
	struct desk *d, str reference, int64_t keep_id, struct err *e);

struct keep {
	int64_t id;
	str title;                   /* "Purchases in Shop" */
	const struct ground *ground; /* NULL: of a newer program */
	str purpose;
	personal why; /* empty when the record is gone */
	str until;
	int64_t kept_at;
	str kept_by; /* "Jo Lindqvist" */
	int64_t rows;
	int64_t gone;    /* erased after their time */
	int64_t changed; /* not erased by themselves: another person's by now */
	bool is_approved;
	bool is_over;
};
struct keeps {
	struct keep *at;
	size_t n;
};
struct record;
/* All decisions of a request, in their order; ended ones among them when they had been
 * approved. */
int keep_list(struct desk *d, const struct record *r, struct keeps *out,
	struct err *e);

/* May rows of such a request be kept on it? */
bool keep_may_be_on(
	const struct ground *g, enum kind kind, struct date decided_on);

/*
 * Those in force in one system, to be asked for each row; chosen in a case that is not
 * approved yet as well.  Lives in the desk's arena, and `exceptions` points into it.
 */
struct keep_rows {
	struct desk *desk;
	str system;
	struct row_names names;
	struct sql_keep_in_force_rows keeps;
	struct keep_row {
		str key;     /* keyed */
		size_t keep; /* of `keeps` */
	} * at;              /* by key */
	size_t n;
	struct row_exceptions exceptions;
};
int keep_load(
	struct desk *d, str system, struct keep_rows **out, struct err *e);

bool keep_has(const struct keep_rows *k, const struct map_table *t,
	const struct cell *key);

/* Adds what a finding has of them to what a report says is kept. */
struct erased;
void keep_report(
	const struct keep_rows *k, const struct finding *f, struct erased *out);

/* In the transaction of the approval; and of whatever makes more of the person known:
 * whose the rows are. */
int keep_approved(struct desk *d, const struct record *r, struct err *e);
int keep_learn(struct desk *d, const struct record *r, struct err *e);

/* A case that ends without an approval has kept nothing; of one that is forgotten only
 * that stays which is kept still. */
enum keep_end { KEEP_CASE_CLOSED, KEEP_CASE_FORGOTTEN };
int keep_forget(
	struct desk *d, int64_t request_id, enum keep_end end, struct err *e);

/* The row is gone: whoever kept it, keeps it no more.  With the last one of a decision
 * the lock of its purpose goes, too. */
int keep_row_gone(struct desk *d, str row_key, struct err *e);
/* It is no more what was kept: left to staff, and the lock stays. */
int keep_row_changed(
	struct desk *d, int64_t keep_id, str row_key, struct err *e);

#endif
