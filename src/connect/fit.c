/*
 * Each table is asked for one row with all the columns that the map has, by the
 * look-up that a search makes: what that can't do, no search can.  Keys and what
 * columns demand are those that the database tells.  What has no fixed columns, Redis
 * and services, is asked for some rows.
 */
#include "connect/fit_parts.h"

#include <string.h>

#include "base/base.h"

struct err *fit_doubt(struct fit *out)
{
	struct err *e = &out->doubts[out->doubts_n++];

	*e = (struct err){ 0 };
	return e;
}

struct err *fit_mistake(struct fit *out)
{
	struct err *e = &out->mistakes[out->mistakes_n++];

	*e = (struct err){ 0 };
	return e;
}

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
	enum connector_kind kind = f->conn->system->connector;
	struct err *why = &f->out->mistakes[f->out->mistakes_n];

	*why = (struct err){ 0 };
	if (fit_is_sampled(kind)
			? !fit_sample(f->conn, f->arena, t, f->out, why)
			: !ask_row(f, t, why))
		return 0;
	if (why->code == ERR_UNAVAILABLE) {
		*e = *why;
		return -1;
	}
	if (why->code == ERR_INVALID && connector_kind_has_index(kind))
		name_column(f, t, why);
	f->out->mistakes_n++;
	return 0;
}

static bool has_name(const struct map_names *names, str name)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_eq_nocase(names->at[i], name))
			return true;
	return false;
}

/* The map's key is the primary key, in whatever order. */
static bool is_primary(const struct told_key *k, const struct map_table *t)
{
	struct map_names key = map_names_of(t, &t->columns[t->key]);

	for (size_t i = 0; i < key.n; i++)
		if (!has_name(&k->primary, key.at[i]))
			return false;
	return key.n == k->primary.n;
}

static void doubt_key(struct fitting *f, size_t table)
{
	const struct map_system *s = f->conn->system;
	const struct map_table *t = &s->tables[table];
	const struct told_key *k = &f->keys[table];
	struct err *e;

	if (!k->is_told || is_primary(k, t) || k->is_unique)
		return;
	e = fit_doubt(f->out);
	err_set(e, ERR_CONFLICT,
		"system \"%.*s\": table \"%.*s\": the key \"%.*s\" is not its "
		"primary key%s",
		STR_ARG(s->name), STR_ARG(t->name),
		STR_ARG(t->columns[t->key].name),
		k->has_rules ? ", and no unique index is on it" : "");
	if (k->primary.n)
		err_hint(e,
			k->primary.n > 1 ? "name [%.*s] in the data map, or "
					   "see that no two rows have one key: "
					   "such rows can't be erased"
					 : "name \"%.*s\" in the data map, or "
					   "see that no two rows have one key: "
					   "such rows can't be erased",
			STR_ARG(arena_join(f->arena, k->primary.at,
				k->primary.n, STR(", "))));
	else
		err_hint(e, "it has none: see that no two rows have one key, "
			    "such rows can't be erased");
}

/* --- links by a part of a foreign key --- */

/* A foreign key of several columns, column by column. */
struct told_reference {
	str name;
	const struct map_table *from;
	const struct map_table *to;
	struct map_names columns;
	struct map_names refers;
};

/* A link that leads to what is unique by itself needs no more of the key. */
static bool is_unique(const struct fitting *f, const struct map_link *l)
{
	const struct map_system *s = f->conn->system;
	const struct map_table *to = &s->tables[l->to];

	return l->to_column == to->key &&
	       (is_primary(&f->keys[l->to], to) || f->keys[l->to].is_unique);
}

static bool is_part_of(const struct told_reference *r, const struct map_link *l,
	const struct map_system *s)
{
	struct map_names mine =
		map_names_of(r->from, &r->from->columns[l->column]);
	struct map_names theirs =
		map_names_of(r->to, &r->to->columns[l->to_column]);
	size_t met = 0;

	if (&s->tables[l->to] != r->to || mine.n >= r->columns.n)
		return false;
	for (size_t i = 0; i < r->columns.n; i++)
		for (size_t k = 0; k < mine.n && k < theirs.n; k++)
			met += str_eq_nocase(mine.at[k], r->columns.at[i]) &&
			       str_eq_nocase(theirs.at[k], r->refers.at[i]);
	return met == mine.n;
}

static void doubt_link(struct fitting *f, const struct told_reference *r,
	const struct map_link *l)
{
	struct arena *a = f->arena;
	struct err *e = fit_doubt(f->out);
	str table = r->to->name;
	str ends[MAP_PARTS_MAX];

	for (size_t i = 0; i < r->columns.n; i++)
		ends[i] = arena_fmt(a, "%.*s.%.*s", STR_ARG(table),
			STR_ARG(r->refers.at[i]));
	err_set(e, ERR_CONFLICT,
		"system \"%.*s\": table \"%.*s\": the link to %.*s is only a "
		"part of a foreign key, and finds rows of others too",
		STR_ARG(f->conn->system->name), STR_ARG(r->from->name),
		STR_ARG(l->written));
	err_hint(e, "write it as { column: [%.*s], to: [%.*s] }",
		STR_ARG(arena_join(a, r->columns.at, r->columns.n, STR(", "))),
		STR_ARG(arena_join(a, ends, r->columns.n, STR(", "))));
}

/* --- rows that stay and refer to rows that go --- */

