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

/* What only waits for answers can't be carried out. */
static bool has_button(struct desk *d, const struct screening *s)
{
	bool has_work = s->old_again || s->found > s->erased + s->kept;

	return is_waiting(s) && has_work && !s->is_stale && !s->approved_at &&
	       desk_may(d, PERM_DECIDE);
}

static struct returned_row row_of(struct desk *d, const struct screening *s,
	const struct restored_all *restored)
{
	struct arena *a = d->arena;
	bool has_rows = s->found > s->erased + s->kept;

	return (struct returned_row){
		.look = s,
		.looked = s->looked_at ? instant_words_year(a, s->looked_at)
				       : STR(""),
		.rows = drop_figure(a, s->rows),
		.found = drop_figure(a, s->found),
		.erased = drop_figure(a, s->erased),
		.kept = drop_figure(a, s->kept),
		.is_closed = is_closed(restored, s->system),
		.has_button = has_button(d, s),
		.tables = { s->tables.at, s->tables.n },
		.corrections = { s->corrections.at, s->corrections.n },
		.asked = { s->asked.at, s->asked.n },
		.may_choose = desk_may(d, PERM_DECIDE),
		.has_rows = has_rows,
		.is_running = s->approved_at && (has_rows || s->old_again),
		.is_asked = s->asked.n && !has_rows && !s->old_again,
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
	int waiting = 0, failed = 0, old = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct screening *s = &all->at[i];

		waiting += is_waiting(s) && s->found > s->erased + s->kept;
		old += is_waiting(s) && screening_waits(s);
		failed += !s->looked_at;
	}
	if (waiting)
		return arena_fmt(a,
			"People who were deleted stand in %d %s again.",
			waiting, waiting == 1 ? "system" : "systems");
	if (old)
		return arena_fmt(a,
			"Values that were corrected are old again in %d %s.",
			old, old == 1 ? "system" : "systems");
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

static int post_choice(
	struct http_request *q, struct http_response *r, struct err *e)
{
	bool leaves = str_eq(http_form(q, "choice"), STR("leave"));
	int64_t id;
	int rc;

	if (!str_int(http_form(q, "correction"), &id) ||
		(!leaves && !str_eq(http_form(q, "choice"), STR("correct"))))
		return err_set(e, ERR_NOT_FOUND, "there is no such correction");
	rc = recorrect_choose(web_desk(q), id, leaves, e);
	if (rc && e->code != ERR_CONFLICT)
		return -1;
	http_flash(r, rc ? "changed" : leaves ? "newer-left" : "newer-chosen");
	http_redirect(r, STR("/desk/returned"));
	return 0;
}

int web_returned_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	int64_t id;
	int rc;

	(void)ctx;
	if (http_form(q, "correction").n)
		return post_choice(q, r, e);
	if (!str_int(http_form(q, "look"), &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such look");
	rc = returned_approve(web_desk(q), id, e);
	if (rc && e->code != ERR_CONFLICT)
		return -1;
	http_flash(r, rc ? "changed" : "returned");
	http_redirect(r, STR("/desk/returned"));
	return 0;
}
