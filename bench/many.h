#ifndef BENCH_MANY_H
#define BENCH_MANY_H

#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/buf.h"
#include "connect/erase_many.h"
#include "connect/find_many.h"

/* Many people found and erased together, as the worker does. */
enum { PEOPLE_MOST = 1000 };

static inline _Noreturn void die(const struct err *e)
{
	fprintf(stderr, "%s\n", e->message);
	exit(1);
}

/* Who is looked for, and what was found of each. */
struct people {
	struct arena *a;
	int64_t rows; /* of each */
	struct find_one of[PEOPLE_MOST];
	struct finding found[PEOPLE_MOST];
};

/* Kept as JSON and read again, as the worker does. */
static inline void keep(
	void *ctx, size_t i, struct arena *own, const struct finding *f)
{
	struct people *p = ctx;
	struct buf json = buf_in(own, FIND_JSON_MAX);
	struct err e = { 0 };

	find_to_json(&json, f);
	if (find_from_json(p->a, f->system, arena_dup(p->a, buf_str(&json)),
		    &p->found[i], &e))
		die(&e);
}

/* Each with a finding, a result and an evidence of their own, as the worker does. */
static inline void find_each(
	struct conn *c, struct people *p, struct ident *ids, size_t n)
{
	struct find_told told = { keep, p };
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++)
		p->of[i] = (struct find_one){ .ids = &ids[i], .ids_n = 1 };
	if (find_many(c, p->of, n, &told, &e))
		die(&e);
	for (size_t i = 0; i < n; i++)
		must(p->of[i].is_found &&
			(int64_t)p->found[i].rows_n == p->rows);
}

static inline void erase_each(struct conn *c, const struct people *p, size_t n)
{
	struct arena *a = p->a;
	struct erase_one *ones = arena_many(a, struct erase_one, n);
	struct err e = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct erase_plan *plan = arena_one(a, struct erase_plan);

		erase_plan_of(a, &p->found[i], false, plan);
		ones[i].q = (struct erase_request){ .plan = plan,
			.ids = p->of[i].ids,
			.ids_n = p->of[i].ids_n };
	}
	if (erase_run_many(c, a, ones, n, &e))
		die(&e);
	for (size_t i = 0; i < n; i++)
		must(ones[i].result.is_proven &&
			ones[i].result.gone == p->rows);
}

#endif
