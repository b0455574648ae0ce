/*
 * The portal for account holders (row R-29; 11 CCR 7024(g), 7061): which word of the
 * business's site opens it, that it shows the package that everybody gets, what it does
 * without a person and what it leaves to staff, and what an account that acts strangely
 * comes to.  The first argument is a database, as for t_desk.
 */
#include <sodium.h>
#include <string.h>

#include "cases.h"
#include "child.h"

#include "base/enc.h"
#include "base/file.h"
#include "desk/account.h"
#include "desk/charge.h"
#include "desk/form.h"
#include "desk/keeper.h"
#include "desk/limit.h"
#include "desk/package_parts.h"
#include "desk/portal.h"
#include "desk/purge.h"
#include "desk/stop.h"
#include "job/job.h"
#include "know/page.h"
#include "law/reason.h"
#include "law/reference.h"
#include "t/unzip.h"

enum { MINUTE_MS = 60000, DAY_MS = 86400000, FILES_MAX = 8 };

/* Of an inner network, which no pattern is seen in. */
static const char inner[] = "10.0.0.1";

static const char shared[] = "0123456789abcdef0123456789abcdef";

static const char data_map[] =
	"version: 1\nsystems:\n"
	"  - name: leads\n    title: Lead exchange\n    connector: sqlite\n"
	"    database: leads.db\n    source: Our site\n    tables:\n"
	"      - name: person\n        holds: People\n        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"          - { name: note, category: K }\n"
	"          - { name: ssn, never_disclose: ssn, category: L }\n"
	"        erase: delete\n"
	"  - name: paper\n    title: Paper archive\n    connector: person\n"
	"    database: archive@lakeshore.example\n    days: 12\n    tables:\n"
	"      - { name: leases, holds: Leases, category: A, erase: delete,\n"
	"          look_for: \"Green folders, by last name.\" }\n"
	"words:\n  es:\n    Paper archive: Archivo de papel\n";

/* %s: a note, and whether a second row is someone else's too. */
static const char finding[] =
	"{\"version\":1,\"system\":\"leads\",\"tables\":[{\"name\":\"person\","
	"\"key\":\"id\",\"columns\":[\"email\",\"note\",\"ssn\",\"id\"],"
	"\"rows\":["
	"{\"path\":\"person.email\",\"shared\":false,\"cells\":[\"maria@x."
	"example\",\"%s\",\"123-45-6789\",7]},"
	"{\"path\":\"person.email\",\"shared\":%s,\"cells\":[\"maria@x."
	"example\",\"has a dog\",null,8]}]}],\"idents\":[]}";

static const struct plan_row plan_of_leads[] = {
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

static size_t events(struct test *t, str reference, const char *event)
{
	struct sql_audit_of_reference_rows rows;
	struct err e = { 0 };
	size_t n = 0;

	if (sql_audit_of_reference(t->db, t->a,
		    &(struct sql_audit_of_reference_in){ reference }, &rows,
		    &e))
		fail("audit", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.at[i].event, str_of(event));
	return n;
}

/* --- the business's site --- */

struct said {
	const char *aud;
	const char *email;
	str nonce;
	int64_t at_s;      /* iat */
	int64_t signed_in; /* auth_time; 0: not said */
};

static str token_of(struct test *t, const struct said *x)
{
	static const char header[] = "{\"alg\":\"HS256\"}";
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	str at = x->signed_in ? arena_fmt(t->a, ",\"auth_time\":%lld",
					(long long)x->signed_in)
			      : STR("");
	str claims = arena_fmt(t->a,
		"{\"aud\":\"%s\",\"email\":\"%s\",\"nonce\":\"%.*s\","
		"\"iat\":%lld,\"exp\":%lld%.*s}",
		x->aud, x->email, STR_ARG(x->nonce), (long long)x->at_s,
		(long long)x->at_s + 60, STR_ARG(at));
	str both = arena_fmt(t->a, "%.*s.%.*s",
		STR_ARG(base64url_of(t->a, header, sizeof header - 1)),
		STR_ARG(base64url_of(t->a, claims.p, claims.n)));

	crypto_auth_hmacsha256(mac, (const unsigned char *)both.p, both.n,
		(const unsigned char *)shared);
	return arena_fmt(t->a, "%.*s.%.*s", STR_ARG(both),
		STR_ARG(base64url_of(t->a, mac, sizeof mac)));
}

static str nonce_from(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct portal_way w;

	portal_way(&d, STR(""), &w);
	return w.nonce;
}

static struct said said_by(struct test *t, const char *email)
{
	int64_t now_s = t->clock.fixed_ms / 1000;

	return (struct said){ "https://privacy.example", email, nonce_from(t),
		now_s, now_s };
}

static enum portal_end try_in(
	struct test *t, str nonce, str token, const char *peer, str *out)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct assertion_key key = { .alg = ASSERTION_HS256, .n = 32 };
	struct portal_entry in = { nonce, &key, token, str_of(peer) };
	enum portal_end end;
	struct err e = { 0 };

	memcpy(key.bytes, shared, 32);
	if (portal_enter(&d, &in, &end, out, &e))
		fail("enter", &e);
	CHECK(!out->n == (end != PORTAL_IS_IN), "a secret, or not in");
	return end;
}

static bool comes_in(struct test *t, const struct said *x)
{
	str token;

	return try_in(t, x->nonce, token_of(t, x), inner, &token) ==
	       PORTAL_IS_IN;
}

