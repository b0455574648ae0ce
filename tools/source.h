#ifndef TOOLS_SOURCE_H
#define TOOLS_SOURCE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/buf.h"
#include "base/str.h"

/*
 * What the compilers of the build share: reading a source file, refusing it
 * with "file:line: message", writing C.  They run once and end, so a failure
 * ends the process with status 1 instead of being passed up.
 */
struct source {
	const char *path;
	str text;
};

struct source source_read(struct arena *a, const char *path);
_Noreturn void source_fail(const struct source *s, int line, const char *fmt,
	...) PRINTF_LIKE(3, 4);

/*
 * Replaces DIR/NAME, but only when the content differs: a file that stays the
 * same keeps its time and nothing is compiled again.
 */
void source_write(struct arena *a, const char *dir, const char *name,
	struct buf *content);

/* A C string literal, a source line for each line of s. */
void source_literal(struct buf *b, str s);

/* s is a name that C takes: an identifier and no keyword. */
bool source_is_name(str s);

/* The identifier at the start of s; empty when there is none. */
str source_ident(str s);

#endif
