/*
 * Who has no email address (11 CCR 7020(e); Civ. Code 1798.130(a)(2)(B)): what they ask
 * by phone or post counts from its day, and every letter to them waits on paper until
 * staff have posted it.
 */
#include "cases.h"

#include <sodium.h>

#include "connect/find_point.h"
#include "connect/map.h"
#include "desk/call_back.h"
#include "desk/deny.h"
#include "desk/enter.h"
#include "desk/fraud.h"
#include "desk/record.h"
#include "desk/statement.h"
#include "desk/statements.h"
#include "desk/tray.h"
#include "desk/vendors.h"
#include "desk/withdraw.h"
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

static unsigned work_parts(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	unsigned parts;

	if (fulfil_parts(&d, request_id(t, reference), &parts, &e))
		fail("parts", &e);
	return parts;
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

/* --- what is answered by letter --- */

static struct enter_in by_phone(void)
{
	return (struct enter_in){ .kind = KIND_DELETE,
		.channel = CHANNEL_PHONE,
		.received_on = STR("2026-11-20"),
		.person = { .phone = { STR("(510) 555-0166") },
			.name = { STR("Rosa Diaz") },
			.street = { STR("5 Oak Ave") },
			.zip = { STR("94607") } },
		.postal = { .city = { STR("Oakland, CA") } } };
}

static int call_back(
	struct test *t, str reference, const char *phone, const char *note)
{
	struct call_back in = { { str_of(phone) }, str_of(note) };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.actor.role = STR("agent");
	if (case_call_back(&d, reference, &in, &ps, &e))
		return e.code == ERR_CONFLICT ? -1 : -2;
	return (int)ps.n;
}

static void post_on(struct test *t, str reference, const char *day)
{
	struct tray_letter l = in_tray(t, reference);

	CHECK(l.id && !leave(t, l.id, day, false), "posted on %s", day);
}

static void plan(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	if (fulfil_plan(&d, request_id(t, reference), plan_of_three, 3, &e))
		fail("plan", &e);
}

static void test_unconfirmed(struct test *t)
{
	struct desk c = desk_as(t, ACTOR_CONSUMER);
	struct enter_in in = by_phone();
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct status status;
	str reference = { 0 };
	struct err e = { 0 };
	struct case_view v;
	struct post p;

	CHECK(!enter(t, &in, &reference), "no email address is needed");
	v = view(t, reference);
	CHECK(!date_cmp(v.received_on, (struct date){ 2026, 11, 20 }) &&
			!date_cmp(v.due_on, (struct date){ 2027, 1, 4 }),
		"its clock runs from the day of the call");
	p = letter_of(t, reference, "receipt");
	CHECK(p.is_paper && says(t, p.text, "We will call you on the"),
		"the receipt says how it is checked: %.*s", STR_ARG(p.text.v));
	CHECK(!letter_of(t, reference, "code").id, "no code on paper");
	CHECK(v.asked.n == 2 && !v.asked.at[1].text.v.n,
		"where letters go, masked; a deletion was not asked from which "
		"time");
	CHECK(str_eq(str_of(v.next.code), STR("call-back")) && v.can_call &&
			!v.can_search,
		"next: %s", v.next.code);
	CHECK(case_search(&d, reference, STR("I know her."), &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"a number that was only typed leads to nobody");
	CHECK(intake_status(&c, reference, STR("192.0.2.9"), &status, &e) ==
				1 &&
			!status.needs_code &&
			str_find(str_of(status.told), STR("call you")) > 0,
		"the page asks for no code: %s", status.told);
}

/* From the call to the letter that says it is deleted, all without an address. */
static void test_deleted(struct test *t)
{
	struct enter_in in = by_phone();
	int64_t now = t->clock.fixed_ms;
	str reference = { 0 };
	struct err e = { 0 };
	struct case_view v;
	struct work w;

	in.person.phone.v = STR("510-555-0167");
	CHECK(!enter(t, &in, &reference), "entered");
	CHECK(date_is_none(view(t, reference).receipt_confirmed_on),
		"a receipt that was not posted confirms nothing");
	post_on(t, reference, "2026-11-21");
	CHECK(!date_cmp(view(t, reference).receipt_confirmed_on,
		      (struct date){ 2026, 11, 21 }),
		"posted");
	CHECK(call_back(t, reference, "555", " ") == 2,
		"a number that is none, and nothing said");
	CHECK(!call_back(t, reference, "5105550167", "She said yes."),
		"called");
	CHECK(call_back(t, reference, "5105550167", "Again.") == -1, "once");
	v = view(t, reference);
	CHECK(v.state == STATE_SEARCHING && v.phone_confirmed, "it goes on");
	plan(t, reference);
	w = work_of(t, reference, "leads");
	CHECK(str_eq(w.phone, STR("5105550167")) && !w.emails.n,
		"from the number that was called");
	report_found(t, reference, "leads", 2, NULL);
	report_found(t, reference, "crm", 0, NULL);
	CHECK(!approve(t, reference, &e), "approved: %s", e.message);
	CHECK(reasons_of(t, IDENT_PHONE, "5105550167") & REASON_DELETED,
		"and does not come back");
	report_erased(t, reference, "leads", 2);
	tell(t, reference);
	hand_over(t, reference, "vendor_notice");
	CHECK(!answer(t, reference, "Their day is far.", &e), "%s", e.message);
	v = view(t, reference);
	CHECK(v.is_open && v.papers == 1 &&
			str_eq(v.next_sentence, STR("Print and post the "
						    "answer")),
		"an answer that was not posted answers nothing: %.*s",
		STR_ARG(v.next_sentence));
	t->clock.fixed_ms = now + 3LL * 86400000;
	post_on(t, reference, "2026-11-22");
	v = view(t, reference);
	CHECK(!v.is_open && str_eq(v.outcome, STR("Complied in whole")),
		"closed: %.*s", STR_ARG(v.outcome));
	t->clock.fixed_ms = now;
}

/* Neither phone nor email: taken, told what is missing, and mended by a call. */
static void test_by_post_alone(struct test *t)
{
	struct enter_in in = by_post(KIND_DELETE);
	str reference = { 0 };
	struct post p;

	in.person.name.v = STR("Ellen Tran");
	CHECK(!enter(t, &in, &reference), "a postal address is enough");
	p = letter_of(t, reference, "receipt");
	CHECK(says(t, p.text, "we need a phone number where we can call you") &&
			says(t, p.postal, "12 Elm Street"),
		"11 CCR 7020(e): how to mend it: %.*s", STR_ARG(p.text.v));
	CHECK(!call_back(t, reference, "510-555-0133", "She wrote the number."),
		"the number they sent");
	CHECK(view(t, reference).state == STATE_SEARCHING, "goes on");
	plan(t, reference);
	CHECK(str_eq(work_of(t, reference, "crm").phone, STR("510-555-0133")),
		"and is searched by");
	CHECK(view(t, reference).phone_confirmed, "confirmed");
}

/* 11 CCR 7021(b): the notice counts from the day it was posted, as long as that was
 * in time, whenever staff get to mark it. */
static void test_more_time(struct test *t)
{
	struct enter_in in = by_phone();
	int64_t now = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct problems ps = { 0 };
	str reference = { 0 };
	struct err e = { 0 };

	in.person.phone.v = STR("510-555-0168");
	in.received_on = STR("2026-11-20");
	CHECK(!enter(t, &in, &reference), "entered");
	post_on(t, reference, "2026-11-21");
	must(instant_parse(STR("2027-01-04T20:00:00Z"), &t->clock.fixed_ms));
	CHECK(!case_extend(&d, reference, STR("A system is moved."), &ps, &e) &&
			!ps.n,
		"on day 45: %s", e.message);
	CHECK(!date_cmp(view(t, reference).due_on, (struct date){ 2027, 1, 4 }),
		"nothing moves before it is posted");
	must(instant_parse(STR("2027-01-06T20:00:00Z"), &t->clock.fixed_ms));
	post_on(t, reference, "2027-01-04");
	CHECK(!date_cmp(
		      view(t, reference).due_on, (struct date){ 2027, 2, 18 }),
		"posted in time");
	t->clock.fixed_ms = now;
}

static const struct {
	const char *why;
	bool is_by_paper;
	const char *email, *phone, *street, *city, *zip;
	size_t problems;
} reaches[] = {
	{ "an email address", false, "a@example.com", "", "", "", "", 0 },
	{ "a phone number alone: letters are read out", false, "",
		"510-555-0111", "", "", "", 0 },
	{ "an address alone", false, "", "", "1 A St", "Oakland, CA", "94607",
		0 },
	{ "an address without its city", false, "", "510-555-0111", "1 A St",
		"", "94607", 1 },
	{ "a phone number that is none", false, "", "555", "", "", "", 1 },
	{ "nothing", false, "", "", "", "", "", 1 },
	{ "on paper, to nowhere", true, "a@example.com", "", "", "", "", 3 },
	{ "a street to compare with, and no letter there", false,
		"a@example.com", "", "1 A St", "", "", 0 },
};

static void test_reached(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(reaches); i++) {
		struct enter_in in = { .kind = KIND_DELETE,
			.channel = CHANNEL_PHONE,
			.person = { .email = { str_of(reaches[i].email) },
				.phone = { str_of(reaches[i].phone) },
				.street = { str_of(reaches[i].street) },
				.zip = { str_of(reaches[i].zip) } },
			.postal = { { str_of(reaches[i].city) } } };
		str reference = { 0 };

		if (reaches[i].is_by_paper)
			in.person.letter_by = STR("paper");
		CHECK(enter(t, &in, &reference) == reaches[i].problems, "%s",
			reaches[i].why);
	}
}

/* Civ. Code 1798.130(a)(2)(B): on paper for who wants that; the code goes by email. */
static void test_wants_paper(struct test *t)
{
	struct enter_in in = by_phone();
	str reference = { 0 };
	struct post p;

	in.person.email.v = STR("paper.please@example.com");
	in.person.letter_by = STR("paper");
	CHECK(!enter(t, &in, &reference), "entered");
	p = letter_of(t, reference, "code");
	CHECK(p.id && !p.is_paper, "the code would be old on paper");
	p = letter_of(t, reference, "receipt");
	CHECK(p.is_paper, "letters are");
	CHECK(says(t, p.text, "your email address. It is good for 30") &&
			says(t, p.text, "/r/delete/code?ref=") &&
			!says(t, p.text, "to this address"),
		"when it comes the code is old: it says how to get another "
		"one: %.*s",
		STR_ARG(p.text.v));
	CHECK(!view(t, reference).can_call, "nobody has to be called");
}

/* 0 when it is taken back; the number of problems; or -1. */
static int take_back(
	struct test *t, str reference, const char *role, const char *note)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.actor.role = str_of(role);
	if (case_taken_back(&d, reference, str_of(note), &ps, &e))
		return e.code == ERR_CONFLICT ? -1 : -2;
	return (int)ps.n;
}

