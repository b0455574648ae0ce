/*
 * Requests to know from what was found to what the requester opens: what staff see
 * and leave out, what may not be approved, who gets in, and that it ends.
 */
#include "act.h"

#include <sodium.h>

#include "base/file.h"
#include "desk/call_back.h"
#include "desk/closing.h"
#include "desk/enter.h"
#include "desk/fulfil.h"
#include "desk/limit.h"
#include "desk/package.h"
#include "desk/package_parts.h"
#include "desk/retention.h"
#include "desk/tray.h"
#include "desk/untold.h"
#include "know/page.h"
#include "store/engine.h"
#include "store/sql.h"
#include "t/unzip.h"

enum { FILES_MAX = 8, DAY_MS = 86400000 };

static const char data_map[] =
	"version: 1\nsystems:\n"
	"  - name: leads\n    title: Lead exchange\n    connector: sqlite\n"
	"    database: leads.db\n    source: Our site\n    tables:\n"
	"      - name: person\n        holds: People\n        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"          - { name: note, category: K }\n"
	"          - { name: ssn, never_disclose: ssn, category: L }\n"
	"        erase: delete\n        collected: note\n"
	"vendors:\n"
	"  - { name: mail, title: MailHarbor, role: service_provider, days: 9,\n"
	"      email: p@mail.example, receives: [ email ] }\n";

/* Two rows of theirs and one that is someone else's too; %s is a note. */
static const char finding[] =
	"{\"version\":1,\"system\":\"leads\",\"tables\":[{\"name\":\"person\","
	"\"key\":\"id\",\"columns\":[\"email\",\"note\",\"ssn\",\"id\"],"
	"\"rows\":["
	"{\"path\":\"person.email\",\"shared\":false,\"cells\":[\"maria@x."
	"example\",\"%s\",\"123-45-6789\",7]},"
	"{\"path\":\"person.email\",\"shared\":false,\"cells\":[\"maria@x."
	"example\",\"has a dog\",null,8]},"
	"{\"path\":\"person.email\",\"shared\":true,\"cells\":[\"maria@x."
	"example\",\"about Luis\",null,9]}]}],\"idents\":[]}";

static const struct plan_row plan_of_one[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
};

static struct desk desk_of(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "map.yaml");
	return d;
}

static struct sent send_know(
	struct test *t, enum kind kind, const char *email, bool is_declared)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct draft f = { .kind = kind };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person = (struct person){
		.pieces = kind == KIND_KNOW_SPECIFIC ? STR("specific")
						     : STR("categories"),
		.range = STR("all"),
		.email = { str_of(email) },
		.phone = { STR("510-555-0177") },
		.zip = { STR("94607") },
		.name = { STR("Maria Gonzalez") },
		.declared = is_declared ? STR("yes") : STR(""),
		.signed_by = { STR("Maria Gonzalez") },
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e))
		fail("send", &e);
	CHECK(!ps.n, "sent: %s", ps.n ? ps.at[0].text : "");
	return out;
}

static void found(struct test *t, str reference, const char *note, bool points)
{
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct case_view v = view(t, reference);
	struct found f = { .rows = 3,
		.points.matched = points ? POINT_BIT(EMAIL) | POINT_BIT(ZIP) |
						   POINT_BIT(PHONE)
					 : POINT_BIT(EMAIL) };
	struct err e = { 0 };
	struct work w;

	f.finding = arena_fmt(t->a, finding, note);
	if (fulfil_work(&d, v.tasks.at[0].id, &w, &e) != 1 ||
		fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
}

/* In review: the code typed, the system searched; with points, two details match
 * what is held. */
static struct sent in_review(struct test *t, enum kind kind, const char *email,
	const char *note, bool points)
{
	struct sent s = send_know(t, kind, email, true);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_one, 1, &e))
		fail("plan", &e);
	found(t, s.reference, note, points);
	CHECK(str_eq(str_of(view(t, s.reference).state_title),
		      STR("Ready to review")),
		"in review");
	return s;
}

static struct package_review *look(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct package_review *x = arena_one(t->a, struct package_review);
	struct err e = { 0 };

	if (package_review(&d, reference, t->dir, x, &e))
		fail("review", &e);
	return x;
}

static int approve_as(struct test *t, str reference, str seen, struct err *e)
{
	struct desk d = desk_of(t, ACTOR_STAFF);

	return package_approve(&d, reference, seen, t->dir, e);
}

/* What job/package.c does, where no value is cut. */
static void work(struct test *t, str reference)
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
	if (package_made(&d, &p, &k, &files, &e) ||
		package_made(&d, &p, &k, &files, &e))
		fail("made", &e);
}

static struct post answer_with(struct test *t, str reference)
{
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct desk worker = desk_of(t, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	if (case_answer(&d, reference, STR(""), &ps, &e))
		fail("answer", &e);
	p = letter_of(t, reference, "package");
	if (!p.id || post_sent(&worker, &p, &e))
		fail("sent", &e);
	return p;
}

/* The newest code letter: the last one in the list is the first written. */
static str code_of(struct test *t, str reference, const char *words)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct sql_mail_list_rows rows;
	struct err e = { 0 };
	struct post p;
	int64_t newest = 0;

