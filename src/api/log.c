/*
 * The suppression log for machines that keep a copy of it.  Binary, as
 * desk/follow_page.h draws it: 45 bytes a change, and nothing that could be
 * read without the identifiers' key.
 */
#include "api/call.h"
#include "desk/follow.h"

enum { FIRST_DEFAULT = 10000 };

/* False leaves a problem. */
static bool read_number(
	struct call *c, const char *name, int64_t most, int64_t *out)
{
	str text = http_query(c->q, name);

	if (!text.n)
		return true;
	if (str_int(text, out) && *out >= 0 && *out <= most)
		return true;
	call_problem(c, str_of(name), "number", "A whole number within bounds");
	return false;
}

int log_page(struct call *c, struct err *e)
{
	int64_t after = 0, first = FIRST_DEFAULT;
	struct follow_page page;

	read_number(c, "after", INT64_MAX, &after);
	read_number(c, "limit", FOLLOW_PAGE_MAX, &first);
	if (!first)
		call_problem(c, STR("limit"), "number", "At least 1");
	if (c->problems.n || follow_page_make(c->desk, (uint64_t)after,
				     (size_t)first, &page, e))
		return -1;
	http_type(c->r, "application/octet-stream");
	follow_page_put(&c->r->body, &page);
	return 0;
}
