/*
 * Who is asking (rows V-03, V-06 to V-11, R-07, R-14, R-24): the points that the
 * search compared, the grade that the law asks for, what staff may vouch for, and what
 * becomes of a request when nobody knows.  The first argument is a database, as for
 * t_desk.
 */
#include <sodium.h>
#include <string.h>

#include "cases.h"
#include "child.h"

#include "base/enc.h"
#include "desk/account.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/queue.h"
#include "desk/receive.h"
#include "desk/stakes.h"
#include "job/job.h"
#include "law/reason.h"

enum { POINTS_TWO = POINT_BIT(EMAIL) | POINT_BIT(ZIP) };

/* A search of the one system that holds something, in a map that relies on
 * columns. */
static void found_with(struct test *t, str reference, struct points_seen seen,
	bool is_sensitive)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, reference, "leads");
	struct found f = { .finding = STR("{}"),
		.rows = 2,
		.points = seen,
		.is_marked = true,
		.is_sensitive = is_sensitive };
	struct found nothing = { .finding = STR("{}"), .is_marked = true };
	struct err e = { 0 };

	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	w = work_of(t, reference, "crm");
	if (fulfil_found(&d, &w, &nothing, &e))
		fail("found", &e);
}

static struct sent reviewed(struct test *t, const char *email,
	struct points_seen seen, bool is_sensitive)
{
	struct sent s = confirmed(t, email);

	found_with(t, s.reference, seen, is_sensitive);
	CHECK(view(t, s.reference).state == STATE_REVIEW, "in review");
	return s;
}

static struct queue_row row_of(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct queue *q = arena_one(t->a, struct queue);
	struct err e = { 0 };

	if (queue_load(&d, QUEUE_OPEN, reference, q, &e) || q->rows.n != 1)
		fail("queue", &e);
	return q->rows.at[0];
}

/* 11 CCR 7062(d), nothing sensitive: two points are enough, one is not. */
static void test_two_points(struct test *t)
{
	struct sent one = reviewed(t, "one.point@example.com",
		(struct points_seen){ POINT_BIT(EMAIL), POINT_BIT(ZIP) },
		false);
	struct sent two = reviewed(t, "two.points@example.com",
		(struct points_seen){ POINTS_TWO, 0 }, false);
	struct case_view v = view(t, one.reference);
	struct err e = { 0 };

	CHECK(v.is_unverified && v.can_vouch &&
			!strcmp(v.next.code, "unverified"),
		"the next step: %s", v.next.code);
	CHECK(str_eq(v.grade, STR("1 detail matches. It takes 2 here "
				  "(11 CCR 7062(d)).")),
		"%.*s", STR_ARG(v.grade));
	CHECK(approve(t, one.reference, &e) && e.code == ERR_DENIED,
		"one point deletes nothing: %s", e.message);
	CHECK(view(t, one.reference).state == STATE_REVIEW,
		"and nothing moved");
	v = view(t, two.reference);
	CHECK(!v.is_unverified && !v.foretold.n &&
			str_eq(v.grade, STR("2 details match. It takes 2 here "
					    "(11 CCR 7062(d)).")),
		"%.*s", STR_ARG(v.grade));
	CHECK(!approve(t, two.reference, &e), "two do: %s", e.message);
}

/* A code that did not come back leaves the address unproven: no point. */
static void test_address_without_code(struct test *t)
{
	struct sent s = send_delete(t, "no.code.yet@example.com");
	struct desk d = staff(t);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct case_view v;

	CHECK(!case_search(&d, s.reference,
		      STR("called back on a number that "
			  "we hold"),
		      &ps, &e) &&
			!fulfil_plan(&worker, request_id(t, s.reference),
				plan_of_three, 3, &e),
		"%s", e.message);
	found_with(
		t, s.reference, (struct points_seen){ POINTS_TWO, 0 }, false);
	v = view(t, s.reference);
	CHECK(str_starts(v.grade, STR("1 detail matches.")), "%.*s",
		STR_ARG(v.grade));
	CHECK(!v.is_unverified, "staff wrote down how they know");
}

