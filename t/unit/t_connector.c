/*
 * The contract of connectors (connect/connector.h), for the engine named by the
 * first argument: t/connect/run runs it for all of them.
 */
#include "connect/connector.h"

#include <fcntl.h>
#include <libpq-fe.h>

#include "base/clock.h"
#include "base/file.h"
#include "check.h"
#include "connect/erase.h"
#include "connect/screen.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: select\n"
	"        key: order\n"
	"        columns:\n"
	"          - { name: \"e \\\"mail\", identifies: email }\n"
	"          - { name: phone, identifies: phone }\n"
	"          - { name: text }\n"
	"        erase: delete\n"
	"      - name: a \"b\n"
	"        key: k\n"
	"        columns: [ { name: mail, identifies: email, standardized: true"
	" } ]\n"
	"        links: [ { column: group, to: select.order } ]\n"
	"        erase: delete\n";

static const char ddl[] =
	"create table \"select\" (\n"
	"	\"order\" integer primary key,\n"
	"	\"e \"\"mail\" text,\n"
	"	phone text,\n"
	"	text text);\n"
	"create table \"a \"\"b\" (\n"
	"	k varchar(200) primary key,\n"
	"	mail text,\n"
	"	\"group\" integer references \"select\" (\"order\"));\n";

static bool is_engine(const char *name)
{
	return !strcmp(fixture_engine, name);
}

/* An attribute of a directory can't be called so; main() gives it another name. */
static const char *email_column = "e \"mail";
static str select_columns[] = { STR_INIT("order"), STR_INIT("e \"mail"),
	STR_INIT("phone"), STR_INIT("text") };
static const str ab_columns[] = { STR_INIT("k"), STR_INIT("mail"),
	STR_INIT("group") };

#define SELECT(...)                                                       \
	do {                                                              \
		static const char *const put_rows[] = { __VA_ARGS__ };    \
		fixture_insert(&f, "select", select_columns, 4, put_rows, \
			COUNTOF(put_rows) / 4);                           \
	} while (0)
#define AB(...)                                                        \
	do {                                                           \
		static const char *const put_rows[] = { __VA_ARGS__ }; \
		fixture_insert(&f, "a \"b", ab_columns, 3, put_rows,   \
			COUNTOF(put_rows) / 3);                        \
	} while (0)

/* The first column of what a look-up finds, sorted, with commas between. */
struct keys {
	struct arena *a;
	str at[200];
	size_t n;
};

static int take_key(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct keys *k = ctx;

	(void)n;
	(void)e;
	must(k->n < COUNTOF(k->at));
	k->at[k->n++] = arena_dup(k->a, cells[0].v.v);
	return 0;
}

static str keys_of(struct fixture *f, const struct row_query *q)
{
	struct keys k = { .a = f->a };
	struct err e = { 0 };

	if (conn_rows(f->conn, q, take_key, &k, &e) < 0)
		return arena_fmt(f->a, "%s: %s", err_name(e.code), e.message);
	qsort(k.at, k.n, sizeof *k.at, dump_order);
	return arena_join(f->a, k.at, k.n, STR(","));
}

static struct row_query query(
	const char *where, const struct cell *values, size_t n)
{
	struct row_query q = { .table = STR("select"),
		.columns = select_columns,
		.columns_n = COUNTOF(select_columns),
		.where = str_of(where),
		.values = values,
		.values_n = n };

	return q;
}

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)

static void exact_lookups(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1), cell_int(f.a, 3),
		cell_int(f.a, 77) };
	struct cell text[] = { cell_text(STR("o'hara \"x\" \\ {y},")) };
	struct cell number_as_text[] = { cell_text(STR("2")) };
	struct cell no_number[] = { cell_text(STR("two")), cell_int(f.a, 2) };
	struct cell injected[] = { cell_text(STR("1 or 1=1")),
		cell_text(STR("'); drop table \"select\"; --")) };
	struct row_query q;

	SELECT("1", "a@x.example", NULL, "o'hara \"x\" \\ {y},", "2", NULL,
		NULL, NULL, "3", NULL, NULL, "");
	AB("k'1", "a@x.example", "1", "k\"2", NULL, "1", "k3", NULL, NULL);
	q = query("order", one, 3);
	IS(keys_of(&f, &q), "1,3");
	q = query("text", text, 1);
	IS(keys_of(&f, &q), "1");
	q = query("order", number_as_text, 1);
	IS(keys_of(&f, &q), "2");
	q = query("order", no_number, 2);
	IS(keys_of(&f, &q), "2");
	q = query("order", injected, 2);
	IS(keys_of(&f, &q), "");
	q = query("text", injected, 2);
	IS(keys_of(&f, &q), "");
	q = query("order", one, 0);
	IS(keys_of(&f, &q), "");
	q = (struct row_query){ .table = STR("a \"b"),
		.columns = ab_columns,
		.columns_n = 3,
		.where = STR("group"),
		.values = one,
		.values_n = 3 };
	IS(keys_of(&f, &q), "k\"2,k'1");
	q.is_all = true;
	IS(keys_of(&f, &q), "k\"2,k'1,k3");
	fixture_close(&f);
}

static int take_first(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct cell *out = ctx;

	(void)e;
	memcpy(out, cells, n * sizeof *cells);
	for (size_t i = 0; i < n; i++)
		out[i].v.v = (str){ NULL, cells[i].v.v.n };
	return 0;
}

static void types_and_nulls(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1) };
	struct row_query q = query("order", one, 1);
	struct cell got[4];
	struct err e = { 0 };

	SELECT("1", NULL, "", "text");
	CHECK(!conn_rows(f.conn, &q, take_first, got, &e), "%s", e.message);
	CHECK(got[0].type == CELL_INT && got[0].v.v.n == 1, "an integer");
	CHECK(got[1].type == CELL_NULL && !got[1].v.v.n, "null");
	CHECK(got[2].type == CELL_TEXT && !got[2].v.v.n, "the empty text");
	CHECK(got[3].type == CELL_TEXT && got[3].v.v.n == 4, "a text");
	fixture_close(&f);
}

static void identifiers_in_any_spelling(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell email[] = { cell_text(STR("a_n%n@x.example")),
		cell_text(STR("\xc3\xa9va@x.example")) };
	struct cell phone[] = { cell_text(STR("9165550142")) };
	struct row_query q;

	SELECT("1", "A_N%N@X.example", NULL, NULL,      /* capitals */
		"2", "  a_n%n@x.example\t", NULL, NULL, /* blanks */
		"3", "mailto:a_n%n@x.example", NULL, NULL, "4",
		"aXnYn@x.example", NULL, NULL,           /* only a pattern */
		"5", "xa_n%n@x.example", NULL, NULL,     /* only inside */
		"6", "a_n%n@x.example.net", NULL, NULL,  /* only inside */
		"7", "\xc3\x89VA@x.example", NULL, NULL, /* capital e acute */
		"8", "", NULL, NULL, "9", "no address", NULL, NULL);
	SELECT("11", NULL, "+1 (916) 555-0142", NULL, "12", NULL,
		"916.555.0142 x17", NULL, "13", NULL, "19165550142", NULL, "14",
		NULL, "916555014", NULL, "15", NULL, "99165550142", NULL, "16",
		NULL, "\xef\xbc\x99\xef\xbc\x91\xef\xbc\x96 555 0142", NULL,
		"17", NULL, "+44 9165550142", NULL);
	q = query(email_column, email, 2);
	q.match = MATCH_IDENT;
	q.kind = IDENT_EMAIL;
	IS(keys_of(&f, &q), "1,2,3,7");
	q = query("phone", phone, 1);
	q.match = MATCH_IDENT;
	q.kind = IDENT_PHONE;
	IS(keys_of(&f, &q), "11,12,13,16");
	AB("x", "a_n%n@x.example", NULL, "y", "A_N%N@x.example", NULL);
	q = (struct row_query){ .table = STR("a \"b"),
		.columns = ab_columns,
		.columns_n = 3,
		.where = STR("mail"),
		.match = MATCH_STANDARDIZED,
		.values = email,
		.values_n = 2 };
	IS(keys_of(&f, &q), "x");
	fixture_close(&f);
}

/* What a collation, or a number, takes for the same is not the same person. */
static void nothing_but_the_same(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell abc[] = { cell_text(STR("abc")) };
	struct cell odd[] = { cell_text(STR("2x")), cell_text(STR("two")),
		cell_text(STR("\xf0\x9f\x98\x80")) };
	struct cell keys[] = { cell_text(STR("K1")), cell_text(STR("k1 ")),
		cell_text(STR("\xc3\xa9")) };
	struct erase_step s = {
		.table = &f.system->tables[1], .keys = keys, .keys_n = 3
	};
	struct row_query q = query("text", abc, 1);
	struct err e = { 0 };
	int64_t erased;

	SELECT("1", NULL, NULL, "abc", "2", NULL, NULL, "ABC", "3", NULL, NULL,
		"abc ", "4", NULL, NULL,
		"\xc3\xa4"
		"bc");
	SELECT("0", NULL, NULL, "\xf0\x9f\x98\x81", "5", NULL, NULL,
		"\xf0\x9f\x98\x80");
	AB("k1", NULL, NULL, "e", NULL, NULL);
	IS(keys_of(&f, &q), "1");
	q = query("text", odd, 3);
	IS(keys_of(&f, &q), "5");
	q = query("order", odd, 3);
	IS(keys_of(&f, &q), "");
	CHECK(!conn_erase(f.conn, &s, 1, &erased, &e), "%s", e.message);
	CHECK(erased == 0, "%d rows of others", (int)erased);
	fixture_close(&f);
}

