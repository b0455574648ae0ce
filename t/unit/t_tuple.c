/*
 * Keys and links of several columns: found, deleted, corrected, changed, unlinked and proven
 * as others are, and nobody else's rows are touched that hold the same in one of the columns.
 * The first argument names the engine (t/connect/run).
 */
#include "connect/tuple.h"

#include <string.h>

#include "check.h"
#include "connect/change.h"
#include "connect/erase.h"
#include "connect/erase_many.h"
#include "connect/erase_ready.h"
#include "connect/expire.h"
#include "connect/explain.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n"
	"    connector: ENGINE\n"
	"    database: shop\n"
	"    tables:\n"
	"      - name: customer\n"
	"        key: [tenant, id]\n"
	"        columns: [ { name: email, identifies: email }, { name: name } ]\n"
	"        links:\n"
	"          - { column: [tenant, house_id], to: [house.tenant, house.id],\n"
	"              shared: true }\n"
	"        erase: delete\n"
	"      - name: order\n"
	"        key: [ tenant, number ]\n"
	"        columns: [ { name: total } ]\n"
	"        links:\n"
	"          - { column: [tenant, customer_id], to: [customer.tenant, customer.id] }\n"
	"        erase: delete\n"
	"      - name: line\n"
	"        key: [tenant, order_number, \"line no\"]\n"
	"        columns: [ { name: text } ]\n"
	"        links:\n"
	"          - { column: [tenant, order_number], to: [order.tenant, order.number] }\n"
	"        erase: delete\n"
	"      - name: visit\n"
	"        key: [code, day]\n"
	"        columns: [ { name: email, identifies: email, erase: \"null\" },\n"
	"          { name: page, erase: mask } ]\n"
	"        erase: deidentify\n"
	"      - name: talk\n"
	"        key: [tenant, no]\n"
	"        columns: [ { name: text }, { name: at_day } ]\n"
	"        links:\n"
	"          - { column: [tenant, caller], to: [customer.tenant, customer.id] }\n"
	"          - { column: [tenant, callee], to: [customer.tenant, customer.id] }\n"
	"        erase: delete\n"
	"        expires: { after: 1 year, from: at_day }\n"
	"      - name: house\n"
	"        key: [tenant, id]\n"
	"        columns: [ { name: street } ]\n"
	"        erase: delete\n";

enum { CUSTOMER, ORDER, LINE, VISIT, TALK, HOUSE };

static const char ddl[] =
	"create table house (tenant integer, id integer, street varchar(40),\n"
	"	primary key (tenant, id));\n"
	"create table customer (tenant integer, id integer,\n"
	"	email varchar(80), name varchar(40), house_id integer,\n"
	"	primary key (tenant, id),\n"
	"	foreign key (tenant, house_id) references house (tenant, id));\n"
	"create table QorderQ (tenant integer, number varchar(20),\n"
	"	customer_id integer, total numeric(8,2),\n"
	"	primary key (tenant, number),\n"
	"	foreign key (tenant, customer_id) references\n"
	"		customer (tenant, id));\n"
	"create table line (tenant integer, order_number varchar(20),\n"
	"	Qline noQ integer, text varchar(80),\n"
	"	primary key (tenant, order_number, Qline noQ),\n"
	"	foreign key (tenant, order_number) references\n"
	"		QorderQ (tenant, number));\n"
	"create table visit (code varchar(20), day date, email varchar(80),\n"
	"	page varchar(40), primary key (code, day));\n"
	"create table talk (tenant integer, no integer, caller integer,\n"
	"	callee integer, text varchar(80), at_day date,\n"
	"	primary key (tenant, no),\n"
	"	foreign key (tenant, caller) references customer (tenant, id),\n"
	"	foreign key (tenant, callee) references customer (tenant, id));\n"
	"insert into house values (1, 5, 'Elm'), (2, 5, 'Oak');\n"
	/* Number 7 is Ann of tenant 1, and Bob of tenant 2. */
	"insert into customer values (1, 7, 'ann@x.example', 'Ann', 5),\n"
	"	(1, 8, 'cat@x.example', 'Cat', 5),\n"
	"	(2, 7, 'bob@x.example', 'Bob', 5),\n"
	"	(2, 9, 'dan@x.example', 'Dan', null);\n"
	"insert into QorderQ values (1, 'A-1', 7, 10.50), (1, 'A-2', 7, 1),\n"
	"	(1, 'B-1', 8, 2), (2, 'A-1', 7, 3), (2, 'A-2', 9, 4);\n"
	"insert into line values (1, 'A-1', 1, 'hers'), (1, 'A-1', 2, 'hers'),\n"
	"	(1, 'A-2', 1, 'hers'), (1, 'B-1', 1, 'Cat''s'),\n"
	"	(2, 'A-1', 1, 'Bob''s'), (2, 'A-1', 2, 'Bob''s'),\n"
	"	(2, 'A-2', 1, 'Dan''s');\n"
	/* One day, and codes that some databases take for one. */
	"insert into visit values ('k', '2026-01-05', 'ann@x.example', 'page 1'),\n"
	"	('k', '2026-01-06', 'bob@x.example', 'page 2'),\n"
	"	('q', '2026-01-05', 'cat@x.example', 'page 3');\n"
	"insert into talk values (1, 1, 7, null, 'alone', '2026-10-01'),\n"
	"	(1, 2, 7, 8, 'with Cat', '2026-10-01'),\n"
	"	(2, 1, 7, 9, 'others', '2020-01-01'),\n"
	"	(2, 2, 9, null, 'Dan alone', '2020-01-01');\n";

