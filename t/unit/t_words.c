/* Which language a browser gets, and the words in it. */
#include "words/words.h"

#include "base/base.h"
#include "check.h"
#include "law/deny.h"

enum { BOTH = 1 << LANG_EN | 1 << LANG_ES, ENGLISH_ONLY = 1 << LANG_EN };

static void accepted(void)
{
	static const struct {
		const char *header;
		unsigned offered;
		enum lang want;
		const char *why;
	} cases[] = {
		{ "", BOTH, LANG_EN, "who says nothing gets the source" },
		{ "es", BOTH, LANG_ES, "Spanish" },
		{ "es-MX,es;q=0.9,en;q=0.8", BOTH, LANG_ES, "of a country" },
		{ "ES", BOTH, LANG_ES,
			"case does not matter (RFC 5646, 2.1.1)" },
		{ "en-US,en;q=0.9,es;q=0.8", BOTH, LANG_EN, "English first" },
		{ "en;q=0.5,es;q=0.7", BOTH, LANG_ES, "weight beats order" },
		{ "en;q=0.7,es;q=0.7", BOTH, LANG_EN,
			"of equal ones the first" },
		{ "fr,es;q=0.2", BOTH, LANG_ES, "the best that there is" },
		{ "fr", BOTH, LANG_EN, "none that there is" },
		{ "es;q=0", BOTH, LANG_EN, "0 is not wanted" },
		{ "es;q=2", BOTH, LANG_EN, "no weight at all" },
		{ " es ; q=1.000 , en;q=0.9", BOTH, LANG_ES, "blanks" },
		{ "es", ENGLISH_ONLY, LANG_EN, "not offered" },
		{ "esperanto", BOTH, LANG_EN, "another word" },
		{ ",,;;q=,-", BOTH, LANG_EN, "garbage" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(lang_accepted(str_of(cases[i].header),
			      cases[i].offered) == cases[i].want,
			"%s", cases[i].why);
}

static void said(struct arena *a)
{
	CHECK(str_eq(say(LANG_ES, "Right away"), STR("De inmediato")),
		"a word in Spanish");
	CHECK(str_eq(say(LANG_EN, STR("Right away")), STR("Right away")),
		"English is its own word");
	CHECK(str_eq(say(LANG_ES, "Ana of Oakland"), STR("Ana of Oakland")),
		"what nobody translated stays");
	CHECK(!say(LANG_ES, (const char *)NULL).n, "nothing is nothing");
	CHECK(str_eq(words_fill_number(a, LANG_ES, "{1} days", 45),
		      STR("45 días")),
		"a number is filled in");
}

static void dates(struct arena *a)
{
	struct date d = { 2027, 1, 5 };
	int64_t at = 1795309920000; /* 2026-11-22 01:12 UTC: the day before */

	CHECK(str_eq(words_date(a, LANG_ES, d), STR("5 de enero de 2027")),
		"a day in Spanish");
	CHECK(str_eq(words_date(a, LANG_EN, d), STR("January 5, 2027")),
		"a day in English");
	CHECK(!words_date(a, LANG_ES, (struct date){ 0 }).n, "no day");
	CHECK(str_eq(words_instant(a, LANG_ES, at),
		      STR("21 de noviembre de 2026, 5:12 p.m.")),
		"an instant, in Pacific time: \"%.*s\"",
		STR_ARG(words_instant(a, LANG_ES, at)));
	CHECK(!words_instant(a, LANG_ES, 0).n, "no instant");
}

/* Who reads Spanish looks for the law by its Spanish name; in English it is cited as
 * lawyers do. */
static void citations(struct arena *a)
{
	static const struct {
		const char *citation;
		const char *spanish;
	} cases[] = {
		{ "Civ. Code 1798.140(i)",
			"Código Civil de California, sección 1798.140(i)" },
		{ "11 CCR 7026(e), 7027(f)",
			"Código de Regulaciones de California, título 11, "
			"secciones 7026(e), 7027(f)" },
		{ "Civ. Code 1798.145(j); 11 CCR 7050",
			"Código Civil de California, sección 1798.145(j); "
			"Código de Regulaciones de California, título 11, "
			"sección 7050" },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str of = str_of(cases[i].citation);

		CHECK(str_eq(words_citation(a, LANG_ES, of),
			      str_of(cases[i].spanish)),
			"%s", cases[i].citation);
		CHECK(str_eq(words_citation(a, LANG_EN, of), of), "as it is");
	}
	for (size_t i = 0; i < ground_count(); i++) {
		str of = str_of(ground_at(i)->citation);
		str es = words_citation(a, LANG_ES, of);

		CHECK(str_starts(es, STR("Código ")) &&
				str_find(es, STR("CCR")) < 0 &&
				str_find(es, STR("Civ.")) < 0,
			"%s", ground_at(i)->citation);
	}
}

static void codes(void)
{
	enum lang l;

	for (int i = 0; i < LANGS; i++)
		CHECK(lang_read(str_of(lang_code((enum lang)i)), &l) &&
				(int)l == i,
			"a code leads back to its language");
	CHECK(!lang_read(STR("fr"), &l), "French has no words here");
	CHECK(!lang_read(STR(""), &l), "nothing is no language");
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	accepted();
	said(a);
	dates(a);
	citations(a);
	codes();
	arena_free(a);
	return CHECK_DONE();
}
