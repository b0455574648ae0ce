#ifndef CONNECT_POINT_H
#define CONNECT_POINT_H

#include "connect/find.h"

/*
 * Data points: what somebody typed about themselves, held against the rows that
 * were found for them.  Both sides are standardized by ident/, so that another
 * spelling is no mismatch.  Only columns count that the map calls reliable; a
 * map that calls none so has its email, phone and ZIP columns compared, and
 * nobody is told that they may be relied on.
 *
 * What goes out is which kinds matched and which did not, never a value.
 */
enum point {
#define POINT(NAME, code, title) POINT_##NAME,
#include "connect/tbl/points.h"
	POINTS,
};

#define POINT_BIT(name) (1u << POINT_##name)

const char *point_code(enum point p);  /* "zip" */
const char *point_title(enum point p); /* "ZIP code" */

/* What a column can be compared with; POINTS: nothing that anybody is asked. */
enum point point_of(const struct map_column *c);

/* As typed; an empty one was not given. */
struct points_typed {
	personal at[POINTS];
	/* Bits of what a code proves besides: compared in whatever column. */
	unsigned proven;
};

struct points_seen {
	unsigned matched; /* bits of enum point */
	unsigned missed;  /* compared, and in none of the rows */
};

/*
 * A row that is someone else's too proves nothing and is passed over; so is what
 * can't be standardized on either side.  is_marked: map_points() has any.
 */
void points_compare(const struct finding *f, const struct points_typed *typed,
	bool is_marked, struct points_seen *out);

/* One row, by the columns that the map calls reliable. */
struct point_row {
	unsigned matched;
	unsigned missed;
	bool is_whole_name; /* word by word, and not all of the shorter one only */
};
void points_compare_row(const struct map_table *t, const struct found_row *row,
	const struct points_typed *typed, struct point_row *out);

/* The words of its whole name, by the columns that the map calls reliable, standardized
 * and in one order; empty: none can be read.  Of a person: not for messages. */
str points_name(struct arena *a, const struct map_table *t,
	const struct found_row *row);

/* The latest day of birth in the person's own rows, in a column that verifies it; none
 * where no such day can be read, or it is after `today`. */
struct date finding_born(const struct finding *f, struct date today);

/* Do the rows hold sensitive information (Civ. Code 1798.140(ae)): a value of
 * category L, or of a class that is never disclosed? */
bool finding_is_sensitive(const struct finding *f);

/* Rows are found in it, and nothing that was typed can be held against them: it calls no
 * column reliable (11 CCR 7062). */
bool map_lacks_points(const struct map *m);

/* The points that columns of the map are relied on for, as bits. */
unsigned map_points(const struct map *m);

#endif
