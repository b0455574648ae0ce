/*
 * Systems that do not say whose their rows are: what leads there is a key that another
 * system told.  One of them is put back from a backup when the row that told it is gone,
 * and what came back is erased all the same, and nobody else's.  The requests are
 * carried out by the worker's own jobs, the systems are SQLite files, the record is on
 * both engines.
 */
#include "check.h"

#include <sodium.h>

#include "cases.h"

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/hold.h"
#include "desk/restored.h"
#include "desk/returned.h"
#include "job/job.h"
#include "law/reason.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000 };

/* From the address to the customer, its orders, their parcels; and from a visit with an
 * address in it up to the member whose it was. */
static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: contact\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: number }\n"
	"        erase: delete\n"
	"  - name: warehouse\n"
	"    connector: sqlite\n"
	"    database: warehouse.db\n"
	"    tables:\n"
	"      - name: account\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"      - name: orders\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: contact.number }\n"
	"          - { column: account_id, to: account.id }\n"
	"        erase: delete\n"
	"      - name: item\n"
	"        key: id\n"
	"        links: [ { column: order_id, to: orders.id } ]\n"
	"        erase: delete\n"
	"  - name: carrier\n"
	"    connector: sqlite\n"
	"    database: carrier.db\n"
	"    tables:\n"
	"      - name: parcel\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: order_id, system: warehouse, to: orders.id }\n"
	"        erase: delete\n"
	"  - name: shop\n"
	"    connector: sqlite\n"
	"    database: shop.db\n"
	"    tables:\n"
	"      - name: visit\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links:\n"
	"          - { column: member, system: club, to: member.id }\n"
	"        erase: delete\n"
	"  - name: club\n"
	"    connector: sqlite\n"
	"    database: club.db\n"
	"    tables:\n"
	"      - name: member\n"
	"        key: id\n"
	"        columns: [ { name: joined } ]\n"
	"        erase: delete\n";

static const struct plan_row plan[] = {
	{ true, STR_INIT("crm"), STR_INIT("crm") },
	{ true, STR_INIT("warehouse"), STR_INIT("warehouse") },
	{ true, STR_INIT("carrier"), STR_INIT("carrier") },
	{ true, STR_INIT("shop"), STR_INIT("shop") },
	{ true, STR_INIT("club"), STR_INIT("club") },
};

static const struct {
	const char *system;
	const char *sql;
} systems[] = {
	{ "crm", "create table contact (id integer primary key, email text,\n"
		 "	number text);\n"
		 "insert into contact values (1, 'ann@one.example', 'C-7'),\n"
		 "	(2, 'by@stander.example', 'C-8');\n" },
	/* Order 4 is in an account that the bystander's order 5 is in, too. */
	{ "warehouse",
		"create table account (id integer primary key, email text);\n"
		"create table orders (id integer primary key, customer text,\n"
		"	account_id integer);\n"
		"create table item (id integer primary key, order_id integer);\n"
		"insert into account values (9, 'by@stander.example');\n"
		"insert into orders values (1, 'C-7', null),\n"
		"	(2, 'C-8', null), (3, 'C-7', null), (4, 'C-7', 9),\n"
		"	(5, 'C-8', 9);\n"
		"insert into item values (11, 1), (12, 2), (13, 3);\n" },
	{ "carrier", "create table parcel (id integer primary key,\n"
		     "	order_id integer);\n"
		     "insert into parcel values (21, 1), (22, 2);\n" },
	{ "shop", "create table visit (id integer primary key, email text,\n"
		  "	member text);\n"
		  "insert into visit values (31, 'ann@one.example', 'M-1'),\n"
		  "	(32, 'by@stander.example', 'M-2');\n" },
	{ "club", "create table member (id text primary key, joined text);\n"
		  "insert into member values ('M-1', '2020'), ('M-2', '2021');"
		  "\n" },
};

struct scene {
	struct test t;
	struct install in;
	struct log log;
};

static struct desk desk(struct scene *s, enum actor_kind kind)
{
	struct desk d = desk_as(&s->t, kind);

	d.data_map = path(&s->t, "datamap.yaml");
	return d;
}

/* --- the systems --- */

static const char *file_of(struct scene *s, const char *system)
{
	return path(
		&s->t, arena_cstr(s->t.a, arena_fmt(s->t.a, "%s.db", system)));
}

