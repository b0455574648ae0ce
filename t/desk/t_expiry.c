/*
 * What is kept longer than the data map says: nothing goes before somebody looked, nothing
 * that a hold or an open request needs, and what is left is read and told.  The system is
 * real (a SQLite file), the record is on both engines.
 */
#include "act.h"

#include <sodium.h>
#include <sys/stat.h>

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/expiry.h"
#include "desk/expiry_needed.h"
#include "desk/hold.h"
#include "desk/record.h"

enum { HOUR_MS = 3600000 };

/* The email's column, the key of notes, and how long. */
#define MAP_OF(email, key, after)                                              \
	"version: 1\n"                                                         \
	"systems:\n"                                                           \
	"  - name: crm\n"                                                      \
	"    title: CRM\n"                                                     \
	"    connector: sqlite\n"                                              \
	"    database: crm.db\n"                                               \
	"    tables:\n"                                                        \
	"      - name: person\n"                                               \
	"        key: id\n"                                                    \
	"        category: A\n"                                                \
	"        columns: [ { name: email" email " },\n"                       \
	"          { name: seen, category: F } ]\n"                            \
	"        erase: delete\n"                                              \
	"        expires: { after: " after ", from: seen }\n"                  \
	"      - name: note\n"                                                 \
	"        key: " key "\n"                                               \
	"        links: [ { column: person_id, to: person.id } ]\n"            \
	"        erase: delete\n"                                              \
	"  - name: paper\n"                                                    \
	"    title: Paper\n"                                                   \
	"    connector: person\n"                                              \
	"    database: jo@lakeshore.example\n"                                 \
	"    tables: [ { name: file, holds: Files, look_for: Files by name,\n" \
	"      erase: delete } ]\n"

#define MAP(after) MAP_OF(", identifies: email", "id", after)

static const char crm[] =
	"create table person (id integer primary key, email text, seen text);\n"
	"create table note (id integer primary key, person_id integer);\n"
	/* Today is 2026-11-21. */
	"insert into person values (1, 'old@a.example', '2020-01-01'),\n"
	"	(2, 'new@a.example', '2026-11-01'),\n"
	"	(3, 'held@a.example', '2019-01-01'),\n"
	"	(4, 'asks@a.example', '2020-01-01'),\n"
	"	(5, 'no day', null),\n"
	"	(6, 'leaves@a.example', '2020-01-01');\n"
	"insert into note values (1, 1), (2, 2), (3, 3), (4, 4);\n";

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

static struct conn *open_of(struct test *t, struct map *m, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct conn *c;
	struct err e = { 0 };

	if (map_read(t->a, path(t, "datamap.yaml"), m, &e) ||
		conn_open(t->a, m, &m->systems[0], &o, &c, &e))
		fail("crm", &e);
	return c;
}

static struct conn *open_crm(struct test *t, enum conn_mode mode)
{
	return open_of(t, arena_one(t->a, struct map), mode);
}

static void say_in(struct test *t, const char *sql)
{
	struct conn *c = open_crm(t, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static int put_key(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	buf_fmt(ctx, "%.*s ", STR_ARG(cells[0].v.v));
	return 0;
}

/* The keys of a table's rows: "1 2 ". */
static bool holds(struct test *t, const char *table, const char *keys)
{
	struct conn *c = open_crm(t, CONN_READ);
	struct buf b = buf_in(t->a, 1000);
	str key = STR("id");
	struct row_query q = { .table = str_of(table),
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(c, &q, put_key, &b, &e))
		fail(table, &e);
	conn_close(c);
	return str_eq(buf_str(&b), str_of(keys));
}

/* --- steps --- */

static struct expiry_run preview(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run r = { 0 };
	struct err e = { 0 };

	CHECK(!expiry_preview(&d, &w, STR("crm"), &r, &e), "%s", e.message);
	return r;
}

static int run(struct test *t, struct expiry_run *r, struct err *e)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };

	*r = (struct expiry_run){ 0 };
	*e = (struct err){ 0 };
	return expiry_erase(&d, &w, STR("crm"), r, e);
}