static struct fixture open_shop(const char *map)
{
	struct arena *a = arena_new(1 << 20);
	const char *quote = fixture_is_mariadb() ? "`" : "\"";
	struct fixture f = fixture_open(
		map, arena_cstr(a, fixture_with(a, ddl, "Q", quote)));

	arena_free(a);
	return f;
}

static struct ident address(const char *text)
{
	struct ident id;

	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, str_of(text)));
	return id;
}

static struct finding find(struct fixture *f, const char *email)
{
	struct ident id = address(email);
	struct finding out;
	struct err e = { 0 };

	CHECK(!find_person(f->conn, f->a, &id, 1, NULL, &out, &e), "%s",
		e.message);
	return out;
}

static const struct found_row *row_at(
	const struct finding *f, size_t table, const char *key)
{
	for (size_t i = 0; i < f->tables[table].n; i++)
		if (str_eq(f->tables[table].rows[i].key.v.v, str_of(key)))
			return &f->tables[table].rows[i];
	return NULL;
}

/* The other tenant has rows of the same numbers. */
static void found_by_all_columns(void)
{
	struct fixture f = open_shop(yaml);
	struct finding ann = find(&f, "ann@x.example");

	CHECK(ann.rows_n == 10, "%zu rows", ann.rows_n);
	CHECK(ann.tables[CUSTOMER].n == 1 && row_at(&ann, CUSTOMER, "[1,7]"),
		"the customer");
	CHECK(ann.tables[ORDER].n == 2 && row_at(&ann, ORDER, "[1,\"A-1\"]") &&
			row_at(&ann, ORDER, "[1,\"A-2\"]"),
		"%zu orders", ann.tables[ORDER].n);
	CHECK(ann.tables[LINE].n == 3 && row_at(&ann, LINE, "[1,\"A-1\",2]"),
		"%zu lines", ann.tables[LINE].n);
	CHECK(ann.tables[VISIT].n == 1 &&
			row_at(&ann, VISIT, "[\"k\",\"2026-01-05\"]"),
		"the visit");
	CHECK(ann.tables[TALK].n == 2 &&
			!row_at(&ann, TALK, "[1,1]")->is_shared &&
			row_at(&ann, TALK, "[1,2]")->is_shared,
		"one talk is somebody else's too");
	CHECK(ann.tables[HOUSE].n == 1 && ann.tables[HOUSE].rows[0].is_shared,
		"so is the house");
	CHECK(str_eq(row_at(&ann, LINE, "[1,\"A-1\",1]")->path,
		      STR("customer.email > order > line")),
		"the way");
	fixture_close(&f);
}