/* As many values as there may be, at once. */
static struct erase_step step_of(
	struct fixture *f, size_t table, const struct cell *keys, size_t n)
{
	return (struct erase_step){
		.table = &f->system->tables[table], .keys = keys, .keys_n = n
	};
}

static int note_column(void *ctx, const struct column_fact *f, struct err *e)
{
	bool *has = ctx;

	(void)e;
	*has |= str_eq(f->column, STR("phone"));
	return 0;
}

/* What a system has, or that it can't say, and what to do then; never "nothing". */
static void describing(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	bool has_phone = false;
	struct err e = { 0 };
	int rc;

	/* As many as make a table where keys are looked at. */
	SELECT("1", NULL, "(916) 555-0142", NULL, "2", NULL, "1", NULL, "3",
		NULL, "2", NULL, "4", NULL, "3", NULL, "5", NULL, "4", NULL);
	rc = conn_describe(f.conn, note_column, &has_phone, &e);
	if (f.conn->via->describe)
		/* Files of other names are not proposed. */
		CHECK(!rc && (has_phone || fixture_is_files()), "%s",
			e.message);
	else
		CHECK(rc < 0 && e.code == ERR_INVALID &&
				strstr(e.message, "can't list what it holds") &&
				strstr(e.hint, "by hand"),
			"%s (%s)", e.message, e.hint);
	fixture_close(&f);
}

/* "table.column" of each, "*" behind a key, "> table.column" behind what refers. */
struct told {
	struct buf b;
};

static int tell_column(void *ctx, const struct column_fact *f, struct err *e)
{
	struct told *t = ctx;

	(void)e;
	if (f->left.n) {
		buf_fmt(&t->b, "left: %.*s\n", STR_ARG(f->left));
		return 0;
	}
	buf_fmt(&t->b, "%.*s.%.*s%s", STR_ARG(f->table), STR_ARG(f->column),
		f->is_key ? "*" : "");
	if (f->refers_table.n)
		buf_fmt(&t->b, " > %.*s.%.*s", STR_ARG(f->refers_table),
			STR_ARG(f->refers_column));
	buf_putc(&t->b, '\n');
	return 0;
}

static const char shop_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

/* Another schema's tables have the same names, and one of its own refers there. */
static const char shop_ddl[] =
	"create table person (id integer primary key, email text,\n"
	"	a integer, b integer, unique (a, b));\n"
	"create table visit (id integer primary key,\n"
	"	person_id integer references person (id),\n"
	"	a1 integer, b1 integer, a2 integer, b2 integer,\n"
	"	foreign key (a1, b1) references person (a, b),\n"
	"	foreign key (a2, b2) references person (a, b));\n"
	"drop schema if exists archive cascade;\n"
	"create schema archive;\n"
	"create table archive.person (code integer primary key, fax text);\n"
	"create table archive.visit (code integer primary key,\n"
	"	who integer references archive.person (code));\n"
	"create table letter (id integer primary key,\n"
	"	code integer references archive.person (code));\n";

/* What a name means without a schema is told, with its own columns; and a key of two
 * columns is nobody's reference, however many lead to one table. */
static void describing_schemas(void)
{
	struct fixture f = fixture_open(shop_yaml, shop_ddl);
	static const char want[] = "letter.id*\n"
				   "letter.code\n"
				   "person.id*\n"
				   "person.email\n"
				   "person.a\n"
				   "person.b\n"
				   "visit.id*\n"
				   "visit.person_id > person.id\n"
				   "visit.a1\n"
				   "visit.b1\n"
				   "visit.a2\n"
				   "visit.b2\n";
	struct told t = { buf_in(f.a, 1 << 16) };
	struct err e = { 0 };
	str left;

	fixture_script(&f, "create view young as select id from person;\n");
	CHECK(!conn_describe(f.conn, tell_column, &t, &e), "%s", e.message);
	left = str_from(buf_str(&t.b), strlen(want));
	IS(str_head(buf_str(&t.b), strlen(want)), want);
	if (is_engine("postgres"))
		IS(left,
			"left: 1 of its views and foreign tables, \"young\" "
			"among them\n"
			"left: the schema \"archive\", where a name alone "
			"does not look: 2 of its tables; the data map may name "
			"them, as archive.person\n");
	fixture_script(&f, "drop schema archive cascade;\n");
	fixture_close(&f);
}

/* A table of another schema is the map's with its schema; one that has a dot in its
 * own name is meant first. */
static void tables_of_other_schemas(void)
{
	static const char archive_yaml[] =
		"version: 1\nsystems:\n  - name: crm\n"
		"    connector: ENGINE\n    database: crm\n    tables:\n"
		"      - name: archive.person\n        key: code\n"
		"        columns: [ { name: fax, identifies: email } ]\n"
		"        erase: delete\n"
		"      - name: archive.visit\n        key: code\n"
		"        links: [ { column: who, to: archive.person.code } ]\n"
		"        erase: delete\n"
		"      - name: archive.note\n        key: id\n"
		"        columns: [ { name: email, identifies: email } ]\n"
		"        erase: delete\n";
	struct fixture f = fixture_open(archive_yaml, shop_ddl);
	struct find_options o = { .map = &f.map };
	struct erase_request q = { .ids_n = 1, .at_ms = 1, .map = &f.map };
	struct erase_result r;
	struct erase_plan plan;
	struct finding found;
	struct ident id;
	struct err e = { 0 };

	fixture_script(&f,
		"create table archive.note (id integer, email text);\n"
		"create table \"archive.note\" (id integer primary key, "
		"email text);\n"
		"insert into archive.note values (1, 'ann@x.example');\n"
		"insert into \"archive.note\" values (2, 'ann@x.example');\n"
		"insert into person (id, email) values (9, "
		"'ann@x.example');\n"
		"insert into archive.person values (1, 'ann@x.example'), (2, "
		"'bob@x.example');\n"
		"insert into archive.visit values (5, 1), (6, 2);\n"
		"alter table archive.visit drop constraint visit_who_fkey, add "
		"foreign key (who) references archive.person (code) on delete "
		"cascade;\n");
	CHECK(!ident_read(
		      &id, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")),
		"no address");
	CHECK(!find_person(f.conn, f.a, &id, 1, &o, &found, &e), "%s",
		e.message);
	CHECK(found.rows_n == 3, "%zu rows", found.rows_n);
	erase_plan_of(f.a, &found, false, &plan);
	q.plan = &plan;
	q.ids = &id;
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s; %s", e.message, e.hint);
	CHECK(r.erased == 3 && r.is_proven, "%d erased", (int)r.erased);
	/* A division by zero where it is not so. */
	fixture_script(&f,
		"select 1 / (string_agg(n, ',' order by n) = 'note 1,person "
		"2,shop 9,visit 6')::int from (select 'note ' || id as n from "
		"archive.note union all select 'own ' || id from "
		"\"archive.note\" union all select 'person ' || code from "
		"archive.person union all select 'visit ' || code from "
		"archive.visit union all select 'shop ' || id from person) "
		"x;\n");
	/* What the database would carry on to, and no link says, is known by the
	 * names that the map has. */
	f.map.systems[0].tables[1].links_n = 0;
	CHECK(!ident_read(
		      &id, IDENT_TOYON_1, IDENT_EMAIL, STR("bob@x.example")),
		"no address");
	CHECK(!find_person(f.conn, f.a, &id, 1, &o, &found, &e), "%s",
		e.message);
	erase_plan_of(f.a, &found, false, &plan);
	CHECK(erase_run(f.conn, f.a, &q, &r, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			strstr(e.message,
				"archive.visit by itself when rows of "
				"archive.person go"),
		"%s", e.message);
	fixture_script(&f, "drop schema archive cascade;\n"
			   "drop table \"archive.note\";\n");
	fixture_close(&f);
}

/* --- pages --- */

/* The connector behind the door, with its calls counted. */
static struct {
	struct connector counting;
	const struct connector *real;
	size_t calls;
	size_t most; /* values or keys in one */
} watched;

static int watch_rows(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	watched.calls++;
	watched.most = q->values_n > watched.most ? q->values_n : watched.most;
	return watched.real->rows(c, q, fn, ctx, e);
}

static int watch_erase(struct conn *c, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e)
{
	watched.calls++;
	for (size_t i = 0; i < n; i++)
		if (steps[i].keys_n > watched.most)
			watched.most = steps[i].keys_n;
	return watched.real->erase(c, steps, n, erased, e);
}

static void watch(struct fixture *f)
{
	watched.real = f->conn->via;
	watched.counting = *f->conn->via;
	watched.counting.rows = watch_rows;
	watched.counting.erase = watch_erase;
	f->conn->via = &watched.counting;
}

/* A system that wants little at once: the same answers, in small pieces; a deletion
 * is one transaction all the same. */
static void pages(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell orders[5];
	struct row_query q = query("order", orders, COUNTOF(orders));
	struct erase_step step = step_of(&f, 0, orders, COUNTOF(orders));
	int64_t erased;
	struct err e = { 0 };

	for (int i = 0; i < 5; i++)
		orders[i] = cell_int(f.a, i + 1);
	SELECT("1", NULL, NULL, NULL, "2", NULL, NULL, NULL, "3", NULL, NULL,
		NULL, "4", NULL, NULL, NULL, "6", NULL, NULL, NULL);
	fixture_load(&f, 2, 0);
	watch(&f);
	IS(keys_of(&f, &q), "1,2,3,4");
	CHECK(watched.most <= 2 || connector_kind_is_files(f.system->connector),
		"%zu at once", watched.most);
	CHECK(watched.calls ==
			(connector_kind_is_files(f.system->connector) ? 1 : 3),
		"%zu look-ups", watched.calls);
	q.is_all = true;
	IS(keys_of(&f, &q), "1,2,3,4,6");
	watched.calls = watched.most = 0;
	CHECK(!conn_erase(f.conn, &step, 1, &erased, &e), "%s", e.message);
	CHECK(erased == 4 && watched.calls == 1, "%d in %zu calls", (int)erased,
		watched.calls);
	CHECK(watched.most <= 2 || connector_kind_is_files(f.system->connector),
		"%zu at once", watched.most);
	f.conn->via = watched.real;
	IS(keys_of(&f, &q), "6");
	fixture_close(&f);
}

static const char forum_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: comment\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links: [ { column: parent_id, to: comment.id } ]\n"
	"        erase: delete\n";

static const char forum_ddl[] =
	"create table comment (\n"
	"	id integer primary key,\n"
	"	email text,\n"
	"	parent_id integer references comment (id));\n";

/* Answers to one's own comment stand in later pages than the comment: a database
 * that holds references at each statement would refuse the first page for ever. */
static void pages_of_one_another(void)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("email"),
		STR_INIT("parent_id") };
	static const char *const rows[] = { "1", "a@b.example", NULL, "2",
		"a@b.example", "1", "3", "a@b.example", "1", "4", "a@b.example",
		"2", "5", "a@b.example", "1" };
	struct fixture f = fixture_open(forum_yaml, forum_ddl);
	struct cell ids[5];
	struct erase_step step = step_of(&f, 0, ids, COUNTOF(ids));
	int64_t erased = 0;
	struct err e = { 0 };

	for (int i = 0; i < 5; i++)
		ids[i] = cell_int(f.a, i + 1);
	fixture_insert(&f, "comment", columns, COUNTOF(columns), rows, 5);
	fixture_load(&f, 2, 0);
	CHECK(!conn_erase(f.conn, &step, 1, &erased, &e) && erased == 5,
		"%d erased: %s", (int)erased, e.message);
	fixture_close(&f);
}

