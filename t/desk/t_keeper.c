/*
 * Systems that a person looks in: asked by letter, waited for, answered on a page
 * without an account; never called searched or erased before they said so.
 */
#include "cases.h"

#include <sodium.h>
#include <string.h>

#include "base/file.h"
#include "desk/correct.h"
#include "desk/hold.h"
#include "desk/keeper.h"
#include "desk/limit.h"
#include "desk/package.h"
#include "job/job.h"
#include "t/unzip.h"

enum { DAY_MS = 86400000, FILES_MAX = 16 };

static const char data_map[] =
	"version: 1\nsystems:\n"
	"  - name: leads\n    title: Lead exchange\n    connector: sqlite\n"
	"    database: leads.db\n    tables:\n"
	"      - name: person\n        holds: People\n        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"        erase: delete\n"
	"  - name: paper\n    title: Paper archive\n    connector: person\n"
	"    database: archive@lakeshore.example\n    days: 12\n"
	"    hand_over: [ cellar@lakeshore.example ]\n    tables:\n"
	"      - { name: leases, holds: Leases, category: A, erase: delete,\n"
	"          look_for: \"Green folders, by last name.\" }\n"
	"      - { name: bills, holds: Bills, erase: keep, exception: DX8,\n"
	"          purpose: Tax records }\n";

static const char finding[] =
	"{\"version\":1,\"system\":\"leads\",\"tables\":[{\"name\":\"person\","
	"\"key\":\"id\",\"columns\":[\"email\",\"id\"],\"rows\":["
	"{\"path\":\"person.email\",\"shared\":false,"
	"\"cells\":[\"x@x.example\",7]}]}],\"idents\":[]}";

static const struct plan_row plan_of_two[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	{ true, STR_INIT("paper"), STR_INIT("Paper archive") },
};

static struct desk desk_of(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "map.yaml");
	return d;
}

static bool has(str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

/* --- the worker --- */

static void run_job(struct test *t, job_fn *fn, int64_t task_id)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct job j = { .desk = &d, .subject_id = task_id };
	struct err e = { 0 };

	CHECK(fn(&j, &e) == JOB_DONE, "job: %s", e.message);
}

static const struct case_task *paper_of(const struct case_view *v)
{
	for (size_t i = 0; i < v->tasks.n; i++)
		if (str_eq(v->tasks.at[i].name, STR("paper")))
			return &v->tasks.at[i];
	must(!"the task is there");
	return NULL;
}

static struct case_view case_of(struct test *t, str reference, bool is_revealed)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct case_view v;
	struct err e = { 0 };

	if (case_load(&d, reference, is_revealed, &v, &e) != 1)
		fail("case", &e);
	return v;
}

static int64_t task_of(struct test *t, str reference)
{
	struct case_view v = case_of(t, reference, false);

	return paper_of(&v)->id;
}

static void leads_found(struct test *t, str reference, const char *email)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "leads");
	str list[1] = { str_of(email) };
	struct found f = { .finding = STR(finding),
		.rows = 1,
		.points.matched =
			POINT_BIT(EMAIL) | POINT_BIT(ZIP) | POINT_BIT(PHONE) };
	struct err e = { 0 };

	f.emails.at = list;
	f.emails.n = email ? 1 : 0;
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
}

/* --- their letters --- */

static size_t letters(struct test *t, str reference, struct post *newest)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct sql_mail_list_rows rows;
	struct err e = { 0 };
	struct post p;
	size_t n = 0;

	*newest = (struct post){ .id = 0 };
	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 100 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++) {
		if (!str_eq(rows.at[i].reference, reference) ||
			!str_eq(rows.at[i].template, STR("keeper_task")))
			continue;
		n++;
		if (post_load(&d, rows.at[i].id, &p, &e) != 1)
			fail("letter", &e);
		if (p.id > newest->id)
			*newest = p;
	}
	return n;
}

static str token_in(const struct post *p)
{
	ptrdiff_t at = str_find(p->text.v, STR("/t/"));
	str token, rest;

	must(at >= 0);
	str_cut(str_from(p->text.v, (size_t)at + 3), '\n', &token, &rest);
	return token;
}

static str newest_token(struct test *t, str reference)
{
	struct post p;

	CHECK(letters(t, reference, &p) > 0, "a letter went out");
	return token_in(&p);
}

static struct keeper_page open_page(struct test *t, str token)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct keeper_page p;
	struct err e = { 0 };

	if (keeper_open(&d, token, &p, &e) != 1)
		fail("page", &e);
	return p;
}

static size_t reply(
	struct test *t, str token, struct keeper_reply *r, const char *field)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (keeper_reply(&d, token, r, &ps, &e))
		fail("reply", &e);
	CHECK(!field == !ps.n, "%s", ps.n ? ps.at[0].text : "no problem");
	if (field && ps.n)
		CHECK(!strcmp(ps.at[0].field, field), "%s", ps.at[0].field);
	return ps.n;
}

