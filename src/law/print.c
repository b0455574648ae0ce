/*
 * The law as lines: the dates of a request, and every row of every table.
 */
#include "law/print.h"

#include "base/base.h"
#include "base/err.h"
#include "law/amount.h"
#include "law/calendar.h"
#include "law/category.h"
#include "law/deny.h"
#include "law/duty.h"
#include "law/letter.h"
#include "law/listed.h"
#include "law/metric.h"
#include "law/minor.h"
#include "law/notice.h"
#include "law/reason.h"
#include "law/state.h"

static int day_of(str when, struct date *out, struct err *e)
{
	int64_t at_ms;

	if (date_parse(when, out))
		return 0;
	if (instant_parse(when, &at_ms)) {
		*out = date_pacific(at_ms);
		return 0;
	}
	err_set(e, ERR_USAGE, "\"%.*s\" is neither a date nor an instant",
		STR_ARG(str_head(when, 40)));
	return err_hint(e, "write 2026-11-25 or 2026-11-25T17:30-08:00");
}

static void add(struct due_lines *l, const char *name, struct date on,
	const struct deadline *d)
{
	if (date_is_none(on))
		return;
	must(l->n < DUE_LINES_MAX);
	l->at[l->n++] = (struct due_line){ name, on, d->citation, d->rule_id };
}

/* A case takes the safe dates and is marked; whoever asks for a date gets the true one, or
 * none. */
static int past_the_holidays(struct err *e)
{
	err_set(e, ERR_LIMIT,
		"holidays are known from %d to %d: the dates of this day "
		"can't be told",
		calendar_first_year(), calendar_last_year());
	return err_hint(e, "get a newer version");
}

int law_due(str kind, str when, struct due_lines *out, struct err *e)
{
	struct due_lines l = { .kind = kind_of_word(kind) };
	struct deadlines d;
	const struct deadline *counted;

	if (l.kind == KIND_NONE) {
		err_set(e, ERR_USAGE, "\"%.*s\" is not a kind of request",
			STR_ARG(str_head(kind, 40)));
		return err_hint(e, "`toyon law list` names them all");
	}
	if (day_of(when, &l.received_on, e) ||
		deadlines_of(l.kind, l.received_on, &d, e))
		return -1;
	if (d.lacks_holidays)
		return past_the_holidays(e);
	add(&l, "confirm", d.confirm_by.on, &d.confirm_by);
	add(&l, "act", d.act_by.on, &d.act_by);
	add(&l, "respond", d.respond_by.on, &d.respond_by);
	add(&l, "extended", d.extended.on, &d.extended);
	add(&l, "extend_notice_by", d.extend_notice_by.on, &d.extend_notice_by);
	add(&l, "no_reask_until", d.no_reask_until.on, &d.no_reask_until);
	/* Each kind counts business days once: to confirm, or to act. */
	counted = date_is_none(d.act_by.on) ? &d.confirm_by : &d.act_by;
	add(&l, "outer", counted->outer, counted);
	*out = l;
	return 0;
}

/* Text that a row lacks. */
#define NO_TEXT ""

static const struct law_row rows[] = {
#define KIND(name, code, path, title, phrase, flow, verification, confirmed, \
	fields, citation, valid)                                             \
	{ code, "kinds", title, phrase, citation, valid },
#include "law/tbl/kinds.h"
#define VERIFICATION(name, code, title, points, declaration, citation, valid) \
	{ "verify-" code, "verifications", title, NO_TEXT, citation, valid },
#include "law/tbl/verifications.h"
#define GRADE(kind, stake, verification, citation, valid)              \
	{ "grade-" #kind "-" #stake, "grades", #verification, NO_TEXT, \
		citation, valid },
#include "law/tbl/grades.h"
#define UNVERIFIED(id, kinds, condition, act, sentence, citation, valid) \
	{ id, "unverified", sentence, NO_TEXT, citation, valid },
#include "law/tbl/unverified.h"
#define FIELD(code, title, kinds, is_identifier, citation, valid) \
	{ "field-" code, "fields", title, NO_TEXT, citation, valid },
