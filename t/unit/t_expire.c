/*
 * Erasing what is kept too long: which rows go, with what, what makes one wait, and that
 * nothing else in the system changes.  The first argument names the engine
 * (t/connect/run).
 */
#include "connect/expire.h"

#include <signal.h>
#include <sys/wait.h>

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
	"        columns: [ { name: email, identifies: email }, { name: seen } ]\n"
	"        erase: delete\n"
	"        expires: { after: 24 months, from: seen }\n"
	"      - name: message\n"
	"        key: id\n"
	"        columns: [ { name: body }, { name: sent } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"        expires: { after: 90 days, from: sent }\n"
	"      - name: note\n"
	"        key: id\n"
	"        columns: [ { name: body } ]\n"
	"        links: [ { column: person_id, to: person.id },\n"
	"          { column: other_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: invoice\n"
	"        key: id\n"
	"        columns: [ { name: made } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: taxes\n"
	"        expires: { after: 7 years, from: made }\n"
	"      - name: paper\n"
	"        key: id\n"
	"        columns: [ { name: body } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: taxes\n"
	"      - name: house\n"
	"        key: id\n"
	"        columns: [ { name: built } ]\n"
	"        erase: delete\n"
	"        expires: { after: 1 year, from: built }\n"
	"      - name: lives\n"
	"        key: id\n"
	"        links: [ { column: person_id, to: person.id },\n"
	"          { column: house_id, to: house.id, shared: true } ]\n"
	"        erase: delete\n"
	"      - name: visit\n"
	"        key: id\n"
	"        columns: [ { name: phone, identifies: phone, erase: null },\n"
	"          { name: day } ]\n"
	"        erase: deidentify\n"
	"        expires: { after: 1 year, from: day }\n";

enum { PERSON, MESSAGE, NOTE, INVOICE, PAPER, HOUSE, LIVES, VISIT };

static const char ddl[] =
	"create table person (id integer primary key, email text, seen text);\n"
	"create table message (id integer primary key, body text, sent text,\n"
	"	person_id integer references person (id));\n"
	"create table note (id integer primary key, body text,\n"
	"	person_id integer references person (id),\n"
	"	other_id integer references person (id));\n"
	"create table house (id integer primary key, built text);\n"
	"create table lives (id integer primary key,\n"
	"	person_id integer references person (id),\n"
	"	house_id integer references house (id));\n"
	"create table invoice (id integer primary key, made text,\n"
	"	person_id integer references person (id));\n"
	"create table paper (id integer primary key, body text,\n"
	"	person_id integer references person (id));\n"
	"create table visit (id integer primary key, phone text, day text);\n"
	/* Today is 2026-11-22. */
	"insert into person values (1, 'old@a.example', '2024-11-21'),\n"
	"	(2, 'last@a.example', '2024-11-22'),\n"
	"	(3, 'new@a.example', '2026-11-01'),\n"
	"	(4, 'none@a.example', null),\n"
	"	(5, 'odd@a.example', 'long ago'),\n"
	"	(6, 'talks@a.example', '2020-01-01'),\n"
	"	(7, 'taxed@a.example', '2019-01-01'),\n"
	"	(8, 'paper@a.example', '2019-01-01'),\n"
	"	(9, 'held@a.example', '2019-01-01'),\n"
	"	(10, 'paid@a.example', '2018-01-01'),\n"
	"	(11, 'shares@a.example', '2018-01-01');\n"
	"insert into message values (1, 'too old', '2026-08-23', 3),\n"
	"	(2, 'last day', '2026-08-24', 3),\n"
	"	(3, 'of the old one', '2024-11-21', 1),\n"
	"	(4, 'younger than its writer', '2026-11-20', 6),\n"
	"	(5, 'older than its writer', '2020-01-01', 6);\n"
	"insert into note values (1, 'of the old one', 1, null),\n"
	"	(2, 'of the new one', 3, null), (3, 'of the held one', 9, null),\n"
	"	(4, 'of two', 11, 3);\n"
	"insert into house values (1, '2000-01-01'), (2, '2000-01-01'),\n"
	"	(3, '2000-01-01');\n"
	"insert into lives values (1, 1, 1), (2, 3, 2), (3, 1, 2);\n"
	"insert into invoice values (1, '2020-01-01', 7),\n"
	"	(2, '2019-11-21', 10);\n"
	"insert into paper values (1, 'kept by word', 8);\n"
	"insert into visit values (1, '5105550101', '2020-01-01'),\n"
	"	(2, null, '2020-01-01'), (3, '5105550103', '2026-01-01');\n";

static const struct date today = { 2026, 11, 22 };

/* --- a system --- */