static size_t looked(
	struct test *t, str token, const char *leases, const char *field)
{
	str lines[2] = { str_of(leases), STR("") };
	struct keeper_reply r = { .seen = open_page(t, token).seen,
		.is_nothing = !leases,
		.lines = lines,
		.lines_n = 2 };

	return reply(t, token, &r, field);
}

/* --- requests --- */

static struct sent planned(struct test *t, struct sent s)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct post p = letter_of(t, s.reference, "code");
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_two, 2, &e))
		fail("plan", &e);
	run_job(t, job_find, task_of(t, s.reference));
	return s;
}

static struct sent asked(struct test *t, const char *email)
{
	return planned(t, send_delete(t, email));
}

static struct sent sent_to_know(struct test *t, const char *email)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_KNOW_SPECIFIC };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person = (struct person){
		.pieces = STR("specific"),
		.range = STR("all"),
		.email = { str_of(email) },
		.phone = { STR("510-555-0177") },
		.zip = { STR("94607") },
		.name = { STR("Maria Gonzalez") },
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") },
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return out;
}

static struct sent asked_to_know(struct test *t, const char *email)
{
	return planned(t, sent_to_know(t, email));
}

static bool is_state(struct test *t, str reference, const char *title)
{
	struct case_view v = case_of(t, reference, false);

	return !strcmp(v.state_title, title);
}

/* --- waiting --- */

static void test_asked(struct test *t)
{
	struct sent s = asked(t, "asked@x.example");
	struct case_view v;
	struct keeper_page k;
	struct post p;

	run_job(t, job_find, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 1, "run again, asked once");
	CHECK(str_eq(p.to.v, STR("archive@lakeshore.example")), "to them");
	CHECK(!has(p.text.v, "asked@x.example") && !has(p.text.v, "Medina"),
		"whom it is about stands behind the link only");
	leads_found(t, s.reference, NULL);
	CHECK(is_state(t, s.reference, "Searching systems"),
		"nobody has looked there yet: it was not searched");
	v = case_of(t, s.reference, false);
	CHECK(has(v.next_sentence, "Waiting for a person to look in Paper "
				   "archive"),
		"%.*s", STR_ARG(v.next_sentence));
	CHECK(str_eq(paper_of(&v)->words, STR("A person was asked")), "shown");
	k = open_page(t, token_in(&p));
	CHECK(k.is_waiting && k.act == KEEPER_LOOK && !k.takes_files,
		"to look; copies are for a request to know");
	CHECK(k.places.n == 2 && k.identifiers.n == 2 &&
			str_eq(k.places.at[0].look_for,
				STR("Green folders, by last name.")),
		"what to look for, where");
	CHECK(looked(t, token_in(&p), "", "answer") == 1,
		"silence is not \"nothing\"");
	CHECK(is_state(t, s.reference, "Searching systems"),
		"and nothing is stored");
}

static void test_reminded(struct test *t)
{
	struct sent s = asked(t, "late@x.example");
	struct desk d = desk_of(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms, n;
	struct err e = { 0 };
	struct case_view v;
	struct post p;

	while (!keeper_remind(&d, &n, &e) && n)
		;
	CHECK(letters(t, s.reference, &p) == 1, "not twelve days before");
	t->clock.fixed_ms = now + 9 * (int64_t)DAY_MS;
	CHECK(!keeper_remind(&d, &n, &e) && n >= 1, "three days before");
	CHECK(!keeper_remind(&d, &n, &e) && !n, "once");
	run_job(t, job_ask, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 2 && has(p.subject, "Reminder"),
		"a second letter");
	CHECK(has(p.text.v, "December 3, 2026"), "with the same day");
	v = case_of(t, s.reference, false);
	CHECK(!v.can_chase && !paper_of(&v)->is_late, "not late yet");
	t->clock.fixed_ms = now + 14 * (int64_t)DAY_MS;
	v = case_of(t, s.reference, false);
	CHECK(v.can_chase && paper_of(&v)->is_late &&
			str_eq(paper_of(&v)->words, STR("2 days late")),
		"%.*s", STR_ARG(paper_of(&v)->words));
	d = desk_of(t, ACTOR_STAFF);
	CHECK(!case_chase(&d, s.reference, &e), "%s", e.message);
	run_job(t, job_ask, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 3, "chased");
	t->clock.fixed_ms = now;
}

static size_t hand(struct test *t, str token, const char *to)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (keeper_hand_over(&d, token, str_of(to), &ps, &e))
		fail("hand over", &e);
	return ps.n;
}