/* 11 CCR 7062(d): what is sensitive takes three and the declaration. */
static void test_sensitive(struct test *t)
{
	struct sent s = reviewed(t, "sensitive@example.com",
		(struct points_seen){ POINTS_TWO | POINT_BIT(PHONE), 0 }, true);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct case_view v = view(t, s.reference);

	CHECK(str_eq(v.grade, STR("3 details match. It takes 3 and a signed "
				  "declaration here (11 CCR 7062(d)).")),
		"%.*s", STR_ARG(v.grade));
	CHECK(approve(t, s.reference, &e) && e.code == ERR_DENIED,
		"three without the declaration are too few");
	CHECK(!case_vouch(&d, s.reference, STR(" "), &ps, &e) && ps.n == 1,
		"nobody vouches without a reason");
	ps.n = 0;
	CHECK(!case_vouch(&d, s.reference,
		      STR("Signed the declaration on paper, March 3"), &ps,
		      &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(!view(t, s.reference).is_unverified, "then the case goes on");
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
	CHECK(case_vouch(&d, s.reference, STR("again"), &ps, &e) &&
			e.code == ERR_CONFLICT,
		"and it is over");
}

/* Six reasons, of which one may be missing. */
static int weigh(struct test *t, str reference, bool raises, size_t missing,
	struct problems *ps, struct err *e)
{
	struct desk d = staff(t);
	struct stakes in = { .raises = raises };

	for (size_t i = 0; i < STAKES; i++)
		in.text[i].v = i == missing ? STR(" ")
					    : arena_fmt(t->a,
						      "Reason\n%zu\tof six", i);
	return case_weigh(&d, reference, &in, ps, e);
}

/* Only who shows who it is, which leaves an entry, reads it; the form does not have it. */
static bool weighed_in(
	struct test *t, str reference, size_t i, const char *words)
{
	struct desk d = staff(t);
	struct stakes_page p;
	struct case_view v;
	struct err e = { 0 };

	if (case_stakes(&d, reference, &p, &e) != 1 ||
		case_load(&d, reference, true, &v, &e) != 1)
		fail("stakes", &e);
	CHECK(!p.at[i].text.v.n, "shown without an entry: %.*s",
		STR_ARG(p.at[i].text.v));
	return v.stakes.n == STAKES &&
	       str_eq(v.stakes.at[i].text.v, str_of(words));
}

/* 11 CCR 7060(c), 7062(d): what staff weigh is kept, all six of it, and may take more
 * of who asks; what was raised is not lowered by weighing again. */
static void test_weighed(struct test *t)
{
	struct sent s = reviewed(t, "weighed@example.com",
		(struct points_seen){ POINTS_TWO, 0 }, false);
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct stakes_page p;
	struct err e = { 0 };

	CHECK(!weigh(t, s.reference, true, 1, &ps, &e) && ps.n == 1 &&
			!strcmp(ps.at[0].field, "harm"),
		"nothing is left out");
	CHECK(!view(t, s.reference).is_unverified, "nor is anything kept then");
	ps.n = 0;
	CHECK(!weigh(t, s.reference, false, STAKES, &ps, &e) && !ps.n &&
			!view(t, s.reference).is_unverified,
		"weighed, and two details are enough as before");
	CHECK(!weigh(t, s.reference, true, STAKES, &ps, &e) &&
			str_eq(view(t, s.reference).grade,
				STR("2 details match. It takes 3 and a signed "
				    "declaration here, as was weighed (11 CCR "
				    "7062(d)).")),
		"raised: %.*s", STR_ARG(view(t, s.reference).grade));
	CHECK(approve(t, s.reference, &e) && e.code == ERR_DENIED,
		"two are too few now");
	CHECK(!weigh(t, s.reference, false, STAKES, &ps, &e) &&
			view(t, s.reference).is_unverified,
		"and it stays raised");
	if (case_stakes(&d, s.reference, &p, &e) != 1)
		fail("stakes", &e);
	CHECK(p.is_weighed && p.is_raised && !p.can_raise &&
			!strcmp(p.at[5].code, "technology"),
		"six rows");
	CHECK(!weigh(t, s.reference, false, 5, &ps, &e) && !ps.n,
		"who weighs again need not write all of it again");
	CHECK(weighed_in(t, s.reference, 0, "Reason 0 of six") &&
			weighed_in(t, s.reference, 5, "Reason 5 of six"),
		"each of them is kept");
	CHECK(view(t, s.reference).is_weighed && !view(t, s.reference).stakes.n,
		"the case shows them to who may see who asks");
	CHECK(!case_vouch(&d, s.reference, STR("Known for years"), &ps, &e) &&
			!approve(t, s.reference, &e) &&
			weigh(t, s.reference, true, STAKES, &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"nobody weighs what was carried out");
}

/* Without a column to rely on the code was enough, until somebody weighs more. */
static void test_weighed_without_columns(struct test *t)
{
	struct sent s = confirmed(t, "weighed.bare@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, s.reference, "leads");
	struct found f = { .finding = STR("{}"), .rows = 2 };
	struct found nothing = { .finding = STR("{}") };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	w = work_of(t, s.reference, "crm");
	if (fulfil_found(&d, &w, &nothing, &e))
		fail("found", &e);
	CHECK(!view(t, s.reference).is_unverified, "the code is all there is");
	CHECK(!weigh(t, s.reference, true, STAKES, &ps, &e) &&
			view(t, s.reference).is_unverified,
		"then it is not enough");
}

/* 11 CCR 7001(bbb), 7062(d): nothing that is sensitive of everybody was found, but of
 * somebody under 16 all of it is. */
static void test_minor_is_sensitive(struct test *t)
{
	struct sent s;

	tell_child(t, "nine@example.com");
	s = reviewed(t, "nine@example.com",
		(struct points_seen){ POINTS_TWO | POINT_BIT(PHONE), 0 },
		false);
	CHECK(str_eq(view(t, s.reference).grade,
		      STR("3 details match. It takes 3 and a signed declaration "
			  "here (11 CCR 7062(d)).")),
		"%.*s", STR_ARG(view(t, s.reference).grade));
}

/* A system that is searched again says what is, not what was. */
static void test_searched_again(struct test *t)
{
	struct sent s = confirmed(t, "searched.again@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, s.reference, "leads");
	struct found f = { .finding = STR("{}"),
		.rows = 2,
		.points = { POINTS_TWO, 0 },
		.is_marked = true,
		.is_sensitive = true };
	str more[] = { STR("another@example.com") };
	struct found news = { .finding = STR("{}"),
		.rows = 1,
		.is_marked = true,
		.emails = { more, 1 } };
	struct err e = { 0 };
	struct case_view v;

	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	w = work_of(t, s.reference, "crm");
	if (fulfil_found(&d, &w, &news, &e))
		fail("found", &e);
	w = work_of(t, s.reference, "leads");
	f.points = (struct points_seen){ POINT_BIT(EMAIL), POINT_BIT(ZIP) };
	f.is_sensitive = false;
	if (fulfil_found(&d, &w, &f, &e))
		fail("found again", &e);
	v = view(t, s.reference);
	CHECK(v.state == STATE_REVIEW && v.is_unverified &&
			str_eq(v.grade, STR("1 detail matches. It takes 2 "
					    "here (11 CCR 7062(d)).")),
		"%.*s", STR_ARG(v.grade));
}

/* Nothing in the map is relied on: the code is all there is, and staff are told. */
static void test_unmarked(struct test *t)
{
	struct sent s = confirmed(t, "unmarked@example.com");
	struct err e = { 0 };
	struct case_view v;

	report_found(t, s.reference, "leads", 2, NULL);
	report_found(t, s.reference, "crm", 0, NULL);
	v = view(t, s.reference);
	CHECK(!v.is_unverified && str_starts(v.grade, STR("The data map calls "
							  "no column")),
		"%.*s", STR_ARG(v.grade));
	CHECK(!approve(t, s.reference, &e), "%s", e.message);
}

/* 11 CCR 7062(d): no column is relied on, and what was typed is not what is held. */
static void test_unmarked_missed(struct test *t)
{
	struct sent s = confirmed(t, "unmarked.missed@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, s.reference, "leads");
	struct found f = { .finding = STR("{}"),
		.rows = 9,
		.points = {
			POINT_BIT(EMAIL), POINT_BIT(ZIP) | POINT_BIT(PHONE) } };
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct case_view v;

	if (fulfil_found(&worker, &w, &f, &e))
		fail("found", &e);
	report_found(t, s.reference, "crm", 0, NULL);
	v = view(t, s.reference);
	CHECK(v.is_unverified && v.can_vouch &&
			str_starts(v.grade, STR("Not all that they typed is "
						"what we hold")),
		"the code alone is not enough: %.*s", STR_ARG(v.grade));
	CHECK(approve(t, s.reference, &e) && e.code == ERR_DENIED,
		"nothing is deleted on it: %s", e.message);
	CHECK(!case_vouch(&d, s.reference, STR(" "), &ps, &e) && ps.n == 1,
		"nor without a reason");
	ps.n = 0;
	e = (struct err){ 0 };
	CHECK(!case_vouch(&d, s.reference,
		      STR("They moved, and told the old ZIP code on the phone"),
		      &ps, &e) &&
			!ps.n && !approve(t, s.reference, &e),
		"staff write how they know: %s", e.message);
}

static void set(struct test *t, const char *name, const char *value)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	if (setting_put(&d, str_of(name), str_of(value), &e))
		fail(name, &e);
}

/* 11 CCR 7022(g): foretold in the queue, and carried out by one click. */
static void test_foretold(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;
	struct case_view v;
	struct post p;

	f.person = (struct person){ .email = { STR("foretold@example.com") },
		.zip = { STR("94607") },
		.stop_sale = STR("no") };
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	CHECK(str_eq(row_of(t, s.reference).next_detail,
		      STR("If not verified: denied, and the letter offers to "
			  "opt out of sale and sharing")),
		"%.*s", STR_ARG(row_of(t, s.reference).next_detail));
	v = view(t, s.reference);
	CHECK(str_starts(v.foretold, STR("denied, and the letter offers")) &&
			!strcmp(v.foretold_citation, "11 CCR 7022(a), (g)"),
		"%.*s", STR_ARG(v.foretold));
	set(t, "sells", "no");
	CHECK(str_eq(view(t, s.reference).foretold,
		      STR("denied, and the letter says so")) &&
			str_eq(row_of(t, s.reference).next_detail,
				STR("If not verified: denied, and the letter "
				    "says so")),
		"who sells nothing has nothing to offer");
	set(t, "sells", "yes");
	CHECK(!deny(t, s.reference, "UNVERIFIED", "", &e), "%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	p = letter_of(t, s.reference, "denied_unverified");
	CHECK(str_find(p.text.v, STR("Would you like to opt out of the sale")) >
			0,
		"the letter offers it");
	hand_over(t, s.reference, "denied_unverified");
	CHECK(!view(t, s.reference).foretold.n, "closed: nothing to foretell");
}

static struct sent send_know(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_KNOW_SPECIFIC };
	struct problems ps = { 0 };
	struct sent s = { 0 };
	struct err e = { 0 };

	f.person = (struct person){ .pieces = STR("specific"),
		.range = STR("all"),
		.email = { str_of(email) },
		.zip = { STR("94607") },
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") } };
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return s;
}

/* 11 CCR 7024(a): pieces that are not verified are answered as categories, when
 * two points match; with one, not even those. */
static void test_pieces(struct test *t)
{
	static const struct {
		const char *email;
		unsigned matched;
		const char *foretold;
		bool is_unverified, is_denied;
	} cases[] = {
		{ "pieces.2@example.com", POINTS_TWO,
			"answered with the kinds of information only", false,
			false },
		{ "pieces.1@example.com", POINT_BIT(EMAIL),
			"denied, and the letter points to the privacy policy",
			true, true },
		{ "pieces.3@example.com", POINTS_TWO | POINT_BIT(NAME), "",
			false, false },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct sent s = send_know(t, cases[i].email);
		struct post p = letter_of(t, s.reference, "code");
		struct desk d = desk_as(t, ACTOR_WORKER);
		struct problems ps = { 0 };
		struct err e = { 0 };
		struct case_view v;

		CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
		if (fulfil_plan(&d, request_id(t, s.reference), plan_of_three,
			    2, &e))
			fail("plan", &e);
		found_with(t, s.reference,
			(struct points_seen){ cases[i].matched, 0 }, false);
		v = view(t, s.reference);
		CHECK(str_eq(v.foretold, str_of(cases[i].foretold)), "%s: %.*s",
			cases[i].email, STR_ARG(v.foretold));
		CHECK(v.is_unverified == cases[i].is_unverified, "%s: %s",
			cases[i].email, v.next.code);
		CHECK((deny(t, s.reference, "UNVERIFIED", "", &e) == 0) ==
					cases[i].is_denied &&
				(cases[i].is_denied || e.code == ERR_INVALID),
			"%s: denied only where the law says so: %s",
			cases[i].email, e.message);
	}
}

static size_t deletions_of(struct test *t, const char *email)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct sql_request_by_identifier_rows rows;
	uint8_t key[IDENT_KEY_SIZE];
	struct err e = { 0 };
	size_t n = 0;

	must(!ident_key_of(
		suppress_keyring(d.suppress), IDENT_EMAIL, str_of(email), key));
	if (sql_request_by_identifier(t->db, t->a,
		    &(struct sql_request_by_identifier_in){
			    { (const char *)key, sizeof key } },
		    &rows, &e))
		fail("requests", &e);
	for (size_t i = 0; i < rows.n; i++) {
		struct record r;

		if (record_by_id(&d, rows.at[i].id, &r, &e) != 1)
			fail("request", &e);
		n += r.kind == KIND_DELETE;
	}
	return n;
}

/* G-02, Civ. Code 1798.120(c): the business holds the day of birth, so it knows. */
static void test_minor_in_records(struct test *t)
{
	const char *email = "own.records@example.com";
	struct sent s = send_know(t, email);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct found f = {
		.finding = STR("{}"), .rows = 1, .born_on = { 1990, 2, 2 }
	};
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct work w;

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_three, 2, &e))
		fail("plan", &e);
	w = work_of(t, s.reference, "leads");
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	CHECK(!reasons_of(t, IDENT_EMAIL, email) && !deletions_of(t, email),
		"born in 1990: nothing is done");
	w = work_of(t, s.reference, "crm");
	f.born_on = (struct date){ 2016, 2, 2 };
	if (fulfil_found(&d, &w, &f, &e) || fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	CHECK(reasons_of(t, IDENT_EMAIL, email) == REASON_MINOR,
		"in 2016: not sold from now on");
	CHECK(deletions_of(t, email) == 1, "and one case is opened by itself");
}

/* 11 CCR 7060: what a consumer reads is the same whichever point failed. */
static void test_nothing_is_told(struct test *t)
{
	static const unsigned missed[] = { POINT_BIT(ZIP), POINT_BIT(PHONE) };
	str letters[COUNTOF(missed)];
	struct status statuses[COUNTOF(missed)];

	for (size_t i = 0; i < COUNTOF(missed); i++) {
		const char *emails[] = { "told.1@example.com",
			"told.2@example.com" };
		struct sent s = reviewed(t, emails[i],
			(struct points_seen){ POINT_BIT(EMAIL), missed[i] },
			false);
		struct desk d = desk_as(t, ACTOR_CONSUMER);
		struct err e = { 0 };
		struct buf b = buf_in(t->a, 1 << 16);
		str text;

		if (intake_status(&d, s.reference, STR("192.0.2.9"),
			    &statuses[i], &e) != 1)
			fail("status", &e);
		CHECK(!deny(t, s.reference, "UNVERIFIED", "", &e) &&
				!answer(t, s.reference, "", &e),
			"%s", e.message);
		text = letter_of(t, s.reference, "denied_unverified").text.v;
		for (size_t k = 0; k < text.n; k++)
			if (!str_starts(
				    str_from(text, k), statuses[i].reference))
				buf_putc(&b, (unsigned char)text.p[k]);
			else
				k += statuses[i].reference.n - 1;
		letters[i] = buf_str(&b);
		CHECK(str_find(letters[i], STR("ZIP")) < 0 &&
				str_find(letters[i], STR("94607")) < 0 &&
				str_find(letters[i], STR("phone number did")) <
					0,
			"nothing of the points");
	}
	CHECK(letters[0].n > 400 && str_eq(letters[0], letters[1]),
		"one letter for both");
	CHECK(!strcmp(statuses[0].told, statuses[1].told) &&
			statuses[0].steps.n == statuses[1].steps.n,
		"one status for both");
}

/* A code by text message: the phone is proven and searched by, the address is not. */
static struct sent send_sms_in(struct test *t, const char *email,
	const char *phone, const char *language)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct sent s = { 0 };
	struct err e = { 0 };

	f.person = (struct person){ .email = { str_of(email) },
		.phone = { str_of(phone) },
		.zip = { STR("94607") },
		.code_by = STR("sms"),
		.language = str_of(language) };
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &s, &ps, &e))
		fail("send", &e);
	CHECK(!ps.n, "%s", ps.n ? ps.at[0].text : "");
	return s;
}

static struct sent send_sms(
	struct test *t, const char *email, const char *phone)
{
	return send_sms_in(t, email, phone, "en");
}

static void test_sms(struct test *t)
{
	struct sent other = confirmed(t, "same.address@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;
	struct case_view v;
	struct work w;
	struct post p;

	t->config.sms_url = STR("https://sms.example/?to={to}&text={text}");
	s = send_sms(t, "same.address@example.com", "510-555-0188");
	CHECK(!letter_of(t, s.reference, "code").id, "no code by email");
	p = letter_of(t, s.reference, "code_sms");
	CHECK(str_eq(p.phone.v, STR("510-555-0188")) && !p.to.v.n,
		"to the phone, and to no address");
	CHECK(!confirm(t, s.reference, STR("000000"), &ps) && ps.n, "wrong");
	CHECK(confirm(t, s.reference, code_in(&p), &ps), "right");
	v = view(t, s.reference);
	CHECK(v.phone_confirmed && !v.email_confirmed &&
			v.state == STATE_SEARCHING,
		"the phone is confirmed: %s", v.state_title);
	CHECK(view(t, other.reference).is_open && v.is_open,
		"not joined with a request of an address that nobody proved");
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_three, 3, &e))
		fail("plan", &e);
	w = work_of(t, s.reference, "leads");
	CHECK(str_eq(w.phone, STR("510-555-0188")) && !w.emails.n &&
			w.typed.proven == POINT_BIT(PHONE),
		"the way in is the phone, and no address that was only typed");
	found_with(t, s.reference,
		(struct points_seen){ POINT_BIT(PHONE) | POINT_BIT(ZIP), 0 },
		false);
	CHECK(str_starts(view(t, s.reference).grade, STR("2 details match.")),
		"%.*s", STR_ARG(view(t, s.reference).grade));
	t->config.sms_url = STR("");
}