/* More than any statement names, each an answer to the one before it, and their keys in
 * no order: who is answered goes with its answers or after them. */
static void a_long_thread(void)
{
	enum { N = 1201, ROWS_N = 3 * N };
	static const str columns[] = { STR_INIT("id"), STR_INIT("email"),
		STR_INIT("parent_id") };
	struct fixture f = fixture_open(forum_yaml, forum_ddl);
	const char **rows = arena_many(f.a, const char *, ROWS_N);
	struct cell *ids = arena_many(f.a, struct cell, N);
	struct erase_step step = step_of(&f, 0, ids, N);
	int64_t erased = 0;
	struct err e = { 0 };

	for (int i = 0; i < N; i++) {
		/* 7 and 1201 have no divisor in common: each number once. */
		int id = i * 7 % N + 1, before = (i - 1) * 7 % N + 1;

		rows[3 * i] = arena_cstr(f.a, arena_fmt(f.a, "%d", id));
		rows[3 * i + 1] = "a@b.example";
		rows[3 * i + 2] =
			i ? arena_cstr(f.a, arena_fmt(f.a, "%d", before))
			  : NULL;
		ids[i] = cell_int(f.a, i + 1);
	}
	fixture_insert(&f, "comment", columns, COUNTOF(columns), rows, N);
	CHECK(!conn_erase(f.conn, &step, 1, &erased, &e) && erased == N,
		"%d erased: %s", (int)erased, e.message);
	fixture_close(&f);
}

/* --- rows that refer to one another in a circle --- */

enum { RING = 1201 };

static void make_ring(struct fixture *f, struct cell *ids)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("email"),
		STR_INIT("parent_id") };
	const char **rows = arena_many(f->a, const char *, 3 * RING);

	for (int i = 0; i < RING; i++) {
		rows[3 * i] = arena_cstr(f->a, arena_fmt(f->a, "%d", i + 1));
		rows[3 * i + 1] = "a@b.example";
		rows[3 * i + 2] =
			arena_cstr(f->a, arena_fmt(f->a, "%d", i ? i : 1));
		ids[i] = cell_int(f->a, i + 1);
	}
	fixture_insert(f, "comment", columns, COUNTOF(columns), rows, RING);
	fixture_script(
		f, "update comment set parent_id = 1201 where id = 1;\n");
}

/* More of them than one statement takes: they go all the same, in one transaction. */
static void a_ring(void)
{
	struct fixture f = fixture_open(forum_yaml, forum_ddl);
	struct cell *ids = arena_many(f.a, struct cell, RING);
	struct erase_step step = step_of(&f, 0, ids, RING);
	int64_t erased = 0;
	struct err e = { 0 };

	make_ring(&f, ids);
	CHECK(!conn_erase(f.conn, &step, 1, &erased, &e) && erased == RING,
		"%d erased: %s", (int)erased, e.message);
	fixture_close(&f);
}

/* Where the reference may not be empty, and is looked at after each statement, there is no
 * order: nothing goes, and it is said what helps. */
static void a_ring_of_iron(void)
{
	struct fixture f = fixture_open(forum_yaml,
		"create table comment (id integer primary key, email text,\n"
		"	parent_id integer not null references comment (id));\n");
	struct cell *ids = arena_many(f.a, struct cell, RING);
	struct erase_step step = step_of(&f, 0, ids, RING);
	struct dump left;
	int64_t erased = 0;
	struct err e = { 0 };

	make_ring(&f, ids);
	CHECK(conn_erase(f.conn, &step, 1, &erased, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			strstr(e.hint, "1201 rows of the table refer"),
		"%s (%s)", e.message, e.hint);
	left = fixture_dump(&f, f.conn);
	CHECK(left.n == RING, "%zu are left", left.n);
	fixture_close(&f);
}

/* A column that is never empty says so of each row, the first of a thread among them:
 * nothing there has to be emptied first. */
static void threads_always(void)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("email"),
		STR_INIT("parent_id") };
	static const char *const rows[] = { "1", "a@b.example", "1", "2",
		"a@b.example", "1" };
	static const char threads_ddl[] =
		"create table comment (\n"
		"	id integer primary key,\n"
		"	email text,\n"
		"	parent_id integer not null);\n";
	struct fixture f = fixture_open(forum_yaml, threads_ddl);
	struct cell ids[2];
	struct erase_step step = step_of(&f, 0, ids, COUNTOF(ids));
	int64_t erased = 0;
	struct err e = { 0 };

	for (int i = 0; i < 2; i++)
		ids[i] = cell_int(f.a, i + 1);
	fixture_insert(&f, "comment", columns, COUNTOF(columns), rows, 2);
	CHECK(!conn_erase(f.conn, &step, 1, &erased, &e) && erased == 2,
		"%d erased: %s", (int)erased, e.message);
	fixture_close(&f);
}

/* Never faster than the map allows: by the clock, which only ever says too much. */
static void rates(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell order = cell_int(f.a, 1);
	struct row_query q = query("order", &order, 1);
	int64_t start_ms;

	SELECT("1", NULL, NULL, NULL);
	fixture_load(&f, 0, 50);
	start_ms = clock_mono_ms();
	for (int i = 0; i < 6; i++)
		IS(keys_of(&f, &q), "1");
	CHECK(clock_mono_ms() - start_ms >= 100,
		"six look-ups in %d ms, at 50 a second",
		(int)(clock_mono_ms() - start_ms));
	fixture_close(&f);
}

/* Two jobs at once are not twice as fast. */
static void rates_together(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell order = cell_int(f.a, 1);
	struct row_query q = query("order", &order, 1);
	struct pace_board *b = pace_board_new();
	struct conn_options o = { .mode = CONN_READ, .url = f.url, .paces = b };
	struct conn *mine = f.conn, *two[2];
	struct err e = { 0 };
	int64_t start_ms;

	SELECT("1", NULL, NULL, NULL);
	fixture_load(&f, 0, 50);
	for (int i = 0; i < 2; i++)
		CHECK(!conn_open(f.a, &f.map, f.system, &o, &two[i], &e), "%s",
			e.message);
	start_ms = clock_mono_ms();
	for (int i = 0; i < 6; i++) {
		f.conn = two[i % 2];
		IS(keys_of(&f, &q), "1");
	}
	CHECK(clock_mono_ms() - start_ms >= 100,
		"six look-ups of two in %d ms, at 50 a second",
		(int)(clock_mono_ms() - start_ms));
	f.conn = mine;
	fixture_close(&f);
}