	t->clock.fixed_ms += 3600000 + 1;
	if (package_send_code(&d, reference, &ps, &e) || ps.n)
		fail("send code", &e);
	if (sql_mail_list(
		    t->db, t->a, &(struct sql_mail_list_in){ 100 }, &rows, &e))
		fail("letters", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].reference, reference) &&
			str_eq(rows.at[i].template, STR("code")) &&
			rows.at[i].id > newest)
			newest = rows.at[i].id;
	if (post_load(&d, newest, &p, &e) != 1)
		fail("code", &e);
	CHECK(str_find(p.text.v, str_of(words)) >= 0, "%.*s",
		STR_ARG(p.text.v));
	return code_in(&p);
}

static str fresh_code(struct test *t, str reference)
{
	return code_of(t, reference, "Your code is");
}

static str spanish_code(struct test *t, str reference)
{
	return code_of(t, reference, "Su código es");
}

static str enter(struct test *t, str reference, str code)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str token;

	if (package_enter_code(&d, reference, code, &token, &ps, &e))
		fail("enter", &e);
	CHECK(!token.n == (ps.n > 0), "a problem, or the way in");
	return token;
}

static int open_as(
	struct test *t, str reference, str token, struct package_open *out)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct err e = { 0 };
	int rc = package_open(&d, reference, token, out, &e);

	if (rc < 0)
		fail("open", &e);
	return rc;
}

static int door(struct test *t, str reference, struct package_door *out)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct err e = { 0 };
	int rc = package_door(&d, reference, STR("192.0.2.1"), out, &e);

	if (rc < 0)
		fail("door", &e);
	return rc;
}

static bool has(str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

static str unwrapped(struct test *t, str text)
{
	char *out = arena_cstr(t->a, text);

	for (size_t i = 0; i < text.n; i++)
		out[i] = out[i] == '\n' ? ' ' : out[i];
	return (str){ out, text.n };
}

static size_t entries(struct test *t, str reference, const char *event)
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

/* --- all the way --- */

static struct sent answered(struct test *t, const char *email)
{
	struct sent s =
		in_review(t, KIND_KNOW_SPECIFIC, email, "likes boats", true);
	struct err e = { 0 };

	if (approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e))
		fail("approve", &e);
	work(t, s.reference);
	answer_with(t, s.reference);
	return s;
}

/* Civ. Code 1798.145(a) keeps what is held from being deleted and used; the answer that
 * is owed on day 45 changes nothing of it, and does not name the hold. */
static void test_held(struct test *t)
{
	static const char email[] = "held.know@example.com";
	struct sent s;
	struct post p;

	hold_email(t, email);
	s = answered(t, email);
	CHECK(view(t, s.reference).hold.is_held, "answered though it is held");
	p = letter_of(t, s.reference, "package");
	CHECK(p.id && str_find(p.text.v, STR("1798.145")) < 0 &&
			str_find(p.text.v, STR("enforcement")) < 0,
		"and the letter says nothing of it: %.*s", STR_ARG(p.text.v));
}

static void check_letter(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "package");

	CHECK(has(p.text.v, "Our answer is ready for you to open."), "ready");
	CHECK(has(p.text.v, "/package"), "the link");
	CHECK(has(p.text.v, "until December 21, 2026"), "dated");
	CHECK(!has(p.text.v, "boats") && !has(p.text.v, "@x.example"),
		"11 CCR 7024(f): nothing of the answer in the letter");
	CHECK(has(p.text.v, "Some things are not in it."),
		"a row is someone else's too");
}

static void test_whole_way(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "whole@x.example", "likes boats", true);
	struct package_review *x = look(t, s.reference);
	struct err e = { 0 };
	struct package_open open;
	struct package_door d;
	str token;

	CHECK(x->plan.of.is_specific && x->points == 3 && x->is_declared,
		"verified: %d", x->points);
	CHECK(x->know.rows == 2 && x->know.held.n == 1 && !x->hits.n,
		"two rows, one held, nothing that must stay");
	CHECK(!door(t, s.reference, &d), "nothing to open yet");
	CHECK(!approve_as(t, s.reference, x->plan.seen, &e), "%s", e.message);
	CHECK(!view(t, s.reference).can_package, "it is being made");
	CHECK(approve_as(t, s.reference, x->plan.seen, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"once");
	work(t, s.reference);
	CHECK(str_eq(str_of(view(t, s.reference).state_title),
		      STR("Answer ready")),
		"made, and the answer is due");
	CHECK(!door(t, s.reference, &d), "not before its letter");
	answer_with(t, s.reference);
	check_letter(t, s.reference);
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in part")),
		"11 CCR 7024(e): %.*s", STR_ARG(view(t, s.reference).outcome));
	CHECK(door(t, s.reference, &d) == 1 && !d.has_ended, "now it is there");
	CHECK(!open_as(t, s.reference, STR(""), &open), "not without a code");
	token = enter(t, s.reference, fresh_code(t, s.reference));
	CHECK(open_as(t, s.reference, token, &open) == 1 &&
			has(open.letter.v, "likes boats"),
		"the letter");
	CHECK(!has(open.letter.v, "123-45-6789") &&
			!has(open.letter.v, "about Luis"),
		"nothing that must stay");
	CHECK(has(open.letter.v, "We hold your Social Security number."),
		"but that it is held");
}

/* All its parts, as the page sends them. */
static str bytes_of(struct test *t, const struct package_zip *zip)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct buf b = buf_in(t->a, KEPT_ZIP_MAX);
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

