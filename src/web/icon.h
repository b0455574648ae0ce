#ifndef WEB_ICON_H
#define WEB_ICON_H

/*
 * The icons, drawn as strokes in the colour of the text around them.  A
 * template that knows which one calls it by name ({call icon_tick}); a row of a
 * table that carries the name calls icon.  All are hidden from screen readers:
 * a word stands beside each.
 */
struct icon {
	const char *name; /* "tick"; one that does not exist draws nothing */
};

#endif
