/* M-01: the six methods to find out that somebody is the parent. */
#include "law/parent.h"

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	const char *code;
	enum parent_check check;
	bool may_be_kept;
} rows[] = {
	{ "signed under penalty of perjury, and kept until the end", "form",
		PARENT_CHECK_FORM, true },
	{ "a payment whose holder is told", "card", PARENT_CHECK_CARD, true },
	{ "trained people on the phone", "call", PARENT_CHECK_CALL, true },
	{ "in a video call", "video", PARENT_CHECK_VIDEO, true },
	{ "or face to face", "in-person", PARENT_CHECK_IN_PERSON, true },
	{ "a document is deleted promptly: nothing of it may stay", "id",
		PARENT_CHECK_ID, false },
};

int main(void)
{
	CHECK(PARENT_CHECK_END == 6, "11 CCR 7070(a)(2) has six");
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const struct parent_check_row *r =
			parent_check_row(rows[i].check);

		CHECK(!strcmp(r->code, rows[i].code) && *r->title && *r->how &&
				!strcmp(r->citation, "11 CCR 7070(a)(2)"),
			"%s: %s", rows[i].why, r->code);
		CHECK(parent_check_of(str_of(rows[i].code)) == rows[i].check,
			"%s: found by its code", rows[i].why);
		CHECK(r->may_be_kept == rows[i].may_be_kept, "%s", rows[i].why);
	}
	CHECK(parent_check_of(STR("selfie")) == PARENT_CHECK_END &&
			parent_check_of(STR("")) == PARENT_CHECK_END,
		"what the law does not name is no method");
	return CHECK_DONE();
}
