/*
 * People who are to be looked for in one system are looked for in one run of the
 * worker, and deletions that were approved are carried out in one, each with its own
 * end: done, to be searched again, held, put
 * back.
 */
#include "check.h"

#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "cases.h"

#include "base/file.h"
#include "connect/map.h"
#include "desk/hold.h"
#include "desk/limit.h"
#include "job/job.h"
#include "store/sql.h"

enum { PEOPLE = 5, DONE = 3, CAME_BACK = 3, HELD = 4 };
/* People of one company, with so many others that what tells whether it is theirs
 * alone would be more for all of them than a job has. */
enum { CROWD = 32, COLLEAGUES = 100000 };
enum { CRASHING = 3, STUCK = 3, ALL = PEOPLE + CROWD + CRASHING + STUCK };

static const char yaml[] = "version: 1\n"
			   "systems:\n"
			   "  - name: leads\n"
			   "    title: Leads\n"
			   "    connector: csv\n"
			   "    database: leads\n"
			   "    tables:\n"
			   "      - name: person.csv\n"
			   "        key: id\n"
			   "        columns:\n"
			   "          - { name: email, identifies: email }\n"
			   "          - { name: zip, verifies: zip }\n"
			   "        erase: delete\n";

static const char crowd_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: leads\n"
	"    title: Leads\n"
	"    connector: csv\n"
	"    database: leads\n"
	"    tables:\n"
	"      - name: company.csv\n"
	"        key: id\n"
	"        columns: [ { name: name } ]\n"
	"        erase: delete\n"
	"      - name: contact.csv\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links:\n"
	"          - { column: company, to: company.csv.id, shared: true }\n"
	"        erase: delete\n";

struct scene {
	struct test t;
	struct install in;
	struct log log;
	struct sent of[ALL];
};

static const char *address(struct test *t, int i)
{
	return arena_cstr(t->a, arena_fmt(t->a, "p%d@together.example", i));
}

static struct desk worker(struct scene *s)
{
	struct desk d = desk_as(&s->t, ACTOR_WORKER);

	d.data_map = path(&s->t, "datamap.yaml");
	return d;
}

static void write_file(struct scene *s, const char *name, str text)
{
	struct err e = { 0 };

	if (file_replace(path(&s->t, name), text, 0600, &e))
		fail(name, &e);
}

/* Person i has two rows; the last row is nobody's who asks. */
static void write_system(struct scene *s, bool is_back)
{
	struct buf b = buf_in(s->t.a, 1 << 16);

	buf_puts(&b, "id,email,zip\n");
	for (int i = 0; i < 2 * PEOPLE; i++)
		buf_fmt(&b, "%d,%s,94607\n", i + 1, address(&s->t, i / 2));
	if (is_back)
		buf_fmt(&b, "90,%s,94607\n", address(&s->t, CAME_BACK));
	buf_puts(&b, "99,by@stander.example,94607\n");
	write_file(s, "leads/person.csv", buf_str(&b));
}

static str task_state(struct scene *s, int i)
{
	return work_of(&s->t, s->of[i].reference, "leads").state;
}

static void confirm_and_plan(struct scene *s, int i)
{
	static const struct plan_row plan[] = {
		{ true, STR_INIT("leads"), STR_INIT("Leads") },
	};
	struct desk d = worker(s);
	struct problems ps = { 0 };
	struct err e = { 0 };
	struct post p;

	s->of[i] = send_delete(&s->t, address(&s->t, i));
	p = letter_of(&s->t, s->of[i].reference, "code");
	CHECK(confirm(&s->t, s->of[i].reference, code_in(&p), &ps), "code");
	if (fulfil_plan(&d, request_id(&s->t, s->of[i].reference), plan, 1, &e))
		fail("plan", &e);
}

static void approve_one(struct scene *s, int i)
{
	struct err e = { 0 };

	if (approve(&s->t, s->of[i].reference, &e))
		fail("approve", &e);
}