static struct erase_result erase(
	struct fixture *f, const struct finding *found, const char *email)
{
	struct ident id = address(email);
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = &id, .ids_n = 1 };
	struct erase_result r = { 0 };
	struct finding ready = *found;
	struct err e = { 0 };

	CHECK(!erase_ready(f->conn, f->a, &ready, &e), "%s", e.message);
	erase_plan_of(f->a, &ready, false, &plan);
	CHECK(!erase_run(f->conn, f->a, &q, &r, &e), "%s: %s", e.message,
		e.detail);
	return r;
}

static size_t count(struct fixture *f, size_t table, const char *piece)
{
	struct dump d = fixture_dump(f, f->conn);
	str name = f->system->tables[table].name;
	size_t n = 0;

	for (size_t i = 0; i < d.n; i++)
		n += str_starts(d.rows[i], name) &&
		     str_find(d.rows[i], str_of(piece)) >= 0;
	return n;
}

static void erased_and_proven(void)
{
	struct fixture f = open_shop(yaml);
	struct finding ann = find(&f, "ann@x.example"), again;
	struct buf b = buf_in(f.a, 1 << 20);
	struct finding stored;
	struct erase_result r;
	struct err e = { 0 };

	find_to_json(&b, &ann);
	CHECK(!find_from_json(f.a, f.system, buf_str(&b), &stored, &e), "%s",
		e.message);
	r = erase(&f, &stored, "ann@x.example");
	/* Customer, orders, lines, a talk; the visit stays as nobody's. */
	CHECK(r.is_proven && r.gone == 8 && !r.left && !r.stuck,
		"gone %d, left %d: %.*s", (int)r.gone, (int)r.left,
		STR_ARG(r.evidence));
	CHECK(!find(&f, "ann@x.example").rows_n, "nothing is found any more");
	CHECK(count(&f, CUSTOMER, "") == 3 && count(&f, ORDER, "") == 3 &&
			count(&f, LINE, "") == 4,
		"other rows are there");
	CHECK(count(&f, LINE, "hers") == 0 && count(&f, LINE, "Bob's") == 2,
		"the lines of the other tenant");
	CHECK(count(&f, TALK, "with Cat") == 1 &&
			count(&f, TALK, "others") == 1,
		"talks of others");
	CHECK(count(&f, VISIT, "page 1") == 0 && count(&f, VISIT, "***") == 1 &&
			count(&f, VISIT, "page 2") == 1,
		"the visit is masked, and no other: %zu, %zu, %zu",
		count(&f, VISIT, "page 1"), count(&f, VISIT, "***"),
		count(&f, VISIT, "page 2"));
	again = find(&f, "cat@x.example");
	CHECK(row_at(&again, TALK, "[1,2]") &&
			!row_at(&again, TALK, "[1,2]")->is_shared,
		"the talk is Cat's alone: it was unlinked");
	again = find(&f, "bob@x.example");
	CHECK(row_at(&again, CUSTOMER, "[2,7]") && again.tables[ORDER].n == 1 &&
			again.tables[LINE].n == 2 && again.tables[VISIT].n == 1,
		"Bob has all of his");
	/* Killed before it was reported: the next run says the same. */
	r = erase(&f, &stored, "ann@x.example");
	CHECK(r.is_proven && r.gone == 8 && r.erased <= 1,
		"again: gone %d, erased %d", (int)r.gone, (int)r.erased);
	fixture_close(&f);
}

/* What is emptied to unlink a row is the last column: the tenant stays. */
static void unlinked_by_the_last_column(void)
{
	struct fixture f = open_shop(yaml);
	struct finding ann = find(&f, "ann@x.example");
	const struct map_table *t = &f.system->tables[TALK];
	str columns[] = { STR("tenant"), STR("caller"), STR("callee") };
	struct row_query q = { .table = t->name,
		.columns = columns,
		.columns_n = COUNTOF(columns),
		.where = t->columns[t->key].name,
		.values_n = 1 };
	struct cell key = cell_text(STR("[1,2]"));
	struct dump d = { .a = f.a, .table = t };
	struct err e = { 0 };

	(void)erase(&f, &ann, "ann@x.example");
	q.values = &key;
	CHECK(!conn_rows(f.conn, &q, dump_take, &d, &e), "%s", e.message);
	CHECK(d.n == 1 && str_eq(d.rows[0], STR("talk\0371 1\0370 \0371 8")),
		"%.*s", STR_ARG(d.n ? d.rows[0] : STR("no row")));
	fixture_close(&f);
}

