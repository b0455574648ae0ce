/*
 * What is proposed for the data map: that it is one, that reasons are right, that
 * links to what is nobody's are not followed, and that no value gets into it.
 * The first argument names the engine (t/connect/run); without one, SQLite and
 * files.
 */
#include "connect/propose.h"

#include "base/file.h"
#include "check.h"
#include "connect/detect.h"
#include "t/connect/fixture.h"

static const char yaml[] = "version: 1\n"
			   "systems:\n"
			   "  - name: shop\n"
			   "    connector: ENGINE\n"
			   "    database: shop\n"
			   "    tables: []\n";

static const char ddl[] =
	"create table country (id integer primary key, label varchar(40));\n"
	"create table household (id integer primary key, street varchar(80));\n"
	"create table customer (id integer primary key, code varchar(40),\n"
	"	full_name varchar(80), country_id integer,\n"
	"	household_id integer, foreign key (country_id) references "
	"country (id),\n"
	"	foreign key (household_id) references household (id));\n"
	"create table \"a b\" (\"select\" integer primary key,\n"
	"	\"true\" varchar(80), customer_id integer, notes varchar(200));\n"
	"create table pair (b integer, email varchar(80), a integer,\n"
	"	primary key (a, b));\n"
	"create table piece (id integer primary key, a integer, b integer,\n"
	"	pair_id integer, foreign key (a, b) references pair (a, b));\n"
	"create table log (id integer primary key, line varchar(80));\n";

/* Values that may not be seen again. */
static const char rows[] =
	"insert into country values (1, 'Freedonia');\n"
	"insert into household values (1, '12 Zebra Way');\n"
	"insert into customer values (1, '1HGCM82633A004352', 'Zoe Quux', 1, "
	"1),\n"
	"	(2, '1M8GDM9AXKP042788', 'Max Quuux', 1, 1);\n"
	"insert into \"a b\" values (1, 'zoe@quux.example', 1, 'call'),\n"
	"	(2, 'max@quux.example', 2, 'SSN 524-71-1234'),\n"
	"	(3, 'max2@quux.example', 2, 'none');\n"
	"insert into pair values (1, 'pair@quux.example', 1);\n"
	"insert into piece values (1, 1, 1, 1);\n"
	"insert into log values (1, 'nothing');\n";

static const char *const values[] = { "Freedonia", "Zebra", "1HGCM", "1M8GDM",
	"Quux", "Quuux", "quux.example", "524-71", "zoe", "pair@" };

static str proposed(struct fixture *f, size_t rows_max)
{
	struct buf b = buf_in(f->a, 1 << 20);
	struct draft d = { .name = f->system->name,
		.connector = f->system->connector,
		.database = f->system->database };
	struct err e = { 0 };

	if (propose(f->conn, f->a, rows_max, &d, &e) < 0)
		fixture_die("propose", e.message);
	draft_begin(&b, STR("on top\n"));
	draft_put(&b, &d);
	CHECK(buf_ok(&b), "too long");
	return buf_str(&b);
}

static void is_map(struct fixture *f, str text, struct map *m)
{
	struct map_problems *ps = arena_one(f->a, struct map_problems);

	if (map_parse(f->a, text, STR("."), m, ps))
		fixture_die("the proposal is no map",
			arena_fmt(f->a, "%d: %.*s\n%.*s%c", ps->at[0].line,
				STR_ARG(ps->at[0].text), STR_ARG(text), '\0')
				.p);
}

static bool has(str text, const char *part)
{
	return str_find(text, str_of(part)) >= 0;
}

#define HAS(text, part) \
	CHECK(has(text, part), "no %s in:\n%.*s", part, STR_ARG(text))
#define HAS_NOT(text, part) \
	CHECK(!has(text, part), "%s in:\n%.*s", part, STR_ARG(text))

