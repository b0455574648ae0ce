/*
 * The data map held against the systems that there are.  The first argument names the
 * engine (t/connect/run); without one, SQLite and files.
 */
#include "connect/fit.h"

#include "base/file.h"
#include "check.h"
#include "t/connect/fixture.h"

#define TABLE(name, key, columns)                        \
	"      - name: " name "\n        key: " key "\n" \
	"        columns: [ " columns " ]\n        erase: delete\n"
#define EMAIL "{ name: email, identifies: email }"

static const char yaml[] =
	"version: 1\nsystems:\n  - name: crm\n    connector: ENGINE\n"
	"    database: crm\n    tables:\n" TABLE("person", "id", EMAIL)
		TABLE("visit", "id", EMAIL ", { name: rferrer }")
			TABLE("gone", "id", EMAIL) TABLE("pair", "a", EMAIL)
				TABLE("code", "number", EMAIL);

static const char ddl[] =
	"create table person (id integer primary key, email varchar(80));\n"
	"create table visit (id integer primary key, email varchar(80),\n"
	"	referrer varchar(80));\n"
	"create table pair (a integer not null, b integer not null,\n"
	"	email varchar(80), primary key (a, b));\n"
	"create table code (id integer primary key, number integer,\n"
	"	email varchar(80));\n";

static bool has(
	const struct err *all, size_t n, const char *message, const char *hint)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(all[i].message, message) &&
			strstr(all[i].hint, hint))
			return true;
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "%s; %s\n", all[i].message, all[i].hint);
	return false;
}

static void databases(void)
{
	struct fixture f = fixture_open(yaml, ddl);
	struct err e = { 0 };
	struct fit fit;

	CHECK(!fit_of(f.conn, f.a, &fit, &e), "%s", e.message);
	CHECK(fit.mistakes_n == 2, "%zu mistakes", fit.mistakes_n);
	CHECK(has(fit.mistakes, fit.mistakes_n,
		      "system \"crm\": table \"visit\": ", ""),
		"a column");
	/* Whether it is in the message or in the hint is the engine's. */
	CHECK(has(fit.mistakes, fit.mistakes_n, "\"visit\"", "rferrer") ||
			has(fit.mistakes, fit.mistakes_n, "rferrer", ""),
		"which one");
	CHECK(has(fit.mistakes, fit.mistakes_n,
		      "system \"crm\": table \"gone\": ", ""),
		"a table");
	CHECK(fit.doubts_n == 2, "%zu doubts", fit.doubts_n);
	CHECK(has(fit.doubts, fit.doubts_n,
		      "table \"pair\": the key \"a\" is not its primary key",
		      "name [a, b] in the data map"),
		"a key of two columns");
	CHECK(has(fit.doubts, fit.doubts_n,
		      "table \"code\": the key \"number\" is not its primary "
		      "key",
		      "name \"id\" in the data map"),
		"a key that is another");
	fixture_close(&f);
}

/* What is kept can't refer to what goes, where the database looks at it. */
static void kept_behind(void)
{
	static const char map[] =
		"version: 1\nsystems:\n  - name: crm\n    connector: ENGINE\n"
		"    database: crm\n    tables:\n"
		"      - name: owner\n        key: id\n"
		"        columns: [ " EMAIL " ]\n        erase: delete\n"
		"      - name: invoice\n        key: id\n"
		"        links: [ { column: owner_id, to: owner.id } ]\n"
		"        erase: keep\n        exception: DX8\n"
		"        purpose: Tax\n"
		"      - name: bill\n        key: id\n"
		"        columns: [ { name: owner_id, erase: \"null\" } ]\n"
		"        links: [ { column: owner_id, to: owner.id } ]\n"
		"        erase: keep\n        exception: DX8\n"
		"        purpose: Tax\n"
		"      - name: receipt\n        key: id\n"
		"        links: [ { column: owner_id, to: owner.id } ]\n"
		"        erase: keep\n        exception: DX8\n"
		"        purpose: Tax\n";
	struct fixture f = fixture_open(map,
		"create table owner (id integer primary key,\n"
		"	email varchar(80));\n"
		"create table invoice (id integer primary key,\n"
		"	owner_id integer, foreign key (owner_id)\n"
		"	references owner (id));\n"
		"create table bill (id integer primary key,\n"
		"	owner_id integer, foreign key (owner_id)\n"
		"	references owner (id));\n"
		"create table receipt (id integer primary key,\n"
		"	owner_id integer);\n");
	struct err e = { 0 };
	struct fit fit;

	CHECK(!fit_of(f.conn, f.a, &fit, &e) && !fit.mistakes_n, "%s",
		e.message);
	CHECK(fit.doubts_n == 1 &&
			has(fit.doubts, fit.doubts_n,
				"table \"invoice\" is kept, and a foreign key "
				"ties its rows to \"owner\"",
				"the column \"owner_id\" an \"erase\""),
		"%zu doubts", fit.doubts_n);
	fixture_close(&f);
}

