/*
 * What may not go for its age since nobody can say for certain which row is meant: keys
 * that stand on two rows.  In doubt a row waits, and what is certain goes all the same.
 * The first argument names the engine (t/connect/run).
 */
#include "connect/expire.h"

#include "check.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: ev\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email }, { name: seen } ]\n"
	"        erase: delete\n"
	"        expires: { after: 24 months, from: seen }\n"
	"      - name: part\n"
	"        key: id\n"
	"        columns: [ { name: body } ]\n"
	"        links: [ { column: ev_id, to: ev.id } ]\n"
	"        erase: delete\n";

enum { EV };

static const struct date today = { 2026, 11, 22 };

/* --- a system --- */

static struct expire_way way_in(struct fixture *f)
{
	f->conn->system = expire_system(f->a, f->system);
	return (struct expire_way){
		.conn = f->conn, .today = today, .at_ms = 1795320000000
	};
}

static struct expire_count run_in(struct fixture *f, bool is_preview)
{
	struct expire_way way = way_in(f);
	struct expire_count out;
	struct err e = { 0 };

	way.is_preview = is_preview;
	CHECK(!expire_table(&way, f->a, &f->conn->system->tables[EV], &out, &e),
		"%s", e.message);
	return out;
}

static int put_cell(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct dump *d = ctx;

	(void)n;
	(void)e;
	dump_put(d, arena_dup(d->a, cells[0].v.v));
	return 0;
}

