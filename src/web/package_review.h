#ifndef WEB_PACKAGE_REVIEW_H
#define WEB_PACKAGE_REVIEW_H

#include "base/html.h"
#include "desk/package.h"
#include "web/desk_page.h"
#include "web/second.h"

/*
 * "/desk/r/{ref}/package": what the requester would get, with a box beside each
 * row, column and value that leaves it out.  Nobody approves what they have not
 * seen; each look is in the audit trail, so it is asked for by POST.
 *
 * A box is named "mark"; its value says of what it is, by places in the finding:
 * "r0.5" row 5 of the first table, "c0.2" a column, "v0.5.2" a value, "s0.5" a row
 * that is someone else's too and is shown all the same.
 */
struct review_cell {
	str text;
	str value; /* of the box; empty: there is nothing to leave out */
	str copy;  /* where the copy that a person uploaded opens; or empty */
	bool is_marked;
};

struct review_row {
	struct {
		struct review_cell *at;
		size_t n;
	} cells;
	str value;
	bool is_marked;
	bool is_shared;
	int number;
};

struct review_column {
	str label;
	str about;
	str value;
	bool is_marked;
};

struct review_table {
	bool is_first;
	str title;
	str system;
	struct {
		struct review_column *at;
		size_t n;
	} columns;
	struct {
		struct review_row *at;
		size_t n;
	} rows;
	size_t hidden;
};

struct review_language {
	const char *code;
	const char *title;
	bool is_chosen;
};

struct review_page {
	struct desk_page page;
	const struct package_review *x;
	str reference;
	str path;
	const char *saved; /* what was just done, or NULL */
	struct {
		struct review_table *at;
		size_t n;
	} tables;
	struct {
		str *at; /* what looks like what may never be disclosed */
		size_t n;
	} hits;
	struct {
		struct review_language at[KNOW_LANGUAGES];
		size_t n;
	} languages;
};

struct review_letter_page {
	struct desk_page page;
	str reference;
	str path;
	struct markup letter;
};

#endif
