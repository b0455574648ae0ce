/*
 * A look at what is kept too long that staff ask for: who may, that the worker looks in
 * every system that it can, and that it erases nothing, also where erasing is on.
 */
#include "act.h"

#include <sodium.h>

#include "base/file.h"
#include "connect/connector.h"
#include "desk/expiry_ask.h"

#define SYSTEM(name, database)                                     \
	"  - name: " name "\n"                                     \
	"    connector: sqlite\n"                                  \
	"    database: " database "\n"                             \
	"    tables:\n"                                            \
	"      - name: person\n"                                   \
	"        key: id\n"                                        \
	"        columns: [ { name: email, identifies: email },\n" \
	"          { name: seen, category: F } ]\n"                \
	"        erase: delete\n"                                  \
	"        expires: { after: 2 years, from: seen }\n"

static const char data_map[] = "version: 1\nsystems:\n" SYSTEM(
	"gone", "nowhere/gone.db") SYSTEM("crm", "crm.db");

static const char crm[] =
	"create table person (id integer primary key, email text, seen text);\n"
	"insert into person values (1, 'old@a.example', '2020-01-01'),\n"
	"	(2, 'new@a.example', '2026-11-01');\n";

static struct expiries list(struct test *t)
{
	struct desk d = staff(t);
	struct expiries all;
	struct err e = { 0 };

	if (expiry_list(&d, &all, &e))
		fail("list", &e);
	return all;
}

static void make_crm(struct test *t)
{
	struct conn_options o = { .mode = CONN_WRITE };
	struct conn *c;
	struct map m;
	struct err e = { 0 };

	t->map = path(t, "map.yaml");
	if (file_replace(t->map, str_of(data_map), 0600, &e) ||
		file_replace(path(t, "crm.db"), STR(""), 0600, &e) ||
		map_read(t->a, t->map, &m, &e) ||
		conn_open(t->a, &m, &m.systems[1], &o, &c, &e) ||
		conn_script(c, str_of(crm), &e))
		fail("crm", &e);
	conn_close(c);
}

static void look(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct expiry_way w = { t->dir };
	struct err e = { 0 };

	CHECK(!expiry_look(&d, &w, &e), "%s", e.message);
}

/* Leases what is due: its kind, or empty. */
static str due_job(struct test *t)
{
	struct sql_job_lease_in in = { t->clock.fixed_ms,
		t->clock.fixed_ms + 60000, STR("here") };
	struct sql_job_lease_row row;
	struct err e = { 0 };
	int rc = sql_job_lease(t->db, t->a, &in, &row, &e);

	if (rc < 0)
		fail("lease", &e);
	return rc ? row.kind : STR("");
}

static void test_ask(struct test *t)
{
	struct desk d = staff(t);
	struct err e = { 0 };

	d.actor.role = STR("agent");
	CHECK(expiry_ask(&d, &e) == -1 && e.code == ERR_DENIED,
		"who may not decide does not ask");
	d.actor.role = STR("auditor");
	CHECK(expiry_ask(&d, &e) == -1 && e.code == ERR_DENIED,
		"nor who only reads");
	CHECK(!due_job(t).n, "so nothing is to be done");
	d.actor.role = STR("officer");
	CHECK(!expiry_ask(&d, &e) && !expiry_ask(&d, &e), "%s", e.message);
	CHECK(str_eq(due_job(t), STR("expire-look")) && !due_job(t).n,
		"asking twice is asking once");
}

static void test_look(struct test *t)
{
	struct expiries all;

	look(t);
	all = list(t);
	CHECK(all.n == 2 && all.at[0].preview.problem.n,
		"a system that can't be opened says so");
	CHECK(all.at[1].preview.ended_at == t->clock.fixed_ms &&
			all.at[1].preview.tables.at[0].old == 1 &&
			all.at[1].preview.tables.at[0].goes == 1,
		"and the other one is looked at");
	CHECK(!all.at[1].run.id, "nothing ran");
}

/* Where the worker may erase, a look is one all the same. */
static void test_on(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_COMMAND);
	struct expiry_way w = { t->dir };
	struct expiry_run seen;
	struct expiries all;
	struct err e = { 0 };

	CHECK(expiry_on(&d, STR("crm"), &e) == -1 && e.code == ERR_CONFLICT,
		"what the worker saw is nobody's preview");
	if (expiry_preview(&d, &w, STR("crm"), &seen, &e) ||
		expiry_on(&d, STR("crm"), &e))
		fail("on", &e);
	t->clock.fixed_ms += 1000;
	look(t);
	all = list(t);
	CHECK(all.at[1].on_at && !all.at[1].run.id, "nothing was erased");
	CHECK(all.at[1].preview.ended_at == t->clock.fixed_ms &&
			all.at[1].preview.tables.at[0].rows == 2,
		"both rows are there");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "expiry_ask", fresh_server(argc, argv));
	make_crm(&t);
	test_ask(&t);
	test_look(&t);
	test_on(&t);
	end(&t);
	return CHECK_DONE();
}