/*
 * A gateway that is away for half an hour: the code would not be taken any more, and
 * the next one is what they wait for.  Tried again until then, and given up after.
 */
static void test_sms_given_up(
	struct test *t, const char *language, const char *words)
{
	int64_t was = t->clock.fixed_ms;
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct install in = { .dir = t->dir, .config = t->config };
	struct log silent = { .fd = -1 };
	struct job j = { .desk = &d, .install = &in, .log = &silent };
	struct err e = { 0 };
	struct post p;
	struct sent s;

	/* Port 1 of this machine: nobody listens there. */
	t->config.sms_url = STR("http://127.0.0.1:1/?to={to}&text={text}");
	in.config = t->config;
	s = send_sms_in(
		t, "gateway.away@example.com", "510-555-0177", language);
	p = letter_of(t, s.reference, "code_sms");
	CHECK(str_find(p.text.v, str_of(words)) > 0, "in \"%s\": %.*s",
		language, STR_ARG(p.text.v));
	j.subject_id = p.id;
	t->clock.fixed_ms += LIMIT_CODE_MINUTES * 60 * INT64_C(1000);
	CHECK(job_mail(&j, &e) == JOB_AGAIN, "while the code holds: again");
	t->clock.fixed_ms += 1;
	err_none(&e);
	CHECK(job_mail(&j, &e) == JOB_DONE, "then no more: %s", e.message);
	if (post_load(&d, p.id, &p, &e) != 1)
		fail("load", &e);
	CHECK(!p.is_waiting &&
			!post_is_stale(
				&d, &(struct post){ .template = STR("receipt"),
					    .created_at = was }),
		"it is shown as failed; a letter stays good");
	t->clock.fixed_ms = was;
	t->config.sms_url = STR("");
}