static struct conn *open_in(
	struct scene *s, const char *system, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct map *m = arena_one(s->t.a, struct map);
	struct conn *c;
	struct err e = { 0 };

	if (map_read(s->t.a, path(&s->t, "datamap.yaml"), m, &e) ||
		conn_open(s->t.a, m, map_system_named(m, str_of(system)), &o,
			&c, &e))
		fail(system, &e);
	return c;
}

static void run_in(struct scene *s, const char *system, const char *sql)
{
	struct conn *c = open_in(s, system, CONN_WRITE);
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

static bool holds(struct scene *s, const char *system, const char *table,
	const char *keys)
{
	struct conn *c = open_in(s, system, CONN_READ);
	struct buf b = buf_in(s->t.a, 1000);
	str key = STR("id");
	struct row_query q = { .table = str_of(table),
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(c, &q, put_key, &b, &e))
		fail(table, &e);
	conn_close(c);
	if (!str_eq(buf_str(&b), str_of(keys)))
		printf("%s.%s has %.*s\n", system, table, STR_ARG(buf_str(&b)));
	return str_eq(buf_str(&b), str_of(keys));
}

static void copy(struct scene *s, const char *from, const char *to)
{
	must(!system(arena_cstr(
		s->t.a, arena_fmt(s->t.a, "cp %s %s", path(&s->t, from),
				path(&s->t, to)))));
}

/* The system as it was before the request, and nobody is told. */
static void put_back(struct scene *s, const char *system)
{
	copy(s, arena_cstr(s->t.a, arena_fmt(s->t.a, "%s.bak", system)),
		arena_cstr(s->t.a, arena_fmt(s->t.a, "%s.db", system)));
}

static void mark(struct scene *s, const char *system)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct err e = { 0 };

	s->t.clock.fixed_ms += 1000;
	if (restored_mark(&d, str_of(system), &e))
		fail(system, &e);
	s->t.clock.fixed_ms += 1000;
}

/* --- one deletion, by the worker's jobs --- */

static void run_job(struct scene *s, const struct sql_job_lease_row *row)
{
	struct desk d = desk(s, ACTOR_WORKER);
	struct job j = { .desk = &d,
		.install = &s->in,
		.log = &s->log,
		.id = row->id,
		.node = STR("t_replay"),
		.subject_id = row->subject_id };
	struct err e = { 0 };
	bool is_find = str_eq(row->kind, STR("find"));

	if (!is_find && !str_eq(row->kind, STR("erase")))
		return;
	if ((is_find ? job_find(&j, &e) : job_erase(&j, &e)) != JOB_DONE)
		fail("job", &e);
}

/* Until nothing is due: each system that tells of a key sends another back. */
static void work_off(struct scene *s)
{
	struct err e = { 0 };

	for (;;) {
		struct desk d = desk(s, ACTOR_WORKER);
		struct sql_job_lease_in in = { desk_now(&d),
			desk_now(&d) + 60000, STR("t_replay") };
		struct sql_job_lease_row row = { 0 };
		int rc = sql_job_lease(s->t.db, s->t.a, &in, &row, &e);
		struct sql_job_done_in done = { row.id, in.lease_by,
			desk_now(&d) };

		if (rc < 0)
			fail("lease", &e);
		if (!rc)
			return;
		run_job(s, &row);
		if (sql_job_done(s->t.db, &done, &e) < 0)
			fail("done", &e);
	}
}

static void deletes(struct scene *s)
{
	struct sent sent = send_delete(&s->t, "ann@one.example");
	struct post p = letter_of(&s->t, sent.reference, "code");
	struct desk d = desk(s, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(&s->t, sent.reference, code_in(&p), &ps), "code");
	if (fulfil_plan(&d, request_id(&s->t, sent.reference), plan,
		    COUNTOF(plan), &e))
		fail("plan", &e);
	work_off(s);
	if (approve(&s->t, sent.reference, &e))
		fail("approve", &e);
	work_off(s);
	CHECK(holds(s, "crm", "contact", "2 ") &&
			holds(s, "warehouse", "orders", "2 4 5 ") &&
			holds(s, "warehouse", "item", "12 ") &&
			holds(s, "carrier", "parcel", "22 ") &&
			holds(s, "shop", "visit", "32 ") &&
			holds(s, "club", "member", "M-2 "),
		"she is gone from all of them; an order in somebody else's "
		"account stays");
}

