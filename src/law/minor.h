#ifndef LAW_MINOR_H
#define LAW_MINOR_H

#include <stddef.h>

#include "base/str.h"
#include "law/valid.h"

/*
 * Children and teenagers.  A business that shuts its eyes knows: an age that was
 * told or seen counts, and an age that nobody knows is not an age.
 */
enum minor {
#define MINOR(name, ...) MINOR_##name,
#include "law/tbl/minors.h"
	MINOR_END,
};

enum minor_consent { MINOR_BY_PARENT, MINOR_BY_SELF, MINOR_BY_NOBODY };

struct minor_row {
	enum minor minor;
	const char *code; /* "under-13" */
	int from_age;     /* completed years */
	int before_age;
	enum minor_consent by; /* who opts in */
	int steps;
	const char *title;
	const char *citation;
	struct valid valid;
};

const struct minor_row *minor_row(enum minor m);
/* MINOR_END when no row has that code. */
enum minor minor_of(str code);

/* Which of them somebody born on `born_on` is on `day`, not before it. */
enum minor minor_on(struct date born_on, struct date day);
/*
 * The birthday in completed years.  Born on February 29, in a year without one:
 * on March 1, the later of the two days that are in use, for the child's sake.
 */
struct date minor_birthday(struct date born_on, int age);
/* The first day on which the rules for minors are over: the 16th birthday. */
struct date minor_until(struct date born_on);
/* May their data be sold or shared?  has_opted_in: by whom the row says. */
bool minor_may_be_sold(enum minor m, bool has_opted_in);

#endif
