/*
 * Three passes: the names of the system, a sample of each table, then the links.
 * A link is proposed only to a table that is about people, or to one that is
 * linked to such a table: a country or a product that a row names is no one's,
 * and following it would bring everybody's rows.
 */
#include "connect/propose.h"

#include <string.h>

#include "base/base.h"
#include "connect/detect.h"
#include "connect/name_words.h"

enum { COLUMNS_ROOM = MAP_COLUMNS_MAX + 1 };

/* A table as the system tells it. */
struct seen_table {
	str name;
	str words[TABLE_WORDS];
	size_t key;                 /* SIZE_MAX: none alone */
	size_t keys[MAP_PARTS_MAX]; /* of a primary key of several columns */
	size_t keys_n;              /* may be more */
	size_t n;
	struct map_column columns[COLUMNS_ROOM];
	str types[COLUMNS_ROOM];
	str refers_table[COLUMNS_ROOM];
	str refers_column[COLUMNS_ROOM];
	str why[COLUMNS_ROOM];
	struct detect_counts counts[COLUMNS_ROOM];
	size_t rows_n;
	size_t left_n; /* columns that are not part of it */
	bool is_unseen;
	bool is_personal;
};

/* A foreign key of several columns. */
struct seen_reference {
	str name;
	struct seen_table *from;
	struct seen_table *to;
	size_t columns[MAP_PARTS_MAX];
	size_t ends[MAP_PARTS_MAX];
	size_t n;
	bool is_lost; /* of more columns, or of some that are not part of it */
	struct seen_reference *next;
};

struct proposal {
	struct conn *conn;
	struct arena *arena;
	struct draft *out;
	struct seen_table *tables[MAP_TABLES_MAX];
	size_t n;
	size_t left_n; /* tables beyond that */
	size_t rows_max;
	struct seen_reference *references; /* the last one first */
};

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

/* What is in no table, for people to know. */
static void lose(struct proposal *p, str what)
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
		lose(p, arena_dup(p->arena, f->left));
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

/* --- values --- */

/* What attributes of a directory mean whose names say it to a directory alone (RFC
 * 4519). */
static str meaning_of(const struct proposal *p, str column)
{
	static const struct {
		str attribute, means;
	} known[] = {
		{ STR_INIT("cn"), STR_INIT("full name") },
		{ STR_INIT("sn"), STR_INIT("surname") },
		{ STR_INIT("l"), STR_INIT("city") },
		{ STR_INIT("st"), STR_INIT("state") },
		{ STR_INIT("uid"), STR_INIT("username") },
	};

	for (size_t i = 0; i < COUNTOF(known) &&
			   p->conn->system->connector == CONNECTOR_LDAP;
		i++)
		if (str_eq_nocase(column, known[i].attribute))
			return known[i].means;
	return column;
}

/* What makes rows of a system without tables is in the map: for the samples it is
 * what is proposed. */
static struct map_system *system_of(const struct proposal *p)
{
	struct map_system *s = arena_one(p->arena, struct map_system);

	*s = *p->conn->system;
	s->tables = arena_many(p->arena, struct map_table, p->n);
	s->tables_n = p->n;
	for (size_t i = 0; i < p->n; i++) {
		struct map_table *t = &s->tables[i];

		t->name = p->tables[i]->name;
		t->columns = p->tables[i]->columns;
		t->columns_n = p->tables[i]->n;
		memcpy(t->words, p->tables[i]->words, sizeof t->words);
	}
	return s;
}

struct sampling {
	struct proposal *p;
	struct seen_table *table;
};

static int take_sample(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct sampling *s = ctx;

	(void)e;
	if (s->table->rows_n == s->p->rows_max)
		return 0;
	s->table->rows_n++;
	for (size_t i = 0; i < n; i++)
		if (cells[i].type == CELL_TEXT || cells[i].type == CELL_INT)
			detect_value(&s->table->counts[i],
				meaning_of(s->p, s->table->columns[i].name),
				cells[i].v.v);
	return 0;
}

/* What stands in quotes is a name. */
static bool has_personal(str message)
{
	str part;

	while (str_cut(message, '"', &part, &message))
		if (detect_is_personal(part))
			return true;
	return detect_is_personal(part);
}

static bool is_lost(const struct proposal *p, str what)
{
	for (size_t i = 0; i < p->out->lost_n; i++)
		if (str_ends(what, p->out->lost[i]))
			return true;
	return false;
}

