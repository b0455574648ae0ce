/*
 * Odd rows where keys of one system lead into another: numbers that the other system
 * compares otherwise than by their bytes, that are too long, that stand in a row of who
 * knows whom; rows that staff keep; searches that fail.  What may be somebody else's stays,
 * nobody is reported deleted while a row of theirs stands that is not counted, and one odd
 * row does not stop the answer for everybody else.  The systems are SQLite files, the record
 * is on both engines.
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
	"      - name: account\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: number }\n"
	"        erase: delete\n"
	"      - name: contact\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"        links: [ { column: account_id, to: account.id } ]\n"
	"        erase: delete\n"
	"      - name: profile\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: number }\n"
	"        links: [ { column: account_id, to: account.id } ]\n"
	"        erase: delete\n"
	"  - name: warehouse\n"
	"    connector: sqlite\n"
	"    database: warehouse.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: phone, identifies: phone }\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: account.number }\n"
	"          - { column: seller, system: crm, to: account.number }\n"
	"        erase: delete\n"
	"      - name: note\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: phone, identifies: phone }\n"
	"        links:\n"
	"          - { column: order_id, to: orders.id }\n"
	"          - { column: author, system: crm, to: account.number }\n"
	"        erase: delete\n"
	"      - name: loan\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: profile.number }\n"
	"        erase: delete\n";

static const char crm[] =
	"create table account (id integer primary key, email text,\n"
	"	number integer collate nocase);\n"
	"create table contact (id integer primary key, email text,\n"
	"	account_id text);\n"
	"create table profile (id integer primary key, email text,\n"
	"	number text, account_id integer);\n";

static const char warehouse[] =
	"create table orders (id integer primary key, customer text,\n"
	"	seller text, phone text);\n"
	"create table note (id integer primary key, order_id integer,\n"
	"	author text, phone text);\n"
	"create table loan (id integer primary key, customer text);\n";

static void run_in(struct scene *s, const char *system, const char *sql)
{
	struct conn *c = open_in(s, system, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static void begin(struct scene *s, const char *name, int argc, char **argv)
{
	*s = (struct scene){ 0 };
	begin_scene(s, name, argc, argv);
	make_map(s, yaml);
	make_system(s, "crm", crm);
	make_system(s, "warehouse", warehouse);
}

static bool holds(struct scene *s, const char *system, const char *table,
	const char *keys)
{
	str has = rows_of(s, system, table);

	if (!str_eq(has, str_of(keys)))
		printf("%s.%s has %.*s\n", system, table, STR_ARG(has));
	return str_eq(has, str_of(keys));
}

/* --- numbers --- */

static const struct row ann = { "AnnCustomer1", "ann@one.example" };
static const struct row ann_and_bob[] = {
	{ "AnnCustomer1", "ann@one.example" },
	{ "BobCustomer1", "bob@one.example" },
};

/* The CRM takes '077' for 77 and 'ab-1' for 'AB-1', as databases do with numbers and with
 * collations: what it returns is not the text that stands in the order. */
static void compares_otherwise(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_compare", argc, argv);
	run_in(&s, "crm",
		"insert into account values (1, 'ann@one.example', 7),\n"
		"	(2, 'by@stander.example', 77),\n"
		"	(3, 'cy@stander.example', 'AB-1');\n");
	run_in(&s, "warehouse",
		"insert into orders values (1, '7', null, null),\n"
		"	(2, '7', '077', null), (3, '7', '77', null),\n"
		"	(4, '7', 'ab-1', null), (5, '7', '0', null),\n"
		"	(6, '7', '78', null), (7, '7', '07', null);\n");
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(done.erased == 1 && !done.left, "she is deleted: %.*s",
		STR_ARG(done.problem));
	CHECK(holds(&s, "warehouse", "orders", "2 3 4 "),
		"By and Cy sold 2, 3 and 4; nobody stands under 0 and 78, and "
		"07 is her own number");
	end(&s.t);
}

static void make_long(struct scene *s)
{
	run_in(s, "crm",
		"insert into profile values (5, null, 'P-5', 2);\n"
		"insert into account values\n"
		"	(1, 'ann@one.example', printf('%.*c', 2000, 'N')),\n"
		"	(2, 'bob@one.example', 22);\n");
	run_in(s, "warehouse",
		"insert into orders values (1, '21', null, null),\n"
		"	(2, '22', null, null);\n"
		"insert into loan values (1, 'P-5');\n");
}

