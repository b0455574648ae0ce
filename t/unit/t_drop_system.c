/*
 * The match of work items with systems: whose row it is by links of one and two
 * hops, never across people, the same in any number of readings, and the same
 * as nested loops over all rows.  The first argument names the engine, the
 * second is "hash" where the database can have toyon_drop_hash() (t/connect/run).
 */
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "base/enc.h"
#include "base/rand.h"
#include "check.h"
#include "drop/match.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: email\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: address\n"
	"        key: id\n"
	"        columns: [ { name: zip, verifies: zip } ]\n"
	"        links:\n"
	"          - { column: person_id, to: person.id }\n"
	"          - { column: house_id, to: house.id, shared: true }\n"
	"        erase: delete\n"
	"      - name: device\n"
	"        key: id\n"
	"        columns: [ { name: maid, identifies: maid } ]\n"
	"        links: [ { column: account, to: account.code } ]\n"
	"        erase: delete\n"
	"      - name: account\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: code }\n"
	"          - { name: last_name, verifies: last_name }\n"
	"        links:\n"
	"          - { column: person_id, to: person.id }\n"
	"          - { column: other_id, to: person.id }\n"
	"        erase: delete\n"
	"      - name: house\n"
	"        key: id\n"
	"        columns: [ { name: zip, verifies: zip } ]\n"
	"        erase: delete\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: first_name, verifies: first_name }\n"
	"          - { name: last_name, verifies: last_name }\n"
	"          - { name: born, verifies: birth_date }\n"
	"          - { name: whole, verifies: name }\n"
	"          - { name: phone, identifies: phone }\n"
	"        erase: delete\n";

static const char ddl[] =
	"create table person (id integer primary key, first_name text,\n"
	"	last_name text, born text, whole text, phone text);\n"
	"create table house (id integer primary key, zip text);\n"
	"create table email (id integer primary key, email text,\n"
	"	person_id integer);\n"
	"create table address (id integer primary key, zip text,\n"
	"	person_id integer, house_id integer);\n"
	"create table account (id integer primary key, code text,\n"
	"	last_name text, person_id integer, other_id integer);\n"
	"create table device (id integer primary key, maid text,\n"
	"	account text);\n";

/* --- items and what is told --- */

enum { TOLD_MAX = 20000 };

static bool has_function;

struct table {
	struct fixture f;
	struct arena *a;
	struct drop_items *items;
	struct drop_match_report *r;
	struct drop_match_opts o;
	str at[TOLD_MAX];
	size_t n;
};

static void ref_hash(str text, char out[44])
{
	unsigned char sum[SHA256_DIGEST_LENGTH], b64[64];

	SHA256((const unsigned char *)text.p, text.n, sum);
	EVP_EncodeBlock(b64, sum, sizeof sum);
	memcpy(out, b64, 44);
}

static void item(struct table *t, enum drop_list list, str text)
{
	struct drop_item it = { .list = (uint8_t)list };
	char hash[44], id[32];
	struct err e;

	ref_hash(text, hash);
	snprintf(id, sizeof id, "%012zu", drop_items_n(t->items));
	memcpy(it.id, id, sizeof it.id);
	must(base64_read((str){ hash, 44 }, it.digest, sizeof it.digest));
	must(!drop_items_add(t->items, &it, &e));
}

static void ndz_item(struct table *t, const char *first, const char *last,
	const char *dob, const char *zip)
{
	const char *part[] = { first, last, dob, zip };
	char joined[4 * 44];

	for (size_t i = 0; i < 4; i++)
		ref_hash(str_of(part[i]), joined + 44 * i);
	item(t, DROP_NDZ, (str){ joined, sizeof joined });
}

static int note_match(void *ctx, const struct drop_match *m, struct err *e)
{
	struct table *t = ctx;

	(void)e;
	must(t->n < TOLD_MAX);
	t->at[t->n++] = arena_fmt(t->a, "%zu=%.*s.%.*s", m->item,
		STR_ARG(m->table), STR_ARG(m->key.v));
	return 0;
}

static int order(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* Sorted, each once. */
static str shown(struct arena *a, str *at, size_t n)
{
	struct buf b = buf_in(a, 16 << 20);

	qsort(at, n, sizeof *at, order);
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(at[i], at[i - 1]))
			continue;
		buf_puts(&b, b.n ? " " : "");
		buf_put(&b, at[i]);
	}
	return buf_str(&b);
}

