/*
 * The State's lists and systems that hold nothing which a list could be matched with:
 * the orders of a warehouse, by the customer's number that the CRM tells, and the
 * carrier's parcels of these orders.  They go with the customer (Civ. Code
 * 1798.99.86(c)), and nobody else's do; so it is with who was deleted by a request and
 * came back.  The systems are SQLite files, the record is on
 * both engines.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

#include "desk/hold.h"
#include "desk/returned.h"
#include "law/reason.h"

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
	"      - name: orders\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: contact.number }\n"
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
	"        columns: [ { name: phone, identifies: phone } ]\n"
	"        links:\n"
	"          - { column: order_id, system: warehouse, to: orders.id }\n"
	"        erase: delete\n"
	"      - name: notice\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links:\n"
	"          - { column: order_id, system: warehouse, to: orders.id }\n"
	"        erase: delete\n";

/* Dee and Eve have one number, as people of one house may. */
static const struct {
	const char *system;
	const char *sql;
} systems[] = {
	{ "crm", "create table contact (id integer primary key, email text,\n"
		 "	number text);\n"
		 "insert into contact values (1, 'ann@one.example', 'C-7'),\n"
		 "	(2, 'by@stander.example', 'C-8'),\n"
		 "	(3, 'dee@house.example', 'C-9'),\n"
		 "	(4, 'eve@house.example', 'C-9'),\n"
		 "	(5, 'flo@held.example', 'C-5'),\n"
		 "	(6, 'sam@both.example', 'C-6'),\n"
		 "	(7, 'sam@both.example', 'C-4');\n" },
	{ "warehouse",
		"create table orders (id integer primary key, customer text);\n"
		"create table item (id integer primary key, order_id integer);\n"
		"insert into orders values (1, 'C-7'), (2, 'C-8'), (3, 'C-7'),\n"
		"	(4, 'C-9'), (5, 'C-5'), (6, 'C-6');\n"
		"insert into item values (11, 1), (12, 2), (13, 3);\n" },
	{ "carrier", "create table notice (id integer primary key,\n"
		     "	order_id integer, email text);\n"
		     "create table parcel (id integer primary key,\n"
		     "	order_id integer, phone text);\n"
		     "insert into parcel values (21, 1, null), (22, 2, null),\n"
		     "	(25, 5, '4155550177');\n" },
};

static void make_systems(struct scene *s)
{
	make_map(s, yaml);
	for (size_t i = 0; i < COUNTOF(systems); i++)
		make_system(s, systems[i].system, systems[i].sql);
}

static bool holds(struct scene *s, const char *system, const char *table,
	const char *keys)
{
	str has = rows_of(s, system, table);

	if (!str_eq(has, str_of(keys)))
		printf("%s.%s has %.*s\n", system, table, STR_ARG(has));
	return str_eq(has, str_of(keys));
}

static bool has_row(
	struct scene *s, const char *system, const char *table, const char *key)
{
	return str_find(rows_of(s, system, table), str_of(key)) >= 0;
}

static void move_system(struct scene *s, const char *from, const char *to)
{
	must(!rename(path(&s->t, from), path(&s->t, to)));
}

/* --- steps --- */

static const struct row first[] = {
	{ "AnnCustomer1", "ann@one.example" },
	{ "DeeOfAHouse1", "dee@house.example" },
	{ "SamIsTwo0001", "sam@both.example" },
};

/* The row that tells the number must not go before what the number leads to: nothing
 * would lead there any more, and "deleted" would be false. */
static int64_t waits_for_what_is_away(struct scene *s)
{
	struct drop_acted done;

	import(s, "20261121", first, COUNTOF(first));
	move_system(s, "carrier.db", "carrier.away");
	done = act(s);
	CHECK(done.left && done.problem.n, "%d left", (int)done.left);
	CHECK(has_row(s, "crm", "contact", "1 ") &&
			holds(s, "warehouse", "orders", "1 2 3 4 5 6 "),
		"nothing of hers is gone while the carrier can't be asked");
	CHECK(status(s, "AnnCustomer1") == 0, "and nothing is said of her");
	CHECK(done.skipped == 1 && done.erased == 1 && done.unfollowed == 1,
		"the others are deleted, and Eve's number led nowhere: %d",
		(int)done.erased);
	move_system(s, "carrier.away", "carrier.db");
	return done.erased;
}

