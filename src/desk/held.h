#ifndef DESK_HELD_H
#define DESK_HELD_H

#include "connect/find.h"
#include "desk/held_led.h"
#include "desk/hold_row.h"
#include "desk/row_name.h"

/*
 * In which rows of a system the data of people stands that is held for law
 * enforcement (desk/hold.h).  Who is asked for is known by a row: the State's
 * lists name nobody.
 *
 * The rows are searched for by the identifiers of the holds, in any row that a
 * search for the person leads to, with `led` also by the keys of other
 * systems.  In doubt, a row of several people counts as held.
 */
struct held {
	struct held_person {
		struct hold_ref hold;
		struct hold_idents ids;
	} * at;
	size_t n;
	int64_t placed; /* how many holds ever were */
};
/* All that are on, in the desk's arena. */
int held_load(struct desk *d, struct held *out, struct err *e);

/* conn: open for reading.  fn is told of each row once for each hold; key is
 * row_name_key(), and lives in `page`, which is cleared between two holds. */
struct held_search {
	const struct held *held;
	const struct row_names *names;
	struct arena *page;
	const struct map *map; /* that has the system; NULL: a person with very
				* many rows is ERR_LIMIT */
	struct held_led *led;  /* of that system; NULL: by identifiers only */
	int (*fn)(void *ctx, int64_t hold_id, str key, struct err *e);
	void *ctx;
};
int held_rows(const struct held_search *s, struct conn *conn,
	const struct map_system *system, struct err *e);

/* The same of one table of a finding: also of the rows that it counts and does not keep,
 * as the system has them now. */
int held_table(const struct held_search *s, struct conn *conn, int64_t hold_id,
	const struct found_table *t, struct err *e);

#endif
