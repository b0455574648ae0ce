/*
 * What the suppression list said then, and what it says for which reason.  The
 * index knows only now, so the log is asked: for few questions by their keys, and
 * through those rows that hold many entries; for many it is read from its start,
 * once for all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "desk/limit.h"
#include "desk/own_act.h"
#include "desk/suppress_list.h"
#include "law/reason.h"
#include "store/sql.h"

enum {
	PAGE = 20000,
	PACKS_PAGE = 200,
	BUCKETS = 1 << 16,
	NONE = -1,
	FEW = 64, /* questions */
};

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

/* An entry about question `at`. */
typedef void entry_fn(void *ctx, size_t at, const struct pack *p);

static void take_pack(
	const struct asked *k, const struct pack *p, entry_fn *fn, void *ctx)
{
	for (size_t i = 0; i < p->n; i++) {
		const uint8_t *key = p->key + i * IDENT_KEY_SIZE;

		for (int32_t at = k->first[bucket_of(key)]; at != NONE;
			at = k->next[at])
			if (!memcmp(k->key + (size_t)at * IDENT_KEY_SIZE, key,
				    IDENT_KEY_SIZE))
				fn(ctx, (size_t)at, p);
	}
}

/* What one row says of one question. */
struct single {
	struct pack pack;
	size_t of;
};

struct singles {
	struct single *at;
	size_t n;
	size_t given; /* to the caller's function, in the order of the log */
};

static int compare_singles(const void *a, const void *b)
{
	const struct single *x = a, *y = b;

	return x->pack.first < y->pack.first ? -1
					     : x->pack.first > y->pack.first;
}

static int read_singles(struct desk *d, const struct asked *k,
	struct singles *out, struct err *e)
{
	struct packs *of = arena_many(d->arena, struct packs, k->n);
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++) {
		if (k->q[i].fault)
			continue;
		if (suppress_log_read_of(d->db, d->arena,
			    k->key + i * IDENT_KEY_SIZE, &of[i], e))
			return -1;
		n += of[i].n;
	}
	*out = (struct singles){ .at = arena_many(d->arena, struct single, n) };
	for (size_t i = 0; i < k->n; i++)
		for (size_t j = 0; j < of[i].n; j++)
			out->at[out->n++] = (struct single){ of[i].at[j], i };
	if (out->n)
		qsort(out->at, out->n, sizeof *out->at, compare_singles);
	return 0;
}

/* Those before an entry of the log, up to an instant. */
static void give_singles(
	struct singles *s, uint64_t before, int64_t at, entry_fn *fn, void *ctx)
{
	for (; s->given < s->n && s->at[s->given].pack.first < before;
		s->given++)
		if (s->at[s->given].pack.at <= at)
			fn(ctx, s->at[s->given].of, &s->at[s->given].pack);
}

/* As read_all(), of few questions. */
static int read_few(struct desk *d, const struct asked *k, int64_t at,
	entry_fn *fn, void *ctx, struct err *e)
{
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	struct singles singles;
	struct packs packs;
	uint64_t seq = 0;
	int rc = read_singles(d, k, &singles, e);

	while (!rc &&
		!(rc = suppress_log_read_packs(
			  d->db, page, seq, PACKS_PAGE, &packs, e)) &&
		packs.n) {
		for (size_t i = 0; i < packs.n; i++) {
			const struct pack *p = &packs.at[i];

			give_singles(&singles, p->first, at, fn, ctx);
			if (p->at <= at)
				take_pack(k, p, fn, ctx);
			seq = p->first + p->n - 1;
		}
		arena_clear(page);
	}
	if (!rc)
		give_singles(&singles, UINT64_MAX, at, fn, ctx);
	arena_free(page);
	return rc;
}

/* Entries up to an instant. */
static int read_all(struct desk *d, const struct asked *k, int64_t at,
	entry_fn *fn, void *ctx, struct err *e)
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
				take_pack(k, p, fn, ctx);
			seq = p->first + p->n - 1;
		}
		arena_clear(page);
	}
	arena_free(page);
	return rc;
}

static int read_until(struct desk *d, const struct asked *k, int64_t at,
	entry_fn *fn, void *ctx, struct err *e)
{
	return k->n <= FEW ? read_few(d, k, at, fn, ctx, e)
			   : read_all(d, k, at, fn, ctx, e);
}

static void take_reasons(void *ctx, size_t at, const struct pack *p)
{
	struct suppress_query *q = ctx;

	q[at].reasons = p->reasons;
}

int suppress_check_at(struct desk *d, struct suppress_query *q, size_t n,
	int64_t at, struct err *e)
{
	if (at > desk_now(d))
		return err_set(e, ERR_INVALID,
			"nobody knows what the list will say then");
	return read_until(d, ask(d, q, n), at, take_reasons, q, e);
}

/* --- why --- */

/* Of each question: since when each of its reasons holds. */
struct telling {
	struct arena *arena;
	struct suppress_why *why;
};

static struct suppress_reason *reason_slot(struct suppress_why *w, uint32_t bit)
{
	return &w->of[__builtin_ctz(bit)];
}

static void take_story(void *ctx, size_t at, const struct pack *p)
{
	struct telling *t = ctx;
	struct suppress_why *w = &t->why[at];

	for (uint32_t new = p->reasons & ~w->reasons; new; new &= new - 1)
		*reason_slot(w, new & -new) = (struct suppress_reason){
			.since_at = p->at,
			.source = arena_dup(t->arena, p->source),
			.request_id = p->request_id,
		};
	w->reasons = p->reasons;
	if (!(p->reasons & REASON_OPT_OUT) ||
		!str_eq(p->act, STR(OWN_ACT_AGAIN)))
		return;
	reason_slot(w, REASON_OPT_OUT)->again_at = p->at;
	reason_slot(w, REASON_OPT_OUT)->again_source =
		arena_dup(t->arena, p->source);
}

static int add_ends(struct desk *d, struct suppress_why *w, const uint8_t *key,
	struct err *e)
{
	struct sql_suppression_until_of_in in = { { (const char *)key,
		IDENT_KEY_SIZE } };
	struct sql_suppression_until_of_rows rows;

	if (sql_suppression_until_of(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		uint32_t reason = (uint32_t)rows.at[i].reason;

		if (reason & w->reasons)
			reason_slot(w, reason)->until_at = rows.at[i].until_at;
	}
	return 0;
}

static int add_references(struct desk *d, struct suppress_why *w, struct err *e)
{
	for (uint32_t left = w->reasons; left; left &= left - 1) {
		struct suppress_reason *r = reason_slot(w, left & -left);
		struct sql_request_by_id_in in = { r->request_id };
		struct sql_request_by_id_row row;
		int rc;

		if (!r->request_id)
			continue;
		rc = sql_request_by_id(d->db, d->arena, &in, &row, e);
		if (rc < 0)
			return -1;
		if (rc)
			r->reference = row.reference;
	}
	return 0;
}

int suppress_why(struct desk *d, struct suppress_query *q, size_t n,
	struct suppress_why *why, struct err *e)
{
	struct telling t = { d->arena, why };
	struct asked *k = ask(d, q, n);

	memset(why, 0, n * sizeof *why);
	if (read_until(d, k, INT64_MAX, take_story, &t, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		q[i].reasons = why[i].reasons;
		if (why[i].reasons &&
			(add_ends(d, &why[i], k->key + i * IDENT_KEY_SIZE, e) ||
				add_references(d, &why[i], e)))
			return -1;
	}
	return 0;
}