/* A letter that no server takes asks nobody. */
static void test_refused(struct test *t)
{
	struct sent s = asked(t, "refused@x.example");
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct case_view v;
	struct post p;

	letters(t, s.reference, &p);
	CHECK(!post_failed(&d, &p, &e), "%s", e.message);
	v = case_of(t, s.reference, false);
	CHECK(paper_of(&v)->is_stuck && v.can_retry &&
			has(paper_of(&v)->problem, "refused the task"),
		"said on the case: %.*s", STR_ARG(paper_of(&v)->problem));
	CHECK(is_state(t, s.reference, "Searching systems"), "not searched");
	run_job(t, job_ask, task_of(t, s.reference));
	v = case_of(t, s.reference, false);
	CHECK(letters(t, s.reference, &p) == 2 && !has(p.subject, "Reminder") &&
			!paper_of(&v)->is_stuck,
		"asked anew");
}

static void refuse(struct test *t, const struct post *p)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct err e = { 0 };

	CHECK(!post_failed(&d, p, &e), "%s", e.message);
}

/* The keeper has the first letter: its link goes on to work, and the date stays. */
static void test_reminder_refused(struct test *t)
{
	struct sent s = asked(t, "full.box@x.example");
	struct desk d = desk_of(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };
	struct case_view v;
	struct post p;
	str token;

	letters(t, s.reference, &p);
	token = token_in(&p);
	CHECK(!post_sent(&d, &p, &e), "%s", e.message);
	t->clock.fixed_ms = now + 10 * (int64_t)DAY_MS;
	run_job(t, job_ask, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 2 && has(p.subject, "Reminder"),
		"reminded");
	refuse(t, &p);
	CHECK(open_page(t, token).is_waiting, "the link they have still works");
	v = case_of(t, s.reference, false);
	CHECK(!paper_of(&v)->is_stuck, "they were asked: %.*s",
		STR_ARG(paper_of(&v)->problem));
	run_job(t, job_ask, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 3 && has(p.subject, "Reminder") &&
			has(p.text.v, "December 3, 2026"),
		"reminded again, of the same day");
	CHECK(!looked(t, token, NULL, NULL), "answered");
	t->clock.fixed_ms = now;
}

