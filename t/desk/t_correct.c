/*
 * A request to correct on its way: found in a real system, written right by staff,
 * carried out by the worker's own job, read again, told to who works with it, and
 * kept against what brings the old value back.
 */
#include "act.h"

#include <sodium.h>
#include <sqlite3.h>

#include "base/file.h"
#include "connect/find.h"
#include "desk/correct.h"
#include "desk/corrections.h"
#include "desk/hold.h"
#include "desk/record.h"
#include "desk/vendors.h"
#include "job/job.h"

static const char map_text[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        holds: Contacts\n"
	"        key: id\n"
	"        source: A list of Valley Data\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: name }\n"
	"          - { name: zip }\n"
	"          - { name: ssn, never_disclose: ssn }\n"
	"        erase: delete\n"
	"      - name: post\n"
	"        holds: Postal addresses\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: street }\n"
	"        erase: delete\n"
	"vendors:\n"
	"  - name: mailharbor\n"
	"    title: MailHarbor\n"
	"    role: service_provider\n"
	"    email: privacy@mailharbor.example\n"
	"    days: 10\n"
	"    receives: [ email ]\n"
	"  - name: buyer\n"
	"    title: Buyer\n"
	"    role: third_party\n"
	"    email: privacy@buyer.example\n"
	"    days: 10\n"
	"    receives: [ email ]\n";

static const char people[] =
	"drop table if exists person;\n"
	"drop table if exists post;\n"
	"create table post (id integer primary key, email text, street text);\n"
	"create table person (id integer primary key, email text, name text,\n"
	"	zip text, ssn text);\n"
	"insert into person values (1, 'luis@example.com', 'Luis', '94607',\n"
	"	'078-05-1120');\n"
	"insert into person values (2, 'ann@example.com', 'Ann', '94607',\n"
	"	'078-05-1121');\n";

static const struct plan_row plan[] = {
	{ true, STR_INIT("crm"), STR_INIT("CRM") },
	{ false, STR_INIT("mailharbor"), STR_INIT("MailHarbor") },
	{ false, STR_INIT("buyer"), STR_INIT("Buyer") },
};

/* A desk that has the map of this test. */
static struct desk mapped(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "map.yaml");
	return d;
}

static void sql(struct test *t, const char *text)
{
	sqlite3 *db = NULL;

	must(!sqlite3_open(path(t, "crm.db"), &db));
	must(!sqlite3_exec(db, text, NULL, NULL, NULL));
	sqlite3_close(db);
}

/* One text of the system. */
static str held(struct test *t, const char *query)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *st = NULL;
	str out = STR("(no row)");

	must(!sqlite3_open(path(t, "crm.db"), &db));
	must(!sqlite3_prepare_v2(db, query, -1, &st, NULL));
	if (sqlite3_step(st) == SQLITE_ROW)
		out = arena_dup(
			t->a, str_of((const char *)sqlite3_column_text(st, 0)));
	sqlite3_finalize(st);
	sqlite3_close(db);
	return out;
}

static void put_map(struct test *t)
{
	FILE *f = fopen(path(t, "map.yaml"), "w");

	must(f && fputs(map_text, f) >= 0 && !fclose(f));
	sql(t, people);
}

/* Asking the same again while it is open is joined with the first; so each test
 * asks for something of its own. */
static struct sent send_request(
	struct test *t, enum kind kind, const char *item)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = kind };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person = (struct person){
		.item = { str_of(item) },
		.should_be = { STR("94610") },
		.email = { STR("luis@example.com") },
		.zip = { STR("94607") },
		.stop_sale = STR("no"),
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e))
		fail("send", &e);
	CHECK(!ps.n, "%s", ps.n ? ps.at[0].text : "");
	return out;
}

static enum job_end work(struct test *t, job_fn *job, str reference,
	const char *name, struct err *e)
{
	struct desk d = mapped(t, ACTOR_WORKER);
	struct install in = { .arena = t->a, .dir = t->dir };
	struct job j = { .desk = &d, .install = &in };
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.tasks.n; i++)
		if (str_eq(v.tasks.at[i].name, str_of(name)))
			j.subject_id = v.tasks.at[i].id;
	must(j.subject_id);
	return job(&j, e);
}