static int64_t unproven_in(struct scene *s, const char *system, int64_t *gone)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_cycle_view v;
	struct drop_acts acts;
	struct err e = { 0 };
	int64_t unproven = 0;

	if (drop_cycle_view(&d, 0, &v, &e) != 1 ||
		drop_acts(&d, v.passes.at[0].id, 0, &acts, &e))
		fail("acts", &e);
	*gone = 0;
	for (size_t i = 0; i < acts.n; i++) {
		if (!str_eq(acts.at[i].system, str_of(system)))
			continue;
		*gone += acts.at[i].rows_gone;
		unproven += !acts.at[i].is_proven;
	}
	return unproven;
}

static void deletes_everywhere(struct scene *s, int64_t before)
{
	struct drop_acted done = act(s);
	int64_t gone;

	CHECK(done.erased + before == 2 && done.unfollowed == 0 && !done.left &&
			!done.problem.n,
		"people are counted once, where they matched: %d, %d left: "
		"%.*s",
		(int)done.erased, (int)done.left, STR_ARG(done.problem));
	CHECK(holds(s, "crm", "contact", "2 4 5 6 7 "), "the customers");
	CHECK(holds(s, "warehouse", "orders", "2 4 5 6 ") &&
			holds(s, "warehouse", "item", "12 "),
		"her orders; not those of a number that is Eve's as well, nor "
		"of somebody who is only opted out");
	CHECK(holds(s, "carrier", "parcel", "22 25 "),
		"and what these lead to");
	CHECK(status(s, "AnnCustomer1") == 3 &&
			status(s, "DeeOfAHouse1") == 3 &&
			status(s, "SamIsTwo0001") == 4,
		"%d, %d, %d", status(s, "AnnCustomer1"),
		status(s, "DeeOfAHouse1"), status(s, "SamIsTwo0001"));
	CHECK(!unproven_in(s, "warehouse", &gone) && gone == 4,
		"the record has two orders and two items: %d", (int)gone);
	CHECK(!unproven_in(s, "carrier", &gone) && gone == 1, "and a parcel");
	report(s, "out1");
}

static void hold_on(struct scene *s, enum ident_kind kind, const char *value)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct hold_identifier at = { kind, { str_of(value) } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-1177") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
}

/* Only a row that a key leads to says that she is held (Civ. Code 1798.145(a)). */
static void leaves_held(struct scene *s)
{
	static const struct row flo = { "FloIsHeld001", "flo@held.example" };
	struct drop_acted done;

	hold_on(s, IDENT_PHONE, "4155550177");
	import(s, "20261222", &flo, 1);
	done = act(s);
	CHECK(done.held == 1 && !done.erased && !done.left && !done.problem.n,
		"%d held, %d left: %.*s", (int)done.held, (int)done.left,
		STR_ARG(done.problem));
	CHECK(status(s, "FloIsHeld001") == 2, "exempt");
	CHECK(holds(s, "crm", "contact", "2 4 5 6 7 ") &&
			holds(s, "warehouse", "orders", "2 4 5 6 ") &&
			holds(s, "carrier", "parcel", "22 25 "),
		"all of hers stands");
}

/* --- who came back --- */

struct deleted {
	enum ident_kind kind;
	const char *value;
};

static int say_deleted(struct desk *d, void *ctx, struct err *e)
{
	uint8_t key[IDENT_KEY_SIZE];

	const struct deleted *x = ctx;

	must(!ident_key_of(
		suppress_keyring(d->suppress), x->kind, str_of(x->value), key));
	return suppress_add(
		d, x->kind, key, REASON_DELETED, STR("request"), 0, e);
}

static void was_deleted(
	struct scene *s, enum ident_kind kind, const char *value)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct deleted x = { kind, value };
	struct err e = { 0 };

	if (desk_write(&d, say_deleted, &x, &e))
		fail("suppress", &e);
}

