#ifndef CONNECT_STATEMENT_H
#define CONNECT_STATEMENT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/*
 * Statements whose table and columns are known only from the data map: a
 * pattern of tbl/statements.h with {parts}.  The parts are names quoted here,
 * placeholders and words of ours; a value is never one.
 */
struct statement_part {
	const char *name;
	str text;
};

enum { STATEMENT_SIZE_MAX = 1 << 20 };

/* NUL-terminated, in the arena.  An unknown part is a broken promise. */
const char *statement_fill(struct arena *a, const char *pattern,
	const struct statement_part *parts, size_t n);

/* The next of several statements, each ended by ";" at the end of a line; a C
 * string in the arena, NULL when there is none left. */
const char *statement_next(struct arena *a, str *rest);

/* "name", with quotes inside doubled, as SQLite and PostgreSQL have it. */
str name_quoted(struct arena *a, str name);
str names_quoted(struct arena *a, const str *names, size_t n);
str names_quoted_by(struct arena *a, char quote, const str *names, size_t n);

/* "?,?,?" */
str question_marks(struct arena *a, size_t n);

/* %text% for `like`, with what is special in a pattern taken as it is. */
str inside_pattern(struct arena *a, str text);

/* `table "person"`, for errors; a C string. */
const char *table_in_words(struct arena *a, str table);

#endif
