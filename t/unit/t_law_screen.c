/* What may be done with a new record, by every reason and by several at once. */
#include "law/screen.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	uint32_t reasons;
	const char *code;
} cases[] = {
	{ "nothing is known", 0, "clear" },
	{ "an opt-out is no deletion", REASON_OPT_OUT, "opted-out" },
	{ "sensitive use alone", REASON_LIMIT, "limited" },
	{ "1798.105(c)(2): deleted stays deleted", REASON_DELETED, "blocked" },
	{ "not sold without an opt-in", REASON_MINOR, "opted-out" },
	{ "1798.99.86(d)", REASON_DROP, "blocked" },
	{ "11 CCR 7613: several had it", REASON_DROP_OPT_OUT, "opted-out" },
	{ "automated decisions alone", REASON_ADMT, "limited" },
	{ "the business said so", REASON_MANUAL, "opted-out" },
	{ "no notice was posted", REASON_NO_NOTICE, "opted-out" },
	{ "held: kept, and not sold", REASON_HOLD, "opted-out" },
	{ "kept for a purpose", REASON_LOCK_1, "opted-out" },
	{ "and for another", REASON_LOCK_8, "opted-out" },
	{ "the hardest one counts", REASON_LIMIT | REASON_OPT_OUT,
		"opted-out" },
	{ "over all others", REASON_OPT_OUT | REASON_DELETED, "blocked" },
	{ "a newer list knows more than this program", 1u << 31, "blocked" },
	{ "also beside what is known", REASON_LIMIT | 1u << 31, "blocked" },
};

/* A new reason has to be thought about here. */
static void every_reason(void)
{
	for (size_t i = 0; i < reason_count(); i++) {
		uint32_t reason = (uint32_t)reason_at(i)->reason;
		bool is_there = (reason & REASON_LOCKS) != 0;

		for (size_t k = 0; k < COUNTOF(cases); k++)
			is_there |= cases[k].reasons == reason;
		CHECK(is_there, "%s", reason_at(i)->code);
		CHECK(screen_of(reason) != SCREEN_CLEAR,
			"%s is a reason for something", reason_at(i)->code);
	}
}

int main(void)
{
	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(!strcmp(screen_code(screen_of(cases[i].reasons)),
			      cases[i].code),
			"%s: %s", cases[i].why,
			screen_code(screen_of(cases[i].reasons)));
	every_reason();
	CHECK(!strcmp(screen_sentence(SCREEN_BLOCKED), "do not store it"),
		"said in words");
	return CHECK_DONE();
}
