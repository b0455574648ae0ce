/*
 * Notices and links: 11 CCR 7010 to 7016, 7072, 7102, 7220 (rows N-01 to N-08).
 */
#include "law/notice.h"

#include "base/base.h"
#include "check.h"

#define ALWAYS (NOTICE_BIT(POLICY) | NOTICE_BIT(COLLECTION))

static const struct date today = { 2026, 11, 21 }, later = { 2027, 1, 1 };

static const struct {
	const char *why;
	struct business_facts f;
	bool is_later; /* 2027: ADMT */
	unsigned needed;
} cases[] = {
	{ "who collects, no more", { 0 }, false, ALWAYS },
	{ "N-04: a seller has the link", { .is_seller = true }, false,
		ALWAYS | NOTICE_BIT(OPT_OUT) },
	{ "N-06: sensitive uses have the other", { .uses_sensitive = true },
		false, ALWAYS | NOTICE_BIT(LIMIT) },
	{ "both", { .is_seller = true, .uses_sensitive = true }, false,
		ALWAYS | NOTICE_BIT(OPT_OUT) | NOTICE_BIT(LIMIT) },
	{ "N-07: one link stands for both",
		{ .is_seller = true,
			.uses_sensitive = true,
			.has_choices_link = true },
		false, ALWAYS | NOTICE_BIT(CHOICES) },
	{ "and for one", { .is_seller = true, .has_choices_link = true }, false,
		ALWAYS | NOTICE_BIT(CHOICES) },
	{ "and for the other",
		{ .uses_sensitive = true, .has_choices_link = true }, false,
		ALWAYS | NOTICE_BIT(CHOICES) },
	{ "and for nothing it is not owed", { .has_choices_link = true }, false,
		ALWAYS },
	{ "N-08", { .has_incentive = true }, false,
		ALWAYS | NOTICE_BIT(INCENTIVE) },
	{ "M-03", { .sells_minors = true }, false,
		ALWAYS | NOTICE_BIT(MINORS) },
	{ "ADMT, before its day", { .uses_admt = true }, false, ALWAYS },
	{ "D-02", { .uses_admt = true }, true, ALWAYS | NOTICE_BIT(PRE_USE) },
	{ "K-01", { .is_large = true }, false, ALWAYS | NOTICE_BIT(METRICS) },
	{ "DA-17", { .is_broker = true }, false,
		ALWAYS | NOTICE_BIT(BROKER_METRICS) },
};

/* How many things each has to say, counted in the law reference. */
static const struct {
	enum notice notice;
	const char *code;
	size_t items;
	struct date from;
} notices[] = {
	{ NOTICE_POLICY, "policy", 13, { 2023, 1, 1 } },
	{ NOTICE_COLLECTION, "at-collection", 4, { 2023, 1, 1 } },
	{ NOTICE_OPT_OUT, "opt-out", 1, { 2023, 1, 1 } },
	{ NOTICE_LIMIT, "limit", 1, { 2023, 1, 1 } },
	{ NOTICE_CHOICES, "choices", 1, { 2023, 1, 1 } },
	{ NOTICE_INCENTIVE, "incentive", 3, { 2023, 1, 1 } },
	{ NOTICE_MINORS, "minors", 1, { 2023, 1, 1 } },
	{ NOTICE_PRE_USE, "pre-use", 5, { 2027, 1, 1 } },
	{ NOTICE_METRICS, "metrics", 1, { 2023, 1, 1 } },
	{ NOTICE_BROKER_METRICS, "broker-metrics", 1, { 2024, 1, 1 } },
};

static size_t items_of(enum notice n)
{
	size_t found = 0;

	for (size_t i = 0; i < notice_item_count(); i++)
		found += notice_item_at(i)->notice == n;
	return found;
}

static void each(void)
{
	CHECK(NOTICE_END == COUNTOF(notices), "each has a row here");
	for (size_t i = 0; i < COUNTOF(notices); i++) {
		const struct notice_row *r = notice_row(notices[i].notice);

		CHECK(r->notice == notices[i].notice &&
				!strcmp(r->code, notices[i].code) &&
				!date_cmp(r->valid.from, notices[i].from) &&
				date_is_none(r->valid.until),
			"%s", r->code);
		CHECK(notice_of(str_of(r->code)) == r->notice, "%s", r->code);
		CHECK(items_of(r->notice) == notices[i].items,
			"%s says %zu things", r->code, items_of(r->notice));
	}
	CHECK(notice_of(STR("banner")) == NOTICE_END, "a banner is no notice");
	/* The titles are the law's own words: a link with another is none. */
	CHECK(!strcmp(notice_row(NOTICE_OPT_OUT)->title,
		      "Do Not Sell or Share My Personal Information"),
		"7013, not the title of 2020");
	CHECK(!strcmp(notice_row(NOTICE_LIMIT)->title,
		      "Limit the Use of My Sensitive Personal Information"),
		"7014");
	CHECK(!strcmp(notice_row(NOTICE_CHOICES)->title,
		      "Your Privacy Choices"),
		"7015");
}

static const struct {
	const char *id;
	int since;
} items_since[] = {
	{ "policy-disclosed", 2026 },
	{ "limit-right", 2026 },
	{ "pre-use-purpose", 2027 },
	{ "pre-use-opt-out", 2027 },
	{ "pre-use-access", 2027 },
	{ "pre-use-retaliation", 2027 },
	{ "pre-use-working", 2027 },
	{ "broker-metrics-numbers", 2024 },
};

/* What a notice has to say holds since the CPRA, but for what came later. */
static void since(void)
{
	for (size_t i = 0; i < notice_item_count(); i++) {
		const struct notice_item *item = notice_item_at(i);
		int year = 2023;

		for (size_t k = 0; k < COUNTOF(items_since); k++)
			if (!strcmp(items_since[k].id, item->id))
				year = items_since[k].since;
		CHECK(!date_cmp(
			      item->valid.from, (struct date){ year, 1, 1 }) &&
				date_is_none(item->valid.until) &&
				*item->text && *item->citation,
			"%s", item->id);
	}
}

int main(void)
{
	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(notices_needed(
			      &cases[i].f, cases[i].is_later ? later : today) ==
				cases[i].needed,
			"%s: %x", cases[i].why,
			notices_needed(&cases[i].f, today));
	each();
	since();
	return CHECK_DONE();
}
