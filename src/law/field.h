#ifndef LAW_FIELD_H
#define LAW_FIELD_H

#include <stddef.h>

#include "law/kind.h"

/*
 * What a form may ask.  A field that is not a row here, or not for that kind,
 * is not on a form: no setting adds it (11 CCR 7026(b), 7060).
 */
struct field {
	const char *code;   /* name of the form field: "email" */
	const char *title;  /* for documents and the lint report */
	unsigned kinds;     /* KIND_BIT()s that may ask it; 0: never asked */
	bool is_identifier; /* finds a record; one of them is enough */
	const char *citation;
	struct valid valid;
};

size_t field_count(void);
const struct field *field_at(size_t i);
const struct field *field_of(str code); /* NULL: unknown, so not allowed */

/* May a form for `kind` have this field at all?  False for unknown ones. */
bool field_is_allowed(str code, enum kind kind);

#endif
