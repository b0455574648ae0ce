/*
 * Signals of many callers in one transaction, and the packs they are written in:
 * each caller hears of its own, nothing is twice, and whoever reads the log reads
 * entries.  On both engines.
 */
#include "check.h"
#include "fresh.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <time.h>

#include "desk/config.h"
#include "desk/follow.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/signals_group.h"
#include "desk/suppress_log.h"
#include "law/reason.h"
#include "store/sql.h"

struct test {
	struct arena *a;
	const char *dir;
	struct fresh fresh;
	struct config config;
	struct clock clock;
	struct keys *keys;
	struct db *db;
	struct suppress *suppress;
};

static struct desk desk_as(struct test *t, enum actor_kind kind, int64_t id)
{
	return (struct desk){ .db = t->db,
		.arena = t->a,
		.clock = &t->clock,
		.keys = t->keys,
		.config = &t->config,
		.suppress = t->suppress,
		.actor = { .kind = kind, .id = id },
		.wake_fd = -1 };
}

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s)\n", what, e->message, e->detail);
	exit(1);
}

static struct db *open_db(struct test *t, int64_t fault_at)
{
	struct db_opts opts = { .may_create = true, .fault_at = fault_at };
	struct err e = { 0 };
	struct db *db;

	if (db_open(&db, t->fresh.url, &opts, &e))
		fail("database", &e);
	return db;
}

static struct suppress *open_list(struct test *t, const char *name)
{
	struct suppress *s;
	struct err e = { 0 };

	if (suppress_open(&s,
		    arena_cstr(t->a, arena_fmt(t->a, "%s/%s", t->dir, name)),
		    t->keys, &e))
		fail("list", &e);
	return s;
}

static void start(struct test *t, const char *server)
{
	struct err e = { 0 };

	t->a = arena_new(1u << 30);
	t->fresh = fresh_start(t->a, server, "signals");
	t->dir = arena_cstr(
		t->a, arena_fmt(t->a, "/tmp/t_signals.%ld", (long)getpid()));
	must(!system(arena_cstr(
		t->a, arena_fmt(t->a, "mkdir -p -m 700 %s", t->dir))));
	t->clock.fixed_ms = 1795294800000; /* November 21, 2026 */
	if (keys_make(t->dir, &e) ||
		keys_load(t->a, t->dir, KEYS_ALL, &t->keys, &e))
		fail("keys", &e);
	t->db = open_db(t, 0);
	if (db_migrate(t->db, &e))
		fail("schema", &e);
	t->suppress = open_list(t, "index.tyx");
}

static void end(struct test *t)
{
	suppress_close(t->suppress);
	db_close(t->db);
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -rf %s", t->dir))));
	fresh_end(t->a, &t->fresh);
	arena_free(t->a);
}

/* --- what is in the record --- */

static int64_t log_length(struct test *t)
{
	struct sql_suppression_count_row row;
	struct err e = { 0 };

	must(sql_suppression_count(t->db, t->a, &row, &e) == 1);
	return row.n;
}

static int64_t audit_length(struct test *t)
{
	struct sql_audit_end_row row;
	struct err e = { 0 };

	must(sql_audit_end(t->db, t->a, &row, &e) == 1);
	return row.seq;
}

/* What the trail says behind seq that an actor added; *entries: in how many. */
static int64_t told_of(
	struct test *t, int64_t seq, const char *actor, int *entries)
{
	struct sql_audit_from_rows rows;
	struct err e = { 0 };
	int64_t sum = 0;

	*entries = 0;
	must(!sql_audit_from(t->db, t->a,
		&(struct sql_audit_from_in){ seq, 1000 }, &rows, &e));
	for (size_t i = 0; i < rows.n; i++) {
		json_t *detail;

		if (!str_eq(rows.at[i].actor, str_of(actor)))
			continue;
		must(!json_read(t->a, rows.at[i].detail, 1000, &detail, &e));
		sum += json_number(detail, "count", 0);
		++*entries;
	}
	return sum;
}

