/*
 * A parent or guardian asks to know, delete or correct for a child under 13: row M-01 of
 * docs/law.md (11 CCR 7070(c)).  Nothing is searched, carried out or said before staff
 * have found out that it is one, and nothing at all is written to the child.
 */
#include "cases.h"

#include <sodium.h>
#include <string.h>

#include "desk/limit.h"
#include "desk/parent.h"
#include "desk/parent_ask.h"
#include "desk/parent_form.h"
#include "desk/queue.h"
#include "desk/withdraw.h"
#include "law/reason.h"

static const char scan[] = "%PDF-1.7 signed by hand";

/* Eleven years old on the day of the tests. */
static struct parent_ask asking(enum kind kind, const char *child)
{
	return (struct parent_ask){
		.request = { .kind = kind,
			.channel = CHANNEL_WEB,
			.peer = STR("192.0.2.1"),
			.person = { .email = { str_of(child) },
				.name = { STR("Kim Doe") },
				.zip = { STR("94607") },
				.pieces = STR("specific"),
				.item = { STR("My street") },
				.should_be = { STR("Elm St") } } },
		.born = { { STR("5") }, { STR("1") }, { STR("2015") } },
		.name = { STR("Pat Doe") },
		.email = { STR("pat.doe@example.com") },
		.check = STR("form"),
	};
}

static str ask(struct test *t, const struct parent_ask *in, struct problems *ps)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	str reference = { 0 };
	struct err e = { 0 };

	*ps = (struct problems){ 0 };
	if (parent_ask(&d, in, &reference, ps, &e))
		fail("ask", &e);
	return reference;
}

static str asked(struct test *t, enum kind kind, const char *child)
{
	struct parent_ask in = asking(kind, child);
	struct problems ps;
	str reference = ask(t, &in, &ps);

	CHECK(!ps.n && reference.n == 8, "%s: %s", child,
		ps.n ? ps.at[0].text : "no reference");
	return reference;
}

static int check_parent(struct test *t, str reference, struct err *e)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };

	return parent_check(&d, reference, STR("form"),
		       STR("The form came, signed"), &ps, e) ||
	       ps.n;
}

static bool says(const struct post *p, const char *words)
{
	return str_find(p->text.v, str_of(words)) >= 0;
}

static int64_t letters_to(struct test *t, str reference, const char *address)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_mail_list_rows rows;
	struct err e = { 0 };
	int64_t n = 0;

	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 100 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++) {
		struct post p;

		if (!str_eq(rows.at[i].reference, reference))
			continue;
		if (post_load(&d, rows.at[i].id, &p, &e) != 1)
			fail("letter", &e);
		n += str_eq(p.to.v, str_of(address));
	}
	return n;
}

