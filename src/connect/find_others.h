#ifndef CONNECT_FIND_OTHERS_H
#define CONNECT_FIND_OTHERS_H

#include "connect/find.h"
#include "connect/map.h"

/*
 * Rows that keys of another system led to, and that are somebody else's too without their
 * own system saying so:
 * - a row that belongs by another link to who stands in another system, and is not known
 *   there as the person;
 * - a row with an identifier that is not one of the person's: it says itself whose it is.
 * They are marked is_shared, and so is what belongs to them.  In doubt a row is somebody
 * else's: one is that belongs to what a person has to look up.  A question that fails is no
 * answer.
 */
struct find_others {
	const struct map *map;
	struct arena *arena;
	const struct ident *ids; /* the person's */
	size_t ids_n;
	/* Did this key of the other system lead here as the person's? */
	bool (*is_own)(void *ctx, const struct map_table *t,
		const struct map_cross *c, str value);
	/* A connection to the system; it is the callee's. */
	int (*open)(void *ctx, const struct map_system *s, struct conn **out,
		struct err *e);
	void *ctx;
};
int find_mark_others(
	const struct find_others *x, struct finding *f, struct err *e);

/* The second sign alone, in rows that nothing but a link led to and that are not marked:
 * is_strange, too, since it may be an identifier of the person's that no row of theirs has.
 * Whose key they tell is not known either. */
void find_mark_strange(
	struct finding *f, const struct ident *ids, size_t ids_n);

/* Takes rows out that another finding of the system has: found again, by a key that they
 * told. */
void find_leave_out(struct finding *f, const struct finding *other);

/* What belongs to marked rows. */
void find_mark_down(struct arena *a, struct finding *f);

/* The identifiers in the rows by which somebody was known, and in those they belong to. */
struct ident *find_own_idents(
	struct arena *a, const struct finding *f, size_t *n);

#endif
