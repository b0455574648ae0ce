/*
 * Places and sentences of the pictures.  What is few beside what is many still
 * gets a mark that can be seen: a person who was deleted is no rounding error.
 */
#include "web/drop_draw.h"

#include "base/base.h"
#include "base/buf.h"

enum { SENTENCE_MAX = 1000, PATH_MAX_BYTES = 160 };

static const struct {
	const char *title;
	const char *tone;
} ends[] = {
	[DROP_END_DELETED] = { "Deleted", "del" },
	[DROP_END_OPTED_OUT] = { "Opted out", "opt" },
	[DROP_END_EXEMPTED] = { "Exempt", "ex" },
	[DROP_END_NOT_FOUND] = { "Not found", "none" },
	[DROP_END_OPEN] = { "Open", "open" },
	[DROP_END_WITHDRAWN] = { "Withdrawn", "gone" },
};
static const struct {
	const char *title;
	const char *tone;
} mets[] = {
	[DROP_MET_ONE] = { "One person", "del" },
	[DROP_MET_SEVERAL] = { "Several people", "opt" },
	[DROP_MET_NOBODY] = { "Nobody", "none" },
	[DROP_MET_OPEN] = { "Not looked at", "open" },
	[DROP_MET_WITHDRAWN] = { "Withdrawn", "gone" },
};
static const struct {
	const char *title;
	const char *tone;
} answers[] = {
	[DROP_ANSWERED_YES] = { "Reported", "sent" },
	[DROP_ANSWERED_NO] = { "To report", "open" },
	[DROP_ANSWERED_NOTHING_OWED] = { "No answer owed", "gone" },
};

const char *drop_end_title(enum drop_end end)
{
	return ends[end].title;
}

const char *drop_end_tone(enum drop_end end)
{
	return ends[end].tone;
}

/* --- a period of the law --- */

enum { START = 8, LENGTH = 740, EDGE = 60 };

struct scale {
	struct date from;
	int days;
};

static int x_of(const struct scale *s, struct date d)
{
	int day = date_between(s->from, d);

	if (day < 0)
		day = 0;
	if (day > s->days)
		day = s->days;
	return START + LENGTH * day / s->days;
}

static const char *anchor_of(int x)
{
	if (x < START + EDGE)
		return "start";
	return x > START + LENGTH - EDGE ? "end" : "middle";
}

static void put_mark(struct clock_bar *b, int x, const char *title, str text)
{
	must(b->marks.n < CLOCK_MARKS_MAX);
	b->marks.at[b->marks.n++] = (struct clock_mark){
		.x = x,
		.anchor = anchor_of(x),
		.title = str_of(title),
		.text = text,
	};
}

static void put_marks(struct arena *a, const struct drop_period *p,
	const struct scale *s, struct clock_bar *b)
{
	int period = date_between(p->from, p->due);

	put_mark(b, START, p->from_title, date_short(a, p->from));
	if (p->has_alarm) {
		struct date on = date_add(p->due, -15);

		put_mark(b, x_of(s, on), "First alarm", date_short(a, on));
	}
	put_mark(b, x_of(s, p->due), p->due_title,
		arena_fmt(a, "%.*s · day %d", STR_ARG(date_short(a, p->due)),
			period));
	b->marks.at[b->marks.n - 1].is_due = true;
}

void drop_period_draw(
	struct arena *a, const struct drop_period *p, struct clock_bar *out)
{
	bool is_done = !date_is_none(p->done_on);
	struct date now = is_done ? p->done_on : p->today;
	struct scale s = { .from = p->from };
	int due_x;

	*out = (struct clock_bar){ .start_x = START };
	s.days = date_between(p->from, p->due);
	if (date_between(p->from, now) > s.days)
		s.days = date_between(p->from, now);
	if (s.days < 1)
		s.days = 1;
	due_x = x_of(&s, p->due);
	out->is_late = date_cmp(now, p->due) > 0;
	out->due_width = due_x - START;
	out->now_x = x_of(&s, now);
	out->now_anchor = anchor_of(out->now_x);
	out->done_width = (out->is_late ? due_x : out->now_x) - START;
	out->late_x = due_x;
	out->late_width = out->is_late ? out->now_x - due_x : 0;
	out->now = arena_fmt(a, "%s, day %d", is_done ? "Done" : "Today",
		date_between(p->from, now));
	put_marks(a, p, &s, out);
	out->sentence = arena_fmt(a, "%s %.*s. %.*s. %s by %.*s, day %d.",
		p->from_title, STR_ARG(date_words(a, p->from)),
		STR_ARG(out->now), p->due_title, STR_ARG(date_words(a, p->due)),
		date_between(p->from, p->due));
}

/* --- the flow --- */

