/*
 * Ages, from law/tbl/minors.h.
 */
#include "law/minor.h"

#include "base/base.h"

static const struct minor_row rows[] = {
#define MINOR(name, code, from, before, by, steps, title, citation, valid) \
	{ MINOR_##name, code, from, before, MINOR_BY_##by, steps, title,   \
		citation, valid },
#include "law/tbl/minors.h"
};

const struct minor_row *minor_row(enum minor m)
{
	must(m < MINOR_END);
	return &rows[m];
}

enum minor minor_of(str code)
{
	int m = 0;

	while (m < MINOR_END && !str_eq(code, str_of(rows[m].code)))
		m++;
	return (enum minor)m;
}

struct date minor_birthday(struct date born_on, int age)
{
	struct date on = date_add_months(born_on, 12 * age);

	/* Clamped to February 28: the day after. */
	return on.day < born_on.day ? date_add(on, 1) : on;
}

enum minor minor_on(struct date born_on, struct date day)
{
	int m = 0;

	must(date_cmp(born_on, day) <= 0);
	while (date_cmp(minor_birthday(born_on, rows[m].before_age), day) <= 0)
		m++;
	return (enum minor)m;
}

struct date minor_until(struct date born_on)
{
	return minor_birthday(born_on, rows[MINOR_TEEN].before_age);
}

bool minor_may_be_sold(enum minor m, bool has_opted_in)
{
	return minor_row(m)->by == MINOR_BY_NOBODY || has_opted_in;
}
