#ifndef LAW_DEADLINE_H
#define LAW_DEADLINE_H

#include <stddef.h>
#include <stdint.h>

#include "law/kind.h"

struct err;

/*
 * The dates of a request.  Day 0 is the day of receipt in California
 * (date_pacific() of the instant it reached any channel); nothing pauses the
 * clock, least of all waiting for verification.
 */
struct deadline {
	struct date on; /* the safe date: act on this; {0} when there is none */
	struct date
		outer; /* the latest reading; equal to `on` in calendar days */
	const char
		*rule_id; /* row of law/tbl/clocks.h, "" when there is none */
	const char *citation; /* "" when there is none */
	/* Of days that the holiday table does not reach: `on` and `outer` are counted
	 * as though they had no holidays, and are never later than the true days. */
	bool lacks_holidays;
};

struct deadlines {
	enum kind kind;
	struct date received_on;
	/* Each is the last day in time, but no_reask_until: the first day on
	 * which the consumer may be asked again. */
	struct deadline confirm_by; /* receipt confirmed to the consumer */
	struct deadline act_by;     /* kinds without an answer: done */
	struct deadline respond_by; /* kinds with an answer: it is sent */
	struct deadline extended;   /* the answer, after one extension */
	struct deadline extend_notice_by; /* the extension is told */
	struct deadline no_reask_until;
	const char *citations; /* of the kind */
	const char *rule_id;   /* of the main clock: keep it with the case */
	bool lacks_holidays;   /* one of them does */
};

/*
 * All dates of a request of `kind` received on `received_on`, by the rows that
 * hold on that day.  -1: ERR_INVALID for a day that is none or a right that
 * does not exist yet.  Where the holiday table ends there are dates all the same:
 * no request waits for a newer table.
 */
int deadlines_of(enum kind kind, struct date received_on, struct deadlines *out,
	struct err *e);

/* The date that the queue sorts by: act_by or respond_by, {0} for opt-in. */
struct date deadlines_due(const struct deadlines *d);
/* What the case may be extended to; {0} for kinds that cannot be. */
struct date deadlines_final(const struct deadlines *d);

/*
 * An extension is good only if it is told by extend_notice_by, once, with a
 * reason (Civ. Code 1798.145(h)(1)).
 */
bool extension_is_timely(const struct deadlines *d, struct date notice_sent_on);

/* A record closed that day is kept to this day at least, 24 months. */
struct date record_keep_until(struct date closed_on);

/* First day on which a refused minor may be asked: 12 months, or the 16th
 * birthday when that comes first (Civ. Code 1798.135(c)(5)). */
struct date reask_minor_on(struct date refused_on, struct date born_on);

/*
 * May another request to know be refused on `today`, when answers were given on the
 * `n` days in `answered` (any order)?  Two answers in a rolling 12 months are owed
 * (Civ. Code 1798.130(b)).
 */
bool know_is_used_up(const struct date *answered, size_t n, struct date today);

/* What is answered to a request to know reaches back to this day, if the consumer
 * does not ask for less (Civ. Code 1798.130(a)(2)(B); 11 CCR 7020). */
struct date know_reaches_back_to(void);

/* The last day for the next access to the DROP lists. */
struct deadline drop_access_due(struct date last_access_on);

enum clock_unit { CALENDAR_DAYS, BUSINESS_DAYS, MONTHS };

enum clock_what {
#define CLOCK_WHAT(name, ...) CLOCK_##name,
#include "law/tbl/clock_names.h"
	CLOCK_END,
};

/* One period of time the law sets, as it is written: never converted. */
struct clock_row {
	const char *id;
	enum clock_what what;
	unsigned kinds; /* KIND_BIT()s it applies to; 0: to no request */
	int count;
	enum clock_unit unit;
	const char *title;
	const char *citation;
	struct valid valid;
};

size_t clock_count(void);
const struct clock_row *clock_at(size_t i);
const struct clock_row *clock_by_id(str id); /* NULL when there is none */
/* The row for `what` that holds on `day` for `kind`, or NULL. */
const struct clock_row *clock_row_for(
	enum clock_what what, enum kind kind, struct date day);
/* Its last day, counted from `from`: the safe one and the outer one. */
struct deadline clock_end(const struct clock_row *row, struct date from);

#endif