/* What a column holds, over all rows: "a b c", in order. */
static bool holds(struct fixture *f, const char *table, const char *column,
	const char *words)
{
	struct dump d = { .a = f->a };
	struct buf b = buf_in(f->a, 1 << 16);
	str name = str_of(column);
	struct row_query q = { .table = str_of(table),
		.columns = &name,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	CHECK(!conn_rows(f->conn, &q, put_cell, &d, &e), "%s", e.message);
	if (d.n)
		qsort(d.rows, d.n, sizeof *d.rows, dump_order);
	for (size_t i = 0; i < d.n; i++)
		buf_fmt(&b, "%s%.*s", i ? " " : "", STR_ARG(d.rows[i]));
	if (!str_eq(buf_str(&b), str_of(words)))
		printf("# %s.%s: %.*s\n", table, column, STR_ARG(buf_str(&b)));
	return str_eq(buf_str(&b), str_of(words));
}

/* --- keys that stand twice --- */

static const char twins[] =
	"create table ev (id integer, email text, seen text);\n"
	"create table part (id integer, body text, ev_id integer);\n"
	/* Today is 2026-11-22.  1 is somebody else's, too, who is new; 5 is of two
	 * who are both old. */
	"insert into ev values (1, 'old@a.example', '2019-01-01'),\n"
	"	(1, 'new@a.example', '2026-11-20'),\n"
	"	(2, 'two@a.example', '2019-01-01'),\n"
	"	(3, 'three@a.example', '2019-01-01'),\n"
	"	(4, 'four@a.example', '2026-11-20'),\n"
	"	(5, 'five@a.example', '2019-01-01'),\n"
	"	(5, 'six@a.example', '2018-01-01');\n"
	"insert into part values (20, 'b2', 2), (21, 'b3', 3),\n"
	"	(21, 'b4', 4);\n";

/* The rows of others stand on the same key: an erasure by key would take both. */
static void key_of_two(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_count n = run_in(&f, true);

	CHECK(n.rows == 7 && n.old == 5 && n.goes == 1 &&
			n.waiting[EXPIRE_UNSURE] == 4 && n.along == 1,
		"%lld old, %lld would go, %lld wait", (long long)n.old,
		(long long)n.goes, (long long)n.waiting[EXPIRE_UNSURE]);
	n = run_in(&f, false);
	CHECK(n.goes == 1 && n.waiting[EXPIRE_UNSURE] == 4, "%lld went",
		(long long)n.goes);
	CHECK(holds(&f, "ev", "email",
		      "five@a.example four@a.example new@a.example "
		      "old@a.example six@a.example three@a.example"),
		"2 alone went");
	CHECK(holds(&f, "part", "body", "b3 b4"), "with what is its own");
	fixture_close(&f);
}

/* A row that nothing can name waits, and so does 3, which such a row belongs to; neither
 * ends the run for the others. */
static void key_of_none(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_count n;

	fixture_script(&f, "insert into ev values (null, 'none@a.example',\n"
			   "	'2019-01-01'), (6, 'last@a.example',\n"
			   "	'2019-01-01');\n"
			   "insert into part values (null, 'b6', 3);\n");
	for (int is_run = 0; is_run < 2; is_run++) {
		n = run_in(&f, !is_run);
		CHECK(n.old == 7 && n.goes == 2 &&
				n.waiting[EXPIRE_UNSURE] == 5,
			"%lld old, %lld go, %lld wait", (long long)n.old,
			(long long)n.goes, (long long)n.waiting[EXPIRE_UNSURE]);
	}
	CHECK(holds(&f, "ev", "email",
		      "five@a.example four@a.example new@a.example "
		      "none@a.example old@a.example six@a.example "
		      "three@a.example") &&
			holds(&f, "part", "body", "b3 b4 b6"),
		"2 and 6 went");
	fixture_close(&f);
}

/* Parts of two owners on one key, both too old: they wait, and 2 and 7 go all the same. */
static void twins_of_two(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_count n;

	fixture_script(&f, "insert into ev values (7, 'ok@a.example',\n"
			   "	'2019-01-01'), (8, 'eight@a.example',\n"
			   "	'2019-01-01');\n"
			   "insert into part values (21, 'b8', 8);\n");
	for (int is_run = 0; is_run < 2; is_run++) {
		n = run_in(&f, !is_run);
		CHECK(n.old == 7 && n.goes == 2 && n.along == 1 &&
				n.waiting[EXPIRE_UNSURE] == 5,
			"%lld old, %lld go, %lld wait", (long long)n.old,
			(long long)n.goes, (long long)n.waiting[EXPIRE_UNSURE]);
	}
	CHECK(holds(&f, "part", "body", "b3 b4 b8"), "each has an owner");
	fixture_close(&f);
}

/* No connector takes more rows than it was given keys. */
static void no_more_than_keys(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct cell keys[] = { cell_int(f.a, 2), cell_int(f.a, 1) };
	struct erase_step step = {
		.table = &f.system->tables[EV], .keys = keys, .keys_n = 1
	};
	struct err e = { 0 };
	int64_t erased = 0;

	step.keys = &keys[1];
	CHECK(conn_erase(f.conn, &step, 1, &erased, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"two rows for one key: %s", e.message);
	CHECK(holds(&f, "ev", "seen",
		      "2018-01-01 2019-01-01 2019-01-01 2019-01-01 2019-01-01 "
		      "2026-11-20 2026-11-20"),
		"all was taken back");
	step.keys = keys;
	CHECK(!conn_erase(f.conn, &step, 1, &erased, &e) && erased == 1,
		"one row for one key: %s", e.message);
	fixture_close(&f);
}

/* --- another spelling --- */

static const char shared_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: ev\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email }, { name: seen } ]\n"
	"        erase: delete\n"
	"        expires: { after: 24 months, from: seen }\n"
	"      - name: part\n"
	"        key: id\n"
	"        columns: [ { name: body, identifies: phone } ]\n"
	"        links: [ { column: ev_id, to: ev.id, shared: true } ]\n"
	"        erase: delete\n";

/* Keys and links that the database compares without their case. */
static const char spelled[] =
	"create table ev (id text collate COLLATION, email text,\n"
	"	seen text);\n"
	"create table part (id integer primary key, body text,\n"
	"	ev_id text collate COLLATION);\n"
	"insert into ev values ('AbC', 'abc@a.example', '2019-01-01'),\n"
	"	('def', 'def@a.example', '2019-01-01'),\n"
	"	('G', 'g@a.example', '2019-01-01'),\n"
	"	('g', 'new@a.example', '2026-11-20');\n"
	"insert into part values (1, 'b1', 'abc'), (2, 'b2', 'def');\n";

