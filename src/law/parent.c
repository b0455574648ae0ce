/* The methods, from law/tbl/parent_checks.h. */
#include "law/parent.h"

#include "base/base.h"

static const struct parent_check_row rows[] = {
#define PARENT_CHECK(name, code, title, how, may_be_kept, citation, valid) \
	{ code, title, how, may_be_kept, citation, valid },
#include "law/tbl/parent_checks.h"
};

const struct parent_check_row *parent_check_row(enum parent_check c)
{
	must(c < PARENT_CHECK_END);
	return &rows[c];
}

enum parent_check parent_check_of(str code)
{
	int c = 0;

	while (c < PARENT_CHECK_END && !str_eq(code, str_of(rows[c].code)))
		c++;
	return (enum parent_check)c;
}
