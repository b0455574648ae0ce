/*
 * Opting minors in: rows M-01, M-02 and M-04 of docs/law.md.  Whatever is said of an
 * age, nothing is sold before the second act, and the second act is that of somebody
 * who is 13, or who was found to be the parent.
 */
#include "act.h"
#include "check.h"

#include <sodium.h>

#include "desk/ask_again.h"
#include "desk/child.h"
#include "desk/limit.h"
#include "desk/optin.h"
#include "desk/optin_minor.h"
#include "desk/parent.h"
#include "desk/purge.h"
#include "desk/stop.h"
#include "law/reason.h"

static struct born_typed born(
	const char *month, const char *day, const char *year)
{
	return (struct born_typed){ { str_of(month) }, { str_of(day) },
		{ str_of(year) } };
}

static struct optin_minor_in asked_by(bool is_parent, const char *id)
{
	return (struct optin_minor_in){
		.is_parent = is_parent,
		.id = { str_of(is_parent ? id : "") },
		.email = { str_of(is_parent ? "parent@example.com" : id) },
		.name = { STR("Pat Doe") },
		.check = STR("form"),
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1"),
	};
}

static struct optin_minor_out ask(struct test *t, struct optin_minor_in in,
	struct born_typed b, struct problems *ps)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct optin_minor_out out;
	struct err e = { 0 };

	in.born = b;
	in.nonce = optin_nonce(&d);
	if (optin_minor_ask(&d, &in, &out, ps, &e))
		fail("ask", &e);
	return out;
}

/* Eleven years old on the day of the tests. */
static str ask_parent(struct test *t, const char *id)
{
	struct problems ps = { 0 };
	struct optin_minor_out out =
		ask(t, asked_by(true, id), born("5", "1", "2015"), &ps);

	CHECK(!ps.n && out.age == MINOR_UNDER_13 && out.reference.n == 8, "%s",
		id);
	return out.reference;
}

static str ask_teen(struct test *t, const char *email)
{
	struct problems ps = { 0 };
	struct optin_minor_out out =
		ask(t, asked_by(false, email), born("02", "29", "2012"), &ps);

	CHECK(!ps.n && out.age == MINOR_TEEN && out.reference.n == 8, "%s",
		email);
	return out.reference;
}

static int check_parent(struct test *t, str reference, const char *method,
	const char *saw, struct problems *ps, struct err *e)
{
	struct desk d = staff(t);

	return parent_check(&d, reference, str_of(method), str_of(saw), ps, e);
}

static void checked(struct test *t, str reference)
{
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (check_parent(t, reference, "form", "A signed form came by mail",
		    &ps, &e) ||
		ps.n)
		fail("check of the parent", &e);
}

/* The secret in the letter's link. */
static str second_secret(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "opt_in_minor");
	ptrdiff_t at = str_find(p.text.v, STR("/opt-in/confirm/"));
	str rest = str_from(p.text.v, at < 0 ? 0 : (size_t)at + 16);
	size_t n = 0;

	CHECK(at > 0, "the letter has a link");
	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

static int decide(struct test *t, str token, bool allows, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);

	return optin_decide(&d, token, allows, e);
}

static struct parent look(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct parent p;
	struct err e = { 0 };

	if (parent_look(&d, reference, &p, &e) < 0)
		fail("parent", &e);
	return p;
}

static struct child found_born(
	struct test *t, const char *email, struct date born_on)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query *q = arena_many(t->a, struct suppress_query, 1);
	struct child c = { .born_on = born_on };
	struct err e = { 0 };

	*q = (struct suppress_query){ .kind = IDENT_EMAIL,
		.value = str_of(email) };
	c.of.at = q;
	c.of.n = 1;
	if (child_found(&d, &c, &e))
		fail("child", &e);
	return c;
}

static struct child found(struct test *t, const char *email, int year)
{
	return found_born(t, email, (struct date){ year, 5, 1 });
}

/* --- under 13 --- */