/* Nor does a request by email join one whose address was only typed. */
static void test_sms_joins_nothing(struct test *t)
{
	struct sent first, later;

	t->config.sms_url = STR("https://sms.example/?to={to}&text={text}");
	first = send_sms(t, "typed.only@example.com", "510-555-0191");
	t->config.sms_url = STR("");
	later = confirmed(t, "typed.only@example.com");
	CHECK(view(t, later.reference).is_open &&
			view(t, first.reference).state == STATE_UNCONFIRMED,
		"the phone of the first one proved nothing yet");
}

/* The same bounds as for codes by email: five tries, then a new code. */
/* Each is paid for, and the phone may be somebody's who asked for nothing: however the
 * number is typed, it is one. */
static void test_sms_flood(struct test *t)
{
	static const char *const typed[] = { "510-555-0192", "(510) 555 0192",
		"+1 5105550192" };
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;

	t->config.sms_url = STR("https://sms.example/?to={to}&text={text}");
	for (int i = 0; i < LIMIT_SMS_PER_HOUR; i++)
		s = send_sms(t, "flood@example.com",
			typed[(size_t)i % COUNTOF(typed)]);
	t->clock.fixed_ms += 60000;
	CHECK(intake_send_code_again(&d, s.reference, &ps, &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"one more is not sent: %s", e.message);
	t->clock.fixed_ms += 3600000;
	CHECK(!intake_send_code_again(&d, s.reference, &ps, &e),
		"an hour later it is");
	t->config.sms_url = STR("");
}

static void test_sms_lockout(struct test *t)
{
	struct sent s;
	struct post p;

	t->config.sms_url = STR("https://sms.example/?to={to}&text={text}");
	s = send_sms(t, "locked.out@example.com", "510-555-0189");
	p = letter_of(t, s.reference, "code_sms");
	for (int i = 0; i < LIMIT_CODE_TRIES; i++) {
		struct problems ps = { 0 };

		CHECK(!confirm(t, s.reference,
			      str_eq(code_in(&p), STR("000001"))
				      ? STR("000002")
				      : STR("000001"),
			      &ps),
			"try %d", i);
	}
	CHECK(!confirm(t, s.reference, code_in(&p), &(struct problems){ 0 }),
		"the right one comes too late");
	t->config.sms_url = STR("");
}

/* Without a gateway nobody has a choice, whatever a form says. */
static void test_no_gateway(struct test *t)
{
	struct sent s = send_sms(t, "no.gateway@example.com", "510-555-0190");

	CHECK(letter_of(t, s.reference, "code").id &&
			!letter_of(t, s.reference, "code_sms").id,
		"the code goes by email");
}

/* --- accounts (11 CCR 7061) --- */

static const char shared[] = "0123456789abcdef0123456789abcdef";

/* As the business's site makes one, with the nonce of the link. */
static str assertion_of(
	struct test *t, str url, const char *email, int64_t issued_ms)
{
	static const char header[] = "{\"alg\":\"HS256\"}";
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	str rest, nonce, back, claims, both;

	str_cut(url, '=', &rest, &nonce);
	str_cut(nonce, '&', &nonce, &back);
	claims = arena_fmt(t->a,
		"{\"aud\":\"https://privacy.example\",\"email\":\"%s\","
		"\"nonce\":\"%.*s\",\"iat\":%lld,\"exp\":%lld}",
		email, STR_ARG(nonce), (long long)(issued_ms / 1000),
		(long long)(issued_ms / 1000 + 60));
	both = arena_fmt(t->a, "%.*s.%.*s",
		STR_ARG(base64url_of(t->a, header, sizeof header - 1)),
		STR_ARG(base64url_of(t->a, claims.p, claims.n)));
	crypto_auth_hmacsha256(mac, (const unsigned char *)both.p, both.n,
		(const unsigned char *)shared);
	return arena_fmt(t->a, "%.*s.%.*s", STR_ARG(both),
		STR_ARG(base64url_of(t->a, mac, sizeof mac)));
}

static str way_of(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct account_way w;
	struct err e = { 0 };

	if (account_way(&d, reference, STR("192.0.2.1"), &w, &e) != 1)
		fail("way", &e);
	return w.url;
}

static bool takes(struct test *t, str reference, str token)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct assertion_key key = { .alg = ASSERTION_HS256, .n = 32 };
	struct err e = { 0 };
	bool is_taken;

	memcpy(key.bytes, shared, 32);
	if (account_confirm(&d, reference, &key, token, &is_taken, &e))
		fail("account", &e);
	return is_taken;
}

