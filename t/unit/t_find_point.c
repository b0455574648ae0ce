/*
 * A search by data points alone: who is found by them, and who must not be.  The first
 * argument names the engine (t/connect/run).
 */
#include "connect/find_point.h"

#include "check.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: first, verifies: first_name, reliable: true }\n"
	"          - { name: last, verifies: last_name, reliable: true }\n"
	"          - { name: street, verifies: street, reliable: true }\n"
	"          - { name: zip, verifies: zip, reliable: true }\n"
	"          - { name: born, verifies: birth_date, reliable: true }\n"
	"          - { name: email, identifies: email }\n"
	"        erase: delete\n"
	"      - name: orders\n"
	"        key: id\n"
	"        columns: [ { name: what } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: visit\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: who, verifies: name }\n"
	"          - { name: zip, verifies: zip }\n"
	"          - { name: phone, identifies: phone }\n"
	"        erase: delete\n";

static const char ddl[] =
	"create table person (id integer primary key, first text, last text,\n"
	"	street text, zip text, born text, email text);\n"
	"create table orders (id integer primary key, what text,\n"
	"	person_id integer);\n"
	"create table visit (id integer primary key, who text, zip text,\n"
	"	phone text);\n";

static const char people[] =
	"insert into person values (1, 'Ellen', 'Tran', '12 Elm Street', "
	"'94607-1234', '1984-03-15', 'ellen@x.example');\n"
	"insert into person values (2, 'Luis', 'Medina', '5 Oak Ave', '94607', "
	"'1960-01-01', 'luis@x.example');\n"
	"insert into person values (3, 'Luis', 'Medina', '5 Oak Avenue', "
	"'94607', '1990-02-02', 'junior@x.example');\n"
	"insert into person values (4, 'Ana', 'Ruiz', '9 Pine St', '94110', "
	"'1970-05-05', 'ana@x.example');\n"
	"insert into person values (5, 'ANA', 'ruiz', '9 pine street', '94110', "
	"'1970-05-05', 'ana.old@x.example');\n"
	"insert into person values (6, 'John Paul', 'Smith', '', '95814', '', "
	"'jp@x.example');\n"
	"insert into person values (7, 'Kim', 'Lee', '', '95814', '', "
	"'kim@x.example');\n"
	"insert into person values (8, 'Ann', 'Lee', '9 Oak St', '94611', "
	"'1980-06-06', 'ann@x.example');\n"
	"insert into person values (9, 'Ann Marie', 'Lee', '9 Oak St', '94611', "
	"'1980-06-06', 'marie@x.example');\n"
	"insert into person values (10, 'Bo', 'Chan', '3 Fir St', '94612', "
	"'1980-06-06', 'bo@x.example');\n"
	"insert into person values (11, 'Bo', 'Chan', '3 Fir St', '94612', "
	"'', 'bo.chan@x.example');\n"
	"insert into person values (12, 'Lee', 'Lee', '', '94613', '', "
	"'lee@x.example');\n"
	"insert into orders values (70, 'a lamp', 1);\n"
	"insert into orders values (71, 'a chair', 2);\n"
	"insert into visit values (80, 'Kim Lee', '95814', '');\n";

