/*
 * One request from receipt to closed, and what must not be possible on the way:
 * the use cases as pages, API and worker call them, on a clock that the test
 * moves.
 */
#include "cases.h"

#include <fcntl.h>
#include <sodium.h>

#include "base/file.h"
#include "base/json.h"
#include "base/rand.h"
#include "desk/case.h"
#include "desk/config.h"
#include "desk/doubt.h"
#include "desk/fulfil.h"
#include "desk/install.h"
#include "desk/intake.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/purpose.h"
#include "desk/queue.h"
#include "desk/recall.h"
#include "desk/record.h"
#include "desk/retention.h"
#include "desk/setting.h"
#include "desk/staff.h"
#include "desk/stop.h"
#include "desk/suppress.h"
#include "desk/vendors.h"
#include "law/reason.h"
#include "store/sql.h"

/* --- opt-out --- */

static struct stop_out opt_out(
	struct test *t, const char *id, struct problems *ps)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = KIND_OPT_OUT,
		.identifier = { str_of(id) },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out = { 0 };
	struct err e = { 0 };

	if (stop_receive(&d, &in, &out, ps, &e))
		fail("opt-out", &e);
	return out;
}

static void test_optout(struct test *t)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct stop_out out = opt_out(t, " Ellen.Tran@Example.NET ", &ps);
	struct case_view v;
	struct err e = { 0 };

	CHECK(!ps.n && out.reference.n == 8 && out.is_identified, "taken");
	CHECK(reasons_of(t, IDENT_EMAIL, "ellen.tran@example.net") ==
			REASON_OPT_OUT,
		"in force when the call returned, in any spelling");
	CHECK(reasons_of(t, IDENT_EMAIL, "ellen.tran@example.org") == 0,
		"nobody else");
	CHECK(case_load(&d, out.reference, false, &v, &e) == 1 && !v.is_open &&
			v.state == STATE_CLOSED && v.kind == KIND_OPT_OUT,
		"closed: nothing could be sold in between");
	CHECK(v.entries >= 3, "received, recorded, closed");
	out = opt_out(t, "(415) 555-0131", &ps);
	CHECK(reasons_of(t, IDENT_PHONE, "+1 415 555 0131") == REASON_OPT_OUT,
		"a phone number too");
	out = opt_out(t, "", &ps);
	CHECK(!ps.n && out.reference.n == 8 && !out.is_identified,
		"nothing has to be given: 11 CCR 7025(c)(2)");
	opt_out(t, "not an address", &ps);
	CHECK(ps.n == 1 && !strcmp(ps.at[0].field, "id"),
		"what can't be read comes back with how to mend it");
}

/* Invariant 2: nobody is verified to opt out. */
static void test_optout_never_verified(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct stop_out out = opt_out(t, "maria@example.com", &ps);
	struct problems again = { 0 };
	struct err e = { 0 };
	bool is_right = true;

	CHECK(intake_confirm_code(&d, out.reference, STR("123456"), &is_right,
		      &again, &e) ||
			!is_right,
		"an opt-out has no code to confirm");
	d = staff(t);
	again = (struct problems){ 0 };
	CHECK(case_search(&d, out.reference, STR("because"), &again, &e) == -1,
		"nor can staff start a verification");
}

/* --- delete --- */

static void test_code(struct test *t)
{
	struct sent s = send_delete(t, "code.test@example.com");
	struct post p = letter_of(t, s.reference, "code");
	str right = code_in(&p);
	str wrong =
		str_eq(right, STR("111111")) ? STR("222222") : STR("111111");
	struct problems ps = { 0 };

	CHECK(right.n == 6, "a code of six digits went out");
	CHECK(letter_of(t, s.reference, "receipt").id > 0,
		"and the confirmation of receipt, 11 CCR 7021(a)");
	CHECK(date_cmp(s.due_on, (struct date){ 2027, 1, 5 }) == 0,
		"45 calendar days from receipt, whatever is confirmed");
	for (int i = 0; i < LIMIT_CODE_TRIES; i++)
		CHECK(!confirm(t, s.reference, wrong, &ps), "wrong %d", i);
	CHECK(!confirm(t, s.reference, right, &ps),
		"after five wrong tries the right one is no good either");
	CHECK(ps.n && !strcmp(ps.at[0].field, "code"), "and it says so");
	s = send_delete(t, "late.code@example.com");
	p = letter_of(t, s.reference, "code");
	t->clock.fixed_ms += LIMIT_CODE_MINUTES * 60000LL + 1;
	CHECK(!confirm(t, s.reference, code_in(&p), &ps),
		"nor one that is too old");
	t->clock.fixed_ms -= LIMIT_CODE_MINUTES * 60000LL + 1;
	CHECK(confirm(t, s.reference, code_in(&p), &ps), "in time it is");
	CHECK(confirm(t, s.reference, code_in(&p), &ps),
		"confirming twice is confirming once");
}

/* As when another system comes to know a further address. */
static void search_again(struct test *t, str reference, const char *system)
{
	struct sql_task_state_in in = { work_of(t, reference, system).task_id,
		STR("found"), STR("searching") };
	struct err e = { 0 };

	if (sql_task_state(t->db, &in, &e) != 1)
		fail("search again", &e);
}

/* What the desk says of an answer that gives no reason. */
static size_t problems_of_answer(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_answer(&d, reference, STR(""), &ps, &e))
		fail("answer", &e);
	return ps.n;
}

