#ifndef TOOLS_TPLC_SEGMENT_H
#define TOOLS_TPLC_SEGMENT_H

#include "tplc_catalog.h"

/*
 * Templates in another language: the source again, with every segment replaced by what
 * the catalog has for it, line for line.  A segment is what a translator needs to see
 * at once: in HTML, all that stands between two tags that begin a block or two
 * directives with lines of their own, less what encloses it; in text, a line.  Words
 * in aria-label, title, alt and placeholder are segments, too.
 *
 * Only templates whose {template} line ends in "in languages" are touched.  A
 * translation has the same values, tags and links as its English, in any order.
 */
str segments_translate(struct arena *a, const struct source *src, bool is_html,
	struct catalog *c);

/* Cuts "in languages" off the inside of a {template} line. */
bool segments_are_in(str *args);

#endif