static uint32_t reasons_of(struct test *t, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(value) };
	struct err e = { 0 };

	if (suppress_check(&d, &q, 1, &e))
		fail("check", &e);
	return q.reasons;
}

/* --- callers --- */

struct caller {
	struct signals s;
	pthread_mutex_t lock;
	pthread_cond_t told;
	int times;
};

static void hear(void *ctx)
{
	struct caller *c = ctx;

	pthread_mutex_lock(&c->lock);
	c->times++;
	pthread_cond_signal(&c->told);
	pthread_mutex_unlock(&c->lock);
}

/* n addresses, numbered from first, of one name. */
static struct caller *caller(
	struct test *t, struct arena *a, const char *name, int first, int n)
{
	struct caller *c = arena_one(a, struct caller);
	struct desk d = desk_as(t, ACTOR_API, 1);
	struct err e = { 0 };

	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->told, NULL);
	c->s = (struct signals){ .at = arena_many(
					 a, struct suppress_query, (size_t)n),
		.n = (size_t)n,
		.reasons = REASON_OPT_OUT,
		.source = STR("gpc"),
		.told = hear,
		.ctx = c };
	for (int i = 0; i < n; i++)
		c->s.at[i] = (struct suppress_query){ .kind = IDENT_EMAIL,
			.value = arena_fmt(
				a, "%s.%d@example.com", name, first + i) };
	d.arena = a;
	if (signals_read(&d, &c->s, &e))
		fail("read", &e);
	return c;
}

