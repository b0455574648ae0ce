/* Arrays as parameters, and how columns are compared with them. */
#include "connect/postgres/array.h"

#include <string.h>

#include "base/base.h"
#include "connect/statement.h"

void pg_array_start(struct buf *b)
{
	buf_putc(b, '{');
}

static void between(struct buf *b)
{
	if (b->n > 1)
		buf_putc(b, ',');
}

void pg_array_put(struct buf *b, str value)
{
	between(b);
	buf_putc(b, '"');
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '"' || value.p[i] == '\\')
			buf_putc(b, '\\');
		buf_putc(b, value.p[i]);
	}
	buf_putc(b, '"');
}

void pg_array_null(struct buf *b)
{
	between(b);
	buf_puts(b, "NULL");
}

const char *pg_array_end(struct buf *b)
{
	buf_puts(b, "}");
	buf_putc(b, '\0');
	must(buf_ok(b));
	return buf_str(b).p;
}

enum pg_sort pg_sort_of(str type)
{
	static const struct {
		str type;
		enum pg_sort sort;
	} sorts[] = {
		{ STR_INIT("smallint"), PG_INT },
		{ STR_INIT("integer"), PG_INT },
		{ STR_INIT("bigint"), PG_INT },
		{ STR_INIT("text"), PG_TEXT },
		{ STR_INIT("character varying"), PG_TEXT },
		{ STR_INIT("uuid"), PG_UUID },
	};

	for (size_t i = 0; i < COUNTOF(sorts); i++)
		if (str_eq(sorts[i].type, type))
			return sorts[i].sort;
	return PG_OTHER;
}

str pg_same(struct arena *a, str column, enum pg_sort sort, int parameter)
{
	static const struct {
		const char *cast;
		const char *array;
	} forms[] = {
		[PG_INT] = { "", "bigint" },
		[PG_UUID] = { "", "uuid" },
		[PG_TEXT] = { "", "text" },
		[PG_OTHER] = { "::text", "text" },
	};
	str name = name_quoted(a, column);

	return arena_fmt(a, "%.*s%s = any($%d::%s[])", STR_ARG(name),
		forms[sort].cast, parameter, forms[sort].array);
}

static bool is_uuid(str s)
{
	if (s.n != 36)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (is_dash ? s.p[i] != '-'
			    : !strchr("0123456789abcdefABCDEF", s.p[i]))
			return false;
	}
	return memchr(s.p, '\0', s.n) == NULL;
}

bool pg_can_hold(str value)
{
	while (value.n) {
		size_t n = str_utf8(value);

		if (!n || !value.p[0])
			return false;
		value = str_from(value, n);
	}
	return true;
}

static bool can_equal(enum pg_sort sort, const struct cell *c)
{
	int64_t number;

	if (c->type == CELL_NULL || c->type == CELL_BLOB)
		return false;
	if (sort == PG_INT)
		return str_int(c->v.v, &number);
	if (sort == PG_UUID)
		return is_uuid(c->v.v);
	return pg_can_hold(c->v.v);
}

const char *pg_values(
	struct arena *a, enum pg_sort sort, const struct cell *values, size_t n)
{
	struct buf b = buf_in(a, PG_ARRAY_MAX);

	pg_array_start(&b);
	for (size_t i = 0; i < n; i++)
		if (can_equal(sort, &values[i]))
			pg_array_put(&b, values[i].v.v);
	return pg_array_end(&b);
}