/* One table, or one file, that can't be read does not end the scan of all: it is
 * said.  A system that is away, or damaged, does. */
static int go_on_without(struct proposal *p, struct err *e)
{
	str what;

	if (e->code == ERR_UNAVAILABLE ||
		(e->code == ERR_CORRUPT && !p->conn->via->is_files))
		return -1;
	what = arena_fmt(p->arena, "%s%s%s", e->message, e->hint[0] ? "; " : "",
		e->hint);
	*e = (struct err){ 0 };
	if (has_personal(what))
		what = STR("rows that can't be read, where a name is "
			   "somebody's own");
	if (!is_lost(p, what))
		lose(p, what);
	return 0;
}

/* A number, or what a foreign key has, is nobody's name, however it is called. */
static void take_no_name(struct seen_table *t, size_t column)
{
	struct map_column *c = &t->columns[column];
	bool is_number = str_find(t->types[column], STR("int")) >= 0 ||
			 str_find(t->types[column], STR("INT")) >= 0;

	if (!is_number && !t->refers_table[column].n)
		return;
	if (c->verifies != VERIFIES_NAME &&
		c->verifies != VERIFIES_FIRST_NAME &&
		c->verifies != VERIFIES_LAST_NAME)
		return;
	*c = (struct map_column){ .name = c->name,
		.is_optional = c->is_optional };
	t->why[column] = (str){ 0 };
}

static int sample(struct proposal *p, struct seen_table *t, struct err *e)
{
	str columns[COLUMNS_ROOM];
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = t->n,
		.is_all = true,
		.rows_max = p->rows_max,
		.cell_max = FIND_CELL_MAX,
	};

	for (size_t i = 0; i < t->n; i++)
		columns[i] = t->columns[i].name;
	if (t->n && !t->is_unseen &&
		conn_rows(p->conn, &q, take_sample, &(struct sampling){ p, t },
			e) < 0 &&
		go_on_without(p, e) < 0)
		return -1;
	for (size_t i = 0; i < t->n; i++) {
		struct map_column *c = &t->columns[i];

		t->why[i] = detect_column(
			p->arena, &t->counts[i], meaning_of(p, c->name), c);
		take_no_name(t, i);
		t->is_personal |=
			c->is_identifier || c->verifies || c->never_disclose.n;
	}
	return 0;
}

static bool is_others_name(str name)
{
	static const char *const phrases[] = {
#define OTHERS_NAME(phrase) phrase,
#include "connect/tbl/others_names.h"
	};

	for (size_t i = 0; i < COUNTOF(phrases); i++)
		if (name_has_phrase(name, phrases[i]))
			return true;
	return false;
}

/* Whoever writes such a row names somebody else: it identifies nobody to whom the
 * row belongs. */
static void leave_others(struct proposal *p, struct seen_table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct map_column *c = &t->columns[i];

		if (!c->is_identifier || !is_others_name(c->name) ||
			is_others_name(t->name))
			continue;
		c->is_identifier = false;
		t->why[i] = arena_fmt(p->arena,
			"%.*s; of somebody else, by its name: it does not "
			"identify whose the row is",
			STR_ARG(t->why[i]));
	}
}

static int sample_all(struct proposal *p, struct err *e)
{
	const struct map_system *known = p->conn->system;
	int rc = 0;

	p->conn->system = system_of(p);
	for (size_t i = 0; !rc && i < p->n; i++) {
		rc = sample(p, p->tables[i], e);
		leave_others(p, p->tables[i]);
	}
	p->conn->system = known;
	return rc;
}

/* --- links --- */

static struct seen_table *table_named(const struct proposal *p, str name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq_nocase(p->tables[i]->name, name))
			return p->tables[i];
	return NULL;
}

static size_t column_named(const struct seen_table *t, str name)
{
	size_t i = 0;

	while (i < t->n && !str_eq_nocase(t->columns[i].name, name))
		i++;
	return i;
}

/* person_id: of "person", "persons", or of a file of that name. */
static struct seen_table *table_meant(struct proposal *p, str column)
{
	static const char *const forms[] = { "%.*s", "%.*ss", "%.*ses",
		"%.*s.csv", "%.*ss.csv", "%.*s.jsonl", "%.*ss.jsonl" };
	str stem = column;