/* Sent, confirmed, searched. */
static str found(struct test *t, enum kind kind, const char *item)
{
	struct sent s = send_request(t, kind, item);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = mapped(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code is right");
	if (fulfil_plan(&d, request_id(t, s.reference), plan, 3, &e))
		fail("plan", &e);
	CHECK(work(t, job_find, s.reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "to review");
	return s.reference;
}

/* Everything is typed as it is, but for one cell. */
struct typing {
	const struct correct_view *v;
	const char *column; /* NULL: nothing is changed */
	const char *value;
	bool but_first; /* of its rows */
};

static bool type(void *ctx, size_t table, size_t row, size_t column, str *out)
{
	const struct typing *x = ctx;
	const struct correct_table *t = &x->v->tables.at[table];

	*out = t->rows.at[row].at[column].text;
	if (x->column && str_eq(t->columns.at[column], str_of(x->column)) &&
		(row || !x->but_first))
		*out = str_of(x->value);
	return true;
}

static int correct_with(struct test *t, str reference, struct correction c,
	struct typing x, struct problems *ps, struct err *e)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct correct_view v;
	struct correct_typed typed = { type, &x };

	if (correct_load(&d, reference, &v, e))
		fail("load", e);
	x.v = &v;
	c.seen = v.seen;
	c.typed = &typed;
	return case_correct(&d, reference, &c, ps, e);
}

static int correct(struct test *t, str reference, const char *column,
	const char *value, struct problems *ps, struct err *e)
{
	return correct_with(t, reference, (struct correction){ 0 },
		(struct typing){ .column = column, .value = value }, ps, e);
}

static bool says(struct test *t, str reference, const char *words)
{
	struct post p = letter_of(t, reference, "corrected");
	struct buf b = buf_in(t->a, 1 << 18);

	/* A sentence may be wrapped anywhere, and what is listed is set in. */
	for (size_t i = 0; i < p.text.v.n; i++) {
		bool is_blank = p.text.v.p[i] == '\n' || p.text.v.p[i] == ' ';

		if (!is_blank || (b.n && b.p[b.n - 1] != ' '))
			buf_putc(&b, is_blank ? ' ' : p.text.v.p[i]);
	}
	return str_find(buf_str(&b), str_of(words)) >= 0;
}

/* What staff may touch: not the key, and what is never shown they don't see. */
static void test_page(struct test *t)
{
	str reference = found(t, KIND_CORRECT, "the ZIP code");
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct correct_view v;
	const struct correct_row *row;
	struct err e = { 0 };

	CHECK(!correct_load(&d, reference, &v, &e), "%s", e.message);
	CHECK(v.can_correct && v.tables.n == 1 && v.tables.at[0].rows.n == 1,
		"one row of one table");
	CHECK(str_eq(v.item.v, STR("the ZIP code")), "what was asked");
	row = &v.tables.at[0].rows.at[0];
	for (size_t c = 0; c < row->n; c++) {
		str name = v.tables.at[0].columns.at[c];
		bool is_fixed =
			str_eq(name, STR("id")) || str_eq(name, STR("ssn"));

		CHECK(row->at[c].may_change == !is_fixed, "%.*s",
			STR_ARG(name));
		CHECK(str_find(row->at[c].text, STR("078")) < 0, "not shown");
	}
	CHECK(!correct(t, reference, NULL, NULL, &ps, &e) && ps.n == 1,
		"nothing typed over is no correction");
	CHECK(view(t, reference).state == STATE_REVIEW, "nothing happened");
	ps.n = 0;
	CHECK(!correct(t, reference, "zip", "a\001b", &ps, &e) && ps.n == 1,
		"no text");
	CHECK(str_eq(held(t, "select zip from person where id = 1"),
		      STR("94607")),
		"as it was");
	d.actor.role = STR("agent");
	CHECK(correct_load(&d, reference, &v, &e) == -1 && e.code == ERR_DENIED,
		"not for everybody");
}

static void reply(struct test *t, str reference, const char *right)
{
	struct desk d = mapped(t, ACTOR_WORKER);
	struct post p;
	struct vendor_page page;
	struct vendor_reply r = { .answer = VENDOR_DELETED };
	struct problems ps = { 0 };
	struct err e = { 0 };
	ptrdiff_t at;
	str token;

	CHECK(work(t, job_tell, reference, "mailharbor", &e) == JOB_DONE, "%s",
		e.message);
	p = letter_of(t, reference, "vendor_notice");
	CHECK(str_find(p.subject, STR("Correct one person")) >= 0, "%.*s",
		STR_ARG(p.subject));
	at = str_find(p.text.v, STR("/v/"));
	must(at >= 0);
	token = str_from(p.text.v, (size_t)at + 3);
	token = str_head(token, (size_t)str_find(token, STR("\n")));
	CHECK(vendor_open(&d, token, &page, &e) == 1, "%s", e.message);
	CHECK(page.act == VENDOR_ACT_CORRECT && page.corrections.n == 1 &&
			str_eq(page.corrections.at[0].value.v, str_of(right)),
		"what is right, for whoever works with it");
	CHECK(!vendor_reply(&d, token, &r, &ps, &e) && !ps.n, "%s", e.message);
	CHECK(vendor_open(&d, token, &page, &e) == 1 && !page.corrections.n &&
			str_eq(page.answer, STR("You corrected it")),
		"shown no more");
}

static void test_corrected(struct test *t)
{
	str reference;
	struct problems ps = { 0 };
	struct case_view v;
	struct err e = { 0 };

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, once more");
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e) && !ps.n, "%s",
		e.message);
	v = view(t, reference);
	CHECK(v.state == STATE_WORKING, "on its way");
	CHECK(str_eq(held(t, "select zip from person where id = 1"),
		      STR("94607")),
		"by the worker, not before");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE,
		"once more, after a crash");
	CHECK(str_eq(held(t, "select zip from person where id = 1"),
		      STR("94610")),
		"right");
	CHECK(str_eq(held(t, "select zip from person where id = 2"),
		      STR("94607")),
		"someone else's as it was");
	CHECK(reasons_of(t, IDENT_EMAIL, "luis@example.com") == 0,
		"nobody is suppressed by a correction");
	reply(t, reference, "94610");
	v = view(t, reference);
	CHECK(v.state == STATE_ANSWERING &&
			str_eq(v.outcome, STR("Complied in whole")),
		"done: %.*s", STR_ARG(v.outcome));
	for (size_t i = 0; i < v.tasks.n; i++)
		CHECK(v.tasks.at[i].is_done, "%.*s: %.*s",
			STR_ARG(v.tasks.at[i].name),
			STR_ARG(v.tasks.at[i].words));
}

