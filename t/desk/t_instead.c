/*
 * A deletion of parts (11 CCR 7022(h)) where the database lets nobody empty a column:
 * foretold with the search, decided by staff, and then carried out.  The system is real (an
 * SQLite file), the record is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "cases.h"

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/instead.h"
#include "job/job.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n"
	"    title: Shop\n"
	"    connector: sqlite\n"
	"    database: shop.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        holds: People\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email, category: A }\n"
	"          - { name: zip, verifies: zip, category: A }\n"
	"        erase: delete\n"
	"      - name: lead\n"
	"        holds: Leads\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: product, category: D }\n"
	"          - { name: price, category: D }\n"
	"          - { name: note, category: D }\n"
	"          - { name: site, category: F }\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: account\n"
	"        holds: Accounts\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: login, identifies: email, category: A }\n"
	"          - { name: plan, category: F }\n"
	"        erase: delete\n";

static const char rows[] =
	"create table person (id integer primary key, email text not null,\n"
	"	zip text);\n"
	"create table lead (id integer primary key, person_id integer,\n"
	"	product text not null, price integer not null, note text,\n"
	"	site text not null);\n"
	"create table account (id integer primary key,\n"
	"	login text not null unique, plan text);\n";

struct scene {
	struct test t;
	struct install in;
	struct log log;
	str reference;
	int people;
};

static struct desk desk(struct scene *s, enum actor_kind kind)
{
	struct desk d = desk_as(&s->t, kind);

	d.data_map = path(&s->t, "datamap.yaml");
	return d;
}

/* --- the system --- */

static struct conn *open_shop(struct scene *s, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct map *m = arena_one(s->t.a, struct map);
	struct conn *c;
	struct err e = { 0 };

	if (map_read(s->t.a, path(&s->t, "datamap.yaml"), m, &e) ||
		conn_open(s->t.a, m, map_system_named(m, STR("shop")), &o, &c,
			&e))
		fail("shop", &e);
	return c;
}

static void run_in_shop(struct scene *s, str sql)
{
	struct conn *c = open_shop(s, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, sql, &e))
		fail("script", &e);
	conn_close(c);
}

static int put_row(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct buf *b = ctx;

	(void)e;
	for (size_t i = 0; i < n; i++)
		buf_fmt(b, "%s%.*s", i ? "|" : "",
			cells[i].type == CELL_NULL ? 1 : (int)cells[i].v.v.n,
			cells[i].type == CELL_NULL ? "-" : cells[i].v.v.p);
	buf_put(b, STR(" "));
	return 0;
}

static str rows_of(struct scene *s, struct row_query q)
{
	struct conn *c = open_shop(s, CONN_READ);
	struct buf b = buf_in(s->t.a, 1000);
	struct err e = { 0 };

	if (conn_rows(c, &q, put_row, &b, &e))
		fail("rows", &e);
	conn_close(c);
	return buf_str(&b);
}

/* "Loan|12|-|web " of a person's lead, and nobody else's. */
static str lead_of(struct scene *s, int person)
{
	str columns[] = { STR("product"), STR("price"), STR("note"),
		STR("site") };
	struct cell key = cell_int(s->t.a, person);

	return rows_of(s, (struct row_query){ .table = STR("lead"),
				  .columns = columns,
				  .columns_n = COUNTOF(columns),
				  .where = STR("person_id"),
				  .match = MATCH_EXACT,
				  .values = &key,
				  .values_n = 1 });
}

/* "p1@instead.example|gold " */
static str account_of(struct scene *s, int person)
{
	str columns[] = { STR("login"), STR("plan") };
	struct cell key = cell_int(s->t.a, person);

	return rows_of(s, (struct row_query){ .table = STR("account"),
				  .columns = columns,
				  .columns_n = COUNTOF(columns),
				  .where = STR("id"),
				  .match = MATCH_EXACT,
				  .values = &key,
				  .values_n = 1 });
}

static void start_scene(struct scene *s, const char *server)
{
	struct err e = { 0 };

	start(&s->t, "instead", server);
	set_contact(&s->t);
	s->in = (struct install){ .arena = s->t.a,
		.dir = s->t.dir,
		.clock = s->t.clock,
		.keys = s->t.keys };
	s->in.config.credentials = STR("credentials");
	s->log = (struct log){ .fd = -1, .process = "test" };
	if (file_replace(path(&s->t, "datamap.yaml"), str_of(yaml), 0600, &e) ||
		file_replace(path(&s->t, "shop.db"), STR(""), 0600, &e))
		fail("files", &e);
	run_in_shop(s, str_of(rows));
}

