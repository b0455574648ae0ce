#ifndef CONNECT_FIT_PARTS_H
#define CONNECT_FIT_PARTS_H

#include "connect/fit.h"

/* What the files of fit.h share. */

/* What the database says of the key of a table of the map. */
struct told_key {
	bool is_told; /* the table is one of those that it lists */
	/* What its primary key is made of; of more than so many nothing is known. */
	struct map_names primary;
	bool has_rules; /* of the map's key, where that is one column: */
	bool is_unique; /* by another index */
};

struct fit_told; /* columns that it told of */

struct fitting {
	struct conn *conn;
	struct arena *arena;
	struct told_key *keys; /* of the map's tables */
	struct fit_told *told; /* the last one first */
	size_t doubts_max;
	struct fit *out;
};

/* One more, to be filled. */
struct err *fit_doubt(struct fit *out);
struct err *fit_mistake(struct fit *out);

/* Redis and services: a sample of their rows (fit_sample.c). */
bool fit_is_sampled(enum connector_kind k);
int fit_sample(struct conn *c, struct arena *a, const struct map_table *t,
	struct fit *out, struct err *e);

/* Columns that are erased (fit_column.c): taken as they are told; looked at when the
 * connection is free again. */
void fit_column_take(struct fitting *f, const struct map_table *t,
	const struct column_fact *fact);
int fit_columns(struct fitting *f, struct err *e);

#endif