static void wait_for(struct caller *c)
{
	pthread_mutex_lock(&c->lock);
	while (!c->times)
		pthread_cond_wait(&c->told, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

struct writer {
	struct desk d;
	struct signals_group *group;
};

static struct writer write_with(struct test *t)
{
	struct writer w = { .d = desk_as(t, ACTOR_COMMAND, 0) };

	w.d.db = open_db(t, 0);
	w.d.arena = arena_new(LIMIT_JOB_ARENA);
	w.group = signals_group_start(&w.d);
	return w;
}

static void stop(struct writer *w)
{
	signals_group_stop(w->group);
	db_close(w->d.db);
	arena_free(w->d.arena);
}

/* Nobody can add to the log until let_go(). */
static void hold(struct test *t)
{
	struct sql_audit_head_row head;
	struct err e = { 0 };

	if (db_begin(t->db, DB_WRITE, &e) ||
		sql_audit_head(t->db, t->a, &head, &e) != 1)
		fail("hold", &e);
}

static void let_go(struct test *t)
{
	db_rollback(t->db);
}

static void pause_ms(int ms)
{
	struct timespec d = { .tv_nsec = ms * 1000000L };

	nanosleep(&d, NULL);
}

/* --- many at once --- */

/* Each overlaps the next by half.  They come while
 * the log is held, so that they are two transactions at most. */
static void test_each_its_own(struct test *t)
{
	enum { N = 30, SIZE = 20 };
	struct caller *c[N];
	struct writer w = write_with(t);
	int64_t trail = audit_length(t), length = log_length(t);
	int64_t want[3] = { 0 };
	int entries;

	hold(t);
	for (int i = 0; i < N; i++) {
		c[i] = caller(t, t->a, "own", i * SIZE / 2, SIZE);
		c[i]->s.actor.id = i / 10 + 1;
		signals_send(w.group, &c[i]->s);
		if (!i)
			pause_ms(20);
	}
	for (int i = 0; i < N; i++)
		CHECK(!c[i]->times, "not before it is on the disk");
	let_go(t);
	for (int i = 0; i < N; i++) {
		size_t fresh = i ? SIZE / 2 : SIZE;

		wait_for(c[i]);
		CHECK(!c[i]->s.rc && c[i]->s.fresh_n == fresh,
			"%d: %zu new of its own: %s", i, c[i]->s.fresh_n,
			c[i]->s.e.message);
		want[i / 10] += (int64_t)fresh;
	}
	stop(&w);
	for (int i = 0; i < N; i++)
		CHECK(c[i]->times == 1, "told once");
	CHECK(log_length(t) == length + (N + 1) * SIZE / 2,
		"an entry for each identifier");
	for (int i = 0; i < 3; i++) {
		const char *who =
			arena_cstr(t->a, arena_fmt(t->a, "api:%d", i + 1));
		int64_t told = told_of(t, trail, who, &entries);

		CHECK(told == want[i] && entries > 0 && entries <= 2,
			"the trail says what %s added: %d in %d", who,
			(int)told, entries);
	}
	CHECK(reasons_of(t, "own.309@example.com") == REASON_OPT_OUT,
		"in force");
}

static void test_again(struct test *t)
{
	struct writer w = write_with(t);
	struct caller *c = caller(t, t->a, "own", 0, 50);
	int64_t trail = audit_length(t), length = log_length(t);

	signals_send(w.group, &c->s);
	wait_for(c);
	CHECK(!c->s.rc && !c->s.fresh_n, "all are known");
	CHECK(log_length(t) == length && audit_length(t) == trail,
		"which costs no write");
	stop(&w);
}

/* --- threads --- */

enum { THREADS = 8, ROUNDS = 25, RANGE = 300 };

struct sender {
	struct test *t;
	struct signals_group *group;
	int number;
	size_t fresh_n;
	int failed;
};

static void *send_many(void *ctx)
{
	struct sender *s = ctx;
	struct arena *a = arena_new(64 << 20);

	for (int i = 0; i < ROUNDS; i++) {
		struct caller *c = caller(s->t, a, "many",
			(s->number * 37 + i * 11) % RANGE, 1 + i % 7);

		signals_send(s->group, &c->s);
		wait_for(c);
		s->fresh_n += c->s.fresh_n;
		s->failed += c->s.rc != 0;
	}
	arena_free(a);
	return NULL;
}

static void test_threads(struct test *t)
{
	struct writer w = write_with(t);
	struct sender s[THREADS];
	pthread_t thread[THREADS];
	bool is_in[RANGE + 7] = { 0 };
	int64_t length = log_length(t);
	size_t fresh = 0, want = 0;

	for (int i = 0; i < THREADS; i++) {
		s[i] = (struct sender){ .t = t, .group = w.group, .number = i };
		must(!pthread_create(&thread[i], NULL, send_many, &s[i]));
		for (int k = 0; k < ROUNDS; k++)
			for (int j = 0; j < 1 + k % 7; j++)
				is_in[(i * 37 + k * 11) % RANGE + j] = true;
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		fresh += s[i].fresh_n;
		CHECK(!s[i].failed, "none failed");
	}
	stop(&w);
	for (size_t i = 0; i < COUNTOF(is_in); i++)
		want += is_in[i];
	CHECK(fresh == want, "each was new for one of them: %zu of %zu", fresh,
		want);
	CHECK(log_length(t) == length + (int64_t)want, "and is there once");
}

/* --- two nodes --- */

/* The other one's list has not followed; it must not write what is there. */
static void test_nodes(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_API, 1), other = d;
	struct caller *one = caller(t, t->a, "node", 0, 10);
	struct caller *two = caller(t, t->a, "node", 5, 10);
	struct caller *three = caller(t, t->a, "node", 0, 15);
	struct err e = { 0 };

	other.db = open_db(t, 0);
	other.suppress = open_list(t, "other.tyx");
	CHECK(!signals_put(&other, &two->s, &e) && two->s.fresh_n == 10, "%s",
		e.message);
	CHECK(!signals_put(&d, &one->s, &e) && one->s.fresh_n == 5,
		"five are from there: %zu", one->s.fresh_n);
	CHECK(!signals_put(&other, &three->s, &e) && !three->s.fresh_n,
		"and now all: %zu", three->s.fresh_n);
	suppress_close(other.suppress);
	db_close(other.db);
}

static int put_in(struct desk *d, void *ctx, struct err *e)
{
	struct caller *c = ctx;

	return signals_put(d, &c->s, e);
}

/* What another node has released is new again, also for a call that brings its
 * own transaction. */
static void test_released_elsewhere(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_API, 1);
	struct desk other = desk_as(t, ACTOR_COMMAND, 0);
	struct caller *c = caller(t, t->a, "back", 0, 2);
	struct err e = { 0 };

	other.db = open_db(t, 0);
	other.suppress = open_list(t, "other.tyx");
	CHECK(!signals_put(&d, &c->s, &e) && c->s.fresh_n == 2, "%s",
		e.message);
	CHECK(!suppress_release_for(
		      &other, RELEASE_WHY_MISTAKE, c->s.at, 1, &e),
		"%s", e.message);
	CHECK(!desk_write(&d, put_in, c, &e) && c->s.fresh_n == 1,
		"one of two: %zu", c->s.fresh_n);
	CHECK(!suppress_release_for(
		      &other, RELEASE_WHY_MISTAKE, c->s.at, 2, &e),
		"%s", e.message);
	CHECK(!signals_put(&d, &c->s, &e) && c->s.fresh_n == 2, "both: %zu",
		c->s.fresh_n);
	CHECK(reasons_of(t, "back.0@example.com") == REASON_OPT_OUT,
		"and in force");
	suppress_close(other.suppress);
	db_close(other.db);
}