static const char no_case[] =
	"create collation nocase (provider = icu, locale = 'und-u-ks-level2',\n"
	"	deterministic = false);\n";

static const char *spelled_ddl(struct arena *a)
{
	str ddl = fixture_with(a, spelled, "COLLATION",
		fixture_is_mariadb() ? "utf8mb4_general_ci" : "nocase");

	return arena_fmt(a, "%s%.*s%c", fixture_is_postgres() ? no_case : "",
		STR_ARG(ddl), '\0')
		.p;
}

/* What is left: of events, by their emails, and of what belongs to them. */
struct left {
	int64_t goes;
	int64_t unsure;
	const char *events;
	const char *parts;
};

/* What belongs to a row, or points to it, under another spelling is not left behind by an
 * owner that goes; nor does one go whose key is spelled like a younger one's, where the
 * system would erase both. */
static void spelled_otherwise(const char *map, const struct left *l)
{
	struct arena *a = arena_new(1 << 20);
	struct fixture f = fixture_open(map, spelled_ddl(a));
	struct expire_count n = run_in(&f, false);

	CHECK(n.old == 3 && n.goes == l->goes &&
			n.waiting[EXPIRE_UNSURE] == l->unsure && n.left == 0,
		"%lld went, %lld wait", (long long)n.goes,
		(long long)n.waiting[EXPIRE_UNSURE]);
	CHECK(holds(&f, "ev", "email", l->events), "only what is certain went");
	CHECK(holds(&f, "part", "body", l->parts), "nothing is left alone");
	fixture_close(&f);
	arena_free(a);
}

static void spellings(void)
{
	enum { AS_IT_IS, ODBC, MARIADB };
	static const char none[] =
		"abc@a.example def@a.example g@a.example new@a.example";
	static const struct left own[] = {
		[AS_IT_IS] = { 1, 2, "abc@a.example g@a.example new@a.example",
			"b1" },
		/* "G" is refused: the database would take "g" with it. */
		[ODBC] = { 1, 1, "abc@a.example g@a.example new@a.example",
			"b1" },
		/* Of a key each byte is compared: "G" is not "g". */
		[MARIADB] = { 2, 1, "abc@a.example new@a.example", "b1" },
	};
	/* Who is pointed to waits in any spelling. */
	static const struct left shared[] = {
		[AS_IT_IS] = { 0, 2, none, "b1 b2" },
		[ODBC] = { 0, 1, none, "b1 b2" },
		[MARIADB] = { 1, 1, "abc@a.example def@a.example new@a.example",
			"b1 b2" },
	};
	size_t kind = fixture_is_odbc()      ? ODBC
		      : fixture_is_mariadb() ? MARIADB
					     : AS_IT_IS;

	spelled_otherwise(yaml, &own[kind]);
	spelled_otherwise(shared_yaml, &shared[kind]);
}

/* --- types that a database compares its own way --- */

static const char typed[] =
	"create table ev (id OWNER primary key, email text, seen text);\n"
	"create table part (id integer primary key, body text,\n"
	"	ev_id CHILD);\n"
	"insert into ev values ('VALUE', 'old@a.example', '2019-01-01');\n"
	"insert into part values (1, 'b1', 'SPELLED');\n";

