/*
 * What has an end: how often something may be tried and by whom, how long it is
 * kept, how old it may be; and what must not be lost at such an end.  On a clock
 * that the test moves.
 */
#include "check.h"
#include "start.h"

#include <sodium.h>

#include "desk/case.h"
#include "desk/config.h"
#include "desk/follow.h"
#include "desk/install.h"
#include "desk/intake.h"
#include "desk/keys.h"
#include "desk/late.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/purge.h"
#include "desk/retention.h"
#include "desk/setting.h"
#include "desk/staff.h"
#include "desk/stop.h"
#include "desk/suppress.h"
#include "job/job.h"
#include "law/reason.h"
#include "law/reference.h"
#include "store/sql.h"

enum { DAY_MS = 86400000 };

static str opt_out(struct test *t, const char *id, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = KIND_OPT_OUT,
		.identifier = { str_of(id) },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out = { 0 };
	struct problems ps = { 0 };

	return stop_receive(&d, &in, &out, &ps, e) ? STR("") : out.reference;
}

static int64_t request_id(struct test *t, str reference)
{
	struct sql_request_id_row row;
	struct err e = { 0 };

	if (sql_request_id(t->db, t->a,
		    &(struct sql_request_id_in){ reference }, &row, &e) != 1)
		fail("id", &e);
	return row.id;
}

/* --- what must not be lost --- */

static int64_t mail_of(struct test *t, str reference, struct post *p)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_mail_list_rows rows;
	struct err e = { 0 };
	int64_t n = 0;

	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 1000 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].reference, reference) && !n++ &&
			post_load(&d, rows.at[i].id, p, &e) != 1)
			fail("letter", &e);
	return n;
}

/* Set up by halves, a business still gets requests, and their clock runs. */
static void test_no_contact(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct install in = {
		.arena = t->a, .dir = t->dir, .config = t->config
	};
	struct job j = { .desk = &d, .install = &in };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p = { 0 };
	struct sent s;

	f.person.email.v = STR("early@example.com");
	f.person.zip.v = STR("94607");
	CHECK(!intake_send(
		      &d, &f, CHANNEL_WEB, STR("192.0.2.7"), &s, &ps, &e) &&
			!ps.n,
		"it is stored: %s", e.message);
	CHECK(mail_of(t, s.reference, &p) == 2, "with its two letters");
	d = desk_as(t, ACTOR_WORKER);
	j.subject_id = p.id;
	CHECK(job_mail(&j, &e) == JOB_AGAIN &&
			str_find(str_of(e.hint), STR("contact_email")) >= 0,
		"which wait, and say for what: %s", e.message);
	mail_of(t, s.reference, &p);
	CHECK(p.is_waiting, "not given up");
	d = desk_as(t, ACTOR_COMMAND);
	if (setting_put(&d, STR("contact_email"),
		    STR("privacy@lakeshore.example"), &e))
		fail("setting", &e);
	d = desk_as(t, ACTOR_WORKER);
	CHECK(job_mail(&j, &e) == JOB_DONE, "sent: %s", e.message);
	mail_of(t, s.reference, &p);
	CHECK(!p.is_waiting, "then they go");
}

/* --- what may be tried how often --- */

static int flood(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	for (int i = 0; i < LIMIT_OPT_OUT_PEER; i++)
		if (desk_limit(
			    d, "opt-out", STR("192.0.2.1"), INT32_MAX, 3600, e))
			return -1;
	return 0;
}

/* Behind a proxy that nobody named, everybody has one address. */
static void test_opt_outs_of_many(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	int64_t was = t->clock.fixed_ms;
	struct err e = { 0 };
	int taken = 0;

	for (int i = 0; i <= LIMIT_INTAKE_PEER; i++)
		taken += opt_out(t, "many@example.com", &e).n > 0;
	CHECK(taken == LIMIT_INTAKE_PEER + 1, "none is refused: %d, %s", taken,
		e.message);
	t->clock.fixed_ms += 3600000;
	CHECK(!desk_write(&d, flood, NULL, &e), "%s", e.message);
	CHECK(!opt_out(t, "many@example.com", &e).n && e.code == ERR_TOO_MANY,
		"a flood is");
	t->clock.fixed_ms = was;
}

