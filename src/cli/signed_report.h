#ifndef CLI_SIGNED_REPORT_H
#define CLI_SIGNED_REPORT_H

#include "cli/command.h"
#include "desk/signed_files.h"

/*
 * Says what came of checking files that are handed over as evidence: a line for each
 * fault, or that they fit; as JSON with --json.  what: "pack".  The exit status.
 */
int signed_report_put(struct cli *c, const struct signed_report *r,
	const char *what, struct err *e);

#endif
