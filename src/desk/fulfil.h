#ifndef DESK_FULFIL_H
#define DESK_FULFIL_H

#include "connect/point.h"
#include "desk/desk.h"
#include "law/kind.h"
#include "vendor/vendor.h"

/*
 * What the worker does for a request, as the record sees it: plan, search, erase, tell.
 * The worker may be killed between doing a thing and reporting it; so each report is one
 * transaction that says what is, not what changed, and the second report of the same
 * thing changes nothing.
 *
 * What must stay true: a task is done only with evidence that its system or vendor gave.
 * Whatever could not be reached stays open and is tried again.
 */

/* What a task is about; the secrets of systems are the worker's own. */
struct work {
	enum vendor_act act; /* what a vendor is told to do */
	int64_t task_id;
	int64_t request_id;
	str reference;
	str name; /* of the system or vendor */
	str title;
	str state;
	int attempts;
	bool is_done;
	bool is_held; /* by law enforcement: nothing is changed, nobody told to */
	struct {
		str *at; /* email addresses to enter by, standardized */
		size_t n;
	} emails;
	struct {
		str *at; /* lines of connect/find_cross.h for this system */
		size_t n;
	} keys;
	unsigned parts; /* desk/parts.h: what to delete; 0: everything */
	/* A number that a code came back from, to enter by; else empty. */
	str phone;
	bool is_by_points; /* neither: what is typed leads, or nothing does */
	/* To compare with what is found. */
	struct points_typed typed;
	str finding; /* what an earlier search found: JSON, empty if none */
	bool is_reminder; /* a vendor that was told before */
	bool is_to_know; /* what is found is given to the person, not changed */
};

/* What a vendor is told to do about a request. */
struct record;
enum vendor_act fulfil_act_of(const struct record *r);

/* One system or vendor of the data map, as a task for a request. */
struct plan_row {
	bool is_system;
	str name;
	str title;
};

int fulfil_plan(struct desk *d, int64_t request_id, const struct plan_row *rows,
	size_t n, struct err *e);

/* What a request is about, desk/parts.h. */
int fulfil_parts(
	struct desk *d, int64_t request_id, unsigned *parts, struct err *e);

/* A request to know: what the data map calls search_exempt is left out of its plan
 * (11 CCR 7024(c)).  fulfil_skipped(): nothing else was there to be searched. */
int fulfil_may_skip(
	struct desk *d, int64_t request_id, bool *out, struct err *e);
int fulfil_skipped(struct desk *d, int64_t request_id, struct err *e);

/* 1, or 0 when the task is gone. */
int fulfil_work(
	struct desk *d, int64_t task_id, struct work *out, struct err *e);

/* A search ended: everything it saw, sealed with the case. */
struct found {
	str finding; /* JSON of connect/find.h */
	int64_t rows;
	struct points_seen points;
	unsigned searched_by; /* bits of connect/find_point.h */
	bool is_marked;       /* the data map calls columns reliable */
	bool is_sensitive;    /* finding_is_sensitive() */
	struct date born_on;  /* finding_born() */
	struct {
		str *at; /* further addresses of the same person */
		size_t n;
	} emails;
	struct {
		str *at; /* addresses that may be somebody else's (desk/doubt.h) */
		size_t n;
	} doubts;
	struct {
		str *at; /* phone numbers of the same person */
		size_t n;
	} phones;
	struct {
		str *at; /* keys of the person's rows in other systems */
		size_t n;
	} keys;
};
int fulfil_found(struct desk *d, const struct work *w, const struct found *f,
	struct err *e);

/* Rows that stay, by the word of the data map (11 CCR 7022(f)), or because they
 * are about someone else as well. */
struct kept {
	str what;     /* "Purchases (Shop)" */
	str ground;   /* id of law/deny.h: "DX8" */
	str purpose;  /* the only thing they may be used for; empty: they are
		       * someone else's too */
	int64_t rows; /* of these */
	int64_t keep; /* staff's decision, desk/keep.h; 0: the data map's */
	str ways;     /* what is erased in them: "email null;name mask" */
};

/* As a case remembers it, a line each: all of it but the number of rows, which comes
 * last; and back, false at the end. */
str kept_line(struct arena *a, const struct kept *k);
bool kept_next(str *lines, struct kept *out);
/* "3 records: Purchases (Shop)", "Invoices (CRM): name masked", for who reads it: by what
 * the data map says today, in its words of the language; of map_told(). */
str kept_words(struct arena *a, const struct map *m, enum lang l,
	const struct kept *k);

enum { ROWS_UNKNOWN = -1 };

/* Erased and read again: evidence is JSON without personal data. */
struct erased {
	int64_t rows;              /* that are gone, or nobody's any more */
	int64_t rows_deidentified; /* of these, nobody's */
	int64_t rows_aggregated; /* of these, in totals now; or ROWS_UNKNOWN */
	int64_t rows_emptied;    /* stay, without the parts asked for */
	str evidence;
	personal said; /* by a person who did it, sealed; else empty */
	struct {
		struct kept *at;
		size_t n;
	} kept;
};
/* What the plan leaves standing: a table that the map keeps, with its exception and
 * purpose; rows that are about someone else as well. */
struct erase_plan;
void fulfil_kept(
	struct arena *a, const struct erase_plan *plan, struct erased *out);
int fulfil_erased(struct desk *d, const struct work *w, const struct erased *r,
	struct err *e);

/* The system holds other rows than were approved: nothing is called done, it is
 * searched again; what was to be corrected there is decided anew.  r: what is gone of
 * the approved ones all the same, of which the letter tells with the rest; NULL:
 * nothing was erased. */
int fulfil_changed(struct desk *d, const struct work *w, const struct erased *r,
	struct err *e);

/* It could not be done now: counted, shown, tried again. */
int fulfil_failed(struct desk *d, const struct work *w, const struct err *why,
	struct err *e);

/*
 * A vendor's notice: makes the link's secret and the letter, and marks the
 * vendor as asked, in one transaction.
 */
int fulfil_tell(struct desk *d, const struct work *w,
	const struct vendor_notice *n, struct err *e);

/* A company that is not to be told after all: a third party, of what stays with a
 * denial (desk/deny_tell.h). */
int fulfil_spare(struct desk *d, const struct work *w, struct err *e);

/*
 * For other use cases, in their transaction: when every task of a case that is
 * being carried out is done, its answer is due.
 */
struct record;
int fulfil_settle(struct desk *d, struct record *r, struct err *e);
/* The same for a case that is being searched: when all systems have answered, or
 * were dropped. */
int fulfil_end_search(struct desk *d, struct record *r, struct err *e);

#endif
