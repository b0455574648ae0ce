/*
 * The package that answers a request to know: what is in it, what must never be,
 * and that every byte of any value leaves its files well-formed.
 */
#include "know/know.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/file.h"
#include "base/json.h"
#include "check.h"
#include "know/build.h"
#include "know/files.h"
#include "know/package.h"
#include "know/page.h"
#include "t/unzip.h"

enum { ARENA_MAX = 1 << 30, FILES_MAX = 16, COLUMNS = 5 };

/* The values of COLUMNS columns: id, email, note, ssn, extra. */
static const char map_text[] =
	"version: 1\nsystems:\n"
	"  - name: leads\n    title: Lead exchange\n    connector: sqlite\n"
	"    database: leads.db\n    source: Our site\n"
	"    purpose: Finding you a lender\n    retention: Two years\n"
	"    tables:\n"
	"      - name: person\n        holds: People\n        key: id\n"
	"        category: A\n        columns:\n"
	"          - { name: id, category: A }\n"
	"          - { name: email, identifies: email, category: A }\n"
	"          - { name: note, category: K, source: Our staff }\n"
	"          - { name: ssn, never_disclose: ssn, category: L }\n"
	"          - { name: extra, cleared: [ card ] }\n"
	"        erase: delete\n        collected: note\n"
	"      - name: \"a \\\"b\\\"/../c\"\n        key: id\n        columns:\n"
	"          - { name: id }\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: note }\n          - { name: number }\n"
	"          - { name: extra }\n        erase: delete\n"
	"      - name: \"a ?b?/../C\"\n        key: id\n        columns:\n"
	"          - { name: id }\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: note }\n          - { name: number }\n"
	"          - { name: extra }\n        erase: delete\n"
	"vendors:\n"
	"  - { name: mail, title: MailHarbor, role: service_provider, days: 9,\n"
	"      email: p@mail.example, receives: [ email ],\n"
	"      party: Email service, purpose: Sends our letters }\n"
	"  - { name: buyer, title: BuyCo, role: third_party, days: 9,\n"
	"      email: p@buyer.example, receives: [ email ],\n"
	"      categories: [ K ], party: Lenders, by_list: true }\n"
	"  - { name: ads, title: AdNet, role: third_party, days: 9,\n"
	"      email: p@ads.example, receives: [], categories: [ K, F ],\n"
	"      disclosed_as: shared, party: Advertising networks }\n";

struct house {
	struct arena *a;
	struct map map;
	struct finding finding;
	struct know_in in;
	struct know_case of;
	struct know k;
};

static void open_house(struct house *h)
{
	struct map_problems *ps;

	*h = (struct house){ .a = arena_new(ARENA_MAX) };
	ps = arena_one(h->a, struct map_problems);
	CHECK(!map_parse(h->a, str_of(map_text), STR("."), &h->map, ps),
		"%d: %.*s", ps->at[0].line, STR_ARG(ps->at[0].text));
	h->finding.system = &h->map.systems[0];
	h->finding.tables = arena_many(
		h->a, struct found_table, h->map.systems[0].tables_n);
	for (size_t t = 0; t < h->map.systems[0].tables_n; t++) {
		h->finding.tables[t].table = &h->map.systems[0].tables[t];
		h->finding.tables[t].rows =
			arena_many(h->a, struct found_row, 8);
	}
	h->in = (struct know_in){
		.map = &h->map, .findings = &h->finding, .findings_n = 1
	};
	h->of = (struct know_case){
		.business = STR("Lakeshore Leads"),
		.name = { STR("Maria") },
		.reference = STR("K7QF-2M9X"),
		.received_on = { 2026, 11, 2 },
		.made_on = { 2026, 11, 21 },
		.site = STR("https://privacy.example.com"),
		.is_specific = true,
		.sells = true,
	};
}

static struct found_row *add_row(
	struct house *h, size_t table, const str values[COLUMNS])
{
	struct found_table *t = &h->finding.tables[table];
	struct found_row *r = &t->rows[t->n++];

	r->cells = arena_many(h->a, struct cell, COLUMNS);
	for (size_t c = 0; c < COLUMNS; c++)
		if (values[c].p)
			r->cells[c] = cell_text(values[c]);
	r->key = r->cells[0];
	return r;
}

static struct found_row *add(struct house *h, size_t table, const char *id,
	const char *note, const char *ssn)
{
	const str values[COLUMNS] = { str_of(id), STR("maria@example.com"),
		str_of(note), str_of(ssn) };

	return add_row(h, table, values);
}

static void make(struct house *h)
{
	struct err e = { 0 };

	CHECK(!know_make(h->a, &h->in, &h->of, &h->k, &e), "%s", e.message);
}

static str page_of(struct house *h)
{
	struct buf b = buf_in(h->a, KNOW_FILE_MAX);

	know_put_index(&b, &h->k);
	return buf_str(&b);
}

static str json_of(struct house *h)
{
	struct buf b = buf_in(h->a, KNOW_FILE_MAX);

	know_put_json(&b, &h->k);
	return buf_str(&b);
}

