#ifndef DESK_CIRCUMSTANCES_H
#define DESK_CIRCUMSTANCES_H

#include "desk/person.h"

/*
 * What was weighed to decide what is right (11 CCR 7023(b)): staff write it down with
 * the decision, it is sealed with the case and shown there.  Where something stays as
 * it was, all of it is needed: that decision is the one which the business has to
 * stand for.
 */
struct circumstances {
#define CIRCUMSTANCE(name, title, hint, missing, citation) personal name;
#include "desk/tbl/circumstances.h"
};

struct circumstance {
	const char *name; /* of the field */
	const char *title;
	const char *hint;
	const char *citation;
	personal text;
};
struct circumstance_list {
	struct circumstance *at;
	size_t n;
};
/* In the order of the table; those without a text, too. */
struct circumstance_list circumstances_list(
	struct arena *a, const struct circumstances *c);

struct circumstances circumstances_trimmed(const struct circumstances *c);
/* Problems of the fields by their names. */
void circumstances_check(
	const struct circumstances *c, bool are_needed, struct problems *ps);

/* Anything of it, or what was deleted instead. */
bool circumstances_are_written(const struct person *p);
struct circumstances circumstances_of(const struct person *p);
void circumstances_forget(struct person *p);
/* What was written before stays where nothing new is said. */
void circumstances_keep(struct person *p, const struct circumstances *c);

#endif
