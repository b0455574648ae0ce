/*
 * A deletion that can't be carried out as it was found, and the ways out of it: rows that
 * are somebody else's too and go all the same, and a new search.  The system is real (an
 * SQLite file), the record is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "cases.h"

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/let.h"
#include "desk/search_again.h"
#include "job/job.h"

#define MAP_OF(columns)                                                       \
	"version: 1\n"                                                        \
	"systems:\n"                                                          \
	"  - name: shop\n"                                                    \
	"    title: Shop\n"                                                   \
	"    connector: sqlite\n"                                             \
	"    database: shop.db\n"                                             \
	"    tables:\n"                                                       \
	"      - name: customer\n"                                            \
	"        key: id\n"                                                   \
	"        columns: [ { name: email, identifies: email }" columns "]\n" \
	"        links: [ { column: house_id, to: house.id, shared: true "    \
	"} ]\n"                                                               \
	"        erase: delete\n"                                             \
	"      - { name: house, key: id, erase: delete }\n"                   \
	"      - name: meeting\n"                                             \
	"        holds: Meetings\n"                                           \
	"        key: id\n"                                                   \
	"        links:\n"                                                    \
	"          - { column: one, to: customer.id }\n"                      \
	"          - { column: other, to: customer.id }\n"                    \
	"        erase: delete\n"                                             \
	"      - name: minutes\n"                                             \
	"        key: id\n"                                                   \
	"        columns: [ { name: said } ]\n"                               \
	"        links: [ { column: meeting_id, to: meeting.id } ]\n"         \
	"        erase: delete\n"

static const char with_nick[] = MAP_OF(", { name: nick } ");
static const char without_nick[] = MAP_OF(" ");

/* Ann, and Joe who meets and lives with her. */
static const char rows[] =
	"create table house (id integer primary key);\n"
	"create table customer (id integer primary key, email text, nick text,\n"
	"	house_id integer references house (id));\n"
	"create table meeting (id integer primary key,\n"
	"	one integer not null references customer (id),\n"
	"	other integer not null references customer (id));\n"
	"create table minutes (id integer primary key, said text,\n"
	"	meeting_id integer not null references meeting (id));\n"
	"create table invoice (id integer primary key,\n"
	"	customer_id integer references customer (id));\n";

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

static void set_map(struct scene *s, const char *yaml)
{
	struct err e = { 0 };

	if (file_replace(path(&s->t, "datamap.yaml"), str_of(yaml), 0600, &e))
		fail("map", &e);
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

static int put_key(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	buf_fmt(ctx, "%.*s ", STR_ARG(cells[0].v.v));
	return 0;
}

/* "1 2 ": the keys of all rows. */
static str keys_in(struct scene *s, const char *table)
{
	struct conn *c = open_shop(s, CONN_READ);
	struct buf b = buf_in(s->t.a, 1000);
	str id = STR("id");
	struct row_query q = { .table = str_of(table),
		.columns = &id,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(c, &q, put_key, &b, &e))
		fail(table, &e);
	conn_close(c);
	return buf_str(&b);
}

static bool has_keys(struct scene *s, const char *table, const char *want)
{
	str is = keys_in(s, table);

	CHECK(str_eq(is, str_of(want)), "%s: %.*s", table, STR_ARG(is));
	return str_eq(is, str_of(want));
}

static void start_scene(struct scene *s, const char *server)
{
	struct err e = { 0 };

	start(&s->t, "stuck", server);
	set_contact(&s->t);
	s->in = (struct install){ .arena = s->t.a,
		.dir = s->t.dir,
		.clock = s->t.clock,
		.keys = s->t.keys };
	s->in.config.credentials = STR("credentials");
	s->log = (struct log){ .fd = -1, .process = "test" };
	set_map(s, with_nick);
	if (file_replace(path(&s->t, "shop.db"), STR(""), 0600, &e))
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
		.node = STR("t_stuck"),
		.subject_id = work_of(&s->t, s->reference, "shop").task_id };
}

