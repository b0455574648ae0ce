#ifndef CONNECT_PROPOSE_SEEN_H
#define CONNECT_PROPOSE_SEEN_H

#include "connect/detect.h"
#include "connect/propose.h"

/* What is seen of a system while entries for it are proposed, inside of
 * src/connect/propose*.c only.  All of it is of the proposal's arena. */

enum { COLUMNS_ROOM = MAP_COLUMNS_MAX + 1 };

/* A table as the system tells it. */
struct seen_table {
	str name;
	str words[TABLE_WORDS];
	size_t key;                 /* SIZE_MAX: none alone */
	size_t keys[MAP_PARTS_MAX]; /* of a primary key of several columns */
	size_t keys_n;              /* may be more */
	size_t n;
	struct map_column columns[COLUMNS_ROOM];
	str types[COLUMNS_ROOM];
	str refers_table[COLUMNS_ROOM];
	str refers_column[COLUMNS_ROOM];
	str why[COLUMNS_ROOM];
	struct detect_counts counts[COLUMNS_ROOM];
	size_t rows_n;
	size_t left_n; /* columns that are not part of it */
	bool is_unseen;
	bool is_personal;
};

/* A foreign key of several columns. */
struct seen_reference {
	str name;
	struct seen_table *from;
	struct seen_table *to;
	size_t columns[MAP_PARTS_MAX];
	size_t ends[MAP_PARTS_MAX];
	size_t n;
	bool is_lost; /* of more columns, or of some that are not part of it */
	struct seen_reference *next;
};

struct proposal {
	struct conn *conn;
	struct arena *arena;
	struct draft *out;
	struct seen_table *tables[MAP_TABLES_MAX];
	size_t n;
	size_t left_n; /* tables beyond that */
	size_t rows_max;
	struct seen_reference *references; /* the last one first */
};

/* What is in no table, for people to know. */
void proposal_lose(struct proposal *p, str what);

/* Looks at some rows of each table: what its columns hold, and whether it is about
 * people.  A table that can't be read is told as lost. */
int proposal_sample(struct proposal *p, struct err *e);

/* A ripple_fn: takes a foreign key of several columns; ctx is the proposal. */
int proposal_take_reference(
	void *ctx, const struct ripple *told, struct err *e);

/* What belongs to what is about people is about people.  Again until it is false. */
bool proposal_spread(struct proposal *p);

/* The links of a table, once every table has its draft. */
void proposal_link(struct proposal *p, const struct seen_table *t,
	struct draft_table *out);

#endif
