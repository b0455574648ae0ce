/*
 * What somebody typed, held against the rows that were found (11 CCR 7062; rows V-03,
 * V-07 to V-09): another spelling is a match, another person's row is none, and only
 * columns that the map relies on count.
 */
#include "connect/point.h"

#include <stdlib.h>

#include "base/base.h"
#include "check.h"

static struct arena *arena;

/* One table, with what `marks` says of each column. */
static struct map_system *read_system(const char *columns, struct map *m)
{
	struct map_problems ps = { .n = 0 };
	str text = arena_fmt(arena,
		"version: 1\n"
		"systems:\n"
		"  - name: crm\n"
		"    connector: sqlite\n"
		"    database: crm\n"
		"    tables:\n"
		"      - name: person\n"
		"        key: id\n"
		"        columns: [ { name: mail, identifies: email }, %s ]\n"
		"        erase: delete\n",
		columns);

	if (map_parse(arena, text, STR("."), m, &ps)) {
		CHECK(false, "line %d: %.*s", ps.at[0].line,
			STR_ARG(ps.at[0].text));
		exit(1);
	}
	return &m->systems[0];
}

enum { CELLS = 4 };

/* cells: as text, in the order of the columns, NULL where there is none. */
static struct finding row_of(
	const struct map_system *s, const char *const cells[CELLS], bool shared)
{
	struct finding f = { .system = s, .rows_n = 1 };
	struct found_row *row = arena_one(arena, struct found_row);

	f.tables = arena_one(arena, struct found_table);
	f.tables[0] = (struct found_table){
		.table = &s->tables[0], .rows = row, .n = 1
	};
	row->is_shared = shared;
	row->cells = arena_many(arena, struct cell, CELLS + 4);
	for (size_t i = 0; i < CELLS && cells[i]; i++)
		row->cells[i] = *cells[i] == 0
					? (struct cell){ .type = CELL_NULL }
					: cell_text(str_of(cells[i]));
	return f;
}

#define ONE(column) "{ name: a, " column ", reliable: true }"
#define TWO(a, b)                 \
	"{ name: a, verifies: " a \
	", reliable: true }, { name: b, verifies: " b ", reliable: true }"

static const struct {
	const char *why;
	const char *columns;
	const char *cells[CELLS]; /* from the second column on */
	enum point point;
	const char *typed;
	bool is_match;
	bool is_miss;
} rows[] = {
	{ "the same ZIP code", ONE("verifies: zip"), { "94607" }, POINT_ZIP,
		"94607", true, false },
	{ "with the four digits more on one side", ONE("verifies: zip"),
		{ "94607-1234" }, POINT_ZIP, "94607", true, false },
	{ "kept as a number, without its zero", ONE("verifies: zip"),
		{ "7102" }, POINT_ZIP, "07102", true, false },
	{ "another one", ONE("verifies: zip"), { "94608" }, POINT_ZIP, "94607",
		false, true },
	{ "nothing is held: neither a match nor a miss", ONE("verifies: zip"),
		{ "" }, POINT_ZIP, "94607", false, false },
	{ "nothing was typed", ONE("verifies: zip"), { "94607" }, POINT_ZIP, "",
		false, false },
	{ "a number in another spelling", ONE("identifies: phone"),
		{ "+1 510 555 0177" }, POINT_PHONE, "(510) 555-0177", true,
		false },
	{ "another number", ONE("identifies: phone"), { "5105550178" },
		POINT_PHONE, "510-555-0177", false, true },
	{ "a day in another order", ONE("verifies: birth_date"),
		{ "3/15/1984" }, POINT_BIRTH_DATE, "1984-03-15", true, false },
	{ "another day", ONE("verifies: birth_date"), { "1984-03-16" },
		POINT_BIRTH_DATE, "1984-03-15", false, true },
	{ "a street, shortened", ONE("verifies: street"), { "12 Elm St." },
		POINT_STREET, "12 elm street", true, false },
	{ "the next house", ONE("verifies: street"), { "14 Elm St" },
		POINT_STREET, "12 Elm St", false, true },
	{ "a name", ONE("verifies: name"), { "Luis Medina" }, POINT_NAME,
		"luis medina", true, false },
	{ "the family name first", ONE("verifies: name"), { "MEDINA, LUIS" },
		POINT_NAME, "Luis Medina", true, false },
	{ "with accents on one side", ONE("verifies: name"), { "José Núñez" },
		POINT_NAME, "Jose Nunez", true, false },
	{ "with a middle name on one side", ONE("verifies: name"),
		{ "Luis Alberto Medina" }, POINT_NAME, "Luis Medina", true,
		false },
	{ "a first name is everybody's", ONE("verifies: name"),
		{ "Luis Medina" }, POINT_NAME, "Luis", false, true },
	{ "a brother's", ONE("verifies: name"), { "Carlos Medina" }, POINT_NAME,
		"Luis Medina", false, true },
	{ "in two columns", TWO("first_name", "last_name"),
		{ "Luis", "Medina" }, POINT_NAME, "Luis Medina", true, false },
	{ "in two columns, another one's", TWO("first_name", "last_name"),
		{ "Carlos", "Medina" }, POINT_NAME, "Luis Medina", false,
		true },
	{ "two words typed, one known: it is no name", ONE("verifies: name"),
		{ "Medina" }, POINT_NAME, "Luis Medina", false, true },
};

