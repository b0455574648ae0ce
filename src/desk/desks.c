/*
 * Connections, keys and settings of the folder put together to desks, for a
 * process that answers many at once.
 */
#include "desk/desks.h"

#include <stdlib.h>

#include "base/base.h"
#include "desk/suppress.h"
#include "store/pool.h"

enum { WAIT_MS = 5000 };

struct desks {
	struct pool *pool;
	struct suppress *suppress;
	const struct install *install;
	const char *data_map;
	int wake_fd;
};

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
			&s->pool, in->database, &(struct db_opts){ 0 }, n, e)) {
		desks_close(s);
		return -1;
	}
	*out = s;
	return 0;
}

void desks_close(struct desks *s)
{
	if (!s)
		return;
	pool_close(s->pool);
	if (s->suppress)
		suppress_close(s->suppress);
	free(s);
}

int desks_take(struct desks *s, struct arena *a, struct desk *d, struct err *e)
{
	struct db *db = pool_take(s->pool, WAIT_MS, e);

	if (!db)
		return -1;
	*d = (struct desk){
		.db = db,
		.arena = a,
		.clock = &s->install->clock,
		.keys = s->install->keys,
		.config = &s->install->config,
		.data_map = s->data_map,
		.suppress = s->suppress,
		.actor = { .kind = ACTOR_CONSUMER },
		.wake_fd = s->wake_fd,
	};
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
	return pool_is_lost(s->pool);
}
