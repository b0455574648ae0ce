/*
 * A company that the data map calls a service provider and that has no contract, or
 * advertises across businesses, is none (rows E4, P-02, P-05; 11 CCR 7050(b), 7051(c)): it
 * is told of an opt-out like a third party, its answer does not complete a case, and who
 * opted out may not go to it.
 */
#include "act.h"

#include <sodium.h>

#include "base/file.h"
#include "desk/contracts.h"
#include "desk/enter.h"
#include "desk/fulfil.h"
#include "desk/purpose.h"
#include "desk/reminder.h"
#include "desk/telling.h"
#include "desk/vendors.h"
#include "store/engine.h"

#define CLAUSES "[ c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 ]"

static const char data_map[] =
	"version: 1\n"
	"systems: []\n"
	"vendors:\n"
	"  - { name: mailharbor, title: MailHarbor, role: service_provider,\n"
	"      email: p@m.example, days: 9, receives: [ email ],\n"
	"      purpose: Letters, contract: " CLAUSES ",\n"
	"      looked_on: 2025-12-01, flows: [ { use: contract } ] }\n"
	"  - { name: adtech, title: AdTech, role: service_provider,\n"
	"      email: p@a.example, days: 9, receives: [ email ] }\n"
	"  - { name: crossads, title: CrossAds, role: service_provider,\n"
	"      email: p@c.example, days: 9, receives: [ email ],\n"
	"      contract: " CLAUSES ", looked_on: 2026-06-01,\n"
	"      flows: [ { use: advertising } ] }\n";

static const struct telling_row companies[] = {
	{ .name = STR_INIT("mailharbor"), .title = STR_INIT("MailHarbor") },
	{ .name = STR_INIT("adtech"),
		.title = STR_INIT("AdTech"),
		.is_in_doubt = true },
};

/* By staff, received eight days before: a time in which data may have left. */
static str entered(struct test *t, const char *id)
{
	struct desk d = staff(t);
	struct enter_in in = { .kind = KIND_OPT_OUT,
		.channel = CHANNEL_MAIL,
		.received_on = STR("2026-11-13"),
		.id = { str_of(id) } };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	if (enter_request(&d, &in, &reference, &ps, &e) || ps.n)
		fail("enter", &e);
	return reference;
}

static void plan(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct telling_in in = { .request_id = request_id(t, reference),
		.folder = path(t, "disclosures"),
		.rows = companies,
		.n = COUNTOF(companies) };
	struct err e = { 0 };

	if (telling_plan(&d, &in, &e))
		fail("plan", &e);
}

/* Tells the only company of a case, which does what it is told. */
static void tell_and_answer(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct vendor_reply reply = { .answer = VENDOR_DELETED };
	struct vendor_notice n = { .contact = STR("p@a.example") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct work w;
	struct post p;
	ptrdiff_t at;

	if (fulfil_work(&d, view(t, reference).tasks.at[0].id, &w, &e) != 1)
		fail("work", &e);
	n.vendor = w.title;
	n.act = w.act;
	n.due_on = date_add(desk_today(&d), 9);
	if (fulfil_tell(&d, &w, &n, &e))
		fail("tell", &e);
	p = letter_of(t, reference, "vendor_notice");
	at = str_find(p.text.v, STR("/v/"));
	must(at > 0);
	d = desk_as(t, ACTOR_VENDOR);
	if (vendor_reply(&d, str_head(str_from(p.text.v, (size_t)at + 3), 24),
		    &reply, &ps, &e) ||
		ps.n)
		fail("reply", &e);
}

static void close_it(struct test *t, str reference, const char *why)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (telling_end(&d, reference, str_of(why), &ps, &e) || ps.n)
		fail("end", &e);
}

static void test_told(struct test *t)
{
	str reference = entered(t, "doubted@example.com");
	struct case_view v;

	plan(t, reference);
	v = view(t, reference);
	CHECK(v.tasks.n == 1 && str_eq(v.tasks.at[0].name, STR("adtech")),
		"a service provider is not told of an opt-out; who may be none "
		"is: %zu",
		v.tasks.n);
	CHECK(str_find(v.tasks.at[0].problem, STR("11 CCR 7051(c)")) > 0 &&
			v.is_in_doubt,
		"and the case says why: %.*s", STR_ARG(v.tasks.at[0].problem));
	tell_and_answer(t, reference);
	v = view(t, reference);
	CHECK(v.is_open && v.tasks.at[0].is_done,
		"its answer does not complete it");
	CHECK(!strcmp(v.tasks.at[0].tone, "bad"), "nor is it shown as good: %s",
		v.tasks.at[0].tone);
	CHECK(v.can_end, "a person closes it");
	close_it(t, reference, "The contract was signed today.");
	v = view(t, reference);
	CHECK(!v.is_open && !v.tasks.at[0].problem.n,
		"and a closed case does not follow the map of another day");
}

static void map_is(struct test *t, const char *text)
{
	struct err e = { 0 };

	if (file_replace(t->map, str_of(text), 0600, &e))
		fail("map", &e);
}

static const char mended_map[] =
	"version: 1\n"
	"systems: []\n"
	"vendors:\n"
	"  - { name: adtech, title: AdTech, role: service_provider,\n"
	"      email: p@a.example, days: 9, receives: [ email ],\n"
	"      contract: " CLAUSES " }\n";

