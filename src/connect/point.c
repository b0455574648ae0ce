/*
 * What was typed against what is held.  A name is compared by its words, because
 * one side may have it in one column and the other in two, with or without the
 * middle one, with the family name first.
 */
#include "connect/point.h"

#include <stdlib.h>

#include "base/base.h"
#include "base/buf.h"

enum { NAME_WORDS = 8, NAME_WORDS_NEEDED = 2 };

static const struct {
	const char *code;
	const char *title;
} points[] = {
#define POINT(NAME, code, title) { code, title },
#include "connect/tbl/points.h"
};

const char *point_code(enum point p)
{
	must(p < POINTS);
	return points[p].code;
}

const char *point_title(enum point p)
{
	must(p < POINTS);
	return points[p].title;
}

enum point point_of(const struct map_column *c)
{
	if (c->is_identifier)
		return c->kind == IDENT_EMAIL   ? POINT_EMAIL
		       : c->kind == IDENT_PHONE ? POINT_PHONE
						: POINTS;
	switch (c->verifies) {
	case VERIFIES_ZIP:
		return POINT_ZIP;
	case VERIFIES_NAME:
	case VERIFIES_FIRST_NAME:
	case VERIFIES_LAST_NAME:
		return POINT_NAME;
	case VERIFIES_STREET:
		return POINT_STREET;
	case VERIFIES_BIRTH_DATE:
		return POINT_BIRTH_DATE;
	default:
		return POINTS;
	}
}

static enum ident_fault read_point(struct ident *out, enum point p, str raw)
{
	switch (p) {
	case POINT_EMAIL:
		return ident_read(out, IDENT_TOYON_1, IDENT_EMAIL, raw);
	case POINT_PHONE:
		return ident_read(out, IDENT_TOYON_1, IDENT_PHONE, raw);
	case POINT_ZIP:
		return ident_read_part(out, STR("zip"), raw);
	case POINT_STREET:
		return ident_read_part(out, STR("address"), raw);
	case POINT_BIRTH_DATE:
		return ident_read_part(out, STR("dob"), raw);
	default:
		return ident_read_part(out, STR("first"), raw);
	}
}

static bool is_same(enum point p, str typed, str held)
{
	struct ident a, b;

	return !read_point(&a, p, typed) && !read_point(&b, p, held) &&
	       str_eq((str){ a.text, a.n }, (str){ b.text, b.n });
}

/* --- names --- */

struct name {
	struct ident word[NAME_WORDS];
	size_t n;
};

/* Words beyond the bound make it a name that nothing equals. */
static void name_add(struct name *out, str text)
{
	while (text.n) {
		size_t n = 0;
		struct ident w;

		while (n < text.n && text.p[n] != ' ' && text.p[n] != ',')
			n++;
		if (!read_point(&w, POINT_NAME, str_head(text, n))) {
			if (out->n == NAME_WORDS) {
				out->n = 0;
				return;
			}
			out->word[out->n++] = w;
		}
		text = str_from(text, n < text.n ? n + 1 : n);
	}
}

static bool name_has(const struct name *a, const struct ident *w)
{
	for (size_t i = 0; i < a->n; i++)
		if (str_eq((str){ a->word[i].text, a->word[i].n },
			    (str){ w->text, w->n }))
			return true;
	return false;
}

/* Every word of the shorter one is in the longer one: a first name alone is
 * everybody's. */
static bool name_is_same(const struct name *a, const struct name *b)
{
	const struct name *less = a->n < b->n ? a : b;
	const struct name *more = a->n < b->n ? b : a;

	if (less->n < NAME_WORDS_NEEDED)
		return false;
	for (size_t i = 0; i < less->n; i++)
		if (!name_has(more, &less->word[i]))
			return false;
	return true;
}

/* "Lee Lee" has no word that "Lee Ann" has not: both ways. */
static bool name_is_whole(const struct name *a, const struct name *b)
{
	return a->n == b->n && name_is_same(a, b) && name_is_same(b, a);
}

/* --- rows --- */

struct comparing {
	const struct points_typed *typed;
	bool is_marked;
	struct name name; /* typed */
	bool is_whole_name;
	struct points_seen *out;
};

static bool counts(const struct comparing *x, const struct map_column *c)
{
	static const unsigned unmarked =
		POINT_BIT(EMAIL) | POINT_BIT(PHONE) | POINT_BIT(ZIP);
	enum point p = point_of(c);
	unsigned free = x->is_marked ? x->typed->proven : unmarked;

	if (p == POINTS || !x->typed->at[p].v.n)
		return false;
	return free & 1u << p || (x->is_marked && c->is_reliable);
}

static bool has_value(const struct cell *c)
{
	return c->type != CELL_NULL && c->type != CELL_BLOB && !c->is_cut &&
	       str_trim(c->v.v).n > 0;
}

static void note(struct comparing *x, enum point p, bool is_match)
{
	if (is_match)
		x->out->matched |= 1u << p;
	else
		x->out->missed |= 1u << p;
}

