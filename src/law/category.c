/*
 * Categories, sensitive kinds and what is never disclosed: three tables of one
 * shape.
 */
#include "law/category.h"

#include "base/base.h"

static const struct category_row categories[] = {
#define CATEGORY(letter, title, text, citation, valid) \
	{ "category-" #letter, #letter, title, text, citation, valid },
#include "law/tbl/categories.h"
};

static const struct category_row sensitive[] = {
#define SENSITIVE(code, title, text, citation, valid) \
	{ "sensitive-" code, code, title, text, citation, valid },
#include "law/tbl/sensitive.h"
};

static const struct category_row never_disclose[] = {
#define NEVER_DISCLOSE(code, title, text, citation, valid) \
	{ "never-disclose-" code, code, title, text, citation, valid },
#include "law/tbl/never_disclose.h"
};

static const struct category_row *find(
	const struct category_row *rows, size_t n, str code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(code, str_of(rows[i].code)))
			return &rows[i];
	return NULL;
}

enum category category_of(str letter)
{
	const struct category_row *row =
		find(categories, COUNTOF(categories), letter);

	return row ? (enum category)(row - categories + 1) : CATEGORY_NONE;
}

const struct category_row *category_row(enum category c)
{
	must(c > CATEGORY_NONE && c < CATEGORY_END);
	return &categories[c - 1];
}

size_t sensitive_count(void)
{
	return COUNTOF(sensitive);
}

const struct category_row *sensitive_at(size_t i)
{
	must(i < COUNTOF(sensitive));
	return &sensitive[i];
}

const struct category_row *sensitive_of(str code)
{
	return find(sensitive, COUNTOF(sensitive), code);
}

size_t never_disclose_count(void)
{
	return COUNTOF(never_disclose);
}

const struct category_row *never_disclose_at(size_t i)
{
	must(i < COUNTOF(never_disclose));
	return &never_disclose[i];
}

const struct category_row *never_disclose_of(str code)
{
	return find(never_disclose, COUNTOF(never_disclose), code);
}