/* No code can be sent to who has no email address; a request is theirs to take back all
 * the same, while nothing is carried out. */
static void test_taken_back(struct test *t)
{
	struct enter_in in = by_phone();
	str reference = { 0 };
	struct case_view v;
	struct post p;

	in.person.phone.v = STR("510-555-0170");
	CHECK(!enter(t, &in, &reference) && view(t, reference).can_take_back,
		"offered");
	CHECK(take_back(t, reference, "agent", "She called.") == -2 &&
			take_back(t, reference, "auditor", "She called.") == -2,
		"not by everybody");
	CHECK(take_back(t, reference, "officer", "  ") == 1,
		"not without a note of who it was");
	CHECK(!take_back(t, reference, "officer",
		      "She called, and knew the number and her ZIP code."),
		"taken back");
	v = view(t, reference);
	CHECK(!v.is_open && v.is_withdrawn && !v.can_take_back &&
			str_eq(v.outcome, STR("Withdrawn")),
		"closed: %.*s", STR_ARG(v.outcome));
	CHECK(has_event(t, reference,
		      "Staff wrote down that the requester took the request "
		      "back"),
		"with an entry");
	p = letter_of(t, reference, "withdrawn");
	CHECK(p.id && p.is_paper && in_tray(t, reference).id,
		"and a letter that waits to be posted");
	CHECK(take_back(t, reference, "officer", "Again.") == -1, "once");
}

