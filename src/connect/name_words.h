#ifndef CONNECT_NAME_WORDS_H
#define CONNECT_NAME_WORDS_H

#include <stdbool.h>

#include "base/str.h"

/*
 * A column's name as the words that it is made of, however they are put together:
 * "homePhone_2" is "home phone 2".  True when one of the phrases ("phone|cell
 * phone", in lower case) stands in it, whole words one after the other, or with
 * "=" before it is all of it.
 */
bool name_has_phrase(str name, const char *phrases);

#endif
