/*
 * The ledger and the list's past as use cases, on either engine, on a clock that
 * the test moves.
 */
#include "check.h"
#include "fresh.h"

#include <fcntl.h>

#include "base/file.h"
#include "desk/config.h"
#include "desk/disclosure.h"
#include "desk/disclosure_members.h"
#include "desk/limit.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "law/reason.h"
#include "store/sql.h"

struct test {
	struct arena *a;
	const char *dir;
	const char *folder;
	struct fresh fresh;
	struct config config;
	struct clock clock;
	struct keys *keys;
	struct db *db;
	struct suppress *suppress;
};

static const char today[] = "2026-11-21T21:04:00Z";

static const char data_map[] = "version: 1\n"
			       "systems: []\n"
			       "vendors:\n"
			       "  - name: mailharbor\n"
			       "    title: MailHarbor\n"
			       "    role: service_provider\n"
			       "    email: privacy@mailharbor.example\n"
			       "    days: 17\n"
			       "    receives: [ email ]\n"
			       "  - name: northlist\n"
			       "    title: North List\n"
			       "    role: third_party\n"
			       "    email: privacy@northlist.example\n"
			       "    days: 10\n"
			       "    receives: [ email, phone ]\n";

static void fail(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s (%s)\n", what, e->message, e->detail);
	exit(1);
}

static const char *path_of(struct test *t, const char *name)
{
	return path_join(t->a, t->dir, name);
}

static struct desk desk_as(struct test *t, enum actor_kind kind)
{
	return (struct desk){
		.db = t->db,
		.arena = t->a,
		.clock = &t->clock,
		.keys = t->keys,
		.config = &t->config,
		.data_map = path_of(t, "datamap.yaml"),
		.suppress = t->suppress,
		.actor = { .kind = kind, .id = 1, .role = STR("agent") },
		.wake_fd = -1,
	};
}

static void start(struct test *t, const char *server)
{
	struct err e = { 0 };
	struct desk d;

	t->a = arena_new(1u << 30);
	t->fresh = fresh_start(t->a, server, "disclosure");
	t->dir = arena_cstr(
		t->a, arena_fmt(t->a, "/tmp/t_disclosure.%ld", (long)getpid()));
	t->folder = path_of(t, "disclosures");
	t->config.listen = STR("127.0.0.1:8085");
	must(instant_parse(str_of(today), &t->clock.fixed_ms));
	if (dir_make(t->dir, 0700, &e) || keys_make(t->dir, &e) ||
		keys_load(t->a, t->dir, KEYS_ALL, &t->keys, &e) ||
		file_replace(path_of(t, "datamap.yaml"), str_of(data_map), 0600,
			&e) ||
		db_open(&t->db, t->fresh.url,
			&(struct db_opts){ .may_create = true }, &e) ||
		db_migrate(t->db, &e) ||
		suppress_open(
			&t->suppress, path_of(t, "index.tyx"), t->keys, &e))
		fail("start", &e);
	d = desk_as(t, ACTOR_COMMAND);
	if (setting_put(&d, STR("business_name"), STR("Lakeshore Leads"), &e))
		fail("settings", &e);
}

static void end(struct test *t)
{
	suppress_close(t->suppress);
	db_close(t->db);
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -rf %s", t->dir))));
	fresh_end(t->a, &t->fresh);
	arena_free(t->a);
}

/* --- what the list said then --- */

static uint32_t reasons_at(struct test *t, const char *value, int64_t at)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(value) };
	struct err e = { 0 };

	if (suppress_check_at(&d, &q, 1, at, &e))
		fail("check at", &e);
	return q.reasons;
}

