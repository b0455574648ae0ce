/*
 * Where keys of one system lead into others: the person's own rows, to which a circle of
 * keys comes back; rows that stay, and are told; numbers that nobody was given; rows that
 * could not be asked for.  The systems are SQLite files, the record is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

#include "desk/returned.h"
#include "law/reason.h"

static void run_in(struct scene *s, const char *system, const char *sql)
{
	struct conn *c = open_in(s, system, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static bool holds(struct scene *s, const char *system, const char *table,
	const char *keys)
{
	str has = rows_of(s, system, table);

	if (!str_eq(has, str_of(keys)))
		printf("%s.%s has %.*s\n", system, table, STR_ARG(has));
	return str_eq(has, str_of(keys));
}

static const struct row ann = { "AnnCustomer1", "ann@one.example" };

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

/* --- rows that stay --- */

static const char goes_yaml[] =
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
	"        erase: delete\n";

static void make_numbers(struct scene *s, const char *yaml)
{
	make_map(s, yaml);
	make_system(s, "crm",
		"create table account (id integer primary key, email text,\n"
		"	number text);\n");
	make_system(s, "warehouse",
		"create table orders (id integer primary key, customer text,\n"
		"	phone text);\n");
}

/* An order under her number with a phone that her account has not. */
static void make_strange(struct scene *s)
{
	make_numbers(s, goes_yaml);
	run_in(s, "crm",
		"insert into account values (1, 'ann@one.example', '7');\n");
	run_in(s, "warehouse",
		"insert into orders values (1, '7', '4155550177');\n");
}

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

static bool has_detail(struct scene *s, const char *event, const char *words)
{
	str detail = newest_detail(s, event);

	if (str_find(detail, str_of(words)) < 0)
		printf("%s: %.*s\n", event, STR_ARG(detail));
	return str_find(detail, str_of(words)) >= 0;
}

/* It may be somebody else's, and stays: she is deleted, and that it stands is told, also when
 * nothing else goes there. */
static void what_stays_is_told(int argc, char **argv)
{
	struct scene s = { 0 };
	struct drop_step step;
	struct desk d;
	struct err e = { 0 };

	begin_scene(&s, "stays_told", argc, argv);
	make_strange(&s);
	import(&s, "20261121", &ann, 1);
	d = desk(&s, ACTOR_STAFF);
	if (drop_step(&d, &s.place, &step, &e))
		fail("step", &e);
	CHECK(holds(&s, "crm", "account", "") &&
			holds(&s, "warehouse", "orders", "1 ") &&
			status(&s, ann.id) == 3,
		"her account is gone, and the order stands");
	CHECK(str_find(step.words, STR("1 rows elsewhere left")) >= 0, "%.*s",
		STR_ARG(step.words));
	CHECK(has_detail(&s, "drop.erased", "\"standing\":1"),
		"and the record keeps it");
	end(&s.t);
}

/* The same of who came back. */
static void what_stays_again_is_told(int argc, char **argv)
{
	char ann_is[] = "ann@one.example";
	struct scene s = { 0 };
	struct screening x;
	struct err e = { 0 };

	begin_scene(&s, "stays_again", argc, argv);
	make_strange(&s);
	was_deleted(&s, ann_is);
	if (erase_again(&s, &x, &e))
		fail("again", &e);
	CHECK(x.erased == 1 && x.standing == 1 &&
			holds(&s, "warehouse", "orders", "1 "),
		"%d deleted, %d rows stand", (int)x.erased, (int)x.standing);
	CHECK(has_detail(&s, "system.erased_again", "\"standing\":1"),
		"and the record keeps it");
	end(&s.t);
}

/* --- numbers that nobody was given --- */

static const struct number {
	const char *number;
	bool leads;
} numbers[] = {
	{ "n/a", false },
	{ "(NULL)", false },
	{ "#N/A", false },
	{ " None ", false },
	{ "GUEST", false },
	{ "not applicable", false },
	{ "-1", false },
	{ "-999", false },
	{ "9999999", false },
	{ "xxx", false },
	{ "0", false },
	{ "999", true },
	{ "-2", true },
	{ "9998", true },
	{ "guest-7", true },
	{ "Nadia", true },
};

/* One account and one order under each; the IDs are those of the list. */
static void make_numbered(struct scene *s, struct row *people)
{
	make_numbers(s, goes_yaml);
	for (size_t i = 0; i < COUNTOF(numbers); i++) {
		people[i].id = arena_cstr(
			s->t.a, arena_fmt(s->t.a, "Numbered%04zu", i));
		people[i].email = arena_cstr(
			s->t.a, arena_fmt(s->t.a, "n%zu@one.example", i));
		run_in(s, "crm",
			arena_cstr(
				s->t.a, arena_fmt(s->t.a,
						"insert into account values\n"
						"	(%zu, '%s', '%s');\n",
						i + 1, people[i].email,
						numbers[i].number)));
		run_in(s, "warehouse",
			arena_cstr(
				s->t.a, arena_fmt(s->t.a,
						"insert into orders values\n"
						"	(%zu, '%s', null);\n",
						i + 1, numbers[i].number)));
	}
}