static str csv_of(struct house *h, size_t table)
{
	struct buf b = buf_in(h->a, KNOW_FILE_MAX);

	know_put_csv(&b, &h->k.tables.at[table]);
	return buf_str(&b);
}

static bool has(str s, const char *what)
{
	return str_find(s, str_of(what)) >= 0;
}

static size_t count(str s, const char *what)
{
	size_t n = 0;

	for (ptrdiff_t at; (at = str_find(s, str_of(what))) >= 0; n++)
		s = str_from(s, (size_t)at + 1);
	return n;
}

/* --- what it says --- */

static void the_letter(void)
{
	struct house h;
	str page, json;

	open_house(&h);
	add(&h, 0, "7", "likes boats", NULL);
	make(&h);
	page = page_of(&h);
	json = json_of(&h);
	CHECK(h.k.rows == 1 && h.k.is_whole, "%zu rows", h.k.rows);
	CHECK(has(page, "Dear Maria,"), "a greeting");
	CHECK(has(page, "On November 2, 2026 you asked us"), "when");
	CHECK(has(page, "We found 1 record about you."), "one, not 1 records");
	CHECK(has(page, "likes boats") && has(json, "\"likes boats\""),
		"the piece itself");
	CHECK(has(page, "Inferences. Given to: AdNet. Where it comes from: Our "
			"staff."),
		"category, who got it, and its own source beside the item");
	CHECK(has(page, "<dt>What it is for</dt><dd>Finding you a lender</dd>"),
		"the purpose of the table");
	CHECK(has(page, "href=\"https://privacy.example.com/r/correct?about="
			"Lead%20exchange%2C%20People%2C%20Record%201\""),
		"a link that opens the form for this record");
	CHECK(has(page, "<a href=\"https://privacy.example.com/r/delete?kinds="
			"A%2CK\">Delete this kind of information</a>"),
		"and one to delete what it holds, and no more than that");
	CHECK(!has(page, "Maria@") && count(page, "<script") == 1 &&
			!has(page, "src=") && !has(page, "@import"),
		"loads nothing");
	arena_free(h.a);
}

/* 11 CCR 7024(j) to (l): apart from each other, and about this person. */
static void two_lists(void)
{
	static const struct know_batch to_buyer = { STR_INIT("buyer"),
		STR_INIT("BuyCo"), STR_INIT("third_party"),
		STR_INIT("Loan offers"), { 2026, 10, 3 } };
	static const struct know_batch to_gone = { STR_INIT("old"),
		STR_INIT("OldBuyer"), STR_INIT("third_party"), STR_INIT("Ads"),
		{ 2025, 1, 5 } };
	const struct know_batch both[] = { to_buyer, to_gone };
	struct house h;

	open_house(&h);
	add(&h, 0, "7", "likes boats", NULL);
	make(&h);
	CHECK(h.k.sold.kinds.n == 1 && h.k.sold.kinds.at[0].letter == 'K',
		"shared: K only, not F, of which nothing is held: %zu",
		h.k.sold.kinds.n);
	CHECK(str_eq(h.k.sold.kinds.at[0].parties,
		      STR("Advertising networks (AdNet)")),
		"the category of third party: %.*s",
		STR_ARG(h.k.sold.kinds.at[0].parties));
	CHECK(h.k.gave.kinds.n == 1 && h.k.gave.kinds.at[0].letter == 'A' &&
			str_eq(h.k.gave.kinds.at[0].parties,
				STR("Email service (MailHarbor)")),
		"for a business purpose");
	CHECK(!has(page_of(&h), "BuyCo"),
		"who buys lists did not get somebody who was in none");

	h.in.batches = both;
	h.in.batches_n = 2;
	make(&h);
	CHECK(h.k.sold.kinds.n == 2 && h.k.sold.kinds.at[0].letter == 'A',
		"now an identifier was sold too");
	CHECK(str_eq(h.k.sold.kinds.at[0].parties,
		      STR("Lenders (BuyCo); OldBuyer")),
		"and to who left the map: %.*s",
		STR_ARG(h.k.sold.kinds.at[0].parties));
	CHECK(str_eq(h.k.sold.kinds.at[1].parties,
		      STR("Lenders (BuyCo); Advertising networks (AdNet)")),
		"%.*s", STR_ARG(h.k.sold.kinds.at[1].parties));
	CHECK(has(page_of(&h), "October 3, 2026, to BuyCo: Loan offers"),
		"each list with its day");
	CHECK(h.k.gave.kinds.n == 1 && !h.k.gave.batches.n,
		"nothing of it in the other list");
	arena_free(h.a);
}

/* Nothing was found and nobody got anything: said, not left out. */
static void nothing_at_all(void)
{
	struct house h;
	str page;

	open_house(&h);
	make(&h);
	page = page_of(&h);
	CHECK(has(page, "Nothing. We did not sell your information"), "sold");
	CHECK(has(page, "We hold no information of a kind"), "collected");
	CHECK(has(page, "We found no records"), "records");
	arena_free(h.a);
}

