/*
 * Where keys of one system lead into others: the person's own rows, to which a circle of
 * keys comes back.  The systems are SQLite files, the record is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

#include "desk/returned.h"
#include "law/reason.h"

static bool holds(struct scene *s, const char *system, const char *table,
	const char *keys)
{
	str has = rows_of(s, system, table);

	if (!str_eq(has, str_of(keys)))
		printf("%s.%s has %.*s\n", system, table, STR_ARG(has));
	return str_eq(has, str_of(keys));
}

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

/* Looks in the CRM for who came back, and deletes them again. */
static int erase_again(struct scene *s, struct screening *x, struct err *e)
{
	struct desk d = desk(s, ACTOR_COMMAND);
	struct returned_way w = { .credentials = s->t.dir };

	if (returned_look(&d, &w, STR("crm"), x, e))
		fail("look", e);
	return returned_act(&d, &w, x->id, x, e);
}

/* --- a circle that comes back to the person's own row --- */

static const char first_yaml[] =
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
	"        links:\n"
	"          - { column: first_order, system: warehouse, to: orders.id }\n"
	"        erase: delete\n"
	"  - name: warehouse\n"
	"    connector: sqlite\n"
	"    database: warehouse.db\n"
	"    tables:\n"
	"      - name: orders\n"
	"        key: id\n"
	"        links:\n"
	"          - { column: customer, system: crm, to: account.number }\n"
	"        erase: delete\n";

static void make_first(struct scene *s)
{
	make_map(s, first_yaml);
	make_system(s, "crm",
		"create table account (id integer primary key, email text,\n"
		"	number text, first_order integer);\n"
		"insert into account values (1, 'ann@one.example', 'C-1', 1),\n"
		"	(2, 'bob@one.example', 'C-2', null),\n"
		"	(3, 'by@stander.example', 'C-3', 2);\n");
	make_system(s, "warehouse",
		"create table orders (id integer primary key, customer text);\n"
		"insert into orders values (1, 'C-1'), (2, 'C-2'), (3, 'C-3');\n");
}

/* Her order is found by her number, and her account by that order.  It goes by its own plan:
 * taken for a row that the order leads to, it made a circle, and she could not be deleted
 * again by any run.  By, whose first order was Bob's, stays. */
static void own_row_is_told(int argc, char **argv)
{
	char ann_is[] = "ann@one.example", bob_is[] = "bob@one.example";
	struct scene s = { 0 };
	struct screening x;
	struct err e = { 0 };

	begin_scene(&s, "stays_first", argc, argv);
	make_first(&s);
	was_deleted(&s, ann_is);
	was_deleted(&s, bob_is);
	CHECK(!erase_again(&s, &x, &e) && x.acted_at && x.erased == 2,
		"both are deleted again: %s", e.message);
	CHECK(holds(&s, "crm", "account", "3 ") &&
			holds(&s, "warehouse", "orders", "3 "),
		"with their orders, and nothing of the bystander's");
	end(&s.t);
}

int main(int argc, char **argv)
{
	must(argc == 2 && sodium_init() >= 0);
	own_row_is_told(argc, argv);
	return CHECK_DONE();
}
