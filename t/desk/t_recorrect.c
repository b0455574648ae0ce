/*
 * A backup is put back, and what people had corrected is wrong again: it is put in
 * again, and the system is closed until then (11 CCR 7023(c)).  What says something
 * newer waits for a person; another person's row is not touched.
 */
#include "correcting.h"

#include <sys/stat.h>

#include "base/file.h"
#include "desk/hold.h"
#include "desk/recorrect.h"
#include "desk/restored.h"
#include "desk/returned.h"

static struct returned_way way(struct test *t)
{
	return (struct returned_way){ .credentials = t->dir };
}

/* Corrected, as a request had it. */
static void make_right_for(struct test *t, struct who_asks who,
	const char *column, const char *value)
{
	struct problems ps = { 0 };
	struct err e = { 0 };
	str reference = found_as(t, KIND_CORRECT, who);

	CHECK(!correct(t, reference, column, value, &ps, &e) && !ps.n, "%s",
		e.message);
	CHECK(work(t, job_change, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
}

static void make_right(
	struct test *t, const char *item, const char *column, const char *value)
{
	make_right_for(t,
		(struct who_asks){ "luis@example.com", item, "94610" }, column,
		value);
}

/* The backup is of the day before; and says what it held. */
static void put_back(struct test *t, const char *then)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct err e = { 0 };

	t->clock.fixed_ms += 1000;
	sql(t, people);
	sql(t, then);
	if (restored_mark(&d, STR("crm"), &e))
		fail("mark", &e);
	t->clock.fixed_ms += 1000;
}

static struct screening look(struct test *t)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct screening s = { 0 };
	struct err e = { 0 };

	if (returned_look(&d, &w, STR("crm"), &s, &e))
		fail("look", &e);
	return s;
}

static struct screening act(struct test *t, int64_t id)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct screening s = { 0 };
	struct err e = { 0 };

	if (returned_act(&d, &w, id, &s, &e))
		fail("act", &e);
	return s;
}

/* Nothing of it is closed to imports, packages and reports. */
static bool is_open(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct err e = { 0 };

	return !restored_need(&d, STR("crm"), &e);
}

static str zip_of(struct test *t, int id)
{
	return held(t,
		arena_cstr(t->a,
			arena_fmt(t->a, "select zip from person where id = %d",
				id)));
}

static bool has_zip(struct test *t, const char *zip)
{
	return str_eq(zip_of(t, 1), str_of(zip));
}

/* --- cases --- */

static void old_again(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct returned_acts acts;
	struct screening s;
	struct err e = { 0 };

	put_back(t, "");
	CHECK(has_zip(t, "94607") && !is_open(t), "the backup has the old one");
	s = look(t);
	CHECK(s.old_again == 1 && s.corrections.n == 1 &&
			str_eq(s.corrections.at[0].table, STR("person")) &&
			str_eq(s.corrections.at[0].column, STR("zip")) &&
			s.corrections.at[0].open == 1 && !s.asked.n,
		"a look says how many, by table and column: %d",
		(int)s.old_again);
	CHECK(has_zip(t, "94607") && !s.acted_at && !is_open(t),
		"and changes nothing, and opens nothing");
	s = act(t, s.id);
	CHECK(has_zip(t, "94610") && s.acted_at && !s.old_again &&
			s.corrected_again == 1,
		"put in again: %.*s", STR_ARG(zip_of(t, 1)));
	CHECK(str_eq(zip_of(t, 2), STR("94607")), "of nobody else");
	CHECK(is_open(t), "only then it is open");
	CHECK(!returned_acts(&d, s.id, &acts, &e) && acts.n == 1 &&
			acts.at[0].is_proven && acts.at[0].rows_gone == 1 &&
			str_find(acts.at[0].evidence, STR("person")) > 0 &&
			str_find(acts.at[0].evidence, STR("9461")) < 0,
		"with evidence that names nothing: %.*s",
		STR_ARG(acts.at[0].evidence));
	sql(t, "update person set zip = '94607' where id = 1;");
	CHECK(!look(t).old_again,
		"an open system is left alone: they may have moved back");
}

