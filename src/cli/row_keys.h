#ifndef CLI_ROW_KEYS_H
#define CLI_ROW_KEYS_H

#include "scrub/plan.h"
#include "scrub/scrub.h"

/*
 * Whose a row of a file is: its identifiers, keyed, as what is said of rows
 * (struct scrub_remark) asks by.
 */
struct row_keys {
	uint8_t (*at)[IDENT_KEY_SIZE];
	size_t n;
};

/* kinds: bits of enum ident_kind.  In the arena. */
void row_keys_read(const struct scrub_opts *o, const struct plan *p,
	struct arena *a, str row, uint32_t kinds, struct row_keys *out);

#endif
