#ifndef CONNECT_LDAP_TEXT_H
#define CONNECT_LDAP_TEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Filters (RFC 4515) and names of entries (RFC 4514), as texts. */

/* What is wrong with a filter, or a base; NULL when nothing is. */
const char *directory_filter_fault(str text);
const char *directory_base_fault(str text);
bool directory_is_attribute(str name);

/* Any bytes as a value inside of a filter. */
void directory_put_filter_value(struct buf *b, str value);
/* `attribute=value`, the first part of a name. */
str directory_rdn(struct arena *a, str attribute, str value);
/* In a form of its own, so that two spellings of a name are one; false when it is
 * no name. */
bool directory_plain_name(struct arena *a, str name, str *out);
/* The same text for all spellings of a name, in any case; of what is no name, that
 * text itself. */
str directory_name_key(struct arena *a, str name);
/* Both plain: the entry is the base, or somewhere below it. */
bool directory_is_below(str name, str base);
/* How many entries it is below the root. */
size_t directory_depth(str plain_name);

#endif
