/*
 * A request to correct on its way: found in a real system, written right by staff,
 * carried out by the worker's own job, read again, told to who works with it, and
 * kept against what brings the old value back.
 */
#include "correcting.h"

#include <string.h>

#include "base/file.h"
#include "desk/correct_proposed.h"
#include "desk/corrections.h"
#include "desk/deny.h"
#include "desk/hold.h"
#include "desk/limit.h"
#include "desk/withdraw.h"

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
		CHECK(row->at[c].may_change == !str_eq(name, STR("id")), "%.*s",
			STR_ARG(name));
		CHECK(row->at[c].is_hidden == str_eq(name, STR("ssn")), "%.*s",
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
	CHECK(says(t, reference, "zip (Contacts, CRM)"), "what");
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

static str evidence_of(struct test *t, str reference)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.tasks.n; i++)
		if (v.tasks.at[i].is_system)
			return v.tasks.at[i].evidence;
	return (str){ 0 };
}

/* Who may not see a number guesses it: whatever it is, the same is said and done. */
static void test_no_oracle(struct test *t)
{
	static const char *const guesses[] = { "078-05-1120", "111-11-1111" };
	static const char *const items[] = { "the number", "my number" };
	str evidence[COUNTOF(guesses)];

	for (size_t i = 0; i < COUNTOF(guesses); i++) {
		struct problems ps = { 0 };
		struct err e = { 0 };
		str reference;

		sql(t, people);
		reference = found(t, KIND_CORRECT, items[i]);
		CHECK(!correct(t, reference, "ssn", guesses[i], &ps, &e) &&
				!ps.n,
			"%s is taken: %s%s", guesses[i], e.message,
			ps.n ? ps.at[0].text : "");
		CHECK(view(t, reference).state == STATE_WORKING, "%s",
			guesses[i]);
		CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE,
			"%s", e.message);
		CHECK(str_eq(held(t, "select ssn from person where id = 1"),
			      str_of(guesses[i])),
			"and written");
		evidence[i] = evidence_of(t, reference);
	}
	CHECK(evidence[0].n && str_eq(evidence[0], evidence[1]),
		"the evidence tells neither: %.*s %.*s", STR_ARG(evidence[0]),
		STR_ARG(evidence[1]));
}

