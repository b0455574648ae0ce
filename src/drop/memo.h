#ifndef DROP_MEMO_H
#define DROP_MEMO_H

#include "base/arena.h"
#include "ident/cell.h"
#include "ident/ident.h"

#include "drop/drop.h"

/*
 * What a column is to the match (tbl/roles.h).  Parts come first, so that a role
 * below ROLE_PARTS is one.
 */
enum role {
#define DROP_ROLE(NAME, name, list) ROLE_##NAME,
#include "drop/tbl/roles.h"
	ROLES,
	ROLE_PARTS = ROLE_EMAIL,
};
#define ROLE_BIT(NAME) (1u << ROLE_##NAME)

const char *role_name(enum role r);
bool role_read(str name, enum role *out);
enum drop_list role_list(enum role r); /* DROP_LISTS for a part */

/*
 * Parts of composites repeat: birth dates, ZIPs, names.  Their hashes are kept
 * by the bytes they were made of, a cache line each, in a table of fixed size
 * where a new one takes the place of an older.
 */
enum { MEMO_PAD = 64, MEMO_RAW_MAX = 18, MEMO_LINES = 1 << 14 };

struct memo_line {
	uint8_t n; /* of raw; 0: empty */
	uint8_t fault;
	char raw[MEMO_RAW_MAX];
	char hash[IDENT_HASH_CHARS];
};

struct memo {
	struct memo_line *line[ROLE_PARTS];
	struct memo_line other; /* of a value too long to keep */
};

void memo_init(struct memo *m, struct arena *a);

/* The part's hash, or its fault (EMPTY for blanks).  Good until the next call. */
const struct memo_line *memo_of(struct memo *m, enum role part, str value);

#endif