/* --- a case --- */

static struct job job_of(struct scene *s, struct desk *d)
{
	return (struct job){ .desk = d,
		.install = &s->in,
		.log = &s->log,
		.id = 1,
		.node = STR("t_instead"),
		.subject_id = work_of(&s->t, s->reference, "shop").task_id };
}

/* Somebody with one lead asks to delete `parts`; all of it waits for approval. */
static int asked(struct scene *s, const char *parts)
{
	static const struct plan_row plan[] = {
		{ true, STR_INIT("shop"), STR_INIT("Shop") },
	};
	struct desk d = desk(s, ACTOR_CONSUMER);
	struct draft f = { .kind = KIND_DELETE };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int person = ++s->people;
	str email = arena_fmt(s->t.a, "p%d@instead.example", person);
	struct sent sent;
	struct job j;
	struct post p;

	run_in_shop(s,
		arena_fmt(s->t.a,
			"insert into person values (%d, '%.*s', '94607');\n"
			"insert into lead values (%d, %d, 'Loan', 12, 'hot', "
			"'web');\n"
			"insert into account values (%d, '%.*s', 'gold');\n",
			person, STR_ARG(email), person, person, person,
			STR_ARG(email)));
	f.person.name.v = STR("Luis Medina");
	f.person.email.v = email;
	f.person.zip.v = STR("94607");
	f.person.stop_sale = STR("no");
	f.person.parts = str_of(parts);
	if (intake_send(
		    &d, &f, CHANNEL_WEB, STR("192.0.2.1"), &sent, &ps, &e) ||
		ps.n)
		fail("send", &e);
	s->reference = sent.reference;
	p = letter_of(&s->t, s->reference, "code");
	CHECK(confirm(&s->t, s->reference, code_in(&p), &ps), "code");
	d = desk(s, ACTOR_WORKER);
	if (fulfil_plan(&d, request_id(&s->t, s->reference), plan, 1, &e))
		fail("plan", &e);
	j = job_of(s, &d);
	if (job_find(&j, &e) != JOB_DONE)
		fail("find", &e);
	CHECK(view(&s->t, s->reference).state == STATE_REVIEW, "in review");
	return person;
}

static struct case_preview preview(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct case_preview p;
	struct err e = { 0 };

	if (case_preview(&d, s->reference, &p, &e))
		fail("preview", &e);
	return p;
}

static str stuck_in(const struct case_preview *p, const char *table)
{
	for (size_t i = 0; i < p->tables.n; i++)
		if (str_eq(p->tables.at[i].name, str_of(table)))
			return p->tables.at[i].stuck;
	return STR("no such table");
}

static int approve_it(struct scene *s, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);

	*e = (struct err){ 0 };
	return case_approve(
		&d, s->reference, view(&s->t, s->reference).seen, e);
}

static int decide(struct scene *s, const char *what, const char *why,
	struct problems *ps, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct instead_choice c = { str_of(what), str_of(why) };

	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	return case_instead(&d, s->reference, &c, ps, e);
}

static void erase(struct scene *s)
{
	struct desk d = desk(s, ACTOR_WORKER);
	struct job j = job_of(s, &d);
	struct err e = { 0 };

	if (job_erase(&j, &e) != JOB_DONE)
		fail("erase", &e);
	CHECK(view(&s->t, s->reference).state == STATE_ANSWERING,
		"every system is done");
}

/* --- the tests --- */

static void foretold(struct scene *s)
{
	struct case_preview p;
	struct problems ps;
	struct err e;

	asked(s, "D");
	p = preview(s);
	CHECK(p.is_parts && p.never_empty == 1 && !p.instead.n &&
			str_eq(stuck_in(&p, "lead"), STR("product, price")),
		"by table and column, and none that nobody asked to empty: "
		"%.*s",
		STR_ARG(stuck_in(&p, "lead")));
	CHECK(approve_it(s, &e) == -1 && e.code == ERR_CONFLICT &&
			str_find(str_of(e.message),
				STR("shop: lead.product")) >= 0,
		"not approved before somebody decided: %s", e.message);
	CHECK(!decide(s, "", "", &ps, &e) && problem_of(&ps, "instead"),
		"nothing chosen");
	CHECK(!decide(s, "row", " ", &ps, &e) && problem_of(&ps, "instead_why"),
		"the whole row takes their word");
	CHECK(view(&s->t, s->reference).state == STATE_REVIEW,
		"and nothing was done meanwhile");
}