static void find(struct scene *s)
{
	struct desk d = desk(s, ACTOR_WORKER);
	struct job j = job_of(s, &d);
	struct err e = { 0 };

	if (job_find(&j, &e) != JOB_DONE)
		fail("find", &e);
	CHECK(view(&s->t, s->reference).state == STATE_REVIEW, "in review");
}

static enum job_end erase(struct scene *s)
{
	struct desk d = desk(s, ACTOR_WORKER);
	struct job j = job_of(s, &d);
	struct err e = { 0 };

	return job_erase(&j, &e);
}

/* Somebody who lives with Joe, and met him, asks to be deleted; the row of Joe is the
 * next one. */
static int asked(struct scene *s)
{
	static const struct plan_row plan[] = {
		{ true, STR_INIT("shop"), STR_INIT("Shop") },
	};
	struct desk d = desk(s, ACTOR_WORKER);
	struct problems ps = { 0 };
	struct err e = { 0 };
	int person = s->people += 10;
	str email = arena_fmt(s->t.a, "p%d@stuck.example", person);
	struct post p;

	run_in_shop(s,
		arena_fmt(s->t.a,
			"delete from minutes; delete from meeting;\n"
			"delete from customer; delete from house;\n"
			"insert into house values (%d);\n"
			"insert into customer values (%d, '%.*s', 'Ann', %d),\n"
			"	(%d, 'joe@stander.example', 'Joe', %d);\n"
			"insert into meeting values (%d, %d, %d);\n"
			"insert into minutes values (%d, 'Hello.', %d);\n",
			person, person, STR_ARG(email), person, person + 1,
			person, person, person, person + 1, person, person));
	s->reference = send_delete(&s->t, arena_cstr(s->t.a, email)).reference;
	p = letter_of(&s->t, s->reference, "code");
	CHECK(confirm(&s->t, s->reference, code_in(&p), &ps), "code");
	if (fulfil_plan(&d, request_id(&s->t, s->reference), plan, 1, &e))
		fail("plan", &e);
	find(s);
	return person;
}

static int look(struct scene *s, struct case_preview *p, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);

	*e = (struct err){ 0 };
	return case_preview(&d, s->reference, p, e);
}

static const struct case_table *table_of(
	const struct case_preview *p, const char *name)
{
	for (size_t i = 0; i < p->tables.n; i++)
		if (str_eq(p->tables.at[i].name, str_of(name)))
			return &p->tables.at[i];
	must(false);
	return NULL;
}

static int approve_it(struct scene *s, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);

	*e = (struct err){ 0 };
	return case_approve(
		&d, s->reference, view(&s->t, s->reference).seen, e);
}

static const size_t first[] = { 0 };

static int let(struct scene *s, const char *table, size_t n, const char *why,
	struct problems *ps, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct let_choice c = { .seen = view(&s->t, s->reference).seen,
		.system = STR("shop"),
		.table = str_of(table),
		.why = str_of(why) };

	c.rows.at = first;
	c.rows.n = n;
	*ps = (struct problems){ 0 };
	*e = (struct err){ 0 };
	return case_let(&d, s->reference, &c, ps, e);
}

static int again(struct scene *s, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);

	*e = (struct err){ 0 };
	return case_search_again(&d, s->reference, e);
}

/* --- rows that are somebody else's too --- */