/* A key, and a link, of several columns.  A program's rows are told apart by one. */
static void several_columns(str text)
{
	if (fixture_is_program()) {
		HAS(text, "# left out: pair: no column tells its rows apart");
		HAS(text, "# left out: piece: ");
	} else if (fixture_is_odbc() && !fixture_is_postgres()) {
		/* Its driver numbers them as they stand in the table. */
		HAS(text, "name: pair\n        key: [b, a]\n");
		HAS(text, "- { column: [b, a], to: [pair.b, pair.a] } # a "
			  "foreign key");
	} else {
		HAS(text, "name: pair\n        key: [a, b]\n");
		HAS(text, "- { column: [a, b], to: [pair.a, pair.b] } # a "
			  "foreign key");
	}
}

static void a_database(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct map m;
	str text;

	fixture_script(&f, rows);
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	for (size_t i = 0; i < COUNTOF(values); i++)
		HAS_NOT(text, values[i]);
	/* By its values, though its name says nothing. */
	HAS(text, "{ name: code, identifies: vin, category: A } # a vehicle");
	HAS(text, "2 of 2 values look so");
	HAS(text, "{ name: full_name, verifies: name, category: A }");
	/* Odd names are quoted, and read again as they are. */
	CHECK(map_table_named(&m.systems[0], STR("a b")) != NULL, "%.*s",
		STR_ARG(text));
	HAS(text, "{ name: \"true\", identifies: email, category: A }");
	HAS(text, "key: select");
	/* Without a foreign key, by the name; to a household, shared. */
	HAS(text, "{ column: customer_id, to: customer.id } # by its name");
	HAS(text, "to: household.id, shared: true }");
	/* A number in few values is for a person to look at, not a mark. */
	HAS(text, "{ name: notes } # look again: 1 of 3 values look like a "
		  "Social");
	/* Nobody's rows lead to everybody. */
	HAS(text, "refers to country, which seems to be about nobody: no link");
	HAS_NOT(text, "to: country.id");
	HAS(text, "# left out: country: nothing in it looks personal");
	HAS(text, "# left out: log: ");
	several_columns(text);
	/* Nothing leads to one of them alone. */
	HAS_NOT(text, "column: a,");
	HAS_NOT(text, "column: pair_id");
	fixture_close(&f);
}

/* Whoever buys names somebody else: that is nobody's way to the order. */
static void somebody_elses(void)
{
	struct fixture f = fixture_open(yaml,
		"create table orders (id integer primary key,\n"
		"	buyer_email varchar(80), recipient_email varchar(80));\n");
	struct map m;
	str text;

	fixture_script(&f, "insert into orders values (1, 'zoe@quux.example', "
			   "'max@quux.example')");
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	HAS(text, "{ name: buyer_email, identifies: email, category: A }");
	HAS(text, "{ name: recipient_email, category: A }");
	HAS(text, "of somebody else, by its name");
	fixture_close(&f);
}

/* A foreign key to the own table is said, for nobody can tell whose the rows below are;
 * and a number that is called customer is no name. */
static void keys_by_name(void)
{
	struct fixture f = fixture_open(yaml,
		"create table customer (id integer primary key,\n"
		"	email varchar(80));\n"
		"create table note (id integer primary key,\n"
		"	email varchar(80), customer integer, parent integer,\n"
		"	foreign key (customer) references customer (id),\n"
		"	foreign key (parent) references note (id));\n");
	struct map m;
	str text = proposed(&f, 500);

	is_map(&f, text, &m);
	HAS_NOT(text, "verifies: name");
	HAS(text, "{ column: customer, to: customer.id } # a foreign key");
	HAS(text,
		"{ name: parent } # refers to its own table: link it to "
		"note.id, with shared: true unless the rows below one are the "
		"same person's");
	fixture_close(&f);
}

/* A sample is no more than was asked for; an empty table is told by names. */
static void samples(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	str text = proposed(&f, 500);

	HAS(text, "# left out: a b: no identifier leads to it");
	fixture_script(&f, rows);
	text = proposed(&f, 1);
	HAS(text, "# 1 row looked at");
	HAS_NOT(text, "2 of 2");
	fixture_close(&f);
}