/* 11 CCR 7023: what, where it came from, that it stays; and no value by mail. */
static void test_letter(struct test *t)
{
	struct desk d;
	str reference;
	struct problems ps = { 0 };
	struct err e = { 0 };

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code in the list");
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e), "%s", e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	reply(t, reference, "94610");
	d = mapped(t, ACTOR_STAFF);
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
	CHECK(says(t, reference, "zip in Contacts, CRM"), "what");
	CHECK(says(t, reference,
		      "Where the wrong information came from: A list of Valley "
		      "Data"),
		"7023(i)");
	CHECK(says(t, reference, "an old list can't bring back"), "7023(c)");
	CHECK(says(t, reference, "We told it to correct it too, and it has"),
		"the one that works with it, and no third party");
	CHECK(!says(t, reference, "94610") && !says(t, reference, "94607"),
		"no value");
}

static int forget(struct desk *d, void *ctx, struct err *e)
{
	return corrections_forget(d, ctx, e);
}

/* The person's deletion is approved between the correction and its answer: the
 * company and the letter are still told what was corrected, and then it goes. */
static void test_deleted_before_answer(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct corrected_list list;
	struct problems ps = { 0 };
	struct record r;
	struct err e = { 0 };
	str reference;
	int64_t id;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code before I go");
	id = request_id(t, reference);
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e), "%s", e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	if (record_by_id(&d, id, &r, &e) != 1 || desk_write(&d, forget, &r, &e))
		fail("forget", &e);
	reply(t, reference, "94610");
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
	CHECK(says(t, reference, "zip in Contacts, CRM") &&
			says(t, reference, "A list of Valley Data"),
		"7023(i): the letter says what, and where it came from");
	hand_over(t, reference, "corrected");
	CHECK(!correct_list(&d, id, &list, &e) && !list.n,
		"the values went with the case: %zu", list.n);
}

/* The row went away between the approval and the worker. */
static void test_gone_meanwhile(struct test *t)
{
	str reference;
	struct problems ps = { 0 };
	struct err e = { 0 };

	sql(t, people);
	reference = found(t, KIND_CORRECT, "what you have");
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e), "%s", e.message);
	sql(t, "update person set id = 9 where id = 1;");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(work(t, job_find, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(view(t, reference).state == STATE_REVIEW,
		"never called corrected: decided anew");
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e), "%s", e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select zip from person where id = 9"),
		      STR("94610")),
		"right");
}

