#ifndef SCRUB_HASH_CELL_IMPL_H
#define SCRUB_HASH_CELL_IMPL_H

#include <stdbool.h>
#include <stdint.h>

/* 64 characters; false when one is no hex digit. */
bool hash_cell_avx2(const char *s, uint8_t digest[32]);

#endif