/* A link by one column of a foreign key of several finds what others own. */
static void parts_of_keys(void)
{
	static const char map[] =
		"version: 1\nsystems:\n  - name: crm\n    connector: ENGINE\n"
		"    database: crm\n    tables:\n"
		"      - name: owner\n        key: [tenant, id]\n"
		"        columns: [ " EMAIL ", { name: code } ]\n"
		"        erase: delete\n"
		"      - name: part\n        key: id\n"
		"        links: [ { column: owner_code, to: owner.code } ]\n"
		"        erase: delete\n"
		"      - name: whole\n        key: id\n"
		"        links: [ { column: [tenant, owner_code],\n"
		"          to: [owner.tenant, owner.code] } ]\n"
		"        erase: delete\n"
		"      - name: turned\n        key: [b, a]\n"
		"        columns: [ " EMAIL " ]\n        erase: delete\n";
	struct fixture f = fixture_open(map,
		"create table owner (tenant integer not null,\n"
		"	id integer not null, code integer not null,\n"
		"	email varchar(80), primary key (tenant, id),\n"
		"	unique (tenant, code));\n"
		"create table part (id integer primary key, tenant integer,\n"
		"	owner_code integer, foreign key (tenant, owner_code)\n"
		"	references owner (tenant, code));\n"
		"create table whole (id integer primary key, tenant integer,\n"
		"	owner_code integer, foreign key (tenant, owner_code)\n"
		"	references owner (tenant, code));\n"
		"create table turned (a integer not null, b integer not null,\n"
		"	email varchar(80), primary key (a, b));\n");
	struct err e = { 0 };
	struct fit fit;

	CHECK(!fit_of(f.conn, f.a, &fit, &e), "%s", e.message);
	CHECK(!fit.mistakes_n, "%zu mistakes", fit.mistakes_n);
	CHECK(fit.doubts_n == 1 &&
			has(fit.doubts, fit.doubts_n,
				"table \"part\": the link to owner.code is only "
				"a part of a foreign key",
				"{ column: [tenant, owner_code], to: "
				"[owner.tenant, owner.code] }"),
		"%zu doubts", fit.doubts_n);
	fixture_close(&f);
}

/* What columns demand, against what the map would have them hold. */
static void ways_of_erasing(void)
{
	static const char ways[] =
		"version: 1\nsystems:\n  - name: crm\n    connector: ENGINE\n"
		"    database: crm\n    tables:\n"
		"      - name: visit\n        key: id\n"
		"        columns: [ { name: email, identifies: email, erase: \"null\" },\n"
		"          { name: login, erase: mask }, { name: mood, erase: hash },\n"
		"          { name: page, erase: hash } ]\n"
		"        erase: deidentify\n" TABLE("code", "number", EMAIL);
	struct fixture f = fixture_open(ways,
		fixture_is_mariadb()
			? "create table visit (id integer primary key,\n"
			  "	email varchar(80) not null, login varchar(80) unique,\n"
			  "	mood enum('gay', 'sad'), page varchar(80));\n"
			  "create table code (number integer unique, email "
			  "varchar(80));\n"
		: fixture_is_postgres()
			? "create type mood as enum ('gay', 'sad');\n"
			  "create table visit (id integer primary key,\n"
			  "	email varchar(80) not null, login varchar(80) unique,\n"
			  "	mood mood, page varchar(80));\n"
			  "create table code (number integer unique, email "
			  "varchar(80));\n"
			: "create table visit (id integer primary key,\n"
			  "	email varchar(80) not null, login varchar(80) unique,\n"
			  "	mood text, page varchar(80));\n"
			  "create table code (number integer unique, email "
			  "varchar(80));\n");
	bool has_types = !fixture_is_odbc() &&
			 (fixture_is_mariadb() || fixture_is_postgres());
	/* Its driver does not tell which indexes hold for some rows only. */
	bool has_unique = !fixture_is_odbc() || !fixture_is_postgres();
	struct err e = { 0 };
	struct fit fit;

	CHECK(!fit_of(f.conn, f.a, &fit, &e), "%s", e.message);
	CHECK(has(fit.mistakes, fit.mistakes_n,
		      "table \"visit\": \"email\" is erased by null, and may "
		      "not be empty",
		      "take mask, hash or renew"),
		"what can't be emptied");
	CHECK(!has_unique ||
			has(fit.mistakes, fit.mistakes_n,
				"\"login\" is erased by mask, and its values "
				"have to differ",
				"take hash or renew"),
		"equal masks");
	CHECK(fit.mistakes_n == 1 + (size_t)has_unique, "and no more: %zu",
		fit.mistakes_n);
	CHECK(!has_types ||
			has(fit.doubts, fit.doubts_n,
				"\"mood\" is erased by hash, and no value is "
				"made for its type",
				""),
		"an enum");
	CHECK(has_unique || has(fit.doubts, fit.doubts_n,
				    "the key \"number\" is not its primary key",
				    "see that no two rows have one key"),
		"what is not known is not said");
	CHECK(fit.doubts_n == (size_t)has_types + !has_unique,
		"a unique key will do, and so will a text: %zu", fit.doubts_n);
	fixture_close(&f);
}