	if (str_ends(stem, STR("_id")))
		stem.n -= 3;
	else if (str_ends(stem, STR("Id")) || str_ends(stem, STR("ID")))
		stem.n -= 2;
	else
		return NULL;
	for (size_t i = 0; i < COUNTOF(forms) && stem.n; i++) {
		struct buf b = buf_in(p->arena, 2 * MAP_NAME_MAX);
		struct seen_table *t;

		buf_put(&b, stem);
		buf_puts(&b, forms[i] + strlen("%.*s"));
		t = table_named(p, buf_str(&b));
		if (t)
			return t;
	}
	return NULL;
}

/* --- links of several columns --- */

static int take_reference(void *ctx, const struct ripple *told, struct err *e)
{
	struct proposal *p = ctx;
	struct seen_reference *r = p->references;

	(void)e;
	if (!r || !str_eq(r->name, told->name)) {
		r = arena_one(p->arena, struct seen_reference);
		*r = (struct seen_reference){
			.name = arena_dup(p->arena, told->name),
			.from = table_named(p, told->table),
			.to = table_named(p, told->refers_table),
			.next = p->references,
		};
		p->references = r;
	}
	r->is_lost = r->is_lost || r->n == MAP_PARTS_MAX || !r->from || !r->to;
	if (r->is_lost)
		return 0;
	r->columns[r->n] = column_named(r->from, told->column);
	r->ends[r->n] = column_named(r->to, told->refers_column);
	r->is_lost =
		r->columns[r->n] == r->from->n || r->ends[r->n] == r->to->n;
	r->n++;
	return 0;
}

/* A link has its columns in the order of the key that it leads to; false: not to all of it. */
static bool put_in_order(struct seen_reference *r)
{
	size_t columns[MAP_PARTS_MAX], found = 0;

	if (r->to->keys_n != r->n)
		return false;
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->n; k++)
			if (r->ends[k] == r->to->keys[i]) {
				columns[i] = r->columns[k];
				found++;
			}
	if (found != r->n)
		return false;
	memcpy(r->columns, columns, r->n * sizeof *columns);
	memcpy(r->ends, r->to->keys, r->n * sizeof *r->ends);
	return true;
}

static bool leads_on(const struct seen_reference *r, const struct seen_table *t)
{
	return r->from == t && !r->is_lost && r->to != t;
}

static bool is_in_reference(
	const struct proposal *p, const struct seen_table *t, size_t column)
{
	for (const struct seen_reference *r = p->references; r; r = r->next)
		for (size_t i = 0; r->from == t && i < r->n; i++)
			if (r->columns[i] == column)
				return true;
	return false;
}

struct aim {
	struct seen_table *to;
	size_t column;
	const char *why;
};

/* False when the column refers to nothing that is known here. */
static bool aim_of(struct proposal *p, const struct seen_table *t, size_t i,
	struct aim *out)
{
	str to_column = t->refers_column[i];

	*out = (struct aim){ .why = "a foreign key" };
	if (t->refers_table[i].n) {
		out->to = table_named(p, t->refers_table[i]);
	} else if (i != t->key && !is_in_reference(p, t, i)) {
		out->to = table_meant(p, t->columns[i].name);
		out->why = "by its name; no foreign key says so";
	}
	/* One column of a key of several is no row's alone. */
	if (!out->to || out->to == t ||
		(out->to->keys_n && !t->refers_table[i].n))
		return false;
	out->column =
		to_column.n ? column_named(out->to, to_column) : out->to->key;
	if (out->column == SIZE_MAX)
		out->column = column_named(out->to, STR("id"));
	return out->column < out->to->n;
}

/* What belongs to what is about people is about people. */
static bool spread_personal(struct proposal *p)
{
	bool has_grown = false;
	struct aim aim;

	for (struct seen_reference *r = p->references; r; r = r->next)
		if (!r->is_lost && r->to->is_personal && !r->from->is_personal)
			has_grown = r->from->is_personal = true;

	for (size_t t = 0; t < p->n; t++)
		for (size_t i = 0; i < p->tables[t]->n; i++)
			if (!p->tables[t]->is_personal &&
				aim_of(p, p->tables[t], i, &aim) &&
				aim.to->is_personal)
				has_grown = p->tables[t]->is_personal = true;
	return has_grown;
}

