#ifndef CONNECT_PROGRAM_RUN_H
#define CONNECT_PROGRAM_RUN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * One run of a program: lines to its standard input, lines from its standard
 * output, its end.  It stands in a process group of its own, in the folder of
 * the data map, with nothing open but these two and an environment of a few
 * variables; what it writes to standard error is thrown away, since it may be
 * about people.  Whatever happens, nothing of it runs on after the arena's end.
 *
 * Errors name the program as the data map does and never quote what it wrote.
 */
struct program {
	str name;         /* as the data map has it */
	const char *path; /* what is run */
	const char *folder;
	const char *credentials_dir; /* or NULL */
};

enum {
	/* Beyond the time it was given, to say itself that it was too short. */
	PROGRAM_GRACE_MS = 2000,
	PROGRAM_LINE_MAX = 64 << 20,
	PROGRAM_ARENA_MAX = 512 << 20,
};

struct program_run;

/* ERR_UNAVAILABLE when it is not there, ERR_INVALID when it can't be run. */
int program_start(struct arena *a, const struct program *p, int timeout_ms,
	struct program_run **out, struct err *e);
/* A program that stopped reading is no error here: its end tells why. */
int program_write(struct program_run *r, str bytes, struct err *e);
void program_close_input(struct program_run *r);
/* The next line, without its end, valid until the next call: 1; 0 at the end of
 * the output.  What comes behind the last line end is a line too. */
int program_read(struct program_run *r, str *line, struct err *e);
/* Waits for the end of a program whose output has ended; 0 when it said that all
 * went well. */
int program_wait(struct program_run *r, struct err *e);

#endif