static void not_approved(struct scene *s)
{
	struct case_preview p;
	struct problems ps;
	struct err e;

	asked(s);
	CHECK(!look(s, &p, &e) && p.stuck == 1 &&
			table_of(&p, "meeting")->rows_stuck == 1,
		"foretold: %s", e.message);
	CHECK(approve_it(s, &e) == -1 && e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("shop: meeting")) >= 0,
		"what the database would refuse is not approved: %s",
		e.message);
	CHECK(table_of(&p, "meeting")->rows_may_let == 1 &&
			table_of(&p, "minutes")->rows_may_let == 1 &&
			!table_of(&p, "house")->rows_may_let,
		"the meeting may go, the house that Joe lives in may not");
	CHECK(!let(s, "meeting", 1, " ", &ps, &e) && problem_of(&ps, "let_why"),
		"not without a reason");
	CHECK(let(s, "house", 1, "Why not.", &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"a household stays: %s", e.message);
	CHECK(let(s, "meeting", 0, "", &ps, &e) == -1 && e.code == ERR_CONFLICT,
		"nothing was ticked, and nothing had been: %s", e.message);
	CHECK(view(&s->t, s->reference).state == STATE_REVIEW,
		"and nothing was done meanwhile");
}

static void goes(struct scene *s)
{
	struct case_preview p;
	struct problems ps;
	struct err e;
	str seen;
	int ann = asked(s);

	seen = view(&s->t, s->reference).seen;
	CHECK(!let(s, "meeting", 1, "Joe wrote that he needs it no more.", &ps,
		      &e) &&
			!ps.n,
		"%s", e.message);
	CHECK(!str_eq(seen, view(&s->t, s->reference).seen),
		"who saw the case before may not approve what it is now");
	CHECK(!look(s, &p, &e) && !table_of(&p, "meeting")->rows_stuck &&
			table_of(&p, "meeting")->rows_going == 1 &&
			table_of(&p, "minutes")->rows_stuck == 1,
		"now what belongs to it is in the way");
	CHECK(approve_it(s, &e) == -1 &&
			str_find(str_of(e.message), STR("shop: minutes")) >= 0,
		"%s", e.message);
	CHECK(!let(s, "minutes", 1, "They go with it.", &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(!look(s, &p, &e) && !p.stuck && p.shared == 1 && p.rows == 3 &&
			str_find(p.let_why,
				STR("Joe wrote that he needs it no more.")) >=
				0 &&
			str_find(p.let_why, STR("They go with it.")) >= 0,
		"the house alone stays, and it says why the others go: %.*s",
		STR_ARG(p.let_why));
	CHECK(!approve_it(s, &e), "%s", e.message);
	CHECK(erase(s) == JOB_DONE, "erased");
	has_keys(s, "meeting", "");
	has_keys(s, "minutes", "");
	CHECK(has_keys(s, "customer",
		      arena_cstr(s->t.a, arena_fmt(s->t.a, "%d ", ann + 1))) &&
			has_keys(s, "house",
				arena_cstr(
					s->t.a, arena_fmt(s->t.a, "%d ", ann))),
		"Joe and his house stay");
	CHECK(view(&s->t, s->reference).state == STATE_ANSWERING &&
			view(&s->t, s->reference).tasks.at[0].rows_erased == 3,
		"done, and proven");
	CHECK(let(s, "meeting", 1, "Too late.", &ps, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"nothing is decided any more");
}

static void thought_better(struct scene *s)
{
	struct case_preview p;
	struct problems ps;
	struct err e;

	asked(s);
	CHECK(!let(s, "meeting", 1, "Nobody needs it.", &ps, &e), "%s",
		e.message);
	CHECK(!let(s, "meeting", 0, "", &ps, &e), "it stays after all: %s",
		e.message);
	CHECK(!look(s, &p, &e) && table_of(&p, "meeting")->rows_stuck == 1 &&
			!p.let_why.n,
		"as before, and the reason is gone");
	CHECK(!let(s, "meeting", 1, "Nobody needs it.", &ps, &e) &&
			!again(s, &e),
		"%s", e.message);
	find(s);
	CHECK(!look(s, &p, &e) && table_of(&p, "meeting")->rows_stuck == 1,
		"what a new search brought is decided anew");
}

/* --- searched again --- */

static void map_changed(struct scene *s)
{
	struct case_preview p;
	struct err e;

	asked(s);
	CHECK(view(&s->t, s->reference).can_search_again, "it is offered");
	set_map(s, without_nick);
	CHECK(look(s, &p, &e) == -1 && e.code == ERR_CONFLICT &&
			str_find(str_of(e.hint), STR("search")) >= 0,
		"another map: %s, %s", e.message, e.hint);
	CHECK(!again(s, &e), "%s", e.message);
	CHECK(!view(&s->t, s->reference).can_search_again &&
			again(s, &e) == -1 && e.code == ERR_CONFLICT,
		"while it is searched there is nothing to search again");
	CHECK(approve_it(s, &e) == -1 && e.code == ERR_CONFLICT,
		"and nothing to approve");
	find(s);
	CHECK(!look(s, &p, &e), "it is shown by the map of today: %s",
		e.message);
	set_map(s, with_nick);
}

/* Takes leases until that of the erasure, when it is due again. */
static void lease_erasure(struct scene *s)
{
	struct desk d = desk(s, ACTOR_WORKER);
	int64_t tomorrow = desk_now(&d) + 86400000;
	struct sql_job_lease_in in = { tomorrow, tomorrow + 60000,
		STR("other") };
	struct sql_job_lease_row row;
	int64_t task = work_of(&s->t, s->reference, "shop").task_id;
	struct err e = { 0 };
	bool is_there = false;

	while (!is_there && sql_job_lease(s->t.db, s->t.a, &in, &row, &e) == 1)
		is_there = row.subject_id == task &&
			   str_eq(row.kind, STR("erase"));
	CHECK(is_there, "somebody erases: %s", e.message);
}

static void refused(struct scene *s, bool is_leased)
{
	int ann = asked(s);
	struct problems ps;
	struct case_view v;
	struct err e;

	run_in_shop(s,
		arena_fmt(s->t.a, "insert into invoice values (1, %d)", ann));
	CHECK(!let(s, "meeting", 1, "It goes.", &ps, &e) &&
			!let(s, "minutes", 1, "They go.", &ps, &e) &&
			!approve_it(s, &e),
		"%s", e.message);
	CHECK(!view(&s->t, s->reference).can_search_again,
		"what is being carried out is not searched");
	CHECK(erase(s) == JOB_AGAIN,
		"what the map does not know is in the way");
	v = view(&s->t, s->reference);
	CHECK(v.state == STATE_WORKING && v.tasks.at[0].is_stuck &&
			v.can_search_again,
		"the database refused: %.*s", STR_ARG(v.tasks.at[0].problem));
	if (is_leased) {
		lease_erasure(s);
		CHECK(again(s, &e) == -1 && e.code == ERR_CONFLICT &&
				str_find(str_of(e.message),
					STR("being tried")) >= 0,
			"not from under who erases: %s", e.message);
		run_in_shop(s, STR("delete from invoice"));
		return;
	}
	CHECK(!again(s, &e), "%s", e.message);
	CHECK(erase(s) == JOB_DONE, "nothing is erased meanwhile");
	has_keys(s, "customer",
		arena_cstr(s->t.a, arena_fmt(s->t.a, "%d %d ", ann, ann + 1)));
	run_in_shop(s, STR("delete from invoice"));
	find(s);
	v = view(&s->t, s->reference);
	CHECK(v.state == STATE_REVIEW && !v.tasks.at[0].is_stuck,
		"it waits for approval once more");
	CHECK(!let(s, "meeting", 1, "It goes.", &ps, &e) &&
			!let(s, "minutes", 1, "They go.", &ps, &e) &&
			!approve_it(s, &e) && erase(s) == JOB_DONE,
		"%s", e.message);
	CHECK(view(&s->t, s->reference).state == STATE_ANSWERING,
		"and is done");
}

int main(int argc, char **argv)
{
	static struct scene s;

	must(sodium_init() >= 0);
	start_scene(&s, fresh_server(argc, argv));
	not_approved(&s);
	goes(&s);
	thought_better(&s);
	map_changed(&s);
	refused(&s, false);
	refused(&s, true);
	end(&s.t);
	return CHECK_DONE();
}
