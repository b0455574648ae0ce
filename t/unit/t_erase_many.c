/*
 * Many people erased together: the system and each person's result are what they
 * are when the same plans are carried out one after the other.  The first argument
 * names the engine (t/connect/run).
 */
#include "connect/erase_many.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/rand.h"
#include "check.h"
#include "connect/erase.h"
#include "t/connect/fixture.h"

/* Deleted rows, rows that stay with other values, rows of two, rows that are
 * kept. */
static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"      - name: call\n"
	"        key: id\n"
	"        columns: [ { name: body } ]\n"
	"        links:\n"
	"          - { column: person_id, to: person.id }\n"
	"          - { column: other_id, to: person.id }\n"
	"        erase: delete\n"
	"      - name: visit\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, erase: \"null\" }\n"
	"          - { name: name, erase: mask }\n"
	"          - { name: person_id, erase: \"null\" }\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: deidentify\n"
	"      - name: invoice\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: ship_to, erase: mask }\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: taxes\n";

enum { PERSON, CALL, VISIT, INVOICE };

static const char ddl[] =
	"create table person (id integer primary key, email text);\n"
	"create table \"call\" (id integer primary key, body text,\n"
	"	person_id integer, other_id integer);\n"
	"create table visit (id integer primary key, email text, name text,\n"
	"	person_id integer);\n"
	"create table invoice (id integer primary key, ship_to text,\n"
	"	person_id integer);\n";

enum { PLANTED = 30, TAKEN = 12 };

/* Two who share a row are not erased together (erase_shared.h). */
static int other_end(struct rng *r, int who)
{
	return who <= TAKEN ? TAKEN + 1 + (int)rng_below(r, PLANTED - TAKEN)
			    : 1 + (int)rng_below(r, PLANTED);
}

/* Of every third call the other end is somebody else. */
static const char *rows_of(struct arena *a, uint64_t seed)
{
	struct rng r = { seed };
	struct buf b = buf_in(a, 1 << 20);
	int id = 0;

	for (int who = 1; who <= PLANTED; who++) {
		buf_fmt(&b,
			"insert into person values (%d, 'p%d@x.example');\n",
			who, who);
		for (uint64_t n = rng_below(&r, 4); n; n--) {
			id++;
			if (rng_below(&r, 3))
				buf_fmt(&b,
					"insert into \"call\" values (%d, "
					"null, %d, null);\n",
					id, who);
			else
				buf_fmt(&b,
					"insert into \"call\" values (%d, "
					"'both', %d, %d);\n",
					id, who, other_end(&r, who));
		}
		for (uint64_t n = rng_below(&r, 3); n; n--)
			buf_fmt(&b,
				"insert into visit values (%d, "
				"'p%d@x.example', 'w%d', %d);\n",
				++id, who, who, who);
		if (rng_below(&r, 2))
			buf_fmt(&b,
				"insert into invoice values (%d, 'w%d', %d);\n",
				++id, who, who);
	}
	buf_putc(&b, '\0');
	return buf_str(&b).p;
}

static struct ident address_of(struct arena *a, int who)
{
	struct ident id;

	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL,
		arena_fmt(a, "p%d@x.example", who)));
	return id;
}

/* --- people, each with a plan of their own --- */

struct taken {
	struct fixture *f;
	struct erase_one *of;
	size_t n;
};

static void take(struct taken *t, int who)
{
	struct arena *a = t->f->a;
	struct ident *id = arena_one(a, struct ident);
	struct erase_plan *plan = arena_one(a, struct erase_plan);
	struct finding f;
	struct err e = { 0 };

	*id = address_of(a, who);
	if (find_person(
		    t->f->conn, a, id, 1, &(struct find_options){ 0 }, &f, &e))
		fixture_die("find", e.message);
	erase_plan_of(a, &f, false, plan);
	t->of[t->n++] = (struct erase_one){
		.q = { .plan = plan, .ids = id, .ids_n = 1, .at_ms = 1 },
	};
}

static struct taken take_some(struct fixture *f)
{
	struct taken t = { f, arena_many(f->a, struct erase_one, TAKEN + 1),
		0 };

	for (int who = 1; who <= TAKEN; who++)
		take(&t, who);
	return t;
}

static void one_by_one(struct taken *t)
{
	struct err e = { 0 };

	for (size_t i = 0; i < t->n; i++)
		if (erase_run(t->f->conn, t->f->a, &t->of[i].q,
			    &t->of[i].result, &e))
			fixture_die("erase", e.message);
}

