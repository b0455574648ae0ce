/*
 * Columns that get other values, in the types that databases have: the column takes the
 * new value, it is proven by reading it again, and nothing of the old one is left.  The
 * first argument names the engine (t/connect/run).
 */
#include "connect/erase.h"
#include "connect/erase_ready.h"
#include "connect/erase_value.h"

#include "check.h"
#include "t/connect/fixture.h"

/* All but the first and the last are erased in that way. */
#define COLUMNS(way)                                                        \
	"          - { name: email, identifies: email, erase: \"null\" }\n" \
	"          - { name: c_name, erase: " way " }\n"                    \
	"          - { name: c_int, erase: " way " }\n"                     \
	"          - { name: c_dec, erase: " way " }\n"                     \
	"          - { name: c_part, erase: " way " }\n"                    \
	"          - { name: c_float, erase: " way " }\n"                   \
	"          - { name: c_real, erase: " way " }\n"                    \
	"          - { name: c_uuid, erase: " way " }\n"                    \
	"          - { name: c_bytes, erase: " way " }\n"                   \
	"          - { name: c_day, erase: " way " }\n"                     \
	"          - { name: c_time, erase: " way " }\n"                    \
	"          - { name: c_zoned, erase: " way " }\n"                   \
	"          - { name: c_clock, erase: " way " }\n"                   \
	"          - { name: c_span, erase: " way " }\n"                    \
	"          - { name: c_json, erase: " way " }\n"                    \
	"          - { name: c_inet, erase: " way " }\n"                    \
	"          - { name: page }\n"

#define TABLE(name, way)           \
	"      - name: " name "\n" \
	"        key: id\n"        \
	"        columns:\n" COLUMNS(way) "        erase: deidentify\n"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n" TABLE("hashed", "hash") TABLE("masked", "mask")
		TABLE("renewed", "renew");

enum { HASHED, MASKED, RENEWED, TABLES };

static const char *types(void)
{
	if (fixture_is_odbc() && fixture_is_postgres())
		return "c_name varchar(4), c_int smallint, c_dec numeric(6,2), "
		       "c_part numeric(2,2), c_float float8, c_real real, "
		       "c_uuid uuid, c_bytes bytea, c_day date, "
		       "c_time timestamp, c_zoned timestamptz, c_clock time, "
		       "c_span text, c_json text, c_inet text";
	if (fixture_is_postgres())
		return "c_name varchar(4), c_int smallint, c_dec numeric(6,2), "
		       "c_part numeric(2,2), c_float float8, c_real real, "
		       "c_uuid uuid, c_bytes bytea, c_day date, "
		       "c_time timestamp, c_zoned timestamptz, c_clock time, "
		       "c_span interval, c_json jsonb, c_inet inet";
	if (fixture_is_mariadb())
		return "c_name varchar(4), c_int tinyint unsigned, "
		       "c_dec decimal(6,2), c_part decimal(2,2), "
		       "c_float double, c_real float, c_uuid uuid, "
		       "c_bytes binary(4), c_day date, c_time datetime(6), "
		       "c_zoned timestamp null, c_clock time, c_span year, "
		       "c_json json, c_inet inet6";
	return "c_name text check (length(c_name) <= 4), c_int integer, "
	       "c_dec real, c_part real, c_float real, c_real real, "
	       "c_uuid text, c_bytes blob, c_day text, c_time text, "
	       "c_zoned text, c_clock text, c_span text, c_json text, "
	       "c_inet text";
}

static const char *values(void)
{
	if (fixture_is_postgres())
		return "'Åsaø', 4711, 1234.56, 0.57, 12.5, 1e-5, "
		       "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', "
		       "'\\xdeadbeef', '1980-02-29', '1980-02-29 10:11:12.5', "
		       "'1980-02-29 10:11:12+02', '10:11:12', "
		       "'3 days 04:05:06', '{\"a\": 1}', '203.0.113.7'";
	if (fixture_is_mariadb())
		return "'Åsaø', 211, 1234.56, 0.57, 12.5, 0.25, "
		       "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', "
		       "x'deadbeef', '1980-02-29', '1980-02-29 10:11:12.5', "
		       "'1980-02-29 10:11:12', '10:11:12', 1987, "
		       "'{\"a\": 1}', '2001:db8::7'";
	return "'Åsaø', 4711, 1234.56, 0.57, 12.5, 1e-5, "
	       "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', x'deadbeef', "
	       "'1980-02-29', '1980-02-29 10:11:12.5', "
	       "'1980-02-29 10:11:12+02', '10:11:12', '3 days', '{\"a\": 1}', "
	       "'203.0.113.7'";
}

