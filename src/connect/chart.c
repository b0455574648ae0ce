/*
 * Layers by the longest way to an owner, links that close a cycle left out of
 * it; in a layer the order that brings a table near to what it is linked with;
 * then places.
 */
#include "connect/chart.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/expires.h"

enum {
	MARGIN = 20,
	PANEL_PAD = 20,
	PANEL_HEAD = 52,
	PANEL_GAP = 28,
	PANELS_WIDE = 1120, /* as many beside each other as fit */
	CARD_WIDE = 248,
	CARD_HEAD = 54,
	CARD_PAD = 10,
	CARD_GAP = 22,
	LAYER_GAP = 76,
	ROW_HIGH = 21,
	LANE_HIGH = 10,
	ROWS_MAX = 12, /* of one card; the others are counted */
	SWEEPS = 8,
	TITLE_CHARS = 20,
	TITLE_CHAR_WIDE = 9,
	NAME_CHARS = 30,
	ROW_CHARS = 16,
	NOTE_CHARS = 18,
	FATE_CHAR_WIDE = 7,
	PATH_MAX_SIZE = 4000,
	SENTENCE_MAX = 400,
};

/* A table, or (edge is one) a place where a long link passes a layer. */
struct node {
	size_t layer;
	double at; /* where it would like to stand */
	int y;
	int height;
	size_t table;
	bool is_lane;
	size_t order; /* as it was met; ties are broken by it */
};

struct route {
	size_t table;
	const struct map_link *link;
	bool is_back;  /* closes a cycle */
	size_t *lanes; /* nodes from the table's side to the owner's */
	size_t lanes_n;
};

struct layout {
	struct arena *arena;
	const struct map_system *system;
	struct node *nodes;
	size_t n;
	size_t nodes_max;
	struct route *routes;
	size_t routes_n;
	size_t layers;
};

/* --- texts --- */

/* With "…" instead of the last of so many letters. */
static str cut(struct arena *a, str s, size_t chars)
{
	size_t at = 0, last = 0;

	for (size_t n = 0; n < chars && at < s.n; n++) {
		size_t size = str_utf8(str_from(s, at));

		last = at;
		at += size ? size : 1;
	}
	return at == s.n ? s
			 : arena_fmt(a, "%.*s…", STR_ARG(str_head(s, last)));
}

static void add_note(struct buf *b, const char *words)
{
	buf_fmt(b, "%s%s", b->n ? ", " : "", words);
}

static bool row_of(struct arena *a, const struct map_table *t,
	const struct map_column *c, struct chart_row *out)
{
	struct buf note = buf_in(a, 200);

	*out = (struct chart_row){ .tone = "plain" };
	if (c->verifies) {
		out->tone = "proves";
		buf_fmt(&note, "proves %s", verifies_name(c->verifies));
	}
	if (c->never_disclose.n) {
		out->tone = "never";
		add_note(&note, "never shown");
	}
	if (c->is_identifier) {
		out->tone = "ident";
		add_note(&note, ident_kind_name(c->kind));
	}
	if (c->way)
		add_note(&note, c->way == WAY_HASH ? "coded"
				: c->way == WAY_RENEW
					? "renewed"
					: column_way_words(c->way));
	if (t->expires && c == &t->columns[t->expires->column])
		add_note(&note,
			arena_fmt(a, "kept %.*s%c",
				STR_ARG(expires_words(a, t->expires)), '\0')
				.p);
	out->name = cut(a, c->name, ROW_CHARS);
	out->note = cut(a, buf_str(&note), NOTE_CHARS);
	return note.n > 0;
}

static void fate_of(
	struct arena *a, const struct map_table *t, struct chart_card *c)
{
	static const char *const tones[] = { "del", "keep", "deid", "deid" };

	c->fate = t->erase == ERASE_KEEP
			  ? arena_fmt(a, "keep %.*s",
				    STR_ARG(cut(a, t->exception, 9)))
			  : str_of(map_erase_name(t->erase));
	c->fate_tone = tones[t->erase];
	c->fate_width = (int)c->fate.n * FATE_CHAR_WIDE + 14;
}

/* --- cards --- */

static void fill_rows(
	struct arena *a, const struct map_table *t, struct chart_card *c)
{
	size_t left = 0;
	int y = CARD_HEAD + ROW_HIGH / 2 + 4;

