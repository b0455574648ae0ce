#ifndef WEB_CORRECT_H
#define WEB_CORRECT_H

#include "desk/correct.h"
#include "desk/correct_proposed.h"
#include "web/desk_page.h"
#include "web/documents.h"
#include "web/second.h"
#include "web/statement.h"
#include "web/weighed.h"

/*
 * "/desk/r/{ref}/correct": the rows that were found, each cell that may be
 * corrected as a field with what it holds.  What was typed over is the
 * correction.  A field is called "v.TABLE.ROW.COLUMN", by its place on the page; a cell
 * that is hidden has a box "e.TABLE.ROW.COLUMN" that empties it.
 * Beside them what staff corrected by hand: `done`, `source`, `is_part`,
 * `has_told`, and `health` and `health_items` (web/statement.h); what is deleted instead: `instead`, `instead_why`; and what was weighed
 * (web/weighed.h).
 */
struct by_hand {
	const struct problems *problems;
	const struct correction *c;
	bool has_vendors; /* asks whether they were told */
	struct write_in write_in;
};

struct correct_field {
	const struct correct_cell *cell;
	str name;
	str empties; /* name of the box, of one that is hidden */
	str value;   /* as it is, or as it was typed */
	str label;   /* "zip, row 1 of Contacts" */
	bool is_changed;
	bool is_emptied;
	bool is_long; /* does not go into a field of one line */
};

struct correct_line {
	struct correct_field *at;
	size_t n;
	bool is_shared;
};

struct correct_card {
	const struct correct_table *table;
	bool is_first; /* of its system: the title stands before it */
	struct {
		struct correct_line *at;
		size_t n;
	} lines;
};

struct correct_page {
	struct desk_page page;
	struct problems problems;
	struct correction correction;            /* as typed */
	const struct correct_proposed *proposed; /* by the first of two */
	const struct correct_view *c;
	struct documents_card documents;
	struct weighed_form weighed;
	str reference;
	str path;
	struct {
		struct correct_card *at;
		size_t n;
	} cards;
};

/* What was written of it in a form. */
struct correction correction_of(struct http_request *q);

#endif
