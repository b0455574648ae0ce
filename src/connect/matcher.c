/* Rows that were brought, held against what was asked. */
#include "connect/matcher.h"

struct matcher matcher_of(struct arena *a, const struct row_query *q)
{
	struct matcher m = { .query = q };

	m.keys = key_set_in(a, q->is_all ? 0 : q->values_n);
	if (!q->is_all)
		key_set_add(&m.keys, q->values, q->values_n, 0);
	return m;
}

bool matcher_takes(const struct matcher *m, const struct cell *where)
{
	struct ident id;

	if (m->query->is_all)
		return true;
	if (where->type == CELL_NULL)
		return false;
	if (m->query->match != MATCH_IDENT)
		return key_set_find(&m->keys, where->v.v);
	if (ident_read(&id, IDENT_TOYON_1, m->query->kind, where->v.v))
		return false;
	return key_set_find(&m->keys, (str){ id.text, id.n });
}
