#ifndef CLI_SCRUB_OPTS_H
#define CLI_SCRUB_OPTS_H

#include "cli/command.h"
#include "scrub/scrub.h"

/* What scrub and screen take alike: the file, --out, --map, --format and --jobs. */
int scrub_opts_read(struct cli *c, struct scrub_opts *o, struct err *e);

#endif
