#ifndef DESK_STATEMENTS_H
#define DESK_STATEMENTS_H

#include "desk/suppress.h"

struct record;

/*
 * What consumers said about information on their health that stays as it is, for who is
 * about to disclose it (11 CCR 7023(f)): found by an email address that their rows were
 * found by, the number that they proved, or, of who gave no email address, their name with
 * the street address.  It goes when the person is deleted.
 */
struct statement {
	int64_t id;
	personal about; /* the item; empty: it is older than items are */
	personal text;
};
struct statements {
	struct statement *at;
	size_t n;
	size_t bytes; /* that statements_of() read for them, those that it had too */
};

/* Is there one of anybody?  Most installations have none. */
int statements_are_any(struct desk *d, bool *out, struct err *e);
/* ERR_LIMIT: they are more than LIMIT_STATEMENTS_BYTES. */
int statements_of(struct desk *d, const struct suppress_query *ids, size_t n,
	struct statements *out, struct err *e);
/* The same of what several calls read together. */
int statements_check_bytes(size_t bytes, struct err *e);
/* Does an identifier of this kind lead to statements? */
bool statements_know(enum ident_kind kind);

/* Those of everybody, in the desk's arena: a list asks for each of its rows. */
struct statement_book;
int statements_load(struct desk *d, struct statement_book **out, struct err *e);
/* Adds those of one identifier that `out` has not yet. */
void statements_find(const struct statement_book *b, struct arena *a,
	const uint8_t *key, struct statements *out);
size_t statements_count(const struct statement_book *b);

/* In the caller's transaction, as corrections_forget(). */
int statements_forget(struct desk *d, const struct record *r, struct err *e);

#endif
