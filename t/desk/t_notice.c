/*
 * Notices to consumers (rows N-01, N-02, N-03, N-08, D-02, M-03, F-02): written from facts,
 * refused while something lacks, published for a day, and held against the data map.
 */
#include "act.h"

#include <sodium.h>

#include "base/file.h"
#include "desk/limit.h"
#include "desk/notice.h"
#include "desk/notice_text.h"
#include "desk/offer.h"
#include "desk/reminder.h"
#include "desk/stop.h"
#include "desk/valuation.h"

static void say(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail("setting", &e);
}

#define SHOP(about, columns)                                          \
	"version: 1\nsystems:\n"                                      \
	"  - name: shop\n    connector: sqlite\n    database: s.db\n" \
	"    tables:\n      - name: person\n        key: id\n"        \
	"        erase: delete\n" about "        columns:\n"          \
	"          - { name: email, identifies: email, category: A }\n" columns
#define ABOUT                                         \
	"        source: You, in our shop\n"          \
	"        purpose: To send what you ordered\n" \
	"        retention: Two years after the last order\n"
#define BOUGHT  "          - { name: bought, category: D }\n"
#define GUESSED "          - { name: guess, category: K }\n"
#define VENDOR(name, role, categories, more)               \
	"  - { name: " name ", role: " role ", days: 9,\n" \
	"      email: p@x.example, receives: [ email ],\n" \
	"      categories: [ " categories " ]" more " }\n"
#define MAILER                                                 \
	"vendors:\n" VENDOR("mailer", "service_provider", "A", \
		", party: Email service, purpose: To send our letters")
#define BUYER                                  \
	VENDOR("buyer", "third_party", "A, D", \
		", party: Advertisers, purpose: To make you offers")
#define CREDIT                                                   \
	"automated:\n  - name: credit\n    title: Credit line\n" \
	"    decision: finance\n    purpose: To set the credit line\n"
#define WORKS                                                        \
	"    inputs: Your orders\n    output: A score from 1 to 9\n" \
	"    effect: From 7 on you get credit\n"                     \
	"    instead: A person looks at your orders\n"

static void map_is(struct test *t, const char *text)
{
	struct err e = { 0 };

	if (file_replace(path(t, "map.yaml"), str_of(text), 0600, &e))
		fail("map", &e);
}

static struct desk desk_of(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "map.yaml");
	return d;
}

static struct notice_draft draft_on(
	struct test *t, enum notice n, struct date day)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_draft out;
	struct err e = { 0 };

	if (notice_draft(&d, n, day, &out, &e))
		fail("draft", &e);
	return out;
}

static struct date today(struct test *t)
{
	return date_pacific(t->clock.fixed_ms);
}

static struct date first_day(struct test *t, enum notice n)
{
	struct desk d = desk_of(t, ACTOR_STAFF);

	return notice_first_day(&d, n);
}

static struct notice_draft draft(struct test *t, enum notice n)
{
	return draft_on(t, n, first_day(t, n));
}

/* 0, or the code of what went wrong. */
static enum err_code publish_in(
	struct test *t, struct notice_publish_in in, struct err *e)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_version v;

	*e = (struct err){ 0 };
	return notice_publish(&d, &in, &v, e) ? e->code : (enum err_code)0;
}

static enum err_code publish(
	struct test *t, enum notice n, struct date from, struct err *e)
{
	return publish_in(t, (struct notice_publish_in){ n, from, NULL }, e);
}

static int64_t version_in_force(struct test *t, enum notice n)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct notice_version v = { .version = 0 };
	struct err e = { 0 };

	if (notice_version(&d, n, 0, &v, &e) < 0)
		fail("version", &e);
	return v.version;
}

static struct notice_state state(struct test *t, enum notice n)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_states all;
	struct err e = { 0 };

	if (notice_states(&d, &all, &e))
		fail("states", &e);
	return all.at[n];
}

static bool has(str text, const char *what)
{
	return str_find(text, str_of(what)) >= 0;
}

static bool lacks(const struct notice_draft *d, const char *item)
{
	for (size_t i = 0; i < d->gaps; i++)
		if (!strcmp(d->gap[i].item->id, item))
			return true;
	return false;
}

/* --- each says what its rows ask for --- */

static void whole_in(struct test *t, enum notice n, enum lang l)
{
	struct notice_draft d = draft(t, n);
	struct notice_blocks blocks;
	size_t items = 0;

	notice_blocks_of(t->a, d.in[l].text, &blocks);
	CHECK(!d.gaps, "%s lacks %.*s", notice_row(n)->code,
		STR_ARG(d.gaps ? d.gap[0].lacks : STR("")));
	for (size_t i = 0; i < notice_item_count(); i++) {
		const struct notice_item *item = notice_item_at(i);

		if (item->notice != n)
			continue;
		items++;
		CHECK(notice_says(&blocks, item->id), "%s says: %s",
			notice_row(n)->code, item->text);
	}
	CHECK(items >= 3 && blocks.at[0].kind == NOTICE_TITLE, "%zu", items);
}

