#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "cli/command.h"

/*
 * Questions on the terminal.  Each takes what an option already answered, asks
 * when a person is there (c->may_ask), and fails with the option's name when
 * nobody is.
 */

/* The answer, trimmed; empty when is_optional and nothing was typed. */
struct question {
	const char *option; /* whose value answers it */
	const char *text;
	const char *otherwise; /* for Enter alone; NULL: none */
	bool is_optional;
};
int ask_text(struct cli *c, const struct question *q, str *out, struct err *e);

/* "yes" or "no". */
int ask_yes(struct cli *c, const struct question *q, str *out, struct err *e);

/*
 * A passphrase: from the file that --passphrase-file names ("-": stdin; its
 * first line), or typed twice without being shown.
 */
int ask_passphrase(struct cli *c, personal *out, struct err *e);

#endif