/* Too late once something is carried out; and who has an email address says it by the
 * code that goes there. */
static void test_not_taken_back(struct test *t)
{
	struct enter_in in = by_phone();
	str reference = { 0 };
	str by_email = { 0 };
	struct err e = { 0 };

	in.person.phone.v = STR("510-555-0171");
	CHECK(!enter(t, &in, &reference) &&
			!call_back(t, reference, "5105550171", "Yes."),
		"entered and called");
	plan(t, reference);
	report_found(t, reference, "leads", 1, NULL);
	report_found(t, reference, "crm", 0, NULL);
	CHECK(view(t, reference).can_take_back, "in review it still can");
	CHECK(!approve(t, reference, &e), "%s", e.message);
	CHECK(!view(t, reference).can_take_back &&
			take_back(t, reference, "officer", "Too late.") == -1,
		"approved: it is being deleted");
	in.person.email.v = STR("has.a.mailbox@example.com");
	CHECK(!enter(t, &in, &by_email) && !view(t, by_email).can_take_back &&
			take_back(t, by_email, "officer", "A voice.") == -1,
		"a voice is less than the code");
}

/* Civ. Code 1798.130(a)(2)(A): by mail at the consumer's option, on the pages as well;
 * the code is no letter.  Who chooses email is not asked where they live. */