static str approved(struct test *t, const char *item)
{
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, item);
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e) && !ps.n, "%s",
		e.message);
	return reference;
}

/* Cells of a table whose source the map knows not, and what is in no system. */
static void test_by_hand_too(struct test *t)
{
	struct typing x = { .column = "street", .value = "12 Elm Street" };
	struct correction c = { 0 };
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	sql(t, "insert into post values (1, 'luis@example.com', '21 Elm');");
	reference = found(t, KIND_CORRECT, "the street");
	CHECK(!correct_with(t, reference, c, x, &ps, &e) &&
			problem_of(&ps, "source"),
		"7023(i): nobody knows whence");
	CHECK(str_eq(held(t, "select street from post"), STR("21 Elm")) &&
			view(t, reference).state == STATE_REVIEW,
		"nothing happened");
	ps.n = 0;
	c = (struct correction){ .done = STR("The street in our paper files."),
		.source = STR("You, in 2019."),
		.is_part = true };
	CHECK(!correct_with(t, reference, c, x, &ps, &e) &&
			problem_of(&ps, "has_told"),
		"no page tells the companies what was done by hand");
	ps.n = 0;
	c.has_told = true;
	CHECK(!correct_with(t, reference, c, x, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select street from post"), STR("12 Elm Street")),
		"right");
	reply(t, reference, "12 Elm Street");
	CHECK(str_eq(view(t, reference).outcome, STR("Complied in part")),
		"what staff said stays so until the end");
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
	CHECK(says(t, reference, "street in Postal addresses, CRM") &&
			says(t, reference, "The street in our paper files.") &&
			says(t, reference, "came from: You, in 2019."),
		"both in one letter");
}

/* The system refuses: staff have a way out, and nothing is called read again. */
static void test_does_not_take_it(struct test *t)
{
	struct correction c = { .done = STR("Your ZIP code, by its vendor."),
		.source = STR("A list.") };
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference = approved(t, "the ZIP code they refuse");

	CHECK(!view(t, reference).can_correct_by_hand &&
			case_correct_by_hand(&d, reference, &c, &ps, &e) == -1,
		"not before it was tried");
	sql(t, "create trigger refuse before update on person begin\n"
	       "	select raise(abort, 'no');\nend;");
	CHECK(work(t, job_change, reference, "crm", &e) != JOB_DONE, "refused");
	CHECK(view(t, reference).can_correct_by_hand, "now");
	CHECK(!case_correct_by_hand(&d, reference,
		      &(struct correction){ .source = STR("A list.") }, &ps,
		      &e) &&
			problem_of(&ps, "done"),
		"not without saying what");
	ps.n = 0;
	CHECK(!case_correct_by_hand(&d, reference, &c, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE,
		"the worker leaves it alone now");
	reply(t, reference, "94610");
	CHECK(view(t, reference).state == STATE_ANSWERING, "to the answer");
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
	CHECK(!says(t, reference, "read it again") &&
			says(t, reference, "Your ZIP code, by its vendor."),
		"in the words of staff");
}

/* Takes every job that is due, as a worker does; was one of them of this kind? */
static bool is_asked_for(struct test *t, const char *kind)
{
	struct desk d = mapped(t, ACTOR_WORKER);
	struct sql_job_lease_in in = { .now = t->clock.fixed_ms,
		.lease_until = t->clock.fixed_ms + 60000,
		.lease_by = STR("test") };
	struct sql_job_lease_row row;
	struct err e = { 0 };
	bool is_there = false;

	while (sql_job_lease(d.db, d.arena, &in, &row, &e) == 1) {
		is_there |= str_eq(row.kind, str_of(kind));
		must(sql_job_done(d.db,
			     &(struct sql_job_done_in){
				     row.id, in.lease_by, in.now },
			     &e) >= 0);
	}
	return is_there;
}

/* Civ. Code 1798.145(a): what was approved waits, and goes on. */
static void test_held(struct test *t, str other)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference = approved(t, "the ZIP code they hold");

	CHECK(!case_hold_place(&d, other, STR("Oakland PD, 26-1178"), &ps, &e),
		"%s", e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select zip from person where id = 1"),
		      STR("94607")),
		"nothing of it changes");
	CHECK(is_asked_for(t, "change") && !is_asked_for(t, "change"),
		"the worker took its job and did nothing");
	CHECK(!case_hold_lift(&d, other, &e), "%s", e.message);
	CHECK(is_asked_for(t, "change"), "the end of the hold asks again");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select zip from person where id = 1"),
		      STR("94610")),
		"and it goes on");
}

