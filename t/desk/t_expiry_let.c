/*
 * What somebody let a run do, taken back while it goes on: a thread of its own erases, and stands
 * still at its first reading, since somebody else has the whole system, until
 * everything is changed.  The system is real (a SQLite file), the record is on both engines.
 */
#include "act.h"

#include <pthread.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/file.h"
#include "desk/expiry.h"
#include "desk/limit.h"

enum { HOUR_MS = 3600000, TRIES = 12000, TRY_US = 10000 };

#define MAP(after)                                                 \
	"version: 1\n"                                             \
	"systems:\n"                                               \
	"  - name: crm\n"                                          \
	"    title: CRM\n"                                         \
	"    connector: sqlite\n"                                  \
	"    database: crm.db\n"                                   \
	"    tables:\n"                                            \
	"      - name: visit\n"                                    \
	"        key: id\n"                                        \
	"        columns: [ { name: email, identifies: email },\n" \
	"          { name: seen } ]\n"                             \
	"        erase: delete\n"                                  \
	"        expires: { after: " after ", from: seen }\n"

/* The same, and what says whose its rows are: a shop's buyers, who have a code as well. */
#define LINKED_MAP(code)                                                       \
	MAP("2 years")                                                         \
	"        links: [ { column: email, system: shop, to: buyer.mail } ]\n" \
	"  - name: shop\n"                                                     \
	"    title: Shop\n"                                                    \
	"    connector: sqlite\n"                                              \
	"    database: shop.db\n"                                              \
	"    tables:\n"                                                        \
	"      - name: buyer\n"                                                \
	"        key: id\n"                                                    \
	"        columns: [ { name: mail, identifies: email },\n"              \
	"          { name: code" code " } ]\n"                                 \
	"        erase: delete\n"

static struct desk desk(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "datamap.yaml");
	return d;
}

static void put_map(struct test *t, const char *yaml)
{
	struct err e = { 0 };

	if (file_replace(path(t, "datamap.yaml"), str_of(yaml), 0600, &e))
		fail("map", &e);
}

/* --- the system --- */

static sqlite3 *crm(struct test *t)
{
	sqlite3 *db;

	must(sqlite3_open(path(t, "crm.db"), &db) == SQLITE_OK);
	return db;
}