static void step(struct test *t)
{
	struct desk d = desk(t, ACTOR_WORKER);
	struct expiry_way w = { t->dir };
	struct err e = { 0 };

	CHECK(!expiry_step(&d, &w, &e), "%s", e.message);
}

static struct expiry state(struct test *t, size_t system)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct expiries all;
	struct err e = { 0 };

	if (expiry_list(&d, &all, &e) || system >= all.n)
		fail("list", &e);
	return all.at[system];
}

static int64_t hold_on(struct test *t, const char *email)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct hold_identifier at = { IDENT_EMAIL, { str_of(email) } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-3001") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
	return id;
}

static str ask(struct test *t, enum kind kind, const char *email)
{
	struct desk d = desk(t, ACTOR_CONSUMER);
	struct draft f = { .kind = kind };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person = (struct person){
		.pieces = STR("specific"),
		.range = STR("all"),
		.email = { str_of(email) },
		.phone = { STR("510-555-0177") },
		.zip = { STR("94607") },
		.name = { STR("Maria Gonzalez") },
		.stop_sale = STR("yes"),
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") },
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail(ps.n ? "form" : "send", &e);
	return out.reference;
}

/* --- cases --- */

/* A wrong line in the map deletes what can't be brought back: first somebody looks. */
static void looked_at_first(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct expiry_run r;
	struct err e;

	CHECK(run(t, &r, &e) == -1 && e.code == ERR_CONFLICT &&
			strstr(e.message, "nobody has looked"),
		"%s", e.message);
	CHECK(expiry_on(&d, STR("crm"), &e) == -1 && e.code == ERR_CONFLICT,
		"nor may the worker");
	CHECK(holds(t, "person", "1 2 3 4 5 6 "), "nothing went");
	r = preview(t);
	CHECK(r.tables.n == 1 && r.tables.at[0].old == 4 &&
			r.tables.at[0].undated == 1 &&
			r.tables.at[0].goes == 2 && r.tables.at[0].along == 1 &&
			r.tables.at[0].waiting[EXPIRE_NEEDED] == 2,
		"%lld too old, %lld would go, %lld with them, %lld needed",
		(long long)r.tables.at[0].old, (long long)r.tables.at[0].goes,
		(long long)r.tables.at[0].along,
		(long long)r.tables.at[0].waiting[EXPIRE_NEEDED]);
	CHECK(str_eq(r.tables.at[0].categories, STR("A, F")) &&
			str_eq(r.tables.at[0].kept_for,
				STR("2 years after seen")) &&
			str_eq(r.tables.at[0].oldest, STR("2019-01-01")),
		"%.*s, %.*s", STR_ARG(r.tables.at[0].categories),
		STR_ARG(r.tables.at[0].oldest));
	CHECK(!r.is_proven, "a preview proves nothing");
	CHECK(holds(t, "person", "1 2 3 4 5 6 ") &&
			holds(t, "note", "1 2 3 4 "),
		"nothing went");
	d.actor = (struct actor){
		.kind = ACTOR_STAFF, .id = 2, .role = STR("agent")
	};
	CHECK(expiry_on(&d, STR("crm"), &e) == -1 && e.code == ERR_DENIED,
		"who may not decide may not let it be");
}

/* The same words about another system: nobody has seen that one. */
static void elsewhere(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run r;
	struct err e = { 0 };

	if (mkdir(path(t, "other"), 0700) ||
		file_replace(path(t, "other/datamap.yaml"),
			str_of(MAP("2 years")), 0600, &e) ||
		file_replace(path(t, "other/crm.db"), STR(""), 0600, &e))
		fail("other", &e);
	d.data_map = path(t, "other/datamap.yaml");
	CHECK(expiry_erase(&d, &w, STR("crm"), &r, &e) == -1 &&
			strstr(e.message, "another address"),
		"%s", e.message);
	CHECK(holds(t, "person", "1 2 3 4 5 6 "), "nothing went");
}

/* What was seen are these rules, and not long ago. */
static void seen_otherwise(struct test *t)
{
	struct expiry_run r;
	struct err e;

	put_map(t, MAP("1 day"));
	CHECK(run(t, &r, &e) == -1 && strstr(e.message, "something else"), "%s",
		e.message);
	/* By another key other rows go; and without the column that tells whose a row
	 * is, nobody who is held is found. */
	put_map(t, MAP_OF(", identifies: email", "person_id", "2 years"));
	CHECK(run(t, &r, &e) == -1 && strstr(e.message, "something else"), "%s",
		e.message);
	put_map(t, MAP_OF(" }, { name: other, identifies: email", "id",
			   "2 years"));
	CHECK(run(t, &r, &e) == -1 && strstr(e.message, "something else"), "%s",
		e.message);
	put_map(t, MAP("2 years"));
	elsewhere(t);
	t->clock.fixed_ms += 25 * HOUR_MS;
	CHECK(run(t, &r, &e) == -1 && strstr(e.message, "too old"), "%s",
		e.message);
	CHECK(holds(t, "person", "1 2 3 4 5 6 "), "nothing went");
}

/* Held, and asked for: both stay with all that is theirs.  Who asked to be deleted
 * does not keep anything. */
static void erased(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct expiry_acts acts;
	struct expiry_run r;
	struct err e;

	preview(t);
	CHECK(!run(t, &r, &e), "%s", e.message);
	CHECK(holds(t, "person", "2 3 4 5 ") && holds(t, "note", "2 3 4 "),
		"the old one and who leaves");
	CHECK(r.is_proven && r.tables.at[0].goes == 2 &&
			r.tables.at[0].along == 1 && r.tables.at[0].left == 2 &&
			r.tables.at[0].waiting[EXPIRE_NEEDED] == 2,
		"%lld went, %lld left", (long long)r.tables.at[0].goes,
		(long long)r.tables.at[0].left);
	CHECK(!expiry_acts(&d, r.id, &acts, &e) && acts.n == 1 &&
			acts.at[0].is_proven &&
			str_find(acts.at[0].evidence, STR("\"proven\":true")) >
				0 &&
			str_find(acts.at[0].evidence, STR("old@a")) < 0,
		"its evidence, without a person");
}

/* The worker: only where it was let, at most once a day, and by itself no more when the
 * map changed. */
static void by_itself(struct test *t, int64_t hold)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct expiry_run r;
	struct err e = { 0 };

	if (hold_lift(&d, hold, &e))
		fail("lift", &e);
	t->clock.fixed_ms += 25 * HOUR_MS;
	step(t);
	CHECK(holds(t, "person", "2 3 4 5 "), "off: it only looks");
	CHECK(state(t, 0).preview.ended_at == t->clock.fixed_ms &&
			state(t, 0).preview.tables.at[0].goes == 1,
		"and says what is overdue");
	/* The worker's look is nobody's: it would open the gate once a day. */
	CHECK(run(t, &r, &e) == -1 && e.code == ERR_CONFLICT &&
			expiry_on(&d, STR("crm"), &e) == -1 &&
			e.code == ERR_CONFLICT,
		"nobody has looked: %s", e.message);
	preview(t);
	CHECK(!expiry_on(&d, STR("crm"), &e), "%s", e.message);
	step(t);
	CHECK(holds(t, "person", "2 4 5 "), "on: who is held no more goes");
	say_in(t, "insert into person values (7, 'b@a.example', "
		  "'2020-01-01');\n");
	t->clock.fixed_ms += 2 * HOUR_MS;
	step(t);
	CHECK(holds(t, "person", "2 4 5 7 "), "not twice a day");
	t->clock.fixed_ms += 25 * HOUR_MS;
	put_map(t, MAP("1 day"));
	step(t);
	CHECK(holds(t, "person", "2 4 5 7 ") && !state(t, 0).on_at,
		"another rule: somebody has to look");
	put_map(t, MAP("2 years"));
	step(t);
	CHECK(holds(t, "person", "2 4 5 "), "the old rule again");
	CHECK(!expiry_off(&d, STR("crm"), &e) && !state(t, 0).on_at, "off");
}

