/*
 * What the notices in force do not say forbids the use (row E13: sold against its own
 * notice): sales by category, purposes by their words, and lists that would go out.
 */
#include "act.h"

#include <sodium.h>

#include "base/file.h"
#include "desk/consent.h"
#include "desk/disclosure.h"
#include "desk/notice.h"
#include "desk/purpose.h"

#define DAY_MS INT64_C(86400000)

#define SHOP                                                          \
	"version: 1\nsystems:\n"                                      \
	"  - name: shop\n    connector: sqlite\n    database: s.db\n" \
	"    tables:\n      - name: person\n        key: id\n"        \
	"        erase: delete\n"                                     \
	"        source: You, in our shop\n"                          \
	"        purpose: To send what you ordered\n"                 \
	"        retention: Two years after the last order\n"         \
	"        columns:\n"                                          \
	"          - { name: email, identifies: email, category: A }\n"
#define MAILER                                                             \
	"vendors:\n"                                                       \
	"  - { name: mailer, role: service_provider, days: 9,\n"           \
	"      email: p@x.example, receives: [ email ],\n"                 \
	"      categories: [ A ], party: Email service,\n"                 \
	"      purpose: To send our letters,\n"                            \
	"      contract: [ c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 ]" \
	" }\n"
#define BUYER(categories)                                             \
	"  - { name: buyer, role: third_party, days: 9,\n"            \
	"      email: p@x.example, receives: [ email ],\n"            \
	"      categories: [ " categories " ], party: Advertisers,\n" \
	"      purpose: To make you offers }\n"

#define LAWYER(categories)                                         \
	"  - { name: lawyer, role: third_party, days: 9,\n"        \
	"      email: p@x.example, receives: [ email ],\n"         \
	"      disclosed_as: business_purpose,\n"                  \
	"      categories: [ " categories " ], party: Law firm,\n" \
	"      purpose: To defend claims }\n"
#define PRINTER                                                   \
	"  - { name: printer, role: service_provider, days: 9,\n" \
	"      email: p@x.example, receives: [ email ],\n"        \
	"      categories: [ A ], party: Printer,\n"              \
	"      purpose: To print our letters }\n"

static void say(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail("setting", &e);
}

static void map_is(struct test *t, const char *text)
{
	struct err e = { 0 };

	t->map = path(t, "map.yaml");
	if (file_replace(t->map, str_of(text), 0600, &e))
		fail("map", &e);
}

static void publish(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct notice_publish_in in = { .notice = NOTICE_POLICY,
		.from = desk_today(&d) };
	struct notice_version v;
	struct err e = { 0 };

	if (notice_publish(&d, &in, &v, &e))
		fail("publish", &e);
}

static bool is_untold_at(struct test *t, const char *use, int64_t at)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct use_asked asked;
	struct err e = { 0 };

	if (purpose_asked(&d, str_of(use), at, &asked, &e))
		fail(use, &e);
	return asked.is_undisclosed;
}

static bool is_untold(struct test *t, const char *use)
{
	return is_untold_at(t, use, 0);
}

/* 0, or why a list may not go to them. */
static enum err_code refused(
	struct test *t, const char *vendor, const char *purpose, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct disclosure_to to;

	*e = (struct err){ 0 };
	return disclosure_to(&d, str_of(vendor), str_of(purpose), &to, e)
		       ? e->code
		       : (enum err_code)0;
}

/* Of what was never published here nothing is known: the policy may stand elsewhere. */
static void test_none(struct test *t)
{
	struct err e;

	map_is(t, SHOP MAILER BUYER("A"));
	CHECK(!is_untold(t, "sale") && !is_untold(t, "vendor:buyer") &&
			!is_untold(t, "To send what you ordered"),
		"no policy in force: nothing to hold it against");
	CHECK(!refused(t, "buyer", "anything", &e), "a list: %s", e.message);
}

static const struct {
	const char *use;
	bool is_untold;
	const char *why;
} of_policy[] = {
	{ "sale", true, "the policy says that nothing is sold" },
	{ "share", true, "nor shared" },
	{ "To send what you ordered", false, "a purpose of collecting" },
	{ "to send what you ordered", false, "as a sentence begins" },
	{ "To send our letters", false, "a purpose of disclosing" },
	{ "To send", true, "a part of one is another one" },
	{ "send our letters", true, "and so is its end" },
	{ "Email service", true, "who gets it is no purpose" },
	{ "Train our models", true, "nobody was told" },
	{ "vendor:mailer", false, "for the purpose of the data map" },
	{ "keeping", false, "a use of the law's own" },
	{ "sensitive", false, "and another" },
	{ "admt", false, "which has its own notice" },
};

