/*
 * What staff typed over in the rows that were found: read against what stands there, and
 * kept, value by value, for the worker to write.
 */
#include "desk/correct_keep.h"

#include "base/enc.h"
#include "desk/correct_cells.h"
#include "desk/correct_seal.h"
#include "desk/findings.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/suppress.h"

/* --- what was typed --- */

/* A form writes line ends its own way and loses the blanks around a value; nobody
 * typed them over. */
str correct_tidy(struct arena *a, str typed)
{
	struct buf b = buf_in(a, typed.n + 1);

	for (size_t i = 0; i < typed.n; i++)
		if (typed.p[i] != '\r')
			buf_putc(&b, typed.p[i]);
	return str_trim(buf_str(&b));
}

static bool is_same(struct arena *a, const struct cell *was, str typed)
{
	return was->type == CELL_NULL
		       ? !typed.n
		       : str_eq(correct_tidy(a, was->v.v), typed);
}

static struct cell value_of(struct arena *a, const struct cell *was, str typed)
{
	int64_t number;

	if (was->type == CELL_INT && str_int(typed, &number))
		return cell_int(a, number);
	return typed.n ? cell_text(typed) : (struct cell){ .type = CELL_NULL };
}

/* What the cells of one table are to hold; a row that is shown has as many as the
 * table has columns. */
struct table_typed {
	const struct found_table *table;
	size_t shown;
	struct typed_cell {
		bool is_changed;
		struct cell value;
	} * cells;
};

static bool is_emptied(
	const struct correcting *c, const struct correct_place *p)
{
	const struct correct_typed *typed = c->c->typed;

	return typed->empties && typed->empties(typed->ctx, p);
}

static bool is_readable(
	struct correcting *c, const struct correct_place *p, str typed)
{
	if (typed.n && is_emptied(c, p))
		problem_add(c->ps, "correct", "both",
			"A value is typed over and emptied at once: do one");
	else if (typed.n > LIMIT_CORRECTED_BYTES || !str_is_text(typed))
		problem_add(c->ps, "correct", "unreadable",
			"A value is too long, or is no text");
	else
		return true;
	return false;
}

/*
 * Nobody sees what a hidden cell holds, so an empty field is one that was left alone;
 * and what is typed replaces it even where it holds the same already, since whoever is
 * told that nothing changed knows what it holds.
 */
static bool is_left(struct arena *a, const struct correcting *c,
	const struct table_typed *t, const struct correct_place *p, str typed)
{
	if (correct_is_hidden(t->table->table, p->column))
		return !typed.n && !is_emptied(c, p);
	return is_same(a, &t->table->rows[p->row].cells[p->column], typed);
}

/* For the second of two people (desk/correct_proposed.h). */
static void note_typed(struct arena *a, struct correcting *c,
	const struct correct_place *p, str value)
{
	enum { FIRST_ROOM = 16 };

	if (c->typed_n == c->typed_room) {
		size_t room = c->typed_room ? 2 * c->typed_room : FIRST_ROOM;
		struct correct_typed_cell *more =
			arena_many(a, struct correct_typed_cell, room);

		for (size_t i = 0; i < c->typed_n; i++)
			more[i] = c->typed[i];
		c->typed = more;
		c->typed_room = room;
	}
	c->typed[c->typed_n++] =
		(struct correct_typed_cell){ *p, value, is_emptied(c, p) };
}

static void read_cell(struct arena *a, struct correcting *c,
	const struct table_typed *t, size_t row, size_t column)
{
	const struct found_row *r = &t->table->rows[row];
	const struct cell *was = &r->cells[column];
	struct correct_place p = { c->table, row, column };
	str typed;

	if (!correct_may(t->table->table, column, r) ||
		!c->c->typed->at(
			c->c->typed->ctx, c->table, row, column, &typed))
		return;
	typed = correct_tidy(a, typed);
	if (is_left(a, c, t, &p, typed) || !is_readable(c, &p, typed))
		return;
	note_typed(a, c, &p, typed);
	t->cells[row * t->table->table->columns_n + column] =
		(struct typed_cell){ true, value_of(a, was, typed) };
}

