#ifndef DESK_PARTS_H
#define DESK_PARTS_H

#include "connect/map.h"
#include "desk/desk.h"
#include "desk/person.h"
#include "words/lang.h"

/*
 * Deleting parts only, where the consumer chose so beside everything (11 CCR 7022(h)):
 * the kinds of information of Civ. Code 1798.140(v)(1) that the data map knows.
 *
 * A table that holds nothing but chosen kinds is deleted as the map says.  In one that
 * holds others as well the columns of the chosen kinds are emptied and the row stays;
 * one without any is not touched.  What is of no kind goes with its row.
 */

/* MAP_CATEGORY_BIT()s of a stored request; 0: everything. */
unsigned parts_of(const struct person *p);

/* The same of what was typed.  False at a kind that is not one of the law's; *bits has
 * those before it. */
bool parts_bits(str list, unsigned *bits);

/* As the answers of a form keep them, "A,D": tidied, or "" for everything.  False when
 * a kind is not one of the law's. */
bool parts_read(struct arena *a, str typed, str *out);

/* "Identifiers; Commercial information"; empty for everything. */
str parts_words(struct arena *a, enum lang l, unsigned parts);

/* The kinds that the systems of a map hold. */
unsigned parts_known(const struct map *m);

/* The system as it is to be erased for this request: s itself for everything. */
const struct map_system *parts_system(
	struct arena *a, const struct map_system *s, unsigned parts);

/* Is the table left as it is, because nobody asked for what it holds? */
bool parts_leave(const struct map_table *t);

/* Does this company get any of it?  One whose kinds the map does not say may. */
bool parts_reach(unsigned parts, const struct map_vendor *v);

#endif