/* Ann has two rows that are alike in each table, Bob has one like them. */
static void fill(struct fixture *f)
{
	for (size_t t = 0; t < TABLES; t++) {
		str name = f->system->tables[t].name;
		struct buf b = buf_in(f->a, 1 << 16);

		buf_fmt(&b,
			"create table %.*s (id integer primary key, "
			"email varchar(40), %s, page text);\n",
			STR_ARG(name), types());
		for (int i = 1; i <= 3; i++)
			buf_fmt(&b,
				"insert into %.*s values (%d, '%s@x.example', "
				"%s, '/a');\n",
				STR_ARG(name), i, i < 3 ? "ann" : "bob",
				values());
		buf_putc(&b, '\0');
		fixture_script(f, buf_str(&b).p);
	}
}

struct rows {
	struct arena *a;
	struct cell at[3][MAP_COLUMNS_MAX];
	size_t n;
};

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct rows *r = ctx;
	int64_t id;

	(void)e;
	must(str_int(cells[n - 1].v.v, &id) && id >= 1 && id <= 3);
	for (size_t i = 0; i < n; i++)
		r->at[id - 1][i] = cell_dup(r->a, &cells[i]);
	r->n++;
	return 0;
}

/* Each in the place of its id, which is the last column. */
static struct rows *rows_of(struct fixture *f, size_t table)
{
	const struct map_table *t = &f->system->tables[table];
	struct rows *r = arena_one(f->a, struct rows);
	str columns[MAP_COLUMNS_MAX];
	struct row_query q = {
		.table = t->name, .columns = columns, .is_all = true
	};
	struct err e = { 0 };

	r->a = f->a;
	for (; q.columns_n < t->columns_n; q.columns_n++)
		columns[q.columns_n] = t->columns[q.columns_n].name;
	columns[q.columns_n++] = t->columns[t->key].name;
	if (conn_rows(f->conn, &q, take_row, r, &e) || r->n != 3)
		fixture_die("rows", e.message);
	return r;
}

static struct finding find_ann(struct fixture *f)
{
	struct ident ann;
	struct find_options o = { 0 };
	struct finding got;
	struct err e = { 0 };

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	if (find_person(f->conn, f->a, &ann, 1, &o, &got, &e))
		fixture_die("find", e.message);
	return got;
}

static struct erase_result erase(struct fixture *f, struct finding *got)
{
	struct ident ann;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &ann, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r = { 0 };
	struct err e = { 0 };

	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	CHECK(!erase_ready(f->conn, f->a, got, &e), "%s", e.message);
	erase_plan_of(f->a, got, false, &plan);
	CHECK(!erase_run(f->conn, f->a, &q, &r, &e), "%s (%s)", e.message,
		e.detail);
	return r;
}

static bool same(const struct cell *a, const struct cell *b)
{
	return a->type == b->type && str_eq(a->v.v, b->v.v);
}

static void look_at(struct fixture *f, size_t table, const struct rows *was)
{
	const struct map_table *t = &f->system->tables[table];
	const struct rows *is = rows_of(f, table);

	for (size_t i = 0; i < t->columns_n; i++) {
		const struct map_column *c = &t->columns[i];
		const struct cell *ann = &is->at[0][i], *too = &is->at[1][i];

		CHECK(same(&is->at[2][i], &was->at[2][i]), "bob's %.*s",
			STR_ARG(c->name));
		if (c->way <= WAY_EMPTY)
			continue;
		CHECK(ann->type != CELL_NULL && !same(ann, &was->at[0][i]),
			"%.*s.%.*s still holds %.*s", STR_ARG(t->name),
			STR_ARG(c->name), STR_ARG(ann->v.v));
		CHECK(table == RENEWED || same(ann, too),
			"%.*s.%.*s: equal values are not equal any more",
			STR_ARG(t->name), STR_ARG(c->name));
	}
}

