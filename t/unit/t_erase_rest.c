/*
 * A person with more rows in a system than a finding keeps is deleted from it like
 * anybody else: in one transaction, exactly the rows that were found, each reported
 * once, whoever removed it.  The first argument names the engine (t/connect/run).
 */
#include "connect/erase.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "check.h"
#include "connect/find_rest.h"
#include "t/connect/fixture.h"

enum { MANY = 25000, BOBS = 3, KEEP = 7 };
enum { PERSON, VISIT, INVOICE, SCAN };

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
	"      - name: invoice\n        key: id\n        erase: keep\n"
	"        exception: DX8\n        purpose: taxes\n"
	"        columns: [ { name: id }, { name: page } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"      - name: scan\n        key: id\n        erase: deidentify\n"
	"        columns:\n"
	"          - { name: id }\n"
	"          - { name: page, erase: hash }\n"
	"          - { name: person_id, erase: \"null\" }\n"
	"        links: [ { column: person_id, to: person.id } ]\n";

static const char ddl[] =
	"create table person (id integer primary key,\n	email text);\n"
	"create table visit (id integer primary key,\n	page text,\n"
	"	person_id integer);\n"
	"create table invoice (id integer primary key,\n	page text,\n"
	"	person_id integer);\n"
	"create table scan (id integer primary key,\n	page text,\n"
	"	person_id integer);\n"
	"insert into person values (1, 'ann@x.example'), (2, "
	"'bob@x.example');\n";

/* How many there are where each is a call of its own. */
static int many(void)
{
	return fixture_is_odbc() || fixture_is_program() || fixture_is_http() ||
			       fixture_is_redis() || fixture_is_ldap() ||
			       fixture_is_s3()
		       ? 300
		       : MANY;
}

struct planting {
	struct arena *a;
	int from;
	int to;
	const char *owner;
	struct cell cells[3];
};

static int next_row(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct planting *p = ctx;

	(void)e;
	if (p->from > p->to)
		return 0;
	*table = 0;
	arena_clear(p->a);
	p->cells[0] = cell_int(p->a, p->from);
	p->cells[1] = cell_text(arena_fmt(p->a, "/page/%d", p->from));
	p->cells[2] = cell_by_look(str_of(p->owner));
	*cells = p->cells;
	p->from++;
	return 1;
}

static void plant(
	struct fixture *f, const char *table, int from, int to, const char *who)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("page"),
		STR_INIT("person_id") };
	struct insert_table t = { str_of(table), fixture_columns(f, columns, 3),
		3 };
	struct planting p = { arena_new(1 << 20), from, to, who, { { 0 } } };
	struct err e = { 0 };
	int64_t added;

	if (conn_insert(f->adds, &t, 1, next_row, &p, &added, &e))
		fixture_die("insert", e.message);
	arena_free(p.a);
}

static struct fixture open_shop(void)
{
	struct fixture f = fixture_open(yaml, ddl);

	plant(&f, "visit", 1, many(), "1");
	plant(&f, "visit", many() + 1, many() + BOBS, "2");
	return f;
}

static struct ident ann(void)
{
	struct ident id;

	must(!ident_read(
		&id, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	return id;
}

/* As the worker does: kept as JSON, and read again. */
static struct finding found(struct fixture *f)
{
	struct find_options o = { .keep_max = KEEP,
		.has_names = true,
		.rows_max = CONNECT_VALUES_MAX,
		.map = &f->map };
	struct buf json = buf_in(f->a, FIND_JSON_MAX);
	struct ident id = ann();
	struct finding first, out;
	struct err e = { 0 };

	if (find_person(f->conn, f->a, &id, 1, &o, &first, &e))
		fixture_die("find", e.message);
	find_to_json(&json, &first);
	if (find_from_json(f->a, f->system, buf_str(&json), &out, &e))
		fixture_die("read", e.message);
	return out;
}

static struct erase_result erased(struct fixture *f, struct finding got)
{
	struct ident id = ann();
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &id, .ids_n = 1, .map = &f->map
	};
	struct erase_result r = { 0 };
	struct err e = { 0 };

	if (find_rest_name(f->conn, f->a, &got, &e))
		fixture_die("name", e.message);
	erase_plan_of(f->a, &got, false, &plan);
	if (erase_run(f->conn, f->a, &q, &r, &e))
		fixture_die("erase", e.message);
	return r;
}

struct counting {
	size_t rows;
	size_t bobs;
	size_t nobodys;
	size_t as_planted; /* pages */
};

static int count_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct counting *c = ctx;

