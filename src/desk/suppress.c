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

#include "base/enc.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/recall.h"
#include "ident/round.h"
#include "law/reason.h"
#include "store/sql.h"

enum { TAIL_PAGE = 5000, BUILD_PAGE = 20000 };

/* What a consumer has said, and takes back in two steps (11 CCR 7028(a)). */
enum { REASONS_OF_TWO_ACTS = REASON_OPT_OUT | REASON_LIMIT };

struct suppress {
	/* Followers take turns; look-ups share, a new base waits for them. */
	pthread_mutex_t following;
	pthread_rwlock_t set_lock;
	struct index *base;
	struct index_delta *delta;
	struct ident_keyring keyring;
	_Atomic uint64_t seq; /* of the last log entry in base or delta */
	/* Nothing is to be done but to ask whether the log has grown. */
	_Atomic bool is_settled;
	bool is_base_checked;
	char path[1024];
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

/* What stands in the log at seq, as an index file names it; 1, 0 nothing, -1. */
static int origin_at(struct db *db, struct arena *a, uint64_t seq,
	uint8_t origin[INDEX_ORIGIN_SIZE], struct err *e)
{
	struct sql_suppression_after_in in = { (int64_t)seq - 1, 1 };
	struct sql_suppression_after_rows rows;
	const struct sql_suppression_after_row *r;
	str text;

	if (!seq)
		return 0;
	if (sql_suppression_after(db, a, &in, &rows, e))
		return -1;
	if (!rows.n || (uint64_t)rows.at[0].seq != seq)
		return 0;
	r = &rows.at[0];
	text = arena_fmt(a, "%lld\n%lld\n%.*s\n%.*s\n%lld\n%.*s\n",
		(long long)r->seq, (long long)r->at, STR_ARG(r->act),
		STR_ARG(hex_of(a, r->id_key.p, r->id_key.n)),
		(long long)r->reasons, STR_ARG(r->source));
	crypto_hash_sha256(origin, (const unsigned char *)text.p, text.n);
	return 1;
}

/* Is this file of this log?  One of before, that says nothing, is believed. */
static int is_of_log(
	const struct index *base, struct db *db, struct arena *a, struct err *e)
{
	static const uint8_t not_said[INDEX_ORIGIN_SIZE];
	uint8_t there[INDEX_ORIGIN_SIZE] = { 0 };
	struct index_info info;

	if (!base)
		return 1;
	index_info(base, &info);
	if (origin_at(db, a, info.seq, there, e) < 0)
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
	ident_keyring_wipe(&s->keyring);
	pthread_rwlock_destroy(&s->set_lock);
	pthread_mutex_destroy(&s->following);
	free(s);
}

/* Entries read into the delta, or -1. */
static int64_t read_page(struct index_delta *delta, uint64_t *seq,
	struct db *db, struct arena *a, struct err *e)
{
	struct sql_suppression_after_in in = {
		.seq = (int64_t)*seq,
		.first = TAIL_PAGE,
	};
	struct sql_suppression_after_rows rows;

	if (sql_suppression_after(db, a, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		must(rows.at[i].id_key.n == IDENT_KEY_SIZE);
		*seq = (uint64_t)rows.at[i].seq;
		index_delta_put(delta, *seq,
			(const uint8_t *)rows.at[i].id_key.p,
			(uint32_t)rows.at[i].reasons);
	}
	return (int64_t)rows.n;
}

/* Mostly nothing is new.  After an import there are millions: they go through an
 * arena of their own, a request's would be full. */
static int read_tail(struct index_delta *delta, uint64_t *seq, struct db *db,
	struct arena *a, struct err *e)
{
	int64_t n = read_page(delta, seq, db, a, e);
	struct arena *page;