/* Before, a hash of a uuid was refused, one of bytes was not what came back: rows were
 * changed, and nothing was proven. */
static void every_type(void)
{
	struct fixture f = fixture_open(yaml, "");
	struct rows *was[TABLES];
	struct finding got;
	struct erase_result r;
	struct err e = { 0 };
	str json;

	fill(&f);
	for (size_t t = 0; t < TABLES; t++)
		was[t] = rows_of(&f, t);
	got = find_ann(&f);
	CHECK(got.rows_n == 6, "%d rows", (int)got.rows_n);
	/* As it is kept between the search and the erasure. */
	{
		struct buf b = buf_in(f.a, FIND_JSON_MAX);

		find_to_json(&b, &got);
		json = buf_str(&b);
	}
	CHECK(!find_from_json(f.a, f.system, json, &got, &e), "%s", e.message);
	r = erase(&f, &got);
	CHECK(r.is_proven && r.gone == 6 && !r.left && !r.stuck,
		"gone %d, left %d", (int)r.gone, (int)r.left);
	for (size_t t = 0; t < TABLES; t++)
		look_at(&f, t, was[t]);
	/* After a crash the same plan runs again, with other codes. */
	r = erase(&f, &got);
	CHECK(r.is_proven && r.gone == 6, "again: gone %d, left %d",
		(int)r.gone, (int)r.left);
	fixture_close(&f);
}

/* --- more than a finding has room for --- */

static const char much_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: note\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, erase: \"null\" }\n"
	"          - { name: body, erase: mask }\n"
	"          - { name: amount, erase: hash }\n"
	"          - { name: born, erase: renew }\n"
	"          - { name: code, erase: hash }\n"
	"        erase: deidentify\n";

enum { NOTES = 2000, BODY_BYTES = 2500 };

static int count_codes(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	int64_t *of = ctx;

	(void)n;
	(void)e;
	of[0] += str_eq(cells[0].v.v, STR("***"));
	of[1] += cells[1].type == CELL_INT && cells[1].v.v.n > 0;
	of[2] += cells[2].v.v.n >= 10 &&
		 !str_eq(str_head(cells[2].v.v, 10), STR("1980-02-29"));
	of[3] += cells[3].v.v.n == 6 && !str_eq(cells[3].v.v, STR("c-4711"));
	return 0;
}

/* Past 4 MB the finding keeps no values, and new ones were made of nothing: '' for a
 * number, which no database takes, and the empty text for a code. */
static void past_the_room(void)
{
	struct fixture f = fixture_open(much_yaml,
		"create table note (id integer primary key, email text,\n"
		"	body text, amount integer, born date, code text);\n");
	static const str columns[] = { STR_INIT("body"), STR_INIT("amount"),
		STR_INIT("born"), STR_INIT("code") };
	struct row_query q = { .table = STR("note"),
		.columns = columns,
		.columns_n = COUNTOF(columns),
		.is_all = true };
	struct buf b = buf_in(f.a, 32 << 20);
	char *body = arena_alloc(f.a, BODY_BYTES);
	int64_t of[4] = { 0 };
	struct finding got;
	struct erase_result r;
	struct err e = { 0 };

	memset(body, 'b', BODY_BYTES);
	buf_puts(&b, "insert into note values ");
	for (int i = 1; i <= NOTES; i++)
		buf_fmt(&b,
			"%s(%d, 'ann@x.example', '%.*s', 4711, '1980-02-29', "
			"'c-4711')",
			i > 1 ? ", " : "", i, BODY_BYTES, body);
	buf_puts(&b, ";\n");
	buf_putc(&b, '\0');
	fixture_script(&f, buf_str(&b).p);
	got = find_ann(&f);
	CHECK(got.tables[0].n == NOTES &&
			got.tables[0].rows[NOTES - 1].cells[2].is_cut,
		"the case: %d rows", (int)got.tables[0].n);
	r = erase(&f, &got);
	CHECK(r.is_proven && r.gone == NOTES, "gone %d, left %d", (int)r.gone,
		(int)r.left);
	if (conn_rows(f.conn, &q, count_codes, of, &e))
		fixture_die("rows", e.message);
	for (size_t i = 0; i < COUNTOF(of); i++)
		CHECK(of[i] == NOTES, "%.*s: %d are right", STR_ARG(columns[i]),
			(int)of[i]);
	fixture_close(&f);
}

