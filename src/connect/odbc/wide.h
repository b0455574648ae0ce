#ifndef CONNECT_ODBC_WIDE_H
#define CONNECT_ODBC_WIDE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * UTF-8 to UTF-16 of this machine and back: how statements and texts travel
 * through ODBC.
 */

/* s is UTF-8 (else a broken promise).  A zero follows, which *n does not count. */
uint16_t *wide_of(struct arena *a, str s, size_t *n);

/* A surrogate without its partner becomes U+FFFD. */
str wide_text(struct arena *a, const uint16_t *w, size_t n);

#endif