static void compare_row(struct comparing *x, const struct map_table *t,
	const struct found_row *row)
{
	struct name held = { .n = 0 };
	bool has_name = false;

	for (size_t i = 0; i < t->columns_n; i++) {
		const struct map_column *c = &t->columns[i];
		enum point p = point_of(c);

		if (!counts(x, c) || !has_value(&row->cells[i]))
			continue;
		if (p == POINT_NAME) {
			has_name = true;
			name_add(&held, row->cells[i].v.v);
			continue;
		}
		note(x, p, is_same(p, x->typed->at[p].v, row->cells[i].v.v));
	}
	if (!has_name)
		return;
	note(x, POINT_NAME, name_is_same(&x->name, &held));
	x->is_whole_name = name_is_whole(&x->name, &held);
}

void points_compare_row(const struct map_table *t, const struct found_row *row,
	const struct points_typed *typed, struct point_row *out)
{
	struct points_seen seen = { 0 };
	struct comparing x = {
		.typed = typed, .is_marked = true, .out = &seen
	};

	name_add(&x.name, typed->at[POINT_NAME].v);
	compare_row(&x, t, row);
	*out = (struct point_row){ .matched = seen.matched,
		.missed = seen.missed & ~seen.matched,
		.is_whole_name = x.is_whole_name };
}

static int by_text(const void *a, const void *b)
{
	const struct ident *x = a, *y = b;

	return str_cmp((str){ x->text, x->n }, (str){ y->text, y->n });
}

str points_name(
	struct arena *a, const struct map_table *t, const struct found_row *row)
{
	struct buf out = buf_in(a, NAME_WORDS * (IDENT_TEXT_MAX + 1));
	struct name held = { .n = 0 };

	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].is_reliable &&
			point_of(&t->columns[i]) == POINT_NAME &&
			has_value(&row->cells[i]))
			name_add(&held, row->cells[i].v.v);
	qsort(held.word, held.n, sizeof held.word[0], by_text);
	for (size_t i = 0; i < held.n; i++)
		buf_fmt(&out, "%s%.*s", i ? " " : "",
			STR_ARG(((str){ held.word[i].text, held.word[i].n })));
	return buf_str(&out);
}

void points_compare(const struct finding *f, const struct points_typed *typed,
	bool is_marked, struct points_seen *out)
{
	struct comparing x = {
		.typed = typed, .is_marked = is_marked, .out = out
	};

	*out = (struct points_seen){ 0 };
	name_add(&x.name, typed->at[POINT_NAME].v);
	for (size_t i = 0; i < f->system->tables_n; i++) {
		const struct found_table *t = &f->tables[i];

		for (size_t k = 0; k < t->n; k++)
			if (!t->rows[k].is_shared)
				compare_row(&x, t->table, &t->rows[k]);
	}
	/* One of several addresses is the one that was typed: no mismatch. */
	out->missed &= ~out->matched;
}

/* Standardized it is the year, the month and the day, eight digits. */
static struct date born_of(const struct cell *c)
{
	struct date out = { 0 };
	struct ident x;
	int64_t n;

	if (has_value(c) && !read_point(&x, POINT_BIRTH_DATE, c->v.v) &&
		x.n == 8 && str_int((str){ x.text, x.n }, &n))
		out = (struct date){ (int)(n / 10000), (int)(n / 100 % 100),
			(int)(n % 100) };
	return out;
}

static void take_born(const struct found_table *t, size_t column,
	struct date today, struct date *out)
{
	for (size_t k = 0; k < t->n; k++) {
		struct date born_on = { 0 };

		if (!t->rows[k].is_shared)
			born_on = born_of(&t->rows[k].cells[column]);
		if (date_cmp(born_on, *out) > 0 &&
			date_cmp(born_on, today) <= 0)
			*out = born_on;
	}
}

struct date finding_born(const struct finding *f, struct date today)
{
	struct date out = { 0 };

	for (size_t i = 0; i < f->system->tables_n; i++) {
		const struct found_table *t = &f->tables[i];

		for (size_t c = 0; t->n && c < t->table->columns_n; c++)
			if (point_of(&t->table->columns[c]) == POINT_BIRTH_DATE)
				take_born(t, c, today, &out);
	}
	return out;
}

bool finding_is_sensitive(const struct finding *f)
{
	for (size_t i = 0; i < f->system->tables_n; i++) {
		const struct found_table *t = &f->tables[i];

		for (size_t c = 0; t->n && c < t->table->columns_n; c++) {
			const struct map_column *column = &t->table->columns[c];

			if (!column->never_disclose.n &&
				map_category_of(t->table, column) != 'L')
				continue;
			for (size_t k = 0; k < t->n; k++)
				if (t->rows[k].cells[c].type != CELL_NULL)
					return true;
		}
	}
	return false;
}

static unsigned table_points(const struct map_table *t)
{
	unsigned out = 0;

	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].is_reliable)
			out |= 1u << point_of(&t->columns[i]);
	return out;
}

unsigned map_points(const struct map *m)
{
	unsigned out = 0;

	for (size_t i = 0; i < m->systems_n; i++)
		for (size_t k = 0; k < m->systems[i].tables_n; k++)
			out |= table_points(&m->systems[i].tables[k]);
	return out;
}

bool map_lacks_points(const struct map *m)
{
	return m->systems_n && !map_points(m);
}
