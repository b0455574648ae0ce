/* Putting a statement together out of a pattern and quoted names. */
#include "connect/statement.h"

#include <string.h>

#include "base/base.h"

static str part_named(const struct statement_part *parts, size_t n, str name)
{
	size_t i = 0;

	while (i < n && !str_eq(str_of(parts[i].name), name))
		i++;
	must(i < n);
	return parts[i].text;
}

const char *statement_fill(struct arena *a, const char *pattern,
	const struct statement_part *parts, size_t n)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);
	str rest = str_of(pattern), piece, name;

	while (str_cut(rest, '{', &piece, &rest)) {
		buf_put(&b, piece);
		must(str_cut(rest, '}', &name, &rest));
		buf_put(&b, part_named(parts, n, name));
	}
	buf_put(&b, piece);
	buf_putc(&b, '\0');
	must(buf_ok(&b));
	return buf_str(&b).p;
}

const char *statement_next(struct arena *a, str *rest)
{
	ptrdiff_t at = str_find(*rest, STR(";\n"));
	str one = at < 0 ? *rest : str_head(*rest, (size_t)at);

	*rest = at < 0 ? (str){ 0 } : str_from(*rest, (size_t)at + 2);
	one = str_trim(one);
	return one.n ? arena_cstr(a, one) : NULL;
}

static void put_quoted(struct buf *b, char quote, str name)
{
	buf_putc(b, quote);
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == quote)
			buf_putc(b, quote);
		buf_putc(b, name.p[i]);
	}
	buf_putc(b, quote);
}

str names_quoted_by(struct arena *a, char quote, const str *names, size_t n)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_puts(&b, ", ");
		put_quoted(&b, quote, names[i]);
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

str names_quoted(struct arena *a, const str *names, size_t n)
{
	return names_quoted_by(a, '"', names, n);
}

str name_quoted(struct arena *a, str name)
{
	return names_quoted(a, &name, 1);
}

str question_marks(struct arena *a, size_t n)
{
	struct buf b = buf_in(a, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < n; i++)
		buf_puts(&b, i ? ",?" : "?");
	must(buf_ok(&b));
	return buf_str(&b);
}

str inside_pattern(struct arena *a, str text)
{
	struct buf b = buf_in(a, 2 * text.n + 2);

	buf_putc(&b, '%');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '\\')
			buf_putc(&b, '\\');
		buf_putc(&b, text.p[i]);
	}
	buf_putc(&b, '%');
	must(buf_ok(&b));
	return buf_str(&b);
}

const char *table_in_words(struct arena *a, str table)
{
	return arena_fmt(a, "table \"%.*s\"%c", STR_ARG(table), '\0').p;
}