/* --- going wrong --- */

/* Too long for the trail: that is one caller's fault alone. */
static void test_one_fails(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	struct caller *c[3];
	struct signals *s[3];
	char *source = arena_alloc(t->a, AUDIT_LINE_MAX);

	memset(source, 'x', AUDIT_LINE_MAX);
	for (int i = 0; i < 3; i++) {
		c[i] = caller(t, t->a, "fails", i == 1 ? 100 : i * 2, 4);
		s[i] = &c[i]->s;
	}
	s[1]->source = (str){ source, AUDIT_LINE_MAX };
	signals_put_many(&d, s, 3);
	CHECK(!s[0]->rc && s[0]->fresh_n == 4, "the first");
	CHECK(s[1]->rc == -1 && s[1]->e.code == ERR_LIMIT,
		"its own fault: %d, %d: %s", s[1]->rc, (int)s[1]->e.code,
		s[1]->e.message);
	CHECK(!s[2]->rc && s[2]->fresh_n == 4, "the third, all of it: %zu",
		s[2]->fresh_n);
	CHECK(!d.actor.id && d.actor.kind == ACTOR_COMMAND,
		"the desk is still its owner's");
}

/* Each step of the database fails once. */
static void test_steps_fail(struct test *t)
{
	int failed = 0, stored = 0;

	for (int64_t at = 1; at <= 30; at++) {
		struct desk d = desk_as(t, ACTOR_COMMAND, 0);
		struct caller *c[2];
		struct signals *s[2];

		d.db = open_db(t, at);
		for (int i = 0; i < 2; i++) {
			c[i] = caller(
				t, t->a, "step", (int)at * 100 + i * 2, 4);
			s[i] = &c[i]->s;
		}
		signals_put_many(&d, s, 2);
		db_close(d.db);
		for (int i = 0; i < 2; i++) {
			str last = s[i]->at[3].value;
			bool is_in = reasons_of(t, arena_cstr(t->a, last));

			CHECK(is_in == !s[i]->rc, "step %d, %d: told %d",
				(int)at, i, s[i]->rc);
			CHECK(!s[i]->rc || s[i]->e.code, "and why");
			failed += s[i]->rc != 0;
			stored += !s[i]->rc;
		}
	}
	CHECK(failed && stored, "%d failed, %d stored", failed, stored);
}