static const struct {
	const char *why;
	const char *name, *street, *zip, *born;
	const char *found; /* keys of people */
	unsigned by;       /* enum composite; COMPOSITES: ERR_CONFLICT */
} cases[] = {
	{ "name and address, in any spelling", "TRAN, Ellen", "12 elm st.",
		"94607", "", "1 ", COMPOSITE_NAME_STREET },
	{ "name, day of birth and ZIP code", "Ellen Tran", "", "94607",
		"3/15/1984", "1 ", COMPOSITE_NAME_BORN },
	{ "name and ZIP code, of one person", "Ellen Tran", "", "94607", "",
		"1 ", COMPOSITE_NAME_ZIP },
	{ "what speaks against it outweighs it: another street", "Ellen Tran",
		"14 Elm St", "94607", "", "", COMPOSITE_NAME_STREET },
	{ "another day of birth", "Ellen Tran", "12 Elm St", "94607",
		"1984-03-16", "", COMPOSITE_NAME_STREET },
	{ "another ZIP code", "Ellen Tran", "", "94608", "", "",
		COMPOSITE_NAME_ZIP },
	{ "name and ZIP code of two are nobody's", "Luis Medina", "", "94607",
		"", "", COMPOSITES },
	{ "and father and son in one house are not told apart", "Luis Medina",
		"5 Oak Ave", "94607", "", "", COMPOSITES },
	{ "but by their day of birth", "Luis Medina", "5 Oak Ave", "94607",
		"1990-02-02", "3 ", COMPOSITE_NAME_STREET },
	{ "two rows of one person, born on one day", "Ana Ruiz", "9 Pine St",
		"94110", "", "4 5 ", COMPOSITE_NAME_STREET },
	{ "by name and ZIP code these are two", "Ana Ruiz", "", "94110", "", "",
		COMPOSITES },
	{ "the whole name, where it is all there is", "John Smith", "", "95814",
		"", "", COMPOSITE_NAME_ZIP },
	{ "and then it is enough", "John Paul Smith", "", "95814", "", "6 ",
		COMPOSITE_NAME_ZIP },
	{ "mother and daughter in one house, of whom she is one", "Ann Lee",
		"9 Oak St", "94611", "", "", COMPOSITES },
	{ "nor are they one for being born on one day", "Ann Lee", "", "94611",
		"1980-06-06", "", COMPOSITES },
	{ "the longer name is the daughter's alone, or the mother's in full",
		"Ann Marie Lee", "9 Oak St", "94611", "", "", COMPOSITES },
	{ "father and son, of one of whom no day of birth is known", "Bo Chan",
		"3 Fir St", "94612", "", "", COMPOSITES },
	{ "which a day that was typed does not tell either", "Bo Chan",
		"3 Fir St", "94612", "1980-06-06", "", COMPOSITES },
	{ "a name of one word twice is not one of two words", "Lee Ann", "",
		"94613", "", "", COMPOSITE_NAME_ZIP },
	{ "but it is somebody's", "Lee Lee", "", "94613", "", "12 ",
		COMPOSITE_NAME_ZIP },
	{ "what is not reliable leads nowhere", "Kim Lee", "", "95814", "",
		"7 ", COMPOSITE_NAME_ZIP },
	{ "a first name and a ZIP code are everybody's", "Ellen", "", "94607",
		"", "", COMPOSITE_NAME_ZIP },
};

static struct points_typed typed_of(size_t i)
{
	return (struct points_typed){
		.at = { [POINT_NAME].v = str_of(cases[i].name),
			[POINT_STREET].v = str_of(cases[i].street),
			[POINT_ZIP].v = str_of(cases[i].zip),
			[POINT_BIRTH_DATE].v = str_of(cases[i].born) },
	};
}

static str keys_of(struct arena *a, const struct finding *f)
{
	struct buf b = buf_in(a, 1 << 12);

	for (size_t i = 0; i < f->tables[0].n; i++)
		buf_fmt(&b, "%.*s ", STR_ARG(f->tables[0].rows[i].key.v.v));
	return buf_str(&b);
}

static void each_case(struct fixture *f)
{
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct points_typed typed = typed_of(i);
		struct point_starts starts;
		struct find_options o = { 0 };
		struct finding found;
		struct err e = { 0 };
		int rc = find_by_points(f->conn, f->a, &typed, &starts, &e);

		if (cases[i].by == COMPOSITES) {
			CHECK(rc == -1 && e.code == ERR_CONFLICT &&
					str_find(str_of(e.message),
						str_of(cases[i].name)) < 0,
				"%s: %s", cases[i].why, e.message);
			continue;
		}
		CHECK(!rc && starts.by == COMPOSITE_BIT(cases[i].by), "%s: %s",
			cases[i].why, e.message);
		o.starts = starts.at;
		o.starts_n = starts.n;
		if (find_person(f->conn, f->a, NULL, 0, &o, &found, &e))
			fixture_die("find", e.message);
		CHECK(str_eq(keys_of(f->a, &found), str_of(cases[i].found)),
			"%s: %.*s", cases[i].why,
			STR_ARG(keys_of(f->a, &found)));
	}
}

