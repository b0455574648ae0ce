/*
 * The companies that were told, the late ones named first in words.
 */
#include "web/vendors.h"

#include "web/html.h"

static str headline_of(struct arena *a, const struct vendor_rows *rows)
{
	int late = 0, open = 0;

	for (size_t i = 0; i < rows->n; i++) {
		late += rows->at[i].late;
		open += rows->at[i].open;
	}
	if (late)
		return arena_fmt(a, "%d %s late.", late,
			late == 1 ? "answer is" : "answers are");
	if (open)
		return arena_fmt(a, "Nobody is late. %d %s open.", open,
			open == 1 ? "instruction is" : "instructions are");
	return STR("Nobody is late. Nothing is open.");
}

int web_vendors(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct vendor_rows rows;
	struct vendors_page v = { .vendors = &rows };

	if (vendor_list(web_desk(q), &rows, e) ||
		desk_page_fill(ctx, q, r, STR("Vendors"), &v.page, e))
		return -1;
	v.page.place = DESK_VENDORS;
	v.headline = headline_of(q->arena, &rows);
	html_vendors(&r->body, &v);
	return 0;
}