static void test_limit(struct test *t)
{
	enum { CALLS = LIMIT_SIGNALS_WAITING / LIMIT_API_BATCH };
	struct writer w = write_with(t);
	struct caller *first = caller(t, t->a, "first", 0, 1);
	struct caller *big = caller(t, t->a, "big", 0, LIMIT_API_BATCH);
	struct caller *one = caller(t, t->a, "one", 0, 1);
	struct caller *c = arena_many(t->a, struct caller, CALLS);
	size_t fresh = 0;

	hold(t);
	signals_send(w.group, &first->s);
	pause_ms(100);
	for (int i = 0; i < CALLS; i++) {
		c[i] = *big;
		c[i].s.ctx = &c[i];
		signals_send(w.group, &c[i].s);
		CHECK(!c[i].times, "there is room for %d", i);
	}
	signals_send(w.group, &one->s);
	CHECK(one->times == 1 && one->s.rc == -1 &&
			one->s.e.code == ERR_UNAVAILABLE && one->s.e.hint[0],
		"one identifier more is told to come again");
	let_go(t);
	for (int i = 0; i < CALLS; i++) {
		wait_for(&c[i]);
		fresh += c[i].s.fresh_n;
		CHECK(!c[i].s.rc, "%s", c[i].s.e.message);
	}
	CHECK(fresh == LIMIT_API_BATCH, "the same all the time: %zu", fresh);
	one->times = 0;
	signals_send(w.group, &one->s);
	wait_for(one);
	CHECK(!one->s.rc && one->s.fresh_n == 1, "there is room again");
	stop(&w);
}

static void test_stop(struct test *t)
{
	struct writer w = write_with(t);
	struct caller *c[10];

	for (int i = 0; i < 10; i++) {
		c[i] = caller(t, t->a, "stop", i, 1);
		signals_send(w.group, &c[i]->s);
	}
	stop(&w);
	for (int i = 0; i < 10; i++)
		CHECK(c[i]->times == 1 && c[i]->s.fresh_n == 1,
			"written before it ended");
}

/* --- packs --- */

static struct suppress_query *some(struct test *t, const char *name, int n)
{
	return caller(t, t->a, name, 0, n)->s.at;
}

/* More than a row holds, of two kinds, and some of them released again. */
static void test_packs(struct test *t)
{
	enum { N = 2 * PACK_ENTRIES_MAX + 10 };
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	struct suppress_query *q = some(t, "pack", N);
	struct suppress_query phone = { .kind = IDENT_PHONE,
		.value = STR("415-555-0100") };
	int64_t length = log_length(t), then = t->clock.fixed_ms;
	uint32_t wrong = 0;
	struct err e = { 0 };

	q[5] = phone;
	CHECK(!suppress_put(&d, q, N, REASON_LIMIT, &e), "%s", e.message);
	CHECK(log_length(t) == length + N, "an entry each");
	t->clock.fixed_ms += 1000;
	CHECK(!suppress_put(&d, q, 10, REASON_OPT_OUT, &e), "%s", e.message);
	t->clock.fixed_ms += 1000;
	CHECK(!suppress_release_for(&d, RELEASE_WHY_MISTAKE, q, 6, &e) &&
			log_length(t) == length + N + 16,
		"%s", e.message);
	CHECK(!suppress_check(&d, q, N, &e), "%s", e.message);
	for (int i = 0; i < N; i++)
		wrong += q[i].reasons !=
			 (i < 6           ? 0
				 : i < 10 ? REASON_LIMIT | REASON_OPT_OUT
					  : REASON_LIMIT);
	CHECK(!wrong, "now: %u wrong", wrong);
	CHECK(!suppress_check_at(&d, q, N, then + 1500, &e), "%s", e.message);
	for (int i = 0; i < N; i++)
		wrong += q[i].reasons != (i < 10 ? REASON_LIMIT | REASON_OPT_OUT
						 : REASON_LIMIT);
	CHECK(!wrong, "then: %u wrong", wrong);
	CHECK(!suppress_check_at(&d, q, 20, then, &e) &&
			q[5].reasons == REASON_LIMIT && !q[5].fault &&
			q[0].reasons == REASON_LIMIT,
		"at that very instant");
	CHECK(!suppress_check_at(&d, q, 20, then - 1, &e) && !q[5].reasons &&
			!q[0].reasons,
		"and before it nothing");
}

static struct follow_page page(struct test *t, uint64_t after, size_t first)
{
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	struct follow_page p;
	struct err e = { 0 };

	if (follow_page_make(&d, after, first, &p, &e))
		fail("page", &e);
	return p;
}

