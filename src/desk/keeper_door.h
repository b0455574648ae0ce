#ifndef DESK_KEEPER_DOOR_H
#define DESK_KEEPER_DOOR_H

#include "desk/keeper.h"
#include "desk/record.h"

/* What the files of keeper*.c share.  Inside of them only. */

/* Behind a link: the task and its request, as they are now. */
struct keeper_door {
	struct sql_task_by_id_row task;
	struct record r;
	struct map map;
	const struct map_system *system; /* NULL: not in the map any more */
	bool is_held;
};

/* 1, 0 no good link, -1.  The actor is the keeper from now on. */
int keeper_enter(
	struct desk *d, str token, struct keeper_door *out, struct err *e);
/* Within a transaction, the request locked; a bad link is ERR_NOT_FOUND, what
 * nobody waits for any more ERR_CONFLICT. */
int keeper_enter_waiting(
	struct desk *d, str token, struct keeper_door *out, struct err *e);

bool keeper_is_waiting(const struct keeper_door *k);
enum keeper_act keeper_act_in(str state); /* of the task */
bool keeper_takes_files(const struct keeper_door *k);
/* Of the identifiers that the page shows. */
str keeper_seen(struct desk *d, const struct record *r);

/* The letter and its link, to that address; an earlier link goes on to open the
 * page while the holder is the same. */
struct keeper_letter {
	const struct map_system *system;
	str holder;
	struct date asked_on;
	struct date due_on;
	enum keeper_act act;
	bool is_reminder;
};
int keeper_write(struct desk *d, const struct record *r, int64_t task_id,
	const struct keeper_letter *l, struct err *e);

/* The copies of a task, names unsealed. */
struct keeper_files {
	struct keeper_file *at;
	bool *is_text;
	size_t n;
	int64_t bytes;
};
int keeper_files(struct desk *d, const struct keeper_door *k,
	struct keeper_files *out, struct err *e);

#endif
