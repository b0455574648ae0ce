#include "connect/expire_again.h"

#include "base/base.h"
#include "connect/keys.h"

static bool is_same_table(struct arena *a, const struct found_table *was,
	const struct found_table *is)
{
	struct key_set keys = key_set_in(a, is->n);

	for (size_t i = 0; i < is->n; i++)
		key_set_add(&keys, &is->rows[i].key, 1, i);
	for (size_t i = 0; i < was->n; i++)
		if (!key_set_find(&keys, was->rows[i].key.v.v))
			return false;
	return was->n == is->n;
}

static bool is_same(struct arena *a, const struct expire_batch_rows *was,
	const struct expire_batch_rows *is)
{
	if (is->is_unsure)
		return false;
	for (size_t t = 0; t < was->going.system->tables_n; t++)
		if (!is_same_table(
			    a, &was->going.tables[t], &is->going.tables[t]))
			return false;
	return true;
}

static int ask(void *ctx, struct err *e)
{
	struct expire_again *x = ctx;
	struct expire_batch_rows is = { .table = x->was->table,
		.keys = x->was->keys,
		.n = x->was->n,
		.today = x->was->today };

	arena_clear(x->arena);
	if (expire_gather(x->conn, x->arena, &is, e)) {
		x->has_failed = true;
		x->failure = *e;
		return -1;
	}
	x->has_changed = !is_same(x->arena, x->was, &is);
	return x->has_changed
		       ? err_set(e, ERR_CONFLICT,
				 "a row was changed since it was looked at")
		       : 0;
}

void expire_again_set(struct expire_again *x, struct conn *c, struct arena *a,
	const struct expire_batch_rows *was)
{
	*x = (struct expire_again){ .guard = { .ask = ask, .ctx = x },
		.conn = c,
		.arena = a,
		.was = was };
}
