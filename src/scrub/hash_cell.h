#ifndef SCRUB_HASH_CELL_H
#define SCRUB_HASH_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "ident/ident.h"

/*
 * The fast way for cells and lines that hold a SHA-256 in hex.  What it does not
 * take (Base64, blanks around, the hash of nothing) goes the careful way.
 */

/* 64 hex digits, and not the hash of nothing.  cpu is resolved; s is 64 bytes
 * long. */
bool hash_cell_read(enum cpu_path cpu, str s, uint8_t digest[SHA256_SIZE]);

#endif