/* The link that the foreign key stands for, whole. */
static bool is_whole(const struct told_reference *r, const struct map_link *l,
	const struct map_system *s)
{
	struct map_names mine =
		map_names_of(r->from, &r->from->columns[l->column]);
	size_t met = 0;

	if (&s->tables[l->to] != r->to || mine.n != r->columns.n)
		return false;
	for (size_t i = 0; i < mine.n; i++)
		for (size_t k = 0; k < r->columns.n; k++)
			met += str_eq_nocase(mine.at[i], r->columns.at[k]);
	return met == mine.n;
}

static bool is_emptied(const struct map_table *t, const struct map_link *l)
{
	const struct map_column *c = &t->columns[l->column];
	bool out = c->way != WAY_NONE;

	for (size_t i = 0; i < c->parts_n; i++)
		out |= t->columns[c->parts[i]].way != WAY_NONE;
	return out;
}

static bool is_kept_behind(const struct told_reference *r,
	const struct map_link *l, const struct map_system *s)
{
	return r->from->erase == ERASE_KEEP &&
	       map_erase_deletes(r->to->erase) && !is_emptied(r->from, l) &&
	       is_whole(r, l, s);
}

static void doubt_kept(struct fitting *f, const struct told_reference *r)
{
	struct err *e = fit_doubt(f->out);

	err_set(e, ERR_CONFLICT,
		"system \"%.*s\": table \"%.*s\" is kept, and a foreign key "
		"ties its rows to \"%.*s\", which is deleted: the database "
		"may refuse that",
		STR_ARG(f->conn->system->name), STR_ARG(r->from->name),
		STR_ARG(r->to->name));
	err_hint(e,
		"give the column \"%.*s\" an \"erase\" in the data map, null "
		"where it may be empty, or keep \"%.*s\" as well",
		STR_ARG(r->columns.at[0]), STR_ARG(r->to->name));
}

static void see_kept(struct fitting *f, const struct told_reference *r)
{
	for (size_t i = 0; r->from && r->to && i < r->from->links_n; i++)
		if (is_kept_behind(r, &r->from->links[i], f->conn->system) &&
			f->out->doubts_n < f->doubts_max)
			doubt_kept(f, r);
}

struct told_references {
	struct fitting *f;
	struct told_reference now;
};

/* The columns of one key came. */
static void end_reference(struct told_references *x)
{
	struct told_reference *r = &x->now;

	for (size_t i = 0; r->from && r->to && i < r->from->links_n; i++) {
		const struct map_link *l = &r->from->links[i];

		if (is_part_of(r, l, x->f->conn->system) &&
			!is_unique(x->f, l) &&
			x->f->out->doubts_n < x->f->doubts_max)
			doubt_link(x->f, r, l);
	}
	see_kept(x->f, r);
	*r = (struct told_reference){ 0 };
}

static int take_reference(void *ctx, const struct ripple *told, struct err *e)
{
	struct told_references *x = ctx;
	struct arena *a = x->f->arena;
	const struct map_system *s = x->f->conn->system;
	struct told_reference *r = &x->now;

	(void)e;
	if (!str_eq(r->name, told->name))
		end_reference(x);
	r->name = arena_dup(a, told->name);
	r->from = map_table_named(s, told->table);
	r->to = map_table_named(s, told->refers_table);
	if (r->columns.n == MAP_PARTS_MAX)
		return 0;
	r->columns.at[r->columns.n++] = arena_dup(a, told->column);
	r->refers.at[r->refers.n++] = arena_dup(a, told->refers_column);
	return 0;
}

static int fit_links(struct fitting *f, struct err *e)
{
	struct told_references x = { .f = f };

	if (conn_references(f->conn, take_reference, &x, e))
		return -1;
	end_reference(&x);
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
	if ((fact->is_key || fact->key_place) && k->primary.n < MAP_PARTS_MAX)
		k->primary.at[k->primary.n++] =
			arena_dup(f->arena, fact->column);
	fit_column_take(f, t, fact);
	if (str_eq_nocase(t->columns[t->key].name, fact->column)) {
		k->has_rules = fact->has_rules;
		k->is_unique = fact->is_unique;
	}
	see_kept(f, &(struct told_reference){ .from = t,
			    .to = map_table_named(s, fact->refers_table),
			    .columns = { .at = { fact->column }, .n = 1 } });
	return 0;
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
	return fit_links(f, e) || fit_columns(f, e) ? -1 : 0;
}

/* Of each table, link and column there are so many things to say. */
static size_t room_for(const struct map_system *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		n += 2 + s->tables[i].links_n + 2 * s->tables[i].columns_n;
	return n;
}

int fit_of(struct conn *c, struct arena *a, struct fit *out, struct err *e)
{
	const struct map_system *s = c->system;
	struct fitting f = { .conn = c, .arena = a, .out = out };

	*out = (struct fit){ 0 };
	if (!connector_kind_has_index(s->connector) &&
		!connector_kind_is_files(s->connector) &&
		!fit_is_sampled(s->connector) && s->connector != CONNECTOR_LDAP)
		return 0;
	f.doubts_max = room_for(s);
	out->mistakes = arena_many(a, struct err, room_for(s));
	out->doubts = arena_many(a, struct err, room_for(s));
	f.keys = arena_many(a, struct told_key, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		if (fit_table(&f, &s->tables[i], e))
			return -1;
	return fit_keys(&f, e);
}
