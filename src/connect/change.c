/*
 * Corrections: a step for each row, then each cell read again by the row's key.
 */
#include "connect/change.h"

#include "base/base.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/json.h"
#include "connect/change_keyless.h"
#include "connect/person/item.h"

enum { EVIDENCE_MAX = 1 << 20 };

static bool is_link(const struct map_table *t, size_t column)
{
	for (size_t i = 0; i < t->links_n; i++)
		if (map_column_has(t, t->links[i].column, column))
			return true;
	return false;
}

bool change_may(
	const struct map_table *t, size_t column, const struct found_row *r)
{
	const struct cell *c = &r->cells[column];

	if (t->is_asked && column != ITEM_WHAT) /* a copy is not the thing */
		return false;
	return !map_column_has(t, t->key, column) &&
	       !t->columns[column].parts_n && !is_link(t, column) &&
	       !r->is_shared && c->type != CELL_BLOB && !c->is_cut &&
	       !c->is_hashed;
}

size_t change_row(const struct change_request *q, size_t first)
{
	const struct change *c = &q->at[first];
	size_t n = 1;

	while (first + n < q->n && q->at[first + n].table == c->table &&
		cell_eq(&q->at[first + n].key, &c->key))
		n++;
	return n;
}

static struct erase_step step_of(
	struct arena *a, const struct change *row, size_t n)
{
	struct step_set *set = arena_many(a, struct step_set, n);

	for (size_t i = 0; i < n; i++)
		set[i] = (struct step_set){ .column = row[i].column,
			.value = row[i].value };
	return (struct erase_step){ .table = row->table,
		.keys = &row->key,
		.keys_n = 1,
		.set = set,
		.set_n = n };
}

static int write_all_rows(struct conn *c, struct arena *a,
	const struct change_request *q, struct err *e)
{
	struct erase_step *steps = arena_many(a, struct erase_step, q->n);
	int64_t *set = arena_many(a, int64_t, q->n); /* reading again tells */
	size_t n = 0;

	for (size_t i = 0; i < q->n; i += change_row(q, i))
		steps[n++] = step_of(a, &q->at[i], change_row(q, i));
	return conn_erase(c, steps, n, set, e);
}

/* --- read again --- */

struct reading {
	struct arena *arena;
	const struct change *row;
	size_t n;
	struct cell *now; /* of the row's */
	struct change_result *out;
	size_t rows;
};

bool change_same(const struct cell *x, const struct cell *y)
{
	if (x->type == CELL_NULL || y->type == CELL_NULL)
		return x->type == y->type;
	return str_eq(x->v.v, y->v.v);
}

static int judge_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;

	(void)e;
	must(n == r->n);
	if (r->rows++)
		return err_set(e, ERR_CONFLICT,
			"several rows have the key of one that is corrected");
	for (size_t i = 0; i < n; i++) {
		if (change_same(&cells[i], &r->row[i].value))
			r->out->cells++;
		else if (change_same(&cells[i], &r->row[i].was))
			r->out->left++;
		else {
			r->out->own_form++;
			r->now[i] = cell_dup(r->arena, &cells[i]);
		}
	}
	return 0;
}

static int read_row(struct conn *c, struct reading *r, struct err *e)
{
	const struct map_table *t = r->row->table;
	str columns[MAP_COLUMNS_MAX];
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = r->n,
		.where = t->columns[t->key].name,
		.values = &r->row->key,
		.values_n = 1,
	};

	must(r->n <= COUNTOF(columns));
	for (size_t i = 0; i < r->n; i++)
		columns[i] = r->row[i].column->name;
	if (conn_rows(c, &q, judge_row, r, e) < 0)
		return -1;
	if (!r->rows)
		r->out->left += (int64_t)r->n;
	return 0;
}

/* --- evidence --- */

static void put_tables(struct json *j, const struct change_request *q)
{
	for (size_t i = 0; i < q->system->tables_n; i++) {
		const struct map_table *t = &q->system->tables[i];
		int64_t cells = 0;

		for (size_t k = 0; k < q->n; k++)
			cells += q->at[k].table == t;
		if (!cells)
			continue;
		json_begin_object(j);
		json_put(j, "table", t->name);
		json_key(j, "cells"), json_int(j, cells);
		json_end(j);
	}
}

static str evidence_of(struct arena *a, const struct change_request *q,
	const struct change_result *r)
{
	struct buf b = buf_in(a, EVIDENCE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put(&j, "system", q->system->name);
	json_put(&j, "at", instant_rfc3339(a, q->at_ms));
	json_key(&j, "corrected"), json_begin_array(&j);
	put_tables(&j, q);
	json_end(&j);
	json_key(&j, "as_given"), json_int(&j, r->cells);
	json_key(&j, "in_its_own_form"), json_int(&j, r->own_form);
	json_key(&j, "left"), json_int(&j, r->left);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

int change_run(struct conn *c, struct arena *a, const struct change_request *q,
	struct change_result *out, struct err *e)
{
	*out = (struct change_result){ 0 };
	if (write_all_rows(c, a, q, e) < 0)
		return -1;
	out->now = arena_many(a, struct cell, q->n);
	for (size_t i = 0; i < q->n; i += change_row(q, i)) {
		struct reading r = { .arena = a,
			.row = &q->at[i],
			.n = change_row(q, i),
			.now = &out->now[i],
			.out = out };

		out->rows++;
		if (!change_is_keyless(r.row->table) && read_row(c, &r, e) < 0)
			return -1;
	}
	if (change_read_keyless(c, a, q, out, e))
		return -1;
	out->is_proven = !out->left;
	out->evidence = evidence_of(a, q, out);
	return 0;
}
