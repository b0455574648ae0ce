/*
 * A key as a line: ["warehouse","orders","customer_id",false,"path","VALUE"], the
 * value in Base64, since a key may be any bytes.
 */
#include "connect/find_cross.h"

#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/json.h"
#include "connect/decimal.h"

enum { LINE_MAX_SIZE = 16 << 10 };

enum part { SYSTEM, TABLE, COLUMN, IS_ENTRY, PATH, VALUE, PARTS };

struct teller {
	struct arena *arena;
	const struct map *map;
	const struct finding *found;
	size_t n_max;
	bool is_in_doubt; /* rows of two owners lead up, too */
	struct find_lines told;
};

/* The other end of a link, and the rows here that have its value. */
struct end {
	const struct map_system *system;
	const struct map_table *table;
	size_t column;
	bool is_entry;
};

static str line_of(const struct teller *t, const struct end *to, str path,
	const struct cell *value)
{
	struct buf b = buf_in(t->arena, LINE_MAX_SIZE);
	struct json j = json_to(&b);

	json_begin_array(&j);
	json_str(&j, to->system->name);
	json_str(&j, to->table->name);
	json_str(&j, to->table->columns[to->column].name);
	json_bool(&j, to->is_entry);
	json_str(&j, path);
	json_str(&j, base64_of(t->arena, value->v.v.p, value->v.v.n));
	json_end(&j);
	return buf_ok(&b) ? buf_str(&b) : (str){ 0 };
}

static void add_line(struct teller *t, str line)
{
	struct find_lines *told = &t->told;

	for (size_t i = 0; i < told->n; i++)
		if (str_eq(told->lines[i], line))
			return;
	if (line.n && told->n < t->n_max)
		told->lines[told->n++] = line;
	else
		told->is_whole = false;
}

/* Nobody is known by nothing: rows without a value are not each other's. */
static bool is_blank(const struct cell *c)
{
	return c->type == CELL_NULL || (!c->is_cut && !str_trim(c->v.v).n);
}

static void tell_value(
	struct teller *t, const struct end *to, str path, const struct cell *c)
{
	struct cell plain;

	add_line(t, line_of(t, to, path, c));
	if (decimal_form(t->arena, c, &plain))
		add_line(t, line_of(t, to, path, &plain));
}

static bool leads_to(
	const struct teller *t, const struct map_cross *c, const struct end *to)
{
	const struct map_system *there = &t->map->systems[c->system];

	return there == to->system && &there->tables[c->to] == to->table;
}

/* Two links of a row into one table of another system, with different values: as within a
 * system it is nobody's way to either. */
static bool is_torn(const struct teller *t, const struct found_row *r,
	size_t table, const struct end *to)
{
	const struct map_table *mt = &t->found->system->tables[table];
	const struct cell *one = NULL;

	for (size_t i = 0; i < mt->crosses_n; i++) {
		const struct cell *c = &r->cells[mt->crosses[i].column];

		if (!leads_to(t, &mt->crosses[i], to) || is_blank(c))
			continue;
		if (one && !str_eq(one->v.v, c->v.v))
			return true;
		one = c;
	}
	return false;
}

static bool may_tell(const struct teller *t, const struct found_row *r,
	size_t table, const struct end *to)
{
	if (r->is_shared)
		return false;
	return !to->is_entry ||
	       (r->is_entry && (t->is_in_doubt || !is_torn(t, r, table, to)));
}

static void tell(
	struct teller *t, size_t table, size_t column, const struct end *to)
{
	const struct found_table *ft = &t->found->tables[table];
	/* Not the whole way there, which the other finding has: the same value
	 * is the same line whenever it is told. */
	str path = arena_fmt(t->arena, "%.*s: %.*s",
		STR_ARG(t->found->system->name),
		STR_ARG(t->found->system->tables[table].name));

	for (size_t i = 0; i < ft->n; i++) {
		const struct found_row *r = &ft->rows[i];
		const struct cell *c = &r->cells[column];

		if (is_blank(c) || !may_tell(t, r, table, to))
			continue;
		if (c->is_cut || c->v.v.n > CONNECT_KEY_MAX)
			t->told.too_long++;
		else
			tell_value(t, to, path, c);
	}
}

