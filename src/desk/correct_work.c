/*
 * Corrections after they were approved: what the worker writes, its report, and
 * what letters say of them.
 */
#include "desk/correct.h"

#include "connect/map_words.h"
#include "desk/correct_seal.h"
#include "desk/record.h"

/* --- the worker's --- */

static int place(const struct map_system *s, str table, str column,
	struct change *out, struct err *e)
{
	size_t at;

	out->table = map_table_named(s, table);
	at = out->table ? map_column_index(out->table, column) : 0;
	if (!out->table || at == out->table->columns_n)
		return err_set(e, ERR_CONFLICT,
			"the data map has no column \"%.*s\" in \"%.*s\" any "
			"more",
			STR_ARG(column), STR_ARG(table));
	out->column = &out->table->columns[at];
	return 0;
}

int correct_changes(struct desk *d, int64_t task_id, const struct map_system *s,
	struct changes *out, struct err *e)
{
	struct sql_correction_of_task_rows rows;
	int64_t *id;

	if (sql_correction_of_task(d->db, d->arena,
		    &(struct sql_correction_of_task_in){ task_id }, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct change, rows.n);
	out->id = id = arena_many(d->arena, int64_t, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		id[i] = rows.at[i].id;
		if (place(s, rows.at[i].table_name, rows.at[i].column_name,
			    &out->at[i], e) ||
			correct_open(d, rows.at[i].sealed, &out->at[i], e))
			return -1;
	}
	return 0;
}

int correct_keep_form(struct desk *d, int64_t id, const struct change *c,
	const struct cell *now, struct err *e)
{
	struct change kept = *c;
	struct sql_correction_form_in in = { .id = id };

	if (now->type == CELL_NULL)
		return 0;
	kept.own_form = *now;
	in.sealed = correct_seal(d, &kept);
	return sql_correction_form(d->db, &in, e) < 0 ? -1 : 0;
}

struct corrected_report {
	const struct work *w;
	const struct work_corrected *done;
};

static int keep_forms(
	struct desk *d, const struct work_corrected *done, struct err *e)
{
	const struct cell *now = done->result->now;

	for (size_t i = 0; now && i < done->of->n; i++)
		if (correct_keep_form(
			    d, done->of->id[i], &done->of->at[i], &now[i], e))
			return -1;
	return 0;
}

static int store_corrected(struct desk *d, void *ctx, struct err *e)
{
	const struct corrected_report *p = ctx;
	struct sql_task_done_in in = {
		.id = p->w->task_id,
		.state = STR("corrected"),
		.at = desk_now(d),
		.evidence = p->done->result->evidence,
	};
	struct sql_correction_done_in done = { in.id, in.at };
	struct record r;
	int64_t n;

	if (record_need(d, p->w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	in.sealed = record_seal_task(d, &r, p->w->name, p->done->said);
	n = sql_task_done(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	if (sql_correction_done(d->db, &done, e) < 0 ||
		keep_forms(d, p->done, e) ||
		DESK_AUDIT(d, AUDIT_SYSTEM_CORRECTED, r.row.reference, e,
			AD("system", p->w->title),
			AD("cells", p->done->result->cells +
					    p->done->result->own_form)))
		return -1;
	return fulfil_settle(d, &r, e);
}

int fulfil_corrected(struct desk *d, const struct work *w,
	const struct work_corrected *done, struct err *e)
{
	struct corrected_report p = { w, done };

	return desk_write(d, store_corrected, &p, e);
}

/* --- for letters and the vendor's page --- */

int correct_list(struct desk *d, int64_t request_id, struct corrected_list *out,
	struct err *e)
{
	struct sql_correction_of_request_rows rows;

	if (sql_correction_of_request(d->db, d->arena,
		    &(struct sql_correction_of_request_in){ request_id }, &rows,
		    e))
		return -1;
	out->n = 0;
	out->at = arena_many(d->arena, struct corrected, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct sql_correction_of_request_row *row = &rows.at[i];
		struct change c;

		if (!row->sealed.n)
			continue;
		if (correct_open(d, row->sealed, &c, e))
			return -1;
		out->at[out->n++] = (struct corrected){ .what = row->what,
			.source = row->source,
			.system = row->system,
			.table = row->table_name,
			.column = row->column_name,
			.value = c.value.v,
			.never_disclose = row->never_disclose,
			.is_deleted = c.value.type == CELL_NULL,
			.done_at = row->done_at,
			.is_proven = row->done_at && !row->by_hand };
	}
	return 0;
}

/* "zip (Contacts, CRM)" */
str corrected_words(struct arena *a, const struct map *m, enum lang l,
	const struct corrected *c)
{
	const struct map_system *s = map_system_named(m, c->system);
	const struct map_table *t = s ? map_table_named(s, c->table) : NULL;

	if (!t || map_column_index(t, c->column) == t->columns_n)
		return c->what;
	return arena_fmt(a, "%.*s (%.*s, %.*s)",
		STR_ARG(map_say(m, l, c->column)),
		STR_ARG(map_say(m, l, t->holds)),
		STR_ARG(map_say(m, l, s->title)));
}
