/*
 * Connections, keys and settings of the folder put together to desks, for a
 * process that answers many at once.
 */
#include "desk/desks.h"

#include <stdlib.h>

#include "base/base.h"
#include "desk/limit.h"
#include "desk/recall.h"
#include "desk/signals_group.h"
#include "desk/suppress.h"
#include "store/pool.h"

enum { WAIT_MS = 5000, RECALL_BYTES = 8192 };

/* A connection, and what is remembered of what it read. */
struct seat {
	struct db *db;
	struct recall *recall;
};

struct desks {
	struct pool *pool;
	struct arena *arena; /* of the seats */
	struct seat *seats;
	int seats_n;
	struct db *signals_db; /* the writer's own, and its arena */
	struct arena *signals_arena;
	struct signals_group *signals;
	struct suppress *suppress;
	const struct install *install;
	const char *data_map;
	int wake_fd;
};

/* Each connection is taken once to see which there are. */
static void make_seats(struct desks *s, int n)
{
	struct err e;

	s->arena = arena_new((size_t)n * (RECALL_BYTES + sizeof *s->seats));
	s->seats = arena_many(s->arena, struct seat, (size_t)n);
	for (; s->seats_n < n; s->seats_n++) {
		struct seat *seat = &s->seats[s->seats_n];

		seat->db = pool_take(s->pool, 0, &e);
		must(seat->db);
		seat->recall = recall_new(s->arena);
	}
	for (int i = 0; i < n; i++)
		pool_give(s->pool, s->seats[i].db);
}

static struct recall *recall_of(const struct desks *s, const struct db *db)
{
	int i = 0;

	while (i < s->seats_n && s->seats[i].db != db)
		i++;
	must(i < s->seats_n);
	return s->seats[i].recall;
}

int desks_open(struct desks **out, const struct install *in, int n, int wake_fd,
	struct err *e)
{
	struct desks *s = calloc(1, sizeof *s);

	must(s);
	*out = NULL;
	s->install = in;
	s->data_map = install_path(in, in->config.data_map);
	s->wake_fd = wake_fd;
	if (suppress_open(&s->suppress, install_path(in, STR("index.tyx")),
		    in->keys, e) ||
		pool_open(
			&s->pool, in->database, &(struct db_opts){ 0 }, n, e) ||
		db_open(&s->signals_db, in->database, &(struct db_opts){ 0 },
			e)) {
		desks_close(s);
		return -1;
	}
	make_seats(s, n);
	*out = s;
	return 0;
}

void desks_close(struct desks *s)
{
	if (!s)
		return;
	if (s->signals)
		signals_group_stop(s->signals);
	arena_free(s->signals_arena);
	db_close(s->signals_db);
	pool_close(s->pool);
	if (s->suppress)
		suppress_close(s->suppress);
	arena_free(s->arena);
	free(s);
}

static struct desk desk_of(struct desks *s, struct db *db, struct arena *a)
{
	return (struct desk){
		.db = db,
		.arena = a,
		.clock = &s->install->clock,
		.keys = s->install->keys,
		.config = &s->install->config,
		.data_map = s->data_map,
		.suppress = s->suppress,
		.actor = { .kind = ACTOR_CONSUMER },
		.signals = s->signals,
		.wake_fd = s->wake_fd,
	};
}

void desks_start(struct desks *s)
{
	struct desk d;

	must(!s->signals);
	s->signals_arena = arena_new(LIMIT_JOB_ARENA);
	d = desk_of(s, s->signals_db, s->signals_arena);
	s->signals = signals_group_start(&d);
}

int desks_take(struct desks *s, struct arena *a, struct desk *d, struct err *e)
{
	struct db *db = pool_take(s->pool, WAIT_MS, e);

	if (!db)
		return -1;
	*d = desk_of(s, db, a);
	d->recall = recall_of(s, db);
	return 0;
}

void desks_give(struct desks *s, struct desk *d)
{
	/* A use case that failed half-way has rolled back; what is left open by
	 * mistake must not be the next one's. */
	db_rollback(d->db);
	pool_give(s->pool, d->db);
	d->db = NULL;
}

bool desks_are_lost(struct desks *s)
{
	return pool_is_lost(s->pool) ||
	       (s->signals && signals_group_is_lost(s->signals));
}
