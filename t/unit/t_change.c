/*
 * Correcting cells and the proof that they are: what was asked changes, nothing
 * else does, and a row that is not there is never called corrected.  The first
 * argument names the engine (t/connect/run).
 */
#include "connect/change.h"

#include <string.h>

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
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: name }\n"
	"          - { name: zip }\n"
	"          - { name: born }\n"
	"          - { name: ssn, never_disclose: ssn }\n"
	"        links: [ { column: house, to: house.id, shared: true } ]\n"
	"        erase: delete\n"
	"      - name: house\n"
	"        key: id\n"
	"        columns: [ { name: street } ]\n"
	"        erase: delete\n";

static const char ddl[] =
	"create table house (id integer primary key, street text);\n"
	"create table person (id integer primary key, email text, name text,\n"
	"	zip integer, born date, ssn text,\n"
	"	house integer references house (id));\n";

static const char people[] =
	"insert into house values (7, 'Elm');\n"
	"insert into person values (1, 'ann@x.example', 'An', 94607,\n"
	"	'1980-01-02', '1', 7);\n"
	"insert into person values (2, 'bob@x.example', 'Bob', 94608,\n"
	"	'1981-01-02', '2', 7);\n";

static void put_people(struct fixture *f)
{
	static const str house[] = { STR_INIT("id"), STR_INIT("street") };
	static const str person[] = { STR_INIT("id"), STR_INIT("email"),
		STR_INIT("name"), STR_INIT("zip"), STR_INIT("born"),
		STR_INIT("ssn"), STR_INIT("house") };
	static const char *const houses[] = { "7", "Elm" };
	static const char *const rows[] = { "1", "ann@x.example", "An", "94607",
		"1980-01-02", "1", "7", "2", "bob@x.example", "Bob", "94608",
		"1981-01-02", "2", "7" };

	if (!fixture_is_files()) {
		fixture_script(f, people);
		return;
	}
	fixture_insert(f, "house", house, 2, houses, 1);
	fixture_insert(f, "person", person, 7, rows, 2);
}

static struct change change_of(const struct fixture *f, const char *column,
	struct cell key, const char *was, const char *value)
{
	const struct map_table *t = &f->system->tables[0];

	return (struct change){ .table = t,
		.column = &t->columns[map_column_index(t, str_of(column))],
		.key = key,
		.was = cell_text(str_of(was)),
		.value = cell_text(str_of(value)) };
}

static struct change_result run(
	struct fixture *f, const struct change *at, size_t n)
{
	struct change_request q = { f->system, at, n, 1790000000000, NULL };
	struct change_result r;
	struct err e = { 0 };

	CHECK(!change_run(f->conn, f->a, &q, &r, &e), "%s", e.message);
	return r;
}

static bool has_row(const struct dump *d, const char *piece)
{
	for (size_t i = 0; i < d->n; i++)
		if (str_find(d->rows[i], str_of(piece)) >= 0)
			return true;
	return false;
}

static void values_are_corrected(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one = cell_int(f.a, 1);
	struct change c[] = { change_of(
				      &f, "name", one, "An", "Ann \"O'Neill\""),
		change_of(&f, "zip", one, "94607", "94610") };
	struct change_result r;
	struct dump d;

	put_people(&f);
	r = run(&f, c, 2);
	CHECK(r.is_proven && r.cells == 2 && r.rows == 1 && !r.left,
		"%d cells, %d rows", (int)r.cells, (int)r.rows);
	CHECK(str_find(r.evidence, STR("Neill")) < 0 &&
			str_find(r.evidence, STR("94610")) < 0,
		"evidence names nobody: %.*s", STR_ARG(r.evidence));
	d = fixture_dump(&f, f.conn);
	CHECK(has_row(&d, "Ann \"O'Neill\""), "the name");
	CHECK(has_row(&d, "94610") && !has_row(&d, "94607"), "the ZIP code");
	CHECK(has_row(&d, "bob@x.example\0372 Bob"), "the other person");
	/* Killed before it was reported: the next run says the same. */
	r = run(&f, c, 2);
	CHECK(r.is_proven && r.cells == 2, "%d cells", (int)r.cells);
	fixture_close(&f);
}

/* A row that went away meanwhile is nothing to report as corrected. */
static void rows_that_are_gone(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct change c[] = { change_of(&f, "name", cell_int(f.a, 1), "An",
				      "Ann"),
		change_of(&f, "name", cell_int(f.a, 9), "Nobody", "Ned") };
	struct change_result r;

	put_people(&f);
	r = run(&f, c, 2);
	CHECK(!r.is_proven && r.left == 1 && r.cells == 1, "%d left",
		(int)r.left);
	fixture_close(&f);
}

/* A database has its own way to write a day. */
static void in_a_form_of_its_own(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct change c = change_of(
		&f, "born", cell_int(f.a, 1), "1980-01-02", "Jan 3, 1980");
	struct change_result r;

	if (fixture_is_postgres()) {
		put_people(&f);
		r = run(&f, &c, 1);
		CHECK(r.is_proven && r.own_form == 1 && !r.cells, "%d, %d",
			(int)r.own_form, (int)r.cells);
	}
	fixture_close(&f);
}