	if (n < TAIL_PAGE)
		return n < 0 ? -1 : 0;
	page = arena_new(LIMIT_JOB_ARENA);
	while (n == TAIL_PAGE) {
		arena_clear(page);
		n = read_page(delta, seq, db, page, e);
	}
	arena_free(page);
	return n < 0 ? -1 : 0;
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
	if (is_of_log(newer, db, a, &e) > 0 &&
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
	is_ours = is_of_log(s->base, db, a, e);
	if (is_ours < 0 || sql_suppression_max_seq(db, a, &top, e) < 0)
		return -1;
	if (!is_ours || (uint64_t)top.seq < base_seq(s->base))
		take_set(s, NULL, index_delta_new(s->keyring.cpu), 0);
	s->is_base_checked = true;
	return 0;
}

/*
 * Nearly always: then nobody waits for anybody.  What seq says is in the delta
 * is there, and a set that takes its place has it too.
 */
static bool is_up_to_date(struct suppress *s, struct db *db, struct arena *a)
{
	struct sql_suppression_after_in in = { .first = 1 };
	struct sql_suppression_after_rows rows;
	struct err e;

	if (!s->is_settled)
		return false;
	in.seq = (int64_t)s->seq;
	return !sql_suppression_after(db, a, &in, &rows, &e) && !rows.n;
}

int suppress_follow(
	struct suppress *s, struct db *db, struct arena *a, struct err *e)
{
	uint64_t seq;
	int rc = -1;

	/* What this transaction has added could still be undone, and its number
	 * given to another entry, which would then never be read. */
	must(!db_in_transaction(db));
	if (is_up_to_date(s, db, a))
		return 0;
	pthread_mutex_lock(&s->following);
	if (!check_base(s, db, a, e)) {
		take_newer_base(s, db, a);
		seq = s->seq;
		rc = read_tail(s->delta, &seq, db, a, e);
		s->seq = seq;
		s->is_settled =
			index_delta_count(s->delta) < LIMIT_DELTA_REBUILD / 2;
	}
	pthread_mutex_unlock(&s->following);
	return rc;
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

/* Keys of all; those with a fault are of no use. */
static void key_all(const struct ident_keyring *k, struct suppress_query *q,
	size_t n, uint8_t *key)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && end - i < IDENT_ROUND; end++)
			if (q[end].kind != q[i].kind)
				break;
		key_round(k, q + i, end - i, key + i * IDENT_KEY_SIZE);
	}
}

int suppress_check(
	struct desk *d, struct suppress_query *q, size_t n, struct err *e)
{
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, n);
	uint32_t *reasons = arena_array(d->arena, sizeof *reasons, n);
	struct suppress *s = d->suppress;
	struct suppress_set set;

	if (follow(d, e))
		return -1;
	key_all(&s->keyring, q, n, key);
	pthread_rwlock_rdlock(&s->set_lock);
	set = suppress_now(s);
	suppress_set_find_batch(&set, key, n, reasons);
	pthread_rwlock_unlock(&s->set_lock);
	for (size_t i = 0; i < n; i++)
		q[i].reasons = q[i].fault ? 0 : reasons[i];
	return 0;
}

/* The head of the audit trail is held first: what holds for a key can't change
 * between looking and writing, on either engine. */
static int last_reasons(
	struct desk *d, str id_key, uint32_t *reasons, struct err *e)
{
	struct sql_audit_head_row head;
	struct sql_suppression_last_row last;
	int rc;

	if (sql_audit_head(d->db, d->arena, &head, e) < 0)
		return -1;
	rc = sql_suppression_last(d->db, d->arena,
		&(struct sql_suppression_last_in){ .id_key = id_key }, &last,
		e);
	if (rc < 0)
		return -1;
	*reasons = rc ? (uint32_t)last.reasons : 0;
	return 0;
}

static int log_entry(struct desk *d, const char *act, enum ident_kind kind,
	str id_key, uint32_t reasons, str source, int64_t request_id,
	struct err *e)
{
	struct sql_suppression_add_in in = {
		.at = desk_now(d),
		.act = str_of(act),
		.kind = str_of(ident_kind_name(kind)),
		.id_key = id_key,
		.reasons = reasons,
		.source = source,
		.request_id = request_id,
	};
	struct sql_suppression_add_row row;