static const char many[] =
	"with recursive n (i) as (select 100 union all select i + 1 from n\n"
	"	where i < 124)\n"
	"insert into person select i, 'luis@example.com', 'Luis', '94607', ''\n"
	"from n;";

/* More rows than a page shows: the same old value gets the same new one, unless
 * somebody left it as it is somewhere. */
static void test_many_rows(struct test *t)
{
	static const struct {
		bool but_first;
		const char *right;
		const char *why;
	} cases[] = {
		{ true, "19", "one was left, so the hidden ones are" },
		{ false, "26", "all of them" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct typing x = { .column = "zip",
			.value = "94610",
			.but_first = cases[i].but_first };
		struct problems ps = { 0 };
		struct err e = { 0 };
		str reference;

		sql(t, people);
		sql(t, many);
		reference = found(t, KIND_CORRECT, cases[i].why);
		CHECK(!correct_with(t, reference, (struct correction){ 0 }, x,
			      &ps, &e),
			"%s", e.message);
		CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE,
			"%s", e.message);
		CHECK(str_eq(held(t, "select count(*) from person\n"
				     "where zip = '94610'"),
			      str_of(cases[i].right)),
			"%s", cases[i].why);
	}
}

static bool is_put_right(struct test *t, const char *value, str *right)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct corrected_place p = { STR("person"), STR("zip"), str_of(value) };
	uint8_t key[IDENT_KEY_SIZE];
	struct corrections *c;
	struct map map;
	struct err e = { 0 };

	if (map_read(t->a, d.data_map, &map, &e) ||
		corrections_load(&d, &map.systems[0], &c, &e))
		fail("corrections", &e);
	must(!ident_key_of(suppress_keyring(d.suppress), IDENT_EMAIL,
		STR("Luis@Example.com"), key));
	return corrections_find(c, key, &p, right);
}

/* The same for one record, as a program asks. */
static bool is_answered(struct test *t, const char *email, const char *value)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct suppress_query id = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct new_cell cells[] = {
		{ .at = { STR("person"), STR("name"), STR("Luis") } },
		{ .at = { STR("person"), STR("zip"), str_of(value) } },
	};
	struct new_record r = { STR("crm"), &id, 1, cells, COUNTOF(cells) };
	struct err e = { 0 };

	if (corrections_apply(&d, &r, &e))
		fail("apply", &e);
	CHECK(!cells[0].is_corrected, "what nobody corrected");
	return cells[1].is_corrected && str_eq(cells[1].at.value, STR("94610"));
}

/* 7023(c): an old list does not bring it back; later news is not undone; and who
 * is deleted leaves nothing behind.  Returns the deletion. */
static str test_stays(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct err e = { 0 };
	str reference, right = { 0 };

	CHECK(is_put_right(t, " 94607 ", &right) && str_eq(right, STR("94610")),
		"the old value");
	CHECK(!is_put_right(t, "95616", &right), "another one is news");
	CHECK(!is_put_right(t, "94610", &right), "the right one is right");
	CHECK(is_answered(t, "LUIS@example.com", "94607"), "to a program, too");
	CHECK(!is_answered(t, "luis@example.com", "95616"), "not of news");
	CHECK(!is_answered(t, "ann@example.com", "94607"), "of nobody else");
	sql(t, people);
	reference = found(t, KIND_DELETE, "");
	CHECK(!case_approve(&d, reference, view(t, reference).seen, &e), "%s",
		e.message);
	CHECK(!is_put_right(t, "94607", &right) &&
			!is_answered(t, "luis@example.com", "94607"),
		"forgotten");
	return reference;
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "correct", fresh_server(argc, argv));
	set_contact(&t);
	put_map(&t);
	test_page(&t);
	test_corrected(&t);
	test_letter(&t);
	test_deleted_before_answer(&t);
	test_gone_meanwhile(&t);
	test_by_hand_too(&t);
	test_does_not_take_it(&t);
	test_many_rows(&t);
	test_held(&t, test_stays(&t));
	end(&t);
	return CHECK_DONE();
}