	(void)n;
	(void)e;
	c->rows++;
	c->bobs += str_eq(cells[0].v.v, STR("2"));
	c->nobodys += cells[0].type == CELL_NULL;
	c->as_planted += str_starts(cells[1].v.v, STR("/page/"));
	return 0;
}

static struct counting count(struct fixture *f, const char *table)
{
	static const str columns[] = { STR_INIT("person_id"),
		STR_INIT("page") };
	struct row_query q = { .table = str_of(table),
		.columns = fixture_columns(f, columns, 2),
		.columns_n = 2,
		.is_all = true };
	struct counting c = { 0 };
	struct err e = { 0 };

	if (conn_rows(f->conn, &q, count_row, &c, &e))
		fixture_die("count", e.message);
	return c;
}

static str digest_of(struct fixture *f, const struct erase_result *r)
{
	struct err e = { 0 };
	json_t *root;

	if (json_read(f->a, r->evidence, ERASE_EVIDENCE_MAX, &root, &e))
		fixture_die("evidence", e.message);
	return json_text(root, "keys_sha256");
}

/* One above what a statement takes, so that the deletion is of several steps. */
static void all_are_deleted(void)
{
	struct fixture f = open_shop();
	int more = many() == MANY ? CONNECT_VALUES_MAX + 1 - MANY : 0;
	struct finding got;
	struct erase_result r;
	struct counting c;

	plant(&f, "visit", many() + BOBS + 1, many() + BOBS + more, "1");
	got = found(&f);
	CHECK(got.tables[VISIT].n == KEEP &&
			got.rows_n == (size_t)many() + (size_t)more + 1,
		"counted, and few are kept: %zu", got.rows_n);
	r = erased(&f, got);
	CHECK(r.is_proven && r.planned == many() + more + 1 &&
			r.gone == r.planned && r.erased == r.planned,
		"all are deleted, and told: %d of %d", (int)r.gone,
		(int)r.planned);
	c = count(&f, "visit");
	CHECK(c.rows == BOBS && c.bobs == BOBS,
		"and nobody else's: %zu, %zu of them Bob's", c.rows, c.bobs);
	fixture_close(&f);
}

/* A run that died after its transaction, or after some of its files: what is gone is
 * gone, and the second report is the first. */
static void reported_once(void)
{
	struct fixture f = open_shop();
	struct finding got = found(&f);
	struct erase_result first, second;
	struct counting c;

	first = erased(&f, got);
	second = erased(&f, got);
	CHECK(second.is_proven && second.planned == first.planned &&
			second.gone == first.gone && !second.erased,
		"again: %d of %d gone, %d by this run", (int)second.gone,
		(int)second.planned, (int)second.erased);
	CHECK(digest_of(&f, &first).n == 64 &&
			str_eq(digest_of(&f, &first), digest_of(&f, &second)),
		"the evidence names the same rows");
	plant(&f, "visit", 11, 15, "1"); /* five of them are there again */
	second = erased(&f, got);
	CHECK(second.is_proven && second.planned == first.planned &&
			second.gone == first.gone && second.erased == 5 &&
			str_eq(digest_of(&f, &first), digest_of(&f, &second)),
		"the rest is finished: %d of %d gone, %d by this run",
		(int)second.gone, (int)second.planned, (int)second.erased);
	c = count(&f, "visit");
	CHECK(c.rows == BOBS, "%zu rows", c.rows);
	fixture_close(&f);
}

/* Nobody approved the deletion of what came since, and without her row nobody would find
 * it any more: nothing goes, and the system is to be searched again. */
static void what_came_since(void)
{
	struct fixture f = open_shop();
	struct finding got = found(&f);
	struct erase_result r;
	struct counting c;

	plant(&f, "visit", many() + BOBS + 1, many() + BOBS + 2, "1");
	r = erased(&f, got);
	CHECK(!r.is_proven && !r.erased && !r.gone &&
			r.tables[VISIT].new_rows == 2,
		"%d erased, %d new", (int)r.erased,
		(int)r.tables[VISIT].new_rows);
	c = count(&f, "visit");
	CHECK(c.rows == (size_t)many() + BOBS + 2, "all stay: %zu", c.rows);
	r = erased(&f, found(&f));
	c = count(&f, "visit");
	CHECK(r.is_proven && c.rows == BOBS, "found again, erased: %zu",
		c.rows);
	fixture_close(&f);
}