static void test_download(struct test *t)
{
	struct sent s = answered(t, "download@x.example");
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	str token = enter(t, s.reference, fresh_code(t, s.reference));
	struct zip_file files[FILES_MAX];
	struct package_zip zip;
	struct err e = { 0 };
	size_t n = 0;

	CHECK(!package_download(&d, s.reference, STR("no"), &zip, &e),
		"not with another token");
	CHECK(package_download(&d, s.reference, token, &zip, &e) == 1, "%s",
		e.message);
	CHECK(!unzip(t->a, bytes_of(t, &zip), files, FILES_MAX, &n) && n == 3,
		"page, data, one table: %zu", n);
	for (size_t i = 0; i < n; i++)
		CHECK(!has(files[i].bytes, "123-45-6789"),
			"the number is in %.*s", STR_ARG(files[i].name));
	CHECK(package_download(&d, s.reference, token, &zip, &e) == 1 &&
			entries(t, s.reference, "package.downloaded") == 2,
		"each download has its entry");
	CHECK(entries(t, s.reference, "package.opened") == 1, "and the code");
}

/* --- in parts --- */

enum { LONG = 2 * LIMIT_PACKAGE_PART_BYTES + 12345 };

static int put_long(struct package_parts *parts, str bytes, struct err *e)
{
	struct know_store store = package_parts_store(parts);

	return store.in.put(store.in.ctx, bytes, e) ||
			       package_parts_end(parts, e)
		       ? -1
		       : 0;
}

static int compare(void *ctx, str bytes, struct err *e)
{
	str *rest = ctx;

	(void)e;
	if (!str_starts(*rest, bytes))
		return -1;
	*rest = str_from(*rest, bytes.n);
	return 0;
}

static int64_t parts_kept(struct test *t, int64_t request, str run)
{
	struct sql_package_part_in in = { request, run, 0 };
	struct sql_package_part_row row;
	struct err e = { 0 };
	int64_t n = 0;

	for (; sql_package_part(t->db, t->a, &in, &row, &e) == 1; in.number++)
		n++;
	return n;
}

/* Longer than one part: what is stored is what went in, sealed, and what a run left that
 * did not end goes when the next begins, or when it is stopped. */
static void test_parts(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "parts@x.example", "likes boats", true);
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct package_parts first, parts;
	struct know_store store;
	struct package_plan p;
	struct err e = { 0 };
	str bytes = { arena_alloc(t->a, LONG), LONG }, rest = bytes;
	struct sql_package_part_in in;
	struct sql_package_part_row row;

	randombytes_buf((char *)(uintptr_t)bytes.p, LONG);
	if (approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e) ||
		package_plan(&d, request_id(t, s.reference), t->dir, &p, &e) !=
			1 ||
		package_parts_begin(&d, &p, &first, &e) ||
		put_long(&first, bytes, &e) ||
		package_parts_begin(&d, &p, &parts, &e))
		fail("parts", &e);
	CHECK(!parts_kept(t, p.request_id, first.zip.run),
		"a run that was killed leaves nothing");
	if (put_long(&parts, bytes, &e))
		fail("again", &e);
	CHECK(parts.zip.parts == 3 && parts.zip.bytes == LONG &&
			parts_kept(t, p.request_id, parts.zip.run) == 3,
		"three parts: %zu", parts.zip.parts);
	store = package_parts_store(&parts);
	CHECK(!store.back(
		      store.ctx, &(struct zip_sink){ compare, &rest }, &e) &&
			!rest.n,
		"they come back as they went: %s", e.message);
	in = (struct sql_package_part_in){ p.request_id, parts.zip.run, 1 };
	CHECK(sql_package_part(t->db, t->a, &in, &row, &e) == 1 &&
			str_find(row.sealed,
				str_head(str_from(bytes,
						 LIMIT_PACKAGE_PART_BYTES),
					40)) < 0,
		"sealed");
	if (package_stopped(&d, &p, STR("a reason"), &e))
		fail("stop", &e);
	CHECK(!parts_kept(t, p.request_id, parts.zip.run),
		"nothing of a package that is not made stays");
}

/* Two runs at once, as when a job that was taken for dead goes on: what is "made" has
 * all its bytes, and nothing of the other run stays. */
