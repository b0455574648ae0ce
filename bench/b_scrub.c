/*
 * The scrub and the index by themselves, in CPU time a row, on every path the
 * processor has.
 *
 *	b_scrub build EMAILS.txt PHONES.txt|- OUT.tyx [JOBS]
 *	b_scrub scrub LEADS MAP INDEX.tyx OUT [JOBS [ROUNDS]]
 *
 * TOYON_SHA=avx512|shani|avx2|portable picks a path.  The caller compares OUT
 * with what the generator says (bench/scrub.sh).  The index secret is fixed:
 * these are made-up people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/base.h"
#include "scrub/list.h"
#include "scrub/scrub.h"

static double wall_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double cpu_s(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
}

static long rss_mb(void)
{
	struct rusage r;

	getrusage(RUSAGE_SELF, &r);
	return r.ru_maxrss / 1024;
}

static int die(const struct err *e)
{
	fprintf(stderr, "b_scrub: %s\n", e->message);
	return 1;
}

static int number(const char *s)
{
	return (int)strtol(s, NULL, 10);
}

static int build(char **v, int n, const struct ident_keyring *k)
{
	struct list_input in[] = { { { .path = v[0] }, IDENT_EMAIL },
		{ { .path = v[1] }, IDENT_PHONE } };
	struct list_opts o = { .input = in,
		.inputs = strcmp(v[1], "-") ? 2 : 1,
		.out = v[2],
		.keyring = k,
		.reasons = 1,
		.jobs = n > 3 ? number(v[3]) : 1,
		.cpu = k->cpu };
	struct list_report r;
	struct err e = { 0 };
	double wall = wall_s(), cpu = cpu_s();

	if (list_build(&o, &r, &e))
		return die(&e);
	wall = wall_s() - wall;
	cpu = cpu_s() - cpu;
	printf("build %s jobs %d: %.3f s wall, %.3f s CPU, %.1f M lines/s, "
	       "%.1f ns CPU a line, %llu keys, %ld MB\n",
		cpu_path_name(k->cpu), o.jobs, wall, cpu,
		(double)r.lines / wall / 1e6, cpu * 1e9 / (double)r.lines,
		(unsigned long long)r.keys, rss_mb());
	return 0;
}

static struct index *open_index(const char *path, struct err *e)
{
	struct index_open_opts o = { 0 };
	struct index *ix = NULL;

	index_open(&ix, path, &o, e);
	return ix;
}

static int scrub(char **v, int n, const struct ident_keyring *k)
{
	static struct scrub_report r;
	struct err e = { 0 };
	struct scrub_opts o = { .in = { .path = v[0] },
		.map = str_of(v[1]),
		.out = { .path = v[3] },
		.keyring = k,
		.jobs = n > 4 ? number(v[4]) : 1,
		.cpu = k->cpu };
	int rounds = n > 5 ? number(v[5]) : 1;
	double wall = wall_s();

	o.set.base = open_index(v[2], &e);
	if (!o.set.base)
		return die(&e);
	printf("open and check: %.3f s\n", wall_s() - wall);
	for (int i = 0; i < rounds; i++) {
		double cpu = cpu_s();

		wall = wall_s();
		if (scrub_run(&o, &r, &e))
			return die(&e);
		wall = wall_s() - wall;
		cpu = cpu_s() - cpu;
		printf("scrub %s jobs %d: %.3f s wall, %.1f M rows/s, "
		       "%.1f ns CPU a row, kept %llu, slow %llu, %ld MB\n",
			cpu_path_name(k->cpu), o.jobs, wall,
			(double)r.rows / wall / 1e6, cpu * 1e9 / (double)r.rows,
			(unsigned long long)r.kept, (unsigned long long)r.slow,
			rss_mb());
	}
	index_close((struct index *)(uintptr_t)o.set.base);
	return 0;
}

int main(int argc, char **argv)
{
	static struct ident_keyring k;
	static const uint8_t secret[IDENT_SECRET_SIZE] = { 42 };
	struct err e = { 0 };
	enum cpu_path cpu;

	if (cpu_path_read(str_of(getenv("TOYON_SHA")), &cpu, &e))
		return die(&e);
	ident_keyring_init(&k, secret, cpu);
	if (argc >= 5 && !strcmp(argv[1], "build"))
		return build(argv + 2, argc - 2, &k);
	if (argc >= 6 && !strcmp(argv[1], "scrub"))
		return scrub(argv + 2, argc - 2, &k);
	fputs("usage: b_scrub build EMAILS PHONES|- OUT [JOBS] | "
	      "scrub LEADS MAP INDEX OUT [JOBS [ROUNDS]]\n",
		stderr);
	return 2;
}