static str link_token(struct post *p)
{
	ptrdiff_t at = str_find(p->text.v, STR("/v/"));
	str rest = str_from(p->text.v, (size_t)at + 3);
	size_t n = 0;

	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

static void test_delete(struct test *t)
{
	struct sent s = confirmed(t, "luis.medina@example.com");
	struct desk d = staff(t);
	struct desk vendor = desk_as(t, ACTOR_VENDOR);
	struct vendor_reply reply = { VENDOR_DELETED, 2, STR("") };
	struct problems ps = { 0 };
	struct vendor_page page;
	struct case_view v;
	struct post p;
	struct err e = { 0 };
	str token;
	str body;
	str signature;

	CHECK(reasons_of(t, IDENT_EMAIL, "luis.medina@example.com") ==
			REASON_OPT_OUT,
		"\"stop selling\" took effect with the request");
	CHECK(approve(t, s.reference, &e) == -1,
		"nothing can be approved before it was found");
	report_found(t, s.reference, "leads", 4, "luis@other.example");
	v = view(t, s.reference);
	CHECK(v.state == STATE_SEARCHING,
		"a system that was not looked at holds up the review");
	report_found(t, s.reference, "crm", 0, NULL);
	v = view(t, s.reference);
	CHECK(v.state == STATE_REVIEW && v.rows_found == 4, "state %s, %d rows",
		v.state_title, (int)v.rows_found);
	CHECK(v.can_approve && !v.can_answer, "the next step is to approve");
	CHECK(!str_has(v.person.email.v, 'l') ||
			!str_eq(v.person.email.v,
				STR("luis.medina@example.com")),
		"masked until revealed");

	CHECK(case_approve(&d, s.reference, STR("other"), &e) == -1 &&
			e.code == ERR_CONFLICT,
		"a preview that showed other rows approves nothing");
	d.actor.role = STR("auditor");
	CHECK(case_approve(&d, s.reference, v.seen, &e) == -1 &&
			e.code == ERR_DENIED,
		"an auditor decides nothing");
	d.actor.role = STR("officer");
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	CHECK(approve(t, s.reference, &e) == -1 && e.code == ERR_CONFLICT,
		"approved twice: the second says that it moved on");
	CHECK(reasons_of(t, IDENT_EMAIL, "luis.medina@example.com") ==
			(REASON_OPT_OUT | REASON_DELETED),
		"suppressed before anything is erased");
	CHECK(reasons_of(t, IDENT_EMAIL, "luis@other.example") ==
			(REASON_OPT_OUT | REASON_DELETED),
		"under the address that the search found, too");
	CHECK(reasons_of(t, IDENT_PHONE, "5105550177") ==
			(REASON_OPT_OUT | REASON_DELETED),
		"and the phone number");

	report_erased(t, s.reference, "leads", 4);
	report_erased(t, s.reference, "leads", 4);
	v = view(t, s.reference);
	CHECK(v.state == STATE_WORKING, "a vendor was not told yet");
	CHECK(problems_of_answer(t, s.reference) == 1,
		"answering without the vendor needs a reason");
	tell(t, s.reference);
	tell(t, s.reference);
	p = letter_of(t, s.reference, "vendor_notice");
	token = link_token(&p);
	CHECK(vendor_open(&vendor, STR("wrong"), &page, &e) == 0, "no way in");
	CHECK(vendor_open(&vendor, token, &page, &e) == 1 &&
			page.identifiers.n == 3,
		"name, two addresses, no unconfirmed number: %d",
		(int)page.identifiers.n);
	CHECK(!vendor_reply(&vendor, token, &reply, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(!vendor_reply(&vendor, token, &reply, &ps, &e), "said twice");
	CHECK(vendor_open(&vendor, token, &page, &e) == 1 && page.is_done &&
			!page.identifiers.n,
		"who it was about is not shown any more");

	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING && v.can_answer && v.answer.n > 2,
		"everything is done: the answer is written");
	CHECK(!problems_of_answer(t, s.reference), "it is sent");
	CHECK(answer(t, s.reference, "", &e) == -1, "sent once only");
	CHECK(view(t, s.reference).is_open,
		"closed only when the letter was taken");
	hand_over(t, s.reference, "deleted");
	v = view(t, s.reference);
	CHECK(!v.is_open && str_eq(v.outcome, STR("Complied in whole")), "%.*s",
		STR_ARG(v.outcome));
	CHECK(date_cmp(v.keep_until, (struct date){ 2028, 11, 21 }) == 0,
		"the record is kept 24 months, 11 CCR 7101(a)");
	CHECK(!case_receipt(&d, s.reference, &body, &signature, &e) &&
			str_find(body, STR("\"rows_erased\":4")) > 0 &&
			str_find(body, STR("luis")) < 0 && signature.n == 128,
		"a signed receipt with the evidence and without the person");
	CHECK(reasons_of(t, IDENT_EMAIL, "luis.medina@example.com") ==
			(REASON_OPT_OUT | REASON_DELETED),
		"they stay suppressed");
}

/* Invariant 3: what was not reached is never called done. */
static struct case_task task_of(
	struct test *t, str reference, const char *name);

static bool is_waited_for(struct test *t, str reference)
{
	return str_find(task_of(t, reference, "crm").detail,
		       STR("tried again by itself")) >= 0;
}

static void test_unreachable(struct test *t)
{
	struct sent s = confirmed(t, "stuck@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct desk d = staff(t);
	struct work w = work_of(t, s.reference, "crm");
	struct err why = { .code = ERR_UNAVAILABLE,
		.message = "CRM: no connection" };
	struct case_view v;
	struct queue q;
	struct err e = { 0 };
	int64_t n;

	report_found(t, s.reference, "leads", 1, NULL);
	for (int i = 0; i < 3; i++)
		CHECK(!fulfil_failed(&worker, &w, &why, &e), "%s", e.message);
	v = view(t, s.reference);
	CHECK(v.state == STATE_SEARCHING && v.can_retry, "still searching");
	CHECK(v.next.turn == TURN_STAFF &&
			str_find(v.next_sentence, STR("CRM")) >= 0,
		"the next step names it: %.*s", STR_ARG(v.next_sentence));
	CHECK(!v.can_approve && approve(t, s.reference, &e) == -1,
		"nothing can be approved meanwhile");
	CHECK(is_waited_for(t, s.reference) &&
			str_eq(task_of(t, s.reference, "crm").problem,
				STR("CRM: no connection")),
		"it is away");
	/* What the system forbids, or the map has wrong, is not away. */
	why = (struct err){ .code = ERR_CONFLICT,
		.message = "CRM: a rule of the database forbids it",
		.hint = "see what the rule says" };
	CHECK(!fulfil_failed(&worker, &w, &why, &e), "%s", e.message);
	v = view(t, s.reference);
	CHECK(str_find(task_of(t, s.reference, "crm").detail,
		      STR("no new try mends it")) >= 0,
		"it refuses: %.*s",
		STR_ARG(task_of(t, s.reference, "crm").detail));
	CHECK(str_eq(task_of(t, s.reference, "crm").problem,
		      STR("CRM: a rule of the database forbids it; see what "
			  "the rule says")),
		"with what to do: %.*s",
		STR_ARG(task_of(t, s.reference, "crm").problem));
	CHECK(str_eq(v.next_sentence, STR("Mend why CRM refuses the search")),
		"the next step: %.*s", STR_ARG(v.next_sentence));
	CHECK(!queue_load(&d, QUEUE_OPEN, s.reference, &q, &e) &&
			q.rows.n == 1 &&
			str_eq(q.rows.at[0].next, v.next_sentence),
		"and the queue's");
	why.code = ERR_UNAVAILABLE;
	CHECK(!fulfil_failed(&worker, &w, &why, &e), "%s", e.message);
	v = view(t, s.reference);
	CHECK(is_waited_for(t, s.reference), "away again");
	CHECK(!case_retry(&d, s.reference, &e), "%s", e.message);
	report_found(t, s.reference, "crm", 0, NULL);
	v = view(t, s.reference);
	CHECK(v.state == STATE_REVIEW && !v.can_retry, "it came back");
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	w = work_of(t, s.reference, "leads");
	n = view(t, s.reference).entries;
	CHECK(!fulfil_failed(&worker, &w, &why, &e) &&
			view(t, s.reference).entries == n + 1,
		"each time it goes away is in the trail");
	w = work_of(t, s.reference, "leads");
	CHECK(!fulfil_failed(&worker, &w, &why, &e) &&
			view(t, s.reference).entries == n + 1,
		"once");
	CHECK(!fulfil_changed(&worker, &w, NULL, &e), "%s", e.message);
	report_found(t, s.reference, "leads", 1, NULL);
	w = work_of(t, s.reference, "leads");
	n = view(t, s.reference).entries;
	CHECK(!fulfil_failed(&worker, &w, &why, &e) &&
			view(t, s.reference).entries == n + 1,
		"and again when it had come back");
}

/* --- what was taken out of the data map --- */

static const char map_of_leads[] =
	"version: 1\nsystems:\n  - name: leads\n    title: Lead exchange\n"
	"    connector: sqlite\n    database: leads.sqlite\n    tables:\n"
	"      - name: lead\n        holds: Leads\n        key: id\n"
	"        purpose: To find you a lender\n        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"        erase: delete\nvendors: []\n";

static struct desk with_map(struct test *t, struct desk d)
{
	struct err e = { 0 };

	d.data_map =
		arena_cstr(t->a, arena_fmt(t->a, "%s/datamap.yaml", t->dir));
	if (file_replace(d.data_map, str_of(map_of_leads), 0600, &e))
		fail("map", &e);
	return d;
}

static void out_of_reach(struct test *t, str reference, const char *name)
{
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, name);
	struct err why = { .code = ERR_CONFLICT, .message = "not in the map" };
	struct err e = { 0 };

	if (fulfil_failed(&worker, &w, &why, &e))
		fail("out of reach", &e);
}

static int drop_one(struct test *t, str reference, const char *name,
	const char *reason, struct err *e)
{
	struct desk d = with_map(t, staff(t));
	struct problems ps = { 0 };
	int rc = case_drop(&d, reference, work_of(t, reference, name).task_id,
		str_of(reason), &ps, e);

	return ps.n ? 1 : rc;
}

static str answer_text(struct test *t, str reference)
{
	struct case_view v = view(t, reference);
	str between = STR("\n");

	return arena_join(t->a, v.answer.at, v.answer.n, between);
}

/* A system that is gone was not looked in: nobody hears that nothing was there
 * (invariant 3). */
static void test_drop(struct test *t)
{
	struct sent s = confirmed(t, "dropped@example.com");
	struct desk d = with_map(t, staff(t));
	struct case_view v;
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 0, NULL);
	out_of_reach(t, s.reference, "crm");
	CHECK(case_load(&d, s.reference, false, &v, &e) == 1 && v.gone &&
			str_eq(v.gone->name, STR("crm")),
		"the case says what is gone");
	CHECK(drop_one(t, s.reference, "crm", " ", &e) == 1, "with a reason");
	CHECK(drop_one(t, s.reference, "leads", "x", &e) == -1 &&
			e.code == ERR_CONFLICT,
		"what is in the map can't be dropped");
	d.actor.role = STR("agent");
	CHECK(case_drop(&d, s.reference, 1, STR("x"), &(struct problems){ 0 },
		      &e) == -1 &&
			e.code == ERR_DENIED,
		"not by everybody");
	CHECK(!drop_one(t, s.reference, "crm", "Sold\nwith the shop.", &e),
		"%s", e.message);
	CHECK(drop_one(t, s.reference, "crm", "again", &e) == -1, "once");
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING &&
			str_eq(v.outcome, str_of(outcome_title(OUTCOME_PART))),
		"in part: %s, %.*s", v.state_title, STR_ARG(v.outcome));
	CHECK(!say_untold(t, s.reference, "crm", "It was sold in May.", &e),
		"%s", e.message);
	CHECK(str_find(answer_text(t, s.reference),
		      STR("We could not look in CRM.")) >= 0 &&
			str_find(answer_text(t, s.reference),
				STR("This is why: It was sold in May.")) >= 0 &&
			str_find(answer_text(t, s.reference),
				STR("deleted it")) < 0,
		"and the letter says so: %.*s",
		STR_ARG(answer_text(t, s.reference)));
	CHECK(str_find(v.events.at[0].title, STR("CRM is not in the data map"
						 " any more")) >= 0,
		"the trail, too: %.*s", STR_ARG(v.events.at[0].title));
	d.actor.role = STR("officer");
	CHECK(case_load(&d, s.reference, true, &v, &e) == 1 &&
			str_eq(v.person.dropped.v,
				STR("CRM\tSold with the shop.")),
		"the reason is kept: %.*s", STR_ARG(v.person.dropped.v));
}

/* A denial in whole lists no system, and waits for no word about one. */
static void test_drop_then_deny(struct test *t)
{
	struct sent s = confirmed(t, "dropped.denied@example.com");
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 2, NULL);
	out_of_reach(t, s.reference, "crm");
	CHECK(!drop_one(t, s.reference, "crm", "Sold.", &e), "%s", e.message);
	CHECK(!deny(t, s.reference, "NOT_A_CONSUMER", "They moved to Oregon.",
		      &e),
		"%s", e.message);
	CHECK(view(t, s.reference).can_answer &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
}

