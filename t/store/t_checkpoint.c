/*
 * SQLite's write-ahead log and its one checkpointer: that a checkpoint and a
 * commit never meet, that a reader is never in the way of a writer, and that
 * the file is whole after processes wrote, checkpointed and were killed at once.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/rand.h"
#include "check.h"
#include "fresh.h"
#include "store/checkpoint.h"
#include "store/sql.h"

enum { ARENA_BYTES = 256 << 20 };

struct test {
	struct arena *a;
	struct fresh fresh;
	struct db *db;
};

static struct db *open_with(struct test *t, struct db_opts opts)
{
	struct db *db;
	struct err e = { 0 };

	if (!db_open(&db, t->fresh.url, &opts, &e))
		return db;
	fprintf(stderr, "%s (%s)\n", e.message, e.detail);
	exit(1);
}

static int64_t size_of(struct test *t, const char *suffix)
{
	str path = arena_fmt(t->a, "%s/toyon.db%s", t->fresh.name, suffix);
	struct stat st;

	return stat(arena_cstr(t->a, path), &st) ? -1 : (int64_t)st.st_size;
}

static int set(struct db *db, str name, str value, struct err *e)
{
	struct sql_setting_set_in in = {
		.name = name, .value = value, .changed_by = STR("test")
	};

	return sql_setting_set(db, &in, e) == 1 ? 0 : -1;
}

static void test_due(struct test *t)
{
	struct checkpoint done = { 0 };
	struct err e = { 0 };

	CHECK(!checkpoint_run(t->db, CHECKPOINT_ALL, &done, &e) &&
			done.is_whole && size_of(t, "-wal") == 0,
		"an empty log: %s", e.message);
	CHECK(!set(t->db, STR("a"), STR("1"), &e) && size_of(t, "-wal") > 0,
		"a write goes into the log: %s", e.message);
	CHECK(!checkpoint_run(t->db, CHECKPOINT_DUE, &done, &e) &&
			done.is_whole && done.pages_in_log > 0,
		"and from there into the file: %s", e.message);
	CHECK(!checkpoint_run(t->db, CHECKPOINT_DUE, &done, &e) &&
			done.pages_in_log == 0,
		"nothing was written since");
}

static void test_writer_keeps_off(struct test *t)
{
	struct db *writer = open_with(t, (struct db_opts){ 0 });
	struct db *worker = open_with(t, (struct db_opts){ .wait_ms = 60 });
	struct err e = { 0 };

	CHECK(!db_begin(writer, DB_WRITE, &e), "%s", e.message);
	CHECK(!set(writer, STR("a"), STR("2"), &e), "%s", e.message);
	CHECK(checkpoint_run(worker, CHECKPOINT_DUE, NULL, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && db_is_retryable(worker),
		"no checkpoint while somebody writes");
	CHECK(!db_commit(writer, &e), "%s", e.message);
	CHECK(!checkpoint_run(worker, CHECKPOINT_DUE, NULL, &e), "now: %s",
		e.message);
	db_close(writer);
	db_close(worker);
}

static void test_checkpoint_keeps_off(struct test *t)
{
	struct db *writer = open_with(t, (struct db_opts){ .wait_ms = 60 });
	str path = arena_fmt(t->a, "%s/toyon.db-lock", t->fresh.name);
	struct sql_setting_all_rows all;
	struct err e = { 0 };
	int fd = open(arena_cstr(t->a, path), O_RDWR | O_CLOEXEC);

	CHECK(fd >= 0 && !flock(fd, LOCK_EX), "as the checkpointer does");
	CHECK(db_begin(writer, DB_WRITE, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && db_is_retryable(writer),
		"no transaction begins");
	CHECK(set(writer, STR("a"), STR("3"), &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"and none of one statement");
	CHECK(!sql_setting_all(writer, t->a, &all, &e) && all.n,
		"who reads does not wait: %s", e.message);
	close(fd);
	CHECK(!set(writer, STR("a"), STR("3"), &e), "let go: %s", e.message);
	db_close(writer);
}

static void test_reader(struct test *t)
{
	struct db *reader = open_with(t, (struct db_opts){ 0 });
	struct db *worker = open_with(t, (struct db_opts){ .wait_ms = 60 });
	struct sql_setting_all_rows all;
	struct checkpoint done = { 0 };
	struct err e = { 0 };

	CHECK(!set(t->db, STR("a"), STR("4"), &e), "%s", e.message);
	CHECK(!db_begin(reader, DB_READ, &e) &&
			!sql_setting_all(reader, t->a, &all, &e) && all.n,
		"%s", e.message);
	CHECK(!set(t->db, STR("a"), STR("5"), &e), "%s", e.message);
	CHECK(!checkpoint_run(worker, CHECKPOINT_DUE, &done, &e) &&
			!done.is_whole && done.pages_moved < done.pages_in_log,
		"what a reader may still need stays in the log");
	CHECK(checkpoint_run(worker, CHECKPOINT_ALL, &done, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"all would have to wait for it");
	CHECK(!set(t->db, STR("a"), STR("6"), &e), "writers do not: %s",
		e.message);
	db_rollback(reader);
	CHECK(!checkpoint_run(worker, CHECKPOINT_ALL, &done, &e) &&
			size_of(t, "-wal") == 0,
		"all: %s", e.message);
	db_close(reader);
	db_close(worker);
}

static void test_close(struct test *t)
{
	struct err e = { 0 };

	CHECK(!set(t->db, STR("a"), STR("7"), &e), "%s", e.message);
	db_close(t->db);
	CHECK(size_of(t, "-wal") > 0, "the last to close moves nothing");
	t->db = open_with(t, (struct db_opts){ 0 });
}

/* Scripts may write for weeks while no worker runs. */
static void test_no_worker(struct test *t)
{
	int64_t before = size_of(t, "");
	char *mb = arena_alloc(t->a, 1 << 20);
	struct err e = { 0 };
	int failed = 0;

	for (int i = 0; i < 150; i++) {
		memset(mb, 'a' + i % 26, 1 << 20);
		failed += set(t->db, STR("big"), (str){ mb, 1 << 20 }, &e) != 0;
	}
	CHECK(!failed, "%d failed: %s", failed, e.message);
	CHECK(size_of(t, "") > before, "a writer moved the log by itself");
	CHECK(size_of(t, "-wal") < 100 << 20, "so that it does not grow: %lld",
		(long long)size_of(t, "-wal"));
}