static bool is_shared_name(str table)
{
	static const char *const words[] = {
#define SHARED_NAME(word) word,
#include "connect/tbl/shared_names.h"
	};

	for (size_t i = 0; i < COUNTOF(words); i++) {
		str word = str_of(words[i]);

		if (str_eq_nocase(str_head(table, word.n), word) &&
			table.n <= word.n + 1)
			return true;
	}
	return false;
}

static size_t index_of(const struct proposal *p, const struct seen_table *t)
{
	size_t i = 0;

	while (p->tables[i] != t)
		i++;
	return i;
}

/* The key of several columns, and the links. */
static void add_tuple_links(
	struct proposal *p, const struct seen_table *t, struct draft_table *out)
{
	for (struct seen_reference *r = p->references; r; r = r->next) {
		size_t to, i = out->table.links_n;
		bool is_shared;

		if (!leads_on(r, t) || !r->to->is_personal ||
			i == MAP_LINKS_MAX)
			continue;
		(void)put_in_order(r);
		to = index_of(p, r->to);
		is_shared = is_shared_name(r->to->name);
		out->table.links[i] = (struct map_link){
			.column = map_tuple_add(
				p->arena, &out->table, r->columns, r->n),
			.to = to,
			.to_column = map_tuple_add(p->arena,
				&p->out->tables[to].table, r->ends, r->n),
			.is_shared = is_shared,
		};
		out->link_why[i] = arena_fmt(p->arena, "a foreign key%s",
			is_shared ? "; its rows are often several people's"
				  : "");
		out->table.links_n++;
	}
}

static void add_link(const struct proposal *p, const struct aim *aim,
	size_t column, struct draft_table *out)
{
	bool is_shared = is_shared_name(aim->to->name);
	size_t i = out->table.links_n++;

	out->table.links[i] = (struct map_link){ .column = column,
		.to = index_of(p, aim->to),
		.to_column = aim->column,
		.is_shared = is_shared };
	out->link_why[i] = arena_fmt(p->arena, "%s%s", aim->why,
		is_shared ? "; its rows are often several people's" : "");
}

/* Whose rows stand below a row only people know: a reply is somebody else's, a part
 * of an order the same person's. */
static void say_own(struct proposal *p, const struct seen_table *t,
	size_t column, struct draft_table *out)
{
	str *why = &out->why[column];

	if (!t->is_personal || !str_eq_nocase(t->refers_table[column], t->name))
		return;
	*why = arena_fmt(p->arena,
		"%.*s%srefers to its own table: link it to %.*s.%.*s, with "
		"shared: true unless the rows below one are the same person's",
		STR_ARG(*why), why->n ? "; " : "", STR_ARG(t->name),
		STR_ARG(t->refers_column[column].n
				? t->refers_column[column]
				: t->columns[t->key == SIZE_MAX ? 0 : t->key]
					  .name));
}

static void link_table(
	struct proposal *p, const struct seen_table *t, struct draft_table *out)
{
	struct aim aim;

	out->table.links = arena_many(p->arena, struct map_link, MAP_LINKS_MAX);
	out->link_why = arena_many(p->arena, str, MAP_LINKS_MAX);
	for (size_t i = 0; i < t->n; i++) {
		say_own(p, t, i, out);
		if (!aim_of(p, t, i, &aim) ||
			out->table.links_n == MAP_LINKS_MAX)
			continue;
		if (aim.to->is_personal) {
			add_link(p, &aim, i, out);
			continue;
		}
		if (!out->why[i].n)
			out->why[i] = arena_fmt(p->arena,
				"refers to %.*s, which seems to be about "
				"nobody: no link",
				STR_ARG(aim.to->name));
	}
	add_tuple_links(p, t, out);
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
	if (conn_references(c, take_reference, p, e) || sample_all(p, e) < 0)
		return -1;
	while (spread_personal(p))
		;
	out->n = p->n;
	out->tables = arena_many(a, struct draft_table, p->n);
	for (size_t i = 0; i < p->n; i++)
		draft_table(p, p->tables[i], &out->tables[i]);
	for (size_t i = 0; i < p->n; i++)
		link_table(p, p->tables[i], &out->tables[i]);
	if (p->left_n)
		lose(p, arena_fmt(a,
				"tables beyond the %d of a system, or whose "
				"name is too long or somebody's own",
				(int)MAP_TABLES_MAX));
	draft_reach(a, out);
	return 0;
}
