/*
 * What approving would erase: the rows that the search found, with their
 * columns, and what the map keeps and why.  Read from the sealed findings;
 * no system is touched.
 */
#include "desk/case.h"

#include "base/file.h"
#include "connect/erase.h"
#include "connect/erase_stuck.h"
#include "desk/config.h"
#include "desk/findings.h"
#include "desk/let.h"
#include "desk/parts.h"
#include "law/reference.h"

enum { PREVIEW_ROWS = 20 };

static bool is_going(const struct found_table *f, size_t i)
{
	enum row_fate fate = row_fate_of(f->table, &f->rows[i], false);

	return row_fate_is_erasure(fate) || fate == FATE_TRIM;
}

static void fill_rows(struct arena *a, const struct map_system *s,
	const struct found_table *f, struct case_table *out)
{
	size_t n = f->n < PREVIEW_ROWS ? f->n : PREVIEW_ROWS;
	size_t columns = map_columns_held(f->table);

	out->columns.n = columns;
	out->columns.at = arena_many(a, str, columns);
	for (size_t c = 0; c < columns; c++)
		out->columns.at[c] = f->table->columns[c].name;
	out->rows.n = n;
	out->rows.at = arena_many(a, struct case_cells, n);
	for (size_t i = 0; i < n; i++) {
		struct case_cells *row = &out->rows.at[i];

		row->n = columns;
		row->at = arena_many(a, str, columns);
		row->is_shared = f->rows[i].is_shared;
		row->is_excepted = f->rows[i].is_excepted;
		row->is_going = is_going(f, i);
		row->may_let = let_may(s, f->table, &f->rows[i]);
		for (size_t c = 0; c < columns; c++)
			row->at[c] = findings_words(
				a, &f->table->columns[c], &f->rows[i].cells[c]);
	}
}

/* Rows that were counted; nobody else's are among them. */
static void add_rest(const struct found_table *f, struct case_table *t,
	struct case_preview *out)
{
	enum row_fate fate = row_fate_of_rest(f->table);

	if (row_fate_is_erasure(fate) || fate == FATE_TRIM)
		t->rows_going += f->rest.n;
	if (row_fate_is_erasure(fate))
		out->rows += (int64_t)f->rest.n;
}

/* "product, note" */
static str stuck_of(struct arena *a, const struct map_system *s,
	const struct finding *f, size_t table)
{
	const struct map_table *t = &s->tables[table];
	str out = STR("");

	for (size_t i = 0; i < t->columns_n; i++)
		if (parts_is_stuck(s, f, table, i))
			out = arena_fmt(a, "%.*s%s%.*s", STR_ARG(out),
				out.n ? ", " : "", STR_ARG(t->columns[i].name));
	return out;
}

static void add_table(struct arena *a, const struct map_system *s,
	const struct found_table *f, struct case_preview *out)
{
	struct case_table *t = &out->tables.at[out->tables.n++];

	*t = (struct case_table){
		.system = s->name,
		.title = s->title,
		.name = f->table->name,
		.table = f->table->holds,
		.path = f->rows[0].path,
		.is_erased = f->table->erase != ERASE_KEEP,
		.summary = f->table->erase == ERASE_AGGREGATE
				   ? f->table->summary->table
				   : (str){ 0 },
		.changes = map_ways_words(a, f->table),
		.rows_total = f->n + f->rest.n,
	};
	if (parts_leave(f->table))
		t->exception = t->changes.n ? STR("what was not asked for")
					    : STR("was not asked for");
	else if (!t->is_erased)
		t->exception =
			arena_fmt(a, "%.*s: %.*s", STR_ARG(f->table->exception),
				STR_ARG(f->table->about.purpose));
	fill_rows(a, s, f, t);
	add_rest(f, t, out);
	for (size_t i = 0; i < f->n; i++) {
		out->shared += f->rows[i].is_shared && !f->rows[i].is_let;
		t->rows_let += f->rows[i].is_let;
		t->rows_may_let += let_may(s, f->table, &f->rows[i]);
		t->rows_going += is_going(f, i);
		t->rows_excepted += f->rows[i].is_excepted;
		out->rows += row_fate_is_erasure(
			row_fate_of(f->table, &f->rows[i], false));
	}
}

/* Of the table that was added last. */
static void add_stuck(struct arena *a, const struct finding *f, size_t table,
	struct case_preview *out)
{
	struct case_table *t = &out->tables.at[out->tables.n - 1];

	t->rows_stuck = erase_stuck_in(a, f, table);
	out->stuck += t->rows_stuck;
}

struct previewing {
	const struct map *map;
	str reference;
	const struct record *record;
	struct case_preview *out;
};

static int add_finding(struct desk *d, void *ctx,
	const struct sql_task_list_row *t, const struct finding *f,
	struct err *e)
{
	struct previewing *p = ctx;
	const struct map_system *s = f->system;

	if (DESK_AUDIT(d, AUDIT_PREVIEWED, p->record->row.reference, e,
		    AD("system", t->title),
		    AD("rows", t->rows_found - t->rows_erased)))
		return -1;
	for (size_t i = 0; i < s->tables_n; i++)
		if (f->tables[i].n) {
			struct case_table *shown =
				&p->out->tables.at[p->out->tables.n];

			add_table(d->arena, s, &f->tables[i], p->out);
			shown->stuck = stuck_of(d->arena, s, f, i);
			p->out->never_empty += shown->stuck.n > 0;
			add_stuck(d->arena, f, i, p->out);
		}
	return 0;
}

static int fill_knows(struct desk *d, const struct record *r,
	struct case_preview *out, struct err *e)
{
	struct sql_request_same_person_in in = { r->row.id };
	struct sql_request_same_person_rows rows;

	if (sql_request_same_person(d->db, d->arena, &in, &rows, e))
		return -1;
	out->knows.at = arena_many(d->arena, str, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		enum kind kind = kind_of(rows.at[i].kind);

		if (kind == KIND_NONE || kind_row(kind)->flow != FLOW_TELL ||
			!state_is_open(state_of(rows.at[i].state)))
			continue;
		out->knows.at[out->knows.n++] =
			reference_show(d->arena, rows.at[i].reference);
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

static int preview(struct desk *d, void *ctx, struct err *e)
{
	struct previewing *p = ctx;
	struct record r;
	struct tally t;

	*p->out = (struct case_preview){ 0 };
	p->out->tables.at =
		arena_many(d->arena, struct case_table, tables_of(p->map));
	if (record_need(d, p->reference, &r, e) ||
		record_tally(d, r.row.id, &t, e))
		return -1;
	p->record = &r;
	p->out->is_parts = parts_of(&r.person) != 0;
	p->out->instead = r.person.stuck;
	p->out->instead_why = r.person.stuck_why.v;
	p->out->let_why = r.person.let_why.v;
	if (fill_knows(d, &r, p->out, e))
		return -1;
	return findings_each(
		d, &(struct findings){ p->map, &r, &t }, add_finding, p, e);
}

int case_preview(
	struct desk *d, str reference, struct case_preview *out, struct err *e)
{
	struct map map;
	struct previewing p = { &map, reference, NULL, out };

	if (desk_need(d, PERM_REVEAL, e) ||
		map_read(d->arena, d->data_map, &map, e))
		return -1;
	return desk_write(d, preview, &p, e);
}
