/*
 * The real schema and the real statements, on both engines: that the engine
 * takes each of them, and what jobs, attempts, the suppression log and the audit
 * trail promise in their .sql files.
 */
#include <pthread.h>

#include "check.h"
#include "fresh.h"
#include "store/sql.h"

enum { ARENA_BYTES = 16 << 20 };

struct test {
	struct arena *a;
	struct fresh fresh;
	struct db *db;
	struct db *other;
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

static void test_prepare_all(struct test *t)
{
	struct err e = { 0 };

	for (int id = 0; id < SQL_COUNT; id++)
		CHECK(!db_prepare(t->db, (enum sql_id)id, &e), "%s: %s (%s)",
			sql_stmts[id].name, e.message, e.detail);
}

enum { FAR = 1000000 }; /* later than any job here */

static void test_settings(struct test *t)
{
	struct sql_setting_set_in set = { .name = STR("business.name"),
		.value = STR("Lakeshore Leads"),
		.changed_at = 5,
		.changed_by = STR("setup") };
	struct sql_setting_all_rows all;
	struct err e = { 0 };

	CHECK(!sql_setting_all(t->db, t->a, &all, &e) && !all.n, "not set");
	CHECK(sql_setting_set(t->db, &set, &e) == 1, "%s", e.message);
	set.value = STR("Lakeshore Leads LLC");
	CHECK(sql_setting_set(t->db, &set, &e) == 1, "%s", e.message);
	CHECK(!sql_setting_all(t->db, t->a, &all, &e) && all.n == 1, "one");
	CHECK(all.n && str_eq(all.at[0].value, set.value) &&
			all.at[0].changed_at == 5,
		"the last value holds");
}

static void test_attempts(struct test *t)
{
	struct sql_attempt_add_in add = { .bucket = STR("sign-in"),
		.window_at = 1000 };
	struct sql_attempt_count_in count = { .bucket = STR("sign-in"),
		.window_at = 1000 };
	struct sql_attempt_purge_in purge = { .before = 1001 };
	struct sql_attempt_add_row n = { 0 };
	struct sql_attempt_count_row seen = { 0 };
	struct err e = { 0 };

	for (int i = 1; i <= 3; i++)
		CHECK(sql_attempt_add(t->db, t->a, &add, &n, &e) == 1 &&
				n.n == i,
			"try %d: %s", i, e.message);
	add.window_at = 2000;
	CHECK(sql_attempt_add(t->db, t->a, &add, &n, &e) == 1 && n.n == 1,
		"the next window starts anew");
	CHECK(sql_attempt_purge(t->db, &purge, &e) == 1, "only the old one");
	CHECK(sql_attempt_count(t->db, t->a, &count, &seen, &e) == 1 &&
			seen.n == 0,
		"none in a window that is gone");
	count.window_at = 2000;
	CHECK(sql_attempt_count(t->db, t->a, &count, &seen, &e) == 1 &&
			seen.n == 1,
		"one in the other");
}

/* --- jobs ------------------------------------------------------------------- */

static int64_t job_add(struct test *t, const char *kind, int64_t run_at)
{
	struct sql_job_add_in in = { .kind = str_of(kind), .run_at = run_at };
	struct err e = { 0 };
	int64_t n = sql_job_add(t->db, &in, &e);

	CHECK(n >= 0, "%s (%s)", e.message, e.detail);
	return n;
}

/* The kind of the job that was due, or "". */
static str job_lease(struct test *t, struct db *db, int64_t now, int64_t *id)
{
	struct sql_job_lease_in in = {
		.now = now, .lease_until = now + 60, .lease_by = STR("w1")
	};
	struct sql_job_lease_row row = { 0 };
	struct err e = { 0 };
	int rc = sql_job_lease(db, t->a, &in, &row, &e);

	CHECK(rc >= 0, "%s (%s)", e.message, e.detail);
	*id = row.id;
	return rc > 0 ? row.kind : STR("");
}

static int64_t job_done(struct test *t, int64_t id, const char *by)
{
	struct sql_job_done_in in = {
		.id = id, .lease_by = str_of(by), .at = 999
	};
	struct err e = { 0 };
	int64_t n = sql_job_done(t->db, &in, &e);

	CHECK(n >= 0, "%s (%s)", e.message, e.detail);
	return n;
}

/* Nothing is due at that time, nor before. */
static bool none_due(struct test *t, int64_t at)
{
	int64_t id;

	return !job_lease(t, t->db, at, &id).n;
}

static void test_job_order(struct test *t)
{
	int64_t id;

	CHECK(none_due(t, FAR), "none open");
	job_add(t, "late", 300);
	job_add(t, "soon", 200);
	CHECK(job_add(t, "late", 400) == 0, "asked again for later: nothing");
	CHECK(job_add(t, "late", 100) == 1, "for earlier: moved");
	CHECK(none_due(t, 99), "not due yet");
	CHECK(str_eq(job_lease(t, t->db, 250, &id), STR("late")),
		"due for longest");
	CHECK(job_done(t, id, "w2") == 0, "not by somebody else");
	CHECK(job_done(t, id, "w1") == 1 && job_done(t, id, "w1") == 0,
		"done, once");
	CHECK(str_eq(job_lease(t, t->db, 250, &id), STR("soon")), "next");
	CHECK(!job_lease(t, t->db, 250, &id).n, "a lease keeps others off");
	CHECK(none_due(t, 309), "until it runs out");
	CHECK(str_eq(job_lease(t, t->db, 310, &id), STR("soon")),
		"then it is due again");
	CHECK(job_done(t, id, "w1") == 1 && none_due(t, FAR), "all done");
}

static void test_job_asked_meanwhile(struct test *t)
{
	int64_t id;

	job_add(t, "index", 100);
	CHECK(str_eq(job_lease(t, t->db, 100, &id), STR("index")), "leased");
	CHECK(job_add(t, "index", 130) == 1, "asked for while it runs");
	CHECK(!job_lease(t, t->db, 135, &id).n, "not twice at once");
	CHECK(str_eq(job_lease(t, t->db, 160, &id), STR("index")), "run out");
	CHECK(job_add(t, "index", 5000) == 1, "again, for much later");
	CHECK(job_done(t, id, "w1") == 1 && none_due(t, 4999),
		"done, and open for then");
	CHECK(str_eq(job_lease(t, t->db, 5000, &id), STR("index")), "due");
	CHECK(job_done(t, id, "w1") == 1 && none_due(t, FAR), "done");
}

static void test_job_retry(struct test *t)
{
	struct sql_job_retry_in retry = { .lease_by = STR("w1"),
		.run_at = 900,
		.problem = STR("the system did not answer") };
	struct sql_job_extend_in extend = { .lease_by = STR("w1"),
		.lease_until = 500 };
	struct sql_job_stuck_in stuck = { .attempts = 2, .first = 10 };
	struct sql_job_purge_in purge = { .before = 1000 };
	struct sql_job_stuck_rows rows;
	struct err e = { 0 };
	int64_t id;

	job_add(t, "erase", 100);
	job_lease(t, t->db, 100, &id);
	extend.id = retry.id = id;
	CHECK(sql_job_extend(t->db, &extend, &e) == 1 && none_due(t, 499),
		"more time");
	CHECK(sql_job_retry(t->db, &retry, &e) == 1 && none_due(t, 899),
		"back-off");
	CHECK(sql_job_extend(t->db, &extend, &e) == 0, "no lease, no time");
	CHECK(job_add(t, "erase", 600) == 1 && none_due(t, 599),
		"asked for earlier");
	job_lease(t, t->db, 600, &id);
	CHECK(!sql_job_stuck(t->db, t->a, &stuck, &rows, &e) && rows.n == 1 &&
			rows.at[0].attempts == 2 &&
			str_eq(rows.at[0].problem, retry.problem),
		"tried twice, and why");
	CHECK(sql_job_purge(t->db, &purge, &e) >= 3, "old ones go");
	CHECK(job_done(t, id, "w1") == 1, "the open one stayed");
}

/* Two workers, each in a transaction that stays open. */
static void test_job_two_workers(struct test *t)
{
	struct err e = { 0 };
	int64_t a = 0, b = 0, c = 0;

	job_add(t, "one", 10);
	job_add(t, "two", 20);
	CHECK(!db_begin(t->db, DB_WRITE, &e), "%s", e.message);
	job_lease(t, t->db, 50, &a);
	if (db_engine(t->db) == DB_POSTGRES) {
		CHECK(!db_begin(t->other, DB_WRITE, &e), "%s", e.message);
		job_lease(t, t->other, 50, &b);
		CHECK(a && b && a != b, "each gets one, nobody waits");
		CHECK(!db_commit(t->other, &e), "%s", e.message);
	}
	CHECK(!db_commit(t->db, &e), "%s", e.message);
	job_lease(t, t->other, 50, &c);
	CHECK(b ? !c : c && c != a, "none is given out twice");
	job_done(t, a, "w1");
	job_done(t, b ? b : c, "w1");
}

/* --- suppression and audit ---------------------------------------------------- */

enum { KEY = 32 };

/* n keys of one letter each. */
static str keys(struct test *t, const char *letters)
{
	size_t n = strlen(letters);
	char *key = arena_alloc(t->a, n * KEY);

	for (size_t i = 0; i < n * KEY; i++)
		key[i] = letters[i / KEY];
	return (str){ key, n * KEY };
}

/* As a use case does: the head is held first. */
static int suppress(struct test *t, struct db *db, str id_key, const char *act,
	int64_t *seq, struct err *e)
{
	struct sql_audit_head_row head;
	struct sql_suppression_add_in in = { .n = (int64_t)id_key.n / KEY,
		.at = 1,
		.act = str_of(act),
		.kind = STR("email"),
		.id_key = id_key,
		.reasons = 3,
		.source = STR("test") };
	struct sql_suppression_add_row row = { 0 };
	bool is_alone = !db_in_transaction(db);
	int rc = -1;

	if (is_alone && db_begin(db, DB_WRITE, e))
		return -1;
	if (sql_audit_head(db, t->a, &head, e) == 1)
		rc = sql_suppression_add(db, t->a, &in, &row, e);
	*seq = row.seq;
	if (is_alone && rc == 1 && db_commit(db, e))
		rc = -1;
	if (is_alone)
		db_rollback(db);
	return rc;
}

static void test_suppression(struct test *t)
{
	struct sql_suppression_after_in after = { .span = 1, .pack = 3 };
	struct sql_suppression_after_rows rows;
	struct sql_suppression_count_row n = { 0 };
	struct sql_suppression_max_seq_row max = { 0 };
	int64_t one, three, four;
	struct err e = { 0 };

	CHECK(sql_suppression_max_seq(t->db, t->a, &max, &e) == 1 &&
			max.seq == 0,
		"an empty log");
	CHECK(!sql_suppression_after(t->db, t->a, &after, &rows, &e) && !rows.n,
		"nothing to read in it");
	suppress(t, t->db, keys(t, "a"), "suppress", &one, &e);
	suppress(t, t->db, keys(t, "bc"), "suppress", &three, &e);
	suppress(t, t->db, keys(t, "a"), "release", &four, &e);
	CHECK(one == 1 && three == 3 && four == 4,
		"a number for each entry, the row has the last one's");
	CHECK(!sql_suppression_after(t->db, t->a, &after, &rows, &e) &&
			rows.n == 1 && rows.at[0].seq == 1 &&
			str_eq(rows.at[0].id_key, keys(t, "a")),
		"one entry: %zu", rows.n);
	after.span = 2;
	CHECK(!sql_suppression_after(t->db, t->a, &after, &rows, &e) &&
			rows.n == 2 && rows.at[1].seq == 3 &&
			str_eq(rows.at[1].id_key, keys(t, "bc")),
		"both rows");
	after = (struct sql_suppression_after_in){
		.seq = 2, .span = 1, .pack = 3
	};
	CHECK(!sql_suppression_after(t->db, t->a, &after, &rows, &e) &&
			rows.n == 1 && rows.at[0].seq == 3,
		"a row that is only partly behind it");
	after.seq = 3;
	CHECK(!sql_suppression_after(t->db, t->a, &after, &rows, &e) &&
			rows.n == 1 && rows.at[0].seq == four &&
			str_eq(rows.at[0].act, STR("release")),
		"and the rest");
	CHECK(sql_suppression_count(t->db, t->a, &n, &e) == 1 && n.n == 4 &&
			sql_suppression_max_seq(t->db, t->a, &max, &e) == 1 &&
			max.seq == four,
		"count and end");
}

/* A number drawn first and committed last would be skipped by who follows. */
static void test_suppression_order(struct test *t)
{
	int64_t first, second = 0;
	struct err e = { 0 };

	CHECK(!db_begin(t->db, DB_WRITE, &e) &&
			suppress(t, t->db, keys(t, "a"), "suppress", &first,
				&e) == 1,
		"%s", e.message);
	CHECK(suppress(t, t->other, keys(t, "b"), "suppress", &second, &e) ==
				-1 &&
			e.code == ERR_UNAVAILABLE,
		"the second waits for the first: %s", e.message);
	CHECK(!db_commit(t->db, &e), "%s", e.message);
	CHECK(suppress(t, t->other, keys(t, "b"), "suppress", &second, &e) ==
				1 &&
			second > first,
		"and comes after it: %s", e.message);
}

static int audit_append(struct test *t, struct db *db, struct err *e)
{
	struct sql_audit_head_row head = { 0 };
	struct sql_audit_add_in add = { .actor = STR("test"),
		.event = STR("tested"),
		.reference = STR("TOY-1"),
		.line = STR("{}"),
		.hash = STR("h") };
	struct sql_audit_head_set_in set = { .hash = STR("h") };

	if (db_begin(db, DB_WRITE, e))
		return -1;
	if (sql_audit_head(db, t->a, &head, e) == 1) {
		add.seq = set.seq = head.seq + 1;
		if (sql_audit_add(db, &add, e) == 1 &&
			sql_audit_head_set(db, &set, e) == 1)
			return db_commit(db, e);
	}
	db_rollback(db);
	return -1;
}

struct appender {
	struct test t;
	int done;
};

static void *append_often(void *arg)
{
	struct appender *p = arg;

	for (int i = 0; i < 25; i++) {
		struct err e = { 0 };

		if (!audit_append(&p->t, p->t.db, &e))
			p->done++;
		else
			fprintf(stderr, "%s (%s)\n", e.message, e.detail);
	}
	return NULL;
}

static void test_audit_at_once(struct test *t)
{
	struct appender p[3];
	pthread_t thread[3];
	struct sql_audit_from_in from = { .seq = 0, .first = 1000 };
	struct sql_audit_from_rows rows;
	struct err e = { 0 };

	for (int i = 0; i < 3; i++) {
		p[i] = (struct appender){ .t = { .a = arena_new(ARENA_BYTES),
						  .fresh = t->fresh } };
		p[i].t.db = open_with(&p[i].t, (struct db_opts){ 0 });
		must(!pthread_create(&thread[i], NULL, append_often, &p[i]));
	}
	for (int i = 0; i < 3; i++) {
		pthread_join(thread[i], NULL);
		CHECK(p[i].done == 25, "writer %d: %d entries", i, p[i].done);
		db_close(p[i].t.db);
		arena_free(p[i].t.a);
	}
	CHECK(!sql_audit_from(t->db, t->a, &from, &rows, &e) && rows.n == 75,
		"all entries: %zu", rows.n);
	for (size_t i = 0; i < rows.n; i++)
		CHECK(rows.at[i].seq == (int64_t)i + 1, "no gap at %zu", i);
}

static void test_audit_pages(struct test *t)
{
	struct sql_audit_from_in from = { .seq = 70, .first = 3 };
	struct sql_audit_newest_in newest = { .seq = 75, .first = 2 };
	struct sql_audit_of_reference_in of = { .reference = STR("TOY-1") };
	struct sql_audit_seal_add_in seal = {
		.seq = 75, .at = 1, .hash = STR("h"), .signature = STR("s")
	};
	struct sql_audit_from_rows some;
	struct sql_audit_newest_rows last;
	struct sql_audit_of_reference_rows mine;
	struct sql_audit_seal_last_row sealed = { 0 };
	struct sql_audit_seals_rows seals;
	struct err e = { 0 };

	CHECK(!sql_audit_from(t->db, t->a, &from, &some, &e) && some.n == 3 &&
			some.at[0].seq == 71,
		"a page from 71");
	CHECK(!sql_audit_newest(t->db, t->a, &newest, &last, &e) &&
			last.n == 2 && last.at[0].seq == 74,
		"a page back from 74");
	CHECK(!sql_audit_of_reference(t->db, t->a, &of, &mine, &e) &&
			mine.n == 75,
		"of one case");
	CHECK(sql_audit_seal_last(t->db, t->a, &sealed, &e) == 0, "no seal");
	CHECK(sql_audit_seal_add(t->db, &seal, &e) == 1, "%s", e.message);
	CHECK(sql_audit_seal_last(t->db, t->a, &sealed, &e) == 1 &&
			sealed.seq == 75 &&
			!sql_audit_seals(t->db, t->a, &seals, &e) &&
			seals.n == 1,
		"one seal");
	CHECK(sql_audit_seal_add(t->db, &seal, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"not twice");
}

int main(int argc, char **argv)
{
	struct test t = { .a = arena_new(ARENA_BYTES) };
	struct err e = { 0 };

	t.fresh = fresh_start(t.a, fresh_server(argc, argv), "store");
	t.db = open_with(&t, (struct db_opts){ .may_create = true });
	CHECK(!db_migrate(t.db, &e), "%s (%s)", e.message, e.detail);
	t.other = open_with(&t, (struct db_opts){ .wait_ms = 150 });
	test_prepare_all(&t);
	test_settings(&t);
	test_attempts(&t);
	test_job_order(&t);
	test_job_asked_meanwhile(&t);
	test_job_retry(&t);
	test_job_two_workers(&t);
	test_suppression(&t);
	test_suppression_order(&t);
	test_audit_at_once(&t);
	test_audit_pages(&t);
	db_close(t.other);
	db_close(t.db);
	fresh_end(t.a, &t.fresh);
	arena_free(t.a);
	return CHECK_DONE();
}