/* One such value kept the answer from everybody on the list. */
static void too_long_a_number(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_long", argc, argv);
	make_long(&s);
	import(&s, "20261121", ann_and_bob, COUNTOF(ann_and_bob));
	done = act(&s);
	CHECK(done.erased == 2 && !done.left && !done.skipped,
		"%d deleted, %d left: %.*s", (int)done.erased, (int)done.left,
		STR_ARG(done.problem));
	CHECK(done.unfollowed == 3,
		"and her number is counted, with each column that it leads to: "
		"%d",
		(int)done.unfollowed);
	CHECK(holds(&s, "crm", "account", "") &&
			holds(&s, "warehouse", "orders", "1 ") &&
			holds(&s, "warehouse", "loan", ""),
		"what his numbers lead to is gone");
	CHECK(status(&s, "AnnCustomer1") == 3 &&
			status(&s, "BobCustomer1") == 3,
		"both are reported deleted (drop.md)");
	report(&s, "out1");
	end(&s.t);
}

/* --- rows of who knows whom --- */

/* Of the newest entry of the audit trail about such an event. */
static str newest_detail(struct scene *s, const char *event)
{
	struct sql_audit_newest_in in = { INT64_MAX, 100 };
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };

	if (sql_audit_newest(s->t.db, s->t.a, &in, &rows, &e))
		fail("audit", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].event, str_of(event)))
			return rows.at[i].detail;
	return (str){ 0 };
}

/* His account goes with the row in it that has another address; whether the number there is
 * his is not known, and its loan is not looked for.  That is counted. */
static void strange_row(int argc, char **argv)
{
	static const struct row dan = { "DanCustomer1", "dan@one.example" };
	struct scene s;
	struct drop_step step;
	struct desk d;
	struct err e = { 0 };

	begin(&s, "odd_strange", argc, argv);
	run_in(&s, "crm",
		"insert into account values (3, 'dan@one.example', 9);\n"
		"insert into profile values\n"
		"	(5, 'dan.work@two.example', 'P-9', 3),\n"
		"	(6, 'dan@one.example', 'P-8', 3);\n");
	run_in(&s, "warehouse",
		"insert into orders values (1, '9', null, null);\n"
		"insert into loan values (8, 'P-8'), (9, 'P-9');\n");
	import(&s, "20261121", &dan, 1);
	d = desk(&s, ACTOR_STAFF);
	if (drop_step(&d, &s.place, &step, &e))
		fail("step", &e);
	CHECK(holds(&s, "crm", "profile", "") &&
			holds(&s, "warehouse", "orders", "") &&
			holds(&s, "warehouse", "loan", "9 "),
		"what is known to be his is gone");
	CHECK(str_find(step.words, STR("1 erased")) >= 0 &&
			str_find(step.words, STR("1 ways not followed")) >= 0,
		"the number is told of: %.*s", STR_ARG(step.words));
	CHECK(str_find(newest_detail(&s, "drop.erased"),
		      STR("\"unfollowed\":1")) >= 0,
		"and kept in the record: %.*s",
		STR_ARG(newest_detail(&s, "drop.erased")));
	end(&s.t);
}

/* --- rows that staff keep --- */

/* What staff keep they keep whole, also what it leads to; and they have a way out when
 * somebody can't be deleted. */
static void kept_by_staff(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_kept", argc, argv);
	run_in(&s, "crm",
		"insert into account values (1, 'ann@one.example', 7);\n");
	run_in(&s, "warehouse",
		"insert into orders values (1, '7', null, null);\n");
	keep_row(&s, "crm", "account", "1");
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(done.kept == 1 && !done.erased && !done.left, "%d kept, %d left",
		(int)done.kept, (int)done.left);
	CHECK(done.unfollowed == 3, "as customer, as seller, as author: %d",
		(int)done.unfollowed);
	CHECK(holds(&s, "crm", "account", "1 ") &&
			holds(&s, "warehouse", "orders", "1 "),
		"her account and her order stand");
	CHECK(status(&s, "AnnCustomer1") == 2, "exempt: all of it is");
	end(&s.t);
}

/* --- who is held --- */

static void hold_phone(struct scene *s, const char *phone)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct hold_identifier at = { IDENT_PHONE, { str_of(phone) } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-1177") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
}

