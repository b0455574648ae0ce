#ifndef LAW_PRINT_H
#define LAW_PRINT_H

#include <stddef.h>

#include "base/arena.h"
#include "law/deadline.h"

struct err;

/*
 * The law as lines: what `toyon law` prints.  The command only writes them out.
 */
struct due_line {
	const char *name; /* "confirm", "act", "respond", "outer", ... */
	struct date on;
	const char *citation;
	const char *rule_id;
};

enum { DUE_LINES_MAX = 8 };

struct due_lines {
	struct due_line at[DUE_LINES_MAX];
	size_t n;
	enum kind kind;
	struct date received_on;
};

/*
 * `toyon law due KIND WHEN`.  WHEN is a day in California, or an instant with
 * its offset, which is turned into that day.  -1: ERR_USAGE for a kind or a
 * date that cannot be read, else as deadlines_of().
 */
int law_due(str kind, str when, struct due_lines *out, struct err *e);

/* Any row of any table of the law. */
struct law_row {
	const char *id;
	const char *table; /* "kinds", "clocks", ... */
	const char *title;
	const char *text; /* "" when the title says it all */
	const char *citation;
	struct valid valid;
};

size_t law_row_count(void);
const struct law_row *law_row_at(size_t i);
const struct law_row *law_row_of(str id); /* NULL: unknown */

#endif