static void categories_only(void)
{
	struct house h;
	str page, json;

	open_house(&h);
	h.of.is_specific = false;
	h.of.is_downgraded = true;
	add(&h, 0, "7", "likes boats", "123-45-6789");
	make(&h);
	page = page_of(&h);
	json = json_of(&h);
	CHECK(!h.k.tables.n && !h.k.is_whole, "no pieces, and not all asked");
	CHECK(!has(page, "likes boats") && !has(json, "likes boats") &&
			!has(page, "maria@"),
		"11 CCR 7024(a): no specific piece");
	CHECK(has(page, "names the kinds of information"), "and says why");
	CHECK(h.k.collected.n == 3, "A, K and L: %zu", h.k.collected.n);
	CHECK(has(page, "We hold your Social Security number."),
		"what is held is said all the same");
	arena_free(h.a);
}

/* --- what must never be in it (invariant 4) --- */

static void unpack(struct house *h, str zip, struct zip_file *files, size_t *n)
{
	CHECK(!unzip(h->a, zip, files, FILES_MAX, n),
		"libzip does not open it");
}

/* For who opens every one of them with programs that are not ours: a folder. */
static void hand_on(struct house *h, str zip)
{
	static int n;
	const char *dir = getenv("TOYON_PACKAGES");
	struct err e = { 0 };

	if (dir && zip.n &&
		file_replace(arena_fmt(h->a, "%s/%03d.zip%c", dir, ++n, '\0').p,
			zip, 0600, &e))
		CHECK(false, "%s", e.message);
}

static int package(
	struct house *h, str *zip, struct know_hits *hits, struct err *e)
{
	int rc;

	make(h);
	rc = package_in_memory(h->a, &h->k, zip, hits, e);
	if (!rc)
		hand_on(h, *zip);
	return rc;
}

static void by_mark(void)
{
	struct zip_file files[FILES_MAX];
	struct know_hits hits;
	struct err e = { 0 };
	struct house h;
	size_t n = 0;
	str zip;

	open_house(&h);
	add(&h, 0, "7", "likes boats", "123-45-6789");
	add(&h, 0, "8", "likes cars", "no-shape-at-all-51");
	CHECK(!package(&h, &zip, &hits, &e) && !hits.n && zip.n, "%s, %zu hits",
		e.message, hits.n);
	unpack(&h, zip, files, &n);
	CHECK(n == 3, "page, data and one table: %zu", n);
	for (size_t i = 0; i < n; i++) {
		CHECK(!has(files[i].bytes, "123-45-6789") &&
				!has(files[i].bytes, "no-shape-at-all"),
			"a marked value is in %.*s", STR_ARG(files[i].name));
		CHECK(has(files[i].bytes,
			      i == 2 ? "{\"held\":true}" : "(held, not shown)"),
			"%.*s says that it is held", STR_ARG(files[i].name));
	}
	CHECK(has(files[1].bytes, "We hold your Social Security number."),
		"in the words of the law");
	arena_free(h.a);
}

struct leak {
	const char *why;
	size_t table; /* 0: marks in the map; 1: none */
	const char *note;
	const char *ssn;
	const char *of; /* NULL: nothing is wrong */
	enum lookalike what;
};

static const struct leak leaks[] = {
	{ "an SSN in a note", 0, "told us 123-45-6789", NULL,
		"leads.person.note", LOOKALIKE_SSN },
	{ "a column that nobody marked", 1, "x", "123-45-6789",
		"leads.a \"b\"/../c.number", LOOKALIKE_SSN },
	{ "a card", 0, "paid by 4111 1111 1111 1111", NULL, "leads.person.note",
		LOOKALIKE_CARD },
	{ "a password", 0, "password: hunter2 & <more>", NULL,
		"leads.person.note", LOOKALIKE_PASSWORD },
	{ "bytes around it", 0, "\xff\x01 123-45-6789 \x02", NULL,
		"leads.person.note", LOOKALIKE_SSN },
	{ "markup around it", 0, "<b>123-45-6789</b>", NULL,
		"leads.person.note", LOOKALIKE_SSN },
	{ "nothing", 0, "paid in cash", NULL, NULL, LOOKALIKE_SSN },
	{ "marked, and not shown", 0, "x", "123-45-6789", NULL, LOOKALIKE_SSN },
};

static void by_scan(void)
{
	for (size_t i = 0; i < COUNTOF(leaks); i++) {
		const struct leak *l = &leaks[i];
		struct know_hits hits;
		struct err e = { 0 };
		struct house h;
		str zip;

		open_house(&h);
		add(&h, l->table, "7", l->note, l->ssn);
		CHECK(!package(&h, &zip, &hits, &e), "%s: %s", l->why,
			e.message);
		CHECK(hits.n == (l->of ? 1 : 0) && !zip.n == !!l->of,
			"%s: %zu hits, first %.*s", l->why, hits.n,
			STR_ARG(hits.at[0].of));
		if (l->of && hits.n)
			CHECK(str_eq(hits.at[0].of, str_of(l->of)) &&
					hits.at[0].what == l->what,
				"%s: %.*s", l->why, STR_ARG(hits.at[0].of));
		arena_free(h.a);
	}
}

