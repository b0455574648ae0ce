/* Retention: what the map says, what was seen, what was erased. */
#include "web/retention.h"

#include "connect/expires.h"
#include "desk/drop_page.h"
#include "desk/expiry_ask.h"
#include "web/html.h"

enum { UNTIMED_MAX = 16 << 10 };

static const char undated[] = "stay: no day can be told of them";
static const char unweighed[] =
	"too old as well, and not weighed by this look: a run goes on";

/* --- one look --- */

static void add_why(
	struct arena *a, struct retention_row *r, int64_t n, const char *words)
{
	if (n > 0)
		r->whys.at[r->whys.n++] =
			(struct retention_why){ drop_figure(a, n), words };
}

static void fill_whys(struct arena *a, const struct expiry_run *r,
	const struct expiry_table *t, struct retention_row *out)
{
	for (int i = EXPIRE_GOES + 1; i < EXPIRE_WHYS; i++)
		add_why(a, out, t->waiting[i],
			expire_why_words((enum expire_why)i));
	add_why(a, out, expiry_unweighed(r, t), unweighed);
	add_why(a, out, t->undated, undated);
}

static void fill_row(struct arena *a, const struct expiry_run *r,
	const struct expiry_table *t, struct retention_row *out)
{
	str gone = drop_figure(a, t->goes);

	*out = (struct retention_row){ .of = t,
		.rows = drop_figure(a, t->rows),
		.old = drop_figure(a, t->old) };
	out->gone =
		t->along ? arena_fmt(a, "%.*s, with %.*s that belong to them",
				   STR_ARG(gone),
				   STR_ARG(drop_figure(a, t->along)))
			 : gone;
	fill_whys(a, r, t, out);
}

static void add_look(struct arena *a, const struct expiry_run *r,
	const char *title, struct retention_system *s)
{
	struct retention_look *out = &s->looks.at[s->looks.n];

	if (!r->id)
		return;
	s->looks.n++;
	*out = (struct retention_look){ .of = r,
		.title = str_of(title),
		.when = instant_words_year(
			a, r->ended_at ? r->ended_at : r->started_at),
		.is_on = !r->is_preview };
	out->rows.n = r->ended_at ? r->tables.n : 0;
	out->rows.at = arena_many(a, struct retention_row, out->rows.n);
	for (size_t i = 0; i < out->rows.n; i++)
		fill_row(a, r, &r->tables.at[i], &out->rows.at[i]);
}

/* --- one system --- */

static str names_of(struct arena *a, const struct expiry *x)
{
	struct buf b = buf_in(a, UNTIMED_MAX);

	for (size_t i = 0; i < x->untimed.n; i++)
		buf_fmt(&b, "%s%.*s", i ? ", " : "", STR_ARG(x->untimed.at[i]));
	return buf_str(&b);
}

static void fill_rules(struct arena *a, const struct map_system *m,
	struct retention_system *out)
{
	out->rules.at = arena_many(a, struct retention_rule, m->tables_n);
	for (size_t i = 0; i < m->tables_n; i++) {
		const struct map_table *t = &m->tables[i];

		if (!t->expires)
			continue;
		out->rules.at[out->rules.n++] = (struct retention_rule){
			t->name,
			arena_fmt(a, "%.*s after %.*s",
				STR_ARG(expires_words(a, t->expires)),
				STR_ARG(t->columns[t->expires->column].name)),
		};
	}
}

static void fill_system(struct arena *a, const struct expiry *x,
	const struct map *m, struct retention_system *out)
{
	const struct map_system *s = map_system_named(m, x->system);

	out->of = x;
	out->untimed = names_of(a, x);
	if (s)
		fill_rules(a, s, out);
	if (x->on_at)
		out->on = instant_words_year(a, x->on_at);
	add_look(a, &x->preview, "Last preview", out);
	add_look(a, &x->run, "Last run", out);
}

/* --- all of them --- */

static int64_t old_of(const struct expiry *x)
{
	const struct expiry_run *r = x->on_at ? &x->run : &x->preview;
	int64_t n = 0;

	for (size_t i = 0; r->ended_at && i < r->tables.n; i++)
		n += x->on_at ? r->tables.at[i].left : r->tables.at[i].old;
	return n;
}

static str headline_of(struct arena *a, const struct expiries *all)
{
	int64_t old = 0;
	size_t timed = 0, seen = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct expiry *x = &all->at[i];

		old += old_of(x);
		timed += x->timed_n > 0;
		seen += x->preview.ended_at || x->run.ended_at;
	}
	if (!timed)
		return STR("The data map gives no table a time (expires).");
	if (!seen)
		return STR("Nothing was looked at yet.");
	if (!old)
		return STR("Nothing that was looked at is kept too long.");
	return arena_fmt(a, "%.*s %s kept longer than the data map says.",
		STR_ARG(drop_figure(a, old)), old == 1 ? "row is" : "rows are");
}

static int fill(struct desk *d, struct retention_page *v, struct err *e)
{
	struct expiries *all = arena_one(d->arena, struct expiries);
	struct map m;

	if (expiry_list(d, all, e) || map_read(d->arena, d->data_map, &m, e))
		return -1;
	v->headline = headline_of(d->arena, all);
	v->can_ask = desk_may(d, PERM_DECIDE);
	v->systems.n = all->n;
	v->systems.at = arena_many(d->arena, struct retention_system, all->n);
	for (size_t i = 0; i < all->n; i++) {
		v->systems.at[i].number = (int)i + 1;
		fill_system(d->arena, &all->at[i], &m, &v->systems.at[i]);
	}
	return 0;
}

int web_retention(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct retention_page *v = arena_one(q->arena, struct retention_page);

	if (fill(web_desk(q), v, e) ||
		desk_page_fill(ctx, q, r, STR("Retention"), &v->page, e))
		return -1;
	v->page.place = DESK_RETENTION;
	html_retention(&r->body, v);
	return 0;
}

int web_retention_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	(void)ctx;
	if (expiry_ask(web_desk(q), e))
		return -1;
	http_flash(r, "expiry-asked");
	http_redirect(r, STR("/desk/retention"));
	return 0;
}
