#include "desk/returned_pending.h"

#include <stdlib.h>
#include <string.h>

#include "desk/record.h"

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, IDENT_KEY_SIZE);
}

/* What each request of the system has, and how much that is. */
static int read_all(struct desk *d, const struct sql_task_undeleted_rows *rows,
	struct record_keys *keys, size_t *n, struct err *e)
{
	*n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		struct record r;
		int rc = record_by_id(d, rows->at[i].request_id, &r, e);

		if (rc < 0)
			return -1;
		if (rc && r.seal)
			keys[i] = record_keys(d, &r);
		*n += keys[i].n;
	}
	return 0;
}

int returned_pending(
	struct desk *d, str system, struct returned_pending *out, struct err *e)
{
	struct sql_task_undeleted_in in = { system };
	struct sql_task_undeleted_rows rows;
	struct record_keys *keys;
	size_t n;

	*out = (struct returned_pending){ 0 };
	if (sql_task_undeleted(d->db, d->arena, &in, &rows, e) < 0)
		return -1;
	keys = arena_many(d->arena, struct record_keys, rows.n + 1);
	if (read_all(d, &rows, keys, &n, e))
		return -1;
	out->key = arena_array(d->arena, IDENT_KEY_SIZE, n + 1);
	for (size_t i = 0; i < rows.n; i++)
		for (size_t j = 0; j < keys[i].n; j++)
			memcpy(out->key[out->n++], keys[i].at[j].of,
				IDENT_KEY_SIZE);
	qsort(out->key, out->n, IDENT_KEY_SIZE, by_bytes);
	return 0;
}

bool returned_is_pending(
	const struct returned_pending *p, const uint8_t key[IDENT_KEY_SIZE])
{
	return bsearch(key, p->key, p->n, IDENT_KEY_SIZE, by_bytes) != NULL;
}
