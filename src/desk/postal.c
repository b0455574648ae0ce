#include "desk/postal.h"

enum { CITY_MAX = 80 };

bool postal_is_begun(const struct person *p, const struct postal *x)
{
	return str_trim(p->street.v).n || str_trim(x->city.v).n;
}

static bool is_line(str s, size_t max)
{
	return s.n && s.n <= max && str_is_text(s) && !str_has(s, '\n');
}

/* A ZIP code is checked by the form that has one; here it must be there. */
void postal_check(
	const struct person *p, const struct postal *x, struct problems *ps)
{
	if (!is_line(str_trim(p->street.v), PERSON_street_max))
		problem_add(ps, "street", "missing",
			"Enter the street and number, on one line");
	if (!is_line(str_trim(x->city.v), CITY_MAX))
		problem_add(ps, "city", "missing",
			"Enter the city and state, like Oakland, CA");
	if (!is_line(str_trim(p->zip.v), PERSON_zip_max))
		problem_add(
			ps, "zip", "missing", "Enter the ZIP code, like 94607");
}

void postal_take(struct arena *a, struct person *p, const struct postal *x)
{
	str name = str_trim(p->name.v);

	p->postal.v = arena_fmt(a, "%.*s%s%.*s\n%.*s %.*s", STR_ARG(name),
		name.n ? "\n" : "", STR_ARG(str_trim(p->street.v)),
		STR_ARG(str_trim(x->city.v)), STR_ARG(str_trim(p->zip.v)));
	p->letter_by = STR("paper");
}
