/*
 * Who has no email address (11 CCR 7020(e); Civ. Code 1798.130(a)(2)(B)): what they ask
 * by phone or post counts from its day, and every letter to them waits on paper until
 * staff have posted it.
 */
#include "act.h"

#include <sodium.h>

#include "desk/enter.h"
#include "desk/fraud.h"
#include "desk/tray.h"
#include "law/reason.h"
#include "law/reference.h"

static size_t enter(struct test *t, const struct enter_in *in, str *reference)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.actor.role = STR("agent");
	if (enter_request(&d, in, reference, &ps, &e))
		fail("enter", &e);
	return ps.n;
}

/* The letter of the request in the tray; id 0: none waits. */
static struct tray_letter in_tray(struct test *t, str reference)
{
	struct reference ref;
	struct desk d = staff(t);
	struct tray tray;
	struct err e = { 0 };

	if (tray_load(&d, &tray, &e))
		fail("tray", &e);
	for (size_t i = 0; i < tray.n; i++)
		if (reference_parse(tray.at[i].reference, &ref) &&
			str_eq(reference_str(&ref), reference))
			return tray.at[i];
	return (struct tray_letter){ 0 };
}

/* 0 when it was marked; 1 when the day would not do; -1 when it waits no more. */
static int leave(struct test *t, int64_t id, const char *day, bool is_read_out)
{
	struct desk d = staff(t);
	struct tray_leaving in = { str_of(day), is_read_out };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (tray_left(&d, id, &in, &ps, &e))
		return e.code == ERR_CONFLICT ? -1 : -2;
	return ps.n > 0;
}

static bool has_event(struct test *t, str reference, const char *sentence)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.events.n; i++)
		if (str_eq(v.events.at[i].title, str_of(sentence)))
			return true;
	return false;
}

/* A sentence may be wrapped anywhere. */
static bool says(struct test *t, personal text, const char *what)
{
	char *flat = arena_cstr(t->a, text.v);

	for (size_t i = 0; i < text.v.n; i++)
		if (flat[i] == '\n')
			flat[i] = ' ';
	return str_find((str){ flat, text.v.n }, str_of(what)) >= 0;
}

static struct enter_in by_post(enum kind kind)
{
	return (struct enter_in){ .kind = kind,
		.channel = CHANNEL_MAIL,
		.received_on = STR("2026-11-10"),
		.person = { .first = { STR("Ellen") },
			.last = { STR(" Tran ") },
			.street = { STR("12 Elm Street") },
			.zip = { STR("94607") } },
		.postal = { .city = { STR("Oakland, CA") } } };
}

/* --- stops --- */

static void test_stop(struct test *t)
{
	struct enter_in in = by_post(KIND_OPT_OUT);
	struct desk d = staff(t);
	struct tray_letter l;
	struct tray_sheet sheet;
	str reference = { 0 };
	struct err e = { 0 };

	CHECK(!enter(t, &in, &reference), "name and address are enough");
	CHECK(reasons_of(t, IDENT_NAME_ADDRESS,
		      "ELLEN|Tran|12 elm st.|94607-1234") == REASON_OPT_OUT,
		"in force at once, however the address is spelled");
	CHECK(!reasons_of(t, IDENT_NAME_ADDRESS,
		      "Ellen|Tran|14 Elm Street|94607") &&
			!reasons_of(t, IDENT_NAME_ZIP, "Ellen|Tran|94607"),
		"and of nobody who shares less than all of it");
	l = in_tray(t, reference);
	CHECK(l.id && l.has_address &&
			str_eq(l.title, STR("Your choice is in force")),
		"a letter says so: %.*s", STR_ARG(l.title));
	CHECK(!date_cmp(l.due_on, view(t, reference).due_on),
		"by the day of the request");
	CHECK(tray_print(&d, l.id, &sheet, &e) == 1 &&
			str_eq(sheet.postal.v, STR("Ellen Tran\n12 Elm Street\n"
						   "Oakland, CA 94607")),
		"the envelope: %.*s", STR_ARG(sheet.postal.v));
	CHECK(says(t, sheet.text,
		      "Your choice is in force since November 21, 2026") &&
			says(t, sheet.text, "On November 10, 2026"),
		"from when, and when they asked: %.*s", STR_ARG(sheet.text.v));
	CHECK(has_event(t, reference,
		      "Staff opened the letter \"Your choice is in force\" to "
		      "print it"),
		"who saw the address is in the trail");
}

