#include "connect/erase_rows.h"

#include "base/base.h"
#include "connect/erase_ready.h"
#include "connect/limit.h"

static const struct found_table *own_rows(
	const struct row_group *g, const struct finding *f)
{
	return &f->tables[g->table - f->system->tables];
}

/* The people's own rows: is one of them somebody else's too, or an exception? */
static bool is_any_staying(const struct row_group *g, const struct finding *f)
{
	const struct found_table *t = own_rows(g, f);

	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < g->n; k++)
			if ((t->rows[i].is_shared || t->rows[i].is_excepted) &&
				str_eq(t->rows[i].key.v.v, g->key[k]))
				return true;
	return false;
}

/*
 * Of a group: a row that is somebody else's too, whom it has to be asked of one
 * by one; of people in a table that is kept, one who is not only there, or not
 * any more.
 */
static bool is_mixed(const struct row_group *g, const struct finding *f)
{
	if (map_erase_deletes(g->table->erase))
		return is_any_staying(g, f);
	return g->planned || own_rows(g, f)->n < g->n;
}

/* ERR_LIMIT: too many at once. */
static int erase_together(
	const struct row_eraser *x, struct row_group *g, struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX };
	struct find_keys keys = { g->table, g->key, g->n, g->is_owned };
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan,
		.keys = &keys,
		.at_ms = x->at_ms,
	};
	struct finding f;

	if (find_by_key(x->conn, x->arena, &keys, &whole, &f, e) ||
		erase_ready(x->conn, x->arena, &f, e))
		return -1;
	erase_plan_of(x->arena, &f, false, &plan);
	erase_plan_uncount(&plan);
	erase_plan_sum(&plan, &g->planned, &g->standing);
	g->found = &f;
	if (g->n > 1 && is_mixed(g, &f))
		return err_set(e, ERR_LIMIT,
			"rows of several people have to be told apart");
	g->is_kept = f.rows_n && !g->planned;
	if (x->plan(x->ctx, g, e) ||
		erase_run(x->conn, x->arena, &q, &g->result, e) ||
		x->done(x->ctx, g, e))
		return -1;
	if (g->result.is_proven)
		return 0;
	err_set(e, ERR_CONFLICT, "rows came back while they were erased");
	return err_hint(e, "they are erased again by the next run");
}

/* Too many rows for one search, or rows that need to be told apart. */
static int erase_halves(
	const struct row_eraser *x, const struct row_group *all, struct err *e)
{
	size_t middle = all->n / 2;
	struct row_group first = *all, second = *all;

	first.n = middle;
	second.key += middle;
	second.n -= middle;
	second.first += middle;
	return erase_rows(x, &first, e) || erase_rows(x, &second, e) ? -1 : 0;
}

int erase_rows(
	const struct row_eraser *x, const struct row_group *g, struct err *e)
{
	struct row_group own = *g;

	must(g->n && g->n <= FIND_KEYS_MAX);
	if (!erase_together(x, &own, e))
		return 0;
	if (g->n == 1)
		return x->skip(x->ctx, g, e);
	return e->code == ERR_LIMIT ? erase_halves(x, g, e) : -1;
}
