#include "connect/chart_layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "connect/chart_card.h"

enum { CARD_GAP = 22, LANE_HIGH = 10, SWEEPS = 8 };

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

void svg_move(struct buf *b, int x, int y)
{
	buf_fmt(b, "M%d %d", x, y);
}

void svg_curve(struct buf *b, int from_x, int from_y, int x, int y)
{
	int middle = (from_x + x) / 2;

	buf_fmt(b, "C%d %d %d %d %d %d", middle, from_y, middle, y, x, y);
}

int layout_layer_x(size_t layer)
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
		layout_layer_x(from->layer),
		port(from, place_among(l, route, false),
			count_at(l, r->table, false)),
		layout_layer_x(to->layer) + CARD_WIDE,
		port(to, place_among(l, route, true),
			count_at(l, r->link->to, true)),
	};
}

/* From the left side of what belongs to the right side of what owns it; one that
 * closes a cycle goes around below its card. */
str layout_path(const struct layout *l, size_t route, int x, int y)
{
	const struct route *r = &l->routes[route];
	struct buf b = buf_in(l->arena, SVG_PATH_MAX);
	struct ends e = ends_of(l, route);
	int at_x = e.x1, at_y = e.y1;

	svg_move(&b, x + at_x, y + at_y);
	if (r->is_back) {
		buf_fmt(&b, "c-46 0 -46 60 0 60H%dc46 0 46 %d 0 %d", x + e.x2,
			e.y2 - at_y - 60, e.y2 - at_y - 60);
		return buf_str(&b);
	}
	for (size_t i = 0; i < r->lanes_n; i++) {
		const struct node *lane = &l->nodes[r->lanes[i]];
		int lane_x = layout_layer_x(lane->layer);
		int lane_y = lane->y + lane->height / 2;

		svg_curve(&b, x + at_x, y + at_y, x + lane_x + CARD_WIDE,
			y + lane_y);
		buf_fmt(&b, "H%d", x + lane_x);
		at_x = lane_x;
		at_y = lane_y;
	}
	svg_curve(&b, x + at_x, y + at_y, x + e.x2 + 1, y + e.y2);
	return buf_str(&b);
}

size_t layout_links(const struct map_system *s)
{
	size_t n = 0;

	for (size_t t = 0; t < s->tables_n; t++)
		n += s->tables[t].links_n;
	return n;
}

struct layout layout_of(struct arena *a, const struct map_system *s,
	const struct chart_card *cards, int *height)
{
	struct layout l = { .arena = a, .system = s };
	size_t links = layout_links(s);

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
	*height = place_nodes(&l);
	return l;
}