static void test_past(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	int64_t start_at = t->clock.fixed_ms;
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("Past@Example.com") };
	struct err e = { 0 };

	t->clock.fixed_ms = start_at + 1000;
	must(!suppress_put(&d, &q, 1, REASON_OPT_OUT, &e));
	t->clock.fixed_ms = start_at + 2000;
	must(!suppress_put(&d, &q, 1, REASON_DELETED, &e));
	t->clock.fixed_ms = start_at + 3000;
	must(!suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e));
	t->clock.fixed_ms = start_at + 4000;
	CHECK(!reasons_at(t, "past@example.com", start_at + 999),
		"a millisecond before, nothing");
	CHECK(reasons_at(t, "past@example.com", start_at + 1000) ==
			REASON_OPT_OUT,
		"at the instant, in any spelling");
	CHECK(reasons_at(t, "past@example.com", start_at + 2500) ==
			(REASON_OPT_OUT | REASON_DELETED),
		"both, while both held");
	CHECK(!reasons_at(t, "past@example.com", start_at + 3000),
		"released is clear");
	CHECK(!reasons_at(t, "other@example.com", start_at + 2500),
		"nobody else");
	CHECK(suppress_check_at(&d, &q, 1, start_at + 4001, &e) &&
			e.code == ERR_INVALID,
		"of what has not come yet nothing is said");
	q.value = STR("no address");
	CHECK(!suppress_check_at(&d, &q, 1, start_at, &e) && q.fault &&
			!q.reasons,
		"what can't be read is a fault, not clear");
	t->clock.fixed_ms = start_at;
}

/* --- batches --- */

struct batch {
	int64_t id;
	struct members_made members;
	struct receipt receipt;
};

/* Scrubs a list and enters it, as the command does. */
static struct batch disclose(
	struct test *t, const char *list, const char *vendor)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	const char *in = path_of(t, "in.csv");
	struct scrub_report *r = arena_one(t->a, struct scrub_report);
	struct scrub_opts o = {
		.in.path = in,
		.out.path = path_of(t, "out.csv"),
		.with_sha256 = true,
		.jobs = 1,
	};
	struct receipt_of of = { .opts = &o,
		.report = r,
		.in_path = in,
		.out_path = o.out.path,
		.program = "0.1.0" };
	struct disclosure_to to;
	struct batch b;
	struct disclosure_in entry = {
		.to = &to, .receipt = &b.receipt, .members = &b.members
	};
	struct err e = { 0 };

	if (disclosure_to(&d, str_of(vendor), STR("Spring mailing"), &to, &e) ||
		file_replace(in, str_of(list), 0600, &e) ||
		suppress_follow(t->suppress, t->db, t->a, &e))
		fail("disclose", &e);
	o.keyring = suppress_keyring(t->suppress);
	o.set = suppress_now(t->suppress);
	if (scrub_run(&o, r, &e) ||
		disclosure_members(&o, r, t->folder, &b.members, &e) ||
		receipt_make(&d, &of, &b.receipt, &e) ||
		receipt_sign(
			t->a, t->keys, &b.receipt, &entry.receipt_text, &e) ||
		disclosure_record(&d, &entry, &b.id, &e))
		fail("disclose", &e);
	return b;
}

/* "17 9 ": the batches that held a person, newest first. */
static str batches_of(struct test *t, enum ident_kind kind, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct disclosure_query q = { .kind = kind, .value = str_of(value) };
	struct disclosure_search s = { .folder = t->folder, .q = &q, .n = 1 };
	struct buf b = buf_in(t->a, 1000);
	struct err e = { 0 };

	if (disclosure_find(&d, &s, &e))
		fail("find", &e);
	for (const struct disclosure_hit *h = q.hits; h; h = h->next)
		buf_fmt(&b, "%lld ", (long long)h->batch->id);
	if (s.unknown)
		buf_fmt(&b, "and %zu unknown", s.unknown);
	return buf_str(&b);
}

static bool is_list(str got, const char *fmt, long long a, long long b)
{
	char want[60];

	snprintf(want, sizeof want, fmt, a, b);
	return str_eq(got, str_of(want));
}

