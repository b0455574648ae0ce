#ifndef CONNECT_CHART_H
#define CONNECT_CHART_H

#include "connect/map.h"

/*
 * The data map as a picture: where everything stands, in pixels of a viewBox.
 * Pure, and the same for the same map.
 *
 * A system is a panel.  In it tables stand in layers, what owns others to the
 * left of what belongs to it, so that nearly all links run from right to left; a
 * link over more than one layer has a lane of its own between the cards it
 * passes.  Drawn by desk/map_draw.html.
 */
struct chart_row {
	int y;
	str name;         /* of a column, cut to fit */
	str note;         /* "email", "never shown", "emptied" */
	const char *tone; /* class */
};

struct chart_card {
	int x;
	int y;
	int width;
	int height;
	str title;
	str name;
	str fate; /* "delete", "keep DX8" */
	const char *fate_tone;
	int fate_x;
	int fate_width;
	struct {
		struct chart_row *at;
		size_t n;
	} rows;
	str more; /* "and 4 more columns", or empty */
	int more_y;
};

struct chart_edge {
	str path;  /* of the SVG: numbers and letters of ours */
	str title; /* "lead.person_id belongs to person.id" */
	const char *tone;
};

struct chart_panel {
	int x;
	int y;
	int width;
	int height;
	str title;
	str kind; /* "crm, sqlite" */
};

struct chart {
	int width;
	int height;
	struct {
		struct chart_panel *at;
		size_t n;
	} panels;
	struct {
		struct chart_card *at;
		size_t n;
	} cards;
	struct {
		struct chart_edge *at;
		size_t n;
	} edges;
	str sentence; /* the picture in words */
};

void chart_draw(struct arena *a, const struct map *m, struct chart *out);

#endif
