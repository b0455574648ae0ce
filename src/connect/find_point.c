/* A search that begins with what somebody typed about themselves. */
#include "connect/find_point.h"

#include <string.h>

#include "base/base.h"

enum { ROWS_MAX = 64, POINT_CELL_MAX = 512 };

static const struct {
	const char *code;
	const char *title;
	unsigned points;
	bool is_enough;
} composites[] = {
#define COMPOSITE(NAME, code, title, points, is_enough) \
	{ code, title, points, is_enough },
#include "connect/tbl/composites.h"
};

const char *composite_code(enum composite c)
{
	must(c < COMPOSITES);
	return composites[c].code;
}

const char *composite_title(enum composite c)
{
	must(c < COMPOSITES);
	return composites[c].title;
}

unsigned composite_points(enum composite c)
{
	return composites[c].points;
}

/* --- which can be tried --- */

static unsigned typed_points(const struct points_typed *typed)
{
	unsigned out = 0;

	for (int p = 0; p < POINTS; p++)
		if (typed->at[p].v.n)
			out |= 1u << p;
	return out;
}

static unsigned held_points(const struct map_table *t)
{
	unsigned out = 0;

	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].is_reliable &&
			point_of(&t->columns[i]) != POINTS)
			out |= 1u << point_of(&t->columns[i]);
	return out;
}

static unsigned composites_of(unsigned points)
{
	unsigned out = 0;

	for (int c = 0; c < COMPOSITES; c++)
		if (!(composites[c].points & ~points))
			out |= COMPOSITE_BIT(c);
	return out;
}

/* The strongest of some: they stand in that order. */
static enum composite strongest(unsigned of)
{
	int c = 0;

	while (c < COMPOSITES && !(of & COMPOSITE_BIT(c)))
		c++;
	return (enum composite)c;
}

unsigned find_composites(
	const struct map_system *s, const struct points_typed *typed)
{
	unsigned out = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		out |= composites_of(
			held_points(&s->tables[i]) & typed_points(typed));
	return out;
}

/* --- the rows of a table --- */

struct fit {
	struct cell key;
	str name;          /* points_name() */
	struct ident born; /* n 0: not held, or not readable */
};

/* One table, read through. */
struct reading {
	struct arena *arena;
	const struct map_table *table;
	const struct points_typed *typed;
	size_t *columns; /* of the table, in the order they are read */
	size_t columns_n;
	struct cell *cells; /* of a row, each in its place */
	struct fit at[ROWS_MAX];
	size_t n;
	enum composite by; /* of these; COMPOSITES: none yet */
};

static void note_born(const struct reading *r, struct ident *out)
{
	*out = (struct ident){ .n = 0 };
	for (size_t i = 0; i < r->table->columns_n; i++) {
		const struct cell *c = &r->cells[i];

		if (!r->table->columns[i].is_reliable ||
			point_of(&r->table->columns[i]) != POINT_BIRTH_DATE ||
			c->type == CELL_NULL || c->type == CELL_BLOB)
			continue;
		if (ident_read_part(out, STR("dob"), c->v.v))
			out->n = 0;
	}
}

/* What speaks against it outweighs what speaks for it. */
static enum composite composite_of_row(const struct reading *r)
{
	const struct found_row row = { .cells = r->cells };
	struct point_row seen;
	unsigned of;

	points_compare_row(r->table, &row, r->typed, &seen);
	if (seen.missed)
		return COMPOSITES;
	of = composites_of(seen.matched);
	if (!seen.is_whole_name)
		of &= ~COMPOSITE_BIT(COMPOSITE_NAME_ZIP);
	return strongest(of);
}

static int take(struct reading *r, enum composite by, struct err *e)
{
	const struct found_row row = { .cells = r->cells };
	struct fit *fit;

	if (by > r->by)
		return 0; /* another one is theirs by more than that */
	if (by < r->by)
		r->n = 0;
	r->by = by;
	if (r->n == ROWS_MAX)
		return err_set(e, ERR_CONFLICT,
			"more than %d rows of %.*s have this %s", ROWS_MAX,
			STR_ARG(r->table->name), composite_title(by));
	fit = &r->at[r->n++];
	fit->key = cell_dup(r->arena, &r->cells[r->table->key]);
	fit->name = points_name(r->arena, r->table, &row);
	note_born(r, &fit->born);
	return 0;
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;
	enum composite by;

	must(n == r->columns_n);
	for (size_t i = 0; i < n; i++)
		r->cells[r->columns[i]] = cells[i];
	by = composite_of_row(r);
	return by == COMPOSITES ? 0 : take(r, by, e);
}

