/*
 * What the law says around a correction: the documents that a consumer offers, what is
 * weighed to find out what is right, and deleting instead.
 */
#include "correcting.h"

#include "desk/correct_document.h"
#include "desk/correct_show.h"
#include "desk/corrections.h"
#include "desk/deny.h"
#include "desk/limit.h"
#include "desk/statement.h"
#include "desk/statements.h"

static const char pdf[] = "%PDF-1.7 a bill of the power company";

/* --- documents, 11 CCR 7023(d) --- */

static struct correct_documents documents(
	struct test *t, enum actor_kind kind, str reference)
{
	struct desk d = mapped(t, kind);
	struct correct_documents out = { 0 };
	struct err e = { 0 };

	CHECK(correct_documents(&d, reference, &out, &e) == 1, "%s", e.message);
	return out;
}

static int send_file(struct test *t, str reference, str file,
	struct problems *ps, struct err *e)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	return correct_document_send(
		&d, reference, file, STR("192.0.2.9"), ps, e);
}

static bool has_entry(struct test *t, str reference, const char *words)
{
	struct case_view v = view(t, reference);

	for (size_t i = 0; i < v.events.n; i++)
		if (str_find(v.events.at[i].title, str_of(words)) >= 0)
			return true;
	return false;
}

/* Kept sealed, shown to who may see who asks, with an entry each time. */
static void test_documents(struct test *t)
{
	str reference = found(t, KIND_CORRECT, "the ZIP code, with a bill");
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps;
	struct correct_documents now;
	struct err e;
	str file;

	CHECK(documents(t, ACTOR_CONSUMER, reference).can_send, "it may come");
	CHECK(!send_file(t, reference, STR("<html>"), &ps, &e) &&
			problem_of(&ps, "file"),
		"a page is no document");
	CHECK(!send_file(t, reference, STR(""), &ps, &e) &&
			problem_of(&ps, "file"),
		"no file is none");
	CHECK(!send_file(t, reference, str_of(pdf), &ps, &e) && !ps.n, "%s",
		e.message);
	now = documents(t, ACTOR_STAFF, reference);
	CHECK(now.sent.n == 1 && now.can_show &&
			now.sent.at[0].bytes == sizeof pdf - 1,
		"one is there");
	CHECK(!correct_document_show(
		      &d, reference, now.sent.at[0].id, &file, &e) &&
			str_eq(file, str_of(pdf)),
		"as it came");
	CHECK(has_entry(t, reference, "looked at a document"), "an entry");
	CHECK(correct_document_show(
		      &d, reference, now.sent.at[0].id + 1, &file, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"of this case alone");
	d.actor.role = STR("agent");
	CHECK(correct_document_show(
		      &d, reference, now.sent.at[0].id, &file, &e) == -1 &&
			e.code == ERR_DENIED,
		"not for everybody");
}

/* Five files of a stranger who has the number must not keep out the one that proves. */
static void test_discarded(struct test *t)
{
	str reference = found(t, KIND_CORRECT, "the ZIP code, five files");
	struct desk d = mapped(t, ACTOR_STAFF);
	struct correct_documents now;
	struct problems ps;
	struct err e;
	int64_t junk;
	str file;

	for (int i = 0; i < LIMIT_DOCUMENTS_CASE; i++)
		CHECK(!send_file(t, reference, str_of(pdf), &ps, &e), "%s",
			e.message);
	now = documents(t, ACTOR_STAFF, reference);
	CHECK(!now.can_send && now.can_discard, "full");
	junk = now.sent.at[2].id;
	d.actor.role = STR("agent");
	CHECK(document_discard(&d, DOCUMENT_CORRECTION, reference, junk, &e) ==
				-1 &&
			e.code == ERR_DENIED,
		"who decides discards");
	d.actor.role = STR("officer");
	CHECK(!document_discard(&d, DOCUMENT_CORRECTION, reference, junk, &e),
		"%s", e.message);
	now = documents(t, ACTOR_STAFF, reference);
	CHECK(now.can_send && now.sent.n == LIMIT_DOCUMENTS_CASE &&
			now.sent.at[2].destroyed_at &&
			!now.sent.at[1].destroyed_at,
		"that one alone, and its place is free");
	CHECK(correct_document_show(&d, reference, junk, &file, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"its content is gone");
	CHECK(has_entry(t, reference, "discarded a document"), "an entry");
	CHECK(!send_file(t, reference, STR("\xff\xd8\xff photo"), &ps, &e),
		"the next one comes: %s", e.message);
}

/* What is sealed in the store of it, by its own words. */
static int64_t bytes_kept(struct test *t, str reference)
{
	struct sql_document_sealed_in in = { request_id(t, reference),
		STR("correction"), 0 };
	struct sql_document_sealed_row row = { 0 };
	struct err e = { 0 };

	CHECK(sql_document_sealed(t->db, t->a, &in, &row, &e) == 1, "%s",
		e.message);
	CHECK(str_find(row.sealed, STR("power company")) < 0,
		"nobody reads it in the store");
	return (int64_t)row.sealed.n;
}

/* Decided on, none is taken any more; closed, all are gone, with an entry. */
static void test_destroyed(struct test *t)
{
	str reference = found(t, KIND_CORRECT, "the ZIP code, destroyed");
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps;
	struct correct_documents now;
	struct err e;
	str file;

	CHECK(!send_file(t, reference, str_of(pdf), &ps, &e) &&
			!send_file(t, reference, STR("\xff\xd8\xff photo"), &ps,
				&e),
		"%s", e.message);
	CHECK(bytes_kept(t, reference) > (int64_t)sizeof pdf, "sealed");
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e), "%s", e.message);
	CHECK(send_file(t, reference, str_of(pdf), &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"decided: nothing is taken that nobody would look at");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	reply(t, reference, "94610");
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
	CHECK(bytes_kept(t, reference) > 0, "until the letter has left");
	hand_over(t, reference, "corrected");
	CHECK(bytes_kept(t, reference) == 0, "closed: it is destroyed");
	now = documents(t, ACTOR_STAFF, reference);
	CHECK(now.sent.n == 2 && !now.can_show &&
			now.sent.at[0].destroyed_at == t->clock.fixed_ms &&
			now.sent.at[1].destroyed_at == t->clock.fixed_ms,
		"that they came and went is known");
	CHECK(correct_document_show(
		      &d, reference, now.sent.at[0].id, &file, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"nothing to look at");
	CHECK(has_entry(t, reference,
		      "The documents of the requester were destroyed: 2"),
		"with an entry");
}

/* What another kind of request has no use for is not taken. */
static void test_not_asked(struct test *t)
{
	str reference = found(t, KIND_DELETE, "");
	struct problems ps;
	struct err e;

	CHECK(!documents(t, ACTOR_CONSUMER, reference).is_asked &&
			send_file(t, reference, str_of(pdf), &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"a deletion needs no document");
}

/* At the bound: so many documents, each so long. */
static void test_bounds(struct test *t)
{
	str reference = found(t, KIND_CORRECT, "the ZIP code, with many bills");
	char *bytes = arena_alloc(t->a, LIMIT_DOCUMENT_BYTES + 1);
	struct problems ps;
	struct err e;

	memcpy(bytes, "%PDF-", 5);
	CHECK(!send_file(t, reference, (str){ bytes, LIMIT_DOCUMENT_BYTES + 1 },
		      &ps, &e) &&
			problem_of(&ps, "file"),
		"one byte too long");
	CHECK(!send_file(t, reference, (str){ bytes, LIMIT_DOCUMENT_BYTES },
		      &ps, &e) &&
			!ps.n,
		"as long as it may be: %s", e.message);
	for (size_t i = 1; i < LIMIT_DOCUMENTS_CASE; i++)
		CHECK(!send_file(t, reference, str_of(pdf), &ps, &e), "%zu: %s",
			i, e.message);
	CHECK(!documents(t, ACTOR_CONSUMER, reference).can_send &&
			send_file(t, reference, str_of(pdf), &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"one too many");
}

/* --- what was weighed, 11 CCR 7023(b) --- */

static const struct circumstances weighed = {
	.nature = { STR_INIT("A ZIP code; ads go by it.") },
	.obtained = { STR_INIT("From a list of Valley Data, 2024.") },
	.documented = { STR_INIT("Their bill of November says 94610.") },
};

static struct case_view revealed(struct test *t, str reference)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct case_view v;
	struct err e = { 0 };

	if (case_load(&d, reference, true, &v, &e) != 1)
		fail("case", &e);
	return v;
}

/* Where something stays as it was, staff write down what they weighed. */
static void test_weighed(struct test *t)
{
	struct typing x = { .column = "zip", .value = "94610" };
	struct correction c = { .is_part = true };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, weighed");
	CHECK(!correct_with(t, reference, c, x, &ps, &e) && ps.n == 3 &&
			problem_of(&ps, "nature") &&
			problem_of(&ps, "obtained") &&
			problem_of(&ps, "documented"),
		"all of it: %zu", ps.n);
	CHECK(view(t, reference).state == STATE_REVIEW, "nothing happened");
	ps.n = 0;
	c.weighed = weighed;
	CHECK(!correct_with(t, reference, c, x, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(view(t, reference).has_weighed &&
			!view(t, reference).person.nature.v.n,
		"hidden like who asks");
	CHECK(str_eq(revealed(t, reference).person.documented.v,
		      weighed.documented.v) &&
			str_eq(revealed(t, reference).person.obtained.v,
				weighed.obtained.v),
		"kept with the case");
}

static int deny_with(struct test *t, str reference, const char *ground,
	const struct circumstances *w, struct problems *ps)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct denial x = { .ground = str_of(ground),
		.why = STR("It is what the post office has.") };
	struct err e = { 0 };

	if (w)
		x.weighed = *w;
	*ps = (struct problems){ 0 };
	return case_deny(&d, reference, &x, ps, &e);
}

static void test_weighed_to_deny(struct test *t)
{
	struct problems ps;
	str reference = found(t, KIND_CORRECT, "the ZIP code, refused");

	CHECK(!deny_with(t, reference, "ACCURATE", NULL, &ps) && ps.n == 3,
		"right as it is: that takes all three");
	CHECK(view(t, reference).state == STATE_REVIEW, "nothing happened");
	CHECK(!deny_with(t, reference, "ACCURATE", &weighed, &ps) && !ps.n,
		"denied");
	CHECK(str_eq(revealed(t, reference).person.nature.v, weighed.nature.v),
		"kept with the case");
	reference = found(t, KIND_CORRECT, "the ZIP code, refused as public");
	CHECK(!deny_with(t, reference, "EX_PUBLIC", NULL, &ps) && !ps.n,
		"another ground weighs nothing");
	CHECK(!view(t, reference).has_weighed, "so nothing is kept");
}

/* --- deleted instead, 11 CCR 7023(e) --- */

static void test_instead_guard(struct test *t)
{
	struct typing x = { .column = "zip", .value = "" };
	struct correction c = { .instead = INSTEAD_NONE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, emptied");
	CHECK(!correct_with(t, reference, c, x, &ps, &e) &&
			problem_of(&ps, "instead"),
		"a value that is emptied is deleted: why may it be?");
	ps.n = 0;
	c.instead = INSTEAD_HARMLESS;
	CHECK(!correct_with(t, reference, c, x, &ps, &e) &&
			problem_of(&ps, "instead_why"),
		"and how is that so?");
	ps.n = 0;
	c.instead_why = STR("Nobody writes there.");
	x.value = "94610";
	CHECK(!correct_with(t, reference, c, x, &ps, &e) &&
			problem_of(&ps, "instead"),
		"what is corrected is not deleted");
	CHECK(str_eq(held(t, "select zip from person where id = 1"),
		      STR("94607")) &&
			view(t, reference).state == STATE_REVIEW,
		"nothing happened");
}

/* An old list has the value that was deleted: a program is told to store none. */
static bool is_kept_out(struct test *t, const char *value)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct suppress_query id = { .kind = IDENT_EMAIL,
		.value = STR("luis@example.com") };
	struct new_cell cell = { .at = { STR("person"), STR("zip"),
					 str_of(value) } };
	struct new_record r = { STR("crm"), &id, 1, &cell, 1 };
	struct err e = { 0 };

	if (corrections_apply(&d, &r, &e))
		fail("apply", &e);
	return cell.is_corrected && !cell.at.value.n;
}

static void test_instead(struct test *t)
{
	struct typing x = { .column = "zip", .value = "" };
	struct correction c = { .instead = INSTEAD_AGREED,
		.instead_why = STR("You wrote so on November 20.") };
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, agreed to go");
	CHECK(!correct_with(t, reference, c, x, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(has_entry(t, reference,
		      "Deleted instead of corrected: They agreed"),
		"with its basis");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select count(*) from person\n"
			     "where id = 1 and zip is null"),
		      STR("1")) &&
			str_eq(held(t, "select zip from person where id = 2"),
				STR("94607")),
		"gone, and nobody else's");
	CHECK(is_kept_out(t, "94607") && !is_kept_out(t, "95616"),
		"it stays so, and news is news");
	reply(t, reference, "");
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
	CHECK(says(t, reference,
		      "This we deleted instead of correcting it: - "
		      "zip (Contacts, CRM)") &&
			says(t, reference,
				"You did: You wrote so on November 20.") &&
			!says(t, reference, "have corrected"),
		"by its name");
	CHECK(str_eq(revealed(t, reference).person.instead, STR("agreed")),
		"on the case");
}

/* --- the consumer sees it, 11 CCR 7023(j) --- */

static str fresh_code(struct test *t, str reference)
{
	struct post p = letter_of(t, reference, "code");

	return code_in(&p);
}

static int show(struct test *t, str reference, str code,
	struct correct_shown *out, struct problems *ps, struct err *e)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	return correct_show(&d, reference,
		&(struct correct_look){ .code = code }, out, ps, e);
}

static bool is_there(struct test *t, str reference)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct err e = { 0 };

	return correct_show_is_there(&d, reference, &e) == 1;
}

static void write_map(struct test *t, str text)
{
	FILE *f = fopen(path(t, "map.yaml"), "w");

	must(f && fwrite(text.p, 1, text.n, f) == text.n && !fclose(f));
}

/* The data map of today says that nobody is shown it: it did not when it was corrected. */
static void check_marked_since(struct test *t, str reference)
{
	static const char zip[] = "          - { name: zip }\n";
	str map = STR(map_text);
	size_t at = (size_t)str_find(map, STR(zip));
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct correct_shown out;
	struct problems ps = { 0 };
	struct err e = { 0 };

	write_map(t,
		arena_fmt(t->a,
			"%.*s          - { name: zip, never_disclose: ssn }\n%.*s",
			STR_ARG(str_head(map, at)),
			STR_ARG(str_from(map, at + sizeof zip - 1))));
	t->clock.fixed_ms += 60000;
	CHECK(!correct_show_send_code(&d, reference, &ps, &e) &&
			!show(t, reference, fresh_code(t, reference), &out, &ps,
				&e) &&
			!ps.n,
		"%s", e.message);
	CHECK(out.items.n == 1 && out.items.at[0].is_never &&
			!out.items.at[0].value.v.n,
		"marked since: it is hidden");
	t->clock.fixed_ms -= 60000;
	write_map(t, map);
}

static void test_shown(struct test *t)
{
	struct desk d = mapped(t, ACTOR_CONSUMER), s = mapped(t, ACTOR_STAFF);
	struct correct_shown out;
	struct problems ps;
	struct err e = { 0 };
	str reference, first;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, to be seen");
	first = fresh_code(t, reference);
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e), "%s", e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	reply(t, reference, "94610");
	CHECK(!is_there(t, reference) &&
			correct_show_send_code(&d, reference, &ps, &e) == -1,
		"nothing before the answer");
	CHECK(!case_answer(&s, reference, STR(""), &ps, &e), "%s", e.message);
	hand_over(t, reference, "corrected");
	CHECK(is_there(t, reference), "answered: it can be seen");
	t->clock.fixed_ms += 3600000;
	CHECK(!correct_show_send_code(&d, reference, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(!show(t, reference, first, &out, &ps, &e) && ps.n == 1 &&
			!out.items.n,
		"the code that confirmed the address opens nothing");
	CHECK(!show(t, reference, fresh_code(t, reference), &out, &ps, &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(out.items.n == 1 &&
			str_eq(out.items.at[0].value.v, STR("94610")) &&
			str_eq(out.items.at[0].what,
				STR("zip (Contacts, CRM)")) &&
			out.items.at[0].read_at > 0,
		"what was corrected, as it was read again, and nothing else");
	CHECK(has_entry(t, reference, "looked at what was corrected"),
		"with an entry");
	CHECK(!show(t, reference, fresh_code(t, reference), &out, &ps, &e) &&
			ps.n == 1,
		"a code is for one use");
	check_marked_since(t, reference);
	t->clock.fixed_ms -= 3600000;
}

/* 7023(j): what no answer may disclose is confirmed by typing it. */
static int confirm_value(struct test *t, str reference, const char *typed,
	enum correct_match *match, struct err *e)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct correct_look look = { .typed = { str_of(typed) } };
	struct correct_shown out = { 0 };
	struct problems ps = { 0 };
	int rc;

	t->clock.fixed_ms += 900000;
	*e = (struct err){ 0 };
	CHECK(!correct_show_send_code(&d, reference, &ps, e) && !ps.n, "%s",
		e->message);
	look.code = fresh_code(t, reference);
	rc = correct_show(&d, reference, &look, &out, &ps, e);
	CHECK(rc || (out.items.n == 1 && out.items.at[0].is_never &&
			    !out.items.at[0].value.v.n && !ps.n),
		"it is never shown");
	*match = rc ? MATCH_NOT_TRIED : out.items.at[0].match;
	return rc;
}

/* Whoever has the number alone takes none of the consumer's tries. */
static void try_without_code(struct test *t, str reference)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct correct_look look = { .code = STR("000000"),
		.typed = { STR("219-09-9999") } };
	struct correct_shown out = { 0 };

	for (int i = 0; i <= LIMIT_MATCHES_A_DAY; i++) {
		struct problems ps = { 0 };
		struct err e = { 0 };

		CHECK(!correct_show(&d, reference, &look, &out, &ps, &e) &&
				problem_of(&ps, "code") && !out.items.n,
			"try %d: %s", i, e.message);
	}
}

static void test_never_shown(struct test *t)
{
	static const struct {
		const char *typed;
		enum correct_match match;
	} tries[] = {
		{ "", MATCH_NOT_TRIED },
		{ "078051120", MATCH_NO },
		{ " 219 09 9999 ", MATCH_YES },
		{ "219-09-9999", MATCH_YES },
		{ "219-09-999", MATCH_NO },
		{ "219-09-99991", MATCH_NO },
	};
	struct typing x = { .column = "ssn", .value = "219-09-9999" };
	struct desk s = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	enum correct_match match;
	struct err e = { 0 };
	const int64_t day_ms = INT64_C(86400000);
	int64_t was = t->clock.fixed_ms;
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "my number at Social Security");
	CHECK(!correct_with(
		      t, reference, (struct correction){ 0 }, x, &ps, &e) &&
			!ps.n,
		"staff replace what they don't see: %s", e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(str_eq(held(t, "select ssn from person where id = 1"),
		      STR("219-09-9999")) &&
			str_eq(held(t, "select zip from person where id = 1"),
				STR("94607")),
		"written, and nothing else");
	reply(t, reference, "");
	CHECK(!case_answer(&s, reference, STR(""), &ps, &e), "%s", e.message);
	hand_over(t, reference, "corrected");
	CHECK(says(t, reference, "ssn (Contacts") && !says(t, reference, "219"),
		"by its name in the letter");
	t->clock.fixed_ms = was - was % day_ms + day_ms + 3600000;
	try_without_code(t, reference);
	for (size_t i = 0; i < COUNTOF(tries); i++)
		CHECK(!confirm_value(
			      t, reference, tries[i].typed, &match, &e) &&
				match == tries[i].match,
			"\"%s\": %s", tries[i].typed, e.message);
	CHECK(confirm_value(t, reference, "219-09-9999", &match, &e) == -1 &&
			e.code == ERR_TOO_MANY,
		"five a day: nobody tries them all");
	CHECK(has_entry(t, reference, "typed a value that is never disclosed"),
		"with an entry");
	t->clock.fixed_ms = was;
}

static void test_match(struct test *t)
{
	static const struct {
		const char *never, *held, *typed;
		bool is_match;
	} cases[] = {
		{ "government-id", "D123-4567", "d1234567", true },
		{ "government-id", "D1234567", "D1234568", false },
		{ "ssn", "", "", false },
		{ "ssn", "---", "--", false },
		{ "password", "Secret 1", "secret1", false },
		{ "password", "Secret 1", "Secret 1", true },
		{ "security-answer", "M\xc3\xbcller", "m\xc3\xbcller", true },
	};

	(void)t;
	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(correct_is_match(str_of(cases[i].never),
			      str_of(cases[i].held),
			      str_of(cases[i].typed)) == cases[i].is_match,
			"%s: %s", cases[i].never, cases[i].typed);
}

/* What was not corrected can't be seen this way: that is a request to know. */
static void test_not_shown(struct test *t)
{
	struct desk d = mapped(t, ACTOR_CONSUMER), s = mapped(t, ACTOR_STAFF);
	struct problems ps;
	struct err e = { 0 };
	str reference = found(t, KIND_CORRECT, "the ZIP code, not to be seen");

	CHECK(!deny_with(t, reference, "ACCURATE", &weighed, &ps), "denied");
	CHECK(!case_answer(&s, reference, STR(""), &ps, &e), "%s", e.message);
	hand_over(t, reference, "denied");
	CHECK(!is_there(t, reference) &&
			correct_show_send_code(&d, reference, &ps, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"denied: nothing to see");
}

/* --- a statement on health information, 11 CCR 7023(f) --- */

static void test_words(struct test *t)
{
	static const struct {
		const char *text;
		int64_t words;
	} cases[] = {
		{ "", 0 },
		{ "  \n\t ", 0 },
		{ "one", 1 },
		{ " one\r\n two\tthree ", 3 },
		{ "don't well-known 12/3", 3 },
	};

	(void)t;
	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(statement_words(str_of(cases[i].text)) == cases[i].words,
			"\"%s\"", cases[i].text);
}

static str words(struct test *t, int n)
{
	struct buf b = buf_in(t->a, 4096);

	for (int i = 0; i < n; i++)
		buf_puts(&b, i ? " word" : "Penicillin");
	return buf_str(&b);
}

static str letters(struct test *t, size_t n)
{
	char *p = arena_alloc(t->a, n);

	memset(p, 'a', n);
	return (str){ p, n };
}

static str refused(struct test *t, const char *item, bool is_health)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct denial x = { .ground = STR("ACCURATE"),
		.why = STR("It is what the clinic has."),
		.health = { .is = is_health },
		.weighed = weighed };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference = found(t, KIND_CORRECT, item);

	CHECK(!case_deny(&d, reference, &x, &ps, &e) &&
			!case_answer(&d, reference, STR(""), &ps, &e),
		"%s", e.message);
	hand_over(t, reference, "denied");
	return reference;
}

static struct statement_page page_of(struct test *t, str reference)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct statement_page out;
	struct err e = { 0 };

	CHECK(statement_page(&d, reference, &out, &e) >= 0, "%s", e.message);
	return out;
}

static int give_on(struct test *t, str reference, size_t item, str text,
	str code, struct problems *ps, struct err *e)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);
	struct statement_texts texts = { { STR("") } };

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	texts.at[item] = text;
	return statement_give(&d, reference, &texts, code, ps, e);
}

