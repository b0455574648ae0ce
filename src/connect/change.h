#ifndef CONNECT_CHANGE_H
#define CONNECT_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/connector.h"
#include "connect/find.h"

/*
 * Correcting what was found, and the proof: cells of rows get other values, in
 * one transaction, and each is read again.  Run again after any interruption it
 * writes the same values and says the same.
 *
 * A cell is corrected when it reads as it was written, or when the system wrote
 * it in a form of its own ("2026-01-02" for "1/2/2026"): then it differs from
 * what was there before.  A row of a file without a key has another digest
 * afterwards, and whatever else changes it gives it one too, so it is looked for
 * by what it holds: it is corrected when a row holds what this one is to hold, and
 * none holds any more what this one held.
 */
struct change {
	const struct map_table *table;
	const struct map_column *column;
	struct cell key;
	struct cell was;
	struct cell value;
	/* How the system writes the value, where that was seen and is another form; NULL
	 * else.  Nothing to change_run(). */
	struct cell own_form;
};

/* Changes of one system; those of a row stand together. */
struct change_request {
	const struct map_system *system;
	const struct change *at;
	size_t n;
	int64_t at_ms;               /* for the evidence */
	const struct finding *found; /* that the changes are of; may be NULL
				      * where all rows have a key */
};

struct change_result {
	int64_t cells;    /* that read as they were written */
	int64_t own_form; /* that read as the system writes them */
	struct cell *
		now; /* of each change that is one of these: what it reads; else
			   * NULL */
	int64_t rows;   /* in which something was changed */
	int64_t left;   /* cells as they were, or whose row is not there */
	bool is_proven; /* nothing left */
	str evidence;   /* JSON, without personal data */
};

/*
 * A key is nobody's to change, nor is a link, a row that is about someone else as well,
 * a value that was cut, bytes.
 */
bool change_may(
	const struct map_table *t, size_t column, const struct found_row *r);

/* Needs a connection opened with CONN_WRITE.  -1: it is open what the transaction
 * did; run again. */
int change_run(struct conn *c, struct arena *a, const struct change_request *q,
	struct change_result *out, struct err *e);

#endif
