#ifndef SCRUB_JSON_LINE_H
#define SCRUB_JSON_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * The members of one line of NDJSON, as they are met: strings and numbers with
 * the path of names that leads to them ("contact.email"; arrays add nothing).
 * The line is checked whole against the grammar of RFC 8259; whether its text is
 * UTF-8 is left to who uses a value.  A name that comes twice is told twice.
 */
enum { JSON_LINE_DEPTH = 32, JSON_LINE_PATH = 512, JSON_LINE_TEXT = 1100 };

/*
 * path and value are views that end with the call.  A string is unescaped; one
 * that is longer than JSON_LINE_TEXT and has escapes is cut there.  name is the
 * last of the path.
 */
typedef void json_line_fn(void *ctx, str path, str name, str value);

/* False: not one object, or not JSON. */
bool json_line_read(str line, json_line_fn *fn, void *ctx);

#endif