static void test_two_runs(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "runs@x.example", "likes boats", true);
	struct desk d = desk_of(t, ACTOR_WORKER);
	str bytes = { arena_alloc(t->a, LONG), LONG };
	struct package_parts slow, quick, late;
	struct package_files of_slow = { &slow, STR("letter") };
	struct package_files of_quick = { &quick, STR("letter") };
	struct package_plan p;
	struct err e = { 0 };
	struct know k;

	randombytes_buf((char *)(uintptr_t)bytes.p, LONG);
	if (approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e) ||
		package_plan(&d, request_id(t, s.reference), t->dir, &p, &e) !=
			1 ||
		know_make(t->a, &p.in, &p.of, &k, &e) ||
		package_parts_begin(&d, &p, &slow, &e) ||
		put_long(&slow, bytes, &e) ||
		package_parts_begin(&d, &p, &quick, &e))
		fail("runs", &e);
	CHECK(package_made(&d, &p, &k, &of_slow, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			view(t, s.reference).package.state == PACKAGE_WANTED,
		"its parts are gone: it is not made");
	e = (struct err){ 0 };
	slow.zip.parts = 0;
	if (put_long(&quick, bytes, &e) || put_long(&slow, bytes, &e) ||
		package_made(&d, &p, &k, &of_quick, &e))
		fail("made", &e);
	CHECK(parts_kept(t, p.request_id, quick.zip.run) == 3 &&
			!parts_kept(t, p.request_id, slow.zip.run),
		"the package's own parts, and no others");
	CHECK(package_parts_begin(&d, &p, &late, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"planned before it was made: too late");
	e = (struct err){ 0 };
	slow.zip.parts = 0;
	CHECK(!put_long(&slow, bytes, &e) &&
			!package_made(&d, &p, &k, &of_slow, &e) &&
			!parts_kept(t, p.request_id, slow.zip.run),
		"nor what comes after that: %s", e.message);
	slow.zip.parts = 0;
	CHECK(!put_long(&slow, bytes, &e) &&
			!package_stopped(&d, &p, STR("a reason"), &e) &&
			!parts_kept(t, p.request_id, slow.zip.run),
		"whichever way it ends: %s", e.message);
	CHECK(parts_kept(t, p.request_id, quick.zip.run) == 3 &&
			view(t, s.reference).package.state == PACKAGE_MADE,
		"made, with all its bytes");
}

/* Another order, another run, or another package: none opens. */
static void test_parts_are_bound(struct test *t)
{
	struct sent s = answered(t, "bound@x.example");
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	str token = enter(t, s.reference, fresh_code(t, s.reference));
	struct sql_package_part_row row;
	struct package_zip zip;
	struct err e = { 0 };
	str part;

	if (package_download(&d, s.reference, token, &zip, &e) != 1 ||
		sql_package_part(t->db, t->a,
			&(struct sql_package_part_in){
				zip.request_id, zip.run, 0 },
			&row, &e) != 1 ||
		sql_package_part_add(t->db,
			&(struct sql_package_part_add_in){
				zip.request_id, zip.run, 1, row.sealed },
			&e) != 1)
		fail("part", &e);
	CHECK(!package_zip_part(&d, &zip, 0, &part, &e), "%s", e.message);
	zip.parts = 2;
	CHECK(package_zip_part(&d, &zip, 1, &part, &e) == -1 &&
			e.code == ERR_CORRUPT,
		"the first part as the second");
	zip.run = STR("another");
	CHECK(package_zip_part(&d, &zip, 0, &part, &e) == -1 &&
			e.code == ERR_CORRUPT,
		"a run that is not there");
}

/* One that was made before packages were kept in parts opens as it did. */
static void test_whole(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "old@x.example", "likes boats", true);
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct sql_package_made_in made = {
		.letter = STR(""), .bytes = 8, .at = desk_now(&d)
	};
	struct package_zip zip;
	struct err e = { 0 };
	struct record r;
	str part;

	if (approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e) ||
		record_need(&d, s.reference, &r, &e))
		fail("approve", &e);
	made.request_id = r.row.id;
	made.sealed = seal_put(t->a, r.seal, STR("package"), STR("PK older"));
	if (sql_package_made(t->db, &made, &e) != 1)
		fail("made", &e);
	CHECK(!package_zip_open(&d, &r, &zip, &e) && zip.parts == 1 &&
			zip.bytes == 8 &&
			!package_zip_part(&d, &zip, 0, &part, &e) &&
			str_eq(part, STR("PK older")),
		"%s", e.message);
}

/* --- what is not approved --- */

static void test_hits(struct test *t)
{
	struct sent s = in_review(t, KIND_KNOW_SPECIFIC, "hits@x.example",
		"card 4111 1111 1111 1111", true);
	struct package_review *x = look(t, s.reference);
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct know_mark out = { .system = STR("leads"),
		.table = STR("person"),
		.column = STR("note") };
	struct package_marks marks = { .at = &out, .n = 1 };
	struct err e = { 0 };

	CHECK(x->hits.n == 1 &&
			str_eq(x->hits.at[0].of, STR("leads.person.note")),
		"named by its column");
	CHECK(approve_as(t, s.reference, x->plan.seen, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			has(str_of(e.message), "leads.person.note") &&
			!has(str_of(e.message), "4111"),
		"refused, without the value: %s", e.message);
	CHECK(!package_mark(&d, s.reference, x->plan.seen, &marks, &e), "%s",
		e.message);
	CHECK(package_mark(&d, s.reference, x->plan.seen, &marks, &e) == -1,
		"the page is an old one now");
	x = look(t, s.reference);
	CHECK(!x->hits.n && x->know.tables.at[0].is_redacted, "left out");
	CHECK(!approve_as(t, s.reference, x->plan.seen, &e), "%s", e.message);
	work(t, s.reference);
	CHECK(view(t, s.reference).package.state == PACKAGE_MADE, "made");
}

static void test_changed(struct test *t)
{
	struct sent s = in_review(t, KIND_KNOW_SPECIFIC, "changed@x.example",
		"likes boats", true);
	str seen = look(t, s.reference)->plan.seen;
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct package_plan plan;
	struct package_parts parts = { .desk = &d };
	struct package_files files = { &parts, STR("letter") };
	struct sql_restored_put_in back = { STR("leads"), desk_now(&d),
		STR("command") };
	struct sql_restored_replayed_in open = { STR("leads"), 1, 1,
		INT64_MAX };
	struct err e = { 0 };
	struct know k;

	if (approve_as(t, s.reference, seen, &e) ||
		sql_restored_put(t->db, &back, &e) != 1)
		fail("approve", &e);
	CHECK(package_plan(&d, request_id(t, s.reference), t->dir, &plan, &e) ==
				-1 &&
			e.code == ERR_CONFLICT && plan.reference.n &&
			str_find(str_of(e.hint), STR("toyon replay leads")) >=
				0,
		"nothing is handed out of a system that was put back: %s",
		e.message);
	must(sql_restored_replayed(t->db, &open, &e) == 1);
	if (package_plan(&d, request_id(t, s.reference), t->dir, &plan, &e) !=
			1 ||
		know_make(t->a, &plan.in, &plan.of, &k, &e))
		fail("plan", &e);
	/* A system that came back late knew a further address. */
	if (sql_task_reopen_search(t->db,
		    &(struct sql_task_reopen_search_in){
			    request_id(t, s.reference), 0 },
		    &e) < 0)
		fail("again", &e);
	found(t, s.reference, "has a cat, too", true);
	if (package_made(&d, &plan, &k, &files, &e))
		fail("made", &e);
	CHECK(view(t, s.reference).package.state == PACKAGE_STOPPED,
		"what was approved is not what was found");
	CHECK(approve_as(t, s.reference, seen, &e) == -1, "an old page");
	CHECK(view(t, s.reference).can_package, "looked through again");
	seen = look(t, s.reference)->plan.seen;
	CHECK(!approve_as(t, s.reference, seen, &e), "%s", e.message);
	work(t, s.reference);
	CHECK(view(t, s.reference).package.state == PACKAGE_MADE, "made");
}

/* What the worker can't do by itself is said on the case, not tried for ever. */
static void test_map_changed(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "map@x.example", "likes boats", true);
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct package_plan plan;
	struct err e = { 0 };

	if (approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e) ||
		file_replace(path(t, "map.yaml"),
			STR("version: 1\nsystems: []\n"), 0600, &e))
		fail("approve", &e);
	CHECK(package_plan(&d, request_id(t, s.reference), t->dir, &plan, &e) ==
				-1 &&
			e.code == ERR_CONFLICT &&
			str_eq(plan.reference, s.reference),
		"the system is not in the map any more: %s", e.message);
	if (package_stopped(&d, &plan, STR("the data map has changed"), &e) ||
		file_replace(path(t, "map.yaml"), STR(data_map), 0600, &e))
		fail("stop", &e);
	CHECK(view(t, s.reference).package.state == PACKAGE_STOPPED &&
			has(view(t, s.reference).next_detail,
				"the data map has changed"),
		"the case says why");
	CHECK(!package_plan(&d, request_id(t, s.reference), t->dir, &plan, &e),
		"and it is not wanted any more");
}

