#ifndef KNOW_PACKAGE_H
#define KNOW_PACKAGE_H

#include "connect/find_rest.h"
#include "know/know.h"
#include "know/zip.h"

/*
 * The finished package, and the second check of it: the ZIP is read back, and every
 * value in it looked at again (connect/lookalike.h), whatever the map says about its
 * column.  A hit stops the package (11 CCR 7024(d)); it names the column, never the
 * value.
 *
 * What is held in memory is the letter, and what data.json holds besides the tables
 * that are set apart; of those it is a row at a time, however many there are.
 */
struct know_hit {
	str of;   /* "leads.person.note"; "letter" for what is no value */
	str file; /* where it was seen: "data.json" */
	enum lookalike what;
};

struct know_hits {
	struct know_hit at[KNOW_HITS_MAX];
	size_t n;
};

/* Reads a table that is set apart: find_rest_each() on its system. */
struct know_source {
	int (*each)(void *ctx, const struct know_table *t, find_rest_fn *fn,
		void *fn_ctx, struct err *e);
	void *ctx;
};

/* Where the bytes go, and from where they come back as they went. */
struct know_store {
	struct zip_sink in;
	int (*back)(void *ctx, const struct zip_sink *to, struct err *e);
	void *ctx;
};

/*
 * With hits, or -1, what is in the store must go.  Values that are cut are
 * ERR_INVALID: only a whole package is made.  k learns how many rows of the tables set
 * apart were given, and what of them was not.  source may be NULL when there are none.
 */
int know_package(struct arena *a, struct know *k,
	const struct know_source *source, const struct know_store *store,
	struct know_hits *hits, struct err *e);

/* The values alone, before anything is made of them: for who looks through them. */
void know_look(const struct know *k, struct know_hits *hits);

/* The second check alone, of a ZIP that was made from k. */
int know_scan(struct arena *a, const struct know *k,
	const struct know_store *store, struct know_hits *hits, struct err *e);

#endif
