/*
 * Very many rows of one person: counted, and read one by one by who gives a copy of
 * them away; the same rows, or it is refused.  The first argument names the engine
 * (t/connect/run).
 */
#include "connect/find_rest.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "check.h"
#include "connect/change_rest.h"
#include "connect/find_whole.h"
#include "t/connect/fixture.h"

enum { OWN = 60, KEEP = 7, LOOSE = 9 };

/* Visits belong to a person; calls carry an address of their own, and so do not;
 * letters could be reached in two ways. */
static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n    connector: ENGINE\n    database: crm\n"
	"    tables:\n"
	"      - name: person\n        key: id\n        erase: delete\n"
	"        columns:\n"
	"          - { name: id }\n"
	"          - { name: email, identifies: email }\n"
	"      - name: visit\n        key: id\n        erase: delete\n"
	"        columns:\n"
	"          - { name: id }\n          - { name: page }\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"      - name: phone_call\n        key: id\n        erase: delete\n"
	"        columns:\n"
	"          - { name: id }\n"
	"          - { name: email, identifies: email }\n"
	"      - name: letter\n        key: id\n        erase: delete\n"
	"        columns:\n"
	"          - { name: id }\n"
	"          - { name: email, identifies: email }\n"
	"        links: [ { column: person_id, to: person.id } ]\n";

static const char ddl[] =
	"create table person (id integer primary key,\n	email text);\n"
	"create table visit (id integer primary key,\n	page text,\n"
	"	person_id integer);\n"
	"create table phone_call (id integer primary key,\n	email text);\n"
	"create table letter (id integer primary key,\n	email text,\n"
	"	person_id integer);\n";

static const char *number(struct fixture *f, int n)
{
	return arena_fmt(f->a, "%d%c", n, '\0').p;
}

static void add(struct fixture *f, const char *table, const str *columns,
	size_t columns_n, const char *const *row)
{
	fixture_insert(f, table, columns, columns_n, row, 1);
}

static void add_visit(struct fixture *f, int id, const char *owner)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("page"),
		STR_INIT("person_id") };
	const char *row[] = { number(f, id), "/a \"b\"", owner };

	add(f, "visit", columns, 3, row);
}

/* Ann has two rows of hers, and Bob one. */
static struct fixture open_house(void)
{
	static const str person[] = { STR_INIT("id"), STR_INIT("email") };
	static const str letter[] = { STR_INIT("id"), STR_INIT("email"),
		STR_INIT("person_id") };
	static const char *const people[][2] = { { "1", "ann@x.example" },
		{ "2", "Ann@X.example" }, { "3", "bob@x.example" } };
	struct fixture f = fixture_open(yaml, ddl);

	for (size_t i = 0; i < COUNTOF(people); i++)
		add(&f, "person", person, 2, people[i]);
	for (int i = 1; i <= OWN; i++)
		add_visit(&f, i, i % 2 ? "1" : "2");
	add_visit(&f, OWN + 1, "3");
	for (int i = 1; i <= LOOSE; i++) {
		const char *call[] = { number(&f, i), "ANN@x.example" };
		const char *sent[] = { number(&f, i), "ann@x.example", "1" };

		add(&f, "phone_call", person, 2, call);
		add(&f, "letter", letter, 3, sent);
	}
	return f;
}

static int search(struct fixture *f, struct finding *out, struct err *e)
{
	struct find_options o = { .keep_max = KEEP, .map = &f->map };
	struct ident ann;

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	return find_person(f->conn, f->a, &ann, 1, &o, out, e);
}

/* As the worker does: kept as JSON, and read again. */
static struct finding found(struct fixture *f)
{
	struct buf json = buf_in(f->a, FIND_JSON_MAX);
	struct finding first, out;
	struct err e = { 0 };

	if (search(f, &first, &e))
		fixture_die("find", e.message);
	find_to_json(&json, &first);
	if (find_from_json(f->a, f->system, buf_str(&json), &out, &e))
		fixture_die("read", e.message);
	return out;
}

struct counted {
	size_t rows;
	size_t kept;
	size_t strange; /* not hers, or not whole */
};

static int count_row(void *ctx, const struct found_row *row,
	const struct cell *cells, struct err *e)
{
	struct counted *c = ctx;

	(void)e;
	c->rows++;
	c->kept += row != NULL;
	c->strange += row && !str_eq(row->key.v.v, cells[0].v.v);
	c->strange += cells[0].type != CELL_INT;
	return 0;
}