/* A file of the folder, or an object of the bucket. */
static void put(struct fixture *f, const char *name, const char *text)
{
	struct err e = { 0 };

	if (fixture_is_s3()) {
		struct conn *c = fixture_connect(f, CONN_WRITE, 0);

		if (conn_script(c, arena_fmt(f->a, "%s\n%s;\n", name, text),
			    &e) < 0)
			fixture_die(name, e.message);
		conn_close(c);
		return;
	}
	if (file_replace(
		    path_join(f->a, f->url, name), str_of(text), 0640, &e) < 0)
		fixture_die(name, e.message);
}

static struct fixture folder(const char *engine)
{
	struct fixture f = { .a = arena_new(FIXTURE_ARENA_MAX) };

	fixture_engine = engine;
	f.map = fixture_map(f.a, yaml);
	f.system = &f.map.systems[0];
	f.url = fixture_url(f.a);
	f.conn = fixture_connect(&f, CONN_READ, 0);
	return f;
}

static void csv_files(const char *engine)
{
	struct fixture f = folder(engine);
	struct err e = { 0 };
	struct map m;
	str text;

	must(fixture_is_s3() ||
		!dir_make(path_join(f.a, f.url, "2026"), 0700, &e));
	put(&f, "2026/part-1.csv", "mail,ip\nzoe@quux.example,10.0.0.1\n");
	put(&f, "2026/part-02.csv",
		"mail,ip,referrer\nmax@quux.example,10.0.0.2,/a\n");
	put(&f, "[odd]*.csv", "phone\n(916) 555-0142\n");
	put(&f, "zoe@quux.example.csv", "phone\n(916) 555-0143\n");
	/* Codes that programs make up are no names of tables; a word and a day
	 * are no code. */
	put(&f, "out-3f2a9c1e-77d0-4be1-9d5e-aa01c2f3e455.csv",
		"email\nzoe@quux.example\n");
	put(&f, "out-aa01c2f3-0000-4be1-9d5e-3f2a9c1e77d0.csv",
		"email\nmax@quux.example\n");
	put(&f, "feed-20261122.csv", "email\nmax@quux.example\n");
	put(&f, "readme.txt", "zoe@quux.example\n");
	put(&f, ".hidden.csv", "email\nzoe@quux.example\n");
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	HAS(text, "name: \"[0-9]*/part-[0-9]*.csv\"");
	HAS(text, "{ name: ip, category: A } # an IP address");
	HAS(text, "{ name: referrer, category: F, optional: true }");
	HAS(text, "name: \"\\\\[odd]\\\\*.csv\"");
	HAS(text, "{ name: phone, identifies: phone, category: A }");
	HAS_NOT(text, "key:");
	HAS_NOT(text, "quux");
	HAS_NOT(text, "hidden");
	HAS(text, "whose name is too long or somebody's own");
	HAS(text, "name: \"out-*.csv\"");
	HAS(text, "# 2 rows looked at");
	HAS(text, "name: \"feed-20261122.csv\"");
	CHECK(m.systems[0].tables_n == 4, "%zu tables", m.systems[0].tables_n);
	arena_free(f.a);
}

static void json_lines(const char *engine)
{
	struct fixture f = folder(engine);
	struct map m;
	str text;

	put(&f, "crm.jsonl",
		"{\"id\":1,\"contact\":{\"email\":\"zoe@quux.example\"}}\n"
		"{\"id\":2,\"contact\":{\"email\":\"max@quux.example\"},"
		"\"device\":{\"idfa\":\"a3f1c2d4-5678-90ab-cdef-1234567890ab\"}"
		",\"max@quux.example\":1}\n");
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	HAS(text, "{ name: contact.email, identifies: email, category: A }");
	HAS(text, "{ name: device.idfa, identifies: maid, category: A, "
		  "optional: true }");
	/* A member may be called as somebody is. */
	HAS_NOT(text, "quux");
	arena_free(f.a);
}

