/*
 * A person with more rows in a system than a finding keeps: searched for, shown,
 * approved and erased as anybody else is, by the worker's own jobs.  The system is
 * SQLite, and PostgreSQL where the record is.
 */
#include "check.h"

#include <sodium.h>
#include <sys/stat.h>

#include "cases.h"

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/keep.h"
#include "desk/limit.h"
#include "job/job.h"

enum { VISITS = 25000, CAME = 2 };

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n    title: Shop\n    connector: %s\n"
	"    database: %s\n"
	"    tables:\n"
	"      - name: person\n        key: id\n        holds: Accounts\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"      - name: visit\n        key: id\n        holds: Visits\n"
	"        columns: [ { name: page } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n";

static const char ddl[] =
	"create table person (id integer primary key, email text);\n"
	"create table visit (id integer primary key, page text,\n"
	"	person_id integer);\n"
	"insert into person values (1, 'much@x.example'), (2, "
	"'by@stander.example');\n"
	"insert into visit values (100001, '/', 2);\n"
	"with recursive n (i) as (select 1 union all select i + 1 from n\n"
	"	where i < 25000)\n"
	"	insert into visit select i, '/page', 1 from n;\n";

struct scene {
	struct test t;
	const char *url; /* of the shop */
	struct install in;
	struct log log;
	struct sent sent;
};

static struct desk worker(struct scene *s)
{
	struct desk d = desk_as(&s->t, ACTOR_WORKER);

	d.data_map = path(&s->t, "datamap.yaml");
	return d;
}

static struct conn *open_shop(struct scene *s)
{
	struct conn_options o = { .mode = CONN_WRITE, .url = s->url };
	struct map *m = arena_one(s->t.a, struct map);
	struct conn *c;
	struct err e = { 0 };

	if (map_read(s->t.a, path(&s->t, "datamap.yaml"), m, &e) ||
		conn_open(s->t.a, m, &m->systems[0], &o, &c, &e))
		fail("shop", &e);
	return c;
}

static void say(struct scene *s, const char *sql)
{
	struct conn *c = open_shop(s);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail("script", &e);
	conn_close(c);
}

static int count_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)cells;
	(void)n;
	(void)e;
	++*(int *)ctx;
	return 0;
}

