/*
 * Dated rows.  A row says nothing about the law before its first day, and
 * nothing after its last.
 */
#include "law/valid.h"

bool valid_on(struct valid v, struct date day)
{
	if (date_cmp(day, v.from) < 0)
		return false;
	return date_is_none(v.until) || date_cmp(day, v.until) <= 0;
}