static void test_chosen(struct test *t)
{
	static const char typed[] = "Ana Ruiz \r\n\r\n9 Oak Ave\r\nOakland, CA "
				    "94607";
	struct desk c = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct status status;
	struct err e = { 0 };
	struct sent mail;
	struct sent email;
	struct post p;

	f.person.email.v = STR("by.mail@example.com");
	f.person.zip.v = STR("94607");
	f.person.letter_by = STR("paper");
	f.person.postal.v = STR(typed);
	if (intake_send(&c, &f, CHANNEL_WEB, STR("192.0.2.1"), &mail, &ps, &e))
		fail("send", &e);
	CHECK(!ps.n, "taken: %s", ps.n ? ps.at[0].text : "");
	p = letter_of(t, mail.reference, "receipt");
	CHECK(p.is_paper && str_eq(p.postal.v, STR("Ana Ruiz\n9 Oak Ave\n"
						   "Oakland, CA 94607")),
		"on paper, to the lines that they typed: %.*s",
		STR_ARG(p.postal.v));
	CHECK(!letter_of(t, mail.reference, "code").is_paper,
		"a code on paper would be old when it came");
	CHECK(intake_status(
		      &c, mail.reference, STR("192.0.2.9"), &status, &e) == 1 &&
			status.is_by_paper,
		"and their page says so");
	f.person.email.v = STR("by.email@example.com");
	f.person.letter_by = STR("email");
	if (intake_send(&c, &f, CHANNEL_WEB, STR("192.0.2.1"), &email, &ps, &e))
		fail("send", &e);
	p = letter_of(t, email.reference, "receipt");
	CHECK(!p.is_paper && !p.postal.v.n &&
			str_eq(p.to.v, STR("by.email@example.com")),
		"electronically");
	CHECK(view(t, email.reference).asked.n == 1 &&
			view(t, mail.reference).asked.n == 2,
		"and an address that was typed is not kept");
}

/* --- by name and address alone --- */

static const char reliable_map[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: name, verifies: name, reliable: true }\n"
	"          - { name: street, verifies: street, reliable: true }\n"
	"          - { name: zip, verifies: zip, reliable: true }\n"
	"          - { name: email, identifies: email }\n"
	"        erase: delete\n";

static const char *write_map(struct test *t)
{
	const char *at = path(t, "reliable.yaml");
	FILE *f = fopen(at, "w");

	must(f && fputs(reliable_map, f) >= 0 && !fclose(f));
	return at;
}

static str enter_as(struct desk d, const struct enter_in *in)
{
	struct problems ps = { 0 };
	str reference = { 0 };
	struct err e = { 0 };

	if (enter_request(&d, in, &reference, &ps, &e))
		fail("enter", &e);
	CHECK(!ps.n, "taken: %s", ps.n ? ps.at[0].text : "");
	return reference;
}