/* A colleague whose letter was refused was not asked, and has no later date for it. */
static void test_colleague_refused(struct test *t)
{
	struct sent s = asked(t, "moved.on@x.example");
	struct desk d = desk_of(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms;
	struct err e = { 0 };
	struct case_view v;
	struct post p;

	letters(t, s.reference, &p);
	CHECK(!post_sent(&d, &p, &e), "%s", e.message);
	t->clock.fixed_ms = now + 5 * (int64_t)DAY_MS;
	CHECK(!hand(t, token_in(&p), "cellar@lakeshore.example"), "handed");
	letters(t, s.reference, &p);
	refuse(t, &p);
	v = case_of(t, s.reference, false);
	CHECK(paper_of(&v)->is_stuck, "nobody has it");
	run_job(t, job_ask, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 3 && !has(p.subject, "Reminder") &&
			has(p.text.v, "December 3, 2026"),
		"asked anew, with the date that it had");
	t->clock.fixed_ms = now;
}

/* --- a deletion --- */

static void test_nothing(struct test *t)
{
	struct sent s = asked(t, "nothing@x.example");
	str token = newest_token(t, s.reference);
	struct case_view v;

	leads_found(t, s.reference, NULL);
	CHECK(!looked(t, token, NULL, NULL), "there is nothing");
	CHECK(is_state(t, s.reference, "Ready to review"),
		"looked in everywhere");
	v = case_of(t, s.reference, false);
	CHECK(str_eq(paper_of(&v)->words, STR("Nothing found")) &&
			str_eq(str_of(paper_of(&v)->tone), STR("ok")),
		"nothing waits there: %.*s", STR_ARG(paper_of(&v)->words));
	CHECK(!open_page(t, token).is_waiting, "and the page says so");
	CHECK(!open_page(t, token).identifiers.n, "without whom it was about");
}

static struct sent found_and_approved(struct test *t, const char *email)
{
	struct sent s = asked(t, email);
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct err e = { 0 };

	leads_found(t, s.reference, NULL);
	looked(t, newest_token(t, s.reference),
		"Lease of 2019\r\n\r\n  Letter about the roof  ", NULL);
	if (case_approve(
		    &d, s.reference, case_of(t, s.reference, false).seen, &e))
		fail("approve", &e);
	report_erased(t, s.reference, "leads", 1);
	run_job(t, job_erase, task_of(t, s.reference));
	return s;
}

static void test_preview(struct test *t)
{
	struct sent s = asked(t, "preview@x.example");
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct case_preview p;
	struct err e = { 0 };

	leads_found(t, s.reference, NULL);
	looked(t, newest_token(t, s.reference), "One\nTwo\nThree", NULL);
	if (case_preview(&d, s.reference, &p, &e))
		fail("preview", &e);
	CHECK(p.tables.n == 2 && p.rows == 4, "a row for each line: %lld",
		(long long)p.rows);
	CHECK(str_eq(p.tables.at[1].rows.at[2].at[1], STR("Three")),
		"in their words");
}

static size_t deleted(struct test *t, str token, const char *on, const char *by,
	const char *field)
{
	struct keeper_reply r = { .seen = open_page(t, token).seen,
		.done_on = str_of(on),
		.by = str_of(by),
		.note = STR("shredded") };

	return reply(t, token, &r, field);
}

static void test_deleted(struct test *t)
{
	struct sent s = found_and_approved(t, "gone@x.example");
	str token = newest_token(t, s.reference);
	struct keeper_page k = open_page(t, token);
	struct case_view v;
	struct post p;

	run_job(t, job_erase, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 2 && has(p.subject, "Delete"),
		"one letter to look, one to delete");
	CHECK(k.act == KEEPER_DELETE &&
			str_eq(k.places.at[0].found,
				STR("Lease of 2019\nLetter about "
				    "the roof")),
		"what was found and approved");
	CHECK(is_state(t, s.reference, "Being carried out"),
		"not erased while nobody says so");
	deleted(t, token, "2026-11-20", "Ann", "done_on");
	deleted(t, token, "2026-11-22", "Ann", "done_on");
	deleted(t, token, "2026-11-21", "", "by");
	CHECK(!deleted(t, token, "2026-11-21", "Ann Archer", NULL), "done");
	v = case_of(t, s.reference, true);
	CHECK(paper_of(&v)->is_done && paper_of(&v)->rows_erased == 2, "two");
	CHECK(str_eq(paper_of(&v)->evidence,
		      STR("{\"by\":\"person\",\"on\":\"2026-11-21\","
			  "\"rows\":2}")),
		"%.*s", STR_ARG(paper_of(&v)->evidence));
	CHECK(str_eq(paper_of(&v)->said.v,
		      STR("Ann Archer, November 21, 2026: shredded")),
		"who, when: %.*s", STR_ARG(paper_of(&v)->said.v));
	CHECK(is_state(t, s.reference, "Answer ready"), "and the case goes on");
	CHECK(!open_page(t, token).is_waiting, "the page has ended");
}

/* --- a correction --- */

static struct sent asked_to_correct(struct test *t, const char *email)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_CORRECT };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person = (struct person){
		.item = { STR("The street on my lease") },
		.should_be = { STR("12 Elm Street") },
		.email = { str_of(email) },
		.zip = { STR("94607") },
		.name = { STR("Maria Gonzalez") },
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail(ps.n ? ps.at[0].text : "send", &e);
	return planned(t, out);
}

/* Only the words of the lease are typed over. */
static bool type(void *ctx, size_t table, size_t row, size_t column, str *out)
{
	const struct correct_view *v = ctx;
	const struct correct_table *at = &v->tables.at[table];
	bool is_lease = str_eq(at->system, STR("Paper archive")) && !row;

	*out = at->rows.at[row].at[column].text;
	if (is_lease && str_eq(at->columns.at[column], STR("what")))
		*out = STR("Lease, 12 Elm Street");
	return true;
}

static void test_corrected(struct test *t)
{
	struct sent s = asked_to_correct(t, "street@x.example");
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct correct_view v;
	struct correct_typed typed = { type, &v, NULL };
	struct correction c = { .typed = &typed, .source = STR("A typist") };
	struct problems ps = { 0 };
	struct keeper_page k;
	struct err e = { 0 };
	struct case_view after;
	str token;

	leads_found(t, s.reference, NULL);
	looked(t, newest_token(t, s.reference), "Lease, 12 Oak Street\nNote",
		NULL);
	if (correct_load(&d, s.reference, &v, &e))
		fail("load", &e);
	c.seen = v.seen;
	CHECK(!case_correct(&d, s.reference, &c, &ps, &e) && !ps.n, "%s%s",
		e.message, ps.n ? ps.at[0].text : "");
	run_job(t, job_change, task_of(t, s.reference));
	token = newest_token(t, s.reference);
	k = open_page(t, token);
	CHECK(k.act == KEEPER_CORRECT && k.changes.n == 1 &&
			str_eq(k.changes.at[0].was,
				STR("Lease, 12 Oak Street")) &&
			str_eq(k.changes.at[0].value.v,
				STR("Lease, 12 Elm Street")),
		"what is wrong, and what is right");
	CHECK(is_state(t, s.reference, "Being carried out"), "waited for");
	CHECK(!deleted(t, token, "2026-11-21", "Ann Archer", NULL), "done");
	after = case_of(t, s.reference, true);
	CHECK(str_eq(paper_of(&after)->state, STR("corrected")) &&
			has(paper_of(&after)->said.v, "Ann Archer") &&
			has(paper_of(&after)->evidence, "2026-11-21"),
		"by whom, when: %.*s", STR_ARG(paper_of(&after)->evidence));
	CHECK(is_state(t, s.reference, "Answer ready"), "and the case goes on");
}

