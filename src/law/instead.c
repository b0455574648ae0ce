/* Deleting instead of correcting, from law/tbl/insteads.h. */
#include "law/instead.h"

#include "base/base.h"

static const struct instead_row insteads[] = {
#define INSTEAD(NAME, code, title, citation, valid) \
	{ INSTEAD_##NAME, code, title, citation, valid },
#include "law/tbl/insteads.h"
};

const struct instead_row *instead_row(enum instead i)
{
	must(instead_allows(i));
	return &insteads[i - 1];
}

enum instead instead_of(str code)
{
	for (size_t i = 0; i < COUNTOF(insteads); i++)
		if (str_eq(code, str_of(insteads[i].code)))
			return insteads[i].instead;
	return INSTEAD_NONE;
}

bool instead_allows(enum instead i)
{
	return i > INSTEAD_NONE && i < INSTEAD_END;
}