static void whole(struct test *t, enum notice n)
{
	for (int l = 0; l < LANGS; l++)
		whole_in(t, n, (enum lang)l);
}

static void estimate(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct valuation v = {
		.in = { value_method_of(STR("profit")), 900000, 400000, 1000 },
		.how = STR("The ledger of\n2025"),
	};
	struct err e = { 0 };

	if (valuation_note(&d, &v, &e))
		fail("value", &e);
}

static void put_incentive(struct test *t)
{
	say(t, "incentive", "yes");
	say(t, "incentive_terms", "Ten percent off each order");
	say(t, "incentive_categories", "A D");
	say(t, "incentive_join", "Tick the box at the till");
	say(t, "incentive_leave", "Write to us");
	estimate(t);
}

static void test_whole(struct test *t)
{
	say(t, "uses_admt", "yes");
	say(t, "sells_minors", "yes");
	map_is(t, SHOP(ABOUT, BOUGHT) MAILER BUYER CREDIT WORKS);
	put_incentive(t);
	say(t, "policy_url", "https://lakeshore.example/privacy");
	whole(t, NOTICE_POLICY);
	whole(t, NOTICE_COLLECTION);
	whole(t, NOTICE_INCENTIVE);
	whole(t, NOTICE_PRE_USE);
	CHECK(!draft(t, NOTICE_POLICY).gaps &&
			has(draft(t, NOTICE_POLICY).in[LANG_EN].text,
				"[minors-ways]") &&
			has(draft(t, NOTICE_POLICY).in[LANG_EN].text, "/teen"),
		"M-03: the policy of who sells minors' data says both ways");
}

/* What a consumer reads is what the data map and the settings say. */
static void test_words(struct test *t)
{
	str policy = draft(t, NOTICE_POLICY).in[LANG_EN].text;
	str collection = draft(t, NOTICE_COLLECTION).in[LANG_EN].text;
	str incentive = draft(t, NOTICE_INCENTIVE).in[LANG_EN].text;
	str pre_use = draft(t, NOTICE_PRE_USE).in[LANG_EN].text;

	CHECK(has(policy, "- Identifiers, sold to: Advertisers: To make you "
			  "offers") &&
			has(policy, "- Commercial information, sold to: "
				    "Advertisers"),
		"to whom, for each category: %.*s", STR_ARG(policy));
	CHECK(has(policy, "- Identifiers: Email service: To send our letters"),
		"2026: a service provider is among the recipients");
	CHECK(has(policy, "We have actual knowledge that we sell"),
		"of consumers under 16");
	CHECK(has(policy, "http://127.0.0.1:8085/r/delete"), "how to ask");
	CHECK(has(policy, "November 21, 2026"), "and its day");
	CHECK(has(collection, "- Commercial information: Two years after the "
			      "last order"),
		"7012: how long, for each category: %.*s", STR_ARG(collection));
	CHECK(has(collection, "- Identifiers: To send what you ordered. Sold."),
		"sold or not, for each");
	CHECK(has(incentive, "is worth $5.00 to us") &&
			has(incentive, "Expenses of it: $4000.00") &&
			has(incentive, "The ledger of 2025"),
		"7016, 7081: value, method, figures: %.*s", STR_ARG(incentive));
	CHECK(has(pre_use, "- Credit line (Finance and lending): To set the "
			   "credit line") &&
			has(pre_use, "what comes out: A score from 1 to 9"),
		"7220: for what, and how: %.*s", STR_ARG(pre_use));
	say(t, "policy_url", "");
}

/* A business that does less says less. */
static void test_less(struct test *t)
{
	str policy;

	map_is(t, SHOP(ABOUT, BOUGHT) MAILER);
	say(t, "sells", "no");
	say(t, "sells_minors", "no");
	say(t, "uses_sensitive", "no");
	say(t, "uses_admt", "no");
	policy = draft(t, NOTICE_POLICY).in[LANG_EN].text;
	CHECK(has(policy, "we did not sell personal information") &&
			!has(policy, "/opt-out)") && !has(policy, "/limit)"),
		"no sale, and nothing to opt out of: %.*s", STR_ARG(policy));
	CHECK(has(policy, "no actual knowledge") && !has(policy, "minors-ways"),
		"nobody's under 16");
	CHECK(has(policy, "other than those that section 7027(m)"),
		"and no other use of sensitive information");
	CHECK(!draft(t, NOTICE_POLICY).gaps, "and it is whole");
}

/* --- refused while something lacks --- */

