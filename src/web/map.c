/* The data map. A map with a mistake is no failure of this page: it is said. */
#include "web/map.h"

#include "web/html.h"

int web_map(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct map_page map = { 0 };
	struct map_view v = { .map = &map };

	if (map_page_load(web_desk(q), &map, e)) {
		if (e->code != ERR_INVALID)
			return -1;
		v.problem = arena_fmt(q->arena, "%s", e->message);
		*e = (struct err){ 0 };
	}
	if (desk_page_fill(ctx, q, r, STR("Data map"), &v.page, e))
		return -1;
	v.page.place = DESK_MAP;
	v.picture = map_picture_inside(q->arena, &map.chart);
	html_data_map(&r->body, &v);
	return 0;
}
