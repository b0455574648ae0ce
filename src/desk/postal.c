#include "desk/postal.h"

#include "base/buf.h"

enum { CITY_MAX = 80, ZIP_DIGITS = 5, LINES_MAX = 8 };

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

str postal_lines(struct arena *a, str typed)
{
	struct buf b = buf_in(a, typed.n + 1);
	str line;

	while (str_next(&typed, '\n', &line)) {
		line = str_trim(line);
		if (!line.n)
			continue;
		if (b.n)
			buf_putc(&b, '\n');
		buf_put(&b, line);
	}
	return buf_str(&b);
}

/* Five digits, and no more beside them: a house number is shorter. */
static bool has_zip(str line)
{
	size_t run = 0;

	for (size_t i = 0; i <= line.n; i++) {
		bool is_digit =
			i < line.n && line.p[i] >= '0' && line.p[i] <= '9';

		if (!is_digit && run == ZIP_DIGITS)
			return true;
		run = is_digit ? run + 1 : 0;
	}
	return false;
}

bool postal_is_whole(str lines)
{
	size_t n = 0;
	bool is_found = false;
	str line;

	if (lines.n > PERSON_postal_max || !str_is_text(lines))
		return false;
	while (str_next(&lines, '\n', &line))
		is_found = (n++ && has_zip(line)) || is_found;
	return is_found && n <= LINES_MAX;
}

void postal_take(struct arena *a, struct person *p, const struct postal *x)
{
	str name = str_trim(p->name.v);

	p->postal.v = arena_fmt(a, "%.*s%s%.*s\n%.*s %.*s", STR_ARG(name),
		name.n ? "\n" : "", STR_ARG(str_trim(p->street.v)),
		STR_ARG(str_trim(x->city.v)), STR_ARG(str_trim(p->zip.v)));
	p->letter_by = STR("paper");
}