	return sql_suppression_add(d->db, d->arena, &in, &row, e) < 0 ? -1 : 0;
}

int suppress_add(struct desk *d, enum ident_kind kind,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t reasons, str source,
	int64_t request_id, struct err *e)
{
	str id_key = { (const char *)key, IDENT_KEY_SIZE };
	uint32_t was;

	must(db_in_transaction(d->db) && reasons);
	if (last_reasons(d, id_key, &was, e))
		return -1;
	if ((was | reasons) == was)
		return 0;
	return log_entry(d, "suppress", kind, id_key, was | reasons, source,
		request_id, e);
}

/* A batch given by hand: all of it can be read, or nothing is written. */
struct batch {
	struct suppress_query *q;
	size_t n;
	const uint8_t *key;
	uint32_t reasons;
	int64_t changed;
};

static int read_batch(struct desk *d, struct batch *b, struct err *e)
{
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, b->n);
	size_t bad = 0;

	for (size_t i = 0; i < b->n; i++) {
		b->q[i].fault = ident_key_of(suppress_keyring(d->suppress),
			b->q[i].kind, b->q[i].value, key + i * IDENT_KEY_SIZE);
		bad += b->q[i].fault != IDENT_FAULT_NONE;
	}
	b->key = key;
	if (!bad)
		return 0;
	err_set(e, ERR_INVALID,
		"%zu of %zu values can't be read as what they are said to be",
		bad, b->n);
	return err_hint(e, "nothing was written; mend them and try again");
}

static int put_batch(struct desk *d, void *ctx, struct err *e)
{
	struct batch *b = ctx;

	for (size_t i = 0; i < b->n; i++)
		if (suppress_add(d, b->q[i].kind, b->key + i * IDENT_KEY_SIZE,
			    b->reasons, desk_actor(d), 0, e))
			return -1;
	return DESK_AUDIT(d, AUDIT_SUPPRESSED, STR(""), e, AD("count", b->n),
		AD("reasons", suppress_reasons(d->arena, b->reasons)));
}

int suppress_put(struct desk *d, struct suppress_query *q, size_t n,
	uint32_t reasons, struct err *e)
{
	struct batch b = { .q = q, .n = n, .reasons = reasons };

	if (desk_need(d, PERM_SUPPRESS, e) || read_batch(d, &b, e))
		return -1;
	return desk_write(d, put_batch, &b, e);
}

static int release_one(struct desk *d, struct batch *b, size_t i, struct err *e)
{
	str id_key = { (const char *)b->key + i * IDENT_KEY_SIZE,
		IDENT_KEY_SIZE };
	uint32_t was;

	if (last_reasons(d, id_key, &was, e))
		return -1;
	if (!was)
		return 0;
	if (d->actor.kind == ACTOR_API && (was & REASONS_OF_TWO_ACTS)) {
		err_set(e, ERR_DENIED,
			"somebody on the list opted out or limited, and an API "
			"key can't take that back");
		return err_hint(e, "opting in takes two separate acts of the "
				   "person: leave them out; nothing was "
				   "released");
	}
	b->changed++;
	return log_entry(
		d, "release", b->q[i].kind, id_key, 0, desk_actor(d), 0, e);
}

static int release_batch(struct desk *d, void *ctx, struct err *e)
{
	struct batch *b = ctx;

	b->changed = 0;
	for (size_t i = 0; i < b->n; i++)
		if (release_one(d, b, i, e))
			return -1;
	return DESK_AUDIT(
		d, AUDIT_RELEASED, STR(""), e, AD("count", b->changed));
}

int suppress_release(
	struct desk *d, struct suppress_query *q, size_t n, struct err *e)
{
	struct batch b = { .q = q, .n = n };