static void many_values(void)
{
	enum { TARGETS = 12000 };
	struct fixture f = fixture_open(yaml, ddl);
	struct cell *n = arena_many(f.a, struct cell, CONNECT_VALUES_MAX);
	struct cell *k = arena_many(f.a, struct cell, CONNECT_VALUES_MAX);
	const struct map_table *ab = &f.system->tables[1];
	struct erase_step s[] = {
		{ .table = ab,
			.keys = k,
			.keys_n = CONNECT_VALUES_MAX,
			.unlink = &ab->columns[ab->links[0].column],
			.targets = n,
			.targets_n = TARGETS },
		{ .table = &f.system->tables[0],
			.keys = n,
			.keys_n = CONNECT_VALUES_MAX }
	};
	struct row_query q = query("order", n, CONNECT_VALUES_MAX);
	struct err e = { 0 };
	int64_t erased[2];

	for (int i = 0; i < CONNECT_VALUES_MAX; i++) {
		n[i] = cell_int(f.a, i);
		k[i] = cell_text(arena_fmt(f.a, "k%d", i));
	}
	SELECT("0", NULL, NULL, NULL, "11999", NULL, NULL, NULL, "12000", NULL,
		NULL, NULL, "29999", NULL, NULL, NULL, "30000", NULL, NULL,
		NULL);
	AB("k0", NULL, "0", "k1", NULL, "11999", "k2", NULL, "30000");
	IS(keys_of(&f, &q), "0,11999,12000,29999");
	CHECK(!conn_erase(f.conn, s, 2, erased, &e), "%s", e.message);
	CHECK(erased[0] == 2 && erased[1] == 4, "%d, %d", (int)erased[0],
		(int)erased[1]);
	q.is_all = true;
	IS(keys_of(&f, &q), "30000");
	fixture_close(&f);
}

/* One row for conn_insert. */
struct one_row {
	const struct cell *cells;
	bool is_done;
};

static int next_one(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct one_row *r = ctx;

	(void)e;
	*table = 0;
	*cells = r->cells;
	if (r->is_done)
		return 0;
	r->is_done = true;
	return 1;
}

static int insert_one(
	struct fixture *f, const struct cell *cells, struct err *e)
{
	struct insert_table t = { STR("select"), select_columns, 4 };
	struct one_row r = { cells, false };
	int64_t added;

	return conn_insert(f->adds, &t, 1, next_one, &r, &added, e);
}

static const char blob_yaml[] =
	"version: 1\nsystems:\n  - name: s\n    connector: ENGINE\n"
	"    database: s\n    tables:\n      - name: a`b\n        key: k\n"
	"        columns: [ { name: \"e`\", identifies: email } ]\n"
	"        erase: delete\n";
static const char blob_ddl[] =
	"create table \"a`b\" (k varbinary(20) primary key, \"e`\" "
	"varbinary(100));\n";

/* Bytes as keys; names with the quote that MariaDB's names have by default. */
static void bytes_as_keys(void)
{
	static const str columns[] = { STR_INIT("k"), STR_INIT("e`") };
	struct fixture f = fixture_open(blob_yaml, blob_ddl);
	const struct cell row[] = { { .type = CELL_BLOB,
					    .v = { { "\0\1\xff", 3 } } },
		cell_text(STR("A@x.example")) };
	struct cell email = cell_text(STR("a@x.example"));
	struct insert_table t = { STR("a`b"), columns, 2 };
	struct one_row one = { row, false };
	struct row_query q = { .table = STR("a`b"),
		.columns = columns,
		.columns_n = 2,
		.where = STR("k"),
		.values = row,
		.values_n = 1 };
	struct erase_step s = {
		.table = &f.system->tables[0], .keys = row, .keys_n = 1
	};
	struct cell got[2] = { { 0 } };
	struct err e = { 0 };
	int64_t n;

	CHECK(!conn_insert(f.conn, &t, 1, next_one, &one, &n, &e), "%s",
		e.message);
	CHECK(!conn_rows(f.conn, &q, take_first, got, &e), "%s", e.message);
	CHECK(got[0].type == CELL_BLOB && got[0].v.v.n == 3, "the key");
	q.where = STR("e`");
	q.match = MATCH_IDENT;
	q.kind = IDENT_EMAIL;
	q.values = &email;
	got[0].type = CELL_NULL;
	CHECK(!conn_rows(f.conn, &q, take_first, got, &e), "%s", e.message);
	CHECK(got[0].type == CELL_BLOB, "found by its email address");
	CHECK(!conn_erase(f.conn, &s, 1, &n, &e) && n == 1, "%s", e.message);
	fixture_close(&f);
}

static void large_cells(void)
{
	size_t size = 10 << 20;
	struct fixture f = fixture_open(yaml, ddl);
	char *big = arena_alloc(f.a, size);
	struct cell cells[4] = { cell_int(f.a, 1) };
	struct cell got[4];
	struct row_query q = query("order", cells, 1);
	struct err e = { 0 };

	/* Not quotes alone: a file doubles them, and a row has its limit there. */
	memset(big, fixture_is_files() ? 'x' : '"', size);
	for (size_t i = 0; i < size; i += 50)
		big[i] = '"';
	memcpy(big + 4095, "\xc3\xa9", 2); /* over the place of the cut */
	cells[3] = cell_text((str){ big, size });
	CHECK(!insert_one(&f, cells, &e), "%s", e.message);
	CHECK(!conn_rows(f.conn, &q, take_first, got, &e), "%s", e.message);
	CHECK(got[3].v.v.n == size && !got[3].is_cut, "%zu bytes",
		got[3].v.v.n);
	q.cell_max = 4096;
	CHECK(!conn_rows(f.conn, &q, take_first, got, &e), "%s", e.message);
	CHECK(got[3].v.v.n == 4095 && got[3].is_cut,
		"a letter is not cut in two: %zu", got[3].v.v.n);
	q.cell_max = size;
	CHECK(!conn_rows(f.conn, &q, take_first, got, &e), "%s", e.message);
	CHECK(got[3].v.v.n == size && !got[3].is_cut, "just as long");
	fixture_close(&f);
}

/* What a text of each kind of system can be. */
static bool holds_nul(void)
{
	return !fixture_is_postgres() && !fixture_is_odbc() &&
	       !fixture_is_csv();
}

static bool holds_any_bytes(void)
{
	return !strcmp(fixture_database(), "sqlite") || fixture_is_csv() ||
	       fixture_is_program() || fixture_is_redis() || fixture_is_ldap();
}

static void bytes_that_are_no_text(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell cells[4] = { cell_int(f.a, 1) };
	struct row_query q = query("text", &cells[3], 1);
	struct err e = { 0 };
	int rc;

	cells[3] = cell_text((str){ "a\0b", 3 });
	rc = insert_one(&f, cells, &e);
	if (holds_nul())
		IS(keys_of(&f, &q), "1");
	else
		CHECK(rc == -1 && e.code == ERR_INVALID, "code %d",
			(int)e.code);
	cells[0] = cell_int(f.a, 2);
	cells[3] = cell_text(STR("a\xff"));
	rc = insert_one(&f, cells, &e);
	if (!holds_any_bytes()) {
		CHECK(rc == -1 && e.code == ERR_INVALID, "code %d",
			(int)e.code);
		IS(keys_of(&f, &q), ""); /* and no refusal */
	} else {
		IS(keys_of(&f, &q), "2");
	}
	fixture_close(&f);
}

static int look_fails(struct fixture *f, const char *table, const char *column,
	const char *where, struct err *e)
{
	str columns[] = { STR("order"), str_of(column) };
	struct cell v[] = { cell_text(str_of(where)) };
	struct row_query q = { .table = str_of(table),
		.columns = columns,
		.columns_n = 2,
		.where = str_of(where),
		.values = v,
		.values_n = 1 };
	struct keys k = { .a = f->a };
	int rc = conn_rows(f->conn, &q, take_key, &k, e);

	CHECK(k.n == 0, "%s.%s: %zu rows", table, column, k.n);
	return rc;
}

/* A wrong map is never "nobody found". */
static void what_is_missing(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct err e = { 0 };

	SELECT("1", "a@x.example", NULL, "nix");
	CHECK(look_fails(&f, "persons", "text", "text", &e) == -1, "a table");
	CHECK(e.code == ERR_INVALID, "code %d", (int)e.code);
	CHECK(strstr(e.message, "system \"crm\": table \"persons\""), "%s",
		e.message);
	CHECK(look_fails(&f, "select", "nix", "text", &e) == -1, "a column");
	CHECK(e.code == ERR_INVALID, "code %d", (int)e.code);
	CHECK(look_fails(&f, "select", "text", "nix", &e) == -1,
		"a column that is asked for: it must not be taken for a text");
	CHECK(e.code == ERR_INVALID, "code %d", (int)e.code);
	CHECK(!look_fails(&f, "select", "text", "text", &e),
		"and it can be asked again: %s", e.message);
	fixture_close(&f);
}

static int open_at(struct fixture *f, const char *url, struct err *e)
{
	struct conn_options o = { .timeout_ms = 2000, .url = url };
	struct conn *c;

	return conn_open(f->a, &f->map, f->system, &o, &c, e);
}

static void server_out_of_reach(
	struct fixture *f, const char *nobody, const char *no_url)
{
	struct err e = { 0 };