/* While it is being carried out: what was deleted is said, and what was not. */
static void test_drop_while_working(struct test *t)
{
	struct sent s = confirmed(t, "dropped2@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w;
	struct erased gone = { .rows = 2, .evidence = STR("{}") };
	struct case_view v;
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 2, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	out_of_reach(t, s.reference, "crm");
	w = work_of(t, s.reference, "leads");
	CHECK(!fulfil_erased(&worker, &w, &gone, &e), "%s", e.message);
	CHECK(!drop_one(t, s.reference, "crm", "Gone.", &e), "%s", e.message);
	CHECK(view(t, s.reference).state == STATE_WORKING,
		"a company is still to be told");
	out_of_reach(t, s.reference, "mailharbor");
	CHECK(!drop_one(t, s.reference, "mailharbor", "Bankrupt.", &e), "%s",
		e.message);
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING &&
			str_eq(v.outcome, str_of(outcome_title(OUTCOME_PART))),
		"in part: %s, %.*s", v.state_title, STR_ARG(v.outcome));
	CHECK(!v.vendors_confirmed, "the company confirmed nothing");
	CHECK(str_find(answer_text(t, s.reference),
		      STR("We deleted 2 records.")) >= 0 &&
			str_find(answer_text(t, s.reference),
				STR("what you asked for in CRM, where we found")) >=
				0 &&
			str_find(answer_text(t, s.reference),
				STR("could not tell MailHarbor")) >= 0,
		"%.*s", STR_ARG(answer_text(t, s.reference)));
	w = work_of(t, s.reference, "crm");
	CHECK(!fulfil_erased(&worker, &w, &gone, &e) &&
			str_eq(work_of(t, s.reference, "crm").state,
				STR("dropped")),
		"a late report changes nothing");
}

/* Two processes have read the same request; the second one to get the lock works
 * on what the first one left, or it would write over it. */
static int learn_late(struct desk *d, void *ctx, struct err *e)
{
	struct test *t = ctx;
	struct record r;

	if (record_need(d, t->late, &r, e))
		return -1;
	r.person.other_emails.v = STR("old@example.org");
	r.row.answered_at = 1;
	if (record_lock(d, &r, e))
		return -1;
	CHECK(!r.person.other_emails.v.n && !r.row.answered_at,
		"the lock reads all of the row again");
	return 0;
}

static void test_lock_reads_again(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	t->late = confirmed(t, "locked@example.com").reference;
	CHECK(!desk_write(&d, learn_late, t, &e), "%s", e.message);
}

/* Another system's address opens the first one again. */
static void test_second_address(struct test *t)
{
	struct sent s = confirmed(t, "two@example.com");
	struct work w;

	report_found(t, s.reference, "leads", 1, NULL);
	report_found(t, s.reference, "crm", 2, "two.b@example.org");
	w = work_of(t, s.reference, "leads");
	CHECK(str_eq(w.state, STR("searching")) && w.emails.n == 2,
		"searched again with both addresses");
	CHECK(view(t, s.reference).state == STATE_SEARCHING, "not to review");
	report_found(t, s.reference, "leads", 3, NULL);
	CHECK(view(t, s.reference).rows_found == 5 &&
			view(t, s.reference).state == STATE_REVIEW,
		"then to the review with what both searches found");
}

/* As many rows as were looked at, but others: nobody has seen them. */
static void test_as_many_others(struct test *t)
{
	struct sent s = confirmed(t, "as.many@example.com");
	struct desk d = staff(t);
	struct err e = { 0 };
	str seen;

	report_found(t, s.reference, "leads", 2, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	seen = view(t, s.reference).seen;
	CHECK(seen.n && str_eq(seen, view(t, s.reference).seen),
		"the same as long as nothing is searched");
	search_again(t, s.reference, "leads");
	report_found(t, s.reference, "leads", 2, NULL);
	CHECK(view(t, s.reference).rows_found == 3, "as many as before");
	CHECK(case_approve(&d, s.reference, seen, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"what was seen is not what is there");
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
}

/* Both searches ran at once: the one that ended second was asked with one
 * address only, and what it says about the person is not the whole. */
static void test_second_address_at_once(struct test *t)
{
	struct sent s = confirmed(t, "at.once@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work early = work_of(t, s.reference, "leads");
	struct found nothing = { .finding = STR("{}") };
	struct err e = { 0 };
	struct work w;

	report_found(t, s.reference, "crm", 2, "at.once.b@example.org");
	CHECK(!fulfil_found(&d, &early, &nothing, &e), "%s", e.message);
	w = work_of(t, s.reference, "leads");
	CHECK(str_eq(w.state, STR("searching")) && w.emails.n == 2,
		"it is searched again, with both");
	CHECK(view(t, s.reference).state == STATE_SEARCHING, "not to review");
	report_found(t, s.reference, "leads", 1, NULL);
	CHECK(view(t, s.reference).rows_found == 3, "and found there");
}

static struct case_task task_of(struct test *t, str reference, const char *name)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.tasks.n; i++)
		if (str_eq(v.tasks.at[i].name, str_of(name)))
			return v.tasks.at[i];
	return (struct case_task){ 0 };
}

static void report_changed(struct test *t, str reference, const char *system)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, system);
	struct err e = { 0 };

	if (fulfil_changed(&d, &w, NULL, &e))
		fail("changed", &e);
}

/* A case in which one system is erased and the other one is searched again. */
static struct sent half_done(struct test *t, const char *email)
{
	struct sent s = confirmed(t, email);
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 1, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "leads", 1);
	report_changed(t, s.reference, "crm");
	return s;
}

/* An address that comes to light while the case is carried out: what was erased
 * without it is searched again, and the rows of both runs are counted. */
static void test_address_while_working(struct test *t)
{
	struct sent s = half_done(t, "working@example.com");
	struct err e = { 0 };

	report_found(t, s.reference, "crm", 2, "working.b@example.org");
	CHECK(!task_of(t, s.reference, "leads").is_done &&
			work_of(t, s.reference, "leads").emails.n == 2,
		"searched again with both addresses");
	CHECK(view(t, s.reference).state == STATE_WORKING, "first the search");
	report_found(t, s.reference, "leads", 2, NULL);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "then the review");
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "crm", 2);
	report_erased(t, s.reference, "leads", 2);
	CHECK(task_of(t, s.reference, "leads").rows_erased == 3 &&
			task_of(t, s.reference, "leads").rows_found == 3,
		"both runs: %d",
		(int)task_of(t, s.reference, "leads").rows_erased);
}

static void test_nothing_under_the_new_address(struct test *t)
{
	struct sent s = half_done(t, "no.more@example.com");
	struct err e = { 0 };

	report_found(t, s.reference, "crm", 2, "no.more.b@example.org");
	report_found(t, s.reference, "leads", 0, NULL);
	CHECK(task_of(t, s.reference, "leads").is_done &&
			task_of(t, s.reference, "leads").rows_erased == 1 &&
			str_eq(task_of(t, s.reference, "leads").words,
				STR("Deleted")),
		"done as before");
	CHECK(view(t, s.reference).state == STATE_REVIEW,
		"what the CRM holds is looked at: %s",
		view(t, s.reference).state_title);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
}

/* The erasure ran while the address came to light. */
static void test_erased_under_too_few(struct test *t)
{
	struct sent s = confirmed(t, "too.few@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct erased x = { .rows = 1, .evidence = STR("{}") };
	struct err e = { 0 };
	struct work early;

	report_found(t, s.reference, "leads", 1, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	early = work_of(t, s.reference, "leads");
	report_changed(t, s.reference, "crm");
	report_found(t, s.reference, "crm", 2, "too.few.b@example.org");
	for (int i = 0; i < 2; i++)
		CHECK(!fulfil_erased(&d, &early, &x, &e), "%s", e.message);
	CHECK(!task_of(t, s.reference, "leads").is_done &&
			task_of(t, s.reference, "leads").rows_erased == 1,
		"searched again; reported twice, counted once");
	report_found(t, s.reference, "leads", 1, NULL);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "%s",
		view(t, s.reference).state_title);
}

/* A run that had lost its lease reports after the approval. */
static void test_found_too_late(struct test *t)
{
	struct sent s = confirmed(t, "late.run@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work old = work_of(t, s.reference, "leads");
	struct found f = { .finding = STR("{}"), .rows = 1 };
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 1, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	CHECK(!fulfil_found(&worker, &old, &f, &e), "%s", e.message);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	CHECK(!fulfil_found(&worker, &old, &f, &e), "%s", e.message);
	CHECK(str_eq(work_of(t, s.reference, "leads").state, STR("approved")),
		"what is approved stays it, and is erased");
}

/* Denied while it was being searched: the search ends, and says nothing. */
static void test_denied_while_searching(struct test *t)
{
	struct sent s = confirmed(t, "denied.early@example.com");
	struct err e = { 0 };

	CHECK(!deny(t, s.reference, "UNVERIFIED", "", &e), "%s", e.message);
	report_found(t, s.reference, "leads", 1, "more@example.org");
	CHECK(view(t, s.reference).state == STATE_ANSWERING &&
			view(t, s.reference).rows_found == 0,
		"nothing is kept of what was found after the denial");
}

/* What is sealed apart; empty: nothing. */
static str apart(struct test *t, str reference)
{
	struct sql_verifying_of_in in = { request_id(t, reference) };
	struct sql_verifying_of_row row = { 0 };
	struct err e = { 0 };

	if (sql_verifying_of(t->db, t->a, &in, &row, &e) < 0)
		fail("verifying", &e);
	return row.sealed;
}

static bool says_destroyed(struct test *t, str reference)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.events.n; i++)
		if (str_find(v.events.at[i].title,
			    STR("to verify who asks was destroyed")) >= 0)
			return true;
	return false;
}

/* Invariant 5: what was collected to verify, and the rows a search copied, are
 * gone when the case closes. */