/* From the asking to the closed case. */
static void test_delete(struct test *t)
{
	str ref = asked(t, KIND_DELETE, "kim.doe@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct case_view v = view(t, ref);
	struct post p = letter_of(t, ref, "receipt");

	CHECK(str_eq(p.to.v, STR("pat.doe@example.com")) &&
			says(&p, "parent or guardian of a child under 13") &&
			says(&p, "Print the form") && !says(&p, "6-digit code"),
		"the parent hears that we got it, and how they are checked");
	CHECK(!letter_of(t, ref, "code").id, "and no code is sent");
	CHECK(reasons_of(t, IDENT_EMAIL, "kim.doe@example.com") & REASON_MINOR,
		"we know the age now: not sold (Civ. Code 1798.120(c))");
	CHECK(v.state == STATE_UNCONFIRMED && v.can_check_parent &&
			!v.can_search && !strcmp(v.next.code, "parent"),
		"the one next step is the check: %s", v.next.code);
	CHECK(case_search(&d, ref, STR("I know them"), &ps, &e) && !ps.n &&
			e.code == ERR_CONFLICT,
		"no written reason stands in for it");
	if (check_parent(t, ref, &e))
		fail("check", &e);
	CHECK(view(t, ref).state == STATE_SEARCHING, "then it is searched");
	if (fulfil_plan(&worker, request_id(t, ref), plan_of_three, 3, &e))
		fail("plan", &e);
	CHECK(work_of(t, ref, "leads").emails.n == 1 &&
			str_eq(work_of(t, ref, "leads").emails.at[0],
				STR("kim.doe@example.com")),
		"by the child's address, not by the parent's");
	report_found(t, ref, "leads", 2, "kim.doe@example.com");
	report_found(t, ref, "crm", 0, "kim.doe@example.com");
	v = view(t, ref);
	CHECK(v.state == STATE_REVIEW && !v.is_unverified && v.can_approve,
		"who asks is known: %s", v.state_title);
	if (approve(t, ref, &e))
		fail("approve", &e);
	CHECK(reasons_of(t, IDENT_EMAIL, "kim.doe@example.com") &
			REASON_DELETED,
		"and it is deleted");
}

/* What is denied goes to the parent as well, and the child hears nothing. */
static void test_letters(struct test *t)
{
	str ref = asked(t, KIND_CORRECT, "quiet@example.com");
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	if (withdraw_send_code(&d, ref, &ps, &e))
		fail("code", &e);
	p = letter_of(t, ref, "code");
	CHECK(str_eq(p.to.v, STR("pat.doe@example.com")) && code_in(&p).n == 6,
		"a code to take it back is the parent's");
	if (deny(t, ref, "EX_HOUSEHOLD", "It is shared by all who live there",
		    &e) ||
		answer(t, ref, "", &e))
		fail("deny", &e);
	CHECK(letters_to(t, ref, "pat.doe@example.com") == 3 &&
			!letters_to(t, ref, "quiet@example.com"),
		"receipt, code and denial");
}

/* From 13 on they ask for themselves. */
static void test_age(struct test *t)
{
	static const struct {
		const char *month, *day, *year;
		bool is_taken;
		const char *why;
	} rows[] = {
		{ "11", "21", "2013", false, "13 today" },
		{ "11", "22", "2013", true, "13 tomorrow" },
		{ "11", "22", "2026", false, "not born yet" },
		{ "2", "30", "2016", false, "no day" },
		{ "", "", "", false, "not said" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct parent_ask in = asking(KIND_DELETE, "age@example.com");
		struct problems ps;

		in.born = (struct born_typed){ { str_of(rows[i].month) },
			{ str_of(rows[i].day) }, { str_of(rows[i].year) } };
		(void)ask(t, &in, &ps);
		CHECK(!ps.n == rows[i].is_taken &&
				(rows[i].is_taken ||
					!strcmp(ps.at[0].field, "month")),
			"%s", rows[i].why);
	}
}

static bool has_problem(const struct problems *ps, const char *field)
{
	return problem_of(ps, field) != NULL;
}

static void test_problems(struct test *t)
{
	struct parent_ask in = asking(KIND_DELETE, "");
	struct problems ps;

	in.name.v = in.email.v = in.check = STR("");
	(void)ask(t, &in, &ps);
	CHECK(ps.n == 4 && has_problem(&ps, "parent_name") &&
			has_problem(&ps, "parent_email") &&
			has_problem(&ps, "check") && has_problem(&ps, "email"),
		"all that is missing is said at once: %zu", ps.n);
	in = asking(KIND_DELETE, "id@example.com");
	in.check = STR("id");
	in.file = STR(scan);
	(void)ask(t, &in, &ps);
	CHECK(ps.n == 1 && has_problem(&ps, "file"),
		"nothing of an identity document is taken");
	in.check = STR("form");
	in.file = STR("MZ a program");
	(void)ask(t, &in, &ps);
	CHECK(ps.n == 1 && has_problem(&ps, "file"), "nor anything else");
}

/* Many children have no email address: the number leads to them, and no text message
 * goes there. */
static void test_phone(struct test *t)
{
	struct parent_ask in = asking(KIND_DELETE, "");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct problems ps;
	struct work w;
	str ref;

	t->config.sms_url = STR("https://sms.example/?to={to}&text={text}");
	in.request.person.phone.v = STR("510-555-0121");
	ref = ask(t, &in, &ps);
	CHECK(!ps.n && ref.n == 8, "taken");
	if (check_parent(t, ref, &e) ||
		fulfil_plan(&worker, request_id(t, ref), plan_of_three, 3, &e))
		fail("check", &e);
	w = work_of(t, ref, "leads");
	CHECK(str_eq(w.phone, STR("510-555-0121")) && !w.emails.n,
		"searched by the number");
	CHECK(!letter_of(t, ref, "code_sms").id, "which gets no message");
	t->config.sms_url = STR("");
}

/* --- the signed form --- */

static int send_form(struct test *t, str reference, str file,
	struct problems *ps, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);

	*ps = (struct problems){ 0 };
	return parent_form_send(&d, reference, file, STR("192.0.2.9"), ps, e);
}

static struct documents forms_of(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct documents all;
	struct err e = { 0 };

	if (parent_forms(&d, reference, &all, &e))
		fail("forms", &e);
	return all;
}

static void test_form(struct test *t)
{
	str ref = asked(t, KIND_DELETE, "form@example.com");
	struct desk d = staff(t);
	struct desk nobody = desk_as(t, ACTOR_STAFF);
	struct problems ps;
	struct err e = { 0 };
	struct documents all;
	str file;

	CHECK(!forms_of(t, ref).n, "none yet");
	CHECK(!send_form(t, ref, STR(""), &ps, &e) && ps.n, "no file");
	CHECK(!send_form(t, ref, STR("<html>"), &ps, &e) && ps.n,
		"another kind of file");
	if (send_form(t, ref, STR(scan), &ps, &e) ||
		send_form(t, ref, STR("%PDF-1.7 a stranger's"), &ps, &e))
		fail("send", &e);
	all = forms_of(t, ref);
	CHECK(all.n == 2 && all.at[0].bytes == (int64_t)sizeof scan - 1,
		"what comes later hides nothing");
	nobody.actor.role = STR("auditor");
	CHECK(parent_form_show(&nobody, ref, all.at[0].id, &file, &e) &&
			e.code == ERR_DENIED,
		"not everybody sees it");
	err_none(&e);
	if (parent_form_show(&d, ref, all.at[0].id, &file, &e))
		fail("show", &e);
	CHECK(str_eq(file, STR(scan)), "it is what came");
	if (check_parent(t, ref, &e))
		fail("check", &e);
	CHECK(send_form(t, ref, STR(scan), &ps, &e) && e.code == ERR_CONFLICT,
		"after the check none is taken");
	err_none(&e);
	if (deny(t, ref, "EX_HOUSEHOLD", "It is shared by all who live there",
		    &e) ||
		answer(t, ref, "", &e))
		fail("deny", &e);
	hand_over(t, ref, "denied");
	CHECK(!view(t, ref).is_open && forms_of(t, ref).at[0].destroyed_at &&
			forms_of(t, ref).at[1].destroyed_at,
		"destroyed with the case (11 CCR 7060(d))");
	CHECK(parent_form_show(&d, ref, all.at[0].id, &file, &e) &&
			e.code == ERR_NOT_FOUND,
		"and nobody sees it any more");
}

static bool has_entry(struct test *t, str reference, const char *words)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.events.n; i++)
		if (str_find(v.events.at[i].title, str_of(words)) >= 0)
			return true;
	return false;
}

