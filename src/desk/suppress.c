/*
 * The suppression list as the rest of the program sees it: an index file that
 * never changes, a delta over it, and the log that both are made from.
 *
 * What must stay true: an answer contains everything that was committed before
 * the question came.  So each check first reads the log behind the last entry
 * it knows, one indexed look-up that mostly finds nothing; or knows by a stamp
 * that nobody has committed since it did (desk/recall.h).
 */
#include "desk/suppress.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/enc.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/own_newer.h"
#include "desk/recall.h"
#include "desk/said.h"
#include "desk/suppress_list.h"
#include "ident/round.h"
#include "law/reason.h"
#include "store/sql.h"

enum { TAIL_PAGE = 5000, AHEAD = 16, LOOK_MS = 1000, CHECK_ROUND = 256 };

struct suppress {
	/* Followers take turns; look-ups share, a new base waits for them. */
	pthread_mutex_t following;
	pthread_rwlock_t set_lock;
	struct index *base;
	struct index_delta *delta;
	struct ident_keyring keyring;
	_Atomic uint64_t seq; /* of the last log entry in base or delta */
	/* Nothing is to be done but to ask whether the log has grown; else that
	 * and, from look_at_ms on (monotonic), whether there is a newer file. */
	_Atomic bool is_settled;
	_Atomic int64_t look_at_ms;
	_Atomic bool is_base_checked;
	char path[1024];
	struct said *said;
	struct own_newer *own_newer;
};

static int open_base(
	const struct suppress *s, struct index **out, struct err *e)
{
	struct index_open_opts opts = {
		.fingerprint = s->keyring.fingerprint,
		.cpu = s->keyring.cpu,
	};

	*out = NULL;
	if (!index_open(out, s->path, &opts, e))
		return 0;
	if (e->code != ERR_NOT_FOUND)
		return err_hint(e, "delete the file: it is a cache, and "
				   "`toyon index build` makes it anew");
	*out = NULL;
	return 0;
}

int suppress_origin_at(struct db *db, struct arena *a, uint64_t seq,
	uint8_t origin[INDEX_ORIGIN_SIZE], struct err *e)
{
	struct packs packs;
	const struct pack *p;
	str text;

	if (!seq)
		return 0;
	if (suppress_log_read(db, a, seq - 1, 1, &packs, e))
		return -1;
	if (!packs.n || packs.at[0].first != seq)
		return 0;
	p = &packs.at[0];
	text = arena_fmt(a, "%lld\n%lld\n%.*s\n%.*s\n%lld\n%.*s\n",
		(long long)seq, (long long)p->at, STR_ARG(p->act),
		STR_ARG(hex_of(a, p->key, IDENT_KEY_SIZE)),
		(long long)p->reasons, STR_ARG(p->source));
	crypto_hash_sha256(origin, (const unsigned char *)text.p, text.n);
	return 1;
}

int suppress_is_of_log(
	const struct index *base, struct db *db, struct arena *a, struct err *e)
{
	static const uint8_t not_said[INDEX_ORIGIN_SIZE];
	uint8_t there[INDEX_ORIGIN_SIZE] = { 0 };
	struct index_info info;

	if (!base)
		return 1;
	index_info(base, &info);
	if (suppress_origin_at(db, a, info.seq, there, e) < 0)
		return -1;
	return !memcmp(info.origin, not_said, sizeof not_said) ||
	       !memcmp(info.origin, there, sizeof there);
}

static uint64_t base_seq(const struct index *base)
{
	struct index_info info;

	if (!base)
		return 0;
	index_info(base, &info);
	return info.seq;
}

int suppress_open(struct suppress **out, const char *index_path,
	const struct keys *keys, struct err *e)
{
	struct suppress *s = calloc(1, sizeof *s);

	must(s && strlen(index_path) < sizeof s->path);
	memcpy(s->path, index_path, strlen(index_path) + 1);
	pthread_mutex_init(&s->following, NULL);
	pthread_rwlock_init(&s->set_lock, NULL);
	ident_keyring_init(&s->keyring, keys_index(keys), CPU_BEST);
	if (open_base(s, &s->base, e)) {
		suppress_close(s);
		return -1;
	}
	s->delta = index_delta_new(s->keyring.cpu);
	s->said = said_new(s->keyring.cpu);
	s->own_newer = own_newer_new(s->keyring.cpu);
	s->seq = base_seq(s->base);
	*out = s;
	return 0;
}

