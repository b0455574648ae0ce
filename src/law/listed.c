/*
 * Enumerations, from law/tbl/lists.h and listed.h.
 */
#include "law/listed.h"

#include "base/base.h"

static const struct law_list_row lists[] = {
#define LAW_LIST(name, code, count, title) { code, count, title },
#include "law/tbl/lists.h"
};

static const struct listed rows[] = {
#define LISTED(list, code, title, citation, valid) \
	{ LIST_##list, code, title, citation, valid },
#include "law/tbl/listed.h"
};

const struct law_list_row *law_list_row(enum law_list list)
{
	must(list < LIST_END);
	return &lists[list];
}

size_t listed_count(void)
{
	return COUNTOF(rows);
}

const struct listed *listed_at(size_t i)
{
	must(i < COUNTOF(rows));
	return &rows[i];
}

const struct listed *listed_of(enum law_list list, str code)
{
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (rows[i].list == list && str_eq(code, str_of(rows[i].code)))
			return &rows[i];
	return NULL;
}
