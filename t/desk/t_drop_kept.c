/*
 * Customers whose accounts are kept, and whose orders in another system are not: orders that
 * come under the same number after a session are no new match of any list, and go with the
 * next look all the same (Civ. Code 1798.99.86(d)).  The systems are SQLite files, the record
 * is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

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
	"          - { column: customer, system: crm, to: contact.number }\n"
	"        erase: delete\n";

static const struct row asked[] = {
	{ "AnnCustomer1", "ann@one.example" },
	{ "BeaCustomer1", "bea@two.example" },
	{ "CidCustomer1", "cid@three.example" },
};

static void run_in(struct scene *s, const char *system, const char *sql)
{
	struct conn *c = open_in(s, system, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static struct drop_matched screen(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_matched m;
	struct err e = { 0 };

	s->t.clock.fixed_ms += 86400000;
	if (drop_screen(&d, &s->place, &m, &e))
		fail("screen", &e);
	return m;
}

static bool holds(struct scene *s, const char *orders)
{
	str has = rows_of(s, "warehouse", "orders");

	if (!str_eq(has, str_of(orders)))
		printf("orders: %.*s\n", STR_ARG(has));
	return str_eq(has, str_of(orders)) &&
	       str_eq(rows_of(s, "crm", "contact"), STR("1 2 3 4 "));
}

/* The session, and a screening in which everything of them is kept. */
static void settle(struct scene *s)
{
	import(s, "20261121", asked, COUNTOF(asked));
	act(s);
	CHECK(holds(s, "4 "), "all orders but the bystander's are gone");
	report(s, "out");
	if (screen(s).has_new)
		act(s);
	CHECK(!screen(s).has_new && holds(s, "4 "),
		"accounts that stand there are nothing new");
}

static void finds_new_orders(struct scene *s)
{
	struct drop_acted done;

	run_in(s, "warehouse",
		"insert into orders values (21, 'C-2'), (41, 'C-4');\n");
	CHECK(screen(s).has_new, "an order came under Bea's number");
	done = act(s);
	CHECK(!done.left && !done.problem.n, "%d left: %.*s", (int)done.left,
		STR_ARG(done.problem));
	CHECK(holds(s, "4 41 "), "it is gone, and nobody else's is");
	CHECK(!screen(s).has_new, "and nothing is new again");
}

/* What can't be asked is no reason to ask a person; it is said, and asked again. */
static void asks_again(struct scene *s)
{
	struct drop_matched m;

	run_in(s, "warehouse", "insert into orders values (11, 'C-1');\n");
	must(!rename(file_of(s, "warehouse"), file_of(s, "away")));
	m = screen(s);
	CHECK(!m.has_new && str_find(m.problem, STR("could not be asked")) > 0,
		"the warehouse is away: %.*s", STR_ARG(m.problem));
	must(!rename(file_of(s, "away"), file_of(s, "warehouse")));
	m = screen(s);
	CHECK(m.has_new && !m.problem.n, "it is back: %.*s",
		STR_ARG(m.problem));
	act(s);
	CHECK(holds(s, "4 41 "), "Ann's order is gone");
}

/* Ann's account is kept by staff, with what it leads to, and is asked about together with
 * those whose orders go. */
static void leaves_what_staff_keep(struct scene *s)
{
	keep_row(s, "crm", "contact", "1");
	run_in(s, "warehouse",
		"insert into orders values (12, 'C-1'), (22, 'C-2');\n");
	CHECK(screen(s).has_new, "an order came under Bea's number");
	act(s);
	CHECK(holds(s, "4 12 41 "), "hers is gone, and Ann's is not");
	CHECK(!screen(s).has_new, "Ann's is nothing new");
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	begin_scene(&s, "drop_kept", argc, argv);
	make_map(&s, yaml);
	make_system(&s, "crm",
		"create table contact (id integer primary key, email text,\n"
		"	number text);\n"
		"insert into contact values (1, 'ann@one.example', 'C-1'),\n"
		"	(2, 'bea@two.example', 'C-2'),\n"
		"	(3, 'cid@three.example', 'C-3'),\n"
		"	(4, 'by@stander.example', 'C-4');\n");
	make_system(&s, "warehouse",
		"create table orders (id integer primary key, customer text);\n"
		"insert into orders values (1, 'C-1'), (2, 'C-2'), (3, 'C-3'),\n"
		"	(4, 'C-4');\n");
	settle(&s);
	finds_new_orders(&s);
	asks_again(&s);
	leaves_what_staff_keep(&s);
	end(&s.t);
	return CHECK_DONE();
}