/* What the map keeps is neither touched nor taken for what came back. */
static void kept_are_counted(void)
{
	struct fixture f = open_shop();
	struct erase_result r;
	struct counting c;

	plant(&f, "invoice", 1, many(), "1");
	r = erased(&f, found(&f));
	CHECK(r.is_proven && r.tables[INVOICE].kept == many(), "kept %d",
		(int)r.tables[INVOICE].kept);
	c = count(&f, "invoice");
	CHECK(c.rows == (size_t)many() && c.as_planted == c.rows,
		"as they were: %zu", c.as_planted);
	fixture_close(&f);
}

/* Each gets a code of its own, which took the memory of all rows for each of them. */
static void each_with_its_own_value(void)
{
	enum { SCANS = 6000 };
	struct fixture f = open_shop();
	int n = many() < SCANS ? many() : SCANS;
	struct finding got;
	struct erase_result r;
	struct counting c;
	size_t before;

	plant(&f, "scan", 1, n, "1");
	got = found(&f);
	before = arena_used(f.a);
	r = erased(&f, got);
	CHECK(r.is_proven && r.tables[SCAN].changed == n &&
			r.gone == many() + n + 1,
		"nobody's any more: %d", (int)r.tables[SCAN].changed);
	CHECK(arena_used(f.a) - before < 64 << 20, "%zu bytes",
		arena_used(f.a) - before);
	c = count(&f, "scan");
	CHECK(c.rows == (size_t)n && c.nobodys == c.rows && !c.as_planted,
		"%zu rows, %zu as they were", c.rows, c.as_planted);
	fixture_close(&f);
}

/* What was stored by another program, or is damaged, is an error and no plan. */
static void names_that_do_not_fit(void)
{
	static const char text[] =
		"{\"version\":1,\"system\":\"crm\",\"tables\":[{\"name\":"
		"\"visit\",\"key\":\"id\",\"columns\":[\"id\"],\"rest\":{"
		"\"n\":-1,\"sum\":\"0000000000000000\",\"column\":\"id\","
		"\"match\":0,\"values\":[],\"has_value\":[],\"names\":\"AAAA\""
		"},\"rows\":[]}],\"idents\":[]}";
	struct fixture f = fixture_open(yaml, ddl);
	struct finding got;
	struct err e = { 0 };

	CHECK(find_from_json(f.a, f.system, str_of(text), &got, &e) &&
			e.code == ERR_CORRUPT,
		"read: %s", e.message);
	fixture_close(&f);
}

static const char under_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n    connector: ENGINE\n    database: crm\n"
	"    tables:\n"
	"      - name: person\n        key: id\n        erase: delete\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"      - name: purchase\n        key: id\n        erase: delete\n"
	"        columns: [ { name: page } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"      - name: item\n        key: id\n        erase: delete\n"
	"        columns: [ { name: page } ]\n"
	"        links: [ { column: person_id, to: purchase.id } ]\n";

static const char under_ddl[] =
	"create table person (id integer primary key,\n	email text);\n"
	"create table purchase (id integer primary key,\n	page text,\n"
	"	person_id integer);\n"
	"create table item (id integer primary key,\n	page text,\n"
	"	person_id integer);\n"
	"insert into person values (1, 'ann@x.example'), (2, "
	"'bob@x.example');\n";

/* Rows that others belong to have to be kept, however many they are: what hangs on the
 * last of them is theirs as well. */
static void rows_under_rows(void)
{
	enum { PURCHASES = 12000 };
	struct fixture f = fixture_open(under_yaml, under_ddl);
	struct finding got;
	struct erase_result r;
	struct counting c;

	plant(&f, "purchase", 1, PURCHASES, "1");
	plant(&f, "purchase", PURCHASES + 1, PURCHASES + BOBS, "2");
	plant(&f, "item", 1, 20, "1");
	plant(&f, "item", 21, 40, "12000");
	plant(&f, "item", 41, 45, "12001"); /* Bob's */
	got = found(&f);
	CHECK(got.tables[1].n == PURCHASES && got.tables[2].n == KEEP &&
			got.tables[2].rest.n == 40 - KEEP,
		"%zu purchases, %zu and %zu items", got.tables[1].n,
		got.tables[2].n, got.tables[2].rest.n);
	r = erased(&f, got);
	c = count(&f, "purchase");
	CHECK(r.is_proven && r.gone == PURCHASES + 41 && c.rows == BOBS,
		"%d gone, %zu left", (int)r.gone, c.rows);
	CHECK(count(&f, "item").rows == 5, "Bob's items stay");
	fixture_close(&f);
}