/* --- the hammer ------------------------------------------------------------- */

enum { WRITERS = 4, HAMMER_MS = 2500 };

/* Adds to the log until killed; each number that was stored is told in a file
 * afterwards: what the parent reads there must be in the database. */
static void write_on(struct test *t, int who, int out)
{
	struct db *db = open_with(t, (struct db_opts){ 0 });
	struct arena *a = arena_new(ARENA_BYTES);
	struct sql_suppression_add_in in = { .n = 1,
		.act = STR("suppress"),
		.kind = STR("email"),
		.source = STR("hammer"),
		.request_id = who };
	struct sql_suppression_add_row row;
	struct err e = { 0 };

	for (int64_t i = 0;; i++) {
		in.at = i;
		in.id_key = arena_fmt(a, "%032lld", (long long)i);
		if (sql_suppression_add(db, a, &in, &row, &e) != 1) {
			fprintf(stderr, "%s (%s)\n", e.message, e.detail);
			_exit(1);
		}
		if (write(out, &row.seq, sizeof row.seq) < 0)
			_exit(1);
		arena_clear(a);
	}
}

static void checkpoint_on(struct test *t)
{
	struct db *db = open_with(t, (struct db_opts){ 0 });
	struct err e = { 0 };

	for (int i = 0;; i++) {
		enum checkpoint_mode mode =
			i % 50 ? CHECKPOINT_DUE : CHECKPOINT_ALL;

		if (checkpoint_run(db, mode, NULL, &e) &&
			e.code != ERR_UNAVAILABLE) {
			fprintf(stderr, "%s (%s)\n", e.message, e.detail);
			_exit(1);
		}
		usleep(500);
	}
}

static void read_on(struct test *t)
{
	struct db *db = open_with(t, (struct db_opts){ 0 });
	struct arena *a = arena_new(ARENA_BYTES);
	struct sql_suppression_count_row n;
	struct err e = { 0 };

	for (;;) {
		if (sql_suppression_count(db, a, &n, &e) != 1)
			_exit(1);
		arena_clear(a);
		usleep(1000);
	}
}