/* 11 CCR 7024(a), 7062(c): without three points, no piece. */
static void test_downgraded(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "less@x.example", "likes boats", false);
	struct package_review *x = look(t, s.reference);
	struct package_open open;
	struct err e = { 0 };
	struct post p;

	CHECK(x->plan.of.is_downgraded && !x->plan.of.is_specific &&
			x->points == 1 && !x->know.tables.n,
		"one point");
	CHECK(!approve_as(t, s.reference, x->plan.seen, &e), "%s", e.message);
	work(t, s.reference);
	p = answer_with(t, s.reference);
	CHECK(has(unwrapped(t, p.text.v), "names the kinds of information"),
		"said in it");
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in part")),
		"and counted so");
	open_as(t, s.reference,
		enter(t, s.reference, fresh_code(t, s.reference)), &open);
	CHECK(has(open.letter.v, "Inferences") && !has(open.letter.v, "boats"),
		"kinds only");
}

static void gives_up(struct test *t, str reference, int64_t task_id)
{
	struct desk worker = desk_of(t, ACTOR_WORKER);
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct err why = { .code = ERR_UNAVAILABLE, .message = "no answer" };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct work w;

	if (fulfil_work(&worker, task_id, &w, &e) != 1 ||
		fulfil_failed(&worker, &w, &why, &e) ||
		case_drop(&d, reference, task_id, STR("Ask Jo."), &ps, &e) ||
		ps.n)
		fail("drop", &e);
}

/* 11 CCR 7024(e): a system that is left out is named with what staff wrote of it, and no
 * package is made before. */
static void test_left_out(struct test *t)
{
	static const struct plan_row plan_of_two[] = {
		{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
		{ true, STR_INIT("shop"), STR_INIT("Old shop") },
	};
	struct sent s =
		send_know(t, KIND_KNOW_SPECIFIC, "left.out@x.example", true);
	struct post p = letter_of(t, s.reference, "code");
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct untold_why x = { .facts = STR("It burned down in May.") };
	struct problems ps = { 0 };
	struct package_open open;
	struct err e = { 0 };
	struct case_view v;

	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_two, 2, &e))
		fail("plan", &e);
	found(t, s.reference, "likes boats", true);
	x.task_id = view(t, s.reference).tasks.at[1].id;
	gives_up(t, s.reference, x.task_id);
	v = view(t, s.reference);
	CHECK(!strcmp(v.next.code, "untold") &&
			str_eq(v.next_sentence,
				STR("Say why Old shop is left out")),
		"first why: %.*s", STR_ARG(v.next_sentence));
	CHECK(approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e) ==
				-1 &&
			e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("Old shop")) > 0,
		"not without it: %s", e.message);
	CHECK(!case_untold(&d, s.reference, &x, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(!approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e),
		"%s", e.message);
	work(t, s.reference);
	answer_with(t, s.reference);
	open_as(t, s.reference,
		enter(t, s.reference, fresh_code(t, s.reference)), &open);
	CHECK(has(open.letter.v,
		      "We could not look in Old shop. It is not known whether "
		      "it holds something about you. This is why: It burned "
		      "down in May.") &&
			!has(open.letter.v, "Ask Jo"),
		"%.*s", STR_ARG(open.letter.v));
}

