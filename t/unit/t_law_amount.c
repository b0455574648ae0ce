/*
 * Figures and fees: section 2.1 of the law reference, and what no consumer pays.
 */
#include "law/amount.h"

#include "base/base.h"
#include "check.h"

enum { NOT_KNOWN = -1 };

static const struct {
	const char *why;
	enum amount_what what;
	struct date day;
	int64_t count; /* NOT_KNOWN: no row */
	enum amount_unit unit;
} rows[] = {
	{ "before the first change of prices", AMOUNT_REVENUE, { 2024, 12, 31 },
		25000000, AMOUNT_DOLLARS },
	{ "C-01, 1798.199.95(d)", AMOUNT_REVENUE, { 2025, 1, 1 }, 26625000,
		AMOUNT_DOLLARS },
	{ "to the end of an even year", AMOUNT_REVENUE, { 2026, 12, 31 },
		26625000, AMOUNT_DOLLARS },
	{ "C-02: January 2027 brings another, which is not known",
		AMOUNT_REVENUE, { 2027, 1, 1 }, NOT_KNOWN, AMOUNT_DOLLARS },
	{ "C-01, no price", AMOUNT_CONSUMERS, { 2030, 1, 1 }, 100000,
		AMOUNT_PEOPLE },
	{ "C-01, half of the revenue", AMOUNT_REVENUE_SHARE, { 2026, 11, 21 },
		50, AMOUNT_PERCENT },
	{ "C-03, base", AMOUNT_FINE, { 2023, 1, 1 }, 2500, AMOUNT_DOLLARS },
	{ "C-03", AMOUNT_FINE, { 2026, 11, 21 }, 2663, AMOUNT_DOLLARS },
	{ "C-03, minors, base", AMOUNT_FINE_HIGH, { 2024, 6, 1 }, 7500,
		AMOUNT_DOLLARS },
	{ "C-03, minors", AMOUNT_FINE_HIGH, { 2026, 11, 21 }, 7988,
		AMOUNT_DOLLARS },
	{ "C-04, base", AMOUNT_BREACH_LOW, { 2024, 6, 1 }, 100,
		AMOUNT_DOLLARS },
	{ "C-04", AMOUNT_BREACH_LOW, { 2025, 6, 1 }, 107, AMOUNT_DOLLARS },
	{ "C-04, base", AMOUNT_BREACH_HIGH, { 2024, 6, 1 }, 750,
		AMOUNT_DOLLARS },
	{ "C-04", AMOUNT_BREACH_HIGH, { 2025, 6, 1 }, 799, AMOUNT_DOLLARS },
	{ "K-01: 10 million consumers", AMOUNT_METRICS_CONSUMERS,
		{ 2026, 11, 21 }, 10000000, AMOUNT_PEOPLE },
	{ "DA-04", AMOUNT_BROKER_FEE, { 2026, 1, 31 }, 6000, AMOUNT_DOLLARS },
	{ "DA-04, the next year", AMOUNT_BROKER_FEE, { 2027, 1, 31 }, 9500,
		AMOUNT_DOLLARS },
	{ "DA-18", AMOUNT_BROKER_PENALTY, { 2026, 11, 21 }, 200,
		AMOUNT_DOLLARS },
	{ "R-33: twice in 12 months", AMOUNT_KNOW_ANSWERS, { 2026, 11, 21 }, 2,
		AMOUNT_TIMES },
	{ "D-10: more than four uses", AMOUNT_ADMT_USES, { 2027, 1, 1 }, 4,
		AMOUNT_TIMES },
	{ "no right yet", AMOUNT_ADMT_USES, { 2026, 12, 31 }, NOT_KNOWN,
		AMOUNT_TIMES },
	{ "R-20: 250 words", AMOUNT_STATEMENT_WORDS, { 2026, 11, 21 }, 250,
		AMOUNT_WORDS },
	{ "section 2.2: 1,850 feet", AMOUNT_LOCATION_FEET, { 2026, 11, 21 },
		1850, AMOUNT_FEET },
	{ "R-41: two ways", AMOUNT_OPT_OUT_WAYS, { 2026, 11, 21 }, 2,
		AMOUNT_TIMES },
	{ "R-02: two ways", AMOUNT_REQUEST_WAYS, { 2026, 11, 21 }, 2,
		AMOUNT_TIMES },
	{ "R-01: one, online only", AMOUNT_REQUEST_WAYS_ONLINE,
		{ 2026, 11, 21 }, 1, AMOUNT_TIMES },
	{ "before the tables begin", AMOUNT_FINE, { 2022, 12, 31 }, NOT_KNOWN,
		AMOUNT_DOLLARS },
	{ "the tables begin", AMOUNT_REVENUE, { 2023, 1, 1 }, 25000000,
		AMOUNT_DOLLARS },
	{ "the tables begin", AMOUNT_FINE_HIGH, { 2023, 1, 1 }, 7500,
		AMOUNT_DOLLARS },
	{ "the tables begin", AMOUNT_BREACH_LOW, { 2023, 1, 1 }, 100,
		AMOUNT_DOLLARS },
	{ "the tables begin", AMOUNT_BREACH_HIGH, { 2023, 1, 1 }, 750,
		AMOUNT_DOLLARS },
	{ "registration began to cost so much in 2026", AMOUNT_BROKER_FEE,
		{ 2025, 12, 31 }, NOT_KNOWN, AMOUNT_DOLLARS },
	{ "the first day of 2026", AMOUNT_BROKER_FEE, { 2026, 1, 1 }, 6000,
		AMOUNT_DOLLARS },
	{ "the fee of 2028 is not known", AMOUNT_BROKER_FEE, { 2028, 1, 1 },
		NOT_KNOWN, AMOUNT_DOLLARS },
};