static void make_sold(struct scene *s, const char *seller)
{
	hold_phone(s, "4155550177");
	run_in(s, "crm",
		"insert into account values (1, 'ann@one.example', 7),\n"
		"	(2, 'by@stander.example', 77);\n");
	run_in(s, "warehouse",
		"insert into orders values (1, '7', null, null);\n");
	run_in(s, "warehouse",
		arena_cstr(
			s->t.a, arena_fmt(s->t.a,
					"insert into orders values\n"
					"	(2, '7', %s, '4155550177');\n",
					seller)));
	import(s, "20261121", &ann, 1);
}

/* By, who sold order 2, is held (Civ. Code 1798.145(a)).  Ann is not, and the State would be
 * told that she is exempt. */
static void another_is_held(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_other_held", argc, argv);
	make_sold(&s, "'77'");
	done = act(&s);
	CHECK(done.erased == 1 && !done.held && !done.left,
		"%d deleted, %d left: %.*s", (int)done.erased, (int)done.left,
		STR_ARG(done.problem));
	CHECK(holds(&s, "warehouse", "orders", "2 ") &&
			status(&s, "AnnCustomer1") == 3,
		"his order stands");
	end(&s.t);
}

/* The number may be hers: nobody else is known to have to do with the order. */
static void somebody_is_held(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_some_held", argc, argv);
	make_sold(&s, "null");
	done = act(&s);
	CHECK(!done.erased && done.held == 1 && !done.left &&
			holds(&s, "warehouse", "orders", "1 2 ") &&
			status(&s, "AnnCustomer1") == 2,
		"exempt, and all of hers stands");
	end(&s.t);
}

/* Two are held by their orders, and one who comes after them is deleted: by one run. */
static void several_are_held(int argc, char **argv)
{
	static const struct row all[] = {
		{ "AnnCustomer1", "ann@one.example" },
		{ "BobCustomer1", "bob@one.example" },
		{ "CidCustomer1", "cid@one.example" },
		{ "DanCustomer1", "dan@one.example" },
	};
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_all_held", argc, argv);
	hold_phone(&s, "4155550177");
	run_in(&s, "crm",
		"insert into account values (1, 'ann@one.example', 7),\n"
		"	(2, 'bob@one.example', 8), (3, 'cid@one.example', 9),\n"
		"	(4, 'dan@one.example', 10);\n");
	run_in(&s, "warehouse",
		"insert into orders values (1, '7', null, '4155550177'),\n"
		"	(2, '8', null, null), (3, '9', null, '4155550177'),\n"
		"	(4, '10', null, null);\n");
	import(&s, "20261121", all, COUNTOF(all));
	done = act(&s);
	CHECK(done.held == 2 && done.erased == 2 && !done.left && !done.skipped,
		"%d held, %d deleted, %d left: %.*s", (int)done.held,
		(int)done.erased, (int)done.left, STR_ARG(done.problem));
	CHECK(holds(&s, "crm", "account", "1 3 ") &&
			holds(&s, "warehouse", "orders", "1 3 "),
		"whose orders name who is held are whole");
	CHECK(status(&s, "AnnCustomer1") == 2 &&
			status(&s, "BobCustomer1") == 3 &&
			status(&s, "CidCustomer1") == 2 &&
			status(&s, "DanCustomer1") == 3,
		"exempt or deleted, each as it is");
	end(&s.t);
}

/* By is held, and his note hangs on her order: to erase the order would change it. */
static void held_row_would_change(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_note_held", argc, argv);
	hold_phone(&s, "4155550177");
	run_in(&s, "crm",
		"insert into account values (1, 'ann@one.example', 7),\n"
		"	(2, 'by@stander.example', 77);\n");
	run_in(&s, "warehouse",
		"insert into orders values (1, '7', null, null);\n"
		"insert into note values (5, 1, '77', '4155550177');\n");
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(!done.erased && done.held == 1 && !done.left,
		"%d deleted, %d held, %d left", (int)done.erased,
		(int)done.held, (int)done.left);
	CHECK(holds(&s, "warehouse", "orders", "1 "), "the order stands");
	end(&s.t);
}

/* --- questions that fail --- */

static const char market_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: account\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: number }\n"
	"        erase: delete\n"
	"  - name: market\n"
	"    connector: sqlite\n"
	"    database: market.db\n"
	"    tables:\n"
	"      - name: shop\n"
	"        key: no\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"  - name: warehouse\n"
	"    connector: sqlite\n"
	"    database: warehouse.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: account.number }\n"
	"          - { column: seller, system: market, to: shop.no }\n"
	"        erase: delete\n";

static void make_market(struct scene *s)
{
	make_map(s, market_yaml);
	make_system(s, "market",
		"create table shop (no text primary key, email text);\n");
	run_in(s, "crm",
		"insert into account values (1, 'ann@one.example', 7);\n");
	run_in(s, "warehouse",
		"insert into orders values (1, '7', 'S-1', null);\n");
}