	CHECK(open_at(f, nobody, &e) == -1, "nobody there");
	CHECK(e.code == ERR_UNAVAILABLE, "code %d", (int)e.code);
	CHECK(!strstr(e.message, "geheim") && !strstr(e.detail, "geheim"),
		"it tells the secret");
	CHECK(open_at(f, no_url, &e) == -1, "no URL");
	CHECK(e.code == ERR_INVALID, "code %d", (int)e.code);
	CHECK(!strstr(e.message, "geheim") && !strstr(e.detail, "geheim"),
		"it tells the secret");
}

static void file_out_of_reach(struct fixture *f)
{
	struct err e = { 0 };
	const char *path = fixture_file(f->a);
	int fd;

	CHECK(open_at(f, fixture_address(f->a, "/nonexistent/x.db"), &e) == -1,
		"no file");
	CHECK(e.code == ERR_UNAVAILABLE, "code %d", (int)e.code);
	if (is_engine("sqlite")) /* a driver does not say it */
		CHECK(strstr(e.message, "/nonexistent/x.db") && *e.hint,
			"which file, and what to do: %s (%s)", e.message,
			e.hint);
	unlink(path);
	CHECK(open_at(f, fixture_address(f->a, path), &e) == -1 &&
			!file_exists(path),
		"a missing file must not be made");
	CHECK(e.code == ERR_UNAVAILABLE, "code %d", (int)e.code);
	if (fixture_is_files())
		return;
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	CHECK(fd >= 0 && !write_all(fd,
				 "this is a letter, not a database\n"
				 "this is a letter, not a database\n"
				 "this is a letter, not a database\n"
				 "this is a letter, not a database\n",
				 132),
		"no file");
	close(fd);
	CHECK(open_at(f, fixture_address(f->a, path), &e) == -1,
		"not a database");
	CHECK(e.code == (fixture_is_program() ? ERR_INVALID : ERR_CORRUPT),
		"code %d", (int)e.code);
}

static void service_out_of_reach(struct fixture *f)
{
	struct err e = { 0 };
	const char *nobody = recipe_write(f, "http://127.0.0.1:1", "x");

	CHECK(open_at(f, nobody, &e) == -1, "nobody there");
	CHECK(e.code == ERR_UNAVAILABLE, "code %d: %s", (int)e.code, e.message);
	setenv("TOYON_SECRET_TEST_HTTP", "geheimnis", 1);
	CHECK(open_at(f, f->url, &e) == -1, "with a wrong secret");
	CHECK(e.code == ERR_DENIED, "code %d: %s", (int)e.code, e.message);
	CHECK(!strstr(e.message, "geheim") && !strstr(e.detail, "geheim"),
		"it tells the secret");
	unsetenv("TOYON_SECRET_TEST_HTTP");
	CHECK(open_at(f, f->url, &e) == -1, "without a secret");
	CHECK(e.code == ERR_INVALID, "code %d: %s", (int)e.code, e.message);
}

static void systems_out_of_reach(void)
{
	struct fixture f = fixture_open(yaml, ddl);

	if (is_engine("odbc-postgres"))
		server_out_of_reach(&f,
			"Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=1;"
			"Uid=u;Pwd=geheim;Database=x",
			"u:geheim@127.0.0.1");
	else if (fixture_is_postgres())
		server_out_of_reach(&f, "postgresql://127.0.0.1:1/x",
			"postgresql://u:geheim@[x");
	else if (fixture_is_mariadb())
		server_out_of_reach(&f, "mysql://u:geheim@127.0.0.1:1/x",
			"mysql://u:geheim@[x");
	else if (fixture_is_s3())
		server_out_of_reach(&f, "s3://u:geheim@127.0.0.1:1/x?tls=no",
			"s3://u:geheim@[x");
	else if (fixture_is_ldap())
		server_out_of_reach(&f, "ldap://cn=u:geheim@127.0.0.1:1",
			"ldap://u:geheim@[x");
	else if (fixture_is_http())
		service_out_of_reach(&f);
	else if (fixture_is_redis())
		server_out_of_reach(&f, "redis://u:geheim@127.0.0.1:1",
			"redis://u:geheim@[x");
	else
		file_out_of_reach(&f);
	fixture_close(&f);
}

static void erasing(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell orders[] = { cell_int(f.a, 1), cell_int(f.a, 2),
		cell_int(f.a, 99) };
	struct cell ks[] = { cell_text(STR("k'1")), cell_text(STR("none")) };
	struct erase_step steps[] = { step_of(&f, 1, ks, 2),
		step_of(&f, 0, orders, 3) };
	int64_t erased[2] = { 0 };
	struct err e = { 0 };
	struct row_query q = query("order", NULL, 0);

	SELECT("1", "a@x.example", NULL, NULL, "2", NULL, NULL, NULL, "3", NULL,
		NULL, NULL);
	AB("k'1", NULL, "1", "k2", NULL, "3");
	q.is_all = true;
	CHECK(!conn_erase(f.conn, steps, 2, erased, &e), "%s", e.message);
	CHECK(erased[0] == 1 && erased[1] == 2, "%d, %d", (int)erased[0],
		(int)erased[1]);
	IS(keys_of(&f, &q), "3");
	CHECK(!conn_erase(f.conn, steps, 2, erased, &e), "%s", e.message);
	CHECK(erased[0] == 0 && erased[1] == 0, "nothing twice");
	fixture_close(&f);
}

static void unlinking(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1) };
	struct cell ks[] = { cell_text(STR("k1")), cell_text(STR("k2")) };
	const struct map_table *ab = &f.system->tables[1];
	struct erase_step steps[] = { step_of(&f, 1, ks, 2),
		step_of(&f, 0, one, 1) };
	int64_t erased[2] = { 0 };
	struct err e = { 0 };
	struct dump d;

	steps[0].unlink = &ab->columns[ab->links[0].column];
	steps[0].targets = one;
	steps[0].targets_n = 1;
	SELECT("1", NULL, NULL, NULL, "2", NULL, NULL, NULL);
	AB("k1", "m", "1", "k2", "m", "2");
	CHECK(!conn_erase(f.conn, steps, 2, erased, &e), "%s", e.message);
	d = fixture_dump(&f, f.conn);
	CHECK(d.n == 3, "%zu rows", d.n);
	CHECK(str_find(d.rows[0], STR("\0372 m\0372 k1\0370 ")) > 0,
		"k1 points nowhere: %.*s", STR_ARG(d.rows[0]));
	CHECK(str_find(d.rows[1], STR("\0372 m\0372 k2\0371 2")) > 0,
		"k2 points where it did: %.*s", STR_ARG(d.rows[1]));
	fixture_close(&f);
}

/* The whole table, cells with bars between and null as "-". */
static int take_cells(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct keys *k = ctx;
	str out = { 0 };

	(void)e;
	must(k->n < COUNTOF(k->at));
	for (size_t i = 0; i < n; i++)
		out = arena_fmt(k->a, "%.*s%s%.*s", STR_ARG(out), i ? "|" : "",
			STR_ARG(cells[i].type == CELL_NULL ? STR("-")
							   : cells[i].v.v));
	k->at[k->n++] = out;
	return 0;
}

static str content_of(struct fixture *f)
{
	struct keys k = { .a = f->a };
	struct row_query q = query("order", NULL, 0);
	struct err e = { 0 };

	q.is_all = true;
	if (conn_rows(f->conn, &q, take_cells, &k, &e) < 0)
		return arena_fmt(f->a, "%s: %s", err_name(e.code), e.message);
	qsort(k.at, k.n, sizeof *k.at, dump_order);
	return arena_join(f->a, k.at, k.n, STR("; "));
}

/*
 * Corrected, masked, emptied: the row stays with other values, those of other
 * rows as they were; a value is never part of a statement or of a line.
 */
static void setting(void)
{
	static const char odd[] = "it's \"3\", 5\\; \xc3\xa9";
	struct fixture f = fixture_open(yaml, ddl);
	struct cell keys[] = { cell_int(f.a, 1), cell_int(f.a, 3),
		cell_int(f.a, 9) };
	const struct map_table *t = &f.system->tables[0];
	const struct step_set set[] = {
		{ &t->columns[map_column_index(t, STR("text"))],
			cell_text(STR(odd)), FORM_LOOK },
		{ &t->columns[map_column_index(t, STR("phone"))],
			{ .type = CELL_NULL }, FORM_LOOK },
	};
	struct erase_step steps[] = { step_of(&f, 0, keys, 3),
		step_of(&f, 0, keys, 1) };
	int64_t n[2] = { 0 };
	struct err e = { 0 };

	steps[0].set = set;
	steps[0].set_n = 2;
	SELECT("1", "a@x.example", "9165550142", "old", "2", "b@x.example",
		"9165550143", "old", "3", "c@x.example", "9165550144", "old");
	CHECK(!conn_erase(f.conn, steps, 1, n, &e), "%s", e.message);
	CHECK(n[0] == 2, "%d rows", (int)n[0]);
	IS(content_of(&f), "1|a@x.example|-|it's \"3\", 5\\; \xc3\xa9; "
			   "2|b@x.example|9165550143|old; "
			   "3|c@x.example|-|it's \"3\", 5\\; \xc3\xa9");
	/* Run again after an interruption, it says the same. */
	CHECK(!conn_erase(f.conn, steps, 1, n, &e), "%s", e.message);
	CHECK(n[0] == 2, "%d rows", (int)n[0]);
	/* Set, then deleted, in one call. */
	CHECK(!conn_erase(f.conn, steps, 2, n, &e), "%s", e.message);
	CHECK(n[1] == 1, "%d rows", (int)n[1]);
	IS(content_of(&f), "2|b@x.example|9165550143|old; "
			   "3|c@x.example|-|it's \"3\", 5\\; \xc3\xa9");
	fixture_close(&f);
}

