#ifndef DESK_STATEMENT_SEAL_H
#define DESK_STATEMENT_SEAL_H

#include "desk/record.h"
#include "desk/statements.h"

/*
 * A statement and its item, under a key of the installation's own: they outlive the
 * case.  Internal to desk/statement*.c.
 */
struct sealed_statement {
	str about;
	str text;
};
void statement_seal(struct desk *d, const struct statement *s,
	struct sealed_statement *out);
int statement_open(struct desk *d, const struct sealed_statement *s,
	struct statement *out, struct err *e);

/* The addresses that the rows were found by, and the number that was proved: one that
 * somebody only typed may be someone else's as well.  Of who gave no email address, name
 * and street address together. */
struct record_keys statement_keys(struct desk *d, const struct record *r);

#endif
