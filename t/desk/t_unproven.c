/*
 * An erasure that the database takes back by a rule of its own: the row stays, without
 * the address by which a search would find it.  It is never called deleted: the task stays
 * open and says why, until the rule is gone.  The system is SQLite, and PostgreSQL where
 * the record is.
 */
#include "check.h"

#include <sodium.h>
#include <sys/stat.h>

#include "cases.h"

#include "base/file.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/limit.h"
#include "job/job.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n    title: Shop\n    connector: %s\n"
	"    database: %s\n"
	"    tables:\n"
	"      - name: visit\n        key: id\n        holds: Visits\n"
	"        columns:\n"
	"          - { name: email, identifies: email, erase: \"null\" }\n"
	"          - { name: body, erase: hash }\n"
	"        erase: deidentify\n";

static const char ddl[] =
	"create table visit (id integer primary key, email text, body text);\n"
	"insert into visit values (1, 'ann@x.example', 'Ann was here');\n";

static const char sqlite_rule[] =
	"create trigger back after update on visit begin update visit set "
	"body = old.body where id = old.id; end;\n";
static const char postgres_rule[] =
	"create function back() returns trigger language plpgsql as "
	"$$ begin new.body := old.body; return new; end $$;\n"
	"create trigger back before update on visit for each row execute "
	"function back();\n";

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
static enum job_end run(
	struct scene *s, enum job_end (*fn)(struct job *, struct err *))
{
	struct desk d = worker(s);
	struct job j = { .desk = &d,
		.install = &s->in,
		.log = &s->log,
		.id = 1,
		.attempts = 1,
		.node = STR("t_unproven") };
	struct err e = { 0 };
	enum job_end end;

	j.subject_id = work_of(&s->t, s->sent.reference, "shop").task_id;
	d.arena = arena_new(LIMIT_JOB_ARENA);
	end = fn(&j, &e);
	arena_free(d.arena);
	return end;
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

	s->sent = send_delete(&s->t, "ann@x.example");
	p = letter_of(&s->t, s->sent.reference, "code");
	CHECK(confirm(&s->t, s->sent.reference, code_in(&p), &ps), "code");
	if (fulfil_plan(&d, request_id(&s->t, s->sent.reference), plan, 1, &e))
		fail("plan", &e);
}

static struct case_task task_of(struct scene *s)
{
	return view(&s->t, s->sent.reference).tasks.at[0];
}

/* Nobody would find the row any more: the system would have been called deleted. */
static void stays_open(struct scene *s)
{
	struct case_task t;

	CHECK(run(s, job_erase) == JOB_AGAIN, "tried again");
	t = task_of(s);
	CHECK(str_eq(t.state, STR("approved")) && !t.done_at, "%.*s",
		STR_ARG(t.state));
	CHECK(str_find(t.problem, STR("were given: 1")) >= 0, "%.*s",
		STR_ARG(t.problem));
	CHECK(view(&s->t, s->sent.reference).state == STATE_WORKING,
		"the case goes on");
	CHECK(run(s, job_erase) == JOB_AGAIN, "however often");
	CHECK(str_eq(task_of(s).state, STR("approved")), "still");
}

static void done_without_it(struct scene *s, const char *server)
{
	struct case_task t;

	say(s, server ? "drop trigger back on visit;\n"
		      : "drop trigger back;\n");
	CHECK(run(s, job_erase) == JOB_DONE, "done");
	t = task_of(s);
	CHECK(str_eq(t.state, STR("done")) && t.rows_erased == 1 &&
			!t.problem.n,
		"%.*s, %d rows", STR_ARG(t.state), (int)t.rows_erased);
}

int main(int argc, char **argv)
{
	const char *server = fresh_server(argc, argv);
	struct scene s = { 0 };
	struct err e = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start(&s.t, "unproven", server);
	s.in = (struct install){ .arena = s.t.a,
		.dir = s.t.dir,
		.clock = s.t.clock,
		.keys = s.t.keys };
	s.in.config.credentials = STR("credentials");
	s.log = (struct log){ .fd = -1, .process = "test" };
	put_shop(&s, server);
	start_case(&s);
	CHECK(run(&s, job_find) == JOB_DONE && task_of(&s).rows_found == 1,
		"found");
	if (approve(&s.t, s.sent.reference, &e))
		fail("approve", &e);
	say(&s, server ? postgres_rule : sqlite_rule);
	stays_open(&s);
	done_without_it(&s, server);
	end(&s.t);
	return CHECK_DONE();
}
