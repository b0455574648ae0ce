/*
 * Notices, from law/tbl/notices.h and notice_items.h.
 */
#include "law/notice.h"

#include "base/base.h"

#define NOTICE(name, code, title, condition, ...)                    \
	static bool is_needed_##name(const struct business_facts *f) \
	{                                                            \
		(void)f;                                             \
		return condition;                                    \
	}
#include "law/tbl/notices.h"

static const struct notice_row rows[] = {
#define NOTICE(name, code, title, condition, citation, valid) \
	{ NOTICE_##name, code, title, is_needed_##name, citation, valid },
#include "law/tbl/notices.h"
};

static const struct notice_item items[] = {
#define NOTICE_ITEM(id, notice, text, citation, valid) \
	{ id, NOTICE_##notice, text, citation, valid },
#include "law/tbl/notice_items.h"
};

const struct notice_row *notice_row(enum notice n)
{
	must(n < NOTICE_END);
	return &rows[n];
}

enum notice notice_of(str code)
{
	int n = 0;

	while (n < NOTICE_END && !str_eq(code, str_of(rows[n].code)))
		n++;
	return (enum notice)n;
}

unsigned notices_needed(const struct business_facts *f, struct date day)
{
	unsigned needed = 0;

	for (int n = 0; n < NOTICE_END; n++)
		if (rows[n].is_needed(f) && valid_on(rows[n].valid, day))
			needed |= 1u << n;
	return needed;
}

size_t notice_item_count(void)
{
	return COUNTOF(items);
}

const struct notice_item *notice_item_at(size_t i)
{
	must(i < COUNTOF(items));
	return &items[i];
}
