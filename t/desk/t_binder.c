/*
 * The evidence file of a case: what stands in it for each kind of case, what never does,
 * that a change is found, who gets it, and that it ends with the record.
 */
#include "cases.h"

#include <ctype.h>
#include <jansson.h>
#include <sodium.h>

#include "base/enc.h"
#include "base/file.h"
#include "desk/agent_ask.h"
#include "desk/binder_data.h"
#include "desk/limit.h"
#include "desk/message.h"
#include "desk/package.h"
#include "desk/package_parts.h"
#include "desk/record.h"
#include "desk/reopen.h"
#include "desk/retention.h"
#include "desk/stop.h"
#include "desk/vendors.h"
#include "know/page.h"
#include "store/engine.h"
#include "t/unzip.h"

enum { FILES_MAX = 12, JSON_BYTES = 4 << 20 };

/* --- made, and read as others read it --- */

struct made {
	str zip;
	struct zip_file file[FILES_MAX];
	size_t n;
	json_t *json;
	str page;
	str trail;
};

static str file_of(const struct made *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_eq(m->file[i].name, str_of(name)))
			return m->file[i].bytes;
	return STR("");
}

static void want(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	if (binder_want(&d, reference, &e) ||
		binder_make(
			&worker, request_id(t, reference), STR("0.0-test"), &e))
		fail("binder", &e);
}

static struct made open_zip(struct test *t, str zip)
{
	struct made m = { .zip = zip };
	struct err e = { 0 };

	if (unzip(t->a, zip, m.file, FILES_MAX, &m.n))
		fail("unzip", &e);
	if (json_read(t->a, file_of(&m, "evidence.json"), JSON_BYTES, &m.json,
		    &e))
		fail("evidence.json", &e);
	m.page = file_of(&m, "index.html");
	m.trail = file_of(&m, "trail.jsonl");
	return m;
}

static struct made made_of(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct binder_zip zip;
	struct err e = { 0 };

	want(t, reference);
	if (binder_download(&d, reference, &zip, &e))
		fail("download", &e);
	return open_zip(t, zip.bytes);
}

static struct binder_report checked(struct test *t, str zip, const char *key)
{
	struct binder_report r;
	struct err e = { 0 };

	if (binder_check(t->a, zip, str_of(key), STR(""), &r, &e)) {
		r = (struct binder_report){ .entries = -1 };
		CHECK(e.code == ERR_FOUND, "%s", e.message);
	}
	return r;
}

