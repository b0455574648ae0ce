#ifndef KNOW_PACKAGE_H
#define KNOW_PACKAGE_H

#include "know/know.h"

/*
 * The finished package, and the second check of it: every file is read back from
 * the ZIP, and every value in it looked at again (connect/lookalike.h), whatever
 * the map says about its column.  A hit stops the package (11 CCR 7024(d)); it
 * names the column, never the value.
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

/*
 * zip is empty when there are hits.  Values that are cut are ERR_INVALID: only a
 * whole package is made.
 */
int know_package(struct arena *a, const struct know *k, str *zip,
	struct know_hits *hits, struct err *e);

/* The values alone, before anything is made of them: for who looks through them. */
void know_look(const struct know *k, struct know_hits *hits);

/* The second check alone, of a ZIP that was made from k. */
int know_scan(struct arena *a, const struct know *k, str zip,
	struct know_hits *hits, struct err *e);

#endif