static void figures(void)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct amount *a = amount_on(rows[i].what, rows[i].day);

		if (rows[i].count == NOT_KNOWN) {
			CHECK(!a, "%s", rows[i].why);
			continue;
		}
		CHECK(a && a->count == rows[i].count && a->unit == rows[i].unit,
			"%s: %lld", rows[i].why, a ? (long long)a->count : -1);
	}
}

/* 7020(a), (b): who is online only owes an email address, and everybody else two ways. */
static void ways_to_ask(void)
{
	struct date day = { 2026, 11, 21 };

	CHECK(request_ways_on(true, day)->count == 1, "7020(a)");
	CHECK(request_ways_on(false, day)->count == 2, "7020(b)");
	CHECK(!request_ways_on(true, (struct date){ 2022, 12, 31 }),
		"before the tables begin");
}

/* C-02: what changes with the prices, all on the same day. */
static const enum amount_what priced[] = { AMOUNT_REVENUE, AMOUNT_FINE,
	AMOUNT_FINE_HIGH, AMOUNT_BREACH_LOW, AMOUNT_BREACH_HIGH };

/* Rows about one thing follow each other without a gap: at no day two figures. */
static void rows_follow(void)
{
	for (size_t i = 0; i + 1 < amount_count(); i++) {
		const struct amount *a = amount_at(i), *b = amount_at(i + 1);

		CHECK(*a->id && *a->title && *a->citation, "%s is whole",
			a->id);
		CHECK(date_is_none(a->valid.until) ||
				date_is_valid(a->valid.until),
			"%s ends on a day", a->id);
		if (a->what != b->what)
			continue;
		CHECK(!date_is_none(a->valid.until) &&
				!date_cmp(date_add(a->valid.until, 1),
					b->valid.from),
			"%s goes on as %s", a->id, b->id);
	}
	for (int what = 0; what < AMOUNT_END; what++) {
		bool has_row = false;

		for (size_t i = 0; i < amount_count(); i++)
			has_row |= amount_at(i)->what == (enum amount_what)what;
		CHECK(has_row, "%s has a row",
			amount_code((enum amount_what)what));
	}
	CHECK(!strcmp(amount_code(AMOUNT_FINE_HIGH), "fine-high"), "by name");
	/* Whoever asks for 2027 needs a newer table: the doctor says so. */
	CHECK(!date_cmp(amounts_known_until(), (struct date){ 2026, 12, 31 }),
		"known to the end of 2026");
	for (size_t i = 0; i < COUNTOF(priced); i++) {
		CHECK(amount_on(priced[i], amounts_known_until()),
			"%s is known to that day", amount_code(priced[i]));
		CHECK(!amount_on(priced[i], date_add(amounts_known_until(), 1)),
			"%s changes on the day after", amount_code(priced[i]));
	}
}

static const struct {
	const char *why;
	enum kind kind;
	bool is_unfounded;
	bool is_allowed;
	const char *id;
} fees_of[] = {
	{ "answering is free", KIND_KNOW_SPECIFIC, false, false,
		"fee-request" },
	{ "C-05: excessive requests may cost", KIND_KNOW_SPECIFIC, true, true,
		"fee-unfounded" },
	{ "a deletion too", KIND_DELETE, true, true, "fee-unfounded" },
	{ "an opt-out is free", KIND_OPT_OUT, false, false, "fee-request" },
	{ "even the hundredth", KIND_OPT_OUT, true, false, "fee-choice" },
	{ "and a limit", KIND_LIMIT, true, false, "fee-choice" },
	{ "and opting in", KIND_OPT_IN, true, false, "fee-choice" },
	{ "and to what was limited", KIND_OPT_IN_SENSITIVE, true, false,
		"fee-choice" },
	{ "and for a child", KIND_OPT_IN_MINOR, true, false, "fee-choice" },
	{ "and of ADMT", KIND_OPT_OUT_ADMT, true, false, "fee-choice" },
	{ "nobody pays for the State's lists", KIND_DROP, true, false,
		"fee-choice" },
};

static void fees(void)
{
	for (size_t i = 0; i < COUNTOF(fees_of); i++) {
		const struct fee *f =
			fee_of(fees_of[i].kind, fees_of[i].is_unfounded);

		CHECK(f->is_allowed == fees_of[i].is_allowed &&
				!strcmp(f->id, fees_of[i].id),
			"%s: %s", fees_of[i].why, f->id);
	}
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		for (int unfounded = 0; unfounded < 2; unfounded++)
			CHECK(*fee_of((enum kind)k, unfounded)->citation,
				"%s has a row", kind_code((enum kind)k));
	CHECK(fee_count() == 3 && fee_at(0)->kinds, "three rows");
}

int main(void)
{
	figures();
	ways_to_ask();
	rows_follow();
	fees();
	return CHECK_DONE();
}
