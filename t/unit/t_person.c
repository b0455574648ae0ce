/*
 * A person in JSON and back, and masked: one row a shape, with what may be seen.
 */
#include "desk/person.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

static struct arena *arena;

static void there_and_back(void)
{
	struct person in = { 0 }, out = { 0 };
	struct err e = { 0 };
	str json;

	in.name.v = STR("Mar\xC3\xAD"
			"a \"Mia\" Garc\xC3\xAD"
			"a");
	in.email.v = STR("mia@example.com");
	in.zip.v = STR("95616");
	in.reason.v = STR("two\nlines \\ and a tab\t");
	in.stop_sale = STR("yes");
	json = person_to_json(arena, &in);
	CHECK(str_find(json, STR("phone")) < 0, "empty fields are left out");
	CHECK(person_from_json(arena, json, &out, &e) == 0, "%s", e.message);
	CHECK(str_eq(in.name.v, out.name.v), "name");
	CHECK(str_eq(in.email.v, out.email.v), "email");
	CHECK(str_eq(in.reason.v, out.reason.v), "reason");
	CHECK(str_eq(in.stop_sale, out.stop_sale), "choice");
	CHECK(out.phone.v.n == 0, "phone");
	CHECK(str_eq(json, person_to_json(arena, &out)), "the same text again");
}

static void all_of_it(void)
{
	struct person in = { 0 }, out = { 0 };
	struct err e = { 0 };
	char *long_name = arena_alloc(arena, 400);

	for (size_t i = 0; i < 400; i += 2)
		memcpy(long_name + i, "\xC3\xBC", 2);
	in.name.v = (str){ long_name, 400 };
	CHECK(!person_from_json(arena, person_to_json(arena, &in), &out, &e),
		"%s", e.message);
	CHECK(out.name.v.n == PERSON_name_max, "cut at %zu", out.name.v.n);
	in.name.v = (str){ long_name, 7 };
	CHECK(!person_from_json(arena, person_to_json(arena, &in), &out, &e),
		"%s", e.message);
	CHECK(out.name.v.n == 6, "half a character: %zu", out.name.v.n);
}

static const struct {
	const char *why;
	const char *json;
	bool is_good;
} texts[] = {
	{ "nothing given", "{}", true },
	{ "a newer program's member", "{\"name\":\"A\",\"pet\":\"cat\"}",
		true },
	{ "no object", "[]", false },
	{ "no JSON", "name", false },
	{ "nothing", "", false },
	{ "a number", "{\"name\":7}", false },
	{ "twice", "{\"zip\":\"95616\",\"zip\":\"95617\"}", false },
	{ "too long", "{\"zip\":\"95616-12345\"}", false },
};

static void other_texts(void)
{
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		struct person p;
		struct err e = { 0 };
		int rc = person_from_json(arena, str_of(texts[i].json), &p, &e);

		CHECK((rc == 0) == texts[i].is_good, "%s", texts[i].why);
		CHECK(!rc || e.code == ERR_CORRUPT, "%s", texts[i].why);
		CHECK(!strstr(e.message, "956"), "%s: %s", texts[i].why,
			e.message);
	}
}

typedef personal mask(struct arena *, personal);

static const struct {
	const char *why;
	mask *fn;
	const char *in;
	const char *out;
} masks[] = {
	{ "as on the case page", person_masked_email, "ellen@outlook.com",
		"e•••@outlook.com" },
	{ "one letter tells no more", person_masked_email, "e@outlook.com",
		"e•••@outlook.com" },
	{ "a whole character", person_masked_email, "österr@example.at",
		"ö•••@example.at" },
	{ "no address", person_masked_email, "ellen", "•••" },
	{ "none given", person_masked_email, "", "" },
	{ "as on the case page", person_masked_phone, "(510) 555-0118",
		"(510) •••-••18" },
	{ "with country code", person_masked_phone, "+1 510 555 0118",
		"(510) •••-••18" },
	{ "digits alone", person_masked_phone, "5105550118", "(510) •••-••18" },
	{ "another country's", person_masked_phone, "+49 30 901820",
		"•••••20" },
	{ "too short to show a part", person_masked_phone, "110", "•••••" },
	{ "too many digits", person_masked_phone, "12345678901234567",
		"•••••" },
	{ "no digits", person_masked_phone, "none", "•••••" },
	{ "none given", person_masked_phone, "", "" },
	{ "five digits", person_masked_zip, "95616", "956••" },
	{ "nine digits", person_masked_zip, "95616-1234", "956••" },
	{ "too short", person_masked_zip, "956", "•••" },
	{ "another country's", person_masked_zip, "SW1A 1", "•••" },
	{ "none given", person_masked_zip, "", "" },
	{ "first name and initial", person_short_name, "Maria Garcia",
		"Maria G." },
	{ "more than two", person_short_name, "Ana  Maria de la  Cruz ",
		"Ana C." },
	{ "one name", person_short_name, "Prince", "Prince" },
	{ "a whole character", person_short_name, "Jo Österreich", "Jo Ö." },
	{ "none given", person_short_name, "", "" },
};

static void masked(void)
{
	for (size_t i = 0; i < COUNTOF(masks); i++) {
		personal in = { str_of(masks[i].in) };
		personal out = masks[i].fn(arena, in);

		CHECK(str_eq(out.v, str_of(masks[i].out)), "%s, %s: %.*s",
			masks[i].why, masks[i].in, STR_ARG(out.v));
	}
}

int main(void)
{
	arena = arena_new(16 << 20);
	there_and_back();
	all_of_it();
	other_texts();
	masked();
	arena_free(arena);
	return CHECK_DONE();
}
