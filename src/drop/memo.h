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
 * by the standardized text, a cache line each, in a table of fixed size where a
 * new one takes the place of an older.  Texts longer than a line's key are
 * hashed each time.
 *
 * Asking and answering are two calls, so that many lines are on their way from
 * memory at once, and texts that are not there are hashed together.
 */
enum { MEMO_KEY = 16, MEMO_BITS = 17, MEMO_PAD = 64, MEMO_ROUND = 64 };

struct memo_line {
	char key[MEMO_KEY]; /* ends with NULs; all NUL: empty */
	char hash[IDENT_HASH_CHARS];
	char unused[64 - MEMO_KEY - IDENT_HASH_CHARS];
};

struct memo {
	struct memo_line *line[ROLE_PARTS];
	cell_fn *vin;
};

struct memo_ask {
	uint8_t role;
	uint8_t fault; /* enum ident_fault; EMPTY for blanks */
	uint8_t state; /* memo.c's */
	uint8_t n;     /* of a text longer than a key, which stands in hash */
	uint32_t slot;
	const char *answer; /* of memo_answers(): the hash */
	char key[MEMO_KEY];
	char hash[IDENT_HASH_CHARS];
};

void memo_init(struct memo *m, struct arena *a, enum cpu_path cpu);

/* Standardizes; MEMO_PAD bytes behind the value can be read. */
void memo_ask(struct memo *m, struct memo_ask *out, enum role part, str value);
/* An ask whose answer is at hand. */
void memo_ask_hashed(struct memo_ask *out, enum role part, const char *hash);
/* The hash of an ask without a fault; good until the next answer. */
const char *memo_answer(struct memo *m, struct memo_ask *ask);
/*
 * `answer` of each of them that has no fault, good until memo_learn(), which
 * keeps what was new.  The asks stay where they are between the two.
 */
void memo_answers(
	struct memo *m, enum cpu_path cpu, struct memo_ask *ask, size_t n);
void memo_learn(struct memo *m, const struct memo_ask *ask, size_t n);

#endif