/* A backup of after the correction: there is nothing to do. */
static void right_already(struct test *t)
{
	struct screening s;

	put_back(t, "update person set zip = '94610' where id = 1;");
	s = look(t);
	CHECK(s.acted_at && !s.old_again && !s.asked.n && is_open(t),
		"it is right");
	put_back(t, "delete from person where id = 1;");
	CHECK(look(t).acted_at && is_open(t), "or is not there");
}

/* Somebody put it right between the look and what follows from it, or deleted the row. */
static void right_meanwhile(struct test *t)
{
	struct screening s;

	put_back(t, "");
	s = look(t);
	CHECK(s.old_again == 1, "old: %d", (int)s.old_again);
	sql(t, "update person set zip = '94610' where id = 1;");
	s = act(t, s.id);
	CHECK(s.acted_at && !s.old_again && is_open(t),
		"nothing waits any more: %d", (int)s.old_again);
	put_back(t, "update person set zip = '95616' where id = 1;");
	s = look(t);
	CHECK(s.asked.n == 1, "news: %zu", s.asked.n);
	sql(t, "delete from person where id = 1;");
	s = act(t, s.id);
	CHECK(s.acted_at && !s.asked.n && is_open(t),
		"nobody is asked about what is gone: %zu", s.asked.n);
}

/* Neither the old value nor the corrected one. */
static void newer(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };
	int64_t id;

	put_back(t, "update person set zip = '95616' where id = 1;");
	s = look(t);
	CHECK(!s.old_again && s.asked.n == 1 && !s.acted_at &&
			s.corrections.at[0].asked == 1,
		"it is news: %zu", s.asked.n);
	s = act(t, s.id);
	CHECK(has_zip(t, "95616") && !s.acted_at && s.asked.n == 1 &&
			!is_open(t),
		"nobody overwrites it, and the system is not open");
	CHECK(s.asked.at[0].reference.n == 9 &&
			s.asked.at[0].reference.p[4] == '-',
		"the request as people write it: %.*s",
		STR_ARG(s.asked.at[0].reference));
	id = s.asked.at[0].id;
	CHECK(!recorrect_choose(&d, id, true, &e), "%s", e.message);
	CHECK(has_zip(t, "95616") && is_open(t),
		"left, as the last thing that was to be done");
	CHECK(recorrect_choose(&d, id, true, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"asked once");
	put_back(t, "update person set zip = '95616' where id = 1;");
	CHECK(look(t).acted_at && is_open(t), "and not each time anew");
	put_back(t, "");
	s = look(t);
	CHECK(s.old_again == 1, "what was wrong is wrong all the same");
	CHECK(act(t, s.id).acted_at && has_zip(t, "94610"), "put in again");
}

static void newer_is_wrong(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };

	put_back(t, "update person set zip = '99999' where id = 1;");
	s = look(t);
	CHECK(!recorrect_choose(&d, s.asked.at[0].id, false, &e), "%s",
		e.message);
	CHECK(has_zip(t, "99999") && !is_open(t),
		"chosen, and not written yet");
	sql(t, "update person set zip = '11111' where id = 1;");
	s = act(t, s.id);
	CHECK(has_zip(t, "11111") && s.asked.n == 1 && !is_open(t),
		"it is not any more what staff saw: they are asked anew");
	CHECK(!recorrect_choose(&d, s.asked.at[0].id, false, &e), "%s",
		e.message);
	s = act(t, s.id);
	CHECK(has_zip(t, "94610") && s.acted_at && is_open(t), "written");
}

/* The key is somebody else's by now. */
static void another_person(struct test *t)
{
	struct screening s;

	put_back(t, "update person set email = 'new@example.com'\n"
		    "	where id = 1;");
	s = look(t);
	CHECK(!s.old_again && !s.asked.n && s.acted_at && has_zip(t, "94607"),
		"their ZIP code is theirs");
}