static bool is_held(
	void *ctx, const struct map_table *t, const struct cell *key)
{
	(void)ctx;
	return str_eq(t->name, STR("note")) && str_eq(key->v.v, STR("3"));
}

static const struct row_exceptions held = { is_held, NULL };

/* The rest of a run, table by table. */
struct run {
	struct expire_count at[8];
	int64_t batches;
	int64_t proven;
};

static int note_batch(void *ctx, const struct expire_batch *b, struct err *e)
{
	struct run *r = ctx;

	(void)e;
	r->batches++;
	r->proven += b->is_proven;
	return 0;
}

static struct run run_in(struct fixture *f, bool is_preview)
{
	struct run out = { .batches = 0 };
	struct expire_way way = {
		.conn = f->conn,
		.today = today,
		.at_ms = 1795320000000,
		.is_preview = is_preview,
		.done = note_batch,
		.ctx = &out,
	};
	struct err e = { 0 };
	const struct map_table **order;
	size_t n;

	/* As the desk opens it: what is kept until its time is up, goes then. */
	f->conn->system = expire_system(f->a, f->system);
	f->conn->exceptions = &held;
	order = expire_order(f->a, f->conn->system, &n);
	CHECK(n == 5, "%zu tables have a time", n);
	for (size_t i = 0; i < n; i++)
		CHECK(!expire_table(&way, f->a, order[i],
			      &out.at[order[i] - f->conn->system->tables], &e),
			"%.*s: %s", STR_ARG(order[i]->name), e.message);
	return out;
}

struct keys {
	struct buf *b;
};

static int put_key(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct keys *k = ctx;

	(void)n;
	(void)e;
	if (cells[1].type != CELL_NULL && cells[1].v.v.n)
		buf_fmt(k->b, "%.*s%c", STR_ARG(cells[0].v.v), ' ');
	return 0;
}

/* The keys of the rows in which `column` holds something; as they come they are in no
 * order, so each is looked for. */
static bool has_exactly(struct fixture *f, const char *table,
	const char *column, const char *keys)
{
	struct buf b = buf_in(f->a, 4096);
	struct keys k = { &b };
	str columns[] = { STR("id"), str_of(column) };
	struct row_query q = {
		.table = str_of(table),
		.columns = columns,
		.columns_n = 2,
		.is_all = true,
	};
	str rest = str_of(keys), one;
	size_t n = 0;
	struct err e = { 0 };
	str all;

	buf_putc(&b, ' ');
	CHECK(!conn_rows(f->conn, &q, put_key, &k, &e), "%s", e.message);
	all = buf_str(&b);
	while (str_next(&rest, ' ', &one)) {
		n += one.n + 1;
		if (str_find(all, arena_fmt(f->a, " %.*s ", STR_ARG(one))) < 0)
			return false;
	}
	return all.n == n + 1;
}

#define HAS(f, table, column, keys)                                        \
	CHECK(has_exactly((f), (table), (column), (keys)), "%s is not %s", \
		(table), (keys))

static void is_untouched(struct fixture *f)
{
	HAS(f, "person", "email", "1 2 3 4 5 6 7 8 9 10 11");
	HAS(f, "message", "body", "1 2 3 4 5");
	HAS(f, "note", "body", "1 2 3 4");
	HAS(f, "invoice", "made", "1 2");
	HAS(f, "visit", "phone", "1 3");
}

static void is_expired(struct fixture *f)
{
	/* 2 is in its last day, 3 is new; of 4 and 5 no day can be told.  6 has a
	 * message that is younger, 7 an invoice, 8 a paper that is kept, 9 a note that
	 * is held, 11 one that is somebody else's too. */
	HAS(f, "person", "email", "2 3 4 5 6 7 8 9 11");
	/* By their own time; 3 too.  4 is young though its writer is not. */
	HAS(f, "message", "body", "2 4");
	HAS(f, "note", "body", "2 3 4");
	/* 1 was pointed to by who went, 3 by nobody; 2 by somebody who is there. */
	HAS(f, "house", "built", "2");
	HAS(f, "lives", "house_id", "2");
	HAS(f, "invoice", "made", "1");
	HAS(f, "paper", "body", "1");
	HAS(f, "visit", "phone", "3");
}

