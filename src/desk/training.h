#ifndef DESK_TRAINING_H
#define DESK_TRAINING_H

#include "desk/desk.h"

/*
 * The register of training: whoever handles requests has to know the rules and how to
 * direct consumers to their rights (11 CCR 7100(a); Civ. Code 1798.130(a)(6)).  These
 * are the members of staff who may enter requests.  How long a training is good for the
 * law does not say: the setting training_months does.
 */
struct training_row {
	int64_t staff_id;
	str email;
	str name;
	const char *role; /* "Support agent" */
	bool is_trained;  /* else nothing below is there */
	struct date trained_on;
	str what;
	bool has_due; /* the setting names a time */
	struct date due;
	bool is_overdue; /* never trained, or longer ago than that */
};

struct trainings {
	struct training_row *at; /* by name */
	size_t n;
	size_t overdue;
};

/* PERM_SEE_QUEUE. */
int trainings_load(struct desk *d, struct trainings *out, struct err *e);

/*
 * Writes down that a member of staff was trained: PERM_MANAGE.  day as 2026-11-21 (empty:
 * today), not in the future.  Problems: email, trained_on, what.
 */
struct training {
	str email;
	str trained_on;
	str what;
};
int training_note(struct desk *d, const struct training *in,
	struct problems *ps, struct err *e);

#endif