static void corrected(void)
{
	struct fixture f = open_shop(yaml);
	const struct map_table *t = &f.system->tables[LINE];
	struct change c[] = { { .table = t,
		.column = &t->columns[map_column_index(t, STR("text"))],
		.key = cell_text(STR("[1,\"A-1\",2]")),
		.was = cell_text(STR("hers")),
		.value = cell_text(STR("a blue one")) } };
	struct change_request q = { f.system, c, 1, 1790000000000, NULL };
	struct finding ann = find(&f, "ann@x.example");
	const struct found_row *row = row_at(&ann, LINE, "[1,\"A-1\",2]");
	struct change_result r;
	struct err e = { 0 };

	CHECK(!change_run(f.conn, f.a, &q, &r, &e), "%s", e.message);
	CHECK(r.is_proven && r.cells == 1 && !r.left, "%d cells", (int)r.cells);
	CHECK(count(&f, LINE, "a blue one") == 1 &&
			count(&f, LINE, "hers") == 2,
		"one row");
	for (size_t i = 0; i < t->columns_n; i++)
		CHECK(change_may(t, i, row) ==
				str_eq(t->columns[i].name, STR("text")),
			"what tells rows apart is not corrected: %.*s",
			STR_ARG(t->columns[i].name));
	fixture_close(&f);
}

static void kept_too_long(void)
{
	struct fixture f = open_shop(yaml);
	struct expire_way w = { .conn = f.conn, .today = { 2026, 11, 23 } };
	struct expire_count n;
	struct err e = { 0 };

	CHECK(!expire_table(&w, f.a, &f.system->tables[TALK], &n, &e), "%s",
		e.message);
	CHECK(n.old == 2 && n.goes == 2 && !n.left, "%d old, %d went",
		(int)n.old, (int)n.goes);
	CHECK(n.samples_n == 2 &&
			(str_eq(n.sample[0].key.v, STR("[2,1]")) ||
				str_eq(n.sample[0].key.v, STR("[2,2]"))),
		"the keys are shown");
	CHECK(count(&f, TALK, "") == 2 && count(&f, TALK, "others") == 0,
		"the others stay");
	fixture_close(&f);
}

/* --- look-ups --- */

static int count_rows(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	size_t *rows = ctx;

	(void)cells;
	(void)n;
	(void)e;
	++*rows;
	return 0;
}

static size_t rows_of(
	struct fixture *f, size_t table, const char *const *keys, size_t n)
{
	const struct map_table *t = &f->system->tables[table];
	str key = t->columns[t->key].name;
	struct cell *values = arena_many(f->a, struct cell, n);
	struct row_query q = { .table = t->name,
		.columns = &key,
		.columns_n = 1,
		.where = key,
		.values = values,
		.values_n = n };
	size_t rows = 0;
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++)
		values[i] = cell_text(str_of(keys[i]));
	CHECK(!conn_rows(f->conn, &q, count_rows, &rows, &e), "%s: %s",
		e.message, e.detail);
	return rows;
}

static void by_pairs_not_by_parts(void)
{
	static const char *const crossed[] = { "[1,9]", "[2,8]" };
	static const char *const strange[] = { "", "7", "[1]", "[1,7,2]",
		"{\"a\":1}", "[1,null]", "[\"x\",7]", "[1,", "[1,7.5]" };
	static const char *const mixed[] = { "[1,7]", "[\"x\",\"y\"]", "[9,9]",
		"[2,9]" };
	static const char *const codes[] = { "[\"K\",\"2026-01-05\"]",
		"[\"k \",\"2026-01-05\"]", "[\"k\",\"2026-01-07\"]",
		"[\"k\",\"no day\"]" };
	struct fixture f = open_shop(yaml);

	CHECK(rows_of(&f, CUSTOMER, crossed, 2) == 0,
		"each number is there, and none of the pairs");
	CHECK(rows_of(&f, CUSTOMER, strange, COUNTOF(strange)) == 0,
		"what is no key of two columns is no row's");
	CHECK(rows_of(&f, CUSTOMER, mixed, 4) == 2, "beside such, too");
	CHECK(rows_of(&f, VISIT, codes, 4) == 0,
		"other letters, other days are other keys");
	fixture_close(&f);
}

