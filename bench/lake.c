/*
 * A lake of CSV files without keys, and one person in it: the time to find them,
 * to erase them with the proof, and to erase a thousand at once.
 *
 *	lake DIR ROWS fill FILES      DIR is made and filled, and must not be there
 *	lake DIR ROWS TURN            measured, with people of the turn's own, from 0
 *
 * Times are CPU time of the one thread, beside them what a wall clock says, since
 * files are flushed to the disk.  Memory is the peak of the whole process.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "base/base.h"
#include "bench/many.h"

enum { PEOPLE = PEOPLE_MOST };

static const char yaml[] =
	"version: 1\nsystems:\n"
	"  - name: lake\n    connector: csv\n    database: lake\n"
	"    tables:\n      - name: leads-*.csv\n"
	"        columns: [ { name: email, identifies: email }, "
	"{ name: zip }, { name: source } ]\n        erase: delete\n";

struct moment {
	double cpu_s;
	double wall_s;
};

static double seconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct moment now(void)
{
	return (struct moment){ seconds(CLOCK_THREAD_CPUTIME_ID),
		seconds(CLOCK_MONOTONIC) };
}

static void say(const char *what, struct moment from, double rows)
{
	struct moment to = now();
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	printf("%-36s %7.2f s CPU, %7.2f s, %5.0f ns a row, %4ld MB\n", what,
		to.cpu_s - from.cpu_s, to.wall_s - from.wall_s,
		(to.cpu_s - from.cpu_s) * 1e9 / rows, use.ru_maxrss / 1024);
}

static double fill(const char *dir, long rows, int files)
{
	double bytes = 0;

	for (int f = 0; f < files; f++) {
		char path[4096];
		FILE *out;

		snprintf(path, sizeof path, "%s/leads-%04d.csv", dir, f);
		out = fopen(path, "w");
		must(out != NULL);
		fputs("id,email,phone,name,zip,source\n", out);
		for (long i = f; i < rows; i += files)
			fprintf(out,
				"%ld,person%ld@mail.example,(916) 555-%04ld,"
				"\"Person, %ld\",%05ld,form\n",
				i, i, i % 10000, i, i % 100000);
		bytes += (double)ftell(out);
		must(!fclose(out));
	}
	return bytes;
}

static struct ident person(long i)
{
	char text[64];
	struct ident id;
	int n = snprintf(text, sizeof text, "Person%ld@mail.example", i);

	must(!ident_read(
		&id, IDENT_TOYON_1, IDENT_EMAIL, (str){ text, (size_t)n }));
	return id;
}

static void find(struct conn *c, struct arena *a, const struct ident *ids,
	size_t n, struct finding *out)
{
	struct err e = { 0 };

	if (find_person(c, a, ids, n, NULL, out, &e) < 0)
		die(&e);
	must(out->rows_n == n);
}

static void erase(struct conn *c, struct arena *a, const struct ident *ids,
	size_t n, const struct finding *found)
{
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = ids, .ids_n = n };
	struct erase_result r;
	struct err e = { 0 };

	erase_plan_of(a, found, false, &plan);
	if (erase_run(c, a, &q, &r, &e) < 0)
		die(&e);
	must(r.is_proven && r.erased == (int64_t)n);
}

static struct conn *open_lake(struct arena *a, const char *dir)
{
	struct map *m = arena_one(a, struct map);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct conn_options o = { .mode = CONN_WRITE, .url = dir };
	struct conn *c;
	struct err e = { 0 };

	must(!map_parse(a, str_of(yaml), STR("."), m, ps));
	must(!conn_open(a, m, &m->systems[0], &o, &c, &e));
	return c;
}

/* Everybody who is looked for in this turn, and in no other. */
static void measure(struct conn *c, struct arena *a, long rows, long turn)
{
	struct ident *ids = arena_many(a, struct ident, PEOPLE);
	struct people *p = arena_one(a, struct people);
	struct finding found;
	struct moment t;

	ids[0] = person((17 + 2 * turn) % rows);
	t = now();
	find(c, a, ids, 1, &found);
	say("find one person", t, (double)rows);
	t = now();
	erase(c, a, ids, 1, &found);
	say("erase one, and prove it", t, (double)rows);
	for (long i = 0; i < PEOPLE; i++)
		ids[i] = person((i * 7919 + 18 + 2 * turn) % rows);
	t = now();
	p->a = a;
	p->rows = 1;
	find_each(c, p, ids, PEOPLE);
	say("find 1,000 together, each", t, (double)rows);
	t = now();
	erase_each(c, p, PEOPLE);
	say("erase 1,000, and prove each", t, (double)rows);
}

static int usage(void)
{
	fprintf(stderr, "usage: lake DIR ROWS fill FILES (DIR must be new)\n"
			"       lake DIR ROWS TURN\n");
	return 2;
}

int main(int argc, char **argv)
{
	bool is_filling = argc == 5 && str_eq(str_of(argv[3]), STR("fill"));
	struct arena *a;
	int64_t rows, number;

	if ((argc != 4 && !is_filling) || !str_int(str_of(argv[2]), &rows) ||
		rows < 2 * PEOPLE ||
		!str_int(str_of(argv[argc - 1]), &number) ||
		number < is_filling || number > 1000)
		return usage();
	if (is_filling) {
		if (mkdir(argv[1], 0700))
			return usage();
		printf("%ld rows, %.0f MB in %s files\n", (long)rows,
			fill(argv[1], (long)rows, (int)number) / 1e6, argv[4]);
		return 0;
	}
	a = arena_new((size_t)1 << 30);
	measure(open_lake(a, argv[1]), a, (long)rows, (long)number);
	arena_free(a);
	return 0;
}