static const struct {
	const char *map;
	enum notice notice;
	const char *item;
	const char *says; /* of the error */
	const char *why;
} holes[] = {
	{ SHOP("        source: You\n        purpose: Sales\n", BOUGHT) MAILER,
		NOTICE_COLLECTION, "collection-retention", "11 CCR 7012",
		"no retention: shop.person.email" },
	{ SHOP("        source: You\n        retention: A year\n", BOUGHT)
			MAILER,
		NOTICE_COLLECTION, "collection-purposes", "purpose",
		"no purpose" },
	{ SHOP("        purpose: Sales\n        retention: A year\n", BOUGHT)
			MAILER,
		NOTICE_POLICY, "policy-sources", "shop.person.email",
		"no source, and where" },
	{ SHOP(ABOUT, "          - { name: zip, verifies: zip }\n") MAILER,
		NOTICE_POLICY, "policy-collected", "shop.person.zip",
		"a column of no category" },
	{ SHOP(ABOUT, BOUGHT) "vendors:\n" VENDOR(
		  "ads", "third_party", "A", ""),
		NOTICE_POLICY, "policy-sold", "ads",
		"nobody said why it is sold" },
	{ "version: 1\nsystems: []\nvendors: []\n", NOTICE_POLICY,
		"policy-collected", "11 CCR 7011", "nothing is collected" },
	{ SHOP(ABOUT, BOUGHT) MAILER CREDIT, NOTICE_PRE_USE, "pre-use-working",
		"credit", "nobody said how it works" },
	{ SHOP(ABOUT, BOUGHT) MAILER, NOTICE_PRE_USE, "pre-use-purpose",
		"automated", "no use is named" },
};

static void test_holes(struct test *t)
{
	struct notice_draft d;
	struct err e;

	for (size_t i = 0; i < COUNTOF(holes); i++) {
		map_is(t, holes[i].map);
		d = draft(t, holes[i].notice);
		CHECK(lacks(&d, holes[i].item), "%s", holes[i].why);
		CHECK(publish(t, holes[i].notice, first_day(t, holes[i].notice),
			      &e) == ERR_INVALID &&
				has(str_of(e.message), holes[i].says),
			"%s: %s", holes[i].why, e.message);
	}
	CHECK(!version_in_force(t, NOTICE_POLICY), "and nothing was published");
}

static const char *const of_incentive[] = { "incentive_terms",
	"incentive_categories", "incentive_join", "incentive_leave" };

static void test_incentive_holes(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct err e;

	for (size_t i = 0; i < COUNTOF(of_incentive); i++) {
		struct settings s;
		str was;

		if (settings_load(&d, &s, &e))
			fail("settings", &e);
		was = i == 0   ? s.incentive_terms
		      : i == 1 ? s.incentive_categories
		      : i == 2 ? s.incentive_join
			       : s.incentive_leave;
		say(t, of_incentive[i], "");
		CHECK(publish(t, NOTICE_INCENTIVE, today(t), &e) ==
					ERR_INVALID &&
				has(str_of(e.message), "7016"),
			"without %s", of_incentive[i]);
		say(t, of_incentive[i], arena_cstr(t->a, was));
	}
}

/* Who can't estimate what data is worth offers nothing for it (11 CCR 7080). */
static void test_no_value(struct test *t)
{
	struct notice_draft d;

	map_is(t, SHOP(ABOUT, BOUGHT) MAILER);
	d = draft(t, NOTICE_INCENTIVE);
	CHECK(lacks(&d, "incentive-value") && lacks(&d, "incentive-terms"),
		"nothing is said yet");
}

/* --- published --- */

static void test_published(struct test *t)
{
	struct date day = today(t);
	struct notice_version v;
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct err e;

	map_is(t, SHOP(ABOUT, BOUGHT) MAILER);
	CHECK(publish(t, NOTICE_POLICY, date_add(day, -1), &e) == ERR_INVALID,
		"not for a day that is over");
	CHECK(publish(t, NOTICE_COLLECTION, day, &e) == ERR_INVALID &&
			has(str_of(e.message), "no privacy policy"),
		"nothing leads to a policy that is not there: %s", e.message);
	CHECK(!publish(t, NOTICE_POLICY, day, &e), "today: %s", e.message);
	CHECK(!draft(t, NOTICE_COLLECTION).gaps, "now it leads to one");
	CHECK(version_in_force(t, NOTICE_POLICY) == 1, "and in force at once");
	CHECK(notice_version(&d, NOTICE_POLICY, 1, &v, &e) == 1 &&
			str_eq(v.in[LANG_EN].text,
				draft(t, NOTICE_POLICY).in[LANG_EN].text) &&
			v.in[LANG_EN].sha256.n == 64,
		"as it was drawn");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
	CHECK(!publish(t, NOTICE_POLICY, date_add(day, 10), &e), "a later one");
	CHECK(version_in_force(t, NOTICE_POLICY) == 1, "not yet");
	CHECK(notice_version(&d, NOTICE_POLICY, 2, &v, &e) == 0,
		"and nobody reads it before its day");
	d.actor.kind = ACTOR_COMMAND;
	CHECK(notice_version(&d, NOTICE_POLICY, 2, &v, &e) == 1,
		"but who published it");
	t->clock.fixed_ms += 10 * 86400000LL;
	CHECK(version_in_force(t, NOTICE_POLICY) == 2, "on its day");
	d.actor.kind = ACTOR_CONSUMER;
	CHECK(notice_version(&d, NOTICE_POLICY, 1, &v, &e) == 1 &&
			!has(v.in[LANG_EN].text, "Inferences"),
		"the older one can still be read");
	CHECK(notice_version(&d, NOTICE_POLICY, 3, &v, &e) == 0, "no third");
}