/* From the row on it is a search like any other: what belongs to them, and addresses
 * that nobody had typed. */
static void goes_on(struct fixture *f)
{
	struct points_typed typed = typed_of(0);
	struct point_starts starts;
	struct find_options o = { 0 };
	struct finding found;
	struct err e = { 0 };

	if (find_by_points(f->conn, f->a, &typed, &starts, &e))
		fixture_die("points", e.message);
	o.starts = starts.at;
	o.starts_n = starts.n;
	if (find_person(f->conn, f->a, NULL, 0, &o, &found, &e))
		fixture_die("find", e.message);
	CHECK(found.tables[1].n == 1 &&
			str_eq(found.tables[1].rows[0].key.v.v, STR("70")),
		"their order, and nobody else's");
	CHECK(found.idents_n == 1 &&
			str_eq((str){ found.idents[0].text, found.idents[0].n },
				STR("ellen@x.example")),
		"their address is known now");
	CHECK(str_find(found.tables[0].rows[0].path,
		      STR("name, street and ZIP code")) >= 0,
		"and what led there: %.*s",
		STR_ARG(found.tables[0].rows[0].path));
}

static void which_can(struct fixture *f)
{
	struct points_typed name = { .at = { [POINT_NAME].v =
						     STR("Ellen Tran") } };
	struct points_typed zip = typed_of(2);

	CHECK(!find_composites(f->system, &name), "a name alone leads nowhere");
	CHECK(find_composites(f->system, &zip) ==
			COMPOSITE_BIT(COMPOSITE_NAME_ZIP),
		"with a ZIP code it does");
	zip.at[POINT_NAME].v = STR("");
	CHECK(!find_composites(f->system, &zip), "a ZIP code alone does not");
}

/* --- a table that knows no day of birth --- */

static const char guest_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: hotel\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: guest\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: who, verifies: name, reliable: true }\n"
	"          - { name: street, verifies: street, reliable: true }\n"
	"          - { name: zip, verifies: zip, reliable: true }\n"
	"          - { name: email, identifies: email }\n"
	"        erase: delete\n";

static const char guest_ddl[] =
	"create table guest (id integer primary key, who text, street text,\n"
	"	zip text, email text);\n";

static const char guests[] =
	"insert into guest values (1, 'Ann Lee', '9 Oak St', '94611', '');\n"
	"insert into guest values (2, 'Ann Marie Lee', '9 Oak St', '94611', "
	"'');\n"
	"insert into guest values (3, 'Bo Chan', '3 Fir St', '94612', '');\n"
	"insert into guest values (4, 'CHAN, Bo', '3 fir street', '94612', "
	"'');\n"
	"insert into guest values (5, 'Ellen Marie Tran', '12 Elm St', "
	"'94607', '');\n";

static const struct {
	const char *why;
	const char *name, *street, *zip;
	const char *reason; /* of the ERR_CONFLICT; NULL: found */
} guest_cases[] = {
	{ "mother and daughter: both would be deleted as hers", "Ann Lee",
		"9 Oak St", "94611",
		"2 rows of guest have this name, street and ZIP code, but "
		"different names in full" },
	{ "father and son have one name: a person decides", "Bo Chan",
		"3 Fir St", "94612",
		"2 rows of guest have this name, street and ZIP code, and no "
		"date of birth that says they are one person's" },
	{ "one row that has a middle name besides is theirs", "Ellen Tran",
		"12 Elm St", "94607", NULL },
};

static void without_births(void)
{
	struct fixture f = fixture_open(guest_yaml, guest_ddl);

	fixture_script(&f, guests);
	for (size_t i = 0; i < COUNTOF(guest_cases); i++) {
		struct points_typed typed = {
			.at = { [POINT_NAME].v = str_of(guest_cases[i].name),
				[POINT_STREET].v =
					str_of(guest_cases[i].street),
				[POINT_ZIP].v = str_of(guest_cases[i].zip) },
		};
		struct point_starts starts;
		struct err e = { 0 };
		int rc = find_by_points(f.conn, f.a, &typed, &starts, &e);

		if (!guest_cases[i].reason) {
			CHECK(!rc && starts.n == 1 && starts.at[0].n == 1,
				"%s: %s", guest_cases[i].why, e.message);
			continue;
		}
		CHECK(rc == -1 && e.code == ERR_CONFLICT &&
				!strcmp(e.message, guest_cases[i].reason) &&
				strstr(e.hint, "call back"),
			"%s: %s", guest_cases[i].why, rc ? e.message : "found");
	}
	fixture_close(&f);
}