/* What is on paper leaves by a person's hand, and by nothing else. */
static void test_posted(struct test *t)
{
	struct enter_in in = by_post(KIND_OPT_OUT);
	struct desk d = staff(t);
	struct tray_count before, after;
	struct tray_letter l;
	struct tray_sheet sheet;
	str reference = { 0 };
	struct err e = { 0 };
	struct post p;

	if (tray_count(&d, &before, &e))
		fail("count", &e);
	CHECK(!enter(t, &in, &reference), "entered");
	l = in_tray(t, reference);
	if (tray_count(&d, &after, &e))
		fail("count", &e);
	CHECK(after.n == before.n + 1, "counted on the queue");
	d.actor.role = STR("agent");
	CHECK(tray_print(&d, l.id, &sheet, &e) == -1 && e.code == ERR_DENIED,
		"the phone line does not print answers");
	CHECK(leave(t, l.id, "2026-11-20", false) == 1,
		"not before it was written");
	CHECK(leave(t, l.id, "2026-11-22", false) == 1, "not in the future");
	CHECK(leave(t, l.id, "yesterday", false) == 1, "nor on no day");
	CHECK(leave(t, l.id, "2026-11-21", true) == 1,
		"who has an address gets a letter, not a call");
	CHECK(in_tray(t, reference).id == l.id, "it still waits");
	CHECK(!leave(t, l.id, "2026-11-21", false), "posted");
	CHECK(!in_tray(t, reference).id &&
			leave(t, l.id, "2026-11-21", false) == -1,
		"once");
	p = letter_of(t, reference, "processed");
	CHECK(!p.is_waiting && p.is_paper, "sent");
	CHECK(has_event(t, reference,
		      "Staff posted the letter \"Your choice is in force\" on "
		      "2026-11-21"),
		"by whom and when is in the trail");
}

static const struct {
	const char *why;
	const char *first, *last, *street, *city, *zip;
	size_t problems;
} addresses[] = {
	{ "all of it", "Ellen", "Tran", "1 A St", "Oakland, CA", "94607", 0 },
	{ "a first name alone is everybody's", "Ellen", "", "", "", "", 4 },
	{ "no city: no letter arrives", "Ellen", "Tran", "1 A St", "", "94607",
		1 },
	{ "no ZIP code", "Ellen", "Tran", "1 A St", "Oakland, CA", "", 1 },
	{ "a street of two lines", "Ellen", "Tran", "1 A St\nBcc: x",
		"Oakland, CA", "94607", 1 },
	{ "a name that is no name", "--", "..", "1 A St", "Oakland, CA",
		"94607", 1 },
	{ "nothing at all", "", "", "", "", "", 1 },
};

static void test_addresses(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(addresses); i++) {
		struct enter_in in = { .kind = KIND_LIMIT,
			.channel = CHANNEL_PHONE,
			.person = { .first = { str_of(addresses[i].first) },
				.last = { str_of(addresses[i].last) },
				.street = { str_of(addresses[i].street) },
				.zip = { str_of(addresses[i].zip) } },
			.postal = { { str_of(addresses[i].city) } } };
		str reference = { 0 };

		CHECK(enter(t, &in, &reference) == addresses[i].problems, "%s",
			addresses[i].why);
		CHECK((reference.n > 0) == !addresses[i].problems,
			"%s: nothing is stored of a bad one", addresses[i].why);
	}
}

/* A caller's number is enough, and no letter is owed; refused as fraudulent it is told
 * to them all the same: read out, since there is no address. */
static void test_refused(struct test *t)
{
	struct enter_in in = { .kind = KIND_OPT_OUT,
		.channel = CHANNEL_PHONE,
		.id = { STR("510-555-0199") } };
	struct fraud x = { STR("A script called for 900 people."),
		STR("Phone log.") };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct tray_letter l;
	str reference = { 0 };
	str paper = { 0 };
	struct err e = { 0 };

	CHECK(!enter(t, &in, &reference) && !in_tray(t, reference).id,
		"no address, no letter");
	CHECK(!case_refuse_fraud(&d, reference, &x, &ps, &e) && !ps.n &&
			!reasons_of(t, IDENT_PHONE, "5105550199"),
		"refused");
	l = in_tray(t, reference);
	CHECK(l.id && !l.has_address, "11 CCR 7026(e): they are told why");
	CHECK(leave(t, l.id, "2026-11-21", false) == 1, "nowhere to post it");
	CHECK(!leave(t, l.id, "2026-11-21", true), "read out");
	in = by_post(KIND_OPT_OUT);
	in.person.first.v = STR("Ana");
	in.received_on = STR("");
	CHECK(!enter(t, &in, &paper) &&
			!case_refuse_fraud(&d, paper, &x, &ps, &e) && !ps.n,
		"by name and address");
	CHECK(!reasons_of(
		      t, IDENT_NAME_ADDRESS, "Ana|Tran|12 Elm Street|94607"),
		"is released like every other");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "paper", fresh_server(argc, argv));
	set_contact(&t);
	test_stop(&t);
	test_posted(&t);
	test_addresses(&t);
	test_refused(&t);
	end(&t);
	return CHECK_DONE();
}