static void test_ledger(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query out = { .kind = IDENT_EMAIL,
		.value = STR("gone@example.com") };
	str text;
	struct receipt_report *report = arena_one(t->a, struct receipt_report);
	struct batch one, two;
	struct err e = { 0 };

	must(!suppress_put(&d, &out, 1, REASON_OPT_OUT, &e));
	one = disclose(t,
		"email,phone,note\r\n"
		"Ann@Example.com,(510) 555-0142,\"a \"\"line\"\"\r\nend\"\r\n"
		"gone@example.com,510-555-0143,x\r\n"
		"\"bob@example.com\",,y\r\n"
		"not an address,415 555 0199,z",
		"mailharbor");
	two = disclose(t, "email\nann@example.com\n", "northlist");
	CHECK(one.receipt.rows == 4 && one.receipt.kept == 3 &&
			one.receipt.unreadable == 1,
		"the counts of the scrub");
	CHECK(one.members.tags == 4, "two addresses and two numbers left");
	CHECK(is_list(batches_of(t, IDENT_EMAIL, "ann@example.com"),
		      "%lld %lld ", two.id, one.id),
		"in both, newest first");
	CHECK(is_list(batches_of(t, IDENT_PHONE, "5105550142"), "%lld ", one.id,
		      0),
		"by number");
	CHECK(is_list(batches_of(t, IDENT_PHONE, "4155550199"), "%lld ", one.id,
		      0),
		"in a row whose address can't be read");
	CHECK(is_list(batches_of(t, IDENT_EMAIL, "BOB@example.com"), "%lld ",
		      one.id, 0),
		"in quotes");
	CHECK(!batches_of(t, IDENT_EMAIL, "gone@example.com").n &&
			!batches_of(t, IDENT_PHONE, "5105550143").n,
		"who was taken out did not leave");
	CHECK(is_list(batches_of(t, IDENT_EMAIL,
			      "60ebac6f20a3db2eb2113be2d22c3dc21b9a6ed26fb75a5"
			      "1ff5a2cd1b3f8d9b7"),
		      "", 0, 0),
		"a hash of somebody else");
	must(!disclosure_receipt(&d, one.id, &text, &e));
	receipt_check(t->a, text, STR(""), report);
	CHECK(!report->faults && str_eq(report->receipt.business,
					 STR("Lakeshore Leads")),
		"the receipt that is kept fits");
}

static void test_lost(struct test *t)
{
	struct batch lost = disclose(
		t, "email\ncarl@example.com\ndora@example.com\n", "northlist");
	struct batch kept =
		disclose(t, "email\ncarl@example.com\n", "northlist");
	uint8_t key[IDENT_KEY_SIZE];
	struct disclosure_span span = { .folder = t->folder };
	struct disclosure_recipients who;
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	members_remove(t->folder, lost.members.mark);
	CHECK(is_list(batches_of(t, IDENT_EMAIL, "carl@example.com"),
		      "%lld and 1 unknown", kept.id, 0),
		"what is known is said, and that something is not");
	CHECK(is_list(batches_of(t, IDENT_EMAIL, "dora@example.com"),
		      "and 1 unknown", 0, 0),
		"not found is not said of a batch that can't be read");
	must(!ident_key_of(suppress_keyring(t->suppress), IDENT_EMAIL,
		STR("dora@example.com"), key));
	CHECK(disclosure_between(&d, &span, key, &who, &e) == -1 &&
			strstr(e.message, "batch"),
		"nobody is left out in silence: %s", e.message);
}

/* 7026(f)(2): who got the data between receipt and being in force. */
static void test_between(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	int64_t start_at = t->clock.fixed_ms;
	struct disclosure_span span = { .folder = t->folder,
		.from = start_at + 10000,
		.to = start_at + 20000 };
	struct disclosure_recipients who;
	uint8_t key[IDENT_KEY_SIZE];
	struct batch first;
	struct err e = { 0 };

	must(!ident_key_of(suppress_keyring(t->suppress), IDENT_EMAIL,
		STR("eve@example.com"), key));
	t->clock.fixed_ms = start_at + 9999;
	disclose(t, "email\neve@example.com\n", "mailharbor");
	CHECK(!disclosure_between(&d, &span, key, &who, &e) && !who.n,
		"before is before");
	t->clock.fixed_ms = start_at + 10000;
	first = disclose(t, "email\neve@example.com\n", "northlist");
	t->clock.fixed_ms = start_at + 15000;
	disclose(t, "email\neve@example.com\n", "northlist");
	disclose(t, "email\nfay@example.com\n", "mailharbor");
	t->clock.fixed_ms = start_at + 20000;
	disclose(t, "email\neve@example.com\n", "mailharbor");
	CHECK(!disclosure_between(&d, &span, key, &who, &e) && who.n == 1 &&
			str_eq(who.at[0]->recipient, STR("northlist")) &&
			str_eq(who.at[0]->role, STR("third_party")) &&
			who.at[0]->id == first.id,
		"each company once, with its first batch: %zu", who.n);
	span.to = 0;
	CHECK(!disclosure_between(&d, &span, key, &who, &e) && who.n == 2,
		"up to now");
	t->clock.fixed_ms = start_at;
}