static void test_nothing_stays_of_verifying(struct test *t)
{
	struct sent s = confirmed(t, "wiped@example.com");
	struct work w;
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 1, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	CHECK(view(t, s.reference).person.zip.v.n &&
			view(t, s.reference).matches.n &&
			work_of(t, s.reference, "leads").finding.n,
		"there while it is open");
	CHECK(!deny(t, s.reference, "UNVERIFIED", "", &e), "%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "denied_unverified");
	w = work_of(t, s.reference, "leads");
	CHECK(!view(t, s.reference).is_open && !w.finding.n &&
			!view(t, s.reference).person.zip.v.n &&
			!view(t, s.reference).matches.n,
		"gone when it is closed");
	CHECK(!apart(t, s.reference).n && says_destroyed(t, s.reference),
		"with its entry");
}

/* 11 CCR 7060(d): under a key of its own, so that what serves to verify serves nothing
 * else; who opens the request has not opened it. */
static void test_verifying_is_apart(struct test *t)
{
	struct sent s = send_delete(t, "apart@example.com");
	struct desk d = staff(t);
	struct record r;
	struct err e = { 0 };
	str json;

	if (record_need(&d, s.reference, &r, &e) ||
		seal_get(t->a, r.seal, STR("request"), r.row.sealed, &json, &e))
		fail("record", &e);
	CHECK(str_eq(r.person.zip.v, STR("94607")) &&
			str_find(json, STR("apart@example.com")) >= 0 &&
			str_find(json, STR("94607")) < 0,
		"the ZIP code is not in what the request seals");
	CHECK(apart(t, s.reference).n > 0 &&
			seal_get(t->a, r.seal, STR("request"),
				apart(t, s.reference), &json, &e) < 0 &&
			e.code == ERR_CORRUPT,
		"and its key does not open it");
}

/* One system keeps its invoices, and one vendor is silent: answered without it,
 * the answer is one in part all the same. */
static void test_kept_and_silent(struct test *t)
{
	struct sent s = confirmed(t, "in.part@example.com");
	struct kept invoices = { STR("Invoices (CRM)"), STR("DX8"),
		STR("tax records"), 1, 0, { 0 } };
	static const char *const unknown[] = { "selling", "resale", "marketing",
		"other", "to find you a lender" };
	struct erased x = { .evidence = STR("{}"), .kept = { &invoices, 1 } };
	struct desk worker = with_map(t, desk_as(t, ACTOR_WORKER));
	struct purposes purposes;
	struct use_asked asked;
	struct work w;
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	w = work_of(t, s.reference, "crm");
	CHECK(!fulfil_erased(&worker, &w, &x, &e), "%s", e.message);
	for (size_t i = 0; i < view(t, s.reference).tasks.n; i++)
		if (view(t, s.reference).tasks.at[i].id == w.task_id)
			CHECK(*view(t, s.reference).tasks.at[i].tone == 'k',
				"shown as kept, not as nothing held");
	CHECK(reasons_of(t, IDENT_EMAIL, "in.part@example.com") & REASON_LOCK_1,
		"and locked to its purpose (7022(f))");
	CHECK(!purpose_asked(&worker, STR("tax records"), 0, &asked, &e) &&
			asked.use == USE_OTHER && asked.lock == REASON_LOCK_1,
		"who asks for that purpose asks with its lock");
	CHECK(!purpose_asked(
		      &worker, STR("To find you a lender"), 0, &asked, &e) &&
			asked.use == USE_OTHER && !asked.lock,
		"another purpose of the data map has none: %s", e.message);
	for (size_t i = 0; i < COUNTOF(unknown); i++) {
		CHECK(purpose_asked(&worker, str_of(unknown[i]), 0, &asked,
			      &e) == -1 &&
				e.code == ERR_NOT_FOUND,
			"no yes to a word that nobody knows: %s", unknown[i]);
		e = (struct err){ 0 };
	}
	CHECK(!purpose_asked(&worker, STR("Sale"), 0, &asked, &e) &&
			asked.use == USE_SALE,
		"however it is written");
	CHECK(!purpose_asked(&worker, STR("share"), 0, &asked, &e) &&
			asked.use == USE_SHARE && !asked.lock,
		"a use of the law is that use");
	CHECK(!purposes_load(&worker, &purposes, &e) &&
			str_eq(purpose_of(&purposes, REASON_LOCK_1),
				STR("tax records")),
		"which is known by the lock");
	tell(t, s.reference);
	CHECK(!answer(t, s.reference, "It never answers.", &e), "%s",
		e.message);
	hand_over(t, s.reference, "deleted");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in part")),
		"%.*s", STR_ARG(view(t, s.reference).outcome));
}

static struct person person_of(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct record r;
	struct err e = { 0 };

	if (record_need(&d, reference, &r, &e))
		fail("person", &e);
	return r.person;
}

static void give_up(struct test *t, str reference, const char *template)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct post p = letter_of(t, reference, template);
	struct err e = { 0 };

	if (!p.id || post_failed(&d, &p, &e) || post_failed(&d, &p, &e))
		fail(template, &e);
}

/* A company that must keep something says why: staff who may see who it is read
 * it, and the letter says that the company keeps some of it. */
static void test_vendor_keeps(struct test *t)
{
	struct sent s = confirmed(t, "vendor.keeps@example.com");
	struct desk d = staff(t);
	struct desk vendor = desk_as(t, ACTOR_VENDOR);
	struct vendor_reply reply = { VENDOR_KEPT, 0,
		STR("Bounce records, for the block list") };
	struct problems ps = { 0 };
	struct case_view v;
	struct err e = { 0 };
	struct post p;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "crm", 1);
	tell(t, s.reference);
	p = letter_of(t, s.reference, "vendor_notice");
	CHECK(!vendor_reply(&vendor, link_token(&p), &reply, &ps, &e), "%s",
		e.message);
	CHECK(!view(t, s.reference).tasks.at[2].said.v.n, "masked until asked");
	CHECK(case_load(&d, s.reference, true, &v, &e) == 1 &&
			str_eq(v.tasks.at[2].said.v, reply.reason),
		"then in its own words");
	d.actor.role = STR("auditor");
	CHECK(case_load(&d, s.reference, true, &v, &e) == 1 &&
			!v.tasks.at[2].said.v.n,
		"not for those who may not see who it is");
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	p = letter_of(t, s.reference, "deleted");
	CHECK(str_find(p.text.v, STR("must keep some")) > 0, "%.*s",
		STR_ARG(p.text.v));
}

/* An answer that no server will ever take: closed by decision, never called
 * answered. */
static void test_undeliverable(struct test *t)
{
	struct sent s = confirmed(t, "gone.mailbox@example.com");
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct case_view v;
	struct status st;
	str body;
	str signature;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	CHECK(!view(t, s.reference).can_close &&
			case_undeliverable(&d, s.reference, STR("No mailbox."),
				&ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"not before it was refused");
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	give_up(t, s.reference, "nothing_found");
	CHECK(view(t, s.reference).can_close, "then it can be");
	CHECK(!case_undeliverable(&d, s.reference, STR(" "), &ps, &e) &&
			ps.n == 1 && view(t, s.reference).is_open,
		"with a written reason");
	ps = (struct problems){ 0 };
	CHECK(!case_undeliverable(
		      &d, s.reference, STR("No mailbox; called."), &ps, &e),
		"%s", e.message);
	v = view(t, s.reference);
	CHECK(!v.is_open && !v.can_close && v.is_undelivered &&
			v.keep_until.year == 2028,
		"closed, and on record for 24 months");
	CHECK(intake_status(&d, s.reference, STR("192.0.2.9"), &st, &e) == 1 &&
			!st.is_open && st.is_undelivered,
		"%s", e.message);
	CHECK(str_find(str_of(st.told), STR("answer did not reach you")) >= 0 &&
			str_find(str_of(st.told), STR("say this number")) >=
				0 &&
			str_find(str_of(st.told), STR("We have answered")) < 0,
		"the requester is told so, and what to do: %s", st.told);
	CHECK(st.steps.n == 4 && st.steps.at[3].is_done,
		"\"Answered\" is no step of theirs");
	CHECK(!case_receipt(&d, s.reference, &body, &signature, &e) &&
			str_find(body, STR("\"answered_at\":\"\"")) > 0,
		"%.*s", STR_ARG(body));
}

/* How it is known who asks is on record; why nobody waited for a company is
 * another reason, and does not take its place. */
static void test_two_reasons(struct test *t)
{
	struct sent s = send_delete(t, "two.reasons@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(!case_search(&d, s.reference, STR("Known by voice."), &ps, &e),
		"%s", e.message);
	if (fulfil_plan(
		    &worker, request_id(t, s.reference), plan_of_three, 3, &e))
		fail("plan", &e);
	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "crm", 1);
	tell(t, s.reference);
	CHECK(!answer(t, s.reference, "It never answers.", &e), "%s",
		e.message);
	CHECK(str_eq(person_of(t, s.reference).reason.v,
		      STR("Known by voice.")) &&
			str_eq(person_of(t, s.reference).not_waiting.v,
				STR("It never answers.")),
		"both are kept");
}

/* Rows that are another person's too stay: that is no answer in whole, and the
 * letter does not say that nothing is left. */
static void test_shared_stays(struct test *t)
{
	struct sent s = confirmed(t, "shared@example.com");
	struct kept notes = { STR("Notes (CRM)"), STR("EX_THIRD_PARTY_RIGHTS"),
		STR(""), 2, 0, { 0 } };
	struct erased x = {
		.rows = 1, .evidence = STR("{}"), .kept = { &notes, 1 }
	};
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w;
	struct err e = { 0 };
	struct post p;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 3, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	w = work_of(t, s.reference, "crm");
	CHECK(!fulfil_erased(&worker, &w, &x, &e), "%s", e.message);
	tell(t, s.reference);
	CHECK(!answer(t, s.reference, "It never answers.", &e), "%s",
		e.message);
	p = letter_of(t, s.reference, "deleted");
	CHECK(str_find(p.text.v, STR("Notes (CRM). It is about someone")) > 0 &&
			str_find(p.text.v, STR("nothing was left")) < 0,
		"%.*s", STR_ARG(p.text.v));
	hand_over(t, s.reference, "deleted");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in part")),
		"%.*s", STR_ARG(view(t, s.reference).outcome));
}