/* What our rows belong to in other systems. */
static void tell_up(struct teller *t)
{
	const struct map_system *s = t->found->system;

	for (size_t i = 0; i < s->tables_n; i++)
		for (size_t k = 0; k < s->tables[i].crosses_n; k++) {
			const struct map_cross *c = &s->tables[i].crosses[k];
			const struct map_system *there =
				&t->map->systems[c->system];
			struct end to = { there, &there->tables[c->to],
				c->to_column, true };

			tell(t, i, c->column, &to);
		}
}

/* What belongs to our rows in one other system. */
static void tell_down(struct teller *t, const struct map_system *there)
{
	for (size_t i = 0; i < there->tables_n; i++)
		for (size_t k = 0; k < there->tables[i].crosses_n; k++) {
			const struct map_cross *c =
				&there->tables[i].crosses[k];
			struct end to = { there, &there->tables[i], c->column,
				false };

			if (&t->map->systems[c->system] == t->found->system)
				tell(t, c->to, c->to_column, &to);
		}
}

static struct teller teller_of(struct arena *a, const struct map *m,
	const struct finding *f, size_t n_max)
{
	struct find_lines none = { arena_many(a, str, n_max), 0, 0, true };

	return (struct teller){ a, m, f, n_max, false, none };
}

static struct find_lines tell_all(struct teller *t)
{
	tell_up(t);
	for (size_t i = 0; i < t->map->systems_n; i++)
		if (&t->map->systems[i] != t->found->system)
			tell_down(t, &t->map->systems[i]);
	return t->told;
}

struct find_lines find_keys_told(struct arena *a, const struct map *m,
	const struct finding *f, size_t n_max)
{
	struct teller t = teller_of(a, m, f, n_max);

	return tell_all(&t);
}

struct find_lines find_keys_in_doubt(struct arena *a, const struct map *m,
	const struct finding *f, size_t n_max)
{
	struct teller t = teller_of(a, m, f, n_max);

	t.is_in_doubt = true;
	return tell_all(&t);
}

struct find_lines find_keys_down(struct arena *a, const struct map *m,
	const struct finding *f, size_t n_max)
{
	struct teller t = teller_of(a, m, f, n_max);

	for (size_t i = 0; i < m->systems_n; i++)
		if (&m->systems[i] != f->system &&
			!map_asks_person(&m->systems[i]))
			tell_down(&t, &m->systems[i]);
	return t.told;
}

static bool belongs_to(const struct map *m, const struct map_system *s,
	const struct map_system *owner)
{
	for (size_t i = 0; i < s->tables_n; i++)
		for (size_t k = 0; k < s->tables[i].crosses_n; k++)
			if (&m->systems[s->tables[i].crosses[k].system] ==
				owner)
				return true;
	return false;
}

bool find_leads_down(const struct map *m, const struct map_system *s)
{
	for (size_t i = 0; i < m->systems_n; i++)
		if (!map_asks_person(&m->systems[i]) &&
			belongs_to(m, &m->systems[i], s))
			return true;
	return false;
}

static bool read_value(struct arena *a, str base64, str *out)
{
	size_t n = base64.n / 4 * 3;
	char *p;

	if (base64.n % 4)
		return false;
	n -= str_ends(base64, STR("==")) ? 2 : str_ends(base64, STR("="));
	p = arena_alloc(a, n);
	*out = (str){ p, n };
	return base64_read(base64, p, n);
}

bool find_key_read(struct arena *a, str line, struct find_key *out)
{
	struct err ignored = { 0 };
	str part[PARTS] = { { 0 } };
	json_t *root;

	if (json_read(a, line, LINE_MAX_SIZE, &root, &ignored) < 0 ||
		json_array_size(root) != PARTS)
		return false;
	for (size_t i = 0; i < PARTS; i++) {
		const json_t *v = json_array_get(root, i);

		if (i != IS_ENTRY && !json_is_string(v))
			return false;
		part[i] = (str){ json_string_value(v), json_string_length(v) };
	}
	*out = (struct find_key){
		.system = part[SYSTEM],
		.table = part[TABLE],
		.column = part[COLUMN],
		.is_entry = json_is_true(json_array_get(root, IS_ENTRY)),
		.path = part[PATH],
	};
	return read_value(a, part[VALUE], &out->value);
}

