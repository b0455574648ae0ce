/*
 * A letter on a page: which line ends were written, and which only kept the
 * lines short.
 */
#include "check.h"

#include "mail/letter.h"
#include "web/letter_flow.h"

static const struct {
	const char *why;
	str in;
	str out;
} cases[] = {
	{ "nothing", STR_INIT(""), STR_INIT("") },
	{ "one line", STR_INIT("Dear Ellen Tran,"),
		STR_INIT("Dear Ellen Tran,") },
	{ "a link on a line of its own stays there",
		STR_INIT(
			"You can read this again here:\nhttps://a.example/s/1"),
		STR_INIT("You can read this again here:\nhttps://a.example/"
			 "s/1") },
	{ "a line end that kept the line short goes",
		STR_INIT("On October 5, 2026 you asked us to delete the "
			 "personal information we\nhold about you."),
		STR_INIT("On October 5, 2026 you asked us to delete the "
			 "personal information we hold about you.") },
	{ "a word that would have fitted: the end was written",
		STR_INIT("Phone 800-555-0142, Monday to Friday, 8 a.m. to 6 "
			 "p.m. Pacific\nPrivacy Desk"),
		STR_INIT("Phone 800-555-0142, Monday to Friday, 8 a.m. to 6 "
			 "p.m. Pacific\nPrivacy Desk") },
	{ "characters are counted, not bytes",
		STR_INIT("ééééééééééééééééééééééééééééééééééééé\nno"),
		STR_INIT("ééééééééééééééééééééééééééééééééééééé\nno") },
};

/* What the mail wraps comes back as it was written. */
static void test_round_trip(struct arena *a)
{
	str text = STR("We keep a record of this request until November 21, "
		       "2028. The law asks us to keep it for at least 24 "
		       "months. We use it to show what we did and to keep to "
		       "it, and for nothing else.");
	str back = letter_flow(a, letter_wrap(a, text, LETTER_WIDTH));

	CHECK(str_eq(str_trim(back), text), "%.*s", STR_ARG(back));
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str out = letter_flow(a, cases[i].in);

		CHECK(str_eq(out, cases[i].out), "%s: \"%.*s\"", cases[i].why,
			STR_ARG(out));
	}
	test_round_trip(a);
	arena_free(a);
	CHECK_DONE();
}
