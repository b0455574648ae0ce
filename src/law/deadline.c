/*
 * The dates of a request, from law/tbl/clocks.h.
 *
 * The clock starts on the day of receipt and knows no pause, so that the dates
 * are a function of two things only: the kind and that day.  What the law
 * writes in business days has two answers, because the law does not say what
 * one is: the safe one is the earliest that can be defended (W6G or W5, and
 * neither is always first), the outer one the latest in practice (W5S).
 * Nothing rolls over a weekend (CCP 12a is not relied upon).
 */
#include "law/deadline.h"

#include "base/base.h"
#include "base/err.h"
#include "law/calendar.h"
#include "law/minor.h"

/* The kinds that get an answer on the clocks of 11 CCR 7021. */
#define ANSWERED                                                               \
	(KIND_BIT(KNOW_CATEGORIES) | KIND_BIT(KNOW_SPECIFIC) |                 \
		KIND_BIT(DELETE) | KIND_BIT(CORRECT) | KIND_BIT(ACCESS_ADMT) | \
		KIND_BIT(APPEAL_ADMT))

static const struct clock_row clocks[] = {
#define CLOCK(id, what, kinds, count, unit, title, citation, valid) \
	{ id, CLOCK_##what, kinds, count, unit, title, citation, valid },
#include "law/tbl/clocks.h"
};

size_t clock_count(void)
{
	return COUNTOF(clocks);
}

const struct clock_row *clock_at(size_t i)
{
	must(i < COUNTOF(clocks));
	return &clocks[i];
}

const struct clock_row *clock_by_id(str id)
{
	for (size_t i = 0; i < COUNTOF(clocks); i++)
		if (str_eq(id, str_of(clocks[i].id)))
			return &clocks[i];
	return NULL;
}

const struct clock_row *clock_row_for(
	enum clock_what what, enum kind kind, struct date day)
{
	for (size_t i = 0; i < COUNTOF(clocks); i++) {
		const struct clock_row *c = &clocks[i];
		bool is_for = !c->kinds || c->kinds & 1u << kind;

		if (c->what == what && is_for && valid_on(c->valid, day))
			return c;
	}
	return NULL;
}

static void business_end(
	const struct clock_row *row, struct date from, struct deadline *out)
{
	struct date w6g, w5;
	bool is_whole = business_day_add(CALENDAR_W6G, from, row->count, &w6g);

	is_whole &= business_day_add(CALENDAR_W5, from, row->count, &w5);
	is_whole &=
		business_day_add(CALENDAR_W5S, from, row->count, &out->outer);
	out->on = date_cmp(w6g, w5) < 0 ? w6g : w5;
	out->lacks_holidays = !is_whole;
}

struct deadline clock_end(const struct clock_row *row, struct date from)
{
	struct deadline out = { .rule_id = row->id, .citation = row->citation };

	if (row->unit == BUSINESS_DAYS) {
		business_end(row, from, &out);
		return out;
	}
	out.on = row->unit == MONTHS ? date_add_months(from, row->count)
				     : date_add(from, row->count);
	out.outer = out.on;
	return out;
}

/* The deadline of `what`, or an empty one when the kind has none. */
static struct deadline end_of(enum clock_what what, const struct deadlines *d)
{
	const struct clock_row *row =
		clock_row_for(what, d->kind, d->received_on);

	return row ? clock_end(row, d->received_on)
		   : (struct deadline){ .rule_id = "", .citation = "" };
}

static int check(enum kind kind, struct date received_on, struct err *e)
{
	const struct kind_row *row = kind_row(kind);

	if (!date_is_valid(received_on))
		return err_set(e, ERR_INVALID, "the day of receipt is no date");
	if (valid_on(row->valid, received_on))
		return 0;
	err_set(e, ERR_INVALID,
		"the law has \"%s\" from %04d-%02d-%02d on, not on "
		"%04d-%02d-%02d",
		row->code, row->valid.from.year, row->valid.from.month,
		row->valid.from.day, received_on.year, received_on.month,
		received_on.day);
	return err_hint(e, "%s", row->citation);
}

int deadlines_of(enum kind kind, struct date received_on, struct deadlines *out,
	struct err *e)
{
	struct deadlines d = { .kind = kind, .received_on = received_on };
	const struct {
		enum clock_what what;
		struct deadline *end;
	} ends[] = {
		{ CLOCK_CONFIRM, &d.confirm_by },
		{ CLOCK_ACT, &d.act_by },
		{ CLOCK_RESPOND, &d.respond_by },
		{ CLOCK_EXTENDED, &d.extended },
		{ CLOCK_EXTEND_NOTICE, &d.extend_notice_by },
		{ CLOCK_NO_REASK, &d.no_reask_until },
	};

	if (check(kind, received_on, e))
		return -1;
	for (size_t i = 0; i < COUNTOF(ends); i++) {
		*ends[i].end = end_of(ends[i].what, &d);
		d.lacks_holidays |= ends[i].end->lacks_holidays;
	}
	/* Twelve whole months without asking: the day after is the first. */
	if (!date_is_none(d.no_reask_until.on))
		d.no_reask_until.on = d.no_reask_until.outer =
			date_add(d.no_reask_until.on, 1);
	d.citations = kind_citation(kind);
	d.rule_id = *d.act_by.rule_id ? d.act_by.rule_id : d.respond_by.rule_id;
	*out = d;
	return 0;
}

struct date deadlines_due(const struct deadlines *d)
{
	return date_is_none(d->act_by.on) ? d->respond_by.on : d->act_by.on;
}

struct date deadlines_final(const struct deadlines *d)
{
	return d->extended.on;
}

bool extension_is_timely(const struct deadlines *d, struct date notice_sent_on)
{
	return !date_is_none(d->extend_notice_by.on) &&
	       date_cmp(notice_sent_on, d->extend_notice_by.on) <= 0;
}

static const struct clock_row *clock_that_holds(
	enum clock_what what, struct date day)
{
	const struct clock_row *row = clock_row_for(what, KIND_NONE, day);

	must(row);
	return row;
}

struct date record_keep_until(struct date closed_on)
{
	return date_add_months(
		closed_on, clock_that_holds(CLOCK_RECORD, closed_on)->count);
}

struct date reask_minor_on(struct date refused_on, struct date born_on)
{
	const struct clock_row *row =
		clock_row_for(CLOCK_NO_REASK, KIND_OPT_IN_MINOR, refused_on);
	struct date birthday = minor_until(born_on);
	struct date first;

	must(row);
	first = date_add(date_add_months(refused_on, row->count), 1);
	return date_cmp(birthday, first) < 0 ? birthday : first;
}

bool know_is_used_up(const struct date *answered, size_t n, struct date today)
{
	enum { OWED = 2 };
	int months = clock_that_holds(CLOCK_KNOW_WINDOW, today)->count;
	size_t counted = 0;

	for (size_t i = 0; i < n; i++)
		counted += date_cmp(date_add_months(answered[i], months),
				   today) > 0;
	return counted >= OWED;
}

struct date know_reaches_back_to(void)
{
	return (struct date){ 2022, 1, 1 };
}

/*
 * A row that replaces another shortens what is already running: the first
 * access under it is due when its own period is over, not before its first day.
 */
struct deadline drop_access_due(struct date last_access_on)
{
	/* The last of its rows has no end, so there is always one. */
	for (size_t i = 0;; i++) {
		const struct clock_row *c = clock_at(i);
		struct date due = date_add(last_access_on, c->count);

		if (c->what != CLOCK_DROP_ACCESS)
			continue;
		if (date_cmp(due, c->valid.from) < 0)
			due = c->valid.from;
		if (valid_on(c->valid, due))
			return (struct deadline){ .on = due,
				.outer = due,
				.rule_id = c->id,
				.citation = c->citation };
	}
}
