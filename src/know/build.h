#ifndef KNOW_BUILD_H
#define KNOW_BUILD_H

#include "know/know.h"

/* What the files of a package's making share.  Inside of know/ only. */

/* Did the person get into a list that this vendor got? */
bool know_was_given(const struct know_in *in, const struct map_vendor *v);

/* "Email, phone": adds what is not there yet, with `between`. */
void know_add(struct arena *a, str *list, str item, const char *between);

/* Leaves k->in without what was collected on days that were not asked for; before
 * anything else looks at it. */
void know_range_take(struct know *k);
/* Was the row collected on a day that was asked for?  Of a table that is read row by
 * row; `r` counts what is not, and what does not say. */
bool know_range_has(const struct know *k, const struct map_table *t,
	const struct cell *cells, struct know_ranged *r);
struct know_ranged *know_ranged_of(struct know *k, const struct know_table *t);

/* A row as the person gets it, in k's arena; false: it stays out, and t counts why. */
bool know_row_take(struct know *k, struct know_table *t,
	const struct found_row *r, struct know_row *out);

/* The category lists (report.c); after the tables, whose columns it asks. */
void know_report(struct know *k, unsigned held_categories);

/* A file's name for a table, that no other one has. */
str know_file_name(const struct know *k, const struct map_system *s, str table);

/* What the business wrote in its data map, in the language of the answer. */
str know_own(const struct know *k, str text);
struct map_about know_about(const struct know *k, const struct map_system *s,
	const struct map_table *t, const struct map_column *c);

/* As the data map calls it in the language, else from its name: "birth_date" is "Birth
 * date". */
str know_label(const struct know *k, const struct map_system *s,
	const struct map_column *c);

#endif