static struct case_view view_as(struct desk d, str reference)
{
	struct case_view v;
	struct err e = { 0 };

	if (case_load(&d, reference, false, &v, &e) != 1)
		fail("case", &e);
	return v;
}

/* Vendors, and people who look where no program can, are shown so many lines, the last
 * of which is that. */
static bool who_is_shown(
	struct test *t, str reference, size_t n, const char *last)
{
	struct desk d = staff(t);
	struct vendor_identifiers list;
	struct record r;
	struct err e = { 0 };

	if (record_need(&d, reference, &r, &e))
		fail("record", &e);
	vendor_identifiers(t->a, &r, &list);
	return list.n == n && str_eq(list.at[list.n - 1].value.v, str_of(last));
}

/* Who writes by post with name and address only is searched for by these, where the
 * business relies on such columns, and is asked for nothing more (11 CCR 7060(d)). */
static void test_points(struct test *t)
{
	struct enter_in in = by_post(KIND_DELETE);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct found f = { .finding = STR("{}"),
		.rows = 2,
		.searched_by = COMPOSITE_BIT(COMPOSITE_NAME_STREET),
		.points.matched =
			POINT_BIT(NAME) | POINT_BIT(STREET) | POINT_BIT(ZIP) };
	struct desk c = desk_as(t, ACTOR_CONSUMER);
	struct status status;
	struct err e = { 0 };
	struct work w;
	struct post p;
	str ref;

	in.person.name.v = STR("Vera May Stone");
	d.data_map = write_map(t);
	ref = enter_as(d, &in);
	p = letter_of(t, ref, "receipt");
	CHECK(says(t, p.text, "we look for you by your name and address") &&
			!says(t, p.text, "we need a phone number"),
		"nothing more is asked for: %.*s", STR_ARG(p.text.v));
	CHECK(intake_status(&c, ref, STR("192.0.2.9"), &status, &e) == 1 &&
			!status.is_called_back &&
			str_find(str_of(status.told), STR("Our letter")) > 0,
		"and nobody is told of a call that can't be made: %s",
		status.told);
	CHECK(view_as(d, ref).can_search && view_as(d, ref).can_call,
		"staff may search, or call who sends a number");
	CHECK(!view(t, ref).can_search,
		"not where the data map relies on nothing");
	CHECK(!case_search(&d, ref, STR("A signed letter came."), &ps, &e) &&
			!ps.n && view(t, ref).state == STATE_SEARCHING,
		"the search begins: %s", e.message);
	plan(t, ref);
	w = work_of(t, ref, "crm");
	CHECK(w.is_by_points && !w.emails.n && !w.phone.n &&
			str_eq(w.typed.at[POINT_NAME].v,
				STR("Vera May Stone")) &&
			str_eq(w.typed.at[POINT_STREET].v,
				STR("12 Elm Street")),
		"by what was typed, and nothing else");
	CHECK(who_is_shown(t, ref, 3, "94607"),
		"whoever looks by hand is told more than a name");
	d = desk_as(t, ACTOR_WORKER);
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	CHECK(who_is_shown(t, ref, 3, "94607"), "and then what it led by");
	report_found(t, ref, "leads", 0, NULL);
	CHECK(str_eq(view(t, ref).searched,
		      STR("CRM was searched by name, street and ZIP code.")),
		"the case says by what: %.*s", STR_ARG(view(t, ref).searched));
	CHECK(!approve(t, ref, &e), "%s", e.message);
	CHECK(reasons_of(t, IDENT_NAME_ADDRESS, "Vera|Stone|12 Elm St|94607") &
			REASON_DELETED,
		"and they do not come back by name and address");
}