static const struct typed_case {
	const char *owner, *child; /* types of PostgreSQL */
	const char *value, *spelled;
	int64_t goes; /* else it waits: which owner is meant can't be told */
} typed_cases[] = {
	{ "char(8)", "char(8)", "A", "A", 1 },
	{ "varchar(8)", "char(8)", "A", "A", 1 },
	{ "char(8)", "varchar(8)", "A", "A", 1 },
	{ "numeric(10,2)", "numeric(10,2)", "1", "1.00", 1 },
	{ "double precision", "double precision", "0.1", "0.1", 1 },
	{ "real", "real", "0.1", "0.1", 1 },
	{ "citext", "citext", "abc", "abc", 1 },
	{ "citext", "citext", "AbC", "abc", 0 },
	{ "integer", "numeric(10,2)", "1", "1.00", 0 },
	{ "numeric(10,2)", "integer", "1.00", "1", 0 },
	{ "double precision", "numeric(12,1)", "1e6", "1000000", 0 },
	{ "numeric(10,2)", "double precision", "7.50", "7.5", 0 },
};

/* An owner never goes without what belongs to it, which it did where a column was compared
 * by its text. */
static void typed_otherwise(const struct typed_case *k)
{
	struct arena *a = arena_new(1 << 20);
	str ddl = fixture_with(a, typed, "OWNER", k->owner);
	struct fixture f;
	struct expire_count n;

	ddl = fixture_with(a, arena_cstr(a, ddl), "CHILD", k->child);
	ddl = fixture_with(a, arena_cstr(a, ddl), "VALUE", k->value);
	ddl = fixture_with(a, arena_cstr(a, ddl), "SPELLED", k->spelled);
	f = fixture_open(yaml,
		arena_fmt(a, "create extension if not exists citext;\n%.*s%c",
			STR_ARG(ddl), '\0')
			.p);
	n = run_in(&f, false);
	CHECK(n.goes == k->goes && n.along == k->goes &&
			n.waiting[EXPIRE_UNSURE] == 1 - k->goes,
		"%s to %s: %lld went, %lld with it, %lld wait", k->child,
		k->owner, (long long)n.goes, (long long)n.along,
		(long long)n.waiting[EXPIRE_UNSURE]);
	CHECK(holds(&f, "ev", "email", k->goes ? "" : "old@a.example") &&
			holds(&f, "part", "body", k->goes ? "" : "b1"),
		"%s to %s: both, or none", k->child, k->owner);
	fixture_close(&f);
	arena_free(a);
}

static void typed_links(void)
{
	for (size_t i = 0; i < COUNTOF(typed_cases); i++)
		typed_otherwise(&typed_cases[i]);
}

/* In a column without a type SQLite keeps '1' a text, and does not take it for 1: what
 * belongs to a row is found all the same, and goes before it. */
static void untyped_links(void)
{
	struct fixture f = fixture_open(yaml,
		"create table ev (id integer primary key, email text,\n"
		"	seen text);\n"
		"create table part (id integer primary key, body text, ev_id);\n"
		"insert into ev values (1, 'one@a.example', '2019-01-01'),\n"
		"	(2, 'two@a.example', '2019-01-01');\n"
		"insert into part values (1, 'text', '1'), (2, 'number', 1),\n"
		"	(3, 'other', '3'), (4, 'two', 2);\n");
	struct expire_count n = run_in(&f, false);

	CHECK(n.goes == 2 && n.along == 3, "%lld went, %lld with them",
		(long long)n.goes, (long long)n.along);
	CHECK(holds(&f, "ev", "email", "") &&
			holds(&f, "part", "body", "other"),
		"with all that is theirs, once each");
	fixture_close(&f);
}

/* A second row comes when it was looked already. */
static int add_twin(void *ctx, struct err *e)
{
	(void)e;
	fixture_script(ctx, "insert into ev values (2, 'late@a.example', "
			    "'2026-11-22');\n");
	return 0;
}

static void twin_comes_late(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_way way = way_in(&f);
	struct expire_count n;
	struct err e = { 0 };

	way.before = add_twin;
	way.ctx = &f;
	CHECK(!expire_table(&way, f.a, &f.conn->system->tables[EV], &n, &e) &&
			!n.goes && n.waiting[EXPIRE_UNSURE] == 5,
		"%lld went, %lld wait: %s", (long long)n.goes,
		(long long)n.waiting[EXPIRE_UNSURE], e.message);
	CHECK(holds(&f, "ev", "email",
		      "five@a.example four@a.example late@a.example "
		      "new@a.example old@a.example six@a.example "
		      "three@a.example two@a.example") &&
			holds(&f, "part", "body", "b2 b3 b4"),
		"nothing went");
	fixture_close(&f);
}

