/*
 * The same is asked once more with better proof: the first request takes it over, is
 * searched again where that tells, and keeps its clock (desk/same_take.h).
 */
#include <sodium.h>

#include "act.h"

#include "desk/fulfil.h"
#include "desk/limit.h"
#include "desk/record.h"
#include "desk/same_take.h"

static const struct plan_row plan[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
};

static struct draft asks(const char *email, const char *zip)
{
	struct draft f = { .kind = KIND_KNOW_SPECIFIC };

	f.person = (struct person){
		.pieces = STR("specific"),
		.range = STR("all"),
		.email = { str_of(email) },
		.zip = { str_of(zip) },
		.name = { STR("Luis Medina") },
		.declared = STR("yes"),
		.signed_by = { STR("Luis A. Medina") },
	};
	return f;
}

static str send(struct test *t, const struct draft *f)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct post code;
	struct err e = { 0 };

	if (intake_send(&d, f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail(ps.n ? ps.at[0].text : "send", &e);
	code = letter_of(t, out.reference, "code");
	CHECK(confirm(t, out.reference, code_in(&code), &ps), "the code");
	return out.reference;
}

static str first(struct test *t, const struct draft *f)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	str reference = send(t, f);
	struct err e = { 0 };

	if (fulfil_plan(&d, request_id(t, reference), plan, 1, &e))
		fail("plan", &e);
	return reference;
}

static struct work work_of(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w;
	struct err e = { 0 };

	if (fulfil_work(&d, view(t, reference).tasks.at[0].id, &w, &e) != 1)
		fail("work", &e);
	return w;
}

/* Two rows; the ZIP code is theirs, or is not. */
static void report(struct test *t, const struct work *w, bool is_theirs)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct found f = { .finding = STR("{}"), .rows = 2, .is_marked = true };
	struct err e = { 0 };

	f.points.matched = POINT_BIT(EMAIL) | POINT_BIT(NAME) |
			   (is_theirs ? POINT_BIT(ZIP) : 0);
	f.points.missed = is_theirs ? 0 : POINT_BIT(ZIP);
	if (fulfil_found(&d, w, &f, &e))
		fail("found", &e);
}

static struct record record_of(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct record r;
	struct err e = { 0 };

	if (record_by_reference(&d, reference, &r, &e) != 1)
		fail("record", &e);
	return r;
}

static str task_state(struct test *t, str reference)
{
	return view(t, reference).tasks.at[0].state;
}

static bool has_entry(struct test *t, str reference, const char *text)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.events.n; i++)
		if (str_find(v.events.at[i].title, str_of(text)) >= 0)
			return true;
	return false;
}

static void test_better_zip(struct test *t)
{
	struct draft f = asks("better.zip@example.com", "94601");
	str one = first(t, &f), two;
	struct date due = view(t, one).due_on;
	struct work w = work_of(t, one);

	report(t, &w, false);
	CHECK(view(t, one).state == STATE_REVIEW && view(t, one).has_mismatch,
		"the wrong ZIP code is in no record");
	t->clock.fixed_ms += 5 * 86400000LL;
	f = asks("better.zip@example.com", "94607");
	two = send(t, &f);
	CHECK(!view(t, two).is_open, "joined");
	CHECK(str_eq(record_of(t, one).person.zip.v, STR("94607")),
		"the right one came with it");
	CHECK(!record_of(t, two).person.zip.v.n &&
			has_entry(t, two, "destroyed"),
		"and is destroyed where it came from, with an entry");
	CHECK(has_entry(t, one, "Taken over from the later request: ZIP code"),
		"the first says what it took");
	CHECK(str_eq(task_state(t, one), STR("searching")),
		"it is compared anew, in review too: %.*s",
		STR_ARG(task_state(t, one)));
	CHECK(!date_cmp(view(t, one).due_on, due), "the clock is the first's");
	w = work_of(t, one);
	report(t, &w, true);
	CHECK(view(t, one).state == STATE_REVIEW &&
			!view(t, one).has_mismatch &&
			!view(t, one).is_unverified && !view(t, one).foretold.n,
		"now the pieces themselves can be given: %.*s",
		STR_ARG(view(t, one).foretold));
	t->clock.fixed_ms -= 5 * 86400000LL;
}

static void test_right_stays(struct test *t)
{
	struct draft f = asks("right.stays@example.com", "94607");
	str one = first(t, &f);
	struct work w = work_of(t, one);

	report(t, &w, true);
	f = asks("right.stays@example.com", "94601");
	send(t, &f);
	CHECK(str_eq(record_of(t, one).person.zip.v, STR("94607")) &&
			str_eq(task_state(t, one), STR("found")),
		"a slip of the keyboard takes nothing back");
}