static void accounts(struct test *t, bool has)
{
	t->config.base_url = has ? STR("https://privacy.example") : STR("");
	t->config.account_url =
		has ? STR("https://shop.example/again") : STR("");
}

/* Verified as it was asked, with no code and no detail; and once. */
static void test_account(struct test *t)
{
	struct sent s = send_know(t, "has.account@example.com");
	struct sent other = send_know(t, "has.account@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	int64_t now = desk_now(&d);
	struct err e = { 0 };
	struct case_view v;
	str url, token;

	accounts(t, true);
	url = way_of(t, s.reference);
	CHECK(str_starts(url, STR("https://shop.example/again?nonce=")) &&
			str_find(url, STR("&return=https%3A%2F%2Fprivacy."
					  "example%2Fs%2F")) > 0 &&
			str_ends(url, STR("%2Faccount%2Fsigned-in")),
		"%.*s", STR_ARG(url));
	t->lang = LANG_ES;
	CHECK(str_ends(way_of(t, s.reference),
		      STR("%2Faccount%2Fsigned-in%3Flang%3Des")),
		"who left a page in Spanish comes back to one");
	t->lang = LANG_EN;
	token = assertion_of(t, url, "Has.Account@EXAMPLE.com", now);
	CHECK(!takes(t, other.reference, token),
		"the nonce is of the other request");
	CHECK(!takes(t, s.reference,
		      assertion_of(t, url, "someone@example.com", now)),
		"another account");
	CHECK(!takes(t, s.reference,
		      assertion_of(
			      t, url, "has.account@example.com", now - 200000)),
		"its time is over");
	CHECK(view(t, s.reference).state == STATE_UNCONFIRMED,
		"none of these confirmed anything");
	CHECK(takes(t, s.reference, token), "the right one");
	CHECK(!takes(t, s.reference, token), "twice: refused");
	v = view(t, s.reference);
	CHECK(v.email_confirmed && v.state == STATE_SEARCHING, "%s",
		v.state_title);
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_three, 2, &e))
		fail("plan", &e);
	found_with(t, s.reference, (struct points_seen){ 0, POINTS_TWO }, true);
	v = view(t, s.reference);
	CHECK(!v.is_unverified && !v.foretold.n &&
			str_find(v.grade, STR("7061")) > 0,
		"verified for the pieces as well: %.*s", STR_ARG(v.grade));
	accounts(t, false);
}