static struct portal_visit in_as(struct test *t, const char *email)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct said x = said_by(t, email);
	struct portal_visit v;
	struct err e = { 0 };
	str token;

	CHECK(try_in(t, x.nonce, token_of(t, &x), inner, &token) ==
			PORTAL_IS_IN,
		"in");
	if (portal_visit(&d, token, &v, &e) != 1)
		fail("visit", &e);
	return v;
}

static struct portal_page *page_of(struct test *t, const struct portal_visit *v)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct portal_page *p = arena_one(t->a, struct portal_page);
	struct err e = { 0 };

	if (portal_page(&d, v, p, &e))
		fail("page", &e);
	return p;
}

static str see_from(
	struct test *t, const struct portal_visit *v, const char *peer)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct reference ref;
	struct err e = { 0 };
	str shown;

	if (portal_see(&d, v, str_of(peer), &shown, &e))
		fail("see", &e);
	must(reference_parse(shown, &ref));
	return arena_dup(t->a, reference_str(&ref));
}

static str see(struct test *t, const struct portal_visit *v)
{
	return see_from(t, v, inner);
}

/* --- the worker --- */

static void plan(struct test *t, str reference, size_t n)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct err e = { 0 };

	if (fulfil_plan(&d, request_id(t, reference), plan_of_leads, n, &e))
		fail("plan", &e);
}

static struct work leads_of(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct case_view v = view(t, reference);
	struct err e = { 0 };
	struct work w = { 0 };

	for (size_t i = 0; i < v.tasks.n; i++)
		if (str_eq(v.tasks.at[i].name, STR("leads")) &&
			fulfil_work(&d, v.tasks.at[i].id, &w, &e) != 1)
			fail("work", &e);
	return w;
}

static void found(
	struct test *t, str reference, const char *note, bool is_shared)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct work w = leads_of(t, reference);
	struct found f = { .rows = 2, .points.matched = POINT_BIT(EMAIL) };
	struct err e = { 0 };

	f.finding =
		arena_fmt(t->a, finding, note, is_shared ? "true" : "false");
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
}

/* As the worker runs it: twice, as after a crash. */
static void work(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct install in = {
		.arena = t->a, .dir = t->dir, .config = t->config
	};
	struct log silent = { .fd = -1 };
	struct job j = { .desk = &d,
		.install = &in,
		.log = &silent,
		.subject_id = request_id(t, reference) };
	struct err e = { 0 };

	for (int i = 0; i < 2; i++)
		CHECK(job_portal(&j, &e) == JOB_DONE, "%s", e.message);
}

/* What job/package.c does, where no value is cut. */
static void make(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct know_hits *hits = arena_one(t->a, struct know_hits);
	struct buf letter = buf_in(t->a, KNOW_LETTER_MAX);
	struct package_parts parts;
	struct package_files files = { .parts = &parts };
	struct know_store store;
	struct package_plan p;
	struct err e = { 0 };
	struct know k;

	if (package_plan(&d, request_id(t, reference), t->dir, &p, &e) != 1 ||
		package_parts_begin(&d, &p, &parts, &e))
		fail("plan", &e);
	store = package_parts_store(&parts);
	if (know_make(t->a, &p.in, &p.of, &k, &e) ||
		know_package(t->a, &k, NULL, &store, hits, &e) ||
		package_parts_end(&parts, &e))
		fail("package", &e);
	know_letter_put(&letter, &k);
	files.letter = buf_str(&letter);
	if (package_made(&d, &p, &k, &files, &e))
		fail("made", &e);
}

/* Asked for, searched, made: nobody of staff did anything. */
static str made_for(struct test *t, const struct portal_visit *v)
{
	str reference = see(t, v);

	plan(t, reference, 1);
	found(t, reference, "likes boats", false);
	work(t, reference);
	make(t, reference);
	return reference;
}

static void send_letter(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct post p;

	work(t, reference);
	p = letter_of(t, reference, "package");
	if (!p.id || post_sent(&d, &p, &e))
		fail("sent", &e);
}

static int show(struct test *t, const struct portal_visit *v, str reference,
	struct package_open *out)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct err e = { 0 };
	int rc = portal_show(&d, v, reference, out, &e);

	if (rc < 0)
		fail("show", &e);
	return rc;
}

/* --- coming in --- */

/* 11 CCR 7061: which words of the site are taken. */
static void test_words(struct test *t)
{
	const int64_t least =
		LIMIT_PORTAL_SIGN_IN_MINUTES * INT64_C(60) + ASSERTION_SKEW_S;
	struct said x = said_by(t, "words@x.example");
	int64_t now_s = x.at_s;

	x.signed_in = now_s - least;
	CHECK(comes_in(t, &x), "signed in as long ago as may be");
	x = said_by(t, "words@x.example");
	x.signed_in = now_s - least - 1;
	CHECK(!comes_in(t, &x), "a second longer ago: sign in again");
	x.signed_in = 0;
	CHECK(!comes_in(t, &x), "when is not said");
	x.signed_in = now_s + ASSERTION_SKEW_S + 1;
	CHECK(!comes_in(t, &x), "not yet");
	x.signed_in = now_s;
	x.at_s = now_s - 60 - ASSERTION_SKEW_S;
	CHECK(!comes_in(t, &x), "its time is over");
	x.at_s = now_s;
	x.aud = "https://other.example";
	CHECK(!comes_in(t, &x), "said to somebody else");
	x.aud = "https://privacy.example";
	x.email = "nobody";
	CHECK(!comes_in(t, &x), "of no address");
	x.email = "words@x.example";
	CHECK(comes_in(t, &x), "and the right one is taken");
	CHECK(!comes_in(t, &x), "once: replayed it is nothing");
	CHECK(events(t, STR(""), "portal.refused") == 7 &&
			events(t, STR(""), "portal.entered") == 2,
		"each has its entry");
}