/* The market has lost its table since it was matched: whether shop S-1 stands there can't be
 * told now.  That was taken for an answer: she was reported deleted, and the way to her order
 * was gone with her number. */
static void question_fails(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_asked", argc, argv);
	make_market(&s);
	import(&s, "20261121", &ann, 1);
	run_in(&s, "market", "alter table shop rename to shops;\n");
	done = act(&s);
	CHECK(done.skipped == 1 && !done.erased &&
			str_find(done.problem, STR("\"market\"")) >= 0,
		"she is skipped, and the reason is told: %.*s",
		STR_ARG(done.problem));
	CHECK(holds(&s, "crm", "account", "1 ") &&
			holds(&s, "warehouse", "orders", "1 "),
		"nothing of hers is gone");
	run_in(&s, "market", "alter table shops rename to shop;\n");
	done = act(&s);
	CHECK(done.erased == 1 && !done.left &&
			holds(&s, "warehouse", "orders", ""),
		"asked again, it knows of no such shop: %.*s",
		STR_ARG(done.problem));
	end(&s.t);
}

/* --- runs that end in the middle --- */

static const char kept_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: account\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: number }\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: Tax records, kept for seven years\n"
	"  - name: warehouse\n"
	"    connector: sqlite\n"
	"    database: warehouse.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: account.number }\n"
	"        erase: delete\n"
	"  - name: carrier\n"
	"    connector: sqlite\n"
	"    database: carrier.db\n"
	"    tables:\n"
	"      - name: parcel\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: order_id, system: warehouse, to: orders.id }\n"
	"        erase: delete\n";

/* The warehouse lets no order go. */
static void make_shut(struct scene *s)
{
	make_map(s, kept_yaml);
	make_system(s, "carrier",
		"create table parcel (id integer primary key,\n"
		"	order_id integer);\n"
		"insert into parcel values (1, 1);\n");
	run_in(s, "crm",
		"insert into account values (1, 'ann@one.example', 7);\n");
	run_in(s, "warehouse",
		"insert into orders values (1, '7', null, null);\n"
		"create trigger shut before delete on orders begin "
		"select raise(abort, 'shut'); end;\n");
}

/* Her parcel was deleted, so not all of it is exempt (drop.md), though what was left for the
 * run that came to the end was kept. */
static void ends_in_the_middle(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_middle", argc, argv);
	make_shut(&s);
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(done.skipped == 1 && done.left == 1 &&
			holds(&s, "carrier", "parcel", "") &&
			holds(&s, "warehouse", "orders", "1 "),
		"the parcel is gone, and the order can't go: %.*s",
		STR_ARG(done.problem));
	run_in(&s, "warehouse",
		"drop trigger shut;\n"
		"delete from orders;\n");
	done = act(&s);
	CHECK(!done.left && holds(&s, "crm", "account", "1 "), "%d left",
		(int)done.left);
	CHECK(status(&s, "AnnCustomer1") == 3, "%d",
		status(&s, "AnnCustomer1"));
	end(&s.t);
}

/* --- systems that lead to each other --- */

static const char circle_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: account\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: number }\n"
	"        erase: delete\n"
	"      - name: ticket\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: order_id, system: warehouse, to: orders.id }\n"
	"        erase: delete\n"
	"  - name: warehouse\n"
	"    connector: sqlite\n"
	"    database: warehouse.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: account.number }\n"
	"        erase: delete\n"
	"      - name: refund\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: ticket_id, system: crm, to: ticket.id }\n"
	"        erase: delete\n";

/* Ann's ticket was refunded, and Bob's was not. */
static void make_circle(struct scene *s)
{
	make_map(s, circle_yaml);
	run_in(s, "crm",
		"create table ticket (id integer primary key,\n"
		"	order_id integer);\n"
		"insert into account values (1, 'ann@one.example', 7),\n"
		"	(2, 'bob@one.example', 8);\n"
		"insert into ticket values (1, 1), (2, 2);\n");
	run_in(s, "warehouse",
		"create table refund (id integer primary key,\n"
		"	ticket_id integer);\n"
		"insert into orders values (1, '7', null, null),\n"
		"	(2, '8', null, null);\n"
		"insert into refund values (1, 1);\n");
}

/* Her refund is found by her ticket, and her ticket by her order, which is in the same system
 * as the refund.  She waits with all of hers, which of the systems is told, and who can change
 * nothing of that can keep her account: the others are answered. */
