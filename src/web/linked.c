#include "web/linked.h"

#include "base/enc.h"
#include "desk/parts.h"

enum { ABOUT_MAX = 400 };

str linked_about(const struct http_request *q)
{
	str about = http_query(q, "about");

	return about.n <= ABOUT_MAX && str_is_text(about) ? about : STR("");
}

str linked_kinds(const struct http_request *q)
{
	str kinds;

	return parts_read(q->arena, http_query(q, "kinds"), &kinds) ? kinds
								    : STR("");
}

str linked_query(const struct http_request *q)
{
	str kinds = linked_kinds(q), about = linked_about(q);

	if (!kinds.n && !about.n)
		return STR("");
	return arena_fmt(q->arena, "?%s=%.*s", kinds.n ? "kinds" : "about",
		STR_ARG(url_encode(q->arena, kinds.n ? kinds : about)));
}