static pid_t start(struct test *t, int who, int out)
{
	pid_t pid = fork();

	must(pid >= 0);
	if (pid)
		return pid;
	/* A parent that was killed must not leave anyone hammering. */
	alarm(60);
	if (who < WRITERS)
		write_on(t, who, out);
	else if (who == WRITERS)
		checkpoint_on(t);
	else
		read_on(t);
	_exit(1);
}

/* Kills a writer every few milliseconds, at whatever it is doing, and puts
 * another in its place.  How many died of something else. */
static int hammer(struct test *t, int out)
{
	int64_t until_ms = clock_mono_ms() + HAMMER_MS;
	struct rng rng = { .state = 4 };
	pid_t pid[WRITERS + 2];
	int odd = 0, status;

	for (int i = 0; i < WRITERS + 2; i++)
		pid[i] = start(t, i, out);
	while (clock_mono_ms() < until_ms) {
		int i = (int)rng_below(&rng, WRITERS);

		usleep((unsigned)rng_below(&rng, 60000));
		kill(pid[i], SIGKILL);
		must(waitpid(pid[i], &status, 0) == pid[i]);
		odd += !WIFSIGNALED(status);
		pid[i] = start(t, i, out);
	}
	for (int i = 0; i < WRITERS + 2; i++) {
		kill(pid[i], SIGKILL);
		must(waitpid(pid[i], &status, 0) == pid[i]);
		odd += !WIFSIGNALED(status);
	}
	return odd;
}

static void check_whole(struct test *t)
{
	struct db_findings found;
	struct err e = { 0 };

	CHECK(!db_check(t->db, t->a, &found, &e), "%s (%s)", e.message,
		e.detail);
	for (size_t i = 0; i < found.n; i++)
		CHECK(!found.at[i].is_problem, "%.*s",
			STR_ARG(found.at[i].text));
}

static void test_hammer(struct test *t)
{
	str path = arena_fmt(t->a, "%s/stored", t->fresh.name);
	int out = open(arena_cstr(t->a, path),
		O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	struct sql_suppression_after_in after = { .span = 1, .pack = 1 };
	struct sql_suppression_after_rows rows;
	struct sql_suppression_count_row n = { 0 };
	int64_t seq, told = 0, missing = 0;
	struct err e = { 0 };

	must(out >= 0);
	CHECK(!hammer(t, out), "nobody failed");
	CHECK(sql_suppression_count(t->db, t->a, &n, &e) == 1, "%s", e.message);
	must(!lseek(out, 0, SEEK_SET));
	while (read(out, &seq, sizeof seq) == sizeof seq) {
		after.seq = seq - 1;
		told++;
		missing +=
			sql_suppression_after(t->db, t->a, &after, &rows, &e) ||
			rows.n != 1 || rows.at[0].seq != seq;
	}
	close(out);
	fprintf(stderr, "%lld rows written, %lld told\n", (long long)n.n,
		(long long)told);
	CHECK(told > 100 && !missing,
		"all that was told is there: %lld of %lld",
		(long long)(told - missing), (long long)told);
	CHECK(n.n >= told && n.n < told + 1000, "and little else: %lld",
		(long long)n.n);
	check_whole(t);
	CHECK(!checkpoint_run(t->db, CHECKPOINT_ALL, NULL, &e), "%s",
		e.message);
	check_whole(t);
}

int main(void)
{
	struct test t = { .a = arena_new(ARENA_BYTES) };
	struct err e = { 0 };

	t.fresh = fresh_start(t.a, NULL, "checkpoint");
	t.db = open_with(&t, (struct db_opts){ .may_create = true });
	CHECK(!db_migrate(t.db, &e), "%s (%s)", e.message, e.detail);
	test_due(&t);
	test_writer_keeps_off(&t);
	test_checkpoint_keeps_off(&t);
	test_reader(&t);
	test_close(&t);
	test_hammer(&t);
	test_no_worker(&t);
	db_close(t.db);
	fresh_end(t.a, &t.fresh);
	arena_free(t.a);
	return CHECK_DONE();
}