/* A table of a schema that names alone don't reach is the map's business all the same. */
static void other_schemas(void)
{
	static const char map[] =
		"version: 1\nsystems:\n  - name: crm\n    connector: ENGINE\n"
		"    database: crm\n    tables:\n" TABLE(
			"fit_away.person", "id", EMAIL) TABLE("fit_away.code",
			"number", EMAIL) TABLE("public.near", "number",
			EMAIL) "      - name: fit_away.invoice\n        key: id\n"
			       "        links: [ { column: person_id, to: fit_away.person.id } ]\n"
			       "        erase: keep\n        exception: DX8\n"
			       "        purpose: Tax\n";
	struct fixture f = fixture_open(map,
		"drop schema if exists fit_away cascade;\n"
		"create schema fit_away;\n"
		"create table fit_away.person (id integer primary key,\n"
		"	email varchar(80));\n"
		"create table fit_away.code (id integer primary key,\n"
		"	number integer, email varchar(80));\n"
		"create table near (id integer primary key,\n"
		"	number integer, email varchar(80));\n"
		"create table fit_away.invoice (id integer primary key,\n"
		"	person_id integer references fit_away.person (id));\n");
	struct err e = { 0 };
	struct fit fit;

	CHECK(!fit_of(f.conn, f.a, &fit, &e) && !fit.mistakes_n, "%s",
		e.message);
	CHECK(has(fit.doubts, fit.doubts_n,
		      "table \"fit_away.code\": the key \"number\" is not its "
		      "primary key, and no unique index is on it",
		      "name \"id\" in the data map"),
		"a key that is another");
	CHECK(has(fit.doubts, fit.doubts_n,
		      "table \"fit_away.invoice\" is kept, and a foreign key "
		      "ties its rows to \"fit_away.person\"",
		      "\"person_id\""),
		"a key that leads from schema to schema");
	CHECK(has(fit.doubts, fit.doubts_n,
		      "table \"public.near\": the key \"number\" is not its "
		      "primary key",
		      "name \"id\" in the data map"),
		"one that a name alone would mean, too");
	CHECK(fit.doubts_n == 3, "and no more: %zu", fit.doubts_n);
	fixture_close(&f);
}

static void folders(void)
{
	static const char csv[] =
		"version: 1\nsystems:\n  - name: lake\n    connector: csv\n"
		"    database: lake\n    tables:\n" TABLE("a.csv", "id", EMAIL)
			TABLE("b.csv", "id", EMAIL) TABLE("c.csv", "id", EMAIL);
	struct fixture f = { .a = arena_new(FIXTURE_ARENA_MAX) };
	struct err e = { 0 };
	struct fit fit;

	f.map = fixture_map(f.a, csv);
	f.system = &f.map.systems[0];
	f.url = fixture_folder(f.a);
	f.conn = fixture_connect(&f, CONN_READ, 0);
	must(!file_replace(path_join(f.a, f.url, "a.csv"),
		STR("id,email\n1,a@x.example\n"), 0600, &e));
	must(!file_replace(path_join(f.a, f.url, "b.csv"),
		STR("id,mail\n1,a@x.example\n"), 0600, &e));
	CHECK(!fit_of(f.conn, f.a, &fit, &e), "%s", e.message);
	CHECK(fit.mistakes_n == 2 && !fit.doubts_n, "%zu mistakes, %zu doubts",
		fit.mistakes_n, fit.doubts_n);
	CHECK(has(fit.mistakes, fit.mistakes_n,
		      "\"b.csv\": no column is called \"email\"", ""),
		"a column");
	CHECK(has(fit.mistakes, fit.mistakes_n, "table \"c.csv\"", ""),
		"a file");
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	databases();
	kept_behind();
	parts_of_keys();
	ways_of_erasing();
	if (fixture_is_postgres() && !fixture_is_odbc())
		other_schemas();
	if (argc < 2)
		folders();
	return CHECK_DONE();
}