/* A correction that was denied, of somebody who has nothing but a postal address. */
static str denied_by_post(struct test *t)
{
	static const struct circumstances weighed = {
		{ STR_INIT("An allergy") }, { STR_INIT("From their clinic") },
		{ STR_INIT("Signed by a nurse") }
	};
	struct denial x = { .ground = STR("ACCURATE"),
		.why = STR("It is what the clinic has."),
		.health = { true, STR("Allergies\nWeight") },
		.weighed = weighed };
	struct enter_in in = by_post(KIND_CORRECT);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref;

	in.person.name.v = STR("Hedy Marsh");
	in.person.first.v = STR("Hedy");
	in.person.last.v = STR("Marsh");
	in.person.item.v = STR("My allergy and my weight");
	d.data_map = write_map(t);
	ref = enter_as(d, &in);
	CHECK(!case_search(&d, ref, STR("A signed letter came."), &ps, &e),
		"%s", e.message);
	plan(t, ref);
	report_found(t, ref, "crm", 1, NULL);
	report_found(t, ref, "leads", 0, NULL);
	CHECK(!case_deny(&d, ref, &x, &ps, &e) && !ps.n &&
			!case_answer(&d, ref, STR(""), &ps, &e),
		"%s%s", e.message, ps.n ? ps.at[0].text : "");
	post_on(t, ref, "2026-11-21");
	return ref;
}

/* 11 CCR 7023(f) gives a statement to everybody, and who has no address for a code could
 * not send one: staff enter what came by letter, and who discloses it finds it by name
 * and address. */
