/* From tables and columns of the map to bases, filters and attributes. */
#include "connect/ldap/session.h"

#include "base/base.h"
#include "connect/statement.h"

int directory_table_named(const struct directory_conn *c, struct arena *a,
	str name, struct directory_table *out, struct err *e)
{
	const struct map_table *t = map_table_named(c->head.system, name);

	out->what = table_in_words(a, name);
	if (!t)
		return err_set(e, ERR_INVALID,
			"%s: the data map has no such table", out->what);
	out->map = t;
	out->base = arena_cstr(a, t->words[TABLE_BASE]);
	out->filter = t->words[TABLE_FILTER];
	if (!out->filter.n)
		out->filter = STR("(objectClass=*)");
	must(directory_plain_name(a, t->words[TABLE_BASE], &out->plain_base));
	return 0;
}

bool directory_is_name(str column)
{
	return str_eq_nocase(column, map_own_key(CONNECTOR_LDAP));
}

bool directory_holds_names(
	const struct map_system *s, const struct map_table *t, str column)
{
	for (size_t i = 0; i < t->links_n; i++) {
		const struct map_link *l = &t->links[i];
		const struct map_table *to = &s->tables[l->to];

		if (str_eq(t->columns[l->column].name, column) &&
			directory_is_name(to->columns[l->to_column].name))
			return true;
	}
	return false;
}

struct key_set directory_names(
	struct arena *a, const struct cell *values, size_t n)
{
	struct key_set out = key_set_in(a, n);

	for (size_t i = 0; i < n; i++) {
		struct cell c;

		if (values[i].type == CELL_NULL)
			continue;
		c = cell_text(directory_name_key(a, values[i].v.v));
		key_set_add(&out, &c, 1, i);
	}
	return out;
}

int directory_check_column(const struct directory_conn *c,
	const struct directory_table *t, str column, struct err *e)
{
	if (directory_is_name(column) ||
		(directory_is_attribute(column) &&
			directory_knows(&c->link, column)))
		return 0;
	err_set(e, ERR_INVALID, "%s: the directory knows no attribute \"%.*s\"",
		t->what, STR_ARG(column));
	return err_hint(e, "compare the data map with the directory");
}

int directory_may_write(const struct directory_conn *c, struct err *e)
{
	if (c->mode == CONN_WRITE)
		return 0;
	return err_set(
		e, ERR_DENIED, "the directory was opened to be read only");
}
