#ifndef KNOW_FILES_H
#define KNOW_FILES_H

#include "base/buf.h"
#include "know/know.h"

/*
 * The files of a package, one function each; what they hold is one struct know,
 * so that they can't disagree.
 *
 *	tables/NAME.csv     a file for each table; RFC 4180, UTF-8
 *	tables/NAME.jsonl   the rows of a table that is set apart, one a line, as
 *	                    data.json has those of the others
 *	files/N-NAME        what a person copied by hand, as it was
 *	index.html          the letter, to read; loads nothing from anywhere
 *	data.json           {"toyon_know":1, ...}, the same for programs
 */
void know_put_index(struct buf *b, const struct know *k);
void know_put_json(struct buf *b, const struct know *k);
/* A cell that a spreadsheet would take for a formula gets a "'" in front; data.json
 * has it as it is. */
void know_put_csv(struct buf *b, const struct know_table *t);
void know_put_csv_head(struct buf *b, const struct know_table *t);
void know_put_csv_row(
	struct buf *b, const struct know_table *t, const struct know_row *r);
void know_put_line(
	struct buf *b, const struct know_table *t, const struct know_row *r);

str know_csv_name(struct arena *a, const struct know_table *t);
str know_lines_name(struct arena *a, const struct know_table *t);

#endif