static int discard(struct test *t, str reference, int64_t id, const char *role)
{
	struct desk d = staff(t);
	struct err e = { 0 };

	d.actor.role = str_of(role);
	return document_discard(&d, DOCUMENT_PARENT, reference, id, &e)
		       ? (int)e.code
		       : 0;
}

/* A stranger who fills the desk's disk finds a bound; and what they sent must not keep
 * the parent's own form out. */
static void test_form_flood(struct test *t)
{
	str ref = asked(t, KIND_DELETE, "flood@example.com");
	str other = asked(t, KIND_DELETE, "flood.other@example.com");
	struct desk d = staff(t);
	struct problems ps;
	struct err e = { 0 };
	int64_t junk;
	str file;

	for (int i = 0; i < LIMIT_PARENT_FORMS; i++)
		if (send_form(t, ref, STR(scan), &ps, &e))
			fail("send", &e);
	CHECK(send_form(t, ref, STR(scan), &ps, &e) && e.code == ERR_TOO_MANY,
		"%d, and no more", LIMIT_PARENT_FORMS);
	junk = forms_of(t, ref).at[0].id;
	CHECK(discard(t, ref, junk, "agent") == ERR_DENIED &&
			discard(t, ref, junk, "auditor") == ERR_DENIED,
		"who decides about the case discards");
	CHECK(discard(t, other, junk, "officer") == ERR_NOT_FOUND,
		"of this request alone");
	CHECK(!discard(t, ref, junk, "officer") &&
			forms_of(t, ref).at[0].destroyed_at ==
				t->clock.fixed_ms,
		"discarded, and when stays");
	CHECK(discard(t, ref, junk, "officer") == ERR_NOT_FOUND, "once");
	CHECK(parent_form_show(&d, ref, junk, &file, &e) &&
			e.code == ERR_NOT_FOUND,
		"nobody sees it any more");
	CHECK(!send_form(t, ref, STR(scan), &ps, &e) && !ps.n,
		"its place is free: %s", e.message);
	CHECK(has_entry(t, ref, "discarded a document"), "with an entry");
}