static int read_all(struct fixture *f, const struct found_table *t,
	struct counted *out, struct err *e)
{
	*out = (struct counted){ 0 };
	return find_rest_each(f->conn, t, 1 << 20, count_row, out, e);
}

static int count_cell(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	return count_row(ctx, NULL, cells, e);
}

enum { PERSON, VISIT, CALL, LETTER };

static void counted_and_read(void)
{
	struct fixture f = open_house();
	struct finding got = found(&f);
	struct err e = { 0 };
	struct counted c;

	CHECK(got.tables[VISIT].n == KEEP &&
			got.tables[VISIT].rest.n == OWN - KEEP,
		"of a table that hangs by one link: %zu and %zu",
		got.tables[VISIT].n, got.tables[VISIT].rest.n);
	CHECK(got.tables[CALL].n == KEEP &&
			got.tables[CALL].rest.n == LOOSE - KEEP,
		"and of one with one identifier: %zu and %zu",
		got.tables[CALL].n, got.tables[CALL].rest.n);
	CHECK(got.tables[LETTER].n == LOOSE && !got.tables[LETTER].rest.n,
		"where two ways lead, every row is kept: %zu",
		got.tables[LETTER].n);
	CHECK(found_has_value(&got.tables[VISIT], 0) &&
			found_has_value(&got.tables[VISIT], 1) &&
			got.tables[VISIT].rest.has_value[1],
		"that the others have a page is kept of them");
	CHECK(got.rows_n == 2 + OWN + 2 * LOOSE, "all are counted: %zu",
		got.rows_n);
	CHECK(!read_all(&f, &got.tables[VISIT], &c, &e) && c.rows == OWN &&
			c.kept == KEEP && !c.strange,
		"each once, and nobody else's: %zu, %zu of them kept: %s",
		c.rows, c.kept, e.message);
	CHECK(!read_all(&f, &got.tables[CALL], &c, &e) && c.rows == LOOSE,
		"in any spelling: %zu: %s", c.rows, e.message);
	CHECK(!read_all(&f, &got.tables[LETTER], &c, &e) && c.rows == LOOSE &&
			c.kept == LOOSE,
		"rows that are all kept, by their keys: %zu: %s", c.rows,
		e.message);
	fixture_close(&f);
}

/* Who enters by yet another column has a second way to the same rows: none may be left
 * out, or they would be counted twice. */
static void entered_otherwise(void)
{
	struct fixture f = open_house();
	struct cell page = cell_text(STR("/a \"b\""));
	struct find_start start = { .table = VISIT,
		.column = 1,
		.path = STR("points"),
		.values = &page,
		.n = 1 };
	struct find_options o = {
		.keep_max = KEEP, .map = &f.map, .starts = &start, .starts_n = 1
	};
	struct finding got;
	struct ident ann;
	struct err e = { 0 };

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	CHECK(!find_person(f.conn, f.a, &ann, 1, &o, &got, &e) &&
			!got.tables[VISIT].rest.n &&
			got.tables[VISIT].n == OWN + 1,
		"each once: %zu and %zu", got.tables[VISIT].n,
		got.tables[VISIT].rest.n);
	fixture_close(&f);
}

/* Without asking for it nothing is left out: who erases needs every key. */
static void kept_for_erasing(void)
{
	struct fixture f = open_house();
	struct find_options o = { .rows_max = OWN };
	struct finding got;
	struct ident ann;
	struct err e = { 0 };

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	CHECK(!find_person(f.conn, f.a, &ann, 1, NULL, &got, &e) &&
			got.tables[VISIT].n == OWN,
		"all of them: %s", e.message);
	CHECK(find_person(f.conn, f.a, &ann, 1, &o, &got, &e) == -1 &&
			e.code == ERR_LIMIT && e.hint[0],
		"or an error with advice: %s", e.message);
	fixture_close(&f);
}

static int wait_once(void *ctx, const struct found_row *row,
	const struct cell *cells, struct err *e)
{
	const struct counted *c = ctx;
	struct timespec t = { .tv_nsec = 400 * 1000000L };

	if (!c->rows)
		nanosleep(&t, NULL);
	return count_row(ctx, row, cells, e);
}

/* The time for a call is that of its rows, and of what is done with each: a reader who
 * writes each of them away has to say how long that may take. */