/* --- while a run goes on --- */

static struct expiry_needed *needed(struct test *t, struct desk *d)
{
	struct map *m = arena_one(t->a, struct map);
	struct conn *c = open_of(t, m, CONN_READ);
	struct held_led_way way = { c, m, t->dir, false };
	struct expiry_needed *n = NULL;
	struct err e = { 0 };

	if (expiry_needed_load(d, &way, &n, &e))
		fail("needed", &e);
	conn_close(c);
	return n;
}

static void keep_one(struct test *t, int64_t request_id)
{
	struct sql_keep_add_in in = { .request_id = request_id,
		.system = STR("crm"),
		.held_in = STR("note"),
		.title = STR("Notes in CRM"),
		.ground = STR("DX8"),
		.purpose = STR("taxes"),
		.sealed = STR("x"),
		.until_on = STR(""),
		.kept_at = t->clock.fixed_ms,
		.kept_by = STR("Jo"),
		.row_count = 1 };
	struct sql_keep_add_row row;
	struct err e = { 0 };

	if (sql_keep_add(t->db, t->a, &in, &row, &e) < 0)
		fail("keep", &e);
}

/* A search for the request is done: what it found was asked for after the run began. */
static void find_one(struct test *t, int64_t request_id)
{
	struct sql_task_list_in in = { request_id };
	struct sql_task_list_rows tasks;
	struct sql_task_searched_in found = {
		.state = STR("found"), .rows_found = 1, .sealed = STR("xyz")
	};
	struct sql_task_add_in add = { .request_id = request_id,
		.target = STR("system"),
		.name = STR("crm"),
		.title = STR("CRM"),
		.state = STR("searching"),
		.due_on = STR(""),
		.created_at = t->clock.fixed_ms,
		.sealed = STR("") };
	struct err e = { 0 };

	if (sql_task_add(t->db, &add, &e) < 0 ||
		sql_task_list(t->db, t->a, &in, &tasks, &e) || !tasks.n)
		fail("task", &e);
	found.id = tasks.at[0].id;
	if (sql_task_searched(t->db, &found, &e) < 0)
		fail("searched", &e);
}

