/*
 * Who has to be told: column "Downstream duty" of section 0.1 and rows,
 * D-09, DA-13 of the law reference.
 */
#include "law/duty.h"

#include "base/base.h"
#include "check.h"

static const struct date today = { 2026, 11, 21 }, later = { 2027, 1, 1 };

#define SP    RECIPIENT_SERVICE_PROVIDER
#define CON   RECIPIENT_CONTRACTOR
#define THIRD RECIPIENT_THIRD_PARTY

static const struct {
	const char *why;
	enum kind kind;
	enum recipient to;
	bool is_later;
	const char *id; /* "": nobody is told */
} told[] = {
	{ "R-09", KIND_DELETE, SP, false, "tell-delete-service" },
	{ "R-09, contractors", KIND_DELETE, CON, false, "tell-delete-service" },
	{ "R-10: all it was sold to", KIND_DELETE, THIRD, false,
		"tell-delete-third" },
	{ "R-17", KIND_CORRECT, SP, false, "tell-correct-service" },
	{ "R-17, contractors", KIND_CORRECT, CON, false,
		"tell-correct-service" },
	{ "no duty to correct at third parties", KIND_CORRECT, THIRD, false,
		"" },
	{ "R-44", KIND_OPT_OUT, THIRD, false, "tell-opt-out-third" },
	{ "a service provider sells nothing", KIND_OPT_OUT, SP, false, "" },
	{ "R-49", KIND_LIMIT, SP, false, "tell-limit-service" },
	{ "R-49, third parties", KIND_LIMIT, THIRD, false, "tell-limit-third" },
	{ "assist in know", KIND_KNOW_SPECIFIC, SP, false,
		"tell-know-service" },
	{ "of both kinds", KIND_KNOW_CATEGORIES, CON, false,
		"tell-know-service" },
	{ "and in access", KIND_ACCESS_ADMT, SP, true, "tell-know-service" },
	{ "third parties are named, not asked", KIND_KNOW_SPECIFIC, THIRD,
		false, "" },
	{ "D-09, before its day", KIND_OPT_OUT_ADMT, SP, false, "" },
	{ "D-09", KIND_OPT_OUT_ADMT, SP, true, "tell-admt" },
	{ "D-09, others", KIND_OPT_OUT_ADMT, THIRD, true, "tell-admt" },
	{ "DA-13", KIND_DROP, SP, false, "tell-drop-service" },
	{ "third parties fetch the lists themselves", KIND_DROP, THIRD, false,
		"" },
	{ "nobody hears of an opt-in", KIND_OPT_IN, THIRD, false, "" },
};

static const struct {
	const char *why;
	const char *id;
	struct duty_facts f;
	bool is_told;
} reached[] = {
	{ "nothing known: told", "tell-delete-service", { 0 }, true },
	{ "never had anything", "tell-delete-service", { .is_without = true },
		false },
	{ "a deletion goes to old buyers too (0.2, S2)", "tell-delete-third",
		{ .is_gap_known = true, .is_before_only = true }, true },
	{ "an opt-out to who got it meanwhile", "tell-opt-out-third",
		{ .is_gap_known = true }, true },
	{ "and not to older buyers", "tell-opt-out-third",
		{ .is_gap_known = true, .is_before_only = true }, false },
	{ "but when nobody knows since when", "tell-opt-out-third",
		{ .is_before_only = true }, true },
	{ "a limit to who uses it so", "tell-limit-service", { 0 }, true },
	{ "and not to others", "tell-limit-service", { .is_other_use = true },
		false },
	{ "a deletion whatever the use", "tell-delete-service",
		{ .is_other_use = true }, true },
	{ "nor an opt-out", "tell-opt-out-third", { .is_other_use = true },
		true },
};

/* The reach of each, and since when. */
static const struct {
	const char *id;
	enum duty_reach reach;
	struct date from;
} rows[] = {
	{ "tell-delete-service", REACHES_ALL, { 2023, 1, 1 } },
	{ "tell-delete-third", REACHES_SOLD, { 2023, 1, 1 } },
	{ "tell-correct-service", REACHES_ALL, { 2023, 1, 1 } },
	{ "tell-opt-out-third", REACHES_GAP, { 2023, 1, 1 } },
	{ "tell-limit-service", REACHES_USES, { 2023, 1, 1 } },
	{ "tell-limit-third", REACHES_GAP, { 2023, 1, 1 } },
	{ "tell-admt", REACHES_USES, { 2027, 1, 1 } },
	{ "tell-know-service", REACHES_ALL, { 2023, 1, 1 } },
	{ "tell-drop-service", REACHES_ALL, { 2026, 8, 1 } },
};

static const struct duty *by_id(const char *id)
{
	for (size_t i = 0; i < duty_count(); i++)
		if (!strcmp(duty_at(i)->id, id))
			return duty_at(i);
	return NULL;
}

static void each(void)
{
	CHECK(duty_count() == COUNTOF(rows), "each has a row here");
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct duty *d = by_id(rows[i].id);

		CHECK(d && d->reach == rows[i].reach && *d->title &&
				*d->citation &&
				!date_cmp(d->valid.from, rows[i].from),
			"%s", rows[i].id);
	}
}

int main(void)
{
	for (size_t i = 0; i < COUNTOF(told); i++) {
		const struct duty *d = duty_of(told[i].kind, told[i].to,
			told[i].is_later ? later : today);

		CHECK(!strcmp(d ? d->id : "", told[i].id), "%s: %s",
			told[i].why, d ? d->id : "none");
	}
	for (size_t i = 0; i < COUNTOF(reached); i++)
		CHECK(duty_reaches(by_id(reached[i].id), &reached[i].f) ==
				reached[i].is_told,
			"%s", reached[i].why);
	each();
	return CHECK_DONE();
}