/* A letter that no server takes: nothing may wait for it for ever. */
static void test_refused_letters(struct test *t)
{
	struct sent s = confirmed(t, "bounces@example.com");
	struct desk d = staff(t);
	struct queue q;
	struct case_view v;
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "crm", 1);
	tell(t, s.reference);
	give_up(t, s.reference, "vendor_notice");
	v = view(t, s.reference);
	CHECK(!v.can_answer && !v.tasks.at[2].asked_at &&
			v.tasks.at[2].is_stuck,
		"a vendor whose notice was refused was not told");
	if (queue_load(&d, QUEUE_ACTION, s.reference, &q, &e))
		fail("queue", &e);
	CHECK(v.can_retry && v.next.turn == TURN_STAFF &&
			str_eq(v.next_sentence,
				STR("Get the notice to MailHarbor")) &&
			q.rows.n == 1 &&
			str_eq(q.rows.at[0].next, v.next_sentence) &&
			q.rows.at[0].tasks_late == 1,
		"and that is the next step: %.*s", STR_ARG(v.next_sentence));
	CHECK(!case_retry(&d, s.reference, &e), "%s", e.message);
	tell(t, s.reference);
	v = view(t, s.reference);
	CHECK(v.can_answer, "and is told once more");
	CHECK(str_eq(v.next_sentence, STR("Waiting for MailHarbor to confirm")),
		"the queue's words: %.*s", STR_ARG(v.next_sentence));
	CHECK(!answer(t, s.reference, "It never answers.", &e), "%s",
		e.message);
	CHECK(!view(t, s.reference).can_answer, "on its way");
	give_up(t, s.reference, "deleted");
	v = view(t, s.reference);
	CHECK(v.is_open && v.can_answer, "an answer can be sent again");
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "deleted");
	CHECK(!view(t, s.reference).is_open, "and closes the case");
}

/* NT-4: no server takes the notice.  It was not told, which is a problem from the
 * second day on; there is one notice however often somebody asks for it, and told
 * it is once that has left. */
static void test_waiting_letters(struct test *t)
{
	struct sent s = confirmed(t, "waits@example.com");
	struct desk d = staff(t);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	int64_t now = t->clock.fixed_ms;
	struct case_view v;
	struct post p;
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "crm", 1);
	tell(t, s.reference);
	p = letter_of(t, s.reference, "vendor_notice");
	CHECK(!post_waits(&worker, &p, &e), "%s", e.message);
	v = view(t, s.reference);
	CHECK(!v.can_answer && !v.tasks.at[2].asked_at &&
			!v.tasks.at[2].is_stuck &&
			str_eq(v.next_sentence, STR("Telling MailHarbor")),
		"not told, and not yet somebody's: %.*s",
		STR_ARG(v.next_sentence));
	t->clock.fixed_ms += 86400000;
	for (int i = 0; i < 2; i++)
		CHECK(!post_waits(&worker, &p, &e), "%s", e.message);
	v = view(t, s.reference);
	CHECK(!v.can_answer && v.can_retry && v.tasks.at[2].is_stuck &&
			str_eq(v.next_sentence,
				STR("Get the notice to MailHarbor")),
		"after a day it is: %.*s", STR_ARG(v.next_sentence));
	CHECK(!case_retry(&d, s.reference, &e), "%s", e.message);
	tell(t, s.reference);
	CHECK(letter_of(t, s.reference, "vendor_notice").id == p.id,
		"asking again writes no second notice");
	t->clock.fixed_ms += 30 * 86400000LL;
	v = view(t, s.reference);
	CHECK(v.next.turn == TURN_STAFF && !v.tasks.at[2].is_late,
		"who was not told is not late: %.*s", STR_ARG(v.next_sentence));
	hand_over(t, s.reference, "vendor_notice");
	v = view(t, s.reference);
	CHECK(v.tasks.at[2].asked_at == t->clock.fixed_ms &&
			!v.tasks.at[2].is_stuck && v.can_answer,
		"told when the notice left");
	t->clock.fixed_ms = now;
}

/* What the log says of somebody is the same whether few are asked about, by their
 * keys, or many, from its start: with rows of one entry and of many among each
 * other, and releases. */
static void test_few_and_many(struct test *t)
{
	enum { PEOPLE = 70, STEPS = 60 };
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query all[PEOPLE] = { { 0 } }, some[PEOPLE];
	struct suppress_why *why =
		arena_many(t->a, struct suppress_why, PEOPLE);
	int64_t now = t->clock.fixed_ms;
	struct rng rng = { .state = 11 };
	struct err e = { 0 };

	for (int i = 0; i < PEOPLE; i++)
		all[i] = (struct suppress_query){ .kind = IDENT_EMAIL,
			.value = arena_fmt(t->a, "few%d@example.com", i) };
	for (int step = 0; step < STEPS; step++) {
		size_t first = rng_below(&rng, PEOPLE);
		size_t n = rng_below(&rng, 2) ? 1 : 1 + rng_below(&rng, 30);

		n = first + n > PEOPLE ? PEOPLE - first : n;
		memcpy(some, all, sizeof some);
		t->clock.fixed_ms += 3600 * 1000;
		if (rng_below(&rng, 4)
				? suppress_put(&d, some + first, n,
					  1u << rng_below(&rng, 4), &e)
				: suppress_release_for(&d, RELEASE_WHY_MISTAKE,
					  some + first, n, &e))
			fail("step", &e);
	}
	for (int i = 0; i < PEOPLE; i++) {
		struct suppress_why one = { 0 };
		struct suppress_query q = all[i];

		memcpy(some, all, sizeof some);
		if (suppress_why(&d, some, PEOPLE, why, &e) ||
			suppress_why(&d, &q, 1, &one, &e))
			fail("why", &e);
		CHECK(one.reasons == why[i].reasons &&
				q.reasons == some[i].reasons,
			"person %d: %x, of many %x", i, one.reasons,
			why[i].reasons);
		for (size_t r = 0; r < COUNTOF(one.of); r++)
			CHECK(!(one.reasons & 1u << r) ||
					one.of[r].since_at ==
						why[i].of[r].since_at,
				"person %d, reason %zu: since when", i, r);
	}
	for (int64_t at = now; at <= t->clock.fixed_ms; at += 7 * 1800 * 1000) {
		memcpy(some, all, sizeof some);
		if (suppress_check_at(&d, some, PEOPLE, at, &e))
			fail("at", &e);
		for (int i = 0; i < PEOPLE; i += 9) {
			struct suppress_query q = all[i];

			if (suppress_check_at(&d, &q, 1, at, &e))
				fail("at", &e);
			CHECK(q.reasons == some[i].reasons, "person %d at %lld",
				i, (long long)at);
		}
	}
	t->clock.fixed_ms = now;
}

/* What somebody typed and what is held are compared, and staff are told. */
static void test_mismatch(struct test *t)
{
	struct sent s = confirmed(t, "zip.wrong@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, s.reference, "leads");
	struct found f = { .finding = STR("{}"),
		.rows = 2,
		.points = { POINT_BIT(EMAIL), POINT_BIT(ZIP) } };
	struct case_view v;
	struct err e = { 0 };

	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	report_found(t, s.reference, "crm", 0, NULL);
	v = view(t, s.reference);
	CHECK(v.state == STATE_REVIEW && v.has_mismatch &&
			str_find(v.next_detail, STR("not what we hold")) > 0,
		"found by the address, but the ZIP code is another: %.*s",
		STR_ARG(v.next_detail));
}

static void test_nothing(struct test *t)
{
	struct sent s = confirmed(t, "nobody@example.com");
	struct err e = { 0 };
	struct case_view v;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	v = view(t, s.reference);
	CHECK(v.state == STATE_ANSWERING, "%s", v.state_title);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "nothing_found");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Nothing held")), "%.*s",
		STR_ARG(view(t, s.reference).outcome));
}

/* A company that was not told has confirmed nothing. */
static void test_spared(struct test *t)
{
	struct sent s = confirmed(t, "spared@example.com");
	struct desk d = staff(t);
	struct vendor_rows before;
	struct vendor_rows after;
	struct err e = { 0 };

	CHECK(!vendor_list(&d, &before, &e), "%s", e.message);
	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	CHECK(!vendor_list(&d, &after, &e), "%s", e.message);
	CHECK(after.at[0].done == before.at[0].done, "%d confirmed, was %d",
		after.at[0].done, before.at[0].done);
	CHECK(!view(t, s.reference).vendors, "nobody was to be told");
}

/* The plan changes how the queue shows the request: so it has an entry, which the
 * queue that is held looks at. */
static void test_plan_is_told(struct test *t)
{
	struct sent s = confirmed(t, "planned@example.com");
	struct case_view v = view(t, s.reference);
	int n = 0;

	for (size_t i = 0; i < v.events.n; i++)
		n += str_eq(v.events.at[i].title,
			STR("Planned: systems to search, 2; companies to tell, 1"));
	CHECK(n == 1, "once, though it was planned twice: %d", n);
}

/* More addresses than are searched for: nobody takes the search for a whole
 * one. */