/* --- what others do meanwhile --- */

static int change_rows(void *ctx, struct err *e)
{
	struct fixture *f = ((void **)ctx)[0];
	const char **script = &((const char **)ctx)[1];

	(void)e;
	if (*script)
		fixture_script(f, *script);
	*script = NULL; /* once */
	return 0;
}

/* What is done between the reading of a batch and its erasure, and what is left then. */
struct meanwhile {
	const char *script;
	int64_t goes;
	int64_t along;
	const char *emails;
	const char *parts;
};

static void changed_meanwhile(const struct meanwhile *m)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_way way = way_in(&f);
	const void *ctx[] = { &f, m->script };
	struct expire_count n;
	struct err e = { 0 };

	way.before = change_rows;
	way.ctx = (void *)ctx;
	CHECK(!expire_table(&way, f.a, &f.conn->system->tables[EV], &n, &e),
		"%s", e.message);
	CHECK(n.goes == m->goes && n.along == m->along && !n.left,
		"%s: %lld went, with %lld", m->script, (long long)n.goes,
		(long long)n.along);
	CHECK(holds(&f, "ev", "email", m->emails) &&
			holds(&f, "part", "body", m->parts),
		"%s", m->script);
	fixture_close(&f);
}

/* A row is judged by what it is when it goes, and so is what belongs to it: who came back a
 * moment ago is no old customer. */
