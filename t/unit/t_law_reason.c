/*
 * Reasons of suppression: the bits are on disk, so they are written down here a
 * second time.
 */
#include "law/reason.h"

#include "base/base.h"
#include "check.h"

enum { KEPT = FORBIDS_SALE | FORBIDS_SENSITIVE | FORBIDS_ADMT | FORBIDS_OTHER };

static const struct {
	const char *why;
	const char *code;
	unsigned bit;
	unsigned forbids;
	struct date from; /* {0}: since the CPRA */
} rows[] = {
	{ "an opt-out stops sale and sharing, nothing else", "opt-out", 1,
		FORBIDS_SALE, { 0 } },
	{ "a limit stops uses of sensitive data", "limit", 2, FORBIDS_SENSITIVE,
		{ 0 } },
	{ "deleted: not even kept", "deleted", 4,
		FORBIDS_SALE | FORBIDS_SENSITIVE | FORBIDS_KEEPING |
			FORBIDS_ADMT | FORBIDS_OTHER,
		{ 0 } },
	{ "a minor without an opt-in is not sold", "minor", 8, FORBIDS_SALE,
		{ 0 } },
	{ "deleted by the State's list", "drop", 16,
		FORBIDS_SALE | FORBIDS_SENSITIVE | FORBIDS_KEEPING |
			FORBIDS_ADMT | FORBIDS_OTHER,
		{ 2026, 8, 1 } },
	{ "several consumers on one identifier: opted out, not deleted (DA-10)",
		"drop-opt-out", 32, FORBIDS_SALE, { 2026, 8, 1 } },
	{ "ADMT alone", "opt-out-admt", 64, FORBIDS_ADMT, { 2027, 1, 1 } },
	{ "by staff", "manual", 128, FORBIDS_SALE, { 0 } },
	{ "no notice was posted (7013(h))", "no-notice", 256, FORBIDS_SALE,
		{ 0 } },
	{ "held for law enforcement: kept, and used for nothing", "hold", 512,
		KEPT, { 0 } },
	{ "kept for one purpose (7022(f))", "lock-1", 1 << 16, KEPT, { 0 } },
	{ "and another", "lock-2", 1 << 17, KEPT, { 0 } },
	{ "a third", "lock-3", 1 << 18, KEPT, { 0 } },
	{ "a fourth", "lock-4", 1 << 19, KEPT, { 0 } },
	{ "a fifth", "lock-5", 1 << 20, KEPT, { 0 } },
	{ "a sixth", "lock-6", 1 << 21, KEPT, { 0 } },
	{ "a seventh", "lock-7", 1 << 22, KEPT, { 0 } },
	{ "an eighth", "lock-8", 1 << 23, KEPT, { 0 } },
};

static void bits(void)
{
	CHECK(reason_count() == COUNTOF(rows), "each reason has a row here");
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		uint32_t r = reason_of(str_of(rows[i].code));

		CHECK(r == rows[i].bit, "%s: bit %u", rows[i].why, (unsigned)r);
		CHECK(reasons_forbid(r) == rows[i].forbids, "%s", rows[i].why);
		CHECK(reason_row((enum reason)r) == reason_at(i), "%s",
			rows[i].why);
		CHECK(!date_cmp(reason_at(i)->valid.from,
			      date_is_none(rows[i].from)
				      ? (struct date){ 2023, 1, 1 }
				      : rows[i].from),
			"%s: since", rows[i].why);
		CHECK(*reason_at(i)->title && *reason_at(i)->sentence &&
				*reason_at(i)->citation,
			"%s: words and citation", rows[i].why);
	}
	CHECK(reason_of(STR("opt")) == 0 && reason_of(STR("")) == 0,
		"an unknown reason is none");
	CHECK(reasons_forbid(0) == 0, "clear forbids nothing");
	CHECK(reasons_forbid(REASON_OPT_OUT | REASON_LIMIT) ==
			(FORBIDS_SALE | FORBIDS_SENSITIVE),
		"reasons add up");
}

static void lists(struct arena *a)
{
	static const struct {
		const char *why;
		const char *list;
		bool is_right;
		uint32_t r;
		const char *back;
	} at[] = {
		{ "none", "", true, 0, "" },
		{ "one", "opt-out", true, REASON_OPT_OUT, "opt-out" },
		{ "in order of the bits, whatever was typed", "deleted,opt-out",
			true, REASON_OPT_OUT | REASON_DELETED,
			"opt-out,deleted" },
		{ "blanks around", " limit , minor ", true,
			REASON_LIMIT | REASON_MINOR, "limit,minor" },
		{ "twice is once", "limit,limit", true, REASON_LIMIT, "limit" },
		{ "an unknown one spoils it", "limit,never", false, 77, "" },
		{ "an empty one too", "limit,,minor", false, 77, "" },
		{ "all of them",
			"opt-out,limit,deleted,minor,drop,drop-opt-out,"
			"opt-out-admt,manual,no-notice,hold",
			true, 1023,
			"opt-out,limit,deleted,minor,drop,drop-opt-out,"
			"opt-out-admt,manual,no-notice,hold" },
	};

	for (size_t i = 0; i < COUNTOF(at); i++) {
		uint32_t r = 77;

		CHECK(reasons_parse(str_of(at[i].list), &r) == at[i].is_right,
			"%s", at[i].why);
		CHECK(r == at[i].r, "%s: %u", at[i].why, (unsigned)r);
		if (at[i].is_right)
			CHECK(str_eq(reasons_list(a, r), str_of(at[i].back)),
				"%s", at[i].why);
	}
}

int main(void)
{
	struct arena *a = arena_new(1 << 16);

	bits();
	lists(a);
	arena_free(a);
	return CHECK_DONE();
}