static bool has(str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

/* As a word of its own: five digits in a row stand in a digest sooner or later. */
static bool has_word(str text, str word)
{
	for (size_t i = 0; i + word.n <= text.n; i++) {
		bool is_inside =
			(i && isalnum((unsigned char)text.p[i - 1])) ||
			(i + word.n < text.n &&
				isalnum((unsigned char)text.p[i + word.n]));

		if (!is_inside && str_starts(str_from(text, i), word))
			return true;
	}
	return false;
}

/* In none of the files. */
static bool is_nowhere(const struct made *m, const char *what)
{
	for (size_t i = 0; i < m->n; i++)
		if (has_word(m->file[i].bytes, str_of(what)))
			return false;
	return true;
}

/* The member of the first element of a list whose `by` is `is`. */
static str of_list(const json_t *j, const char *list, const char *by,
	const char *is, const char *member)
{
	const json_t *all = json_object_get(j, list);
	size_t i;
	json_t *one;

	json_array_foreach(all, i,
		one) if (str_eq(json_text(one, by),
				 str_of(is))) return json_text(one, member);
	return STR("(none)");
}

static str fact(const json_t *j, const char *part, const char *name)
{
	return json_text(json_object_get(j, part), name);
}

static size_t entries_of(struct test *t, str reference)
{
	struct sql_audit_of_reference_rows rows;
	struct err e = { 0 };

	if (sql_audit_of_reference(t->db, t->a,
		    &(struct sql_audit_of_reference_in){ reference }, &rows,
		    &e))
		fail("entries", &e);
	return rows.n;
}

static size_t entries_with(struct test *t, str reference, const char *event)
{
	struct sql_audit_of_reference_rows rows;
	struct err e = { 0 };
	size_t n = 0;

	if (sql_audit_of_reference(t->db, t->a,
		    &(struct sql_audit_of_reference_in){ reference }, &rows,
		    &e))
		fail("entries", &e);
	for (size_t i = 0; i < rows.n; i++)
		n += str_eq(rows.at[i].event, str_of(event));
	return n;
}

#define IS(got, want, why)                                            \
	do {                                                          \
		str got_ = (got);                                     \
		CHECK(str_eq(got_, STR(want)), "%s: \"%.*s\"", (why), \
			STR_ARG(got_));                               \
	} while (0)

/* --- a deletion that is denied in part --- */

static str link_token(struct post *p)
{
	ptrdiff_t at = str_find(p->text.v, STR("/v/"));
	str rest = str_from(p->text.v, (size_t)at + 3);
	size_t n = 0;

	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

static void vendor_says(struct test *t, str token)
{
	struct desk vendor = desk_as(t, ACTOR_VENDOR);
	struct vendor_reply reply = { .answer = VENDOR_KEPT,
		.reason = STR("An open invoice of June") };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (vendor_reply(&vendor, token, &reply, &ps, &e) || ps.n)
		fail("vendor", &e);
}

static void erase_in_part(struct test *t, str reference)
{
	struct kept invoices = { STR("Invoices (CRM)"), STR("DX8"),
		STR("tax records"), 2, 0, { 0 } };
	struct erased x = { .rows = 3,
		.evidence = STR("{\"planned\":3,\"gone\":3,\"left\":0}"),
		.kept = { &invoices, 1 } };
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct work w;
	struct err e = { 0 };

	report_found(t, reference, "leads", 0, NULL);
	report_found(t, reference, "crm", 5, NULL);
	if (approve(t, reference, &e))
		fail("approve", &e);
	w = work_of(t, reference, "crm");
	if (fulfil_erased(&worker, &w, &x, &e))
		fail("erased", &e);
}

static void check_open(struct test *t, const struct made *m, str code)
{
	const json_t *j = m->json;

	IS(json_text(j, "kind"), "delete", "the kind");
	IS(fact(j, "stands", "received_on"), "November 21, 2026",
		"the day of receipt");
	IS(fact(j, "who", "name"), "Luis Medina", "whose case it is");
	IS(of_list(j, "clocks", "row", "confirm-10bd", "last_on"), "2026-12-04",
		"ten business days, counted with care");
	IS(of_list(j, "clocks", "row", "confirm-10bd", "last_on_wider"),
		"2026-12-08", "and by the wider reading");
	IS(of_list(j, "clocks", "row", "respond-45d", "last_on"), "2027-01-05",
		"45 calendar days");
	IS(of_list(j, "clocks", "row", "respond-45d", "law"),
		"11 CCR 7021(b); Civ. Code 1798.130(a)(2)(A)", "its section");
	IS(of_list(j, "clocks", "row", "respond-45d", "stands"), "open",
		"not answered yet");
	IS(of_list(j, "clocks", "row", "extended-90d", "row"), "(none)",
		"it was not extended");
	CHECK(code.n == 6 && is_nowhere(m, arena_cstr(t->a, code)),
		"the code that proved the address is nowhere");
	CHECK(is_nowhere(m, "94607"),
		"nor the ZIP code that was given to verify, though the case is "
		"open and has it");
	IS(of_list(j, "letters", "title", "Code to confirm the address",
		   "words_left_out"),
		"It carries a code, which is the requester’s own.",
		"that the letter with it went is said");
}

static void check_part(const struct made *m)
{
	const json_t *j = m->json;

	IS(fact(j, "stands", "outcome"), "Complied in part", "in part");
	IS(of_list(j, "clocks", "row", "respond-45d", "done_on"), "2026-11-21",
		"answered the same day");
	IS(of_list(j, "clocks", "row", "respond-45d", "stands"), "in time",
		"before its last day");
	IS(of_list(j, "clocks", "row", "record-24m", "last_on"), "2028-11-21",
		"kept for 24 months");
	IS(of_list(j, "decisions", "code", "kept", "title"),
		"Kept: Legal obligation", "what is kept, on its ground");
	IS(of_list(j, "decisions", "code", "kept", "law"),
		"Civ. Code 1798.105(d)(8)", "with its section");
	IS(of_list(j, "decisions", "code", "kept", "text"),
		"Invoices (CRM). It may be used for this alone: tax records",
		"and for what alone");
	IS(of_list(j, "systems", "name", "leads", "state"), "nothing",
		"one system had nothing");
	IS(of_list(j, "systems", "name", "crm", "evidence"),
		"{\"planned\":3,\"gone\":3,\"left\":0}",
		"the other its evidence, as it was reported");
	IS(of_list(j, "companies", "name", "mailharbor", "state"), "kept",
		"the company's answer");
	IS(of_list(j, "companies", "name", "mailharbor", "said"),
		"An open invoice of June", "in its own words");
	IS(of_list(j, "companies", "name", "mailharbor", "told_at"),
		"November 21, 2026, 1:04 p.m.", "and when it was told");
	IS(of_list(j, "letters", "title", "What was deleted", "to"),
		"in.part@example.com", "where the answer went");
	IS(of_list(j, "letters", "title", "What was deleted", "state"), "sent",
		"that it left");
	CHECK(has(m->page, "Dear Luis Medina,") &&
			has(m->page, "Invoices (CRM). The law obliges us"),
		"with all of its words");
	IS(of_list(j, "messages", "from", "requester", "text"),
		"Why is it not done yet?", "what they wrote");
	IS(of_list(j, "messages", "from", "business", "text"),
		"We wait for one company.", "and the answer");
	IS(of_list(j, "history", "event", "request.approved", "actor"),
		"staff:1", "who decided, by number");
}

static void check_receipt(struct test *t, const struct made *m, str reference)
{
	struct desk d = staff(t);
	str body, signature;
	struct err e = { 0 };

	if (case_receipt(&d, reference, &body, &signature, &e))
		fail("receipt", &e);
	CHECK(body.n && str_eq(file_of(m, "receipt.json"), body),
		"the receipt, byte for byte");
	CHECK(signature.n == 128 &&
			str_eq(json_text(m->json, "receipt_signature"),
				signature),
		"and its signature");
}

static void test_deletion(struct test *t)
{
	struct sent s = confirmed(t, "in.part@example.com");
	struct desk consumer = desk_as(t, ACTOR_CONSUMER);
	struct desk d = staff(t);
	struct post code = letter_of(t, s.reference, "code");
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct made m;
	struct post p;
	str token;

	m = made_of(t, s.reference);
	check_open(t, &m, code_in(&code));
	erase_in_part(t, s.reference);
	tell(t, s.reference);
	p = letter_of(t, s.reference, "vendor_notice");
	token = link_token(&p);
	hand_over(t, s.reference, "vendor_notice");
	vendor_says(t, token);
	CHECK(!message_send(&consumer, s.reference,
		      STR("Why is it not done yet?"), STR("192.0.2.1"), &ps,
		      &e) &&
			!message_answer(&d, s.reference,
				STR("We wait for one company."), &ps, &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "deleted");
	m = made_of(t, s.reference);
	check_part(&m);
	check_receipt(t, &m, s.reference);
	CHECK(token.n > 16 && is_nowhere(&m, arena_cstr(t->a, token)) &&
			has(m.page, "/v/[left out]"),
		"the company's link opens nothing for others");
	CHECK(is_nowhere(&m, "510-555-0177") == false,
		"the number they gave is who they are");
}

/* However much is kept, all of it is said. */
static void test_much_kept(struct test *t)
{
	enum { MANY = 150 };
	struct sent s = confirmed(t, "much.kept@example.com");
	struct kept *rows = arena_many(t->a, struct kept, MANY);
	struct erased x = { .evidence = STR("{}"), .kept = { rows, MANY } };
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };
	struct made m;
	struct work w;

	for (int i = 0; i < MANY; i++)
		rows[i] = (struct kept){
			.what = arena_fmt(t->a, "Table %d", i),
			.ground = STR("DX8"),
			.purpose = STR("tax"),
			.rows = 1,
		};
	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", MANY, NULL);
	if (approve(t, s.reference, &e))
		fail("approve", &e);
	w = work_of(t, s.reference, "crm");
	if (fulfil_erased(&worker, &w, &x, &e))
		fail("erased", &e);
	m = made_of(t, s.reference);
	CHECK(json_array_size(json_object_get(m.json, "decisions")) == MANY,
		"%d",
		(int)json_array_size(json_object_get(m.json, "decisions")));
	CHECK(has(m.page, "Table 0.") && has(m.page, "Table 149."),
		"the first and the last");
}

/* --- the other kinds --- */

static str stop(struct test *t, const char *id)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct stop_in in = { .kind = KIND_OPT_OUT,
		.identifier = { str_of(id) },
		.channel = CHANNEL_WEB,
		.peer = STR("192.0.2.1") };
	struct stop_out out = { 0 };
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (stop_receive(&d, &in, &out, &ps, &e) || ps.n)
		fail("stop", &e);
	return out.reference;
}

static void test_opt_out(struct test *t)
{
	str reference = stop(t, "stop.it@example.com");
	struct made m = made_of(t, reference);
	const json_t *j = m.json;

	IS(json_text(j, "law"),
		"11 CCR 7025, 7026; Civ. Code 1798.120, 1798.135",
		"the kind's sections");
	IS(of_list(j, "clocks", "row", "opt-out-15bd", "last_on"), "2026-12-10",
		"15 business days");
	IS(of_list(j, "clocks", "row", "opt-out-15bd", "done_on"), "2026-11-21",
		"in force when it was recorded");
	IS(of_list(j, "clocks", "row", "opt-out-15bd", "stands"), "in time",
		"at once");
	IS(of_list(j, "clocks", "row", "opt-out-noask-12m", "stands"), "",
		"a time in which nothing is to be done");
	IS(of_list(j, "clocks", "row", "respond-45d", "row"), "(none)",
		"an opt-out has no answer");
	IS(of_list(j, "history", "event", "optout.recorded", "what"),
		"Opted out of the sale and sharing of their information",
		"what happened");
	CHECK(file_of(&m, "receipt.json").n > 0, "it is closed: its receipt");
	CHECK(!checked(t, m.zip, "").files.faults.n, "it fits");
}

static const char know_map[] =
	"version: 1\nsystems:\n"
	"  - name: leads\n    title: Lead exchange\n    connector: sqlite\n"
	"    database: leads.db\n    source: Our site\n    tables:\n"
	"      - name: person\n        holds: People\n        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"          - { name: note, category: K }\n"
	"        erase: delete\n        collected: note\n"
	"vendors:\n"
	"  - { name: mail, title: MailHarbor, role: service_provider, days: 9,\n"
	"      email: p@mail.example, receives: [ email ] }\n";

/* A row of theirs, and one that is someone else's too. */
static const char know_finding[] =
	"{\"version\":1,\"system\":\"leads\",\"tables\":[{\"name\":\"person\","
	"\"key\":\"id\",\"columns\":[\"email\",\"note\",\"id\"],\"rows\":["
	"{\"path\":\"person.email\",\"shared\":false,\"cells\":[\"maria@x."
	"example\",\"likes boats\",7]},"
	"{\"path\":\"person.email\",\"shared\":true,\"cells\":[\"maria@x."
	"example\",\"about Luis\",9]}]}],\"idents\":[]}";

static struct sent send_know(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_KNOW_SPECIFIC };
	struct problems ps = { 0 };
	struct sent out = { 0 };
	struct err e = { 0 };

	f.person = (struct person){
		.pieces = STR("specific"),
		.range = STR("all"),
		.email = { STR("maria@example.com") },
		.phone = { STR("510-555-0178") },
		.zip = { STR("94608") },
		.name = { STR("Maria Gonzalez") },
		.declared = STR("yes"),
		.signed_by = { STR("Maria Gonzalez") },
	};
	if (intake_send(&d, &f, CHANNEL_WEB, STR("192.0.2.1"), &out, &ps, &e) ||
		ps.n)
		fail("send", &e);
	return out;
}

