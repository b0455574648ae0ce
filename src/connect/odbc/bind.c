/* Values on their way into a statement. */
#include "connect/odbc/bind.h"

#include "base/base.h"
#include "connect/odbc/wide.h"

enum {
	SHORT_TEXT_MAX =
		2000, /* in units; a longer one is a long one to some */
};

bool odbc_may_hold(const struct odbc_link *l, enum odbc_sort sort, str v)
{
	if (sort == ODBC_INT)
		return cell_by_look(v).type == CELL_INT;
	/* Drivers cut a text at its first zero. */
	return sort == ODBC_BYTES ||
	       (!str_has(v, '\0') && (!l->is_wide || str_is_utf8(v)));
}

struct odbc_value odbc_value_of(enum odbc_sort sort, const struct cell *c)
{
	struct odbc_value v = { sort, c->type == CELL_NULL, c->v.v };

	if (c->type == CELL_BLOB)
		v.as = ODBC_BYTES;
	else if (sort == ODBC_INT && cell_by_look(v.v).type != CELL_INT)
		v.as = ODBC_TEXT;
	return v;
}

/* What a value is bound from, valid until the statement has run. */
struct bound {
	SQLSMALLINT from;
	SQLSMALLINT to;
	SQLULEN size;
	SQLPOINTER at;
	SQLLEN n;
};

static struct bound bound_int(struct arena *a, const struct odbc_value *v)
{
	int64_t *number_at = arena_one(a, int64_t);

	str_int(v->v, number_at);
	return (struct bound){ SQL_C_SBIGINT, SQL_BIGINT, 19, number_at,
		sizeof *number_at };
}

static struct bound bound_bytes(const struct odbc_value *v)
{
	return (struct bound){ SQL_C_BINARY,
		v->v.n > 2 * SHORT_TEXT_MAX ? SQL_LONGVARBINARY : SQL_VARBINARY,
		v->v.n, (SQLPOINTER)(uintptr_t)(v->v.n ? v->v.p : ""),
		(SQLLEN)v->v.n };
}

static struct bound bound_text(const struct odbc_value *v)
{
	return (struct bound){ SQL_C_CHAR,
		v->v.n > SHORT_TEXT_MAX ? SQL_LONGVARCHAR : SQL_VARCHAR, v->v.n,
		(SQLPOINTER)(uintptr_t)(v->v.n ? v->v.p : ""), (SQLLEN)v->v.n };
}

static struct bound bound_wide(struct arena *a, const struct odbc_value *v)
{
	size_t n;
	uint16_t *w = wide_of(a, v->v, &n);

	return (struct bound){ SQL_C_WCHAR,
		n > SHORT_TEXT_MAX ? SQL_WLONGVARCHAR : SQL_WVARCHAR, n, w,
		(SQLLEN)(n * sizeof *w) };
}

static struct bound bound_of(
	const struct odbc_link *l, struct arena *a, const struct odbc_value *v)
{
	if (v->as == ODBC_INT)
		return bound_int(a, v);
	if (v->as == ODBC_BYTES)
		return bound_bytes(v);
	return l->is_wide ? bound_wide(a, v) : bound_text(v);
}

int odbc_bind(struct odbc_link *l, SQLHSTMT st, struct arena *a,
	SQLUSMALLINT at, const struct odbc_value *v)
{
	struct bound *b = arena_one(a, struct bound);
	SQLLEN room;

	*b = bound_of(l, a, v);
	room = b->n;
	if (v->is_null)
		b->n = SQL_NULL_DATA;
	return SQL_SUCCEEDED(SQLBindParameter(st, at, SQL_PARAM_INPUT, b->from,
		       b->to, b->size ? b->size : 1, 0, b->at, room, &b->n))
		       ? 0
		       : -1;
}