/* --- steps --- */

static int try_look(struct scene *s, const char *system, struct screening *out,
	struct err *e)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct returned_way w = { .credentials = s->t.dir, .is_replay = true };

	return returned_look(&d, &w, str_of(system), out, e);
}

static struct screening look(struct scene *s, const char *system)
{
	struct screening out;
	struct err e = { 0 };

	if (try_look(s, system, &out, &e))
		fail(system, &e);
	return out;
}

static struct screening replay(struct scene *s, const char *system)
{
	struct screening out = look(s, system);
	struct desk d = desk(s, ACTOR_COMMAND);
	struct returned_way w = { .credentials = s->t.dir };
	struct err e = { 0 };

	if (!out.acted_at && returned_act(&d, &w, out.id, &out, &e))
		fail(system, &e);
	return out;
}

static bool is_open(struct scene *s, const char *system)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct err e = { 0 };

	return !restored_need(&d, str_of(system), &e);
}

/* --- cases --- */

static int say(struct desk *d, void *ctx, struct err *e)
{
	uint8_t key[IDENT_KEY_SIZE];

	must(!ident_key_of(
		suppress_keyring(d->suppress), IDENT_EMAIL, str_of(ctx), key));
	return suppress_add(
		d, IDENT_EMAIL, key, REASON_DELETED, STR("request"), 0, e);
}

/* A table that nobody is known to stand in by a key is not read: it may be large, and
 * an API may have no way to read all of it. */
static void nothing_to_look_for(struct scene *s)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	char who[] = "other@person.example";
	struct err e = { 0 };

	if (desk_write(&d, say, who, &e))
		fail("suppress", &e);
	CHECK(!look(s, "carrier").rows && look(s, "warehouse").rows == 1,
		"of the warehouse its accounts, which have addresses");
}

/* The row of the CRM that told the number is gone. */
static void by_a_key_that_is_gone(struct scene *s)
{
	struct screening x;

	put_back(s, "warehouse");
	mark(s, "warehouse");
	x = look(s, "warehouse");
	CHECK(x.found == 3 && !x.acted_at && !is_open(s, "warehouse"),
		"her three orders: %d", (int)x.found);
	x = replay(s, "warehouse");
	CHECK(x.erased == 2 && x.kept == 1 && is_open(s, "warehouse"),
		"%d erased, %d kept", (int)x.erased, (int)x.kept);
	CHECK(holds(s, "warehouse", "orders", "2 4 5 ") &&
			holds(s, "warehouse", "item", "12 ") &&
			holds(s, "warehouse", "account", "9 "),
		"with what belongs to them; nothing is climbed to from an order "
		"that is known by its customer only");
}

/* Up, from the visit to the member that is no person's by itself. */
static void by_what_it_owned(struct scene *s)
{
	put_back(s, "club");
	mark(s, "club");
	CHECK(replay(s, "club").erased == 1 &&
			holds(s, "club", "member", "M-2 "),
		"the member whose visits are gone");
}

/* All of it is put back: what tells whose a parcel is came back itself. */
static void all_put_back(struct scene *s)
{
	struct screening x;
	struct err e = { 0 };

	put_back(s, "crm");
	put_back(s, "warehouse");
	put_back(s, "carrier");
	mark(s, "crm");
	mark(s, "warehouse");
	mark(s, "carrier");
	CHECK(try_look(s, "carrier", &x, &e) == -1 && e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("warehouse")) >= 0 &&
			!is_open(s, "carrier"),
		"order 1 is somebody's, and the warehouse can't say whose "
		"before its own replay: %s",
		e.message);
	CHECK(replay(s, "warehouse").erased == 2 &&
			holds(s, "carrier", "parcel", "22 "),
		"its number leads to an address in the CRM, which is hers; "
		"and the order to her parcel, which goes with it");
	put_back(s, "carrier");
	CHECK(replay(s, "carrier").erased == 1 &&
			holds(s, "carrier", "parcel", "22 "),
		"the order is gone, and the parcel is known by its number");
	CHECK(replay(s, "crm").erased == 1 && holds(s, "crm", "contact", "2 "),
		"and she");
}