static int rows_in(struct scene *s, const char *table)
{
	static const str key = STR_INIT("id");
	struct row_query q = { .table = str_of(table),
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct conn *c = open_shop(s);
	struct err e = { 0 };
	int n = 0;

	if (conn_rows(c, &q, count_row, &n, &e))
		fail("rows", &e);
	conn_close(c);
	return n;
}

/* The shop, and the map that says where it is. */
static void put_shop(struct scene *s, const char *server)
{
	const char *secret = path(&s->t, "credentials/shop");
	str map = arena_fmt(s->t.a, yaml, server ? "postgres" : "sqlite",
		server ? "shop" : "shop.db");
	struct err e = { 0 };

	s->url = server ? server : path(&s->t, "shop.db");
	if (mkdir(path(&s->t, "credentials"), 0700) ||
		file_replace(path(&s->t, "datamap.yaml"), map, 0600, &e) ||
		file_replace(secret, str_of(s->url), 0600, &e) ||
		(!server && file_replace(s->url, STR(""), 0600, &e)))
		fail("shop", &e);
	say(s, ddl);
}

/* In a job's memory, as the worker runs it. */
static void run(struct scene *s, enum job_end (*fn)(struct job *, struct err *))
{
	struct desk d = worker(s);
	struct job j = { .desk = &d,
		.install = &s->in,
		.log = &s->log,
		.id = 1,
		.attempts = 1,
		.node = STR("t_many_rows") };
	struct err e = { 0 };

	j.subject_id = work_of(&s->t, s->sent.reference, "shop").task_id;
	d.arena = arena_new(LIMIT_JOB_ARENA);
	CHECK(fn(&j, &e) == JOB_DONE, "%s", e.message);
	arena_free(d.arena);
}

static void start_case(struct scene *s)
{
	static const struct plan_row plan[] = {
		{ true, STR_INIT("shop"), STR_INIT("Shop") },
	};
	struct desk d = worker(s);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	s->sent = send_delete(&s->t, "much@x.example");
	p = letter_of(&s->t, s->sent.reference, "code");
	CHECK(confirm(&s->t, s->sent.reference, code_in(&p), &ps), "code");
	if (fulfil_plan(&d, request_id(&s->t, s->sent.reference), plan, 1, &e))
		fail("plan", &e);
}

static struct case_task task_of(struct scene *s)
{
	return view(&s->t, s->sent.reference).tasks.at[0];
}

/* The page shows some rows and says how many there are; to keep each of them would
 * take each by its key, which nobody has. */
static void shown(struct scene *s)
{
	struct desk d = staff(&s->t);
	struct case_preview p;
	struct keep_choice all = { .system = STR("shop"),
		.table = STR("visit"),
		.is_all = true,
		.ground = STR("DX1"),
		.why = STR("To finish the order of May 3."),
		.purpose = STR("Orders"),
		.seen = view(&s->t, s->sent.reference).seen };
	struct problems ps = { 0 };
	struct err e = { 0 };

	d.data_map = path(&s->t, "datamap.yaml");
	if (case_preview(&d, s->sent.reference, &p, &e))
		fail("preview", &e);
	CHECK(task_of(s).rows_found == VISITS + 1, "found %d",
		(int)task_of(s).rows_found);
	CHECK(p.rows == VISITS + 1 && p.tables.n == 2 &&
			p.tables.at[1].rows_total == VISITS &&
			p.tables.at[1].rows_going == VISITS &&
			p.tables.at[1].rows.n < 100,
		"all are counted, some are shown: %d, %zu", (int)p.rows,
		p.tables.at[1].rows_total);
	CHECK(case_keep(&d, s->sent.reference, &all, &ps, &e) < 0 &&
			e.code == ERR_LIMIT,
		"refused: %s", e.message);
}

static void approve_it(struct scene *s)
{
	struct err e = { 0 };

	if (approve(&s->t, s->sent.reference, &e))
		fail("approve", &e);
}

/* Rows came between the search and the deletion: nothing is deleted, the system is
 * searched again, and what was found then is decided anew. */
static void came_since(struct scene *s)
{
	say(s, "insert into visit values (100002, '/new', 1), (100003, '/new', "
	       "1);\n");
	run(s, job_erase);
	CHECK(str_eq(task_of(s).state, STR("searching")) &&
			rows_in(s, "visit") == VISITS + CAME + 1,
		"%.*s, %d rows", STR_ARG(task_of(s).state),
		rows_in(s, "visit"));
	run(s, job_find);
	CHECK(task_of(s).rows_found == VISITS + CAME + 1, "found again: %d",
		(int)task_of(s).rows_found);
}

static void erased(struct scene *s)
{
	run(s, job_erase);
	CHECK(str_eq(task_of(s).state, STR("done")) &&
			task_of(s).rows_erased == VISITS + CAME + 1,
		"%.*s, %d rows", STR_ARG(task_of(s).state),
		(int)task_of(s).rows_erased);
	CHECK(rows_in(s, "visit") == 1 && rows_in(s, "person") == 1,
		"the other's stay");
}

int main(int argc, char **argv)
{
	const char *server = fresh_server(argc, argv);
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start(&s.t, "many_rows", server);
	s.in = (struct install){ .arena = s.t.a,
		.dir = s.t.dir,
		.clock = s.t.clock,
		.keys = s.t.keys };
	s.in.config.credentials = STR("credentials");
	s.log = (struct log){ .fd = -1, .process = "test" };
	put_shop(&s, server);
	start_case(&s);
	run(&s, job_find);
	shown(&s);
	approve_it(&s);
	came_since(&s);
	approve_it(&s);
	erased(&s);
	end(&s.t);
	return CHECK_DONE();
}