/* A reference may be typed in many ways; each must not have tries of its own. */
static void test_one_request(struct test *t)
{
	struct reference ref =
		reference_make((const uint8_t[]){ 1, 2, 3, 4, 5 });
	str plain = reference_str(&ref);
	str typed[] = { plain, reference_show(t->a, plain),
		arena_fmt(t->a, " %.*s-%.*s ", 2, plain.p, 6, plain.p + 2) };
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct err e = { 0 };

	for (size_t i = 0; i < COUNTOF(typed); i++)
		CHECK(!desk_limit_request(&d, "typed", typed[i], 3, 3600, &e),
			"%.*s", STR_ARG(typed[i]));
	for (size_t i = 0; i < COUNTOF(typed); i++)
		CHECK(desk_limit_request(&d, "typed", typed[i], 3, 3600, &e) &&
				e.code == ERR_TOO_MANY,
			"the fourth of one request: %.*s", STR_ARG(typed[i]));
}

/* What staff_sign_in() says. */
static enum err_code sign_in(
	struct test *t, const char *peer, const char *passphrase)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct err e = { 0 };
	str token;

	if (!staff_sign_in(&d, STR("Maya@Lakeshore.example"),
		    (personal){ str_of(passphrase) }, str_of(peer), &token, &e))
		return ERR_NONE;
	return e.code;
}

static int guess(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	for (int i = 0; i < LIMIT_SIGN_IN_TRIES_ACCOUNT; i++)
		if (desk_limit(d, "sign-in-account",
			    STR("maya@lakeshore.example"), INT32_MAX, 900, e))
			return -1;
	return 0;
}

/* Whoever knows an address of staff must not be able to keep them out. */
static void test_sign_in_of_others(struct test *t)
{
	static const char right[] = "correct horse battery";
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct staff_new maya = { .email = STR("maya@lakeshore.example"),
		.name = STR("Maya"),
		.role = STR("officer"),
		.passphrase = { STR(right) } };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (staff_add(&d, &maya, &id, &ps, &e))
		fail("staff", &e);
	for (int i = 0; i < 2 * LIMIT_SIGN_IN_TRIES; i++)
		CHECK(sign_in(t, "198.51.100.1", right) == ERR_NONE,
			"who knows it may come and go: %d", i);
	for (int i = 0; i < LIMIT_SIGN_IN_TRIES; i++)
		CHECK(sign_in(t, "198.51.100.1", "wrong") == ERR_DENIED,
			"try %d", i);
	CHECK(sign_in(t, "198.51.100.1", right) == ERR_TOO_MANY,
		"whoever guesses is stopped");
	CHECK(sign_in(t, "192.0.2.9", right) == ERR_NONE,
		"and the account stays open elsewhere");
	if (desk_write(&d, guess, NULL, &e))
		fail("guess", &e);
	CHECK(sign_in(t, "192.0.2.9", right) == ERR_TOO_MANY,
		"guessing from everywhere is stopped, too");
}

/* --- what goes away with time --- */

static void test_forgotten_once(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	int64_t was = t->clock.fixed_ms;
	struct err e = { 0 };
	str reference = opt_out(t, "once@example.com", &e);
	struct sql_retention_forget_request_in again = {
		request_id(t, reference), STR("")
	};
	int64_t n = 0;

	t->clock.fixed_ms += 3LL * 366 * DAY_MS;
	CHECK(!retention_run(&d, &n, &e) && n > 0, "forgotten: %d, %s", (int)n,
		e.message);
	CHECK(!retention_run(&d, &n, &e) && n == 0, "and not twice");
	CHECK(sql_retention_forget_request(t->db, &again, &e) == 0,
		"a node that had it on its list as well changes nothing");
	t->clock.fixed_ms = was;
}

static int entries(struct test *t, str reference, const char *event)
{
	struct sql_audit_of_reference_rows rows;
	struct err e = { 0 };
	int n = 0;

	if (sql_audit_of_reference(t->db, t->a,
		    &(struct sql_audit_of_reference_in){ reference }, &rows,
		    &e))
		fail("trail", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.at[i].event, str_of(event));
	return n;
}