/* The way there is good for half an hour. */
static void test_old_nonce(struct test *t)
{
	struct sent s = send_know(t, "old.nonce@example.com");
	int64_t was = t->clock.fixed_ms;
	str url;

	accounts(t, true);
	url = way_of(t, s.reference);
	t->clock.fixed_ms += (LIMIT_CODE_MINUTES * 60 + 1) * INT64_C(1000);
	CHECK(!takes(t, s.reference,
		      assertion_of(t, url, "old.nonce@example.com",
			      t->clock.fixed_ms)),
		"a second too late");
	t->clock.fixed_ms -= 1000;
	CHECK(takes(t, s.reference,
		      assertion_of(t, url, "old.nonce@example.com",
			      t->clock.fixed_ms)),
		"in its last second");
	t->clock.fixed_ms = was;
	accounts(t, false);
}

static void test_no_accounts(struct test *t)
{
	struct sent s = send_know(t, "no.accounts@example.com");
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct assertion_key key = { .n = 32 };
	struct account_way w;
	struct err e = { 0 };
	bool is_taken;

	CHECK(!account_way(&d, s.reference, STR("192.0.2.1"), &w, &e),
		"no way where there is no site");
	CHECK(account_confirm(
		      &d, s.reference, &key, STR("x.y.z"), &is_taken, &e) &&
			e.code == ERR_NOT_FOUND,
		"and nothing is taken");
}