/* Whatever a column is called: its title is no value of anybody's. */
static void titles_that_look(void)
{
	struct map_column *number;
	struct know_hits hits;
	struct err e = { 0 };
	struct house h;
	str zip;

	open_house(&h);
	number = &h.map.systems[0].tables[2].columns[3];
	number->name = STR("password_hash");
	number->never_disclose = STR("password");
	add(&h, 2, "7", "x", "$2b$10$0123456789abcdefghijkl");
	CHECK(!package(&h, &zip, &hits, &e) && !hits.n && zip.n,
		"held, and so said: %.*s", STR_ARG(hits.at[0].of));
	number->never_disclose = (str){ 0 };
	CHECK(!package(&h, &zip, &hits, &e) && hits.n == 1 && !zip.n,
		"a mark that is missing stops it");
	arena_free(h.a);
}

/* Only where a person has looked, and only what they looked at. */
static void cleared_columns(void)
{
	const str card[COLUMNS] = { STR_INIT("1"), STR_INIT("m@example.com"),
		{ 0 }, { 0 }, STR_INIT("4111111111111111") };
	const str ssn[COLUMNS] = { STR_INIT("1"), STR_INIT("m@example.com"),
		{ 0 }, { 0 }, STR_INIT("123-45-6789") };
	struct know_hits hits;
	struct err e = { 0 };
	struct house h;
	str zip;

	open_house(&h);
	add_row(&h, 0, card);
	CHECK(!package(&h, &zip, &hits, &e) && !hits.n,
		"cleared of being a card");
	add_row(&h, 0, ssn);
	CHECK(!package(&h, &zip, &hits, &e) && hits.n == 1,
		"not of being a Social Security number");
	arena_free(h.a);
}

/* A writer that forgets the mark is caught by the second check. */
static void a_writer_that_forgets(void)
{
	struct know_hits hits;
	struct err e = { 0 };
	struct house h;
	struct know_value *v;
	str zip;

	open_house(&h);
	add(&h, 0, "7", "x", "123-45-6789");
	make(&h);
	v = &h.k.tables.at[0].rows.at[0].values[3];
	*v = (struct know_value){ .kind = KNOW_TEXT,
		.text = STR("123-45-6789") };
	CHECK(!package_in_memory(h.a, &h.k, &zip, &hits, &e) && hits.n == 1 &&
			!zip.n,
		"let through");
	CHECK(str_eq(hits.at[0].of, STR("leads.person.ssn")), "named");
	arena_free(h.a);
}

/* --- what staff leave out --- */

struct marking {
	const char *why;
	struct know_mark mark;
	size_t rows;
	size_t notes; /* "note 1", "note 2" that are left */
};

#define OF STR_INIT("leads"), STR_INIT("person")
static const struct marking markings[] = {
	{ "nothing",
		{ STR_INIT("crm"), STR_INIT("person"), { 0 }, { 0 }, false }, 2,
		2 },
	{ "a row", { OF, { 0 }, STR_INIT("1"), false }, 1, 1 },
	{ "a column", { OF, STR_INIT("note"), { 0 }, false }, 2, 0 },
	{ "a value", { OF, STR_INIT("note"), STR_INIT("1"), false }, 2, 1 },
	{ "a table", { OF, { 0 }, { 0 }, false }, 0, 0 },
	{ "the shared row taken in", { OF, { 0 }, STR_INIT("3"), true }, 3, 2 },
};
#undef OF

static void marks(void)
{
	for (size_t i = 0; i < COUNTOF(markings); i++) {
		const struct marking *m = &markings[i];
		struct house h;
		str page;

		open_house(&h);
		add(&h, 0, "1", "note 1", NULL);
		add(&h, 0, "2", "note 2", NULL);
		add(&h, 0, "3", "about another", NULL)->is_shared = true;
		h.in.marks = &m->mark;
		h.in.marks_n = 1;
		make(&h);
		page = page_of(&h);
		CHECK(h.k.rows == m->rows, "%s: %zu rows", m->why, h.k.rows);
		CHECK(count(page, ">note ") == m->notes, "%s: %zu notes",
			m->why, count(page, ">note "));
		CHECK(has(page, "about another") == m->mark.is_shown,
			"%s: a row that is someone else's too", m->why);
		CHECK(has(page, "about someone else as well") ==
				!m->mark.is_shown,
			"%s: said why", m->why);
		CHECK(h.k.is_whole == (i == 5), "%s: whole", m->why);
		arena_free(h.a);
	}
}

/* --- hostile values --- */

