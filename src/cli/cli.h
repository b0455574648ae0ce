#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/version.h"
#include "desk/process.h"

/*
 * The command line: `toyon COMMAND ...`.  Data goes to stdout, talk to stderr;
 * exit statuses are those of base/tbl/errors.h: 0 done, 1 failed, 2 wrong usage,
 * 3 not found, 4 a check found something, 5 needs a confirmation, 75 try again.
 * programs: what `serve` starts.
 */
int cli_main(int argc, char **argv, const struct programs *programs);

#endif