	c->rows.at = arena_many(a, struct chart_row, ROWS_MAX);
	for (size_t i = 0; i < map_columns_held(t); i++) {
		struct chart_row row;

		if (str_eq(t->columns[i].name, STR(MAP_ROW_KEY)))
			continue;
		if (!row_of(a, t, &t->columns[i], &row) ||
			c->rows.n == ROWS_MAX) {
			left++;
			continue;
		}
		row.y = y;
		y += ROW_HIGH;
		c->rows.at[c->rows.n++] = row;
	}
	if (left) {
		c->more = arena_fmt(a,
			c->rows.n ? "and %zu more column%s" : "%zu column%s",
			left, left == 1 ? "" : "s");
		c->more_y = y;
		y += ROW_HIGH;
	}
	c->height = y - ROW_HIGH / 2 - 4 + CARD_PAD;
}

static void fill_card(
	struct arena *a, const struct map_table *t, struct chart_card *c)
{
	c->width = CARD_WIDE;
	c->name = cut(a, t->name, NAME_CHARS);
	fate_of(a, t, c);
	c->fate_x = CARD_WIDE - c->fate_width - 10;
	c->title = cut(a, t->holds,
		(size_t)(c->fate_x - 2 * CARD_PAD) / TITLE_CHAR_WIDE);
	fill_rows(a, t, c);
}

/* --- layers --- */

enum visit { NOT_YET, ON_THE_WAY, DONE };

static void visit(struct layout *l, size_t table, enum visit *seen)
{
	const struct map_table *t = &l->system->tables[table];
	size_t layer = 0;

	seen[table] = ON_THE_WAY;
	for (size_t i = 0; i < t->links_n; i++) {
		size_t to = t->links[i].to;

		if (seen[to] == NOT_YET)
			visit(l, to, seen);
		if (seen[to] == DONE && l->nodes[to].layer + 1 > layer)
			layer = l->nodes[to].layer + 1;
	}
	l->nodes[table].layer = layer;
	if (layer + 1 > l->layers)
		l->layers = layer + 1;
	seen[table] = DONE;
}

static void find_layers(struct layout *l)
{
	enum visit *seen =
		arena_many(l->arena, enum visit, l->system->tables_n);

	for (size_t t = 0; t < l->system->tables_n; t++)
		if (seen[t] == NOT_YET)
			visit(l, t, seen);
}

static void add_route(
	struct layout *l, size_t table, const struct map_link *link)
{
	struct route *r = &l->routes[l->routes_n++];
	size_t from = l->nodes[table].layer, to = l->nodes[link->to].layer;

	*r = (struct route){
		.table = table, .link = link, .is_back = from <= to
	};
	if (r->is_back || from == to + 1)
		return;
	r->lanes = arena_many(l->arena, size_t, from - to - 1);
	for (size_t layer = from - 1; layer > to; layer--) {
		must(l->n < l->nodes_max);
		r->lanes[r->lanes_n++] = l->n;
		l->nodes[l->n] = (struct node){ .layer = layer,
			.height = LANE_HIGH,
			.is_lane = true,
			.table = table,
			.order = l->n };
		l->n++;
	}
}

/* --- order --- */

static void pull(struct layout *l, double *sum, size_t *n, size_t a, size_t b)
{
	sum[a] += l->nodes[b].y + l->nodes[b].height / 2.0;
	n[a]++;
}

static void pull_route(
	struct layout *l, const struct route *r, double *sum, size_t *n)
{
	size_t from = r->table;

	for (size_t i = 0; i <= r->lanes_n; i++) {
		size_t to = i < r->lanes_n ? r->lanes[i] : r->link->to;

		pull(l, sum, n, from, to);
		pull(l, sum, n, to, from);
		from = to;
	}
}