/* As the worker does, passing over what is of another kind. */
static struct sql_job_lease_row lease(struct scene *s, const char *kind)
{
	struct desk d = worker(s);
	struct sql_job_lease_in in = { desk_now(&d), desk_now(&d) + 60000,
		STR("t_together") };
	struct sql_job_lease_row row = { 0 };
	struct err e = { 0 };

	do {
		if (sql_job_lease(s->t.db, s->t.a, &in, &row, &e) != 1)
			fail("nothing is due", &e);
	} while (!str_eq(row.kind, str_of(kind)));
	return row;
}

static struct job run_of(
	struct scene *s, struct desk *d, const struct sql_job_lease_row *row)
{
	return (struct job){ .desk = d,
		.install = &s->in,
		.log = &s->log,
		.id = row->id,
		.node = STR("t_together"),
		.subject_id = row->subject_id,
		.has_crashed = str_eq(row->problem, STR(JOB_CRASHED)) };
}

/* One run looks for all of them; each case has the rows of its own person. */
static void searched_together(struct scene *s)
{
	struct desk d = worker(s);
	struct sql_job_lease_row row = lease(s, "find");
	struct job j = run_of(s, &d, &row);
	struct companions left;
	struct err e = { 0 };

	CHECK(job_find(&j, &e) == JOB_DONE, "%s", e.message);
	for (int i = 0; i < PEOPLE; i++) {
		CHECK(str_eq(task_state(s, i), STR("found")), "person %d: %.*s",
			i, STR_ARG(task_state(s, i)));
		CHECK(view(&s->t, s->of[i].reference).tasks.at[0].rows_found ==
				2,
			"person %d: the two rows", i);
	}
	CHECK(!job_companions(&j, COMPANION_FIND, STR("leads"), &left, &e) &&
			!left.n,
		"nobody is left to be looked for");
}

/* A system that is away: each case says so, and each is looked for again. */
static void search_away(struct scene *s)
{
	struct desk d = worker(s);
	struct sql_job_lease_row row = lease(s, "find");
	struct job j = run_of(s, &d, &row);
	struct err e = { 0 };

	must(!rename(path(&s->t, "leads"), path(&s->t, "moved")));
	CHECK(job_find(&j, &e) == JOB_AGAIN, "%s", e.message);
	for (int i = 0; i < PEOPLE; i++)
		CHECK(str_eq(task_state(s, i), STR("searching")) &&
				work_of(&s->t, s->of[i].reference, "leads")
						.attempts == 1,
			"person %d is looked for again", i);
	must(!rename(path(&s->t, "moved"), path(&s->t, "leads")));
	CHECK(sql_job_retry(s->t.db,
		      &(struct sql_job_retry_in){
			      row.id, j.node, desk_now(&d), STR("away") },
		      &e) == 1,
		"as the worker does with the run's own");
}

/* A run that is killed has ended none of those that it took along: they are given
 * back with it, and taken along by the next. */
static void put_back(struct scene *s)
{
	struct desk d = worker(s);
	struct sql_job_lease_row row = lease(s, "erase");
	struct job j = run_of(s, &d, &row);
	struct sql_job_extend_along_in longer = { row.id, j.node,
		desk_now(&d) + 90000 };
	struct sql_job_retry_along_in along = { row.id, j.node, desk_now(&d),
		STR("killed") };
	struct sql_job_retry_in own = { row.id, j.node, desk_now(&d),
		STR("killed") };
	struct companions all;
	struct err e = { 0 };

	CHECK(!job_companions(&j, COMPANION_ERASE, STR("leads"), &all, &e) &&
			all.n == PEOPLE - 1,
		"%zu come along", all.n);
	for (size_t i = 0; i < all.n; i++)
		if (job_companion_end(&j, &all.at[i], JOB_AGAIN, NULL, &e))
			fail("give back", &e);
	CHECK(!job_companions(&j, COMPANION_ERASE, STR("leads"), &all, &e) &&
			all.n == PEOPLE - 1 && all.at[0].attempts == 1,
		"for whom there was no room was not tried, and is due: %d",
		(int)all.at[0].attempts);
	CHECK(!job_companions(&j, COMPANION_ERASE, STR("leads"), &all, &e) &&
			!all.n,
		"and are nobody else's meanwhile");
	CHECK(sql_job_extend_along(s->t.db, &longer, &e) == PEOPLE - 1,
		"the worker holds their leases with the run's");
	CHECK(sql_job_retry_along(s->t.db, &along, &e) == PEOPLE - 1 &&
			sql_job_retry(s->t.db, &own, &e) == 1,
		"and gives them back with it");
}

