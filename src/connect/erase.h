#ifndef CONNECT_ERASE_H
#define CONNECT_ERASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/connector.h"
#include "connect/find.h"

/*
 * Erasing what was found, and the proof: children before what they belong to,
 * in one transaction, then read again, by the keys and by the identifiers.
 * Run again after any interruption it finishes the rest and counts no row
 * twice: a row is `gone` when it is not there any more, whoever's run it was.
 *
 * Nothing is erased while rows point to one that is to go, and no search saw them
 * (erase_since.h): then nothing is proven, and the system is to be found again.
 *
 * A row that stays because it is another person's too, or as an exception, is
 * unlinked: where it pointed to an erased row, it points nowhere.
 *
 * Where the map erases columns, the row stays with other values in them
 * (erase_ways.c); the proof reads these again, too.
 */
struct erase_plan {
	const struct map_system *system;
	struct finding found;     /* its rows live as long as the plan */
	struct erase_step *steps; /* in the order of deletion */
	size_t n;
	bool is_shared_allowed;
	bool is_uncounted; /* see erase_plan_uncount() */
	/* Of the finding, one for each table: what the plan leaves standing. */
	int64_t *kept;
	int64_t *shared;
	int64_t *excepted;
	/* To go, and not there any more when find_rest_name() looked. */
	int64_t *gone;
	/* Of the finding, for the evidence: tables whose rows have names. */
	const struct found_rest **rests;
};

/* What happens to the rows of a finding, for a preview. */
enum row_fate {
	FATE_DELETE,     /* also where it goes into totals first */
	FATE_KEEP,       /* the map says so, with exception and purpose */
	FATE_SHARED,     /* another person's too; not without being allowed */
	FATE_EXCEPTED,   /* the business keeps this row (row_exceptions) */
	FATE_TRIM,       /* kept, without the columns that the map erases */
	FATE_DEIDENTIFY, /* stays, and is nobody's any more */
};

enum row_fate row_fate_of(const struct map_table *t, const struct found_row *r,
	bool is_shared_allowed);

/* Of the rows that are counted and not kept: they are one person's alone. */
enum row_fate row_fate_of_rest(const struct map_table *t);

bool row_fate_is_erasure(enum row_fate f); /* the row is gone, or nobody's */

/* Of a finding with a rest: after find_rest_name(). */
void erase_plan_of(struct arena *a, const struct finding *f,
	bool is_shared_allowed, struct erase_plan *out);

/* planned: rows that go, or change; standing: that stay, whatever the reason. */
void erase_plan_sum(
	const struct erase_plan *p, int64_t *planned, int64_t *standing);

/* A row of the finding that stays is changed by the plan: it points to one that goes. */
bool erase_plan_unlinks(const struct erase_plan *p, const struct map_table *t,
	const struct found_row *r);

/* Rows that may have been in the totals before: they go, and are not added again. */
void erase_plan_uncount(struct erase_plan *p);

struct erase_count {
	const struct map_table *table;
	const struct map_summary *into; /* totals; NULL: none */
	int64_t planned;                /* keys in the plan */
	int64_t before; /* of these, there when this run began */
	int64_t erased; /* deleted by this run */
	/* Of those that this run deleted: added to totals.  -1: of people erased
	 * together nobody knows whose were. */
	int64_t added;
	int64_t left;      /* there when it was read again, by key */
	int64_t kept;      /* left standing by the map's word */
	int64_t changed;   /* stay, and hold what the plan gave their columns */
	int64_t unchanged; /* of the plan, but hold something else */
	int64_t shared;    /* another person's too: left standing, unlinked */
	int64_t excepted;  /* left standing as exceptions, unlinked */
	int64_t new_rows;  /* found again by identifier, in no plan */
};

struct erase_result {
	struct erase_count *tables; /* one for each table of the system */
	/* Rows to delete or to deidentify. */
	int64_t planned;
	int64_t gone; /* planned - left, or nobody's any more */
	int64_t erased;
	int64_t left; /* by key and by identifier: left + new_rows */
	/* Of the plan, read again by key: there all the same, or without the values that
	 * they were given.  No search needs to find them: what they hold may lead to
	 * nobody any more. */
	int64_t stuck;
	/* Nothing left: the only state in which the system may be called
	 * erased.  Else it is to be found again; what is stuck, to be tried again. */
	bool is_proven;
	/* Rows point to one that is to go, and no search saw them; or a row that was to stay
	 * as somebody else's too is not any more: nothing went. */
	bool has_news;
	str evidence; /* JSON, without personal data */
};

struct erase_request {
	const struct erase_plan *plan;
	const struct ident *ids; /* that the person was found by */
	size_t ids_n;
	int64_t at_ms;
	const struct find_keys *keys;    /* these rows instead; NULL */
	const struct find_start *starts; /* that it was found by besides */
	size_t starts_n;
	/* Rows that stay may be more than FIND_ROWS_MAX, where it is here and they
	 * can be counted (find_rest.h); NULL: then the proof is ERR_LIMIT. */
	const struct map *map;
	/* How the search was made, instead of starts; NULL. */
	const struct find_options *found_by;
};

/*
 * Needs a connection opened with CONN_WRITE.  at_ms goes into the evidence.
 * -1: what the transaction did is open (connector.h); run again.
 */
int erase_run(struct conn *c, struct arena *a, const struct erase_request *q,
	struct erase_result *out, struct err *e);

/*
 * After that failed, with what it left in *out: asks again which rows of the plan are
 * there, where an erasure is no transaction.  What went is never proven: the rest is to be tried again.
 */
int erase_run_partly(struct conn *c, struct arena *a,
	const struct erase_request *q, struct erase_result *out, struct err *e);

#endif
