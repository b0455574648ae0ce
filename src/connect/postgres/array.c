/* Arrays as parameters, and how columns are compared with them. */
#include "connect/postgres/array.h"

#include <string.h>

#include "base/base.h"
#include "connect/postgres/number.h"
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

enum pg_sort pg_sort_of(str name, str category)
{
	static const struct {
		str name;
		enum pg_sort sort;
	} sorts[] = {
		{ STR_INIT("smallint"), PG_INT },
		{ STR_INIT("integer"), PG_INT }, { STR_INIT("bigint"), PG_INT },
		{ STR_INIT("text"), PG_TEXT },
		{ STR_INIT("character varying"), PG_TEXT },
		{ STR_INIT("uuid"), PG_UUID },
		{ STR_INIT("numeric"), PG_NUMERIC },
		{ STR_INIT("double precision"), PG_DOUBLE },
		{ STR_INIT("real"), PG_REAL }, { STR_INIT("date"), PG_DATE },
		{ STR_INIT("timestamp without time zone"), PG_TIME },
		{ STR_INIT("name"), PG_OTHER }, /* it would cut what is asked */
	};

	for (size_t i = 0; i < COUNTOF(sorts); i++)
		if (str_eq(sorts[i].name, name))
			return sorts[i].sort;
	return str_eq(category, STR("S")) ? PG_LETTERS : PG_OTHER;
}

/* Never a cast of the column where one of the values will do: its index serves. */
static const struct {
	const char *cast;
	const char *array; /* NULL: its own type */
} forms[] = {
	[PG_INT] = { "", "bigint" },
	[PG_UUID] = { "", "uuid" },
	[PG_TEXT] = { "", "text" },
	[PG_LETTERS] = { "", NULL },
	[PG_NUMERIC] = { "", NULL },
	[PG_DOUBLE] = { "", NULL },
	[PG_REAL] = { "", NULL },
	[PG_DATE] = { "::text", "text" },
	[PG_TIME] = { "::text", "text" },
	[PG_OTHER] = { "::text", "text" },
};

str pg_compared(struct arena *a, str column, const struct pg_type *type)
{
	return arena_fmt(a, "%.*s%s", STR_ARG(name_quoted(a, column)),
		forms[type->sort].cast);
}

str pg_array_of(struct arena *a, const struct pg_type *type, int parameter)
{
	const char *array = forms[type->sort].array;

	return arena_fmt(a, "$%d::%.*s[]", parameter,
		STR_ARG(array ? str_of(array) : type->name));
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

enum { DATE_CHARS = 10 };

/* Midnight and its day are one value to the database. */
static str other_form_of_day(struct arena *a, enum pg_sort sort, str v)
{
	static const str midnight = STR_INIT(" 00:00:00");
	str time = str_from(v, v.n < DATE_CHARS ? v.n : DATE_CHARS);

	if (sort == PG_DATE && str_eq(time, midnight))
		return str_head(v, DATE_CHARS);
	if (sort == PG_TIME && v.n == DATE_CHARS)
		return arena_fmt(a, "%.*s%.*s", STR_ARG(v), STR_ARG(midnight));
	return v;
}

/* What a column of this sort is asked for, in *out; false: it can't hold the value, and to
 * ask for it would be an error. */
static bool take_value(struct arena *a, enum pg_sort sort, str v, str *out)
{
	*out = v;
	switch (sort) {
	case PG_INT:
		return pg_whole(a, v, out);
	case PG_UUID:
		return is_uuid(v);
	case PG_NUMERIC:
		return pg_is_numeric(v);
	case PG_DOUBLE:
	case PG_REAL:
		return pg_is_float(a, v, sort == PG_REAL);
	case PG_DATE:
	case PG_TIME:
		*out = other_form_of_day(a, sort, v);
		return pg_can_hold(v);
	default:
		return pg_can_hold(v);
	}
}

bool pg_value(
	struct arena *a, enum pg_sort sort, const struct cell *c, str *out)
{
	return c->type != CELL_NULL && c->type != CELL_BLOB &&
	       take_value(a, sort, c->v.v, out);
}

const char *pg_values(
	struct arena *a, enum pg_sort sort, const struct cell *values, size_t n)
{
	struct buf b = buf_in(a, PG_ARRAY_MAX);
	str v;

	pg_array_start(&b);
	for (size_t i = 0; i < n; i++)
		if (pg_value(a, sort, &values[i], &v))
			pg_array_put(&b, v);
	return pg_array_end(&b);
}
