#ifndef CONNECT_SUMMARY_H
#define CONNECT_SUMMARY_H

#include "connect/connector.h"

/*
 * Rows into totals, and the totals proven, inside the transaction that deletes them
 * (11 CCR 7022(b)(1)).  Run again after any interruption nothing is counted twice:
 * rows that went are not there to be counted.  Internal to the connectors of SQL
 * databases.
 */
enum summary_dialect { SUMMARY_SQLITE, SUMMARY_POSTGRES, SUMMARY_MARIADB };

struct summary_way {
	enum summary_dialect dialect;
	str key_same; /* which rows: a condition on the table's key */
	str table;    /* as a statement names it, and the summary; empty: its */
	str summary;  /* name in quotes */
	/* Says a statement; with has_keys, the condition's parameters stand in
	 * it once.  *number: what its only row holds; NULL: it has none. */
	int (*say)(void *ctx, const char *sql, bool has_keys, int64_t *number,
		struct err *e);
	void *ctx;
};

struct summary_before {
	int64_t total; /* what the summary counted */
	int64_t rows;  /* of the step that are there */
	int64_t ready; /* of these, whose group counts enough to add them */
};

/* Before the step's rows are deleted. */
int summary_add(struct arena *a, const struct summary_way *w,
	const struct erase_step *s, struct summary_before *before,
	struct err *e);

/* After it: ERR_CONFLICT when other rows went than were there, or the summary did not
 * grow by those that were ready. */
int summary_prove(struct arena *a, const struct summary_way *w,
	const struct erase_step *s, const struct summary_before *before,
	int64_t erased, struct err *e);

#endif