/* A number goes into a column of numbers, and a text that is none does not. */
static void setting_numbers(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell key = cell_text(STR("k1"));
	const struct map_table *ab = &f.system->tables[1];
	struct step_set set = { &ab->columns[ab->links[0].column],
		cell_text(STR("2")), FORM_LOOK };
	struct erase_step step = step_of(&f, 1, &key, 1);
	struct row_query q = query("group", NULL, 0);
	struct cell two = cell_int(f.a, 2);
	struct err e = { 0 };
	int64_t n = 0;

	q.table = STR("a \"b");
	q.columns = ab_columns;
	q.columns_n = COUNTOF(ab_columns);
	q.values = &two;
	q.values_n = 1;
	step.set = &set;
	step.set_n = 1;
	SELECT("1", NULL, NULL, NULL, "2", NULL, NULL, NULL);
	AB("k1", NULL, "1", "k2", NULL, "1");
	CHECK(!conn_erase(f.conn, &step, 1, &n, &e), "%s", e.message);
	IS(keys_of(&f, &q), "k1");
	set.value = cell_text(STR("three"));
	if (fixture_is_postgres() || fixture_is_mariadb()) {
		CHECK(conn_erase(f.conn, &step, 1, &n, &e) == -1, "no number");
		CHECK(e.code == ERR_INVALID, "code %d: %s", (int)e.code,
			e.message);
		CHECK(!strstr(e.message, "three"), "%s", e.message);
		IS(keys_of(&f, &q), "k1");
	}
	fixture_close(&f);
}

/* A step that fails takes those before it back. */
static void all_or_nothing(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell orders[] = { cell_int(f.a, 2), cell_int(f.a, 1) };
	struct erase_step steps[] = { step_of(&f, 0, orders, 1),
		step_of(&f, 0, orders + 1, 1) };
	int64_t erased[2] = { 0 };
	struct err e = { 0 };
	struct row_query q = query("order", NULL, 0);
	static const char *const twice[] = { "7", NULL, NULL, NULL, "7", NULL,
		NULL, NULL };
	struct insert_table t = { STR("select"), select_columns, 4 };
	struct fixture_rows rows = { twice, 4, 2, 0, { { 0 } } };
	int64_t added;

	/* Files have no such rules; damaged_in_the_middle() is theirs.  Redis
	 * has none either, and t_redis.  The calls of an API are no
	 * transaction. */
	if (fixture_is_mute() || fixture_is_http()) {
		fixture_close(&f);
		return;
	}
	SELECT("1", "secret@x.example", NULL, NULL, "2", NULL, NULL, NULL);
	AB("k1", NULL, "1");
	q.is_all = true;
	CHECK(conn_erase(f.conn, steps, 2, erased, &e) == -1,
		"a row refers to it");
	CHECK(e.code == ERR_CONFLICT, "code %d: %s", (int)e.code, e.message);
	CHECK(strstr(e.message, "refers to one of these"), "%s", e.message);
	IS(keys_of(&f, &q), "1,2");
	CHECK(conn_insert(f.conn, &t, 1, fixture_next, &rows, &added, &e) == -1,
		"the same key twice");
	CHECK(e.code == ERR_CONFLICT, "code %d: %s", (int)e.code, e.message);
	IS(keys_of(&f, &q), "1,2");
	fixture_close(&f);
}

static void read_only(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1) };
	struct erase_step step = step_of(&f, 0, one, 1);
	struct conn *reader = fixture_connect(&f, CONN_READ, 0);
	struct row_query q = query("order", NULL, 0);
	int64_t erased;
	struct err e = { 0 };

	q.is_all = true;
	SELECT("1", NULL, NULL, NULL);
	CHECK(conn_erase(reader, &step, 1, &erased, &e) == -1, "it deletes");
	CHECK(e.code == ERR_DENIED, "code %d: %s", (int)e.code, e.message);
	IS(keys_of(&f, &q), "1");
	fixture_close(&f);
}

/* Rows that refer to row 1; after the last, another connection tries. */
struct holder {
	struct conn *other;
	struct erase_step step;
	struct cell cells[3];
	struct arena *a;
	int n;
	int rc;
	int64_t took_ms;
	struct err e;
};

static int next_held(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct holder *h = ctx;
	int64_t erased, start_ms;

	(void)e;
	*table = 0;
	*cells = h->cells;
	h->cells[0] = cell_text(arena_fmt(h->a, "k%d", h->n));
	/* PostgreSQL's rows go out by the thousands. */
	if (h->n++ < 8000)
		return 1;
	start_ms = clock_mono_ms();
	h->rc = conn_erase(h->other, &h->step, 1, &erased, &h->e);
	h->took_ms = clock_mono_ms() - start_ms;
	return 0;
}

static void locked_out(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1) };
	struct holder h = { .step = step_of(&f, 0, one, 1), .a = f.a };
	struct insert_table t = { STR("a \"b"), ab_columns, 3 };
	int64_t added;
	struct err e = { 0 };

	SELECT("1", NULL, NULL, NULL);
	h.other = fixture_connect(&f, CONN_WRITE, 300);
	h.cells[2] = one[0];
	CHECK(!conn_insert(f.conn, &t, 1, next_held, &h, &added, &e), "%s",
		e.message);
	CHECK(added == 8000, "%d added", (int)added);
	CHECK(h.rc == -1 && h.e.code == ERR_UNAVAILABLE, "code %d: %s",
		(int)h.e.code, h.e.message);
	CHECK(h.took_ms >= 200 && h.took_ms < 5000, "it took %d ms",
		(int)h.took_ms);
	fixture_close(&f);
}

static const char die_postgres[] =
	"create function die() returns trigger language plpgsql as 'begin "
	"perform pg_terminate_backend(pg_backend_pid()); return old; end';\n"
	"create trigger die before delete on \"select\" for each row execute "
	"function die();\n";
static const char die_sqlite[] =
	"create trigger die before delete on \"select\" begin select "
	"raise(rollback, 'secret'); end;\n";
static const char die_mariadb[] =
	"create trigger die before delete on \"select\" for each row signal "
	"sqlstate '45000' set message_text = 'secret';\n";
static const char live_postgres[] = "drop trigger die on \"select\"";
static const char live_sqlite[] = "drop trigger die";

/* The second file of two can't be read: the first is not touched. */
static void damaged_in_the_middle(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1) };
	struct cell k1[] = { cell_text(STR("k1")) };
	struct erase_step steps[] = { step_of(&f, 1, k1, 1),
		step_of(&f, 0, one, 1) };
	const char *path = path_join(f.a, f.url, "select");
	int fd;
	struct row_query q = { .table = STR("a \"b"),
		.columns = ab_columns,
		.columns_n = 3,
		.is_all = true };
	int64_t erased[2];
	struct err e = { 0 };

	SELECT("1", "secret@x.example", NULL, NULL, "2", NULL, NULL, NULL);
	AB("k1", NULL, "1");
	fd = open(path, O_WRONLY | O_APPEND);
	CHECK(fd >= 0 && !write_all(fd, "secret\n", 7), "no file");
	close(fd);
	CHECK(conn_erase(f.conn, steps, 2, erased, &e) == -1, "it went on");
	CHECK(e.code == ERR_CORRUPT, "code %d: %s", (int)e.code, e.message);
	CHECK(strstr(e.message, fixture_is_csv() ? "line 4" : "line 3"), "%s",
		e.message);
	CHECK(!strstr(e.message, "secret") && !strstr(e.detail, "secret"),
		"a value in \"%s\", \"%s\"", e.message, e.detail);
	IS(keys_of(&f, &q), "k1");
	fixture_close(&f);
}

/* A call that fails ends the erasure; what was done is done, and the next run
 * does the rest. */
static void refused_in_the_middle(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1) };
	struct cell k1[] = { cell_text(STR("k1")) };
	struct erase_step steps[] = { step_of(&f, 1, k1, 1),
		step_of(&f, 0, one, 1) };
	struct row_query q = query("order", NULL, 0);
	int64_t erased[2];
	struct err e = { 0 };

	q.is_all = true;
	SELECT("1", "secret@x.example", NULL, NULL, "2", NULL, NULL, NULL);
	AB("k1", NULL, "1", "k2", NULL, "1");
	CHECK(conn_erase(f.conn, steps, 2, erased, &e) == -1, "it went on");
	CHECK(e.code == ERR_CONFLICT && strstr(e.message, "(409)"),
		"code %d: %s", (int)e.code, e.message);
	CHECK(!strstr(e.message, "secret") && !strstr(e.detail, "secret"),
		"a value in \"%s\", \"%s\"", e.message, e.detail);
	IS(keys_of(&f, &q), "1,2");
	k1[0] = cell_text(STR("k2"));
	CHECK(!conn_erase(f.conn, steps, 2, erased, &e), "%s", e.message);
	CHECK(erased[0] == 1 && erased[1] == 1, "once it works it works");
	IS(keys_of(&f, &q), "2");
	fixture_close(&f);
}

