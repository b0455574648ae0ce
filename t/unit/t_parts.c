/*
 * Deleting parts (11 CCR 7022(h)): the chosen kinds are gone, what was not asked for is
 * as it was, and the proof calls neither left over.
 */
#include "desk/parts.h"

#include "check.h"
#include "connect/erase.h"
#include "connect/find.h"
#include "t/connect/fixture.h"

enum { PERSON, ORDER, VISIT, INVOICE };

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n"
	"    connector: ENGINE\n"
	"    database: shop\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"          - { name: tier, category: D }\n"
	"          - { name: note }\n"
	"        erase: delete\n"
	"      - name: buy\n"
	"        key: id\n"
	"        columns: [ { name: item, category: D }, { name: n } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: visit\n"
	"        key: id\n"
	"        columns: [ { name: page, category: F } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: invoice\n"
	"        key: id\n"
	"        columns: [ { name: sum, category: D } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: Tax records\n";

static const char ddl[] =
	"create table person (id integer primary key, email text, tier text,\n"
	"	note text);\n"
	"create table buy (id integer primary key, item text, n text,\n"
	"	person_id integer references person (id));\n"
	"create table visit (id integer primary key, page text,\n"
	"	person_id integer references person (id));\n"
	"create table invoice (id integer primary key, sum text,\n"
	"	person_id integer);\n";

static const char people[] =
	"insert into person values (1, 'ann@x.example', 'gold', 'likes tea');\n"
	"insert into person values (2, 'bob@x.example', 'iron', 'no');\n"
	"insert into buy values (1, 'lamp', '2', 1);\n"
	"insert into buy values (2, 'rug', '1', 2);\n"
	"insert into visit values (1, '/lamps', 1);\n"
	"insert into invoice values (1, '30', 1);\n";

static struct erase_result erase(
	struct fixture *f, unsigned parts, struct map_system *system)
{
	struct ident ann;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &ann, .ids_n = 1, .at_ms = 1795294800000
	};
	struct finding found;
	struct erase_result r = { 0 };
	struct err e = { 0 };
	struct conn *c;

	*system = *parts_system(f->a, &f->map.systems[0], parts);
	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	f->system = system;
	c = fixture_connect(f, CONN_WRITE, 0);
	CHECK(!find_person(c, f->a, &ann, 1, NULL, &found, &e), "%s",
		e.message);
	erase_plan_of(f->a, &found, false, &plan);
	CHECK(!erase_run(c, f->a, &q, &r, &e), "%s (%s)", e.message, e.detail);
	conn_close(c);
	return r;
}

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)cells, (void)n, (void)e;
	++*(int64_t *)ctx;
	return 0;
}

static int64_t count(struct fixture *f, const char *table, const char *column,
	const char *value)
{
	str name = str_of(column);
	struct cell cell = cell_text(str_of(value));
	struct row_query q = { .table = str_of(table),
		.columns = &name,
		.columns_n = 1,
		.where = name,
		.values = &cell,
		.values_n = 1 };
	int64_t out = 0;
	struct err e = { 0 };

	CHECK(!conn_rows(f->conn, &q, take, &out, &e), "%s", e.message);
	return out;
}

/* Purchases only: of a table with an address and a tier the tier is emptied. */
static void some(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct map_system s;
	struct erase_result r;

	fixture_script(&f, people);
	r = erase(&f, MAP_CATEGORY_BIT('D'), &s);
	CHECK(r.is_proven && r.gone == 1 && r.left == 0,
		"the one purchase: gone %d, left %d", (int)r.gone, (int)r.left);
	CHECK(r.tables[PERSON].changed == 1 && parts_leave(&s.tables[PERSON]),
		"one row without its tier");
	CHECK(count(&f, "person", "email", "ann@x.example") == 1 &&
			count(&f, "person", "note", "likes tea") == 1 &&
			!count(&f, "person", "tier", "gold"),
		"the rest of it was not asked for");
	CHECK(!count(&f, "buy", "item", "lamp") &&
			count(&f, "buy", "item", "rug") == 1 &&
			count(&f, "person", "tier", "iron") == 1,
		"hers, and nobody else's");
	CHECK(count(&f, "visit", "page", "/lamps") == 1 &&
			parts_leave(&s.tables[VISIT]),
		"visits were not asked for");
	CHECK(count(&f, "invoice", "sum", "30") == 1 &&
			!parts_leave(&s.tables[INVOICE]),
		"what the law keeps is kept, and said with its ground");
	r = erase(&f, 0, &s);
	CHECK(r.is_proven && !count(&f, "person", "note", "likes tea") &&
			!count(&f, "visit", "page", "/lamps"),
		"and everything is still everything");
	fixture_close(&f);
}

/* Nothing of the kind is there: nothing changes, and that is proven. */
static void none(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct map_system s;
	struct erase_result r;

	fixture_script(&f, people);
	r = erase(&f, MAP_CATEGORY_BIT('G'), &s);
	CHECK(r.is_proven && !r.gone, "gone %d", (int)r.gone);
	CHECK(count(&f, "person", "tier", "gold") == 1 &&
			count(&f, "buy", "item", "lamp") == 1,
		"as it was");
	CHECK(parts_leave(&s.tables[INVOICE]),
		"what was not asked for is not called kept by law");
	fixture_close(&f);
}

static void words(void)
{
	struct arena *a = arena_new(1 << 16);
	struct map_vendor v = { .categories = MAP_CATEGORY_BIT('A') };
	struct person p = { .parts = STR("A,D") };
	str out;

	CHECK(parts_read(a, STR(" D,,A,D"), &out) && str_eq(out, STR("A,D")),
		"in order, each once: %.*s", STR_ARG(out));
	CHECK(parts_read(a, STR(""), &out) && !out.n, "none: everything");
	CHECK(!parts_read(a, STR("A,Z"), &out) && !out.n, "no such kind");
	CHECK(!parts_read(a, STR("AD"), &out), "one letter each");
	CHECK(parts_of(&p) == (MAP_CATEGORY_BIT('A') | MAP_CATEGORY_BIT('D')),
		"as bits");
	CHECK(str_starts(parts_words(a, LANG_EN, parts_of(&p)),
		      STR("Identifiers; ")),
		"%.*s", STR_ARG(parts_words(a, LANG_EN, parts_of(&p))));
	CHECK(parts_reach(0, &v) && parts_reach(MAP_CATEGORY_BIT('A'), &v) &&
			!parts_reach(MAP_CATEGORY_BIT('D'), &v),
		"who gets none of it is not told about the person");
	v.categories = 0;
	CHECK(parts_reach(MAP_CATEGORY_BIT('D'), &v), "who may get any is");
	arena_free(a);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	some();
	none();
	words();
	return CHECK_DONE();
}
