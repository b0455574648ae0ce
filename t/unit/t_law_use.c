/*
 * "May I?": every reason against every use, written down a second time, and all
 * that can hold at once.
 */
#include "law/use.h"

#include "base/base.h"
#include "check.h"

/* sale share sensitive admt keeping other: x is a no. */
static const struct {
	uint32_t reason;
	const char *no;
} table[] = {
	{ REASON_OPT_OUT, "xx    " },
	{ REASON_LIMIT, "  x   " },
	{ REASON_DELETED, "xxxxxx" },
	{ REASON_MINOR, "xx    " },
	{ REASON_DROP, "xxxxxx" },
	{ REASON_DROP_OPT_OUT, "xx    " },
	{ REASON_ADMT, "   x  " },
	{ REASON_MANUAL, "xx    " },
	{ REASON_NO_NOTICE, "xx    " },
	{ REASON_HOLD, "xxxx x" },
	{ REASON_LOCK_1, "xxxx x" },
	{ REASON_LOCK_8, "xxxx x" },
};

static void each_against_each(void)
{
	for (size_t i = 0; i < COUNTOF(table); i++) {
		for (int u = 0; u < USE_END; u++) {
			struct use_asked q = { .use = (enum use)u };
			bool is_no = table[i].no[u] == 'x';

			CHECK(use_forbidden_by(table[i].reason, &q) ==
					(is_no ? table[i].reason : 0),
				"%s for %s",
				reason_row((enum reason)table[i].reason)->code,
				use_row(q.use)->code);
			CHECK(!use_citation((enum reason)table[i].reason,
				      q.use) == !is_no,
				"%s has a section exactly where it forbids",
				use_row(q.use)->code);
		}
	}
}

/* The bits that lists and the index carry say the same as the table. */
static void bits_agree(void)
{
	for (size_t i = 0; i < reason_count(); i++) {
		const struct reason_row *r = reason_at(i);

		for (int u = 0; u < USE_END; u++)
			CHECK(!(r->forbids &
				      use_row((enum use)u)->forbidden_by) ==
					!use_citation(r->reason, (enum use)u),
				"%s for %s", r->code,
				use_row((enum use)u)->code);
	}
}

static const struct {
	const char *why;
	uint32_t reasons;
	enum use use;
	uint32_t lock;
	uint32_t by; /* 0: yes */
} cases[] = {
	{ "nothing holds", 0, USE_SALE, 0, 0 },
	{ "each reason is named", REASON_OPT_OUT | REASON_LIMIT | REASON_MINOR,
		USE_SHARE, 0, REASON_OPT_OUT | REASON_MINOR },
	{ "an opt-out leaves the company's own purposes", REASON_OPT_OUT,
		USE_OTHER, 0, 0 },
	{ "7022(f): kept for this purpose", REASON_DELETED | REASON_LOCK_3,
		USE_OTHER, REASON_LOCK_3, 0 },
	{ "and for no other", REASON_DELETED | REASON_LOCK_3, USE_OTHER,
		REASON_LOCK_2, REASON_DELETED | REASON_LOCK_3 },
	{ "nor for one that has no lock", REASON_DELETED | REASON_LOCK_3,
		USE_OTHER, 0, REASON_DELETED | REASON_LOCK_3 },
	{ "nor for sale", REASON_LOCK_3, USE_SALE, 0, REASON_LOCK_3 },
	{ "a lock does not unlock a sale", REASON_LOCK_3, USE_SALE,
		REASON_LOCK_3, REASON_LOCK_3 },
	{ "a purpose whose lock this person has not", REASON_OPT_OUT, USE_OTHER,
		REASON_LOCK_1, 0 },
	{ "section 4: held, so not even for the purpose it is kept for",
		REASON_DELETED | REASON_LOCK_3 | REASON_HOLD, USE_OTHER,
		REASON_LOCK_3, REASON_HOLD },
	{ "held is kept", REASON_HOLD, USE_KEEPING, 0, 0 },
	{ "a reason that only a newer version knows", 1u << 30, USE_KEEPING, 0,
		1u << 30 },
	{ "for the purpose it is kept for as well", 1u << 30 | REASON_LOCK_3,
		USE_OTHER, REASON_LOCK_3, 1u << 30 },
	{ "E9, M-02: 13 to 15 without an opt-in", REASON_MINOR, USE_SHARE, 0,
		REASON_MINOR },
	{ "N-05: no notice was posted", REASON_NO_NOTICE, USE_SALE, 0,
		REASON_NO_NOTICE },
};

static const struct {
	const char *code;
	enum use use;
} names[] = {
	{ "sale", USE_SALE },
	{ "Sale", USE_SALE },
	{ "share", USE_SHARE },
	{ "sensitive", USE_SENSITIVE },
	{ "admt", USE_ADMT },
	{ "keeping", USE_KEEPING },
	{ "other", USE_OTHER },
	{ "tax records", USE_OTHER },
};

/* 11 CCR 7221(b): an opt-out does not reach what the law excepts; everything else
 * that forbids a decision does. */
static void excepted(void)
{
	struct use_asked q = { .use = USE_ADMT, .is_excepted = true };

	CHECK(!use_forbidden_by(REASON_ADMT | REASON_OPT_OUT, &q),
		"the opt-out alone");
	CHECK(use_forbidden_by(REASON_ADMT | REASON_DELETED, &q) ==
			REASON_DELETED,
		"who was deleted is decided about by nothing");
	q.is_excepted = false;
	CHECK(use_forbidden_by(REASON_ADMT, &q) == REASON_ADMT, "without it");
}

/* What is no reason of the list, and may be said beside them. */
static void refusals(void)
{
	struct use_asked q = { .use = USE_OTHER };
	struct use_refusals r = use_refusals(&q, false);

	CHECK(!r.n, "nothing stands against it");
	r = use_refusals(&q, true);
	CHECK(r.n == 1 && !strcmp(r.at[0]->code, "no-consent") &&
			!strcmp(r.at[0]->citation, "11 CCR 7002(e)"),
		"who did not consent to a new purpose");
	q.is_undisclosed = true;
	r = use_refusals(&q, false);
	CHECK(r.n == 1 && !strcmp(r.at[0]->code, "not-disclosed") &&
			!strcmp(r.at[0]->citation, "11 CCR 7002"),
		"nobody was told of it");
	CHECK(use_refusals(&q, true).n == 2, "both");
}

int main(void)
{
	each_against_each();
	excepted();
	refusals();
	bits_agree();
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct use_asked q = { .use = cases[i].use,
			.lock = cases[i].lock };

		CHECK(use_forbidden_by(cases[i].reasons, &q) == cases[i].by,
			"%s: %x", cases[i].why,
			(unsigned)use_forbidden_by(cases[i].reasons, &q));
	}
	for (size_t i = 0; i < COUNTOF(names); i++) {
		CHECK(use_of(str_of(names[i].code)) == names[i].use, "%s",
			names[i].code);
		CHECK(*use_row(names[i].use)->title, "%s", names[i].code);
	}
	CHECK(!strcmp(use_citation(REASON_NO_NOTICE, USE_SALE),
		      "11 CCR 7013(h)") &&
			!strcmp(use_citation(REASON_LOCK_5, USE_OTHER),
				"11 CCR 7022(f); Civ. Code 1798.105(d)"),
		"the section itself");
	return CHECK_DONE();
}
