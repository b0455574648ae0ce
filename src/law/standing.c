/* What a company is under the law, from law/tbl/standings.h. */
#include "law/standing.h"

#include "base/base.h"

static const struct standing_row standings[] = {
#define STANDING(NAME, code, fits, told, citation, valid) \
	{ code, told, citation, valid },
#include "law/tbl/standings.h"
};

enum law_standing standing_of(const struct standing_facts *f)
{
#define STANDING(NAME, code, fits, told, citation, valid) \
	if (fits)                                         \
		return STANDING_##NAME;
#include "law/tbl/standings.h"
}

const struct standing_row *standing_row(enum law_standing s)
{
	must(s < COUNTOF(standings));
	return &standings[s];
}

bool standing_may_be_sale(enum law_standing s)
{
	return s != STANDING_SERVICE;
}

bool standing_is_in_doubt(enum law_standing s)
{
	return s == STANDING_ADVERTISES || s == STANDING_NO_CONTRACT;
}