static void test_left_out(struct test *t)
{
	struct sent s = confirmed(t, "many@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, s.reference, "leads");
	str list[LIMIT_IDENTIFIERS];
	struct found f = { .finding = STR("{}"), .rows = 1 };
	struct err e = { 0 };

	for (int i = 0; i < LIMIT_IDENTIFIERS; i++)
		list[i] = arena_fmt(t->a, "many.%d@example.org", i);
	f.emails.at = list;
	f.emails.n = LIMIT_IDENTIFIERS - 1;
	CHECK(!fulfil_found(&d, &w, &f, &e), "%s", e.message);
	CHECK(!view(t, s.reference).has_left_out &&
			work_of(t, s.reference, "crm").emails.n ==
				LIMIT_IDENTIFIERS,
		"at the limit: all of them");
	w = work_of(t, s.reference, "crm");
	f.emails.n = LIMIT_IDENTIFIERS;
	CHECK(!fulfil_found(&d, &w, &f, &e), "%s", e.message);
	CHECK(view(t, s.reference).has_left_out, "one more: it is said");
}

/* An address that may be somebody else's leads nowhere until staff say that it is
 * theirs; what they said stands. */
static void test_doubt(struct test *t)
{
	struct sent s = confirmed(t, "doubt@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER), who = staff(t);
	struct desk nobody = desk_as(t, ACTOR_CONSUMER);
	struct work w = work_of(t, s.reference, "leads");
	str list[] = { STR("friend@example.org"), STR("second@example.org") };
	struct doubt_said theirs = { list[0], true };
	struct doubt_said said[] = { { list[0], false }, { list[1], true } };
	struct found f = { .finding = STR("{}"), .rows = 1 };
	struct case_view v;
	struct err e = { 0 };

	f.doubts.at = list;
	f.doubts.n = COUNTOF(list);
	CHECK(!fulfil_found(&d, &w, &f, &e), "%s", e.message);
	v = view(t, s.reference);
	CHECK(v.doubts_n == 2 && !v.doubts.n && !v.can_doubt,
		"it is said that there are two, and not which");
	CHECK(work_of(t, s.reference, "crm").emails.n == 1,
		"nothing is searched for by them");
	CHECK(case_doubts(&nobody, s.reference, &theirs, 1, &e) < 0 &&
			e.code == ERR_DENIED,
		"not without the permission: %s", e.message);
	e = (struct err){ 0 };
	CHECK(!case_doubts(&who, s.reference, said, COUNTOF(said), &e), "%s",
		e.message);
	CHECK(work_of(t, s.reference, "crm").emails.n == 2,
		"the one that is theirs is searched for");
	CHECK(case_doubts(&who, s.reference, &theirs, 1, &e) < 0 &&
			e.code == ERR_CONFLICT,
		"decided once");
	e = (struct err){ 0 };
	w = work_of(t, s.reference, "leads");
	CHECK(str_eq(w.state, STR("searching")),
		"the system that knew it is asked by it as well: %.*s",
		STR_ARG(w.state));
	f.emails.at = list;
	f.emails.n = 1;
	CHECK(!fulfil_found(&d, &w, &f, &e), "%s", e.message);
	CHECK(work_of(t, s.reference, "crm").emails.n == 2 &&
			!view(t, s.reference).doubts_n,
		"somebody else's stays so, whatever a row says");
}

/* Nobody approves what may still grow by an address of theirs, or say of the queue that
 * it is ready. */
static void test_doubt_waits(struct test *t)
{
	struct sent s = confirmed(t, "unsure@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER), who = staff(t);
	str list[] = { STR("uncle@example.org") };
	struct doubt_said said = { list[0], false };
	struct found f = { .finding = STR("{}"), .rows = 1 };
	struct work leads = work_of(t, s.reference, "leads");
	struct work crm = work_of(t, s.reference, "crm");
	struct queue q;
	struct err e = { 0 };

	f.doubts.at = list;
	f.doubts.n = COUNTOF(list);
	CHECK(!fulfil_found(&d, &leads, &f, &e), "%s", e.message);
	f.doubts.n = 0;
	CHECK(!fulfil_found(&d, &crm, &f, &e), "%s", e.message);
	CHECK(approve(t, s.reference, &e) == -1 && e.code == ERR_CONFLICT &&
			strstr(e.message, "not known whose"),
		"%s", e.message);
	CHECK(str_eq(str_of(view(t, s.reference).next.code), STR("whose")),
		"the case: %s", view(t, s.reference).next.code);
	e = (struct err){ 0 };
	CHECK(!queue_load(&who, QUEUE_ACTION, s.reference, &q, &e) &&
			q.rows.n == 1 &&
			str_eq(q.rows.at[0].next,
				view(t, s.reference).next_sentence),
		"the queue says the same");
	CHECK(!case_doubts(&who, s.reference, &said, 1, &e), "%s", e.message);
	CHECK(!approve(t, s.reference, &e), "decided: %s", e.message);
}

/* A key that one system told of another sends that one back to be searched, by
 * the key; once. */
static void test_keys(struct test *t)
{
	static const char key[] =
		"[\"crm\",\"order\",\"customer_id\",false,\"leads: "
		"person\",\"MQ==\"]";
	struct sent s = confirmed(t, "keys@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work leads = work_of(t, s.reference, "leads");
	struct work crm = work_of(t, s.reference, "crm");
	str line = STR(key);
	struct found f = { .finding = STR("{}"), .rows = 1 };
	struct found more = f;
	struct err e = { 0 };

	more.keys.at = &line;
	more.keys.n = 1;
	CHECK(!fulfil_found(&d, &crm, &f, &e), "%s", e.message);
	CHECK(str_eq(work_of(t, s.reference, "crm").state, STR("found")),
		"searched");
	CHECK(!fulfil_found(&d, &leads, &more, &e), "%s", e.message);
	crm = work_of(t, s.reference, "crm");
	CHECK(str_eq(crm.state, STR("searching")) && crm.keys.n == 1 &&
			str_eq(crm.keys.at[0], line),
		"back, with the key: %zu", crm.keys.n);
	CHECK(work_of(t, s.reference, "leads").keys.n == 0,
		"the key is not for who told it");
	CHECK(!fulfil_found(&d, &crm, &more, &e), "%s", e.message);
	CHECK(str_eq(work_of(t, s.reference, "leads").state, STR("found")) &&
			str_eq(work_of(t, s.reference, "crm").state,
				STR("found")),
		"the same key again is no news");
}

static void test_denied(struct test *t)
{
	struct sent s = send_delete(t, "unverified@example.com");
	struct desk consumer = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct post p;
	struct err e = { 0 };

	CHECK(deny(t, s.reference, "because", "", &e) == -1,
		"only on a ground that the law has");
	CHECK(deny(t, s.reference, "NOT_A_CONSUMER", "", &e) == -1,
		"nor without the facts, which the letter gives");
	CHECK(deny(t, s.reference, "ACCURATE", "It is right.", &e) == -1 &&
			e.code == ERR_INVALID,
		"nor on one that is another kind's");
	CHECK(deny(t, s.reference, "KNOW_TWICE", "It is the third.", &e) ==
				-1 &&
			e.code == ERR_INVALID,
		"nor on this");
	CHECK(!deny(t, s.reference, "UNVERIFIED", "", &e), "%s", e.message);
	p = letter_of(t, s.reference, "code");
	CHECK(!confirm(t, s.reference, code_in(&p), &ps) && ps.n == 1,
		"the code comes too late, and that is said");
	t->clock.fixed_ms += 60000;
	CHECK(!intake_send_code_again(&consumer, s.reference, &ps, &e) &&
			letter_of(t, s.reference, "code").id == p.id,
		"and no other one is sent");
	t->clock.fixed_ms -= 60000;
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	p = letter_of(t, s.reference, "denied_unverified");
	CHECK(p.id > 0 && str_find(p.text.v, STR("opted out")) > 0,
		"they had opted out: the letter says so, and offers nothing");
	hand_over(t, s.reference, "denied_unverified");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Denied")), "%.*s",
		STR_ARG(view(t, s.reference).outcome));
}

/* --- the queue --- */

static void test_queue(struct test *t)
{
	struct desk d = staff(t);
	struct queue q;
	struct err e = { 0 };
	struct sent s = send_delete(t, "queue@example.com");

	if (queue_load(&d, QUEUE_OPEN, STR(""), &q, &e))
		fail("queue", &e);
	CHECK(q.open > 0 && q.rows.n == (size_t)q.open, "all open: %d", q.open);
	for (size_t i = 1; i < q.rows.n; i++)
		CHECK(date_cmp(q.rows.at[i - 1].due_on, q.rows.at[i].due_on) <=
				0,
			"soonest first");
	for (size_t i = 0; i < q.rows.n; i++)
		CHECK(str_find(q.rows.at[i].reach, STR("example.com")) < 0 ||
				str_find(q.rows.at[i].reach, STR("•")) >= 0,
			"masked");
	CHECK(q.count[QUEUE_ACTION] + q.count[QUEUE_WAITING] +
				q.count[QUEUE_UNCONFIRMED] >=
			q.open,
		"every open request is in a view");
	if (queue_load(&d, QUEUE_OPEN, STR("queue@example.com"), &q, &e))
		fail("search", &e);
	CHECK(q.rows.n == 1, "found by an address: %d", (int)q.rows.n);
	t->clock.fixed_ms += 46LL * 86400000;
	if (queue_load(&d, QUEUE_OPEN, s.reference, &q, &e))
		fail("search", &e);
	CHECK(q.rows.n == 1 && q.rows.at[0].days_left == -1 &&
			q.rows.at[0].urgency == URGENCY_RED,
		"found by its reference, a day late after 46 days");
	CHECK(q.overdue > 0, "and counted");
	t->clock.fixed_ms -= 46LL * 86400000;
	d.actor.kind = ACTOR_CONSUMER;
	CHECK(queue_load(&d, QUEUE_OPEN, STR(""), &q, &e) == -1 &&
			e.code == ERR_DENIED,
		"for staff only");
}

/* --- staff --- */

/* A case is found however many were closed since. */
static void test_old_case(struct test *t)
{
	struct problems ps = { 0 };
	struct stop_out old = opt_out(t, "years.ago@example.com", &ps);
	struct stop_in in = { .kind = KIND_OPT_OUT, .channel = CHANNEL_API };
	struct desk api = desk_as(t, ACTOR_API);
	struct desk d = staff(t);
	struct stop_out out;
	struct err e = { 0 };
	struct queue q;

	t->clock.fixed_ms += 1000;
	for (int i = 0; i < 501; i++)
		if (stop_receive(&api, &in, &out, &ps, &e))
			fail("opt-out", &e);
	if (queue_load(&d, QUEUE_OPEN, STR("years.ago@example.com"), &q, &e))
		fail("search", &e);
	CHECK(q.rows.n == 1, "by its address: %d", (int)q.rows.n);
	if (queue_load(&d, QUEUE_OPEN, old.reference, &q, &e))
		fail("search", &e);
	CHECK(q.rows.n == 1, "by its reference: %d", (int)q.rows.n);
	if (queue_load(&d, QUEUE_CLOSED, STR(""), &q, &e))
		fail("closed", &e);
	CHECK(q.rows.n == LIMIT_QUEUE_ROWS, "a page of the closed ones");
}

static void test_sign_in(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct staff_new jo = { .email = STR("Jo@Lakeshore.example"),
		.name = STR("Jo Lindqvist"),
		.role = STR("officer"),
		.passphrase = { STR("correct horse battery") } };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;
	str token = { 0 };

	CHECK(!staff_add(&d, &jo, &id, &ps, &e), "%s", e.message);
	CHECK(staff_add(&d, &jo, &id, &ps, &e) == -1 && e.code == ERR_CONFLICT,
		"one account an address");
	d = desk_as(t, ACTOR_CONSUMER);
	CHECK(staff_sign_in(&d, STR("jo@lakeshore.example"),
		      (personal){ STR("wrong") }, STR("192.0.2.9"), &token,
		      &e) == -1 &&
			e.code == ERR_DENIED,
		"a wrong passphrase");
	CHECK(!staff_sign_in(&d, STR("jo@lakeshore.example"), jo.passphrase,
		      STR("192.0.2.9"), &token, &e),
		"%s", e.message);
	d = desk_as(t, ACTOR_CONSUMER);
	CHECK(staff_of_session(&d, token, &e) == 1 &&
			str_eq(d.actor.name, STR("Jo Lindqvist")),
		"the session is theirs");
	CHECK(staff_csrf_is_right(&d, d.actor.csrf) &&
			!staff_csrf_is_right(&d, STR("x")) &&
			!staff_csrf_is_right(&d, STR("")),
		"the form's token");
	t->clock.fixed_ms += LIMIT_SESSION_IDLE_MINUTES * 60000LL + 1;
	CHECK(staff_of_session(&d, token, &e) == 0, "an hour without a click");
	t->clock.fixed_ms -= LIMIT_SESSION_IDLE_MINUTES * 60000LL + 1;
	CHECK(staff_of_session(&d, token, &e) == 1 && !staff_sign_out(&d, &e) &&
			staff_of_session(&d, token, &e) == 0,
		"signed out");
	for (int i = 0; i < LIMIT_SIGN_IN_TRIES; i++)
		(void)staff_sign_in(&d, STR("jo@lakeshore.example"),
			(personal){ STR("wrong") }, STR("192.0.2.9"), &token,
			&e);
	CHECK(staff_sign_in(&d, STR("jo@lakeshore.example"), jo.passphrase,
		      STR("192.0.2.9"), &token, &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"guessing is stopped, the right one as well");
}

/* --- suppression --- */

static void test_release_and_build(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q[] = {
		{ .kind = IDENT_EMAIL, .value = STR_INIT("a@example.com") },
		{ .kind = IDENT_PHONE, .value = STR_INIT("415-555-0100") },
	};
	struct suppress_query bad = { .kind = IDENT_PHONE,
		.value = STR_INIT("12") };
	struct suppress_set set;
	const char *path =
		arena_cstr(t->a, arena_fmt(t->a, "%s/index.tyx", t->dir));
	struct err e = { 0 };
	int64_t n = 0;

	CHECK(!suppress_put(&d, q, 2, REASON_LIMIT, &e), "%s", e.message);
	CHECK(reasons_of(t, IDENT_PHONE, "4155550100") == REASON_LIMIT, "in");
	CHECK(suppress_put(&d, &bad, 1, REASON_LIMIT, &e) == -1 && bad.fault,
		"what can't be read is not written");
	CHECK(suppress_release(&d, q, 2, &e) == -1 && e.code == ERR_DENIED &&
			reasons_of(t, IDENT_PHONE, "4155550100") ==
				REASON_LIMIT,
		"what a person said is not taken back by a hurried command");
	e = (struct err){ 0 };
	CHECK(!suppress_release_for(&d, RELEASE_WHY_MISTAKE, q + 1, 1, &e) &&
			reasons_of(t, IDENT_PHONE, "4155550100") == 0,
		"out again");
	CHECK(!suppress_put(&d, q + 1, 1, REASON_MANUAL, &e) &&
			!suppress_release(&d, q + 1, 1, &e) &&
			reasons_of(t, IDENT_PHONE, "4155550100") == 0,
		"what staff entered of themselves needs no more words");
	CHECK(!suppress_build(&d, path, &n, &e) && n > 5, "built: %d, %s",
		(int)n, e.message);
	suppress_close(t->suppress);
	if (suppress_open(&t->suppress, path, t->keys, &e))
		fail("open", &e);
	d.suppress = t->suppress;
	set = suppress_now(t->suppress);
	CHECK(suppress_set_seq(&set) > 0, "the base says up to where it goes");
	CHECK(reasons_of(t, IDENT_EMAIL, "a@example.com") == REASON_LIMIT &&
			reasons_of(t, IDENT_PHONE, "4155550100") == 0,
		"the same answers from the file");
	CHECK(!suppress_put(&d, q + 1, 1, REASON_OPT_OUT, &e) &&
			reasons_of(t, IDENT_PHONE, "4155550100") ==
				REASON_OPT_OUT,
		"and from the log behind it");
}

static bool lapses(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n = 0;

	CHECK(!suppress_lapse(&d, &n, &e), "%s", e.message);
	return n > 0;
}

/* What holds until a day ends there, not before and not by itself; what was said
 * once more without a day has none; and a day takes nothing from what has none. */
static void test_until(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	int64_t was = t->clock.fixed_ms, day = 86400000;
	struct suppress_query child = { .kind = IDENT_EMAIL,
		.value = STR_INIT("child@example.com") };
	struct suppress_query shop = { .kind = IDENT_PHONE,
		.value = STR_INIT("415-555-0171") };
	struct suppress_query both[] = { child, shop };
	struct suppress_why why;
	struct err e = { 0 };

	CHECK(suppress_put_until(&d, &child, 1, REASON_OPT_OUT, was + day, &e),
		"an opt-out ends by the consumer's word only (7028)");
	CHECK(suppress_put_until(&d, &child, 1, REASON_MINOR, was, &e),
		"a day that has passed");
	CHECK(!suppress_put_until(
		      &d, both, 2, REASON_MINOR, was + 10 * day, &e) &&
			!suppress_put_until(
				&d, &child, 1, REASON_MINOR, was + 5 * day, &e),
		"%s", e.message);
	CHECK(!suppress_put(&d, &child, 1, REASON_OPT_OUT, &e), "%s",
		e.message);
	CHECK(!suppress_why(&d, &child, 1, &why, &e) &&
			why.of[3].until_at == was + 10 * day &&
			why.of[3].since_at == was && why.of[0].until_at == 0 &&
			str_eq(why.of[0].source, STR("cli")),
		"the later day wins; the opt-out has none");
	t->clock.fixed_ms = was + 10 * day - 1;
	CHECK(!lapses(t) && reasons_of(t, IDENT_EMAIL, "child@example.com") ==
				    (REASON_OPT_OUT | REASON_MINOR),
		"a moment before");
	t->clock.fixed_ms = was + 10 * day;
	CHECK(lapses(t) && reasons_of(t, IDENT_EMAIL, "child@example.com") ==
				   REASON_OPT_OUT,
		"the opt-out stays");
	CHECK(reasons_of(t, IDENT_PHONE, "4155550171") == 0, "the other went");
	CHECK(!lapses(t), "once");

	CHECK(!suppress_put_until(&d, &shop, 1, REASON_MANUAL,
		      t->clock.fixed_ms + day, &e) &&
			!suppress_put(&d, &shop, 1, REASON_MANUAL, &e) &&
			!suppress_put_until(&d, &shop, 1, REASON_MANUAL,
				t->clock.fixed_ms + 2 * day, &e),
		"%s", e.message);
	t->clock.fixed_ms += 3 * day;
	CHECK(!lapses(t) && reasons_of(t, IDENT_PHONE, "4155550171") ==
				    REASON_MANUAL,
		"said without a day in between: for good");
	CHECK(!suppress_release_for(&d, RELEASE_WHY_MISTAKE, both, 2, &e), "%s",
		e.message);
	t->clock.fixed_ms = was;
}

/* Invariant 7: the database was restored from a back-up, the index file is from
 * before.  What the file says it holds is not what the log says. */
/* Only where the engine says that nobody has committed. */
static void test_recall(struct test *t)
{
	bool holds = recall_holds(t->recall, t->db);
	struct db_stamp stamp;

	CHECK(holds == db_stamp(t->db, &stamp), "as the engine says");
	CHECK(holds == (db_engine(t->db) == DB_SQLITE), "SQLite does");
	CHECK(!recall_holds(NULL, t->db), "nor where nothing remembers");
}

static void test_restored(struct test *t)
{
	const char *path =
		arena_cstr(t->a, arena_fmt(t->a, "%s/index.tyx", t->dir));
	struct index_opts opts = { .seq = 1000000,
		.generation = 1000000,
		.built_at = t->clock.fixed_ms };
	struct err e = { 0 };

	memcpy(opts.fingerprint, suppress_keyring(t->suppress)->fingerprint,
		sizeof opts.fingerprint);
	suppress_close(t->suppress);
	if (index_build(path, NULL, 0, &opts, &e) ||
		suppress_open(&t->suppress, path, t->keys, &e))
		fail("an index from before", &e);
	CHECK(reasons_of(t, IDENT_EMAIL, "a@example.com") == REASON_LIMIT,
		"everybody in the log is suppressed");
}

/* The same, and it has grown past the file's end again. */
static void test_restored_and_grown(struct test *t)
{
	const char *path =
		arena_cstr(t->a, arena_fmt(t->a, "%s/index.tyx", t->dir));
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_suppression_max_seq_row top;
	struct index_opts opts = { .built_at = t->clock.fixed_ms,
		.origin = { 1 } };
	struct index_info info;
	struct err e = { 0 };
	int64_t n = 0;

	if (sql_suppression_max_seq(t->db, t->a, &top, &e) < 0)
		fail("top", &e);
	opts.seq = opts.generation = (uint64_t)top.seq;
	memcpy(opts.fingerprint, suppress_keyring(t->suppress)->fingerprint,
		sizeof opts.fingerprint);
	suppress_close(t->suppress);
	if (index_build(path, NULL, 0, &opts, &e) ||
		suppress_open(&t->suppress, path, t->keys, &e))
		fail("an index of another log", &e);
	d.suppress = t->suppress;
	CHECK(suppress_refresh(&d, path, LIMIT_DELTA_REBUILD, &n, &e) == 1 &&
			n > 0,
		"it is built anew: %lld, %s", (long long)n, e.message);
	CHECK(reasons_of(t, IDENT_EMAIL, "a@example.com") == REASON_LIMIT,
		"and nobody believes the old one");
	suppress_close(t->suppress);
	if (suppress_open(&t->suppress, path, t->keys, &e))
		fail("the new one", &e);
	d.suppress = t->suppress;
	CHECK(!suppress_refresh(&d, path, LIMIT_DELTA_REBUILD, &n, &e),
		"the new one is good");
	CHECK(reasons_of(t, IDENT_EMAIL, "a@example.com") == REASON_LIMIT,
		"as it answers");
	index_info(suppress_now(t->suppress).base, &info);
	CHECK(info.seq == opts.seq && info.origin[0] | info.origin[1],
		"from the file");
}

/* Guessing reference numbers ends; people behind the same address who know theirs
 * are not counted. */
static void test_status_limit(struct test *t)
{
	struct problems ps = { 0 };
	struct stop_out mine = opt_out(t, "guessed@example.com", &ps);
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	str peer = STR("198.51.100.7");
	struct status s;
	struct err e = { 0 };
	int rc = 0;

	for (int i = 0; i < 2 * LIMIT_STATUS_TRIES_PEER; i++)
		rc |= intake_status(&d, mine.reference, peer, &s, &e) != 1;
	CHECK(!rc, "one's own, as often as one likes");
	for (int i = 0; i < LIMIT_STATUS_TRIES_PEER; i++)
		rc |= intake_status(&d, STR("0000-0000"), peer, &s, &e);
	CHECK(!rc, "%s", e.message);
	CHECK(intake_status(&d, STR("0000-0000"), peer, &s, &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"one more guess is too many");
	CHECK(intake_status(&d, mine.reference, STR("192.0.2.9"), &s, &e) == 1,
		"from elsewhere it goes on");
}

/* --- the end of a record --- */

/* Closed while a vendor was silent, and forgotten: a reminder that somebody asks
 * for has nobody to be about. */
static struct sent closed_without_vendor(struct test *t)
{
	struct sent s = confirmed(t, "silent.vendor@example.com");
	struct err e = { 0 };

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 1, NULL);
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	report_erased(t, s.reference, "crm", 1);
	tell(t, s.reference);
	CHECK(!answer(t, s.reference, "It never answers.", &e), "%s",
		e.message);
	hand_over(t, s.reference, "deleted");
	return s;
}

static void test_vendor_link(struct test *t)
{
	struct sent s = closed_without_vendor(t);
	struct desk vendor = desk_as(t, ACTOR_VENDOR);
	struct post p = letter_of(t, s.reference, "vendor_notice");
	str token = link_token(&p);
	int64_t was = t->clock.fixed_ms;
	struct vendor_page page;
	struct err e = { 0 };

	CHECK(vendor_open(&vendor, token, &page, &e) == 1 && !page.is_done &&
			!page.identifiers.n,
		"the case is closed: who it was about is not shown any more");
	t->clock.fixed_ms += LIMIT_VENDOR_LINK_DAYS * 86400000LL;
	CHECK(vendor_open(&vendor, token, &page, &e) == 1, "good for its time");
	t->clock.fixed_ms++;
	CHECK(vendor_open(&vendor, token, &page, &e) == 0, "and no longer");
	t->clock.fixed_ms = was;
}

/* Invariant 6: the record outlives the answer by 24 months, then only counts
 * remain. */
static void test_retention(struct test *t)
{
	struct sent s = confirmed(t, "forget.me@example.com");
	struct sent silent = closed_without_vendor(t);
	struct desk d = staff(t);
	int64_t was = t->clock.fixed_ms;
	struct case_view v;
	struct err e = { 0 };
	struct queue q;
	int64_t n = 0;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "nothing_found");
	must(instant_parse(STR("2028-11-22T07:59:00Z"), &t->clock.fixed_ms));
	CHECK(!retention_run(&d, &n, &e) && n == 0,
		"kept through November 21, 2028, a minute before midnight in "
		"California: %d",
		(int)n);
	must(instant_parse(STR("2028-11-22T08:00:00Z"), &t->clock.fixed_ms));
	CHECK(!retention_run(&d, &n, &e) && n > 0, "then forgotten: %s",
		e.message);
	CHECK(!retention_run(&d, &n, &e) && n == 0, "once");
	v = view(t, s.reference);
	CHECK(!v.is_open && str_eq(v.outcome, STR("Nothing held")) &&
			!v.person.email.v.n,
		"the skeleton stays, without the person");
	if (queue_load(&d, QUEUE_CLOSED, STR("forget.me@example.com"), &q, &e))
		fail("search", &e);
	CHECK(q.rows.n == 0, "nobody finds them by their address any more");
	tell(t, silent.reference);
	CHECK(!letter_of(t, silent.reference, "vendor_reminder").id,
		"no letter can be written about them");
	CHECK(reasons_of(t, IDENT_EMAIL, "forget.me@example.com") != 0,
		"they stay suppressed");
	t->clock.fixed_ms = was;
}

/* --- the proof --- */

static void test_chain(struct test *t)
{
	char path[64];
	struct audit_export x = {
		.keys = t->keys, .business = STR("L"), .at = t->clock.fixed_ms
	};
	struct audit_report report;
	struct err e = { 0 };
	int64_t n = 0;

	snprintf(path, sizeof path, "/tmp/t_desk.%ld.audit", (long)getpid());
	x.fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(!audit_export(t->db, &x, &n, &e) && n > 50, "%s", e.message);
	lseek(x.fd, 0, SEEK_SET);
	CHECK(!audit_verify(x.fd, "export", STR(""), &report, &e) &&
			report.damage == DAMAGE_INTACT && report.count == n,
		"everything above, from the export alone: %s",
		audit_damage_name(report.damage));
	close(x.fd);
	unlink(path);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "desk", fresh_server(argc, argv));
	set_contact(&t);
	test_optout(&t);
	test_optout_never_verified(&t);
	test_code(&t);
	test_delete(&t);
	test_unreachable(&t);
	test_drop(&t);
	test_drop_then_deny(&t);
	test_drop_while_working(&t);
	test_lock_reads_again(&t);
	test_second_address(&t);
	test_second_address_at_once(&t);
	test_as_many_others(&t);
	test_address_while_working(&t);
	test_nothing_under_the_new_address(&t);
	test_erased_under_too_few(&t);
	test_found_too_late(&t);
	test_denied_while_searching(&t);
	test_nothing_stays_of_verifying(&t);
	test_verifying_is_apart(&t);
	test_kept_and_silent(&t);
	test_vendor_keeps(&t);
	test_undeliverable(&t);
	test_two_reasons(&t);
	test_shared_stays(&t);
	test_refused_letters(&t);
	test_waiting_letters(&t);
	test_few_and_many(&t);
	test_mismatch(&t);
	test_nothing(&t);
	test_spared(&t);
	test_plan_is_told(&t);
	test_left_out(&t);
	test_doubt_waits(&t);
	test_doubt(&t);
	test_keys(&t);
	test_denied(&t);
	test_queue(&t);
	test_sign_in(&t);
	test_release_and_build(&t);
	test_until(&t);
	test_status_limit(&t);
	test_recall(&t);
	test_restored(&t);
	test_restored_and_grown(&t);
	test_vendor_link(&t);
	test_retention(&t);
	test_old_case(&t);
	test_chain(&t);
	end(&t);
	return CHECK_DONE();
}