enum {
	FLOW_WIDTH = 720,
	COLUMN = 192,
	LEFT = 2,
	BAR = 12,
	TALL = 168, /* all items */
	LEAST = 4,  /* of anything that is not nothing */
	SLOT = 38,  /* a node with its words */
	GAP = 10,
	TOP = 6,
	COLUMNS = 4,
	PLACES = 6, /* in one column at most */
};

struct place {
	const char *title;
	const char *tone;
	int64_t n;
	int y;
	int height;
	int out_y; /* where the next band leaves */
	int in_y;  /* where the next one arrives */
};

struct flowing {
	struct arena *arena;
	struct drop_flow *flow;
	int64_t all;
	struct place at[COLUMNS][PLACES];
};

static int height_of(const struct flowing *f, int64_t n)
{
	int h = f->all ? (int)(n * TALL / f->all) : 0;

	return !n ? 0 : h < LEAST ? LEAST : h;
}

static void put_place(struct flowing *f, int column, int row, const char *title,
	const char *tone)
{
	f->at[column][row].title = title;
	f->at[column][row].tone = tone;
}

static void name_places(struct flowing *f)
{
	put_place(f, 0, 0, "Came", "all");
	for (int i = 0; i < DROP_METS; i++)
		put_place(f, 1, i, mets[i].title, mets[i].tone);
	for (int i = 0; i < DROP_ENDS; i++)
		put_place(f, 2, i, ends[i].title, ends[i].tone);
	for (int i = 0; i < DROP_ANSWERS; i++)
		put_place(f, 3, i, answers[i].title, answers[i].tone);
}

static void count_places(struct flowing *f, const struct drop_way *w)
{
	f->at[0][0].n = w->came;
	for (int m = 0; m < DROP_METS; m++)
		for (int k = 0; k < DROP_ENDS; k++) {
			f->at[1][m].n += w->met[m][k];
			f->at[2][k].n += w->met[m][k];
		}
	for (int k = 0; k < DROP_ENDS; k++)
		for (int t = 0; t < DROP_ANSWERS; t++)
			f->at[3][t].n += w->told[k][t];
}

static void put_node(struct flowing *f, int column, struct place *p, int y)
{
	struct drop_flow *out = f->flow;
	int x = LEFT + column * COLUMN;

	must(out->nodes.n < DROP_NODES_MAX);
	p->y = p->in_y = p->out_y = y;
	p->height = height_of(f, p->n);
	out->nodes.at[out->nodes.n++] = (struct drop_node){
		.title = p->title,
		.tone = p->tone,
		.figure = drop_figure(f->arena, p->n),
		.x = x,
		.y = y,
		.height = p->height,
		.label_x = x + BAR + 7,
		.label_y = y + 14,
	};
}

static void place_column(struct flowing *f, int column)
{
	int y = TOP;

	for (int i = 0; i < PLACES; i++) {
		struct place *p = &f->at[column][i];

		if (!p->n)
			continue;
		put_node(f, column, p, y);
		y += (p->height > SLOT ? p->height : SLOT) + GAP;
	}
	if (y > f->flow->height)
		f->flow->height = y;
}

static void put_band(struct flowing *f, int column, struct place *from,
	struct place *to, int64_t n)
{
	struct drop_flow *out = f->flow;
	int x = LEFT + column * COLUMN + BAR;
	int end = LEFT + (column + 1) * COLUMN;
	int middle = (x + end) / 2;
	int h = height_of(f, n);
	struct buf b = buf_in(f->arena, PATH_MAX_BYTES);

	if (!n)
		return;
	must(out->bands.n < DROP_BANDS_MAX);
	buf_fmt(&b, "M%d %dC%d %d %d %d %d %d", x, from->out_y, middle,
		from->out_y, middle, to->in_y, end, to->in_y);
	buf_fmt(&b, "V%dC%d %d %d %d %d %dZ", to->in_y + h, middle,
		to->in_y + h, middle, from->out_y + h, x, from->out_y + h);
	out->bands.at[out->bands.n++] =
		(struct drop_band){ to->tone, buf_str(&b) };
	from->out_y += h;
	to->in_y += h;
}

static void put_bands(struct flowing *f, const struct drop_way *w)
{
	for (int m = 0; m < DROP_METS; m++)
		put_band(f, 0, &f->at[0][0], &f->at[1][m], f->at[1][m].n);
	for (int m = 0; m < DROP_METS; m++)
		for (int k = 0; k < DROP_ENDS; k++)
			put_band(
				f, 1, &f->at[1][m], &f->at[2][k], w->met[m][k]);
	for (int k = 0; k < DROP_ENDS; k++)
		for (int t = 0; t < DROP_ANSWERS; t++)
			put_band(f, 2, &f->at[2][k], &f->at[3][t],
				w->told[k][t]);
}