/* A company that was told, and has ten days. */
static void add_vendor(struct test *t, int64_t request_id)
{
	struct sql_task_add_in in = { .request_id = request_id,
		.target = STR("vendor"),
		.name = STR("mailharbor"),
		.title = STR("Mailharbor"),
		.state = STR("planned"),
		.sealed = STR("") };
	struct sql_task_asked_in asked = { .at = t->clock.fixed_ms,
		.due_on = STR("2026-12-01") };
	struct sql_task_list_rows rows;
	struct err e = { 0 };

	if (sql_task_add(t->db, &in, &e) < 0 ||
		sql_task_list(t->db, t->a,
			&(struct sql_task_list_in){ request_id }, &rows, &e))
		fail("task", &e);
	asked.id = rows.at[0].id;
	if (sql_task_asked(t->db, &asked, &e) != 1)
		fail("asked", &e);
}

/* 45 days from November 21, 2026: January 5, 2027, in California. */
static void test_late(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	int64_t was = t->clock.fixed_ms;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;
	int64_t n;

	f.person.email.v = STR("late@example.com");
	f.person.zip.v = STR("94607");
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.8"), &s, &ps, &e))
		fail("send", &e);
	add_vendor(t, request_id(t, s.reference));
	d = desk_as(t, ACTOR_WORKER);
	must(instant_parse(STR("2026-12-02T07:59:00Z"), &t->clock.fixed_ms));
	CHECK(!late_run(&d, &n, &e) && !n, "not on its last day: %s",
		e.message);
	must(instant_parse(STR("2026-12-02T08:00:00Z"), &t->clock.fixed_ms));
	CHECK(!late_run(&d, &n, &e) && n == 1 &&
			entries(t, s.reference, "vendor.late") == 1,
		"a company is late: %s", e.message);
	must(instant_parse(STR("2027-01-06T07:59:00Z"), &t->clock.fixed_ms));
	CHECK(!late_run(&d, &n, &e) && !n, "once, and the case is in time");
	must(instant_parse(STR("2027-01-06T08:00:00Z"), &t->clock.fixed_ms));
	CHECK(!late_run(&d, &n, &e) && n > 0 &&
			entries(t, s.reference, "request.late") == 1,
		"the case is: %s", e.message);
	CHECK(!late_run(&d, &n, &e) && !n &&
			entries(t, s.reference, "request.late") == 1 &&
			entries(t, s.reference, "vendor.late") == 1,
		"each once");
	t->clock.fixed_ms = was;
}

/* As the worker of a node has it: its own file, opened just now. */
static int refresh(struct test *t, const char *name, int64_t most)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	int64_t n;
	int rc;

	if (suppress_open(&d.suppress, path(t, name), t->keys, &e))
		fail("open", &e);
	rc = suppress_refresh(&d, path(t, name), most, &n, &e);
	CHECK(rc >= 0, "%s: %s", name, e.message);
	suppress_close(d.suppress);
	return rc;
}

static void test_index_of_each_node(struct test *t)
{
	struct err e = { 0 };

	opt_out(t, "index@example.com", &e);
	CHECK(refresh(t, "one.tyx", 1000000) == 0, "not for a few entries");
	CHECK(refresh(t, "one.tyx", 0) == 1 && refresh(t, "one.tyx", 0) == 0,
		"built when it is behind, and good then");
	CHECK(refresh(t, "two.tyx", 0) == 1,
		"another node's file is as old as before");
	opt_out(t, "index2@example.com", &e);
	CHECK(refresh(t, "one.tyx", 1) == 0 && refresh(t, "one.tyx", 0) == 1,
		"by the age of each");
}

static void test_purge(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_session_add_in session = { .token_hash = STR("token"),
		.csrf = STR("csrf"),
		.created_at = t->clock.fixed_ms };
	struct sql_staff_add_in jo = { .email = STR("jo@example.com"),
		.name = STR("Jo"),
		.role = STR("owner") };
	struct sql_session_by_hash_in key = { session.token_hash };
	struct sql_session_by_hash_row row;
	struct sql_staff_add_row who;
	int64_t was = t->clock.fixed_ms;
	struct err e = { 0 };

	if (sql_staff_add(t->db, t->a, &jo, &who, &e) < 0)
		fail("staff", &e);
	session.staff_id = who.id;
	if (sql_session_add(t->db, &session, &e) < 0)
		fail("session", &e);
	t->clock.fixed_ms += LIMIT_SESSION_IDLE_MINUTES * 60000LL;
	CHECK(!purge_run(&d, &e) &&
			sql_session_by_hash(t->db, t->a, &key, &row, &e) == 1,
		"a session stays for its time");
	t->clock.fixed_ms += 1;
	CHECK(!purge_run(&d, &e) &&
			sql_session_by_hash(t->db, t->a, &key, &row, &e) == 0,
		"and no longer");
	t->clock.fixed_ms = was;
}