/* --- what is refused --- */

static void test_refused(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct desk agent = desk_as(t, ACTOR_STAFF);
	struct disclosure_search s = { .folder = t->folder };
	struct disclosure_to to;
	char purpose[LIMIT_PURPOSE_BYTES + 2];
	struct err e = { 0 };

	CHECK(disclosure_to(&d, STR("mailhabor"), STR("x"), &to, &e) &&
			e.code == ERR_NOT_FOUND && strstr(e.hint, "mailharbor"),
		"a near name is suggested");
	CHECK(disclosure_to(&d, STR("northlist"), STR(" "), &to, &e) &&
			e.code == ERR_INVALID,
		"a purpose is needed");
	CHECK(disclosure_to(&d, STR("northlist"), STR("a\nb"), &to, &e),
		"of one line");
	memset(purpose, 'x', sizeof purpose);
	for (size_t n = LIMIT_PURPOSE_BYTES - 1; n <= sizeof purpose - 1; n++)
		CHECK((disclosure_to(&d, STR("northlist"), (str){ purpose, n },
			       &to, &e) == 0) == (n <= LIMIT_PURPOSE_BYTES),
			"%zu bytes", n);
	CHECK(disclosure_find(&agent, &s, &e) && e.code == ERR_DENIED,
		"not for everybody at the desk");
	CHECK(disclosure_to(&agent, STR("northlist"), STR("x"), &to, &e) &&
			e.code == ERR_DENIED,
		"nor to enter");
}

/* The list is changed between the scrub and the second reading. */
static void test_changed(struct test *t)
{
	struct scrub_report *r = arena_one(t->a, struct scrub_report);
	struct scrub_opts o = {
		.in.path = path_of(t, "in.csv"),
		.out.path = path_of(t, "out.csv"),
		.with_sha256 = true,
		.keyring = suppress_keyring(t->suppress),
		.set = suppress_now(t->suppress),
		.jobs = 1,
	};
	struct members_made made;
	struct err e = { 0 };

	must(!file_replace(o.in.path, STR("email\na@b.example\n"), 0600, &e) &&
		!scrub_run(&o, r, &e));
	must(!file_replace(o.out.path, STR("email\na@c.example\n"), 0600, &e));
	CHECK(disclosure_members(&o, r, t->folder, &made, &e) &&
			e.code == ERR_CONFLICT,
		"another list is not entered: %s", e.message);
}

static void test_audited(struct test *t)
{
	struct sql_audit_newest_in in = { .seq = INT64_MAX, .first = 500 };
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };
	size_t disclosed = 0, asked = 0;

	must(!sql_audit_newest(t->db, t->a, &in, &rows, &e));
	for (size_t i = 0; i < rows.n; i++) {
		disclosed +=
			str_eq(rows.at[i].event, STR("disclosure.recorded"));
		asked += str_eq(rows.at[i].event, STR("disclosure.asked"));
		CHECK(str_find(rows.at[i].detail, STR("@")) < 0,
			"nobody stands in the trail");
	}
	CHECK(disclosed == 9 && asked == 9, "%zu entered, %zu asked", disclosed,
		asked);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	start(&t, fresh_server(argc, argv));
	test_past(&t);
	test_ledger(&t);
	test_between(&t);
	test_refused(&t);
	test_changed(&t);
	test_lost(&t);
	test_audited(&t);
	end(&t);
	return CHECK_DONE();
}
