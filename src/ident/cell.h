#ifndef IDENT_CELL_H
#define IDENT_CELL_H

#include <stddef.h>
#include <stdint.h>

#include "ident/ident.h"

/*
 * The fast way from a text to a padded SHA-256 block, for what nearly all are: an
 * ASCII email address in the usual form, a US number in digits and separators, a
 * device or vehicle number.  Anything else is CELL_SLOW and goes through the rules (rules.h),
 * which know everything.  A fast way never gives another text than they do
 * (t_scrub and f_ident compare them), and never calls a fault: it only says "not
 * me".  No byte outside the text is read.
 */
enum cell_class {
	CELL_EMPTY, /* ASCII blanks only, or nothing */
	CELL_READY, /* block holds the standardized text, padded */
	CELL_SLOW,
};

typedef enum cell_class cell_fn(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK]);

/* By toyon/1; what is ready is the same by drop/1.2.0.  cpu is resolved.  A kind without a fast way gets one that is always slow. */
cell_fn *cell_way(enum cpu_path cpu, enum ident_kind kind);

/* By the rules alone, for the tests that compare; a kind of one value. */
enum ident_fault ident_read_carefully(
	struct ident *out, enum ident_kind kind, str raw);

#endif