/* The way is one browser's, and good for half an hour. */
static void test_foreign(struct test *t)
{
	struct said x = said_by(t, "foreign@x.example");
	int64_t was = t->clock.fixed_ms;
	str token, other = nonce_from(t);
	str made_up = arena_fmt(
		t->a, "%lld.AAAA.AAAA", (long long)t->clock.fixed_ms / 1000);
	struct said y = x;

	CHECK(try_in(t, other, token_of(t, &x), inner, &token) ==
			PORTAL_REFUSED,
		"brought to another browser (login CSRF)");
	CHECK(try_in(t, STR(""), token_of(t, &x), inner, &token) ==
			PORTAL_REFUSED,
		"to one that never asked");
	y.nonce = made_up;
	CHECK(!comes_in(t, &y), "a nonce that is not ours");
	t->clock.fixed_ms += (LIMIT_CODE_MINUTES * 60 + 1) * INT64_C(1000);
	y = (struct said){ x.aud, x.email, x.nonce, t->clock.fixed_ms / 1000,
		t->clock.fixed_ms / 1000 };
	CHECK(!comes_in(t, &y), "the way there is too old");
	t->clock.fixed_ms = was;
	CHECK(comes_in(t, &x), "in its own browser and time it is right");
}

/* A word for one request opens no portal, and one for the portal confirms no request. */
static void test_other_door(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct assertion_key key = { .alg = ASSERTION_HS256, .n = 32 };
	struct sent s = send_delete(t, "other.door@x.example");
	struct said x = said_by(t, "other.door@x.example");
	struct account_way way;
	struct err e = { 0 };
	bool is_taken;
	str rest, nonce, back;

	memcpy(key.bytes, shared, 32);
	CHECK(!account_confirm(
		      &d, s.reference, &key, token_of(t, &x), &is_taken, &e) &&
			!is_taken,
		"the portal's is no confirmation: %s", e.message);
	if (account_way(&d, s.reference, str_of(inner), &way, &e) != 1)
		fail("way", &e);
	str_cut(way.url, '=', &rest, &nonce);
	str_cut(nonce, '&', &nonce, &back);
	x.nonce = nonce;
	CHECK(!comes_in(t, &x), "nor is a request's the way in");
}

/* A changed byte, or the key of somebody else. */
static void test_forged(struct test *t)
{
	struct said x = said_by(t, "forged@x.example");
	str token = token_of(t, &x);
	str cut = arena_fmt(
		t->a, "%.*sAA", STR_ARG(str_head(token, token.n - 2)));
	str out;

	if (str_eq(cut, token))
		cut = str_head(token, token.n - 4);
	CHECK(try_in(t, x.nonce, cut, inner, &out) == PORTAL_REFUSED,
		"the signature does not fit");
}

/* Short, and over when they leave. */
static void test_visit(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	int64_t was = t->clock.fixed_ms;
	struct said x = said_by(t, "visit@x.example");
	struct portal_visit v;
	struct err e = { 0 };
	str token, rest;

	CHECK(try_in(t, x.nonce, token_of(t, &x), inner, &token) ==
			PORTAL_IS_IN,
		"in");
	rest = arena_fmt(t->a, "%.*sx", STR_ARG(token));
	CHECK(portal_visit(&d, token, &v, &e) == 1 &&
			str_eq(v.email.v, STR("visit@x.example")),
		"who it is");
	CHECK(!portal_visit(&d, rest, &v, &e) &&
			!portal_visit(&d, STR(""), &v, &e),
		"no other secret opens it");
	t->clock.fixed_ms += LIMIT_PORTAL_MINUTES * MINUTE_MS - 1;
	CHECK(portal_visit(&d, token, &v, &e) == 1, "its last moment");
	t->clock.fixed_ms += 1;
	CHECK(!portal_visit(&d, token, &v, &e), "over");
	t->clock.fixed_ms = was;
	CHECK(!portal_leave(&d, token, &e) && !portal_visit(&d, token, &v, &e),
		"left is left");
	CHECK(!portal_leave(&d, token, &e) &&
			events(t, STR(""), "portal.left") == 1,
		"once");
}

/* What is kept of coming and going is gone after a day. */
static void test_purged(struct test *t)
{
	struct portal_visit v = in_as(t, "purged@x.example");
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct desk worker = desk_of(t, ACTOR_WORKER);
	struct said x = said_by(t, "purged@x.example");
	struct sql_portal_networks_in in = { v.account, 0 };
	struct sql_portal_networks_row row;
	struct err e = { 0 };
	str token;

	CHECK(try_in(t, x.nonce, token_of(t, &x), "198.51.100.7", &token) ==
			PORTAL_IS_IN,
		"in");
	if (purge_run(&worker, &e) ||
		sql_portal_networks(d.db, t->a, &in, &row, &e) != 1)
		fail("purge", &e);
	CHECK(row.n == 1, "kept for a day");
	t->clock.fixed_ms += DAY_MS + 1;
	if (purge_run(&worker, &e) ||
		sql_portal_networks(d.db, t->a, &in, &row, &e) != 1)
		fail("purge", &e);
	t->clock.fixed_ms -= DAY_MS + 1;
	CHECK(row.n == 0, "and no longer");
}