/* --- snapshots of the suppression log --- */

static void change(struct test *t, const char *email, uint32_t reasons)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct err e = { 0 };

	if (reasons ? suppress_put(&d, &q, 1, reasons, &e)
		    : suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e))
		fail(email, &e);
}

/* Signs, and makes a snapshot when there are two changes since the last. */
static struct follow_manifest snapshot(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct follow_manifest m = { 0 };
	struct err e = { 0 };

	if (follow_seal_head(&d, &e) || follow_snapshot_renew(&d, 2, &e) ||
		follow_snapshot_newest(&d, &m, &e) < 0)
		fail("snapshot", &e);
	return m;
}

struct sums {
	size_t n;
	uint32_t reasons;
};

static int add_up(void *ctx, const struct follow_held *held)
{
	struct sums *s = ctx;

	s->n++;
	s->reasons += held->reasons;
	return 0;
}

static int block_of(struct test *t, uint64_t seq, struct sums *s, struct err *e)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct follow_cut all = { 0, 0 };
	str block;

	*s = (struct sums){ 0 };
	return follow_snapshot_block(&d, seq, 0, &block, e) ||
			       follow_block_read(block, all, add_up, s, e)
		       ? -1
		       : 0;
}

static void test_snapshot(struct test *t)
{
	struct follow_manifest first = snapshot(t), m;
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct follow_seal seal;
	struct sums before, s;
	struct err e = { 0 };

	if (block_of(t, first.seq, &before, &e))
		fail("the first", &e);
	CHECK(before.n == first.keys && !first.bits, "who is held so far");
	change(t, "s1@example.com", REASON_OPT_OUT);
	CHECK(snapshot(t).seq == first.seq, "not for one change");
	change(t, "s1@example.com", REASON_DELETED);
	change(t, "s2@example.com", REASON_OPT_OUT);
	change(t, "s3@example.com", REASON_OPT_OUT);
	change(t, "s3@example.com", 0);
	m = snapshot(t);
	CHECK(m.seq > first.seq && m.keys == first.keys + 2,
		"two more: the third was released: %llu",
		(unsigned long long)m.keys);
	CHECK(!block_of(t, m.seq, &s, &e), "%s", e.message);
	CHECK(s.n == before.n + 2 && s.reasons == before.reasons +
							  2 * REASON_OPT_OUT +
							  REASON_DELETED,
		"what holds in the end: %u", s.reasons - before.reasons);
	CHECK(follow_seal_newest(&d, INT64_MAX, &seal, &e) == 1 &&
			seal.seq == m.seq &&
			!memcmp(seal.hash, m.hash, sizeof m.hash),
		"bound to the chain of the log");
	CHECK(keys_audit_verify(keys_audit_public(t->keys),
		      follow_manifest_text(t->a, &m), m.signature),
		"signed");
	CHECK(!block_of(t, first.seq, &s, &e), "the one before is still there");
	change(t, "s4@example.com", REASON_OPT_OUT);
	change(t, "s5@example.com", REASON_OPT_OUT);
	CHECK(snapshot(t).seq > m.seq, "a third");
	CHECK(block_of(t, first.seq, &s, &e) < 0 && e.code == ERR_NOT_FOUND,
		"the first is gone");
	CHECK(!block_of(t, m.seq, &s, &e), "not the second");
	CHECK(follow_snapshot_block(&d, m.seq, 1, &(str){ 0 }, &e) < 0 &&
			e.code == ERR_NOT_FOUND,
		"no second block");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "bounds", fresh_server(argc, argv));
	test_no_contact(&t);
	test_late(&t);
	test_index_of_each_node(&t);
	test_forgotten_once(&t);
	test_purge(&t);
	test_opt_outs_of_many(&t);
	test_one_request(&t);
	test_sign_in_of_others(&t);
	test_snapshot(&t);
	end(&t);
	return CHECK_DONE();
}