/* What nobody sees may be wrong as well, and be deleted instead (7023(e)). */
static void test_hidden_emptied(struct test *t)
{
	struct correction c = { .instead = INSTEAD_HARMLESS,
		.instead_why = STR("We don't need the number.") };
	struct typing both = {
		.column = "ssn", .value = "078-05-1120", .empties = "ssn"
	};
	struct typing x = { .empties = "ssn" };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the number you should not have");
	CHECK(!correct_with(t, reference, c, both, &ps, &e) &&
			problem_of(&ps, "correct"),
		"typed over and emptied is neither");
	ps.n = 0;
	CHECK(!correct_with(
		      t, reference, (struct correction){ 0 }, x, &ps, &e) &&
			problem_of(&ps, "instead"),
		"it is deleted instead of corrected");
	ps.n = 0;
	CHECK(!correct_with(t, reference, c, x, &ps, &e) && !ps.n, "%s%s",
		e.message, ps.n ? ps.at[0].text : "");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select coalesce(ssn, 'none') || zip from person\n"
			     "where id = 1"),
		      STR("none94607")),
		"that cell and no other");
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
	CHECK(says(t, reference, "zip (Contacts, CRM)") &&
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
		.weighed = { .nature = { STR("A street.") },
			.obtained = { STR("From you.") },
			.documented = { STR("None.") } },
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
	CHECK(says(t, reference, "street (Postal addresses, CRM)") &&
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

static const char club_text[] =
	"  - name: club\n"
	"    title: Club\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: member\n"
	"        holds: Members\n"
	"        key: id\n"
	"        source: A form\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: zip }\n"
	"        erase: delete\n";

/* A second system, which holds the same. */
static void add_club(struct test *t)
{
	FILE *f = fopen(path(t, "map.yaml"), "w");
	const char *vendors = strstr(map_text, "vendors:");

	must(f && vendors &&
		fprintf(f, "%.*s%s%s", (int)(vendors - map_text), map_text,
			club_text, vendors) > 0 &&
		!fclose(f));
	sql(t, people);
	sql(t, "drop table if exists member;\n"
	       "create table member (id integer primary key, email text, zip "
	       "text);\n"
	       "insert into member values (1, 'luis@example.com', '94607');");
}

static str found_in_both(struct test *t)
{
	static const struct plan_row both[] = {
		{ true, STR_INIT("crm"), STR_INIT("CRM") },
		{ true, STR_INIT("club"), STR_INIT("Club") },
	};
	struct sent s =
		send_request(t, KIND_CORRECT, "the ZIP code in the club");
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = mapped(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code is right");
	if (fulfil_plan(&d, request_id(t, s.reference), both, 2, &e))
		fail("plan", &e);
	CHECK(work(t, job_find, s.reference, "crm", &e) == JOB_DONE &&
			work(t, job_find, s.reference, "club", &e) == JOB_DONE,
		"%s", e.message);
	return s.reference;
}

/* One system had other rows than were approved, so the case went back to review, and
 * there it is denied (11 CCR 7023(f)): the other system, which was only slow, must not
 * be written any more, nor an import into it put right. */
static void test_denied_after_approval(struct test *t)
{
	struct denial x = { .ground = STR("UNVERIFIED") };
	struct corrected_list list;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct desk d;
	str reference;

	add_club(t);
	reference = found_in_both(t);
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e) && !ps.n, "%s",
		e.message);
	sql(t, "update person set id = 9 where id = 1;");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE &&
			work(t, job_find, reference, "crm", &e) == JOB_DONE &&
			view(t, reference).state == STATE_REVIEW,
		"decided anew, with the club still to be written: %s",
		e.message);
	d = mapped(t, ACTOR_STAFF);
	CHECK(!case_deny(&d, reference, &x, &ps, &e) && !ps.n, "%s", e.message);
	CHECK(work(t, job_change, reference, "club", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select zip from member"), STR("94607")),
		"denied, and written: %.*s",
		STR_ARG(held(t, "select zip from member")));
	CHECK(!correct_list(&d, request_id(t, reference), &list, &e) && !list.n,
		"nothing is to be right that was refused: %zu", list.n);
	put_map(t);
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

static void take_back(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct post p;
	struct err e = { 0 };

	t->clock.fixed_ms += LIMIT_CODE_AGAIN_SECONDS * 1000LL;
	if (withdraw_send_code(&d, reference, &ps, &e) || ps.n)
		fail("code", &e);
	p = letter_of(t, reference, "code");
	if (withdraw_confirm(&d, reference, code_in(&p), &ps, &e) || ps.n)
		fail("take back", &e);
}

static bool waits_for_second(struct test *t, str reference)
{
	struct sql_proposal_of_in in = { request_id(t, reference) };
	struct sql_proposal_of_row row;
	struct err e = { 0 };
	int rc = sql_proposal_of(t->db, t->a, &in, &row, &e);

	if (rc < 0)
		fail("proposal", &e);
	return rc > 0;
}

/* All that one of two people typed and wrote, for the other; and no value once other rows
 * were found. */
static void test_proposed(struct test *t)
{
	struct correction c = { .done = STR("The name stays."),
		.source = STR("A list."),
		.is_part = true,
		.health = { true, STR("Allergies") },
		.weighed = { .nature = { STR("A ZIP code.") },
			.obtained = { STR("Bought.") },
			.documented = { STR("None.") } },
		.has_told = true };
	struct typing x = { .column = "zip", .value = "94611" };
	struct desk d = mapped(t, ACTOR_STAFF);
	struct correct_proposed p;
	struct correct_view v;
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, by two");
	four_eyes_are(t, "yes");
	CHECK(correct_with(t, reference, c, x, &ps, &e) == 1 && !ps.n, "%s",
		ps.n ? ps.at[0].text : e.message);
	d.actor.id = 2;
	if (correct_load(&d, reference, &v, &e) ||
		correct_proposed(&d, reference, v.seen, &p, &e))
		fail("proposed", &e);
	CHECK(p.is && p.is_same && p.n == 1 && !p.second.is_own &&
			str_eq(p.at[0].value, STR("94611")) &&
			str_eq(v.tables.at[p.at[0].place.table]
					.columns.at[p.at[0].place.column],
				STR("zip")),
		"the value, where it was typed: %zu", p.n);
	CHECK(correct_proposed_at(&p, &p.at[0].place) == &p.at[0] &&
			!correct_proposed_at(&p,
				&(struct correct_place){ p.at[0].place.table,
					p.at[0].place.row + 9, 0 }),
		"there and nowhere else");
	CHECK(str_eq(p.words.done, c.done) &&
			str_eq(p.words.source, c.source) && p.words.is_part &&
			p.words.health.is &&
			str_eq(p.words.health.items, STR("Allergies")) &&
			p.words.has_told && p.words.instead == INSTEAD_NONE &&
			str_eq(p.words.weighed.obtained.v, STR("Bought.")),
		"the words and the choices");
	if (correct_proposed(&d, reference, STR("other rows"), &p, &e))
		fail("proposed", &e);
	CHECK(p.is && !p.is_same && !p.n && str_eq(p.words.done, c.done),
		"of other rows the words alone");
	four_eyes_are(t, "no");
	take_back(t, reference);
	CHECK(!view(t, reference).is_open && !waits_for_second(t, reference),
		"what was typed goes when the case closes: 7060(d)");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "correct", fresh_server(argc, argv));
	set_contact(&t);
	put_map(&t);
	test_page(&t);
	test_no_oracle(&t);
	test_hidden_emptied(&t);
	test_corrected(&t);
	test_letter(&t);
	test_deleted_before_answer(&t);
	test_gone_meanwhile(&t);
	test_by_hand_too(&t);
	test_does_not_take_it(&t);
	test_denied_after_approval(&t);
	test_many_rows(&t);
	test_held(&t, test_stays(&t));
	test_proposed(&t);
	end(&t);
	return CHECK_DONE();
}
