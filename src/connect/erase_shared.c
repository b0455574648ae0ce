#include "connect/erase_shared.h"

#include "base/base.h"
#include "connect/erase_parts.h"
#include "connect/keys.h"

bool erase_shared_is_due(const struct erase_request *q)
{
	for (size_t t = 0; t < q->plan->system->tables_n; t++)
		if (q->plan->shared[t] && !q->keys && !q->found_by)
			return true;
	return false;
}

static bool is_left(const struct erase_plan *p, const struct found_table *t,
	const struct found_row *r)
{
	return row_fate_of(t->table, r, p->is_shared_allowed) == FATE_SHARED;
}

/* A row that the plan leaves, and this search would not. */
static bool has_own_now(struct arena *a, const struct erase_plan *p,
	const struct found_table *then, const struct found_table *now)
{
	struct key_set left = key_set_in(a, then->n);

	for (size_t i = 0; i < then->n; i++)
		if (is_left(p, then, &then->rows[i]))
			key_set_add(&left, &then->rows[i].key, 1, i);
	for (size_t i = 0; i < now->n; i++)
		if (!now->rows[i].is_shared &&
			key_set_find(&left, now->rows[i].key.v.v))
			return true;
	return false;
}

static int ask(void *ctx, struct err *e)
{
	struct erase_shared *s = ctx;
	const struct erase_plan *p = s->q->plan;
	struct finding now;

	/* As many rows as the first search was allowed. */
	if (erase_find_again(s->conn, s->arena, s->q, 0, &now, e))
		return -1;
	for (size_t t = 0; t < p->system->tables_n; t++)
		s->has_news |= p->shared[t] &&
			       has_own_now(s->arena, p, &p->found.tables[t],
				       &now.tables[t]);
	return s->has_news ? err_set(e, ERR_CONFLICT,
				     "rows that were somebody else's too are "
				     "one person's now")
			   : 0;
}

void erase_shared_set(struct erase_shared *s, struct conn *c, struct arena *a,
	const struct erase_request *q)
{
	*s = (struct erase_shared){ .conn = c,
		.arena = a,
		.q = q,
		.guard = { .ask = ask, .ctx = s, .is_wide = true } };
}
