#ifndef CONNECT_CHART_CARD_H
#define CONNECT_CHART_CARD_H

#include "connect/chart.h"

/* A table of the picture: its name, what happens to its rows, and the columns
 * that say something; in pixels, its own place left open. */

enum { CARD_WIDE = 248, CARD_HEAD = 54 };

/* All of the card but x and y. */
void chart_card_fill(
	struct arena *a, const struct map_table *t, struct chart_card *out);

/* The text with "…" instead of the last of more than so many letters. */
str chart_cut(struct arena *a, str s, size_t chars);

#endif