/* With the request, and by a method that has no form. */
static void test_form_at_once(struct test *t)
{
	struct parent_ask in = asking(KIND_KNOW_SPECIFIC, "now@example.com");
	struct problems ps;
	struct err e = { 0 };
	str ref;

	in.file = STR(scan);
	ref = ask(t, &in, &ps);
	CHECK(!ps.n && forms_of(t, ref).n == 1, "it came with it");
	in = asking(KIND_DELETE, "call@example.com");
	in.check = STR("in-person");
	ref = ask(t, &in, &ps);
	CHECK(send_form(t, ref, STR(scan), &ps, &e) && e.code == ERR_CONFLICT,
		"who comes in person sends no form");
}

/* --- beside others --- */

/* A parent without an email address: letters on paper, none of them to the child. */
static void test_parent_on_paper(struct test *t)
{
	struct parent_ask in = asking(KIND_DELETE, "");
	struct problems ps;
	struct err e = { 0 };
	struct post p;
	str ref;

	in.request.person.phone.v = STR("510-555-0129");
	in.email.v = STR("");
	in.postal.v = STR("Pat Doe\r\n 3 Bay St\r\nOakland, CA");
	ref = ask(t, &in, &ps);
	CHECK(!ref.n && ps.n == 1 && !strcmp(ps.at[0].field, "parent_postal"),
		"without a ZIP code no letter arrives");
	in.postal.v = STR("Pat Doe\r\n 3 Bay St\r\nOakland, CA 94607");
	ref = ask(t, &in, &ps);
	CHECK(!ps.n && ref.n == 8, "%s", ps.n ? ps.at[0].text : "taken");
	p = letter_of(t, ref, "receipt");
	CHECK(p.is_paper && !p.to.v.n &&
			str_eq(p.postal.v, STR("Pat Doe\n3 Bay St\n"
					       "Oakland, CA 94607")) &&
			says(&p, "parent or guardian of a child under 13"),
		"to the parent: %.*s", STR_ARG(p.postal.v));
	CHECK(!letter_of(t, ref, "code").id && view(t, ref).can_check_parent &&
			!view(t, ref).can_call,
		"no code and no call: the parent is checked");
	if (check_parent(t, ref, &e))
		fail("check", &e);
	CHECK(!deny(t, ref, "UNVERIFIED", "", &e) && !answer(t, ref, "", &e) &&
			letter_of(t, ref, "denied_unverified").is_paper,
		"the answer goes there as well: %s", e.message);
}

/* The child's own code can't open what a parent asked. */
static void test_not_joined(struct test *t)
{
	str ref = asked(t, KIND_DELETE, "both@example.com");
	struct sent own = send_delete(t, "both@example.com");
	struct post p = letter_of(t, own.reference, "code");
	struct problems ps = { 0 };

	CHECK(confirm(t, own.reference, code_in(&p), &ps), "their own");
	CHECK(view(t, ref).state == STATE_UNCONFIRMED &&
			view(t, own.reference).is_open,
		"each stands for itself");
}

/* By phone, days ago: the clock runs from that day (11 CCR 7020(e), 7021(b)). */
static void test_entered(struct test *t)
{
	struct parent_ask in = asking(KIND_DELETE, "phoned@example.com");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str ref = { 0 };

	in.request.channel = CHANNEL_PHONE;
	in.request.received_on = STR("2026-11-19");
	in.check = STR("call");
	if (parent_ask_entered(&d, &in, &ref, &ps, &e) || ps.n)
		fail("enter", &e);
	CHECK(date_cmp(view(t, ref).received_on,
		      (struct date){ 2026, 11, 19 }) == 0,
		"its day");
	d.actor.role = STR("auditor");
	CHECK(parent_ask_entered(&d, &in, &ref, &ps, &e) &&
			e.code == ERR_DENIED,
		"not by everybody");
}

/* All that this business has established. */
static void offer(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("parent_checks"), STR("form call in-person id"),
		    &e) ||
		setting_put(&d, STR("phone"), STR("(800) 555-0123"), &e))
		fail("settings", &e);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "parent", fresh_server(argc, argv));
	set_contact(&t);
	offer(&t);
	test_delete(&t);
	test_letters(&t);
	test_age(&t);
	test_problems(&t);
	test_phone(&t);
	test_parent_on_paper(&t);
	test_form(&t);
	test_form_flood(&t);
	test_form_at_once(&t);
	test_not_joined(&t);
	test_entered(&t);
	end(&t);
	return CHECK_DONE();
}
