/*
 * The audit trail as a page.
 */
#include "web/audit.h"

#include "web/html.h"

enum { HASH_SHOWN = 16 };

static struct audit_line line_of(struct arena *a, const struct trail_entry *t)
{
	struct audit_line l = {
		.entry = t,
		.day = date_short(a, date_pacific(t->at)),
		.time = instant_words_year(a, t->at),
		.icon = { *t->tone == 'g'   ? "tick"
			  : *t->tone == 'b' ? "exclaim"
					    : "" },
	};

	if (t->reference.n)
		l.href = desk_case_path(a, t->reference, "");
	return l;
}

int web_audit(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct trail trail;
	struct audit_page v = { .trail = &trail };
	int64_t before = 0;

	if (!str_int(http_query(q, "before"), &before) || before < 1)
		before = 0;
	if (trail_load(web_desk(q), before, &trail, e) ||
		desk_page_fill(ctx, q, r, STR("Audit trail"), &v.page, e))
		return -1;
	v.page.place = DESK_AUDIT;
	v.is_first = !before;
	v.head_short = str_head(trail.head_hash, HASH_SHOWN);
	v.sealed = instant_words_year(q->arena, trail.sealed_at);
	v.lines.n = trail.entries.n;
	v.lines.at = arena_many(q->arena, struct audit_line, v.lines.n);
	for (size_t i = 0; i < v.lines.n; i++)
		v.lines.at[i] = line_of(q->arena, &trail.entries.at[i]);
	html_audit(&r->body, &v);
	return 0;
}
