#ifndef DESK_PARTS_H
#define DESK_PARTS_H

#include "connect/find.h"
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
 *
 * A column that the database lets nobody empty (connect/never_empty.h) takes a decision of
 * staff before the deletion is approved: something in its place that says nothing of the
 * person, which is to deidentify it (7022(b)(1)), or the whole row, when the person agreed
 * to lose the rest of it.  Where the map has a way of its own for the column, that is taken;
 * what identifies somebody becomes a code, which no other holds.
 */
enum {
	PARTS_MASK = 1 << 16,
	PARTS_ROW = 1 << 17,
};

/* MAP_CATEGORY_BIT()s of a stored request, and what was decided of such columns; 0:
 * everything. */
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

/* The same with what was found: columns of it that can't be emptied are erased as was
 * decided, or stay as parts_system() has them.  s: of parts_system(). */
const struct map_system *parts_settled(struct arena *a,
	const struct map_system *own, const struct map_system *s,
	unsigned parts, const struct finding *f);

/* Is there a column that can't be emptied and takes a decision?  s, f: as settled. */
bool parts_is_stuck(const struct map_system *s, const struct finding *f,
	size_t table, size_t column);

/* "mask" or "row"; 0: neither. */
unsigned parts_instead(str word);

/* Is the table left as it is, because nobody asked for what it holds? */
bool parts_leave(const struct map_table *t);

/* Does this company get any of it?  One whose kinds the map does not say may. */
bool parts_reach(unsigned parts, const struct map_vendor *v);

#endif