static void test_off(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct said x = said_by(t, "off@x.example");
	struct portal_visit v;
	struct err e = { 0 };
	str token;

	CHECK(try_in(t, x.nonce, token_of(t, &x), inner, &token) ==
			PORTAL_IS_IN,
		"in");
	t->config.portal = STR("no");
	CHECK(!portal_is_on(&d) && !portal_visit(&d, token, &v, &e),
		"turned off, nobody is in any more");
	t->config.portal = STR("yes");
	t->config.account_url = STR("");
	CHECK(!portal_is_on(&d), "nor is it on where nobody can sign in");
	t->config.account_url = STR("https://shop.example/again");
	CHECK(portal_visit(&d, token, &v, &e) == 1, "on again");
}

/* --- what is shown --- */

static str whole(struct test *t, const struct package_zip *zip)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct buf b = buf_in(t->a, 1 << 20);
	struct err e = { 0 };
	str part;

	for (size_t i = 0; i < zip->parts; i++) {
		if (package_zip_part(&d, zip, i, &part, &e))
			fail("part", &e);
		buf_put(&b, part);
	}
	CHECK((int64_t)b.n == zip->bytes, "as long as it says: %zu", b.n);
	return buf_str(&b);
}

/* By the code of a letter, as everybody else opens it. */
static str by_code(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct package_zip zip;
	struct err e = { 0 };
	struct post p;
	str token;

	if (package_send_code(&d, reference, &ps, &e) || ps.n)
		fail("code", &e);
	p = letter_of(t, reference, "code");
	if (package_enter_code(&d, reference, code_in(&p), &token, &ps, &e) ||
		package_download(&d, reference, token, &zip, &e) != 1)
		fail("by code", &e);
	return whole(t, &zip);
}

static void test_whole_way(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct portal_visit v = in_as(t, "whole@x.example");
	struct portal_page *p = page_of(t, &v);
	struct zip_file files[FILES_MAX];
	struct package_open open;
	struct package_zip zip;
	struct err e = { 0 };
	struct post receipt;
	str reference, ours;
	size_t n = 0;

	CHECK(!p->requests.n && !p->ready && !p->waiting &&
			date_is_none(p->next_on),
		"nothing was asked for yet");
	reference = see(t, &v);
	receipt = letter_of(t, reference, "receipt");
	CHECK(!letter_of(t, reference, "code").id &&
			has(receipt.text.v, "and that is enough"),
		"no code, and the receipt says why: %.*s",
		STR_ARG(receipt.text.v));
	CHECK(str_eq(see(t, &v), reference), "asked again, it is the same one");
	p = page_of(t, &v);
	CHECK(p->waiting && p->waiting->is_soon && !p->ready &&
			date_cmp(p->waiting->status.received_on,
				desk_today(&d)) == 0,
		"it counts from the day it was asked for");
	plan(t, reference, 1);
	found(t, reference, "likes boats", false);
	CHECK(view(t, reference).state == STATE_REVIEW, "searched");
	work(t, reference);
	CHECK(events(t, reference, "package.approved") == 1,
		"nothing needs a person: approved, once");
	make(t, reference);
	p = page_of(t, &v);
	CHECK(p->ready && p->ready->can_open && !p->waiting,
		"there as soon as it is made");
	CHECK(show(t, &v, reference, &open) == 1 &&
			has(open.letter.v, "likes boats") &&
			has(open.letter.v, "has a dog"),
		"the pieces themselves");
	CHECK(!has(open.letter.v, "123-45-6789") &&
			has(open.letter.v,
				"We hold your Social Security number."),
		"11 CCR 7024(d): that is held, and not shown");
	send_letter(t, reference);
	CHECK(!view(t, reference).is_open && str_eq(view(t, reference).outcome,
						     STR("Complied in whole")),
		"answered: %.*s", STR_ARG(view(t, reference).outcome));
	CHECK(portal_download(&d, &v, reference, &zip, &e) == 1, "%s",
		e.message);
	ours = whole(t, &zip);
	t->clock.fixed_ms += 60 * MINUTE_MS;
	CHECK(str_eq(ours, by_code(t, reference)),
		"byte for byte what the code opens");
	t->clock.fixed_ms -= 60 * MINUTE_MS;
	CHECK(!unzip(t->a, ours, files, FILES_MAX, &n) && n == 3,
		"page, data, one table: %zu", n);
	CHECK(events(t, reference, "package.shown") == 1 &&
			events(t, reference, "package.taken") == 1,
		"each look and each download has its entry");
}

