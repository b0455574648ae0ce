#ifndef DROP_LIMIT_H
#define DROP_LIMIT_H

/* The named bounds of tbl/limits.h as constants: LIMIT_DROP_ITEMS ... */
enum {
#define LIMIT(name, value, unit, why) LIMIT_##name = (value),
#include "tbl/limits.h"
};

#endif
