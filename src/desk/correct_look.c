/*
 * The rows that were found for a request to correct, as fields.
 */
#include "desk/correct.h"
#include "desk/correct_cells.h"
#include "desk/findings.h"
#include "desk/limit.h"

enum {
	ROWS_SHOWN = 20,
	FIELD_NAME = 24,      /* bytes around a value in a form, at most */
	ENCODED = 3,          /* a byte of it, at most */
	FORM_REST = 16 * 1024 /* what else stands in it */
};

/* --- which --- */

bool correct_may(
	const struct map_table *t, size_t column, const struct found_row *r)
{
	return change_may(t, column, r) &&
	       r->cells[column].v.v.n <= LIMIT_CORRECTED_BYTES;
}

bool correct_is_hidden(const struct map_table *t, size_t column)
{
	return t->columns[column].never_disclose.n > 0;
}

size_t correct_room(void)
{
	return LIMIT_FORM_BYTES - FORM_REST;
}

static size_t row_bytes(const struct map_table *t, const struct found_row *r)
{
	size_t n = 0;

	for (size_t c = 0; c < map_columns_held(t); c++)
		if (correct_may(t, c, r))
			n += FIELD_NAME + ENCODED * r->cells[c].v.v.n +
			     (correct_is_hidden(t, c) ? FIELD_NAME : 0);
	return n;
}

size_t correct_rows_shown(const struct found_table *f, size_t *room)
{
	size_t n = 0;

	while (n < f->n && n < ROWS_SHOWN) {
		size_t bytes = row_bytes(f->table, &f->rows[n]);

		if (bytes > *room)
			break;
		*room -= bytes;
		n++;
	}
	return n;
}

bool correct_is_open(const struct sql_task_list_row *t)
{
	return str_eq(t->state, STR("found"));
}

/* --- the page --- */

static struct correct_cell cell_of(struct arena *a, const struct map_table *t,
	size_t column, const struct found_row *r)
{
	const struct cell *c = &r->cells[column];
	struct correct_cell out = { .may_change = correct_may(t, column, r),
		.is_hidden = correct_is_hidden(t, column) };

	if (out.is_hidden && out.may_change)
		return out;
	if (!out.may_change)
		out.text = findings_words(a, &t->columns[column], c);
	else if (c->type != CELL_NULL)
		out.text = c->v.v;
	return out;
}

static void add_rows(struct arena *a, const struct found_table *f, size_t shown,
	struct correct_table *t)
{
	size_t columns = map_columns_held(f->table);

	t->rows.n = shown;
	t->rows.at = arena_many(a, struct correct_row, shown);
	for (size_t i = 0; i < shown; i++) {
		struct correct_row *row = &t->rows.at[i];

		row->is_shared = f->rows[i].is_shared;
		row->n = columns;
		row->at = arena_many(a, struct correct_cell, columns);
		for (size_t c = 0; c < columns; c++)
			row->at[c] = cell_of(a, f->table, c, &f->rows[i]);
	}
}

static void add_table(struct arena *a, const struct map_system *s,
	const struct found_table *f, size_t shown, struct correct_view *v)
{
	struct correct_table *t = &v->tables.at[v->tables.n++];
	size_t columns = map_columns_held(f->table);

	*t = (struct correct_table){ .system = s->title,
		.title = f->table->holds,
		.path = f->rows[0].path,
		.hidden = f->n + f->rest.n - shown };
	t->columns.n = columns;
	t->columns.at = arena_many(a, str, columns);
	for (size_t c = 0; c < columns; c++)
		t->columns.at[c] = f->table->columns[c].name;
	add_rows(a, f, shown, t);
}

struct looking {
	const struct map *map;
	str reference;
	size_t room;
	const struct record *record;
	struct correct_view *out;
};

static int look_at(struct desk *d, void *ctx, const struct sql_task_list_row *t,
	const struct finding *f, struct err *e)
{
	struct looking *l = ctx;

	if (!correct_is_open(t))
		return 0;
	if (DESK_AUDIT(d, AUDIT_PREVIEWED, l->record->row.reference, e,
		    AD("system", t->title), AD("rows", t->rows_found)))
		return -1;
	for (size_t i = 0; i < f->system->tables_n; i++) {
		const struct found_table *table = &f->tables[i];

		if (table->n)
			add_table(d->arena, f->system, table,
				correct_rows_shown(table, &l->room), l->out);
	}
	return 0;
}

static size_t tables_of(const struct map *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->systems_n; i++)
		n += m->systems[i].tables_n;
	return n;
}

static int look(struct desk *d, void *ctx, struct err *e)
{
	struct looking *l = ctx;
	struct record r;
	struct tally t;

	if (record_need(d, l->reference, &r, e) ||
		record_tally(d, r.row.id, &t, e))
		return -1;
	*l->out = (struct correct_view){
		.item = r.person.item,
		.should_be = r.person.should_be,
		.seen = record_seen(d, &t),
		.can_correct = desk_may(d, PERM_DECIDE) && correct_can(&r) &&
			       !t.systems_searching,
		.has_vendors = t.vendors > 0,
	};
	l->out->tables.at =
		arena_many(d->arena, struct correct_table, tables_of(l->map));
	l->room = correct_room();
	l->record = &r;
	return findings_each(
		d, &(struct findings){ l->map, &r, &t }, look_at, l, e);
}

int correct_load(
	struct desk *d, str reference, struct correct_view *out, struct err *e)
{
	struct map map;
	struct looking l = { &map, reference, 0, NULL, out };

	if (desk_need(d, PERM_REVEAL, e) ||
		map_read(d->arena, d->data_map, &map, e))
		return -1;
	return desk_write(d, look, &l, e);
}
