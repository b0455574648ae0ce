/*
 * Expressions of templates are C.  They are passed on with the names of the
 * scope turned into pointers; whether they make sense is for the C compiler to
 * say, which is told the template's own file and line.
 */
#include "tplc_expr.h"

#include <string.h>

#include "source.h"

bool scope_has(const struct scope *s, str name)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->names[i], name))
			return true;
	return false;
}

/* The string or character constant at the start of s, quotes included. */
static size_t constant_length(str s)
{
	size_t n = 1;

	while (n < s.n && s.p[n] != s.p[0])
		n += s.p[n] == '\\' ? 2 : 1;
	return n < s.n ? n + 1 : s.n;
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

size_t expr_length(str s)
{
	int depth = 0;

	for (size_t i = 0; i < s.n;) {
		if (is_quote(s.p[i])) {
			i += constant_length(str_from(s, i));
			continue;
		}
		if (s.p[i] == '{')
			depth++;
		if (s.p[i] == '}' && depth-- == 0)
			return i;
		i++;
	}
	return s.n;
}

static size_t number_length(str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n ? n + source_ident(str_from(s, n)).n : 0;
}

/* What was written ends in "." or "->", so that a member follows. */
static bool is_member(str before)
{
	before = str_trim(before);
	return str_ends(before, STR(".")) || str_ends(before, STR("->"));
}

static size_t put_name(struct buf *b, str name, str after)
{
	str rest = str_trim(after);
	size_t blanks = 0;

	while (blanks < after.n && str_has(STR(" \t\r\n"), after.p[blanks]))
		blanks++;
	if (str_starts(rest, STR("."))) {
		buf_fmt(b, "%.*s->", STR_ARG(name));
		return name.n + blanks + 1;
	}
	buf_fmt(b, str_starts(rest, STR("->")) ? "%.*s" : "(*%.*s)",
		STR_ARG(name));
	return name.n;
}

void expr_put(struct buf *b, const struct scope *scope, str expr)
{
	size_t n;

	for (size_t i = 0; i < expr.n; i += n) {
		str rest = str_from(expr, i), name = source_ident(rest);

		n = 1;
		if (name.n && scope_has(scope, name) &&
			!is_member(str_head(expr, i))) {
			n = put_name(b, name, str_from(rest, name.n));
		} else if (is_quote(rest.p[0]) || name.n ||
			   number_length(rest)) {
			n = is_quote(rest.p[0]) ? constant_length(rest)
			    : name.n            ? name.n
						: number_length(rest);
			buf_put(b, str_head(rest, n));
		} else {
			buf_putc(b, rest.p[0] == '\n' ? ' ' : rest.p[0]);
		}
	}
}