/* Who looked at one text publishes that one: another day, and a fact that changed
 * meanwhile, make another of it. */
static void test_seen(struct test *t)
{
	struct date day = today(t);
	str seen;
	struct notice_publish_in in = { NOTICE_POLICY, day, &seen };
	int64_t before = version_in_force(t, NOTICE_POLICY);
	struct err e;

	map_is(t, SHOP(ABOUT, BOUGHT) MAILER);
	seen = draft(t, NOTICE_POLICY).sha256;
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
	CHECK(publish_in(t, in, &e) == ERR_CONFLICT, "a fact changed: %s",
		e.message);
	seen = draft(t, NOTICE_POLICY).sha256;
	in.from = date_add(day, 1);
	CHECK(publish_in(t, in, &e) == ERR_CONFLICT, "another day: %s",
		e.message);
	seen = STR("");
	CHECK(publish_in(t, in, &e) == ERR_CONFLICT, "nothing: %s", e.message);
	CHECK(version_in_force(t, NOTICE_POLICY) == before, "none of them");
	in.from = day;
	seen = draft(t, NOTICE_POLICY).sha256;
	CHECK(!publish_in(t, in, &e) &&
			version_in_force(t, NOTICE_POLICY) == before + 1,
		"that one: %s", e.message);
}

/* Pages link to what is in force, and to nothing else. */
static void test_links(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct notice_links links;
	struct err e = { 0 };

	CHECK(!notice_links(&d, &links, &e) && links.n == 1 &&
			links.at[0].notice == NOTICE_POLICY &&
			str_eq(links.at[0].path, STR("/notice/policy")),
		"one is in force: %zu", links.n);
	t->clock.fixed_ms -= 11 * 86400000LL;
	CHECK(!notice_links(&d, &links, &e) && !links.n,
		"and none the day before: %zu", links.n);
	t->clock.fixed_ms += 11 * 86400000LL;
}

/* --- where its links lead --- */

static const struct {
	const char *method;
	const char *pattern;
} routes[] = {
#define ROUTE(method, pattern, handler, access, flags, what) \
	{ #method, pattern },
#include "tbl/routes.h"
};

static bool is_route(str path)
{
	for (size_t i = 0; i < COUNTOF(routes); i++)
		if (!strcmp(routes[i].method, "GET") &&
			str_eq(path, str_of(routes[i].pattern)))
			return true;
	return false;
}

static enum kind kind_at(str path)
{
	for (int k = KIND_NONE + 1; k < KIND_END; k++)
		if (str_eq(path, str_of(kind_row((enum kind)k)->path)))
			return (enum kind)k;
	return KIND_NONE;
}

/* Is there such a page that day, by the rule of its handler? */
static bool is_there(struct test *t, str path)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	enum kind kind = kind_at(str_from(path, 1));
	struct settings s;
	struct err e = { 0 };

	if (str_starts(path, STR("/r/")))
		return offer_is_made(&d, kind_at(str_from(path, 3)), &e) == 1;
	if (stop_row(kind))
		return is_route(path) && stop_is_offered(&d, kind, &e) == 1;
	if (str_eq(path, STR("/notice/policy")))
		return version_in_force(t, NOTICE_POLICY) > 0;
	if (settings_load(&d, &s, &e))
		fail("settings", &e);
	if (str_eq(path, STR("/numbers")))
		return str_eq(s.publishes, STR("yes"));
	return is_route(path);
}

/* The links of a text whose day it is; which of these were among them. */
static size_t follow(struct test *t, str text, const char *const *wanted,
	size_t n, unsigned *seen)
{
	struct notice_blocks all;
	size_t links = 0;
	str base = STR("http://127.0.0.1:8085");
	str es = STR("?lang=es");

	notice_blocks_of(t->a, text, &all);
	for (size_t i = 0; i < all.n; i++) {
		str link = all.at[i].link;

		if (!link.n)
			continue;
		links++;
		if (str_ends(link, es))
			link.n -= es.n;
		CHECK(str_starts(link, base) &&
				is_there(t, str_from(link, base.n)),
			"leads nowhere: %.*s", STR_ARG(link));
		for (size_t k = 0; k < n; k++)
			if (str_eq(str_from(link, base.n), str_of(wanted[k])))
				*seen |= 1u << k;
	}
	return links;
}

#define RENT                                                     \
	"automated:\n  - { name: rent, decision: housing,\n"     \
	"      purpose: To choose tenants, exception: appeal,\n" \
	"      inputs: a, output: b, effect: c, instead: d }\n"

static const char *const link_maps[] = {
	SHOP(ABOUT, BOUGHT) MAILER,
	SHOP(ABOUT, BOUGHT) MAILER BUYER,
	SHOP(ABOUT, BOUGHT) MAILER BUYER CREDIT WORKS,
	SHOP(ABOUT, BOUGHT) MAILER BUYER RENT,
};
static const char *const link_settings[] = { "sells", "uses_sensitive",
	"uses_admt", "sells_minors", "publishes", "choices_link" };
