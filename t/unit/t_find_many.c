/*
 * Many people searched for together: each finding is what a search for that person
 * alone gives, row by row, and the system is asked as often as for one.  The first
 * argument names the engine (t/connect/run).
 */
#include "connect/find_many.h"

#include "base/rand.h"
#include "check.h"
#include "t/connect/fixture.h"

/* Rows of two, rows of a house, people who share a telephone: what could mix up who
 * is whose. */
static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: house\n"
	"        key: id\n"
	"        columns: [ { name: street } ]\n"
	"        erase: delete\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: name }, { name: phone, identifies: phone } ]\n"
	"        links: [ { column: house_id, to: house.id, shared: true } ]\n"
	"        erase: delete\n"
	"      - name: mail\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: call\n"
	"        key: id\n"
	"        columns: [ { name: body } ]\n"
	"        links:\n"
	"          - { column: person_id, to: person.id }\n"
	"          - { column: other_id, to: person.id }\n"
	"        erase: delete\n"
	"      - name: note\n"
	"        key: id\n"
	"        columns: [ { name: text } ]\n"
	"        links: [ { column: call_id, to: call.id } ]\n"
	"        erase: delete\n";

static const char ddl[] =
	"create table house (id integer primary key, street text);\n"
	"create table person (id integer primary key, name text, phone text,\n"
	"	house_id integer);\n"
	"create table mail (id integer primary key, email text,\n"
	"	person_id integer);\n"
	"create table \"call\" (id integer primary key, body text,\n"
	"	person_id integer, other_id integer);\n"
	"create table note (id integer primary key, text text,\n"
	"	call_id integer);\n";

enum { PLANTED = 40, HOUSES = 15, NOBODY = 3, PEOPLE = PLANTED + NOBODY };

static const char *rows_of(struct arena *a, uint64_t seed)
{
	struct rng r = { seed };
	struct buf b = buf_in(a, 1 << 20);
	int id = 0;

	for (int i = 1; i <= HOUSES; i++)
		buf_fmt(&b, "insert into house values (%d, 'street %d');\n", i,
			i);
	for (int who = 1; who <= PLANTED; who++) {
		buf_fmt(&b,
			"insert into person values (%d, 'w%d', '(916) "
			"555-%04d', %d);\n",
			who, who, 100 + (int)rng_below(&r, PLANTED),
			1 + (int)rng_below(&r, HOUSES));
		for (uint64_t n = rng_below(&r, 3); n; n--)
			buf_fmt(&b,
				"insert into mail values (%d, "
				"'P%d@X.example', %d);\n",
				++id, who, who);
		for (uint64_t n = rng_below(&r, 3); n; n--) {
			buf_fmt(&b,
				"insert into \"call\" values (%d, 'b', %d, "
				"%d);\n",
				++id, who, 1 + (int)rng_below(&r, PLANTED));
			buf_fmt(&b, "insert into note values (%d, 'n', %d);\n",
				id, id);
		}
	}
	buf_putc(&b, '\0');
	return buf_str(&b).p;
}

/* --- a connection that counts --- */

struct counting {
	struct conn head;
	struct conn *real;
	int looks;
	int fails_at; /* this look-up; 0: none does */
};

static int count_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct counting *c = (struct counting *)conn;

	if (++c->looks == c->fails_at)
		return err_set(e, ERR_UNAVAILABLE, "cut off");
	return conn_rows(c->real, q, fn, ctx, e);
}

static const struct connector counter = { .rows = count_rows };

static struct counting counting_of(struct fixture *f)
{
	return (struct counting){
		.head = { .via = &counter, .system = f->conn->system },
		.real = f->conn,
	};
}

/* --- people --- */

static struct find_one *people_of(struct fixture *f)
{
	struct find_one *of = arena_many(f->a, struct find_one, PEOPLE);

	for (int i = 0; i < PEOPLE; i++) {
		struct ident *ids = arena_many(f->a, struct ident, 2);

		must(!ident_read(&ids[0], IDENT_TOYON_1, IDENT_EMAIL,
			arena_fmt(f->a, "p%d@x.example", i + 1)));
		must(!ident_read(&ids[1], IDENT_TOYON_1, IDENT_PHONE,
			arena_fmt(f->a, "916555%04d", 100 + i)));
		/* Some by both; some by the one that others have as well. */
		of[i].ids = i % 3 ? ids : ids + 1;
		of[i].ids_n = i % 3 == 1 ? 2 : 1;
	}
	return of;
}

static str words_of(struct arena *a, const struct finding *f)
{
	struct buf b = buf_in(a, FIND_JSON_MAX);

	find_to_json(&b, f);
	must(buf_ok(&b));
	return buf_str(&b);
}

static str idents_of(struct arena *a, const struct finding *f)
{
	struct buf b = buf_in(a, 1 << 20);

	for (size_t i = 0; i < f->idents_n; i++)
		buf_fmt(&b, "%d%.*s ", (int)f->idents[i].kind,
			(int)f->idents[i].n, f->idents[i].text);
	return buf_str(&b);
}

/* What was told of each, in words: a finding ends when it was told. */
struct told {
	struct arena *a;
	str finding[PEOPLE];
	str idents[PEOPLE];
	size_t rows_n[PEOPLE];
	size_t key_rows; /* of the table of people, of the first one */
};

static void note_told(
	void *ctx, size_t i, struct arena *a, const struct finding *f)
{
	struct told *t = ctx;

	(void)a;
	must(!t->finding[i].n);
	t->finding[i] = words_of(t->a, f);
	t->idents[i] = idents_of(t->a, f);
	t->rows_n[i] = f->rows_n;
	if (!i)
		t->key_rows = f->tables[1].n;
}