/* One account has "n/a" and many orders do: they are anybody's, and were deleted with it. */
static void nobodys_numbers(int argc, char **argv)
{
	struct row people[COUNTOF(numbers)];
	struct scene s = { 0 };
	struct drop_acted done;
	struct buf stay;
	int n = 0;

	begin_scene(&s, "stays_numbers", argc, argv);
	make_numbered(&s, people);
	import(&s, "20261121", people, COUNTOF(people));
	done = act(&s);
	stay = buf_in(s.t.a, 1000);
	for (size_t i = 0; i < COUNTOF(numbers); i++) {
		n += !numbers[i].leads;
		if (!numbers[i].leads)
			buf_fmt(&stay, "%zu ", i + 1);
	}
	CHECK(done.erased == COUNTOF(numbers) && done.unfollowed == n,
		"%d deleted, and %d numbers not followed: %.*s",
		(int)done.erased, (int)done.unfollowed, STR_ARG(done.problem));
	CHECK(holds(&s, "warehouse", "orders",
		      arena_cstr(s.t.a, buf_str(&stay))),
		"the orders under them stay");
	end(&s.t);
}

/* --- rows that could not be asked for --- */

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
	"        erase: delete\n";

/* The second session, some weeks after the first; the warehouse is away while it is
 * matched, and an order has come there meanwhile. */
static void match_unasked(struct scene *s, struct drop_matched *m)
{
	static const struct row bob = { "BobCustomer1", "bob@one.example" };
	const char *there = file_of(s, "warehouse");
	struct drop_pulled pulled;
	struct err e = { 0 };
	struct desk d;
	str day;

	s->t.clock.fixed_ms += 40LL * 86400000;
	run_in(s, "warehouse", "insert into orders values (1, '7', null);\n");
	must(!rename(there, file_of(s, "away")));
	d = desk(s, ACTOR_STAFF);
	day = date_iso(s->t.a, desk_today(&d));
	day = arena_fmt(s->t.a, "%.4s%.2s%.2s", day.p, day.p + 5, day.p + 8);
	if (drop_import(&d, &s->place,
		    pack_lists(s, arena_cstr(s->t.a, day), &bob, 1), &pulled,
		    &e) ||
		drop_match_all(&d, &s->place, m, &e))
		fail("match", &e);
	must(!rename(file_of(s, "away"), there));
}

static void step_as_worker(struct scene *s, struct drop_step *out)
{
	struct desk d = desk(s, ACTOR_WORKER);
	struct err e = { 0 };

	if (drop_step(&d, &s->place, out, &e))
		fail("step", &e);
}

/* Her account is kept, as it was before: whether an order belongs to it by now is not known,
 * and the worker answered that nothing does. */
static void could_not_be_asked(int argc, char **argv)
{
	struct scene s = { 0 };
	struct drop_matched m;
	struct drop_step step;
	struct drop_acted done;

	begin_scene(&s, "stays_unasked", argc, argv);
	make_numbers(&s, kept_yaml);
	run_in(&s, "crm",
		"insert into account values (1, 'ann@one.example', '7');\n");
	import(&s, "20261121", &ann, 1);
	done = act(&s);
	CHECK(done.kept == 1 && status(&s, ann.id) == 2, "exempt: all of it");
	report(&s, "out1");
	match_unasked(&s, &m);
	CHECK(m.problem.n, "that it could not be asked for is told");
	step_as_worker(&s, &step);
	CHECK(step.needs_person, "a person is waited for: %.*s",
		STR_ARG(step.words));
	done = act(&s);
	CHECK(!done.left && holds(&s, "warehouse", "orders", "") &&
			holds(&s, "crm", "account", "1 ") &&
			status(&s, ann.id) == 3,
		"her order goes when it is carried out: %d, %.*s",
		status(&s, ann.id), STR_ARG(done.problem));
	end(&s.t);
}

int main(int argc, char **argv)
{
	must(argc == 2 && sodium_init() >= 0);
	own_row_is_told(argc, argv);
	what_stays_is_told(argc, argv);
	what_stays_again_is_told(argc, argv);
	nobodys_numbers(argc, argv);
	could_not_be_asked(argc, argv);
	return CHECK_DONE();
}