/* The worker looks by what was typed before, and reports after the new one came. */
static void test_meanwhile(struct test *t)
{
	struct draft f = asks("meanwhile@example.com", "94601");
	str one = first(t, &f);
	struct work w = work_of(t, one);

	f = asks("meanwhile@example.com", "94607");
	send(t, &f);
	report(t, &w, false);
	CHECK(str_eq(task_state(t, one), STR("searching")),
		"what was compared with the old one is compared once more");
	w = work_of(t, one);
	CHECK(str_eq(w.typed.at[POINT_ZIP].v, STR("94607")), "with the new");
	report(t, &w, true);
	CHECK(view(t, one).state == STATE_REVIEW && !view(t, one).has_mismatch,
		"and that counts");
}

static void test_guessing(struct test *t)
{
	static const char *const tries[] = { "94602", "94603", "94604",
		"94605" };
	struct draft f = asks("guesses@example.com", "94601");
	str one = first(t, &f);

	for (int i = 0; i < (int)COUNTOF(tries); i++) {
		struct work w = work_of(t, one);
		bool is_taken = i < LIMIT_RETYPED;

		report(t, &w, false);
		f = asks("guesses@example.com", tries[i]);
		send(t, &f);
		CHECK(str_eq(record_of(t, one).person.zip.v,
			      str_of(tries[i])) == is_taken,
			"try %d is %s", i + 1, is_taken ? "taken" : "left");
	}
	CHECK(has_entry(t, one, "Details were typed anew 3 times"),
		"and staff read of it");
}

static void test_declared(struct test *t)
{
	struct draft f = asks("declares.later@example.com", "94607");
	str one = first(t, &f);
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct record r = record_of(t, one);
	struct err e = { 0 };

	/* The form asks for it: only who came another way is without. */
	r.person.declared = STR("");
	if (record_save_person(&d, &r, &e))
		fail("save", &e);
	f.person.letter_by = STR("paper");
	f.person.postal.v = STR("Luis Medina\n12 Elm St\nOakland CA 94607");
	send(t, &f);
	r = record_of(t, one);
	CHECK(str_eq(r.person.declared, STR("yes")) &&
			str_eq(r.person.signed_by.v, STR("Luis A. Medina")) &&
			str_eq(r.person.signed_on, STR("2026-11-21")),
		"the declaration counts, whichever request it came with");
	CHECK(str_eq(r.person.letter_by, STR("paper")) &&
			str_starts(r.person.postal.v, STR("Luis Medina\n12")),
		"and the answer comes as they chose last");
	CHECK(has_entry(t, one, "the declaration, how the answer comes"),
		"the entry names both");
}

static const struct {
	const char *why;
	enum kind kind;
	enum state state;
	const char *zip; /* of the later one; the first's is 94601 */
	bool is_declared;
	bool is_late;
} late[] = {
	{ "nothing new comes too late", KIND_KNOW_SPECIFIC, STATE_WORKING,
		"94601", false, false },
	{ "the kinds alone are on their way, and now there is proof",
		KIND_KNOW_SPECIFIC, STATE_WORKING, "94607", false, true },
	{ "or the declaration", KIND_KNOW_SPECIFIC, STATE_WORKING, "94601",
		true, true },
	{ "in review it is in time", KIND_KNOW_SPECIFIC, STATE_REVIEW, "94607",
		true, false },
	{ "a deletion that was approved is carried out whole", KIND_DELETE,
		STATE_WORKING, "94607", false, false },
};

static void test_too_late(void)
{
	for (size_t i = 0; i < COUNTOF(late); i++) {
		struct record a = { .kind = late[i].kind,
			.state = late[i].state };
		struct record b = { .kind = late[i].kind };

		a.person.zip.v = STR("94601");
		b.person.zip.v = str_of(late[i].zip);
		b.person.declared = late[i].is_declared ? STR("yes") : STR("");
		CHECK(same_is_too_late(&a, &b) == late[i].is_late, "%s",
			late[i].why);
	}
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "same", fresh_server(argc, argv));
	set_contact(&t);
	test_better_zip(&t);
	test_right_stays(&t);
	test_meanwhile(&t);
	test_guessing(&t);
	test_declared(&t);
	test_too_late();
	end(&t);
	return CHECK_DONE();
}
