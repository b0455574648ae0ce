#ifndef LAW_LISTED_H
#define LAW_LISTED_H

#include <stddef.h>

#include "base/str.h"
#include "law/valid.h"

/*
 * The law's enumerations: looked up by code, shown to people.  What each list is
 * for, and how many members the law gives it, stands in law/tbl/lists.h.
 */
enum law_list {
#define LAW_LIST(name, ...) LIST_##name,
#include "law/tbl/lists.h"
	LIST_END,
};

struct law_list_row {
	const char *code; /* "permitted" */
	size_t count;     /* members, as the law counts them */
	const char *title;
};

struct listed {
	enum law_list list;
	const char *code; /* "video" */
	const char *title;
	const char *citation;
	struct valid valid;
};

const struct law_list_row *law_list_row(enum law_list list);
size_t listed_count(void);
const struct listed *listed_at(size_t i); /* in the law's order, list by list */
const struct listed *listed_of(enum law_list list, str code); /* NULL: none */

#endif
