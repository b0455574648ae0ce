/*
 * What db.h promises, held against both engines: run with "sqlite" and with the
 * address of a PostgreSQL server.  The statements are those of t/store/sql/.
 */
#include <pthread.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "check.h"
#include "fresh.h"
#include "store/engine.h"
#include "store/pool.h"
#include "store/sql.h"

enum { ARENA_BYTES = 64 << 20, BIG = 1 << 20 };

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

static bool is_postgres(struct test *t)
{
	return db_engine(t->db) == DB_POSTGRES;
}

static int64_t count(struct test *t)
{
	struct sql_thing_count_row row = { 0 };
	struct err e = { 0 };

	CHECK(sql_thing_count(t->db, t->a, &row, &e) == 1, "%s", e.message);
	return row.n;
}

static int add(struct test *t, struct db *db, const char *name, struct err *e)
{
	struct sql_thing_add_in in = { .name = str_of(name), .n = 7 };
	struct sql_thing_add_row row;

	return sql_thing_add(db, t->a, &in, &row, e);
}

static void clear(struct test *t)
{
	struct sql_thing_drop_in all = { .pattern = STR("%") };
	struct err e = { 0 };

	CHECK(sql_thing_drop(t->db, &all, &e) >= 0, "%s", e.message);
}

/* --- values ------------------------------------------------------------- */

static str big(struct test *t, char c)
{
	char *p = arena_alloc(t->a, BIG);

	memset(p, c, BIG);
	return (str){ p, BIG };
}

static void check_value(
	struct test *t, const struct sql_thing_echo_in *in, const char *why)
{
	struct sql_thing_echo_row out = { 0 };
	struct sql_thing_get_in get = { .name = in->name };
	struct sql_thing_get_row got = { 0 };
	struct sql_thing_add_in put = {
		.name = in->name, .n = in->n, .bytes = in->bytes
	};
	struct sql_thing_add_row added = { 0 };
	struct err e = { 0 };

	CHECK(sql_thing_echo(t->db, t->a, in, &out, &e) == 1, "%s: %s", why,
		e.message);
	CHECK(out.n == in->n && str_eq(out.name, in->name) &&
			str_eq(out.bytes, in->bytes),
		"%s: comes back as it went in", why);
	CHECK(in->name.n >= BIG / 2 ||
			sql_thing_add(t->db, t->a, &put, &added, &e) == 1,
		"%s: %s", why, e.message);
	CHECK(in->name.n >= BIG / 2 ||
			(sql_thing_get(t->db, t->a, &get, &got, &e) == 1 &&
				got.id == added.id && got.n == in->n &&
				str_eq(got.bytes, in->bytes)),
		"%s: is stored as it went in", why);
	clear(t);
}

