/*
 * A process that stores the signals of several callers, killed again and again
 * at whatever it is doing.  What was acknowledged is there afterwards, nothing is
 * there twice, and the audit trail says as much as the log.
 *
 *	t_signals sqlite | postgresql://...
 */
#include "check.h"
#include "fresh.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/rand.h"
#include "desk/config.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/signals_group.h"
#include "desk/suppress_log.h"
#include "law/reason.h"
#include "store/sql.h"

enum { KILLS = 40, CALLERS = 8, PACK = 5, RANGE = 40000, RUN_MS_MAX = 60 };

struct test {
	struct arena *a;
	const char *dir;
	struct fresh fresh;
	struct config config;
	struct clock clock;
	struct keys *keys;
	int told; /* a file of numbers: what was acknowledged */
};

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s)\n", what, e->message, e->detail);
	exit(1);
}

static struct desk desk_of(struct test *t, struct arena *a)
{
	struct desk d = { .arena = a,
		.clock = &t->clock,
		.keys = t->keys,
		.config = &t->config,
		.actor = { .kind = ACTOR_API, .id = 1 },
		.wake_fd = -1 };
	struct err e = { 0 };

	if (db_open(&d.db, t->fresh.url,
		    &(struct db_opts){ .may_create = true }, &e) ||
		db_migrate(d.db, &e) ||
		suppress_open(&d.suppress,
			arena_cstr(a, arena_fmt(a, "%s/index.tyx", t->dir)),
			t->keys, &e))
		fail("desk", &e);
	return d;
}

static void close_desk(struct desk *d)
{
	suppress_close(d->suppress);
	db_close(d->db);
}

/* --- who is killed --- */

struct caller {
	struct test *t;
	struct desk *desk;
	struct signals_group *group;
	uint64_t seed;
	struct signals s;
	int32_t first;
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool is_told;
};

static void hear(void *ctx)
{
	struct caller *c = ctx;

	pthread_mutex_lock(&c->lock);
	c->is_told = true;
	pthread_cond_signal(&c->told);
	pthread_mutex_unlock(&c->lock);
}

static struct suppress_query person(struct arena *a, int number)
{
	return (struct suppress_query){ .kind = IDENT_EMAIL,
		.value = arena_fmt(a, "p%d@example.com", number) };
}

