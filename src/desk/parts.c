#include "desk/parts.h"

#include "know/words.h"
#include <string.h>

#include "law/category.h"

static bool read_letter(str word, unsigned *bits)
{
	word = str_trim(word);
	if (!word.n)
		return true;
	if (category_of(word) == CATEGORY_NONE)
		return false;
	*bits |= MAP_CATEGORY_BIT(word.p[0]);
	return true;
}

bool parts_bits(str list, unsigned *bits)
{
	str word;

	*bits = 0;
	while (str_next(&list, ',', &word))
		if (!read_letter(word, bits))
			return false;
	return true;
}

unsigned parts_of(const struct person *p)
{
	unsigned bits;

	must(parts_bits(p->parts, &bits));
	return bits ? bits | parts_instead(p->stuck) : 0;
}

unsigned parts_instead(str word)
{
	if (str_eq(word, STR("mask")))
		return PARTS_MASK;
	return str_eq(word, STR("row")) ? PARTS_ROW : 0;
}

static str join(struct arena *a, str list, str item, const char *between)
{
	return list.n ? arena_fmt(a, "%.*s%s%.*s", STR_ARG(list), between,
				STR_ARG(item))
		      : item;
}

bool parts_read(struct arena *a, str typed, str *out)
{
	unsigned bits;

	*out = STR("");
	if (!parts_bits(typed, &bits))
		return false;
	for (char letter = 'A'; letter <= 'L'; letter++)
		if (bits & MAP_CATEGORY_BIT(letter))
			*out = join(a, *out, arena_fmt(a, "%c", letter), ",");
	return true;
}

str parts_words(struct arena *a, enum lang l, unsigned parts)
{
	const struct know_words *words = know_words((enum know_language)l);
	str out = STR("");

	for (char letter = 'A'; letter <= 'L'; letter++) {
		enum category c = category_of((str){ &letter, 1 });

		if (parts & MAP_CATEGORY_BIT(letter))
			out = join(a, out,
				know_law_title(words, category_row(c)), "; ");
	}
	return out;
}

static unsigned kinds_of(const struct map_table *t)
{
	unsigned out = 0;

	for (size_t i = 0; i < t->columns_n; i++) {
		char letter = map_category_of(t, &t->columns[i]);

		out |= letter ? MAP_CATEGORY_BIT(letter) : 0;
	}
	return out;
}

unsigned parts_known(const struct map *m)
{
	unsigned out = 0;

	for (size_t s = 0; s < m->systems_n; s++)
		for (size_t t = 0; t < m->systems[s].tables_n; t++)
			out |= kinds_of(&m->systems[s].tables[t]);
	return out;
}

/* --- the system for one request --- */

/* What tells rows apart or holds them together stays. */
static bool is_needed(const struct map_table *t, size_t column)
{
	bool out = map_column_has(t, t->key, column);

	for (size_t i = 0; i < t->links_n; i++)
		out |= map_column_has(t, t->links[i].column, column);
	for (size_t i = 0; i < t->crosses_n; i++)
		out |= t->crosses[i].column == column;
	return out;
}

static void empty_columns(struct map_table *t, unsigned parts)
{
	for (size_t i = 0; i < map_columns_held(t); i++) {
		char letter = map_category_of(t, &t->columns[i]);
		bool is_chosen = letter && parts & MAP_CATEGORY_BIT(letter);

		t->columns[i].way =
			is_chosen && !is_needed(t, i) ? WAY_EMPTY : WAY_NONE;
	}
}

/* A row that the map keeps by law stays as it says, asked for or not; of a table
 * without any chosen kind nothing is said: nobody asked. */
static void narrow(struct arena *a, struct map_table *t, unsigned parts)
{
	unsigned kinds = kinds_of(t);
	struct map_column *columns;

	if (kinds && !(kinds & ~parts))
		return;
	if (t->erase == ERASE_KEEP && kinds & parts)
		return;
	columns = arena_many(a, struct map_column, t->columns_n);
	memcpy(columns, t->columns, t->columns_n * sizeof *columns);
	t->columns = columns;
	t->erase = ERASE_KEEP;
	t->exception = STR("");
	empty_columns(t, parts);
}

const struct map_system *parts_system(
	struct arena *a, const struct map_system *s, unsigned parts)
{
	struct map_system *out;
	struct map_table *tables;

	if (!parts)
		return s;
	out = arena_one(a, struct map_system);
	tables = arena_many(a, struct map_table, s->tables_n);
	memcpy(tables, s->tables, s->tables_n * sizeof *tables);
	*out = *s;
	out->tables = tables;
	for (size_t i = 0; i < s->tables_n; i++)
		narrow(a, &tables[i], parts);
	return out;
}

/* --- what can't be emptied --- */

bool parts_is_stuck(const struct map_system *s, const struct finding *f,
	size_t table, size_t column)
{
	const struct found_table *ft = &f->tables[table];

	return ft->n && ft->never_empty && ft->never_empty[column] &&
	       s->tables[table].columns[column].way == WAY_EMPTY;
}

/* What identifies somebody has to differ where a table holds nobody twice: a mask would let
 * the first deletion through, and no second one. */
static enum column_way way_instead(const struct map_column *c)
{
	return c->is_identifier ? WAY_HASH : WAY_MASK;
}

/* The table as the map has it, or other ways for some columns. */
static void settle(struct arena *a, const struct map_table *own,
	struct map_table *t, unsigned parts, const bool *is_stuck)
{
	struct map_column *columns =
		arena_many(a, struct map_column, t->columns_n);

	if (parts & PARTS_ROW && map_erase_deletes(own->erase)) {
		*t = *own;
		return;
	}
	memcpy(columns, t->columns, t->columns_n * sizeof *columns);
	t->columns = columns;
	for (size_t i = 0; i < t->columns_n; i++) {
		enum column_way way = own->columns[i].way;

		if (!is_stuck[i])
			continue;
		if (way != WAY_NONE && way != WAY_EMPTY)
			columns[i].way = way;
		else if (parts & PARTS_MASK)
			columns[i].way = way_instead(&own->columns[i]);
	}
}

const struct map_system *parts_settled(struct arena *a,
	const struct map_system *own, const struct map_system *s,
	unsigned parts, const struct finding *f)
{
	struct map_system *out = arena_one(a, struct map_system);
	struct map_table *tables;

	if (!parts)
		return s;
	*out = *s;
	out->tables = tables = arena_many(a, struct map_table, s->tables_n);
	memcpy(tables, s->tables, s->tables_n * sizeof *tables);
	for (size_t t = 0; t < s->tables_n; t++) {
		const struct map_table *of = &s->tables[t];
		bool *is_stuck = arena_many(a, bool, of->columns_n);
		bool is_any = false;

		for (size_t i = 0; i < of->columns_n; i++)
			is_any |= is_stuck[i] = parts_is_stuck(s, f, t, i);
		if (is_any)
			settle(a, &own->tables[t], &tables[t], parts, is_stuck);
	}
	return out;
}

bool parts_leave(const struct map_table *t)
{
	return t->erase == ERASE_KEEP && !t->exception.n;
}

bool parts_reach(unsigned parts, const struct map_vendor *v)
{
	return !parts || !v->categories || parts & v->categories;
}
