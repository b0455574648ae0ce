#ifndef DESK_RECORRECT_CELLS_H
#define DESK_RECORRECT_CELLS_H

#include "connect/change.h"
#include "desk/desk.h"

/*
 * The cells of a system that were ever corrected, each once, with what they hold now.
 * Internal to desk/recorrect*.c.
 */
struct recorrect_step {
	struct cell was;
	struct cell value;
	struct cell own_form; /* as in connect/change.h */
};

enum recorrect_state {
	RECORRECT_GONE,  /* there is no such row */
	RECORRECT_RIGHT, /* it holds what it was corrected to */
	RECORRECT_OLD,   /* it holds what it was corrected from */
	RECORRECT_NEWS, /* it holds something else, or several rows have its key */
};

struct recorrect_cell {
	int64_t id; /* of the last correction */
	const struct map_table *table;
	const struct map_column *column;
	struct cell key;
	bool by_hand; /* staff wrote it, where the worker could not */
	const struct recorrect_step *steps; /* from the oldest on */
	size_t steps_n;
	struct cell now;
	size_t rows; /* that have the key */
	enum recorrect_state state;
};

/* By table and row; in an arena of the caller's. */
struct recorrect_cells {
	struct recorrect_cell *at;
	size_t n;
};

/* What the data map does not have any more is passed over, as an import does. */
int recorrect_load(struct desk *d, const struct map_system *s,
	struct recorrect_cells *out, struct err *e);

/* A look-up for each table; fills now, rows and state. */
int recorrect_cells_read(struct conn *c, struct arena *a,
	struct recorrect_cells *cells, struct err *e);

/* What the cell is to hold. */
const struct cell *recorrect_value(const struct recorrect_cell *c);

#endif
