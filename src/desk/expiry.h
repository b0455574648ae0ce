#ifndef DESK_EXPIRY_H
#define DESK_EXPIRY_H

#include "connect/expire.h"
#include "connect/map.h"
#include "desk/desk.h"

/*
 * What systems hold longer than the data map says is erased (11 CCR 7002: retention
 * reasonably necessary and proportionate; connect/expire.h), and proven by reading again.
 *
 * What must stay true:
 * - Nothing is erased before somebody saw a preview of the same rules, and let it be.
 *   A map that says anything else of the system since then stops the worker there, and so
 *   does a system that is somewhere else (connect/address.h).
 * - Whoever is held for law enforcement, what staff keep on an exception, and whatever an
 *   open request to know, to correct or about ADMT needs, stays: asked of the system
 *   itself before a run.  A hold, a request, a row that staff keep or a search that found
 *   somebody meanwhile ends the run; the next one goes on where it stopped.  What somebody
 *   takes back (off, another map) is asked before each batch and at the end.
 * - A system that no program can look in is said to be open, never to be in order.
 *
 * PERM_DECIDE for what changes something, PERM_SEE_QUEUE to look.
 */
struct expiry_way {
	const char *credentials; /* the folder with secrets of systems */
};

struct expiry_table {
	str name;
	str holds;
	str categories; /* "A, F"; empty: the map gives none */
	str kept_for;   /* "24 months after seen_at" */
	int64_t rows;
	int64_t old;     /* when it was read */
	int64_t undated; /* no day can be told of them */
	str oldest;      /* ISO date */
	int64_t goes;    /* erased; in a preview: would be */
	int64_t along;   /* rows of other tables with them */
	int64_t waiting[EXPIRE_WHYS];
	int64_t left; /* too old when all was done */
	struct expire_sample
		sample[EXPIRE_SAMPLES]; /* of this look; not stored */
	size_t samples_n;
};

/* Too old, and neither said to go nor to wait: a look weighs no more rows of a table than
 * it can remember (connect/expire.h).  0 of a run, which goes on to the last one. */
struct expiry_run;
int64_t expiry_unweighed(
	const struct expiry_run *r, const struct expiry_table *t);

struct expiry_run {
	int64_t id; /* 0: there is none */
	bool is_preview;
	int64_t started_at;
	str started_by;
	str today; /* ISO date, that times were counted to */
	int64_t ended_at;
	bool is_proven; /* nothing is too old, but for what waits with a reason */
	bool is_same;   /* as the map is now */
	str address;    /* where the system was then; says nothing to people */
	str problem;
	struct {
		struct expiry_table *at;
		size_t n;
	} tables;
};

/* How a system stands. */
struct expiry {
	str system;
	str title;
	str cant;        /* why no program can; empty: one can */
	size_t timed_n;  /* tables with a time */
	size_t tables_n; /* all of them */
	struct {
		str *at; /* names of tables without one */
		size_t n;
	} untimed;
	int64_t on_at; /* 0: off */
	str on_by;
	str on_address;            /* as that of a run: where it may be done */
	struct expiry_run preview; /* the newest */
	struct expiry_run run;
};
struct expiries {
	struct expiry *at;
	size_t n;
};

/* Every system of the data map. */
int expiry_list(struct desk *d, struct expiries *out, struct err *e);

/* Reads the system, and touches nothing. */
int expiry_preview(struct desk *d, const struct expiry_way *w, str system,
	struct expiry_run *out, struct err *e);

/* Erases.  ERR_CONFLICT without a preview of the same rules, or one that is older than
 * LIMIT_LOOK_HOURS, unless the system is on. */
int expiry_erase(struct desk *d, const struct expiry_way *w, str system,
	struct expiry_run *out, struct err *e);

/* The worker may, from now on, or may not; on as expiry_erase() may. */
int expiry_on(struct desk *d, str system, struct err *e);
int expiry_off(struct desk *d, str system, struct err *e);

/* What was erased, for auditors. */
struct expiry_act {
	int64_t at;
	str table;
	int64_t goes;
	int64_t along;
	bool is_proven;
	str evidence; /* JSON, nothing personal */
};
struct expiry_acts {
	struct expiry_act *at;
	size_t n;
};
int expiry_acts(
	struct desk *d, int64_t run, struct expiry_acts *out, struct err *e);

/* For the worker, once a day: a run of every system that is on, a preview of the others.
 * A system's trouble is said in its run, and the others go on. */
int expiry_step(struct desk *d, const struct expiry_way *w, struct err *e);

#endif
