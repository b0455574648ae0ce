/*
 * Rows that staff keep of somebody who is deleted: on an exception and for a purpose,
 * said in the letter, locked, left alone by everybody who erases, until their day; and
 * nothing else stays.  The system is real (an SQLite file), the record is on both
 * engines.
 */
#include "check.h"

#include <sodium.h>
#include <sys/stat.h>

#include "cases.h"

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/drop_session.h"
#include "desk/hold.h"
#include "desk/purpose.h"
#include "desk/returned.h"
#include "job/job.h"
#include "law/reference.h"

#define ELLEN "ellen@keep.example"
#define MAX   "max@keep.example"
#define ZOE   "zoe@keep.example"
#define IDA   "ida@keep.example"
#define UMA   "uma@keep.example"
#define PIA   "pia@keep.example"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n"
	"    title: Shop\n"
	"    connector: sqlite\n"
	"    database: shop.db\n"
	"    tables:\n"
	"      - name: customer\n"
	"        holds: Customers\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: zip, verifies: zip }\n"
	"        erase: delete\n"
	"      - name: purchase\n"
	"        holds: Purchases\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: item }\n"
	"          - { name: sent_to, identifies: email }\n"
	"          - { name: account, identifies: account }\n"
	"        links: [ { column: customer_id, to: customer.id } ]\n"
	"        erase: delete\n";

static const char rows[] =
	"create table customer (id integer primary key, email text, zip text);\n"
	"create table purchase (id integer primary key, customer_id integer\n"
	"	references customer (id), item text, sent_to text,\n"
	"	account text);\n"
	"insert into customer values (1, '" ELLEN "', '94607'),\n"
	"	(2, 'by@stander.example', '94607');\n"
	"insert into purchase values (1, 1, 'Radio', '" ELLEN "', 'E-1'),\n"
	"	(2, 1, 'Lamp', '" ELLEN
	"', 'E-1'), (3, 1, 'Chair', null, null),\n"
	"	(4, 2, 'Radio', 'by@stander.example', 'B-2');\n";

struct scene {
	struct test t;
	struct install in;
	struct log log;
	str reference;
};

static struct desk desk(struct scene *s, enum actor_kind kind)
{
	struct desk d = desk_as(&s->t, kind);

	d.data_map = path(&s->t, "datamap.yaml");
	return d;
}

/* --- the system --- */

static struct conn *open_shop(struct scene *s, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct map *m = arena_one(s->t.a, struct map);
	struct conn *c;
	struct err e = { 0 };

	if (map_read(s->t.a, path(&s->t, "datamap.yaml"), m, &e) ||
		conn_open(s->t.a, m, map_system_named(m, STR("shop")), &o, &c,
			&e))
		fail("shop", &e);
	return c;
}

