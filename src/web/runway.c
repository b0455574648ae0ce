/*
 * Places on the runway.  A column is a day and 16 units wide, a dot takes 16 in
 * height, so that all places are whole numbers and dots never touch.
 */
#include "web/runway.h"

#include "base/base.h"
#include "law/reference.h"
#include "web/desk_page.h"

enum {
	STEP = 16,
	MARGIN = 12,
	TOP = 14,
	LATE_COLUMNS = 6, /* what is later than that shares the last */
	DAYS = 45,
	LATER = LATE_COLUMNS + DAYS + 1,
	COLUMNS = LATER + 1,
	STACK_LEAST = 4, /* the chart is never flatter than this */
	STACK_MOST = 8,
	FOOT = 6, /* from the line to the lowest dot */
	TICK_DAYS = 7,
};

struct column {
	int n;
	int hollow;
	int drawn;        /* of the n */
	int next[2];      /* the next place of a full and of a hollow one */
	size_t first_dot; /* where its dots begin in the runway's */
};

static size_t column_of(int offset)
{
	if (offset < -LATE_COLUMNS)
		offset = -LATE_COLUMNS;
	if (offset > DAYS)
		return LATER;
	return (size_t)(offset + LATE_COLUMNS);
}

static int x_of(const struct runway *r, size_t column)
{
	int x = r->today_x + ((int)column - LATE_COLUMNS) * STEP;

	return column == LATER ? x + STEP : x;
}

static const char *tone_of(size_t column)
{
	enum urgency u = urgency_of((int)column - LATE_COLUMNS);

	return u == URGENCY_RED ? "red" : u == URGENCY_AMBER ? "amb" : "";
}

/* Lowest first; the ones that are held up stand at the bottom. */
static void part_column(struct runway *r, size_t c, struct column *col)
{
	col->drawn = col->n > STACK_MOST ? STACK_MOST - 1 : col->n;
	col->next[false] = col->hollow;
	col->first_dot = r->dots.n;
	r->dots.n += (size_t)col->drawn;
	if (col->n > col->drawn)
		r->mores.at[r->mores.n++] = (struct runway_more){
			.x = x_of(r, c),
			.y = r->base_y - FOOT - col->drawn * STEP,
			.n = col->n - col->drawn,
		};
}

static str title_of(struct arena *a, const struct queue_due *due)
{
	return arena_fmt(a, "%.*s, %s, due %.*s%s",
		STR_ARG(reference_show(a, due->reference)), due->kind_title,
		STR_ARG(date_words(a, due->due_on)),
		due->is_held_up ? ", held up" : "");
}

static void put_dot(struct arena *a, struct runway *r, struct column *columns,
	const struct queue_due *due)
{
	size_t c = column_of(due->offset);
	int place = columns[c].next[due->is_held_up]++;

	if (place >= columns[c].drawn)
		return;
	r->dots.at[columns[c].first_dot + (size_t)place] = (struct runway_dot){
		.x = x_of(r, c),
		.y = r->base_y - FOOT - STEP / 2 - place * STEP + 3,
		.tone = tone_of(c),
		.is_hollow = due->is_held_up,
		.href = desk_case_path(a, due->reference, ""),
		.title = title_of(a, due),
	};
}

static void put_tick(struct runway *r, size_t column, str label)
{
	r->ticks.at[r->ticks.n++] = (struct runway_tick){
		.x = x_of(r, column), .label = label, .anchor = "middle"
	};
}

static void put_ticks(struct arena *a, struct runway *r, struct date today)
{
	r->ticks.at = arena_many(a, struct runway_tick, DAYS / TICK_DAYS + 3);
	put_tick(r, LATE_COLUMNS, STR("Today"));
	r->ticks.at[0].is_today = true;
	if (!r->has_late)
		r->ticks.at[0].anchor = "start";
	for (int day = TICK_DAYS; day < DAYS; day += TICK_DAYS)
		put_tick(
			r, column_of(day), date_short(a, date_add(today, day)));
	if (r->has_later)
		put_tick(r, LATER, STR("Later"));
}

static void measure(const struct column *columns, struct runway *r)
{
	int most = STACK_LEAST;

	for (size_t c = 0; c < COLUMNS; c++) {
		if (columns[c].n > most)
			most = columns[c].n;
		if (columns[c].n && c < LATE_COLUMNS)
			r->has_late = true;
	}
	r->has_later = columns[LATER].n > 0;
	if (most > STACK_MOST)
		most = STACK_MOST;
	r->base_y = TOP + FOOT + most * STEP;
	r->label_y = r->base_y + 20;
	r->height = r->base_y + 30;
	r->today_x = MARGIN + (r->has_late ? LATE_COLUMNS * STEP : 0);
	r->week_x = r->today_x - STEP / 2;
	r->week_width = (TICK_DAYS + 1) * STEP;
	r->width = r->today_x + (DAYS + (r->has_later ? 2 : 0)) * STEP +
		   MARGIN + STEP / 2;
}

void runway_draw(struct arena *a, const struct queue_due *dues, size_t n,
	struct date today, struct runway *out)
{
	struct column columns[COLUMNS] = { 0 };

	*out = (struct runway){ 0 };
	for (size_t i = 0; i < n; i++) {
		struct column *c = &columns[column_of(dues[i].offset)];

		c->n++;
		c->hollow += dues[i].is_held_up;
	}
	measure(columns, out);
	out->dots.at =
		arena_many(a, struct runway_dot, (size_t)COLUMNS * STACK_MOST);
	out->mores.at = arena_many(a, struct runway_more, COLUMNS);
	for (size_t c = 0; c < COLUMNS; c++)
		part_column(out, c, &columns[c]);
	for (size_t i = 0; i < n; i++)
		put_dot(a, out, columns, &dues[i]);
	put_ticks(a, out, today);
}
