#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "base/buf.h"

/* toyon(1) in mdoc, from the commands' descriptions: docs/toyon.1. */
void manual_put(struct arena *a, struct buf *b);

#endif
