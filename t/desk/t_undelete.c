/*
 * A deletion that is denied after it was approved: the case went back to review, since
 * other rows came to light.  What becomes of the person's place on the suppression list,
 * and of what was not carried out yet.  On both engines.
 */
#include "cases.h"

#include <sodium.h>

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/returned.h"
#include "desk/signals.h"
#include "desk/withdraw.h"
#include "law/reason.h"

static bool is_deleted(struct test *t, const char *email)
{
	return reasons_of(t, IDENT_EMAIL, email) & REASON_DELETED;
}

static void approved(struct test *t, str reference)
{
	struct err e = { 0 };

	if (approve(t, reference, &e))
		fail("approve", &e);
}

/* Approved, and a system held other rows than that: to be reviewed once more. */
static void goes_back(struct test *t, str reference)
{
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "leads");
	struct err e = { 0 };

	if (fulfil_changed(&worker, &w, NULL, &e))
		fail("changed", &e);
	report_found(t, reference, "leads", 2, NULL);
	CHECK(view(t, reference).state == STATE_REVIEW, "in review again");
}

/* Rows in both systems. */
static struct sent found(struct test *t, const char *email)
{
	struct sent s = confirmed(t, email);

	report_found(t, s.reference, "leads", 4, NULL);
	report_found(t, s.reference, "crm", 3, NULL);
	return s;
}

static struct sent gone_back(struct test *t, const char *email)
{
	struct sent s = found(t, email);

	approved(t, s.reference);
	goes_back(t, s.reference);
	return s;
}

/* The same person's second request, whose search staff started by decision. */
static struct sent found_again(struct test *t, const char *email)
{
	struct sent s = send_delete(t, email);
	struct desk d = staff(t), worker = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_search(&d, s.reference, STR("They called us."), &ps, &e) ||
		fulfil_plan(&worker, request_id(t, s.reference), plan_of_three,
			3, &e))
		fail("search", &e);
	report_found(t, s.reference, "leads", 4, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	return s;
}

static void denied(struct test *t, str reference)
{
	struct err e = { 0 };

	if (deny(t, reference, "UNVERIFIED", "", &e))
		fail("deny", &e);
}

/* By its last letter. */
static void closed(struct test *t, str reference, const char *letter)
{
	struct err e = { 0 };

	if (answer(t, reference, "They have had a month.", &e))
		fail("answer", &e);
	hand_over(t, reference, letter);
}

/* --- a system that is looked at --- */

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: leads\n"
	"    title: Lead exchange\n"
	"    connector: sqlite\n"
	"    database: leads.db\n"
	"    tables:\n"
	"      - name: lead\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

static const char leads[] =
	"create table lead (id integer primary key, email text);\n"
	"insert into lead values (1, 'denied@example.com');\n";

static void make_leads(struct test *t)
{
	struct conn_options o = { .mode = CONN_WRITE };
	struct map m;
	struct conn *c;
	struct err e = { 0 };

	if (file_replace(path(t, "datamap.yaml"), STR(yaml), 0600, &e) ||
		file_replace(path(t, "leads.db"), STR(""), 0600, &e) ||
		map_read(t->a, path(t, "datamap.yaml"), &m, &e) ||
		conn_open(t->a, &m, map_system_named(&m, STR("leads")), &o, &c,
			&e) ||
		conn_script(c, STR(leads), &e))
		fail("leads", &e);
	conn_close(c);
}

/* The worker's look of the day; how many rows it would erase. */
static int64_t look_of_the_day(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct returned_way w = { .credentials = t->dir };
	struct screenings all;
	int64_t again_ms;
	struct err e = { 0 };

	d.data_map = path(t, "datamap.yaml");
	t->clock.fixed_ms += 25 * 3600000LL;
	if (returned_step(&d, &w, &again_ms, &e) || returned_list(&d, &all, &e))
		fail("look", &e);
	must(all.n == 1 && all.at[0].looked_at);
	return all.at[0].found;
}

