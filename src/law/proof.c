/*
 * What agents show, from law/tbl/proofs.h.
 */
#include "law/proof.h"

#include "base/base.h"

#define NOBODY 0u
#define VERIFIED                                                               \
	(KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC) |                 \
		KIND_BIT(DELETE) | KIND_BIT(CORRECT) | KIND_BIT(ACCESS_ADMT) | \
		KIND_BIT(APPEAL_ADMT))

static const struct proof_row proofs[] = {
#define PROOF(NAME, code, title, asks, citation, valid) \
	{ PROOF_##NAME, code, title, asks, citation, valid },
#include "law/tbl/proofs.h"
};

const struct proof_row *proof_row(enum proof p)
{
	must((size_t)p < COUNTOF(proofs));
	return &proofs[p];
}

bool proof_of(str code, enum proof *out)
{
	for (size_t i = 0; i < COUNTOF(proofs); i++) {
		if (!str_eq(code, str_of(proofs[i].code)))
			continue;
		*out = proofs[i].proof;
		return true;
	}
	return false;
}

bool proof_asks_consumer(enum proof p, enum kind kind)
{
	must(kind > KIND_NONE && kind < KIND_END);
	return proof_row(p)->asks & 1u << kind;
}
