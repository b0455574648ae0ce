/* A finding as JSON, and back; its cells as connect/stored_cell.h has them. */
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/json.h"
#include "connect/find.h"
#include "connect/stored_cell.h"

static void put_row(struct json *j, struct arena *a, const struct map_table *t,
	const struct found_row *r)
{
	json_begin_object(j);
	json_put(j, "path", r->path);
	json_put_bool(j, "shared", r->is_shared);
	if (r->is_let)
		json_put_bool(j, "let", true);
	json_key(j, "cells");
	json_begin_array(j);
	for (size_t i = 0; i < t->columns_n; i++)
		stored_cell_put(j, a, &r->cells[i]);
	json_end(j);
	json_end(j);
}

/* Texts of 64 bits: a number of JSON has 53. */
static void put_rest(
	struct json *j, struct arena *a, const struct found_table *ft)
{
	const struct found_rest *r = &ft->rest;

	if (!r->n)
		return;
	json_key(j, "rest");
	json_begin_object(j);
	json_put_int(j, "n", (int64_t)r->n);
	json_put(j, "sum", hex_of(a, &r->sum, sizeof r->sum));
	json_put(j, "column", ft->table->columns[r->column].name);
	json_put_int(j, "match", r->match);
	json_key(j, "values");
	json_begin_array(j);
	for (size_t i = 0; i < r->values_n; i++)
		stored_cell_put(j, a, &r->values[i]);
	json_end(j);
	json_key(j, "has_value");
	json_begin_array(j);
	for (size_t i = 0; i < ft->table->columns_n; i++)
		if (r->has_value[i])
			json_str(j, ft->table->columns[i].name);
	json_end(j);
	if (r->names)
		json_put(j, "names",
			base64_of(a, r->names, r->names_n * sizeof *r->names));
	json_end(j);
}

/* By their columns. */
static void put_full(struct json *j, const struct found_table *ft)
{
	const struct map_table *t = ft->table;

	if (!ft->is_full)
		return;
	json_key(j, "full");
	json_begin_array(j);
	for (size_t i = 0; i < t->links_n; i++)
		if (ft->is_full[i])
			json_str(j, t->columns[t->links[i].column].name);
	json_end(j);
}

static void put_never_empty(struct json *j, const struct found_table *ft)
{
	if (!ft->never_empty)
		return;
	json_key(j, "never_empty");
	json_begin_array(j);
	for (size_t i = 0; i < ft->table->columns_n; i++)
		if (ft->never_empty[i])
			json_str(j, ft->table->columns[i].name);
	json_end(j);
}

static void put_table(
	struct json *j, struct arena *a, const struct found_table *ft)
{
	const struct map_table *t = ft->table;

	json_begin_object(j);
	json_put(j, "name", t->name);
	json_put(j, "key", t->columns[t->key].name);
	json_key(j, "columns");
	json_begin_array(j);
	for (size_t i = 0; i < t->columns_n; i++)
		json_str(j, t->columns[i].name);
	json_end(j);
	put_full(j, ft);
	put_never_empty(j, ft);
	put_rest(j, a, ft);
	json_key(j, "rows");
	json_begin_array(j);
	for (size_t i = 0; i < ft->n; i++)
		put_row(j, a, t, &ft->rows[i]);
	json_end(j);
	json_end(j);
}

void find_to_json(struct buf *b, const struct finding *f)
{
	struct json j = json_to(b);

	json_begin_object(&j);
	json_put_int(&j, "version", 1);
	json_put(&j, "system", f->system->name);
	json_key(&j, "tables");
	json_begin_array(&j);
	for (size_t i = 0; i < f->system->tables_n; i++)
		if (f->tables[i].n)
			put_table(&j, b->arena, &f->tables[i]);
	json_end(&j);
	json_key(&j, "idents");
	json_begin_array(&j);
	for (size_t i = 0; i < f->idents_n; i++) {
		const struct ident *id = &f->idents[i];

		json_begin_object(&j);
		json_put(&j, "kind", str_of(ident_kind_name(id->kind)));
		json_put(&j, "text", (str){ id->text, id->n });
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_CORRUPT, "a stored finding can't be read");
}

