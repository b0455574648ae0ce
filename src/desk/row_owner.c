#include "desk/row_owner.h"

#include "base/buf.h"

/* Lengths before the texts: no two columns give the same bytes. */
static personal named(struct arena *a, str column, str value)
{
	return (personal){ arena_fmt(
		a, "%zu %.*s%.*s", column.n, STR_ARG(column), STR_ARG(value)) };
}

str row_owner(struct arena *a, const struct row_names *names,
	const struct map_table *t, const struct found_row *row)
{
	struct buf b = buf_in(a, t->columns_n * ROW_NAME_KEY_SIZE + 1);

	for (size_t c = 0; c < t->columns_n; c++) {
		struct row_name who = { STR("owner"), t->name, { STR("") } };

		if (!t->columns[c].is_identifier ||
			row->cells[c].type == CELL_NULL)
			continue;
		who.key = named(a, t->columns[c].name, row->cells[c].v.v);
		buf_put(&b, row_name_key(a, names, &who));
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

static bool has(str keys, str key)
{
	for (size_t at = 0; at < keys.n; at += ROW_NAME_KEY_SIZE)
		if (str_eq(str_head(str_from(keys, at), ROW_NAME_KEY_SIZE),
			    key))
			return true;
	return false;
}

bool row_owner_is(str then, str now)
{
	for (size_t at = 0; at < now.n; at += ROW_NAME_KEY_SIZE)
		if (!has(then, str_head(str_from(now, at), ROW_NAME_KEY_SIZE)))
			return false;
	return true;
}