static str match(struct table *t)
{
	struct conn *c = fixture_connect(&t->f, CONN_READ, 0);
	struct err e = { 0 };

	t->n = 0;
	t->o.items = t->items;
	t->o.fn = note_match;
	t->o.ctx = t;
	CHECK(!drop_match_system(t->a, c, &t->o, t->r, &e), "%s (%s)",
		e.message, e.hint);
	conn_close(c);
	return shown(t->a, t->at, t->n);
}

/* toyon_drop_hash() as an administrator installs it. */
static void install_function(struct table *t)
{
	if (!fixture_is_mariadb()) {
		fixture_script(&t->f, "create extension toyon;\n");
		return;
	}
	fixture_script(&t->f,
		"create or replace function toyon_drop_hash returns string\n"
		"	soname 'toyon_mariadb.so';\n");
}

static struct table *table_open_as(const char *map, const char *tables)
{
	struct fixture f = fixture_open(map, tables);
	struct table *t = arena_one(f.a, struct table);
	struct err e;

	t->f = f;
	t->a = f.a;
	t->r = arena_one(f.a, struct drop_match_report);
	t->o.hash_there = has_function;
	must(!drop_items_new(&t->items, 10000, &e));
	return t;
}

static struct table *table_open(void)
{
	struct table *t = table_open_as(yaml, ddl);

	if (has_function)
		install_function(t);
	return t;
}

static void table_close(struct table *t)
{
	struct fixture f = t->f;

	drop_items_free(t->items);
	fixture_close(&f);
}

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)

/* --- known answers --- */

static void whose_row(void)
{
	struct table *t = table_open();

	fixture_script(&t->f,
		"insert into person values\n"
		"	(1, 'Ana', 'Lopez', '1970-01-02', null, '916 555 0142'),\n"
		"	(2, 'Ana', 'Reed', '1/2/1970', null, null),\n"
		"	(3, 'Bo', 'Lopez', '1970-01-02', 'Bo Lopez', 'none');\n"
		"insert into house values (7, '95814');\n"
		"insert into address values (1, '94110-1234', 1, null),\n"
		"	(2, '90001', 1, 7), (3, '94110', 2, 7),\n"
		"	(4, '90001', null, null);\n"
		"insert into account values (1, 'A', 'Diaz', 1, null),\n"
		"	(2, 'B', 'Soto', 1, 2), (3, 'C', null, 2, 2),\n"
		"	(4, 'D', null, null, 3), (5, 'twice', null, 1, null),\n"
		"	(6, 'twice', null, 2, null);\n"
		"insert into device values\n"
		"	(1, '00000000-0000-0000-0000-00000000000a', 'A'),\n"
		"	(2, '0000000000000000000000000000000b', 'B'),\n"
		"	(3, '0000000000000000000000000000000c', 'C'),\n"
		"	(4, '0000000000000000000000000000000d', 'D'),\n"
		"	(5, '0000000000000000000000000000000e', 'twice'),\n"
		"	(6, '0000000000000000000000000000000f', 'none');\n"
		"insert into email values (1, 'A@x.example', 1),\n"
		"	(2, 'a @x.example', 3), (3, 'lost@x.example', 99),\n"
		"	(4, 'free@x.example', null);\n");
	ndz_item(t, "ana", "lopez", "19700102", "94110"); /* 0: 1 */
	ndz_item(t, "ana", "diaz", "19700102", "90001");  /* 1: 1, two hops */
	ndz_item(t, "ana", "soto", "19700102", "94110");  /* 2: two owners */
	ndz_item(t, "ana", "reed", "19700102", "90001");  /* 3: across */
	ndz_item(t, "ana", "reed", "19700102", "95814");  /* 4: shared */
	ndz_item(t, "ana", "reed", "19700102", "94110");  /* 5: 2 */
	item(t, DROP_EMAIL, STR("a@x.example"));          /* 6: 1 and 3 */
	item(t, DROP_EMAIL, STR("lost@x.example"));       /* 7: its own row */
	item(t, DROP_EMAIL, STR("free@x.example"));       /* 8 */
	item(t, DROP_MAID, STR("0000000000000000000000000000000a")); /* 9 */
	item(t, DROP_MAID, STR("0000000000000000000000000000000b"));
	item(t, DROP_MAID, STR("0000000000000000000000000000000c"));
	item(t, DROP_MAID, STR("0000000000000000000000000000000d"));
	item(t, DROP_MAID, STR("0000000000000000000000000000000e"));
	item(t, DROP_MAID, STR("0000000000000000000000000000000f"));
	item(t, DROP_PHONE, STR("9165550142")); /* 15 */
	drop_items_seal(t->items);
	IS(match(t), "0=person.1 10=account.2 11=person.2 12=person.3 "
		     "13=device.5 14=device.6 15=person.1 1=person.1 "
		     "5=person.2 6=person.1 6=person.3 7=email.3 8=email.4 "
		     "9=person.1");
	CHECK(t->r->lists == (1u << DROP_NDZ | 1u << DROP_EMAIL |
				     1u << DROP_PHONE | 1u << DROP_MAID) &&
			t->r->lists == drop_match_lists(t->f.system),
		"%x", t->r->lists);
	CHECK(t->r->has_full_name, "the column with the whole name is told");
	CHECK(t->r->no_key[DROP_PHONE] == 1 &&
			t->r->by_fault[DROP_PHONE][IDENT_FAULT_DIGITS] == 1 &&
			t->r->empty[DROP_PHONE] == 1,
		"phones without a key");
	CHECK(t->r->rows == 4 && !t->r->notes &&
			str_eq(t->r->row[0].table, STR("person")) &&
			t->r->row[0].list == DROP_PHONE &&
			t->r->row[0].fault == IDENT_FAULT_DIGITS &&
			t->r->row[0].key.n,
		"rows without a key are told by theirs: %zu, %.*s %.*s",
		t->r->rows, STR_ARG(t->r->row[0].table),
		STR_ARG(t->r->row[0].key));
	/* Bo has no ZIP; rows of nobody have only one part; house and account 2
	 * too. */
	CHECK(t->r->keys[DROP_NDZ] == 5, "%lld",
		(long long)t->r->keys[DROP_NDZ]);
	CHECK(t->r->by_fault[DROP_NDZ][IDENT_FAULT_PARTS] == 3, "%lld",
		(long long)t->r->by_fault[DROP_NDZ][IDENT_FAULT_PARTS]);
	/* All that is not null, but the phone that gives no key. */
	CHECK(t->r->hashed_there == (has_function ? 26 : 0), "%lld",
		(long long)t->r->hashed_there);
	table_close(t);
}

