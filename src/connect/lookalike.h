#ifndef CONNECT_LOOKALIKE_H
#define CONNECT_LOOKALIKE_H

#include "base/str.h"

/*
 * What a value looks like that no answer may disclose (11 CCR 7024(d)): the rows
 * of tbl/lookalikes.h.  Looks can deceive, both ways: a hit is for a person to
 * judge, and no hit proves nothing.  Says which, never where or what.
 */
enum lookalike {
#define LOOKALIKE(NAME, code, never, names, phrases, title, taken) \
	LOOKALIKE_##NAME,
#include "connect/tbl/lookalikes.h"
	LOOKALIKES,
};

#define LOOKALIKE_BIT(l) (1u << (l))

struct lookalike_row {
	const char *code;    /* "card" */
	const char *never;   /* "financial-account" */
	const char *names;   /* "card number|credit card" */
	const char *phrases; /* the same, whole words of names only */
	const char *title;   /* "a payment card number" */
	const char *taken;   /* what is taken for one */
};

const struct lookalike_row *lookalike_row(enum lookalike l);

/*
 * What stands in a value, as LOOKALIKE_BIT()s.  Any bytes; name is that of its
 * column, or empty.
 */
unsigned lookalikes_in(str value, str name);

/* What a column holds that is called so, as LOOKALIKE_BIT()s. */
unsigned lookalikes_named(str name);

#endif