	if (desk_need(d, PERM_SUPPRESS, e) || read_batch(d, &b, e))
		return -1;
	return desk_write(d, release_batch, &b, e);
}

/* A growing array of entries; the log can be larger than an arena may be. */
struct entries {
	struct index_entry *at;
	size_t n;
	size_t cap;
	uint32_t kinds;
};

static void entry_put(
	struct entries *s, const struct sql_suppression_current_row *row)
{
	enum ident_kind kind;

	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 4096;
		s->at = realloc(s->at, s->cap * sizeof *s->at);
		must(s->at != NULL);
	}
	must(row->id_key.n == IDENT_KEY_SIZE);
	memcpy(s->at[s->n].key, row->id_key.p, IDENT_KEY_SIZE);
	s->at[s->n].reasons = (uint32_t)row->reasons;
	s->n++;
	if (ident_kind_read(row->kind, &kind))
		s->kinds |= 1u << kind;
}

static int read_current(
	struct desk *d, int64_t top, struct entries *s, struct err *e)
{
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	uint8_t after[IDENT_KEY_SIZE];
	size_t after_n = 0;
	int rc;

	for (;;) {
		struct sql_suppression_current_in in = {
			.top = top,
			.after = { (const char *)after, after_n },
			.first = BUILD_PAGE,
		};
		struct sql_suppression_current_rows rows;

		rc = sql_suppression_current(d->db, page, &in, &rows, e);
		if (rc || !rows.n)
			break;
		for (size_t i = 0; i < rows.n; i++)
			entry_put(s, &rows.at[i]);
		memcpy(after, s->at[s->n - 1].key, IDENT_KEY_SIZE);
		after_n = IDENT_KEY_SIZE;
		arena_clear(page);
	}
	arena_free(page);
	return rc;
}

static int audit_build(struct desk *d, void *ctx, struct err *e)
{
	const struct index_info *info = ctx;

	return DESK_AUDIT(d, AUDIT_INDEX_BUILT, STR(""), e,
		AD("entries", info->keys), AD("seq", info->seq));
}

int suppress_build(
	struct desk *d, const char *index_path, int64_t *entries, struct err *e)
{
	struct sql_suppression_max_seq_row top;
	struct entries s = { 0 };
	struct index_opts opts = { .built_at = desk_now(d), .cpu = CPU_BEST };
	struct index_info info = { 0 };
	int rc = -1;

	if (sql_suppression_max_seq(d->db, d->arena, &top, e) < 0)
		return -1;
	if (read_current(d, top.seq, &s, e))
		goto out;
	opts.seq = opts.generation = (uint64_t)top.seq;
	opts.kinds = s.kinds;
	memcpy(opts.fingerprint, suppress_keyring(d->suppress)->fingerprint,
		sizeof opts.fingerprint);
	if (origin_at(d->db, d->arena, opts.seq, opts.origin, e) < 0)
		goto out;
	if (index_build(index_path, s.at, s.n, &opts, e))
		goto out;
	info.keys = s.n;
	info.seq = opts.seq;
	*entries = (int64_t)s.n;
	rc = desk_write(d, audit_build, &info, e);
out:
	free(s.at);
	return rc;
}

int suppress_refresh(struct desk *d, const char *index_path, int64_t most,
	int64_t *entries, struct err *e)
{
	struct suppress_set set = suppress_now(d->suppress);
	struct sql_suppression_max_seq_row top;
	int64_t behind;
	int is_ours = is_of_log(set.base, d->db, d->arena, e);

	if (is_ours < 0 ||
		sql_suppression_max_seq(d->db, d->arena, &top, e) < 0)
		return -1;
	behind = top.seq - (int64_t)suppress_set_seq(&set);
	if (is_ours && behind >= 0 && behind <= most)
		return 0;
	return suppress_build(d, index_path, entries, e) ? -1 : 1;
}

str suppress_reasons(struct arena *a, uint32_t mask)
{
	return reasons_list(a, mask);
}
