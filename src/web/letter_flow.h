#ifndef WEB_LETTER_FLOW_H
#define WEB_LETTER_FLOW_H

#include "base/arena.h"

/*
 * A letter's paragraph without the line ends that were put in to keep lines
 * under LETTER_WIDTH; the ones that were written (an address, a link on its own
 * line) stay.  A page has a width of its own.
 */
str letter_flow(struct arena *a, str paragraph);

/* The same for n of them, in place. */
void letter_flow_all(struct arena *a, str *paragraphs, size_t n);

#endif
