#ifndef CLI_VALUES_H
#define CLI_VALUES_H

#include "cli/command.h"
#include "desk/suppress.h"

/*
 * KIND VALUE...: the operands of check, suppress, release and hash.  The values
 * are the operands behind the kind, or lines of stdin when there are none or the
 * only one is "-".
 */

/* Reads the first operand. */
int values_kind(struct cli *c, enum ident_kind *out, struct err *e);

/*
 * Calls fn with the values, at most VALUES_BATCH at a time; first is the place
 * of q[0] among all, from 1.  What fn allocates in c->desk.arena is gone after
 * the call.  Empty lines are passed over.
 */
enum { VALUES_BATCH = 10000 };
typedef int values_fn(struct cli *c, struct suppress_query *q, size_t n,
	size_t first, void *ctx, struct err *e);
int values_each(struct cli *c, enum ident_kind kind, values_fn *fn, void *ctx,
	struct err *e);

/* Says on stderr which value could not be read, and by which rule; never the
 * value itself. */
void values_complain(
	const struct cli *c, const struct suppress_query *q, size_t place);

#endif
