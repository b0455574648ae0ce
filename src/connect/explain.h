#ifndef CONNECT_EXPLAIN_H
#define CONNECT_EXPLAIN_H

#include "connect/connector.h"
#include "connect/find.h"

/*
 * What a search would ask a system, before it is asked: find_person() itself,
 * over a connection that answers every look-up with one row that is nobody's
 * and passes nothing on.  The system is asked for names and types at most.
 */
struct explain_step {
	size_t hop;    /* from 1 */
	bool is_check; /* whether a row is someone else's too; path is empty */
	str path;      /* as found rows have it */
	str table;
	str column;     /* that the values are looked for in */
	str statement;  /* with placeholders; or in words (connector.h) */
	bool reads_all; /* of the table: no index serves it */
};

struct find_by {
	const struct ident *ids;
	size_t n;
};

typedef int explain_fn(void *ctx, const struct explain_step *s, struct err *e);

/* Each look-up once; a search repeats it when later hops bring new values.  Keys
 * that other systems of the map would tell of are asked for as well. */
int find_explain(struct conn *c, struct arena *a, const struct map *m,
	const struct find_by *by, explain_fn *fn, void *ctx, struct err *e);

#endif