/* The number was given to somebody else: their orders are theirs. */
static void given_to_another(struct scene *s)
{
	run_in(s, "crm",
		"insert into contact values (7, 'zed@new.example', 'C-7');\n");
	run_in(s, "warehouse",
		"insert into orders values (70, 'C-7', null);\n");
	CHECK(!look(s, "warehouse").found, "nobody came back");
	run_in(s, "crm", "delete from contact where id = 7;\n");
	CHECK(look(s, "warehouse").found == 2,
		"as long as they are there: order 70 and the one that stayed");
}

/* Nobody can say whether the number is somebody else's. */
static void out_of_reach(struct scene *s)
{
	struct screening x;
	struct err e = { 0 };

	mark(s, "warehouse");
	must(!rename(file_of(s, "crm"), path(&s->t, "away")));
	CHECK(try_look(s, "warehouse", &x, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && !is_open(s, "warehouse"),
		"not looked at is not \"nobody came back\": %s", e.message);
	must(!rename(path(&s->t, "away"), file_of(s, "crm")));
	replay(s, "warehouse");
	CHECK(is_open(s, "warehouse") &&
			holds(s, "warehouse", "orders", "2 4 5 "),
		"with the CRM there it is");
}

/* Civ. Code 1798.145(a): by an identifier that no row here has. */
static void held(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct hold_identifier at = { IDENT_EMAIL, { STR("ann@one.example") } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-3001") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	put_back(s, "warehouse");
	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
	s->t.clock.fixed_ms += 1000;
	CHECK(!look(s, "warehouse").found, "held: left alone");
	if (hold_lift(&d, id, &e))
		fail("lift", &e);
	s->t.clock.fixed_ms += 1000;
	CHECK(look(s, "warehouse").found == 3, "not any more");
}

static int64_t kept_keys(struct scene *s)
{
	struct sql_deleted_key_after_in in = { STR("warehouse"), STR(""), 100 };
	struct sql_deleted_key_after_rows rows;
	struct err e = { 0 };

	if (sql_deleted_key_after(s->t.db, s->t.a, &in, &rows, &e))
		fail("keys", &e);
	return (int64_t)rows.n;
}

/* A customer again: nothing of her is known by a key any more. */
static void released(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct suppress_query q[] = {
		{ .kind = IDENT_EMAIL, .value = STR("ann@one.example") },
		{ .kind = IDENT_PHONE, .value = STR("5105550177") },
	};
	struct err e = { 0 };

	CHECK(kept_keys(s) == 1, "one key led to the warehouse: %d",
		(int)kept_keys(s));
	CHECK(!suppress_release_for(&d, RELEASE_WHY_MISTAKE, q, 1, &e), "%s",
		e.message);
	CHECK(look(s, "warehouse").found == 3,
		"her address is let stay, her telephone number is not");
	CHECK(!suppress_release_for(&d, RELEASE_WHY_MISTAKE, q, 2, &e), "%s",
		e.message);
	CHECK(!look(s, "warehouse").found, "now she may be a customer again");
	CHECK(!kept_keys(s), "and nothing is left: %d", (int)kept_keys(s));
}

static void start_scene(struct scene *s, const char *server)
{
	struct err e = { 0 };

	start(&s->t, "replay", server);
	s->in = (struct install){ .arena = s->t.a,
		.dir = s->t.dir,
		.clock = s->t.clock,
		.keys = s->t.keys };
	s->in.config.credentials = STR("credentials");
	s->log = (struct log){ .fd = -1, .process = "test" };
	set_contact(&s->t);
	if (file_replace(path(&s->t, "datamap.yaml"), str_of(yaml), 0600, &e))
		fail("map", &e);
	for (size_t i = 0; i < COUNTOF(systems); i++) {
		const char *name = systems[i].system;

		if (file_replace(file_of(s, name), STR(""), 0600, &e))
			fail(name, &e);
		run_in(s, name, systems[i].sql);
		copy(s, arena_cstr(s->t.a, arena_fmt(s->t.a, "%s.db", name)),
			arena_cstr(s->t.a, arena_fmt(s->t.a, "%s.bak", name)));
	}
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start_scene(&s, fresh_server(argc, argv));
	nothing_to_look_for(&s);
	deletes(&s);
	by_a_key_that_is_gone(&s);
	by_what_it_owned(&s);
	all_put_back(&s);
	given_to_another(&s);
	out_of_reach(&s);
	held(&s);
	released(&s);
	end(&s.t);
	return CHECK_DONE();
}