static void test_statement_entered(struct test *t)
{
	struct statement_texts texts = { { STR(" I never had that. ") } };
	struct suppress_query id = { .kind = IDENT_NAME_ADDRESS,
		.value = STR("Hedy|Marsh|12 Elm St|94607") };
	struct desk d = staff(t);
	str ref = denied_by_post(t);
	struct problems ps = { 0 };
	struct statement_page page;
	struct statements s;
	struct err e = { 0 };

	CHECK(statement_page(&d, ref, &page, &e) == 1 && page.is_open &&
			!page.can_give,
		"no code can be sent: %s", e.message);
	d.actor.role = STR("auditor");
	CHECK(statement_enter(&d, ref, &texts, &ps, &e) == -1 &&
			e.code == ERR_DENIED,
		"who reads only enters nothing");
	d.actor.role = STR("agent");
	CHECK(!statement_enter(&d, ref,
		      &(struct statement_texts){ { STR("") } }, &ps, &e) &&
			problem_of(&ps, "text.1"),
		"an empty one is none");
	ps.n = 0;
	CHECK(!statement_enter(&d, ref, &texts, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(has_event(t, ref,
		      "Staff entered a statement of 4 words for the requester"),
		"with an entry");
	texts.at[1] = STR("That is what I weigh.");
	texts.at[0] = STR("Another one.");
	CHECK(!statement_enter(&d, ref, &texts, &ps, &e) && !ps.n &&
			statement_page(&d, ref, &page, &e) == 1 &&
			!page.is_open,
		"the second item; what was given stays: %s", e.message);
	CHECK(!statement_enter(&d, ref, &texts, &ps, &e) && ps.n == 1,
		"none is left");
	CHECK(!statements_of(&d, &id, 1, &s, &e) && s.n == 2 &&
			str_eq(s.at[0].about.v, STR("Allergies")) &&
			str_eq(s.at[0].text.v, STR("I never had that.")) &&
			str_eq(s.at[1].text.v, STR("That is what I weigh.")),
		"found by name and address: %s", e.message);
	id.value = STR("Hedy|Marsh|14 Elm St|94607");
	CHECK(!statements_of(&d, &id, 1, &s, &e) && !s.n,
		"a namesake at another address has none");
}

/* A number that nobody confirmed may be somebody else's: whoever looks by it deletes their
 * rows.  A date of birth is there to verify, and goes to nobody (11 CCR 7060(d)). */
static void test_points_and_phone(struct test *t)
{
	struct enter_in in = by_post(KIND_DELETE);
	struct desk d = staff(t);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct found f = { .finding = STR("{}"),
		.rows = 1,
		.searched_by = COMPOSITE_BIT(COMPOSITE_NAME_ZIP),
		.points.matched = POINT_BIT(NAME) | POINT_BIT(ZIP) };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct work w;
	str ref;

	in.person.name.v = STR("Vera June Stone");
	in.person.birth_date.v = STR("1980-02-03");
	in.person.phone.v = STR("510-555-0179");
	d.data_map = worker.data_map = write_map(t);
	ref = enter_as(d, &in);
	CHECK(!case_search(&d, ref, STR("A signed letter came."), &ps, &e) &&
			!ps.n,
		"the search begins: %s", e.message);
	plan(t, ref);
	w = work_of(t, ref, "crm");
	CHECK(w.is_by_points && !w.phone.n, "by points, not by the number");
	CHECK(who_is_shown(t, ref, 3, "94607"),
		"a keeper sees name, street and ZIP code, and nothing else");
	if (fulfil_found(&worker, &w, &f, &e))
		fail("found", &e);
	CHECK(who_is_shown(t, ref, 2, "94607"),
		"after the search only what it looked by: no street");
}

/* With an address the details are compared, and lead nowhere. */
static void test_points_beside(struct test *t)
{
	struct enter_in in = by_post(KIND_DELETE);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref;

	in.person.name.v = STR("Vera Stone");
	in.person.email.v = STR("vera.stone@example.com");
	d.data_map = write_map(t);
	ref = enter_as(d, &in);
	CHECK(!case_search(&d, ref, STR("I know her."), &ps, &e) && !ps.n, "%s",
		e.message);
	plan(t, ref);
	CHECK(!work_of(t, ref, "crm").is_by_points &&
			work_of(t, ref, "crm").emails.n == 1,
		"by the address alone");
	CHECK(who_is_shown(t, ref, 2, "vera.stone@example.com"),
		"and nobody is told where they live");
	in.person.email.v = in.person.street.v = in.person.zip.v = STR("");
	in.postal.city.v = STR("");
	in.person.phone.v = STR("510-555-0178");
	ref = enter_as(d, &in);
	CHECK(!view_as(d, ref).can_search &&
			case_search(&d, ref, STR("I know her."), &ps, &e) ==
				-1 &&
			e.code == ERR_CONFLICT,
		"a name alone is everybody's");
}

/* 11 CCR 7022(h): parts on the phone as well, everything when none is named. */
static void test_parts_entered(struct test *t)
{
	struct enter_in in = by_phone();
	str reference = { 0 };

	in.person.phone.v = STR("510-555-0175");
	in.person.parts = STR("G,B");
	CHECK(!enter(t, &in, &reference) &&
			work_parts(t, reference) ==
				(MAP_CATEGORY_BIT('B') | MAP_CATEGORY_BIT('G')),
		"two kinds");
	in.person.phone.v = STR("510-555-0176");
	in.person.parts = STR("");
	CHECK(!enter(t, &in, &reference) && !work_parts(t, reference),
		"everything");
	in.person.parts = STR("Z");
	CHECK(enter(t, &in, &reference) == 1, "none of the law's");
}

/* A letter that can't be brought: as one that a server refused. */
static void test_failed(struct test *t)
{
	struct enter_in in = by_phone();
	struct desk d = staff(t);
	struct problems ps = { 0 };
	str reference = { 0 };
	struct err e = { 0 };

	in.person.phone.v = STR("510-555-0169");
	CHECK(!enter(t, &in, &reference), "entered");
	post_on(t, reference, "2026-11-21");
	CHECK(!deny(t, reference, "UNVERIFIED", "", &e) &&
			!answer(t, reference, "", &e),
		"denied: %s", e.message);
	CHECK(!tray_failed(&d, in_tray(t, reference).id, &e), "%s", e.message);
	CHECK(!in_tray(t, reference).id && view(t, reference).is_open &&
			view(t, reference).can_close,
		"not lost: the case says so");
	CHECK(!case_undeliverable(
		      &d, reference, STR("Moved, no address."), &ps, &e) &&
			!view(t, reference).is_open,
		"closed with a reason");
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
	test_unconfirmed(&t);
	test_deleted(&t);
	test_by_post_alone(&t);
	test_more_time(&t);
	test_reached(&t);
	test_wants_paper(&t);
	test_taken_back(&t);
	test_not_taken_back(&t);
	test_failed(&t);
	test_chosen(&t);
	test_parts_entered(&t);
	test_points(&t);
	test_statement_entered(&t);
	test_points_and_phone(&t);
	test_points_beside(&t);
	end(&t);
	return CHECK_DONE();
}
