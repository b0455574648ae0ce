/*
 * The ledger of consents (row G-07, 11 CCR 7002(e)): a new purpose may be served for
 * nobody before they consented to its text, and no more once they took it back.
 */
#include "act.h"

#include <sodium.h>

#include "base/enc.h"
#include "desk/consent.h"
#include "desk/purpose.h"
#include "desk/trail.h"

static const str training = STR_INIT("Train our models");

static int64_t ask(struct test *t, const char *text, bool is_same)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct consent_text in = {
		.purpose = training, .text = str_of(text), .is_same = is_same
	};
	struct err e = { 0 };

	if (consent_ask(&d, &in, &e))
		fail("ask", &e);
	return in.version;
}

static int say(struct test *t, const char *email, bool is_given,
	int64_t version, size_t *added, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct consent_act act = {
		.purpose = training, .is_given = is_given, .version = version
	};
	int rc = consent_put(&d, &act, &q, 1, e);

	*added = act.added;
	return rc;
}

static bool lacks(struct test *t, str purpose, const char *email, int64_t at)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct err e = { 0 };

	if (suppress_check(&d, &q, 1, &e) ||
		consent_check(&d, purpose, at, &q, 1, &e) < 0)
		fail("check", &e);
	return q.lacks_consent;
}

/* Nothing takes consent before somebody says so; then everybody lacks it. */
static void test_asked(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct consent_text law = { .purpose = STR("sale"),
		.text = STR("May we?") };
	struct err e = { 0 };

	CHECK(!lacks(t, training, "ann@example.com", 0), "an old purpose");
	CHECK(ask(t, "May we train our models with it?", false) == 1, "first");
	CHECK(lacks(t, training, "ann@example.com", 0), "nobody has said yes");
	CHECK(!lacks(t, STR("billing"), "ann@example.com", 0), "of this alone");
	CHECK(consent_ask(&d, &law, &e) == -1 && e.code == ERR_INVALID,
		"sale has its own rules: opting in takes two acts (7028)");
}

static void test_given(struct test *t)
{
	struct err e = { 0 };
	size_t added;

	CHECK(say(t, "ann@example.com", true, 2, &added, &e) == -1 &&
			e.code == ERR_INVALID,
		"nobody saw a version that there is not");
	CHECK(say(t, "ann@example.com", true, 0, &added, &e) == -1,
		"who consents saw one");
	CHECK(!say(t, " Ann@Example.com ", true, 1, &added, &e) && added == 1,
		"%s", e.message);
	CHECK(!lacks(t, training, "ann@example.com", 0) &&
			lacks(t, training, "bob@example.com", 0),
		"hers, and hers alone");
	CHECK(!say(t, "ann@example.com", true, 1, &added, &e) && !added,
		"handed in twice, said once");
	CHECK(say(t, "no address", true, 1, &added, &e) == -1 &&
			e.code == ERR_INVALID && !added,
		"nothing unreadable is written");
}

/* At once, and without naming a text: no harder than to give it (7004(a)(2)). */
static void test_withdrawn(struct test *t)
{
	struct err e = { 0 };
	int64_t before = t->clock.fixed_ms;
	size_t added;

	t->clock.fixed_ms += 60000;
	CHECK(!say(t, "ann@example.com", false, 0, &added, &e) && added == 1,
		"%s", e.message);
	CHECK(lacks(t, training, "ann@example.com", 0), "at once");
	CHECK(!lacks(t, training, "ann@example.com", before),
		"what was held then, was held");
	CHECK(!say(t, "bob@example.com", false, 0, &added, &e) && added == 1,
		"a no of who never said yes is kept");
}

/* Two nodes whose clocks are a minute apart, or one whose clock was set back: the last
 * word is the last act, and a withdrawal is at once (7004(a)(2)). */
static void test_clocks(struct test *t)
{
	struct err e = { 0 };
	int64_t slow = t->clock.fixed_ms;
	size_t added;

	(void)say(t, "kim@example.com", false, 1, &added, &e);
	t->clock.fixed_ms = slow + 60000;
	CHECK(!say(t, "kim@example.com", true, 1, &added, &e) && added == 1,
		"given by the fast node");
	t->clock.fixed_ms = slow;
	CHECK(!lacks(t, training, "kim@example.com", 0),
		"the slow node knows of it");
	CHECK(!say(t, "kim@example.com", false, 1, &added, &e) && added == 1,
		"taken back by the slow one: no repeat of the no before");
	CHECK(lacks(t, training, "kim@example.com", 0), "in force there");
	t->clock.fixed_ms = slow + 60000;
	CHECK(lacks(t, training, "kim@example.com", 0), "and on the fast one");
	t->clock.fixed_ms = slow;
	(void)say(t, "lee@example.com", true, 1, &added, &e);
	t->clock.fixed_ms += 60000;
	(void)say(t, "lee@example.com", false, 0, &added, &e);
	t->clock.fixed_ms = slow;
	CHECK(lacks(t, training, "lee@example.com", 0),
		"no yes is looked at past a later no");
}

/* A text that means something else is asked anew; one that was only reworded not. */
static void test_versions(struct test *t)
{
	struct err e = { 0 };
	size_t added;

	(void)say(t, "eve@example.com", true, 1, &added, &e);
	CHECK(ask(t, "May we train our models with it, please?", true) == 2,
		"reworded");
	CHECK(!lacks(t, training, "eve@example.com", 0), "still holds");
	CHECK(ask(t, "May we train everybody's models with it?", false) == 3,
		"another thing");
	CHECK(lacks(t, training, "eve@example.com", 0), "asked anew");
	CHECK(!say(t, "eve@example.com", true, 2, &added, &e) && added == 1 &&
			lacks(t, training, "eve@example.com", 0),
		"a yes to the old text is none to the new one");
	CHECK(!say(t, "eve@example.com", true, 3, &added, &e) &&
			!lacks(t, training, "eve@example.com", 0),
		"to the new one");
}

/* Append-only: every act is there, keyed, with who entered it. */
static void test_ledger(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("eve@example.com") };
	struct consent_purposes all;
	struct consent_history h;
	struct err e = { 0 };
	uint8_t digest[crypto_hash_sha256_BYTES];
	static const char text[] = "May we train our models with it?";

	if (consent_history(&d, &q, &h, &e) || consent_list(&d, &all, &e))
		fail("ledger", &e);
	CHECK(h.n == 3 && h.at[0].version == 1 && h.at[1].version == 2 &&
			h.at[2].version == 3 && h.at[2].is_given &&
			str_eq(h.at[2].purpose, training),
		"%zu acts", h.n);
	crypto_hash_sha256(
		digest, (const unsigned char *)text, sizeof text - 1);
	CHECK(all.n == 3 && str_eq(all.at[0].text, str_of(text)) &&
			str_eq(all.at[0].sha256,
				hex_of(t->a, digest, sizeof digest)),
		"the words that were shown");
	CHECK(all.at[2].is_last && all.at[2].consenting == 1 &&
			!all.at[0].consenting,
		"one consents now: %lld", (long long)all.at[2].consenting);
	d.actor = (struct actor){
		.kind = ACTOR_STAFF, .id = 1, .role = STR("agent")
	};
	CHECK(consent_history(&d, &q, &h, &e) == -1 && e.code == ERR_DENIED,
		"not for everybody");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "consent", fresh_server(argc, argv));
	test_asked(&t);
	test_given(&t);
	test_withdrawn(&t);
	test_clocks(&t);
	test_versions(&t);
	test_ledger(&t);
	end(&t);
	return CHECK_DONE();
}