/* --- where keys come to a system --- */

static size_t crosses_of(const struct map_system *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		n += s->tables[i].crosses_n;
	return n;
}

/* What our rows belong to there. */
static void cross_out(struct find_crossings *out, const struct map *m,
	const struct map_table *t)
{
	for (size_t k = 0; k < t->crosses_n; k++) {
		const struct map_cross *c = &t->crosses[k];
		const struct map_system *there = &m->systems[c->system];

		out->at[out->n++] = (struct find_crossing){
			.table = t,
			.column = c->column,
			.there = there,
			.there_table = &there->tables[c->to],
			.there_column = c->to_column,
		};
	}
}

/* What rows of a table there belong to here. */
static void cross_in(struct find_crossings *out, const struct map *m,
	const struct map_system *s, const struct find_crossing *from)
{
	for (size_t k = 0; k < from->there_table->crosses_n; k++) {
		const struct map_cross *c = &from->there_table->crosses[k];
		struct find_crossing *to = &out->at[out->n];

		if (&m->systems[c->system] != s)
			continue;
		*to = *from;
		to->table = &s->tables[c->to];
		to->column = c->to_column;
		to->is_entry = true;
		to->there_column = c->column;
		out->n++;
	}
}

struct find_crossings find_crossings_of(
	struct arena *a, const struct map *m, const struct map_system *s)
{
	struct find_crossings out = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < m->systems_n; i++)
		n += crosses_of(&m->systems[i]);
	out.at = arena_many(a, struct find_crossing, n);
	for (size_t t = 0; t < s->tables_n; t++)
		cross_out(&out, m, &s->tables[t]);
	for (size_t i = 0; i < m->systems_n; i++)
		for (size_t t = 0; t < m->systems[i].tables_n; t++) {
			struct find_crossing from = { .there = &m->systems[i],
				.there_table = &m->systems[i].tables[t] };

			cross_in(&out, m, s, &from);
		}
	return out;
}

/* --- searching by them --- */

/* Few come mostly: room is made as they do. */
static void add_value(struct arena *a, struct find_start *s, struct cell value)
{
	struct cell *at = (struct cell *)(uintptr_t)s->values;

	/* Full at 0 and at each power of two. */
	if (!(s->n & (s->n - 1))) {
		at = arena_many(a, struct cell, s->n ? 2 * s->n : 1);
		if (s->n)
			memcpy(at, s->values, s->n * sizeof *at);
		s->values = at;
	}
	at[s->n++] = value;
}

void find_start_add(struct arena *a, struct find_start *s, str value)
{
	int64_t number;

	add_value(a, s, cell_text(value));
	if (str_int(value, &number)) {
		struct cell as_int = cell_int(a, number);

		if (str_eq(as_int.v.v, value))
			add_value(a, s, as_int);
	}
}

struct starts {
	struct arena *arena;
	struct find_start *at;
	size_t n;
};

/* All values of one column are one look-up. */
static struct find_start *start_for(
	struct starts *s, const struct find_start *like)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].table == like->table &&
			s->at[i].column == like->column &&
			s->at[i].is_entry == like->is_entry)
			return &s->at[i];
	s->at[s->n] = *like;
	return &s->at[s->n++];
}

static void add_start(struct starts *out, const struct map_system *s, str line)
{
	struct find_start like = { 0 };
	const struct map_table *t;
	struct find_key key;

	if (!find_key_read(out->arena, line, &key) ||
		!str_eq(key.system, s->name))
		return;
	t = map_table_named(s, key.table);
	if (!t)
		return;
	like.table = (size_t)(t - s->tables);
	like.column = map_column_index(t, key.column);
	like.is_entry = key.is_entry;
	like.path = arena_dup(out->arena, key.path);
	if (like.column < t->columns_n)
		find_start_add(out->arena, start_for(out, &like), key.value);
}

struct find_start *find_starts_of(struct arena *a, const struct map_system *s,
	const str *lines, size_t lines_n, size_t *n)
{
	struct starts out = { .arena = a };

	out.at = arena_many(a, struct find_start, lines_n);
	for (size_t i = 0; i < lines_n; i++)
		add_start(&out, s, lines[i]);
	*n = out.n;
	return out.at;
}
