#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "cli/command.h"

/*
 * Reads the command line into c: the command, its options wherever they stand,
 * and the rest as operands.  `--name=value`, `--name value`, `-o value`,
 * `-ovalue`; "--" ends the options, "-" is an operand.
 *
 * ERR_USAGE with a suggestion for what is not known.  What was asked for besides
 * a command comes back in *ask.
 */
enum args_ask { ASK_COMMAND, ASK_HELP, ASK_VERSION };

int args_read(struct cli *c, int argc, char **argv, enum args_ask *ask,
	struct err *e);

/* The command of these words ("audit", "verify"), the longest that fits; *used
 * says how many were taken.  NULL and ERR_USAGE when there is none. */
const struct command *args_command(struct arena *a, const char *const *word,
	size_t n, size_t *used, struct err *e);

#endif
