/*
 * The State's deletion lists, all sessions at a glance.
 */
#include "web/drop.h"

#include "desk/limit.h"
#include "web/drop_draw.h"
#include "web/html.h"

enum { SESSIONS = 50, OUTAGES = 20, FIELD_MAX = 40 };

str drop_session_path(struct arena *a, int64_t id, const char *last)
{
	return arena_fmt(a, "/desk/drop/%lld%s", (long long)id, last);
}

const char *drop_days_words(int left)
{
	if (left < 0)
		return left == -1 ? "day late" : "days late";
	return left == 1 ? "day left" : "days left";
}

/* What a form that was not taken brings back. */
struct returned {
	str field;
	str list;
	bool is_selected;
	bool is_held;
	str text;
	str problem;
};

/* --- the clock, and what comes next --- */

static void fill_clock(
	struct desk *d, const struct drop_cycles *all, struct drop_page_view *v)
{
	struct drop_period p = {
		.from_title = "Last access",
		.due_title = "Next access",
		.due = v->o->next_by,
		.today = desk_today(d),
		.has_alarm = true,
	};

	if (date_is_none(v->o->next_by))
		return;
	for (size_t i = 0; i < all->n && date_is_none(p.from); i++)
		if (all->at[i].received_at)
			p.from = all->at[i].opened_on;
	if (date_is_none(p.from))
		return;
	v->has_clock = true;
	drop_period_draw(d->arena, &p, &v->clock);
	v->days_number =
		v->o->days_left < 0 ? -v->o->days_left : v->o->days_left;
	v->days_words = drop_days_words(v->o->days_left);
	v->next_by = date_words(d->arena, v->o->next_by);
	v->last_on = date_words(d->arena, p.from);
	v->alarm = v->o->alarm == DROP_ALARM_NONE
			   ? NULL
			   : drop_alarm_words(v->o->alarm);
}

static bool is_open(const struct drop_overview *o)
{
	return o->has_cycle && o->cycle.state != DROP_STATE_CLOSED;
}

static void fill_next(struct desk *d, struct drop_page_view *v)
{
	const struct drop_overview *o = v->o;
	bool is_time = date_is_none(o->next_by) ||
		       o->days_left <= LIMIT_DROP_ACCESS_DAYS_BEFORE;

	if (o->has_cycle)
		v->session_href = drop_session_path(d->arena, o->cycle.id, "");
	v->is_open = is_open(o);
	if (v->is_open) {
		v->next = arena_fmt(d->arena, "Next: %.*s", STR_ARG(o->next));
		v->next_detail = arena_fmt(d->arena,
			"Session %lld is open: %s.", (long long)o->cycle.id,
			drop_state_title(o->cycle.state));
		return;
	}
	v->has_button = v->may && is_time;
	if (!o->has_cycle) {
		v->next = STR("Next: ask the platform for the lists");
		v->next_detail = STR("Nothing was ever fetched. The worker "
				     "asks by itself; the button asks now.");
		return;
	}
	v->next = is_time ? STR("Next: ask the platform for the lists")
			  : STR("Nothing to do now");
	v->next_detail = arena_fmt(d->arena,
		"The worker asks by itself, %d days before the last day at the "
		"latest. To fetch the lists sooner: `toyon drop "
		"pull`.",
		LIMIT_DROP_ACCESS_DAYS_BEFORE);
}

static void fill_money(struct desk *d, struct drop_page_view *v)
{
	const struct drop_overview *o = v->o;

	v->notices_due = (int)o->notices_due;
	if (o->unsent_amends)
		v->corrections = drop_figure(d->arena, o->unsent_amends);
	if (!o->late_items)
		return;
	v->late_items = drop_figure(d->arena, o->late_items);
	v->exposure = arena_fmt(d->arena, "$%.*s",
		STR_ARG(drop_figure(d->arena, o->exposure_usd)));
}

/* --- sessions --- */

