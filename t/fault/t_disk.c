/*
 * A disk that is full, again and again, at every point of storing requests: what
 * was acknowledged is there afterwards, what was refused left nothing behind,
 * and the chain is whole.  The disk is made full by a limit on the size of files
 * that grows a little at a time.
 */
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rand.h"
#include "desk/config.h"
#include "desk/install.h"
#include "desk/intake.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "law/reason.h"
#include "store/checkpoint.h"
#include "store/db.h"
#include "store/sql.h"

enum { STEP_MOST = 60000, TRIES = 300, STORED_MAX = 300 };

struct test {
	struct arena *a;
	const char *dir;
	struct install in;
	struct db *db;
	struct suppress *suppress;
	str stored[STORED_MAX];
	size_t n;
	int refused;
};

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s)\n", what, e->message, e->detail);
	exit(1);
}

static const char *path(struct test *t, const char *name)
{
	return path_join(t->a, t->dir, name);
}

static struct desk desk_of(struct test *t)
{
	return (struct desk){ .db = t->db,
		.arena = t->a,
		.clock = &t->in.clock,
		.keys = t->in.keys,
		.config = &t->in.config,
		.suppress = t->suppress,
		.actor = { .kind = ACTOR_COMMAND },
		.wake_fd = -1 };
}

static void start(struct test *t)
{
	char template[] = "/tmp/t_disk.XXXXXX";
	struct config config;
	struct err e = { 0 };
	struct desk d;

	t->a = arena_new((size_t)1 << 30);
	t->dir = arena_cstr(t->a, str_of(mkdtemp(template)));
	config_defaults(&config);
	if (install_make(t->a, t->dir, &config, &e) ||
		install_open(&t->in, t->a, t->dir, KEYS_ALL, &e) ||
		install_database(&t->in, &t->db, &e) ||
		suppress_open(
			&t->suppress, path(t, "index.tyx"), t->in.keys, &e))
		fail("installation", &e);
	d = desk_of(t);
	if (setting_put(&d, STR("contact_email"),
		    STR("privacy@lakeshore.example"), &e) ||
		checkpoint_run(t->db, CHECKPOINT_ALL, NULL, &e))
		fail("start", &e);
}

static void limit_files(rlim_t size)
{
	struct rlimit r = { size, RLIM_INFINITY };

	must(!setrlimit(RLIMIT_FSIZE, &r));
}

static bool store(struct test *t, int i)
{
	struct desk d = desk_of(t);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;

	f.person.email.v = arena_fmt(t->a, "disk.%d@example.com", i);
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("yes");
	if (intake_send(&d, &f, CHANNEL_WEB, f.person.email.v, &s, &ps, &e)) {
		CHECK(e.code == ERR_UNAVAILABLE,
			"a full disk is no error of ours: %s, %s",
			err_name(e.code), e.message);
		t->refused++;
		return false;
	}
	must(t->n < STORED_MAX);
	t->stored[t->n++] = s.reference;
	return true;
}

static uint32_t reasons_of(struct test *t, int i)
{
	struct desk d = desk_of(t);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = arena_fmt(t->a, "disk.%d@example.com", i) };
	struct err e = { 0 };

	if (suppress_check(&d, &q, 1, &e))
		fail("check", &e);
	return q.reasons;
}

/* The log grows with each request; the limit moves on when it was hit, by more
 * or less than one needs, so that the next failure is at another write. */
static void fill_the_disk(struct test *t)
{
	struct rng rng = { 20261121 };
	struct stat st;
	rlim_t size;

	must(!stat(path(t, "toyon.db"), &st));
	size = (rlim_t)st.st_size;
	for (int i = 0; i < TRIES; i++) {
		limit_files(size);
		if (!store(t, i)) {
			limit_files(RLIM_INFINITY);
			CHECK(reasons_of(t, i) == 0,
				"refused: nothing of it was stored");
			size += (rlim_t)rng_below(&rng, STEP_MOST);
		}
	}
	limit_files(RLIM_INFINITY);
}

static void check_record(struct test *t)
{
	struct audit_export x = { .keys = t->in.keys,
		.business = STR("L"),
		.at = clock_now_ms(NULL) };
	struct sql_suppression_count_row count;
	struct db_findings findings = { 0 };
	struct audit_report report;
	struct err e = { 0 };
	int64_t n;

	for (size_t i = 0; i < t->n; i++) {
		struct sql_request_id_row row;

		CHECK(sql_request_id(t->db, t->a,
			      &(struct sql_request_id_in){ t->stored[i] }, &row,
			      &e) == 1,
			"acknowledged request %zu is there", i);
	}
	CHECK(sql_suppression_count(t->db, t->a, &count, &e) == 1 &&
			count.n == (int64_t)t->n,
		"one suppression each: %d of %zu", (int)count.n, t->n);
	CHECK(!db_check(t->db, t->a, &findings, &e), "%s", e.message);
	for (size_t i = 0; i < findings.n; i++)
		CHECK(!findings.at[i].is_problem, "%.*s",
			STR_ARG(findings.at[i].text));
	x.fd = open(path(t, "audit"), O_RDWR | O_CREAT, 0600);
	CHECK(!audit_export(t->db, &x, &n, &e), "%s", e.message);
	lseek(x.fd, 0, SEEK_SET);
	CHECK(!audit_verify(x.fd, "export", STR(""), &report, &e) &&
			report.damage == DAMAGE_INTACT && report.count == n,
		"the chain is whole: %s", audit_damage_name(report.damage));
	close(x.fd);
}

int main(void)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(sodium_init() >= 0);
	signal(SIGXFSZ, SIG_IGN);
	start(&t);
	fill_the_disk(&t);
	CHECK(t.refused > 20 && t.n > 20, "%d refused, %zu stored", t.refused,
		t.n);
	check_record(&t);
	suppress_close(t.suppress);
	db_close(t.db);
	if (db_open(&t.db, t.in.database, &(struct db_opts){ 0 }, &e) ||
		suppress_open(
			&t.suppress, path(&t, "index.tyx"), t.in.keys, &e))
		fail("open again", &e);
	check_record(&t);
	suppress_close(t.suppress);
	db_close(t.db);
	must(!system(arena_cstr(t.a, arena_fmt(t.a, "rm -rf %s", t.dir))));
	arena_free(t.a);
	return CHECK_DONE();
}
