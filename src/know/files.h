#ifndef KNOW_FILES_H
#define KNOW_FILES_H

#include "base/buf.h"
#include "know/know.h"

/*
 * The files of a package, one function each; what they hold is one struct know,
 * so that they can't disagree.
 *
 *	index.html          the letter, to read; loads nothing from anywhere
 *	data.json           {"toyon_know":1, ...}, the same for programs
 *	tables/NAME.csv     a file for each table; RFC 4180, UTF-8
 *	files/N-NAME        what a person copied by hand, as it was
 */
void know_put_index(struct buf *b, const struct know *k);
void know_put_json(struct buf *b, const struct know *k);
/* A cell that a spreadsheet would take for a formula gets a "'" in front; data.json
 * has it as it is. */
void know_put_csv(struct buf *b, const struct know_table *t);

#endif
