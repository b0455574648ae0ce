/*
 * The geometry of the console's two drawings: what is drawn where, and that
 * nothing leaves the drawing whatever the numbers are.
 */
#include "check.h"

#include "law/reference.h"
#include "web/clock_bar.h"
#include "web/runway.h"

static const struct date TODAY = { 2026, 11, 21 };

/* So many are due that day, and how many of them are held up. */
struct day {
	int offset;
	int n;
	int held_up;
};

/* The eight characters of the k-th request. */
static str nth(struct arena *a, size_t k)
{
	uint8_t bytes[REFERENCE_RANDOM] = { (uint8_t)k, (uint8_t)(k >> 8), 7 };
	struct reference r = reference_make(bytes);

	return arena_dup(a, reference_str(&r));
}

/* In order; those held up come last on their day. */
static struct runway draw(struct arena *a, const struct day *days, size_t n)
{
	struct queue_due *dues = arena_many(a, struct queue_due, 20000);
	struct runway r;
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		for (int j = 0; j < days[i].n; j++, k++)
			dues[k] = (struct queue_due){
				.reference = nth(a, k),
				.kind_title = "Delete",
				.due_on = date_add(TODAY, days[i].offset),
				.offset = days[i].offset,
				.is_held_up = j >= days[i].n - days[i].held_up,
			};
	runway_draw(a, dues, k, TODAY, &r);
	return r;
}

static size_t dots_of(const struct runway *r, const char *tone, bool hollow)
{
	size_t n = 0;

	for (size_t i = 0; i < r->dots.n; i++)
		n += !strcmp(r->dots.at[i].tone, tone) &&
		     r->dots.at[i].is_hollow == hollow;
	return n;
}

/* Every dot inside the drawing, and no two nearer than their size. */
static bool is_sound(const struct runway *r)
{
	for (size_t i = 0; i < r->dots.n; i++) {
		const struct runway_dot *d = &r->dots.at[i];

		if (d->x < 6 || d->x > r->width - 6 || d->y < 6 ||
			d->y > r->base_y - 6)
			return false;
		for (size_t k = 0; k < i; k++) {
			const struct runway_dot *o = &r->dots.at[k];

			if (o->x == d->x && o->y - d->y < 12 &&
				d->y - o->y < 12)
				return false;
		}
	}
	return true;
}

