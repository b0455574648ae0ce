#ifndef LAW_PROOF_H
#define LAW_PROOF_H

#include <stdbool.h>
#include <stddef.h>

#include "law/kind.h"

/*
 * What an authorized agent shows of the consumer's permission, and whom the business
 * may ask then.  Zero is the careful value: nothing was shown.
 */
enum proof {
#define PROOF(NAME, ...) PROOF_##NAME,
#include "law/tbl/proofs.h"
	PROOF_END,
};

struct proof_row {
	enum proof proof;
	const char *code; /* SQL, CSV, forms: "signed" */
	const char *title;
	unsigned asks; /* KIND_BIT()s */
	const char *citation;
	struct valid valid;
};

const struct proof_row *proof_row(enum proof p);
bool proof_of(str code, enum proof *out); /* false: unknown */

/* May the consumer be asked to confirm the permission, or to show who they are? */
bool proof_asks_consumer(enum proof p, enum kind kind);

#endif