static int by_wish(const void *x, const void *y)
{
	const struct node *a = *(struct node *const *)x;
	const struct node *b = *(struct node *const *)y;

	if (a->layer != b->layer)
		return a->layer < b->layer ? -1 : 1;
	if (a->at < b->at || a->at > b->at)
		return a->at < b->at ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* Stacks each layer in the order of what its nodes wish; the highest one's
 * height comes back. */
static int stack(struct layout *l, struct node **sorted)
{
	int highest = 0, y = 0;

	qsort(sorted, l->n, sizeof *sorted, by_wish);
	for (size_t i = 0; i < l->n; i++) {
		if (i && sorted[i]->layer != sorted[i - 1]->layer)
			y = 0;
		sorted[i]->y = y;
		y += sorted[i]->height;
		highest = y > highest ? y : highest;
		y += CARD_GAP;
	}
	return highest;
}

static int place_nodes(struct layout *l)
{
	struct node **sorted = arena_many(l->arena, struct node *, l->n);
	double *sum = arena_many(l->arena, double, l->n);
	size_t *n = arena_many(l->arena, size_t, l->n);
	int height;

	for (size_t i = 0; i < l->n; i++)
		sorted[i] = &l->nodes[i];
	height = stack(l, sorted);
	for (int sweep = 0; sweep < SWEEPS; sweep++) {
		memset(sum, 0, l->n * sizeof *sum);
		memset(n, 0, l->n * sizeof *n);
		for (size_t i = 0; i < l->routes_n; i++)
			if (!l->routes[i].is_back)
				pull_route(l, &l->routes[i], sum, n);
		for (size_t i = 0; i < l->n; i++)
			l->nodes[i].at =
				n[i] ? sum[i] / (double)n[i] : l->nodes[i].y;
		height = stack(l, sorted);
	}
	return height;
}

/* --- edges --- */

static void move_to(struct buf *b, int x, int y)
{
	buf_fmt(b, "M%d %d", x, y);
}

static void curve_to(struct buf *b, int from_x, int from_y, int x, int y)
{
	int middle = (from_x + x) / 2;

	buf_fmt(b, "C%d %d %d %d %d %d", middle, from_y, middle, y, x, y);
}

static int layer_x(size_t layer)
{
	return (int)layer * (CARD_WIDE + LAYER_GAP);
}

/* Several links at one card don't meet in one point. */
static int port(const struct node *n, size_t i, size_t of)
{
	int room = n->height < CARD_HEAD ? n->height : CARD_HEAD;

	return n->y + room * (int)(i + 1) / (int)(of + 1);
}

/* The table at one end of a link. */
static size_t end_of(const struct route *r, bool at_owner)
{
	return at_owner ? r->link->to : r->table;
}

/* Where the link goes on from that end: in a lane, or at its other end. */
static int next_y(const struct layout *l, const struct route *r, bool at_owner)
{
	if (!r->lanes_n)
		return l->nodes[end_of(r, !at_owner)].y;
	return l->nodes[r->lanes[at_owner ? r->lanes_n - 1 : 0]].y;
}

/* Links leave a card in the order in which they go on, so that they don't cross
 * there. */
static size_t place_among(const struct layout *l, size_t route, bool at_owner)
{
	const struct route *mine = &l->routes[route];
	int y = next_y(l, mine, at_owner);
	size_t place = 0;

	for (size_t i = 0; i < l->routes_n; i++) {
		const struct route *r = &l->routes[i];
		int other = next_y(l, r, at_owner);

		if (end_of(r, at_owner) == end_of(mine, at_owner))
			place += other < y || (other == y && i < route);
	}
	return place;
}

static size_t count_at(const struct layout *l, size_t table, bool at_owner)
{
	size_t n = 0;

	for (size_t i = 0; i < l->routes_n; i++)
		n += end_of(&l->routes[i], at_owner) == table;
	return n;
}

/* Where a link begins and ends, within the panel. */
struct ends {
	int x1, y1, x2, y2;
};

static struct ends ends_of(const struct layout *l, size_t route)
{
	const struct route *r = &l->routes[route];
	const struct node *from = &l->nodes[r->table];
	const struct node *to = &l->nodes[r->link->to];

	return (struct ends){
		layer_x(from->layer),
		port(from, place_among(l, route, false),
			count_at(l, r->table, false)),
		layer_x(to->layer) + CARD_WIDE,
		port(to, place_among(l, route, true),
			count_at(l, r->link->to, true)),
	};
}

/* From the left side of what belongs to the right side of what owns it; one that
 * closes a cycle goes around below its card. */
static str path_of(const struct layout *l, size_t route, int x, int y)
{
	const struct route *r = &l->routes[route];
	struct buf b = buf_in(l->arena, PATH_MAX_SIZE);
	struct ends e = ends_of(l, route);
	int at_x = e.x1, at_y = e.y1;

	move_to(&b, x + at_x, y + at_y);
	if (r->is_back) {
		buf_fmt(&b, "c-46 0 -46 60 0 60H%dc46 0 46 %d 0 %d", x + e.x2,
			e.y2 - at_y - 60, e.y2 - at_y - 60);
		return buf_str(&b);
	}
	for (size_t i = 0; i < r->lanes_n; i++) {
		const struct node *lane = &l->nodes[r->lanes[i]];
		int lane_x = layer_x(lane->layer);
		int lane_y = lane->y + lane->height / 2;

		curve_to(&b, x + at_x, y + at_y, x + lane_x + CARD_WIDE,
			y + lane_y);
		buf_fmt(&b, "H%d", x + lane_x);
		at_x = lane_x;
		at_y = lane_y;
	}
	curve_to(&b, x + at_x, y + at_y, x + e.x2 + 1, y + e.y2);
	return buf_str(&b);
}

static void put_edge(
	const struct layout *l, size_t route, int x, int y, struct chart *out)
{
	const struct map_link *k = l->routes[route].link;
	const struct map_table *t = &l->system->tables[l->routes[route].table];
	const struct map_table *to = &l->system->tables[k->to];
	struct chart_edge *e = &out->edges.at[out->edges.n++];

	e->path = path_of(l, route, x, y);
	e->tone = k->is_shared ? "shared" : "own";
	e->title = arena_fmt(l->arena, "%.*s.%.*s %s %.*s.%.*s",
		STR_ARG(t->name), STR_ARG(t->columns[k->column].name),
		k->is_shared ? "is one of several at" : "belongs to",
		STR_ARG(to->name), STR_ARG(to->columns[k->to_column].name));
}

/* --- a system --- */

static size_t links_of(const struct map_system *s)
{
	size_t n = 0;

	for (size_t t = 0; t < s->tables_n; t++)
		n += s->tables[t].links_n;
	return n;
}

static struct layout layout_of(struct arena *a, const struct map_system *s,
	const struct chart_card *cards)
{
	struct layout l = { .arena = a, .system = s };
	size_t links = links_of(s);

	l.n = s->tables_n;
	l.nodes_max = s->tables_n * (1 + links);
	l.nodes = arena_many(a, struct node, l.nodes_max);
	l.routes = arena_many(a, struct route, links);
	for (size_t t = 0; t < s->tables_n; t++)
		l.nodes[t] = (struct node){
			.height = cards[t].height, .table = t, .order = t
		};
	find_layers(&l);
	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].links_n; i++)
			add_route(&l, t, &s->tables[t].links[i]);
	return l;
}