/* Of a large object only the beginning is fetched; that it then ends in the middle
 * of a row is no damage. */
static void a_large_object(void)
{
	enum { ROW = 1 << 20, ROWS = 40 };
	struct fixture f = folder("s3_jsonl");
	struct buf b = buf_in(f.a, (ROWS + 1) * (ROW + 100));
	struct map m;
	str text;

	for (int i = 0; i < ROWS; i++) {
		buf_fmt(&b, "{\"email\":\"zoe%d@quux.example\",\"fill\":\"", i);
		for (int k = 0; k < ROW; k++)
			buf_putc(&b, 'x');
		buf_puts(&b, "\"}\n");
	}
	buf_putc(&b, '\0');
	put(&f, "large.jsonl", buf_str(&b).p);
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	HAS(text, "{ name: email, identifies: email, category: A }");
	/* 32 MiB of 40: the row that is cut is not looked at. */
	HAS(text, "# 31 rows looked at");
	HAS_NOT(text, "quux");
	arena_free(f.a);
}

/* --- what a value, and a name, looks like --- */

static const struct {
	const char *column, *value, *want;
} looks[] = {
	{ "x", "ann@x.example", "an email address: 1 of 1 values look so" },
	{ "x", "(916) 555-0142", "a telephone number: 1 of 1 values look so" },
	/* Ten digits may be anything, a name makes them a number. */
	{ "x", "9165550142", "" },
	{ "homePhone", "9165550142",
		"a telephone number: named so, and 1 of 1 values look so" },
	{ "x", "192.168.10.24", "an IP address: 1 of 1 values look so" },
	{ "x", "2001:db8::1", "an IP address: 1 of 1 values look so" },
	{ "x", "1HGCM82633A004352",
		"a vehicle identification number (its check digit is right): "
		"1 of 1 values look so" },
	{ "x", "1HGCM82633A004353", "" },
	{ "x", "4111 1111 1111 1111",
		"a payment card number (its check digit is right): 1 of 1 "
		"values look so" },
	{ "x", "4111 1111 1111 1112", "" },
	{ "x", "524-71-1234",
		"a Social Security number: 1 of 1 values look so" },
	/* Made up or masked, it is one all the same. */
	{ "ssn", "***-**-1234",
		"a Social Security number: named so, and 0 of 1 values look "
		"so" },
	{ "x", "a3f1c2d4-5678-90ab-cdef-1234567890ab", "" },
	{ "idfa", "a3f1c2d4-5678-90ab-cdef-1234567890ab",
		"an advertising identifier: named so, and 1 of 1 values look "
		"so" },
	{ "x", "1980-02-29", "" },
	/* Ten digits and more with marks between them, and no number. */
	{ "at", "2026-01-02 03:04:05", "" },
	{ "at", "2026-01-02T03:04", "" },
	{ "at", "2026-01-02 03:04:05.123456+00", "" },
	{ "date_of_birth", "1980-02-29",
		"a birth date: named so, and 1 of 1 values look so" },
	{ "zipline", "95814", "" },
	{ "zip", "95814", "a ZIP code: named so, and 1 of 1 values look so" },
	{ "className", "blue", "" },
	/* However names are put together, shortened and numbered. */
	{ "address1", "12 Elm",
		"a street address: named so, and 1 of 1 values "
		"look so" },
	{ "PhoneNumber", "9165550142",
		"a telephone number: named so, and 1 of 1 values look so" },
	{ "phoneno", "9165550142",
		"a telephone number: named so, and 1 of 1 values look so" },
	{ "dob2", "1980-02-29",
		"a birth date: named so, and 1 of 1 values look so" },
	{ "birth_dt", "1980-02-29",
		"a birth date: named so, and 1 of 1 values look so" },
	{ "zip5", "95814", "a ZIP code: named so, and 1 of 1 values look so" },
	{ "IPAddress", "10.0.0.1",
		"an IP address: named so, and 1 of 1 values look so" },
	{ "mobile_ad_id", "a3f1c2d4-5678-90ab-cdef-1234567890ab",
		"an advertising identifier: named so, and 1 of 1 values look "
		"so" },
	{ "hashed_email", "0cc175b9c0f1b6a831c399e269772661",
		"the MD5 of an email address: named so, and 1 of 1 values look "
		"so" },
	{ "middle_name", "Lou",
		"a part of a name: named so, and 1 of 1 values look so" },
	/* A word that means much else does so only when it is the whole name. */
	{ "first", "Ann", "a first name: named so, and 1 of 1 values look so" },
	{ "first_channel", "Radio", "" },
	{ "last", "Lee", "a last name: named so, and 1 of 1 values look so" },
	{ "last_status", "open", "" },
	/* What a street is called last says it without a name. */
	{ "x", "12 Elm Street, Apt 4",
		"a street address: 1 of 1 values look so" },
	{ "x", "2401 W 5th Ave", "a street address: 1 of 1 values look so" },
	{ "x", "12 blue chairs", "" },
	{ "x", " ", "" },
	{ "email", " ",
		"an email address: named so, and there are no values to look "
		"at" },
};

