#ifndef LAW_INSTEAD_H
#define LAW_INSTEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "law/valid.h"

/*
 * Deleting what a consumer contests instead of correcting it (11 CCR 7023(e)): allowed
 * where it does not hurt them, or where they agreed.  Zero is the careful value: neither
 * is said.
 */
enum instead {
	INSTEAD_NONE,
#define INSTEAD(NAME, ...) INSTEAD_##NAME,
#include "law/tbl/insteads.h"
	INSTEAD_END,
};

struct instead_row {
	enum instead instead;
	const char *code; /* forms, the record: "harmless" */
	const char *title;
	const char *citation;
	struct valid valid;
};

/* Not of INSTEAD_NONE. */
const struct instead_row *instead_row(enum instead i);
/* INSTEAD_NONE for what is no code. */
enum instead instead_of(str code);

/* May something be deleted on this? */
bool instead_allows(enum instead i);

#endif