/* The same person, found the same, by the ordinary way. */
static void test_same_as_ordinary(struct test *t)
{
	struct portal_visit v = in_as(t, "one.of.two@x.example");
	str ours = made_for(t, &v);
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct desk officer = desk_of(t, ACTOR_STAFF);
	struct draft f = { .kind = KIND_KNOW_SPECIFIC };
	struct package_open a, b;
	struct portal_visit w;
	struct package_review *x = arena_one(t->a, struct package_review);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;
	struct post p;

	f.person = (struct person){ .pieces = STR("specific"),
		.range = STR("all"),
		.email = { STR("two.of.two@x.example") },
		.zip = { STR("94607") },
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") } };
	if (intake_send(&d, &f, CHANNEL_WEB, str_of(inner), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	p = letter_of(t, s.reference, "code");
	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	plan(t, s.reference, 1);
	{
		struct desk worker = desk_of(t, ACTOR_WORKER);
		struct work at = leads_of(t, s.reference);
		struct found got = { .rows = 2,
			.points.matched = POINT_BIT(EMAIL) | POINT_BIT(ZIP) |
					  POINT_BIT(NAME) };

		got.finding = arena_fmt(t->a, finding, "likes boats", "false");
		if (fulfil_found(&worker, &at, &got, &e))
			fail("found", &e);
	}
	work(t, s.reference);
	CHECK(events(t, s.reference, "package.approved") == 0,
		"what was not asked for in the portal waits for staff");
	if (package_review(&officer, s.reference, t->dir, x, &e) ||
		package_approve(
			&officer, s.reference, x->plan.seen, t->dir, &e))
		fail("approve", &e);
	make(t, s.reference);
	w = in_as(t, "two.of.two@x.example");
	CHECK(show(t, &v, ours, &a) == 1 && show(t, &w, s.reference, &b) == 1,
		"both can be opened");
	CHECK(a.bytes > 0 && a.letter.v.n == b.letter.v.n,
		"one letter but for the numbers: %zu, %zu", a.letter.v.n,
		b.letter.v.n);
	CHECK(!show(t, &w, ours, &a) && !show(t, &v, s.reference, &b),
		"each their own alone");
}

/* 11 CCR 7024(e), Civ. Code 1798.145(k): what would be left out a person decides. */
static void test_to_staff(struct test *t)
{
	static const struct {
		const char *email;
		const char *note;
		bool is_shared;
		bool has_four_eyes;
		const char *why;
	} cases[] = {
		{ "shared@x.example", "likes boats", true, false,
			"a row is someone else's too" },
		{ "scanned@x.example", "ssn 536-22-1847", false, false,
			"a value looks like what is never disclosed" },
		{ "four.eyes@x.example", "likes boats", false, true,
			"two people decide here" },
		{ "child@x.example", "likes boats", false, false,
			"a parent may have to ask (11 CCR 7070(c))" },
	};
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct err e = { 0 };

	tell_child(t, "child@x.example");
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct portal_visit v = in_as(t, cases[i].email);
		str reference = see(t, &v);
		struct portal_page *p;

		if (setting_put(&d, STR("four_eyes"),
			    cases[i].has_four_eyes ? STR("yes") : STR("no"),
			    &e))
			fail("setting", &e);
		plan(t, reference, 1);
		found(t, reference, cases[i].note, cases[i].is_shared);
		work(t, reference);
		p = page_of(t, &v);
		CHECK(!events(t, reference, "package.approved") &&
				events(t, reference, "portal.to_staff") == 1 &&
				view(t, reference).state == STATE_REVIEW,
			"%s", cases[i].why);
		CHECK(p->waiting && !p->waiting->is_soon &&
				!p->waiting->awaited.n &&
				!date_is_none(p->waiting->status.due_on),
			"%s: the page says until when", cases[i].why);
	}
	if (setting_put(&d, STR("four_eyes"), STR("no"), &e))
		fail("setting", &e);
}

/* Staff look through it, and it is in the portal as soon as it is made. */
static void test_after_staff(struct test *t)
{
	struct portal_visit v = in_as(t, "after.staff@x.example");
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct package_review *x = arena_one(t->a, struct package_review);
	str reference = see(t, &v);
	struct package_open open;
	struct err e = { 0 };

	plan(t, reference, 1);
	found(t, reference, "likes boats", true);
	work(t, reference);
	CHECK(!show(t, &v, reference, &open), "not before");
	if (package_review(&d, reference, t->dir, x, &e) ||
		package_approve(&d, reference, x->plan.seen, t->dir, &e))
		fail("approve", &e);
	CHECK(x->is_account && x->plan.of.is_specific, "verified by 7061");
	make(t, reference);
	CHECK(show(t, &v, reference, &open) == 1 &&
			has(open.letter.v, "likes boats") &&
			!has(open.letter.v, "has a dog"),
		"what staff approved, and the letter need not have left");
	work(t, reference);
	CHECK(!view(t, reference).next.code ||
			view(t, reference).state == STATE_ANSWERING,
		"staff send the letter that they have to read");
}

/* Civ. Code 1798.145(a): a hold takes no answer from the person, and shows nowhere. */
static void test_held(struct test *t)
{
	static const char email[] = "held.here@x.example";
	struct portal_visit v = in_as(t, email);
	struct package_open open;
	str reference;

	hold_email(t, email);
	reference = made_for(t, &v);
	CHECK(view(t, reference).hold.is_held &&
			show(t, &v, reference, &open) == 1 &&
			!has(open.letter.v, "enforcement"),
		"answered though it is held");
}

/* Civ. Code 1798.145(h)(3): nothing is carried out before a fee is accepted. */
static void test_fee(struct test *t)
{
	struct portal_visit v = in_as(t, "fee@x.example");
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct charge_ask in = { STR("5"), STR("It is the ninth this week"),
		STR("Nine letters, March 3 to 9") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference = see(t, &v);

	plan(t, reference, 1);
	if (case_charge(&d, reference, &in, &ps, &e) || ps.n)
		fail("fee", &e);
	found(t, reference, "likes boats", false);
	work(t, reference);
	CHECK(!events(t, reference, "package.approved") &&
			events(t, reference, "portal.to_staff") == 1 &&
			view(t, reference).state == STATE_REVIEW,
		"it waits for the answer, and staff see it");
}

/* Of an account holder that is odd: a person looks before it is said. */
static void test_nothing(struct test *t)
{
	struct portal_visit v = in_as(t, "nothing@x.example");
	struct desk d = desk_of(t, ACTOR_WORKER);
	str reference = see(t, &v);
	struct found f = { .finding = STR("{\"version\":1,\"system\":\"leads\","
					  "\"tables\":[],\"idents\":[]}") };
	struct err e = { 0 };
	struct work w;

	plan(t, reference, 1);
	w = leads_of(t, reference);
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	work(t, reference);
	CHECK(view(t, reference).state == STATE_ANSWERING &&
			view(t, reference).is_open &&
			events(t, reference, "portal.to_staff") == 1,
		"the answer waits for staff");
	CHECK(page_of(t, &v)->waiting && !page_of(t, &v)->waiting->is_soon,
		"and the page does not say that nothing is held");
}

/* Systems that a person looks in: until when, by the law's clock from the ask. */
static void test_awaits(struct test *t)
{
	struct portal_visit v = in_as(t, "awaits@x.example");
	str reference = see(t, &v);
	struct case_view c;
	struct portal_page *p;
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct job j = { .desk = &d };
	struct err e = { 0 };

	plan(t, reference, 2);
	c = view(t, reference);
	for (size_t i = 0; i < c.tasks.n; i++) {
		j.subject_id = c.tasks.at[i].id;
		if (str_eq(c.tasks.at[i].name, STR("paper")))
			CHECK(job_find(&j, &e) == JOB_DONE, "%s", e.message);
	}
	found(t, reference, "likes boats", false);
	work(t, reference);
	p = page_of(t, &v);
	CHECK(p->waiting && p->waiting->systems == 2 &&
			p->waiting->systems_done == 1 &&
			p->waiting->awaited.n == 1,
		"one of two has answered");
	CHECK(str_eq(p->waiting->awaited.at[0].title, STR("Paper archive")) &&
			str_eq(date_iso(t->a, p->waiting->awaited.at[0].until),
				STR("2026-12-03")),
		"who is waited for, and until when: %.*s",
		STR_ARG(date_iso(t->a, p->waiting->awaited.at[0].until)));
	t->lang = LANG_ES;
	CHECK(str_eq(page_of(t, &v)->waiting->awaited.at[0].title,
		      STR("Archivo de papel")),
		"in the words that the map has in Spanish");
	t->lang = LANG_EN;
	CHECK(!p->waiting->is_soon && !p->ready, "not all of it, not shown");
	CHECK(str_eq(date_iso(t->a, p->waiting->status.due_on),
		      STR("2027-01-05")) &&
			str_eq(date_iso(t->a, p->waiting->extendable_to),
				STR("2027-02-19")),
		"45 and 90 days from the ask (11 CCR 7021(b))");
}

/* --- how often --- */

/* Civ. Code 1798.130(b): two answers in 12 months; to look is not to ask. */
static void test_third_look(struct test *t)
{
	struct portal_visit v = in_as(t, "looks@x.example");
	int64_t was = t->clock.fixed_ms;
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct package_open open;
	struct portal_page *p;
	struct err e = { 0 };
	str first, second, shown;

	first = made_for(t, &v);
	send_letter(t, first);
	for (int i = 0; i < 5; i++)
		CHECK(show(t, &v, first, &open) == 1, "look %d", i + 1);
	p = page_of(t, &v);
	CHECK(p->ready && date_is_none(p->next_on),
		"five looks count as the one answer they are");
	t->clock.fixed_ms += DAY_MS;
	v = in_as(t, "looks@x.example");
	second = made_for(t, &v);
	CHECK(!str_eq(first, second), "a second one with what is held now");
	send_letter(t, second);
	p = page_of(t, &v);
	CHECK(str_eq(date_iso(t->a, p->next_on), STR("2027-11-21")),
		"the third is owed 12 months after the first: %.*s",
		STR_ARG(date_iso(t->a, p->next_on)));
	CHECK(portal_see(&d, &v, str_of(inner), &shown, &e) &&
			e.code == ERR_CONFLICT &&
			page_of(t, &v)->requests.n == 2,
		"so none is opened only to be refused");
	CHECK(show(t, &v, first, &open) == 1 && show(t, &v, second, &open) == 1,
		"and both stay open to be looked at");
	t->clock.fixed_ms += 40 * INT64_C(86400000);
	v = in_as(t, "looks@x.example");
	CHECK(show(t, &v, second, &open) == 1 &&
			events(t, second, "package.renewed") == 1,
		"its time was up: who signed in again gets more");
	t->clock.fixed_ms = was;
}

/* A bound for programs, not for people. */
static void test_openings(struct test *t)
{
	struct portal_visit v = in_as(t, "openings@x.example");
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	str reference = made_for(t, &v);
	struct package_open open;
	struct err e = { 0 };

	for (int i = 0; i < LIMIT_PORTAL_OPENINGS; i++)
		CHECK(show(t, &v, reference, &open) == 1, "%d", i);
	CHECK(portal_show(&d, &v, reference, &open, &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"one more in this hour is too many");
}

/* --- joined with what was asked before --- */

static void test_joins(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_KNOW_SPECIFIC };
	struct problems ps = { 0 };
	struct portal_visit v;
	struct err e = { 0 };
	struct sent s;
	str reference;

	f.person = (struct person){ .pieces = STR("specific"),
		.range = STR("all"),
		.email = { STR("joins@x.example") },
		.zip = { STR("94607") },
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") } };
	if (intake_send(&d, &f, CHANNEL_WEB, str_of(inner), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	t->clock.fixed_ms += 3 * DAY_MS;
	v = in_as(t, "joins@x.example");
	CHECK(page_of(t, &v)->requests.n == 1 && !page_of(t, &v)->waiting,
		"it is theirs, and waits for a code");
	reference = see(t, &v);
	CHECK(str_eq(reference, s.reference) &&
			view(t, reference).state == STATE_SEARCHING,
		"one request, with its own day");
	plan(t, reference, 1);
	found(t, reference, "likes boats", false);
	work(t, reference);
	CHECK(events(t, reference, "package.approved") == 1,
		"which goes on as one of the portal");
	t->clock.fixed_ms -= 3 * DAY_MS;
}

/* --- what is stopped, and what is asked for, with nothing typed --- */

/* 11 CCR 7026(b), 7060(b): a stop verifies nobody, also from here. */
static void test_stops(struct test *t)
{
	static const struct {
		enum kind kind;
		uint32_t reason;
	} cases[] = {
		{ KIND_OPT_OUT, REASON_OPT_OUT },
		{ KIND_LIMIT, REASON_LIMIT },
	};
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct portal_visit v = in_as(t, "stops@x.example");

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct stop_in in = { .kind = cases[i].kind,
			.identifier = v.email,
			.channel = CHANNEL_WEB,
			.peer = str_of(inner) };
		struct problems ps = { 0 };
		struct stop_out out;
		struct err e = { 0 };

		CHECK(!stop_receive(&d, &in, &out, &ps, &e) && !ps.n, "%s",
			e.message);
		CHECK(reasons_of(t, IDENT_EMAIL, "stops@x.example") &
				cases[i].reason,
			"in force with the answer");
		CHECK(!letter_of(t, out.reference, "code").id &&
				!events(t, out.reference,
					"request.account_confirmed"),
			"nobody was verified");
		CHECK(!state_can(cases[i].kind, view(t, out.reference).state,
			      ON_CODE_CONFIRMED,
			      &(struct state_facts){ .is_identified = true }),
			"nor can be");
	}
	CHECK(page_of(t, &v)->is_opted_out && page_of(t, &v)->is_limited &&
			page_of(t, &v)->requests.n == 2,
		"the page says that it holds");
}

/* A draft of the portal goes without code and details while they are in; after that it is
 * one as any other. */
static void test_draft(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct portal_visit v = in_as(t, "draft@x.example");
	int64_t was = t->clock.fixed_ms;
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct draft f;
	struct sent s;

	portal_draft(&d, &v, KIND_DELETE, &f);
	CHECK(form_next(&d, KIND_DELETE, &f.person) == QUESTION_SALE,
		"who they are is not asked");
	f.person.stop_sale = STR("no");
	CHECK(form_next(&d, KIND_DELETE, &f.person) == QUESTIONS, "all of it");
	t->clock.fixed_ms += LIMIT_PORTAL_MINUTES * MINUTE_MS;
	CHECK(form_next(&d, KIND_DELETE, &f.person) == QUESTION_DETAILS,
		"their time was up: a detail, as of everybody");
	f.person.zip.v = STR("94607");
	if (intake_send(&d, &f, CHANNEL_WEB, str_of(inner), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	CHECK(view(t, s.reference).state == STATE_UNCONFIRMED &&
			letter_of(t, s.reference, "code").id,
		"and a code");
	t->clock.fixed_ms = was;
	portal_draft(&d, &v, KIND_DELETE, &f);
	f.person.stop_sale = STR("no");
	f.person.email.v = STR("Draft@X.example");
	if (intake_send(&d, &f, CHANNEL_WEB, str_of(inner), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	CHECK(!letter_of(t, s.reference, "code").id &&
			events(t, s.reference, "request.account_confirmed") ==
				1,
		"in time: confirmed by the account");
}

/* What a form or a program sends says nothing of an account. */
static void test_no_claim(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent s;

	f.person = (struct person){ .email = { STR("claims@x.example") },
		.zip = { STR("94607") },
		.account = STR("yes"),
		.portal = STR("yes"),
		.stop_sale = STR("no") };
	if (intake_send(&d, &f, CHANNEL_WEB, str_of(inner), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	CHECK(view(t, s.reference).state == STATE_UNCONFIRMED &&
			letter_of(t, s.reference, "code").id,
		"without a time that the portal gave, a code it is");
}

/* --- 11 CCR 7061(b) --- */

static void test_suspicious(struct test *t)
{
	static const char email[] = "stolen@x.example";
	struct portal_visit v = in_as(t, email);
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	str reference = see(t, &v);
	struct package_open open;
	struct said x;
	str token = STR("");
	enum portal_end end = PORTAL_IS_IN;

	plan(t, reference, 1);
	for (int i = 1; i <= LIMIT_PORTAL_NETWORKS + 1; i++) {
		x = said_by(t, email);
		end = try_in(t, x.nonce, token_of(t, &x),
			arena_cstr(t->a, arena_fmt(t->a, "198.51.%d.9", i)),
			&token);
		CHECK((end == PORTAL_IS_IN) == (i <= LIMIT_PORTAL_NETWORKS),
			"network %d", i);
	}
	CHECK(end == PORTAL_STOPPED &&
			events(t, STR(""), "portal.stopped") == 1 &&
			events(t, reference, "portal.doubted") == 1,
		"one too many: entered, for the case as well");
	x = said_by(t, email);
	CHECK(try_in(t, x.nonce, token_of(t, &x), inner, &token) ==
			PORTAL_STOPPED,
		"nor is the first let in again");
	found(t, reference, "likes boats", false);
	work(t, reference);
	CHECK(!events(t, reference, "package.approved") &&
			view(t, reference).is_unverified &&
			view(t, reference).can_vouch &&
			has(view(t, reference).grade, "7061(b)"),
		"staff find out who it is in another way");
	{
		struct problems ps = { 0 };
		struct desk officer = desk_of(t, ACTOR_STAFF);
		struct package_review *r =
			arena_one(t->a, struct package_review);
		struct err e = { 0 };

		if (package_review(&officer, reference, t->dir, r, &e))
			fail("review", &e);
		CHECK(!r->is_account && !r->plan.of.is_specific,
			"the account verifies nothing any more");
		CHECK(package_approve(
			      &officer, reference, r->plan.seen, t->dir, &e) &&
				e.code == ERR_DENIED,
			"so it is not approved: %s", e.message);
		(void)ps;
	}
	t->clock.fixed_ms += DAY_MS + 1;
	x = said_by(t, email);
	CHECK(try_in(t, x.nonce, token_of(t, &x), inner, &token) ==
			PORTAL_IS_IN,
		"a day later it is quiet");
	{
		struct err e = { 0 };

		if (portal_visit(&d, token, &v, &e) != 1)
			fail("visit", &e);
	}
	CHECK(!show(t, &v, reference, &open) && page_of(t, &v)->waiting != NULL,
		"what is doubted is not shown here");
	t->clock.fixed_ms -= DAY_MS + 1;
}

/* Many visits of one account in a day, wherever from. */
static void test_visits(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct assertion_key key = { .alg = ASSERTION_HS256, .n = 32 };
	struct said x;
	struct portal_entry in = { .key = &key, .peer = STR("203.0.113.9") };
	enum portal_end end;
	struct err e = { 0 };
	str token;

	memcpy(key.bytes, shared, 32);
	for (int i = 0; i < LIMIT_PORTAL_VISITS; i++) {
		x = said_by(t, "often@x.example");
		in.nonce = x.nonce;
		in.token = token_of(t, &x);
		CHECK(!portal_enter(&d, &in, &end, &token, &e) &&
				end == PORTAL_IS_IN,
			"visit %d", i + 1);
	}
	x = said_by(t, "Often@X.example");
	in.nonce = x.nonce;
	in.token = token_of(t, &x);
	CHECK(portal_enter(&d, &in, &end, &token, &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"one more is too many, however the address is written");
}

/* A pattern of fraud (11 CCR 7060(f)) waits for a person, and is the account's still. */
static void test_pattern(struct test *t)
{
	struct portal_visit v;
	str reference = STR("");
	char email[40];

	for (int i = 0; i < 10; i++) {
		snprintf(email, sizeof email, "many%d@x.example", i);
		v = in_as(t, email);
		reference = see_from(t, &v, "203.0.113.7");
		t->clock.fixed_ms += MINUTE_MS;
	}
	plan(t, reference, 1);
	found(t, reference, "likes boats", false);
	work(t, reference);
	CHECK(!events(t, reference, "package.approved") &&
			events(t, reference, "portal.to_staff") == 1 &&
			!view(t, reference).is_unverified,
		"left to staff, who look twice");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(sodium_init() >= 0);
	start(&t, "portal", fresh_server(argc, argv));
	set_contact(&t);
	if (file_replace(path(&t, "map.yaml"), STR(data_map), 0600, &e))
		fail("map", &e);
	t.config.base_url = STR("https://privacy.example");
	t.config.account_url = STR("https://shop.example/again");
	t.config.portal = STR("yes");
	test_words(&t);
	test_foreign(&t);
	test_forged(&t);
	test_other_door(&t);
	test_visit(&t);
	test_off(&t);
	test_purged(&t);
	test_whole_way(&t);
	test_same_as_ordinary(&t);
	test_to_staff(&t);
	test_after_staff(&t);
	test_held(&t);
	test_fee(&t);
	test_nothing(&t);
	test_awaits(&t);
	test_joins(&t);
	test_stops(&t);
	test_draft(&t);
	test_no_claim(&t);
	test_suspicious(&t);
	test_third_look(&t);
	test_openings(&t);
	test_visits(&t);
	test_pattern(&t);
	end(&t);
	return CHECK_DONE();
}
