/*
 * Three passes: the names of the system, a sample of each table, then the links.
 * A link is proposed only to a table that is about people, or to one that is
 * linked to such a table: a country or a product that a row names is no one's,
 * and following it would bring everybody's rows.
 */
#include "connect/propose_seen.h"

#include <string.h>

#include "base/base.h"

/* --- names --- */

static struct seen_table *table_of(struct proposal *p, str name)
{
	struct seen_table *t = p->n ? p->tables[p->n - 1] : NULL;

	if (t && str_eq(t->name, name))
		return t;
	if (p->n == MAP_TABLES_MAX || name.n > MAP_NAME_MAX ||
		detect_is_personal(name)) {
		p->left_n++;
		return NULL;
	}
	t = arena_one(p->arena, struct seen_table);
	t->name = arena_dup(p->arena, name);
	t->key = SIZE_MAX;
	p->tables[p->n++] = t;
	return t;
}

static void take_words(
	struct proposal *p, const struct column_fact *f, struct seen_table *t)
{
	for (size_t i = 0; f->words && i < TABLE_WORDS; i++)
		if (!t->words[i].n)
			t->words[i] = arena_dup(p->arena, f->words[i]);
}

void proposal_lose(struct proposal *p, str what)
{
	str *lost = arena_many(p->arena, str, p->out->lost_n + 1);

	for (size_t i = 0; i < p->out->lost_n; i++)
		lost[i] = p->out->lost[i];
	lost[p->out->lost_n++] = what;
	p->out->lost = lost;
}

static int take_fact(void *ctx, const struct column_fact *f, struct err *e)
{
	struct proposal *p = ctx;
	struct seen_table *t;
	size_t i;

	(void)e;
	if (f->left.n) {
		proposal_lose(p, arena_dup(p->arena, f->left));
		return 0;
	}
	t = table_of(p, f->table);
	if (!t)
		return 0;
	take_words(p, f, t);
	t->is_unseen = f->is_unseen;
	if (t->n == MAP_COLUMNS_MAX || f->column.n > MAP_NAME_MAX ||
		!f->column.n || detect_is_personal(f->column)) {
		t->left_n++;
		return 0;
	}
	i = t->n++;
	t->columns[i].name = arena_dup(p->arena, f->column);
	t->columns[i].is_optional = f->is_optional;
	t->types[i] = arena_dup(p->arena, f->type);
	t->refers_table[i] = arena_dup(p->arena, f->refers_table);
	t->refers_column[i] = arena_dup(p->arena, f->refers_column);
	if (f->is_key)
		t->key = i;
	if (f->key_place > 0 && f->key_place <= MAP_PARTS_MAX)
		t->keys[f->key_place - 1] = i;
	t->keys_n += f->key_place > 0;
	return 0;
}

/* --- the draft --- */

static str about_table(struct proposal *p, const struct seen_table *t)
{
	if (t->is_unseen)
		return STR("by its names alone: no row can be looked at "
			   "without a value to ask for");
	return arena_fmt(p->arena, "%zu row%s looked at%s", t->rows_n,
		t->rows_n == 1 ? "" : "s",
		t->left_n ? "; columns beyond the limit, or with a name that "
			    "is somebody's own, are not listed"
			  : "");
}

static void set_key(
	struct proposal *p, struct seen_table *t, struct draft_table *out)
{
	if (t->key != SIZE_MAX) {
		out->table.key = t->key;
		return;
	}
	if (map_own_key(p->conn->system->connector).n) {
		out->table.key = out->table.columns_n++;
		out->table.columns[out->table.key].name =
			map_own_key(p->conn->system->connector);
		return;
	}
	if (t->keys_n > 1 && t->keys_n <= MAP_PARTS_MAX) {
		out->table.key = map_tuple_add(
			p->arena, &out->table, t->keys, t->keys_n);
		return;
	}
	out->left_out = STR("no column tells its rows apart, or more together "
			    "than a key may have; choose a key and write it by "
			    "hand");
}

static void draft_table(
	struct proposal *p, struct seen_table *t, struct draft_table *out)
{
	out->table.name = t->name;
	memcpy(out->table.words, t->words, sizeof t->words);
	out->table.columns = t->columns;
	out->table.columns_n = t->n;
	out->why = t->why;
	out->about = about_table(p, t);
	if (!t->is_personal)
		out->left_out = STR("nothing in it looks personal");
	set_key(p, t, out);
}

int propose(struct conn *c, struct arena *a, size_t rows_max, struct draft *out,
	struct err *e)
{
	struct proposal *p = arena_one(a, struct proposal);

	*p = (struct proposal){
		.conn = c, .arena = a, .out = out, .rows_max = rows_max
	};
	if (conn_describe(c, take_fact, p, e) < 0)
		return -1;
	if (conn_references(c, proposal_take_reference, p, e) ||
		proposal_sample(p, e) < 0)
		return -1;
	while (proposal_spread(p))
		;
	out->n = p->n;
	out->tables = arena_many(a, struct draft_table, p->n);
	for (size_t i = 0; i < p->n; i++)
		draft_table(p, p->tables[i], &out->tables[i]);
	for (size_t i = 0; i < p->n; i++)
		proposal_link(p, p->tables[i], &out->tables[i]);
	if (p->left_n)
		proposal_lose(
			p, arena_fmt(a,
				   "tables beyond the %d of a system, or whose "
				   "name is too long or somebody's own",
				   (int)MAP_TABLES_MAX));
	draft_reach(a, out);
	return 0;
}