#include "law/tbl/fields.h"
#define CLOCK(id, what, kinds, count, unit, title, citation, valid) \
	{ id, "clocks", title, #count " " #unit, citation, valid },
#include "law/tbl/clocks.h"
#define CALENDAR(name, title, saturdays, holidays, citation) \
	{ #name, "calendars", title, NO_TEXT, citation, SINCE_CPRA },
#include "law/tbl/calendars.h"
#define HOLIDAY(year, month, day, lists, name)                            \
	{ "holiday-" #year "-" #month "-" #day, "holidays", name, #lists, \
		"Gov. Code 6700, 6701, 19853",                            \
		BETWEEN(year, month, day, year, month, day) },
#include "law/tbl/holidays.h"
#define REASON(bit, name, code, title, sentence, forbids, citation, valid) \
	{ "reason-" code, "reasons", title, sentence, citation, valid },
#include "law/tbl/reasons.h"
#define CATEGORY(letter, title, text, citation, valid) \
	{ "category-" #letter, "categories", title, text, citation, valid },
#include "law/tbl/categories.h"
#define SENSITIVE(code, title, text, citation, valid) \
	{ "sensitive-" code, "sensitive", title, text, citation, valid },
#include "law/tbl/sensitive.h"
#define NEVER_DISCLOSE(code, title, text, citation, valid)                 \
	{ "never-disclose-" code, "never_disclose", title, text, citation, \
		valid },
#include "law/tbl/never_disclose.h"
#define GROUND(                                                              \
	id, title, told, still, kinds, bucket, stay, needs, citation, valid) \
	{ id, "grounds", title, told, citation, valid },
#include "law/tbl/grounds.h"
#define PROOF(NAME, code, title, asks, citation, valid) \
	{ "proof-" code, "proofs", title, NO_TEXT, citation, valid },
#include "law/tbl/proofs.h"
#define INSTEAD(NAME, code, title, citation, valid) \
	{ "instead-" code, "insteads", title, NO_TEXT, citation, valid },
#include "law/tbl/insteads.h"
#define LETTER(name, code, title, citation, valid) \
	{ "letter-" code, "letters", title, NO_TEXT, citation, valid },
#include "law/tbl/letters.h"
#define STATEMENT(id, letter, kinds, when, text, citation, valid) \
	{ id, "statements", text, NO_TEXT, citation, valid },
#include "law/tbl/statements.h"
#define AMOUNT(id, what, count, unit, title, citation, valid) \
	{ id, "amounts", title, #count " " #unit, citation, valid },
#include "law/tbl/amounts.h"
#define FEE(id, kinds, unfounded, allowed, title, citation, valid) \
	{ id, "fees", title, NO_TEXT, citation, valid },
#include "law/tbl/fees.h"
#define MINOR(name, code, from, before, by, steps, title, citation, valid) \
	{ "minor-" code, "minors", title, NO_TEXT, citation, valid },
#include "law/tbl/minors.h"
#define PARENT_CHECK(name, code, title, how, may_be_kept, citation, valid) \
	{ "parent-check-" code, "parent_checks", title, how, citation, valid },
#include "law/tbl/parent_checks.h"
#define NOTICE(name, code, title, condition, citation, valid) \
	{ "notice-" code, "notices", title, NO_TEXT, citation, valid },
#include "law/tbl/notices.h"
#define NOTICE_ITEM(id, notice, text, citation, valid) \
	{ id, "notice_items", text, NO_TEXT, citation, valid },
#include "law/tbl/notice_items.h"
#define DUTY(id, kinds, recipients, reach, title, citation, valid) \
	{ id, "duties", title, NO_TEXT, citation, valid },
#include "law/tbl/duties.h"
#define METRIC(code, kinds, by, title, citation, valid) \
	{ "metric-" code, "metrics", title, NO_TEXT, citation, valid },
#include "law/tbl/metrics.h"
#define LISTED(list, code, title, citation, valid) \
	{ #list "-" code, "listed", title, NO_TEXT, citation, valid },
#include "law/tbl/listed.h"
#define VERDICT(reason, use, citation)                                  \
	{ "no-" #reason "-" #use, "verdicts", #reason " forbids " #use, \
		NO_TEXT, citation, SINCE_CPRA },
#include "law/tbl/verdicts.h"
};

size_t law_row_count(void)
{
	return COUNTOF(rows);
}

const struct law_row *law_row_at(size_t i)
{
	must(i < COUNTOF(rows));
	return &rows[i];
}

const struct law_row *law_row_of(str id)
{
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq_nocase(id, str_of(rows[i].id)))
			return &rows[i];
	return NULL;
}
