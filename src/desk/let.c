/* Letting rows go that are somebody else's too. */
#include "desk/let.h"

#include "connect/limit.h"
#include "connect/map_words.h"
#include "desk/fulfil_task.h"
#include "desk/note.h"
#include "desk/parts.h"
#include "desk/second.h"

static bool is_pointed_to(const struct map_system *s, const struct map_table *t)
{
	for (size_t k = 0; k < s->tables_n; k++)
		for (size_t i = 0; i < s->tables[k].links_n; i++) {
			const struct map_link *l = &s->tables[k].links[i];

			if (l->is_shared && &s->tables[l->to] == t)
				return true;
		}
	return false;
}

bool let_may(const struct map_system *s, const struct map_table *t,
	const struct found_row *r)
{
	return r->is_shared && !r->is_excepted && t->erase != ERASE_KEEP &&
	       !is_pointed_to(s, t);
}

/* --- the decision --- */

struct letting {
	str reference;
	const struct let_choice *choice;
	struct record r;
	const struct sql_task_list_row *task;
	const struct map_table *table;
	size_t n;       /* rows that go */
	size_t changed; /* decided otherwise than before */
};

static bool is_chosen(const struct let_choice *c, size_t row)
{
	bool out = c->is_all;

	for (size_t i = 0; i < c->rows.n; i++)
		out |= c->rows.at[i] == row;
	return out;
}

static void mark(struct letting *x, const struct finding *f)
{
	const struct map_system *s = f->system;
	struct found_table *t = &f->tables[x->table - s->tables];

	for (size_t i = 0; i < t->n; i++) {
		struct found_row *r = &t->rows[i];
		bool goes = let_may(s, x->table, r) && is_chosen(x->choice, i);

		x->n += goes;
		x->changed += goes != r->is_let;
		r->is_let = goes;
	}
}

static int store(struct desk *d, const struct letting *x,
	const struct finding *f, struct err *e)
{
	struct buf json = buf_in(d->arena, FIND_JSON_MAX);
	struct sql_task_finding_in in = { .id = x->task->id };

	find_to_json(&json, f);
	must(buf_ok(&json));
	in.sealed = record_seal_task(d, &x->r, x->task->name, buf_str(&json));
	return sql_task_finding(d->db, &in, e) < 0 ? -1 : 0;
}

/* One line a table; the words of staff may hold line ends. */
static int note_why(struct desk *d, struct letting *x, struct err *e)
{
	str place = map_place(d->arena, x->table->holds, x->task->title);
	str start = arena_fmt(d->arena, "%.*s: ", STR_ARG(place));
	str rest = x->r.person.let_why.v, all = STR(""), line;
	bool fits = true;

	while (str_next(&rest, '\n', &line))
		if (!str_starts(line, start))
			person_list_add(
				d->arena, &all, line, PERSON_let_why_max);
	if (x->n)
		fits = person_list_add(d->arena, &all,
			arena_fmt(d->arena, "%.*s%.*s", STR_ARG(start),
				STR_ARG(note_line(d->arena, x->choice->why))),
			PERSON_let_why_max);
	x->r.person.let_why.v = all;
	return fits ? 0
		    : err_set(e, ERR_LIMIT,
			      "what was written about such rows of this case "
			      "is too long together");
}

static int mark_rows(struct desk *d, struct letting *x, struct err *e)
{
	const struct map_system *s;
	struct finding f;
	struct map map;
	str json;

	if (map_read(d->arena, d->data_map, &map, e))
		return -1;
	s = map_system_named(&map, x->choice->system);
	s = s ? parts_system(d->arena, s, parts_of(&x->r.person)) : NULL;
	x->table = s ? map_table_named(s, x->choice->table) : NULL;
	if (!x->table)
		return err_set(e, ERR_CONFLICT,
			"the data map has no such table any more");
	if (record_open_task(
		    d, &x->r, x->task->name, x->task->sealed, &json, e) ||
		find_from_json(d->arena, s, json, &f, e))
		return -1;
	mark(x, &f);
	if (!x->changed)
		return err_set(e, ERR_CONFLICT,
			"none of these rows is decided otherwise");
	return store(d, x, &f, e);
}

static const struct sql_task_list_row *task_of(
	const struct tally *t, const struct let_choice *c)
{
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct sql_task_list_row *row = &t->rows.at[i];

		if (str_eq(row->target, STR("system")) && !row->done_at &&
			str_eq(row->state, STR("found")) &&
			str_eq(row->name, c->system))
			return row;
	}
	return NULL;
}

static int open_case(
	struct desk *d, struct letting *x, struct tally *t, struct err *e)
{
	if (record_need(d, x->reference, &x->r, e) ||
		record_lock(d, &x->r, e) || record_tally(d, x->r.row.id, t, e))
		return -1;
	x->task = task_of(t, x->choice);
	if (kind_row(x->r.kind)->flow != FLOW_ERASE ||
		x->r.state != STATE_REVIEW || t->systems_searching || !x->task)
		return err_set(e, ERR_CONFLICT,
			"rows are let go while a deletion waits for approval");
	if (!str_eq(x->choice->seen, record_seen(d, t)))
		return err_set(e, ERR_CONFLICT,
			"other rows were found, or kept, since this page was "
			"opened");
	return 0;
}

static int let(struct desk *d, void *ctx, struct err *e)
{
	struct letting *x = ctx;
	struct tally t;

	if (open_case(d, x, &t, e) || mark_rows(d, x, e) || note_why(d, x, e) ||
		record_save_person(d, &x->r, e) ||
		second_drop(d, x->r.row.id, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_SHARED_LET, x->r.row.reference, e,
		AD("rows", x->n), AD("table", x->table->holds),
		AD("system", x->task->title));
}

int case_let(struct desk *d, str reference, const struct let_choice *c,
	struct problems *ps, struct err *e)
{
	struct let_choice trimmed = *c;
	struct letting x = { .reference = reference, .choice = &trimmed };

	trimmed.why = str_trim(c->why);
	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	note_check(trimmed.why, "let_why",
		c->is_all || c->rows.n
			? "Write why these rows may go though they are "
			  "somebody else's too"
			: NULL,
		ps);
	return ps->n ? 0 : desk_write(d, let, &x, e);
}