static const str hostile[] = {
	STR_INIT("</script><script>alert(1)</script>"),
	STR_INIT("\" onmouseover=\"alert(1)"),
	STR_INIT("'><img src=x onerror=alert(1)>"),
	STR_INIT("a\0b\0"),
	STR_INIT("Jos\xe9 \x80 \xff"),
	STR_INIT("\xed\xa0\x80 \xc0\x80 \xf5"),
	STR_INIT("=HYPERLINK(\"http://x.example\",\"a\")"),
	STR_INIT("+1+cmd|' /C calc'!A0"),
	STR_INIT("-2+3"),
	STR_INIT("@SUM(1)"),
	STR_INIT("\t=1+1"),
	STR_INIT("\r\n=1+1"),
	STR_INIT("a,\"b\"\r\nc"),
	STR_INIT("\xe2\x80\xae"
		 "gpj.exe"),
	STR_INIT("]]> --> <!-- ${7*7} {{x}} %s %n"),
	STR_INIT(""),
};

static bool is_utf8(str s)
{
	for (size_t n; s.n; s = str_from(s, n)) {
		n = str_utf8(s);
		if (!n)
			return false;
	}
	return true;
}

/* As a browser finds them: no tag but ours, no attribute but ours. */
static void check_page(struct house *h, str value)
{
	str page = page_of(h);

	CHECK(count(page, "<script") == 1 && !has(page, "<img") &&
			!has(page, "onmouseover=\""),
		"markup of a value in the page: %.*s", STR_ARG(value));
	CHECK(!str_has(page, '\0'), "a NUL in the page");
	CHECK(is_utf8(page), "no UTF-8 in the page");
}

static void check_json(struct house *h, str value)
{
	struct err e = { 0 };
	const json_t *cell;
	json_t *root;
	str text, b64;

	if (json_read(h->a, json_of(h), KNOW_FILE_MAX, &root, &e)) {
		CHECK(false, "data.json: %s", e.message);
		return;
	}
	cell = json_array_get(
		json_array_get(
			json_object_get(
				json_array_get(
					json_object_get(root, "tables"), 0),
				"rows"),
			0),
		2);
	text = json_is_string(cell) ? (str){ json_string_value(cell),
		json_string_length(cell) }
				    : STR("");
	b64 = json_text(cell, "base64");
	CHECK(str_eq(text, value) ||
			str_eq(b64, base64_of(h->a, value.p, value.n)),
		"data.json has not exactly \"%.*s\"", STR_ARG(value));
}

static void hostile_values(void)
{
	for (size_t i = 0; i < COUNTOF(hostile); i++) {
		const str values[COLUMNS] = { STR_INIT("1"),
			STR_INIT("m@example.com"), hostile[i] };
		struct know_hits hits;
		struct err e = { 0 };
		struct house h;
		str zip, csv, line;

		open_house(&h);
		add_row(&h, 0, values);
		CHECK(!package(&h, &zip, &hits, &e) && zip.n, "%zu: %s", i,
			e.message);
		check_page(&h, hostile[i]);
		check_json(&h, hostile[i]);
		csv = csv_of(&h, 0);
		CHECK(str_cut(csv, '\n', &line, &csv) &&
				str_eq(line, STR("Id,Email,Note,Ssn,Extra\r")),
			"%.*s", STR_ARG(line));
		line = str_from(csv, strlen("1,m@example.com,"));
		CHECK(!str_has(STR("=+-@\t\r"), line.p[line.p[0] == '"']) ||
				str_eq(hostile[i], STR("")),
			"a formula: %.*s", STR_ARG(line));
		arena_free(h.a);
	}
}

/* A signed number is none, and is not changed for a spreadsheet. */
static void numbers_stay(void)
{
	static const char *const as_they_are[] = { "-5", "+19165550142",
		"-1,234.50" };

	for (size_t i = 0; i < COUNTOF(as_they_are); i++) {
		struct house h;

		open_house(&h);
		add(&h, 0, "1", as_they_are[i], NULL);
		make(&h);
		CHECK(!has(csv_of(&h, 0), "'"), "%s", as_they_are[i]);
		arena_free(h.a);
	}
}

static void long_values(void)
{
	size_t n = 10 << 20;
	struct zip_file files[FILES_MAX];
	struct know_hits hits;
	struct err e = { 0 };
	struct house h;
	char *p;
	str zip;

	open_house(&h);
	p = arena_alloc(h.a, KNOW_VALUES_MAX + 1);
	memset(p, 'x', KNOW_VALUES_MAX + 1);
	add_row(&h, 0,
		(const str[COLUMNS]){
			STR_INIT("1"), STR_INIT("m@example.com"), { p, n } });
	CHECK(!package(&h, &zip, &hits, &e) && zip.n, "10 MiB: %s", e.message);
	unpack(&h, zip, files, &n);
	CHECK(files[0].bytes.n > 10 << 20, "all of it in the CSV: %zu",
		files[0].bytes.n);
	CHECK(has(files[1].bytes, "<summary>Long text, 10485760 bytes"),
		"folded on the page");
	add_row(&h, 0,
		(const str[COLUMNS]){ STR_INIT("2"), STR_INIT("m@example.com"),
			{ p, KNOW_VALUES_MAX } });
	make(&h);
	CHECK(h.k.tables.at[0].is_apart && h.k.bytes <= KNOW_VALUES_MAX,
		"more than is held: the table is set apart");
	arena_free(h.a);
}

