/* Who came back, system by system, those that wait for somebody first. */
#include "web/returned.h"

#include "desk/drop_page.h"
#include "desk/setting.h"
#include "web/html.h"

static bool is_waiting(const struct screening *s)
{
	return s->looked_at && !s->acted_at;
}

static bool is_closed(const struct restored_all *all, str system)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i].system, system))
			return !all->at[i].replayed_at;
	return false;
}

static struct returned_row row_of(struct desk *d, const struct screening *s,
	const struct restored_all *restored)
{
	struct arena *a = d->arena;

	return (struct returned_row){
		.look = s,
		.looked = s->looked_at ? instant_words_year(a, s->looked_at)
				       : STR(""),
		.rows = drop_figure(a, s->rows),
		.found = drop_figure(a, s->found),
		.erased = drop_figure(a, s->erased),
		.kept = drop_figure(a, s->kept),
		.is_closed = is_closed(restored, s->system),
		.has_button = is_waiting(s) && !s->is_stale &&
			      !s->approved_at && desk_may(d, PERM_DECIDE),
		.tables = { s->tables.at, s->tables.n },
	};
}

static void fill_rows(struct desk *d, const struct screenings *all,
	const struct restored_all *restored, struct returned_page *v)
{
	v->rows.at = arena_many(d->arena, struct returned_row, all->n);
	for (int waits = 1; waits >= 0; waits--)
		for (size_t i = 0; i < all->n; i++)
			if (is_waiting(&all->at[i]) == waits)
				v->rows.at[v->rows.n++] =
					row_of(d, &all->at[i], restored);
}

static str headline_of(struct arena *a, const struct screenings *all)
{
	int waiting = 0, failed = 0;

	for (size_t i = 0; i < all->n; i++) {
		waiting += is_waiting(&all->at[i]);
		failed += !all->at[i].looked_at;
	}
	if (waiting)
		return arena_fmt(a,
			"People who were deleted stand in %d %s again.",
			waiting, waiting == 1 ? "system" : "systems");
	if (failed)
		return arena_fmt(a, "%d %s could not be looked at.", failed,
			failed == 1 ? "system" : "systems");
	return STR("Nobody who was deleted came back.");
}

int web_returned(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);
	struct returned_page *v = arena_one(q->arena, struct returned_page);
	struct restored_all restored;
	struct screenings all;
	struct settings s;

	if (returned_list(d, &all, e) || restored_list(d, &restored, e) ||
		settings_load(d, &s, e) ||
		desk_page_fill(ctx, q, r, STR("Came back"), &v->page, e))
		return -1;
	v->page.place = DESK_RETURNED;
	v->headline = headline_of(q->arena, &all);
	v->hours = settings_hours(s.screen_hours);
	fill_rows(d, &all, &restored, v);
	html_returned(&r->body, v);
	return 0;
}

int web_returned_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	int64_t id;
	int rc;

	(void)ctx;
	if (!str_int(http_form(q, "look"), &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such look");
	rc = returned_approve(web_desk(q), id, e);
	if (rc && e->code != ERR_CONFLICT)
		return -1;
	http_flash(r, rc ? "changed" : "returned");
	http_redirect(r, STR("/desk/returned"));
	return 0;
}