/* Everything as it is, but the address in the leads. */
static bool type_leads(
	void *ctx, size_t table, size_t row, size_t column, str *out)
{
	const struct correct_view *v = ctx;
	const struct correct_table *at = &v->tables.at[table];

	*out = at->rows.at[row].at[column].text;
	if (str_eq(at->system, STR("Lead exchange")) &&
		str_eq(at->columns.at[column], STR("email")))
		*out = STR("right@x.example");
	return true;
}

static bool type_both(
	void *ctx, size_t table, size_t row, size_t column, str *out)
{
	const struct correct_view *v = ctx;

	return str_eq(v->tables.at[table].system, STR("Paper archive"))
		       ? type(ctx, table, row, column, out)
		       : type_leads(ctx, table, row, column, out);
}

static bool type_nothing(
	void *ctx, size_t table, size_t row, size_t column, str *out)
{
	const struct correct_view *v = ctx;

	*out = v->tables.at[table].rows.at[row].at[column].text;
	return true;
}

typedef bool type_fn(
	void *ctx, size_t table, size_t row, size_t column, str *out);

/* How many tables the page had. */
static size_t decide(
	struct test *t, str reference, type_fn *fn, const char *done)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct correct_view v;
	struct correct_typed typed = { fn, &v, NULL };
	struct correction c = {
		.typed = &typed, .source = STR("A typist"), .done = str_of(done)
	};
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (correct_load(&d, reference, &v, &e))
		fail("load", &e);
	c.seen = v.seen;
	CHECK(!case_correct(&d, reference, &c, &ps, &e) && !ps.n, "%s%s",
		e.message, ps.n ? ps.at[0].text : "");
	return v.tables.n;
}

static void leads_have_other_rows(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "leads");
	struct err e = { 0 };

	if (fulfil_changed(&d, &w, NULL, &e))
		fail("changed", &e);
	leads_found(t, reference, NULL);
}

static void leads_corrected(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "leads");
	struct change_result r = { .is_proven = true, .evidence = STR("{}") };
	struct err e = { 0 };

	if (fulfil_corrected(
		    &d, &w, &(struct work_corrected){ .result = &r }, &e))
		fail("corrected", &e);
}

/* Another system had other rows than those that were approved, while the keeper was
 * asked: a second decision is about that system alone (11 CCR 7023(c): what was
 * approved for the keeper's is corrected all the same). */
static void test_decided_again(
	struct test *t, const char *email, const char *done)
{
	struct sent s = asked_to_correct(t, email);
	struct case_view after;
	struct keeper_page k;
	str token;

	leads_found(t, s.reference, NULL);
	looked(t, newest_token(t, s.reference), "Lease, 12 Oak Street", NULL);
	CHECK(decide(t, s.reference, type_both, NULL) == 2, "both systems");
	run_job(t, job_change, task_of(t, s.reference));
	token = newest_token(t, s.reference);
	leads_have_other_rows(t, s.reference);
	CHECK(is_state(t, s.reference, "Ready to review"), "decided anew");
	CHECK(decide(t, s.reference, done ? type_nothing : type_leads, done) ==
			1,
		"of one system");
	k = open_page(t, token);
	CHECK(k.is_waiting && k.changes.n == 1 &&
			str_eq(k.changes.at[0].value.v,
				STR("Lease, 12 Elm Street")),
		"the keeper is still to correct it");
	if (!done)
		leads_corrected(t, s.reference);
	CHECK(is_state(t, s.reference, "Being carried out"), "waited for");
	CHECK(!k.is_waiting || !deleted(t, token, "2026-11-21", "Ann", NULL),
		"done");
	after = case_of(t, s.reference, true);
	CHECK(str_eq(paper_of(&after)->state, STR("corrected")), "%.*s",
		STR_ARG(paper_of(&after)->state));
	CHECK(is_state(t, s.reference, "Answer ready"), "and the case goes on");
}

/* 1798.145(a): what was asked for before the hold is not done during it. */
static void test_held(struct test *t)
{
	struct sent s = found_and_approved(t, "held@x.example");
	str token = newest_token(t, s.reference);
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct keeper_reply r = { .seen = open_page(t, token).seen,
		.done_on = STR("2026-11-21"),
		.by = STR("Ann") };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_hold_place(&d, s.reference, STR("Davis PD 4711"), &ps, &e) ||
		ps.n)
		fail("hold", &e);
	CHECK(open_page(t, token).is_held, "the page says to wait");
	d = desk_of(t, ACTOR_CONSUMER);
	CHECK(keeper_reply(&d, token, &r, &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"and takes no \"deleted\"");
	d = desk_of(t, ACTOR_STAFF);
	if (case_hold_lift(&d, s.reference, &e))
		fail("lift", &e);
	CHECK(!deleted(t, token, "2026-11-21", "Ann", NULL), "then it does");
}