/* --- hashed there, and hashed here --- */

static const char odd_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: odd\n"
	"    connector: ENGINE\n"
	"    database: odd\n"
	"    tables:\n"
	"      - name: note\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: phone, identifies: phone }\n"
	"          - { name: first, verifies: first_name }\n"
	"          - { name: last, verifies: last_name }\n"
	"          - { name: born, verifies: birth_date }\n"
	"          - { name: zip, verifies: zip }\n"
	"        links: [ { column: who, to: login.email } ]\n"
	"        erase: delete\n"
	"      - name: login\n"
	"        key: email\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: maid, identifies: maid }\n"
	"        erase: delete\n";

static const char odd_ddl[] =
	"create table login (email varchar(300) primary key, maid uuid);\n"
	"create table note (id integer primary key, email varchar(2000),\n"
	"	phone bigint, first char(20), last text, born date,\n"
	"	zip integer, who text);\n"
	"insert into login values\n"
	"	('Key@x.example', 'a3f1c2d4-5678-90ab-cdef-1234567890ab'),\n"
	"	('blank', '00000000-0000-0000-0000-000000000000');\n"
	"insert into note values\n"
	"	(1, 'A@X.example', 19165550142, 'J\xc3\x96RG', 'O''Neill',\n"
	"		'1970-01-02', 94110, 'Key@x.example'),\n"
	"	(2, '', null, '', ' ', null, 501, null),\n"
	"	(3, '   ', 0, '?', '-', null, 0, 'nobody'),\n"
	"	(4, '=abc', 1, '=', 'x', null, null, 'blank'),\n"
	"	(5, '-abc', 12, 'Ana', 'Reed', '2001-12-31', 1, null),\n"
	/* As long as a hash, one less, and one more. */
	"	(6, concat(repeat('a', 33), '@x.example'), 1, '', '', null, 1, null),\n"
	"	(7, concat(repeat('a', 34), '@x.example'), 1, '', '', null, 1, null),\n"
	"	(8, concat(repeat('a', 35), '@x.example'), 1, '', '', null, 1, null),\n"
	/* Hashed already, in Base64 and in hex. */
	"	(9, 'KA18MT/ph6IHYjzT9zwETySDQyvSh87YuoSBpOQtkhE=', 1, '',\n"
	"		repeat('n', 300), '1970-01-02', 1, null),\n"
	"	(10, 'd7dde544c24020b8e6240a52349c4e81'\n"
	"		'cf20ee25b979b26a676e2e885f03e183', 1, '', '', null,\n"
	"		1, null),\n"
	"	(11, concat(repeat('a', 1500), '@x.example'), 1, '', '', null, 1,\n"
	"		null);\n";