/* Which column of the map each stored column is. */
struct columns {
	size_t at[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];
	size_t n;
};

static int changed(str table, struct err *e)
{
	err_set(e, ERR_CONFLICT,
		"the data map has changed: table \"%.*s\" is another one",
		STR_ARG(table));
	return err_hint(e, "search the system again");
}

static int read_columns(const json_t *list, const struct map_table *t,
	struct columns *out, struct err *e)
{
	out->n = json_array_size(list);
	if (out->n > COUNTOF(out->at))
		return damaged(e);
	for (size_t i = 0; i < out->n; i++) {
		const json_t *v = json_array_get(list, i);
		str name = { json_string_value(v), json_string_length(v) };

		out->at[i] = map_column_index(t, name);
		if (out->at[i] == t->columns_n)
			return changed(t->name, e);
	}
	return 0;
}

static int read_row(struct arena *a, const json_t *v,
	const struct columns *columns, const struct map_table *t,
	struct found_row *out, struct err *e)
{
	const json_t *cells = json_object_get(v, "cells");

	out->path = arena_dup(a, json_text(v, "path"));
	out->is_shared = json_is_true(json_object_get(v, "shared"));
	out->is_let = json_is_true(json_object_get(v, "let"));
	out->cells = arena_many(a, struct cell, t->columns_n);
	if (json_array_size(cells) != columns->n)
		return damaged(e);
	for (size_t i = 0; i < columns->n; i++)
		if (stored_cell_read(a, json_array_get(cells, i),
			    &out->cells[columns->at[i]], e) < 0)
			return -1;
	out->key = out->cells[t->key];
	if (out->key.type == CELL_NULL || out->key.is_cut)
		return damaged(e);
	return 0;
}

static int read_marks(struct arena *a, const json_t *list,
	const struct map_table *t, bool **out, struct err *e)
{
	struct columns columns;
	bool *marks;

	if (!json_is_array(list))
		return damaged(e);
	if (read_columns(list, t, &columns, e))
		return -1;
	*out = marks = arena_many(a, bool, t->columns_n);
	for (size_t i = 0; i < columns.n; i++)
		marks[columns.at[i]] = true;
	return 0;
}

static int read_never_empty(struct arena *a, const json_t *list,
	struct found_table *ft, struct err *e)
{
	return list ? read_marks(a, list, ft->table, &ft->never_empty, e) : 0;
}

/* One for each row, kept or not. */
static int read_names(
	struct arena *a, str text, struct found_table *ft, struct err *e)
{
	struct found_rest *r = &ft->rest;

	if (!text.n)
		return 0;
	if (r->n > FIND_REST_MAX)
		return damaged(e);
	r->names_n = ft->n + r->n;
	if (r->names_n > FIND_REST_MAX)
		return damaged(e);
	r->names = arena_many(a, uint64_t, r->names_n);
	return base64_read(text, r->names, r->names_n * sizeof *r->names)
		       ? 0
		       : damaged(e);
}

static int read_rest(
	struct arena *a, const json_t *v, struct found_table *ft, struct err *e)
{
	const json_t *values = json_object_get(v, "values");
	int64_t match = json_number(v, "match", -1);
	struct found_rest *r = &ft->rest;
	struct cell *at;