/* The connection ends between the first step and the second. */
static void cut_off_in_the_middle(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct cell one[] = { cell_int(f.a, 1) };
	struct cell k1[] = { cell_text(STR("k1")) };
	struct erase_step steps[] = { step_of(&f, 1, k1, 1),
		step_of(&f, 0, one, 1) };
	struct conn *c = fixture_connect(&f, CONN_WRITE, 0);
	int64_t erased[2];
	struct dump before, after;
	struct err e = { 0 };

	SELECT("1", "secret@x.example", NULL, NULL, "2", NULL, NULL, NULL);
	AB("k1", NULL, "1");
	fixture_script(&f, fixture_is_postgres()  ? die_postgres
			   : fixture_is_mariadb() ? die_mariadb
						  : die_sqlite);
	before = fixture_dump(&f, f.conn);
	CHECK(conn_erase(c, steps, 2, erased, &e) == -1, "it went on");
	CHECK(e.code == (fixture_is_postgres() ? ERR_UNAVAILABLE
					       : ERR_CONFLICT),
		"code %d: %s", (int)e.code, e.message);
	CHECK(!strstr(e.message, "secret") && !strstr(e.detail, "secret"),
		"a value in \"%s\", \"%s\"", e.message, e.detail);
	after = fixture_dump(&f, f.conn);
	CHECK(dump_eq(&before, &after), "%zu rows, not %zu", after.n, before.n);
	/* SQLite has rolled back itself, and its driver takes that for lost. */
	if (fixture_is_postgres() || is_engine("odbc-sqlite")) {
		CHECK(conn_erase(c, steps, 2, erased, &e) == -1 &&
				e.code == ERR_UNAVAILABLE,
			"a dropped connection stays dropped");
		c = fixture_connect(&f, CONN_WRITE, 0);
	}
	fixture_script(&f, fixture_is_postgres() ? live_postgres : live_sqlite);
	CHECK(!conn_erase(c, steps, 2, erased, &e), "%s", e.message);
	CHECK(erased[0] == 1 && erased[1] == 1, "once it works it works");
	fixture_close(&f);
}

/* --- SQLite: whoever wrote was killed --- */

struct dying {
	struct cell cells[4];
	int n;
};

/* So much that some of it stands in the file already. */
static int next_and_die(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	enum { ROWS = 200 };
	struct dying *d = ctx;
	static char number[20];

	(void)e;
	if (d->n++ == ROWS)
		raise(SIGKILL);
	snprintf(number, sizeof number, "%d", 100 + d->n);
	d->cells[0].v.v = str_of(number);
	*table = 0;
	*cells = d->cells;
	return 1;
}

static void write_and_die(struct fixture *f)
{
	char *text = arena_alloc(f->a, 100000);
	const struct insert_table t = { STR("select"), select_columns, 4 };
	struct dying d = { .cells = { { .type = CELL_INT } } };
	struct conn *c = fixture_connect(f, CONN_WRITE, 0);
	int64_t added = 0;
	struct err e = { 0 };

	memset(text, 'x', 100000);
	d.cells[3] = cell_text((str){ text, 100000 });
	conn_insert(c, &t, 1, next_and_die, &d, &added, &e);
	_exit(0);
}

/* Who may only read has to wait for nobody who may write: what was half written is taken
 * back, and what was there before is read. */
static void left_half_written(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct row_query q = { .table = STR("select"),
		.columns = select_columns,
		.columns_n = 1,
		.is_all = true };
	struct fixture reading = f;
	pid_t child;
	int status;

	SELECT("1", "ann@x.example", NULL, NULL, "2", NULL, NULL, NULL);
	fflush(NULL);
	child = fork();
	must(child >= 0);
	if (!child)
		write_and_die(&f);
	must(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status), "it was killed on the way");
	reading.conn = fixture_connect(&f, CONN_READ, 0);
	IS(keys_of(&reading, &q), "1,2");
	fixture_close(&f);
}

struct killer {
	struct fixture *f;
	int rows;
};

static const char fill_postgres[] =
	"insert into \"select\" select i, null, null, repeat('x', 100000) "
	"from generate_series(1, 500) i";
static const char fill_mariadb[] =
	"insert into \"select\" select seq, null, null, repeat('x', 100000) "
	"from seq_1_to_500";
static const char kill_postgres[] =
	"select pg_terminate_backend(pid) from pg_stat_activity where "
	"datname = current_database() and pid <> pg_backend_pid()";
static const char kill_mariadb[] =
	"set @other = (select max(id) from information_schema.processlist "
	"where db = database() and id <> connection_id());\n"
	"execute immediate concat('kill ', @other);\n";

static int kill_others(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct killer *k = ctx;

	(void)cells;
	(void)n;
	(void)e;
	if (k->rows++)
		return 0;
	fixture_script(
		k->f, fixture_is_mariadb() ? kill_mariadb : kill_postgres);
	return 0;
}

/* Half an answer is no answer. */
static void cut_off_while_reading(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct conn *c = fixture_connect(&f, CONN_READ, 0);
	struct row_query q = query("order", NULL, 0);
	struct killer k = { &f, 0 };
	struct err e = { 0 };

	q.is_all = true;
	if (fixture_is_postgres() || fixture_is_mariadb()) {
		fixture_script(&f,
			fixture_is_mariadb() ? fill_mariadb : fill_postgres);
		CHECK(conn_rows(c, &q, kill_others, &k, &e) == -1,
			"taken for the whole: %d rows", k.rows);
		CHECK(e.code == ERR_UNAVAILABLE, "code %d: %s", (int)e.code,
			e.message);
		CHECK(k.rows < 500, "all rows came");
	}
	fixture_close(&f);
}

static int refuse_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)ctx;
	(void)cells;
	(void)n;
	return err_set(e, ERR_LIMIT, "enough");
}

static void the_caller_may_stop(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct row_query q = query("order", NULL, 0);
	struct err e = { 0 };

	SELECT("1", NULL, NULL, NULL, "2", NULL, NULL, NULL);
	q.is_all = true;
	CHECK(conn_rows(f.conn, &q, refuse_row, NULL, &e) == -1, "went on");
	CHECK(e.code == ERR_LIMIT && strstr(e.message, "enough"), "%s",
		e.message);
	fixture_close(&f);
}

struct screening {
	struct arena *a;
	str at[20];
	size_t n;
};

static int take_screened(void *ctx, const struct screened *s, struct err *e)
{
	struct screening *sc = ctx;

	(void)e;
	must(sc->n < COUNTOF(sc->at));
	sc->at[sc->n++] =
		arena_fmt(sc->a, "%s %.*s %.*s", ident_kind_name(s->id->kind),
			(int)s->id->n, s->id->text, STR_ARG(s->key->v.v));
	return 0;
}

static void screening_everyone(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct screening sc = { .a = f.a };
	struct screen_way way = { .fn = take_screened, .ctx = &sc };
	struct screen_counts n;
	struct err e = { 0 };

	SELECT("1", " A@X.example", "(916) 555-0142", NULL, "2", "nobody", "",
		NULL, "3", NULL, NULL, NULL);
	AB("k1", "b@x.example", NULL);
	CHECK(!screen_system(f.conn, &way, &n, &e), "%s", e.message);
	CHECK(n.rows == 4 && n.idents == 3 && n.unreadable == 1,
		"%d rows, %d identifiers, %d unreadable", (int)n.rows,
		(int)n.idents, (int)n.unreadable);
	qsort(sc.at, sc.n, sizeof *sc.at, dump_order);
	IS(arena_join(f.a, sc.at, sc.n, STR(",")),
		"email a@x.example 1,email b@x.example k1,phone 9165550142 1");
	fixture_close(&f);
}

/* --- types of PostgreSQL --- */

static const struct typed_case {
	const char *type;
	const char *stored;
	const char *told;     /* as it is handed over */
	const char *asked[4]; /* each finds it */
	const char *among;    /* what it is compared with: its own type */
} typed_cases[] = {
	{ "integer", "77", "77", { "077", "77.0", "77.00", "7.7e1" },
		"bigint[]" },
	{ "numeric(10)", "77", "77", { "077", "77.0", " 77", "77" },
		"numeric[]" },
	{ "numeric(10,2)", "7", "7.00", { "7", "7.00", "07", "7.0" },
		"numeric[]" },
	{ "double precision", "77", "77", { "77.0", "077", "7.7e1", "77" },
		"double precision[]" },
	{ "real", "0.1", "0.1", { "0.1", "0.10", ".1", "1e-1" }, "real[]" },
	{ "char(8)", "a", "a", { "a", "a       ", "a ", "a  " }, "bpchar[]" },
	{ "citext", "AbC", "AbC", { "abc", "ABC", "AbC", "aBc" }, "citext[]" },
	{ "whole", "77", "77", { "77", "077", "77.0", "77.00" }, "bigint[]" },
	{ "date", "2026-01-31", "2026-01-31",
		{ "2026-01-31", "2026-01-31 00:00:00", "2026-01-31",
			"2026-01-31" },
		"text[]" },
	{ "timestamp", "2026-01-31", "2026-01-31 00:00:00",
		{ "2026-01-31", "2026-01-31 00:00:00", "2026-01-31",
			"2026-01-31" },
		"text[]" },
};