static void refused(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };

	put_back(t, "create trigger no_zip before update of zip on person\n"
		    "begin select raise(abort, 'no'); end;");
	s = look(t);
	s = act(t, s.id);
	CHECK(has_zip(t, "94607") && s.asked.n == 1 && !s.old_again &&
			str_find(s.asked.at[0].why, STR("by hand")) > 0 &&
			!is_open(t),
		"a person has to see to it");
	sql(t, "drop trigger no_zip;");
	CHECK(!recorrect_choose(&d, s.asked.at[0].id, false, &e), "%s",
		e.message);
	CHECK(act(t, s.id).acted_at && has_zip(t, "94610") && is_open(t),
		"and then it goes");
}

static void held_back(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct hold_identifier at = { IDENT_EMAIL,
		{ STR("luis@example.com") } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-3001") };
	struct problems ps = { 0 };
	struct screening s;
	struct err e = { 0 };
	int64_t id;

	put_back(t, "");
	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
	s = look(t);
	CHECK(s.acted_at && !s.old_again && s.corrections.n == 1 &&
			s.corrections.at[0].held == 1 && is_open(t) &&
			has_zip(t, "94607"),
		"left out, and said so");
	if (hold_lift(&d, id, &e))
		fail("lift", &e);
	t->clock.fixed_ms += 1000;
	s = look(t);
	CHECK(s.old_again == 1, "after the hold a look finds it");
	CHECK(act(t, s.id).acted_at && has_zip(t, "94610"), "and it is right");
}

/* The worker waits for a person, as with who came back. */
static void by_itself(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct desk worker = mapped(t, ACTOR_WORKER);
	struct returned_way w = way(t);
	struct screenings all;
	int64_t again_ms;
	struct err e = { 0 };
	int waiting;

	put_back(t, "");
	CHECK(!returned_step(&worker, &w, &again_ms, &e), "%s", e.message);
	CHECK(!returned_list(&d, &all, &e) && all.at[0].old_again == 1 &&
			has_zip(t, "94607"),
		"looked at at once");
	CHECK(!returned_waiting(&d, &waiting, &e) && waiting == 1,
		"every page says that it waits");
	CHECK(!returned_approve(&d, all.at[0].id, &e), "%s", e.message);
	CHECK(!returned_step(&worker, &w, &again_ms, &e) &&
			has_zip(t, "94610") && is_open(t),
		"approved: %s", e.message);
}

/* Twice, on from what the first one said; and a row of its own beside it. */
static void corrected_twice(struct test *t)
{
	struct screening s;

	sql(t, people);
	sql(t, "update person set zip = '94610' where id = 1;");
	make_right(t, "zip again", "zip", "94612");
	make_right(t, "name", "name", "Luis M.");
	put_back(t, "update person set zip = '94610' where id = 1;");
	s = look(t);
	CHECK(s.old_again == 2, "both columns: %d", (int)s.old_again);
	CHECK(act(t, s.id).acted_at && has_zip(t, "94612") &&
			str_eq(held(t, "select name from person where id = 1"),
				STR("Luis M.")),
		"the last word: %.*s", STR_ARG(zip_of(t, 1)));
	put_back(t, "");
	s = look(t);
	CHECK(act(t, s.id).acted_at && has_zip(t, "94612"),
		"from the very first, too");
}

/* --- an answer while the system is looked at --- */

static struct answering {
	struct test *t;
	const struct connector *via;
	int64_t id; /* 0: it was given */
} answering;

static int rows_meanwhile(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct desk d = mapped(answering.t, ACTOR_STAFF);
	int64_t id = answering.id;

	answering.id = 0;
	if (id && recorrect_choose(&d, id, true, e))
		return -1;
	return answering.via->rows(c, q, fn, ctx, e);
}

static void look_while_answered(struct test *t, int64_t id)
{
	struct desk d = mapped(t, ACTOR_COMMAND);
	struct conn_options o = { .mode = CONN_READ };
	struct row_names names;
	struct map map;
	struct recorrecting x = { .map = &map,
		.names = &names,
		.credentials = t->dir,
		.is_closed = true };
	struct connector via;
	struct err e = { 0 };

	row_names_init(&names, &d);
	if (map_read(t->a, d.data_map, &map, &e))
		fail("map", &e);
	x.system = map_system_named(&map, STR("crm"));
	if (conn_open(t->a, &map, x.system, &o, &x.conn, &e))
		fail("crm", &e);
	answering = (struct answering){ t, x.conn->via, id };
	via = *x.conn->via;
	via.rows = rows_meanwhile;
	x.conn->via = &via;
	CHECK(!recorrect_look(&d, &x, &e) && !answering.id, "%s", e.message);
	conn_close(x.conn);
}

static void answered_meanwhile(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct screenings all;
	struct screening s;
	struct err e = { 0 };

	put_back(t, "update person set zip = '95999' where id = 1;");
	s = look(t);
	CHECK(s.asked.n == 1, "news: %zu", s.asked.n);
	look_while_answered(t, s.asked.at[0].id);
	CHECK(!returned_list(&d, &all, &e) && !all.at[0].asked.n,
		"what staff said holds: %zu", all.at[0].asked.n);
}

/* A system that writes ZIP codes without the dash: that is no news. */
static void in_its_own_form(struct test *t)
{
	static const char no_dash[] =
		"create trigger no_dash after update of zip on person begin\n"
		"	update person set zip = replace(new.zip, '-', '')\n"
		"		where id = new.id;\n"
		"end;";
	struct screening s;

	sql(t, people);
	sql(t, no_dash);
	make_right(t, "zip with four", "zip", "94610-0001");
	CHECK(has_zip(t, "946100001"), "its own form: %.*s",
		STR_ARG(zip_of(t, 1)));
	put_back(t, "update person set name = 'Luis M.', zip = '946100001'\n"
		    "	where id = 1;");
	s = look(t);
	CHECK(s.acted_at && !s.asked.n && is_open(t),
		"a backup of after the correction has it: %zu", s.asked.n);
	put_back(t, "update person set name = 'Luis M.' where id = 1;");
	sql(t, no_dash);
	s = look(t);
	CHECK(s.old_again == 1, "one of before has not");
	s = act(t, s.id);
	CHECK(s.acted_at && !s.asked.n && is_open(t) && has_zip(t, "946100001"),
		"put in again, and nobody is asked: %zu", s.asked.n);
}

/* Nobody looked at what the system made of it: staff say that the corrected one is right,
 * it is written, and that is the end of it. */
static void chosen_in_its_own_form(struct test *t)
{
	static const char titled[] =
		"create trigger titled after update of name on person begin\n"
		"	update person set name = 'Mr ' || new.name\n"
		"		where id = new.id;\n"
		"end;";
	struct desk d = mapped(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };

	put_back(t, "update person set name = 'Luisa', zip = '946100001'\n"
		    "	where id = 1;");
	sql(t, titled);
	s = look(t);
	CHECK(s.asked.n == 1 &&
			!recorrect_choose(&d, s.asked.at[0].id, false, &e),
		"newer: %s", e.message);
	s = act(t, s.id);
	CHECK(s.acted_at && !s.asked.n && is_open(t), "asked once: %zu",
		s.asked.n);
}

/* One had the key before, and both asked: each cell is written for whose it is. */
static void two_people(struct test *t)
{
	static const char nora[] =
		"update person set email = 'nora@example.com', name = 'Nora'\n"
		"	where id = 1;";
	struct screening s;

	sql(t, people);
	sql(t, nora);
	make_right_for(t,
		(struct who_asks){ "nora@example.com", "name", "Nora B." },
		"name", "Nora B.");
	put_back(t, nora);
	s = look(t);
	CHECK(s.old_again == 1 && !s.asked.n, "her name: %d", (int)s.old_again);
	s = act(t, s.id);
	CHECK(s.acted_at && is_open(t) &&
			str_eq(held(t, "select name from person where id = 1"),
				STR("Nora B.")),
		"is put in again");
	CHECK(has_zip(t, "94607"), "and nobody else's ZIP code: %.*s",
		STR_ARG(zip_of(t, 1)));
}

/* Who asked by the address that was corrected first is who had the old one. */
static void address_corrected_first(struct test *t)
{
	struct screening s;

	sql(t, people);
	make_right_for(t,
		(struct who_asks){
			"ann@example.com", "email", "a.lee@x.example" },
		"email", "a.lee@x.example");
	make_right_for(t,
		(struct who_asks){ "a.lee@x.example", "name", "A. Lee" },
		"name", "A. Lee");
	put_back(t, "delete from person where id = 1;");
	s = look(t);
	CHECK(s.old_again == 2 && !s.asked.n, "address and name: %d",
		(int)s.old_again);
	s = act(t, s.id);
	CHECK(s.acted_at && is_open(t) &&
			str_eq(held(t, "select email || name from person\n"
				       "	where id = 2"),
				STR("a.lee@x.exampleA. Lee")),
		"both are put in again");
}

/* Who was deleted has nothing left to be right. */
static void forgotten(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };
	str reference;

	sql(t, people);
	reference = found(t, KIND_DELETE, "");
	if (case_approve(&d, reference, view(t, reference).seen, &e))
		fail("approve", &e);
	CHECK(work(t, job_erase, reference, "crm", &e) == JOB_DONE, "%s",
		e.message);
	put_back(t, "delete from person where id = 2;");
	s = look(t);
	CHECK(!s.corrections.n && s.found == 1, "nothing of it");
	s = act(t, s.id);
	CHECK(s.acted_at && is_open(t) && has_zip(t, "(no row)"), "they go");
}