static void test_tones(struct arena *a)
{
	static const struct {
		const char *why;
		int offset;
		const char *tone;
	} cases[] = {
		{ "long overdue", -200, "red" },
		{ "yesterday", -1, "red" },
		{ "today", 0, "red" },
		{ "in 3 days", 3, "red" },
		{ "in 4 days", 4, "amb" },
		{ "in 7 days", 7, "amb" },
		{ "in 8 days", 8, "" },
		{ "on the last day of the chart", 45, "" },
		{ "later than the chart", 90, "" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct day day = { .offset = cases[i].offset, .n = 1 };
		struct runway r = draw(a, &day, 1);

		CHECK(r.dots.n == 1 &&
				!strcmp(r.dots.at[0].tone, cases[i].tone),
			"%s: %zu dots, \"%s\"", cases[i].why, r.dots.n,
			r.dots.n ? r.dots.at[0].tone : "");
		CHECK(is_sound(&r), "%s: a dot left the drawing", cases[i].why);
		CHECK((r.dots.at[0].x < r.today_x) == (cases[i].offset < 0),
			"%s: left of today is overdue", cases[i].why);
		CHECK(r.has_late == (cases[i].offset < 0), "%s", cases[i].why);
		CHECK(r.has_later == (cases[i].offset > 45), "%s",
			cases[i].why);
	}
}

static void test_stacks(struct arena *a)
{
	static const struct {
		const char *why;
		int n;
		size_t dots;
		int more;
	} cases[] = {
		{ "one", 1, 1, 0 },
		{ "as high as the flattest chart", 4, 4, 0 },
		{ "the chart grows", 7, 7, 0 },
		{ "the highest stack", 8, 8, 0 },
		{ "one too many: two stand for a number", 9, 7, 2 },
		{ "a flood", 10000, 7, 9993 },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct day day = { .offset = 10, .n = cases[i].n };
		struct runway r = draw(a, &day, 1);
		int more = r.mores.n ? r.mores.at[0].n : 0;

		CHECK(r.dots.n == cases[i].dots, "%s: %zu dots", cases[i].why,
			r.dots.n);
		CHECK(more == cases[i].more, "%s: +%d", cases[i].why, more);
		CHECK(is_sound(&r), "%s", cases[i].why);
	}
}

static void test_shared_columns(struct arena *a)
{
	const struct day days[] = {
		{ .offset = -60, .n = 2, .held_up = 1 },
		{ .offset = -30, .n = 1 },
		{ .offset = -6, .n = 1, .held_up = 1 },
		{ .offset = 5, .n = 3, .held_up = 2 },
	};
	struct runway r = draw(a, days, COUNTOF(days));

	CHECK(r.dots.n == 7, "every request is a dot: %zu", r.dots.n);
	CHECK(dots_of(&r, "red", true) == 2 && dots_of(&r, "red", false) == 2,
		"what is later than six days shares the last place");
	CHECK(dots_of(&r, "amb", true) == 2 && dots_of(&r, "amb", false) == 1,
		"hollow are those that wait for a late vendor");
	CHECK(r.dots.at[0].is_hollow && r.dots.at[0].x == r.dots.at[3].x,
		"the four stand in one place");
	CHECK(is_sound(&r), "dots apart");
}

/* Each dot is a link to its own case, and says which one. */
static void test_links(struct arena *a)
{
	const struct day days[] = { { .offset = -1, .n = 1 },
		{ .offset = 5, .n = 3, .held_up = 1 } };
	static const struct {
		size_t k;
		const char *title; /* behind the reference */
	} wanted[] = {
		{ 0, ", Delete, due November 20, 2026" },
		{ 3, ", Delete, due November 26, 2026, held up" },
		{ 1, ", Delete, due November 26, 2026" },
		{ 2, ", Delete, due November 26, 2026" },
	};
	struct runway r = draw(a, days, COUNTOF(days));

	for (size_t i = 0; i < COUNTOF(wanted) && i < r.dots.n; i++) {
		str ref = reference_show(a, nth(a, wanted[i].k));
		const struct runway_dot *d = &r.dots.at[i];

		CHECK(str_eq(d->href,
			      arena_fmt(a, "/desk/r/%.*s", STR_ARG(ref))),
			"dot %zu leads to %.*s", i, STR_ARG(d->href));
		CHECK(str_eq(d->title, arena_fmt(a, "%.*s%s", STR_ARG(ref),
					       wanted[i].title)),
			"dot %zu is %.*s", i, STR_ARG(d->title));
	}
	CHECK(r.dots.n == COUNTOF(wanted), "all of them");
	for (size_t i = 1; i < r.dots.n; i++)
		CHECK(r.dots.at[i].x > r.dots.at[i - 1].x ||
				r.dots.at[i].y < r.dots.at[i - 1].y,
			"soonest first, from the bottom up");
}

static void test_ticks(struct arena *a)
{
	struct runway r = draw(a, NULL, 0);

	CHECK(!r.dots.n && r.ticks.n == 7, "%zu ticks", r.ticks.n);
	CHECK(str_eq(r.ticks.at[0].label, STR("Today")) &&
			r.ticks.at[0].is_today,
		"the first is today");
	CHECK(str_eq(r.ticks.at[1].label, STR("Nov 28")) &&
			str_eq(r.ticks.at[6].label, STR("Jan 2")),
		"one a week: %.*s", STR_ARG(r.ticks.at[6].label));
	CHECK(r.ticks.at[2].x - r.ticks.at[1].x ==
			r.ticks.at[1].x - r.ticks.at[0].x,
		"weeks are equally long");
	CHECK(r.week_x + r.week_width < r.width, "the week fits");
}

/* --- the clock of a case --- */

static struct clock_dates delete_dates(void)
{
	return (struct clock_dates){
		.received_on = { 2026, 10, 28 },
		.confirm_by = { 2026, 11, 11 },
		.confirmed_on = { 2026, 10, 29 },
		.due_on = { 2026, 12, 12 },
		.extendable_to = { 2027, 1, 26 },
		.today = TODAY,
	};
}

static bool fits(const struct clock_bar *b)
{
	for (size_t i = 0; i < b->marks.n; i++)
		if (b->marks.at[i].x < 8 || b->marks.at[i].x > 748)
			return false;
	return b->now_x >= 8 && b->now_x <= 748 && b->done_width >= 0 &&
	       b->late_width >= 0 && b->done_width <= b->due_width;
}

static void test_clock_open(struct arena *a)
{
	struct clock_dates d = delete_dates();
	struct clock_bar b;

	clock_bar_draw(a, &d, &b);
	CHECK(b.marks.n == 4 && b.is_extendable && !b.is_late && fits(&b),
		"%zu marks", b.marks.n);
	CHECK(b.due_width == 370, "half of 90 days: %d", b.due_width);
	CHECK(b.done_width == 740 * 24 / 90, "24 days: %d", b.done_width);
	CHECK(str_eq(b.now, STR("Today, day 24")), "%.*s", STR_ARG(b.now));
	CHECK(str_eq(b.marks.at[1].text, STR("Oct 29 · limit Nov 11")), "%.*s",
		STR_ARG(b.marks.at[1].text));
	CHECK(str_eq(b.marks.at[2].text, STR("Dec 12 · day 45")) &&
			b.marks.at[2].is_due,
		"%.*s", STR_ARG(b.marks.at[2].text));
	CHECK(str_find(b.sentence,
		      STR("Answer due December 12, 2026, day 45.")) >= 0,
		"%.*s", STR_ARG(b.sentence));
}

static void test_clock_ends(struct arena *a)
{
	struct clock_dates d = delete_dates();
	struct clock_bar b;

	d.today = d.received_on;
	clock_bar_draw(a, &d, &b);
	CHECK(b.done_width == 0 && fits(&b) && !strcmp(b.now_anchor, "start"),
		"on the day of receipt nothing has passed");
	d.today = (struct date){ 2026, 12, 13 };
	clock_bar_draw(a, &d, &b);
	CHECK(b.is_late && b.late_width > 0 && b.done_width == b.due_width,
		"a day after the due day is late");
	d.today = d.due_on;
	clock_bar_draw(a, &d, &b);
	CHECK(!b.is_late && !b.late_width, "the due day itself is in time");
	d.today = (struct date){ 2028, 1, 1 };
	clock_bar_draw(a, &d, &b);
	CHECK(fits(&b) && b.now_x == 748, "a year late stays in the drawing");
	d.closed_on = (struct date){ 2026, 11, 3 };
	clock_bar_draw(a, &d, &b);
	CHECK(!b.is_late && str_eq(b.now, STR("Answered, day 6")), "%.*s",
		STR_ARG(b.now));
}

static void test_clock_short(struct arena *a)
{
	struct clock_dates d = {
		.received_on = { 2026, 11, 2 },
		.due_on = { 2026, 11, 24 },
		.today = TODAY,
	};
	struct clock_bar b;

	clock_bar_draw(a, &d, &b);
	CHECK(b.marks.n == 2 && !b.is_extendable && b.due_width == 740 &&
			fits(&b),
		"an opt-out has neither a confirmation nor an extension");
	CHECK(!strcmp(b.marks.at[1].anchor, "end"), "its label stays inside");
	d.due_on = d.received_on;
	clock_bar_draw(a, &d, &b);
	CHECK(fits(&b), "a period of no days is drawn, too");
}

int main(void)
{
	struct arena *a = arena_new(128 << 20);

	test_tones(a);
	test_stacks(a);
	test_shared_columns(a);
	test_links(a);
	test_ticks(a);
	test_clock_open(a);
	test_clock_ends(a);
	test_clock_short(a);
	arena_free(a);
	CHECK_DONE();
}