static void what_it_looks_like(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(looks); i++) {
		struct detect_counts n = { 0 };
		struct map_column c = { 0 };
		str column = str_of(looks[i].column), why;

		detect_value(&n, column, str_of(looks[i].value));
		why = detect_column(a, &n, column, &c);
		CHECK(str_eq(why, str_of(looks[i].want)), "%s in %s: %.*s",
			looks[i].value, looks[i].column, STR_ARG(why));
	}
	arena_free(a);
}

/* Files that can't be read end no scan of the others: they are named, with what
 * to do, and nothing of what they hold. */
static void files_that_cannot_be_read(void)
{
	struct fixture f = folder("csv");
	struct map m;
	str text;

	put(&f, "a.csv", "email\n\"zoe@quux.example\n");
	put(&f, "b.csv", "email,note\nmax@quux.example,1\n");
	put(&f, "c.csv",
		"\xff\xfe"
		"e");
	put(&f, "d.csv", "");
	put(&f, "p-1.csv", "");
	put(&f, "p-2.csv",
		"\x7f"
		"ELF\rzoe@quux.example");
	put(&f, "p-3.csv", "phone\n(916) 555-0144\n");
	put(&f, "q-1.csv", "phone\n(916) 555-0142\n(916) 555-0143,x\n");
	put(&f, "q-2.csv", "phone\n(916) 555-0144\n");
	put(&f, "zoe@quux.example", "phone\n(916) 555-0143\n");
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	HAS(text, "- name: b.csv");
	HAS(text, "name: \"p-[0-9]*.csv\"");
	/* What is behind the file that stops is looked at, too. */
	HAS(text, "{ name: phone, identifies: phone, category: A } # a "
		  "telephone number: named so, and 1 of 1 values");
	HAS(text, "{ name: phone, identifies: phone, category: A } # a "
		  "telephone number: named so, and 2 of 2 values");
	HAS(text, "not carried over: \"c.csv\": the file is UTF-16; convert "
		  "it: iconv");
	HAS(text, "not carried over: \"d.csv\": it holds nothing");
	HAS(text, "not carried over: \"p-2.csv\": line 1: line ends are CR");
	HAS(text, "\"q-1.csv\": line 3: more cells than the header has; mend "
		  "the file");
	HAS(text, "\"a.csv\": line 2: the file ends inside quotes; mend");
	HAS_NOT(text, "p-1.csv\":");
	HAS_NOT(text, "quux");
	arena_free(f.a);
}

static void say(struct fixture *f, const char *line)
{
	fixture_say(f, arena_cstr(f->a, arena_fmt(f->a, "%s;\n", line)));
}

