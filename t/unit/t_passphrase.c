/*
 * Passphrases: the rules, hash and verify, and that an unknown account costs as
 * much as a known one.
 */
#include "desk/passphrase.h"

#include <string.h>

#include "base/base.h"
#include "base/clock.h"
#include "check.h"

static const struct {
	const char *why;
	const char *passphrase;
	const char *code; /* NULL: fine */
} rules[] = {
	{ "four words", "correct horse battery staple", NULL },
	{ "twelve characters", "abcdefghijkl", NULL },
	{ "eleven", "abcdefghijk", "too_short" },
	{ "empty", "", "too_short" },
	{ "characters, not bytes: eleven",
		"\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"
		"\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"
		"\xC3\xBC\xC3\xBC\xC3\xBC",
		"too_short" },
	{ "the email address", "jo.lindqvist@lakeshore.example", "too_plain" },
	{ "in capitals", "JO.LINDQVIST@LAKESHORE.EXAMPLE", "too_plain" },
	{ "its first part", "jo.lindqvist", "too_plain" },
	{ "and a little more", "jo.lindqvist1!", "too_plain" },
	{ "the name", "Jo Lindqvist", "too_plain" },
	{ "the name in a sentence", "Jo Lindqvist likes green toyons", NULL },
};

static void rule_by_rule(void)
{
	personal email = { STR("jo.lindqvist@lakeshore.example") };
	personal name = { STR("Jo Lindqvist") };

	for (size_t i = 0; i < COUNTOF(rules); i++) {
		struct problems ps = { 0 };

		passphrase_check((personal){ str_of(rules[i].passphrase) },
			email, name, &ps);
		CHECK(ps.n == (rules[i].code != NULL), "%s: %zu problems",
			rules[i].why, ps.n);
		CHECK(!ps.n || !rules[i].code ||
				(!strcmp(ps.at[0].field, "passphrase") &&
					!strcmp(ps.at[0].code, rules[i].code)),
			"%s: %s", rules[i].why, ps.at[0].code);
	}
}

static void longest(struct arena *a)
{
	char *p = arena_alloc(a, PASSPHRASE_BYTES_MAX + 1);
	struct problems ps = { 0 };
	personal none = { 0 };

	memset(p, 'x', PASSPHRASE_BYTES_MAX + 1);
	passphrase_check(
		(personal){ { p, PASSPHRASE_BYTES_MAX } }, none, none, &ps);
	CHECK(ps.n == 0, "at the limit");
	passphrase_check(
		(personal){ { p, PASSPHRASE_BYTES_MAX + 1 } }, none, none, &ps);
	CHECK(ps.n == 1 && !strcmp(ps.at[0].code, "too_long"), "over it");
}

static void verified(struct arena *a)
{
	personal right = { STR("correct horse battery staple") };
	personal wrong = { STR("correct horse battery stapler") };
	personal cut = { STR("correct horse battery stapl") };
	str hash = passphrase_hash(a, right);

	CHECK(str_starts(hash, STR("$argon2id$")), "%.*s", STR_ARG(hash));
	CHECK(!str_eq(hash, passphrase_hash(a, right)), "salted");
	CHECK(passphrase_verify(hash, right), "the right one");
	CHECK(!passphrase_verify(hash, wrong), "one letter more");
	CHECK(!passphrase_verify(hash, cut), "one letter less");
	CHECK(!passphrase_verify(hash, (personal){ 0 }), "empty");
	CHECK(!passphrase_verify(STR(""), right), "no such account");
	CHECK(!passphrase_verify(right.v, right), "a hash that is none");
	CHECK(!passphrase_is_stale(hash), "made just now");
	CHECK(!passphrase_is_stale(STR("")),
		"what unknown accounts are compared with has today's costs");
	CHECK(passphrase_is_stale(
		      STR("$argon2id$v=19$m=8192,t=1,p=1$KV6f9vx804de54tPfGKFfg"
			  "$wpm1gHkjC+cTL+e0OoSVvG2pSCtLojF2iepbGg6mlAg")),
		"cheaper than today");
}

static int64_t fastest_ns(str hash)
{
	personal p = { STR("correct horse battery staple") };
	int64_t best = INT64_MAX;

	for (int i = 0; i < 5; i++) {
		int64_t start = clock_mono_ns(), took;

		passphrase_verify(hash, p);
		took = clock_mono_ns() - start;
		best = took < best ? took : best;
	}
	return best;
}

/* An account that is not there must not answer in a tenth of the time. */
static void unknown_costs_the_same(struct arena *a)
{
	personal other = { STR("another passphrase") };
	int64_t known = fastest_ns(passphrase_hash(a, other));
	int64_t unknown = fastest_ns(STR(""));

	CHECK(unknown * 2 > known && known * 2 > unknown,
		"known %lld ns, unknown %lld ns", (long long)known,
		(long long)unknown);
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	rule_by_rule();
	longest(a);
	verified(a);
	unknown_costs_the_same(a);
	arena_free(a);
	return CHECK_DONE();
}
