#include "connect/find_theirs.h"

#include "base/base.h"

struct strangers {
	const struct found_table *known;
	bool is_any;
};

static int note_stranger(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct strangers *s = ctx;
	bool is_known = false;

	(void)n;
	(void)e;
	for (size_t i = 0; !s->is_any && i < s->known->n && !is_known; i++)
		is_known = !s->known->rows[i].is_shared &&
			   cell_eq(&s->known->rows[i].key, &cells[0]);
	s->is_any = s->is_any || !is_known;
	return 0;
}

/* Does the value stand in a row of that table that is not the person's? */
static int ask_strangers(const struct find_theirs *x,
	const struct find_crossing *by, struct strangers *s,
	const struct find_key *key, struct err *e)
{
	const struct map_column *columns = by->there_table->columns;
	struct find_start same = { 0 };
	struct row_query q = {
		.table = by->there_table->name,
		.columns = &columns[by->there_table->key].name,
		.columns_n = 1,
		.where = columns[by->there_column].name,
		.cell_max = FIND_CELL_MAX,
	};

	find_start_add(x->arena, &same, key->value);
	q.values = same.values;
	q.values_n = same.n;
	return conn_rows(x->conn, &q, note_stranger, s, e);
}

static bool is_told_by(const struct find_crossing *c, const struct finding *f,
	const struct find_key *key)
{
	return c->there == f->system && !c->is_entry &&
	       str_eq(c->table->name, key->table) &&
	       str_eq(c->table->columns[c->column].name, key->column);
}

/* A number that was never given to anybody: "0", "000", "-". */
static bool is_nothing(str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c >= 0x80 || (c >= '1' && c <= '9') ||
			(c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			return false;
	}
	return true;
}

/* A key of the table is one row's, and need not be asked for. */
int find_is_theirs(const struct find_theirs *x, const struct find_key *key,
	bool *out, struct err *e)
{
	const struct map_system *to = map_system_named(x->map, key->system);
	struct find_crossings all = find_crossings_of(x->arena, x->map, to);

	*out = !is_nothing(key->value);
	for (size_t i = 0; i < all.n && *out; i++) {
		const struct find_crossing *by = &all.at[i];
		struct strangers s = { 0 };

		if (!is_told_by(by, x->found, key) ||
			by->there_column == by->there_table->key)
			continue;
		s.known = &x->found->tables[by->there_table -
					    x->found->system->tables];
		if (ask_strangers(x, by, &s, key, e))
			return -1;
		*out = !s.is_any;
	}
	return 0;
}