/* Everything relative to the panel's corner at 0, 0; moved later. */
static void draw_system(struct arena *a, const struct map_system *s,
	struct chart_panel *p, struct chart_card *cards, struct layout *l)
{
	size_t layers;

	for (size_t t = 0; t < s->tables_n; t++)
		fill_card(a, &s->tables[t], &cards[t]);
	*l = layout_of(a, s, cards);
	layers = l->layers ? l->layers : 1;
	p->title = cut(a, s->title, 2 * TITLE_CHARS);
	p->kind =
		arena_fmt(a, "%.*s, %s", STR_ARG(cut(a, s->name, TITLE_CHARS)),
			connector_kind_name(s->connector));
	p->height = place_nodes(l) + PANEL_HEAD + PANEL_PAD;
	p->width = layer_x(layers) - LAYER_GAP + 2 * PANEL_PAD;
	for (size_t t = 0; t < s->tables_n; t++) {
		cards[t].x = PANEL_PAD + layer_x(l->nodes[t].layer);
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
	struct buf b = buf_in(a, PATH_MAX_SIZE);
	int x = from->x, y = from->y + CARD_HEAD - 12;
	int to_y = to->y + CARD_HEAD - 12;

	move_to(&b, x, y);
	if (to->x + to->width < x)
		curve_to(&b, x, y, to->x + to->width + 1, to_y);
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
		links += links_of(&m->systems[i]) + crosses_of(&m->systems[i]);
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