static int give(struct test *t, str reference, str text, str code,
	struct problems *ps, struct err *e)
{
	return give_on(t, reference, 0, text, code, ps, e);
}

static size_t said_of(struct test *t, const char *email)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct suppress_query id[] = {
		{ .kind = IDENT_EMAIL, .value = str_of(email) },
		{ .kind = IDENT_EMAIL, .value = str_of(email) },
	};
	struct statements s;
	struct err e = { 0 };

	if (statements_of(&d, id, COUNTOF(id), &s, &e))
		fail("statements", &e);
	if (s.n)
		CHECK(str_starts(s.at[0].text.v, STR("Penicillin word")),
			"as it was written");
	return s.n;
}

static int forget_said(struct desk *d, void *ctx, struct err *e)
{
	return statements_forget(d, ctx, e);
}

static void test_statement(struct test *t)
{
	struct desk d = mapped(t, ACTOR_CONSUMER), s = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct record r;
	struct err e = { 0 };
	personal text;
	str reference, code;
	bool is_any;

	CHECK(!page_of(t, refused(t, "the ZIP code, no health", false))
			.can_give,
		"for health information alone");
	reference = refused(t, "the allergy", true);
	CHECK(page_of(t, reference).can_give &&
			page_of(t, reference).words_max == 250,
		"the law gives 250 words");
	CHECK(says_in(t, reference, "denied", "a statement of up to 250 words"),
		"the letter says so");
	t->clock.fixed_ms += 3600000;
	CHECK(!statement_send_code(&d, reference, &ps, &e) && !ps.n, "%s",
		e.message);
	code = fresh_code(t, reference);
	CHECK(!give(t, reference, words(t, 251), code, &ps, &e) &&
			problem_of(&ps, "text.1") &&
			str_find(str_of(problem_of(&ps, "text.1")),
				STR("251 words")) >= 0,
		"one word too many is counted");
	CHECK(!give(t, reference, letters(t, LIMIT_STATEMENT_BYTES + 1), code,
		      &ps, &e) &&
			problem_of(&ps, "text.1"),
		"one word of any length is none: lists and answers carry it");
	CHECK(!give(t, reference, letters(t, LIMIT_STATEMENT_BYTES),
		      STR("000000"), &ps, &e) &&
			!problem_of(&ps, "text.1"),
		"as long as it may be");
	CHECK(!give(t, reference, words(t, 250), STR("000000"), &ps, &e) &&
			problem_of(&ps, "code"),
		"nobody else speaks for them");
	CHECK(!statements_are_any(&d, &is_any, &e) && !is_any,
		"nothing is kept");
	CHECK(!give(t, reference, words(t, 250), code, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(page_of(t, reference).is_given && !page_of(t, reference).can_give,
		"once");
	CHECK(!statement_show(&s, reference, &text, &e) &&
			str_starts(text.v, STR("On \"the allergy\":\n")) &&
			statement_words(text.v) == 253 &&
			has_entry(t, reference, "Staff read the statement"),
		"staff read it, with an entry");
	s.actor.role = STR("agent");
	CHECK(statement_show(&s, reference, &text, &e) == -1 &&
			e.code == ERR_DENIED,
		"not everybody");
	CHECK(said_of(t, "LUIS@example.com") == 1 &&
			said_of(t, "ann@example.com") == 0,
		"who discloses it finds it, once, and of nobody else");
	t->clock.fixed_ms -= 3600000;
	s = mapped(t, ACTOR_STAFF);
	if (record_by_id(&s, request_id(t, reference), &r, &e) != 1 ||
		desk_write(&s, forget_said, &r, &e))
		fail("forget", &e);
	CHECK(said_of(t, "luis@example.com") == 0 &&
			statement_show(&s, reference, &text, &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"who is deleted leaves none");
}

/* Corrected, but for two items of health data that staff name. */
static str refused_in_part(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct typing x = { .column = "zip", .value = "94610" };
	struct correction c = { .weighed = weighed,
		.health = { true, STR(" Allergies in Patients \n\n"
				      "Weight in Patients\n") } };
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, allergies, weight");
	CHECK(!correct_with(t, reference, c, x, &ps, &e) &&
			problem_of(&ps, "is_part"),
		"corrected in whole: there is nothing to say more");
	ps.n = 0;
	c.is_part = true;
	CHECK(!correct_with(t, reference, c, x, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	reply(t, reference, "94610");
	CHECK(!case_answer(&d, reference, STR(""), &ps, &e), "%s", e.message);
	hand_over(t, reference, "corrected");
	return reference;
}

static struct statements said(struct test *t, const char *email)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct suppress_query id = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct statements s;
	struct err e = { 0 };

	if (statements_of(&d, &id, 1, &s, &e))
		fail("statements", &e);
	return s;
}

/* 11 CCR 7023(f): on each item that stays, though the rest was corrected.  It was only
 * for requests that were denied in whole, and one for all of them. */
static void test_statement_items(struct test *t)
{
	struct desk d = mapped(t, ACTOR_CONSUMER);
	str reference = refused_in_part(t);
	struct problems ps = { 0 };
	struct statements s;
	struct err e = { 0 };

	CHECK(says(t, reference,
		      "This stays as it is, and it is about your health: 1. "
		      "Allergies in Patients 2. Weight in Patients You can "
		      "send us a statement of up to 250 words on each"),
		"the letter names them");
	CHECK(page_of(t, reference).can_give &&
			page_of(t, reference).items.n == 2,
		"one for each");
	t->clock.fixed_ms += 3600000;
	CHECK(!statement_send_code(&d, reference, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(!give_on(t, reference, 2, words(t, 9), fresh_code(t, reference),
		      &ps, &e) &&
			problem_of(&ps, "text.1"),
		"there is no third");
	CHECK(!give_on(t, reference, 1, words(t, 250), fresh_code(t, reference),
		      &ps, &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(page_of(t, reference).is_given &&
			page_of(t, reference).can_give &&
			!page_of(t, reference).items.given_at[0],
		"the other one may come later");
	t->clock.fixed_ms += 60000;
	CHECK(!statement_send_code(&d, reference, &ps, &e) &&
			!give_on(t, reference, 1, STR("Another word"),
				fresh_code(t, reference), &ps, &e) &&
			problem_of(&ps, "text.1"),
		"one on each item");
	CHECK(!give_on(t, reference, 0, words(t, 250), fresh_code(t, reference),
		      &ps, &e) &&
			!page_of(t, reference).can_give,
		"%s", e.message);
	s = said(t, "luis@example.com");
	CHECK(s.n == 2 && str_eq(s.at[0].about.v, STR("Weight in Patients")) &&
			str_eq(s.at[1].about.v, STR("Allergies in Patients")),
		"whoever discloses it knows which is on what: %zu", s.n);
	t->clock.fixed_ms -= 3660000;
}

/* A list asks for each of its rows: the same as one by one. */
static void test_statement_book(struct test *t)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	const struct ident_keyring *k = suppress_keyring(d.suppress);
	struct statements one = said(t, "luis@example.com"), book = { 0 };
	struct statement_book *b;
	uint8_t key[IDENT_KEY_SIZE];
	struct err e = { 0 };

	if (statements_load(&d, &b, &e))
		fail("load", &e);
	CHECK(!ident_key_of(k, IDENT_EMAIL, STR("luis@example.com"), key),
		"an address");
	CHECK(statements_count(b) > 0, "somebody's");
	statements_find(b, t->a, key, &book);
	CHECK(book.n == one.n && book.n == 2 &&
			str_eq(book.at[0].text.v, one.at[0].text.v),
		"%zu", book.n);
	CHECK(!ident_key_of(k, IDENT_EMAIL, STR("ann@example.com"), key),
		"an address");
	statements_find(b, t->a, key, &book);
	CHECK(book.n == 2, "and nobody else's");
}

/* A call that names one person again and again took memory for each time. */
static void test_statement_bytes(struct test *t)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct suppress_query *ids =
		arena_many(t->a, struct suppress_query, 2000);
	size_t once = said(t, "luis@example.com").bytes;
	size_t most = LIMIT_STATEMENTS_BYTES / once;
	struct statements s;
	struct err e = { 0 };

	must(most < 2000);
	for (size_t i = 0; i <= most; i++)
		ids[i] = (struct suppress_query){ .kind = IDENT_EMAIL,
			.value = STR("luis@example.com") };
	CHECK(!statements_of(&d, ids, most, &s, &e) && s.n == 2, "%s",
		e.message);
	CHECK(statements_of(&d, ids, most + 1, &s, &e) == -1 &&
			e.code == ERR_LIMIT,
		"one more is too many for an answer");
}

/* A denial that one of two people proposed, and a correction instead: what was typed for
 * the denial is no word of this case. */
static void test_proposed_denial(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct denial x = { .ground = STR("ACCURATE"),
		.why = STR("It is what the post office has."),
		.health = { true, STR("Allergies in the record") },
		.weighed = weighed };
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct person p;
	str reference;

	sql(t, people);
	reference = found(t, KIND_CORRECT, "the ZIP code, denied by one");
	four_eyes_are(t, "yes");
	CHECK(case_deny(&d, reference, &x, &ps, &e) == 1 && !ps.n, "%s",
		e.message);
	CHECK(revealed(t, reference).person.health_items.v.n,
		"the second person reads it");
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e) && !ps.n, "%s",
		e.message);
	four_eyes_are(t, "no");
	p = revealed(t, reference).person;
	CHECK(!p.health.n && !p.health_items.v.n && !p.nature.v.n &&
			!p.obtained.v.n && !p.documented.v.n && !p.ground.n &&
			!p.why_denied.v.n && !p.denied_in.n,
		"nothing of it is left: %.*s, %.*s", STR_ARG(p.health_items.v),
		STR_ARG(p.nature.v));
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "contested", fresh_server(argc, argv));
	set_contact(&t);
	put_map(&t);
	test_documents(&t);
	test_bounds(&t);
	test_discarded(&t);
	test_destroyed(&t);
	test_not_asked(&t);
	test_weighed(&t);
	test_weighed_to_deny(&t);
	test_proposed_denial(&t);
	test_instead_guard(&t);
	test_instead(&t);
	test_shown(&t);
	test_not_shown(&t);
	test_never_shown(&t);
	test_match(&t);
	test_words(&t);
	test_statement(&t);
	test_statement_items(&t);
	test_statement_book(&t);
	test_statement_bytes(&t);
	end(&t);
	return CHECK_DONE();
}
