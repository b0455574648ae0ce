#ifndef TOOLS_TPLC_EXPR_H
#define TOOLS_TPLC_EXPR_H

#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/* The names a template may use, innermost last: the view and the loops' rows. */
enum { SCOPE_MAX = 16 };

struct scope {
	str names[SCOPE_MAX];
	size_t n;
};

bool scope_has(const struct scope *s, str name);

/* The bytes before the "}" that closes a directive; s.n when none does. */
size_t expr_length(str s);

/*
 * The names of the scope are pointers in the C that is written, and values in
 * the template: `v.title` becomes `v->title`, `r` alone `(*r)`.
 */
void expr_put(struct buf *b, const struct scope *scope, str expr);

#endif
