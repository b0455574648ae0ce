/*
 * What stays though its time is up when only keys of other systems tell whose it is:
 * orders without an address, of people whom another system knows.  The systems are real
 * (SQLite files), the record is on both engines.
 */
#include "act.h"

#include <sodium.h>

#include "base/file.h"
#include "connect/connector.h"
#include "connect/find.h"
#include "connect/map.h"
#include "desk/expiry.h"
#include "desk/hold.h"
#include "desk/limit.h"
#include "desk/record.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: wh\n"
	"    title: Warehouse\n"
	"    connector: sqlite\n"
	"    database: wh.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        columns: [ { name: placed } ]\n"
	"        links: [ { column: customer, system: crm, to: contact.id } ]\n"
	"        erase: delete\n"
	"        expires: { after: 2 years, from: placed }\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: contact\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links: [ { column: member, system: club, to: member.no } ]\n"
	"        erase: delete\n"
	"  - name: club\n"
	"    title: Club\n"
	"    connector: sqlite\n"
	"    database: club.db\n"
	"    tables:\n"
	"      - name: member\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email }, { name: no } ]\n"
	"        erase: delete\n";

/* Number 5 shares an address with 3; 4 is known by the club alone.  Today is
 * 2026-11-21. */
static const char crm[] =
	"create table contact (id integer primary key, email text,\n"
	"	member integer);\n"
	"insert into contact values (1, 'old@a.example', null),\n"
	"	(2, 'asks@a.example', null), (3, 'held@a.example', null),\n"
	"	(4, null, 70), (5, 'held@a.example', null),\n"
	"	(6, 'leaves@a.example', null);\n";
static const char club[] =
	"create table member (id integer primary key, email text,\n"
	"	no integer);\n"
	"insert into member values (1, 'club@a.example', 70);\n";
static const char wh[] =
	"create table orders (id integer primary key, customer integer,\n"
	"	placed text);\n"
	"insert into orders values (11, 1, '2020-01-01'),\n"
	"	(12, 2, '2020-01-01'), (13, 3, '2020-01-01'),\n"
	"	(14, 4, '2020-01-01'), (15, 5, '2020-01-01'),\n"
	"	(16, 6, '2020-01-01'), (17, null, '2020-01-01');\n";

static struct desk desk(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "datamap.yaml");
	return d;
}

/* --- the systems --- */

static struct conn *open_in(
	struct test *t, size_t system, struct map *m, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct conn *c;
	struct err e = { 0 };

	if (map_read(t->a, path(t, "datamap.yaml"), m, &e) ||
		conn_open(t->a, m, &m->systems[system], &o, &c, &e))
		fail("system", &e);
	return c;
}

static void make(
	struct test *t, size_t system, const char *file, const char *sql)
{
	struct map m;
	struct conn *c;
	struct err e = { 0 };

	if (file_replace(path(t, file), STR(""), 0600, &e))
		fail(file, &e);
	c = open_in(t, system, &m, CONN_WRITE);
	if (conn_script(c, str_of(sql), &e))
		fail(file, &e);
	conn_close(c);
}

static int put_key(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	buf_fmt(ctx, "%.*s ", STR_ARG(cells[0].v.v));
	return 0;
}

/* The keys of the orders that stand: "11 12 ". */
static bool stand(struct test *t, const char *keys)
{
	struct map m;
	struct conn *c = open_in(t, 0, &m, CONN_READ);
	struct buf b = buf_in(t->a, 1000);
	str key = STR("id");
	struct row_query q = { .table = STR("orders"),
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(c, &q, put_key, &b, &e))
		fail("orders", &e);
	conn_close(c);
	return str_eq(buf_str(&b), str_of(keys));
}

/* --- steps --- */

static int preview(struct test *t, struct expiry_run *r, struct err *e)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };

	*r = (struct expiry_run){ 0 };
	*e = (struct err){ 0 };
	return expiry_preview(&d, &w, STR("wh"), r, e);
}

static int run(struct test *t, struct err *e)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run r;

	*e = (struct err){ 0 };
	return expiry_erase(&d, &w, STR("wh"), &r, e);
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
		.zip = { STR("94607") },
		.name = { STR("Maria Gonzalez") },
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") },
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail(ps.n ? "form" : "send", &e);
	return out.reference;
}