/* --- tables that are read row by row --- */

enum { MANY = 3000, KEPT = 20 };

/* MANY rows of the first table, of which KEPT are held; or all are. */
struct many {
	struct house *h;
	const char *note; /* of the last one */
	bool breaks;
};

static int read_many(void *ctx, const struct know_table *t, find_rest_fn *fn,
	void *fn_ctx, struct err *e)
{
	const struct many *m = ctx;
	const struct found_table *from = &m->h->finding.tables[0];

	CHECK(t->map == from->table, "asked for the table set apart alone");
	for (size_t i = 0; i < from->n + from->rest.n; i++) {
		struct arena *a = arena_new(1 << 16);
		bool is_last = i + 1 == from->n + from->rest.n;
		str id = arena_fmt(a, "%zu", i + 1);
		struct cell cells[COLUMNS] = { cell_text(id),
			cell_text(STR("m@example.com")),
			cell_text(is_last && m->note ? str_of(m->note)
						     : STR("a, \"b\"")),
			cell_text(STR("123-45-6789")) };
		int rc = fn(
			fn_ctx, i < from->n ? &from->rows[i] : NULL, cells, e);

		arena_free(a);
		if (rc)
			return -1;
	}
	return m->breaks ? err_set(e, ERR_CONFLICT, "other rows") : 0;
}

static void open_many(struct house *h)
{
	struct found_table *t;

	open_house(h);
	t = &h->finding.tables[0];
	t->rows = arena_many(h->a, struct found_row, KEPT);
	for (int i = 0; i < KEPT; i++)
		add(h, 0, arena_fmt(h->a, "%d%c", i + 1, '\0').p, "a, \"b\"",
			"123-45-6789");
	t->rest.n = MANY - KEPT;
	t->rest.has_value = arena_many(h->a, bool, COLUMNS);
	h->finding.rows_n = MANY;
}

static int package_many(
	struct many *m, str *zip, struct know_hits *hits, struct err *e)
{
	struct know_source from = { read_many, m };
	struct kept_zip *kept = arena_one(m->h->a, struct kept_zip);
	struct know_store store = kept_in(m->h->a, kept);

	make(m->h);
	*zip = STR("");
	if (know_package(m->h->a, &m->h->k, &from, &store, hits, e))
		return -1;
	*zip = buf_str(&kept->b);
	hand_on(m->h, *zip);
	return 0;
}

static void many_rows(void)
{
	struct zip_file files[FILES_MAX];
	struct house h;
	struct many m = { .h = &h };
	struct know_hits hits;
	struct err e = { 0 };
	size_t n = 0;
	str zip;

	open_many(&h);
	CHECK(!package_many(&m, &zip, &hits, &e) && !hits.n, "%s", e.message);
	unpack(&h, zip, files, &n);
	CHECK(n == 4 && str_eq(files[0].name, STR("tables/leads-person.csv")) &&
			str_eq(files[1].name, STR("tables/leads-person.jsonl")),
		"two files of its own: %zu", n);
	CHECK(count(files[0].bytes, "\r\n") == MANY + 1 &&
			count(files[1].bytes, "\n") == MANY,
		"every row, and the head of the CSV");
	CHECK(str_ends(files[1].bytes,
		      STR("[\"3000\",\"m@example.com\",\"a, \\\"b\\\"\","
			  "{\"held\":true},null]\n")),
		"as data.json writes a row: %.*s",
		STR_ARG(str_from(files[1].bytes, files[1].bytes.n - 80)));
	CHECK(has(files[2].bytes,
		      "These are the first 20 of 3,000 records. The ZIP "
		      "has all of them, in the file <span "
		      "class=\"kn-file\">tables/leads-person.csv</span>.") &&
			has(files[2].bytes, "We found 3,000 records"),
		"the letter says where the others are");
	CHECK(has(files[3].bytes, "\"rows_file\":\"tables/leads-person.jsonl\","
				  "\"rows_n\":3000,\"rows\":[]"),
		"and so does data.json");
	for (size_t i = 0; i < n; i++)
		CHECK(!has(files[i].bytes, "123-45-6789"),
			"11 CCR 7024(d): held, in %.*s",
			STR_ARG(files[i].name));
	arena_free(h.a);
}

/* The second check sees what no one has held in memory. */
static void many_rows_with_a_card(void)
{
	struct house h;
	struct many m = { .h = &h, .note = "4111 1111 1111 1111" };
	struct know_hits hits;
	struct err e = { 0 };
	str zip;

	open_many(&h);
	CHECK(!package_many(&m, &zip, &hits, &e) && hits.n == 1 &&
			str_eq(hits.at[0].of, STR("leads.person.note")) &&
			str_eq(hits.at[0].file, STR("tables/leads-person.csv")),
		"the last of 3,000 rows: %zu hits", hits.n);
	arena_free(h.a);
	m = (struct many){ .h = &h, .breaks = true };
	open_many(&h);
	CHECK(package_many(&m, &zip, &hits, &e) && e.code == ERR_CONFLICT,
		"what is not what was found is not made");
	arena_free(h.a);
}

