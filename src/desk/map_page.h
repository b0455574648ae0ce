#ifndef DESK_MAP_PAGE_H
#define DESK_MAP_PAGE_H

#include "base/html.h"
#include "connect/chart.h"
#include "desk/desk.h"

/*
 * The data map for people: as a picture that stands alone (`toyon map draw`),
 * and for the desk's page.  Names and words of the map, no row of any system.
 */
struct map_column_line {
	str name;
	str marks; /* "identifies by email; never disclosed" */
	str category;
};

struct map_table_line {
	str title;
	str name;
	str fate; /* "Deleted", "Kept: DX8, tax records" */
	str links;
	str others; /* columns that nothing is said of: "id, created_at" */
	struct {
		struct map_column_line *at;
		size_t n;
	} columns;
};

struct map_system_line {
	str title;
	str name;
	str kind;
	struct {
		struct map_table_line *at;
		size_t n;
	} tables;
};

/* A use of automated decisionmaking technology. */
struct map_automated_line {
	str title;
	str name;
	str decision; /* "Finance and lending" */
	str purpose;
	str fate; /* "Stops on request", "Goes on: ..." */
};

struct map_page {
	struct chart chart;
	struct {
		struct map_automated_line *at;
		size_t n;
	} automated;
	struct {
		struct map_system_line *at;
		size_t n;
	} systems;
};

/* Reads the data map; for who may see the queue. */
int map_page_load(struct desk *d, struct map_page *out, struct err *e);

/* The picture as a file of its own; and only its inside, for a page. */
str map_picture(struct arena *a, const struct map *m);
struct markup map_picture_inside(struct arena *a, const struct chart *chart);

struct map_drawing {
	const struct chart *chart;
};

#endif