	if (!v)
		return 0;
	r->n = (size_t)json_number(v, "n", 0);
	r->column = map_column_index(ft->table, json_text(v, "column"));
	if (r->column == ft->table->columns_n)
		return changed(ft->table->name, e);
	r->values_n = json_array_size(values);
	if (!r->n || match < 0 || match > MATCH_STANDARDIZED ||
		r->values_n > CONNECT_VALUES_MAX ||
		!hex_read(json_text(v, "sum"), &r->sum, sizeof r->sum))
		return damaged(e);
	r->match = (enum match)match;
	r->values = at = arena_many(a, struct cell, r->values_n);
	for (size_t i = 0; i < r->values_n; i++)
		if (stored_cell_read(a, json_array_get(values, i), &at[i], e))
			return -1;
	if (read_marks(a, json_object_get(v, "has_value"), ft->table,
		    &r->has_value, e))
		return -1;
	return read_names(a, json_text(v, "names"), ft, e);
}

static int read_full(struct arena *a, const json_t *list,
	struct found_table *ft, struct err *e)
{
	const struct map_table *t = ft->table;
	struct columns columns;
	bool *full;

	if (!list)
		return 0;
	if (read_columns(list, t, &columns, e))
		return -1;
	full = arena_many(a, bool, t->links_n);
	for (size_t i = 0; i < columns.n; i++)
		for (size_t k = 0; k < t->links_n; k++)
			full[k] |= t->links[k].column == columns.at[i];
	ft->is_full = full;
	return 0;
}

static int read_table(struct arena *a, const json_t *v,
	const struct map_system *s, struct finding *out, struct err *e)
{
	str name = json_text(v, "name");
	const struct map_table *t = map_table_named(s, name);
	const json_t *rows = json_object_get(v, "rows");
	struct columns columns;
	struct found_table *ft;

	if (!t || !str_eq(json_text(v, "key"), t->columns[t->key].name))
		return changed(name, e);
	if (read_columns(json_object_get(v, "columns"), t, &columns, e) < 0)
		return -1;
	ft = &out->tables[t - s->tables];
	ft->n = json_array_size(rows);
	if (ft->n > CONNECT_VALUES_MAX)
		return damaged(e);
	ft->rows = arena_many(a, struct found_row, ft->n);
	for (size_t i = 0; i < ft->n; i++)
		if (read_row(a, json_array_get(rows, i), &columns, t,
			    &ft->rows[i], e) < 0)
			return -1;
	if (read_never_empty(a, json_object_get(v, "never_empty"), ft, e) ||
		read_rest(a, json_object_get(v, "rest"), ft, e) ||
		read_full(a, json_object_get(v, "full"), ft, e))
		return -1;
	out->rows_n += ft->n + ft->rest.n;
	return 0;
}

static int read_idents(
	struct arena *a, const json_t *list, struct finding *out, struct err *e)
{
	size_t n = json_array_size(list);

	if (n > FIND_IDENTS_MAX)
		return damaged(e);
	out->idents = arena_many(a, struct ident, n);
	for (size_t i = 0; i < n; i++) {
		const json_t *v = json_array_get(list, i);
		struct ident *id = &out->idents[out->idents_n++];
		str text = json_text(v, "text");

		if (!ident_kind_read(json_text(v, "kind"), &id->kind) ||
			text.n > sizeof id->text)
			return damaged(e);
		id->n = text.n;
		if (text.n)
			memcpy(id->text, text.p, text.n);
	}
	return 0;
}

int find_from_json(struct arena *a, const struct map_system *s, str text,
	struct finding *out, struct err *e)
{
	json_t *root;
	const json_t *tables;

	*out = (struct finding){ .system = s };
	if (json_read(a, text, FIND_JSON_MAX, &root, e) < 0)
		return -1;
	if (!str_eq(json_text(root, "system"), s->name) ||
		json_number(root, "version", 0) != 1)
		return damaged(e);
	out->tables = arena_many(a, struct found_table, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		out->tables[i].table = &s->tables[i];
	tables = json_object_get(root, "tables");
	for (size_t i = 0; i < json_array_size(tables); i++)
		if (read_table(a, json_array_get(tables, i), s, out, e) < 0)
			return -1;
	return read_idents(a, json_object_get(root, "idents"), out, e);
}