static struct table_typed read_table(
	struct arena *a, struct correcting *c, const struct found_table *f)
{
	struct table_typed t = { .table = f,
		.shown = correct_rows_shown(f, &c->room) };
	size_t columns = f->table->columns_n;

	t.cells = arena_many(a, struct typed_cell, t.shown * columns);
	for (size_t row = 0; row < t.shown; row++)
		for (size_t i = 0; i < columns; i++)
			read_cell(a, c, &t, row, i);
	return t;
}

/* A row that is not shown: as every shown row that held the same in that column,
 * when all of them got one value. */
static const struct cell *value_elsewhere(
	const struct table_typed *t, const struct cell *was, size_t column)
{
	size_t columns = t->table->table->columns_n;
	const struct cell *found = NULL;

	for (size_t i = 0; i < t->shown; i++) {
		const struct typed_cell *typed =
			&t->cells[i * columns + column];

		if (!cell_eq(&t->table->rows[i].cells[column], was))
			continue;
		if (!typed->is_changed ||
			(found && !cell_eq(found, &typed->value)))
			return NULL;
		found = &typed->value;
	}
	return found;
}

static const struct cell *value_at(
	const struct table_typed *t, size_t row, size_t column)
{
	const struct found_row *r = &t->table->rows[row];
	size_t columns = t->table->table->columns_n;

	if (row < t->shown) {
		const struct typed_cell *typed =
			&t->cells[row * columns + column];

		return typed->is_changed ? &typed->value : NULL;
	}
	if (!correct_may(t->table->table, column, r) ||
		r->cells[column].type == CELL_NULL)
		return NULL;
	return value_elsewhere(t, &r->cells[column], column);
}

/* --- what is kept of it --- */

/* The addresses that the rows were found by: a number that somebody typed may be
 * someone else's as well. */