static void together(struct taken *t)
{
	struct err e = { 0 };

	if (erase_run_many(t->f->conn, t->f->a, t->of, t->n, &e))
		fixture_die("erase many", e.message);
}

/* --- what is left, in an arena that outlives the system --- */

struct left {
	struct dump rows;
	str evidence[TAKEN + 1];
	bool is_proven[TAKEN + 1];
};

static struct left left_by(
	struct arena *a, uint64_t seed, void (*erase)(struct taken *t))
{
	struct fixture f = fixture_open(yaml, ddl);
	struct left out = { .rows = { .a = a } };
	struct dump now;
	struct taken t;

	fixture_script(&f, rows_of(f.a, seed));
	t = take_some(&f);
	erase(&t);
	now = fixture_dump(&f, f.conn);
	for (size_t i = 0; i < now.n; i++)
		dump_put(&out.rows, arena_dup(a, now.rows[i]));
	for (size_t i = 0; i < t.n; i++) {
		out.evidence[i] = arena_dup(a, t.of[i].result.evidence);
		out.is_proven[i] = t.of[i].result.is_proven;
	}
	fixture_close(&f);
	return out;
}

static void the_same_as_one_by_one(void)
{
	uint64_t rounds = fixture_is_program() ? 1 : 4;

	for (uint64_t seed = 1; seed <= rounds; seed++) {
		struct arena *a = arena_new(64 << 20);
		struct left alone = left_by(a, seed, one_by_one);
		struct left many = left_by(a, seed, together);

		CHECK(dump_eq(&alone.rows, &many.rows),
			"%zu rows are left, %zu when one by one", many.rows.n,
			alone.rows.n);
		for (size_t i = 0; i < TAKEN; i++) {
			CHECK(many.is_proven[i], "person %zu is proven", i + 1);
			CHECK(str_eq(many.evidence[i], alone.evidence[i]),
				"person %zu: %.*s instead of %.*s", i + 1,
				STR_ARG(many.evidence[i]),
				STR_ARG(alone.evidence[i]));
		}
		arena_free(a);
	}
}

/* --- what one of them has does not touch the others --- */

static void add_row(struct fixture *f, const char *sql)
{
	fixture_script(f, sql);
}

/* Rows of two of them came after the plans were made: those two are not proven,
 * and the search in halves names no other. */
static void somebody_came_between(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct taken t;

	fixture_script(&f, rows_of(f.a, 5));
	t = take_some(&f);
	add_row(&f, "insert into person values (901, 'p3@x.example');\n");
	add_row(&f, "insert into person values (902, 'p8@x.example');\n");
	together(&t);
	for (size_t i = 0; i < t.n; i++) {
		const struct erase_result *r = &t.of[i].result;
		int new_rows = i + 1 == 3 || i + 1 == 8;

		CHECK(r->is_proven == !new_rows &&
				r->tables[PERSON].new_rows == new_rows &&
				r->gone == r->planned,
			"person %zu: %d new", i + 1,
			(int)r->tables[PERSON].new_rows);
	}
	fixture_close(&f);
}

/* Two requests of one person: both may say that the rows are gone, and the rows
 * were deleted once. */
/* A call of the third's came after the search: deleted with the others, its owner would
 * leave it behind where nobody finds it.  So nobody goes, and it is said who stays. */
static void a_row_of_somebody_came(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct taken t;
	struct dump before;
	struct err e = { 0 };

	fixture_script(&f, rows_of(f.a, 9));
	t = take_some(&f);
	add_row(&f, "insert into \"call\" values (900, 'new', 3, null);\n");
	before = fixture_dump(&f, f.conn);
	CHECK(erase_run_many(f.conn, f.a, t.of, t.n, &e) < 0 &&
			e.code == ERR_CONFLICT,
		"refused: %s", e.message);
	for (size_t i = 0; i < t.n; i++)
		CHECK(t.of[i].has_news == (i == 2), "person %zu", i + 1);
	CHECK(fixture_dump(&f, f.conn).n == before.n, "nothing went");
	t.of[2] = t.of[--t.n];
	together(&t);
	CHECK(t.of[0].result.is_proven && t.of[2].result.is_proven,
		"the others go without them");
	fixture_close(&f);
}

static void the_same_person_twice(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	int64_t erased = 0;
	struct taken t;

	fixture_script(&f, rows_of(f.a, 6));
	t = take_some(&f);
	take(&t, 2);
	together(&t);
	for (size_t i = 1; i < t.n; i += TAKEN - 1) {
		const struct erase_result *r = &t.of[i].result;

		CHECK(r->is_proven && r->gone == r->planned, "gone %d of %d",
			(int)r->gone, (int)r->planned);
		erased += r->tables[PERSON].erased;
	}
	CHECK(erased == 1, "deleted %d times", (int)erased);
	fixture_close(&f);
}