static void test_parent(struct test *t)
{
	struct err e = { 0 };
	str ref;
	str token;

	found(t, "kit@example.com", 2015);
	ref = ask_parent(t, " Kit@example.com");
	CHECK(view(t, ref).state == STATE_CHECKING &&
			!letter_of(t, ref, "opt_in_minor").id,
		"M-01: nobody can confirm before the parent was checked");
	CHECK(look(t, ref).asks && !look(t, ref).is_checked &&
			look(t, ref).wanted == PARENT_CHECK_FORM,
		"the method that the parent chose");
	checked(t, ref);
	CHECK(str_eq(letter_of(t, ref, "opt_in_minor").to.v,
		      STR("parent@example.com")),
		"the letter goes to the parent, not to the child");
	CHECK(reasons_of(t, IDENT_EMAIL, "kit@example.com") == REASON_MINOR,
		"the check alone changes nothing");
	token = second_secret(t, ref);
	CHECK(!decide(t, token, true, &e), "%s", e.message);
	CHECK(!reasons_of(t, IDENT_EMAIL, "kit@example.com"),
		"the parent's second act allows it");
	CHECK(!reasons_of(t, IDENT_EMAIL, "parent@example.com"),
		"and the parent's own address is in nobody's list");
	CHECK(str_eq(view(t, ref).outcome, STR("Complied in whole")), "%.*s",
		STR_ARG(view(t, ref).outcome));
}

static void test_stays_allowed(struct test *t)
{
	struct problems ps = { 0 };
	struct stop_out out;
	struct err e = { 0 };
	struct stop_in in = { .kind = KIND_OPT_OUT,
		.identifier = { STR("bo@example.com") },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	str ref = ask_parent(t, "bo@example.com");
	struct child c;

	checked(t, ref);
	CHECK(!decide(t, second_secret(t, ref), true, &e), "%s", e.message);
	c = found(t, "bo@example.com", 2015);
	CHECK(!c.is_new && !reasons_of(t, IDENT_EMAIL, "bo@example.com"),
		"told once more how old the child is: it stays allowed");
	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-out", &e);
	CHECK(reasons_of(t, IDENT_EMAIL, "bo@example.com") == REASON_OPT_OUT,
		"7070(b): and can be taken back at any time, by one act");
}

static void test_unchecked(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };
	int64_t n;
	str ref = ask_parent(t, "dee@example.com");

	CHECK(reasons_of(t, IDENT_EMAIL, "dee@example.com") == REASON_MINOR,
		"the age was told: not sold from then on");
	t->clock.fixed_ms += LIMIT_CHILD_OPT_IN_DAYS * 86400000LL + 1;
	while (!optin_lapse(&d, &n, &e) && n)
		;
	CHECK(str_eq(view(t, ref).outcome, STR("Never confirmed")) &&
			reasons_of(t, IDENT_EMAIL, "dee@example.com") ==
				REASON_MINOR,
		"never checked: it lapses, and nothing was released");
	t->clock.fixed_ms = now;
}

