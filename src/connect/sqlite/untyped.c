#include "connect/sqlite/untyped.h"

#include "base/base.h"
#include "connect/keys.h"

bool sqlite_is_untyped(struct arena *a, sqlite3 *db, str table, str column)
{
	const char *type = NULL;

	if (sqlite3_table_column_metadata(db, NULL, arena_cstr(a, table),
		    arena_cstr(a, column), &type, NULL, NULL, NULL, NULL))
		return true;
	return !type || !*type || !sqlite3_stricmp(type, "blob");
}

static bool is_among(const struct key_entry *k, const struct cell *values,
	enum cell_type type)
{
	for (const struct key_use *u = k ? k->uses : NULL; u; u = u->next)
		if (values[u->number].type == type)
			return true;
	return false;
}

static bool is_plain_number(const struct cell *c)
{
	return cell_by_look(c->v.v).type == CELL_INT;
}

const struct cell *sqlite_forms(
	struct arena *a, const struct cell *values, size_t n, size_t *out_n)
{
	struct cell *out = arena_many(a, struct cell, 2 * n);
	struct key_set known = key_set_in(a, n);

	for (size_t i = 0; i < n; i++) {
		out[i] = values[i];
		key_set_add(&known, &values[i], 1, i);
	}
	*out_n = n;
	for (size_t i = 0; i < n; i++) {
		struct cell other = values[i];

		if (other.type == CELL_TEXT && is_plain_number(&other))
			other.type = CELL_INT;
		else if (other.type == CELL_INT)
			other.type = CELL_TEXT;
		else
			continue;
		if (!is_among(key_set_find(&known, other.v.v), values,
			    other.type))
			out[(*out_n)++] = other;
	}
	return out;
}
