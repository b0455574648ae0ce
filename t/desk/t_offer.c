/*
 * Who is denied a deletion, in whole or in part, by a business that sells, and has not
 * opted out, is asked whether they want to (11 CCR 7022(g)): in every letter that says so,
 * and in no other.  On both engines.
 */
#include "cases.h"

#include <sodium.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/file.h"
#include "desk/deny.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: leads\n"
	"    title: Lead exchange\n"
	"    connector: sqlite\n"
	"    database: leads.db\n"
	"    tables:\n"
	"      - name: lead\n"
	"        key: id\n"
	"        category: D\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

static const struct plan_row plan_of_two[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	{ true, STR_INIT("gone"), STR_INIT("Gone shop") },
};

static void set(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail(name, &e);
}

/* What each of them asks for. */
struct asked {
	const char *why;
	enum kind kind;
	const char *parts; /* "": everything */
	const char *stop_sale;
	bool sells;
	bool is_offered;
	bool is_told; /* instead: that they are opted out */
};

/* Confirmed, with a system that can't be reached any more and is no more in the map. */
static struct sent ask(struct test *t, const struct asked *x, const char *email)
{
	struct desk consumer = desk_as(t, ACTOR_CONSUMER);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct draft f = { .kind = x->kind };
	struct problems ps = { 0 };
	struct sent s = { 0 };
	struct err e = { 0 };
	struct post p;

	set(t, "sells", x->sells ? "yes" : "no");
	f.person.email.v = str_of(email);
	f.person.zip.v = STR("94607");
	f.person.parts = str_of(x->parts);
	f.person.stop_sale = str_of(x->stop_sale);
	if (x->kind == KIND_CORRECT) {
		f.person.item.v = STR("My street");
		f.person.should_be.v = STR("12 Elm Street");
	}
	if (intake_send(&consumer, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps,
		    &e) ||
		ps.n)
		fail(ps.n ? ps.at[0].text : "send", &e);
	p = letter_of(t, s.reference, "code");
	must(confirm(t, s.reference, code_in(&p), &ps));
	if (fulfil_plan(
		    &worker, request_id(t, s.reference), plan_of_two, 2, &e))
		fail("plan", &e);
	return s;
}

static void drop_gone(struct test *t, str reference)
{
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "gone");
	struct err why = { .code = ERR_UNAVAILABLE, .message = "no answer" };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (fulfil_failed(&worker, &w, &why, &e) ||
		case_drop(
			&d, reference, w.task_id, STR("It was sold."), &ps, &e))
		fail("drop", &e);
}

static void asks(struct test *t, str reference, const char *template,
	const struct asked *x)
{
	struct post p = letter_of(t, reference, template);

	must(p.id);
	CHECK((str_find(p.text.v, STR("Would you like to opt out")) >= 0) ==
				x->is_offered &&
			(str_find(p.text.v, STR("/opt-out")) >= 0) ==
				x->is_offered,
		"%s: %.*s", x->why, STR_ARG(p.text.v));
	CHECK((str_find(p.text.v, STR("You are opted out")) >= 0) == x->is_told,
		"%s: %.*s", x->why, STR_ARG(p.text.v));
}

static const struct asked nothing[] = {
	{ "in part: a system nobody could look in", KIND_DELETE, "", "no", true,
		true, false },
	{ "they have opted out already", KIND_DELETE, "", "yes", true, false,
		true },
	{ "nothing is sold", KIND_DELETE, "", "no", false, false, false },
	{ "the rule is of deletions", KIND_CORRECT, "", "no", true, false,
		false },
};

static void test_nothing_found(struct test *t)
{
	static const char *const emails[] = { "n1@offer.example",
		"n2@offer.example", "n3@offer.example", "n4@offer.example" };
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(nothing); i++) {
		struct sent s = ask(t, &nothing[i], emails[i]);

		report_found(t, s.reference, "leads", 0, NULL);
		drop_gone(t, s.reference);
		CHECK(!say_untold(t, s.reference, "gone", "It was sold.", &e),
			"%s", e.message);
		CHECK(!answer(t, s.reference, "", &e), "%s: %s", nothing[i].why,
			e.message);
		asks(t, s.reference, "nothing_found", &nothing[i]);
	}
}

static const struct asked kept[] = {
	{ "in part: an invoice stays", KIND_DELETE, "D", "no", true, true,
		false },
	{ "they have opted out already", KIND_DELETE, "D", "yes", true, false,
		true },
	{ "nothing is sold", KIND_DELETE, "D", "no", false, false, false },
	{ "who is deleted is off every list", KIND_DELETE, "", "no", true,
		false, true },
};

/* As staff read it before it goes: what it is, and to whom, who gave no name. */
static void looks(struct test *t, str reference, bool is_part)
{
	struct case_view v = view(t, reference);

	CHECK(str_eq(v.answer_title, is_part ? STR("Deleted in part")
					     : STR("Deleted everywhere")),
		"%.*s", STR_ARG(v.answer_title));
	CHECK(v.answer.n && str_eq(v.answer.at[0], STR("Hello,")), "%.*s",
		STR_ARG(v.answer.at[0]));
}

/* As the worker stores it: of chosen parts it is read before anything is approved. */
static void found_in_leads(struct test *t, str reference, int64_t rows)
{
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "leads");
	struct found f = { .finding = STR("{\"version\":1,\"system\":\"leads\","
					  "\"tables\":[],\"idents\":[]}"),
		.rows = rows,
		.points.matched = POINT_BIT(EMAIL) | POINT_BIT(ZIP) };
	struct err e = { 0 };

	if (fulfil_found(&worker, &w, &f, &e))
		fail("found", &e);
}

/* With rows that stay: `rows_kept` 0 for none, which is no denial. */
static void delete_with(struct test *t, const struct asked *x,
	const char *email, int64_t rows_kept)
{
	struct sent s = ask(t, x, email);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct kept stays = { STR("Invoices (Lead exchange)"), STR("DX8"),
		STR("Tax records"), rows_kept, 0, STR("") };
	struct erased done = { .rows = 2,
		.evidence = STR("{}"),
		.kept = { &stays, rows_kept > 0 } };
	struct err e = { 0 };
	struct work w;

	found_in_leads(t, s.reference, 2 + rows_kept);
	report_found(t, s.reference, "gone", 0, NULL);
	if (approve(t, s.reference, &e))
		fail("approve", &e);
	w = work_of(t, s.reference, "leads");
	if (fulfil_erased(&worker, &w, &done, &e))
		fail("erased", &e);
	looks(t, s.reference, rows_kept > 0);
	CHECK(!answer(t, s.reference, "", &e), "%s: %s", x->why, e.message);
	asks(t, s.reference, "deleted", x);
}

static void test_kept(struct test *t)
{
	static const char *const emails[] = { "k1@offer.example",
		"k2@offer.example", "k3@offer.example", "k4@offer.example" };
	static const struct asked whole = { "nothing is denied", KIND_DELETE,
		"D", "no", true, false, false };

	for (size_t i = 0; i < COUNTOF(kept); i++)
		delete_with(t, &kept[i], emails[i], 1);
	delete_with(t, &whole, "k5@offer.example", 0);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(sodium_init() >= 0);
	start(&t, "offer", fresh_server(argc, argv));
	set_contact(&t);
	if (file_replace(path(&t, "datamap.yaml"), STR(yaml), 0600, &e))
		fail("map", &e);
	t.map = path(&t, "datamap.yaml");
	test_nothing_found(&t);
	test_kept(&t);
	end(&t);
	return CHECK_DONE();
}