/* Rows that staff begin to keep, and rows that a search finds, were not asked for when the
 * run began: it must not go on. */
static void needed_meanwhile(struct test *t)
{
	struct desk d = desk(t, ACTOR_WORKER);
	str reference = ask(t, KIND_KNOW_SPECIFIC, "late@a.example");
	struct expiry_needed *n = needed(t, &d);
	struct record r;
	struct err e = { 0 };

	if (record_by_reference(&d, reference, &r, &e) != 1)
		fail("record", &e);
	CHECK(!expiry_needed_same(&d, n, &e), "nothing happened: %s",
		e.message);
	keep_one(t, r.row.id);
	CHECK(expiry_needed_same(&d, n, &e) == -1 && e.code == ERR_CONFLICT,
		"somebody's row is kept");
	expiry_needed_free(n);
	n = needed(t, &d);
	CHECK(!expiry_needed_same(&d, n, &e), "asked anew: %s", e.message);
	r.person.other_emails.v = STR("second@a.example");
	if (record_save_person(&d, &r, &e))
		fail("person", &e);
	CHECK(expiry_needed_same(&d, n, &e) == -1 && e.code == ERR_CONFLICT,
		"somebody has a second address");
	expiry_needed_free(n);
	n = needed(t, &d);
	CHECK(!expiry_needed_same(&d, n, &e), "asked anew: %s", e.message);
	find_one(t, r.row.id);
	CHECK(expiry_needed_same(&d, n, &e) == -1 && e.code == ERR_CONFLICT,
		"somebody's row was found");
	expiry_needed_free(n);
}

/* Somebody who is held, and of whom there are very many rows: all of them stay, and nobody
 * else's times stand still for it. */
