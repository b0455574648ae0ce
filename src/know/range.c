/*
 * An answer for certain dates (11 CCR 7024(h); Civ. Code 1798.130(a)(2)(B)): what was
 * collected on other days was not asked for and is not in it.  A row whose day is not
 * known is: nobody is kept from their data by a column that is empty.
 */
#include "base/base.h"
#include "connect/day.h"
#include "know/build.h"

static bool is_within(const struct know_range *r, struct date day)
{
	return date_cmp(day, r->from) >= 0 && date_cmp(day, r->to) <= 0;
}

struct sorting {
	struct know *k;
	const struct map_system *system;
	const struct found_table *from;
	size_t column; /* that says the day; columns_n: none does */
};

static bool row_day(
	const struct sorting *s, const struct found_row *row, struct date *day)
{
	return s->column < s->from->table->columns_n &&
	       row->cells[s->column].type != CELL_NULL &&
	       day_of(row->cells[s->column].v.v, day);
}

static void note(const struct sorting *s, size_t outside, size_t undated)
{
	struct know *k = s->k;

	if (!outside && !undated)
		return;
	k->ranged.at[k->ranged.n++] = (struct know_ranged){
		.system = s->system,
		.map = s->from->table,
		.outside = outside,
		.undated = undated,
	};
}

static struct found_table sort_rows(const struct sorting *s)
{
	struct found_table out = *s->from;
	size_t undated = 0;

	out.n = 0;
	out.rows = arena_many(s->k->arena, struct found_row, s->from->n);
	for (size_t i = 0; i < s->from->n; i++) {
		bool has_day;
		struct date day;

		has_day = row_day(s, &s->from->rows[i], &day);
		undated += !has_day;
		if (!has_day || is_within(&s->k->of->range, day))
			out.rows[out.n++] = s->from->rows[i];
	}
	note(s, s->from->n - out.n, undated);
	return out;
}

struct know_ranged *know_ranged_of(struct know *k, const struct know_table *t)
{
	struct know_ranged *r = k->ranged.at;

	for (; r < k->ranged.at + k->ranged.n; r++)
		if (r->map == t->map)
			return r;
	*r = (struct know_ranged){ .system = t->system, .map = t->map };
	k->ranged.n++;
	return r;
}

bool know_range_has(const struct know *k, const struct map_table *t,
	const struct cell *cells, struct know_ranged *r)
{
	size_t column = map_column_index(t, t->collected);
	bool has_day, is_in;
	struct date day;

	has_day = column < t->columns_n && cells[column].type != CELL_NULL &&
		  day_of(cells[column].v.v, &day);
	is_in = !has_day || is_within(&k->of->range, day);
	r->undated += !has_day;
	r->outside += !is_in;
	return is_in;
}

static struct finding sort_finding(struct know *k, const struct finding *f)
{
	struct finding out = *f;

	out.tables =
		arena_many(k->arena, struct found_table, f->system->tables_n);
	for (size_t t = 0; t < f->system->tables_n; t++) {
		const struct map_table *map = f->tables[t].table;
		struct sorting s = { k, f->system, &f->tables[t],
			map_column_index(map, map->collected) };

		out.tables[t] = sort_rows(&s);
	}
	return out;
}

static size_t all_tables(const struct know_in *in)
{
	size_t n = 0;

	for (size_t i = 0; i < in->findings_n; i++)
		n += in->findings[i].system->tables_n;
	return n;
}

/* Lists that left on other days were not asked for either. */
static void sort_batches(struct know *k, struct know_in *in)
{
	struct know_batch *at =
		arena_many(k->arena, struct know_batch, in->batches_n);
	size_t n = 0;

	for (size_t i = 0; i < in->batches_n; i++)
		if (is_within(&k->of->range, in->batches[i].on))
			at[n++] = in->batches[i];
	in->batches = at;
	in->batches_n = n;
}

void know_range_take(struct know *k)
{
	struct know_in *in = arena_one(k->arena, struct know_in);
	struct finding *findings;

	if (date_is_none(k->of->range.from))
		return;
	*in = *k->in;
	k->ranged.at = arena_many(k->arena, struct know_ranged, all_tables(in));
	findings = arena_many(k->arena, struct finding, in->findings_n);
	for (size_t i = 0; i < in->findings_n; i++)
		findings[i] = sort_finding(k, &in->findings[i]);
	in->findings = findings;
	sort_batches(k, in);
	k->in = in;
}