void suppress_close(struct suppress *s)
{
	if (!s)
		return;
	index_close(s->base);
	if (s->delta)
		index_delta_free(s->delta);
	said_free(s->said);
	own_newer_free(s->own_newer);
	ident_keyring_wipe(&s->keyring);
	pthread_rwlock_destroy(&s->set_lock);
	pthread_mutex_destroy(&s->following);
	free(s);
}

uint64_t suppress_delta_put(
	struct index_delta *delta, const struct packs *packs)
{
	const struct pack *p = packs->at, *end = p + packs->n;
	uint64_t seq = 0;

	for (; p < end; p++)
		for (size_t i = 0; i < p->n; i++) {
			const uint8_t *key = p->key + i * IDENT_KEY_SIZE;

			if (i + AHEAD < p->n)
				index_delta_expect(delta,
					key + (size_t)AHEAD * IDENT_KEY_SIZE);
			seq = p->first + i;
			index_delta_put(delta, seq, key, p->reasons);
		}
	return seq;
}

/*
 * Mostly nothing is new.  After an import there are millions: they go through an
 * arena of their own, a request's would be full.
 */
static int read_tail(struct index_delta *delta, uint64_t *seq, struct db *db,
	struct arena *a, struct err *e)
{
	struct arena *page = NULL;
	struct packs packs;
	size_t n = 0;
	int rc;

	while (!(rc = suppress_log_read(
			 db, page ? page : a, *seq, TAIL_PAGE, &packs, e)) &&
		packs.n) {
		*seq = suppress_delta_put(delta, &packs);
		n += packs.entries;
		if (page)
			arena_clear(page);
		else if (n >= TAIL_PAGE)
			page = arena_new(LIMIT_JOB_ARENA);
	}
	arena_free(page);
	return rc;
}

/* Base (may be NULL) and delta take the place of the old ones. */
static void take_set(struct suppress *s, struct index *base,
	struct index_delta *delta, uint64_t seq)
{
	struct index *old = s->base;
	struct index_delta *old_delta = s->delta;

	pthread_rwlock_wrlock(&s->set_lock);
	s->base = base;
	s->delta = delta;
	s->seq = seq;
	pthread_rwlock_unlock(&s->set_lock);
	index_close(old);
	index_delta_free(old_delta);
}

/*
 * A newer file takes the place of the old one when the delta has grown.  What
 * the log says behind it is read first: others look things up meanwhile, and
 * must never see the new file without it.  A file that can't be used leaves
 * everything as it is: base and delta are still right.
 */
static void take_newer_base(struct suppress *s, struct db *db, struct arena *a)
{
	struct index_delta *delta;
	struct index *newer;
	struct err e;
	uint64_t seq;

	if (index_delta_count(s->delta) < LIMIT_DELTA_REBUILD / 2 ||
		(s->base && !index_is_stale(s->base, s->path)))
		return;
	if (open_base(s, &newer, &e) || !newer)
		return;
	delta = index_delta_new(s->keyring.cpu);
	seq = base_seq(newer);
	if (suppress_is_of_log(newer, db, a, &e) > 0 &&
		!read_tail(delta, &seq, db, a, &e)) {
		take_set(s, newer, delta, seq);
		return;
	}
	index_close(newer);
	index_delta_free(delta);
}

/*
 * A database that was restored from a back-up ends before the file does, or has
 * grown past it since with other entries: those have numbers that the file says
 * it holds, and would never be read.  Then all comes from the log.
 */
static int check_base(
	struct suppress *s, struct db *db, struct arena *a, struct err *e)
{
	struct sql_suppression_max_seq_row top;
	int is_ours;

	if (s->is_base_checked)
		return 0;
	is_ours = suppress_is_of_log(s->base, db, a, e);
	if (is_ours < 0 || sql_suppression_max_seq(db, a, &top, e) < 0)
		return -1;
	if (!is_ours || (uint64_t)top.seq < base_seq(s->base))
		take_set(s, NULL, index_delta_new(s->keyring.cpu), 0);
	s->is_base_checked = true;
	return 0;
}

static void settle(struct suppress *s)
{
	s->is_settled = index_delta_count(s->delta) < LIMIT_DELTA_REBUILD / 2;
}

/*
 * Nearly always: then nobody waits for anybody.  What seq says is in the delta
 * is there, and a set that takes its place has it too.
 */
static bool is_up_to_date(struct suppress *s, struct db *db, struct arena *a)
{
	struct sql_suppression_max_seq_row top;
	struct err e;

	if (!s->is_base_checked ||
		(!s->is_settled && clock_mono_ms() >= s->look_at_ms))
		return false;
	return sql_suppression_max_seq(db, a, &top, &e) == 1 &&
	       (uint64_t)top.seq <= s->seq;
}