static bool is_same_count(
	const struct drop_match_report *a, const struct drop_match_report *b)
{
	return a->records == b->records && a->matches == b->matches &&
	       !memcmp(a->keys, b->keys, sizeof a->keys) &&
	       !memcmp(a->no_key, b->no_key, sizeof a->no_key) &&
	       !memcmp(a->by_fault, b->by_fault, sizeof a->by_fault) &&
	       !memcmp(a->empty, b->empty, sizeof a->empty);
}

static void odd_items(struct table *t)
{
	item(t, DROP_EMAIL, STR("a@x.example"));
	item(t, DROP_EMAIL, STR("anna.smith@domain.com"));
	item(t, DROP_EMAIL, STR("b@x.example"));
	item(t, DROP_EMAIL, STR("key@x.example"));
	item(t, DROP_PHONE, STR("9165550142"));
	item(t, DROP_MAID, STR("a3f1c2d4567890abcdef1234567890ab"));
	ndz_item(t, "jorg", "oneill", "19700102", "94110");
	ndz_item(t, "ana", "reed", "20011231", "1");
	item(t, DROP_EMAIL, STR("=abc"));
	for (size_t n = 33; n <= 35; n++)
		item(t, DROP_EMAIL,
			str_from(STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				     "@x.example"),
				35 - n));
	drop_items_seal(t->items);
}

/* Right when tried, wrong later: nothing is told of what came. */
static void hash_that_is_none(struct table *t)
{
	struct conn *c;
	struct err e = { 0 };

	fixture_script(&t->f,
		"create function right_hash(text, text) returns bytea\n"
		"	immutable strict language c\n"
		"	as '$libdir/toyon', 'toyon_sql_drop_hash';\n"
		"create or replace function toyon_drop_hash(kind text,\n"
		"	value text) returns bytea immutable strict language sql\n"
		"	as 'select case when value = ''-abc'' then ''short''\n"
		"	else right_hash(kind, value) end';\n");
	c = fixture_connect(&t->f, CONN_READ, 0);
	CHECK(drop_match_system(t->a, c, &t->o, t->r, &e) &&
			e.code == ERR_CORRUPT &&
			strstr(e.message, "table \"note\"") &&
			!strstr(e.message, "abc"),
		"%s", e.message);
	conn_close(c);
}

/* What whoever may write in the database can make. */
static void make_strangers(struct table *t)
{
	static const char maria[] =
		"create function toyon_drop_hash(kind text, value text)\n"
		"	returns blob deterministic\n"
		"	return unhex(sha2('1', 256));\n";
	static const char postgres[] =
		"create function toyon_drop_hash(kind text, value text)\n"
		"	returns bytea language sql as 'select sha256(''1'')';\n";

	fixture_script(&t->f, fixture_is_mariadb() ? maria : postgres);
}

static void drop_strangers(struct table *t)
{
	fixture_script(&t->f,
		fixture_is_mariadb()
			? "drop function toyon_drop_hash;\n"
			: "drop function toyon_drop_hash(text, text);\n");
}

static void must_hash_here(struct table *t, str want, const char *why)
{
	CHECK(str_eq(match(t), want) && t->r->hashed_there == 0, "%s", why);
}

