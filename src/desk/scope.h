#ifndef DESK_SCOPE_H
#define DESK_SCOPE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * What an API key may be used for: tbl/scopes.h.  A shop's check-out that only asks
 * has no use for a key that can take people off the list.
 */
enum scope {
	SCOPE_NONE, /* of a call that needs no key */
#define SCOPE(name, code, what) SCOPE_##name,
#include "tbl/scopes.h"
	SCOPE_END
};

/* Some of them, as bits. */
enum { SCOPES_ALL = (1u << SCOPE_END) - 2 };

const char *scope_code(enum scope s);
const char *scope_what(enum scope s);
bool scopes_have(unsigned scopes, enum scope s);

/* Codes with blanks or commas between them; nothing at all is every scope.  *unknown is
 * the first that is none, or empty. */
unsigned scopes_read(str text, str *unknown);
/* The same back: empty for all.  At least one. */
str scopes_text(struct arena *a, unsigned scopes);
/* "check, follow": each by its code, for people. */
str scopes_words(struct arena *a, unsigned scopes);

#endif
