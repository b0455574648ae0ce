/*
 * A person whose rows are told apart by several columns: tenants of one database have
 * customers of the same number.  What staff see, correct and approve, and what comes
 * back with a backup, goes to the tenant's own rows and to nobody else's.  The
 * systems are SQLite files, the record is on both engines.
 */
#include "correcting.h"

#include "cases.h"
#include "desk/restored.h"
#include "desk/returned.h"

static const char tenants_map[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        holds: Contacts\n"
	"        key: [tenant, id]\n"
	"        source: A list of Valley Data\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: zip }\n"
	"        erase: delete\n"
	"      - name: line\n"
	"        holds: Order lines\n"
	"        key: [tenant, orders, line]\n"
	"        columns: [ { name: item } ]\n"
	"        links:\n"
	"          - { column: [tenant, person_id],\n"
	"              to: [person.tenant, person.id] }\n"
	"        erase: delete\n";

/* Number 7 is Luis at the first tenant, and Ann at the second. */
static const char tenants[] =
	"drop table if exists line;\n"
	"drop table if exists person;\n"
	"create table person (tenant integer, id text, email text, zip text,\n"
	"	primary key (tenant, id));\n"
	"create table line (tenant integer, orders integer, line integer,\n"
	"	person_id text, item text, primary key (tenant, orders, line),\n"
	"	foreign key (tenant, person_id) references person);\n"
	"insert into person values (1, 'A-7', 'luis@example.com', '94607'),\n"
	"	(2, 'A-7', 'ann@example.com', '94607');\n"
	"insert into line values (1, 50, 1, 'A-7', 'lamp'),\n"
	"	(1, 50, 2, 'A-7', 'bulb'), (2, 50, 1, 'A-7', 'chair'),\n"
	"	(2, 50, 2, 'A-7', 'table');\n";

static void put_tenants(struct test *t)
{
	FILE *f = fopen(path(t, "map.yaml"), "w");

	must(f && fputs(tenants_map, f) >= 0 && !fclose(f));
	sql(t, tenants);
}

static bool holds(struct test *t, const char *query, const char *want)
{
	return str_eq(held(t, query), str_of(want));
}

static const char zips[] = "select group_concat(zip, ' ') from "
			   "(select zip from person order by tenant)";
static const char lines[] = "select group_concat(item, ' ') from line";

/* --- cases --- */

static void corrected(struct test *t)
{
	str reference = found(t, KIND_CORRECT, "The ZIP code");
	struct desk d = mapped(t, ACTOR_STAFF);
	struct problems ps = { 0 };
	struct correct_view v;
	struct err e = { 0 };

	if (correct_load(&d, reference, &v, &e))
		fail("load", &e);
	CHECK(v.tables.n == 2 && v.tables.at[0].rows.n == 1 &&
			v.tables.at[1].rows.n == 2,
		"one contact and its two lines, of one tenant: %zu, %zu",
		v.tables.at[0].rows.n, v.tables.at[1].rows.n);
	for (size_t i = 0; i < v.tables.at[0].columns.n; i++)
		CHECK(v.tables.at[0].columns.at[i].p[0] != '(',
			"no field for what the table does not have: %.*s",
			STR_ARG(v.tables.at[0].columns.at[i]));
	CHECK(!correct(t, reference, "zip", "94610", &ps, &e) && !ps.n, "%s %s",
		e.message, ps.n ? ps.at[0].text : "");
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(holds(t, zips, "94610 94607"), "the other tenant's stays: %.*s",
		STR_ARG(held(t, zips)));
}

/* The backup is of the day before. */
static void put_back(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct err e = { 0 };

	t->clock.fixed_ms += 1000;
	sql(t, tenants);
	if (restored_mark(&d, STR("crm"), &e))
		fail("mark", &e);
	t->clock.fixed_ms += 1000;
}

static struct screening replay(struct test *t)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct returned_way w = { .credentials = t->dir };
	struct screening s = { 0 };
	struct err e = { 0 };

	if (returned_look(&d, &w, STR("crm"), &s, &e))
		fail("look", &e);
	if (!s.acted_at && returned_act(&d, &w, s.id, &s, &e))
		fail("act", &e);
	return s;
}

static void corrected_again(struct test *t)
{
	struct screening s;

	put_back(t);
	s = replay(t);
	CHECK(s.corrected_again == 1 && !s.asked.n && s.acted_at,
		"found by both columns: %d", (int)s.corrected_again);
	CHECK(holds(t, zips, "94610 94607"), "%.*s", STR_ARG(held(t, zips)));
}

static void deleted(struct test *t)
{
	str reference = found(t, KIND_DELETE, "");
	struct desk d = mapped(t, ACTOR_STAFF);
	struct case_preview p;
	struct err e = { 0 };

	if (case_preview(&d, reference, &p, &e))
		fail("preview", &e);
	CHECK(p.rows == 3 && p.tables.n == 2, "three rows: %d", (int)p.rows);
	for (size_t i = 0; i < p.tables.n; i++)
		for (size_t c = 0; c < p.tables.at[i].columns.n; c++)
			CHECK(p.tables.at[i].columns.at[c].p[0] != '(',
				"as the table has them: %.*s",
				STR_ARG(p.tables.at[i].columns.at[c]));
	if (approve(t, reference, &e))
		fail("approve", &e);
	CHECK(work(t, job_erase, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	CHECK(view(t, reference).tasks.at[0].rows_erased == 3, "all of them");
	CHECK(holds(t, "select group_concat(email) from person",
		      "ann@example.com") &&
			holds(t, lines, "chair table"),
		"and not the other tenant's of the same numbers: %.*s",
		STR_ARG(held(t, lines)));
}

static void deleted_again(struct test *t)
{
	struct screening s;

	put_back(t);
	s = replay(t);
	CHECK(s.erased == 1 && s.acted_at, "who came back is gone: %d",
		(int)s.erased);
	CHECK(!s.corrected_again, "with what was kept of the correction");
	CHECK(holds(t, "select group_concat(email) from person",
		      "ann@example.com") &&
			holds(t, lines, "chair table"),
		"again nobody else: %.*s", STR_ARG(held(t, lines)));
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "tuple_case", fresh_server(argc, argv));
	set_contact(&t);
	put_tenants(&t);
	corrected(&t);
	corrected_again(&t);
	deleted(&t);
	deleted_again(&t);
	end(&t);
	return CHECK_DONE();
}
