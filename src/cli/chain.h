#ifndef CLI_CHAIN_H
#define CLI_CHAIN_H

#include "cli/command.h"
#include "desk/audit.h"

/* Writes the open installation's trail to x->fd; x->from and to are the
 * caller's. */
int chain_export(
	struct cli *c, struct audit_export *x, int64_t *count, struct err *e);

#endif