static const char *const link_wanted[] = { "/", "/opt-out", "/limit",
	"/opt-out-admt", "/r/access-admt", "/r/appeal-admt", "/r/delete",
	"/child/opt-in", "/teen", "/numbers", "/agent", "/notice/policy" };

/* A notice leads to as many places in each language. */
static size_t follow_each(
	struct test *t, const struct notice_draft *x, unsigned *seen)
{
	size_t links = 0;

	for (int l = 0; l < LANGS; l++) {
		size_t n = follow(t, x->in[l].text, link_wanted,
			COUNTOF(link_wanted), seen);

		CHECK(n && (!l || n == links), "%s in %s: %zu links, not %zu",
			notice_row(x->notice)->code, lang_code((enum lang)l), n,
			links);
		links = n;
	}
	return links;
}

/* Whatever could be published for the day that it is. */
static size_t follow_all(struct test *t, unsigned *seen)
{
	static const enum notice notices[] = { NOTICE_POLICY, NOTICE_COLLECTION,
		NOTICE_PRE_USE };
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_doubts doubts;
	struct err e = { 0 };
	size_t links = 0;

	if (notice_doubts(&d, today(t), &doubts, &e))
		fail("doubts", &e);
	for (size_t i = 0; i < COUNTOF(notices); i++) {
		struct notice_draft x = draft(t, notices[i]);

		if (!x.gaps && !notice_stopped_by(&doubts, notices[i]) &&
			!date_cmp(x.from, today(t)))
			links += follow_each(t, &x, seen);
	}
	return links;
}

/* All of them, none, each alone, and all but each. */
static bool is_on(size_t round, size_t setting)
{
	size_t n = COUNTOF(link_settings);

	if (round < 2)
		return !round;
	return round < 2 + n ? setting == round - 2 : setting != round - 2 - n;
}

static void test_links_lead(struct test *t)
{
	static const int days[] = { 0, 365 };
	unsigned seen = 0;
	size_t links = 0;

	for (size_t day = 0; day < COUNTOF(days); day++) {
		t->clock.fixed_ms += days[day] * 86400000LL;
		for (size_t m = 0; m < COUNTOF(link_maps); m++) {
			map_is(t, link_maps[m]);
			for (size_t r = 0; r < 2 + 2 * COUNTOF(link_settings);
				r++) {
				for (size_t i = 0; i < COUNTOF(link_settings);
					i++)
					say(t, link_settings[i],
						is_on(r, i) ? "yes" : "no");
				links += follow_all(t, &seen);
			}
		}
	}
	CHECK(links > 500, "that many were followed: %zu", links);
	CHECK(seen == (1u << COUNTOF(link_wanted)) - 1,
		"each page is led to somewhere: %x", seen);
}

/* 7200: what is in force says nothing of a right that began since. */
static void test_law_changes(struct test *t)
{
	const int64_t days = 40 * 86400000LL;

	say(t, "uses_admt", "yes");
	CHECK(!state(t, NOTICE_POLICY).is_changed, "nothing new this year");
	t->clock.fixed_ms += days;
	CHECK(state(t, NOTICE_POLICY).is_changed,
		"in the next one it says too little");
	say(t, "uses_admt", "no");
	CHECK(!state(t, NOTICE_POLICY).is_changed, "not to who does not");
	t->clock.fixed_ms -= days;
}

/* 7220 from January 1, 2027 on: before it there is nothing to opt out of. */
static void test_first_day(struct test *t)
{
	struct err e;

	map_is(t, SHOP(ABOUT, BOUGHT) MAILER CREDIT WORKS);
	say(t, "uses_admt", "yes");
	CHECK(publish(t, NOTICE_PRE_USE, today(t), &e) == ERR_INVALID &&
			has(str_of(e.hint), "--from 2027-01-01"),
		"not today: %s", e.message);
	CHECK(has(draft(t, NOTICE_PRE_USE).in[LANG_EN].text, "/opt-out-admt)"),
		"its draft is of the first day that it can be for");
	CHECK(has(draft_on(t, NOTICE_POLICY, (struct date){ 2027, 1, 1 })
			      .in[LANG_EN]
			      .text,
		      "/r/access-admt)"),
		"and the policy of that day leads there, too");
	say(t, "uses_admt", "no");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
}

/* For that day: 0, or the code of what went wrong.  Nothing is published: what may be is
 * ERR_CONFLICT, for nobody looked at it. */
static enum err_code refusal_on(
	struct test *t, enum notice n, struct date day, struct err *e)
{
	str nothing = STR("");

	return publish_in(t, (struct notice_publish_in){ n, day, &nothing }, e);
}

/* Was: an automated use that the setting does not know stopped every policy, of this
 * year too, which says nothing of such uses (7200 begins in 2027). */
