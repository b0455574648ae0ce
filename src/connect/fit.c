/*
 * Each table is asked for one row with all the columns that the map has, by the
 * look-up that a search makes: what that can't do, no search can.  The primary
 * keys are those that the database tells.
 */
#include "connect/fit.h"

#include <string.h>

#include "base/base.h"

/* What the database says of the key of a table of the map. */
struct told_key {
	bool is_told;  /* the table is one of those that it lists */
	bool is_whole; /* the map's key is the primary key */
	str primary;   /* another column that is; empty: none alone */
};

struct fitting {
	struct conn *conn;
	struct arena *arena;
	struct told_key *keys; /* of the map's tables */
	struct fit *out;
};

static int ignore_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)ctx;
	(void)cells;
	(void)n;
	(void)e;
	return 0;
}

static int ask_row(struct fitting *f, const struct map_table *t, struct err *e)
{
	str *columns = arena_many(f->arena, str, t->columns_n);
	struct row_query q = { .table = t->name,
		.columns = columns,
		.columns_n = t->columns_n,
		.is_all = true,
		.rows_max = 1,
		.is_mapped = true,
		.cell_max = 1 };

	for (size_t i = 0; i < t->columns_n; i++)
		columns[i] = t->columns[i].name;
	return conn_rows(f->conn, &q, ignore_row, NULL, e);
}

/* Asked again column by column, so that the message has the name. */
static void name_column(
	struct fitting *f, const struct map_table *t, struct err *why)
{
	for (size_t i = 0; i < t->columns_n; i++) {
		struct row_query q = { .table = t->name,
			.columns = &t->columns[i].name,
			.columns_n = 1,
			.is_all = true,
			.rows_max = 1,
			.cell_max = 1 };
		struct err e = { 0 };

		if (!conn_rows(f->conn, &q, ignore_row, NULL, &e) ||
			e.code != why->code ||
			strstr(why->message,
				arena_cstr(f->arena, t->columns[i].name)))
			continue;
		err_hint(why,
			"it does not give the column \"%.*s\", or not the "
			"table: compare the data map with it",
			STR_ARG(t->columns[i].name));
		return;
	}
}

static int fit_table(
	struct fitting *f, const struct map_table *t, struct err *e)
{
	struct err *why = &f->out->mistakes[f->out->mistakes_n];

	*why = (struct err){ 0 };
	if (!ask_row(f, t, why))
		return 0;
	if (why->code == ERR_UNAVAILABLE) {
		*e = *why;
		return -1;
	}
	if (why->code == ERR_INVALID &&
		connector_kind_has_index(f->conn->system->connector))
		name_column(f, t, why);
	f->out->mistakes_n++;
	return 0;
}

static int take_fact(void *ctx, const struct column_fact *fact, struct err *e)
{
	struct fitting *f = ctx;
	const struct map_system *s = f->conn->system;
	const struct map_table *t = map_table_named(s, fact->table);
	struct told_key *k;

	(void)e;
	if (!t || fact->left.n)
		return 0;
	k = &f->keys[t - s->tables];
	k->is_told = true;
	if (!fact->is_key)
		return 0;
	if (str_eq_nocase(t->columns[t->key].name, fact->column))
		k->is_whole = true;
	else
		k->primary = arena_dup(f->arena, fact->column);
	return 0;
}

static void doubt_key(struct fitting *f, size_t table)
{
	const struct map_system *s = f->conn->system;
	const struct map_table *t = &s->tables[table];
	const struct told_key *k = &f->keys[table];
	struct err *e;

	if (!k->is_told || k->is_whole)
		return;
	e = &f->out->doubts[f->out->doubts_n++];
	*e = (struct err){ 0 };
	err_set(e, ERR_CONFLICT,
		"system \"%.*s\": table \"%.*s\": the key \"%.*s\" is not its "
		"primary key",
		STR_ARG(s->name), STR_ARG(t->name),
		STR_ARG(t->columns[t->key].name));
	if (k->primary.n)
		err_hint(e,
			"name \"%.*s\" in the data map, or see that no two "
			"rows have one key: such rows can't be erased",
			STR_ARG(k->primary));
	else
		err_hint(e, "it has none of one column: see that no two rows "
			    "have one key, such rows can't be erased");
}

static int fit_keys(struct fitting *f, struct err *e)
{
	const struct map_system *s = f->conn->system;

	if (!connector_kind_has_index(s->connector))
		return 0;
	if (conn_describe(f->conn, take_fact, f, e))
		return -1;
	for (size_t i = 0; i < s->tables_n; i++)
		doubt_key(f, i);
	return 0;
}

int fit_of(struct conn *c, struct arena *a, struct fit *out, struct err *e)
{
	const struct map_system *s = c->system;
	struct fitting f = { .conn = c, .arena = a, .out = out };

	*out = (struct fit){ 0 };
	if (!connector_kind_has_index(s->connector) &&
		!connector_kind_is_files(s->connector) &&
		s->connector != CONNECTOR_LDAP)
		return 0;
	out->mistakes = arena_many(a, struct err, s->tables_n);
	out->doubts = arena_many(a, struct err, s->tables_n);
	f.keys = arena_many(a, struct told_key, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		if (fit_table(&f, &s->tables[i], e))
			return -1;
	return fit_keys(&f, e);
}
