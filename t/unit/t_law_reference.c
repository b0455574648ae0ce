/*
 * Reference numbers: what people type, and that no single slip of the fingers
 * turns one reference into another.
 */
#include "law/reference.h"

#include "base/base.h"
#include "check.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static const struct {
	const char *why;
	const char *typed;
	const char *is; /* NULL: refused */
} rows[] = {
	{ "the example of the documents", "K7QF-2M9X", "K7QF2M9X" },
	{ "without the dash", "K7QF2M9X", "K7QF2M9X" },
	{ "lower case", "k7qf-2m9x", "K7QF2M9X" },
	{ "as read out, with spaces", " K7QF 2M9X ", "K7QF2M9X" },
	{ "dashes anywhere", "K-7-QF-2M-9X", "K7QF2M9X" },
	{ "one character wrong", "K7QF-2M9Y", NULL },
	{ "neighbours swapped", "7KQF-2M9X", NULL },
	{ "swapped over the dash", "K7Q2-FM9X", NULL },
	{ "the last two swapped", "K7QF-2MX9", NULL },
	{ "too short", "K7QF-2M9", NULL },
	{ "too long", "K7QF-2M9XX", NULL },
	{ "empty", "", NULL },
	{ "dashes only", "--------", NULL },
	{ "all zeros", "0000-0000", NULL },
	{ "U is no digit", "K7QU-2M9X", NULL },
	{ "another sign", "K7QF_2M9X", NULL },
	{ "a letter that is not ASCII", "K7QF-2M9\xc3\x9f", NULL },
};

static void typed(void)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct reference r = { "?" };
		bool is_right = reference_parse(str_of(rows[i].typed), &r);

		CHECK(is_right == (rows[i].is != NULL), "%s", rows[i].why);
		CHECK(!strcmp(r.c, rows[i].is ? rows[i].is : "?"), "%s: %s",
			rows[i].why, r.c);
	}
}

static bool is_valid(const char *c)
{
	struct reference r;

	return reference_parse((str){ c, REFERENCE_LENGTH }, &r);
}

/* A small generator of its own: the same numbers in each run. */
static struct reference some(uint32_t *seed)
{
	uint8_t random[REFERENCE_RANDOM];

	for (size_t i = 0; i < sizeof random; i++) {
		*seed = *seed * 1664525u + 1013904223u;
		random[i] = (uint8_t)(*seed >> 24);
	}
	return reference_make(random);
}

static void slips_are_caught(const struct reference *good)
{
	size_t missed = 0;

	for (size_t i = 0; i < REFERENCE_LENGTH; i++)
		for (size_t d = 0; alphabet[d]; d++) {
			struct reference bad = *good;

			bad.c[i] = alphabet[d];
			missed += alphabet[d] != good->c[i] && is_valid(bad.c);
		}
	for (size_t i = 0; i + 1 < REFERENCE_LENGTH; i++) {
		struct reference bad = *good;

		bad.c[i] = good->c[i + 1];
		bad.c[i + 1] = good->c[i];
		missed += good->c[i] != good->c[i + 1] && is_valid(bad.c);
	}
	CHECK(missed == 0, "%s: %zu slips give another reference", good->c,
		missed);
}

static void made(void)
{
	static const uint8_t zeros[REFERENCE_RANDOM];
	static const uint8_t ones[REFERENCE_RANDOM] = { 255, 255, 255, 255,
		255 };
	struct reference zero = reference_make(zeros);
	struct reference one = reference_make(ones);
	uint32_t seed = 20261121;

	CHECK(is_valid(zero.c) && is_valid(one.c), "both ends of the range");
	CHECK(!strncmp(zero.c, "0000000", 7) && !strncmp(one.c, "ZZZZZZZ", 7),
		"all 35 bits are used: %s %s", zero.c, one.c);
	for (int i = 0; i < 2000; i++) {
		struct reference r = some(&seed);

		CHECK(strlen(r.c) == REFERENCE_LENGTH && is_valid(r.c), "%s",
			r.c);
		CHECK(!strpbrk(r.c, "ILOUilou"), "%s is read without doubt",
			r.c);
		slips_are_caught(&r);
	}
}

/* O for 0, I and L for 1: a reference that holds both digits. */
static void letters_for_digits(void)
{
	uint32_t seed = 7;
	struct reference r = some(&seed), back;
	char typed_as[REFERENCE_LENGTH + 1] = "";

	while (!strchr(r.c, '0') || !strchr(r.c, '1'))
		r = some(&seed);
	for (const char *letters = "IiLl"; *letters; letters++) {
		for (size_t i = 0; i < REFERENCE_LENGTH; i++)
			typed_as[i] = r.c[i] == '0'   ? 'o'
				      : r.c[i] == '1' ? *letters
						      : r.c[i];
		CHECK(reference_parse(str_of(typed_as), &back) &&
				!strcmp(back.c, r.c),
			"%s is %s", typed_as, r.c);
	}
}

/* A sign that is no digit is not read as one: neither as 0 nor left out. */
static void other_signs(void)
{
	uint32_t seed = 11;
	struct reference r = some(&seed), back;

	while (!strchr(r.c, '0') || r.c[7] == '0')
		r = some(&seed);
	for (const char *sign = "U_.@[`{/:"; *sign; sign++) {
		struct reference bad = r;

		*strchr(bad.c, '0') = *sign;
		CHECK(!reference_parse(str_of(bad.c), &back), "%s for %s",
			bad.c, r.c);
	}
}

/* Each letter in small: a and z are in the alphabet. */
static void small_letters(void)
{
	uint32_t seed = 13;

	for (int i = 0; i < 300; i++) {
		struct reference r = some(&seed), back = { "" };
		char small[REFERENCE_LENGTH + 1] = "";

		for (size_t j = 0; j < REFERENCE_LENGTH; j++)
			small[j] = r.c[j] >= 'A' ? (char)(r.c[j] + 32) : r.c[j];
		CHECK(reference_parse(str_of(small), &back) &&
				!strcmp(back.c, r.c),
			"%s", small);
	}
}

static void shown(void)
{
	struct arena *a = arena_new(4096);
	struct reference r;

	CHECK(reference_parse(STR("k7qf2m9x"), &r), "the example");
	CHECK(str_eq(reference_show(a, reference_str(&r)), STR("K7QF-2M9X")),
		"printed with a dash");
	arena_free(a);
}

int main(void)
{
	typed();
	made();
	letters_for_digits();
	other_signs();
	small_letters();
	shown();
	return CHECK_DONE();
}
