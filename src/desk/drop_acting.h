#ifndef DESK_DROP_ACTING_H
#define DESK_DROP_ACTING_H

#include "connect/connector.h"
#include "desk/drop_session.h"
#include "desk/led.h"
#include "desk/row_name.h"

/*
 * Carrying out a look in one system, whose connection is open for writing.  Inside
 * desk/drop*.c only.
 */
struct acting {
	struct desk *desk;
	const struct drop_place *place;
	const struct map *map;
	const struct map_system *system;
	const struct drop_pass *pass;
	struct row_names people;
	struct drop_acted *out;
	struct drop_holding holding;
	struct conn *conn;
	struct arena *page; /* of one group */
	struct arena *conn_arena;
	bool leads_on;  /* rows of other systems belong to its rows */
	struct led led; /* these systems, with leads_on */
	bool is_over;   /* what failed was not one person's: the run ends */
	bool is_led;    /* it failed in another system */
	bool is_taken; /* who is at hand is held, and others may be who are theirs */
	int64_t unfollowed; /* keys of whoever is at hand */
	int64_t standing;   /* rows that they lead to, and that stay */
	/* In this system: who could not be deleted, and the first reason. */
	int64_t skipped;
	struct err why;
};

/* Names what is done in the record, in a transaction; pass, system, act and time
 * are filled in here. */
struct sql_drop_act_add_in;
int drop_acting_add(struct desk *d, const struct acting *x, const char *act,
	struct sql_drop_act_add_in *in, int64_t *id, struct err *e);
/* NULL with *e: the data map has it no more. */
const struct map_table *drop_acting_table(
	const struct acting *x, str name, struct err *e);

/* Opens a system of the map, with what staff keep in it, and closes it after fn. */
typedef int drop_acting_fn(struct acting *x, struct err *e);
int drop_acting_in(
	struct acting *x, str name, drop_acting_fn *fn, struct err *e);

/*
 * Everybody of this system whose identifier is several people's, with all their
 * identifiers (drop_opt_out.c); everybody else, read again (drop_erase.c).  Killed
 * anywhere, called again they go on: a person has no fate until what was done is
 * proven.
 */
int drop_opt_out_all(struct acting *x, struct err *e);
int drop_erase_all(struct acting *x, struct err *e);

/* In a group's plan: first what belongs to this one person's rows in other systems
 * (drop_led.c).  -1: nothing of the person may be erased. */
struct row_group;
int drop_erase_led(
	struct acting *x, str person, struct row_group *g, struct err *e);
/* Does anything that would go there belong to these people's rows?  Of several (is_many)
 * also what staff keep with the row of one.  Nothing is erased. */
int drop_leads_to(struct acting *x, const struct finding *from, bool is_many,
	bool *out, struct err *e);

#endif