/* English is the source, and what there are no words for can't be offered. */
static void test_languages(struct test *t)
{
	static const struct {
		const char *value;
		unsigned offered; /* 0: not taken */
	} cases[] = {
		{ "es", 0 },
		{ "en fr", 0 },
		{ "", 0 },
		{ "en", 1U << LANG_EN },
		{ "es  en", 1U << LANG_EN | 1U << LANG_ES },
		{ "en es", 1U << LANG_EN | 1U << LANG_ES },
	};
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct settings s;

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct err e = { 0 };
		int rc = setting_put(
			&d, STR("languages"), str_of(cases[i].value), &e);

		CHECK((rc == 0) == (cases[i].offered != 0), "\"%s\"",
			cases[i].value);
		if (settings_load(&d, &s, &e))
			fail("load", &e);
		CHECK(rc || settings_languages(&s) == cases[i].offered,
			"\"%s\" are %u", cases[i].value,
			settings_languages(&s));
	}
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "identity", fresh_server(argc, argv));
	set_contact(&t);
	test_two_points(&t);
	test_address_without_code(&t);
	test_sensitive(&t);
	test_weighed(&t);
	test_weighed_without_columns(&t);
	test_minor_is_sensitive(&t);
	test_searched_again(&t);
	test_unmarked(&t);
	test_minor_in_records(&t);
	test_unmarked_missed(&t);
	test_foretold(&t);
	test_pieces(&t);
	test_nothing_is_told(&t);
	test_sms(&t);
	test_languages(&t);
	test_sms_given_up(&t, "en", "is your code");
	test_sms_given_up(&t, "es", "es su clave");
	test_sms_joins_nothing(&t);
	test_sms_lockout(&t);
	test_sms_flood(&t);
	test_no_gateway(&t);
	test_account(&t);
	test_old_nonce(&t);
	test_no_accounts(&t);
	end(&t);
	return CHECK_DONE();
}