static void together(struct scene *s)
{
	struct desk d = worker(s);
	struct sql_job_lease_row row = lease(s, "erase");
	struct job j = run_of(s, &d, &row);
	struct companions left;
	struct err e = { 0 };
	str file;

	CHECK(job_erase(&j, &e) == JOB_DONE, "%s", e.message);
	for (int i = 0; i < DONE; i++)
		CHECK(str_eq(task_state(s, i), STR("done")) &&
				view(&s->t, s->of[i].reference)
						.tasks.at[0]
						.rows_erased == 2,
			"person %d: done in the one run, with the two rows", i);
	CHECK(str_eq(task_state(s, CAME_BACK), STR("searching")),
		"a row came after the approval: searched again");
	CHECK(str_eq(task_state(s, HELD), STR("approved")),
		"who is held waits for the end of the hold");
	CHECK(!job_companions(&j, COMPANION_ERASE, STR("leads"), &left, &e) &&
			!left.n,
		"nothing is left to be done");
	if (file_read(s->t.a, path(&s->t, "leads/person.csv"), 1 << 16, &file,
		    &e))
		fail("read", &e);
	CHECK(str_eq(file, STR("id,email,zip\n"
			       "9,p4@together.example,94607\n"
			       "10,p4@together.example,94607\n"
			       "90,p3@together.example,94607\n"
			       "99,by@stander.example,94607\n")),
		"every other byte is as it was: %.*s", STR_ARG(file));
}