/* All that was found is kept: nobody is asked to delete anything. */
static void test_kept(struct test *t)
{
	struct sent s = asked(t, "kept@x.example");
	str token = newest_token(t, s.reference);
	str lines[2] = { STR(""), STR("Bill 17") };
	struct keeper_reply r = {
		.seen = open_page(t, token).seen, .lines = lines, .lines_n = 2
	};
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct err e = { 0 };
	struct case_view v;
	struct post p;

	leads_found(t, s.reference, NULL);
	reply(t, token, &r, NULL);
	if (case_approve(
		    &d, s.reference, case_of(t, s.reference, false).seen, &e))
		fail("approve", &e);
	run_job(t, job_erase, task_of(t, s.reference));
	v = case_of(t, s.reference, false);
	CHECK(str_eq(paper_of(&v)->state, STR("kept")) &&
			letters(t, s.reference, &p) == 1,
		"kept under its exception, and no second letter: %.*s",
		STR_ARG(paper_of(&v)->state));
}

/* --- more to look for --- */

static void test_more(struct test *t)
{
	struct sent s = asked(t, "more@x.example");
	str token = newest_token(t, s.reference);
	struct keeper_reply old = { .seen = open_page(t, token).seen,
		.is_nothing = true };
	struct post p;

	leads_found(t, s.reference, "more.old@x.example");
	CHECK(reply(t, token, &old, "seen") == 1,
		"\"nothing\" was said of fewer addresses than are known now");
	CHECK(open_page(t, token).identifiers.n == 3, "the page has the new");
	CHECK(!looked(t, token, NULL, NULL), "answered with all of them");
	CHECK(letters(t, s.reference, &p) == 1, "nobody was asked twice");
}

static void test_asked_again(struct test *t)
{
	struct sent s = asked(t, "again@x.example");
	struct post p;

	CHECK(!looked(t, newest_token(t, s.reference), NULL, NULL), "nothing");
	leads_found(t, s.reference, "again.old@x.example");
	run_job(t, job_find, task_of(t, s.reference));
	CHECK(letters(t, s.reference, &p) == 2 && !has(p.subject, "Reminder"),
		"an address came to light after the answer: asked anew");
	CHECK(is_state(t, s.reference, "Searching systems"), "and waited for");
}

/* --- handed over --- */

static int opens(struct test *t, str token)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct keeper_page p;
	struct err e = { 0 };

	return keeper_open(&d, token, &p, &e);
}

static void test_handed_over(struct test *t)
{
	struct sent s = asked(t, "handed@x.example");
	str token = newest_token(t, s.reference);
	struct post p;

	CHECK(hand(t, token, "thief@elsewhere.example") == 1,
		"only to whom the map names: a link is all it takes to read");
	CHECK(!hand(t, token, "cellar@lakeshore.example"), "handed over");
	CHECK(letters(t, s.reference, &p) == 2 &&
			str_eq(p.to.v, STR("cellar@lakeshore.example")),
		"a letter of their own");
	CHECK(!opens(t, token), "the old link opens nothing");
	CHECK(opens(t, token_in(&p)) == 1, "the new one does");
	CHECK(str_eq(open_page(t, token_in(&p)).colleagues.at[0],
		      STR("archive@lakeshore.example")),
		"and may be handed back");
	run_job(t, job_ask, task_of(t, s.reference));
	letters(t, s.reference, &p);
	CHECK(str_eq(p.to.v, STR("cellar@lakeshore.example")),
		"who has it is who is reminded");
}

static void test_links(struct test *t)
{
	struct sent s = asked(t, "link@x.example");
	str token = newest_token(t, s.reference);
	int64_t now = t->clock.fixed_ms;

	CHECK(!opens(t, STR("")) && !opens(t, STR("AAAA")), "no guess");
	t->clock.fixed_ms = now + LIMIT_KEEPER_LINK_DAYS * (int64_t)DAY_MS;
	CHECK(opens(t, token) == 1, "on its last day");
	t->clock.fixed_ms++;
	CHECK(!opens(t, token), "and not after it");
	t->clock.fixed_ms = now;
}

/* --- what need not be searched (11 CCR 7024(c)) --- */

