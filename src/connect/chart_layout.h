#ifndef CONNECT_CHART_LAYOUT_H
#define CONNECT_CHART_LAYOUT_H

#include "base/buf.h"
#include "connect/chart.h"

/*
 * Where the tables of one system stand, and which way the links go between
 * them: layers by the longest way to an owner, links that close a cycle left out
 * of it; in a layer the order that brings a table near to what it is linked
 * with; then places.
 */

enum { LAYER_GAP = 76 };

/* A table, or a lane: a place where a long link passes a layer. */
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

/* The system's tables and links in layers and places; `cards` are as high as
 * they will be. *height: of the highest layer. */
struct layout layout_of(struct arena *a, const struct map_system *s,
	const struct chart_card *cards, int *height);

/* The left side of a layer's cards. */
int layout_layer_x(size_t layer);

/* The way of a link, drawn in a panel whose cards begin at x, y. */
str layout_path(const struct layout *l, size_t route, int x, int y);

size_t layout_links(const struct map_system *s);

/* Steps of a path. */
void svg_move(struct buf *b, int x, int y);
void svg_curve(struct buf *b, int from_x, int from_y, int x, int y);

enum { SVG_PATH_MAX = 4000 };

#endif
