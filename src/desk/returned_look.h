#ifndef DESK_RETURNED_LOOK_H
#define DESK_RETURNED_LOOK_H

#include "desk/returned.h"

/* What the files of desk/returned.h share. */
struct map;
struct map_system;

/* ERR_CONFLICT when the map has no such system any more. */
int returned_system(struct desk *d, str name, struct map *map,
	const struct map_system **out, struct err *e);

/* ERR_NOT_FOUND: there is no such look. */
int returned_open(
	struct desk *d, int64_t id, struct screening *out, struct err *e);

/* Was somebody held or released since, so that it says no more who may be erased?
 * 1, 0 or -1. */
int returned_is_outdated(
	struct desk *d, const struct screening *s, struct err *e);

/* The worker waits for a person, or for the setting that lets it erase by itself. */
int returned_may_act(
	struct desk *d, const struct screening *s, bool *out, struct err *e);

/* In a transaction: nothing of it is left to do, and a system that was put back
 * before the look began is open again. */
int returned_end(struct desk *d, const struct screening *s, struct err *e);

/* What keeps it, for people to see. */
int returned_problem(
	struct desk *d, int64_t id, const struct err *why, struct err *e);

#endif
