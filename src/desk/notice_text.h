#ifndef DESK_NOTICE_TEXT_H
#define DESK_NOTICE_TEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/html.h"

/*
 * The text of a notice, as it is published and kept: a line a block.
 *
 *     # Privacy policy
 *     ## What we collect [policy-collected]   the id of law/tbl/notice_items.h
 *     - Identifiers: name, address
 *     - [Opt out](https://privacy.example.com/opt-out)
 *     Anything else is a paragraph.
 *
 * It reads well as it is, is compared by lines, and pages draw it: a version that is
 * kept needs no template of its time.
 */
enum notice_block_kind {
	NOTICE_TITLE,
	NOTICE_HEADING,
	NOTICE_POINT,
	NOTICE_PARAGRAPH,
};

struct notice_block {
	enum notice_block_kind kind;
	str text;
	str id;   /* of a heading: "policy-collected"; may be empty */
	str link; /* of a point; may be empty */
	bool is_first, is_last; /* of a run of points */
};

struct notice_blocks {
	struct notice_block *at;
	size_t n;
};

/* Views into text. */
void notice_blocks_of(struct arena *a, str text, struct notice_blocks *out);

/* There is a heading with this id, and something below it. */
bool notice_says(const struct notice_blocks *blocks, const char *id);

/* As HTML without a frame: for a page, or to stand in one of the business's own. */
struct markup notice_body(struct arena *a, str text);
/* The same inside of a page that has its own title: without one, headings a level down. */
struct markup notice_inside(struct arena *a, str text);

struct notice_drawing {
	struct notice_blocks blocks;
	bool is_inside;
};

/* Two texts, line by line: what is in one of them only, and what is in both. */
struct notice_change {
	enum notice_change_kind {
		NOTICE_SAME,
		NOTICE_GONE,
		NOTICE_NEW,
	} kind;
	str line;
};

struct notice_changes {
	struct notice_change *at;
	size_t n;
};

/* Empty lines are left out.  The shortest way from one to the other, up to
 * NOTICE_LINES_MAX lines that differ each; beyond that all of them are gone and new. */
enum { NOTICE_LINES_MAX = 2000 };
void notice_compare(
	struct arena *a, str before, str after, struct notice_changes *out);

#endif
