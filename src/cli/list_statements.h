#ifndef CLI_LIST_STATEMENTS_H
#define CLI_LIST_STATEMENTS_H

#include "cli/command.h"
#include "scrub/scrub.h"

/*
 * What people said about information on their health that stays as it is, beside their
 * rows in a list that is handed over (11 CCR 7023(f)): --statements of `toyon scrub` and
 * `toyon screen`.
 */
struct list_statements;

/* After cli_open_suppress() with KEYS_MASTER.  o: map and format as the run has them. */
int list_statements_open(struct cli *c, const struct scrub_opts *o,
	struct list_statements **out, struct err *e);
const struct scrub_remark *list_statements_remark(
	const struct list_statements *s);

/* Of a list that is handed over without them: says so, if there are any. */
int list_statements_remind(struct cli *c, struct err *e);

#endif