static void say(sqlite3 *db, const char *sql)
{
	must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static int put_int(void *ctx, int n, char **values, char **names)
{
	int64_t value;

	(void)n;
	(void)names;
	must(str_int(str_of(values[0]), &value));
	*(int *)ctx = (int)value;
	return 0;
}

static int visits(struct test *t)
{
	sqlite3 *db = crm(t);
	int n = -1;

	must(sqlite3_exec(db, "select count(*) from visit", put_int, &n,
		     NULL) == SQLITE_OK);
	sqlite3_close(db);
	return n;
}

/* --- a run besides --- */

static struct expiry_run newest(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct expiries all;
	struct err e = { 0 };

	if (expiry_list(&d, &all, &e) || !all.n)
		fail("list", &e);
	return all.at[0].run;
}

struct erasing {
	struct desk desk;
	struct expiry_way way;
	const char *url;
	int code; /* what it ended with */
};

/* With a connection and memory of its own, as in another process. */
static void *erase(void *ctx)
{
	struct erasing *x = ctx;
	struct expiry_run r;
	struct err e = { 0 };

	must(!db_open(&x->desk.db, x->url, &(struct db_opts){ 0 }, &e));
	if (expiry_erase(&x->desk, &x->way, STR("crm"), &r, &e))
		x->code = (int)e.code;
	db_close(x->desk.db);
	arena_free(x->desk.arena);
	return NULL;
}

/* What meanwhile() does is done before the run reads its first row.  The run's error. */
static int erase_while(struct test *t, void (*meanwhile)(struct test *t))
{
	struct erasing x = { .desk = desk(t, ACTOR_WORKER),
		.way = { t->dir },
		.url = t->fresh.url };
	struct clock clock = t->clock;
	int64_t last = newest(t).id;
	sqlite3 *lock = crm(t);
	pthread_t thread;

	x.desk.arena = arena_new(LIMIT_JOB_ARENA);
	x.desk.clock = &clock;
	say(lock, "begin exclusive");
	must(!pthread_create(&thread, NULL, erase, &x));
	for (int i = 0; newest(t).id == last; i++) {
		must(i < TRIES);
		usleep(TRY_US);
	}
	meanwhile(t);
	say(lock, "rollback");
	sqlite3_close(lock);
	must(!pthread_join(thread, NULL));
	return x.code;
}

static void turn_on(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run r;
	struct err e = { 0 };

	if (expiry_preview(&d, &w, STR("crm"), &r, &e) ||
		expiry_on(&d, STR("crm"), &e))
		fail("on", &e);
}

/* --- cases --- */

static void turn_off(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct err e = { 0 };

	if (expiry_off(&d, STR("crm"), &e))
		fail("off", &e);
}

static void correct_map(struct test *t)
{
	put_map(t, MAP("20 years"));
}

static void nothing(struct test *t)
{
	(void)t;
}

static void stopped(struct test *t)
{
	turn_on(t);
	CHECK(erase_while(t, turn_off) == ERR_CONFLICT && visits(t) == 3,
		"turned off: %d stand", visits(t));
	CHECK(!newest(t).ended_at && newest(t).problem.n, "and it says so");
}

static void corrected(struct test *t)
{
	put_map(t, MAP("3 years"));
	turn_on(t);
	CHECK(erase_while(t, correct_map) == ERR_CONFLICT && visits(t) == 3,
		"the map was wrong: %d stand", visits(t));
	put_map(t, MAP("2 years"));
}

static void correct_the_shop(struct test *t)
{
	put_map(t, LINKED_MAP(", identifies: account"));
}

/* Whose a visit is the shop may tell: what the map says of it is looked at, too. */
static void another_corrected(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run r;
	struct err e = { 0 };

	put_map(t, LINKED_MAP(""));
	turn_on(t);
	CHECK(erase_while(t, correct_the_shop) == ERR_CONFLICT &&
			visits(t) == 3,
		"the shop's part was wrong: %d stand", visits(t));
	CHECK(str_find(newest(t).problem, STR("keys lead")) >= 0, "%.*s",
		STR_ARG(newest(t).problem));
	CHECK(expiry_erase(&d, &w, STR("crm"), &r, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"nor does another run, until somebody looked again");
	put_map(t, MAP("2 years"));
}

static void take_place(struct test *t)
{
	int64_t later = t->clock.fixed_ms + HOUR_MS;
	struct sql_expiry_lease_take_in other = { STR("crm"), STR("other"),
		later, later };
	struct err e = { 0 };

	if (sql_expiry_lease_take(t->db, &other, &e) != 1)
		fail("lease", &e);
}

/* Nothing is too old, so only its end is left: another run is in its place, and nothing
 * may be said to be proven by this one. */
static void lost_its_place(struct test *t)
{
	sqlite3 *db = crm(t);

	say(db, "update visit set seen = '2026-11-01'");
	sqlite3_close(db);
	turn_on(t);
	CHECK(erase_while(t, take_place) == ERR_CONFLICT, "it says so");
	CHECK(!newest(t).ended_at && !newest(t).is_proven, "it is not over");
	t->clock.fixed_ms += 2 * HOUR_MS;
}

/* A run that nobody disturbs goes on and ends: it is not the lock that stops it. */
static void undisturbed(struct test *t)
{
	struct desk d = desk(t, ACTOR_WORKER);
	struct expiry_way w = { t->dir };
	struct expiry_run r;
	sqlite3 *db = crm(t);
	struct err e = { 0 };

	CHECK(!expiry_erase(&d, &w, STR("crm"), &r, &e) && r.is_proven, "%s",
		e.message);
	say(db, "update visit set seen = '2020-01-01' where id > 1");
	sqlite3_close(db);
	CHECK(!erase_while(t, nothing) && visits(t) == 1, "%d stand",
		visits(t));
	CHECK(newest(t).ended_at && newest(t).is_proven, "proven");
}

/* Of rows whose day nobody can read, that none is too old is not proven. */
static void undated(struct test *t)
{
	struct desk d = desk(t, ACTOR_WORKER);
	struct expiry_way w = { t->dir };
	struct expiry_run r;
	sqlite3 *db = crm(t);
	struct err e = { 0 };

	say(db, "update visit set seen = '01/02/2003'");
	CHECK(!expiry_erase(&d, &w, STR("crm"), &r, &e) && !r.is_proven &&
			visits(t) == 1,
		"no day at all: %s", e.message);
	say(db, "insert into visit values (9, 'd@a.example', '2026-11-01')");
	CHECK(!expiry_erase(&d, &w, STR("crm"), &r, &e) && r.is_proven,
		"one of two: %s", e.message);
	sqlite3_close(db);
}

/* Let be at one address, and at another now: what the error says to do helps. */
static void elsewhere(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run r;
	struct err e = { 0 };

	must(!mkdir(path(t, "other"), 0700) &&
		!rename(path(t, "crm.db"), path(t, "other/crm.db")));
	if (file_replace(path(t, "other/datamap.yaml"), str_of(MAP("2 years")),
		    0600, &e))
		fail("other", &e);
	d.data_map = path(t, "other/datamap.yaml");
	if (expiry_preview(&d, &w, STR("crm"), &r, &e))
		fail("look", &e);
	CHECK(expiry_erase(&d, &w, STR("crm"), &r, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			strstr(e.hint, "toyon expire on"),
		"%s (%s)", e.message, e.hint);
	e = (struct err){ 0 };
	CHECK(!expiry_on(&d, STR("crm"), &e) &&
			!expiry_erase(&d, &w, STR("crm"), &r, &e),
		"%s", e.message);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };
	sqlite3 *db;

	must(argc == 2 && sodium_init() >= 0);
	start(&t, "expiry_let", fresh_server(argc, argv));
	set_contact(&t);
	put_map(&t, MAP("2 years"));
	if (file_replace(path(&t, "crm.db"), STR(""), 0600, &e))
		fail("crm.db", &e);
	db = crm(&t);
	say(db, "create table visit (id integer primary key, email text,\n"
		"	seen text);\n"
		"insert into visit values (1, 'a@a.example', '2020-01-01'),\n"
		"	(2, 'b@a.example', '2020-01-01'),\n"
		"	(3, 'c@a.example', '2020-01-01');\n");
	sqlite3_close(db);
	stopped(&t);
	corrected(&t);
	another_corrected(&t);
	lost_its_place(&t);
	undisturbed(&t);
	undated(&t);
	elsewhere(&t);
	end(&t);
	return CHECK_DONE();
}
