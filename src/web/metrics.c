/*
 * The numbers of a year as a page.
 */
#include "web/metrics.h"

#include "web/html.h"

static void fill_heads(struct arena *a, struct metrics_page *v)
{
	v->heads.at = arena_many(a, struct metrics_head, metric_count());
	for (size_t i = 0; i < metric_count(); i++)
		if (metrics_knows(metric_at(i)))
			v->heads.at[v->heads.n++] =
				(struct metrics_head){ metric_at(i) };
}

static void fill_row(struct arena *a, const struct metrics_page *v,
	const struct metrics_line *l, struct metrics_cells *out)
{
	*out = (struct metrics_cells){ .title = l->title };
	out->at = arena_many(a, str, v->heads.n + 2);
	for (size_t i = 0; i < v->heads.n; i++)
		out->at[out->n++] = metrics_value(a, l, v->heads.at[i].metric);
	out->at[out->n++] = arena_fmt(a, "%lld", (long long)l->ended);
	out->at[out->n++] = arena_fmt(a, "%lld", (long long)l->open);
}

/* --- published --- */

/* What a large business owes for some kind. */
static bool is_published(const struct metric *m)
{
	return metrics_knows(m) && m->by & METRIC_LARGE;
}

static void fill_published(struct arena *a, struct numbers_page *v)
{
	const struct metrics *m = v->m;

	v->heads.at = arena_many(a, struct metrics_head, metric_count());
	for (size_t i = 0; i < metric_count(); i++)
		if (is_published(metric_at(i)))
			v->heads.at[v->heads.n++] =
				(struct metrics_head){ metric_at(i) };
	v->rows.at = arena_many(a, struct metrics_cells, m->n);
	for (size_t l = 0; l < m->n; l++) {
		struct metrics_cells *row = &v->rows.at[v->rows.n];

		if (!metric_is_owed(v->heads.at[0].metric, m->line[l].kind,
			    METRIC_LARGE))
			continue;
		v->rows.n++;
		*row = (struct metrics_cells){ .title = m->line[l].title,
			.at = arena_many(a, str, v->heads.n) };
		for (size_t i = 0; i < v->heads.n; i++)
			row->at[row->n++] = metrics_value(
				a, &m->line[l], v->heads.at[i].metric);
	}
}

static void fill_past(struct arena *a, int last, struct numbers_page *v)
{
	int first =
		v->m->first_year < v->m->year ? v->m->first_year : v->m->year;

	v->years.at =
		arena_many(a, struct metrics_year, (size_t)(last - first + 1));
	for (int y = last; y >= first; y--)
		v->years.at[v->years.n++] =
			(struct metrics_year){ y, y == v->m->year };
}

int web_numbers(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);
	struct numbers_page v = { .m = NULL };
	int last = desk_today(d).year - 1;
	int64_t year = last;
	struct metrics m;
	int rc;

	if (!str_int(http_query(q, "year"), &year) || year < 2020 ||
		year > last)
		year = last;
	rc = metrics_published(d, (int)year, q->peer, &m, e);
	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such page");
	v.m = &m;
	if (web_page(ctx, q, r,
		    arena_fmt(q->arena, "Privacy requests in %d", m.year),
		    &v.page, NULL, e))
		return -1;
	fill_published(q->arena, &v);
	fill_past(q->arena, last, &v);
	html_numbers(&r->body, &v);
	return 0;
}

/* --- for staff --- */

static void fill_years(struct arena *a, int today, struct metrics_page *v)
{
	int first =
		v->m->first_year < v->m->year ? v->m->first_year : v->m->year;
	int last = today > v->m->year ? today : v->m->year;

	v->years.at =
		arena_many(a, struct metrics_year, (size_t)(last - first + 1));
	for (int y = last; y >= first; y--)
		v->years.at[v->years.n++] =
			(struct metrics_year){ y, y == v->m->year };
}

int web_metrics(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);
	struct metrics_page v = { .is_over = false };
	int today = desk_today(d).year;
	int64_t year = today;
	struct metrics m;

	if (!str_int(http_query(q, "year"), &year) || year < 2020 ||
		year > today)
		year = today;
	if (metrics_load(d, (int)year, &m, e) ||
		desk_page_fill(ctx, q, r,
			arena_fmt(q->arena, "Numbers of %d", m.year), &v.page,
			e))
		return -1;
	v.page.place = DESK_METRICS;
	v.m = &m;
	v.is_over = m.year < today;
	v.publish_by = date_words(q->arena, m.publish_by);
	fill_heads(q->arena, &v);
	v.rows.n = m.n;
	v.rows.at = arena_many(q->arena, struct metrics_cells, m.n);
	for (size_t i = 0; i < m.n; i++)
		fill_row(q->arena, &v, &m.line[i], &v.rows.at[i]);
	fill_years(q->arena, today, &v);
	html_metrics(&r->body, &v);
	return 0;
}