static struct drop_line line_of(struct arena *a, const struct drop_cycle *c,
	const struct drop_cycle *before)
{
	struct drop_line l = {
		.cycle = c,
		.href = drop_session_path(a, c->id, ""),
		.opened = date_words(a, c->opened_on),
		.state = drop_state_title(c->state),
		.items = drop_figure(a, c->items),
	};

	if (before) {
		int gap = date_between(before->opened_on, c->opened_on);

		l.gap = arena_fmt(a, "%d %s", gap, gap == 1 ? "day" : "days");
		l.is_gap_late = date_cmp(c->opened_on, before->next_by) > 0;
	}
	if (c->closed_at)
		l.done = date_words(a, date_pacific(c->closed_at));
	return l;
}

static void fill_lines(struct arena *a, const struct drop_cycles *all,
	struct drop_page_view *v)
{
	v->lines.n = all->n;
	v->lines.at = arena_many(a, struct drop_line, all->n);
	for (size_t i = 0; i < all->n; i++)
		v->lines.at[i] = line_of(a, &all->at[i],
			i + 1 < all->n ? &all->at[i + 1] : NULL);
}

/* --- lists --- */

static struct drop_choice choice_of(struct desk *d,
	const struct drop_selection *s, const struct returned *back)
{
	struct arena *a = d->arena;
	struct drop_choice c = {
		.said = s,
		.name = drop_list_name(s->list),
		.title = drop_list_title(s->list),
		.what = drop_list_what(s->list),
		.items = drop_figure(a, s->items),
		.is_selected = s->is_decided ? s->is_selected : s->systems > 0,
		.is_held = s->is_decided ? s->is_held : s->systems > 0,
		.reason = s->reason,
	};

	c.field = arena_fmt(a, "reason-%s", c.name);
	if (s->is_decided)
		c.decided = arena_fmt(a, "%.*s by %.*s",
			STR_ARG(date_words(a, date_pacific(s->decided_at))),
			STR_ARG(s->decided_by));
	if (back && str_eq(back->list, str_of(c.name))) {
		c.is_selected = back->is_selected;
		c.is_held = back->is_held;
		c.reason = back->text;
		c.problem = arena_cstr(a, back->problem);
	}
	return c;
}

static int fill_choices(struct desk *d, const struct returned *back,
	struct drop_page_view *v, struct err *e)
{
	struct drop_selection *all =
		arena_many(d->arena, struct drop_selection, DROP_LISTS);

	if (drop_selections_page(d, all, e))
		return -1;
	for (int l = 0; l < DROP_LISTS; l++) {
		v->choices.at[v->choices.n++] = choice_of(d, &all[l], back);
		v->undecided += !all[l].is_decided;
		v->conflicts += all[l].conflict != NULL;
	}
	return 0;
}

/* --- accesses that failed --- */

static str when_of(struct arena *a, const struct drop_outage *o)
{
	str from = instant_words_year(a, o->from_at);

	if (!o->to_at)
		return arena_fmt(a, "Since %.*s", STR_ARG(from));
	return arena_fmt(a, "%.*s to %.*s", STR_ARG(from),
		STR_ARG(instant_words_year(a, o->to_at)));
}

static int fill_failure(struct desk *d, const struct drop_outage *o,
	struct drop_failure *f, struct err *e)
{
	struct arena *a = d->arena;

	*f = (struct drop_failure){
		.outage = o,
		.when = when_of(a, o),
		.is_unknown = str_eq(o->fault, STR("unknown")),
		.is_ours = str_eq(o->fault, STR("ours")),
		.is_platform = str_eq(o->fault, STR("platform")),
		.field = arena_fmt(a, "note-%lld", (long long)o->id),
	};
	if (o->notice_at)
		f->noticed = date_words(a, date_pacific(o->notice_at));
	if (date_is_none(o->notice_by))
		return 0;
	f->notice_by = date_words(a, o->notice_by);
	f->is_due = !o->notice_at;
	return drop_outage_notice(d, o->id, &f->notice, e);
}