/* Numbers and texts that are written alike are one value, as where one column is
 * compared. */
static void one_form(void)
{
	struct arena *a = arena_new(1 << 20);
	struct cell number[] = { cell_int(a, 7), cell_text(STR("a\"b")) };
	struct cell text[] = { cell_text(STR("7")), cell_text(STR("a\"b")) };
	struct cell money[] = { cell_text(STR("7.00")),
		cell_text(STR("a\"b")) };
	struct cell other[] = { cell_text(STR("07")), cell_text(STR("a\"b")) };
	struct cell bytes[] = { { .type = CELL_BLOB, .v = { STR("\0\xff") } },
		cell_text(STR("")) };
	struct cell null[] = { cell_int(a, 7), { .type = CELL_NULL } };
	struct cell cut[] = { cell_int(a, 7), cell_text(STR("long")) };
	struct cell back[2], t;

	money[0].is_decimal = true;
	cut[1].is_cut = true;
	t = tuple_of(a, number, 2, 0);
	CHECK(str_eq(t.v.v, STR("[7,\"a\\\"b\"]")), "%.*s", STR_ARG(t.v.v));
	CHECK(str_eq(tuple_of(a, text, 2, 0).v.v, t.v.v), "a text");
	CHECK(str_eq(tuple_of(a, money, 2, 0).v.v, t.v.v), "a decimal");
	CHECK(!str_eq(tuple_of(a, other, 2, 0).v.v, t.v.v), "another text");
	CHECK(tuple_of(a, null, 2, 0).type == CELL_NULL, "null");
	CHECK(tuple_of(a, cut, 2, 0).is_cut, "a beginning");
	CHECK(tuple_of(a, number, 2, 9).is_cut &&
			!tuple_of(a, number, 2, 10).is_cut,
		"too long");
	t = tuple_of(a, bytes, 2, 0);
	CHECK(tuple_read(a, &t, back, 2) && cell_eq(&back[0], &bytes[0]) &&
			back[1].type == CELL_TEXT && !back[1].v.v.n,
		"bytes, and nothing in quotes");
	CHECK(!tuple_read(a, &t, back, 1), "of other columns");
	arena_free(a);
}

/* More than a statement takes, and the row values of a page. */
static void very_many(void)
{
	enum { MANY = 3000 };
	struct fixture f = open_shop(yaml);
	static const str columns[] = { STR_INIT("tenant"),
		STR_INIT("order_number"), STR_INIT("line no"),
		STR_INIT("text") };
	const char **rows = arena_many(f.a, const char *, 4 * MANY);
	struct finding ann;
	struct erase_result r;

	for (size_t i = 0; i < MANY; i++) {
		rows[4 * i] = i % 2 ? "1" : "2";
		rows[4 * i + 1] = "A-1";
		rows[4 * i + 2] = arena_fmt(f.a, "%zu%c", 10 + i / 2, '\0').p;
		rows[4 * i + 3] = i % 2 ? "many of hers" : "many of Bob's";
	}
	fixture_insert(&f, "line", columns, 4, rows, MANY);
	ann = find(&f, "ann@x.example");
	CHECK(ann.tables[LINE].n == 3 + MANY / 2, "%zu", ann.tables[LINE].n);
	r = erase(&f, &ann, "ann@x.example");
	CHECK(r.is_proven && r.gone == 8 + MANY / 2, "gone %d", (int)r.gone);
	CHECK(count(&f, LINE, "many of hers") == 0 &&
			count(&f, LINE, "many of Bob's") == MANY / 2,
		"half of them");
	fixture_close(&f);
}