static void test_method(struct test *t)
{
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = ask_parent(t, "lou@example.com");

	CHECK(!check_parent(t, ref, "selfie", "A picture", &ps, &e) &&
			problem_of(&ps, "check"),
		"a method that the law does not name");
	ps = (struct problems){ 0 };
	CHECK(!check_parent(t, ref, "video", "A call", &ps, &e) &&
			problem_of(&ps, "check"),
		"nor one that the business has not established");
	ps = (struct problems){ 0 };
	CHECK(!check_parent(t, ref, "form", "", &ps, &e) &&
			problem_of(&ps, "saw"),
		"what was shown is written down");
	ps = (struct problems){ 0 };
	CHECK(!look(t, ref).is_checked && view(t, ref).state == STATE_CHECKING,
		"and nothing came of these");
	checked(t, ref);
	CHECK(check_parent(t, ref, "form", "Again", &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"it is found out once");
}

/* V: what was shown to verify serves nothing else, and is gone with the case. */
static void test_wiped(struct test *t)
{
	struct err e = { 0 };
	str ref = ask_parent(t, "max@example.com");
	struct case_view v;
	bool was_wiped = false;

	checked(t, ref);
	CHECK(str_eq(look(t, ref).saw.v, STR("A signed form came by mail")),
		"kept while the case is open");
	CHECK(!decide(t, second_secret(t, ref), true, &e), "%s", e.message);
	CHECK(!look(t, ref).saw.v.n && look(t, ref).is_checked &&
			look(t, ref).check == PARENT_CHECK_FORM,
		"closed: what was shown is destroyed, the method is known");
	v = view(t, ref);
	for (size_t i = 0; i < v.events.n; i++)
		was_wiped |= str_find(v.events.at[i].title,
				     STR("was destroyed")) > 0;
	CHECK(was_wiped, "and the trail says that it was");
}

static void test_document(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = ask_parent(t, "ivy@example.com");

	if (setting_put(&d, STR("parent_checks"), STR("id in-person"), &e))
		fail("setting", &e);
	CHECK(!check_parent(t, ref, "id", "License Y1234567", &ps, &e) &&
			problem_of(&ps, "saw"),
		"nothing of an identity document can be kept (7070(a)(2))");
	ps = (struct problems){ 0 };
	CHECK(!check_parent(t, ref, "id", "", &ps, &e) && !ps.n &&
			look(t, ref).is_checked && !look(t, ref).saw.v.n,
		"only that it was checked: %s", e.message);
	if (setting_put(&d, STR("parent_checks"), STR("form call"), &e))
		fail("setting", &e);
}

static void test_offered(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct parent_checks c;
	struct err e = { 0 };

	if (setting_put(&d, STR("phone"), STR(""), &e) ||
		parent_checks_offered(&d, &c, &e))
		fail("offered", &e);
	CHECK(c.n == 1 && c.at[0] == PARENT_CHECK_FORM,
		"without a toll-free number nobody can call it");
	if (setting_put(&d, STR("phone"), STR("800-555-0142"), &e) ||
		parent_checks_offered(&d, &c, &e))
		fail("offered", &e);
	CHECK(c.n == 2 && c.at[1] == PARENT_CHECK_CALL, "%zu", c.n);
}

static void test_waiting(struct test *t)
{
	struct desk d = staff(t);
	struct parents all;
	struct err e = { 0 };
	int64_t before;
	int64_t n;
	str ref;

	if (parents_count(&d, &before, &e))
		fail("count", &e);
	ref = ask_parent(t, "roo@example.com");
	if (parents_count(&d, &n, &e) || parents_waiting(&d, &all, &e))
		fail("list", &e);
	CHECK(n == before + 1 && all.n == (size_t)n &&
			all.at[all.n - 1].kind == KIND_OPT_IN_MINOR &&
			str_find(all.at[all.n - 1].reference,
				str_head(ref, 4)) == 0,
		"staff see whose parent is not checked");
	checked(t, ref);
	if (parents_count(&d, &n, &e))
		fail("count", &e);
	CHECK(n == before, "and no more when it is");
}

/* --- 13 to 15 --- */

static void test_teen(struct test *t)
{
	struct err e = { 0 };
	str ref = ask_teen(t, "sky@example.com");
	str token;

	CHECK(view(t, ref).state == STATE_ASKED && !look(t, ref).asks,
		"M-02: their own choice, nobody is checked");
	CHECK(reasons_of(t, IDENT_EMAIL, "sky@example.com") == REASON_MINOR,
		"not sold by default, and one act changes nothing (7071)");
	token = second_secret(t, ref);
	CHECK(!decide(t, token, true, &e) &&
			!reasons_of(t, IDENT_EMAIL, "sky@example.com"),
		"two do");
	found(t, "sky@example.com", 2012);
	CHECK(!reasons_of(t, IDENT_EMAIL, "sky@example.com"),
		"still 14: it stays allowed");
	found(t, "sky@example.com", 2015);
	CHECK(reasons_of(t, IDENT_EMAIL, "sky@example.com") == REASON_MINOR,
		"under 13 after all: it was not theirs to allow");
}

static void test_too_young(struct test *t)
{
	struct problems ps = { 0 };
	struct optin_minor_out out = ask(t, asked_by(false, "jo@example.com"),
		born("5", "1", "2015"), &ps);

	CHECK(!ps.n && out.age == MINOR_UNDER_13 && !out.reference.n,
		"under 13 nobody decides for themselves");
	CHECK(reasons_of(t, IDENT_EMAIL, "jo@example.com") == REASON_MINOR,
		"and what was said is known");
}

/* Known as a child by then: what is typed on the page does not make them older. */
static void test_known_child(struct test *t)
{
	struct err e = { 0 };
	str ref;

	found(t, "ace@example.com", 2016);
	ref = ask_teen(t, "ace@example.com");
	CHECK(decide(t, second_secret(t, ref), true, &e) == -1 &&
			e.code == ERR_DENIED &&
			reasons_of(t, IDENT_EMAIL, "ace@example.com") ==
				REASON_MINOR,
		"a child who says 14: %s", e.message);
}

static void test_grown(struct test *t)
{
	struct problems ps = { 0 };
	struct optin_minor_out out = ask(t, asked_by(false, "al@example.com"),
		born("5", "1", "1990"), &ps);

	CHECK(!ps.n && out.age == MINOR_GROWN && !out.reference.n &&
			!reasons_of(t, IDENT_EMAIL, "al@example.com"),
		"16 and over: that is no opt-in of a minor");
	out = ask(t, asked_by(true, "teen@example.com"),
		born("2", "28", "2012"), &ps);
	CHECK(out.age == MINOR_TEEN && !out.reference.n,
		"from 13 on a parent does not decide");
}

static void test_refused(struct test *t)
{
	struct err e = { 0 };
	str ref = ask_teen(t, "ned@example.com");
	struct sql_minor_of_row row;
	uint8_t key[IDENT_KEY_SIZE];

	CHECK(!decide(t, second_secret(t, ref), false, &e), "%s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "ned@example.com") == REASON_MINOR &&
			str_eq(view(t, ref).outcome, STR("Withdrawn")),
		"a no is a no");
	must(!ident_key_of(suppress_keyring(t->suppress), IDENT_EMAIL,
		STR("ned@example.com"), key));
	CHECK(sql_minor_of(t->db, t->a,
		      &(struct sql_minor_of_in){
			      { (const char *)key, sizeof key } },
		      &row, &e) == 1 &&
			str_eq(row.ask_from, STR("2027-11-22")) &&
			str_eq(row.choice, STR("no")),
		"M-04: not asked again for 12 months, or until 16: %.*s",
		STR_ARG(row.ask_from));
}

/* Whoever might ask again is told from which day on: staff on any case of theirs, the
 * page of the request, and a program that says the age once more. */
/* Who once allowed it and says no the next time has taken it back (11 CCR 7070(b)). */
static void test_refused_after_all(struct test *t)
{
	struct err e = { 0 };
	str ref = ask_teen(t, "wim@example.com");

	CHECK(!decide(t, second_secret(t, ref), true, &e), "%s", e.message);
	CHECK(!reasons_of(t, IDENT_EMAIL, "wim@example.com"), "allowed");
	ref = ask_teen(t, "wim@example.com");
	CHECK(!reasons_of(t, IDENT_EMAIL, "wim@example.com"),
		"being asked again changes nothing");
	CHECK(!decide(t, second_secret(t, ref), false, &e), "%s", e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "wim@example.com") == REASON_MINOR,
		"not sold any more: %x",
		reasons_of(t, IDENT_EMAIL, "wim@example.com"));
	found(t, "wim@example.com", 2012);
	CHECK(reasons_of(t, IDENT_EMAIL, "wim@example.com") == REASON_MINOR,
		"and told once more how old they are, it stays so");
}

