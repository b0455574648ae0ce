#ifndef DESK_CORRECTIONS_H
#define DESK_CORRECTIONS_H

#include "connect/map.h"
#include "desk/desk.h"

struct record;
struct suppress_query;

/*
 * What stays corrected (11 CCR 7023(c)): what a system was corrected to hold, for
 * whoever puts rows in.  The value is another one only when the row has the old
 * one: what changed since is news.
 */
struct corrections;
int corrections_load(struct desk *d, const struct map_system *s,
	struct corrections **out, struct err *e);
size_t corrections_count(const struct corrections *c);

struct corrected_place {
	str table;
	str column;
	str value;
};
/* "table.column", as the data map calls them; the value is left as it is. */
bool corrected_place_of(
	const struct map_system *s, str name, struct corrected_place *out);
/* key: of one of the row's identifiers.  True and *value when the cell must hold
 * another value than it is about to. */
bool corrections_find(const struct corrections *c, const uint8_t *key,
	const struct corrected_place *p, str *value);

/* A record that a program is about to store in a system; one with no system is left
 * as it is. */
struct new_record {
	str system;
	const struct suppress_query *ids;
	size_t ids_n;
	struct new_cell {
		struct corrected_place at; /* value: what it is about to hold */
		bool is_corrected;         /* then value is the right one */
	} * cells;
	size_t cells_n;
};
int corrections_apply(struct desk *d, struct new_record *r, struct err *e);

/* In the caller's transaction: the person's corrections are forgotten, with what
 * else is deleted about them; those of a case that is open, when it closes. */
int corrections_forget(struct desk *d, const struct record *r, struct err *e);

/* What was approved and not carried out will not be. */
int corrections_drop(struct desk *d, int64_t request_id, struct err *e);

/* The same when a case ends: what was approved and not carried out is forgotten, and
 * what nobody can be known by any more. */
int corrections_end(struct desk *d, int64_t request_id, struct err *e);

#endif
