#ifndef CLI_SCREEN_CORRECTED_H
#define CLI_SCREEN_CORRECTED_H

#include "cli/command.h"
#include "scrub/scrub.h"

/*
 * What `toyon screen --system` says beside each row: the right values of what was
 * corrected in that system on the person's request (11 CCR 7023(c)), as
 * `records:screen` of the API does.  A row is somebody's by its email addresses.
 */
struct screen_corrected;

/* After cli_open_suppress().  o: map and format as the run has them.  ERR_NOT_FOUND:
 * the data map has no such system. */
int screen_corrected_open(struct cli *c, const struct scrub_opts *o, str system,
	struct screen_corrected **out, struct err *e);
/* Before `next`, which may be NULL. */
const struct scrub_remark *screen_corrected_remark(
	struct screen_corrected *s, const struct scrub_remark *next);

#endif