/* Civ. Code 1798.105(c)(2) has the list keep them away who were deleted.  Who was denied
 * was not, and every look offered their rows to be erased. */
static void test_released(struct test *t)
{
	const char *email = "denied@example.com";
	struct sent s;

	make_leads(t);
	s = gone_back(t, email);
	CHECK(is_deleted(t, email), "listed before anything is erased");
	denied(t, s.reference);
	CHECK(!is_deleted(t, email) &&
			!(reasons_of(t, IDENT_PHONE, "510-555-0177") &
				REASON_DELETED),
		"and with the denial no more, by no identifier");
	CHECK(reasons_of(t, IDENT_EMAIL, email) & REASON_OPT_OUT,
		"an opt-out ends with two acts of the person: 11 CCR 7028(a)");
	closed(t, s.reference, "denied_unverified");
	CHECK(!look_of_the_day(t), "nobody is to be erased");
}

/* What is approved in another system would be erased by the worker's next round. */
static void test_left_alone(struct test *t)
{
	struct sent s = gone_back(t, "alone@example.com");
	struct work w;

	tell(t, s.reference);
	must(str_eq(work_of(t, s.reference, "crm").state, STR("approved")));
	denied(t, s.reference);
	w = work_of(t, s.reference, "crm");
	CHECK(w.is_done && str_eq(w.state, STR("ended")), "crm: %.*s",
		STR_ARG(w.state));
	report_erased(t, s.reference, "crm", 3);
	CHECK(str_eq(work_of(t, s.reference, "crm").state, STR("ended")),
		"nor is it called erased");
	CHECK(!work_of(t, s.reference, "mailharbor").is_done,
		"a company that was told can still answer");
}

/* Rows that went under the approval are gone; a list of people can't forbid these alone,
 * and the rest may stay: 11 CCR 7022(f). */
static void test_erased_in_part(struct test *t)
{
	struct sent s = found(t, "part@example.com");
	struct case_view v;

	approved(t, s.reference);
	report_erased(t, s.reference, "crm", 3);
	goes_back(t, s.reference);
	denied(t, s.reference);
	v = view(t, s.reference);
	CHECK(!is_deleted(t, "part@example.com"), "released");
	CHECK(str_eq(work_of(t, s.reference, "crm").state, STR("done")) &&
			v.tasks.n == 3,
		"what was erased is told as that");
}

/* --- what others said --- */

static void test_deleted_before(struct test *t)
{
	const char *email = "before@example.com";
	struct sent first = found(t, email), second;

	approved(t, first.reference);
	report_erased(t, first.reference, "leads", 4);
	report_erased(t, first.reference, "crm", 3);
	tell(t, first.reference);
	closed(t, first.reference, "deleted");
	second = found_again(t, email);
	approved(t, second.reference);
	goes_back(t, second.reference);
	denied(t, second.reference);
	CHECK(is_deleted(t, email), "an earlier request deleted them");
}

/* While the first is open, another one of theirs is approved, of which the log takes down
 * nothing; then that is denied as well. */
static void test_deleted_since(struct test *t)
{
	const char *email = "since@example.com";
	struct sent first = gone_back(t, email), second = found_again(t, email);

	approved(t, second.reference);
	denied(t, first.reference);
	CHECK(is_deleted(t, email), "the second one deletes them");
	goes_back(t, second.reference);
	denied(t, second.reference);
	CHECK(!is_deleted(t, email), "and now none");
}

static void list_says(struct test *t, const char *email, uint32_t reasons)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct err e = { 0 };

	if (suppress_put(&d, &q, 1, reasons, &e))
		fail("list", &e);
}

static void signal_says(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_API);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct signals s = { .at = &q,
		.n = 1,
		.reasons = REASON_DELETED,
		.source = STR("lists") };
	struct err e = { 0 };

	d.actor.scopes = ~0u;
	if (signals_read_own(&d, &s, &e) || signals_put(&d, &s, &e))
		fail("signal", &e);
}