/* A key of the map that is none: two rows have it, so neither goes. */
static void a_key_on_two_rows(void)
{
	static const char wrong[] =
		"version: 1\nsystems:\n  - name: shop\n    connector: ENGINE\n"
		"    database: shop\n    tables:\n      - name: part\n"
		"        key: [a, b]\n"
		"        columns: [ { name: email, identifies: email } ]\n"
		"        erase: delete\n";
	struct fixture f = fixture_open(wrong,
		"create table part (a integer, b integer, c integer,\n"
		"	email varchar(80), primary key (a, b, c));\n"
		"insert into part values (1, 2, 3, 'ann@x.example'),\n"
		"	(1, 2, 4, 'bob@x.example');\n");
	struct finding ann = find(&f, "ann@x.example");
	struct ident id = address("ann@x.example");
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = &id, .ids_n = 1 };
	struct erase_result r = { 0 };
	struct err e = { 0 };

	erase_plan_of(f.a, &ann, false, &plan);
	CHECK(erase_run(f.conn, f.a, &q, &r, &e) && e.code == ERR_CONFLICT,
		"%s", e.message);
	CHECK(count(&f, 0, "@x.example") == 2, "both are there");
	fixture_close(&f);
}

/* A char(n) is filled up with blanks, and what was copied out of it may have them. */
static void filled_up(void)
{
	static const char shelves[] =
		"version: 1\nsystems:\n  - name: shop\n    connector: ENGINE\n"
		"    database: shop\n    tables:\n"
		"      - name: shelf\n        key: [code, no]\n"
		"        columns: [ { name: email, identifies: email } ]\n"
		"        erase: delete\n"
		"      - name: book\n        key: id\n"
		"        links:\n"
		"          - { column: [shelf_code, shelf_no],\n"
		"              to: [shelf.code, shelf.no] }\n"
		"        erase: delete\n"
		"      - name: copy\n        key: id\n"
		"        links:\n"
		"          - { column: [shelf_code, shelf_no],\n"
		"              to: [shelf.code, shelf.no] }\n"
		"        erase: delete\n";
	static const char rows[] =
		"create table shelf (code char(6), no integer,\n"
		"	email varchar(80), primary key (code, no));\n"
		"create table book (id integer primary key,\n"
		"	shelf_code char(6), shelf_no integer);\n"
		"create table copy (id integer primary key,\n"
		"	shelf_code varchar(10), shelf_no integer);\n"
		"insert into shelf values ('K1', 1, 'ann@x.example'),\n"
		"	('K1', 2, 'bob@x.example'), ('K10', 1, 'cat@x.example');\n"
		"insert into book values (1, 'K1', 1), (2, 'K1', 2),\n"
		"	(3, 'K10', 1);\n"
		"insert into copy values (1, 'K1', 1), (2, 'K1', 2),\n"
		"	(3, 'K10', 1);\n";
	struct fixture f = fixture_open(shelves, rows);
	struct ident id = address("ann@x.example");
	struct finding ann;
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = &id, .ids_n = 1 };
	struct erase_result r = { 0 };
	struct err e = { 0 };

	bool is_filled = fixture_is_postgres();

	if (is_filled)
		fixture_script(&f, "insert into copy values\n"
				   "	(4, 'K1    ', 1), (5, 'K1    ', 2);\n");
	ann = find(&f, "ann@x.example");
	CHECK(ann.tables[0].n == 1 && ann.tables[1].n == 1, "%zu, %zu",
		ann.tables[0].n, ann.tables[1].n);
	CHECK(ann.tables[2].n == (is_filled ? 2 : 1),
		"with the blanks and without: %zu", ann.tables[2].n);
	erase_plan_of(f.a, &ann, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.is_proven, "%s",
		e.message);
	CHECK(count(&f, 0, "@x.example") == 2, "the others");
	fixture_close(&f);
}

/* --- other ways to the same rows --- */

static bool is_kept(
	void *ctx, const struct map_table *t, const struct cell *key)
{
	(void)ctx;
	return str_eq(t->name, STR("order")) &&
	       str_eq(key->v.v, STR("[1,\"A-2\"]"));
}