static void each_point(void)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const char *cells[CELLS] = { "l@x.example", rows[i].cells[0],
			rows[i].cells[1] };
		struct points_typed typed = { 0 };
		struct points_seen seen;
		struct finding f;
		struct map m;

		f = row_of(read_system(rows[i].columns, &m), cells, false);
		typed.at[rows[i].point].v = str_of(rows[i].typed);
		points_compare(&f, &typed, true, &seen);
		CHECK(!!(seen.matched & 1u << rows[i].point) ==
					rows[i].is_match &&
				!!(seen.missed & 1u << rows[i].point) ==
					rows[i].is_miss,
			"%s: %x, %x", rows[i].why, seen.matched, seen.missed);
		f.tables[0].rows[0].is_shared = true;
		points_compare(&f, &typed, true, &seen);
		CHECK(!seen.matched && !seen.missed,
			"%s: someone else's row as well proves nothing",
			rows[i].why);
	}
}

/* What the map does not rely on is not looked at, unless it relies on nothing. */
static void only_reliable(void)
{
	static const char *const cells[CELLS] = { "l@x.example", "94607",
		"Luis Medina" };
	struct points_typed
		typed = { .at = {
				  [POINT_EMAIL] = { STR_INIT("L@x.example") },
				  [POINT_ZIP] = { STR_INIT("94607") },
				  [POINT_NAME] = { STR_INIT("Luis Medina") },
			  } };
	struct points_seen seen;
	struct finding f;
	struct map m;

	f = row_of(read_system("{ name: zip, verifies: zip }, { name: n, "
			       "verifies: name, reliable: true }",
			   &m),
		cells, false);
	CHECK(map_points(&m) == POINT_BIT(NAME), "%x", map_points(&m));
	points_compare(&f, &typed, true, &seen);
	CHECK(seen.matched == POINT_BIT(NAME) && !seen.missed, "%x, %x",
		seen.matched, seen.missed);
	typed.proven = POINT_BIT(EMAIL);
	points_compare(&f, &typed, true, &seen);
	CHECK(seen.matched == (POINT_BIT(NAME) | POINT_BIT(EMAIL)),
		"what a code proves counts in any column: %x", seen.matched);
	typed.proven = 0;
	f = row_of(read_system("{ name: zip, verifies: zip }, { name: n, "
			       "verifies: name }",
			   &m),
		cells, false);
	CHECK(!map_points(&m), "nothing is relied on");
	points_compare(&f, &typed, false, &seen);
	CHECK(seen.matched == (POINT_BIT(EMAIL) | POINT_BIT(ZIP)),
		"as before there was the word: %x", seen.matched);
}

