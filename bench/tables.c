/*
 * People over eight linked tables of PostgreSQL: the time to find one by an
 * address, to erase one with the proof, and to erase a thousand as one batch.
 *
 *	tables URL PEOPLE fill        the database is empty, and is filled
 *	tables URL PEOPLE TURN        measured, with people of the turn's own: a
 *	                              database that took long to fill serves a few
 *	                              turns, from 0
 *
 * Each person has 17 rows.  Addresses are stored standardized, links have
 * indexes.  Times are what a wall clock says; memory is the peak of this process.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/base.h"
#include "bench/many.h"

enum { LOOKS = 201, SINGLE = 21, BATCH = PEOPLE_MOST, TURNS_MAX = 8 };

#define TABLE(name, link)                                                  \
	"      - name: " name "\n        key: id\n        erase: delete\n" \
	"        links: [ { column: " link "_id, to: " link ".id } ]\n"

static const char yaml[] =
	"version: 1\nsystems:\n"
	"  - name: crm\n    connector: postgres\n    database: crm\n"
	"    tables:\n"
	"      - name: person\n        key: id\n        erase: delete\n"
	"        columns: [ { name: name } ]\n" TABLE("email",
		"person") "        columns: [ { name: email, identifies: email, standardized: "
			  "true } ]\n" TABLE("phone", "person") TABLE(
				  "address", "person") TABLE("orders", "person")
				  TABLE("item", "orders")
					  TABLE("visit", "person")
						  TABLE("note", "person");

/* {n} is the number of people. */
static const char *const fill[] = {
	"create table person as select i as id, 'Person ' || i as name from "
	"generate_series(1, %1$d) i;\n",
	"create table email as select i as id, (i + 1) / 2 as person_id, 'p' "
	"|| i || '@x.example' as email from generate_series(1, 2 * %1$d) i;\n",
	"create table phone as select i as id, i as person_id from "
	"generate_series(1, %1$d) i;\n",
	"create table address as select i as id, i as person_id from "
	"generate_series(1, %1$d) i;\n",
	"create table orders as select i as id, (i + 2) / 3 as person_id from "
	"generate_series(1, 3 * %1$d) i;\n",
	"create table item as select i as id, (i + 1) / 2 as orders_id from "
	"generate_series(1, 6 * %1$d) i;\n",
	"create table visit as select i as id, (i + 1) / 2 as person_id from "
	"generate_series(1, 2 * %1$d) i;\n",
	"create table note as select i as id, i as person_id, repeat('x', 200) "
	"as body from generate_series(1, %1$d) i;\n",
};

static const char *const tables[] = { "person", "email", "phone", "address",
	"orders", "item", "visit", "note" };

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void run(struct conn *c, const char *sql)
{
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		die(&e);
}

static void fill_all(struct conn *c, int people)
{
	char sql[400];

	for (size_t i = 0; i < COUNTOF(tables); i++) {
		snprintf(sql, sizeof sql, fill[i], people);
		run(c, sql);
		snprintf(sql, sizeof sql, "alter table %s add primary key (id)",
			tables[i]);
		run(c, sql);
		if (!i)
			continue;
		snprintf(sql, sizeof sql, "create index on %s (%s_id)",
			tables[i], i == 5 ? "orders" : "person");
		run(c, sql);
	}
	run(c, "create index on email (email)");
	run(c, "analyze");
}

static struct ident address(int i)
{
	char text[40];
	struct ident id;

	snprintf(text, sizeof text, "p%d@x.example", i);
	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, str_of(text)));
	return id;
}

static struct finding find(
	struct conn *c, struct arena *a, const struct ident *ids, size_t n)
{
	struct find_options o = { .rows_max = CONNECT_VALUES_MAX };
	struct finding f;
	struct err e = { 0 };

	if (find_person(c, a, ids, n, &o, &f, &e))
		die(&e);
	must(f.rows_n == 17 * n);
	return f;
}

static void erase(struct conn *c, struct arena *a, const struct finding *f,
	const struct ident *ids, size_t n)
{
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = ids, .ids_n = n };
	struct erase_result r;
	struct err e = { 0 };

	erase_plan_of(a, f, false, &plan);
	if (erase_run(c, a, &q, &r, &e))
		die(&e);
	must(r.is_proven && r.gone == (int64_t)(17 * n));
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void say(const char *what, double *ms, size_t n)
{
	qsort(ms, n, sizeof *ms, by_size);
	printf("%-44s median %.2f ms, worst %.2f ms\n", what, ms[n / 2],
		ms[n - 1]);
}

/* Those who are looked for stay between the first, who go as a batch, and the last, who
 * go one by one. */
static int looked_for(int people, int i)
{
	int first = TURNS_MAX * BATCH;

	return first + (int)((int64_t)(people - 2 * first) * i / LOOKS);
}

static void measure(struct conn *c, int people, int turn)
{
	double look[LOOKS], single[SINGLE], start;
	struct arena *a = arena_new(1 << 30);
	struct ident *ids = arena_many(a, struct ident, BATCH);
	struct people *p = arena_one(a, struct people);
	struct finding f;
	struct rusage u;

	for (int i = 0; i < LOOKS; i++) {
		struct ident id = address(1 + 2 * looked_for(people, i));

		start = now_ms();
		find(c, a, &id, 1);
		look[i] = now_ms() - start;
	}
	say("find one person, 17 rows of 8 tables", look, LOOKS);
	for (int i = 0; i < SINGLE; i++) {
		struct ident id = address(2 * people - 2 * (turn * SINGLE + i));

		f = find(c, a, &id, 1);
		start = now_ms();
		erase(c, a, &f, &id, 1);
		single[i] = now_ms() - start;
	}
	say("erase one and prove it", single, SINGLE);
	for (int i = 0; i < BATCH; i++)
		ids[i] = address(1 + 2 * (turn * BATCH + i));
	start = now_ms();
	p->a = a;
	p->rows = 17;
	find_each(c, p, ids, BATCH);
	printf("%-44s %.0f ms\n", "find 1,000 together, each for themselves",
		now_ms() - start);
	start = now_ms();
	erase_each(c, p, BATCH);
	printf("%-44s %.0f ms\n", "erase 1,000 as one batch and prove each",
		now_ms() - start);
	getrusage(RUSAGE_SELF, &u);
	printf("%-44s %ld MB\n", "peak memory", u.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(1 << 30);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct conn_options o = { .mode = CONN_WRITE,
		.timeout_ms = 3600 * 1000 };
	struct map m;
	struct conn *c;
	struct err e = { 0 };
	int64_t people, turn = 0;
	bool is_filling;

	is_filling = argc == 4 && str_eq(str_of(argv[3]), STR("fill"));
	if (argc != 4 || !str_int(str_of(argv[2]), &people) ||
		people < 4 * TURNS_MAX * BATCH ||
		(!is_filling && (!str_int(str_of(argv[3]), &turn) || turn < 0 ||
					turn >= TURNS_MAX)))
		return fprintf(stderr, "usage: tables URL PEOPLE fill|TURN\n"),
		       2;
	o.url = argv[1];
	must(!map_parse(a, STR(yaml), STR("."), &m, ps));
	if (conn_open(a, &m, &m.systems[0], &o, &c, &e))
		die(&e);
	if (is_filling) {
		fill_all(c, (int)people);
		printf("%lld people\n", (long long)people);
		return 0;
	}
	measure(c, (int)people, (int)turn);
	return 0;
}