/* --- a connection that is lost, before each of the calls in turn --- */

struct cutting {
	struct conn head;
	struct conn *real;
	struct fixture *f;
	int left; /* calls until it is lost */
	int calls;
};

static const char cut_postgres[] =
	"select pg_terminate_backend(pid) from pg_stat_activity where "
	"datname = current_database() and pid <> pg_backend_pid()";
static const char cut_mariadb[] =
	"set @other = (select max(id) from information_schema.processlist "
	"where db = database() and id <> connection_id());\n"
	"execute immediate concat('kill ', @other);\n";

static struct conn *next_call(struct conn *conn)
{
	struct cutting *c = (struct cutting *)conn;

	c->calls++;
	if (!c->left--)
		fixture_script(c->f,
			fixture_is_mariadb() ? cut_mariadb : cut_postgres);
	return c->real;
}

static int cutting_rows(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	return conn_rows(next_call(c), q, fn, ctx, e);
}

static int cutting_erase(struct conn *c, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	return conn_erase(next_call(c), steps, n, erased, e);
}

static const struct connector cutting_connector = { .rows = cutting_rows,
	.erase = cutting_erase };

static struct cutting cut_at(struct fixture *f, int call)
{
	return (struct cutting){ .head = { .via = &cutting_connector,
					 .system = f->system },
		.real = fixture_connect(f, CONN_WRITE, 0),
		.f = f,
		.left = call };
}

/* Searched and erased from one end to the other. */
static int whole_run(struct fixture *f, struct cutting *c, struct finding *got,
	struct erase_result *r, struct err *e)
{
	struct find_options o = {
		.keep_max = KEEP, .has_names = true, .map = &f->map
	};
	struct ident id = ann();
	struct finding named;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &id, .ids_n = 1, .map = &f->map
	};

	if (!got->system && find_person(&c->head, f->a, &id, 1, &o, got, e)) {
		got->system = NULL;
		return -1;
	}
	named = *got;
	named.tables =
		arena_many(f->a, struct found_table, f->system->tables_n);
	memcpy(named.tables, got->tables,
		f->system->tables_n * sizeof *named.tables);
	if (find_rest_name(&c->head, f->a, &named, e))
		return -1;
	erase_plan_of(f->a, &named, false, &plan);
	return erase_run(&c->head, f->a, &q, r, e);
}

/* Whichever call it was lost before: it is said, nobody is taken for not there, and the
 * next run, on another connection, ends with the same report. */
static void lost_anywhere(void)
{
	enum { VISITS = 40 };
	int calls = 1;

	for (int at = 0; at < calls; at++) {
		struct fixture f = fixture_open(yaml, ddl);
		struct finding got = { .system = NULL };
		struct erase_result r = { 0 };
		struct err e = { 0 };
		struct cutting c = cut_at(&f, at);
		bool is_lost;

		plant(&f, "visit", 1, VISITS, "1");
		plant(&f, "visit", VISITS + 1, VISITS + BOBS, "2");
		is_lost = whole_run(&f, &c, &got, &r, &e) < 0;
		CHECK(is_lost && e.code == ERR_UNAVAILABLE, "call %d: %s", at,
			is_lost ? e.message : "not noticed");
		conn_close(c.real);
		c = cut_at(&f, -1);
		CHECK(!whole_run(&f, &c, &got, &r, &e) && r.is_proven &&
				r.planned == VISITS + 1 && r.gone == r.planned,
			"after call %d: %d of %d gone: %s", at, (int)r.gone,
			(int)r.planned, e.message);
		if (!at)
			calls = c.calls;
		CHECK(count(&f, "visit").rows == BOBS, "Bob's stay");
		conn_close(c.real);
		fixture_close(&f);
	}
	CHECK(calls > 8, "%d calls", calls);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	all_are_deleted();
	reported_once();
	what_came_since();
	kept_are_counted();
	each_with_its_own_value();
	names_that_do_not_fit();
	if (many() == MANY)
		rows_under_rows();
	if (!strcmp(fixture_engine, "postgres") || fixture_is_mariadb())
		lost_anywhere();
	return CHECK_DONE();
}