/* A search for the request found this one order. */
static void found(struct test *t, str reference, const char *order)
{
	struct desk d = desk(t, ACTOR_WORKER);
	struct buf json = buf_in(t->a, FIND_JSON_MAX);
	struct sql_task_list_rows tasks;
	struct sql_task_add_in add = { .target = STR("system"),
		.name = STR("wh"),
		.title = STR("Warehouse"),
		.state = STR("searching"),
		.due_on = STR(""),
		.created_at = t->clock.fixed_ms,
		.sealed = STR("") };
	struct sql_task_searched_in done = { .state = STR("found"),
		.rows_found = 1 };
	struct map m;
	struct conn *c = open_in(t, 0, &m, CONN_READ);
	str key = str_of(order);
	struct find_keys keys = { &m.systems[0].tables[0], &key, 1, false };
	struct finding f;
	struct record r;
	struct err e = { 0 };

	if (record_by_reference(&d, reference, &r, &e) != 1 ||
		find_by_key(c, t->a, &keys, NULL, &f, &e))
		fail("search", &e);
	conn_close(c);
	find_to_json(&json, &f);
	add.request_id = r.row.id;
	if (sql_task_add(t->db, &add, &e) < 0 ||
		sql_task_list(t->db, t->a,
			&(struct sql_task_list_in){ r.row.id }, &tasks, &e) ||
		!tasks.n)
		fail("task", &e);
	done.id = tasks.at[0].id;
	done.sealed = record_seal_task(&d, &r, add.name, buf_str(&json));
	if (sql_task_searched(t->db, &done, &e) < 0)
		fail("searched", &e);
}

/* --- cases --- */

/* Orders name nobody: whose they are tells the CRM, or the club by the CRM, also of who
 * asked and was not searched for yet. */
static void by_keys_of_others(struct test *t)
{
	struct expiry_run r;
	struct err e;

	CHECK(!preview(t, &r, &e) && r.tables.n == 1, "%s", e.message);
	CHECK(r.tables.at[0].old == 7 && r.tables.at[0].goes == 3 &&
			r.tables.at[0].waiting[EXPIRE_NEEDED] == 4,
		"%lld too old, %lld would go, %lld needed",
		(long long)r.tables.at[0].old, (long long)r.tables.at[0].goes,
		(long long)r.tables.at[0].waiting[EXPIRE_NEEDED]);
}

/* What can't be asked leads to orders that nobody knows of: none goes, and a preview says
 * nothing that is not so. */
static void away(struct test *t, const char *file)
{
	struct expiry_run r;
	struct err e;

	must(!rename(path(t, file), path(t, "away")));
	CHECK(preview(t, &r, &e) == -1, "%s is away", file);
	CHECK(run(t, &e) == -1, "%s is away", file);
	CHECK(stand(t, "11 12 13 14 15 16 17 "), "nothing went");
	must(!rename(path(t, "away"), path(t, file)));
}

/* Who asked to be deleted, and is held now: what the search found stays, though no
 * identifier and no key leads there. */
static void held_as_found(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	str reference = ask(t, KIND_DELETE, "leaves@a.example");
	struct problems ps = { 0 };
	struct expiry_run r;
	struct err e;

	found(t, reference, "17");
	CHECK(!preview(t, &r, &e) && r.tables.at[0].waiting[EXPIRE_NEEDED] == 4,
		"a deletion keeps nothing: %s", e.message);
	e = (struct err){ 0 };
	if (case_hold_place(
		    &d, reference, STR("Oakland PD, 26-3002"), &ps, &e) ||
		ps.n)
		fail("hold", &e);
	CHECK(!preview(t, &r, &e) && r.tables.at[0].goes == 1 &&
			r.tables.at[0].waiting[EXPIRE_NEEDED] == 6,
		"16 by a key, 17 as it was found: %s", e.message);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start(&t, "expiry_led", fresh_server(argc, argv));
	set_contact(&t);
	if (file_replace(path(&t, "datamap.yaml"), str_of(yaml), 0600, &e))
		fail("map", &e);
	make(&t, 0, "wh.db", wh);
	make(&t, 1, "crm.db", crm);
	make(&t, 2, "club.db", club);
	hold_on(&t, "held@a.example");
	hold_on(&t, "club@a.example");
	ask(&t, KIND_KNOW_SPECIFIC, "asks@a.example");
	by_keys_of_others(&t);
	away(&t, "crm.db");
	away(&t, "club.db");
	held_as_found(&t);
	CHECK(!run(&t, &e), "%s", e.message);
	CHECK(stand(&t, "12 13 14 15 16 17 "),
		"the order of nobody who is held or asks");
	end(&t);
	return CHECK_DONE();
}