/* The key, and whatever tells something of the person. */
static str *choose_columns(struct reading *r)
{
	const struct map_table *t = r->table;
	str *names = arena_many(r->arena, str, t->columns_n);

	r->columns = arena_many(r->arena, size_t, t->columns_n);
	r->cells = arena_many(r->arena, struct cell, t->columns_n);
	for (size_t i = 0; i < t->columns_n; i++) {
		if (i != t->key && point_of(&t->columns[i]) == POINTS)
			continue;
		names[r->columns_n] = t->columns[i].name;
		r->columns[r->columns_n++] = i;
	}
	return names;
}

static bool is_one_name(const struct reading *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->at[i].name.n || !str_eq(r->at[i].name, r->at[0].name))
			return false;
	return true;
}

static bool is_one_birth(const struct reading *r)
{
	const struct ident *first = &r->at[0].born;

	for (size_t i = 0; i < r->n; i++) {
		const struct ident *born = &r->at[i].born;

		if (!born->n || !str_eq((str){ first->text, first->n },
					(str){ born->text, born->n }))
			return false;
	}
	return true;
}

/* Nobody is searched for by rows of which it can't be told whose they are: a daughter
 * has her mother's name and a middle name, a son the whole of his father's. */
static int check_one_person(const struct reading *r, struct err *e)
{
	const char *but = "";

	if (r->n < 2)
		return 0;
	if (composites[r->by].is_enough) {
		if (!is_one_name(r))
			but = ", but different names in full";
		else if (!is_one_birth(r))
			but = ", and no date of birth that says they are one "
			      "person's";
		else
			return 0;
	}
	err_set(e, ERR_CONFLICT, "%zu rows of %.*s have this %s%s", r->n,
		STR_ARG(r->table->name), composite_title(r->by), but);
	return err_hint(e,
		"nobody can tell whose they are: call back, or deny as not "
		"verified");
}

/* A day of birth that one of the tables knows; n 0: none does. */
static struct ident birth_of(const struct reading *r)
{
	struct ident none = { .n = 0 };

	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].born.n)
			return r->at[i].born;
	return none;
}

/* The mother stands in one table and the daughter in another: each alone in hers. */
static int check_other_tables(struct reading *const *all, size_t n,
	const struct map_system *s, struct err *e)
{
	struct ident first = { .n = 0 };

	for (size_t i = 0; i < n; i++) {
		struct ident born = birth_of(all[i]);

		if (!first.n)
			first = born;
		if (!born.n || str_eq((str){ first.text, first.n },
				       (str){ born.text, born.n }))
			continue;
		err_set(e, ERR_CONFLICT,
			"tables of %.*s have people with this name who were "
			"not born on one day",
			STR_ARG(s->name));
		return err_hint(e,
			"nobody can tell whose they are: call back, or deny "
			"as not verified");
	}
	return 0;
}

static void add_start(struct reading *r, size_t table, struct point_starts *out)
{
	struct cell *keys = arena_many(r->arena, struct cell, r->n);

	if (!r->n)
		return;
	for (size_t i = 0; i < r->n; i++)
		keys[i] = r->at[i].key;
	out->at[out->n++] = (struct find_start){
		.table = table,
		.column = r->table->key,
		.is_entry = true,
		.path = str_of(composite_title(r->by)),
		.values = keys,
		.n = r->n,
	};
}

static int read_table(struct conn *c, struct reading *r, struct err *e)
{
	struct row_query q = {
		.table = r->table->name,
		.is_all = true,
		.cell_max = POINT_CELL_MAX,
	};

	q.columns = choose_columns(r);
	q.columns_n = r->columns_n;
	return conn_rows(c, &q, take_row, r, e) || check_one_person(r, e) ? -1
									  : 0;
}

int find_by_points(struct conn *c, struct arena *a,
	const struct points_typed *typed, struct point_starts *out,
	struct err *e)
{
	const struct map_system *s = c->system;

	struct reading **all = arena_many(a, struct reading *, s->tables_n);
	size_t n = 0;

	*out = (struct point_starts){ .by = 0 };
	out->at = arena_many(a, struct find_start, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++) {
		struct reading *r = arena_one(a, struct reading);
		unsigned of;

		*r = (struct reading){ .arena = a,
			.table = &s->tables[i],
			.typed = typed,
			.by = COMPOSITES };
		of = composites_of(held_points(r->table) & typed_points(typed));
		if (!of)
			continue;
		if (read_table(c, r, e))
			return -1;
		out->by |= COMPOSITE_BIT(r->n ? r->by : strongest(of));
		add_start(r, i, out);
		all[n++] = r;
	}
	return check_other_tables(all, n, s, e);
}
