#ifndef TOOLS_TPLC_HTML_H
#define TOOLS_TPLC_HTML_H

#include <stdbool.h>

#include "base/str.h"

/*
 * Where in the HTML a template stands, one byte at a time: as much of the HTML
 * tokenizer as decides how a value is to be escaped, and stricter than a
 * browser wherever browsers guess.
 */
enum place {
	PLACE_TEXT,
	PLACE_OPEN,   /* after "<" */
	PLACE_NAME,   /* in the name of a tag */
	PLACE_TAG,    /* in a tag, between attributes */
	PLACE_ATTR,   /* in the name of an attribute */
	PLACE_EQUALS, /* after its "=" */
	PLACE_DOUBLE, /* in a value in double quotes */
	PLACE_SINGLE,
	PLACE_BARE, /* in a value without quotes */
	PLACE_DECL, /* in <!doctype ...> */
	PLACE_COMMENT,
	PLACE_RAW, /* in a script or style element */
};

struct html_at {
	enum place place;
	str tag; /* both are views of the source */
	str attr;
	bool is_end_tag;
	bool is_url_start; /* nothing of the URL is there yet */
	bool needs_space;  /* a directive stood right after a name */
	bool is_spaced;    /* the last thing written was white space */
	int pre;           /* open <pre> and <textarea> */
};

/*
 * Over the first byte of rest, which goes on to the end of the source.  NULL,
 * or what is wrong with it.
 */
const char *html_step(struct html_at *at, str rest);

/* The step from `before` to here was over the end of a start tag of that name. */
bool html_opened(const struct html_at *at, enum place before, str tag);

/* A directive stands here: a name that was open is at its end. */
void html_cut(struct html_at *at);

/* Two branches meet.  False when they end in different places. */
bool html_join(struct html_at *at, const struct html_at *other);

/*
 * The macro of base/html.h that writes a value here, and the step over it; NULL
 * and *why when no value may stand here.
 */
const char *html_value(struct html_at *at, const char **why);

#endif