/* 11 CCR 7024(h): rows that nobody held are asked for their day all the same. */
static void many_rows_of_some_days(void)
{
	struct zip_file files[FILES_MAX];
	struct house h;
	struct many m = { .h = &h, .note = "2026-03-05" };
	struct know_hits hits;
	struct err e = { 0 };
	size_t n = 0;
	str zip;

	open_many(&h);
	h.of.range = (struct know_range){ { 2025, 1, 1 }, { 2025, 12, 31 } };
	CHECK(!package_many(&m, &zip, &hits, &e), "%s", e.message);
	unpack(&h, zip, files, &n);
	CHECK(count(files[0].bytes, "\r\n") == MANY &&
			!has(files[0].bytes, "2026-03-05"),
		"all but the one of another year");
	CHECK(has(files[2].bytes,
		      "1 record in Lead exchange, People is from other days"),
		"which is counted");
	arena_free(h.a);
}

/* Staff left a column out: in rows that they did not see as well. */
static void many_rows_marked(void)
{
	struct know_mark mark = { .system = STR("leads"),
		.table = STR("person"),
		.column = STR("note") };
	struct zip_file files[FILES_MAX];
	struct house h;
	struct many m = { .h = &h };
	struct know_hits hits;
	struct err e = { 0 };
	size_t n = 0;
	str zip;

	open_many(&h);
	h.in.marks = &mark;
	h.in.marks_n = 1;
	CHECK(!package_many(&m, &zip, &hits, &e), "%s", e.message);
	unpack(&h, zip, files, &n);
	CHECK(count(files[0].bytes, "(left out)") == MANY &&
			!has(files[1].bytes, "a, "),
		"nothing of it is given");
	arena_free(h.a);
}

/* Only whole values leave: the beginning of one is no answer. */
static void cut_values(void)
{
	struct know_hits hits;
	struct err e = { 0 };
	struct house h;
	str zip;

	open_house(&h);
	add(&h, 0, "1", "the beginning", NULL)->cells[2].is_cut = true;
	CHECK(package(&h, &zip, &hits, &e) && e.code == ERR_INVALID && !zip.n,
		"made of a part");
	arena_free(h.a);
}

/* --- files --- */

static void names_of_files(void)
{
	struct house h;

	open_house(&h);
	add(&h, 0, "1", "x", NULL);
	add(&h, 1, "1", "x", NULL);
	add(&h, 2, "1", "x", NULL);
	make(&h);
	CHECK(str_eq(h.k.tables.at[0].file, STR("leads-person")), "%.*s",
		STR_ARG(h.k.tables.at[0].file));
	CHECK(str_eq(h.k.tables.at[1].file, STR("leads-a-b-c")),
		"no quote, no way up: %.*s", STR_ARG(h.k.tables.at[1].file));
	CHECK(str_eq(h.k.tables.at[2].file, STR("leads-a-b-c-2")),
		"not the same again: %.*s", STR_ARG(h.k.tables.at[2].file));
	arena_free(h.a);
}

static void stock_unzip(void)
{
	char dir[] = "/tmp/t_know.XXXXXX";
	char command[256];
	struct know_hits hits;
	struct err e = { 0 };
	struct house h;
	const char *path;
	str zip, page = { 0 };

	open_house(&h);
	for (size_t i = 0; i < COUNTOF(hostile) && i < 8; i++)
		add_row(&h, 1,
			(const str[COLUMNS]){ STR_INIT("1"),
				STR_INIT("m@example.com"), hostile[i] });
	CHECK(!package(&h, &zip, &hits, &e), "%s", e.message);
	CHECK(mkdtemp(dir), "a folder");
	path = path_join(h.a, dir, "package.zip");
	CHECK(!file_replace(path, zip, 0600, &e), "%s", e.message);
	snprintf(command, sizeof command, "unzip -q %s -d %s/out", path, dir);
	CHECK(!system(command), "unzip does not open it");
	CHECK(!file_read(h.a, path_join(h.a, dir, "out/index.html"),
		      KNOW_FILE_MAX, &page, &e) &&
			str_eq(page, page_of(&h)),
		"the page comes out as it went in");
	CHECK(file_exists(path_join(h.a, dir, "out/tables/leads-a-b-c.csv")),
		"and the table");
	snprintf(command, sizeof command, "rm -r %s", dir);
	CHECK(!system(command), "tidied");
	arena_free(h.a);
}

/* The one script is named by its hash: no other one runs. */
static void the_script(void)
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	struct house h;
	str page, script, rest, want;

	open_house(&h);
	make(&h);
	page = page_of(&h);
	rest = str_from(page, (size_t)str_find(page, STR("<script>")) + 8);
	script = str_head(rest, (size_t)str_find(rest, STR("</script>")));
	crypto_hash_sha256(sum, (const unsigned char *)script.p, script.n);
	want = arena_fmt(h.a, "script-src 'sha256-%.*s'",
		STR_ARG(base64_of(h.a, sum, sizeof sum)));
	CHECK(str_find(page, want) >= 0, "the policy should say %.*s",
		STR_ARG(want));
	arena_free(h.a);
}

