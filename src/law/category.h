#ifndef LAW_CATEGORY_H
#define LAW_CATEGORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "law/valid.h"

/*
 * What kinds of personal information there are: the letters of Civ. Code
 * 1798.140(v)(1), the sensitive kinds of 1798.140(ae), and the classes that no
 * answer may ever disclose (11 CCR 7024(d)).  A data map names columns by the
 * codes here.
 */
enum category {
	CATEGORY_NONE,
#define CATEGORY(letter, ...) CATEGORY_##letter,
#include "law/tbl/categories.h"
	CATEGORY_END,
};

struct category_row {
	const char *id;   /* "category-A" */
	const char *code; /* "A", "health", "ssn" */
	const char *title;
	const char
		*text; /* what is in it; never-disclose: what is said instead */
	const char *citation;
	struct valid valid;
};

enum category category_of(str letter);
const struct category_row *category_row(enum category c);

size_t sensitive_count(void);
const struct category_row *sensitive_at(size_t i);
const struct category_row *sensitive_of(str code); /* NULL: unknown */

size_t never_disclose_count(void);
const struct category_row *never_disclose_at(size_t i);
const struct category_row *never_disclose_of(str code); /* NULL: may be */

#endif
