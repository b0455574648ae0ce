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

static void fill_clauses(struct arena *a, struct vendors_page *v)
{
	v->clauses.at = arena_many(a, struct listed, listed_count());
	for (size_t i = 0; i < listed_count(); i++)
		if (listed_at(i)->list == LIST_CLAUSE_SERVICE)
			v->clauses.at[v->clauses.n++] = *listed_at(i);
}

int web_vendors(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct vendor_rows rows;
	struct vendors_page v = { .vendors = &rows };

	if (vendor_list(web_desk(q), &rows, e) ||
		contracts_load(web_desk(q), &v.contracts, e) ||
		desk_page_fill(ctx, q, r, STR("Vendors"), &v.page, e))
		return -1;
	v.page.place = DESK_VENDORS;
	v.headline = headline_of(q->arena, &rows);
	fill_clauses(q->arena, &v);
	html_vendors(&r->body, &v);
	return 0;
}