static void test_admt_day(struct test *t)
{
	struct date last = { 2026, 12, 31 }, first = { 2027, 1, 1 };
	struct err e;

	map_is(t, SHOP(ABOUT, BOUGHT) MAILER CREDIT WORKS);
	CHECK(refusal_on(t, NOTICE_POLICY, last, &e) == ERR_CONFLICT,
		"the last day before it: %s", e.message);
	CHECK(refusal_on(t, NOTICE_POLICY, first, &e) == ERR_INVALID &&
			has(str_of(e.message), "uses_admt says no: credit"),
		"its first, looked at by that day: %s", e.message);
	CHECK(refusal_on(t, NOTICE_PRE_USE, first, &e) == ERR_INVALID &&
			has(str_of(e.message), "uses_admt says no: credit"),
		"the notice before use: %s", e.message);
	CHECK(refusal_on(t, NOTICE_COLLECTION, first, &e) == ERR_CONFLICT,
		"the notice at collection has no such uses: %s", e.message);
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
}

/* From its day on the policy says the rights about automated decisions (7200). */
static void test_rights_day(struct test *t)
{
	static const char right[] = "opt out of automated decisionmaking";
	struct date last = { 2026, 12, 31 }, first = { 2027, 1, 1 };

	say(t, "uses_admt", "yes");
	CHECK(!has(draft_on(t, NOTICE_POLICY, last).in[LANG_EN].text, right) &&
			has(draft_on(t, NOTICE_POLICY, first).in[LANG_EN].text,
				right),
		"a right that begins on a day");
	say(t, "uses_admt", "no");
}

static void test_audited(struct test *t)
{
	struct sql_audit_newest_in in = { INT64_MAX, 500 };
	struct sql_audit_newest_rows rows;
	struct notice_version v;
	struct desk d = desk_of(t, ACTOR_COMMAND);
	struct err e = { 0 };
	int n = 0;

	if (notice_version(&d, NOTICE_POLICY, 2, &v, &e) != 1 ||
		sql_audit_newest(t->db, t->a, &in, &rows, &e))
		fail("trail", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += has(rows.at[i].detail,
			     arena_cstr(t->a, v.in[LANG_EN].sha256)) &&
		     str_eq(rows.at[i].event, STR("notice.published"));
	CHECK(n == 1, "one entry has the hash of the text: %d", n);
}

static void test_roles(struct test *t)
{
	static const struct {
		const char *role;
		bool may;
	} roles[] = { { "owner", true }, { "officer", true },
		{ "agent", false }, { "auditor", false } };
	struct notice_version v;
	struct notice_draft draft_out;

	for (size_t i = 0; i < COUNTOF(roles); i++) {
		struct desk d = desk_of(t, ACTOR_STAFF);
		struct valuation val = { .in = { value_method_at(0), 1, 0, 1 },
			.how = STR("x") };
		struct err e = { 0 };

		d.actor.role = str_of(roles[i].role);
		CHECK(!notice_draft(
			      &d, NOTICE_POLICY, today(t), &draft_out, &e),
			"%s reads drafts", roles[i].role);
		if (roles[i].may)
			continue;
		CHECK(notice_publish(&d,
			      &(struct notice_publish_in){
				      NOTICE_POLICY, today(t), NULL },
			      &v, &e) == -1 &&
				e.code == ERR_DENIED,
			"%s publishes nothing", roles[i].role);
		CHECK(valuation_note(&d, &val, &e) == -1 &&
				e.code == ERR_DENIED,
			"%s estimates nothing", roles[i].role);
	}
}

static void test_states(struct test *t)
{
	struct notice_state s = state(t, NOTICE_POLICY);

	CHECK(s.is_needed && s.is_written && s.in_force &&
			s.in_force->version == 2 && !s.next && !s.is_changed,
		"the policy, as the data map still is");
	CHECK(!state(t, NOTICE_OPT_OUT).is_needed, "who does not sell");
	say(t, "sells", "yes");
	CHECK(state(t, NOTICE_OPT_OUT).is_needed &&
			!state(t, NOTICE_OPT_OUT).is_written,
		"who sells has a link, which is a page and no text");
	CHECK(state(t, NOTICE_POLICY).is_changed,
		"and the policy says something else now");
	say(t, "choices_link", "yes");
	CHECK(!state(t, NOTICE_OPT_OUT).is_needed &&
			state(t, NOTICE_CHOICES).is_needed,
		"N-01: one link for both");
	say(t, "choices_link", "no");
	say(t, "sells", "no");
	CHECK(state(t, NOTICE_INCENTIVE).is_needed, "the setting incentive");
	say(t, "uses_admt", "yes");
	CHECK(!state(t, NOTICE_PRE_USE).is_needed, "D-01: from 2027 on");
	say(t, "uses_admt", "no");
}

/* The 12 months count from the day of the version in force. */
static void test_reminder(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_COMMAND);
	struct reminders all;
	struct settings s;
	struct err e = { 0 };

	say(t, "policy_on", "2026-01-05");
	if (settings_load(&d, &s, &e) || reminders_of(&d, &s, &all, &e))
		fail("reminders", &e);
	CHECK(all.n == 1 &&
			!date_cmp(all.at[0].day, (struct date){ 2026, 12, 1 }),
		"published on December 1, whatever was said before");
	say(t, "policy_on", "");
}

/* --- what contradicts what --- */