/* The same with a letter for each #. */
static void say_of(struct fixture *f, const char *line, char of)
{
	const char by[] = { of, 0 };

	say(f, arena_cstr(f->a, fixture_with(f->a, line, "#", by)));
}

/* A server knows no tables: keys that are alike are one. */
static void a_redis(void)
{
	struct fixture f = fixture_open(yaml, "");
	const struct map_table *t;
	struct map m;
	str text;

	for (int i = 1; i <= 5; i++) {
		char n = (char)('0' + i);

		say_of(&f,
			"hset customer:# email zoe#@quux.example full_name "
			"Quux",
			n);
		say_of(&f,
			"hset session:zoe#@quux.example customer_id 1 page "
			"/start",
			n);
		say_of(&f, "hset cart:7:items:# email zoe@quux.example", n);
	}
	say(&f, "hset customer:6 email pair@quux.example nickname zoe");
	/* Words alone: many that differ are rows, a few are not. */
	for (const char *who = "vwxyz"; *who; who++)
		say_of(&f, "hset user:ann# phone 9165550142", *who);
	say(&f, "hset site:config email admin@quux.example");
	say(&f, "set counter:1 17");
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	for (size_t i = 0; i < COUNTOF(values); i++)
		HAS_NOT(text, values[i]);
	HAS_NOT(text, "ann");
	t = map_table_named(&m.systems[0], STR("customer"));
	CHECK(t && str_eq(t->words[TABLE_PATTERN], STR("customer:{id}")) &&
			str_eq(t->columns[t->key].name, STR("id")),
		"a table is its pattern: %.*s", STR_ARG(text));
	HAS(text, "{ name: email, identifies: email, category: A } # an email "
		  "address");
	HAS(text, "6 of 6 values look so");
	HAS(text, "{ name: nickname, category: A, optional: true }");
	/* What stands in the key identifies as what stands in a field does. */
	HAS(text, "pattern: \"session:{id}\"");
	HAS(text, "{ name: id, identifies: email, category: A }");
	HAS(text, "{ column: customer_id, to: customer.id } # by its name");
	HAS(text, "pattern: \"cart:{cart_1}:items:{items_2}\"");
	HAS(text, "pattern: \"user:{id}\"");
	HAS_NOT(text, "site");
	HAS_NOT(text, "counter");
	HAS(text, "# not carried over: 1 of 22 keys: fewer than 5 are alike");
	fixture_close(&f);
}

/* Names of people are words, and stand in keys: none of them is a table. */
static void names_in_keys(void)
{
	struct fixture f = fixture_open(yaml, "");
	struct map m;
	str text;

	for (const char *who = "abcdef"; *who; who++) {
		/* One key each, and many: before a number, and before a word. */
		say_of(&f, "hset cart:quux#:1 email zoe@quux.example", *who);
		for (char n = '1'; n <= '6'; n++) {
			const char by[] = { n, 0 };

			say_of(&f,
				arena_cstr(
					f.a, fixture_with(f.a,
						     "hset wish:quux#:N email "
						     "zoe@quux.example",
						     "N", by)),
				*who);
		}
		say_of(&f, "hset quux#:profile email zoe@quux.example", *who);
		say_of(&f, "hset quux#:orders:7 email zoe@quux.example", *who);
	}
	/* Too few to tell what they are. */
	say(&f, "hset box:zoe:1 email zoe@quux.example");
	say(&f, "hset box:zoe:2 email zoe@quux.example");
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	HAS_NOT(text, "quux");
	HAS_NOT(text, "zoe");
	HAS_NOT(text, "box");
	HAS(text, "pattern: \"cart:{cart_1}:{cart_2}\"");
	HAS(text, "pattern: \"wish:{wish_1}:{wish_2}\"");
	HAS(text, "pattern: \"{id}:profile\"");
	HAS(text, "pattern: \"{part_1}:orders:{orders_2}\"");
	HAS(text, "# not carried over: 2 of 56 keys");
	fixture_close(&f);
}