static void send_one(struct caller *c, struct arena *a, struct rng *rng)
{
	struct desk d = *c->desk;
	struct err e = { 0 };

	c->first = (int32_t)rng_below(rng, RANGE);
	c->is_told = false;
	c->s = (struct signals){ .at = arena_many(
					 a, struct suppress_query, PACK),
		.n = PACK,
		.reasons = REASON_OPT_OUT,
		.told = hear,
		.ctx = c };
	for (int i = 0; i < PACK; i++)
		c->s.at[i] = person(a, c->first + i);
	d.arena = a;
	if (signals_read(&d, &c->s, &e))
		fail("read", &e);
	signals_send(c->group, &c->s);
	pthread_mutex_lock(&c->lock);
	while (!c->is_told)
		pthread_cond_wait(&c->told, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

static void *call(void *ctx)
{
	struct caller *c = ctx;
	struct rng rng = { .state = c->seed };
	struct arena *a = arena_new(1 << 20);

	for (;;) {
		send_one(c, a, &rng);
		arena_clear(a);
		if (!c->s.rc && write(c->t->told, &c->first, sizeof c->first) !=
					sizeof c->first)
			_exit(1);
	}
	return NULL;
}

static void store_on(struct test *t, int run)
{
	static struct caller c[CALLERS];
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct desk d = desk_of(t, a), writer = d;
	struct signals_group *g;

	writer.arena = arena_new(LIMIT_JOB_ARENA);
	g = signals_group_start(&writer);
	for (int i = 0; i < CALLERS; i++) {
		pthread_t thread;

		c[i] = (struct caller){ .t = t,
			.desk = &d,
			.group = g,
			.seed = (uint64_t)(run * CALLERS + i + 1) };
		pthread_mutex_init(&c[i].lock, NULL);
		pthread_cond_init(&c[i].told, NULL);
		must(!pthread_create(&thread, NULL, call, &c[i]));
	}
	for (;;)
		pause();
}

static int kill_again_and_again(struct test *t)
{
	struct rng rng = { .state = 7 };
	int odd = 0, status;

	for (int i = 0; i < KILLS; i++) {
		struct timespec run = {
			.tv_nsec = (long)(10 + rng_below(&rng, RUN_MS_MAX)) *
				   1000000
		};
		pid_t pid = fork();

		must(pid >= 0);
		if (!pid) {
			alarm(60);
			store_on(t, i);
		}
		nanosleep(&run, NULL);
		kill(pid, SIGKILL);
		must(waitpid(pid, &status, 0) == pid);
		odd += !WIFSIGNALED(status);
	}
	return odd;
}

/* --- afterwards --- */

static int by_key(const void *a, const void *b)
{
	return memcmp(a, b, IDENT_KEY_SIZE);
}

/* Every key of the log, sorted; numbered without a gap. */
static uint8_t *read_log(struct test *t, struct desk *d, size_t *n)
{
	uint8_t *key = arena_array(t->a, IDENT_KEY_SIZE, RANGE + PACK);
	struct packs packs;
	struct err e = { 0 };

	*n = 0;
	while (!suppress_log_read(d->db, t->a, *n, 1000, &packs, &e) && packs.n)
		for (size_t i = 0; i < packs.n; i++) {
			CHECK(packs.at[i].first == *n + 1, "no gap at %zu", *n);
			must(*n + packs.at[i].n <= RANGE + PACK);
			memcpy(key + *n * IDENT_KEY_SIZE, packs.at[i].key,
				packs.at[i].n * IDENT_KEY_SIZE);
			*n += packs.at[i].n;
		}
	qsort(key, *n, IDENT_KEY_SIZE, by_key);
	return key;
}

static size_t twice(const uint8_t *key, size_t n)
{
	size_t found = 0;

	for (size_t i = 1; i < n; i++)
		found += !memcmp(key + (i - 1) * IDENT_KEY_SIZE,
			key + i * IDENT_KEY_SIZE, IDENT_KEY_SIZE);
	return found;
}

static int64_t count_of_trail(struct test *t, struct desk *d)
{
	struct sql_audit_from_in in = { .first = 500 };
	struct sql_audit_from_rows rows;
	struct err e = { 0 };
	int64_t sum = 0;

	while (!sql_audit_from(d->db, t->a, &in, &rows, &e) && rows.n) {
		for (size_t i = 0; i < rows.n; i++) {
			json_t *detail;

			must(!json_read(
				t->a, rows.at[i].detail, 1000, &detail, &e));
			sum += json_number(detail, "count", 0);
		}
		in.seq = rows.at[rows.n - 1].seq;
	}
	return sum;
}

static void check_record(struct test *t)
{
	struct desk d = desk_of(t, t->a);
	struct suppress_query q[PACK];
	size_t n, told = 0, missing = 0;
	const uint8_t *key = read_log(t, &d, &n);
	struct err e = { 0 };
	int32_t first;

	must(!lseek(t->told, 0, SEEK_SET));
	while (read(t->told, &first, sizeof first) == sizeof first) {
		for (int i = 0; i < PACK; i++)
			q[i] = person(t->a, first + i);
		if (suppress_check(&d, q, PACK, &e))
			fail("check", &e);
		for (int i = 0; i < PACK; i++)
			missing += q[i].reasons != REASON_OPT_OUT;
		told++;
	}
	fprintf(stderr, "%zu entries, %zu calls told\n", n, told);
	CHECK(told > 100 && !missing, "%zu of %zu missing", missing, told);
	CHECK(!twice(key, n), "%zu are there twice", twice(key, n));
	CHECK(count_of_trail(t, &d) == (int64_t)n,
		"the trail counts what the log has: %lld",
		(long long)count_of_trail(t, &d));
	close_desk(&d);
}

int main(int argc, char **argv)
{
	struct test t = { .a = arena_new((size_t)1 << 30) };
	struct desk d;
	struct err e = { 0 };

	must(sodium_init() >= 0);
	t.fresh = fresh_start(t.a, fresh_server(argc, argv), "kill");
	t.dir = arena_cstr(
		t.a, arena_fmt(t.a, "/tmp/t_kill_signals.%ld", (long)getpid()));
	must(!system(
		arena_cstr(t.a, arena_fmt(t.a, "mkdir -p -m 700 %s", t.dir))));
	if (keys_make(t.dir, &e) ||
		keys_load(t.a, t.dir, KEYS_ALL, &t.keys, &e))
		fail("keys", &e);
	d = desk_of(&t, t.a);
	close_desk(&d);
	t.told = open(path_join(t.a, t.dir, "told"),
		O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	must(t.told >= 0);
	CHECK(!kill_again_and_again(&t), "none ended by itself");
	check_record(&t);
	close(t.told);
	must(!system(arena_cstr(t.a, arena_fmt(t.a, "rm -rf %s", t.dir))));
	fresh_end(t.a, &t.fresh);
	arena_free(t.a);
	return CHECK_DONE();
}