static void test_listed_since(struct test *t)
{
	struct sent s = gone_back(t, "list@example.com");
	struct sent api = gone_back(t, "api@example.com");
	struct sent drop = gone_back(t, "drop@example.com");

	list_says(t, "list@example.com", REASON_DELETED);
	signal_says(t, "api@example.com");
	list_says(t, "drop@example.com", REASON_DROP);
	denied(t, s.reference);
	denied(t, api.reference);
	denied(t, drop.reference);
	CHECK(is_deleted(t, "list@example.com"), "a list that was imported");
	CHECK(is_deleted(t, "api@example.com"), "a program");
	CHECK(!is_deleted(t, "drop@example.com") &&
			reasons_of(t, IDENT_EMAIL, "drop@example.com") &
				REASON_DROP,
		"DROP says what it says: Civ. Code 1798.99.86(d)");
}

/* Nobody says any more what was taken back before. */
static void test_released_since(struct test *t)
{
	const char *email = "taken.back@example.com";
	struct sent s = gone_back(t, email);
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct err e = { 0 };

	list_says(t, email, REASON_DELETED);
	if (suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e))
		fail("release", &e);
	approved(t, s.reference);
	goes_back(t, s.reference);
	denied(t, s.reference);
	CHECK(!is_deleted(t, email), "only the approval had said it again");
}

/* An address that a search told is one of theirs. */
static void test_found_address(struct test *t)
{
	struct sent s = confirmed(t, "given@example.com");

	report_found(t, s.reference, "leads", 4, "told@example.com");
	report_found(t, s.reference, "crm", 0, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	report_found(t, s.reference, "leads", 4, NULL);
	approved(t, s.reference);
	must(is_deleted(t, "told@example.com"));
	goes_back(t, s.reference);
	list_says(t, "told@example.com", REASON_DELETED);
	denied(t, s.reference);
	CHECK(!is_deleted(t, "given@example.com") &&
			is_deleted(t, "told@example.com"),
		"each identifier by what was said of it");
}

/* --- who decides --- */

static int deny_as(struct test *t, int64_t id, str reference)
{
	struct desk d = staff(t);
	struct denial x = { .ground = STR("UNVERIFIED") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc;

	d.actor.id = id;
	rc = case_deny(&d, reference, &x, &ps, &e);
	if (rc < 0 || ps.n)
		fail("deny", &e);
	return rc;
}

static void test_four_eyes(struct test *t)
{
	const char *email = "two@example.com";
	struct sent s = gone_back(t, email);
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, STR("four_eyes"), STR("yes"), &e))
		fail("setting", &e);
	CHECK(deny_as(t, 1, s.reference) == 1 && is_deleted(t, email) &&
			!work_of(t, s.reference, "crm").is_done,
		"one person alone takes nobody off the list");
	CHECK(deny_as(t, 2, s.reference) == 0 && !is_deleted(t, email) &&
			work_of(t, s.reference, "crm").is_done,
		"a second one does");
	if (setting_put(&d, STR("four_eyes"), STR("no"), &e))
		fail("setting", &e);
}

/* Something may be gone by then. */
static void test_not_withdrawn(struct test *t)
{
	const char *email = "too.late@example.com";
	struct sent s = gone_back(t, email);
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(withdraw_send_code(&d, s.reference, &ps, &e) == -1 &&
			e.code == ERR_CONFLICT && is_deleted(t, email),
		"what was approved is not taken back");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "undelete", fresh_server(argc, argv));
	set_contact(&t);
	test_released(&t);
	test_left_alone(&t);
	test_erased_in_part(&t);
	test_deleted_before(&t);
	test_deleted_since(&t);
	test_listed_since(&t);
	test_released_since(&t);
	test_found_address(&t);
	test_four_eyes(&t);
	test_not_withdrawn(&t);
	end(&t);
	return CHECK_DONE();
}