/* Tables are told apart by a word, up to so many; beyond, they may be anybody's. */
static void names_alone(void)
{
	struct fixture f = fixture_open(yaml, "");
	struct map m;
	str text;

	for (int i = 0; i < 51 * 5; i++) {
		const char who[] = { (char)('a' + i / 5 % 26),
			(char)('a' + i / 5 / 26), 0 };

		say(&f, arena_cstr(f.a,
				arena_fmt(f.a,
					"hset quux%s:%d email zoe@quux.example",
					who, i % 5)));
	}
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	HAS_NOT(text, "quux");
	HAS(text, "# not carried over: 255 of 255 keys");
	fixture_close(&f);
}

static const char staff[] =
	"dn: ou=PLACE,dc=toyon\nobjectClass: organizationalUnit;\n"
	"dn: cn=Zoe Quux,ou=PLACE,dc=toyon\nobjectClass: inetOrgPerson\nsn: Quux\n"
	"givenName: zoe\nmail: zoe@quux.example\nmail: zoe2@quux.example\n"
	"userPassword: Zebra\ntelephoneNumber: +1 916 555 0142;\n"
	"dn: cn=Max Quuux,ou=PLACE,dc=toyon\nobjectClass: inetOrgPerson\n"
	"sn: Quuux\nmail: max@quux.example;\n"
	"dn: cn=plain,ou=PLACE,dc=toyon\nobjectClass: person\nsn: Quux;\n"
	"dn: cn=laptop,ou=PLACE,dc=toyon\nobjectClass: device\n"
	"owner: cn=Zoe Quux,ou=PLACE,dc=toyon;\n";

/* Nor does a directory: entries of one class are one. */
static void a_directory(void)
{
	struct fixture f = fixture_open(yaml, "");
	const char *place = arena_fmt(f.a, "p%d%c", (int)getpid(), '\0').p;
	const struct map_table *t;
	struct map m;
	str text;

	fixture_say(
		&f, arena_cstr(f.a, fixture_with(f.a, staff, "PLACE", place)));
	text = proposed(&f, 500);
	is_map(&f, text, &m);
	for (size_t i = 0; i < COUNTOF(values); i++)
		HAS_NOT(text, values[i]);
	t = map_table_named(&m.systems[0], STR("inetOrgPerson"));
	CHECK(t && str_eq(t->words[TABLE_BASE], STR("dc=toyon")) &&
			str_eq(t->words[TABLE_FILTER],
				STR("(structuralObjectClass=inetOrgPerson)")) &&
			str_eq(t->columns[t->key].name, STR("dn")),
		"a table is a base and a filter: %.*s", STR_ARG(text));
	HAS(text, "{ name: mail, identifies: email, category: A }");
	HAS(text, "3 of 3 values look so");
	HAS(text, "{ name: givenName, verifies: first_name, category: A, "
		  "optional: true }");
	HAS(text, "{ name: cn, verifies: name, category: A }");
	HAS(text, "{ name: sn, verifies: last_name, category: A }");
	HAS(text, "{ name: userPassword, never_disclose: password");
	HAS_NOT(text, "{ name: objectClass");
	/* Everybody who is an inetOrgPerson is a person, and is not found twice. */
	HAS(text, "# left out: person: no identifier leads to it");
	HAS(text, "# left out: device: nothing in it looks personal");
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	if (fixture_is_ldap()) {
		a_directory();
		return CHECK_DONE();
	}
	if (fixture_is_s3()) {
		csv_files("s3_csv");
		json_lines("s3_jsonl");
		a_large_object();
		return CHECK_DONE();
	}
	if (fixture_is_redis()) {
		a_redis();
		names_in_keys();
		names_alone();
		return CHECK_DONE();
	}
	a_database();
	samples();
	somebody_elses();
	keys_by_name();
	if (argc > 1)
		return CHECK_DONE();
	csv_files("csv");
	json_lines("jsonl");
	what_it_looks_like();
	files_that_cannot_be_read();
	return CHECK_DONE();
}
