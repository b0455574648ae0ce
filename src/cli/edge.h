#ifndef CLI_EDGE_H
#define CLI_EDGE_H

#include "base/json.h"
#include "cli/command.h"
#include "desk/follow_copy.h"
#include "desk/suppress.h"

/*
 * Commands that answer from a copy of another installation's list (--follow D).
 * Lives in the command's arena.  Says on stderr how old it is.
 */
int edge_open(struct cli *c, const char *dir, const struct follow_reader **out,
	struct err *e);

/* As suppress_check(), from the copy. */
void edge_check(struct cli *c, const struct follow_reader *r,
	struct suppress_query *q, size_t n);

/* "age": {...}, in the object that is open. */
void edge_put_age(const struct follow_age *age, struct json *j);

#endif
