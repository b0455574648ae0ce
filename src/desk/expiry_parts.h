#ifndef DESK_EXPIRY_PARTS_H
#define DESK_EXPIRY_PARTS_H

#include "desk/expiry.h"

/* What reading and running share.  Inside of desk/expiry*.c only. */

/* Where its rows are looked for and erased, as one value that tells nobody (connect/address.h);
 * in the desk's arena. */
int expiry_address(struct desk *d, const struct expiry_way *w,
	const struct map *m, const struct map_system *s, str *out,
	struct err *e);

/* The system by its name.  ERR_INVALID when no program can, or nothing has a time. */
int expiry_system(struct desk *d, str name, struct map *map,
	const struct map_system **out, struct err *e);

/* A program can look there, and some table has a time. */
bool expiry_has_time(const struct map_system *s);

/* id 0 when there is none. */
int expiry_newest(struct desk *d, const struct map_system *s, bool is_preview,
	struct expiry_run *out, struct err *e);
int expiry_read(struct desk *d, const struct map_system *s, int64_t id,
	struct expiry_run *out, struct err *e);

/* Of these rules, as the worker may carry them out; address: where. */
int expiry_is_on(struct desk *d, const struct map_system *s, bool *out,
	str *address, struct err *e);

/* ERR_CONFLICT: the map says something else of the system now, or it is off though the run
 * is one because it was on. */
int expiry_need_let(
	struct desk *d, const struct map_system *s, bool is_on, struct err *e);

/* ERR_CONFLICT: nobody has seen what these rules do, not lately.  address: where it was
 * seen. */
int expiry_need_preview(struct desk *d, const struct map_system *s,
	str *address, struct err *e);

#endif