/* With the contract the same case closes by the answer. */
static void test_mended(struct test *t)
{
	str reference = entered(t, "mended@example.com");

	plan(t, reference);
	map_is(t, mended_map);
	tell_and_answer(t, reference);
	CHECK(!view(t, reference).is_open, "nothing is in doubt any more");
	map_is(t, data_map);
}

static void run(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	if (telling_run(&d, &e))
		fail("run", &e);
}

/* Answered before the contract was signed: nobody has to remember the case. */
static void test_signed_later(struct test *t)
{
	str reference = entered(t, "later@example.com");

	plan(t, reference);
	tell_and_answer(t, reference);
	run(t);
	CHECK(view(t, reference).is_open, "still without a contract");
	map_is(t, "version: [");
	run(t);
	CHECK(view(t, reference).is_open && view(t, reference).is_in_doubt,
		"a map that can't be read is no contract");
	map_is(t, mended_map);
	run(t);
	CHECK(!view(t, reference).is_open, "signed, and closed by itself");
	map_is(t, data_map);
}

/* The file was broken at the moment in which the company answered. */
static void test_unreadable(struct test *t)
{
	str reference = entered(t, "unreadable@example.com");
	struct case_view v;

	plan(t, reference);
	map_is(t, "version: [");
	tell_and_answer(t, reference);
	v = view(t, reference);
	CHECK(v.is_open && v.can_end &&
			str_find(v.tasks.at[0].problem, STR("be read")) > 0,
		"nobody knows, so it is not complete: %.*s",
		STR_ARG(v.tasks.at[0].problem));
	map_is(t, data_map);
}

static const struct {
	const char *name;
	enum use use;
	const char *why;
} asked[] = {
	{ "vendor:mailharbor", USE_OTHER, "for the business's own purpose" },
	{ "vendor:adtech", USE_SALE, "7051(c): may be a sale" },
	{ "vendor:crossads", USE_SHARE, "7050(b): is sharing" },
};

static void test_asked(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct use_asked q;
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(asked); i++) {
		if (purpose_asked(&d, str_of(asked[i].name), 0, &q, &e))
			fail("asked", &e);
		CHECK(q.use == asked[i].use, "%s: %d", asked[i].why,
			(int)q.use);
	}
	CHECK(purpose_asked(&d, STR("vendor:nobody"), 0, &q, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"a company that the map has not is no purpose");
}

static void test_lines(struct test *t)
{
	struct desk d = staff(t);
	struct contract_lines all;
	struct err e = { 0 };

	if (contracts_load(&d, &all, &e))
		fail("contracts", &e);
	CHECK(all.n == 3 && all.lacking == 1 && all.in_doubt == 2,
		"one lacks clauses, two are not what they are called: %zu %zu",
		all.lacking, all.in_doubt);
	CHECK(all.unlooked == 1, "nobody ever looked at AdTech: %zu",
		all.unlooked);
	CHECK(str_eq(all.at[0].look_by, STR("December 1, 2026")) &&
			!all.at[0].is_look_late,
		"12 months: %.*s", STR_ARG(all.at[0].look_by));
}

/* The one whose year ends first, ten days from now. */
static void test_reminded(struct test *t)
{
	struct desk d = staff(t);
	struct reminders all;
	struct settings s;
	struct err e = { 0 };
	str words;

	if (settings_load(&d, &s, &e) || reminders_of(&d, &s, &all, &e))
		fail("reminders", &e);
	CHECK(all.n == 1 && all.at[0].days_left == 10 &&
			reminder_is_due(&all.at[0]),
		"of MailHarbor: %zu", all.n);
	words = reminder_words(t->a, &all.at[0]);
	CHECK(str_starts(words, STR("Look at what MailHarbor does")) &&
			str_find(words, STR("7051(a), (e), 7053")) > 0,
		"%.*s", STR_ARG(words));
}

/* A case that can't be read keeps no other one open. */
static void test_damaged(struct test *t)
{
	str damaged = entered(t, "damaged@example.com");
	str whole = entered(t, "whole@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	const char *sql;

	plan(t, damaged);
	tell_and_answer(t, damaged);
	plan(t, whole);
	tell_and_answer(t, whole);
	map_is(t, mended_map);
	sql = arena_cstr(t->a,
		arena_fmt(t->a,
			"update request set sealed = wrapped_key where id = %lld",
			(long long)request_id(t, damaged)));
	if (db_begin(t->db, DB_WRITE, &e) || db_define(t->db, sql, &e) ||
		db_commit(t->db, &e))
		fail("damage", &e);
	CHECK(telling_run(&d, &e) == -1 && e.code == ERR_CORRUPT,
		"it is said: %s", e.message);
	CHECK(!view(t, whole).is_open, "and the one after it is closed");
	map_is(t, data_map);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(sodium_init() >= 0);
	start(&t, "contract", fresh_server(argc, argv));
	set_contact(&t);
	t.map = path(&t, "map.yaml");
	if (file_replace(t.map, str_of(data_map), 0600, &e))
		fail("map", &e);
	test_told(&t);
	test_mended(&t);
	test_signed_later(&t);
	test_unreadable(&t);
	test_asked(&t);
	test_lines(&t);
	test_reminded(&t);
	test_damaged(&t);
	end(&t);
	return CHECK_DONE();
}