static const char exempt_map[] =
	"version: 1\nsystems:\n"
	"  - name: leads\n    title: Lead exchange\n    connector: sqlite\n"
	"    database: leads.db\n    tables:\n"
	"      - { name: person, key: id, erase: delete, category: A,\n"
	"          columns: [ { name: email, identifies: email } ] }\n"
	"  - name: tapes\n    title: Old tapes\n    connector: person\n"
	"    database: tapes@lakeshore.example\n"
	"    search_exempt: [ not-searchable, legal-only, not-used, told ]\n"
	"    tables:\n"
	"      - { name: calls, holds: Calls, category: H, erase: keep,\n"
	"          exception: DX8, purpose: A law suit }\n";

static struct sent searched(struct test *t, struct sent s)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct job j = { .desk = &d, .subject_id = request_id(t, s.reference) };
	struct post p = letter_of(t, s.reference, "code");
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.data_map = path(t, "exempt.yaml");
	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	CHECK(job_search(&j, &e) == JOB_DONE, "%s", e.message);
	return s;
}

static void test_exempt(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct found nothing = { .finding = STR("") };
	struct sent s = searched(t, sent_to_know(t, "exempt@x.example"));
	struct case_view v = case_of(t, s.reference, false);
	struct work w = work_of(t, s.reference, "leads");
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	CHECK(v.tasks.n == 1, "to know: the tapes need not be searched");
	if (fulfil_found(&d, &w, &nothing, &e))
		fail("found", &e);
	d = desk_of(t, ACTOR_STAFF);
	d.data_map = path(t, "exempt.yaml");
	CHECK(!case_answer(&d, s.reference, STR(""), &ps, &e), "%s", e.message);
	p = letter_of(t, s.reference, "nothing_found");
	CHECK(has(p.text.v, "We did not search this") &&
			has(p.text.v, "Old tapes"),
		"and the answer says so: %.*s", STR_ARG(p.text.v));
	s = searched(t, send_delete(t, "exempt.too@x.example"));
	v = case_of(t, s.reference, false);
	CHECK(v.tasks.n == 2, "a deletion has no such rule: %zu", v.tasks.n);
}

/* --- copies --- */

static str bytes_of(struct test *t, size_t n)
{
	char *p = arena_alloc(t->a, n);

	memset(p, 0xff, n);
	return (str){ p, n };
}

static size_t upload(struct test *t, str token, const char *name, str bytes)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (keeper_file_add(&d, token, 0, str_of(name), bytes, &ps, &e))
		fail("upload", &e);
	return ps.n;
}

static void test_limits(struct test *t)
{
	struct sent s = asked_to_know(t, "limits@x.example");
	str token = newest_token(t, s.reference);
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct keeper_page k;
	struct err e = { 0 };

	CHECK(upload(t, token, "a", STR("")) == 1, "nothing chosen");
	CHECK(upload(t, token, "a", bytes_of(t, LIMIT_KEEPER_FILE_BYTES + 1)),
		"one byte too many");
	CHECK(!upload(t, token, "a", bytes_of(t, LIMIT_KEEPER_FILE_BYTES)),
		"as many as may be");
	CHECK(!upload(t, token, "b", bytes_of(t, LIMIT_KEEPER_FILE_BYTES - 1)),
		"and together one less than may be");
	CHECK(upload(t, token, "c", bytes_of(t, 2)) == 1, "no room for two");
	CHECK(!upload(t, token, "c", bytes_of(t, 1)), "but for one");
	k = open_page(t, token);
	CHECK(k.files.n == 3, "three are there");
	for (size_t i = 0; i < k.files.n; i++)
		CHECK(!keeper_file_drop(&d, token, k.files.at[i].id, &e), "%s",
			e.message);
	for (int i = 0; i < LIMIT_KEEPER_FILES; i++)
		CHECK(!upload(t, token, "small", STR("x")), "file %d", i);
	CHECK(upload(t, token, "small", STR("x")) == 1, "one file too many");
}

/* Two who were asked, with 8 MB each, made a package that could not be made. */
static void test_room_of_request(struct test *t)
{
	struct sent s = asked_to_know(t, "two.archives@x.example");
	str token = newest_token(t, s.reference);
	struct sql_keeper_file_add_in theirs = {
		.request_id = request_id(t, s.reference),
		.task_id = work_of(t, s.reference, "leads").task_id,
		.place = STR("leases"),
		.bytes = LIMIT_KEEPER_FILES_BYTES,
		.sealed_name = STR("-"),
		.sealed = STR("-"),
	};
	int64_t room = LIMIT_KEEPER_REQUEST_BYTES - LIMIT_KEEPER_FILES_BYTES;
	struct err e = { 0 };

	if (sql_keeper_file_add(t->db, &theirs, &e) < 0)
		fail("another's file", &e);
	CHECK(upload(t, token, "a", bytes_of(t, (size_t)room + 1)) == 1,
		"more than a package holds");
	CHECK(!upload(t, token, "a", bytes_of(t, (size_t)room)),
		"as much as is left");
	CHECK(upload(t, token, "b", STR("x")) == 1, "and nothing more");
}

