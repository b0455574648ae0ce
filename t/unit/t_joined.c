/*
 * Rows that belong together by a foreign key whose values the database compares in its
 * own way: 'k1' refers to 'K1' where case is no difference.  The first argument names
 * the engine (t/connect/run); without one, SQLite.
 */
#include "connect/erase.h"

#include "check.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email, own: true } ]\n"
	"        erase: delete\n"
	"      - name: orders\n"
	"        key: id\n"
	"        links: [ { column: person, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: visit\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email, own: true } ]\n"
	"        links: [ { column: person, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: friends\n"
	"        key: id\n"
	"        links: [ { column: a, to: person.id }, { column: b, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: note\n"
	"        key: id\n"
	"        links: [ { column: person, to: person.id } ]\n"
	"        erase: delete\n";

/* In SQLite a column that is to be compared so says it. */
static const char *ddl(struct arena *a)
{
	const char *loose = fixture_is_mariadb() ? "" : " collate nocase";

	return arena_fmt(a,
		"create table person (id varchar(10)%s primary key, email "
		"varchar(40));\n"
		"create table orders (id integer primary key, person "
		"varchar(10)%s,\n"
		"	foreign key (person) references person (id) on delete "
		"cascade);\n"
		"create table visit (id integer primary key, email "
		"varchar(40),\n"
		"	person varchar(10)%s,\n"
		"	foreign key (person) references person (id));\n"
		"create table friends (id integer primary key, a varchar(10)%s,\n"
		"	b varchar(10)%s, foreign key (a) references person (id),\n"
		"	foreign key (b) references person (id));\n"
		"create table note (id integer primary key, person "
		"varchar(10));\n%c",
		loose, loose, loose, loose, loose, '\0')
		.p;
}

/* Ann is K1, Bob K2; the notes are of who was k1 elsewhere, as no key says. */
static const char rows[] =
	"insert into person values ('K1', 'ann@x.example'),\n"
	"	('K2', 'bob@x.example');\n"
	"insert into orders values (1, 'k1'), (2, 'K1'), (3, 'k2');\n"
	"insert into visit values (1, 'ann@visits.example', 'k1');\n"
	"insert into friends values (1, 'k1', 'k2');\n"
	"insert into note values (1, 'k1'), (2, 'K1');\n";

static size_t rows_of(const struct finding *f, const char *table)
{
	const struct map_table *t = map_table_named(f->system, str_of(table));

	return f->tables[t - f->system->tables].n;
}

static struct finding find(
	struct fixture *f, struct ident *who, const char *email)
{
	struct finding got;
	struct err e = { 0 };

	must(!ident_read(who, IDENT_TOYON_1, IDENT_EMAIL, str_of(email)));
	if (find_person(f->conn, f->a, who, 1, NULL, &got, &e))
		fixture_die("find", e.message);
	return got;
}

static int count(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)cells;
	(void)n;
	(void)e;
	++*(int *)ctx;
	return 0;
}

static int left_in(struct fixture *f, const char *table)
{
	str column = STR("id");
	struct row_query q = { .table = str_of(table),
		.columns = &column,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };
	int n = 0;

	if (conn_rows(f->conn, &q, count, &n, &e))
		fixture_die(table, e.message);
	return n;
}

static void found_and_erased(void)
{
	struct fixture f = { 0 };
	struct arena *a = arena_new(1 << 16);
	struct ident ann;
	struct finding got;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &ann, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r = { 0 };
	struct err e = { 0 };

	f = fixture_open(yaml, ddl(a));
	fixture_script(&f, rows);
	got = find(&f, &ann, "ann@x.example");
	CHECK(rows_of(&got, "orders") == 2 && rows_of(&got, "visit") == 1,
		"whatever way they are spelled: %zu orders",
		rows_of(&got, "orders"));
	CHECK(rows_of(&got, "note") == 1,
		"where no key is enforced, by their bytes: %zu",
		rows_of(&got, "note"));
	CHECK(rows_of(&got, "friends") == 1 && got.tables[3].rows[0].is_shared,
		"what is Bob's too");
	erase_plan_of(f.a, &got, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s", e.message);
	CHECK(r.is_proven && r.gone == 5, "gone %d of %d, left %d", (int)r.gone,
		(int)r.planned, (int)r.left);
	CHECK(left_in(&f, "orders") == 1 && left_in(&f, "friends") == 1 &&
			left_in(&f, "note") == 1,
		"nobody else's went, and what is Bob's too was unlinked");
	fixture_close(&f);
	arena_free(a);
}

/* Up from a row with an address, too; and what came since is seen, before the database
 * deletes it along. */
static void climbed_and_since(void)
{
	struct arena *a = arena_new(1 << 16);
	struct fixture f = fixture_open(yaml, ddl(a));
	struct ident ann, by_visit;
	struct finding got;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &ann, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r = { 0 };
	struct err e = { 0 };

	fixture_script(&f, rows);
	got = find(&f, &by_visit, "ann@visits.example");
	CHECK(rows_of(&got, "person") == 1 && rows_of(&got, "orders") == 2,
		"by the visit to Ann: %zu", got.rows_n);
	got = find(&f, &ann, "ann@x.example");
	fixture_script(&f, "insert into orders values (9, 'k1');\n");
	erase_plan_of(f.a, &got, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.has_news &&
			!r.is_proven && left_in(&f, "person") == 2,
		"nothing goes: %s", e.message);
	fixture_close(&f);
	arena_free(a);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	found_and_erased();
	climbed_and_since();
	return CHECK_DONE();
}
