/*
 * The numbers of a year as a page.
 */
#include "web/metrics.h"

#include "web/html.h"
#include "words/words.h"

typedef bool column_fn(const struct metric *m);

static void fill_heads(
	struct arena *a, column_fn *is_shown, struct metrics_table *t)
{
	t->heads.at = arena_many(a, struct metrics_head, metric_count());
	for (size_t i = 0; i < metric_count(); i++)
		if (is_shown(metric_at(i)))
			t->heads.at[t->heads.n++] =
				(struct metrics_head){ metric_at(i) };
}

/* The columns, with room for `more` cells behind them. */
static struct metrics_cells *add_row(struct arena *a, struct metrics_table *t,
	const struct metrics_line *l, size_t more)
{
	struct metrics_cells *row = &t->rows.at[t->rows.n++];

	*row = (struct metrics_cells){ .title = l->title,
		.at = arena_many(a, str, t->heads.n + more) };
	for (size_t i = 0; i < t->heads.n; i++)
		row->at[row->n++] = metrics_value(a, l, t->heads.at[i].metric);
	return row;
}

static void fill_years(struct arena *a, int last, struct metrics_table *t)
{
	int first =
		t->m->first_year < t->m->year ? t->m->first_year : t->m->year;

	t->years.at =
		arena_many(a, struct metrics_year, (size_t)(last - first + 1));
	for (int y = last; y >= first; y--)
		t->years.at[t->years.n++] =
			(struct metrics_year){ y, y == t->m->year };
}

/* --- published --- */

/* What a large business owes for some kind. */
static bool is_published(const struct metric *m)
{
	return metrics_knows(m) && m->by & METRIC_LARGE;
}

/* What came through the State's platform is owed by brokers alone, and counted for
 * nobody else. */
static bool is_owed(enum kind kind)
{
	for (size_t i = 0; i < metric_count(); i++)
		if (metric_is_owed(
			    metric_at(i), kind, METRIC_LARGE | METRIC_BROKER))
			return true;
	return false;
}

static void fill_published(struct arena *a, struct metrics_table *t)
{
	const struct metrics *m = t->m;

	fill_heads(a, is_published, t);
	t->rows.at = arena_many(a, struct metrics_cells, m->n);
	for (size_t l = 0; l < m->n; l++)
		if (is_owed(m->line[l].kind))
			add_row(a, t, &m->line[l], 0);
}

int web_numbers(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);
	struct numbers_page v = { .t = { .m = NULL } };
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
	v.t.m = &m;
	if (web_page(ctx, q, r, STR(""), &v.page, NULL, e))
		return -1;
	v.page.title = words_fill_number(
		q->arena, v.page.lang, "Privacy requests in {1}", m.year);
	fill_published(q->arena, &v.t);
	fill_years(q->arena, last, &v.t);
	html_numbers(&r->body, v.page.lang, &v);
	return 0;
}

/* --- for staff --- */

static void fill_all(struct arena *a, struct metrics_table *t)
{
	const struct metrics *m = t->m;

	fill_heads(a, metrics_knows, t);
	t->rows.at = arena_many(a, struct metrics_cells, m->n);
	for (size_t i = 0; i < m->n; i++) {
		const struct metrics_line *l = &m->line[i];
		struct metrics_cells *row = add_row(a, t, l, 2);

		row->at[row->n++] = arena_fmt(a, "%lld", (long long)l->ended);
		row->at[row->n++] = arena_fmt(a, "%lld", (long long)l->open);
	}
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
	v.t.m = &m;
	v.is_over = m.year < today;
	v.publish_by = date_words(q->arena, m.publish_by);
	fill_all(q->arena, &v.t);
	fill_years(q->arena, today, &v.t);
	html_metrics(&r->body, &v);
	return 0;
}