/* --- languages --- */

static const struct {
	const char *name;
	const char *en;
	const char *es;
} word_rows[] = {
#define KNOW_WORD(name, en, es) { #name, en, es },
#include "know/tbl/words.h"
};

/* 11 CCR 7024(h): who asked for certain dates gets these, with both ends, and what has
 * no day at all. */
static void certain_dates(void)
{
	static const char *const notes[] = { "2024-03-04", "2024-03-05",
		"2024-03-09 18:00:00", "2024-03-10", "some day" };
	const struct know_batch batches[] = {
		{ STR_INIT("mail"), STR_INIT("MailHarbor"),
			STR_INIT("service_provider"), STR_INIT("Letters"),
			{ 2024, 3, 1 } },
		{ STR_INIT("mail"), STR_INIT("MailHarbor"),
			STR_INIT("service_provider"), STR_INIT("Letters"),
			{ 2024, 3, 9 } },
	};
	struct house h;
	str page, json;

	open_house(&h);
	for (size_t i = 0; i < COUNTOF(notes); i++)
		add(&h, 0, arena_fmt(h.a, "%zu%c", i, 0).p, notes[i],
			i ? NULL : "123-45-6789");
	add(&h, 1, "6", "a table without a day", NULL);
	h.in.batches = batches;
	h.in.batches_n = COUNTOF(batches);
	h.of.range = (struct know_range){ { 2024, 3, 5 }, { 2024, 3, 9 } };
	make(&h);
	page = page_of(&h);
	json = json_of(&h);
	CHECK(h.k.rows == 4 && h.k.is_whole,
		"two of the days, two without a day; nothing was kept back");
	CHECK(!has(json, "2024-03-04") && !has(json, "2024-03-10") &&
			has(json, "2024-03-09 18:00:00") &&
			has(json, "some day"),
		"the first and the last day are in it");
	CHECK(has(page, "You asked for what we collected from March 5, 2024 "
			"to March 9, 2024."),
		"it says for which days");
	CHECK(has(page, "2 records in Lead exchange, People are from other "
			"days than you asked for."),
		"and that there is more");
	CHECK(has(page, "Records in Lead exchange, People do not say when"),
		"and what says no day");
	CHECK(has(json, "\"other_days\":2,\"without_day\":1") &&
			has(json, "\"from\":\"2024-03-05\""),
		"for programs, too");
	CHECK(!h.k.held.n, "a number held since another day was not asked for");
	CHECK(h.k.gave.batches.n + h.k.sold.batches.n == 1,
		"nor was a list of another day");
	arena_free(h.a);
}

/* 11 CCR 7024(c): what was not searched is said, with the kinds it may hold. */
static void exempt(void)
{
	struct house h;
	str page;

	open_house(&h);
	add(&h, 0, "7", "likes boats", NULL);
	make(&h);
	CHECK(!has(page_of(&h), "We did not search"), "everything was");
	h.map.systems[0].is_exempt = true;
	make(&h);
	page = page_of(&h);
	CHECK(has(page, "We did not search Lead exchange") &&
			has(page, "Identifiers; Inferences"),
		"named, with its kinds");
	arena_free(h.a);
}

static void spanish(void)
{
	struct house h;
	str page;

	for (size_t i = 0; i < COUNTOF(word_rows); i++) {
		str en = str_of(word_rows[i].en), es = str_of(word_rows[i].es);

		CHECK(es.n && !str_eq(en, es), "%s is not translated",
			word_rows[i].name);
		CHECK(has(en, "{1}") == has(es, "{1}") &&
				has(en, "{2}") == has(es, "{2}"),
			"%s fills in other things", word_rows[i].name);
	}
	open_house(&h);
	h.of.language = KNOW_ES;
	add(&h, 0, "7", "likes boats", "123-45-6789");
	make(&h);
	page = page_of(&h);
	CHECK(has(page, "<html lang=\"es\">"), "its language");
	CHECK(has(page, "El 2 de noviembre de 2026 nos preguntó"), "the date");
	CHECK(has(page, "Tenemos su número de Seguro Social."), "what is held");
	CHECK(has(page, "Inferencias. Dado a: AdNet."), "the law's categories");
	arena_free(h.a);
}

int main(void)
{
	the_letter();
	two_lists();
	nothing_at_all();
	categories_only();
	by_mark();
	by_scan();
	titles_that_look();
	cleared_columns();
	a_writer_that_forgets();
	marks();
	hostile_values();
	numbers_stay();
	long_values();
	cut_values();
	names_of_files();
	many_rows();
	many_rows_with_a_card();
	many_rows_of_some_days();
	many_rows_marked();
	stock_unzip();
	the_script();
	certain_dates();
	exempt();
	spanish();
	return CHECK_DONE();
}