/* --- two tables --- */

static const char two_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: hotel\n    connector: ENGINE\n    database: crm\n"
	"    tables:\n"
	"      - name: guest\n        key: id\n        erase: delete\n"
	"        columns:\n"
	"          - { name: who, verifies: name, reliable: true }\n"
	"          - { name: street, verifies: street, reliable: true }\n"
	"          - { name: zip, verifies: zip, reliable: true }\n"
	"          - { name: born, verifies: birth_date, reliable: true }\n"
	"          - { name: email, identifies: email }\n"
	"      - name: member\n        key: id\n        erase: delete\n"
	"        columns:\n"
	"          - { name: who, verifies: name, reliable: true }\n"
	"          - { name: street, verifies: street, reliable: true }\n"
	"          - { name: zip, verifies: zip, reliable: true }\n"
	"          - { name: born, verifies: birth_date, reliable: true }\n"
	"          - { name: email, identifies: email }\n";

static const char two_ddl[] =
	"create table guest (id integer primary key, who text, street text,\n"
	"	zip text, born text, email text);\n"
	"create table member (id integer primary key, who text, street text,\n"
	"	zip text, born text, email text);\n";

static const char both[] =
	"insert into guest values (1, 'Ann Lee', '9 Oak St', '94611', "
	"'1950-01-01', '');\n"
	"insert into member values (1, 'Ann Lee', '9 Oak St', '94611', "
	"'1980-06-06', '');\n"
	"insert into guest values (2, 'Bo Chan', '3 Fir St', '94612', "
	"'1980-06-06', '');\n"
	"insert into member values (2, 'Bo Chan', '3 Fir St', '94612', "
	"'6/6/1980', '');\n"
	"insert into guest values (3, 'Luis Ruiz', '5 Elm St', '94613', "
	"'1980-06-06', '');\n"
	"insert into member values (3, 'Luis Ruiz', '5 Elm St', '94613', '', "
	"'');\n";

static void in_two_tables(void)
{
	static const struct {
		const char *name, *street, *zip, *born;
		size_t tables; /* 0: ERR_CONFLICT */
		const char *why;
	} each[] = {
		{ "Ann Lee", "9 Oak St", "94611", "", 0,
			"mother and daughter, each alone in her table" },
		{ "Ann Lee", "9 Oak St", "94611", "1950-01-01", 1,
			"told apart by the day that was typed" },
		{ "Bo Chan", "3 Fir St", "94612", "", 2,
			"one person in both, the day written otherwise" },
		{ "Luis Ruiz", "5 Elm St", "94613", "", 2,
			"a table that does not know the day says nothing" },
	};
	struct fixture f = fixture_open(two_yaml, two_ddl);

	fixture_script(&f, both);
	for (size_t i = 0; i < COUNTOF(each); i++) {
		struct points_typed typed = {
			.at = { [POINT_NAME].v = str_of(each[i].name),
				[POINT_STREET].v = str_of(each[i].street),
				[POINT_ZIP].v = str_of(each[i].zip),
				[POINT_BIRTH_DATE].v = str_of(each[i].born) },
		};
		struct point_starts starts;
		struct err e = { 0 };
		int rc = find_by_points(f.conn, f.a, &typed, &starts, &e);

		if (each[i].tables)
			CHECK(!rc && starts.n == each[i].tables, "%s: %s",
				each[i].why, e.message);
		else
			CHECK(rc == -1 && e.code == ERR_CONFLICT, "%s: %s",
				each[i].why, rc ? e.message : "found");
	}
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	struct fixture f;

	fixture_arguments(argc, argv);
	f = fixture_open(yaml, ddl);
	fixture_script(&f, people);
	which_can(&f);
	each_case(&f);
	goes_on(&f);
	fixture_close(&f);
	without_births();
	in_two_tables();
	return CHECK_DONE();
}
