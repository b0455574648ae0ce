/*
 * What the answer says of rows that went into totals is what was added: not what was
 * planned, and no number where nobody knows (11 CCR 7022(b)(1)).
 */
#include "check.h"

#include <sodium.h>

#include "cases.h"

#include "base/file.h"
#include "connect/connector.h"
#include "job/job.h"
#include "store/sql.h"

/* In pages: each adds its own rows, and all of them are told. */
static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: shop\n"
	"    title: Shop\n"
	"    connector: sqlite\n"
	"    database: shop.db\n"
	"    page_size: 2\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: zip, verifies: zip }\n"
	"        erase: delete\n"
	"      - name: buy\n"
	"        key: id\n"
	"        columns: [ { name: month } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: aggregate\n"
	"        summary: { table: sales, by: [ { column: month } ],\n"
	"          count: n }\n";

static const char ddl[] =
	"create table person (id integer primary key, email text, zip text);\n"
	"create table buy (id integer primary key, month text,\n"
	"	person_id integer);\n"
	"create table sales (month text unique, n integer);\n"
	"insert into sales values ('2026-01', 40);\n";

struct scene {
	struct test t;
	struct install in;
	struct log log;
};

static struct desk worker(struct scene *s)
{
	struct desk d = desk_as(&s->t, ACTOR_WORKER);

	d.data_map = path(&s->t, "datamap.yaml");
	return d;
}

/* What the business does to its own database. */
static void shop(struct scene *s, const char *statements)
{
	struct conn_options o = { .mode = CONN_WRITE };
	struct desk d = worker(s);
	struct err e = { 0 };
	struct conn *c;
	struct map map;

	if (map_read(s->t.a, d.data_map, &map, &e) ||
		conn_open(s->t.a, &map, &map.systems[0], &o, &c, &e) ||
		conn_script(c, str_of(statements), &e))
		fail("the shop", &e);
	conn_close(c);
}

/* As the worker does, passing over what is of another kind. */
static void run(struct scene *s, const char *kind, job_fn *fn, int64_t attempts)
{
	struct desk d = worker(s);
	struct sql_job_lease_in in = { desk_now(&d), desk_now(&d) + 60000,
		STR("t_totals") };
	struct sql_job_lease_row row = { 0 };
	struct job j = {
		.desk = &d,
		.install = &s->in,
		.log = &s->log,
		.node = in.lease_by,
		.attempts = attempts,
	};
	struct err e = { 0 };

	do {
		if (sql_job_lease(s->t.db, s->t.a, &in, &row, &e) != 1)
			fail("nothing is due", &e);
	} while (!str_eq(row.kind, str_of(kind)));
	j.id = row.id;
	j.subject_id = row.subject_id;
	CHECK(fn(&j, &e) == JOB_DONE, "%s: %s", kind, e.message);
}

/* A request that is approved: a person, and five things that she bought. */
static str approved(struct scene *s, int id)
{
	static const struct plan_row plan[] = {
		{ true, STR_INIT("shop"), STR_INIT("Shop") },
	};
	struct arena *a = s->t.a;
	const char *email =
		arena_cstr(a, arena_fmt(a, "p%d@totals.example", id));
	struct desk d = worker(s);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct sent sent;
	struct post p;

	shop(s, arena_cstr(a, arena_fmt(a,
				      "insert into person values (%d, '%s', "
				      "'94607');\n"
				      "insert into buy (month, person_id) "
				      "values ('2026-01', %d), ('2026-01', "
				      "%d), ('2026-01', %d), ('2026-01', %d), "
				      "('2026-01', %d);\n",
				      id, email, id, id, id, id, id)));
	sent = send_delete(&s->t, email);
	p = letter_of(&s->t, sent.reference, "code");
	CHECK(confirm(&s->t, sent.reference, code_in(&p), &ps), "code");
	if (fulfil_plan(&d, request_id(&s->t, sent.reference), plan, 1, &e))
		fail("plan", &e);
	run(s, "find", job_find, 1);
	if (approve(&s->t, sent.reference, &e))
		fail("approve", &e);
	return sent.reference;
}

static bool letter_says(struct scene *s, str reference, const char *words)
{
	struct post p = letter_of(&s->t, reference, "deleted");
	struct buf b = buf_in(s->t.a, p.text.v.n + 1);

	for (size_t i = 0; i < p.text.v.n; i++)
		buf_putc(&b, p.text.v.p[i] == '\n' ? ' ' : p.text.v.p[i]);
	return str_find(buf_str(&b), str_of(words)) >= 0;
}

static void says(struct scene *s, str reference, const char *words)
{
	struct desk d = staff(&s->t);
	struct problems ps = { 0 };
	struct err e = { 0 };

	CHECK(!case_answer(&d, reference, STR(""), &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(letter_says(s, reference, words), "%s: %.*s", words,
		STR_ARG(letter_of(&s->t, reference, "deleted").text.v));
}

/* The business's own purge took two of the five after the approval: three were
 * added. */
static void purged(struct scene *s)
{
	str reference = approved(s, 1);

	shop(s, "delete from buy where id in (select id from buy where "
		"person_id = 1 limit 2);\n");
	run(s, "erase", job_erase, 1);
	says(s, reference, "3 of these records went into totals before");
}

/* A run that was killed after it had added something can't have said so: what the
 * next one finds gone may be in the totals or not. */
static void killed(struct scene *s)
{
	str reference = approved(s, 2);

	shop(s, "delete from buy where id in (select id from buy where "
		"person_id = 2 limit 2);\n");
	run(s, "erase", job_erase, 2);
	says(s, reference,
		"Some of these records may have gone into totals before");
}

/* Tried before, and nothing is gone: then nothing was added before. */
static void tried_again(struct scene *s)
{
	str reference = approved(s, 3);

	run(s, "erase", job_erase, 2);
	says(s, reference, "5 of these records went into totals before");
}

/* No total counts enough: nothing was added, and nothing is said. */
static void too_few(struct scene *s)
{
	str reference = approved(s, 4);

	shop(s, "update sales set n = 9;\n");
	run(s, "erase", job_erase, 1);
	says(s, reference, "We deleted 6 records.");
	CHECK(!letter_says(s, reference, "totals"), "of no total");
}

static void start_scene(struct scene *s, const char *server)
{
	struct err e = { 0 };

	start(&s->t, "totals", server);
	s->in = (struct install){ .arena = s->t.a,
		.dir = s->t.dir,
		.clock = s->t.clock,
		.keys = s->t.keys };
	s->in.config.credentials = STR("credentials");
	s->log = (struct log){ .fd = -1, .process = "test" };
	if (file_replace(path(&s->t, "datamap.yaml"), str_of(yaml), 0600, &e) ||
		file_replace(path(&s->t, "shop.db"), STR(""), 0600, &e))
		fail("the shop", &e);
	shop(s, ddl);
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start_scene(&s, fresh_server(argc, argv));
	purged(&s);
	killed(&s);
	tried_again(&s);
	too_few(&s);
	end(&s.t);
	return CHECK_DONE();
}
