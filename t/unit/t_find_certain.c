/*
 * Whose addresses stand in the rows found: an address that somebody else may have
 * written there leads neither to an owner nor to another system.  The first
 * argument names the engine (t/connect/run).
 */
#include "check.h"
#include "connect/erase.h"
#include "connect/find.h"
#include "t/connect/fixture.h"

#define TABLE(name, columns, links)                                 \
	"      - name: " name "\n        key: id\n"                 \
	"        columns: [ " columns " ]\n        links: [ " links \
	" ]\n        erase: delete\n"
#define OF_PERSON "{ column: person_id, to: person.id }"
#define BEGIN                                                          \
	"version: 1\nsystems:\n  - name: crm\n    connector: ENGINE\n" \
	"    database: crm\n    tables:\n"

static struct ident ident(const char *raw)
{
	struct ident id;

	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, str_of(raw)));
	return id;
}

/* "person:1 call:1*; sure b@x.org; doubt c@x.org": * marks what is shared. */
static str shown(struct arena *a, const struct finding *f)
{
	struct buf b = buf_in(a, 1 << 16);

	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++)
			buf_fmt(&b, "%.*s:%.*s%s ",
				STR_ARG(f->tables[t].table->name),
				STR_ARG(f->tables[t].rows[i].key.v.v),
				f->tables[t].rows[i].is_shared ? "*" : "");
	for (size_t i = 0; i < f->idents_n; i++)
		buf_fmt(&b, "sure %.*s ", (int)f->idents[i].n,
			f->idents[i].text);
	for (size_t i = 0; i < f->doubts_n; i++)
		buf_fmt(&b, "doubt %.*s ", (int)f->doubts[i].n,
			f->doubts[i].text);
	return str_trim(buf_str(&b));
}

struct look {
	const char *asked;
	const char *want;
	const char *why;
};

static void look_all(struct fixture *f, const struct look *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct ident id = ident(at[i].asked);
		struct finding got;
		struct err e = { 0 };
		int rc = find_person(f->conn, f->a, &id, 1, NULL, &got, &e);
		str is = rc ? str_of(e.message) : shown(f->a, &got);

		CHECK(str_eq(is, str_of(at[i].want)), "%s: %s\n got %.*s",
			at[i].asked, at[i].why, STR_ARG(is));
	}
}

#define LOOK_ALL(f, looks) look_all((f), (looks), COUNTOF(looks))

static const char calls_ddl[] =
	"create table person (id integer primary key, email text);\n"
	"create table \"call\" (id integer primary key, caller text,\n"
	"	callee text, person_id integer);\n";
static const char calls[] =
	"insert into person values (1, 'ann@x.org'), (2, 'bob@x.org');\n"
	"insert into \"call\" values (1, 'ann@x.org', 'bob@x.org', 1),\n"
	"	(2, 'Ann@x.org', 'ann@x.org', 1), (3, 'ann@x.org', null, 1),\n"
	"	(4, 'eve@x.org', 'dan@x.org', 1);\n";

static void calls_of_two_people(void)
{
	static const char map[] = BEGIN TABLE("person",
		"{ name: email, identifies: email }", "") TABLE("call",
		"{ name: caller, identifies: email }, "
		"{ name: callee, identifies: email }",
		OF_PERSON);
	static const struct look looks[] = {
		{ "ann@x.org", "person:1 call:1* call:2 call:3 call:4*",
			"a call with two people is a human's to decide and "
			"leads nowhere; one address in both columns is one "
			"person's" },
		{ "bob@x.org", "person:2 call:1*", "nor to who called him" },
		{ "dan@x.org", "call:4*", "and not to whose it is booked on" },
	};
	struct fixture f = fixture_open(map, calls_ddl);

	fixture_script(&f, calls);
	LOOK_ALL(&f, looks);
	fixture_close(&f);
}

static void calls_of_the_caller(void)
{
	static const char map[] = BEGIN TABLE("person",
		"{ name: email, identifies: email }", "") TABLE("call",
		"{ name: caller, identifies: email, own: true }, "
		"{ name: callee, identifies: email }",
		OF_PERSON);
	static const struct look looks[] = {
		{ "ann@x.org",
			"person:1 call:1 call:2 call:3 call:4 sure eve@x.org "
			"doubt bob@x.org doubt dan@x.org",
			"the caller is whose the call is, by the map's word" },
		{ "bob@x.org", "person:2 call:1*",
			"found by another's column, it is not his alone" },
	};
	struct fixture f = fixture_open(map, calls_ddl);

	fixture_script(&f, calls);
	LOOK_ALL(&f, looks);
	fixture_close(&f);
}

static const char people_ddl[] =
	"create table person (id integer primary key, email text);\n"
	"create table referral (id integer primary key, friend_email text,\n"
	"	person_id integer);\n"
	"create table alias (id integer primary key, email text,\n"
	"	person_id integer);\n";
