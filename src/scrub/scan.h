#ifndef SCRUB_SCAN_H
#define SCRUB_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ident/cpu.h"

/*
 * Where the cells of CSV begin and end, 64 bytes at a step: bit masks of the
 * separators, line ends and quotes of a step are made by vector compares, what
 * is inside quotes is the running exclusive-or of the quote bits, and the
 * positions that remain are written out.
 *
 * Strict where leniency would lose a row: a quote opens a cell only at its
 * start and closes it only at its end, or is doubled inside.  A stray one could
 * hide the rows up to the next.
 */
enum { SCAN_PAD = 64 }; /* readable bytes wanted behind the text */

struct scan {
	size_t found;   /* positions written */
	size_t rows;    /* of these, line ends */
	size_t lines;   /* line ends, also inside quotes */
	size_t nul;     /* position + 1 of the first NUL byte; 0: none */
	size_t stray;   /* position + 1 of the first stray quote; 0: none */
	bool is_quoted; /* the text ends inside quotes */
};

/*
 * Positions of the separators and line ends of p that are not in quotes, in
 * order, to at[]: room for n + 64.  p starts outside quotes, at a cell, and ends
 * with a line end; n is below 2^32; SCAN_PAD bytes behind it can be read.  cpu
 * is resolved.
 */
void scan_cells(enum cpu_path cpu, const char *p, size_t n, char sep,
	uint32_t *at, struct scan *out);

/*
 * 0, or -1 with why the text is no CSV: a NUL byte, a stray quote, one that never
 * closes; *error_at is its position.
 */
int scan_check(const struct scan *s, const uint32_t *at, size_t *error_at,
	struct err *e);

/*
 * The end of the last whole row in p (behind its line end), 0 when there is
 * none.  p starts outside quotes; the same padding.
 */
size_t scan_last_row(enum cpu_path cpu, const char *p, size_t n);

#endif