static void masked(struct scene *s)
{
	int person = asked(s, "D"), other = asked(s, "A,D,F");
	struct case_preview p;
	struct problems ps;
	struct err e;

	p = preview(s);
	CHECK(!p.never_empty, "whose row goes whole needs no column emptied");
	CHECK(decide(s, "mask", "", &ps, &e) == -1 && e.code == ERR_CONFLICT,
		"and there is nothing to decide");
	person = asked(s, "D");
	CHECK(!decide(s, "mask", "", &ps, &e) && !ps.n, "%s", e.message);
	p = preview(s);
	CHECK(!p.never_empty && str_eq(p.instead, STR("mask")), "decided");
	CHECK(!approve_it(s, &e), "%s", e.message);
	erase(s);
	CHECK(str_eq(lead_of(s, person), STR("***|0|-|web ")),
		"what can be emptied is, the rest says nothing: %.*s",
		STR_ARG(lead_of(s, person)));
	CHECK(str_eq(lead_of(s, other), STR("Loan|12|hot|web ")),
		"nobody else's row is touched");
}

static void whole_row(struct scene *s)
{
	int person = asked(s, "D");
	struct case_preview p;
	struct problems ps;
	struct err e;

	CHECK(!decide(s, "mask", "", &ps, &e) && !ps.n, "%s", e.message);
	CHECK(!decide(s, "row", "They said so on the phone today.", &ps, &e) &&
			!ps.n,
		"decided otherwise: %s", e.message);
	p = preview(s);
	CHECK(str_eq(p.instead, STR("row")) &&
			str_eq(p.instead_why,
				STR("They said so on the phone today.")),
		"whoever approves reads how they agreed: %.*s",
		STR_ARG(p.instead_why));
	CHECK(!approve_it(s, &e), "%s", e.message);
	erase(s);
	CHECK(!lead_of(s, person).n, "the row is gone: %.*s",
		STR_ARG(lead_of(s, person)));
	CHECK(decide(s, "mask", "", &ps, &e) == -1 && e.code == ERR_CONFLICT,
		"nothing is decided any more");
}

/* The second of two finds in the column what was put there for the first. */
static void twice(struct scene *s)
{
	struct problems ps;
	struct err e;
	str first, second;

	for (int i = 0; i < 2; i++) {
		asked(s, "A");
		CHECK(!decide(s, "mask", "", &ps, &e) && !ps.n, "%s",
			e.message);
		CHECK(!approve_it(s, &e), "%s", e.message);
		erase(s);
	}
	first = account_of(s, s->people - 1);
	second = account_of(s, s->people);
	CHECK(str_ends(first, STR("|gold ")) && str_ends(second, STR("|gold ")),
		"of both the rest is left: %.*s, %.*s", STR_ARG(first),
		STR_ARG(second));
	CHECK(str_find(first, STR("@")) < 0 && str_find(second, STR("@")) < 0 &&
			!str_eq(first, second),
		"and no address: %.*s, %.*s", STR_ARG(first), STR_ARG(second));
}

/* What a column takes is asked of the system, each kind with its own. */
static void everything(struct scene *s)
{
	int person = asked(s, "");
	struct case_preview p = preview(s);
	struct err e;

	CHECK(!p.is_parts && !p.never_empty,
		"all of it: rows go, nothing is stuck");
	CHECK(!approve_it(s, &e), "%s", e.message);
	erase(s);
	CHECK(!lead_of(s, person).n, "gone");
}

int main(int argc, char **argv)
{
	static struct scene s;

	must(sodium_init() >= 0);
	start_scene(&s, fresh_server(argc, argv));
	foretold(&s);
	masked(&s);
	whole_row(&s);
	twice(&s);
	everything(&s);
	end(&s.t);
	return CHECK_DONE();
}
