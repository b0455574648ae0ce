#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A str is a borrowed view: a pointer and a length, passed by value.  It owns
 * nothing, may hold NUL bytes and is not NUL-terminated; arena_cstr() makes a
 * C string where a system call or SQLite wants one.
 */
typedef struct str {
	const char *p;
	size_t n;
} str;

#define STR(lit) ((str){ (lit), sizeof(lit) - 1 })
#define STR_INIT(lit)                  \
	{                              \
		(lit), sizeof(lit) - 1 \
	}                                         /* in static tables */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : "" /* for "%.*s" */

str str_of(const char *c); /* NULL gives the empty str */
bool str_eq(str a, str b);
bool str_eq_nocase(str a, str b); /* ASCII only */
int str_cmp(str a, str b);        /* by bytes */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
bool str_has(str s, char c);

/* FNV-1a, of 64 bits: for tables in memory, and sums that guard against accidents; whoever
 * wants two texts of one hash finds them. */
static inline uint64_t str_hash(str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h;
}

size_t str_count(str s, char c);     /* how often */
ptrdiff_t str_find(str s, str what); /* -1 when it is not there */
str str_trim(str s);                 /* ASCII white space at both ends */
str str_from(str s, size_t at);      /* from `at` on; empty past the end */
str str_head(str s, size_t n);       /* at most the first n bytes */

/* Split at the first sep.  False, head = s and tail empty, when there is none. */
bool str_cut(str s, char sep, str *head, str *tail);

/*
 * The next piece of *rest before sep; false when *rest is used up.  A sep at the
 * end ends the last piece: "a,,b" has three pieces, "a," has one, "" has none.
 */
bool str_next(str *rest, char sep, str *piece);

/* The whole of s as a decimal number; false on anything else or overflow. */
bool str_int(str s, int64_t *out);

/* The length of the UTF-8 character that s begins with; 0 when it is none. */
size_t str_utf8(str s);
bool str_is_utf8(str s); /* all of it; a NUL is a character */

/* Valid UTF-8 without NUL and C0 controls other than tab and line ends. */
bool str_is_text(str s);

/* A distance for "did you mean": the edits between a and b, at most 99. */
int str_edits(str a, str b);

/*
 * What identifies a person.  A type of its own, so that a log line or an error
 * message that would carry it does not compile; person.v is read only where it
 * is meant to leave: a form, a letter, a look-up.
 */
typedef struct personal {
	str v;
} personal;

#endif