static void used_meanwhile(void)
{
	static const char all[] =
		"five@a.example four@a.example new@a.example old@a.example "
		"six@a.example three@a.example two@a.example";
	static const char without[] =
		"five@a.example four@a.example new@a.example old@a.example "
		"six@a.example three@a.example";
	static const struct meanwhile cases[] = {
		{ "delete from ev where id = 2;\n"
		  "insert into ev values (2, 'two@a.example', '2026-11-22');\n",
			0, 0, all, "b2 b3 b4" },
		{ "delete from part where id = 20;\n"
		  "insert into part values (20, 'b2', 4);\n",
			1, 0, without, "b2 b3 b4" },
		{ "insert into part values (22, 'b5', 2);\n", 1, 2, without,
			"b3 b4" },
	};
	static const struct meanwhile used = {
		"update ev set seen = '2026-11-22' where id = 2;\n", 0, 0, all,
		"b2 b3 b4"
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		changed_meanwhile(&cases[i]);
	if (!fixture_is_files())
		changed_meanwhile(&used);
}

/* It never rests: the row waits, and the run ends. */
static int use_again(void *ctx, struct err *e)
{
	struct fixture *f = ((void **)ctx)[0];
	int *n = ((void **)ctx)[1];

	(void)e;
	fixture_script(
		f, arena_fmt(f->a, "insert into part values (%d, 'x', 2);\n%c",
			   100 + ++*n, '\0')
			   .p);
	return 0;
}

static void never_rests(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_way way = way_in(&f);
	int times = 0;
	void *ctx[] = { &f, &times };
	struct expire_count n;
	struct err e = { 0 };

	way.before = use_again;
	way.ctx = ctx;
	CHECK(!expire_table(&way, f.a, &f.conn->system->tables[EV], &n, &e),
		"%s", e.message);
	CHECK(!n.goes && n.waiting[EXPIRE_UNSURE] == 5 && times,
		"%lld went, %lld wait", (long long)n.goes,
		(long long)n.waiting[EXPIRE_UNSURE]);
	fixture_close(&f);
}

/* --- what a system does --- */

static int take_one(void *ctx, struct err *e)
{
	(void)e;
	fixture_script(ctx, "delete from ev where id = 2;\n");
	return 0;
}

/* Somebody was faster: what went by this run is what it erased, for the evidence. */
static void gone_before(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_way way = way_in(&f);
	struct expire_count n;
	struct err e = { 0 };

	way.before = take_one;
	way.ctx = &f;
	CHECK(!expire_table(&way, f.a, &f.conn->system->tables[EV], &n, &e),
		"%s", e.message);
	CHECK(!n.goes && !n.along && !n.left, "%lld went, with %lld",
		(long long)n.goes, (long long)n.along);
	fixture_close(&f);
}

struct acts {
	int64_t goes;
	int n;
	int named; /* with evidence */
};

static int note_act(void *ctx, const struct expire_batch *b, struct err *e)
{
	struct acts *x = ctx;

	(void)e;
	x->goes += b->goes;
	x->n++;
	x->named += b->evidence.n > 0;
	return 0;
}

/* What the map does not know of refers to a row: it waits, and the others go. */
static void refused(void)
{
	static const char ddl[] =
		"create table ev (id integer primary key, email text, seen text);\n"
		"create table part (id integer primary key, body text,\n"
		"	ev_id integer);\n"
		"create table bill (id integer primary key,\n"
		"	ev_id integer, foreign key (ev_id) references ev (id));\n"
		"insert into ev values (1, 'one@a.example', '2019-01-01'),\n"
		"	(2, 'two@a.example', '2019-01-01'),\n"
		"	(3, 'three@a.example', '2019-01-01');\n"
		"insert into bill values (1, 2);\n";
	struct fixture f = fixture_open(yaml, ddl);
	struct expire_way way = way_in(&f);
	struct acts acts = { 0 };
	struct expire_count n;
	struct err e = { 0 };

	way.done = note_act;
	way.ctx = &acts;
	CHECK(!expire_table(&way, f.a, &f.conn->system->tables[EV], &n, &e),
		"%s", e.message);
	/* Also where the first went before the second was refused, in one call each. */
	CHECK(acts.goes == 2 && acts.named == acts.n,
		"%lld of what went is in an act", (long long)acts.goes);

	CHECK(n.goes == 2 && n.waiting[EXPIRE_REFUSED] == 1,
		"%lld went, %lld wait", (long long)n.goes,
		(long long)n.waiting[EXPIRE_REFUSED]);
	CHECK(holds(&f, "ev", "email", "two@a.example"), "the two others");
	fixture_close(&f);
}

struct ripple_case {
	const char *action; /* of the foreign key */
	int64_t goes;
	int64_t refused;
};

static const char *with(
	struct arena *a, const char *text, const char *word, const char *by)
{
	return arena_cstr(a, fixture_with(a, text, word, by));
}

/* What the database would do by itself to rows that the map does not lead to; bill is no table
 * of the map, and its row may be anybody's. */
static void rippled(const struct ripple_case *x)
{
	static const char ddl[] =
		"create table ev (id integer primary key, email text, seen text);\n"
		"create table part (id integer primary key, body text,\n"
		"	ev_id integer, foreign key (ev_id) references ev (id)\n"
		"	on delete cascade);\n"
		"create table bill (id integer primary key, note text,\n"
		"	PARENT_id integer, foreign key (PARENT_id)\n"
		"	references PARENT (id) on delete ACTION);\n"
		"insert into ev values (1, 'one@a.example', '2019-01-01'),\n"
		"	(2, 'two@a.example', '2019-01-01');\n"
		"insert into part values (20, 'b2', 2);\n"
		"insert into bill values (7, 'n7', KEY);\n";
	static const char *const parents[][2] = { { "ev", "2" },
		{ "part", "20" } };

	for (size_t i = 0; i < COUNTOF(parents); i++) {
		struct arena *a = arena_new(128 << 20);
		const char *acts = with(a, ddl, "ACTION", x->action);
		const char *of = with(a, acts, "PARENT", parents[i][0]);
		struct fixture f =
			fixture_open(yaml, with(a, of, "KEY", parents[i][1]));
		struct expire_count n = run_in(&f, true);

		CHECK(n.waiting[EXPIRE_REFUSED] == x->refused,
			"the preview says so, too");
		n = run_in(&f, false);
		CHECK(n.old == 2 && n.goes == x->goes &&
				n.waiting[EXPIRE_REFUSED] == 2 - x->goes,
			"%s %s: %lld went, %lld wait", parents[i][0], x->action,
			(long long)n.goes,
			(long long)n.waiting[EXPIRE_REFUSED]);
		CHECK(holds(&f, "bill", "note", "n7"), "nobody chose it");
		CHECK(holds(&f, "part", "body", "b2"), "with its owner");
		fixture_close(&f);
		arena_free(a);
	}
}

static void ripples(void)
{
	static const struct ripple_case cases[] = {
		{ "cascade", 0, 2 },
		{ "set null", 0, 2 },
		/* The database forbids it for one alone, and the other goes. */
		{ "no action", 1, 0 },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		rippled(&cases[i]);
}

/* --- very many --- */

static const char numbers[] =
	"with recursive n(i) as (select 1 union all select i + 1 from n\n"
	"	where i < 100100) ";

/* More belongs to one row than can go at once. */
static void many_of_one(void)
{
	struct fixture f = fixture_open(yaml, twins);
	struct expire_count n;

	fixture_script(
		&f, arena_fmt(f.a,
			    "%sinsert into part select 100 + i, 'x', 3 from n\n"
			    "	where i < 10100;\n"
			    "delete from part where id = 21;\n%c",
			    numbers, '\0')
			    .p);
	n = run_in(&f, false);
	CHECK(n.goes == 1 && n.waiting[EXPIRE_MANY] == 1,
		"%lld went, %lld wait", (long long)n.goes,
		(long long)n.waiting[EXPIRE_MANY]);
	CHECK(holds(&f, "ev", "email",
		      "five@a.example four@a.example new@a.example "
		      "old@a.example six@a.example three@a.example"),
		"the other one went");
	fixture_close(&f);
}

/* All but two of 100,100 rows. */
static bool is_needed(
	void *ctx, const struct map_table *t, const struct cell *key)
{
	(void)ctx;
	return str_eq(t->name, STR("ev")) && !str_eq(key->v.v, STR("1")) &&
	       !str_eq(key->v.v, STR("60000"));
}

/* More wait than are remembered: some are tried again, and nobody may take the sum for what
 * is there. */
static void waiting_twice(void)
{
	static const struct row_exceptions needed = { is_needed, NULL };
	struct fixture f = fixture_open(yaml,
		"create table ev (id integer primary key, email text,\n"
		"	seen text);\n"
		"create table part (id integer primary key, body text,\n"
		"	ev_id integer);\n");
	struct expire_count n;

	fixture_script(&f,
		arena_fmt(f.a,
			"%sinsert into ev select i, 'x', '2019-01-01' from n;\n%c",
			numbers, '\0')
			.p);
	f.conn->exceptions = &needed;
	n = run_in(&f, false);
	CHECK(n.goes == 2 && n.waiting[EXPIRE_NEEDED] > 100098 && n.is_again,
		"%lld went, %lld wait", (long long)n.goes,
		(long long)n.waiting[EXPIRE_NEEDED]);
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	if (!strcmp(fixture_engine, "http")) {
		refused();
		return CHECK_DONE();
	}
	key_of_two();
	if (!fixture_is_files())
		key_of_none();
	twins_of_two();
	no_more_than_keys();
	twin_comes_late();
	used_meanwhile();
	never_rests();
	gone_before();
	if (!fixture_is_files())
		refused();
	if (!fixture_is_files() && !fixture_is_odbc())
		ripples();
	if (!strcmp(fixture_engine, "sqlite")) {
		untyped_links();
		many_of_one();
		waiting_twice();
	}
	if (!fixture_is_files())
		spellings();
	if (!strcmp(fixture_engine, "postgres"))
		typed_links();
	return CHECK_DONE();
}