static int read_on(
	struct suppress *s, struct db *db, struct arena *a, struct err *e)
{
	uint64_t seq;
	int rc = -1;

	if (is_up_to_date(s, db, a))
		return 0;
	pthread_mutex_lock(&s->following);
	if (!check_base(s, db, a, e)) {
		take_newer_base(s, db, a);
		seq = s->seq;
		rc = read_tail(s->delta, &seq, db, a, e);
		s->seq = seq;
		settle(s);
		s->look_at_ms = clock_mono_ms() + LOOK_MS;
	}
	pthread_mutex_unlock(&s->following);
	return rc;
}

int suppress_follow(
	struct suppress *s, struct db *db, struct arena *a, struct err *e)
{
	/* What this transaction has added could still be undone, and its number
	 * given to another entry, which would then never be read. */
	must(!db_in_transaction(db));
	return read_on(s, db, a, e);
}

int suppress_catch_up(
	struct suppress *s, struct db *db, struct arena *a, struct err *e)
{
	must(db_in_transaction(db));
	return read_on(s, db, a, e);
}

struct said *suppress_said(const struct suppress *s)
{
	return s->said;
}

struct own_newer *suppress_own_newer(const struct suppress *s)
{
	return s->own_newer;
}

uint64_t suppress_seq(const struct suppress *s)
{
	return s->seq;
}

void suppress_take(struct suppress *s, const struct packs *packs)
{
	pthread_mutex_lock(&s->following);
	if (packs->n && packs->at[0].first == s->seq + 1) {
		s->seq = suppress_delta_put(s->delta, packs);
		settle(s);
	}
	pthread_mutex_unlock(&s->following);
}

/* Not even asked when nobody has committed since this connection asked last:
 * what was in the set then still is, and settled it stays until it says no. */
static int follow(struct desk *d, struct err *e)
{
	bool holds = recall_holds(d->recall, d->db);

	if (holds && recall_is_followed(d->recall) && d->suppress->is_settled)
		return 0;
	if (suppress_follow(d->suppress, d->db, d->arena, e))
		return -1;
	if (holds)
		recall_followed(d->recall);
	return 0;
}

struct suppress_set suppress_now(struct suppress *s)
{
	return (struct suppress_set){ .base = s->base, .delta = s->delta };
}

const struct ident_keyring *suppress_keyring(const struct suppress *s)
{
	return &s->keyring;
}

/* n questions of one kind, at most IDENT_ROUND. */
static void key_round(const struct ident_keyring *k, struct suppress_query *q,
	size_t n, uint8_t *key)
{
	struct ident_round r;

	ident_round_start(&r, k->cpu, q->kind);
	for (size_t i = 0; i < n; i++)
		ident_round_add(&r, q[i].value);
	ident_round_finish(&r);
	for (size_t i = 0; i < n; i++)
		q[i].fault = (enum ident_fault)r.fault[i];
	ident_key_batch(k, q->kind, r.digest, n, key);
}

void suppress_keys(const struct ident_keyring *k, struct suppress_query *q,
	size_t n, uint8_t *key)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && end - i < IDENT_ROUND; end++)
			if (q[end].kind != q[i].kind)
				break;
		key_round(k, q + i, end - i, key + i * IDENT_KEY_SIZE);
	}
}

void suppress_find(
	struct suppress *s, const uint8_t *key, size_t n, uint32_t *reasons)
{
	struct suppress_set set;

	pthread_rwlock_rdlock(&s->set_lock);
	set = suppress_now(s);
	suppress_set_find_batch(&set, key, n, reasons);
	pthread_rwlock_unlock(&s->set_lock);
}

/* So many that waiting for the index's memory overlaps, and no more than stay in
 * a cache. */
static void check_round(struct suppress *s, struct suppress_query *q, size_t n)
{
	uint8_t key[CHECK_ROUND * IDENT_KEY_SIZE];
	uint32_t reasons[CHECK_ROUND];

	must(n <= CHECK_ROUND);
	suppress_keys(&s->keyring, q, n, key);
	suppress_find(s, key, n, reasons);
	for (size_t i = 0; i < n; i++)
		q[i].reasons = q[i].fault ? 0 : reasons[i];
}

int suppress_check(
	struct desk *d, struct suppress_query *q, size_t n, struct err *e)
{
	if (follow(d, e))
		return -1;
	for (size_t i = 0; i < n; i += CHECK_ROUND)
		check_round(d->suppress, q + i,
			n - i < CHECK_ROUND ? n - i : CHECK_ROUND);
	return 0;
}

str suppress_reasons(struct arena *a, uint32_t mask)
{
	return reasons_list(a, mask);
}
