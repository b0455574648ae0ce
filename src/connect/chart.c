#include "connect/chart.h"

#include "base/base.h"
#include "base/buf.h"
#include "connect/chart_card.h"
#include "connect/chart_layout.h"

enum {
	MARGIN = 20,
	PANEL_PAD = 20,
	PANEL_HEAD = 52,
	PANEL_GAP = 28,
	PANELS_WIDE = 1120, /* as many beside each other as fit */
	TITLE_CHARS = 20,
};

/* --- edges --- */

static void put_edge(
	const struct layout *l, size_t route, int x, int y, struct chart *out)
{
	const struct map_link *k = l->routes[route].link;
	const struct map_table *t = &l->system->tables[l->routes[route].table];
	const struct map_table *to = &l->system->tables[k->to];
	struct chart_edge *e = &out->edges.at[out->edges.n++];

	e->path = layout_path(l, route, x, y);
	e->tone = k->is_shared ? "shared" : "own";
	e->title = arena_fmt(l->arena, "%.*s.%.*s %s %.*s.%.*s",
		STR_ARG(t->name), STR_ARG(t->columns[k->column].name),
		k->is_shared ? "is one of several at" : "belongs to",
		STR_ARG(to->name), STR_ARG(to->columns[k->to_column].name));
}

/* --- a system --- */

/* Everything relative to the panel's corner at 0, 0; moved later. */
static void draw_system(struct arena *a, const struct map_system *s,
	struct chart_panel *p, struct chart_card *cards, struct layout *l)
{
	size_t layers;
	int height;

	for (size_t t = 0; t < s->tables_n; t++)
		chart_card_fill(a, &s->tables[t], &cards[t]);
	*l = layout_of(a, s, cards, &height);
	layers = l->layers ? l->layers : 1;
	p->title = chart_cut(a, s->title, 2 * TITLE_CHARS);
	p->kind = arena_fmt(a, "%.*s, %s",
		STR_ARG(chart_cut(a, s->name, TITLE_CHARS)),
		connector_kind_name(s->connector));
	p->height = height + PANEL_HEAD + PANEL_PAD;
	p->width = layout_layer_x(layers) - LAYER_GAP + 2 * PANEL_PAD;
	for (size_t t = 0; t < s->tables_n; t++) {
		cards[t].x = PANEL_PAD + layout_layer_x(l->nodes[t].layer);
		cards[t].y = PANEL_HEAD + l->nodes[t].y;
	}
}

/* --- the whole --- */

/* Beside each other while there is room, then below. */
static void shelve(struct chart *out)
{
	int x = MARGIN, y = MARGIN, high = 0;

	for (size_t i = 0; i < out->panels.n; i++) {
		struct chart_panel *p = &out->panels.at[i];

		if (x > MARGIN && x + p->width + MARGIN > PANELS_WIDE) {
			x = MARGIN;
			y += high + PANEL_GAP;
			high = 0;
		}
		p->x = x;
		p->y = y;
		x += p->width + PANEL_GAP;
		high = p->height > high ? p->height : high;
		if (p->x + p->width + MARGIN > out->width)
			out->width = p->x + p->width + MARGIN;
	}
	out->height = y + high + MARGIN;
}

static size_t crosses_of(const struct map_system *s)
{
	size_t n = 0;

	for (size_t t = 0; t < s->tables_n; t++)
		n += s->tables[t].crosses_n;
	return n;
}

/* Around the left of both cards, or straight when the other is to the left. */
static str cross_path(struct arena *a, const struct chart_card *from,
	const struct chart_card *to)
{
	struct buf b = buf_in(a, SVG_PATH_MAX);
	int x = from->x, y = from->y + CARD_HEAD - 12;
	int to_y = to->y + CARD_HEAD - 12;

	svg_move(&b, x, y);
	if (to->x + to->width < x)
		svg_curve(&b, x, y, to->x + to->width + 1, to_y);
	else
		buf_fmt(&b, "C%d %d %d %d %d %d", x - LAYER_GAP, y,
			to->x - LAYER_GAP, to_y, to->x - 1, to_y);
	return buf_str(&b);
}

static size_t first_card(const struct map *m, size_t system)
{
	size_t n = 0;

	for (size_t i = 0; i < system; i++)
		n += m->systems[i].tables_n;
	return n;
}

static void put_cross(struct arena *a, const struct map *m, size_t from,
	const struct map_cross *c, struct chart *out)
{
	size_t to = first_card(m, c->system) + c->to;
	struct chart_edge *e = &out->edges.at[out->edges.n++];

	e->tone = "cross";
	e->path = cross_path(a, &out->cards.at[from], &out->cards.at[to]);
	e->title = arena_fmt(a, "%.*s belongs to %.*s in %.*s",
		STR_ARG(out->cards.at[from].name), STR_ARG(c->written),
		STR_ARG(c->system_name));
}

static void put_crosses(
	struct arena *a, const struct map *m, size_t system, struct chart *out)
{
	const struct map_system *s = &m->systems[system];

	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].crosses_n; i++)
			put_cross(a, m, first_card(m, system) + t,
				&s->tables[t].crosses[i], out);
}

static void say(struct arena *a, const struct map *m, struct chart *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->systems_n; i++)
		for (size_t t = 0; t < m->systems[i].tables_n; t++)
			kept += m->systems[i].tables[t].erase == ERASE_KEEP;
	out->sentence = arena_fmt(a,
		"%zu system%s with %zu table%s and %zu link%s; %zu table%s "
		"kept under an exception.",
		out->panels.n, out->panels.n == 1 ? "" : "s", out->cards.n,
		out->cards.n == 1 ? "" : "s", out->edges.n,
		out->edges.n == 1 ? "" : "s", kept,
		kept == 1 ? " is" : "s are");
}

void chart_draw(struct arena *a, const struct map *m, struct chart *out)
{
	struct layout *layouts = arena_many(a, struct layout, m->systems_n);
	size_t tables = 0, links = 0, card = 0;

	*out = (struct chart){ 0 };
	for (size_t i = 0; i < m->systems_n; i++) {
		tables += m->systems[i].tables_n;
		links += layout_links(&m->systems[i]) +
			 crosses_of(&m->systems[i]);
	}
	out->panels.n = m->systems_n;
	out->panels.at = arena_many(a, struct chart_panel, m->systems_n);
	out->cards.n = tables;
	out->cards.at = arena_many(a, struct chart_card, tables);
	out->edges.at = arena_many(a, struct chart_edge, links);
	for (size_t i = 0; i < m->systems_n; i++) {
		draw_system(a, &m->systems[i], &out->panels.at[i],
			&out->cards.at[card], &layouts[i]);
		card += m->systems[i].tables_n;
	}
	shelve(out);
	card = 0;
	for (size_t i = 0; i < m->systems_n; i++) {
		const struct chart_panel *p = &out->panels.at[i];

		for (size_t t = 0; t < m->systems[i].tables_n; t++, card++) {
			out->cards.at[card].x += p->x;
			out->cards.at[card].y += p->y;
		}
		for (size_t r = 0; r < layouts[i].routes_n; r++)
			put_edge(&layouts[i], r, p->x + PANEL_PAD,
				p->y + PANEL_HEAD, out);
	}
	for (size_t i = 0; i < m->systems_n; i++)
		put_crosses(a, m, i, out);
	say(a, m, out);
}