static void in_a_circle(int argc, char **argv)
{
	struct scene s;
	struct drop_acted done;

	begin(&s, "odd_circle", argc, argv);
	make_circle(&s);
	import(&s, "20261121", ann_and_bob, COUNTOF(ann_and_bob));
	done = act(&s);
	CHECK(done.erased == 1 && done.skipped == 1 && done.left == 1 &&
			str_find(done.problem, STR("(crm, warehouse)")) > 0,
		"%d deleted, %d left: %.*s", (int)done.erased, (int)done.left,
		STR_ARG(done.problem));
	CHECK(holds(&s, "crm", "account", "1 ") &&
			holds(&s, "crm", "ticket", "1 ") &&
			holds(&s, "warehouse", "orders", "1 ") &&
			holds(&s, "warehouse", "refund", "1 "),
		"nothing of hers is gone, and all of his");
	keep_row(&s, "crm", "account", "1");
	done = act(&s);
	CHECK(done.kept == 1 && !done.left && status(&s, "AnnCustomer1") == 2 &&
			status(&s, "BobCustomer1") == 3,
		"%d kept, %d left: %.*s", (int)done.kept, (int)done.left,
		STR_ARG(done.problem));
	report(&s, "out1");
	end(&s.t);
}

/* --- searches that fail --- */

static int say_deleted(struct desk *d, void *ctx, struct err *e)
{
	uint8_t key[IDENT_KEY_SIZE];

	must(!ident_key_of(
		suppress_keyring(d->suppress), IDENT_EMAIL, str_of(ctx), key));
	return suppress_add(
		d, IDENT_EMAIL, key, REASON_DELETED, STR("request"), 0, e);
}

static void was_deleted(struct scene *s, char *email)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct err e = { 0 };

	if (desk_write(&d, say_deleted, email, &e))
		fail("suppress", &e);
}

/* Hal is held, as his order says, and rightly left: account 31.  The search for Gus fails
 * before anything of his could be held. */
static void make_returned(struct scene *s)
{
	char gus[] = "gus@back.example", hal[] = "hal@back.example";

	was_deleted(s, gus);
	was_deleted(s, hal);
	hold_phone(s, "4155550177");
	run_in(s, "crm",
		"insert into account values (31, 'hal@back.example', 31);\n"
		"insert into contact values\n"
		"	(40, 'gus@back.example', printf('%.*c', 9000, 'x'));\n");
	run_in(s, "warehouse",
		"insert into orders values (31, '31', null, '4155550177');\n");
}

/* It was said to be done, and who was deleted stood there for good. */
static void search_fails(int argc, char **argv)
{
	struct scene s;
	struct returned_way w;
	struct screening x;
	struct err e = { 0 };
	struct desk d;
	int64_t id;

	begin(&s, "odd_search", argc, argv);
	make_returned(&s);
	d = desk(&s, ACTOR_COMMAND);
	w = (struct returned_way){ .credentials = s.t.dir };
	if (returned_look(&d, &w, STR("crm"), &x, &e))
		fail("look", &e);
	CHECK(x.found == 1, "he came back, and Hal is left: %d", (int)x.found);
	id = x.id;
	CHECK(returned_act(&d, &w, id, &x, &e) == -1 && e.code == ERR_LIMIT,
		"he can't be searched for, and that is said: %s", e.message);
	CHECK(!x.acted_at && holds(&s, "crm", "contact", "40 "),
		"the look has not come to its end");
	run_in(&s, "crm", "update contact set account_id = null;\n");
	if (returned_act(&d, &w, id, &x, &e))
		fail("act", &e);
	CHECK(x.acted_at && x.erased == 1 && holds(&s, "crm", "contact", "") &&
			holds(&s, "crm", "account", "31 "),
		"mended, he is deleted again, and who is held is not");
	end(&s.t);
}

int main(int argc, char **argv)
{
	must(argc == 2 && sodium_init() >= 0);
	compares_otherwise(argc, argv);
	too_long_a_number(argc, argv);
	strange_row(argc, argv);
	kept_by_staff(argc, argv);
	another_is_held(argc, argv);
	somebody_is_held(argc, argv);
	several_are_held(argc, argv);
	held_row_would_change(argc, argv);
	question_fails(argc, argv);
	ends_in_the_middle(argc, argv);
	in_a_circle(argc, argv);
	search_fails(argc, argv);
	return CHECK_DONE();
}