/* --- what a rule of the database keeps from being gone --- */

static const char *rule(void)
{
	if (fixture_is_postgres())
		return "create function back() returns trigger language "
		       "plpgsql as $$ begin new.body := old.body; return new; "
		       "end $$;\n"
		       "create trigger back before update on note for each row "
		       "execute function back();\n";
	if (fixture_is_mariadb())
		return "create trigger back before update on note for each row "
		       "set new.body = old.body;\n";
	return "create trigger back after update on note begin update note "
	       "set body = old.body where id = old.id; end;\n";
}

/* The address is gone and nobody finds the row any more, but its text stands there. */
static void a_rule_puts_it_back(void)
{
	struct fixture f = fixture_open(much_yaml,
		"create table note (id integer primary key, email text,\n"
		"	body text, amount integer, born date, code text);\n"
		"insert into note values (1, 'ann@x.example', 'Ann', 47, "
		"'1980-02-29', 'c');\n");
	struct finding got;
	struct erase_result r;

	fixture_script(&f, rule());
	got = find_ann(&f);
	r = erase(&f, &got);
	CHECK(!r.is_proven && r.stuck == 1 && !r.gone, "stuck %d, gone %d",
		(int)r.stuck, (int)r.gone);
	got = find_ann(&f);
	CHECK(!got.rows_n, "no search sees it");
	fixture_close(&f);
}

/* --- who stands in a value among others --- */

static const char list_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: emails, identifies: email } ]\n"
	"        erase: delete\n";

/* A search found nobody there, and that was proven: "nothing was left". */
static void many_in_one(const char *type, const char *value)
{
	struct fixture f = fixture_open(list_yaml, "");
	struct find_options o = { 0 };
	struct ident ann;
	struct finding got;
	struct err e = { 0 };
	struct buf b = buf_in(f.a, 1000);

	buf_fmt(&b,
		"create table person (id integer primary key, emails %s);\n"
		"insert into person values (1, '%s');\n%c",
		type, value, '\0');
	fixture_script(&f, buf_str(&b).p);
	must(!ident_read(
		&ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	CHECK(find_person(f.conn, f.a, &ann, 1, &o, &got, &e) &&
			e.code == ERR_INVALID &&
			strstr(e.message, "\"emails\" identifies"),
		"%s: %s", type, e.message);
	fixture_close(&f);
}

static const char view_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: name } ]\n"
	"        erase: delete\n"
	"      - name: person_email\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email, own: true } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n";

/* The way out that docs/data-map.md tells. */
static void a_view_of_them(void)
{
	struct fixture f = fixture_open(view_yaml,
		"create table person (id integer primary key, name text,\n"
		"	emails text[]);\n"
		"insert into person values\n"
		"	(1, 'Ann', '{ann@x.example,a@y.example}'),\n"
		"	(2, 'Bob', '{bob@x.example}');\n"
		"create view person_email as\n"
		"	select p.id || ' ' || n as id, p.id as person_id,\n"
		"		e as email\n"
		"	from person p, unnest(p.emails) with ordinality as u (e, n);\n"
		"create rule gone as on delete to person_email do instead "
		"nothing;\n");
	struct finding got = find_ann(&f);
	struct erase_result r;

	CHECK(got.rows_n == 3, "%d rows", (int)got.rows_n);
	r = erase(&f, &got);
	CHECK(r.is_proven && r.gone == 3, "gone %d, left %d", (int)r.gone,
		(int)r.left);
	CHECK(fixture_dump(&f, f.conn).n == 2, "Bob, and his address");
	fixture_close(&f);
}

static void lists(void)
{
	if (fixture_is_odbc())
		return;
	if (fixture_is_postgres()) {
		many_in_one("text[]", "{ann@x.example,a@y.example}");
		many_in_one("jsonb", "[\"ann@x.example\"]");
		many_in_one("json", "[\"ann@x.example\"]");
		a_view_of_them();
	}
	if (fixture_is_mariadb())
		many_in_one("json", "[\"ann@x.example\"]");
}

/* --- each value by itself --- */