static void opt_out(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = KIND_OPT_OUT,
		.identifier = { str_of(email) },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out;
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-out", &e);
}

/* Asks by the page for everybody: the secret of the second act. */
static str ask_back(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct optin_in in = { .kind = KIND_OPT_IN,
		.email = { str_of(email) },
		.nonce = optin_nonce(&d),
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct optin_out out;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;
	ptrdiff_t at;
	str rest;
	size_t n = 0;

	if (optin_ask(&d, &in, &out, &ps, &e) || ps.n)
		fail("opt-in", &e);
	p = letter_of(t, out.reference, "opt_in");
	at = str_find(p.text.v, STR("/opt-in/confirm/"));
	CHECK(at > 0 && str_find(p.text.v, STR("opt out again at any time")) >
				0,
		"the link, and 7071(b): how to get out again");
	rest = str_from(p.text.v, at < 0 ? 0 : (size_t)at + 16);
	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

/* 7070(a): a parent allowed it, and took it back; the child's own yes is none. */
static void test_child_opts_in_again(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	const char *email = "kid7@example.com";
	struct err e = { 0 };
	struct optin o;
	str ref = ask_parent(t, email);
	str token;

	checked(t, ref);
	CHECK(!decide(t, second_secret(t, ref), true, &e), "%s", e.message);
	opt_out(t, email);
	token = ask_back(t, email);
	CHECK(optin_open(&d, token, &o, &e) == 1 && o.needs_parent,
		"the page sends them to a parent");
	CHECK(decide(t, token, true, &e) == -1 && e.code == ERR_DENIED &&
			reasons_of(t, IDENT_EMAIL, email) == REASON_OPT_OUT,
		"and no yes of theirs releases: %s", e.message);
	ref = ask_parent(t, email);
	checked(t, ref);
	e = (struct err){ 0 };
	CHECK(!decide(t, second_secret(t, ref), true, &e) &&
			!reasons_of(t, IDENT_EMAIL, email),
		"the parent's way does");
}

/* 7071: two acts of a teenager are enough, on whichever page. */
static void test_teen_opts_in_again(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	const char *email = "fay@example.com";
	struct err e = { 0 };
	struct optin o;
	str token;

	found(t, email, 2012);
	opt_out(t, email);
	token = ask_back(t, email);
	CHECK(optin_open(&d, token, &o, &e) == 1 && !o.needs_parent,
		"their own choice");
	CHECK(reasons_of(t, IDENT_EMAIL, email) ==
			(REASON_OPT_OUT | REASON_MINOR),
		"one act changes nothing");
	CHECK(!decide(t, token, true, &e) && !reasons_of(t, IDENT_EMAIL, email),
		"what they are told is what holds: %s", e.message);
	found(t, email, 2012);
	CHECK(!reasons_of(t, IDENT_EMAIL, email), "and it is remembered");
}

static void test_ask_again(struct test *t)
{
	static const struct date from = { 2027, 11, 22 };
	str ref = ask_teen(t, "not.again@example.com");
	str other = ask_teen(t, "not.again@example.com");
	struct desk d = staff(t);
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };
	struct date day;
	struct status s;

	CHECK(!case_ask_again(&d, ref, &day, &e) && date_is_none(day),
		"nobody has refused yet");
	CHECK(!decide(t, second_secret(t, ref), false, &e), "%s", e.message);
	CHECK(!case_ask_again(&d, ref, &day, &e) && !date_cmp(day, from) &&
			!case_ask_again(&d, other, &day, &e) &&
			!date_cmp(day, from),
		"on every case of theirs");
	CHECK(intake_status(&d, ref, STR("192.0.2.1"), &s, &e) == 1 &&
			!date_cmp(s.ask_from, from),
		"on the page of the request");
	CHECK(!date_cmp(found(t, "not.again@example.com", 2012).ask_from, from),
		"and to programs");
	CHECK(date_is_none(found(t, "never.asked@example.com", 2012).ask_from),
		"who was never asked may be");
	t->clock.fixed_ms = pacific_midnight_ms(from) - 1;
	CHECK(!case_ask_again(&d, ref, &day, &e) && !date_cmp(day, from),
		"until the last moment of the day before");
	t->clock.fixed_ms = pacific_midnight_ms(from);
	CHECK(!case_ask_again(&d, ref, &day, &e) && date_is_none(day),
		"and no longer");
	t->clock.fixed_ms = now;
}

static void build(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n;

	if (suppress_build(&d, path(t, "index.tyx"), &n, &e))
		fail("build", &e);
}

/* The birthday begins at midnight in California, in summer time and out of it; who was
 * born on February 29 is 16 in a leap year again. */
static void test_birthdays(struct test *t)
{
	static const struct {
		const char *why;
		struct date born_on, until;
		const char *utc; /* the first moment of that day */
	} rows[] = {
		{ "born in a leap year, 16 in one", { 2012, 2, 29 },
			{ 2028, 2, 29 }, "2028-02-29T08:00:00Z" },
		{ "on the day when summer time begins", { 2011, 3, 14 },
			{ 2027, 3, 14 }, "2027-03-14T08:00:00Z" },
		{ "on the day after", { 2011, 3, 15 }, { 2027, 3, 15 },
			"2027-03-15T07:00:00Z" },
		{ "on the day when it ends", { 2011, 11, 7 }, { 2027, 11, 7 },
			"2027-11-07T07:00:00Z" },
		{ "on the last day of a year", { 2010, 12, 31 },
			{ 2026, 12, 31 }, "2026-12-31T08:00:00Z" },
	};
	struct desk worker = desk_as(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		str who = arena_fmt(t->a, "born.%zu@example.com", i);
		const char *email = arena_cstr(t->a, who);
		int64_t first, n;

		t->clock.fixed_ms = now;
		CHECK(!date_cmp(found_born(t, email, rows[i].born_on).until,
			      rows[i].until),
			"%s: the day", rows[i].why);
		must(instant_parse(str_of(rows[i].utc), &first));
		CHECK(pacific_midnight_ms(rows[i].until) == first,
			"%s: midnight in California", rows[i].why);
		build(t);
		t->clock.fixed_ms = first - 1;
		CHECK(!suppress_lapse(&worker, &n, &e) &&
				reasons_of(t, IDENT_EMAIL, email) ==
					REASON_MINOR,
			"%s: not sold a millisecond before", rows[i].why);
		t->clock.fixed_ms = first;
		CHECK(!suppress_lapse(&worker, &n, &e) &&
				!reasons_of(t, IDENT_EMAIL, email),
			"%s: released with the day, though the index file is "
			"older",
			rows[i].why);
		build(t);
		CHECK(!reasons_of(t, IDENT_EMAIL, email),
			"%s: nor in a new one", rows[i].why);
	}
	t->clock.fixed_ms = now;
}

/* --- what is typed --- */

static void test_problems(struct test *t)
{
	static const struct {
		const char *why;
		const char *month, *day, *year;
	} bad[] = {
		{ "nothing typed", "", "", "" },
		{ "no such day", "2", "30", "2012" },
		{ "two digits of a year", "2", "3", "12" },
		{ "words", "May", "3", "2012" },
		{ "tomorrow", "11", "22", "2026" },
		{ "longer ago than anybody lives", "1", "1", "1890" },
	};
	struct optin_minor_in in = asked_by(true, "");
	struct problems ps = { 0 };

	for (size_t i = 0; i < COUNTOF(bad); i++) {
		ps = (struct problems){ 0 };
		(void)ask(t, asked_by(false, "z@example.com"),
			born(bad[i].month, bad[i].day, bad[i].year), &ps);
		CHECK(problem_of(&ps, "month"), "%s", bad[i].why);
	}
	in.name.v = in.email.v = in.check = STR("");
	ps = (struct problems){ 0 };
	(void)ask(t, in, born("5", "1", "2015"), &ps);
	CHECK(problem_of(&ps, "id") && problem_of(&ps, "name") &&
			problem_of(&ps, "email") && problem_of(&ps, "check") &&
			!problem_of(&ps, "month"),
		"%zu problems", ps.n);
}

/* On the 16th birthday nothing is left but what was allowed or not by then. */
static void test_sixteen(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms;
	struct child c = found(t, "uma@example.com", 2011);
	struct sql_minor_of_row row;
	struct err e = { 0 };
	struct sql_minor_of_in key = { { (const char *)c.of.key,
		IDENT_KEY_SIZE } };
	int64_t n;

	CHECK(sql_minor_of(t->db, t->a, &key, &row, &e) == 1 &&
			str_eq(row.sixteen_on, STR("2027-05-01")),
		"the day is known");
	t->clock.fixed_ms = pacific_midnight_ms(c.until) - 1;
	CHECK(!purge_run(&d, &e) &&
			sql_minor_of(t->db, t->a, &key, &row, &e) == 1,
		"the evening before");
	t->clock.fixed_ms = pacific_midnight_ms(c.until);
	CHECK(!purge_run(&d, &e) &&
			!sql_minor_of(t->db, t->a, &key, &row, &e) &&
			!suppress_lapse(&d, &n, &e) &&
			!reasons_of(t, IDENT_EMAIL, "uma@example.com"),
		"the birthday: no minor, and none is remembered");
	t->clock.fixed_ms = now;
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "minor", fresh_server(argc, argv));
	set_contact(&t);
	test_offered(&t);
	test_parent(&t);
	test_stays_allowed(&t);
	test_unchecked(&t);
	test_method(&t);
	test_wiped(&t);
	test_document(&t);
	test_waiting(&t);
	test_teen(&t);
	test_too_young(&t);
	test_known_child(&t);
	test_grown(&t);
	test_refused(&t);
	test_refused_after_all(&t);
	test_child_opts_in_again(&t);
	test_teen_opts_in_again(&t);
	test_ask_again(&t);
	test_problems(&t);
	test_sixteen(&t);
	test_birthdays(&t);
	end(&t);
	return CHECK_DONE();
}
