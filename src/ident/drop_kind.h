#ifndef IDENT_DROP_KIND_H
#define IDENT_DROP_KIND_H

#include "ident/ident.h"

/*
 * What can be hashed by the State's rules, profile drop/1.2.0: identifiers,
 * composites, and the parts of composites, which are no identifiers by
 * themselves.
 */
struct drop_kind {
	const char *name;
	enum ident_kind kind; /* IDENT_KINDS: a part */
};

const struct drop_kind *drop_kind_at(size_t i);    /* NULL: no more */
const struct drop_kind *drop_kind_named(str name); /* NULL: there is none */
/* How many values make one: 1, or the parts of a composite. */
size_t drop_kind_parts(const struct drop_kind *k);

/* Standardizes, as ident_read(); another number of parts is
 * IDENT_FAULT_PARTS. */
enum ident_fault drop_kind_read(struct ident *out, const struct drop_kind *k,
	const str *part, size_t n);

#endif
