/* Several values as one, and look-ups by such values. */
#include "connect/tuple.h"

#include "base/base.h"
#include "base/json.h"
#include "connect/decimal.h"
#include "connect/stored_cell.h"

enum { TUPLE_SIZE_MAX = 64 << 20 };

/* In the one form that it has, whichever type it came in. */
static struct cell plain_part(struct arena *a, const struct cell *part)
{
	struct cell plain, out = *part;

	if (out.is_decimal && decimal_form(a, part, &plain))
		out = plain;
	if (out.type != CELL_BLOB)
		out.type = cell_by_look(out.v.v).type;
	out.is_decimal = false;
	return out;
}

struct cell tuple_of(
	struct arena *a, const struct cell *parts, size_t n, size_t size_max)
{
	struct buf b = buf_in(a, TUPLE_SIZE_MAX);
	struct json j = json_to(&b);
	struct cell out = { .type = CELL_TEXT };

	for (size_t i = 0; i < n; i++) {
		if (parts[i].type == CELL_NULL)
			return (struct cell){ .type = CELL_NULL };
		out.is_cut = out.is_cut || parts[i].is_cut;
	}
	if (out.is_cut)
		return out;
	json_begin_array(&j);
	for (size_t i = 0; i < n; i++) {
		struct cell part = plain_part(a, &parts[i]);

		stored_cell_put(&j, a, &part);
	}
	json_end(&j);
	out.is_cut = !buf_ok(&b) || (size_max && b.n > size_max);
	if (!out.is_cut)
		out.v.v = buf_str(&b);
	return out;
}

bool tuple_read(
	struct arena *a, const struct cell *tuple, struct cell *parts, size_t n)
{
	struct err ignored = { 0 };
	json_t *list;

	if (tuple->type != CELL_TEXT || tuple->is_cut ||
		json_read(a, tuple->v.v, TUPLE_SIZE_MAX, &list, &ignored) ||
		!json_is_array(list) || json_array_size(list) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (stored_cell_read(
			    a, json_array_get(list, i), &parts[i], &ignored) ||
			parts[i].type == CELL_NULL || parts[i].is_cut)
			return false;
	return true;
}

/* --- look-ups --- */

static const struct map_column *tuple_named(const struct map_table *t, str name)
{
	for (size_t i = map_columns_held(t); i < t->columns_n; i++)
		if (str_eq(t->columns[i].name, name))
			return &t->columns[i];
	return NULL;
}

static bool has_tuple(const struct map_table *t, const struct row_query *q)
{
	if (!q->is_all && tuple_named(t, q->where))
		return true;
	for (size_t i = 0; i < q->columns_n; i++)
		if (tuple_named(t, q->columns[i]))
			return true;
	return false;
}

/* Where it comes already, as it is; or one more. */
static size_t place_of(
	struct row_query *q, str *columns, const char **hash, str name)
{
	for (size_t i = 0; i < q->columns_n; i++)
		if (!hash[i] && str_eq(columns[i], name))
			return i;
	columns[q->columns_n] = name;
	return q->columns_n++;
}

static void add_column(struct spread *s, const struct map_table *t,
	str *columns, const char **hash, size_t asked)
{
	const struct row_query *q = s->asked;
	const struct map_column *c = tuple_named(t, q->columns[asked]);
	struct spread_column *out = &s->of[asked];
	struct map_names names;

	if (!c) {
		out->at[0] = s->q.columns_n;
		out->n = 1;
		hash[s->q.columns_n] = q->hash ? q->hash[asked] : NULL;
		columns[s->q.columns_n++] = q->columns[asked];
		return;
	}
	names = map_names_of(t, c);
	out->is_tuple = true;
	out->n = names.n;
	for (size_t i = 0; i < names.n; i++)
		out->at[i] = place_of(&s->q, columns, hash, names.at[i]);
}

bool spread_of(struct arena *a, const struct map_table *t,
	const struct row_query *q, struct spread *out)
{
	size_t most = MAP_PARTS_MAX * q->columns_n;
	const struct map_column *where;
	struct map_names *names;
	str *columns;
	const char **hash;

	if (!has_tuple(t, q))
		return false;
	columns = arena_many(a, str, most);
	hash = arena_many(a, const char *, most);
	*out = (struct spread){ .asked = q, .q = *q };
	out->of = arena_many(a, struct spread_column, q->columns_n);
	out->q.columns = columns;
	out->q.columns_n = 0;
	out->q.hash = q->hash ? hash : NULL;
	for (size_t i = 0; i < q->columns_n; i++)
		add_column(out, t, columns, hash, i);
	must(out->q.columns_n <= CONNECT_COLUMNS_MAX);
	where = q->is_all ? NULL : tuple_named(t, q->where);
	if (where) {
		names = arena_one(a, struct map_names);
		*names = map_names_of(t, where);
		out->q.parts = names->at;
		out->q.parts_n = names->n;
	}
	return true;
}

void spread_cells(const struct spread *s, struct arena *a,
	const struct cell *read, struct cell *out)
{
	struct cell parts[MAP_PARTS_MAX];

	for (size_t i = 0; i < s->asked->columns_n; i++) {
		const struct spread_column *c = &s->of[i];

		out[i] = read[c->at[0]];
		if (!c->is_tuple)
			continue;
		for (size_t k = 0; k < c->n; k++)
			parts[k] = read[c->at[k]];
		out[i] = tuple_of(a, parts, c->n, s->asked->cell_max);
	}
}