/* Each is found by every spelling that the database takes for it, by the column's own type,
 * so that its index serves; and what no such column can hold is no error. */
static void typed(const struct typed_case *k)
{
	struct fixture f = fixture_open(yaml, ddl);
	str column = STR("v"), plan;
	struct cell values[] = { { .type = CELL_TEXT },
		cell_text(STR("no such thing")), cell_text(STR("1e999")),
		cell_text(STR("99999999999999999999")),
		cell_text(STR("2026-02-31")) };
	struct row_query q = { .table = STR("typed"),
		.columns = &column,
		.columns_n = 1,
		.where = column,
		.values = values,
		.values_n = COUNTOF(values) };
	struct err e = { 0 };

	fixture_script(&f, arena_fmt(f.a,
				   "create extension if not exists citext;\n"
				   "create domain whole as integer;\n"
				   "create table typed (v %s primary key);\n"
				   "insert into typed values ('%s');\n%c",
				   k->type, k->stored, '\0')
				   .p);
	for (size_t i = 0; i < COUNTOF(k->asked); i++) {
		values[0] = cell_text(str_of(k->asked[i]));
		IS(keys_of(&f, &q), k->told);
	}
	CHECK(!conn_plan(f.conn, f.a, &q, &plan, &e) &&
			str_ends(plan, arena_fmt(f.a, "any($1::%s)", k->among)),
		"%s: %.*s", k->type, STR_ARG(plan));
	fixture_close(&f);
}

static void typed_lookups(void)
{
	for (size_t i = 0; i < COUNTOF(typed_cases); i++)
		typed(&typed_cases[i]);
}

/* Rows that are added to char(n) are whole. */
static void typed_rows(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	static const str columns[] = { STR_INIT("v") };
	static const char *const rows[] = { "abc" };
	struct row_query q = { .table = STR("typed"),
		.columns = columns,
		.columns_n = 1,
		.is_all = true };

	fixture_script(&f, "create table typed (v char(8) primary key);\n");
	fixture_insert(&f, "typed", columns, 1, rows, 1);
	IS(keys_of(&f, &q), "abc");
	fixture_close(&f);
}

static int count_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)cells;
	(void)n;
	(void)e;
	++*(int *)ctx;
	return 0;
}

static void say_beside(const char *url, const char *sql)
{
	PGconn *pg = PQconnectdb(url);

	PQclear(PQexec(pg, sql));
	PQfinish(pg);
}

/* A database without an encoding holds any bytes, and gives none that are no UTF-8: it
 * says so, and what to do, instead of that our values are wrong. */
static void no_encoding(void)
{
	static const char ascii_yaml[] =
		"version: 1\nsystems:\n  - name: crm\n"
		"    connector: ENGINE\n    database: crm\n    tables:\n"
		"      - name: person\n        key: id\n"
		"        columns: [ { name: email, identifies: email }, "
		"{ name: note } ]\n"
		"        erase: delete\n";
	struct fixture f = fixture_open(ascii_yaml, "");
	str base = str_of(getenv("TOYON_TEST_PG"));
	const char *name = arena_fmt(f.a, "ascii%d%c", (int)getpid(), '\0').p;
	struct cell one = cell_text(STR("1"));
	struct cell at = cell_text(STR("a@x.example"));
	str column = STR("note");
	struct row_query q = { .table = STR("person"),
		.columns = &column,
		.columns_n = 1,
		.where = STR("email"),
		.match = MATCH_IDENT,
		.kind = IDENT_EMAIL,
		.values = &at,
		.values_n = 1 };
	struct err e = { 0 };
	int rows = 0;

	while (base.n && base.p[base.n - 1] != '/')
		base.n--;
	say_beside(getenv("TOYON_TEST_PG"),
		arena_fmt(f.a,
			"create database %s encoding 'SQL_ASCII' lc_collate "
			"'C' lc_ctype 'C' template template0%c",
			name, '\0')
			.p);
	f.url = arena_fmt(f.a, "%.*s%s%c", STR_ARG(base), name, '\0').p;
	say_beside(f.url,
		"set client_encoding = 'SQL_ASCII';"
		"create table person (id integer primary key, email text, "
		"note text);"
		"insert into person values (1, 'a@x.example', 'jos\xe9'), "
		"(2, 'b@x.example', 'jose')");
	f.conn = fixture_connect(&f, CONN_READ, 0);
	CHECK(conn_rows(f.conn, &q, count_row, &rows, &e) == -1 &&
			e.code == ERR_INVALID &&
			strstr(e.message, "no encoding (SQL_ASCII), and holds "
					  "bytes that are not UTF-8") &&
			strstr(e.hint, "pg_dump"),
		"%d rows, code %d: %s", rows, (int)e.code, e.message);
	/* What has none of them is found all the same. */
	f.conn = fixture_connect(&f, CONN_READ, 0);
	q.where = STR("id");
	q.match = MATCH_EXACT;
	q.values = &one;
	one = cell_text(STR("2"));
	CHECK(!conn_rows(f.conn, &q, count_row, &rows, &e) && rows == 1,
		"%d rows: %s", rows, e.message);
	conn_close(f.conn);
	say_beside(getenv("TOYON_TEST_PG"),
		arena_fmt(f.a, "drop database %s with (force)%c", name, '\0')
			.p);
	arena_free(f.a);
}

/* What took as long as the map allows says so, and what to set: the system was
 * there all the while. */
static void cut_off_by_the_time(void)
{
	static const char slow_yaml[] =
		"version: 1\nsystems:\n  - name: crm\n"
		"    connector: ENGINE\n    database: crm\n    timeout: 1\n"
		"    tables:\n      - name: slow\n        key: id\n"
		"        columns: [ { name: email, identifies: email } ]\n"
		"        erase: delete\n";
	static const char sqlite[] =
		"create view slow as with recursive c(id) as (select 1 union "
		"all select id + 1 from c) select id, 'x' || id as email from c;\n";
	static const char postgres[] =
		"create view slow as select 1 as id, 'x' || pg_sleep(9) as "
		"email;\n";
	static const char mariadb[] =
		"create view slow as select 1 as id, concat('x', sleep(9)) as "
		"email;\n";
	struct fixture f =
		fixture_open(slow_yaml, fixture_is_postgres()  ? postgres
					: fixture_is_mariadb() ? mariadb
							       : sqlite);
	struct cell value = cell_text(STR("a@x.example"));
	str id = STR("id");
	struct row_query q = { .table = STR("slow"),
		.columns = &id,
		.columns_n = 1,
		.where = STR("email"),
		.match = MATCH_IDENT,
		.kind = IDENT_EMAIL,
		.values = &value,
		.values_n = 1 };
	struct conn *c = fixture_connect(&f, CONN_READ, 0);
	struct err e = { 0 };
	int rows = 0;

	CHECK(c->timeout_ms == 1000, "%d ms", c->timeout_ms);
	CHECK(conn_rows(c, &q, count_row, &rows, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"code %d: %s", (int)e.code, e.message);
	CHECK(strstr(e.message, "system \"crm\": cut off after 1 s, the "
				"\"timeout\" of a call: "),
		"%s", e.message);
	CHECK(strstr(e.hint, "\"email\" is not marked as standardized, so all "
			     "of \"slow\" is read") &&
			strstr(e.hint, "longer \"timeout\""),
		"%s", e.hint);
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	if (fixture_is_ldap()) {
		email_column = "rowEmail";
		select_columns[1] = str_of(email_column);
	}
	exact_lookups();
	types_and_nulls();
	identifiers_in_any_spelling();
	nothing_but_the_same();
	many_values();
	describing();
	if (fixture_is_postgres())
		describing_schemas();
	if (is_engine("postgres")) {
		tables_of_other_schemas();
		no_encoding();
		typed_lookups();
		typed_rows();
	}
	pages();
	if (!strcmp(fixture_database(), "sqlite") || fixture_is_postgres() ||
		fixture_is_mariadb()) {
		pages_of_one_another();
		a_long_thread();
		a_ring();
		threads_always();
	}
	if (is_engine("odbc-postgres"))
		a_ring_of_iron();
	rates();
	rates_together();
	if (!strcmp(fixture_database(), "sqlite") || fixture_is_mariadb())
		bytes_as_keys();
	large_cells();
	if (!fixture_is_http()) /* JSON holds none */
		bytes_that_are_no_text();
	what_is_missing();
	systems_out_of_reach();
	erasing();
	unlinking();
	setting();
	setting_numbers();
	all_or_nothing();
	read_only();
	/* Nobody waits for a lock of Redis or a directory (t_redis and t_ldap have
	 * what there is instead), no API has one for us, and a store needs none
	 * (t_s3). */
	if (!fixture_is_redis() && !fixture_is_ldap() && !fixture_is_http() &&
		!fixture_is_s3())
		locked_out();
	if (fixture_is_s3())
		; /* t_s3 */
	else if (fixture_is_files())
		damaged_in_the_middle();
	else if (fixture_is_http())
		refused_in_the_middle();
	else if (!fixture_is_mute())
		cut_off_in_the_middle();
	if (is_engine("sqlite"))
		left_half_written();
	cut_off_while_reading();
	if (is_engine("sqlite") || is_engine("postgres") ||
		is_engine("mariadb"))
		cut_off_by_the_time();
	the_caller_may_stop();
	screening_everyone();
	return CHECK_DONE();
}