/* The administrator's, but with other rules than ours, or broken. */
static void others_of_postgres(struct table *t, str want)
{
	fixture_script(&t->f,
		"create or replace function toyon_drop_hash(kind text,\n"
		"	value text) returns bytea immutable strict\n"
		"	language sql as 'select sha256(value::bytea)';\n");
	must_hash_here(t, want, "one that hashes otherwise");
	fixture_script(&t->f,
		"create or replace function toyon_drop_hash(kind text,\n"
		"	value text) returns bytea immutable strict\n"
		"	language sql as 'select int4send(1 / 0)';\n");
	must_hash_here(t, want, "one that fails");
	hash_that_is_none(t);
	fixture_script(&t->f, "drop extension toyon cascade;\n");
}

static void others_of_mariadb(struct table *t, str want)
{
	fixture_script(&t->f, "drop function toyon_drop_hash;\n");
	make_strangers(t);
	install_function(t);
	must_hash_here(t, want, "a stored function beside it");
	/* The loadable one goes first. */
	fixture_script(&t->f, "drop function toyon_drop_hash;\n"
			      "drop function toyon_drop_hash;\n"
			      "create function toyon_drop_hash returns string\n"
			      "	soname 'toyon_other.so';\n");
	must_hash_here(t, want, "one that hashes otherwise");
	fixture_script(&t->f, "drop function toyon_drop_hash;\n");
}

/* The same rows before the function is there, and after. */
static void hashed_there(void)
{
	struct table *t = table_open_as(odd_yaml, odd_ddl);
	struct drop_match_report here;
	str want;

	if (fixture_is_mariadb())
		fixture_script(&t->f, "drop function toyon_drop_hash;\n");
	odd_items(t);
	want = match(t);
	here = *t->r;
	CHECK(str_eq(want, STR("0=login.Key@x.example 10=note.7 11=note.8 "
			       "1=note.9 2=note.10 3=login.Key@x.example "
			       "4=login.Key@x.example 5=login.Key@x.example "
			       "6=login.Key@x.example 7=note.5 8=login.blank "
			       "9=note.6")),
		"hashed here: %.*s", STR_ARG(want));
	CHECK(here.hashed_there == 0, "%lld", (long long)here.hashed_there);
	make_strangers(t);
	must_hash_here(t, want, "a function of somebody's");
	drop_strangers(t);
	install_function(t);
	t->o.hash_there = false;
	must_hash_here(t, want, "not where nobody asked for it");
	t->o.hash_there = true;
	CHECK(str_eq(match(t), want), "hashed there");
	/* 4 addresses, 10 numbers, 5 names, 3 dates, 9 ZIPs, 2 MAIDs. */
	CHECK(t->r->hashed_there == 33, "%lld", (long long)t->r->hashed_there);
	CHECK(is_same_count(t->r, &here), "what gave no key, and why");
	if (fixture_is_mariadb())
		others_of_mariadb(t, want);
	else
		others_of_postgres(t, want);
	table_close(t);
}

/* Columns that only MariaDB has: another encoding, bytes, numbers with a point,
 * a time of day. */
static void columns_of_mariadb(void)
{
	struct table *t = table_open_as(odd_yaml,
		"create table login (email varbinary(300) primary key,\n"
		"	maid varchar(40));\n"
		"create table note (id integer primary key,\n"
		"	email varbinary(300), phone decimal(12, 1),\n"
		"	first varchar(20) character set latin1,\n"
		"	last varchar(20) character set ucs2, born datetime,\n"
		"	zip float, who varbinary(300));\n"
		"insert into note values\n"
		"	(1, 'A@X.example', 9165550142, 'J\xc3\x96RG', 'O''Neill',\n"
		"		'1970-01-02 03:04:05', 94110, null),\n"
		"	(2, x'ff40', 1, '', '\xd0\xae', null, 0.5, null);\n");
	struct drop_match_report here;
	str want;

	odd_items(t);
	t->o.hash_there = false;
	want = match(t);
	here = *t->r;
	CHECK(str_find(want, STR("0=note.1")) >= 0 &&
			str_find(want, STR("6=note.1")) >= 0,
		"read here: %.*s", STR_ARG(want));
	install_function(t);
	t->o.hash_there = true;
	CHECK(str_eq(match(t), want), "hashed there");
	CHECK(is_same_count(t->r, &here), "what gave no key, and why");
	/* 2 names, 1 name, 1 date, 1 number or 2, 2 ZIPs; the address is bytes. */
	CHECK(t->r->hashed_there > 4, "%lld", (long long)t->r->hashed_there);
	fixture_script(&t->f, "drop function toyon_drop_hash;\n");
	table_close(t);
}

