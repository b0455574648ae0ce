/*
 * Why something may be deleted instead of corrected (11 CCR 7023(e)).
 */
#include "law/instead.h"

#include "base/base.h"
#include "check.h"

int main(void)
{
	CHECK((enum instead)0 == INSTEAD_NONE, "zero: neither is said");
	CHECK(!instead_allows(INSTEAD_NONE), "so nothing is deleted");
	CHECK(instead_allows(INSTEAD_HARMLESS), "it does not hurt");
	CHECK(instead_allows(INSTEAD_AGREED), "they agreed");
	CHECK(!instead_allows(INSTEAD_END), "what is no reason is none");
	for (int i = INSTEAD_NONE + 1; i < INSTEAD_END; i++) {
		const struct instead_row *row = instead_row((enum instead)i);

		CHECK(row->instead == (enum instead)i &&
				!strcmp(row->citation, "11 CCR 7023(e)"),
			"row %d", i);
		CHECK(instead_of(str_of(row->code)) == row->instead,
			"\"%s\" is read back", row->code);
	}
	CHECK(instead_of(STR("HARMLESS")) == INSTEAD_NONE &&
			instead_of(STR("because")) == INSTEAD_NONE,
		"another word says nothing");
	return CHECK_DONE();
}
