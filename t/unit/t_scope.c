/* What API keys are for: bits to text and back. */
#include "check.h"

#include "base/base.h"
#include "desk/scope.h"

static const struct {
	const char *text;
	unsigned scopes;
	const char *unknown;
	const char *back;
	const char *why;
} cases[] = {
	{ "", SCOPES_ALL, "", "", "keys from before there were scopes do all" },
	{ "  ", SCOPES_ALL, "", "", "blanks are nothing" },
	{ "check", 1u << SCOPE_CHECK, "", "check", "one" },
	{ "release,check", 1u << SCOPE_RELEASE | 1u << SCOPE_CHECK, "",
		"check release", "as typed on a command line" },
	{ "check check", 1u << SCOPE_CHECK, "", "check", "twice is once" },
	{ "check follow signals release requests file", SCOPES_ALL, "", "",
		"all of them is everything, also of a later version" },
	{ "Check", 0, "Check", "", "codes are as they are written" },
	{ "chec", 0, "chec", "", "no beginning of one" },
	{ "check later x", 1u << SCOPE_CHECK, "later", "check",
		"of a later version: nothing is allowed by it" },
	{ ",", 0, "", "", "nothing, and not everything" },
};

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str unknown;
		unsigned scopes = scopes_read(str_of(cases[i].text), &unknown);

		CHECK(scopes == cases[i].scopes, "%s: %x", cases[i].why,
			scopes);
		CHECK(str_eq(unknown, str_of(cases[i].unknown)), "%s: %.*s",
			cases[i].why, STR_ARG(unknown));
		CHECK(!scopes || str_eq(scopes_text(a, scopes),
					 str_of(cases[i].back)),
			"%s: %s", cases[i].why, cases[i].back);
	}
	CHECK(scopes_have(0, SCOPE_NONE) && !scopes_have(0, SCOPE_CHECK) &&
			!scopes_have(SCOPES_ALL & ~(1u << SCOPE_RELEASE),
				SCOPE_RELEASE),
		"what needs no key is everybody's, and nothing else is");
	CHECK(str_eq(scopes_words(a, SCOPES_ALL),
		      STR("check, follow, signals, release, requests, file")),
		"for people: %.*s", STR_ARG(scopes_words(a, SCOPES_ALL)));
	arena_free(a);
	return CHECK_DONE();
}
