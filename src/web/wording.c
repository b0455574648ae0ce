/* What consumers read, as staff find it. */
#include "web/wording.h"

#include "web/html.h"

enum { HASH_SHOWN = 16 };

int web_wording(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct wording_page v = { .lines = { NULL, 0 } };
	struct wordings all;

	if (wording_list(web_desk(q), &all, e) ||
		desk_page_fill(ctx, q, r, STR("Words of pages and letters"),
			&v.page, e))
		return -1;
	v.page.place = DESK_AUDIT;
	v.lines.n = all.n;
	v.lines.at = arena_many(q->arena, struct wording_line, all.n);
	for (size_t i = 0; i < all.n; i++)
		v.lines.at[i] = (struct wording_line){ &all.at[i],
			instant_words_year(q->arena, all.at[i].at),
			str_head(all.at[i].sha256, HASH_SHOWN) };
	html_wording(&r->body, &v);
	return 0;
}