/* Who asked for the pieces gets the kinds, a denial in part: two people decide that, and
 * one is enough for all that was asked. */
static void test_two_decide(struct test *t)
{
	struct sent less = in_review(t, KIND_KNOW_SPECIFIC,
		"eyes.two@x.example", "likes boats", false);
	struct sent all = in_review(t, KIND_KNOW_SPECIFIC, "eyes.one@x.example",
		"likes boats", true);
	str seen = look(t, less.reference)->plan.seen;
	struct desk second = desk_of(t, ACTOR_STAFF);
	struct know_mark row = { .system = STR("leads"),
		.table = STR("person"),
		.column = STR("note") };
	struct package_marks marks = { .at = &row, .n = 1 };
	struct err e = { 0 };

	second.actor.id = 2;
	four_eyes_are(t, "yes");
	CHECK(approve_as(t, less.reference, seen, &e) == 1 &&
			approve_as(t, less.reference, seen, &e) == 1,
		"one person, however often: %s", e.message);
	CHECK(look(t, less.reference)->second.is_waiting &&
			look(t, less.reference)->second.is_same,
		"who looks through it sees that it was approved");
	CHECK(view(t, less.reference).second.is_waiting &&
			view(t, less.reference).package.state == PACKAGE_NONE,
		"nothing is made yet");
	CHECK(!package_approve(&second, less.reference, seen, t->dir, &e) &&
			view(t, less.reference).package.state == PACKAGE_WANTED,
		"the second decides the same: %s", e.message);
	CHECK(!approve_as(
		      t, all.reference, look(t, all.reference)->plan.seen, &e),
		"all of it takes one: %s", e.message);
	all = in_review(t, KIND_KNOW_SPECIFIC, "eyes.mark@x.example",
		"likes boats", true);
	if (package_mark(&second, all.reference,
		    look(t, all.reference)->plan.seen, &marks, &e))
		fail("mark", &e);
	CHECK(approve_as(t, all.reference, look(t, all.reference)->plan.seen,
		      &e) == 1,
		"what somebody left out takes two: %s", e.message);
	four_eyes_are(t, "no");
}

static void test_categories(struct test *t)
{
	struct sent s = in_review(t, KIND_KNOW_CATEGORIES, "kinds@x.example",
		"likes boats", false);
	struct package_review *x = look(t, s.reference);
	struct err e = { 0 };

	CHECK(!x->plan.of.is_downgraded && !x->know.tables.n &&
			x->know.is_whole,
		"as asked");
	CHECK(!approve_as(t, s.reference, x->plan.seen, &e), "%s", e.message);
	work(t, s.reference);
	answer_with(t, s.reference);
	CHECK(str_eq(view(t, s.reference).outcome, STR("Complied in whole")),
		"%.*s", STR_ARG(view(t, s.reference).outcome));
}

static void test_roles(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "roles@x.example", "likes boats", true);
	str seen = look(t, s.reference)->plan.seen;
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct package_review x;
	struct err e = { 0 };

	d.actor.role = STR("agent");
	CHECK(package_review(&d, s.reference, t->dir, &x, &e) == -1 &&
			e.code == ERR_DENIED,
		"who answers the phone sees none of it");
	CHECK(package_approve(&d, s.reference, seen, t->dir, &e) == -1 &&
			e.code == ERR_DENIED,
		"and approves nothing");
}

/* A copy in the requester's language: the one that their browser asked for, or that staff
 * chose; the letter, the code and the page are in it, too. */
static void test_spanish(struct test *t)
{
	struct sent s = in_review(
		t, KIND_KNOW_SPECIFIC, "es@x.example", "likes boats", true);
	struct package_marks marks = { .language = KNOW_ES };
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct package_open open;
	struct package_door at;
	struct err e = { 0 };
	struct post p;
	str token;

	CHECK(look(t, s.reference)->plan.of.language == KNOW_EN,
		"English, when nobody said anything");
	if (package_mark(&d, s.reference, look(t, s.reference)->plan.seen,
		    &marks, &e) ||
		approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e))
		fail("mark", &e);
	work(t, s.reference);
	p = answer_with(t, s.reference);
	CHECK(has(p.text.v, "Nuestra respuesta") &&
			has(p.text.v, "21 de diciembre de 2026") &&
			has(p.subject, "Su información"),
		"the letter: %.*s", STR_ARG(p.text.v));
	CHECK(door(t, s.reference, &at) == 1 && at.language == KNOW_ES,
		"the page");
	token = enter(t, s.reference, spanish_code(t, s.reference));
	CHECK(open_as(t, s.reference, token, &open) == 1 &&
			open.language == KNOW_ES &&
			has(open.letter.v, "Lo que sabemos de usted"),
		"the answer");
}

/* --- from before a letter was one kind in each language --- */

static void run_sql(struct test *t, const char *sql)
{
	struct err e = { 0 };

	if (db_begin(t->db, DB_WRITE, &e) || db_define(t->db, sql, &e) ||
		db_commit(t->db, &e))
		fail(sql, &e);
}

/* As an older program wrote its rows, and the migration changes them. */
static void upgrade(struct test *t)
{
	const char *const *sql = NULL;

	run_sql(t, "alter table mail drop column lang");
	run_sql(t, "update mail set template = 'package_es'\n"
		   "where template = 'package'");
	for (int i = 0; i < sql_migrations_n; i++)
		if (!strcmp(sql_migrations[i].name, "letter-kinds"))
			sql = t->fresh.server ? sql_migrations[i].postgres
					      : sql_migrations[i].sqlite;
	must(sql);
	while (*sql)
		run_sql(t, *sql++);
}

