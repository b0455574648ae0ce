/*
 * Stores made-up requests in an installation, through the use cases, so that
 * the pages are measured with a record of real size behind them.
 *
 *	fill DIR REQUESTS     one in thirty stays open, the others are closed
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "desk/case.h"
#include "desk/fulfil.h"
#include "desk/install.h"
#include "desk/intake.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/suppress.h"
#include "store/checkpoint.h"
#include "store/db.h"
#include "store/sql.h"

enum { OPEN_EVERY = 30, DAYS_BACK = 40 };

static void fail(const struct err *e)
{
	fprintf(stderr, "fill: %s (%s)\n", e->message, e->detail);
	exit(1);
}

/* What the worker would do with the letters, without its processes: else the
 * queue of jobs is what the next figures measure. */
static int hand_over_letters(struct desk *d, struct err *e)
{
	struct sql_job_lease_in in = {
		.now = INT64_MAX - 1,
		.lease_until = INT64_MAX,
		.lease_by = STR("fill"),
	};
	struct sql_job_lease_row job;
	struct post p;
	int rc;

	while ((rc = sql_job_lease(d->db, d->arena, &in, &job, e)) > 0) {
		struct sql_job_done_in done = { job.id, in.lease_by, 1 };

		if (!str_eq(job.kind, STR("mail")))
			continue;
		if (post_load(d, job.subject_id, &p, e) != 1 ||
			post_sent(d, &p, e) ||
			sql_job_done(d->db, &done, e) < 0)
			return -1;
	}
	if (rc < 0)
		return -1;
	/* Jobs of other kinds are the worker's. */
	return sql_job_release(d->db,
		       &(struct sql_job_release_in){ in.lease_by, 1 }, e) < 0
		       ? -1
		       : 0;
}

struct one {
	int i;
	bool is_closed;
};

static int make(struct desk *d, void *ctx, struct err *e)
{
	const struct one *o = ctx;
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct sent s;

	f.person.email.v = arena_fmt(d->arena, "bench.%d@example.com", o->i);
	f.person.name.v = arena_fmt(d->arena, "Person %d", o->i);
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("no");
	d->actor.kind = ACTOR_COMMAND;
	if (intake_send(d, &f, CHANNEL_WEB,
		    arena_fmt(d->arena, "peer %d", o->i / 100), &s, &ps, e) ||
		ps.n)
		return -1;
	if (!o->is_closed)
		return 0;
	if (case_deny(d, s.reference, STR("UNVERIFIED"), e))
		return -1;
	return case_answer(d, s.reference, STR(""), &ps, e);
}

struct pack {
	int from;
	int to;
	int64_t now;
	struct clock *clock;
};

static int make_pack(struct desk *d, void *ctx, struct err *e)
{
	const struct pack *p = ctx;

	for (int i = p->from; i < p->to; i++) {
		struct one o = { i, i % OPEN_EVERY != 0 };

		p->clock->fixed_ms =
			p->now - (int64_t)(i % DAYS_BACK) * 86400000;
		if (make(d, &o, e))
			return -1;
	}
	return hand_over_letters(d, e);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(1u << 30);
	struct arena *pack_arena = arena_new(1u << 30);
	int n = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
	struct clock clock = { 0 };
	struct install in;
	struct err e = { 0 };
	struct desk d = { .arena = pack_arena, .clock = &clock, .wake_fd = -1 };

	if (n < 1) {
		fprintf(stderr, "usage: fill DIR REQUESTS\n");
		return 2;
	}
	if (sodium_init() < 0 || install_open(&in, a, argv[1], KEYS_ALL, &e) ||
		db_open(&d.db, in.database, &(struct db_opts){ 0 }, &e) ||
		suppress_open(&d.suppress, install_path(&in, STR("index.tyx")),
			in.keys, &e))
		fail(&e);
	d.keys = in.keys;
	d.config = &in.config;
	for (int i = 0; i < n; i += 200) {
		struct pack p = { i, i + 200 < n ? i + 200 : n,
			clock_now_ms(&in.clock), &clock };

		if (desk_write(&d, make_pack, &p, &e))
			fail(&e);
		arena_clear(pack_arena);
	}
	if (checkpoint_run(d.db, CHECKPOINT_ALL, NULL, &e))
		fail(&e);
	printf("%d requests stored\n", n);
	return 0;
}