/* Who follows sees entries, wherever a page begins or ends. */
static void test_follow(struct test *t)
{
	uint64_t top = (uint64_t)log_length(t), seq = 0;
	struct follow_page all = page(t, 0, FOLLOW_PAGE_MAX);
	uint8_t hash[FOLLOW_HASH_SIZE] = { 0 };
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	size_t wrong = 0;
	struct err e = { 0 };

	must(top > 9000 && all.n > 300);
	for (size_t i = 0; i < all.n; i++)
		wrong += follow_entry_at(all.entries, i).seq != i + 1;
	CHECK(!wrong, "numbered without a gap");
	for (size_t after = 0; after < 60; after++) {
		struct follow_page p = page(t, after, after % 7 + 1);

		CHECK(p.n == after % 7 + 1 && p.top == top &&
				!memcmp(p.entries,
					all.entries + after * FOLLOW_ENTRY_SIZE,
					p.n * FOLLOW_ENTRY_SIZE),
			"%zu behind %zu", p.n, after);
	}
	CHECK(!page(t, top, 10).n, "nothing behind the end");
	CHECK(!follow_seal_head(&d, &e), "%s", e.message);
	while (seq < top) {
		struct follow_page p = page(t, seq, 999);

		for (size_t i = 0; i < p.n; i++)
			follow_chain(hash, p.entries + i * FOLLOW_ENTRY_SIZE);
		must(p.n);
		seq = follow_entry_at(p.entries, p.n - 1).seq;
	}
	all = page(t, top - 1, 1);
	CHECK(all.has_seal && all.seal.seq == top &&
			!memcmp(all.seal.hash, hash, sizeof hash),
		"the seal is over the entries");
}

/* The file says the same as the log it was made from. */
static void test_build(struct test *t)
{
	enum { N = 2 * PACK_ENTRIES_MAX + 10 };
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	const char *path =
		arena_cstr(t->a, arena_fmt(t->a, "%s/built.tyx", t->dir));
	struct suppress_query *q = some(t, "pack", N);
	size_t wrong = 0;
	int64_t n = 0;
	struct err e = { 0 };

	CHECK(!suppress_build(&d, path, &n, &e), "%s", e.message);
	d.suppress = open_list(t, "built.tyx");
	CHECK(suppress_follow(d.suppress, t->db, t->a, &e) == 0 &&
			!index_delta_count(suppress_now(d.suppress).delta),
		"nothing is left to follow");
	CHECK(!suppress_check(&d, q, N, &e), "%s", e.message);
	for (int i = 0; i < N; i++)
		wrong +=
			i != 5 &&
			q[i].reasons !=
				(i < 6           ? 0
					: i < 10 ? REASON_LIMIT | REASON_OPT_OUT
						 : REASON_LIMIT);
	CHECK(!wrong, "%zu wrong", wrong);
	/* Six were put and released; all others are put once or more. */
	CHECK(n > N - 6 && n < log_length(t) - 16 - 5, "%d keys", (int)n);
	suppress_close(d.suppress);
}

/* A process that knows many entries takes the file that has them, when there is
 * one; until it looks again it is right without. */
static void test_newer_file(struct test *t)
{
	enum { N = LIMIT_DELTA_REBUILD / 2 + 1 };
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	const char *path =
		arena_cstr(t->a, arena_fmt(t->a, "%s/index.tyx", t->dir));
	struct suppress_query *q = some(t, "newer", N);
	struct suppress_query last = q[N - 1];
	int64_t n;
	struct err e = { 0 };

	CHECK(!suppress_put(&d, q, N, REASON_MANUAL, &e), "%s", e.message);
	CHECK(!suppress_check(&d, &last, 1, &e) &&
			index_delta_count(suppress_now(t->suppress).delta) >= N,
		"all in memory");
	CHECK(!suppress_build(&d, path, &n, &e) && n >= N, "%s", e.message);
	CHECK(!suppress_check(&d, &last, 1, &e) &&
			last.reasons == REASON_MANUAL,
		"right at any time");
	pause_ms(600);
	pause_ms(600);
	CHECK(!suppress_check(&d, &last, 1, &e) &&
			last.reasons == REASON_MANUAL &&
			!index_delta_count(suppress_now(t->suppress).delta),
		"from the file: %zu",
		index_delta_count(suppress_now(t->suppress).delta));
}

