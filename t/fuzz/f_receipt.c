/*
 * Any bytes as a receipt: no verdict but one that can be said, none that nothing
 * is wrong (only who has the key can make such), and the same one twice.
 */
#include <stdint.h>

#include "base/base.h"
#include "desk/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char genuine_key[] =
	"1ddb8a6c5f361ce76218f82e61ddaf2b3bb8c58b0277ad31e8457bf7a1071953";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	str text = { (const char *)data, size };
	struct receipt_report *r = arena_one(a, struct receipt_report);
	struct receipt_report *again = arena_one(a, struct receipt_report);
	const unsigned form = 1u << RECEIPT_FORM | 1u << RECEIPT_VERSION_FAULT;

	receipt_check(a, text, STR(""), r);
	receipt_check(a, text, str_of(genuine_key), again);
	must(r->is_read == !(r->faults & form));
	must((r->faults | 1u << RECEIPT_KEY) ==
		(again->faults | 1u << RECEIPT_KEY));
	for (int f = 0; f < RECEIPT_FAULTS; f++)
		if (r->faults & 1u << f)
			must(receipt_fault_text(a, (enum receipt_fault)f, r).n);
	if (r->is_read)
		must(r->receipt.rows >= 0 && r->receipt.public_key.n == 64 &&
			r->receipt.columns.n <= RECEIPT_ITEMS_MAX);
	arena_free(a);
	return 0;
}