/* Parts that no list is made of are read and forgotten, however many. */
static void parts_of_no_list(void)
{
	static const char map[] =
		"version: 1\n"
		"systems:\n"
		"  - name: plain\n"
		"    connector: ENGINE\n"
		"    database: plain\n"
		"    tables:\n"
		"      - name: reader\n"
		"        key: id\n"
		"        columns:\n"
		"          - { name: email, identifies: email }\n"
		"          - { name: zip, verifies: zip }\n"
		"        erase: delete\n";
	struct arena *a = arena_new(1 << 20);
	struct buf rows = buf_in(a, 1 << 18);
	struct table *t = table_open_as(map,
		"create table reader (id integer primary key, email text,\n"
		"	zip text);\n");

	buf_puts(&rows, "insert into reader values\n");
	for (int i = 1; i <= 2000; i++)
		buf_fmt(&rows, "	(%d, 'r%d@x.example', '94110')%s\n", i,
			i, i < 2000 ? "," : ";");
	buf_putc(&rows, '\0');
	fixture_script(&t->f, buf_str(&rows).p);
	arena_free(a);
	if (has_function)
		install_function(t);
	item(t, DROP_EMAIL, STR("r1999@x.example"));
	drop_items_seal(t->items);
	IS(match(t), "0=reader.1999");
	CHECK(t->r->records == 2000 && t->r->lists == 1u << DROP_EMAIL, "%lld",
		(long long)t->r->records);
	CHECK(t->r->hashed_there == (has_function ? 4000 : 0), "%lld",
		(long long)t->r->hashed_there);
	table_close(t);
}

/* A server that writes days first must not turn July into April. */
static void days_first(void)
{
	struct table *t = table_open();

	fixture_script(&t->f,
		"insert into person values\n"
		"	(1, 'Ana', 'Lopez', '1985-07-04', null, null);\n"
		"insert into address values (1, '94110', 1, null);\n");
	if (fixture_is_postgres())
		fixture_script(&t->f,
			"alter table person alter column born type date\n"
			"	using born::date;\n"
			"do $$ begin execute format('alter database %I set "
			"datestyle = ''SQL, DMY''', current_database()); end "
			"$$;\n");
	ndz_item(t, "ana", "lopez", "19850704", "94110");
	ndz_item(t, "ana", "lopez", "19850407", "94110");
	drop_items_seal(t->items);
	IS(match(t), "0=person.1");
	table_close(t);
}

/* --- against nested loops --- */

enum { PEOPLE = 400, ROWS = 900, ITEMS = 600 };

struct model {
	const char *first[PEOPLE + 1], *last[PEOPLE + 1], *born[PEOPLE + 1];
	struct {
		int person; /* 0: null; over PEOPLE: not there */
		char text[32];
	} email[ROWS], address[ROWS];
};

static const char *const firsts[] = { "ana", "bo", "cy", "dee" };
static const char *const lasts[] = { "lopez", "reed", "kim" };
static const char *const borns[] = { "19700102", "19810304" };

static void model_fill(struct model *m, struct rng *r)
{
	for (size_t i = 1; i <= PEOPLE; i++) {
		m->first[i] = firsts[rng_below(r, COUNTOF(firsts))];
		m->last[i] = lasts[rng_below(r, COUNTOF(lasts))];
		m->born[i] = borns[rng_below(r, COUNTOF(borns))];
	}
	for (size_t i = 0; i < ROWS; i++) {
		m->email[i].person = (int)rng_below(r, PEOPLE + 3);
		snprintf(m->email[i].text, sizeof m->email[i].text,
			"m%d@x.example", (int)rng_below(r, ROWS));
		m->address[i].person = (int)rng_below(r, PEOPLE + 3);
		snprintf(m->address[i].text, sizeof m->address[i].text, "9%04d",
			(int)rng_below(r, 40));
	}
}

static str number_or_null(struct arena *a, int n)
{
	return n ? arena_fmt(a, "%d", n) : STR("null");
}