static void run_in_shop(struct scene *s, const char *sql)
{
	struct conn *c = open_shop(s, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static int put_row(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	buf_fmt(ctx, "%.*s:%.*s ", STR_ARG(cells[0].v.v),
		cells[1].type == CELL_NULL ? 0 : (int)cells[1].v.v.n,
		cells[1].v.v.p);
	return 0;
}

/* "1:94607 ": key and another column of all rows. */
static bool holds(struct scene *s, const char *table, const char *column,
	const char *want)
{
	struct conn *c = open_shop(s, CONN_READ);
	struct buf b = buf_in(s->t.a, 1000);
	str columns[] = { STR("id"), str_of(column) };
	struct row_query q = { .table = str_of(table),
		.columns = columns,
		.columns_n = 2,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(c, &q, put_row, &b, &e))
		fail(table, &e);
	conn_close(c);
	CHECK(str_eq(buf_str(&b), str_of(want)), "%s: %.*s", table,
		STR_ARG(buf_str(&b)));
	return str_eq(buf_str(&b), str_of(want));
}

static void start_scene(struct scene *s, const char *server)
{
	struct err e = { 0 };

	start(&s->t, "keep", server);
	set_contact(&s->t);
	s->in = (struct install){ .arena = s->t.a,
		.dir = s->t.dir,
		.clock = s->t.clock,
		.keys = s->t.keys };
	s->in.config.credentials = STR("credentials");
	s->log = (struct log){ .fd = -1, .process = "test" };
	if (file_replace(path(&s->t, "datamap.yaml"), str_of(yaml), 0600, &e) ||
		file_replace(path(&s->t, "shop.db"), STR(""), 0600, &e))
		fail("files", &e);
	run_in_shop(s, rows);
}

/* --- a case that waits for approval --- */

static struct job job_of(struct scene *s, struct desk *d)
{
	return (struct job){ .desk = d,
		.install = &s->in,
		.log = &s->log,
		.id = 1,
		.node = STR("t_keep"),
		.subject_id = work_of(&s->t, s->reference, "shop").task_id };
}

static void search(struct scene *s, const char *email)
{
	static const struct plan_row plan[] = {
		{ true, STR_INIT("shop"), STR_INIT("Shop") },
	};
	struct desk d = desk(s, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct job j;
	struct post p;

	s->reference = send_delete(&s->t, email).reference;
	p = letter_of(&s->t, s->reference, "code");
	CHECK(confirm(&s->t, s->reference, code_in(&p), &ps), "code");
	if (fulfil_plan(&d, request_id(&s->t, s->reference), plan, 1, &e))
		fail("plan", &e);
	j = job_of(s, &d);
	if (job_find(&j, &e) != JOB_DONE)
		fail("find", &e);
	CHECK(view(&s->t, s->reference).state == STATE_REVIEW, "in review");
}

static int keep(struct scene *s, struct keep_choice *c, struct problems *ps,
	struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	c->seen = c->seen.n ? c->seen : view(&s->t, s->reference).seen;
	return case_keep(&d, s->reference, c, ps, e);
}

static struct keep_choice radio(const size_t *place)
{
	struct keep_choice c = {
		.system = STR("shop"),
		.table = STR("purchase"),
		.ground = STR("DX1"),
		.why = STR("The radio of order 1 has a warranty until May."),
		.purpose = STR("Warranty repairs"),
	};

	c.rows.at = place;
	c.rows.n = 1;
	return c;
}

/* --- what is refused --- */

static void refusals(struct scene *s)
{
	static const size_t place = 0, nowhere = 7;
	struct keep_choice c = { .system = STR("shop"),
		.table = STR("purchase") };
	struct problems ps;
	struct err e;

	CHECK(!keep(s, &c, &ps, &e) && problem_of(&ps, "rows") &&
			problem_of(&ps, "ground") && problem_of(&ps, "why") &&
			problem_of(&ps, "purpose"),
		"nothing is kept without rows, exception, facts and purpose");
	c = radio(&place);
	c.until = STR("2020-01-01");
	CHECK(!keep(s, &c, &ps, &e) && problem_of(&ps, "until"),
		"a day that is over");
	c = radio(&place);
	c.ground = STR("UNVERIFIED");
	CHECK(keep(s, &c, &ps, &e) == -1 && e.code == ERR_INVALID,
		"a ground that keeps nothing is no exception: %s", e.message);
	c = radio(&nowhere);
	CHECK(keep(s, &c, &ps, &e) == -1 && e.code == ERR_CONFLICT,
		"a row that is not there: %s", e.message);
	c = radio(&place);
	c.seen = STR("else");
	CHECK(keep(s, &c, &ps, &e) == -1 && e.code == ERR_CONFLICT,
		"what was shown has changed: %s", e.message);
	CHECK(!view(&s->t, s->reference).keeps.n, "nothing was kept by that");
}

/* --- looked at --- */

/* What is deleted before they are answered can't be told any more: who decides sees that
 * they have asked to know. */
static void asked_to_know(struct scene *s)
{
	struct desk consumer = desk(s, ACTOR_CONSUMER);
	struct desk d = desk(s, ACTOR_STAFF);
	struct draft f = { .kind = KIND_KNOW_CATEGORIES };
	struct problems ps = { 0 };
	struct case_preview p;
	struct sent know;
	struct err e = { 0 };

	run_in_shop(s, "insert into customer values (90, '" UMA "', '94607')");
	search(s, UMA);
	if (case_preview(&d, s->reference, &p, &e))
		fail("preview", &e);
	CHECK(!p.knows.n, "nobody has asked");
	f.person.pieces = STR("categories");
	f.person.range = STR("all");
	f.person.email.v = STR(UMA);
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("no");
	if (intake_send(&consumer, &f, CHANNEL_WEB, STR("192.0.2.7"), &know,
		    &ps, &e) ||
		ps.n || case_preview(&d, s->reference, &p, &e))
		fail(ps.n ? ps.at[0].text : "know", &e);
	CHECK(p.knows.n == 1 && str_eq(p.knows.at[0],
					reference_show(s->t.a, know.reference)),
		"that one is open: %zu", p.knows.n);
	if (deny(&s->t, know.reference, "UNFOUNDED", "Asked a hundred times.",
		    &e) ||
		answer(&s->t, know.reference, "", &e))
		fail("deny", &e);
	hand_over(&s->t, know.reference, "denied");
	if (case_preview(&d, s->reference, &p, &e))
		fail("preview", &e);
	CHECK(!p.knows.n, "answered, it is no reason to wait");
}

/* A row of two people that may not point nowhere: the deletion would be refused, and
 * whoever approves is told before. */
static void stuck(struct scene *s)
{
	static const char map[] =
		"version: 1\nsystems:\n  - name: shop\n    title: Shop\n"
		"    connector: sqlite\n    database: shop.db\n    tables:\n"
		"      - name: customer\n        key: id\n"
		"        columns: [ { name: email, identifies: email } ]\n"
		"        erase: delete\n"
		"      - name: meeting\n        key: id\n        links:\n"
		"          - { column: one, to: customer.id }\n"
		"          - { column: other, to: customer.id }\n"
		"        erase: delete\n";
	struct desk d = desk(s, ACTOR_STAFF);
	struct case_preview p;
	struct err e = { 0 };

	if (file_replace(path(&s->t, "datamap.yaml"), STR(map), 0600, &e))
		fail("map", &e);
	run_in_shop(s,
		"create table meeting (id integer primary key,\n"
		"	one integer not null references customer (id),\n"
		"	other integer not null references customer (id));\n"
		"insert into customer values (95, '" PIA
		"', '94607'), (96, 'joe@stander.example', '94607');\n"
		"insert into meeting values (1, 95, 96);\n");
	search(s, PIA);
	if (case_preview(&d, s->reference, &p, &e))
		fail("preview", &e);
	CHECK(p.shared == 1 && p.stuck == 1 && p.tables.n == 2 &&
			p.tables.at[1].rows_stuck == 1 &&
			!p.tables.at[0].rows_stuck,
		"the meeting with Joe: %d", (int)p.stuck);
}

/* --- chosen, and thought better of --- */

static void chosen(struct scene *s)
{
	static const size_t place = 0, other = 1;
	struct desk d = desk(s, ACTOR_STAFF);
	str seen = view(&s->t, s->reference).seen;
	struct keep_choice c = radio(&place);
	struct drop_holding run = { .placed = 0 };
	struct case_preview p;
	struct case_view v;
	struct problems ps;
	struct err e;

	CHECK(!drop_held_keep(&d, &run, NULL, &e) &&
			!drop_held_since(&d, &run, &e),
		"%s", e.message);
	c.until = STR("2027-05-31");
	CHECK(!keep(s, &c, &ps, &e) && !ps.n, "%s", e.message);
	CHECK(drop_held_since(&d, &run, &e) == -1 && e.code == ERR_CONFLICT,
		"a deletion for the State's lists that began before knows "
		"nothing of these rows, and deletes no more");
	CHECK(case_approve(&d, s->reference, seen, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"who saw the case before may not approve what it is now");
	c = radio(&other);
	c.purpose = STR("Accessories");
	CHECK(!keep(s, &c, &ps, &e) && !ps.n, "%s", e.message);
	v = view(&s->t, s->reference);
	CHECK(v.keeps.n == 2 && v.keeps.at[0].rows == 1 &&
			str_eq(v.keeps.at[0].title, STR("Purchases (Shop)")) &&
			str_eq(v.keeps.at[0].until, STR("2027-05-31")) &&
			!v.keeps.at[0].is_approved,
		"%zu decisions", v.keeps.n);
	if (case_preview(&d, s->reference, &p, &e))
		fail("preview", &e);
	CHECK(p.rows == 2 && p.tables.n == 2 &&
			p.tables.at[1].rows_excepted == 2 &&
			p.tables.at[1].rows_going == 1 &&
			p.tables.at[1].rows.at[0].is_excepted &&
			!p.tables.at[1].rows.at[2].is_excepted,
		"the preview says so: %d rows go", (int)p.rows);
	CHECK(!case_keep_end(&d, s->reference, v.keeps.at[1].id, &e), "%s",
		e.message);
	CHECK(case_keep_end(&d, s->reference, v.keeps.at[1].id, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"once is enough");
	CHECK(view(&s->t, s->reference).keeps.n == 1,
		"the lamp goes after all");
	seen = view(&s->t, s->reference).seen;
	s->t.clock.fixed_ms += 200 * 86400000LL;
	CHECK(!str_eq(seen, view(&s->t, s->reference).seen),
		"on the day after its last one another thing would be approved");
	s->t.clock.fixed_ms -= 200 * 86400000LL;
}

/* --- erased but for it --- */

static void erased(struct scene *s)
{
	struct desk d = desk(s, ACTOR_WORKER);
	struct job j = job_of(s, &d);
	struct purposes purposes;
	struct case_view v;
	struct post p;
	struct err e = { 0 };
	uint32_t reasons;

	if (approve(&s->t, s->reference, &e))
		fail("approve", &e);
	CHECK(job_erase(&j, &e) == JOB_DONE, "%s", e.message);
	holds(s, "customer", "zip", "2:94607 ");
	holds(s, "purchase", "customer_id", "1: 4:2 ");
	v = view(&s->t, s->reference);
	CHECK(str_eq(v.tasks.at[0].state, STR("kept")) &&
			v.tasks.at[0].rows_erased == 3,
		"three rows are gone and proven, one is kept: %d",
		(int)v.tasks.at[0].rows_erased);
	reasons = reasons_of(&s->t, IDENT_EMAIL, ELLEN);
	if (purposes_load(&d, &purposes, &e))
		fail("purposes", &e);
	CHECK(reasons & REASON_DELETED &&
			str_eq(purposes.of[0], STR("Warranty repairs")) &&
			reasons & REASON_LOCK_1,
		"11 CCR 7022(f): locked to the purpose, %x", reasons);
	if (answer(&s->t, s->reference, "", &e))
		fail("answer", &e);
	p = letter_of(&s->t, s->reference, "deleted");
	CHECK(str_find(p.text.v, STR("1 record: Purchases (Shop)")) >= 0 &&
			str_find(p.text.v,
				STR("radio of order 1 has a warranty until "
				    "May.")) >= 0 &&
			str_find(p.text.v, STR("Warranty repairs")) >= 0 &&
			str_find(p.text.v, STR("1798.105(d)(1)")) >= 0,
		"7022(f)(1): what, on which exception, with the facts, and "
		"what for:\n%.*s",
		STR_ARG(p.text.v));
}

/* --- left alone, until its day --- */

static struct screening look(struct scene *s, bool is_replay)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct returned_way w = { .credentials = s->t.dir,
		.is_replay = is_replay };
	struct screening out;
	struct err e = { 0 };

	if (returned_look(&d, &w, STR("shop"), &out, &e))
		fail("look", &e);
	return out;
}

static void act(struct scene *s, int64_t id)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct returned_way w = { .credentials = s->t.dir };
	struct screening out;
	struct err e = { 0 };

	if (returned_act(&d, &w, id, &out, &e))
		fail("act", &e);
}

/* A backup brings back all of her: the rest goes again, the radio stays. */
static void put_back(struct scene *s)
{
	struct screening x = look(s, false);

	CHECK(!x.found && x.acted_at,
		"her address in the row that is kept is nobody who came back");
	run_in_shop(s,
		"insert into customer values (1, '" ELLEN "', '94607');\n"
		"insert into purchase values (2, 1, 'Lamp', '" ELLEN
		"', 'E-1');\n"
		"update purchase set customer_id = 1 where id = 1;\n");
	x = look(s, true);
	CHECK(x.found == 2, "found again: %d", (int)x.found);
	act(s, x.id);
	holds(s, "customer", "zip", "2:94607 ");
	holds(s, "purchase", "customer_id", "1: 4:2 ");
}

static void at(struct scene *s, const char *instant)
{
	must(instant_parse(str_of(instant), &s->t.clock.fixed_ms));
}

/* Held by the phone number she typed, which her request was not about; nothing of hers
 * is deleted then (Civ. Code 1798.145(a)). */
static int64_t hold(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct hold_identifier by = { IDENT_PHONE, { STR("510-555-0177") } };
	struct hold_wish w = { &by, 1, STR("Oakland PD, 26-1177") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
	return id;
}

static uint32_t locks(struct scene *s)
{
	return reasons_of(&s->t, IDENT_EMAIL, ELLEN) & REASON_LOCKS;
}

/* The data map lost the table: the look goes on, and the row is open until it is back. */
static void without_the_table(struct scene *s)
{
	str all = str_of(yaml);
	ptrdiff_t at = str_find(all, STR("      - name: purchase"));
	struct screening x;
	struct err e = { 0 };

	if (file_replace(path(&s->t, "datamap.yaml"), str_head(all, (size_t)at),
		    0600, &e))
		fail("map", &e);
	x = look(s, false);
	CHECK(x.looked_at && !x.found, "looked to the end");
	if (file_replace(path(&s->t, "datamap.yaml"), all, 0600, &e))
		fail("map", &e);
}

static void over(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct screening x;
	struct err e = { 0 };
	int64_t id;

	at(s, "2027-06-01T03:00:00Z");
	x = look(s, false);
	CHECK(!x.found, "May 31 is still its last day");
	id = hold(s);
	at(s, "2027-06-02T03:00:00Z");
	/* Nothing in the row leads to her any more. */
	run_in_shop(s, "update purchase set sent_to = null where id = 1;\n");
	x = look(s, false);
	CHECK(!x.found && x.acted_at, "who is held keeps it, for a while");
	if (hold_lift(&d, id, &e))
		fail("lift", &e);
	without_the_table(s);
	x = look(s, false);
	CHECK(x.found == 1 && !x.acted_at, "its time is over: %d",
		(int)x.found);
	CHECK(view(&s->t, s->reference).keeps.at[0].is_over,
		"said on the case");
	CHECK(locks(s), "locked while it stands");
	act(s, x.id);
	holds(s, "purchase", "customer_id", "4:2 ");
	CHECK(view(&s->t, s->reference).keeps.at[0].gone == 1,
		"and that it is gone");
	CHECK(!locks(s) &&
			reasons_of(&s->t, IDENT_EMAIL, ELLEN) & REASON_DELETED,
		"with it the one use that was left");
	x = look(s, false);
	CHECK(!x.found && x.acted_at, "looked for no more");
}

/* The shop deletes the row itself, and gives its key to another customer's. */
static void key_of_another(struct scene *s)
{
	static const size_t place = 0;
	struct keep_choice c = radio(&place);
	struct desk d = desk(s, ACTOR_WORKER);
	struct job j;
	struct screening x;
	struct problems ps;
	struct err e;

	run_in_shop(s, "insert into customer values (8, '" MAX "', '94607');\n"
		       "insert into purchase values (20, 8, 'Sofa', '" MAX
		       "', null);\n");
	search(s, MAX);
	CHECK(!keep(s, &c, &ps, &e) && !ps.n, "%s", e.message);
	if (approve(&s->t, s->reference, &e))
		fail("approve", &e);
	j = job_of(s, &d);
	CHECK(job_erase(&j, &e) == JOB_DONE, "%s", e.message);
	holds(s, "purchase", "customer_id", "4:2 20: ");
	run_in_shop(s,
		"delete from purchase where id = 20;\n"
		"insert into purchase values (20, 2, 'Bed', null, null);\n");
	d = desk(s, ACTOR_STAFF);
	if (case_keep_end(&d, s->reference,
		    view(&s->t, s->reference).keeps.at[0].id, &e))
		fail("end", &e);
	x = look(s, false);
	CHECK(!x.found, "the bystander's bed is nobody's who came back");
	CHECK(view(&s->t, s->reference).keeps.at[0].changed == 1,
		"and staff are told to look there");
	CHECK(reasons_of(&s->t, IDENT_EMAIL, MAX) & REASON_LOCKS,
		"who may know whose it is now: locked as before");
	holds(s, "purchase", "customer_id", "4:2 20:2 ");
}

/* The same where no address stands in the row: another account number than was kept says
 * that it is somebody else's by now. */
static void account_of_another(struct scene *s)
{
	static const size_t places[] = { 0, 1 };
	struct keep_choice c = radio(places);
	struct desk d = desk(s, ACTOR_WORKER);
	struct job j;
	struct screening x;
	struct problems ps;
	struct err e;

	run_in_shop(s,
		"insert into customer values (7, '" IDA "', '94607');\n"
		"insert into purchase values (25, 7, 'Sofa', null, 'I-7'),\n"
		"	(26, 7, 'Vase', null, 'I-7');\n");
	search(s, IDA);
	c.rows.n = 2;
	CHECK(!keep(s, &c, &ps, &e) && !ps.n, "%s", e.message);
	if (approve(&s->t, s->reference, &e))
		fail("approve", &e);
	j = job_of(s, &d);
	CHECK(job_erase(&j, &e) == JOB_DONE, "%s", e.message);
	run_in_shop(s, "delete from purchase where id = 25;\n"
		       "insert into purchase values (25, null, 'Bed', null, "
		       "'B-2');\n");
	d = desk(s, ACTOR_STAFF);
	if (case_keep_end(&d, s->reference,
		    view(&s->t, s->reference).keeps.at[0].id, &e))
		fail("end", &e);
	x = look(s, false);
	CHECK(x.found == 1, "hers, whose number is what it was: %d",
		(int)x.found);
	CHECK(view(&s->t, s->reference).keeps.at[0].changed == 1,
		"the other one is left to staff");
	act(s, x.id);
	holds(s, "purchase", "account", "4:B-2 20: 25:B-2 ");
	run_in_shop(s, "delete from purchase where id = 25;\n");
}

/* Denied in the end: nothing was kept, and nothing of it stays in the record. */
static void not_approved(struct scene *s)
{
	static const size_t place = 0;
	struct keep_choice c = radio(&place);
	struct problems ps;
	struct err e;
	struct sql_keep_in_force_in all = { STR("shop"), STR("2027-06-02") };
	struct sql_keep_in_force_rows rows;

	run_in_shop(s, "insert into customer values (9, '" ZOE "', '94607');\n"
		       "insert into purchase values (30, 9, 'Desk', '" ZOE
		       "', null);\n");
	search(s, ZOE);
	CHECK(!keep(s, &c, &ps, &e) && !ps.n, "%s", e.message);
	CHECK(view(&s->t, s->reference).keeps.n == 1, "chosen");
	if (sql_keep_in_force(s->t.db, s->t.a, &all, &rows, &e))
		fail("keeps", &e);
	CHECK(rows.n == 1, "nobody erases it while that is decided");
	if (deny(&s->t, s->reference, "UNFOUNDED", "Nine times.", &e) ||
		answer(&s->t, s->reference, "", &e))
		fail("deny", &e);
	hand_over(&s->t, s->reference, "denied");
	CHECK(!view(&s->t, s->reference).is_open &&
			!view(&s->t, s->reference).keeps.n,
		"closed, and nothing is kept");
	if (sql_keep_in_force(s->t.db, s->t.a, &all, &rows, &e))
		fail("keeps", &e);
	CHECK(!rows.n, "of nobody");
}

/* Approved, searched again since other rows had come, and denied then: who was never
 * deleted, and is on no list any more, loses nothing when the decision ends. */
static void denied_after_approval(struct scene *s)
{
	static const size_t place = 0;
	struct keep_choice c = radio(&place);
	struct desk d = desk(s, ACTOR_WORKER);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("zac@keep.example") };
	struct work w;
	struct job j;
	struct screening x;
	struct problems ps;
	struct err e;

	run_in_shop(s,
		"insert into customer values (10, 'zac@keep.example', "
		"'94607');\n"
		"insert into purchase values (40, 10, 'Rug', null, null);\n");
	search(s, "zac@keep.example");
	CHECK(!keep(s, &c, &ps, &e) && !ps.n, "%s", e.message);
	if (approve(&s->t, s->reference, &e))
		fail("approve", &e);
	w = work_of(&s->t, s->reference, "shop");
	j = job_of(s, &d);
	if (fulfil_changed(&d, &w, NULL, &e) || job_find(&j, &e) != JOB_DONE)
		fail("again", &e);
	if (deny(&s->t, s->reference, "UNFOUNDED", "Nine times.", &e) ||
		answer(&s->t, s->reference, "", &e))
		fail("deny", &e);
	hand_over(&s->t, s->reference, "denied");
	d = desk(s, ACTOR_COMMAND);
	if (suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e))
		fail("release", &e);
	d = desk(s, ACTOR_STAFF);
	(void)case_keep_end(
		&d, s->reference, view(&s->t, s->reference).keeps.at[0].id, &e);
	x = look(s, false);
	CHECK(!x.found && x.acted_at, "nobody is found: %d", (int)x.found);
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start_scene(&s, fresh_server(argc, argv));
	search(&s, ELLEN);
	refusals(&s);
	chosen(&s);
	erased(&s);
	put_back(&s);
	over(&s);
	key_of_another(&s);
	account_of_another(&s);
	not_approved(&s);
	denied_after_approval(&s);
	asked_to_know(&s);
	stuck(&s);
	end(&s.t);
	return CHECK_DONE();
}
