#include "connect/decimal.h"

#include "base/base.h"

/* Sign, digits, point, digits. */
struct parts {
	bool is_negative;
	str whole;
	str part;
};

static str take_digits(str *s)
{
	size_t n = 0;
	str out;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	out = str_head(*s, n);
	*s = str_from(*s, n);
	return out;
}

static bool read_parts(str s, struct parts *out)
{
	*out = (struct parts){ .is_negative = str_starts(s, STR("-")) };
	s = str_from(s, out->is_negative);
	out->whole = take_digits(&s);
	if (str_starts(s, STR("."))) {
		s = str_from(s, 1);
		out->part = take_digits(&s);
	}
	return !s.n && out->whole.n + out->part.n > 0;
}

static str without_zeros_before(str digits)
{
	while (digits.n > 1 && digits.p[0] == '0')
		digits = str_from(digits, 1);
	return digits;
}

str decimal_plain(struct arena *a, str s)
{
	struct parts p;
	bool is_zero;

	if (!str_has(s, '.') || !read_parts(s, &p))
		return s;
	while (p.part.n && p.part.p[p.part.n - 1] == '0')
		p.part.n--;
	p.whole = p.whole.n ? without_zeros_before(p.whole) : STR("0");
	is_zero = str_eq(p.whole, STR("0")) && !p.part.n;
	return arena_fmt(a, "%s%.*s%s%.*s",
		p.is_negative && !is_zero ? "-" : "", STR_ARG(p.whole),
		p.part.n ? "." : "", STR_ARG(p.part));
}

bool decimal_fits(str s, size_t whole)
{
	struct parts p;

	return read_parts(s, &p) && p.whole.n <= whole && p.part.n <= whole;
}

bool decimal_form(struct arena *a, const struct cell *c, struct cell *out)
{
	if (!c->is_decimal || c->is_cut || c->type != CELL_TEXT)
		return false;
	*out = cell_by_look(decimal_plain(a, c->v.v));
	return !str_eq(out->v.v, c->v.v);
}
