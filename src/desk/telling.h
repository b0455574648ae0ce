#ifndef DESK_TELLING_H
#define DESK_TELLING_H

#include "desk/record.h"
#include "law/duty.h"

/*
 * Whom a stop reaches (11 CCR 7026(f), 7027(g), 7221(n); law/tbl/duties.h): it is in
 * force since it was recorded, and each company that the law names is told.  The case
 * closes when they have answered, or when staff write why they don't wait.
 *
 * Companies are told of a limit when they use sensitive information for more than what
 * is permitted; of an opt-out of ADMT when they process with it what an opt-out stops,
 * all of them where the data map names no use of it.  Third parties are told when they got the information between the
 * request and the moment it was in force: there is such a time only for what staff
 * entered days after it came.
 */

/* 1 when the request stops something, so that telling_plan() plans it; 0, -1. */
int telling_is_for(struct desk *d, int64_t request_id, struct err *e);

/* A vendor of the data map. */
struct telling_row {
	str name;
	str title;
	enum recipient recipient;
	/* Called a service provider or contractor, and may be none (7051(c)). */
	bool is_in_doubt;
	bool has_no_sensitive; /* gets no sensitive information */
	bool is_permitted_use; /* uses it for what 11 CCR 7027(m) permits */
	bool is_without_admt;  /* the data map names who processes with it */
	bool is_by_list;       /* gets data in lists of the ledger only */
};

struct telling_in {
	int64_t request_id;
	const char *folder; /* of the disclosure ledger's members */
	const struct telling_row *rows;
	size_t n;
};
/* A task for each company that has to be told; the case closes when there is none.
 * A second time it changes nothing. */
int telling_plan(struct desk *d, const struct telling_in *in, struct err *e);

/* Is there one to tell at all?  In the caller's transaction: for who records the
 * stop, and may close it at once. */
bool telling_is_owed(const struct record *r, struct date entered_on);

/* When it was recorded, and so in force. */
int telling_in_force_at(
	struct desk *d, const struct record *r, int64_t *at, struct err *e);

/* The last company has answered: the case closes, unless one of them is not what the
 * data map calls it (contracts.h): then it waits for telling_run() or for staff.  In the
 * caller's transaction. */
int telling_settle(
	struct desk *d, struct record *r, const struct tally *t, struct err *e);

/* Closes those of which every company has answered and none is in doubt any more, since
 * the data map says so now.  One that can't be closed is left out, and said when all were
 * tried.  By the worker's hourly tidying. */
int telling_run(struct desk *d, struct err *e);

/* For the case's page. */
bool telling_can_end(const struct record *r, const struct tally *t);

/* Staff close it though a company that was told has not answered, or has no contract,
 * and write why: the duty is to tell it.  PERM_DECIDE. */
int telling_end(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e);

#endif