/* Keys, links, what is hidden, what is someone else's too: not by this way. */
static void what_may_change(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	const struct map_table *t = &f.system->tables[0];
	struct cell cells[16] = { { .type = CELL_NULL } };
	struct found_row row = { .cells = cells };

	CHECK(change_may(t, map_column_index(t, STR("name")), &row), "a name");
	CHECK(change_may(t, map_column_index(t, STR("email")), &row),
		"an identifier");
	CHECK(!change_may(t, t->key, &row), "the key");
	CHECK(!change_may(t, map_column_index(t, STR("house")), &row),
		"a link");
	CHECK(change_may(t, map_column_index(t, STR("ssn")), &row),
		"what nobody is shown can be replaced all the same");
	row.is_shared = true;
	CHECK(!change_may(t, map_column_index(t, STR("name")), &row),
		"someone else's too");
	row.is_shared = false;
	cells[map_column_index(t, STR("name"))].is_cut = true;
	CHECK(!change_may(t, map_column_index(t, STR("name")), &row),
		"what was cut");
	fixture_close(&f);
}

/* --- files in which no column tells rows apart --- */

static const char yaml_keyless[] =
	"version: 1\n"
	"systems:\n"
	"  - name: lists\n"
	"    connector: ENGINE\n"
	"    database: lists\n"
	"    tables:\n"
	"      - name: leads\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: name }\n"
	"          - { name: zip }\n"
	"        erase: delete\n";

static void put_leads(struct fixture *f, const char *const (*rows)[4], size_t n)
{
	static const str columns[] = { STR_INIT("email"), STR_INIT("name"),
		STR_INIT("zip"), STR_INIT("remark") };

	fixture_insert(f, "leads", columns, 4, rows[0], n);
}

static struct finding found_leads(struct fixture *f)
{
	struct finding out;
	struct ident id;
	struct err e = { 0 };

	must(!ident_read(
		&id, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	CHECK(!find_person(f->conn, f->a, &id, 1, &(struct find_options){ 0 },
		      &out, &e),
		"%s", e.message);
	return out;
}

/* The first row that was found gets the ZIP code 94610. */
static struct change_result run_first(
	struct fixture *f, const struct finding *found)
{
	const struct found_row *row = &found->tables[0].rows[0];
	struct change c = change_of(f, "zip", row->key, "94607", "94610");
	struct change_request q = { f->system, &c, 1, 1790000000000, found };
	struct change_result r = { 0 };
	struct err e = { 0 };

	CHECK(!change_run(f->conn, f->a, &q, &r, &e), "%s", e.message);
	return r;
}

static const char *const ann[][4] = { { "ann@x.example", "An", "94607", "-" } };

/* Somebody puts another line in the place of the one that was found. */
static void replace_lead(struct fixture *f, const struct finding *found,
	const char *const (*by)[4])
{
	struct erase_step step = { .table = &f->system->tables[0],
		.keys = &found->tables[0].rows[0].key,
		.keys_n = 1 };
	int64_t erased;
	struct err e = { 0 };

	CHECK(!conn_erase(f->conn, &step, 1, &erased, &e) && erased == 1, "%s",
		e.message);
	if (by)
		put_leads(f, by, 1);
}

static void keyless_is_corrected(void)
{
	struct fixture f = fixture_open(yaml_keyless,
		"create table leads (email text, name text, zip integer, "
		"remark text);\n");
	struct finding found;
	struct change_result r;

	put_leads(&f, ann, 1);
	found = found_leads(&f);
	r = run_first(&f, &found);
	CHECK(r.is_proven && r.cells == 1 && r.rows == 1, "%d cells",
		(int)r.cells);
	/* Killed before it was reported: its digest is another one by now. */
	r = run_first(&f, &found);
	CHECK(r.is_proven && r.cells == 1, "again: %d cells", (int)r.cells);
	fixture_close(&f);
}

/* What changed between the search and the correction changes the digest as well:
 * the line is no longer met, and must not pass for corrected. */
static void keyless_that_moved(void)
{
	static const struct {
		const char *why;
		const char *const row[1][4];
		bool is_gone;
		bool is_proven;
	} cases[] = {
		{ "a column that the data map does not name",
			{ { "ann@x.example", "An", "94607", "called" } }, false,
			false },
		{ "another column of it",
			{ { "ann@x.example", "Ann", "94607", "-" } }, false,
			false },
		{ "somebody wrote another wrong value",
			{ { "ann@x.example", "An", "94699", "-" } }, false,
			false },
		{ "the line is gone", { { "" } }, true, false },
		{ "somebody wrote the right value themselves",
			{ { "ann@x.example", "An", "94610", "called" } }, false,
			true },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct fixture f = fixture_open(yaml_keyless,
			"create table leads (email text, name text, zip "
			"integer, remark text);\n");
		struct finding found;
		struct change_result r;

		put_leads(&f, ann, 1);
		found = found_leads(&f);
		replace_lead(
			&f, &found, cases[i].is_gone ? NULL : cases[i].row);
		r = run_first(&f, &found);
		CHECK(r.is_proven == cases[i].is_proven &&
				r.left == !cases[i].is_proven,
			"%s: %d left", cases[i].why, (int)r.left);
		fixture_close(&f);
	}
}

/* Two lines alike but for what the map does not name: staff correct one. */
static void keyless_beside_its_like(void)
{
	static const char *const twins[][4] = {
		{ "ann@x.example", "An", "94607", "-" },
		{ "ann@x.example", "An", "94607", "+" },
	};
	struct fixture f = fixture_open(yaml_keyless,
		"create table leads (email text, name text, zip integer, "
		"remark text);\n");
	struct finding found;
	struct change_result r;

	put_leads(&f, twins, 2);
	found = found_leads(&f);
	CHECK(found.tables[0].n == 2, "%d found", (int)found.tables[0].n);
	r = run_first(&f, &found);
	CHECK(r.is_proven, "the other one was not to change");
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	values_are_corrected();
	rows_that_are_gone();
	in_a_form_of_its_own();
	what_may_change();
	if (fixture_is_files()) {
		keyless_is_corrected();
		keyless_that_moved();
		keyless_beside_its_like();
	}
	return CHECK_DONE();
}