/* One row that the business keeps: it stays, and is unlinked. */
static void kept_one_by_one(void)
{
	static const struct row_exceptions kept = { is_kept, NULL };
	struct fixture f = open_shop(yaml);
	struct finding ann = find(&f, "ann@x.example");
	struct erase_result r;
	const struct map_table *t = &f.system->tables[ORDER];
	str columns[] = { STR("tenant"), STR("customer_id") };
	struct cell key = cell_text(STR("[1,\"A-2\"]"));
	struct row_query q = { .table = t->name,
		.columns = columns,
		.columns_n = COUNTOF(columns),
		.where = t->columns[t->key].name,
		.values = &key,
		.values_n = 1 };
	struct dump d = { .a = f.a, .table = t };
	struct err e = { 0 };

	find_except(&ann, &kept);
	CHECK(row_at(&ann, ORDER, "[1,\"A-2\"]")->is_excepted &&
			!row_at(&ann, ORDER, "[1,\"A-1\"]")->is_excepted,
		"by its key");
	/* What belongs to it stays where it is, as with one column. */
	for (size_t i = 0; i < ann.tables[LINE].n; i++)
		ann.tables[LINE].rows[i].is_excepted = str_starts(
			ann.tables[LINE].rows[i].key.v.v, STR("[1,\"A-2\""));
	r = erase(&f, &ann, "ann@x.example");
	CHECK(r.gone == 6 && !r.stuck, "gone %d", (int)r.gone);
	CHECK(!conn_rows(f.conn, &q, dump_take, &d, &e), "%s", e.message);
	CHECK(d.n == 1 && str_eq(d.rows[0], STR("order\0371 1\0370 ")), "%.*s",
		STR_ARG(d.n ? d.rows[0] : STR("no row")));
	fixture_close(&f);
}

/* Known by its key alone, as the State's lists have it. */
static void known_by_a_key(void)
{
	static const str texts[] = { STR_INIT("[1,7]") };
	struct fixture f = open_shop(yaml);
	struct find_keys keys = { &f.system->tables[CUSTOMER], texts, 1,
		false };
	struct finding ann;
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .keys = &keys };
	struct erase_result r = { 0 };
	struct err e = { 0 };

	CHECK(!find_by_key(f.conn, f.a, &keys, NULL, &ann, &e), "%s",
		e.message);
	CHECK(ann.tables[CUSTOMER].n == 1 && ann.tables[ORDER].n == 2 &&
			ann.tables[LINE].n == 3,
		"%zu rows", ann.rows_n);
	erase_plan_of(f.a, &ann, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s", e.message);
	CHECK(r.is_proven && r.gone == 7, "gone %d", (int)r.gone);
	CHECK(count(&f, CUSTOMER, "") == 3 && count(&f, LINE, "Bob's") == 2,
		"the others");
	fixture_close(&f);
}

/* Two people in one transaction, each with a result of their own. */
static void many_together(void)
{
	static const char *const who[] = { "ann@x.example", "dan@x.example" };
	struct fixture f = open_shop(yaml);
	struct erase_one of[COUNTOF(who)];
	struct ident ids[COUNTOF(who)];
	struct erase_plan plans[COUNTOF(who)];
	struct err e = { 0 };

	memset(of, 0, sizeof of);
	for (size_t i = 0; i < COUNTOF(who); i++) {
		struct finding found = find(&f, who[i]);

		CHECK(!erase_ready(f.conn, f.a, &found, &e), "%s", e.message);
		erase_plan_of(f.a, &found, false, &plans[i]);
		ids[i] = address(who[i]);
		of[i].q = (struct erase_request){ .plan = &plans[i],
			.ids = &ids[i],
			.ids_n = 1,
			.at_ms = 1 };
	}
	CHECK(!erase_run_many(f.conn, f.a, of, COUNTOF(who), &e), "%s: %s",
		e.message, e.detail);
	CHECK(of[0].result.is_proven && of[0].result.gone == 8, "Ann: gone %d",
		(int)of[0].result.gone);
	/* Dan, an order, its line, a talk of his own. */
	CHECK(of[1].result.is_proven && of[1].result.gone == 4, "Dan: gone %d",
		(int)of[1].result.gone);
	CHECK(count(&f, CUSTOMER, "") == 2 && count(&f, LINE, "Bob's") == 2 &&
			count(&f, ORDER, "") == 2,
		"Bob and Cat have theirs");
	fixture_close(&f);
}