static str package_of(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct package_review *x = arena_one(t->a, struct package_review);
	struct know_hits *hits = arena_one(t->a, struct know_hits);
	struct package_plan p;
	struct err e = { 0 };
	struct know k;
	str zip;

	if (package_review(&d, reference, t->dir, x, &e) ||
		package_approve(&d, reference, x->plan.seen, t->dir, &e))
		fail("approve", &e);
	d = desk_of(t, ACTOR_WORKER);
	if (package_plan(&d, request_id(t, reference), t->dir, &p, &e) != 1 ||
		know_make(t->a, &p.in, &p.of, &k, &e) ||
		package_in_memory(t->a, &k, &zip, hits, &e))
		fail("package", &e);
	CHECK(!hits->n, "nothing that must stay");
	return zip;
}

static void test_package(struct test *t)
{
	struct sent s = asked_to_know(t, "copies@x.example");
	str token = newest_token(t, s.reference);
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct keeper_copy copy;
	struct zip_file files[FILES_MAX];
	struct keeper_page k;
	struct err e = { 0 };
	size_t n, seen = 0;
	str scan = bytes_of(t, 5000);

	upload(t, token, "C:\\scans\\lease of 2019.pdf", scan);
	upload(t, token, "note.txt", STR("Called about the roof."));
	k = open_page(t, token);
	CHECK(k.files.n == 2 &&
			str_eq(k.files.at[0].name.v, STR("lease of 2019.pdf")),
		"without the folder");
	CHECK(!looked(t, token, "A lease", NULL), "answered");
	leads_found(t, s.reference, NULL);
	CHECK(!keeper_copy(&d, s.reference, k.files.at[0].id, &copy, &e) &&
			str_eq(copy.bytes, scan),
		"staff can open it before they approve: %s", e.message);
	CHECK(!unzip(t->a, package_of(t, s.reference), files, FILES_MAX, &n),
		"libzip does not open it");
	for (size_t i = 0; i < n; i++) {
		if (str_starts(files[i].name, STR("files/")))
			seen += str_ends(files[i].name,
					STR("-lease-of-2019.pdf")) &&
				str_eq(files[i].bytes, scan);
		if (str_eq(files[i].name, STR("data.json")))
			seen += has(files[i].bytes, "\"file\"") &&
				!has(files[i].bytes, "base64");
		if (str_eq(files[i].name, STR("index.html")))
			seen += has(files[i].bytes, "Called about the roof.") &&
				has(files[i].bytes, "A lease");
	}
	CHECK(n == 5 && seen == 3,
		"the scan as a file, and once, or large ones would not fit "
		"in; the rest to read: %zu",
		n);
}

static void test_closed(struct test *t)
{
	struct sent s = asked_to_know(t, "closed@x.example");
	str token = newest_token(t, s.reference);
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct sql_keeper_file_list_in in = { task_of(t, s.reference) };
	struct sql_keeper_file_list_rows rows;
	struct err e = { 0 };

	upload(t, token, "a.pdf", bytes_of(t, 10));
	if (deny(t, s.reference, "UNFOUNDED", "Nine times in a week.", &e) ||
		case_answer(
			&d, s.reference, STR(""), &(struct problems){ 0 }, &e))
		fail("deny", &e);
	hand_over(t, s.reference, "denied");
	if (sql_keeper_file_list(t->db, t->a, &in, &rows, &e))
		fail("list", &e);
	CHECK(!rows.n, "11 CCR 7060(d): copies go when the case closes");
	CHECK(!open_page(t, token).is_waiting && !opens(t, STR("x")),
		"and nobody waits any more");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(sodium_init() >= 0);
	start(&t, "keeper", fresh_server(argc, argv));
	set_contact(&t);
	if (file_replace(path(&t, "map.yaml"), STR(data_map), 0600, &e) ||
		file_replace(
			path(&t, "exempt.yaml"), STR(exempt_map), 0600, &e))
		fail("map", &e);
	test_asked(&t);
	test_reminded(&t);
	test_refused(&t);
	test_reminder_refused(&t);
	test_colleague_refused(&t);
	test_nothing(&t);
	test_preview(&t);
	test_deleted(&t);
	test_corrected(&t);
	test_decided_again(&t, "twice@x.example", NULL);
	test_decided_again(&t, "byhand@x.example", "The card in the shop.");
	test_held(&t);
	test_kept(&t);
	test_more(&t);
	test_asked_again(&t);
	test_handed_over(&t);
	test_links(&t);
	test_exempt(&t);
	test_limits(&t);
	test_room_of_request(&t);
	test_package(&t);
	test_closed(&t);
	end(&t);
	return CHECK_DONE();
}