/* Begun again after it was done: all is gone, and nothing is deleted anew. */
static void a_second_time(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct taken t;
	struct dump was, now;

	fixture_script(&f, rows_of(f.a, 7));
	t = take_some(&f);
	together(&t);
	was = fixture_dump(&f, f.conn);
	together(&t);
	now = fixture_dump(&f, f.conn);
	CHECK(dump_eq(&was, &now), "nothing changes any more");
	for (size_t i = 0; i < t.n; i++)
		CHECK(t.of[i].result.is_proven &&
				t.of[i].result.gone == t.of[i].result.planned &&
				!t.of[i].result.tables[PERSON].erased,
			"person %zu", i + 1);
	fixture_close(&f);
}

/* Killed anywhere: the next run finishes, for each of them. */
static void killed_anywhere(void)
{
	struct rng r = { 9 };

	for (int i = 0; i < 8; i++) {
		struct fixture f = fixture_open(yaml, ddl);
		struct taken t;
		pid_t child;

		fixture_script(&f, rows_of(f.a, 8));
		t = take_some(&f);
		child = fork();
		if (!child) {
			struct conn *c = fixture_connect(&f, CONN_WRITE, 0);
			struct err e = { 0 };

			_exit(erase_run_many(c, f.a, t.of, t.n, &e) != 0);
		}
		must(child > 0);
		usleep((useconds_t)rng_below(
			&r, fixture_is_files() ? 12000 : 30000));
		kill(child, SIGKILL);
		must(waitpid(child, NULL, 0) == child);
		together(&t);
		for (size_t k = 0; k < t.n; k++)
			CHECK(t.of[k].result.is_proven &&
					t.of[k].result.gone ==
						t.of[k].result.planned,
				"person %zu", k + 1);
		fixture_close(&f);
	}
}

static const char sums_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"      - name: buy\n"
	"        key: id\n"
	"        columns: [ { name: month } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: aggregate\n"
	"        summary: { table: sales, by: [ { column: month } ], count: "
	"n }\n";

static const char sums_ddl[] =
	"create table person (id integer primary key, email text);\n"
	"create table buy (id integer primary key, month varchar(7),\n"
	"	person_id integer);\n"
	"create table sales (month varchar(7), n integer);\n"
	"insert into sales values ('2026-01', 40);\n"
	"insert into person values (1, 'p1@x.example');\n"
	"insert into person values (2, 'p2@x.example');\n"
	"insert into person values (3, 'p3@x.example');\n"
	"insert into buy values (1, '2026-01', 1);\n"
	"insert into buy values (2, '2026-01', 1);\n"
	"insert into buy values (3, '2026-01', 2);\n"
	"insert into buy values (4, '2026-02', 3);\n";

/* Added with those of others: known of each where all were, or none; else of nobody,
 * and no letter may tell a number (11 CCR 7022(b)(1)). */
static void whose_were_added(void)
{
	static const struct {
		int who[2];
		int64_t added[2];
		const char *why;
	} cases[] = {
		{ { 1, 2 }, { 2, 1 }, "a total of many for each" },
		{ { 3, 3 }, { 0, 0 }, "no total for the only row" },
		{ { 2, 3 }, { -1, -1 }, "one of two rows has a total" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct fixture f = fixture_open(sums_yaml, sums_ddl);
		struct taken t = { &f, arena_many(f.a, struct erase_one, 2),
			0 };

		take(&t, cases[i].who[0]);
		take(&t, cases[i].who[1]);
		together(&t);
		for (size_t k = 0; k < t.n; k++) {
			const struct erase_result *r = &t.of[k].result;

			CHECK(r->tables[1].added == cases[i].added[k], "%s: %d",
				cases[i].why, (int)r->tables[1].added);
			CHECK((str_find(r->evidence, STR("\"aggregated\":")) >=
				      0) == (cases[i].added[k] >= 0),
				"%s: %.*s", cases[i].why, STR_ARG(r->evidence));
		}
		fixture_close(&f);
	}
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	the_same_as_one_by_one();
	somebody_came_between();
	a_row_of_somebody_came();
	the_same_person_twice();
	a_second_time();
	killed_anywhere();
	if (!strcmp(fixture_engine, "sqlite") ||
		!strcmp(fixture_engine, "postgres") || fixture_is_mariadb())
		whose_were_added();
	return CHECK_DONE();
}
