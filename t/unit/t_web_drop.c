/*
 * The pictures of the State's lists: what is drawn where, that nothing leaves the
 * drawing, and that few stay seen beside many.
 */
#include "check.h"

#include "web/drop_draw.h"

static const struct date FROM = { 2026, 11, 1 };

static struct clock_bar period(
	struct arena *a, int days, struct date today, struct date done)
{
	struct drop_period p = {
		.from_title = "Last access",
		.due_title = "Next access",
		.from = FROM,
		.due = date_add(FROM, days),
		.today = today,
		.done_on = done,
		.has_alarm = true,
	};
	struct clock_bar b;

	drop_period_draw(a, &p, &b);
	return b;
}

static void periods(struct arena *a)
{
	struct clock_bar b =
		period(a, 45, date_add(FROM, 9), (struct date){ 0 });

	CHECK(b.now_x == 8 + 740 * 9 / 45 && b.due_width == 740 && !b.is_late,
		"a fifth of the way: %d", b.now_x);
	CHECK(b.marks.n == 3 && b.marks.at[1].x == 8 + 740 * 30 / 45 &&
			b.marks.at[2].is_due,
		"the first alarm is on day 30: %d", b.marks.at[1].x);
	CHECK(str_find(b.sentence, STR("December 16, 2026, day 45")) > 0,
		"in words: %.*s", STR_ARG(b.sentence));
	b = period(a, 45, date_add(FROM, 60), (struct date){ 0 });
	CHECK(b.is_late && b.now_x == 748 && b.late_x == 8 + 740 * 45 / 60 &&
			b.late_x + b.late_width == 748,
		"late: %d, %d", b.late_x, b.late_width);
	b = period(a, 45, date_add(FROM, 60), date_add(FROM, 20));
	CHECK(!b.is_late && str_eq(b.now, STR("Done, day 20")),
		"what was done in time is not late: %.*s", STR_ARG(b.now));
	b = period(a, 30, FROM, (struct date){ 0 });
	CHECK(b.marks.at[1].x == 8 + 740 * 15 / 30, "of thirty days, day 15");
}

static void add(struct drop_way *w, enum drop_list l, enum drop_met met,
	enum drop_end end, enum drop_answered told, int64_t n)
{
	w->came += n;
	w->met[met][end] += n;
	w->told[end][told] += n;
	w->of[l].came += n;
	w->of[l].met[met] += n;
	w->of[l].end[end] += n;
	w->of[l].told += told == DROP_ANSWERED_YES ? n : 0;
}

static const struct drop_node *node(
	const struct drop_flow *f, const char *title)
{
	for (size_t i = 0; i < f->nodes.n; i++)
		if (!strcmp(f->nodes.at[i].title, title))
			return &f->nodes.at[i];
	return NULL;
}

static bool is_sound(const struct drop_flow *f)
{
	for (size_t i = 0; i < f->nodes.n; i++) {
		const struct drop_node *n = &f->nodes.at[i];

		if (n->height < 4 || n->y < 0 || n->label_y + 17 > f->height ||
			n->y + n->height > f->height || n->x + 12 > f->width)
			return false;
		for (size_t k = 0; k < i; k++) {
			const struct drop_node *o = &f->nodes.at[k];

			if (o->x == n->x && o->y < n->y &&
				o->label_y + 17 > n->y + 12)
				return false;
		}
	}
	return f->bands.n > 0;
}

static void flow(struct arena *a)
{
	struct drop_way w = { 0 };
	struct drop_flow f;

	add(&w, DROP_EMAIL, DROP_MET_NOBODY, DROP_END_NOT_FOUND,
		DROP_ANSWERED_YES, 5000000);
	add(&w, DROP_EMAIL, DROP_MET_ONE, DROP_END_DELETED, DROP_ANSWERED_YES,
		3);
	add(&w, DROP_PHONE, DROP_MET_SEVERAL, DROP_END_OPTED_OUT,
		DROP_ANSWERED_NO, 1);
	add(&w, DROP_NDZ, DROP_MET_ONE, DROP_END_EXEMPTED, DROP_ANSWERED_NO, 1);
	add(&w, DROP_MAID, DROP_MET_OPEN, DROP_END_OPEN, DROP_ANSWERED_NO, 2);
	add(&w, DROP_EMAIL, DROP_MET_WITHDRAWN, DROP_END_WITHDRAWN,
		DROP_ANSWERED_NOTHING_OWED, 7);
	drop_flow_draw(a, &w, &f);
	CHECK(is_sound(&f), "nothing leaves the drawing or hides words");
	CHECK(f.nodes.n == 1 + 5 + 6 + 3, "all that there is: %zu", f.nodes.n);
	CHECK(node(&f, "Deleted") && node(&f, "Deleted")->height == 4 &&
			str_eq(node(&f, "Deleted")->figure, STR("3")),
		"three of five million are seen");
	CHECK(str_eq(node(&f, "Came")->figure, STR("5,000,014")), "all: %.*s",
		STR_ARG(node(&f, "Came")->figure));
	CHECK(str_find(f.headline,
		      STR("2 of 5,000,014 items are not looked")) == 0,
		"%.*s", STR_ARG(f.headline));
	CHECK(str_find(f.sentence, STR("Deleted 3, Opted out 1, Exempt 1")) > 0,
		"%.*s", STR_ARG(f.sentence));
	w = (struct drop_way){ 0 };
	drop_flow_draw(a, &w, &f);
	CHECK(!f.nodes.n && !f.bands.n &&
			str_eq(f.headline, STR("Nothing new came")),
		"of nothing, nothing");
}

static void bars(struct arena *a)
{
	struct drop_way w = { 0 };
	struct drop_bars b;

	add(&w, DROP_EMAIL, DROP_MET_NOBODY, DROP_END_NOT_FOUND,
		DROP_ANSWERED_YES, 999999);
	add(&w, DROP_EMAIL, DROP_MET_ONE, DROP_END_DELETED, DROP_ANSWERED_YES,
		1);
	add(&w, DROP_CTVID, DROP_MET_OPEN, DROP_END_OPEN, DROP_ANSWERED_NO, 4);
	drop_bars_draw(a, &w, &b);
	CHECK(b.rows.n == 2 && b.rows.at[0].list == DROP_EMAIL &&
			b.rows.at[1].list == DROP_CTVID,
		"lists that came, in their order");
	CHECK(b.rows.at[0].shares.n == 2 &&
			b.rows.at[0].shares.at[0].width == 3,
		"one of a million is seen");
	for (size_t i = 0; i < b.rows.n; i++) {
		const struct drop_bar *r = &b.rows.at[i];
		int width = 0;

		for (size_t k = 0; k < r->shares.n; k++)
			width += r->shares.at[k].width;
		CHECK(width == b.width && r->y + 34 < b.height,
			"a bar is as long as the drawing: %d", width);
	}
}

static void figures(struct arena *a)
{
	static const struct {
		int64_t n;
		const char *text;
	} rows[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" },
		{ 12345678, "12,345,678" }, { -1234, "-1,234" } };

	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(str_eq(drop_figure(a, rows[i].n), str_of(rows[i].text)),
			"%s", rows[i].text);
}

int main(void)
{
	struct arena *a = arena_new(1 << 24);

	periods(a);
	flow(a);
	bars(a);
	figures(a);
	arena_free(a);
	return CHECK_DONE();
}