static str in_words(struct flowing *f)
{
	struct buf b = buf_in(f->arena, SENTENCE_MAX);

	buf_put(&b, drop_figure(f->arena, f->all));
	buf_puts(&b, " items came.");
	for (int c = 1; c < COLUMNS; c++) {
		static const char *const heads[] = { "",
			" Matched: ", " Became: ", " Answers: " };
		bool is_first = true;

		for (int i = 0; i < PLACES; i++) {
			const struct place *p = &f->at[c][i];

			if (!p->n)
				continue;
			buf_puts(&b, is_first ? heads[c] : ", ");
			buf_puts(&b, p->title);
			buf_putc(&b, ' ');
			buf_put(&b, drop_figure(f->arena, p->n));
			is_first = false;
		}
		buf_puts(&b, is_first ? "" : ".");
	}
	return buf_str(&b);
}

static str headline_of(const struct flowing *f)
{
	int64_t matched =
		f->at[1][DROP_MET_ONE].n + f->at[1][DROP_MET_SEVERAL].n;
	int64_t open = f->at[2][DROP_END_OPEN].n;
	str rest;

	if (!f->all)
		return STR("Nothing new came");
	if (f->at[1][DROP_MET_OPEN].n)
		return arena_fmt(f->arena,
			"%.*s of %.*s items are not looked "
			"at to the end yet",
			STR_ARG(drop_figure(
				f->arena, f->at[1][DROP_MET_OPEN].n)),
			STR_ARG(drop_figure(f->arena, f->all)));
	rest = open ? arena_fmt(f->arena, "%.*s wait for what follows",
			      STR_ARG(drop_figure(f->arena, open)))
		    : STR("and every one has its status");
	return arena_fmt(f->arena, "%.*s of %.*s items matched, %.*s",
		STR_ARG(drop_figure(f->arena, matched)),
		STR_ARG(drop_figure(f->arena, f->all)), STR_ARG(rest));
}

void drop_flow_draw(
	struct arena *a, const struct drop_way *way, struct drop_flow *out)
{
	struct flowing f = { .arena = a, .flow = out, .all = way->came };

	*out = (struct drop_flow){ .width = FLOW_WIDTH };
	name_places(&f);
	count_places(&f, way);
	for (int c = 0; c < COLUMNS; c++)
		place_column(&f, c);
	put_bands(&f, way);
	out->headline = headline_of(&f);
	out->sentence = in_words(&f);
}

/* --- a bar for each list --- */

enum { BARS_WIDTH = 320, BAR_X = 0, BAR_LENGTH = 320, ROW = 46, SEEN = 3 };

static void fill_shares(const struct drop_way_list *l, struct drop_bar *out)
{
	int x = BAR_X;

	for (int k = 0; k < DROP_ENDS; k++) {
		int w = (int)(l->end[k] * BAR_LENGTH / l->came);

		if (!l->end[k])
			continue;
		if (w < SEEN)
			w = SEEN;
		if (x + w > BAR_X + BAR_LENGTH)
			w = BAR_X + BAR_LENGTH - x;
		out->shares.at[out->shares.n++] = (struct drop_share){
			.tone = ends[k].tone, .x = x, .width = w
		};
		x += w;
	}
	if (out->shares.n)
		out->shares.at[out->shares.n - 1].width +=
			BAR_X + BAR_LENGTH - x;
}

static void put_list(struct arena *a, struct buf *b, enum drop_list list,
	const struct drop_way_list *l)
{
	buf_fmt(b, "%s: ", drop_list_title(list));
	for (int k = 0; k < DROP_ENDS; k++)
		if (l->end[k])
			buf_fmt(b, "%s %.*s, ", ends[k].title,
				STR_ARG(drop_figure(a, l->end[k])));
	buf_fmt(b, "of %.*s. ", STR_ARG(drop_figure(a, l->came)));
}

void drop_bars_draw(
	struct arena *a, const struct drop_way *way, struct drop_bars *out)
{
	struct buf b = buf_in(a, SENTENCE_MAX * 2);

	*out = (struct drop_bars){ .width = BARS_WIDTH };
	for (int l = 0; l < DROP_LISTS; l++) {
		struct drop_bar *row = &out->rows.at[out->rows.n];

		if (!way->of[l].came)
			continue;
		*row = (struct drop_bar){
			.list = (enum drop_list)l,
			.title = drop_list_title((enum drop_list)l),
			.figure = drop_figure(a, way->of[l].came),
			.y = (int)out->rows.n * ROW + 4,
		};
		fill_shares(&way->of[l], row);
		put_list(a, &b, (enum drop_list)l, &way->of[l]);
		out->rows.n++;
	}
	out->height = (int)out->rows.n * ROW + 4;
	out->sentence = buf_str(&b);
}