static bool doubted(struct test *t, const char *what, bool is_problem)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_doubts all;
	struct err e = { 0 };

	if (notice_doubts(&d, today(t), &all, &e))
		fail("doubts", &e);
	for (size_t i = 0; i < all.n; i++)
		if (has(all.at[i].text, what))
			return all.at[i].is_problem == is_problem;
	return false;
}

static size_t doubts(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct notice_doubts all;
	struct err e = { 0 };

	if (notice_doubts(&d, today(t), &all, &e))
		fail("doubts", &e);
	return all.n;
}

static void add_list(struct test *t, const char *to, const char *role, int days)
{
	struct sql_disclosure_add_in in = {
		.at = t->clock.fixed_ms - days * 86400000LL,
		.recipient = str_of(to),
		.title = str_of(to),
		.role = str_of(role),
		.purpose = STR("x"),
		.mark = str_of(to),
	};
	struct sql_disclosure_add_row row;
	struct err e = { 0 };

	if (sql_disclosure_add(t->db, t->a, &in, &row, &e) < 0)
		fail("list", &e);
}

static void test_doubts(struct test *t)
{
	struct err e;

	CHECK(!doubts(t), "nothing contradicts: %zu", doubts(t));
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER BUYER);
	CHECK(doubted(t,
		      "setting sells says no: Identifiers, Commercial "
		      "information",
		      true),
		"sold by the data map, not by the setting");
	CHECK(doubted(t,
		      "policy in force says it is not: Identifiers, "
		      "Commercial information",
		      true),
		"nor by the policy that is in force");
	CHECK(publish(t, NOTICE_POLICY, today(t), &e) == ERR_INVALID &&
			has(str_of(e.message), "setting sells says no") &&
			has(str_of(e.hint), "toyon setting sells yes"),
		"a policy that would say both is not published: %s", e.message);
	CHECK(publish(t, NOTICE_COLLECTION, today(t), &e) == ERR_INVALID,
		"nor a notice that says sold and has no link to opt out");
	CHECK(version_in_force(t, NOTICE_POLICY) == 2, "as it was");
	say(t, "sells", "yes");
	CHECK(!doubted(t, "setting sells says no", true) && doubts(t) == 1,
		"the policy is left");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
	CHECK(doubted(t, "names nobody who buys", false) && doubts(t) == 1,
		"that may be right");
	say(t, "sells", "no");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED
			  "          - { name: face, category: E }\n") MAILER);
	CHECK(doubted(t, "policy in force does not: Biometric information",
		      true),
		"collected, and not said");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER CREDIT);
	CHECK(doubted(t, "uses_admt says no: credit", true),
		"an automated use");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
	say(t, "sells_minors", "yes");
	CHECK(doubted(t, "sells_minors", true), "sells to nobody, but minors'");
	say(t, "sells_minors", "no");
	CHECK(!doubts(t), "and mended: %zu", doubts(t));
}

/* What the disclosure ledger has of the last 12 months is a fact, too. */
static void test_ledger(struct test *t)
{
	add_list(t, "old", "third_party", 400);
	CHECK(!doubts(t), "a list of more than a year ago");
	add_list(t, "mailer", "service_provider", 5);
	CHECK(!doubts(t), "one to a company of the data map");
	add_list(t, "gone", "third_party", 300);
	CHECK(doubted(t, "has them no more: gone", true) && doubts(t) == 1,
		"one to somebody whom the data map forgot");
}

#define PAST_BUYER                          \
	VENDOR("buyer", "third_party", "D", \
		", party: Advertisers, purpose: To make you offers, by_list: true")

/* Was: for 12 months after its last list, a business that stopped selling had no true
 * policy to publish (Civ. Code 1798.130(a)(5)). */
static void test_sold_before(struct test *t)
{
	static const char sold[] = "Commercial information, sold until lately "
				   "to: Advertisers: To make you offers";
	struct notice_draft x;
	str policy;
	struct err e;

	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER PAST_BUYER);
	CHECK(has(draft(t, NOTICE_POLICY).in[LANG_EN].text, "we did not sell"),
		"it never got a list");
	add_list(t, "buyer", "third_party", 5);
	x = draft(t, NOTICE_POLICY);
	policy = x.in[LANG_EN].text;
	CHECK(has(policy, sold) && !has(policy, "we did not sell"),
		"the ledger has one: %.*s", STR_ARG(policy));
	CHECK(has(x.in[LANG_ES].text,
		      "vendida hasta hace poco a: Advertisers: To make you "
		      "offers"),
		"in each language");
	CHECK(!x.kinds.sold, "and what it says is no leave to sell on: %x",
		x.kinds.sold);
	CHECK(has(draft(t, NOTICE_COLLECTION).in[LANG_EN].text,
		      "Commercial information: To send what you ordered. Not "
		      "sold, and not shared."),
		"the notice at collection is of what is done now");
	CHECK(refusal_on(t, NOTICE_POLICY, today(t), &e) == ERR_CONFLICT,
		"it may be published: %s", e.message);
	CHECK(doubted(t, "setting sells says no: buyer", false),
		"the desk is told, for it may go on");
	t->clock.fixed_ms += 365 * 86400000LL;
	CHECK(!has(draft(t, NOTICE_POLICY).in[LANG_EN].text, "until lately"),
		"and not for ever");
	t->clock.fixed_ms -= 365 * 86400000LL;
}