static void hold_one(struct scene *s)
{
	struct desk d = desk_as(&s->t, ACTOR_STAFF);
	struct hold_identifier at = { IDENT_EMAIL,
		{ str_of(address(&s->t, HELD)) } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-1177") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
}

/* A system that can't be written puts each of them back, with the reason on its
 * case; and the run ends. */
static void away(struct scene *s)
{
	struct desk d = worker(s);
	struct sql_job_lease_row row = lease(s, "erase");
	struct job j = run_of(s, &d, &row);
	struct err e = { 0 };

	must(!rename(path(&s->t, "leads"), path(&s->t, "moved")));
	CHECK(job_erase(&j, &e) == JOB_AGAIN, "%s", e.message);
	for (int i = 0; i < PEOPLE; i++)
		CHECK(str_eq(task_state(s, i), STR("approved")) &&
				work_of(&s->t, s->of[i].reference, "leads")
						.attempts == 2,
			"person %d is tried again, after the search that was",
			i);
	must(!rename(path(&s->t, "moved"), path(&s->t, "leads")));
}

/* --- more than fits a job at once --- */

static void write_crowd(struct scene *s)
{
	struct buf b = buf_in(s->t.a, 16 << 20);

	write_file(s, "datamap.yaml", str_of(crowd_yaml));
	write_file(s, "leads/company.csv", STR("id,name\n1,Works\n"));
	buf_puts(&b, "id,email,company\n");
	for (int i = 0; i < COLLEAGUES; i++)
		buf_fmt(&b, "%d,c%d@works.example,1\n", ALL + i, i);
	for (int i = PEOPLE; i < ALL; i++)
		buf_fmt(&b, "%d,%s,1\n", i, address(&s->t, i));
	must(buf_ok(&b));
	write_file(s, "leads/contact.csv", buf_str(&b));
}

/* In a job's memory, as the worker runs it. */
static enum job_end find_as_job(
	struct scene *s, const struct sql_job_lease_row *row, struct err *e)
{
	struct desk d = worker(s);
	struct job j = run_of(s, &d, row);
	enum job_end end;

	d.arena = arena_new(LIMIT_JOB_ARENA);
	end = job_find(&j, e);
	arena_free(d.arena);
	return end;
}

static int found_n(struct scene *s, int from, int to)
{
	int n = 0;

	for (int i = from; i < to; i++)
		n += str_eq(task_state(s, i), STR("found"));
	return n;
}

/* Everybody's finding fits; what all of them take together does not. */
static void a_crowd(struct scene *s)
{
	struct sql_job_lease_row row;
	struct err e = { 0 };

	for (int i = PEOPLE; i < PEOPLE + CROWD; i++)
		confirm_and_plan(s, i);
	do { /* runs of before are due as well, which end at once */
		row = lease(s, "find");
		CHECK(find_as_job(s, &row, &e) == JOB_DONE, "%s", e.message);
	} while (!found_n(s, PEOPLE, PEOPLE + CROWD));
	for (int i = PEOPLE; i < PEOPLE + CROWD; i++)
		CHECK(str_eq(task_state(s, i), STR("found")) &&
				view(&s->t, s->of[i].reference)
						.tasks.at[0]
						.rows_found == 2,
			"person %d: their row and the company's, in the one "
			"run",
			i);
}

/* used: of the job's memory, when it ended. */
static enum job_end erase_as_job(struct scene *s,
	const struct sql_job_lease_row *row, size_t *used, struct err *e)
{
	struct desk d = worker(s);
	struct job j = run_of(s, &d, row);
	enum job_end end;

	d.arena = arena_new(LIMIT_JOB_ARENA);
	end = job_erase(&j, e);
	*used = arena_used(d.arena);
	arena_free(d.arena);
	return end;
}

/* The company is everybody's, so each of them is erased alone, and asks for it who
 * else's it is.  What that takes is given back before the next: a run of a thousand
 * people would not fit, if the job kept it. */
static void a_crowd_erased(struct scene *s)
{
	enum { KEPT_OF_ONE = 64 << 10 };
	struct sql_job_lease_row row;
	struct err e = { 0 };
	size_t used;

	for (int i = PEOPLE; i < PEOPLE + CROWD; i++)
		approve_one(s, i);
	row = lease(s, "erase");
	CHECK(erase_as_job(s, &row, &used, &e) == JOB_DONE, "%s", e.message);
	for (int i = PEOPLE; i < PEOPLE + CROWD; i++)
		CHECK(str_eq(task_state(s, i), STR("kept")) &&
				view(&s->t, s->of[i].reference)
						.tasks.at[0]
						.rows_erased == 1,
			"person %d: their row went in the one run, and the "
			"company stays: %.*s",
			i, STR_ARG(task_state(s, i)));
	CHECK(used < (size_t)CROWD * KEPT_OF_ONE, "it kept %zu bytes", used);
}

/* --- one of them is stuck --- */

static const char stuck_yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: leads\n"
	"    title: Leads\n"
	"    connector: sqlite\n"
	"    database: leads.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

static void run_there(struct scene *s, const char *text)
{
	sqlite3 *db = NULL;

	must(!sqlite3_open(path(&s->t, "leads.db"), &db));
	must(!sqlite3_exec(db, text, NULL, NULL, NULL));
	sqlite3_close(db);
}

/* A rule of the database passes over one of the deletions in silence.  Of those who
 * are erased together that one is erased alone, and is never called done; the others
 * are. */
static void one_stuck(struct scene *s)
{
	enum { FIRST = PEOPLE + CROWD + CRASHING, BAD = FIRST + 1 };
	struct sql_job_lease_row row;
	struct err e = { 0 };
	size_t used;

	write_file(s, "datamap.yaml", str_of(stuck_yaml));
	run_there(
		s, "create table person (id integer primary key, email text);");
	for (int i = FIRST; i < ALL; i++)
		run_there(s,
			arena_cstr(s->t.a,
				arena_fmt(s->t.a,
					"insert into person values (%d, '%s');",
					i, address(&s->t, i))));
	run_there(s,
		arena_cstr(s->t.a,
			arena_fmt(s->t.a,
				"create trigger stay before delete on person\n"
				"when old.id = %d begin select raise(ignore);"
				" end;",
				BAD)));
	for (int i = FIRST; i < ALL; i++)
		confirm_and_plan(s, i);
	row = lease(s, "find");
	CHECK(find_as_job(s, &row, &e) == JOB_DONE, "%s", e.message);
	for (int i = FIRST; i < ALL; i++)
		approve_one(s, i);
	row = lease(s, "erase");
	erase_as_job(s, &row, &used, &e);
	for (int i = FIRST; i < ALL; i++)
		CHECK(str_eq(task_state(s, i),
			      i == BAD ? STR("approved") : STR("done")),
			"person %d: %.*s", i, STR_ARG(task_state(s, i)));
	CHECK(work_of(&s->t, s->of[BAD].reference, "leads").attempts > 0,
		"it is said on the case, and tried again");
}

/* Whoever makes a run crash would take the others with them each time they come
 * together: they come one by one then, and who is well is found. */
static void crashed(struct scene *s)
{
	struct desk d = worker(s);
	struct sql_job_lease_row row;
	struct companions all;
	struct job j;
	struct err e = { 0 };

	for (int i = PEOPLE + CROWD; i < PEOPLE + CROWD + CRASHING; i++)
		confirm_and_plan(s, i);
	row = lease(s, "find");
	j = run_of(s, &d, &row);
	CHECK(!job_companions(&j, COMPANION_FIND, STR("leads"), &all, &e) &&
			all.n == CRASHING - 1,
		"%zu come along", all.n);
	/* As the worker does when the process is gone. */
	CHECK(sql_job_retry_along(s->t.db,
		      &(struct sql_job_retry_along_in){
			      row.id, j.node, desk_now(&d), STR(JOB_CRASHED) },
		      &e) == CRASHING - 1 &&
			sql_job_retry(s->t.db,
				&(struct sql_job_retry_in){ row.id, j.node,
					desk_now(&d), STR(JOB_CRASHED) },
				&e) == 1,
		"%s", e.message);
	for (int n = 1; n <= CRASHING; n++) {
		row = lease(s, "find");
		CHECK(find_as_job(s, &row, &e) == JOB_DONE, "%s", e.message);
		CHECK(found_n(s, PEOPLE + CROWD, PEOPLE + CROWD + CRASHING) ==
				n,
			"%d found after %d runs",
			found_n(s, PEOPLE + CROWD, PEOPLE + CROWD + CRASHING),
			n);
		CHECK(sql_job_done(s->t.db,
			      &(struct sql_job_done_in){
				      row.id, j.node, desk_now(&d) },
			      &e) == 1,
			"as the worker does with the run's own");
	}
}

static void start_scene(struct scene *s, const char *server)
{
	start(&s->t, "together", server);
	s->in = (struct install){ .arena = s->t.a,
		.dir = s->t.dir,
		.clock = s->t.clock,
		.keys = s->t.keys };
	s->in.config.credentials = STR("credentials");
	s->log = (struct log){ .fd = -1, .process = "test" };
	write_file(s, "datamap.yaml", str_of(yaml));
	must(!mkdir(path(&s->t, "leads"), 0700));
	write_system(s, false);
}

int main(int argc, char **argv)
{
	struct scene s = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start_scene(&s, fresh_server(argc, argv));
	for (int i = 0; i < PEOPLE; i++)
		confirm_and_plan(&s, i);
	search_away(&s);
	s.t.clock.fixed_ms += 60000;
	searched_together(&s);
	for (int i = 0; i < PEOPLE; i++)
		approve_one(&s, i);
	put_back(&s);
	away(&s);
	s.t.clock.fixed_ms += 86400000;
	write_system(&s, true);
	hold_one(&s);
	together(&s);
	write_crowd(&s);
	a_crowd(&s);
	a_crowd_erased(&s);
	crashed(&s);
	one_stuck(&s);
	end(&s.t);
	return CHECK_DONE();
}