static void held_with_many(struct test *t)
{
	struct desk d = desk(t, ACTOR_WORKER);
	struct expiry_needed *n;
	const struct row_exceptions *rows;
	struct map map;
	struct expiry_run r;
	struct cell last = cell_text(STR("30149")), none = cell_text(STR("2"));
	struct err e = { 0 };

	say_in(t, "insert into person values (9, 'many@a.example', "
		  "'2020-01-01'), (10, 'd@a.example', '2020-01-01');\n"
		  "with recursive n(i) as (select 1 union all select i + 1 "
		  "from n where i < 30050) insert into note select 99 + i, 9 "
		  "from n;\n");
	hold_on(t, "many@a.example");
	r = preview(t);
	CHECK(r.tables.n && r.tables.at[0].goes == 1 &&
			r.tables.at[0].waiting[EXPIRE_MANY] == 1,
		"%lld would go, %lld wait: %s", (long long)r.tables.at[0].goes,
		(long long)r.tables.at[0].waiting[EXPIRE_MANY], e.message);
	if (map_read(t->a, d.data_map, &map, &e))
		fail("map", &e);
	n = needed(t, &d);
	rows = expiry_needed_rows(n);
	CHECK(rows->has(rows->ctx, &map.systems[0].tables[1], &last),
		"the last of theirs is needed");
	CHECK(!rows->has(rows->ctx, &map.systems[0].tables[1], &none),
		"and nobody else's");
	expiry_needed_free(n);
}

/* A run that did not come to its end is not done, and goes on. */
static void goes_on(struct test *t)
{
	struct expiry_run r;
	struct err e;
	int64_t id;

	say_in(t, "insert into person values (8, 'c@a.example', "
		  "'2020-01-01');\n");
	preview(t);
	must(!rename(path(t, "crm.db"), path(t, "away")));
	CHECK(run(t, &r, &e) == -1, "away");
	id = state(t, 0).run.id;
	CHECK(id && !state(t, 0).run.ended_at && state(t, 0).run.problem.n,
		"its trouble is said");
	must(!rename(path(t, "away"), path(t, "crm.db")));
	CHECK(!run(t, &r, &e) && r.id == id && r.ended_at && !r.problem.n,
		"the same run: %s", e.message);
	CHECK(holds(t, "person", "2 4 5 "), "and it did it");
}

/* The command and the worker at once: one of them waits, until it is over or was killed. */
static void one_at_a_time(struct test *t)
{
	struct sql_expiry_lease_take_in other = { STR("crm"), STR("other"),
		t->clock.fixed_ms, t->clock.fixed_ms + 1000 };
	struct expiry_run r;
	struct err e = { 0 };

	say_in(t, "insert into person values (11, 'e@a.example', "
		  "'2020-01-01');\n");
	preview(t);
	if (sql_expiry_lease_take(t->db, &other, &e) != 1)
		fail("lease", &e);
	CHECK(run(t, &r, &e) == -1 && e.code == ERR_CONFLICT &&
			strstr(e.message, "another run"),
		"%s", e.message);
	CHECK(holds(t, "person", "2 4 5 11 "), "nothing went");
	t->clock.fixed_ms += 2000;
	CHECK(!run(t, &r, &e), "%s", e.message);
	CHECK(holds(t, "person", "2 4 5 "), "it let go");
	CHECK(!run(t, &r, &e), "and so did this one: %s", e.message);
}

/* What no program can look at is open, not in order. */
static void cant(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run r;
	struct err e = { 0 };

	CHECK(expiry_preview(&d, &w, STR("paper"), &r, &e) == -1 &&
			e.code == ERR_INVALID,
		"%s", e.message);
	CHECK(state(t, 1).cant.n && !state(t, 1).timed_n, "said as open");
	CHECK(state(t, 0).untimed.n == 1 &&
			str_eq(state(t, 0).untimed.at[0], STR("note")),
		"so is a table without a time");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };
	int64_t hold;

	must(argc == 2 && sodium_init() >= 0);
	start(&t, "expiry", fresh_server(argc, argv));
	set_contact(&t);
	put_map(&t, MAP("2 years"));
	if (file_replace(path(&t, "crm.db"), STR(""), 0600, &e))
		fail("crm.db", &e);
	say_in(&t, crm);
	hold = hold_on(&t, "held@a.example");
	ask(&t, KIND_KNOW_SPECIFIC, "asks@a.example");
	ask(&t, KIND_DELETE, "leaves@a.example");
	looked_at_first(&t);
	seen_otherwise(&t);
	erased(&t);
	by_itself(&t, hold);
	goes_on(&t);
	one_at_a_time(&t);
	cant(&t);
	held_with_many(&t);
	needed_meanwhile(&t);
	end(&t);
	return CHECK_DONE();
}