static void read_slowly(void)
{
	static const char many[] =
		"insert into visit (id, page, person_id) with recursive n(i) "
		"as (select 1000 union all select i + 1 from n where i < "
		"101000) select i, 'a page', 1 from n;\n";
	struct fixture f = open_house();
	struct conn *hasty = fixture_connect(&f, CONN_READ, 300);
	struct counted c = { 0 };
	struct finding got;
	struct err e = { 0 };

	fixture_script(&f, many);
	got = found(&f);
	CHECK(find_rest_each(hasty, &got.tables[VISIT], 1 << 20, wait_once, &c,
		      &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"ended in the middle, after %zu rows: %s", c.rows, e.message);
	c = (struct counted){ 0 };
	CHECK(!find_rest_each(
		      f.conn, &got.tables[VISIT], 1 << 20, wait_once, &c, &e) &&
			c.rows == OWN + 100001,
		"to the last one: %zu: %s", c.rows, e.message);
	fixture_close(&f);
}

static void another_row(bool is_more)
{
	struct fixture f = open_house();
	struct finding got = found(&f);
	struct found_rest *rest = &got.tables[VISIT].rest;
	struct err e = { 0 };
	struct counted c;

	if (is_more)
		add_visit(&f, 1000, "2");
	else
		rest->sum++; /* as many rows, and one of them another */
	CHECK(read_all(&f, &got.tables[VISIT], &c, &e) == -1 &&
			e.code == ERR_CONFLICT && e.hint[0],
		"what is read is what was found: %s", e.message);
	got.tables[LETTER].rows[3].key.v.v = STR("4000");
	CHECK(read_all(&f, &got.tables[LETTER], &c, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"and so by keys: %s", e.message);
	fixture_close(&f);
}

static size_t visits_on(struct fixture *f, const char *page)
{
	static const str key = STR_INIT("id");
	struct cell value = cell_text(str_of(page));
	struct row_query q = { .table = STR("visit"),
		.columns = &key,
		.columns_n = 1,
		.where = STR("page"),
		.values = &value,
		.values_n = 1 };
	struct counted c = { 0 };
	struct err e = { 0 };

	if (conn_rows(f->conn, &q, count_cell, &c, &e))
		fixture_die("visits", e.message);
	return c.rows;
}

/* Of the rows that were kept, `n` are corrected, as staff do who see these. */
static struct change_result corrected(
	struct fixture *f, const struct finding *got, size_t n)
{
	const struct found_table *t = &got->tables[VISIT];
	struct change *at = arena_many(f->a, struct change, n);
	struct change_request q = { f->system, at, n, 1790000000000, got };
	struct change_result r;
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++)
		at[i] = (struct change){ .table = t->table,
			.column = &t->table->columns[1],
			.key = t->rows[i].key,
			.was = t->rows[i].cells[1],
			.value = cell_text(STR("/right")) };
	if (change_rest(f->conn, f->a, got, &q, &e) ||
		change_run(f->conn, f->a, &q, &r, &e))
		fixture_die("correct", e.message);
	return r;
}

/* Nobody can look at thousands of rows: what all that were seen got, the others that
 * held the same get; where one was left as it was, nobody knows of the others. */
static void corrected_with_the_others(void)
{
	struct fixture f = open_house();
	struct finding got = found(&f);
	struct change_result r = corrected(&f, &got, KEEP - 1);

	CHECK(r.is_proven && r.cells == KEEP - 1 &&
			visits_on(&f, "/right") == KEEP - 1,
		"one was left, and so are the others: %d", (int)r.cells);
	fixture_close(&f);
	f = open_house();
	got = found(&f);
	r = corrected(&f, &got, KEEP);
	CHECK(r.is_proven && r.cells == OWN && r.rows == OWN, "all of hers: %d",
		(int)r.cells);
	CHECK(visits_on(&f, "/right") == OWN && visits_on(&f, "/a \"b\"") == 1,
		"and not Bob's: %zu", visits_on(&f, "/right"));
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	counted_and_read();
	entered_otherwise();
	kept_for_erasing();
	if (!strcmp(fixture_engine, "sqlite") ||
		!strcmp(fixture_engine, "postgres"))
		read_slowly();
	another_row(true);
	another_row(false);
	corrected_with_the_others();
	return CHECK_DONE();
}