static struct sent to_answer(struct test *t, const char *email)
{
	struct sent s =
		in_review(t, KIND_KNOW_SPECIFIC, email, "likes boats", true);
	struct package_marks marks = { .language = KNOW_ES };
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (package_mark(&d, s.reference, look(t, s.reference)->plan.seen,
		    &marks, &e) ||
		approve_as(t, s.reference, look(t, s.reference)->plan.seen, &e))
		fail("approve", &e);
	work(t, s.reference);
	if (case_answer(&d, s.reference, STR(""), &ps, &e) || ps.n)
		fail("answer", &e);
	return s;
}

static bool is_closed(struct test *t, str reference)
{
	return str_eq(str_of(view(t, reference).state_title), STR("Closed"));
}

/* The Spanish packages that an older program wrote, and those that it sent: it did not
 * close the cases of these, and the kind of both is known to nobody. */
static void test_upgraded(struct test *t)
{
	struct sent waits = to_answer(t, "waits@x.example");
	struct sent left = to_answer(t, "left@x.example");
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct post p = letter_of(t, left.reference, "package");
	struct sql_mail_sent_in sent = { p.id, t->clock.fixed_ms, STR("") };
	struct sql_mail_by_id_row row;
	struct record r;
	struct err e = { 0 };

	if (sql_mail_sent(t->db, &sent, &e) != 1)
		fail("sent", &e);
	upgrade(t);
	p = letter_of(t, waits.reference, "package");
	CHECK(p.id, "the kind that it is");
	CHECK(sql_mail_by_id(t->db, t->a, &(struct sql_mail_by_id_in){ p.id },
		      &row, &e) == 1 &&
			str_eq(row.lang, STR("es")),
		"and its language, which older ones have in no other place");
	if (post_sent(&d, &p, &e))
		fail("sent", &e);
	CHECK(is_closed(t, waits.reference), "the answer closes its case");
	CHECK(!is_closed(t, left.reference), "that of the other had left");
	t->clock.fixed_ms += DAY_MS;
	if (closing_run(&d, &e) || closing_run(&d, &e) ||
		record_need(&d, left.reference, &r, &e))
		fail("close", &e);
	CHECK(is_closed(t, left.reference) && r.row.answered_at == sent.at,
		"closed, and answered when its letter left");
	CHECK(entries(t, left.reference, "request.answered") == 1, "once");
	CHECK(!is_closed(t, in_review(t, KIND_KNOW_SPECIFIC, "none@x.example",
				    "likes boats", true)
				    .reference),
		"no other");
	t->clock.fixed_ms -= DAY_MS;
}

static void test_language_asked(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_KNOW_CATEGORIES };
	struct problems ps = { 0 };
	struct sent s = { 0 };
	struct err e = { 0 };
	struct post p;

	f.person = (struct person){ .pieces = STR("categories"),
		.range = STR("all"),
		.email = { STR("asked@x.example") },
		.zip = { STR("94607") },
		.name = { STR("Maria Gonzalez") },
		.language = STR("es") };
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.3"), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	p = letter_of(t, s.reference, "code");
	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	d = desk_of(t, ACTOR_WORKER);
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_one, 1, &e))
		fail("plan", &e);
	found(t, s.reference, "likes boats", false);
	CHECK(look(t, s.reference)->plan.of.language == KNOW_ES,
		"what the browser asked for");
}

/* --- who gets in, and for how long --- */

static void test_codes(struct test *t)
{
	struct sent one = answered(t, "one@x.example");
	struct sent two = answered(t, "two@x.example");
	struct package_open open;
	str code = fresh_code(t, one.reference);
	str token;

	CHECK(!enter(t, one.reference, STR("000000")).n ||
			str_eq(code, STR("000000")),
		"a wrong code");
	CHECK(!enter(t, two.reference, code).n, "the code of another request");
	token = enter(t, one.reference, code);
	CHECK(token.n && open_as(t, one.reference, token, &open) == 1, "in");
	CHECK(!enter(t, one.reference, code).n, "a code is used once");
	CHECK(!open_as(t, two.reference, token, &open),
		"the way into one is none into the other");
	t->clock.fixed_ms += LIMIT_PACKAGE_VISIT_MINUTES * 60000LL + 1;
	CHECK(!open_as(t, one.reference, token, &open), "half an hour");
}

static void test_ends(struct test *t)
{
	struct sent s = answered(t, "ends@x.example");
	int64_t now = t->clock.fixed_ms;
	struct desk d = desk_of(t, ACTOR_WORKER);
	struct package_open open;
	struct package_door at;
	struct err e = { 0 };
	int64_t n;
	str token;

	t->clock.fixed_ms += LIMIT_PACKAGE_DAYS * (int64_t)DAY_MS;
	CHECK(door(t, s.reference, &at) == 1 && !at.has_ended, "its last day");
	t->clock.fixed_ms += DAY_MS;
	CHECK(door(t, s.reference, &at) == 1 && at.has_ended, "the day after");
	token = enter(t, s.reference, fresh_code(t, s.reference));
	CHECK(open_as(t, s.reference, token, &open) == 1 &&
			date_cmp(open.until, at.until) > 0,
		"one more code opens it again");
	CHECK(entries(t, s.reference, "package.renewed") == 1, "entered");
	/* 24 months after closing the key goes, and the package with it. */
	t->clock.fixed_ms = now + 760 * (int64_t)DAY_MS;
	if (retention_run(&d, &n, &e))
		fail("retention", &e);
	CHECK(n > 0 && !door(t, s.reference, &at), "gone with the record");
	t->clock.fixed_ms = now;
}