/* A policy that says that nothing was sold, while the ledger has it, is a false one. */
static void test_sold_and_gone(struct test *t)
{
	struct err e;

	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
	CHECK(refusal_on(t, NOTICE_POLICY, today(t), &e) == ERR_INVALID &&
			has(str_of(e.message), "no more: buyer, gone") &&
			has(str_of(e.hint), "by_list: true"),
		"nobody knows any more what they bought: %s", e.message);
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER VENDOR("buyer",
			  "service_provider", "D", ", party: Printer"));
	CHECK(has(draft(t, NOTICE_POLICY).in[LANG_EN].text,
		      "Commercial information, sold until lately to: Printer: "
		      "x"),
		"who works for the business now bought before");
	CHECK(doubted(t, "setting sells says no: buyer", false), "as it says");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER BUYER);
	CHECK(refusal_on(t, NOTICE_POLICY, today(t), &e) == ERR_INVALID &&
			has(str_of(e.hint), "by_list: true"),
		"who gets it now, in whatever way, contradicts the setting");
	map_is(t, SHOP(ABOUT, BOUGHT GUESSED) MAILER);
}

/* --- 12 months back --- */

static void test_back(struct test *t)
{
	struct err e;
	str policy;

	map_is(t, SHOP(ABOUT, BOUGHT) MAILER BUYER);
	say(t, "sells", "yes");
	CHECK(!publish(t, NOTICE_POLICY, today(t), &e), "it sells: %s",
		e.message);
	map_is(t, SHOP(ABOUT, "") MAILER);
	say(t, "sells", "no");
	policy = draft(t, NOTICE_POLICY).in[LANG_EN].text;
	CHECK(has(policy, "Commercial information, sold until lately: version "
			  "3") &&
			has(policy, "We do not collect this any more"),
		"what was sold within 12 months is said: %.*s",
		STR_ARG(policy));
	CHECK(!publish(t, NOTICE_POLICY, date_add(today(t), 1), &e), "%s",
		e.message);
	t->clock.fixed_ms += 380 * 86400000LL;
	policy = draft(t, NOTICE_POLICY).in[LANG_EN].text;
	CHECK(!has(policy, "until lately") && !has(policy, "any more"),
		"and not for ever: %.*s", STR_ARG(policy));
}

/* --- the value of data --- */

static void test_value(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct valuation v = { .in = { value_method_of(STR("aggregate")), 100,
				       0, 3 },
		.how = STR(" ") };
	struct valuations all;
	struct err e = { 0 };
	char text[LIMIT_NOTE_BYTES + 1];

	CHECK(valuation_note(&d, &v, &e) == -1 && e.code == ERR_INVALID,
		"nobody could say later where the figures are from");
	memset(text, 'x', sizeof text);
	v.how = (str){ text, sizeof text };
	CHECK(valuation_note(&d, &v, &e) == -1, "one byte too many");
	v.how.n--;
	v.is_country = true;
	CHECK(!valuation_note(&d, &v, &e), "the longest: %s", e.message);
	v.in.taken_off = 1;
	CHECK(valuation_note(&d, &v, &e) == -1, "a method with no such figure");
	CHECK(!valuation_list(&d, &all, &e) && all.n == 2 &&
			all.at[0].value == 3333 && all.at[0].is_country &&
			!strcmp(all.at[1].in.method->code, "profit") &&
			str_eq(all.at[0].by, STR("staff:1")),
		"both are kept, newest first: %zu", all.n);
	CHECK(has(draft(t, NOTICE_INCENTIVE).in[LANG_EN].text, "$0.3333") &&
			has(draft(t, NOTICE_INCENTIVE).in[LANG_EN].text,
				"all of the United States"),
		"and the notice says the last");
	CHECK(str_eq(valuation_words(t->a, 50000), STR("$5.00")) &&
			str_eq(valuation_words(t->a, 42), STR("$0.0042")) &&
			str_eq(valuation_words(t->a, 100), STR("$0.01")),
		"dollars, and parts of a cent where there are some");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "notice", fresh_server(argc, argv));
	set_contact(&t);
	test_no_value(&t);
	test_whole(&t);
	test_words(&t);
	test_incentive_holes(&t);
	test_less(&t);
	test_holes(&t);
	test_published(&t);
	test_links(&t);
	test_rights_day(&t);
	test_first_day(&t);
	test_admt_day(&t);
	test_law_changes(&t);
	test_audited(&t);
	test_roles(&t);
	test_states(&t);
	test_reminder(&t);
	test_doubts(&t);
	test_ledger(&t);
	test_sold_before(&t);
	test_sold_and_gone(&t);
	test_back(&t);
	test_value(&t);
	test_seen(&t);
	test_links_lead(&t);
	end(&t);
	return CHECK_DONE();
}