static void which_rows(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct run r = run_in(&f, true);

	/* A preview says what would go, and touches nothing. */
	is_untouched(&f);
	CHECK(r.at[PERSON].old == 7 && r.at[PERSON].undated == 2 &&
			r.at[PERSON].rows == 11,
		"%lld of %lld, %lld without a day", (long long)r.at[PERSON].old,
		(long long)r.at[PERSON].rows, (long long)r.at[PERSON].undated);
	CHECK(r.at[PERSON].goes == 2, "%lld would go",
		(long long)r.at[PERSON].goes);
	CHECK(!date_cmp(r.at[PERSON].oldest, (struct date){ 2018, 1, 1 }),
		"the oldest");
	CHECK(r.at[PERSON].samples_n == EXPIRE_SAMPLES, "samples");
	CHECK(!r.batches, "nothing was erased");

	r = run_in(&f, false);
	is_expired(&f);
	CHECK(r.batches && r.proven == r.batches, "%lld of %lld are proven",
		(long long)r.proven, (long long)r.batches);
	CHECK(r.at[PERSON].goes == 2 && r.at[PERSON].left == 0, "%lld went",
		(long long)r.at[PERSON].goes);
	CHECK(r.at[PERSON].waiting[EXPIRE_YOUNGER] == 2 &&
			r.at[PERSON].waiting[EXPIRE_KEPT] == 1 &&
			r.at[PERSON].waiting[EXPIRE_NEEDED] == 1 &&
			r.at[PERSON].waiting[EXPIRE_OTHERS] == 1,
		"%lld, %lld, %lld, %lld wait",
		(long long)r.at[PERSON].waiting[EXPIRE_YOUNGER],
		(long long)r.at[PERSON].waiting[EXPIRE_KEPT],
		(long long)r.at[PERSON].waiting[EXPIRE_NEEDED],
		(long long)r.at[PERSON].waiting[EXPIRE_OTHERS]);
	CHECK(r.at[MESSAGE].goes == 3, "%lld messages",
		(long long)r.at[MESSAGE].goes);
	CHECK(r.at[VISIT].goes == 1, "one is nobody's already");

	/* Again: what waits, waits, and nothing else is found. */
	r = run_in(&f, false);
	is_expired(&f);
	CHECK(r.at[PERSON].goes == 0 && r.at[PERSON].old == 5 &&
			r.at[MESSAGE].old == 0 && r.at[VISIT].old == 0,
		"%lld and %lld", (long long)r.at[PERSON].goes,
		(long long)r.at[PERSON].old);
	fixture_close(&f);
}

/* Erased up to a batch and killed there: the next run does the rest, and no other
 * row. */
static int die(void *ctx, const struct expire_batch *b, struct err *e)
{
	int *left = ctx;

	(void)b;
	(void)e;
	if (!--*left)
		raise(SIGKILL);
	return 0;
}

static void killed_after(struct fixture *f, int batches)
{
	pid_t pid = fork();
	int status;

	must(pid >= 0);
	if (!pid) {
		struct err e = { 0 };
		struct conn *c = fixture_connect(f, CONN_WRITE, 0);
		struct expire_way way = { .today = today,
			.at_ms = 1795320000000,
			.done = die,
			.ctx = &batches };
		const struct map_table **order;
		size_t n;

		c->system = expire_system(f->a, f->system);
		c->exceptions = &held;
		way.conn = c;
		order = expire_order(f->a, c->system, &n);
		for (size_t i = 0; i < n; i++) {
			struct expire_count count;

			must(!expire_table(&way, f->a, order[i], &count, &e));
		}
		_exit(0);
	}
	must(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status), "batch %d was reached", batches);
}

static void killed(void)
{
	for (int batches = 1; batches <= 3; batches++) {
		struct fixture f = fixture_open(yaml, ddl);

		killed_after(&f, batches);
		run_in(&f, false);
		is_expired(&f);
		fixture_close(&f);
	}
}

/* Old messages of somebody who is new. */
static void add_messages(struct fixture *f, size_t n)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("body"),
		STR_INIT("sent"), STR_INIT("person_id") };
	const char **rows = arena_many(f->a, const char *, 4 * n);

	for (size_t i = 0; i < n; i++) {
		const char **row = &rows[4 * i];

		row[0] = arena_fmt(f->a, "%zu%c", 100 + i, '\0').p;
		row[1] = "x";
		row[2] = "2020-01-01";
		row[3] = "3";
	}
	fixture_insert(f, "message", columns, COUNTOF(columns), rows, n);
}

/* More rows than a batch; and than one reading remembers: all of them. */
static void many(size_t n)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct run r;

	add_messages(&f, n);
	r = run_in(&f, false);
	is_expired(&f);
	CHECK(r.at[MESSAGE].goes == (int64_t)n + 3 &&
			r.at[MESSAGE].old == (int64_t)n + 3 &&
			!r.at[MESSAGE].is_more,
		"%lld of %lld went", (long long)r.at[MESSAGE].goes,
		(long long)r.at[MESSAGE].old);
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	which_rows();
	killed();
	many(1200);
	if (!strcmp(fixture_engine, "sqlite"))
		many(50100);
	return CHECK_DONE();
}
