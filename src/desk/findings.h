#ifndef DESK_FINDINGS_H
#define DESK_FINDINGS_H

#include "connect/find.h"
#include "connect/map.h"
#include "desk/record.h"

/*
 * What the search found in the systems of a case that are not done, in the order
 * of its tasks: always the same while record_seen() is the same.
 */
struct findings {
	const struct map *map;
	const struct record *record;
	const struct tally *tally;
};

typedef int finding_fn(struct desk *d, void *ctx,
	const struct sql_task_list_row *task, const struct finding *f,
	struct err *e);

/* A system that the data map has no more is ERR_CONFLICT. */
int findings_each(struct desk *d, const struct findings *f, finding_fn *fn,
	void *ctx, struct err *e);

/* Without the systems that the data map has no more: the case says what to do with them. */
struct tally findings_mapped(
	struct desk *d, const struct map *m, const struct tally *t);

/* A cell to read: cut when it is long.  A class that no answer may disclose (11 CCR
 * 7024(d)) is not shown to staff either: nothing they decide here needs it. */
str findings_words(
	struct arena *a, const struct map_column *column, const struct cell *c);

#endif
