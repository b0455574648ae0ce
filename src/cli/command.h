#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "desk/desk.h"
#include "desk/install.h"
#include "desk/process.h"

/*
 * One command a file (a noun with its verbs is one file), described by a struct
 * command; tbl/commands.h lists them all.  Parser, help, manual page and shell
 * completion come from these descriptions.
 */
struct option {
	const char *name;  /* "rejects", for --rejects; NULL ends the list */
	char letter;       /* 'o' for -o, 0 for none */
	const char *value; /* "FILE" in the help; NULL: a switch */
	const char *help;
};

enum { OPTIONS_MAX = 16, OPERANDS_ANY = -1, WORDS_MAX = 2 };

struct cli;

struct command {
	const char *name;     /* "audit verify": at most WORDS_MAX words */
	const char *operands; /* "FILE", "KIND VALUE..."; "" for none */
	int operands_min;
	int operands_max;  /* or OPERANDS_ANY */
	const char *title; /* a line, for the list */
	const char *about; /* sentences, for the help and the manual */
	const char
		*result; /* what stdout and the exit status say; may be NULL */
	bool has_json;
	struct option options[OPTIONS_MAX];
	const char *examples[2];
	/* The exit status, or -1 with e set. */
	int (*run)(struct cli *c, struct err *e);
};

/* A command that runs. */
struct cli {
	struct arena *arena;
	const struct command *command;
	const struct programs *programs;
	const char *dir; /* --dir, TOYON_DIR or the packaged default */
	bool is_json;
	bool is_quiet;
	bool is_verbose;
	bool may_ask; /* a person is at the terminal, and --no-input not given */
	const char **operand;
	size_t operands;
	/* By index in the command's options, then in global_options. */
	const char *value[OPTIONS_MAX];
	const char *global[OPTIONS_MAX];

	/* After cli_open(). */
	struct install install;
	struct desk desk;
};

extern const struct option global_options[];

struct command_row {
	const char *section;
	const struct command *command;
};
extern const struct command_row command_rows[];
extern const size_t command_rows_n;

/* The value of an option, NULL when it was not given; a switch's is "".  A name
 * that the command does not have is a broken promise. */
const char *cli_option(const struct cli *c, const char *name);
bool cli_has(const struct cli *c, const char *name);
str cli_operand(const struct cli *c, size_t i);

/* "s", the ending of what there are n of; "" for one. */
const char *cli_s(uint64_t n);
/* A line for the person, on stderr, unless --quiet. */
void cli_say(const struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* `toyon: ...` and `hint: ...` on stderr. */
void cli_complain(const struct cli *c, const struct err *e);
/* Text or a finished JSON document to stdout. */
void cli_put(str s);
int cli_put_json(const struct buf *b, struct err *e);
/* A usage error with a pointer to the command's help; -1. */
int cli_usage(const struct cli *c, struct err *e, const char *fmt, ...)
	PRINTF_LIKE(3, 4);
/* The first of the problems of what was typed, as a usage error; -1. */
int cli_problem(const struct problems *ps, struct err *e);

/* Opens the installation and fills c->desk, with these keys (desk/keys.h). */
int cli_open(struct cli *c, unsigned keys, struct err *e);
/* The same, and the suppression list. */
int cli_open_suppress(struct cli *c, unsigned keys, struct err *e);

/* Prints a command's help, or the list of commands, to stdout. */
void help_command(struct cli *c, const struct command *cmd);
void help_list(struct cli *c, struct buf *b);
/* The nearest of these names, NULL when none is near. */
struct near {
	str wanted;
	const char *best;
	int edits;
};
void near_try(struct near *n, const char *name);

#endif
