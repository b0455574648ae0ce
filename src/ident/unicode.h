#ifndef IDENT_UNICODE_H
#define IDENT_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/*
 * The few things the rules need from Unicode, over utf8proc: a text as code
 * points, normalized (UAX 15), lower-cased, and written back.
 */
enum { RUNES_MAX = 4096 }; /* above what IDENT_RAW_MAX bytes decompose to */

struct runes {
	size_t n;
	int32_t at[RUNES_MAX];
};

enum runes_form { RUNES_NFC, RUNES_NFD, RUNES_AS_IS };

/* False when s is not UTF-8, or too long. */
bool runes_read(struct runes *r, str s, enum runes_form form);

/* Simple lower case, one for one (Unicode's Simple_Lowercase_Mapping). */
void runes_lower(struct runes *r);

/* UTF-8 into out; false when it needs more than size bytes. */
bool runes_write(const struct runes *r, char *out, size_t size, size_t *n);

/* White space: what Unicode separates with, and the ASCII ones. */
bool rune_is_space(int32_t c);
/* White space, and the invisible characters that copying leaves behind (zero
 * width space, word joiner, byte order mark). */
bool rune_is_blank(int32_t c);
/* Letters and numbers of any script. */
bool rune_is_alnum(int32_t c);
/* Nothing that is drawn: blank, control, format, unassigned, private. */
bool rune_is_unprintable(int32_t c);

/* s without the blanks at both ends; s is UTF-8 or not. */
str unicode_trim(str s);

#endif
