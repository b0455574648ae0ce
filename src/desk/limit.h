#ifndef DESK_LIMIT_H
#define DESK_LIMIT_H

/* The named bounds of tbl/limits.h as constants: LIMIT_FORM_BYTES ... */
enum {
#define LIMIT(name, value, unit, why) LIMIT_##name = (value),
#include "tbl/limits.h"
};

#endif
