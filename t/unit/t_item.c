/*
 * What a person found, as rows; and that a system which only a person can look in
 * never answers "nothing there" by itself.
 */
#include "connect/person/item.h"

#include <stdlib.h>

#include "base/base.h"
#include "check.h"

static const char yaml[] = "version: 1\nsystems:\n"
			   "  - name: paper\n    connector: person\n"
			   "    database: archive@x.example\n    tables:\n"
			   "      - { name: leases, erase: delete }\n"
			   "      - { name: bills, erase: delete }\n";

struct house {
	struct arena *a;
	struct map map;
};

static void open_house(struct house *h)
{
	struct map_problems *ps;

	h->a = arena_new(64 << 20);
	ps = arena_one(h->a, struct map_problems);
	CHECK(!map_parse(h->a, STR(yaml), STR("."), &h->map, ps), "%.*s",
		STR_ARG(ps->at[0].text));
}

static void rows(struct house *h)
{
	const str lines[] = { STR_INIT("one\r\n\n two \n"), STR_INIT("") };
	const struct item_file files[] = {
		{ 12, 1, STR_INIT("a b.pdf"), false },
		{ 13, 0, STR_INIT("n.txt"), true },
	};
	struct item_answer said = { lines, files, COUNTOF(files) };
	struct finding f, back;
	struct err e = { 0 };
	struct buf b = buf_in(h->a, FIND_JSON_MAX);

	CHECK(!item_finding(h->a, &h->map.systems[0], &said, &f, &e), "%s",
		e.message);
	CHECK(f.rows_n == 4 && f.tables[0].n == 3 && f.tables[1].n == 1,
		"blank lines are none: %zu", f.rows_n);
	CHECK(str_eq(f.tables[0].rows[1].cells[ITEM_WHAT].v.v, STR("two")),
		"trimmed");
	CHECK(!item_file_of(&f.tables[0].rows[0]) &&
			item_file_of(&f.tables[0].rows[2]) == 13 &&
			item_file_of(&f.tables[1].rows[0]) == 12,
		"which rows are files");
	find_to_json(&b, &f);
	CHECK(!find_from_json(h->a, &h->map.systems[0], buf_str(&b), &back, &e),
		"%s", e.message);
	CHECK(item_file_of(&back.tables[1].rows[0]) == 12 &&
			back.tables[1].rows[0].cells[ITEM_DOCUMENT].is_cut,
		"kept without its bytes");
	item_fill(&back.tables[1].rows[0], STR("\xff\xd8"));
	item_fill(&back.tables[0].rows[2], STR("text"));
	CHECK(back.tables[1].rows[0].cells[ITEM_DOCUMENT].v.v.n == 2 &&
			!back.tables[1].rows[0].cells[ITEM_DOCUMENT].is_cut &&
			str_eq(back.tables[0].rows[2].cells[ITEM_TEXT].v.v,
				STR("text")),
		"and filled again");
}

static void bounds(struct house *h)
{
	struct buf b = buf_in(h->a, 1 << 16);
	str lines[2] = { { 0 } };
	struct item_answer said = { lines, NULL, 0 };
	struct finding f;
	struct err e = { 0 };

	for (int i = 0; i < PERSON_ITEMS_MAX; i++)
		buf_puts(&b, "x\n");
	lines[0] = buf_str(&b);
	CHECK(!item_finding(h->a, &h->map.systems[0], &said, &f, &e) &&
			f.rows_n == PERSON_ITEMS_MAX,
		"as many as may be");
	buf_puts(&b, "x\n");
	lines[0] = buf_str(&b);
	CHECK(item_finding(h->a, &h->map.systems[0], &said, &f, &e) == -1 &&
			e.code == ERR_LIMIT,
		"one more");
}

static void names(struct house *h)
{
	static const struct {
		const char *name;
		const char *file;
		const char *why;
	} cases[] = {
		{ "lease.pdf", "7-lease.pdf", "as it is" },
		{ "Lease of 2019.PDF", "7-Lease-of-2019.PDF", "blanks" },
		{ "../../etc/passwd", "7-etc-passwd", "no way up" },
		{ "a\"b\r\n.pdf", "7-a-b-pdf", "no header is ended" },
		{ "\xc3\xa9t\xc3\xa9.jpg", "7-t-jpg", "letters of here only" },
		{ "..", "7-", "nothing is left, but it is a name" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str got = item_file_name(h->a, 7, str_of(cases[i].name));

		CHECK(str_eq(got, str_of(cases[i].file)), "%s: %.*s",
			cases[i].why, STR_ARG(got));
	}
}

/* The contract's first rule: not asked is "not now", whatever the call. */
static void never_empty(struct house *h)
{
	struct conn_options o = { .mode = CONN_WRITE };
	struct row_query q = { .table = STR("leases"), .is_all = true };
	struct erase_step step = { .table = &h->map.systems[0].tables[0] };
	struct err e = { 0 };
	int64_t n = 1;
	struct conn *c;
	str plan;

	if (conn_open(h->a, &h->map, &h->map.systems[0], &o, &c, &e)) {
		CHECK(0, "%s", e.message);
		return;
	}
	CHECK(conn_rows(c, &q, NULL, NULL, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"rows: %s", e.message);
	CHECK(conn_erase(c, &step, 1, &n, &e) == -1 &&
			e.code == ERR_UNAVAILABLE && !n,
		"erase: %s", e.message);
	CHECK(conn_insert(c, NULL, 0, NULL, NULL, &n, &e) == -1, "insert");
	CHECK(conn_script(c, STR("x"), &e) == -1, "script");
	CHECK(conn_describe(c, NULL, NULL, &e) == -1 && e.code == ERR_INVALID,
		"describe: %s", e.message);
	CHECK(!conn_plan(c, h->a, &q, &plan, &e) &&
			str_find(plan, STR("within 10 days")) > 0,
		"%.*s", STR_ARG(plan));
}

int main(void)
{
	struct house h;

	open_house(&h);
	rows(&h);
	bounds(&h);
	names(&h);
	never_empty(&h);
	arena_free(h.a);
	return CHECK_DONE();
}
