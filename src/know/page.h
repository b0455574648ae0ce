#ifndef KNOW_PAGE_H
#define KNOW_PAGE_H

#include "know/know.h"

/*
 * A package as its templates walk it (know.html): the letter alone, which a page
 * of the site may show, and the same as a page that stands by itself.
 */
struct know_page_column {
	str label;
	str about; /* "Identifiers. Given to: MailHarbor." */
};

struct know_page_row {
	const struct know_row *row;
	str title; /* "Record 3" */
	str correct;
	str remove;
	const char *remove_as; /* what following it does */
};

struct know_page_table {
	const struct know_table *table;
	str id;     /* "t-3" */
	str title;  /* "People" */
	str system; /* "from Lead exchange" */
	struct map_about about;
	str rest; /* of rows that are elsewhere; empty: all are here */
	str file; /* "tables/leads-note.csv": where all are */
	struct {
		struct know_page_column *at;
		size_t n;
	} columns;
	struct {
		struct know_page_row *at;
		size_t n;
	} rows;
};

struct know_page_list {
	const struct know_words *words;
	const struct know_lines *kinds;
	const char *none; /* the sentence when there is nothing */
	struct {
		str *at;
		size_t n;
	} batches;
};

struct know_page {
	const struct know *k;
	const struct know_words *w;
	str dear;
	str asked;
	str range; /* the days asked for; empty: everything */
	str found;
	str made;
	struct know_page_list sold;
	struct know_page_list gave;
	struct {
		struct know_page_table *at;
		size_t n;
	} tables;
	struct {
		str *at; /* sentences */
		size_t n;
	} not_here;
	str correct;
	str remove;
	str opt_out; /* empty: nothing is sold */
};

void know_page_fill(const struct know *k, struct know_page *out);

/* The letter as markup, for a page of the site; at most KNOW_LETTER_MAX bytes in
 * the buffer given, which is over when it is longer. */
void know_letter_put(struct buf *b, const struct know *k);

#endif