static void find_know(struct test *t, str reference)
{
	static const struct plan_row plan[] = {
		{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	};
	struct post p = letter_of(t, reference, "code");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct found f = { .finding = STR(know_finding),
		.rows = 2,
		.points.matched =
			POINT_BIT(EMAIL) | POINT_BIT(ZIP) | POINT_BIT(PHONE) };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct work w;

	CHECK(confirm(t, reference, code_in(&p), &ps), "the code");
	if (fulfil_plan(&d, request_id(t, reference), plan, 1, &e))
		fail("plan", &e);
	w = work_of(t, reference, "leads");
	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
}

/* What job/package.c does, where no value is cut. */
static void make_package(struct test *t, str reference)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
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

static void test_know(struct test *t)
{
	struct package_review *look = arena_one(t->a, struct package_review);
	struct sent s;
	struct desk d;
	struct err e = { 0 };
	struct made m;

	t->map = path(t, "map.yaml");
	if (file_replace(t->map, STR(know_map), 0600, &e))
		fail("map", &e);
	s = send_know(t);
	find_know(t, s.reference);
	d = staff(t);
	if (package_review(&d, s.reference, t->dir, look, &e) ||
		package_approve(&d, s.reference, look->plan.seen, t->dir, &e))
		fail("approve", &e);
	make_package(t, s.reference);
	CHECK(!answer(t, s.reference, "", &e), "%s", e.message);
	hand_over(t, s.reference, "package");
	m = made_of(t, s.reference);
	IS(json_text(m.json, "kind"), "know-specific", "the kind");
	IS(fact(m.json, "asked", "pieces"), "The information itself",
		"what was asked, in words");
	IS(fact(m.json, "asked", "signed_by"), "Maria Gonzalez",
		"the declaration stays with the record (7062(c))");
	IS(fact(m.json, "done", "package_rows"), "1", "how many rows they got");
	IS(of_list(m.json, "systems", "name", "leads", "state"), "told",
		"the system is in the answer");
	CHECK(is_nowhere(&m, "likes boats") && is_nowhere(&m, "about Luis"),
		"no value of a row, theirs or another person's");
	CHECK(is_nowhere(&m, "94608"), "nor what was given to verify");
	t->map = NULL;
}

/* 11 CCR 7062(d): asked for after the search, signed by the consumer; the file says both,
 * and what was signed. */
static void test_declaration(struct test *t)
{
	struct sent s = confirmed(t, "declares@example.com");
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct work w = work_of(t, s.reference, "leads");
	struct found f = { .finding = STR("{}"),
		.rows = 2,
		.points.matched =
			POINT_BIT(EMAIL) | POINT_BIT(ZIP) | POINT_BIT(PHONE),
		.is_marked = true,
		.is_sensitive = true };
	struct found nothing = { .finding = STR("{}"), .is_marked = true };
	struct declare_in in = { .declared = STR("yes"),
		.signed_by = { STR("Luis Medina") } };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post code;
	struct made m;

	if (fulfil_found(&d, &w, &f, &e))
		fail("found", &e);
	w = work_of(t, s.reference, "crm");
	d = desk_as(t, ACTOR_WORKER);
	if (fulfil_found(&d, &w, &nothing, &e))
		fail("found", &e);
	d = staff(t);
	if (case_ask_declaration(&d, s.reference, &e))
		fail("asked", &e);
	m = made_of(t, s.reference);
	IS(fact(m.json, "stands", "declaration"),
		"asked for after the search, not signed", "as it stood then");
	d = desk_as(t, ACTOR_CONSUMER);
	if (declare_send_code(&d, s.reference, &ps, &e) || ps.n)
		fail("code", &e);
	code = letter_of(t, s.reference, "code");
	in.code = code_in(&code);
	if (declare_sign(&d, s.reference, &in, &ps, &e) || ps.n)
		fail("signed", &e);
	m = made_of(t, s.reference);
	IS(fact(m.json, "stands", "declaration"),
		"asked for after the search, signed", "and now");
	IS(fact(m.json, "asked", "signed_by"), "Luis Medina",
		"by whom, as of one that a form asked for");
}

static void test_joined(struct test *t)
{
	struct sent first = confirmed(t, "asks.twice@example.com");
	struct sent second = send_delete(t, "asks.twice@example.com");
	struct post p = letter_of(t, second.reference, "code");
	struct problems ps = { 0 };
	struct made m;

	CHECK(confirm(t, second.reference, code_in(&p), &ps), "the code");
	m = made_of(t, second.reference);
	IS(fact(m.json, "stands", "outcome"), "Joined with an earlier request",
		"how it ended");
	CHECK(str_eq(of_list(m.json, "decisions", "code", "joined", "text"),
		      first.reference),
		"with which one, of the same person");
	m = made_of(t, first.reference);
	CHECK(has(of_list(m.json, "history", "event", "request.joined_by",
			  "what"),
		      "The same was asked once more"),
		"and the first says that it came");
	CHECK(!has(m.page, "What was deleted"),
		"the letters of the other case are not in it");
}

static void test_agent(struct test *t)
{
	struct agent_ask in = {
		.request = { .kind = KIND_DELETE,
			.channel = CHANNEL_AGENT,
			.id = { STR("by.agent@example.com") },
			.peer = STR("192.0.2.7"),
			.person = { .name = { STR("Maria Gomez") },
				.email = { STR("by.agent@example.com") },
				.zip = { STR("94609") } } },
		.agent = { .name = STR("Ann Doe"),
			.email = STR("Ann@Doe.example") },
		.permission = { .proof = PROOF_SIGNED,
			.signed_by = { STR("Maria Gomez") },
			.signed_on = STR("11/20/2026") },
	};
	struct desk d = desk_as(t, ACTOR_CONSUMER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference = { 0 };
	struct made m;

	if (agent_ask(&d, &in, &reference, &ps, &e) || ps.n)
		fail("ask", &e);
	m = made_of(t, reference);
	IS(fact(m.json, "stands", "channel"), "Authorized agent",
		"how it was made");
	IS(fact(m.json, "who", "agent_name"), "Ann Doe", "by whom");
	CHECK(has(fact(m.json, "who", "agent_proof"), "signed"),
		"what they showed: %.*s",
		STR_ARG(fact(m.json, "who", "agent_proof")));
	IS(of_list(m.json, "decisions", "code", "agent", "law"),
		"11 CCR 7026(j), 7027(i), 7063(a), 7221(j)",
		"by which sections");
	CHECK(is_nowhere(&m, "94609"), "not what verifies the consumer");
}

/* --- denials, and what must stay silent --- */

static void test_denied(struct test *t)
{
	struct sent s = confirmed(t, "too.much@example.com");
	struct err e = { 0 };
	struct made m;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 2, NULL);
	CHECK(!deny(t, s.reference, "UNFOUNDED", "Nine times in a week.", &e),
		"%s", e.message);
	m = made_of(t, s.reference);
	IS(of_list(m.json, "decisions", "code", "denied", "title"),
		"Denied: Manifestly unfounded or excessive", "the ground");
	IS(of_list(m.json, "decisions", "code", "denied", "law"),
		"Civ. Code 1798.145(h)(3)", "its section");
	CHECK(has(of_list(m.json, "decisions", "code", "denied", "text"),
		      "Nine times in a week."),
		"its facts");
	CHECK(entries_with(t, s.reference, "request.denied") == 1 &&
			has(m.trail, "request.denied"),
		"and the entry");
}

static int place_hold(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	return case_hold_place(
		&d, reference, STR("Oakland PD, 26-1177"), &ps, &e);
}

/* Two cases that are the same but for a hold: their files tell nobody which is which. */
static void test_hold(struct test *t)
{
	struct sent s = confirmed(t, "held@example.com");
	struct sent twin = confirmed(t, "not.held@example.com");
	struct made m, other;

	CHECK(!place_hold(t, s.reference), "placed");
	CHECK(entries_with(t, s.reference, "hold.placed") == 1,
		"the trail has it");
	m = made_of(t, s.reference);
	other = made_of(t, twin.reference);
	CHECK(is_nowhere(&m, "Oakland") && is_nowhere(&m, "26-1177") &&
			is_nowhere(&m, "hold.placed") &&
			is_nowhere(&m, "Held for law"),
		"and the file has no word of it");
	CHECK(json_equal(json_object_get(m.json, "left_out"),
		      json_object_get(other.json, "left_out")) &&
			has(m.page, "Directions by law enforcement") &&
			has(other.page, "Directions by law enforcement"),
		"what is left out is said of both, in the same words");
	CHECK(json_array_size(json_object_get(m.json, "history")) ==
			json_array_size(json_object_get(other.json, "history")),
		"the histories are as long");
	CHECK(!checked(t, m.zip, "").files.faults.n,
		"and it fits all the same");
}

/* Civ. Code 1798.145(a): a denial because of one names no ground, so neither does
 * this. */
static void test_silent_denial(struct test *t)
{
	struct sent s = confirmed(t, "silent@example.com");
	struct err e = { 0 };
	struct made m;

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 2, NULL);
	CHECK(!place_hold(t, s.reference), "placed");
	CHECK(!deny(t, s.reference, "EX_LE_HOLD", "Case 26-1177.", &e) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	hand_over(t, s.reference, "denied");
	m = made_of(t, s.reference);
	IS(of_list(m.json, "decisions", "code", "denied", "title"), "Denied",
		"as the letter says it");
	CHECK(!file_of(&m, "receipt.json").n && is_nowhere(&m, "EX_LE_HOLD") &&
			is_nowhere(&m, "26-1177") &&
			is_nowhere(&m, "request.denied") &&
			is_nowhere(&m, "hold with a case"),
		"nothing of it names the ground, the receipt among it");
	CHECK(!checked(t, m.zip, "").files.faults.n, "and it fits");
}

static struct sent in_review(struct test *t, const char *email)
{
	struct sent s = confirmed(t, email);

	report_found(t, s.reference, "leads", 0, NULL);
	report_found(t, s.reference, "crm", 2, NULL);
	return s;
}

/* On an order that no one may hear of. */
static int deny_untold(struct test *t, int64_t staff_id, str reference)
{
	struct desk d = staff(t);
	struct denial x = { .ground = STR("EX_ORDER"),
		.why = STR("Sealed docket 4711."),
		.purpose = STR("The subpoena of July"),
		.is_all = true,
		.is_untold = true };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int rc;

	d.actor.id = staff_id;
	rc = case_deny(&d, reference, &x, &ps, &e);
	if (rc < 0 || ps.n)
		fail("deny", &e);
	return rc;
}

/* 11 CCR 7022(f)(1): what the letter must not tell this does not tell either, nor that
 * there is something which a law forbids to tell. */
static void test_untold_denial(struct test *t)
{
	struct sent s = in_review(t, "untold@example.com");
	struct err e = { 0 };
	struct made m;

	CHECK(!deny_untold(t, 1, s.reference) &&
			!answer(t, s.reference, "", &e),
		"%s", e.message);
	hand_over(t, s.reference, "denied");
	m = made_of(t, s.reference);
	IS(of_list(m.json, "decisions", "code", "denied", "title"), "Denied",
		"as the letter says it");
	CHECK(!file_of(&m, "receipt.json").n && is_nowhere(&m, "EX_ORDER") &&
			is_nowhere(&m, "court order") &&
			is_nowhere(&m, "docket 4711") &&
			is_nowhere(&m, "subpoena of July") &&
			is_nowhere(&m, "request.denied"),
		"neither ground nor facts nor purpose, nor the receipt");
	CHECK(is_nowhere(&m, "A law forbids") &&
			is_nowhere(&m, "falls under the exception"),
		"nor that it is an exception, nor that it is silent");
	CHECK(!checked(t, m.zip, "").files.faults.n, "and it fits");
}

static void take_back(struct test *t, str reference, const char *reason)
{
	struct desk d = staff(t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	if (case_reopen(&d, reference, str_of(reason), &ps, &e) || ps.n)
		fail("reopen", &e);
}

/* Taken back, a denial has no ground any more: its entry would still tell it, and so
 * might what staff wrote. */
static void test_taken_back(struct test *t)
{
	struct sent s = in_review(t, "taken.back@example.com");
	struct err e = { 0 };
	struct made m;

	CHECK(!place_hold(t, s.reference), "placed");
	CHECK(!deny(t, s.reference, "EX_LE_HOLD", "Case 26-1177.", &e), "%s",
		e.message);
	take_back(t, s.reference, "Oakland wants other rows.");
	m = made_of(t, s.reference);
	CHECK(is_nowhere(&m, "request.denied") &&
			is_nowhere(&m, "hold with a case") &&
			is_nowhere(&m, "26-1177") && is_nowhere(&m, "Oakland"),
		"no word of the ground");
	CHECK(has(m.trail, "request.reopened"), "that it was is there");
	CHECK(!deny(t, s.reference, "UNFOUNDED", "Nine in a week.", &e), "%s",
		e.message);
	m = made_of(t, s.reference);
	CHECK(has(m.trail, "request.denied") &&
			has(m.trail, "Manifestly unfounded") &&
			is_nowhere(&m, "hold with a case"),
		"the one that stands is there, the first is not");
	CHECK(!checked(t, m.zip, "").files.faults.n, "and it fits");
}

static void approve_by_two(struct test *t, str reference)
{
	struct err e = { 0 };

	for (int64_t id = 2; id; id--) {
		struct desk d = staff(t);

		d.actor.id = id;
		if (case_approve(&d, reference, view(t, reference).seen, &e) <
			0)
			fail("approve", &e);
	}
	if (view(t, reference).state != STATE_WORKING)
		fail("not approved", &e);
}

static void check_never_denied(struct test *t, str reference)
{
	struct desk d = staff(t);
	struct made m = made_of(t, reference);
	struct err e = { 0 };
	struct record r;

	CHECK(is_nowhere(&m, "falls under the exception") &&
			is_nowhere(&m, "A law forbids") &&
			is_nowhere(&m, "docket 4711"),
		"nobody denied it, and the file says nothing of it");
	if (record_need(&d, reference, &r, &e))
		fail("record", &e);
	CHECK(!r.person.ground.n && !r.person.untold.n &&
			!r.person.all_kept.n && !r.person.kept_for.n &&
			!r.person.why_denied.v.n,
		"nor is it known any more");
}

/* Four eyes: what one person proposed and the other did not decide was never so. */
static void test_only_proposed(struct test *t)
{
	struct sent back = in_review(t, "sent.back@example.com");
	struct sent instead = in_review(t, "instead@example.com");
	struct desk d = staff(t);
	struct err e = { 0 };

	four_eyes_are(t, "yes");
	CHECK(deny_untold(t, 1, back.reference) == 1, "it waits");
	d.actor.id = 2;
	CHECK(!case_send_back(&d, back.reference, &e), "%s", e.message);
	check_never_denied(t, back.reference);
	CHECK(deny_untold(t, 1, instead.reference) == 1, "it waits");
	approve_by_two(t, instead.reference);
	check_never_denied(t, instead.reference);
	four_eyes_are(t, "no");
}

/* --- whoever gets it --- */

static str key_of(struct test *t)
{
	return hex_of(t->a, keys_audit_public(t->keys), KEY_SIZE);
}

struct sink {
	struct buf b;
};

static int sink_put(void *ctx, str bytes, struct err *e)
{
	struct sink *s = ctx;

	(void)e;
	buf_put(&s->b, bytes);
	return 0;
}

/* The same files in a ZIP that fits in itself, one of them with other bytes. */
static str packed(
	struct test *t, const struct made *m, const char *name, str bytes)
{
	struct sink s = { buf_in(t->a, 8 << 20) };
	struct zip_sink to = { sink_put, &s };
	struct zip_out *z =
		zip_out_new(t->a, &to, (struct date){ 2026, 11, 21 });
	struct err e = { 0 };

	for (size_t i = 0; i < m->n; i++) {
		bool is_it = str_eq(m->file[i].name, str_of(name));

		if (zip_out_begin(z, m->file[i].name, &e) ||
			zip_out_put(z, is_it ? bytes : m->file[i].bytes, &e) ||
			zip_out_end(z, &e))
			fail("pack", &e);
	}
	if (zip_out_finish(z, &e))
		fail("pack", &e);
	return buf_str(&s.b);
}

static str flipped(struct test *t, str s, size_t at)
{
	char *p = arena_alloc(t->a, s.n);

	memcpy(p, s.p, s.n);
	p[at] ^= 1;
	return (str){ p, s.n };
}

static bool finds(const struct binder_report *r, enum signed_fault f)
{
	for (size_t i = 0; i < r->files.faults.n; i++)
		if (r->files.faults.at[i].fault == f)
			return true;
	return false;
}

/* The day of a file, and what else a ZIP says beside its files, is no evidence. */
static bool is_same_inside(struct test *t, str zip, const struct made *m)
{
	struct zip_file file[FILES_MAX];
	size_t n;

	if (unzip(t->a, zip, file, FILES_MAX, &n) || n != m->n)
		return true; /* a stock unzip says that it is damaged */
	for (size_t i = 0; i < n; i++)
		if (!str_eq(file[i].name, m->file[i].name) ||
			!str_eq(file[i].bytes, m->file[i].bytes))
			return false;
	return true;
}

/* A bit of any file, in a ZIP that is made anew around it. */
static void test_tampered(struct test *t)
{
	struct sent s = confirmed(t, "tampered@example.com");
	struct made m = made_of(t, s.reference);
	struct binder_report r = checked(t, m.zip, arena_cstr(t->a, key_of(t)));

	CHECK(!r.files.faults.n && r.files.files == 3 &&
			r.entries == (int64_t)entries_of(t, s.reference) - 2 &&
			r.seals == 1,
		"it fits: every entry but that it was made and taken since: "
		"%d of %d, %d seals",
		(int)r.entries, (int)entries_of(t, s.reference), (int)r.seals);
	for (size_t i = 0; i < m.n; i++) {
		const struct zip_file *f = &m.file[i];

		for (size_t at = 0; at < f->bytes.n; at += f->bytes.n / 7 + 1) {
			str zip = packed(t, &m, arena_cstr(t->a, f->name),
				flipped(t, f->bytes, at));

			r = checked(t, zip, "");
			CHECK(r.files.faults.n > 0, "%.*s, byte %zu",
				STR_ARG(f->name), at);
		}
	}
	for (size_t at = 0; at < m.zip.n; at += m.zip.n / 200) {
		str zip = flipped(t, m.zip, at);

		r = checked(t, zip, "");
		CHECK(r.entries == -1 || r.files.faults.n > 0 ||
				is_same_inside(t, zip, &m),
			"byte %zu of the ZIP itself", at);
	}
}

/* Signed anew by who has another key: as good in itself, and not the business's. */
static void test_another_key(struct test *t)
{
	struct sent s = confirmed(t, "another.key@example.com");
	struct made m = made_of(t, s.reference);
	const char *dir = path(t, "other");
	struct binder_report r;
	struct keys *other;
	struct err e = { 0 };
	str sign;

	must(!system(arena_cstr(t->a, arena_fmt(t->a, "mkdir %s", dir))));
	if (keys_make(dir, &e) || keys_load(t->a, dir, KEYS_ALL, &other, &e))
		fail("keys", &e);
	sign = signed_files_sign(
		t->a, &binder_kind, other, file_of(&m, "SHA256SUMS"));
	r = checked(t, packed(t, &m, "SIGNATURE.json", sign),
		arena_cstr(t->a, key_of(t)));
	CHECK(finds(&r, SIGNED_KEY) && !finds(&r, SIGNED_SIGNATURE),
		"with the business's key in hand it is found");
	r = checked(t, packed(t, &m, "SIGNATURE.json", sign), "");
	CHECK(finds(&r, SIGNED_FORM),
		"without it, since the trail in it names the key that seals");
}

static str exported(struct test *t)
{
	struct audit_export x = { .keys = t->keys,
		.business = STR("Lakeshore Leads"),
		.at = t->clock.fixed_ms };
	struct file_source back = { .name = "export" };
	FILE *f = tmpfile();
	struct err e = { 0 };
	int64_t n;
	str out;

	must(f);
	x.fd = back.fd = fileno(f);
	if (audit_export(t->db, &x, &n, &e))
		fail("export", &e);
	must(!lseek(back.fd, 0, SEEK_SET));
	if (file_read_fd(t->a, &back, 64 << 20, &out, &e))
		fail("export", &e);
	fclose(f);
	return out;
}

/* Other cases act in between, so that no entry stands right before its seal. */
static void test_trail(struct test *t)
{
	struct sent s = confirmed(t, "in.chain@example.com");
	struct sent other = confirmed(t, "elsewhere@example.com");
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct binder_way way = { STR("0.0-test"), true };
	struct binder_zip zip;
	struct binder_report r;
	struct err e = { 0 };
	struct made m = made_of(t, s.reference);
	str trail = exported(t);

	CHECK(is_nowhere(&m, arena_cstr(t->a, other.reference)),
		"the other case's entries are not in it");
	r = checked(t, m.zip, "");
	CHECK(r.held < r.entries && r.from > 0 && r.to >= r.from,
		"so not all can be tied to their seal: %d of %d, %d to %d",
		(int)r.held, (int)r.entries, (int)r.from, (int)r.to);
	CHECK(!binder_check(t->a, m.zip, STR(""), trail, &r, &e) &&
			!r.files.faults.n && r.has_export,
		"each stands in the export");
	CHECK(!binder_check(t->a, m.zip, STR(""), STR("nothing"), &r, &e) &&
			finds(&r, SIGNED_TRAIL),
		"an export without them is told");
	if (binder_write(&d, s.reference, &way, &zip, &e))
		fail("write", &e);
	m = open_zip(t, zip.bytes);
	r = checked(t, zip.bytes, "");
	CHECK(!r.files.faults.n && r.has_export &&
			has(file_of(&m, "export.jsonl"),
				arena_cstr(t->a, other.reference)),
		"with the export in it, all that stands between is there");
	CHECK(entries_with(t, s.reference, "binder.written") == 1,
		"which is an entry as well");
}

static void run_sql(struct test *t, const char *sql)
{
	struct err e = { 0 };

	if (db_begin(t->db, DB_WRITE, &e) || db_define(t->db, sql, &e) ||
		db_commit(t->db, &e))
		fail(sql, &e);
}

/* Somebody with a hand on the database changed an entry of another case. */
static void test_broken_chain(struct test *t)
{
	struct sent s = confirmed(t, "before.break@example.com");
	struct sent other = confirmed(t, "changed.entry@example.com");
	struct binder_report r;
	struct made m;

	run_sql(t, arena_cstr(t->a,
			   arena_fmt(t->a,
				   "update audit set line = line || ' ' where "
				   "reference = '%.*s' and event = "
				   "'request.received'",
				   STR_ARG(other.reference))));
	m = made_of(t, s.reference);
	r = checked(t, m.zip, "");
	CHECK(finds(&r, SIGNED_CHAIN) && !finds(&r, SIGNED_ENTRY),
		"who made it saw that the chain does not lead to the seal");
	CHECK(has(m.page, "broken"), "and the page says so");
	run_sql(t, arena_cstr(t->a,
			   arena_fmt(t->a,
				   "update audit set line = rtrim(line) where "
				   "reference = '%.*s'",
				   STR_ARG(other.reference))));
}

/* --- who may, when it is old, when it ends --- */

static void test_roles(struct test *t)
{
	static const char *const roles[] = { "agent", "auditor" };
	struct sent s = confirmed(t, "not.theirs@example.com");
	struct binder_row row;
	struct binder_zip zip;
	struct err e = { 0 };

	want(t, s.reference);
	for (size_t i = 0; i < COUNTOF(roles); i++) {
		struct desk d = staff(t);

		d.actor.role = str_of(roles[i]);
		CHECK(binder_want(&d, s.reference, &e) == -1 &&
				e.code == ERR_DENIED,
			"%s has none made", roles[i]);
		CHECK(binder_download(&d, s.reference, &zip, &e) == -1 &&
				e.code == ERR_DENIED,
			"nor takes one");
		CHECK(binder_look(&d, s.reference, &row, &e) == 1 && !row.can,
			"and has no button");
	}
}

static void test_old(struct test *t)
{
	struct sent s = confirmed(t, "goes.on@example.com");
	struct desk d = staff(t);
	struct binder_row row;
	struct binder_zip zip;
	struct err e = { 0 };

	CHECK(binder_look(&d, s.reference, &row, &e) == 1 &&
			row.state == BINDER_NONE && row.can,
		"none yet");
	CHECK(binder_download(&d, s.reference, &zip, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"so there is nothing to take: %s", e.message);
	CHECK(!binder_want(&d, s.reference, &e) &&
			binder_look(&d, s.reference, &row, &e) == 1 &&
			row.state == BINDER_WANTED,
		"being made");
	want(t, s.reference);
	CHECK(binder_look(&d, s.reference, &row, &e) == 1 &&
			row.state == BINDER_MADE && !row.is_old &&
			row.bytes > 1000 && row.sha256.n == 64,
		"made, and of now");
	want(t, s.reference);
	CHECK(entries_with(t, s.reference, "binder.made") == 1 &&
			entries_with(t, s.reference, "binder.asked") == 1,
		"asked for again it is the same one");
	CHECK(!binder_download(&d, s.reference, &zip, &e) &&
			entries_with(t, s.reference, "binder.downloaded") == 1,
		"taking it is an entry");
	CHECK(binder_look(&d, s.reference, &row, &e) == 1 && !row.is_old,
		"which does not make it old");
	report_found(t, s.reference, "leads", 0, NULL);
	CHECK(binder_look(&d, s.reference, &row, &e) == 1 && row.is_old,
		"a search does");
	want(t, s.reference);
	CHECK(binder_look(&d, s.reference, &row, &e) == 1 && !row.is_old &&
			entries_with(t, s.reference, "binder.made") == 2,
		"made again");
}

/* 24 months after it closed nothing of it opens. */
static void test_skeleton(struct test *t)
{
	str reference = stop(t, "forgotten@example.com");
	int64_t was = t->clock.fixed_ms;
	struct desk d = staff(t);
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct sql_binder_of_row left;
	struct binder_row row;
	struct binder_zip zip;
	struct err e = { 0 };
	int64_t n;

	want(t, reference);
	must(instant_parse(STR("2028-11-22T08:00:00Z"), &t->clock.fixed_ms));
	do {
		if (retention_run(&worker, &n, &e))
			fail("retention", &e);
	} while (n);
	CHECK(binder_look(&d, reference, &row, &e) == 1 && row.is_over &&
			!row.can && row.state == BINDER_NONE,
		"the page says that there is none any more");
	CHECK(sql_binder_of(t->db, t->a,
		      &(struct sql_binder_of_in){ request_id(t, reference) },
		      &left, &e) == 0,
		"its bytes are gone");
	CHECK(binder_download(&d, reference, &zip, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"nobody takes it: %s", e.message);
	CHECK(binder_want(&d, reference, &e) == -1 && e.code == ERR_CONFLICT,
		"nor has it made");
	t->clock.fixed_ms = was;
}

/* A run that was killed after it stored, or that meets another, changes nothing. */
static void test_twice(struct test *t)
{
	struct sent s = confirmed(t, "two.runs@example.com");
	struct desk worker = desk_as(t, ACTOR_WORKER);
	struct err e = { 0 };

	want(t, s.reference);
	CHECK(!binder_make(&worker, request_id(t, s.reference), STR("0.0-test"),
		      &e) &&
			entries_with(t, s.reference, "binder.made") == 1,
		"once");
	CHECK(!binder_stopped(&worker, request_id(t, s.reference),
		      STR("too late"), &e) &&
			!entries_with(t, s.reference, "binder.stopped"),
		"and what is made can't be stopped");
}

/* --- letters without what opens something --- */

static const struct {
	const char *text;
	const char *left;
	const char *why;
} letters[] = {
	{ "See http://x.example/v/AbcdefghijklmnopqrstuvwxyZ0123 now",
		"See http://x.example/v/[left out] now", "a secret link" },
	{ "http://x.example/v/Abcdefghijklmnopqrst.\nhttp://x.example/s/K7QF-2M9X.",
		"http://x.example/v/[left out]\nhttp://x.example/s/K7QF-2M9X.",
		"a reference is theirs" },
	{ "http://x.example/opt-in/confirm/abcdefghijklmnopqrstuvwx",
		"http://x.example/opt-in/confirm/[left out]",
		"the words of a path stay" },
	{ "http://y.example/a-policy-with-a-very-long-name",
		"http://y.example/a-policy-with-a-very-long-name",
		"another site's is no secret of ours" },
	{ "Your code:\n\n    123456\n\nThanks",
		"Your code:\n\n[left out]\n\nThanks", "a code on its line" },
	{ "In 123456 days, ZIP 94607", "In 123456 days, ZIP 94607",
		"a number in a line is none" },
	{ "http://x.example/", "http://x.example/", "the site itself" },
};

static void test_secrets(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(letters); i++) {
		str left = binder_without_secrets(
			t->a, STR("http://x.example"), str_of(letters[i].text));

		CHECK(str_eq(left, str_of(letters[i].left)), "%s: %.*s",
			letters[i].why, STR_ARG(left));
	}
}

/* No word of our own paths is as long as a secret. */
static void test_routes(void)
{
	static const char *const patterns[] = {
#define ROUTE(METHOD, pattern, handler, ACCESS, flags, what) pattern,
#include "tbl/routes.h"
	};

	for (size_t i = 0; i < COUNTOF(patterns); i++) {
		str rest = str_of(patterns[i]);
		str piece;

		while (str_next(&rest, '/', &piece))
			CHECK(piece.n < 20, "%.*s of %s", STR_ARG(piece),
				patterns[i]);
	}
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "binder", fresh_server(argc, argv));
	set_contact(&t);
	test_deletion(&t);
	test_much_kept(&t);
	test_opt_out(&t);
	test_know(&t);
	test_declaration(&t);
	test_joined(&t);
	test_agent(&t);
	test_denied(&t);
	test_only_proposed(&t);
	test_hold(&t);
	test_silent_denial(&t);
	test_untold_denial(&t);
	test_taken_back(&t);
	test_tampered(&t);
	test_another_key(&t);
	test_trail(&t);
	test_roles(&t);
	test_old(&t);
	test_twice(&t);
	test_secrets(&t);
	test_routes();
	test_broken_chain(&t);
	test_skeleton(&t);
	end(&t);
	return CHECK_DONE();
}