/* What the form said is what the answer is about (11 CCR 7024(h)). */
static void test_dates(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_KNOW_SPECIFIC };
	struct problems ps = { 0 };
	struct package_review *x;
	struct sent s = { 0 };
	struct err e = { 0 };
	struct post p;

	f.person = (struct person){
		.pieces = STR("specific"),
		.range = STR("dates"),
		.range_from = { STR("3/5/2024") },
		.range_to = { STR("2024-03-09") },
		.email = { STR("dates@example.com") },
		.phone = { STR("510-555-0177") },
		.zip = { STR("94607") },
		.name = { STR("Maria Gonzalez") },
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") },
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.2"), &s, &ps, &e) ||
		ps.n)
		fail("send", &e);
	p = letter_of(t, s.reference, "code");
	CHECK(confirm(t, s.reference, code_in(&p), &ps), "the code");
	d = desk_of(t, ACTOR_WORKER);
	if (fulfil_plan(&d, request_id(t, s.reference), plan_of_one, 1, &e))
		fail("plan", &e);
	found(t, s.reference, "2024-03-10", true);
	x = look(t, s.reference);
	CHECK(x->know.ranged.n == 1 && x->know.ranged.at[0].outside == 1 &&
			x->know.ranged.at[0].undated == 2,
		"a day too late, and two that say none");
	CHECK(x->know.rows == 1, "one of these is someone else's too: %zu",
		x->know.rows);
}

/* Civ. Code 1798.130(a)(2)(B): by mail.  Staff print it, or save the file; no code opens
 * it, and the case closes when it was posted. */
static void test_on_paper(struct test *t)
{
	struct enter_in in = { .kind = KIND_KNOW_CATEGORIES,
		.channel = CHANNEL_PHONE,
		.person = { .phone = { STR("510-555-0177") },
			.name = { STR("Maria Gonzalez") },
			.street = { STR("9 Bay St") },
			.zip = { STR("94607") },
			.pieces = STR("categories") },
		.postal = { { STR("Oakland, CA") } } };
	struct call_back call = { { STR("510-555-0177") }, STR("She did.") };
	struct desk worker = desk_of(t, ACTOR_WORKER);
	struct desk d = desk_of(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct package_door x;
	struct tray_sheet sheet;
	struct package_zip zip;
	str reference, shown;
	struct err e = { 0 };
	struct post p;

	if (enter_request(&d, &in, &reference, &ps, &e) || ps.n ||
		case_call_back(&d, reference, &call, &ps, &e) || ps.n ||
		fulfil_plan(
			&worker, request_id(t, reference), plan_of_one, 1, &e))
		fail("enter", &e);
	found(t, reference, "likes tea", true);
	CHECK(!approve_as(t, reference, look(t, reference)->plan.seen, &e),
		"approved: %s", e.message);
	work(t, reference);
	if (case_answer(&d, reference, STR(""), &ps, &e))
		fail("answer", &e);
	p = letter_of(t, reference, "package");
	CHECK(p.is_paper &&
			str_find(p.text.v, STR("enclosed with this "
					       "letter")) > 0 &&
			str_find(p.text.v, STR("code")) < 0,
		"no code: %.*s", STR_ARG(p.text.v));
	CHECK(!door(t, reference, &x), "nothing to open on the page");
	CHECK(tray_print(&d, p.id, &sheet, &e) == 1 && sheet.has_package &&
			str_find(sheet.package.v, STR("Lead exchange")) > 0,
		"what is enclosed: %s", e.message);
	CHECK(tray_zip(&d, p.id, &shown, &zip, &e) == 1 &&
			str_starts(bytes_of(t, &zip), STR("PK")),
		"or as a file");
	CHECK(entries(t, reference, "package.saved") == 1 &&
			entries(t, reference, "letter.printed") == 1,
		"each with its entry");
	d.actor.role = STR("agent");
	CHECK(tray_zip(&d, p.id, &shown, &zip, &e) == -1, "not for all");
	d.actor.role = STR("officer");
	CHECK(!tray_left(&d, p.id,
		      &(struct tray_leaving){
			      date_iso(t->a, desk_today(&d)), false },
		      &ps, &e) &&
			!ps.n && !view(t, reference).is_open,
		"closed when it was posted: %s", e.message);
	CHECK(!tray_zip(&d, p.id, &shown, &zip, &e),
		"and it is out of the tray");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(sodium_init() >= 0);
	start(&t, "know", fresh_server(argc, argv));
	set_contact(&t);
	if (file_replace(path(&t, "map.yaml"), STR(data_map), 0600, &e))
		fail("map", &e);
	test_whole_way(&t);
	test_held(&t);
	test_download(&t);
	test_parts(&t);
	test_two_runs(&t);
	test_parts_are_bound(&t);
	test_whole(&t);
	test_hits(&t);
	test_changed(&t);
	test_map_changed(&t);
	test_downgraded(&t);
	test_left_out(&t);
	test_two_decide(&t);
	test_categories(&t);
	test_dates(&t);
	test_on_paper(&t);
	test_roles(&t);
	test_spanish(&t);
	test_upgraded(&t);
	test_language_asked(&t);
	test_codes(&t);
	test_ends(&t);
	end(&t);
	return CHECK_DONE();
}
