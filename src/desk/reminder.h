#ifndef DESK_REMINDER_H
#define DESK_REMINDER_H

#include "desk/setting.h"

/*
 * What the law wants the business to look at again each year, by the day on which it
 * says that it did (tbl/reminders.h): shown by `toyon doctor` and above the queue from
 * a month before the day on, and until it is done.
 */
struct reminder {
	const char *setting; /* where the day is kept; NULL: in the data map */
	const char *title;   /* of the check: "policy" */
	const char *done;    /* what was so on that day */
	const char *to_do;   /* a sentence */
	const char *citation;
	bool has_day;
	struct date day; /* when it was done last */
	struct date due; /* of one with a day */
	int days_left;   /* negative: late */
};

enum { REMINDERS_MAX = 8, REMINDER_DAYS = 31 };
struct reminders {
	struct reminder at[REMINDERS_MAX];
	size_t n;
};
/* Those that have a day, or lack the one that is owed.  The day of the policy is that of
 * the setting or of the version in force (notice.h), whichever is later. */
int reminders_of(struct desk *d, const struct settings *said,
	struct reminders *out, struct err *e);
/* Nobody has said when, or it is due within a month, or it was. */
bool reminder_is_due(const struct reminder *r);
/* For people: "Bring ... up to date by January 5, 2027 (11 CCR 7011)". */
str reminder_words(struct arena *a, const struct reminder *r);

/* That the table of holidays ends within two months, or has ended, for staff; empty:
 * it reaches on. */
str reminder_of_holidays(struct arena *a, struct date today);

#endif
