/*
 * Columns of the file are named "table.column", or by the column alone where one
 * table of the system has it, upper and lower case alike; others are none of the
 * system's and have nothing to be corrected.  In NDJSON the same names are paths of
 * members, or members.
 */
#include "cli/screen_corrected.h"

#include "base/json.h"
#include "cli/map_of.h"
#include "cli/row_keys.h"
#include "connect/map.h"
#include "desk/corrections.h"
#include "desk/suppress.h"
#include "scrub/json_line.h"
#include "scrub/plan.h"

enum { SAID_MAX = 8 << 20 };

struct screen_corrected {
	struct arena *arena;
	const struct map_system *system;
	const struct scrub_opts *opts;
	struct corrections *all;
	struct scrub_remark remark;
	struct plan plan;
	struct corrected_place *place; /* of each column; no table: none */
};

/* One row while it is read. */
struct row {
	struct screen_corrected *s;
	struct arena *arena;
	size_t max;
	struct corrected_place *place;
	struct new_cell *cell;
	size_t cells;
};

/* How many columns of the system have this name. */
static size_t place_plain(
	const struct map_system *s, str name, struct corrected_place *out)
{
	size_t n = 0;

	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].columns_n; i++) {
			if (!str_eq_nocase(s->tables[t].columns[i].name, name))
				continue;
			out->table = s->tables[t].name;
			out->column = s->tables[t].columns[i].name;
			n++;
		}
	return n;
}

static bool place_named(
	const struct map_system *s, str name, struct corrected_place *out)
{
	struct corrected_place plain;

	*out = (struct corrected_place){ 0 };
	if (corrected_place_of(s, name, out))
		return true;
	if (place_plain(s, name, &plain) != 1)
		return false;
	out->table = plain.table;
	out->column = plain.column;
	return true;
}

static int check_plain(
	const struct map_system *s, str name, size_t column, struct err *e)
{
	struct corrected_place out;

	if (place_plain(s, name, &out) < 2)
		return 0;
	err_set(e, ERR_INVALID,
		"column %zu of the file: several tables of \"%.*s\" have a "
		"column of this name",
		column, STR_ARG(s->name));
	return err_hint(e, "name it table.column");
}

static int read_header(void *ctx, str header, struct err *e)
{
	struct screen_corrected *s = ctx;
	struct plan_names names;
	size_t n = 0;

	if (plan_read(&s->plan, header, s->opts->map, e) ||
		plan_names_read(s->arena, header, s->plan.sep, &names, e))
		return -1;
	s->place = arena_many(s->arena, struct corrected_place, names.n);
	for (size_t i = 0; i < names.n; i++) {
		if (place_named(s->system, names.at[i], &s->place[i]))
			n++;
		else if (check_plain(s->system, names.at[i], i + 1, e))
			return -1;
	}
	if (n)
		return 0;
	err_set(e, ERR_INVALID, "no column of the file is one of \"%.*s\"",
		STR_ARG(s->system->name));
	return err_hint(e, "name them table.column, as the data map does");
}

static void take_cell(struct row *r, struct corrected_place at, str value)
{
	if (!at.table.n || r->cells == r->max)
		return;
	at.value = arena_dup(r->arena, value);
	r->cell[r->cells++].at = at;
}

static void read_csv(struct row *r, str text)
{
	const struct plan *p = &r->s->plan;
	str *cell = arena_many(r->arena, str, p->columns);

	plan_cells(text, p->sep, cell, p->columns);
	for (size_t i = 0; i < p->columns; i++) {
		char *space = arena_alloc(r->arena, cell[i].n);

		cell[i] = plan_unquote(cell[i], space);
		take_cell(r, r->s->place[i], cell[i]);
	}
}

static void take_member(void *ctx, str path, str name, str value)
{
	struct row *r = ctx;
	struct corrected_place at;

	if (place_named(r->s->system, path, &at) ||
		place_named(r->s->system, name, &at))
		take_cell(r, at, value);
}

static str said(struct arena *a, const struct row *r)
{
	struct buf b = buf_in(a, SAID_MAX);
	struct json j = json_to(&b);
	size_t n = 0;

	json_begin_array(&j);
	for (size_t i = 0; i < r->cells; i++) {
		const struct new_cell *cell = &r->cell[i];

		if (!cell->is_corrected)
			continue;
		n++;
		json_begin_object(&j);
		json_put(&j, "column",
			arena_fmt(a, "%.*s.%.*s", STR_ARG(cell->at.table),
				STR_ARG(cell->at.column)));
		json_put(&j, "value", cell->at.value);
		json_end(&j);
	}
	json_end(&j);
	must(buf_ok(&b));
	return n ? buf_str(&b) : (str){ 0 };
}

static str say_row(void *ctx, struct arena *a, str text)
{
	struct screen_corrected *s = ctx;
	struct row r = { .s = s, .arena = a };
	struct row_keys keys;

	if (!corrections_count(s->all))
		return (str){ 0 };
	r.max = s->opts->format == SCRUB_CSV ? s->plan.columns
					     : PLAN_COLUMNS_MAX;
	r.cell = arena_many(a, struct new_cell, r.max);
	if (s->opts->format == SCRUB_CSV)
		read_csv(&r, text);
	else
		json_line_read(text, take_member, &r);
	row_keys_read(
		s->opts, &s->plan, a, text, UINT32_C(1) << IDENT_EMAIL, &keys);
	for (size_t k = 0; k < keys.n; k++)
		for (size_t i = 0; i < r.cells; i++)
			r.cell[i].is_corrected |= corrections_find(s->all,
				keys.at[k], &r.cell[i].at, &r.cell[i].at.value);
	return said(a, &r);
}

int screen_corrected_open(struct cli *c, const struct scrub_opts *o, str system,
	struct screen_corrected **out, struct err *e)
{
	struct screen_corrected *s =
		arena_one(c->arena, struct screen_corrected);
	struct map *map = arena_one(c->arena, struct map);

	s->arena = c->arena;
	s->opts = o;
	s->remark = (struct scrub_remark){ "corrected", read_header, say_row, s,
		NULL };
	*out = s;
	if (map_read(c->arena, c->desk.data_map, map, e) ||
		map_of_system(c, map, system, &s->system, e) ||
		corrections_load(&c->desk, s->system, &s->all, e))
		return -1;
	return o->format == SCRUB_NDJSON
		       ? plan_read_members(&s->plan, o->map, e)
		       : 0;
}

const struct scrub_remark *screen_corrected_remark(
	struct screen_corrected *s, const struct scrub_remark *next)
{
	s->remark.next = next;
	return &s->remark;
}
