/*
 * Rows of two tables that refer to each other, with foreign keys that the database looks
 * at with each statement: the link that may be empty is emptied first.  The first argument
 * names the engine (t/connect/run).
 */
#include "connect/erase.h"
#include "connect/erase_ready.h"

#include "check.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: customer\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links: [ { column: main_address, to: address.id, shared: true } ]\n"
	"        erase: delete\n"
	"      - name: address\n"
	"        key: id\n"
	"        columns: [ { name: street } ]\n"
	"        links: [ { column: customer_id, to: customer.id } ]\n"
	"        erase: delete\n";

/* Ann has two addresses, Bob one; Cy has none. */
static const char rows[] =
	"insert into customer values (1, 'ann@x.example', null),\n"
	"	(2, 'bob@x.example', null), (3, 'cy@x.example', null);\n"
	"insert into address values (11, '1 Oak', 1), (12, '2 Oak', 1),\n"
	"	(21, '1 Elm', 2);\n"
	"update customer set main_address = 12 where id = 1;\n"
	"update customer set main_address = 21 where id = 2;\n";

/* The foreign keys; %s: whether the address has to have a customer. */
static const char *ddl(struct arena *a, const char *must_have)
{
	return arena_fmt(a,
		"create table customer (id integer primary key,\n"
		"	email varchar(40), main_address integer);\n"
		"create table address (id integer primary key,\n"
		"	street varchar(40), customer_id integer %s,\n"
		"	foreign key (customer_id) references customer (id));\n"
		"%s%c",
		must_have,
		fixture_is_postgres() || fixture_is_mariadb()
			? "alter table customer add foreign key (main_address) "
			  "references address (id);\n"
			: "",
		'\0')
		.p;
}

static struct finding find_ann(struct fixture *f, struct ident *ann)
{
	struct find_options o = { 0 };
	struct finding got;
	struct err e = { 0 };

	must(!ident_read(
		ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	if (find_person(f->conn, f->a, ann, 1, &o, &got, &e))
		fixture_die("find", e.message);
	return got;
}

/* The rows that are left of a table, by their first column. */
static str left_in(struct fixture *f, size_t table)
{
	struct dump d = fixture_dump(f, f->conn);
	struct buf b = buf_in(f->a, 1000);

	for (size_t i = 0; i < d.n; i++)
		if (str_starts(d.rows[i], f->system->tables[table].name)) {
			str key = str_from(
				d.rows[i], f->system->tables[table].name.n + 3);
			ptrdiff_t end = str_find(key, STR("\037"));

			buf_fmt(&b, "%.*s ",
				STR_ARG(str_head(key, (size_t)end)));
		}
	return buf_str(&b);
}

/* Before, this was refused (23503), whatever the map's order, for ever. */
static void emptied_first(const char *must_have)
{
	struct arena *a = arena_new(1 << 16);
	struct fixture f = fixture_open(yaml, ddl(a, must_have));
	struct ident ann;
	struct finding got;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &ann, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r = { 0 };
	struct err e = { 0 };

	fixture_script(&f, rows);
	got = find_ann(&f, &ann);
	CHECK(got.rows_n == 3, "%d rows", (int)got.rows_n);
	CHECK(!erase_ready(f.conn, f.a, &got, &e), "%s", e.message);
	erase_plan_of(f.a, &got, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s: %s", must_have,
		e.message);
	CHECK(r.is_proven && r.gone == 3 && r.planned == 3, "gone %d of %d",
		(int)r.gone, (int)r.planned);
	CHECK(str_eq(left_in(&f, 0), STR("bob@x.example cy@x.example ")),
		"%.*s", STR_ARG(left_in(&f, 0)));
	CHECK(str_eq(left_in(&f, 1), STR("1 Elm ")), "%.*s",
		STR_ARG(left_in(&f, 1)));
	/* After an interruption the same is said again. */
	erase_plan_of(f.a, &got, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.is_proven && r.gone == 3,
		"again: %s, gone %d", e.message, (int)r.gone);
	fixture_close(&f);
	arena_free(a);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	emptied_first("not null");
	emptied_first("");
	return CHECK_DONE();
}