static void test_no_sale(struct test *t)
{
	struct err e;

	say(t, "sells", "no");
	map_is(t, SHOP MAILER);
	publish(t);
	for (size_t i = 0; i < COUNTOF(of_policy); i++)
		CHECK(is_untold(t, of_policy[i].use) == of_policy[i].is_untold,
			"%s: %s", of_policy[i].use, of_policy[i].why);
	CHECK(!is_untold_at(t, "sale", t->clock.fixed_ms - DAY_MS),
		"the day before no policy was in force");
	map_is(t, SHOP MAILER BUYER("A"));
	CHECK(is_untold(t, "vendor:buyer"),
		"who buys by the data map, and not by the policy");
	CHECK(refused(t, "buyer", "To make you offers", &e) == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("sold")) > 0 &&
			str_find(str_of(e.message), STR("11 CCR 7002")) > 0,
		"and no list goes there: %s", e.message);
	CHECK(!refused(t, "mailer", "To send our letters", &e),
		"who works for the business gets it: %s", e.message);
	CHECK(refused(t, "mailer", "Spring mailing", &e) == ERR_CONFLICT &&
			str_find(str_of(e.hint), STR("To send our letters")) >
				0,
		"for what was said, in these words: %s; %s", e.message, e.hint);
}

static void test_sale(struct test *t)
{
	struct err e;

	say(t, "sells", "yes");
	map_is(t, SHOP MAILER BUYER("A"));
	publish(t);
	CHECK(!is_untold(t, "sale") && !is_untold(t, "vendor:buyer"),
		"published: identifiers are sold");
	CHECK(is_untold(t, "share"), "which is not sharing");
	CHECK(!refused(t, "buyer", "To make you offers", &e), "a list: %s",
		e.message);
	map_is(t, SHOP MAILER BUYER("A, K"));
	CHECK(is_untold(t, "vendor:buyer") && !is_untold(t, "sale"),
		"one category more than the policy names");
	CHECK(refused(t, "buyer", "To make you offers", &e) == ERR_CONFLICT,
		"no list with it");
}

/* Was: a third party that gets it for a business purpose was held against what is sold,
 * which no policy drawn from the same data map could ever say. */
static void test_disclosed(struct test *t)
{
	struct err e;

	map_is(t, SHOP MAILER LAWYER("A, K"));
	CHECK(refused(t, "lawyer", "To defend claims", &e) == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("disclosed")) > 0 &&
			str_find(str_of(e.hint), STR("publish policy")) > 0,
		"the policy has not all that it gets: %s; %s", e.message,
		e.hint);
	CHECK(is_untold(t, "vendor:lawyer"), "nor may a row go there");
	say(t, "sells", "no");
	publish(t);
	CHECK(!refused(t, "lawyer", "To defend claims", &e),
		"publishing cures it: %s", e.message);
	CHECK(!is_untold(t, "vendor:lawyer") && is_untold(t, "sale"),
		"and nothing is sold by that");
	map_is(t, SHOP MAILER PRINTER);
	publish(t);
	CHECK(refused(t, "printer", "To print our letters", &e) ==
				ERR_CONFLICT &&
			str_find(str_of(e.hint), STR("no contract")) > 0 &&
			str_find(str_of(e.hint), STR("publish")) < 0,
		"7051(c): who only calls itself a service provider, and what "
		"cures that: %s; %s",
		e.message, e.hint);
}

/* Who is asked to consent reads what for (7002(e)): the ledger decides then. */
static void test_consent(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct consent_text in = { STR("Train our models"),
		STR("We train our models with your orders."), false, 0 };
	struct err e = { 0 };

	if (consent_ask(&d, &in, &e))
		fail("consent", &e);
	CHECK(!is_untold(t, "Train our models"), "told by its own text");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "notice_use", fresh_server(argc, argv));
	set_contact(&t);
	test_none(&t);
	test_no_sale(&t);
	test_sale(&t);
	test_disclosed(&t);
	test_consent(&t);
	end(&t);
	return CHECK_DONE();
}