static int add_identifiers(struct desk *d, const struct record *r,
	int64_t correction_id, struct err *e)
{
	str lines = arena_fmt(d->arena, "%.*s\n%.*s",
		STR_ARG(r->person.email.v), STR_ARG(r->person.other_emails.v));
	uint8_t key[IDENT_KEY_SIZE];
	str line;

	while (str_next(&lines, '\n', &line)) {
		struct sql_correction_identifier_add_in in = {
			.id_key = { (const char *)key, sizeof key },
			.correction_id = correction_id,
		};

		if (!ident_key_of(suppress_keyring(d->suppress), IDENT_EMAIL,
			    line, key) &&
			sql_correction_identifier_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int keep_change(struct desk *d, struct correcting *c,
	const struct sql_task_list_row *task, const struct map_system *s,
	const struct change *change, struct err *e)
{
	struct sql_correction_add_in in = {
		.request_id = c->r.row.id,
		.task_id = task->id,
		.system = s->name,
		.table_name = change->table->name,
		.column_name = change->column->name,
		.source = map_about_of(s, change->table, change->column).source,
		.made_at = desk_now(d),
		.never_disclose = change->column->never_disclose,
		.sealed = correct_seal(d, change),
	};
	struct sql_correction_add_row row;

	in.what = arena_fmt(d->arena, "%.*s (%.*s, %.*s)",
		STR_ARG(change->column->name), STR_ARG(change->table->holds),
		STR_ARG(s->title));
	c->cells++;
	c->emptied += change->value.type == CELL_NULL;
	c->has_sourceless |= !in.source.n;
	if (sql_correction_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return add_identifiers(d, &c->r, row.id, e);
}

/* Of two people who decide the same it is the same. */
static void add_to_sum(struct desk *d, struct correcting *c,
	const struct sql_task_list_row *task, const struct change *x)
{
	str line = arena_fmt(d->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%d\n%.*s",
		STR_ARG(c->sum), STR_ARG(task->name), STR_ARG(x->table->name),
		STR_ARG(x->column->name), STR_ARG(x->key.v.v),
		(int)x->value.type, STR_ARG(x->value.v.v));
	str hash = keys_hash(d->arena, d->keys, "second", line);

	c->sum = hex_of(d->arena, hash.p, hash.n);
}

static int keep_table(struct desk *d, struct correcting *c,
	const struct sql_task_list_row *task, const struct map_system *s,
	const struct found_table *f, struct err *e)
{
	struct table_typed t = read_table(d->arena, c, f);

	for (size_t row = 0; row < f->n; row++) {
		for (size_t i = 0; i < f->table->columns_n; i++) {
			const struct cell *value = value_at(&t, row, i);
			struct change change = { .table = f->table,
				.column = &f->table->columns[i],
				.key = f->rows[row].key,
				.was = f->rows[row].cells[i] };

			if (!value)
				continue;
			change.value = *value;
			add_to_sum(d, c, task, &change);
			if (keep_change(d, c, task, s, &change, e))
				return -1;
		}
	}
	return 0;
}

int correct_end_task(struct desk *d, int64_t task_id, const char *state,
	const char *evidence, struct err *e)
{
	struct sql_task_done_in in = { .id = task_id,
		.state = str_of(state),
		.at = desk_now(d),
		.evidence = str_of(evidence),
		.sealed = STR("") };

	return sql_task_done(d->db, &in, e) < 0 ? -1 : 0;
}

/* What the desk does not write there, staff may have written by hand. */
static int end_unchanged(struct desk *d, const struct correcting *c,
	const struct sql_task_list_row *task, struct err *e)
{
	if (c->c->done.n)
		return correct_end_task(
			d, task->id, "by_hand", "{\"by\":\"staff\"}", e);
	return correct_end_task(
		d, task->id, "unchanged", "{\"corrected\":[]}", e);
}

static int start_system(struct desk *d, const struct correcting *c,
	const struct sql_task_list_row *task, bool has_changes, struct err *e)
{
	struct sql_task_state_in move = { task->id, STR("found"),
		STR("correcting") };

	if (!has_changes)
		return end_unchanged(d, c, task, e);
	if (sql_task_state(d->db, &move, e) < 0)
		return -1;
	return desk_job(d, JOB_CHANGE, task->id, desk_now(d), e);
}

/* The system had other rows than these after all: decided anew. */
static int undo(struct desk *d, int64_t task_id, struct err *e)
{
	struct sql_correction_undo_identifiers_in whose = { task_id };
	struct sql_correction_undo_in in = { task_id };

	if (sql_correction_undo_identifiers(d->db, &whose, e) < 0)
		return -1;
	return sql_correction_undo(d->db, &in, e) < 0 ? -1 : 0;
}

static int keep_finding(struct desk *d, void *ctx,
	const struct sql_task_list_row *task, const struct finding *f,
	struct err *e)
{
	struct correcting *c = ctx;
	int64_t before = c->cells;

	if (!correct_is_open(task))
		return 0;
	if (undo(d, task->id, e))
		return -1;
	for (size_t t = 0; t < f->system->tables_n; t++) {
		if (!f->tables[t].n)
			continue;
		if (keep_table(d, c, task, f->system, &f->tables[t], e))
			return -1;
		c->table++;
	}
	c->systems += c->cells > before;
	return start_system(d, c, task, c->cells > before, e);
}

int correct_keep(struct desk *d, struct correcting *c, struct err *e)
{
	struct findings f = { c->map, &c->r, &c->t };

	c->table = 0;
	c->room = correct_room();
	c->has_sourceless = false;
	c->cells = c->systems = c->emptied = 0;
	c->sum = STR("");
	c->typed_n = 0;
	c->ps->n = 0;
	return c->map ? findings_each(d, &f, keep_finding, c, e) : 0;
}