static void test_values(struct test *t)
{
	const struct {
		const char *why;
		struct sql_thing_echo_in in;
	} cases[] = {
		{ "all empty", { 0 } },
		{ "one", { .n = 1, .name = STR("a"), .bytes = STR("b") } },
		{ "minus one", { .n = -1, .name = STR("a") } },
		{ "a byte's sign", { .n = 128, .name = STR("a") } },
		{ "the least integer", { .n = INT64_MIN, .name = STR("a") } },
		{ "the greatest integer",
			{ .n = INT64_MAX, .name = STR("a") } },
		{ "NUL bytes",
			{ .name = STR("a"), .bytes = STR("\0a\0\0b\0") } },
		{ "bytes that are no UTF-8",
			{ .name = STR("a"), .bytes = STR("\xff\xfe\x80") } },
		{ "letters of two to four bytes",
			{ .name = STR("Zo\xc3\xab \xe2\x82\xac "
				      "\xf0\x9f\x8c\xbf") } },
		{ "quotes and percent signs",
			{ .name = STR("'); drop table thing; -- %s \"\\") } },
		{ "line ends and tabs", { .name = STR("a\tb\r\nc") } },
		{ "1 MB of text", { .name = big(t, 'x') } },
		{ "1 MB of bytes",
			{ .name = STR("a"), .bytes = big(t, '\xff') } },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		check_value(t, &cases[i].in, cases[i].why);
}

static void test_not_text(struct test *t)
{
	const struct {
		const char *why;
		str name;
	} cases[] = {
		{ "a NUL", STR("a\0b") },
		{ "half a letter", STR("Zo\xc3") },
		{ "a byte that UTF-8 has not", STR("\xff") },
		{ "an escape for terminals", STR("\x1b[2J") },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct sql_thing_echo_in in = { .name = cases[i].name };
		struct sql_thing_echo_row row;
		struct err e = { 0 };

		CHECK(sql_thing_echo(t->db, t->a, &in, &row, &e) == -1 &&
				e.code == ERR_INVALID,
			"%s", cases[i].why);
	}
}

static void test_broken_statements(struct test *t)
{
	struct sql_thing_null_row null;
	struct sql_thing_mistyped_row mistyped;
	struct err e = { 0 };

	CHECK(sql_thing_null(t->db, t->a, &null, &e) == -1 &&
			e.code == ERR_INTERNAL,
		"a null is no value");
	e = (struct err){ 0 };
	add(t, t->db, "first", &e);
	CHECK(sql_thing_mistyped(t->db, t->a, &mistyped, &e) == -1 &&
			e.code == ERR_INTERNAL,
		"a text is no integer");
	CHECK(count(t) == 1, "the connection still works");
	clear(t);
}

/* --- one, many, exec ------------------------------------------------------ */

static void test_kinds(struct test *t)
{
	struct sql_thing_get_in none = { .name = STR("nobody") };
	struct sql_thing_get_row row;
	struct sql_thing_like_in like = { .pattern = STR("k%"), .first = 1000 };
	struct sql_thing_like_rows rows;
	struct sql_thing_grow_in grow = { .name = STR("k5") };
	struct sql_thing_add_if_new_in twice = { .name = STR("k5") };
	struct err e = { 0 };

	CHECK(sql_thing_get(t->db, t->a, &none, &row, &e) == 0, "no row is 0");
	CHECK(!sql_thing_like(t->db, t->a, &like, &rows, &e) && rows.n == 0,
		"many can be none");
	for (int i = 0; i < 300; i++) {
		struct sql_thing_add_in in = { .n = 300 - i };
		struct sql_thing_add_row id;

		in.name = arena_fmt(t->a, "k%d", i);
		CHECK(sql_thing_add(t->db, t->a, &in, &id, &e) == 1, "%s",
			e.message);
	}
	CHECK(!sql_thing_like(t->db, t->a, &like, &rows, &e) && rows.n == 300,
		"all rows: %zu", rows.n);
	CHECK(rows.n == 300 && str_eq(rows.at[0].name, STR("k299")) &&
			str_eq(rows.at[299].name, STR("k0")) &&
			rows.at[299].n == 300,
		"in the statement's order");
	like.first = 7;
	CHECK(!sql_thing_like(t->db, t->a, &like, &rows, &e) && rows.n == 7,
		"a limit is an integer value");
	CHECK(sql_thing_grow(t->db, &grow, &e) == 1, "one changed");
	CHECK(sql_thing_grow_all(t->db, &e) == 300, "many changed");
	CHECK(sql_thing_add_if_new(t->db, &twice, &e) == 0, "none changed");
	grow.name = STR("nobody");
	CHECK(sql_thing_grow(t->db, &grow, &e) == 0, "none there to change");
	clear(t);
}

static void test_prepare(struct test *t)
{
	struct err e = { 0 };

	CHECK(!db_prepare(t->db, SQL_thing_echo, &e), "%s", e.detail);
	CHECK(!is_postgres(t) || db_prepare(t->db, SQL_thing_mistyped, &e),
		"a column of another type is seen without running it");
}

/* --- transactions --------------------------------------------------------- */

static void test_commit_and_rollback(struct test *t)
{
	struct db *other = open_with(t, (struct db_opts){ 0 });
	struct sql_thing_count_row seen = { 0 };
	struct err e = { 0 };

	CHECK(!db_in_transaction(t->db), "not yet");
	CHECK(!db_begin(t->db, DB_WRITE, &e), "%s", e.message);
	CHECK(db_in_transaction(t->db), "now");
	CHECK(add(t, t->db, "a", &e) == 1, "%s", e.message);
	CHECK(sql_thing_count(other, t->a, &seen, &e) == 1 && seen.n == 0,
		"others see nothing before the commit");
	CHECK(!db_commit(t->db, &e), "%s", e.message);
	CHECK(sql_thing_count(other, t->a, &seen, &e) == 1 && seen.n == 1,
		"others see it after the commit");

	CHECK(!db_begin(t->db, DB_WRITE, &e), "%s", e.message);
	CHECK(add(t, t->db, "b", &e) == 1, "%s", e.message);
	db_rollback(t->db);
	CHECK(!db_in_transaction(t->db) && count(t) == 1, "as if never done");
	db_rollback(t->db);
	CHECK(count(t) == 1, "rolling back twice does nothing");

	CHECK(!db_begin(other, DB_WRITE, &e), "%s", e.message);
	CHECK(add(t, other, "c", &e) == 1, "%s", e.message);
	db_close(other);
	CHECK(count(t) == 1, "closing rolls back");
	clear(t);
}

static void test_read_transaction(struct test *t)
{
	struct db *other = open_with(t, (struct db_opts){ 0 });
	struct err e = { 0 };

	CHECK(!db_begin(t->db, DB_READ, &e), "%s", e.message);
	CHECK(count(t) == 0, "nothing there");
	CHECK(add(t, other, "a", &e) == 1, "readers hold no writer up: %s",
		e.message);
	CHECK(count(t) == 0, "a reader sees one state");
	CHECK(add(t, t->db, "b", &e) == -1 && e.code == ERR_INTERNAL,
		"a reader may not write");
	db_rollback(t->db);
	CHECK(!db_is_lost(t->db) && count(t) == 1, "and the next state after");
	CHECK(!db_begin(t->db, DB_READ, &e) && count(t) == 1 &&
			!db_commit(t->db, &e),
		"a read transaction can be committed");
	db_close(other);
	clear(t);
}

static void test_spoilt(struct test *t)
{
	struct sql_thing_count_row row;
	struct err e = { 0 };

	CHECK(add(t, t->db, "a", &e) == 1, "%s", e.message);
	CHECK(!db_begin(t->db, DB_WRITE, &e), "%s", e.message);
	CHECK(add(t, t->db, "b", &e) == 1, "%s", e.message);
	CHECK(add(t, t->db, "a", &e) == -1 && e.code == ERR_CONFLICT,
		"a name twice");
	CHECK(sql_thing_count(t->db, t->a, &row, &e) == -1 &&
			e.code == ERR_INTERNAL,
		"nothing runs after a failure");
	CHECK(db_commit(t->db, &e) == -1 && e.code == ERR_INTERNAL,
		"and nothing is committed");
	CHECK(!db_in_transaction(t->db) && count(t) == 1, "it is rolled back");
	CHECK(!db_begin(t->db, DB_WRITE, &e) && add(t, t->db, "c", &e) == 1 &&
			!db_commit(t->db, &e),
		"the next transaction is as good as new: %s", e.message);
	clear(t);
}

/* --- failures ------------------------------------------------------------- */

static bool holds(const struct err *e, const char *value)
{
	return strstr(e->message, value) || strstr(e->hint, value) ||
	       strstr(e->detail, value);
}

static void test_conflict(struct test *t)
{
	struct sql_thing_add_in odd = { .name = STR("odd"), .n = -13 };
	struct sql_thing_add_row row;
	struct sql_part_add_in part = { .thing_id = 4711, .place = 1 };
	struct sql_thing_get_in who = { .name = STR("maria@example.org") };
	struct sql_thing_get_row thing = { 0 };
	struct err e = { 0 };

	CHECK(add(t, t->db, "maria@example.org", &e) == 1, "%s", e.message);
	CHECK(add(t, t->db, "maria@example.org", &e) == -1 &&
			e.code == ERR_CONFLICT && !db_is_retryable(t->db),
		"what is unique is there already");
	CHECK(!holds(&e, "maria"), "no value in: %s", e.detail);
	CHECK(sql_thing_add(t->db, t->a, &odd, &row, &e) == -1 &&
			e.code == ERR_INTERNAL,
		"a check is no conflict");
	CHECK(sql_part_add(t->db, &part, &e) == -1 && e.code == ERR_INTERNAL,
		"foreign keys are looked at");
	CHECK(!holds(&e, "4711"), "no value in: %s", e.detail);
	CHECK(sql_thing_get(t->db, t->a, &who, &thing, &e) == 1, "there");
	part.thing_id = thing.id;
	CHECK(sql_part_add(t->db, &part, &e) == 1, "%s", e.message);
	CHECK(sql_part_add(t->db, &part, &e) == -1 && e.code == ERR_CONFLICT,
		"a primary key is unique too");
	CHECK(count(t) == 1, "the connection still works");
}

static void test_busy(struct test *t)
{
	struct db *other = open_with(t, (struct db_opts){ .wait_ms = 100 });
	struct sql_thing_grow_in grow = { .name = STR("maria@example.org") };
	struct err e = { 0 };
	int rc;

	CHECK(!db_begin(t->db, DB_WRITE, &e) &&
			sql_thing_grow(t->db, &grow, &e) == 1,
		"%s", e.message);
	rc = db_begin(other, DB_WRITE, &e);
	CHECK(is_postgres(t) ? !rc : rc == -1, "SQLite has one writer");
	CHECK(rc || sql_thing_grow(other, &grow, &e) == -1, "a row is held");
	CHECK(e.code == ERR_UNAVAILABLE && db_is_retryable(other),
		"to be tried again: %s", e.message);
	db_rollback(other);
	CHECK(is_postgres(t) || (sql_thing_grow(other, &grow, &e) == -1 &&
					e.code == ERR_UNAVAILABLE &&
					db_is_retryable(other)),
		"a writer without a transaction waits too");
	CHECK(!db_commit(t->db, &e), "%s", e.message);
	CHECK(sql_thing_grow(other, &grow, &e) == 1 && !db_is_retryable(other),
		"now it goes: %s", e.message);
	db_close(other);
	clear(t);
}

struct grower {
	struct db *db;
	const char *name;
	struct err e;
	int64_t rc;
};

static void *grow_in_thread(void *arg)
{
	struct grower *g = arg;
	struct sql_thing_grow_in in = { .name = str_of(g->name) };

	g->rc = sql_thing_grow(g->db, &in, &g->e);
	return NULL;
}

static void test_deadlock(struct test *t)
{
	struct db *other = open_with(t, (struct db_opts){ 0 });
	struct grower mine = { .db = t->db, .name = "y" };
	struct grower theirs = { .db = other, .name = "x" };
	struct sql_thing_grow_in x = { .name = STR("x") };
	struct sql_thing_grow_in y = { .name = STR("y") };
	struct grower *loser;
	struct err e = { 0 };
	pthread_t thread;

	add(t, t->db, "x", &e);
	add(t, t->db, "y", &e);
	CHECK(!db_begin(t->db, DB_WRITE, &e) && !db_begin(other, DB_WRITE, &e),
		"%s", e.message);
	CHECK(sql_thing_grow(t->db, &x, &e) == 1 &&
			sql_thing_grow(other, &y, &e) == 1,
		"%s", e.message);
	must(!pthread_create(&thread, NULL, grow_in_thread, &theirs));
	grow_in_thread(&mine);
	pthread_join(thread, NULL);
	loser = mine.rc < 0 ? &mine : &theirs;
	CHECK((mine.rc < 0) != (theirs.rc < 0), "one of them loses");
	CHECK(loser->e.code == ERR_CONFLICT && db_is_retryable(loser->db),
		"and may try again: %s", loser->e.message);
	db_rollback(t->db);
	db_close(other);
	clear(t);
}

static void test_slow(struct test *t)
{
	struct db *db = open_with(t, (struct db_opts){ .statement_ms = 100 });
	struct sql_thing_slow_row row;
	struct err e = { 0 };

	CHECK(sql_thing_slow(db, t->a, &row, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && !db_is_lost(db),
		"a statement that takes too long is ended: %s", e.message);
	CHECK(sql_thing_slow(t->db, t->a, &row, &e) == 1, "%s", e.message);
	db_close(db);
}

static void test_lost(struct test *t)
{
	struct pool *pool;
	struct sql_thing_count_row row;
	struct db *db, *in_transaction;
	struct err e = { 0 };

	CHECK(!pool_open(&pool, t->fresh.url, NULL, 3, &e), "%s", e.message);
	db = pool_take(pool, 0, &e);
	in_transaction = pool_take(pool, 0, &e);
	CHECK(sql_thing_count(db, t->a, &row, &e) == 1, "%s", e.message);
	CHECK(!db_begin(in_transaction, DB_WRITE, &e) &&
			add(t, in_transaction, "lost", &e) == 1,
		"%s", e.message);
	fresh_run(t->fresh.server,
		"select pg_terminate_backend(pid) from pg_stat_activity "
		"where application_name = 'toyon' "
		"and datname = current_database()");
	CHECK(sql_thing_count(db, t->a, &row, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && db_is_lost(db),
		"the loss is seen: %s", e.message);
	CHECK(sql_thing_count(db, t->a, &row, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"and stays");
	CHECK(db_commit(in_transaction, &e) == -1 &&
			e.code == ERR_UNAVAILABLE &&
			db_is_lost(in_transaction) &&
			!db_in_transaction(in_transaction),
		"a commit that nobody answers fails: %s", e.message);
	CHECK(!pool_is_lost(pool), "the pool does not know yet");
	pool_give(pool, db);
	CHECK(pool_is_lost(pool), "now it does");
	pool_give(pool, in_transaction);
	pool_close(pool);
	db_close(t->db);
	t->db = open_with(t, (struct db_opts){ 0 });
	CHECK(count(t) == 0, "nothing was stored");
}

/* --- every step made to fail ------------------------------------------------ */

/* What a use case does: reads, writes, and answers after the commit. */
static int use_case(struct test *t, struct db *db, struct err *e)
{
	struct sql_thing_add_in in = { .name = STR("case"), .n = 1 };
	struct sql_thing_add_row added;
	struct sql_thing_like_in like = { .pattern = STR("%"), .first = 10 };
	struct sql_thing_like_rows rows;
	struct sql_thing_grow_in grow = { .name = STR("case") };

	if (db_begin(db, DB_WRITE, e))
		return -1;
	if (sql_thing_like(db, t->a, &like, &rows, e) ||
		sql_thing_add(db, t->a, &in, &added, e) < 0 ||
		sql_thing_grow(db, &grow, e) < 0) {
		db_rollback(db);
		return -1;
	}
	return db_commit(db, e);
}

static void test_faults(struct test *t)
{
	int64_t steps = 0;
	bool is_done = false;

	for (int n = 1; !is_done && n < 100; n++) {
		struct db *db = open_with(t, (struct db_opts){ .fault_at = n });
		struct err e = { 0 };

		is_done = !use_case(t, db, &e);
		CHECK(is_done || e.code == ERR_UNAVAILABLE, "step %d: %s", n,
			e.message);
		CHECK(!db_in_transaction(db), "step %d: it is over", n);
		CHECK(count(t) == is_done, "step %d: all or nothing", n);
		steps = db_steps(db);
		db_close(db);
	}
	CHECK(steps == 5, "begin, three statements, commit: %lld",
		(long long)steps);
	clear(t);
}

/* --- migrations ------------------------------------------------------------- */

static void test_migrate_faults(struct test *t)
{
	struct err e = { 0 };
	int failed = -1;
	int rc = -1;

	for (int n = 1; rc && n < 100; n++) {
		struct db *db = open_with(t,
			(struct db_opts){ .may_create = true, .fault_at = n });

		rc = db_migrate(db, &e);
		failed++;
		CHECK(!rc || e.code == ERR_UNAVAILABLE, "step %d: %s", n,
			e.message);
		CHECK(!db_in_transaction(db), "step %d: it is over", n);
		db_close(db);
	}
	CHECK(!rc && failed > 10, "every step failed once: %d", failed);
	t->db = open_with(t, (struct db_opts){ 0 });
	CHECK(count(t) == 1, "what the second one adds is there once");
	CHECK(!db_migrate(t->db, &e), "again: %s", e.message);
	CHECK(count(t) == 1, "and changes nothing");
	clear(t);
}

static int migrate_in_child(const char *url)
{
	struct db_opts opts = { .may_create = true };
	struct err e = { 0 };
	struct db *db;
	int rc;

	if (db_open(&db, url, &opts, &e)) {
		fprintf(stderr, "open: %s (%s)\n", e.message, e.detail);
		return 1;
	}
	rc = db_migrate(db, &e);
	if (rc)
		fprintf(stderr, "migrate: %s (%s)\n", e.message, e.detail);
	db_close(db);
	return rc ? 1 : 0;
}

/* Five processes, an empty database. */
static void test_migrate_at_once(struct test *t)
{
	struct fresh f = fresh_start(t->a, t->fresh.server, "at_once");
	pid_t child[5];
	int status;

	for (size_t i = 0; i < COUNTOF(child); i++) {
		child[i] = fork();
		must(child[i] >= 0);
		if (!child[i])
			_exit(migrate_in_child(f.url));
	}
	for (size_t i = 0; i < COUNTOF(child); i++) {
		must(waitpid(child[i], &status, 0) == child[i]);
		CHECK(!status, "process %zu migrates", i);
	}
	fresh_end(t->a, &f);
}

static void test_newer(struct test *t)
{
	struct sql_schema_add_in in = { .number = 99, .name = STR("future") };
	struct err e = { 0 };

	CHECK(sql_schema_add(t->db, &in, &e) == 1, "%s", e.message);
	CHECK(db_migrate(t->db, &e) == -1 && e.code == ERR_CONFLICT,
		"a newer schema is refused");
	CHECK(strstr(e.message, "99") && *e.hint, "with advice: %s", e.hint);
}

/* --- the pool ------------------------------------------------------------- */

static void *take_and_give(void *arg)
{
	struct pool *pool = arg;
	struct err e = { 0 };
	struct db *db = pool_take(pool, 5000, &e);

	if (db)
		pool_give(pool, db);
	return db;
}

static void test_pool_limit(struct test *t)
{
	struct pool *pool;
	struct db *a, *b;
	struct err e = { 0 };
	pthread_t thread;
	void *taken;

	CHECK(!pool_open(&pool, t->fresh.url, NULL, 2, &e), "%s", e.message);
	a = pool_take(pool, 0, &e);
	b = pool_take(pool, 0, &e);
	CHECK(a && b && a != b, "two");
	CHECK(!pool_take(pool, 0, &e) && e.code == ERR_UNAVAILABLE,
		"no third, at once");
	e = (struct err){ 0 };
	CHECK(!pool_take(pool, 50, &e) && e.code == ERR_UNAVAILABLE,
		"no third, after a wait");
	must(!pthread_create(&thread, NULL, take_and_give, pool));
	usleep(20000);
	pool_give(pool, a);
	pthread_join(thread, &taken);
	CHECK(taken == a, "who waits gets what is given");
	CHECK(pool_take(pool, 0, &e) == a, "and gives it back");
	pool_give(pool, b);
	pool_give(pool, a);
	CHECK(!pool_is_lost(pool), "nothing is lost");
	pool_close(pool);
	pool_close(NULL);
}

enum { POOL_THREADS = 6, POOL_ROUNDS = 25 };

static void *grow_often(void *arg)
{
	struct pool *pool = arg;
	struct sql_thing_grow_in in = { .name = STR("shared") };
	intptr_t done = 0;

	for (int i = 0; i < POOL_ROUNDS; i++) {
		struct err e = { 0 };
		struct db *db = pool_take(pool, 10000, &e);

		if (!db)
			continue;
		if (!db_begin(db, DB_WRITE, &e) &&
			sql_thing_grow(db, &in, &e) == 1 && !db_commit(db, &e))
			done++;
		db_rollback(db);
		pool_give(pool, db);
	}
	return (void *)done;
}

static void test_pool_threads(struct test *t)
{
	struct sql_thing_get_in who = { .name = STR("shared") };
	struct sql_thing_get_row row = { 0 };
	pthread_t thread[POOL_THREADS];
	struct pool *pool;
	struct err e = { 0 };
	intptr_t done = 0;
	void *n;

	CHECK(add(t, t->db, "shared", &e) == 1, "%s", e.message);
	CHECK(!pool_open(&pool, t->fresh.url, NULL, 3, &e), "%s", e.message);
	for (int i = 0; i < POOL_THREADS; i++)
		must(!pthread_create(&thread[i], NULL, grow_often, pool));
	for (int i = 0; i < POOL_THREADS; i++) {
		pthread_join(thread[i], &n);
		done += (intptr_t)n;
	}
	CHECK(done == POOL_THREADS * POOL_ROUNDS, "all were done: %ld",
		(long)done);
	CHECK(sql_thing_get(t->db, t->a, &who, &row, &e) == 1 &&
			row.n == 7 + done,
		"and each counted once: %lld", (long long)row.n);
	pool_close(pool);
	clear(t);
}

/* --- stamps ----------------------------------------------------------------- */

static bool stamped_as(struct db *db, const struct db_stamp *was)
{
	struct db_stamp now;

	CHECK(db_stamp(db, &now), "SQLite says");
	return !memcmp(&now, was, sizeof now);
}

/* A process of its own, which says by its status that it committed. */
static bool commit_elsewhere(struct test *t)
{
	int status = -1;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (!child) {
		struct db *db = open_with(t, (struct db_opts){ 0 });
		struct err e = { 0 };
		int added = add(t, db, "elsewhere", &e);

		db_close(db);
		_exit(added == 1 ? 0 : 1);
	}
	return child > 0 && waitpid(child, &status, 0) == child && !status;
}

static void test_stamp_moves(struct test *t, struct db *other)
{
	struct db_stamp was;
	struct err e = { 0 };

	must(db_stamp(other, &was));
	count(t);
	CHECK(stamped_as(other, &was), "a look changes nothing");
	CHECK(!db_begin(t->db, DB_WRITE, &e) && add(t, t->db, "a", &e) == 1,
		"%s", e.message);
	CHECK(stamped_as(other, &was), "nor does what is not committed");
	db_rollback(t->db);
	CHECK(stamped_as(other, &was), "nor what was undone");
	CHECK(add(t, t->db, "a", &e) == 1, "%s", e.message);
	CHECK(!stamped_as(other, &was), "a commit does");
	must(db_stamp(other, &was));
	CHECK(stamped_as(t->db, &was), "for everybody the same");
	CHECK(commit_elsewhere(t), "another process commits");
	CHECK(!stamped_as(other, &was) && !stamped_as(t->db, &was),
		"and is seen, too");
}

/* Each commit has a stamp that no other had, and moving the log into the file
 * brings none of them back. */
static void test_stamps_differ(struct test *t, struct db *other)
{
	enum { TIMES = 60, EVERY = 7 };
	struct db_stamp seen[TIMES];
	struct err e = { 0 };

	for (int i = 0; i < TIMES; i++) {
		str name = arena_fmt(t->a, "stamp %d", i);

		CHECK(add(t, i % 2 ? t->db : other, arena_cstr(t->a, name),
			      &e) == 1,
			"%s", e.message);
		must(db_stamp(other, &seen[i]));
		for (int j = 0; j < i; j++)
			CHECK(memcmp(&seen[i], &seen[j], sizeof seen[i]),
				"commit %d looks like %d", i, j);
		CHECK(i % EVERY || !checkpoint_run(
					   t->db, CHECKPOINT_ALL, NULL, &e),
			"%s", e.message);
	}
}

static void test_stamp(struct test *t)
{
	struct db *other = open_with(t, (struct db_opts){ 0 });
	struct db_stamp none;

	if (is_postgres(t)) {
		CHECK(!db_stamp(t->db, &none), "PostgreSQL does not say");
	} else {
		test_stamp_moves(t, other);
		test_stamps_differ(t, other);
	}
	db_close(other);
	clear(t);
}

/* --- opening and checking --------------------------------------------------- */

static void check_refused(
	struct test *t, const char *url, enum err_code code, const char *why)
{
	struct db *db = t->db;
	struct err e = { 0 };

	CHECK(db_open(&db, url, NULL, &e) == -1 && e.code == code && !db,
		"%s: %s", why, e.message);
	CHECK(!holds(&e, "secret"), "%s: no password in %s", why, e.detail);
	db_close(db);
}

static void put_file(struct test *t, const char *name, const char *bytes)
{
	str path = arena_fmt(t->a, "%s/%s", t->fresh.name, name);
	FILE *f = fopen(arena_cstr(t->a, path), "w");

	must(f && fputs(bytes, f) >= 0 && !fclose(f));
}

static const char *url_in(struct test *t, const char *name)
{
	return arena_cstr(
		t->a, arena_fmt(t->a, "sqlite:%s/%s", t->fresh.name, name));
}

/* A folder in its place, or a file in the place of its folder: as whoever has mistyped the path
 * sees it, the message has the path and the hint what to look at. */
static void check_unopened(struct test *t, const char *name, enum err_code code)
{
	const char *url = url_in(t, name), *path = url + strlen("sqlite:");
	struct db *db;
	struct err e = { 0 };

	mkdir(path, 0700);
	CHECK(db_open(&db, url, &(struct db_opts){ 0 }, &e) == -1 &&
			e.code == code &&
			str_find(str_of(e.message), str_of(path)) >= 0 &&
			*e.hint,
		"%s (%s)", e.message, e.hint);
	rmdir(path);
}

static void test_open_sqlite(struct test *t)
{
	const char *path = t->fresh.url + strlen("sqlite:");
	struct stat st;
	sqlite3 *other;
	char noise[4096];

	CHECK(!stat(path, &st) && (st.st_mode & 0777) == 0600,
		"nobody else can read it");
	check_refused(t, url_in(t, "none.db"), ERR_NOT_FOUND,
		"a file that is not there");
	CHECK(stat(url_in(t, "none.db") + strlen("sqlite:"), &st),
		"and is not made");
	check_unopened(t, "folder.db", ERR_UNAVAILABLE);
	check_unopened(t, "toyon.db/folder.db", ERR_NOT_FOUND);
	memset(noise, 'x', sizeof noise);
	noise[sizeof noise - 1] = '\0';
	put_file(t, "noise.db", noise);
	check_refused(t, url_in(t, "noise.db"), ERR_CORRUPT,
		"a file that is no database");
	must(!sqlite3_open(url_in(t, "leads.db") + strlen("sqlite:"), &other));
	must(!sqlite3_exec(other, "create table leads (a)", NULL, NULL, NULL));
	sqlite3_close(other);
	check_refused(t, url_in(t, "leads.db"), ERR_INVALID,
		"the database of another program");
}

static void test_open(struct test *t)
{
	check_refused(t, "toyon.db", ERR_INVALID, "no scheme");
	check_refused(t, "mysql://toyon:secret@127.0.0.1/toyon", ERR_INVALID,
		"another kind");
	check_refused(t, "postgresql://toyon:secret@127.0.0.1:1/toyon",
		ERR_UNAVAILABLE, "nobody listens");
	check_refused(t, "postgres://toyon:secret@127.0.0.1:1/toyon",
		ERR_UNAVAILABLE, "the other spelling");
	check_refused(t, "postgresql://toyon:secret@[::1/toyon", ERR_INVALID,
		"an address that cannot be read");
	if (!is_postgres(t))
		test_open_sqlite(t);
}

static void test_check(struct test *t)
{
	struct db_findings found;
	struct err e = { 0 };

	CHECK(!db_check(t->db, t->a, &found, &e), "%s", e.message);
	CHECK(found.n && !found.at[0].is_problem &&
			str_find(found.at[0].text,
				is_postgres(t) ? STR("PostgreSQL")
					       : STR("SQLite 3.")) >= 0,
		"the version comes first");
	for (size_t i = 0; !is_postgres(t) && i < found.n; i++)
		CHECK(!found.at[i].is_problem, "a problem: %.*s",
			STR_ARG(found.at[i].text));
}

/* Pages overwritten behind the header: some check has to see it. */
static void test_check_damaged(struct test *t)
{
	const char *path = t->fresh.url + strlen("sqlite:");
	struct db_findings found = { 0 };
	struct err e = { 0 };
	bool is_seen = false;
	char noise[512];
	FILE *f;

	for (int i = 0; i < 200; i++)
		add(t, t->db, arena_cstr(t->a, arena_fmt(t->a, "d%d", i)), &e);
	CHECK(!checkpoint_run(t->db, CHECKPOINT_ALL, NULL, &e), "%s",
		e.message);
	db_close(t->db);
	memset(noise, 0x5a, sizeof noise);
	f = fopen(path, "r+");
	must(f && !fseek(f, 4096 + 100, SEEK_SET));
	for (int i = 0; i < 40; i++)
		must(fwrite(noise, sizeof noise, 1, f) == 1);
	must(!fclose(f));
	if (db_open(&t->db, t->fresh.url, NULL, &e)) {
		CHECK(e.code == ERR_CORRUPT, "%s", e.message);
		return;
	}
	if (db_check(t->db, t->a, &found, &e))
		is_seen = e.code == ERR_CORRUPT;
	for (size_t i = 0; i < found.n; i++)
		is_seen = is_seen || found.at[i].is_problem;
	CHECK(is_seen, "damage is found");
}

int main(int argc, char **argv)
{
	struct test t = { .a = arena_new(ARENA_BYTES) };

	t.fresh = fresh_start(t.a, fresh_server(argc, argv), "engine");
	test_migrate_faults(&t);
	test_migrate_at_once(&t);
	test_values(&t);
	test_not_text(&t);
	test_broken_statements(&t);
	test_kinds(&t);
	test_prepare(&t);
	test_commit_and_rollback(&t);
	test_read_transaction(&t);
	test_spoilt(&t);
	test_conflict(&t);
	test_busy(&t);
	test_faults(&t);
	test_pool_limit(&t);
	test_pool_threads(&t);
	test_stamp(&t);
	test_open(&t);
	test_check(&t);
	if (is_postgres(&t)) {
		test_deadlock(&t);
		test_slow(&t);
		test_lost(&t);
	}
	test_newer(&t);
	if (!is_postgres(&t))
		test_check_damaged(&t);
	db_close(t.db);
	fresh_end(t.a, &t.fresh);
	arena_free(t.a);
	return CHECK_DONE();
}