static void run_in(struct scene *s, const char *system, const char *sql)
{
	struct conn *c = open_in(s, system, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

/* Under a number that is new: nothing but the row that came back tells it. */
static void come_back(struct scene *s)
{
	was_deleted(s, IDENT_EMAIL, "gus@back.example");
	was_deleted(s, IDENT_EMAIL, "hal@back.example");
	run_in(s, "crm",
		"insert into contact values (30, 'gus@back.example', 'N-1'),\n"
		"	(31, 'hal@back.example', 'N-2');\n");
	run_in(s, "warehouse",
		"insert into orders values (30, 'N-1'), (31, 'N-2');\n");
	run_in(s, "carrier",
		"insert into parcel values (30, 30, null),\n"
		"	(31, 31, '4155550177');\n");
}

/* What is deleted again is deleted with what it leads to (Civ. Code 1798.105(c)(2)). */
static void deletes_again(struct scene *s)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct returned_way w = { .credentials = s->t.dir };
	struct screening x;
	struct err e = { 0 };
	int64_t id;

	come_back(s);
	if (returned_look(&d, &w, STR("crm"), &x, &e))
		fail("look", &e);
	CHECK(x.found == 1, "he, and not who is held by a parcel: %d",
		(int)x.found);
	id = x.id;
	if (returned_act(&d, &w, id, &x, &e))
		fail("act", &e);
	CHECK(x.acted_at && x.erased == 1, "%d erased", (int)x.erased);
	CHECK(!has_row(s, "crm", "contact", "30 ") &&
			!has_row(s, "warehouse", "orders", "30 ") &&
			!has_row(s, "carrier", "parcel", "30 "),
		"he is gone, with the order and its parcel");
	CHECK(has_row(s, "crm", "contact", "31 ") &&
			has_row(s, "warehouse", "orders", "31 ") &&
			has_row(s, "carrier", "parcel", "31 "),
		"who is held stands everywhere (Civ. Code 1798.145(a))");
}

/* Ida was deleted, and stands in a parcel of Jo's, who is held: whose it is only the
 * customer's number tells, two systems away (Civ. Code 1798.145(a)). */
static void leaves_what_belongs_to_held(struct scene *s)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct returned_way w = { .credentials = s->t.dir };
	struct screening x;
	struct err e = { 0 };

	was_deleted(s, IDENT_PHONE, "4155550188");
	hold_on(s, IDENT_EMAIL, "jo@held.example");
	run_in(s, "crm",
		"insert into contact values (40, 'jo@held.example', 'N-9');\n");
	run_in(s, "warehouse", "insert into orders values (40, 'N-9');\n");
	run_in(s, "carrier",
		"insert into parcel values (40, 40, '4155550188'),\n"
		"	(41, null, '4155550188');\n");
	if (returned_look(&d, &w, STR("carrier"), &x, &e) ||
		returned_act(&d, &w, x.id, &x, &e))
		fail("returned", &e);
	CHECK(has_row(s, "carrier", "parcel", "40 "), "Jo's stands");
	CHECK(!has_row(s, "carrier", "parcel", "41 "), "and Ida's is gone");
}

/* The list asks for the address in a notice on Kay's order, two systems away from the row that
 * says who she is; beside it for one that leads to nobody who is held. */
static void leaves_what_keys_lead_to(struct scene *s)
{
	static const struct row asked[] = {
		{ "KayIsHeld001", "kay@neighbour.example" },
		{ "LouIsFree001", "lou@free.example" },
	};
	struct drop_acted done;

	hold_on(s, IDENT_EMAIL, "kay@held.example");
	run_in(s, "crm",
		"insert into contact values (50, 'kay@held.example', 'N-5');\n");
	run_in(s, "warehouse", "insert into orders values (50, 'N-5');\n");
	run_in(s, "carrier",
		"insert into notice values (50, 50, 'kay@neighbour.example'),\n"
		"	(51, null, 'lou@free.example');\n");
	import(s, "20270122", asked, COUNTOF(asked));
	move_system(s, "warehouse.db", "warehouse.away");
	done = act(s);
	CHECK(!done.erased && done.problem.n,
		"whose it is can't be asked, so nobody is deleted: %d",
		(int)done.erased);
	move_system(s, "warehouse.away", "warehouse.db");
	done = act(s);
	CHECK(done.held == 2 && done.erased == 1 && !done.left,
		"%d held, %d erased, %d left: %.*s", (int)done.held,
		(int)done.erased, (int)done.left, STR_ARG(done.problem));
	CHECK(holds(s, "carrier", "notice", "50 "), "hers stands");
	CHECK(status(s, "KayIsHeld001") == 2 && status(s, "LouIsFree001") == 3,
		"exempt, and deleted: %d, %d", status(s, "KayIsHeld001"),
		status(s, "LouIsFree001"));
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	begin_scene(&s, "drop_cross", argc, argv);
	make_systems(&s);
	deletes_everywhere(&s, waits_for_what_is_away(&s));
	s.t.clock.fixed_ms += 30LL * 86400000;
	leaves_held(&s);
	deletes_again(&s);
	leaves_what_belongs_to_held(&s);
	report(&s, "out2");
	s.t.clock.fixed_ms += 31LL * 86400000;
	leaves_what_keys_lead_to(&s);
	end(&s.t);
	return CHECK_DONE();
}