static int find_all(
	struct conn *c, struct told *t, struct find_one *of, struct err *e)
{
	struct find_told told = { note_told, t };

	return find_many(c, of, PEOPLE, &told, e);
}

static void same_as_alone(struct fixture *f, const struct told *t,
	const struct find_one *of, int i)
{
	const struct find_one *one = &of[i];
	struct find_options o = { .starts = one->starts,
		.starts_n = one->starts_n };
	struct finding alone;
	struct err e = { 0 };

	if (find_person(f->conn, f->a, one->ids, one->ids_n, &o, &alone, &e))
		fixture_die("find", e.message);
	CHECK(one->is_found && one->why.code == ERR_NONE, "found: %s",
		one->why.message);
	CHECK(str_eq(t->finding[i], words_of(f->a, &alone)), "%.*s\nnot %.*s",
		STR_ARG(t->finding[i]), STR_ARG(words_of(f->a, &alone)));
	/* What else is theirs is told to the case. */
	CHECK(str_eq(t->idents[i], idents_of(f->a, &alone)), "%.*s\nnot %.*s",
		STR_ARG(t->idents[i]), STR_ARG(idents_of(f->a, &alone)));
}

/* The most that a search for one of them asks. */
static int looks_of_one(struct fixture *f, const struct find_one *of)
{
	int most = 0;

	for (int i = 0; i < PEOPLE; i++) {
		struct counting c = counting_of(f);
		struct finding alone;
		struct err e = { 0 };

		if (find_person(&c.head, f->a, of[i].ids, of[i].ids_n,
			    &(struct find_options){ 0 }, &alone, &e))
			fixture_die("find", e.message);
		most = c.looks > most ? c.looks : most;
	}
	return most;
}

static void together(uint64_t seed)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct told t = { .a = f.a };
	struct find_one *of = people_of(&f);
	struct counting c = counting_of(&f);
	struct err e = { 0 };
	int one;

	fixture_script(&f, rows_of(f.a, seed));
	CHECK(!find_all(&c.head, &t, of, &e), "%s", e.message);
	for (int i = 0; i < PEOPLE; i++)
		same_as_alone(&f, &t, of, i);
	CHECK(!t.rows_n[PEOPLE - 1], "nobody is nobody");
	one = looks_of_one(&f, of);
	/* Hops of one person that another does not make come on top. */
	CHECK(c.looks <= 2 * one, "%d look-ups for all, %d for one", c.looks,
		one);
	fixture_close(&f);
}

/* Half an answer is none: who is called found was told of, with all that is
 * theirs. */
static void cut_off(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct err e;

	fixture_script(&f, rows_of(f.a, 7));
	for (int at = 1; at < 6; at++) {
		struct find_one *of = people_of(&f);
		struct counting c = counting_of(&f);
		struct told t = { .a = f.a };

		c.fails_at = at;
		e = (struct err){ 0 };
		CHECK(find_all(&c.head, &t, of, &e) < 0 &&
				e.code == ERR_UNAVAILABLE,
			"at %d: %s", at, e.message);
		CHECK(c.looks == at, "%d look-ups after %d", c.looks, at);
		for (int i = 0; i < PEOPLE; i++) {
			CHECK(of[i].is_found == !!t.finding[i].n,
				"%d is called found and was not told of", i);
			if (of[i].is_found)
				same_as_alone(&f, &t, of, i);
		}
	}
	fixture_close(&f);
}

/* Somebody with a key of another system beside others without one. */
static void with_starts(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct told t = { .a = f.a };
	struct find_one *of = people_of(&f);
	struct cell key = cell_int(f.a, 5);
	struct find_start start = { .table = 1,
		.column = f.system->tables[1].key,
		.is_entry = true,
		.path = STR("shop: customer"),
		.values = &key,
		.n = 1 };
	struct err e = { 0 };

	fixture_script(&f, rows_of(f.a, 11));
	of[0].starts = &start;
	of[0].starts_n = 1;
	CHECK(!find_all(f.conn, &t, of, &e), "%s", e.message);
	for (int i = 0; i < PEOPLE; i++)
		same_as_alone(&f, &t, of, i);
	CHECK(t.key_rows >= 1, "by the key");
	fixture_close(&f);
}

/* One whose rows are too many is told so, and the others are found. */
static void one_too_many(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct told t = { .a = f.a };
	struct buf b = buf_in(f.a, 4 << 20);
	struct find_one *of = people_of(&f);
	struct err e = { 0 };

	buf_puts(&b, rows_of(f.a, 13));
	for (int i = 0; i <= FIND_ROWS_MAX; i++)
		buf_fmt(&b,
			"insert into mail values (%d, 'p2@x.example', 2);\n",
			1000 + i);
	buf_putc(&b, '\0');
	fixture_script(&f, buf_str(&b).p);
	CHECK(!find_all(f.conn, &t, of, &e), "%s", e.message);
	for (int i = 0; i < PEOPLE; i++) {
		if (i == 1)
			CHECK(!of[i].is_found && of[i].why.code == ERR_LIMIT,
				"%s", of[i].why.message);
		else if (of[i].why.code == ERR_NONE)
			same_as_alone(&f, &t, of, i);
	}
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	for (uint64_t seed = 1; seed < 4; seed++)
		together(seed);
	cut_off();
	with_starts();
	if (!strcmp(fixture_engine, "sqlite"))
		one_too_many();
	return CHECK_DONE();
}