/* Rows of a key of two columns go into totals: of a time series. */
static void into_totals(void)
{
	static const char map[] =
		"version: 1\nsystems:\n  - name: shop\n    connector: ENGINE\n"
		"    database: shop\n    tables:\n      - name: person\n"
		"        key: id\n"
		"        columns: [ { name: email, identifies: email } ]\n"
		"        erase: delete\n"
		"      - name: reading\n        key: [person_id, day]\n"
		"        columns: [ { name: month }, { name: steps } ]\n"
		"        links: [ { column: person_id, to: person.id } ]\n"
		"        erase: aggregate\n"
		"        summary: { table: monthly, by: [ { column: month } ],\n"
		"          count: n, sum: [ { column: steps } ] }\n";
	struct fixture f = fixture_open(map,
		"create table person (id integer primary key,\n"
		"	email varchar(80));\n"
		"create table reading (person_id integer, day date,\n"
		"	month integer, steps integer,\n"
		"	primary key (person_id, day));\n"
		"create table monthly (month integer primary key, n integer,\n"
		"	steps integer);\n"
		"insert into monthly values (1, 50, 1000);\n"
		"insert into person values (1, 'ann@x.example'),\n"
		"	(2, 'bob@x.example');\n"
		"insert into reading values (1, '2026-01-01', 1, 10),\n"
		"	(1, '2026-01-02', 1, 20), (1, '2026-02-01', 2, 5),\n"
		"	(2, '2026-01-01', 1, 100), (2, '2026-01-02', 1, 100);\n");
	struct finding ann = find(&f, "ann@x.example");
	struct erase_result r = erase(&f, &ann, "ann@x.example");
	str columns[] = { STR("n"), STR("steps") };
	struct row_query q = { .table = STR("monthly"),
		.columns = columns,
		.columns_n = COUNTOF(columns),
		.is_all = true };
	struct dump d = { .a = f.a, .table = &f.system->tables[0] };
	struct err e = { 0 };

	CHECK(r.is_proven && r.gone == 4, "gone %d", (int)r.gone);
	CHECK(!conn_rows(f.conn, &q, dump_take, &d, &e) && d.n == 1 &&
			str_eq(d.rows[0], STR("person\0371 52\0371 1030")),
		"%.*s", STR_ARG(d.n ? d.rows[0] : STR("no total")));
	CHECK(count(&f, 1, "") == 2, "Bob's days");
	fixture_close(&f);
}

struct told {
	size_t n;
	bool has_pair; /* a look-up names both columns */
};

static int take_step(void *ctx, const struct explain_step *s, struct err *e)
{
	struct told *t = ctx;

	(void)e;
	t->n++;
	if (str_eq(s->table, STR("line")) &&
		str_eq(s->column, STR("(tenant, order_number)")))
		t->has_pair = str_find(s->statement, STR("tenant")) >= 0 &&
			      str_find(s->statement, STR("order_number")) >= 0;
	return 0;
}

static void explained(void)
{
	struct fixture f = open_shop(yaml);
	struct ident id = address("ann@x.example");
	struct find_by by = { &id, 1 };
	struct told t = { 0 };
	struct err e = { 0 };

	CHECK(!find_explain(f.conn, f.a, &f.map, &by, take_step, &t, &e), "%s",
		e.message);
	CHECK(t.n > 6 && t.has_pair, "%zu look-ups", t.n);
	fixture_close(&f);
}

static enum connector_kind sums_with(void)
{
	return fixture_is_odbc()       ? CONNECTOR_ODBC
	       : fixture_is_postgres() ? CONNECTOR_POSTGRES
	       : fixture_is_mariadb()  ? CONNECTOR_MARIADB
				       : CONNECTOR_SQLITE;
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	one_form();
	found_by_all_columns();
	erased_and_proven();
	unlinked_by_the_last_column();
	corrected();
	kept_too_long();
	by_pairs_not_by_parts();
	very_many();
	a_key_on_two_rows();
	filled_up();
	explained();
	kept_one_by_one();
	known_by_a_key();
	many_together();
	if (connector_kind_can_sum(sums_with()))
		into_totals();
	return CHECK_DONE();
}
