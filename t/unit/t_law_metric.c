/*
 * Numbers to publish: 11 CCR 7102 and Civ. Code 1798.99.85 (rows K-01 to K-03,
 * DA-17).
 */
#include "law/metric.h"

#include "base/base.h"
#include "check.h"
#include "law/deny.h"

enum { L = METRIC_LARGE, B = METRIC_BROKER };

static const struct {
	const char *code;
	unsigned by;
	bool is_drop; /* of the State's platform, and of nothing else */
} rows[] = {
	{ "received", L | B, false },
	{ "complied", L | B, false },
	{ "denied", L | B, false },
	{ "denied-unverified", L, false },
	{ "denied-not-a-consumer", L, false },
	{ "denied-exempt", L, false },
	{ "denied-other", L, false },
	{ "median-days", L | B, false },
	{ "mean-days", L | B, false },
	{ "drop-received", B, true },
	{ "drop-complied", B, true },
	{ "drop-denied", B, true },
};

/* K-01: delete, correct, know, opt-out, limit; nothing else is counted. */
static const struct {
	enum kind kind;
	bool is_counted;
} kinds[] = {
	{ KIND_KNOW_CATEGORIES, true },
	{ KIND_KNOW_SPECIFIC, true },
	{ KIND_DELETE, true },
	{ KIND_CORRECT, true },
	{ KIND_OPT_OUT, true },
	{ KIND_LIMIT, true },
	{ KIND_OPT_IN, false },
	{ KIND_OPT_IN_SENSITIVE, false },
	{ KIND_ACCESS_ADMT, false },
};

static void each(void)
{
	CHECK(metric_count() == COUNTOF(rows), "each has a row here");
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct metric *m = metric_at(i);

		CHECK(!strcmp(m->code, rows[i].code) && *m->title &&
				*m->citation,
			"%s", m->code);
		for (size_t k = 0; k < COUNTOF(kinds); k++)
			for (unsigned by = 0; by <= (L | B); by++)
				CHECK(metric_is_owed(m, kinds[k].kind, by) ==
						(!rows[i].is_drop &&
							kinds[k].is_counted &&
							(rows[i].by & by)),
					"%s of %s by %u", m->code,
					kind_code(kinds[k].kind), by);
		CHECK(metric_is_owed(m, KIND_DROP, B) == rows[i].is_drop,
			"%s: the State's deletions", m->code);
		CHECK(!date_cmp(m->valid.from,
			      rows[i].is_drop ? (struct date){ 2026, 8, 1 }
					      : (struct date){ 2023, 1, 1 }),
			"%s: since", m->code);
	}
}

/* K-03: the split of denials is that of the grounds. */
static void buckets(void)
{
	for (int b = DENIED_UNVERIFIED; b <= DENIED_OTHER; b++) {
		char code[64];
		bool is_there = false;

		snprintf(code, sizeof code, "denied-%s",
			denial_bucket_code((enum denial_bucket)b));
		for (size_t i = 0; i < metric_count(); i++)
			is_there |= !strcmp(metric_at(i)->code, code);
		CHECK(is_there, "%s", code);
	}
}

int main(void)
{
	each();
	buckets();
	CHECK(!date_cmp(metrics_due(2026), (struct date){ 2027, 7, 1 }),
		"K-02: by July 1");
	return CHECK_DONE();
}