/* --- a folder of files, whose rows have no key --- */

static const char files_map[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: csv\n"
	"    database: lake\n"
	"    tables:\n"
	"      - name: people.csv\n"
	"        source: A list of Valley Data\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: name }\n"
	"          - { name: zip }\n"
	"        erase: delete\n";

static const char lines[] = "email,name,zip\nluis@example.com,Luis,94607\n"
			    "ann@example.com,Ann,94607\n";

static void put_file(struct test *t, const char *name, const char *text)
{
	struct err e = { 0 };

	if (file_replace(path(t, name), str_of(text), 0600, &e))
		fail(name, &e);
}

static bool file_holds(struct test *t, const char *text)
{
	struct err e = { 0 };
	str now;

	if (file_read(t->a, path(t, "lake/people.csv"), 10000, &now, &e))
		fail("lake", &e);
	return str_eq(now, str_of(text));
}

static void without_keys(struct test *t)
{
	struct desk d = mapped(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };

	must(!mkdir(path(t, "lake"), 0700));
	put_file(t, "map.yaml", files_map);
	put_file(t, "lake/people.csv", lines);
	make_right(t, "zip in a file", "zip", "94610");
	make_right(t, "name in a file", "name", "Luis M.");
	put_file(t, "lake/people.csv", lines);
	t->clock.fixed_ms += 1000;
	if (restored_mark(&d, STR("crm"), &e))
		fail("mark", &e);
	t->clock.fixed_ms += 1000;
	s = look(t);
	CHECK(s.old_again == 1, "the row as it was before the first: %d",
		(int)s.old_again);
	s = act(t, s.id);
	CHECK(file_holds(t, "email,name,zip\nluis@example.com,Luis M.,94610\n"
			    "ann@example.com,Ann,94607\n") &&
			s.acted_at && is_open(t),
		"one after the other");
}

int main(int argc, char **argv)
{
	struct test t = { 0 };

	must(sodium_init() >= 0);
	start(&t, "recorrect", fresh_server(argc, argv));
	set_contact(&t);
	put_map(&t);
	make_right(&t, "zip", "zip", "94610");
	old_again(&t);
	right_already(&t);
	right_meanwhile(&t);
	newer(&t);
	newer_is_wrong(&t);
	another_person(&t);
	refused(&t);
	held_back(&t);
	by_itself(&t);
	corrected_twice(&t);
	answered_meanwhile(&t);
	in_its_own_form(&t);
	chosen_in_its_own_form(&t);
	two_people(&t);
	address_corrected_first(&t);
	without_keys(&t);
	put_map(&t);
	forgotten(&t);
	end(&t);
	return CHECK_DONE();
}