static const struct {
	const char *why;
	const char *columns;
	const char *cell;
	bool is_sensitive;
} stakes[] = {
	{ "a category of its own (1798.140(ae))", "{ name: a, category: L }",
		"yes", true },
	{ "what is never disclosed", "{ name: a, never_disclose: ssn }",
		"123-45-6789", true },
	{ "a column without a value", "{ name: a, never_disclose: ssn }", "",
		false },
	{ "what everybody's shop has", "{ name: a, category: D }", "shoes",
		false },
};

static void sensitive(void)
{
	for (size_t i = 0; i < COUNTOF(stakes); i++) {
		const char *cells[CELLS] = { "l@x.example", stakes[i].cell };
		struct map m;
		struct finding f = row_of(
			read_system(stakes[i].columns, &m), cells, false);

		CHECK(finding_is_sensitive(&f) == stakes[i].is_sensitive, "%s",
			stakes[i].why);
	}
}

static const struct {
	const char *why;
	const char *columns;
	const char *cell;
	bool is_shared;
	struct date born_on;
} births[] = {
	{ "a day of birth", "{ name: a, verifies: birth_date }", "2016-02-02",
		false, { 2016, 2, 2 } },
	{ "written otherwise, and not relied on",
		"{ name: a, verifies: birth_date }", "2/2/2016", false,
		{ 2016, 2, 2 } },
	{ "somebody else's as well", "{ name: a, verifies: birth_date }",
		"2016-02-02", true, { 0 } },
	{ "that lies ahead", "{ name: a, verifies: birth_date }", "2027-01-01",
		false, { 0 } },
	{ "no day", "{ name: a, verifies: birth_date }", "unknown", false,
		{ 0 } },
	{ "another column", "{ name: a }", "2016-02-02", false, { 0 } },
};

static void born(void)
{
	for (size_t i = 0; i < COUNTOF(births); i++) {
		const char *cells[CELLS] = { "l@x.example", births[i].cell };
		struct map m;
		struct finding f = row_of(read_system(births[i].columns, &m),
			cells, births[i].is_shared);

		CHECK(!date_cmp(finding_born(&f, (struct date){ 2026, 11, 21 }),
			      births[i].born_on),
			"%s", births[i].why);
	}
}

static const struct {
	const char *why;
	const char *column;
	bool is_good;
} marks[] = {
	{ "a phone number", "identifies: phone, reliable: true", true },
	{ "a date of birth", "verifies: birth_date, reliable: true", true },
	{ "what is not relied on", "verifies: zip, reliable: false", true },
	{ "nobody is asked for a device", "identifies: maid, reliable: true",
		false },
	{ "nor for the town alone", "verifies: city, reliable: true", false },
	{ "nor for what nobody said what it is", "reliable: true", false },
};

static void words_of_the_map(void)
{
	for (size_t i = 0; i < COUNTOF(marks); i++) {
		struct map_problems ps = { .n = 0 };
		struct map m;
		str text = arena_fmt(arena,
			"version: 1\nsystems:\n  - name: crm\n"
			"    connector: sqlite\n    database: crm\n"
			"    tables:\n      - name: person\n        key: id\n"
			"        columns:\n"
			"          - { name: mail, identifies: email }\n"
			"          - { name: a, %s }\n"
			"        erase: delete\n",
			marks[i].column);
		int rc = map_parse(arena, text, STR("."), &m, &ps);

		CHECK((rc == 0) == marks[i].is_good, "%s", marks[i].why);
		CHECK(marks[i].is_good ||
				(ps.n == 1 && ps.at[0].line == 11 &&
					str_find(ps.at[0].text,
						STR("reliable")) >= 0),
			"%s: told with its line", marks[i].why);
	}
}

static void names(void)
{
	for (int p = 0; p < POINTS; p++)
		CHECK(*point_code((enum point)p) && *point_title((enum point)p),
			"%d has its words", p);
	CHECK(!strcmp(point_code(POINT_BIRTH_DATE), "birth_date"),
		"codes are in the record");
}

int main(void)
{
	arena = arena_new(1 << 24);
	each_point();
	only_reliable();
	sensitive();
	born();
	words_of_the_map();
	names();
	arena_free(arena);
	return CHECK_DONE();
}