static int fill_failures(struct desk *d, const struct returned *back,
	struct drop_page_view *v, struct err *e)
{
	struct drop_outages all;

	if (drop_outages(d, OUTAGES, &all, e))
		return -1;
	v->failures.n = all.n;
	v->failures.at = arena_many(d->arena, struct drop_failure, all.n);
	for (size_t i = 0; i < all.n; i++) {
		struct drop_failure *f = &v->failures.at[i];

		if (fill_failure(d, &all.at[i], f, e))
			return -1;
		if (back && str_eq(back->field, f->field))
			f->problem = arena_cstr(d->arena, back->problem);
	}
	return 0;
}

/* --- the page --- */

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, const struct returned *back, struct err *e)
{
	struct desk *d = web_desk(q);
	struct drop_overview *o = arena_one(q->arena, struct drop_overview);
	struct drop_page_view v = { .o = o };
	struct drop_cycles all;

	if (drop_overview_page(d, o, e) || drop_cycles(d, SESSIONS, &all, e) ||
		fill_choices(d, back, &v, e) || fill_failures(d, back, &v, e) ||
		desk_page_fill(w, q, r, STR("DROP"), &v.page, e))
		return -1;
	v.page.place = DESK_DROP;
	v.may = desk_may(d, PERM_DROP);
	if (o->counted_at)
		v.counted = instant_words_year(q->arena, o->counted_at);
	if (back) {
		problem_add(&v.problems, arena_cstr(q->arena, back->field),
			"invalid", arena_cstr(q->arena, back->problem));
		v.page.has_problem = true;
		r->status = 422;
	}
	fill_clock(d, &all, &v);
	fill_next(d, &v);
	fill_money(d, &v);
	fill_lines(q->arena, &all, &v);
	html_drop_page(&r->body, &v);
	return 0;
}

int web_drop(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	return draw(ctx, q, r, NULL, e);
}

int web_drop_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	if (drop_go_on(web_desk(q), e))
		return -1;
	http_flash(r, "drop-asked");
	http_redirect(r, STR("/desk/drop"));
	return 0;
}

/* A form whose text was not taken comes back with it. */
static int finish(const struct web *w, struct http_request *q,
	struct http_response *r, struct returned *back, struct err *e)
{
	if (e->code != ERR_INVALID)
		return -1;
	back->problem = arena_fmt(q->arena, "%s", e->message);
	*e = (struct err){ .code = ERR_NONE };
	return draw(w, q, r, back, e);
}

int web_drop_list(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct returned back = {
		.list = http_form(q, "list"),
		.is_selected = str_eq(http_form(q, "selected"), STR("yes")),
		.is_held = str_eq(http_form(q, "held"), STR("yes")),
		.text = http_form(q, "reason"),
	};
	enum drop_list list;

	if (!drop_list_read(back.list, &list))
		return err_set(e, ERR_NOT_FOUND, "there is no such list");
	back.field = arena_fmt(q->arena, "reason-%s", drop_list_name(list));
	if (drop_list_put(web_desk(q), list, back.is_selected, back.is_held,
		    back.text, e))
		return finish(ctx, q, r, &back, e);
	http_flash(r, "drop-list");
	http_redirect(r, STR("/desk/drop"));
	return 0;
}

/* Whose fault it was, or that the notice was sent. */
int web_drop_outage(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct returned back = { .text = http_form(q, "note") };
	str fault = http_form(q, "fault");
	int64_t id;
	int rc;

	if (!str_int(http_form(q, "outage"), &id))
		return err_set(e, ERR_NOT_FOUND, "there is no such outage");
	back.field = arena_fmt(q->arena, "note-%lld", (long long)id);
	rc = fault.n ? drop_outage_fault(web_desk(q), id, fault, e)
		     : drop_outage_noticed(web_desk(q), id, back.text, e);
	if (rc)
		return finish(ctx, q, r, &back, e);
	http_flash(r, fault.n ? "drop-fault" : "drop-noticed");
	http_redirect(r, STR("/desk/drop"));
	return 0;
}
