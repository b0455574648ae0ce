/*
 * What the suppression list said then.  The index knows only now, so the log is
 * read from its start, once for all that is asked.
 */
#include <stdlib.h>
#include <string.h>

#include "desk/limit.h"
#include "desk/suppress_list.h"

enum { PAGE = 20000, BUCKETS = 1 << 16, NONE = -1 };

/*
 * The questions by the first bytes of their keys, which are spread evenly: nearly
 * every entry of the log finds an empty bucket.
 */
struct asked {
	struct suppress_query *q;
	const uint8_t *key;
	size_t n;
	int32_t first[BUCKETS];
	int32_t *next; /* of the same bucket; n */
};

static size_t bucket_of(const uint8_t *key)
{
	return (size_t)key[0] << 8 | key[1];
}

static struct asked *ask(struct desk *d, struct suppress_query *q, size_t n)
{
	struct asked *k = arena_one(d->arena, struct asked);
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, n);

	must(n <= INT32_MAX);
	suppress_keys(suppress_keyring(d->suppress), q, n, key);
	*k = (struct asked){ .q = q, .key = key, .n = n };
	k->next = arena_many(d->arena, int32_t, n);
	memset(k->first, 0xff, sizeof k->first);
	for (size_t i = 0; i < n; i++) {
		int32_t *first = &k->first[bucket_of(key + i * IDENT_KEY_SIZE)];

		q[i].reasons = 0;
		if (q[i].fault)
			continue;
		k->next[i] = *first;
		*first = (int32_t)i;
	}
	return k;
}

static void take_pack(struct asked *k, const struct pack *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const uint8_t *key = p->key + i * IDENT_KEY_SIZE;

		for (int32_t at = k->first[bucket_of(key)]; at != NONE;
			at = k->next[at])
			if (!memcmp(k->key + (size_t)at * IDENT_KEY_SIZE, key,
				    IDENT_KEY_SIZE))
				k->q[at].reasons = p->reasons;
	}
}

static int read_until(
	struct desk *d, struct asked *k, int64_t at, struct err *e)
{
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	struct packs packs;
	uint64_t seq = 0;
	int rc;

	while (!(rc = suppress_log_read(d->db, page, seq, PAGE, &packs, e)) &&
		packs.n) {
		for (size_t i = 0; i < packs.n; i++) {
			const struct pack *p = &packs.at[i];

			/* Clocks of two nodes differ: a later entry can be of
			 * an earlier instant. */
			if (p->at <= at)
				take_pack(k, p);
			seq = p->first + p->n - 1;
		}
		arena_clear(page);
	}
	arena_free(page);
	return rc;
}

int suppress_check_at(struct desk *d, struct suppress_query *q, size_t n,
	int64_t at, struct err *e)
{
	if (at > desk_now(d))
		return err_set(e, ERR_INVALID,
			"nobody knows what the list will say then");
	return read_until(d, ask(d, q, n), at, e);
}