static void model_insert(struct table *t, const struct model *m)
{
	struct buf b = buf_in(t->a, 1 << 20);

	for (size_t i = 1; i <= PEOPLE; i++)
		buf_fmt(&b,
			"insert into person values (%zu, '%s', '%s', '%s', "
			"null, null);\n",
			i, m->first[i], m->last[i], m->born[i]);
	for (size_t i = 0; i < ROWS; i++) {
		buf_fmt(&b, "insert into email values (%zu, '%s', %.*s);\n",
			i + 1, m->email[i].text,
			STR_ARG(number_or_null(t->a, m->email[i].person)));
		buf_fmt(&b,
			"insert into address values (%zu, '%s', %.*s, "
			"null);\n",
			i + 1, m->address[i].text,
			STR_ARG(number_or_null(t->a, m->address[i].person)));
	}
	must(buf_ok(&b));
	fixture_script(&t->f, arena_cstr(t->a, buf_str(&b)));
}

static bool is_person(int n)
{
	return n > 0 && n <= PEOPLE;
}

static void expect_email(struct table *t, const struct model *m, size_t item_at,
	const char *text)
{
	for (size_t i = 0; i < ROWS; i++) {
		int p = m->email[i].person;

		if (strcmp(m->email[i].text, text))
			continue;
		t->at[t->n++] = is_person(p) ? arena_fmt(t->a, "%zu=person.%d",
						       item_at, p)
					     : arena_fmt(t->a, "%zu=email.%zu",
						       item_at, i + 1);
	}
}

struct ndz {
	const char *first, *last, *born, *zip;
};

static void expect_ndz(struct table *t, const struct model *m, size_t item_at,
	const struct ndz *z)
{
	for (size_t i = 0; i < ROWS; i++) {
		int p = m->address[i].person;

		if (is_person(p) && !strcmp(m->address[i].text, z->zip) &&
			!strcmp(m->first[p], z->first) &&
			!strcmp(m->last[p], z->last) &&
			!strcmp(m->born[p], z->born))
			t->at[t->n++] =
				arena_fmt(t->a, "%zu=person.%d", item_at, p);
	}
}

/* Adds items and, as it goes, what they have to find. */
static void make_items(struct table *t, const struct model *m, struct rng *r)
{
	for (size_t i = 0; i < ITEMS; i++) {
		char text[32];
		struct ndz z = { firsts[rng_below(r, COUNTOF(firsts))],
			lasts[rng_below(r, COUNTOF(lasts))],
			borns[rng_below(r, COUNTOF(borns))], text };

		if (i % 2) {
			snprintf(text, sizeof text, "m%d@x.example",
				(int)rng_below(r, 2 * ROWS));
			item(t, DROP_EMAIL, str_of(text));
			expect_email(t, m, i, text);
			continue;
		}
		snprintf(text, sizeof text, "9%04d", (int)rng_below(r, 40));
		ndz_item(t, z.first, z.last, z.born, z.zip);
		expect_ndz(t, m, i, &z);
	}
	drop_items_seal(t->items);
}

static void nested_loops(void)
{
	struct table *t = table_open();
	struct model *m = arena_one(t->a, struct model);
	struct rng r = { 20261122 };
	int64_t records, keys;
	str want;

	model_fill(m, &r);
	model_insert(t, m);
	make_items(t, m, &r);
	CHECK(t->n > 300, "only %zu matches: too few to tell", t->n);
	want = shown(t->a, t->at, t->n);
	CHECK(str_eq(match(t), want), "with all memory");
	records = t->r->records;
	keys = t->r->keys[DROP_NDZ];
	/* Room for a few people at a time: many readings, one answer. */
	t->o.join_size = 100000;
	CHECK(str_eq(match(t), want), "in many readings");
	CHECK(t->r->records == records && t->r->keys[DROP_NDZ] == keys,
		"%lld records, %lld keys", (long long)t->r->records,
		(long long)t->r->keys[DROP_NDZ]);
	t->o.cpu = CPU_PORTABLE;
	CHECK(str_eq(match(t), want), "without special instructions");
	table_close(t);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	has_function = argc > 2 && !strcmp(argv[2], "hash");
	whose_row();
	days_first();
	parts_of_no_list();
	nested_loops();
	if (has_function)
		hashed_there();
	if (has_function && fixture_is_mariadb())
		columns_of_mariadb();
	return CHECK_DONE();
}