/* --- one transaction's own --- */

static int add_twice(struct desk *d, void *ctx, struct err *e)
{
	struct caller *c = ctx;
	uint32_t now;

	if (suppress_add(
		    d, IDENT_EMAIL, c->s.key, REASON_OPT_OUT, STR("x"), 0, e) ||
		suppress_add(d, IDENT_EMAIL, c->s.key, REASON_OPT_OUT, STR("x"),
			0, e) ||
		suppress_add(d, IDENT_EMAIL, c->s.key, REASON_LIMIT, STR("x"),
			0, e) ||
		suppress_log_now(d, c->s.key, 1, &now, e))
		return -1;
	CHECK(now == (REASON_OPT_OUT | REASON_LIMIT), "it knows its own");
	return c->times ? err_set(e, ERR_INVALID, "on purpose") : 0;
}

static void test_own(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	struct caller *c = caller(t, t->a, "twice", 0, 1);
	int64_t length = log_length(t);
	struct err e = { 0 };

	c->times = 1;
	CHECK(desk_write(&d, add_twice, c, &e) == -1 &&
			!reasons_of(t, "twice.0@example.com"),
		"undone, and the list never saw it");
	c->times = 0;
	CHECK(!desk_write(&d, add_twice, c, &e), "%s", e.message);
	CHECK(log_length(t) == length + 2, "twice the same is one entry");
	CHECK(reasons_of(t, "twice.0@example.com") ==
			(REASON_OPT_OUT | REASON_LIMIT),
		"both hold");
}

/* --- rows of another hand --- */

static void add_row(struct test *t, int64_t n, const uint8_t *key, size_t size)
{
	struct sql_suppression_add_in in = { .n = n,
		.at = t->clock.fixed_ms,
		.act = STR("suppress"),
		.kind = STR("email"),
		.id_key = { (const char *)key, size },
		.reasons = REASON_MANUAL,
		.source = STR("cli") };
	struct sql_suppression_add_row row;
	struct err e = { 0 };

	if (sql_suppression_add(t->db, t->a, &in, &row, &e) != 1)
		fail("row", &e);
}

/* PostgreSQL once gave numbers to transactions that were then undone. */
static void test_gap(struct test *t)
{
	struct caller *c = caller(t, t->a, "gap", 0, 2);
	struct follow_page p, before = page(t, 0, 1);

	add_row(t, 100000, c->s.key, IDENT_KEY_SIZE);
	add_row(t, 100000, c->s.key + IDENT_KEY_SIZE, IDENT_KEY_SIZE);
	CHECK(reasons_of(t, "gap.0@example.com") == REASON_MANUAL &&
			reasons_of(t, "gap.1@example.com") == REASON_MANUAL,
		"both are read");
	p = page(t, before.top, 10);
	CHECK(p.n == 1 && follow_entry_at(p.entries, 0).seq ==
				  before.top + 100000,
		"a page has some when there are any");
}

static void test_damaged_row(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND, 0);
	struct caller *c = caller(t, t->a, "odd", 0, 2);
	struct err e = { 0 };

	add_row(t, 1, c->s.key, IDENT_KEY_SIZE + 1);
	CHECK(suppress_check(&d, c->s.at, 1, &e) == -1 &&
			e.code == ERR_CORRUPT && strstr(e.message, "entry"),
		"no answer from half a log: %s", e.message);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, fresh_server(argc, argv));
	test_each_its_own(&t);
	test_again(&t);
	test_threads(&t);
	test_nodes(&t);
	test_released_elsewhere(&t);
	test_one_fails(&t);
	test_steps_fail(&t);
	test_limit(&t);
	test_stop(&t);
	test_packs(&t);
	test_follow(&t);
	test_build(&t);
	test_newer_file(&t);
	test_own(&t);
	test_gap(&t);
	test_damaged_row(&t);
	end(&t);
	return CHECK_DONE();
}
