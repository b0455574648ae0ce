#ifndef KNOW_VALUE_H
#define KNOW_VALUE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * A value's bytes as text that any file may hold: valid UTF-8, control characters
 * other than tab and line ends as their pictures (U+2400 on).  What is no UTF-8
 * is read as Windows-1252, which has a letter for nearly every byte and is what
 * such bytes mostly are.  The same str when nothing had to change.
 */
str value_text(struct arena *a, str bytes);

#endif