static const char people[] =
	"insert into person values (1, 'ann@x.org'), (2, 'bob@x.org');\n"
	"insert into referral values (1, 'victim@x.org', 1),\n"
	"	(2, 'bob@x.org', 1), (3, 'ann@x.org', 1);\n"
	"insert into alias values (1, 'ann2@x.org', 1), (2, 'bob@x.org', 1);\n";

#define PERSON_TABLE TABLE("person", "{ name: email, identifies: email }", "")
#define REFERRAL_TABLE                                                 \
	TABLE("referral", "{ name: friend_email, identifies: email }", \
		OF_PERSON)

static void friends_and_aliases(void)
{
	static const char map[] = BEGIN PERSON_TABLE REFERRAL_TABLE TABLE(
		"alias", "{ name: email, identifies: email, own: true }",
		OF_PERSON);
	static const struct look looks[] = {
		{ "ann@x.org",
			"person:1 referral:1 referral:2 referral:3 alias:1 "
			"alias:2 sure ann2@x.org doubt bob@x.org doubt "
			"victim@x.org",
			"a friend's address is not hers; nor is an alias that "
			"is somebody's address here" },
		{ "victim@x.org",
			"person:1* referral:1* referral:2* referral:3* "
			"alias:1* alias:2*",
			"who was named by somebody is not that somebody" },
		{ "ann2@x.org",
			"person:1 referral:1 referral:2 referral:3 alias:1 "
			"alias:2 sure ann@x.org doubt bob@x.org doubt "
			"victim@x.org",
			"her alias leads to her, and from there to hers" },
	};
	struct fixture f = fixture_open(map, people_ddl);

	fixture_script(&f, people);
	LOOK_ALL(&f, looks);
	fixture_close(&f);
}

static void nothing_said(void)
{
	static const char map[] = BEGIN PERSON_TABLE TABLE(
		"alias", "{ name: email, identifies: email }", OF_PERSON);
	static const struct look looks[] = {
		{ "ann@x.org",
			"person:1 alias:1 alias:2 doubt ann2@x.org doubt "
			"bob@x.org",
			"whose they are only a person can say" },
		{ "ann2@x.org", "person:1* alias:1* alias:2*",
			"the owner has another address: a person decides" },
	};
	struct fixture f = fixture_open(map, people_ddl);

	fixture_script(&f, people);
	LOOK_ALL(&f, looks);
	fixture_close(&f);
}

/* Addresses in rows of their own only, as most systems have them. */
static void only_children(void)
{
	static const char unsaid[] =
		BEGIN TABLE("person", "{ name: email }", "") TABLE("alias",
			"{ name: email, identifies: email }", OF_PERSON);
	static const char said[] = BEGIN TABLE("person", "{ name: email }", "")
		TABLE("alias", "{ name: email, identifies: email, own: true }",
			OF_PERSON) REFERRAL_TABLE;
	static const struct look before[] = {
		{ "ann2@x.org", "person:1 alias:1 alias:2 doubt bob@x.org",
			"nothing speaks against the only column there is" },
	};
	static const struct look after[] = {
		{ "ann2@x.org",
			"person:1 alias:1 alias:2 referral:1 referral:2 "
			"referral:3 sure bob@x.org doubt victim@x.org doubt "
			"ann@x.org",
			"both rows are hers by the map's word" },
		{ "victim@x.org",
			"person:1* alias:1* alias:2* referral:1* referral:2* "
			"referral:3*",
			"the map says which column holds hers" },
	};
	struct fixture f = fixture_open(unsaid, people_ddl);

	fixture_script(&f, people);
	LOOK_ALL(&f, before);
	fixture_close(&f);
	f = fixture_open(said, people_ddl);
	fixture_script(&f, people);
	LOOK_ALL(&f, after);
	fixture_close(&f);
}

/* Deleting takes the requester's own rows, and nobody else's. */
static void erased(void)
{
	static const char map[] = BEGIN PERSON_TABLE REFERRAL_TABLE;
	struct fixture f = fixture_open(map, people_ddl);
	struct ident victim = ident("victim@x.org");
	struct finding found;
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = &victim, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r = { 0 };
	struct err e = { 0 };

	fixture_script(&f, people);
	CHECK(!find_person(f.conn, f.a, &victim, 1, NULL, &found, &e), "%s",
		e.message);
	erase_plan_of(f.a, &found, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e), "%s", e.message);
	CHECK(r.erased == 0, "%d rows of who named them", (int)r.erased);
	fixture_close(&f);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	calls_of_two_people();
	calls_of_the_caller();
	friends_and_aliases();
	nothing_said();
	only_children();
	erased();
	return CHECK_DONE();
}