static const struct value_case {
	enum column_way way;
	enum cell_form form;
	enum cell_type type;
	const char *old;
	const char *want; /* NULL: anything but the old one */
	size_t bytes;     /* that it has; 0: any number */
	const char *why;
} value_cases[] = {
	{ WAY_MASK, FORM_TEXT, CELL_TEXT, "Åsaø", "***", 3, "a mask" },
	{ WAY_MASK, FORM_TEXT, CELL_TEXT, "Å", "*", 1,
		"one letter of two bytes" },
	{ WAY_HASH, FORM_TEXT, CELL_TEXT, "Åsaø", NULL, 4,
		"as many letters as it had, not bytes" },
	{ WAY_RENEW, FORM_TEXT, CELL_TEXT, "Åsø-Lee", NULL, 7,
		"one for each letter" },
	{ WAY_HASH, FORM_DECIMAL, CELL_TEXT, "", NULL, 1,
		"of no beginning at all a number" },
	{ WAY_HASH, FORM_DECIMAL, CELL_TEXT, "-0.57", NULL, 4,
		"places are counted without the sign" },
	{ WAY_MASK, FORM_DECIMAL, CELL_TEXT, "0.57", "0", 1, "0" },
	{ WAY_MASK, FORM_UUID, CELL_TEXT,
		"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
		"00000000-0000-0000-0000-000000000000", 36, "of zeros" },
	{ WAY_HASH, FORM_UUID, CELL_TEXT, "", NULL, 36,
		"of no beginning at all" },
	{ WAY_RENEW, FORM_DAY, CELL_TEXT, "", NULL, 10, "a day" },
	{ WAY_MASK, FORM_BYTES, CELL_TEXT, "\\xdead", "\\x0000", 6,
		"as many zeros" },
	{ WAY_RENEW, FORM_LOOK, CELL_TEXT, "1980-02-29T10:11", NULL, 16,
		"a text that is a date" },
	{ WAY_HASH, FORM_LOOK, CELL_TEXT, "12.5", NULL, 1,
		"a number, where a finding that was kept has a text" },
	{ WAY_HASH, FORM_LOOK, CELL_TEXT, "415.555.2671", NULL, 12,
		"a phone number with dots is no number" },
	{ WAY_HASH, FORM_LOOK, CELL_TEXT, "10.1.2.3", NULL, 8,
		"nor is an address" },
	{ WAY_MASK, FORM_INET, CELL_TEXT, "2001:db8::7", "::", 2, "long" },
	{ WAY_MASK, FORM_JSON, CELL_TEXT, "{}", "\"***\"", 5, "JSON" },
};

/* Always the other one would tell which it was. */
static void of_two_either(void)
{
	struct arena *a = arena_new(1 << 20);
	struct cell old = cell_text(STR("t"));
	int same = 0, tries = 200;

	for (int i = 0; i < tries; i++) {
		struct cell now = value_instead(
			a, WAY_RENEW, FORM_BOOL, &old, STR("secret"));

		same += str_eq(now.v.v, old.v.v);
	}
	CHECK(same > 0 && same < tries, "the same as before: %d of %d", same,
		tries);
	arena_free(a);
}

static void value_by_itself(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(value_cases); i++) {
		const struct value_case *k = &value_cases[i];
		struct cell old = cell_text(str_of(k->old)), now;

		old.type = k->type;
		now = value_instead(a, k->way, k->form, &old, STR("secret"));
		CHECK(!str_eq(now.v.v, old.v.v), "%s: %s", k->why, k->old);
		CHECK(!k->bytes || now.v.v.n == k->bytes, "%s: %.*s", k->why,
			STR_ARG(now.v.v));
		CHECK(!k->want || str_eq(now.v.v, str_of(k->want)), "%s: %.*s",
			k->why, STR_ARG(now.v.v));
		CHECK(str_is_utf8(now.v.v), "%s", k->why);
		CHECK(k->way != WAY_HASH || k->form != FORM_TEXT ||
				!strpbrk(arena_cstr(a, now.v.v), "0123456789"),
			"a code that no column takes for a number: %.*s",
			STR_ARG(now.v.v));
	}
	arena_free(a);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	value_by_itself();
	of_two_either();
	every_type();
	past_the_room();
	a_rule_puts_it_back();
	lists();
	return CHECK_DONE();
}
