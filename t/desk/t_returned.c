/*
 * People who were deleted and stand in a system again: found by what is left of
 * them (keyed values), deleted again with all that belongs to them, and nobody
 * else.  The systems are real (SQLite files), the record is on both engines.
 */
#include "start.h"

#include <sodium.h>

#include "base/file.h"
#include "check.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/deleted_key.h"
#include "desk/hold.h"
#include "desk/restored.h"
#include "desk/returned.h"
#include "law/reason.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000 };

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    title: CRM\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: phone, identifies: phone } ]\n"
	"        erase: delete\n"
	"      - name: email\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: invoice\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: keep\n"
	"        exception: DX8\n"
	"        purpose: Tax records, kept for seven years\n"
	"  - name: news\n"
	"    title: Newsletter\n"
	"    connector: sqlite\n"
	"    database: news.db\n"
	"    tables:\n"
	"      - name: subscriber\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

static const char crm[] =
	"create table person (id integer primary key, name text, phone text);\n"
	"create table email (id integer primary key, person_id integer,\n"
	"	email text);\n"
	"create table invoice (id integer primary key, person_id integer,\n"
	"	email text);\n"
	"insert into person values (1, 'Ann', '4155550101'),\n"
	"	(2, 'By', '4155550102'), (3, 'Held', '4155550103'),\n"
	"	(4, 'Out', '4155550104');\n"
	"insert into email values (1, 1, 'Ann@One.example'),\n"
	"	(2, 1, 'ann@work.example'), (3, 2, 'by@stander.example'),\n"
	"	(4, 3, 'held@law.example'), (5, 4, 'out@opted.example');\n"
	"insert into invoice values (1, 1, 'ann@one.example'),\n"
	"	(2, 2, 'by@stander.example');\n";

static const char news[] =
	"create table subscriber (id integer primary key, email text);\n"
	"insert into subscriber values (1, 'by@stander.example'),\n"
	"	(2, 'no address at all');\n";

static struct desk desk(struct test *t, enum actor_kind kind)
{
	struct desk d = desk_as(t, kind);

	d.data_map = path(t, "datamap.yaml");
	return d;
}

static struct returned_way way(struct test *t)
{
	return (struct returned_way){ .credentials = t->dir };
}

/* --- the systems --- */

static struct conn *open_in(
	struct test *t, const char *system, enum conn_mode mode)
{
	struct conn_options o = { .mode = mode };
	struct map *m = arena_one(t->a, struct map);
	struct conn *c;
	struct err e = { 0 };

	if (map_read(t->a, path(t, "datamap.yaml"), m, &e) ||
		conn_open(t->a, m, map_system_named(m, str_of(system)), &o, &c,
			&e))
		fail(system, &e);
	return c;
}

static void run_in(struct test *t, const char *system, const char *sql)
{
	struct conn *c = open_in(t, system, CONN_WRITE);
	struct err e = { 0 };

	if (conn_script(c, str_of(sql), &e))
		fail(sql, &e);
	conn_close(c);
}

static int put_key(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	buf_fmt(ctx, "%.*s ", STR_ARG(cells[0].v.v));
	return 0;
}

/* The keys of a table's rows: "1 2 ". */
static str keys_in(struct test *t, const char *system, const char *table)
{
	struct conn *c = open_in(t, system, CONN_READ);
	struct buf b = buf_in(t->a, 1000);
	str key = STR("id");
	struct row_query q = { .table = str_of(table),
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(c, &q, put_key, &b, &e))
		fail(table, &e);
	conn_close(c);
	return buf_str(&b);
}

static bool holds(
	struct test *t, const char *system, const char *table, const char *keys)
{
	return str_eq(keys_in(t, system, table), str_of(keys));
}

static void make_system(
	struct test *t, const char *system, const char *file, const char *sql)
{
	struct err e = { 0 };

	if (file_replace(path(t, file), STR(""), 0600, &e))
		fail(file, &e);
	run_in(t, system, sql);
}

/* --- the list --- */

struct saying {
	enum ident_kind kind;
	const char *value;
	uint32_t reasons;
};

static int say(struct desk *d, void *ctx, struct err *e)
{
	const struct saying *s = ctx;
	uint8_t key[IDENT_KEY_SIZE];

	must(!ident_key_of(
		suppress_keyring(d->suppress), s->kind, str_of(s->value), key));
	return suppress_add(d, s->kind, key, s->reasons, STR("request"), 0, e);
}

static void suppress(struct test *t, enum ident_kind kind, const char *value,
	uint32_t reasons)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct saying s = { kind, value, reasons };
	struct err e = { 0 };

	if (desk_write(&d, say, &s, &e))
		fail(value, &e);
}

/* --- steps that must go well --- */

static struct screening look(struct test *t, const char *system)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct screening s;
	struct err e = { 0 };

	if (returned_look(&d, &w, str_of(system), &s, &e))
		fail(system, &e);
	return s;
}

static struct screening act(struct test *t, int64_t id)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct screening s;
	struct err e = { 0 };

	if (returned_act(&d, &w, id, &s, &e))
		fail("act", &e);
	return s;
}

static int64_t step(struct test *t)
{
	struct desk d = desk(t, ACTOR_WORKER);
	struct returned_way w = way(t);
	int64_t again_ms;
	struct err e = { 0 };

	if (returned_step(&d, &w, &again_ms, &e))
		fail("step", &e);
	return again_ms;
}

static struct screening newest(struct test *t, const char *system)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct screenings all;
	struct err e = { 0 };

	if (returned_list(&d, &all, &e))
		fail("list", &e);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.at[i].system, str_of(system)))
			return all.at[i];
	return (struct screening){ 0 };
}

/* --- cases --- */

static void nobody_to_look_for(struct test *t)
{
	struct screening s = look(t, "crm");

	CHECK(s.looked_at && s.acted_at && !s.rows && !s.found,
		"nobody was ever deleted: the system is not read, %d rows",
		(int)s.rows);
	suppress(t, IDENT_EMAIL, "ann@one.example", REASON_DELETED);
	suppress(t, IDENT_EMAIL, "held@law.example",
		REASON_DELETED | REASON_HOLD);
	suppress(t, IDENT_EMAIL, "out@opted.example", REASON_OPT_OUT);
}

static void looks(struct test *t)
{
	struct screening s = look(t, "crm");

	CHECK(s.rows == 11 && s.identifiers == 11 && !s.unreadable,
		"all of it is read: %d rows, %d identifiers", (int)s.rows,
		(int)s.identifiers);
	CHECK(s.found == 2 && !s.acted_at && s.tables.n == 2 &&
			str_eq(s.tables.at[0].table, STR("email")) &&
			s.tables.at[0].open == 1 &&
			str_eq(s.tables.at[1].table, STR("invoice")) &&
			s.tables.at[1].open == 1,
		"her address as it is written there, and her invoice; who is "
		"held and who only opted out are not meant: %d",
		(int)s.found);
	CHECK(holds(t, "crm", "email", "1 2 3 4 5 ") &&
			holds(t, "crm", "person", "1 2 3 4 "),
		"looking changes nothing");
	s = look(t, "news");
	CHECK(s.rows == 2 && s.identifiers == 1 && s.unreadable == 1 &&
			!s.found && s.acted_at,
		"what is no address is counted: %d", (int)s.unreadable);
}

static void acts(struct test *t)
{
	struct screening s = newest(t, "crm");
	struct returned_acts done;
	struct desk d = desk(t, ACTOR_STAFF);
	struct err e = { 0 };

	s = act(t, s.id);
	CHECK(s.acted_at && s.erased == 1 && s.kept == 1, "%d and %d",
		(int)s.erased, (int)s.kept);
	CHECK(holds(t, "crm", "person", "2 3 4 ") &&
			holds(t, "crm", "email", "3 4 5 "),
		"she, and the other address that belongs to her, and nobody "
		"else");
	CHECK(holds(t, "crm", "invoice", "1 2 "), "what is kept is kept");
	CHECK(!returned_acts(&d, s.id, &done, &e) && done.n == 2 &&
			done.at[0].rows_gone == 3 && done.at[0].is_proven &&
			str_find(done.at[0].evidence, STR("email")) >= 0 &&
			str_find(done.at[0].evidence, STR("ann@")) < 0,
		"with its proof, which names nobody: %.*s",
		STR_ARG(done.at[0].evidence));
	s = look(t, "crm");
	CHECK(!s.found && s.acted_at && s.tables.n == 1 &&
			s.tables.at[0].kept == 1,
		"what is kept is not found each time anew: %d", (int)s.found);
}

static void by_itself(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };

	CHECK(step(t) == 24 * HOUR_MS, "everything was just looked at");
	run_in(t, "news",
		"insert into subscriber values (7, 'ann@one.example');\n");
	t->clock.fixed_ms += 24 * HOUR_MS;
	step(t);
	s = newest(t, "news");
	CHECK(s.found == 1 && !s.acted_at &&
			holds(t, "news", "subscriber", "1 2 7 "),
		"found, and left to a person: she may be a customer again");
	step(t);
	CHECK(newest(t, "news").id == s.id, "not looked at each time");
	CHECK(!returned_approve(&d, s.id, &e), "%s", e.message);
	step(t);
	CHECK(newest(t, "news").erased == 1 &&
			holds(t, "news", "subscriber", "1 2 "),
		"approved");
	run_in(t, "news",
		"insert into subscriber values (8, 'ann@one.example');\n");
	d = desk(t, ACTOR_COMMAND);
	if (setting_put(&d, STR("returned_acts"), STR("yes"), &e))
		fail("setting", &e);
	t->clock.fixed_ms += 24 * HOUR_MS;
	step(t);
	CHECK(holds(t, "news", "subscriber", "1 2 "), "by itself");
	if (setting_put(&d, STR("returned_acts"), STR("no"), &e))
		fail("setting", &e);
}

/* The row that was found is somebody else's by the time it would be deleted. */
static void too_old(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct screening s;
	struct err e = { 0 };

	run_in(t, "news",
		"insert into subscriber values (9, 'ann@one.example');\n");
	s = look(t, "news");
	t->clock.fixed_ms += 24 * HOUR_MS + 1;
	run_in(t, "news",
		"update subscriber set email = 'other@person.example'\n"
		"	where id = 9;\n");
	CHECK(returned_act(&d, &w, s.id, &s, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"a day is over: %s", e.message);
	step(t);
	CHECK(!newest(t, "news").found &&
			holds(t, "news", "subscriber", "1 2 9 "),
		"looked at again, it is nobody");
	s = look(t, "crm");
	look(t, "crm");
	CHECK(returned_act(&d, &w, s.id, &s, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"not the newest");
}

/* 11 CCR 7022(d): closed until it was replayed. */
static void put_back(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct screening s;
	struct err e = { 0 };

	CHECK(restored_mark(&d, STR("nothing"), &e) == -1 &&
			e.code == ERR_NOT_FOUND,
		"the map knows no such system");
	CHECK(!restored_need(&d, STR("news"), &e), "open");
	t->clock.fixed_ms += 1000;
	CHECK(!restored_mark(&d, STR("news"), &e), "%s", e.message);
	run_in(t, "news",
		"insert into subscriber values (10, 'ann@one.example');\n");
	CHECK(restored_need(&d, STR("news"), &e) == -1 &&
			e.code == ERR_CONFLICT &&
			restored_need(&d, STR(""), &e) == -1 &&
			!restored_need(&d, STR("crm"), &e),
		"this one is closed");
	step(t);
	s = newest(t, "news");
	CHECK(s.found == 1 && restored_need(&d, STR("news"), &e) == -1,
		"looked at at once; finding is not replaying");
	must(!rename(path(t, "news.db"), path(t, "away")));
	CHECK(!returned_approve(&d, s.id, &e), "%s", e.message);
	CHECK(step(t) <= HOUR_MS && newest(t, "news").problem.n &&
			restored_need(&d, STR("news"), &e) == -1,
		"it can't be reached: it stays closed");
	must(!rename(path(t, "away"), path(t, "news.db")));
	step(t);
	CHECK(!restored_need(&d, STR(""), &e) &&
			holds(t, "news", "subscriber", "1 2 9 ") &&
			!newest(t, "news").problem.n,
		"replayed: %s", e.message);
}

/* Only a look that began after the backup was put back says anything of it. */
static void put_back_again(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct restored_all all;
	struct screening s;
	struct err e = { 0 };

	run_in(t, "news",
		"insert into subscriber values (11, 'ann@one.example');\n");
	s = look(t, "news");
	t->clock.fixed_ms += 1000;
	CHECK(!restored_mark(&d, STR("news"), &e), "%s", e.message);
	CHECK(!returned_act(&d, &w, s.id, &s, &e) &&
			restored_need(&d, STR("news"), &e) == -1,
		"what was read before it was put back opens nothing");
	w.is_replay = true;
	CHECK(!returned_look(&d, &w, STR("news"), &s, &e) && s.is_replay &&
			s.acted_at && !restored_need(&d, STR("news"), &e),
		"nobody in it: open");
	CHECK(!restored_list(&d, &all, &e) && all.n == 1 &&
			all.at[0].screening_id == s.id,
		"by this look");
}

/* --- held for law enforcement --- */

static int64_t hold_on(struct test *t, enum ident_kind kind, const char *value)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct hold_identifier at = { kind, { str_of(value) } };
	struct hold_wish w = { &at, 1, STR("Oakland PD, 26-3001") };
	struct problems ps = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (hold_place(&d, &w, &id, &ps, &e) || ps.n)
		fail("hold", &e);
	return id;
}

static void lift(struct test *t, int64_t id)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct err e = { 0 };

	if (hold_lift(&d, id, &e))
		fail("lift", &e);
}

/* A look knows nothing of a hold that was placed after it began. */
static void held_since(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct returned_way w = way(t);
	struct screening s;
	struct err e = { 0 };
	int64_t id;

	run_in(t, "news",
		"insert into subscriber values (12, 'ann@one.example');\n");
	s = look(t, "news");
	CHECK(s.found == 1, "found, and nobody is held");
	t->clock.fixed_ms += 1000;
	id = hold_on(t, IDENT_EMAIL, "ann@one.example");
	CHECK(returned_approve(&d, s.id, &e) == -1 && e.code == ERR_CONFLICT,
		"not to be approved: %s", e.message);
	d = desk(t, ACTOR_COMMAND);
	CHECK(returned_act(&d, &w, s.id, &s, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("held")) > 0,
		"nor carried out: %s", e.message);
	CHECK(holds(t, "news", "subscriber", "1 2 9 12 "), "she stays");
	t->clock.fixed_ms += 1000;
	step(t);
	CHECK(newest(t, "news").id != s.id && newest(t, "news").acted_at &&
			!newest(t, "news").found,
		"the next look does not wait for its day, and leaves her out");
	lift(t, id);
	t->clock.fixed_ms += 1000;
	s = look(t, "news");
	CHECK(s.found == 1 && act(t, s.id).erased == 1 &&
			holds(t, "news", "subscriber", "1 2 9 "),
		"and the one after the hold finds her");
}

/* Another node placed it, and its clock is behind: by their clocks the hold was there
 * before the look, which had not heard of it. */
static void held_by_another_clock(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct screening s;
	struct err e = { 0 };
	int64_t id;

	run_in(t, "news",
		"insert into subscriber values (13, 'ann@one.example');\n");
	s = look(t, "news");
	CHECK(s.found == 1, "found, and nobody is held");
	t->clock.fixed_ms -= 60000;
	id = hold_on(t, IDENT_EMAIL, "ann@one.example");
	t->clock.fixed_ms += 60000;
	CHECK(returned_act(&d, &w, s.id, &s, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"she is held all the same: %s", e.message);
	CHECK(holds(t, "news", "subscriber", "1 2 9 13 "), "she stays");
	lift(t, id);
	run_in(t, "news", "delete from subscriber where id = 13;\n");
}

/* The row says that she was deleted by her address, and the agency named her
 * telephone number, which stands in another row of hers. */
static void held_otherwise(struct test *t)
{
	struct screening s;
	int64_t id;

	run_in(t, "crm",
		"insert into person values (6, 'Ann', '4155550106'),\n"
		"	(7, 'Cy', '4155550107');\n"
		"insert into email values (61, 6, 'ann@one.example'),\n"
		"	(71, 7, 'cy@new.example');\n");
	suppress(t, IDENT_EMAIL, "cy@new.example", REASON_DELETED);
	id = hold_on(t, IDENT_PHONE, "4155550106");
	t->clock.fixed_ms += 1000;
	s = look(t, "crm");
	CHECK(s.found == 1, "only who is not held: %d", (int)s.found);
	s = act(t, s.id);
	CHECK(holds(t, "crm", "person", "2 3 4 6 ") &&
			holds(t, "crm", "email", "3 4 5 61 "),
		"what can't be brought back is there");
	lift(t, id);
	t->clock.fixed_ms += 1000;
	s = look(t, "crm");
	CHECK(s.found == 1 && act(t, s.id).erased == 1 &&
			holds(t, "crm", "person", "2 3 4 ") &&
			holds(t, "crm", "email", "3 4 5 "),
		"after the hold she is found anew");
}

/* Who came back may be a customer again: released, they stay, though a look found them
 * before. */
static void released_since(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("ann@one.example") };
	struct screening s;
	struct err e = { 0 };

	run_in(t, "news",
		"insert into subscriber values (13, 'ann@one.example');\n");
	s = look(t, "news");
	CHECK(s.found == 1, "found");
	t->clock.fixed_ms += 1000;
	if (suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e))
		fail("release", &e);
	CHECK(returned_act(&d, &w, s.id, &s, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"not to be carried out: %s", e.message);
	CHECK(holds(t, "news", "subscriber", "1 2 9 13 "), "she stays");
	s = look(t, "news");
	CHECK(!s.found && s.acted_at, "and is not found any more");
	suppress(t, IDENT_EMAIL, "ann@one.example", REASON_DELETED);
	t->clock.fixed_ms += 1000;
	s = look(t, "news");
	CHECK(s.found == 1 && act(t, s.id).erased == 1,
		"deleted once more, she is found once more");
}

struct meanwhile {
	struct test *t;
	bool is_released;
};

/* Within the look: the list was followed, and the end is not there yet. */
static void release_meanwhile(void *ctx, int64_t identifiers)
{
	struct meanwhile *m = ctx;
	struct desk d = desk(m->t, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = STR("ann@one.example") };
	struct err e = { 0 };

	(void)identifiers;
	if (m->is_released)
		return;
	m->is_released = true;
	if (suppress_release_for(&d, RELEASE_WHY_MISTAKE, &q, 1, &e))
		fail("release", &e);
}

/* A look that runs has no end to be doubted, and what it finds by the list of before may
 * be somebody who is released by now. */
static void released_meanwhile(struct test *t)
{
	struct desk d = desk(t, ACTOR_STAFF);
	struct meanwhile m = { .t = t };
	struct returned_way w = way(t);
	struct screening s;
	struct err e = { 0 };

	run_in(t, "news",
		"insert into subscriber values (14, 'ann@one.example');\n"
		"with recursive n (i) as (values (100) union all "
		"select i + 1 from n where i < 100 + 8192)\n"
		"insert into subscriber select i, 'n' || i || "
		"'@filler.example' from n;\n");
	w.on_progress = release_meanwhile;
	w.progress_ctx = &m;
	if (returned_look(&d, &w, STR("news"), &s, &e))
		fail("look", &e);
	CHECK(m.is_released && s.looked_at && s.found == 1,
		"found by the list of before");
	w = way(t);
	CHECK(returned_approve(&d, s.id, &e) == -1 && e.code == ERR_CONFLICT,
		"not to be approved: %s", e.message);
	d = desk(t, ACTOR_COMMAND);
	CHECK(returned_act(&d, &w, s.id, &s, &e) == -1 &&
			e.code == ERR_CONFLICT &&
			str_find(str_of(e.message), STR("released")) > 0,
		"nor carried out: %s", e.message);
	run_in(t, "news", "delete from subscriber where id >= 100;\n");
	CHECK(holds(t, "news", "subscriber", "1 2 9 14 "), "she stays");
	t->clock.fixed_ms += 1000;
	step(t);
	CHECK(newest(t, "news").id != s.id && !newest(t, "news").found,
		"the next look does not wait for its day, and finds nobody");
	run_in(t, "news", "delete from subscriber where id = 14;\n");
	suppress(t, IDENT_EMAIL, "ann@one.example", REASON_DELETED);
}

static void not_reached(struct test *t)
{
	struct desk d = desk(t, ACTOR_COMMAND);
	struct returned_way w = way(t);
	struct screening s;
	struct err e = { 0 };

	must(!rename(path(t, "crm.db"), path(t, "away")));
	CHECK(returned_look(&d, &w, STR("crm"), &s, &e) == -1, "it is away");
	s = newest(t, "crm");
	CHECK(!s.looked_at && s.problem.n,
		"not looked at is not \"nobody came back\"");
	CHECK(returned_act(&d, &w, s.id, &s, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"and nothing to carry out");
	must(!rename(path(t, "away"), path(t, "crm.db")));
	d.actor = (struct actor){
		.kind = ACTOR_STAFF, .id = 2, .role = STR("agent")
	};
	CHECK(returned_look(&d, &w, STR("crm"), &s, &e) == -1 &&
			e.code == ERR_DENIED,
		"who may not decide may not look for people");
}

/* Each process that screens died of it, and nothing told why. */
static void test_damaged(struct test *t)
{
	struct desk d = desk_as(t, ACTOR_WORKER);
	struct sql_deleted_key_put_in in = { STR("worn"), STR("too short"),
		STR("who") };
	struct deleted_keys *keys;
	struct err e = { 0 };

	if (sql_deleted_key_put(t->db, &in, &e) < 0)
		fail("damage", &e);
	CHECK(deleted_keys_load(&d, STR("worn"), &keys, &e) == -1 &&
			e.code == ERR_CORRUPT &&
			strstr(e.message, "deleted_key"),
		"%s", e.message);
	CHECK(!deleted_keys_load(&d, STR("sound"), &keys, &e) &&
			!deleted_keys_any(keys),
		"of another system nothing is: %s", e.message);
}

int main(int argc, char **argv)
{
	struct test t = { 0 };
	struct err e = { 0 };

	must(argc == 2 && sodium_init() >= 0);
	start(&t, "returned", fresh_server(argc, argv));
	if (file_replace(path(&t, "datamap.yaml"), str_of(yaml), 0600, &e))
		fail("map", &e);
	make_system(&t, "crm", "crm.db", crm);
	make_system(&t, "news", "news.db", news);
	nobody_to_look_for(&t);
	looks(&t);
	acts(&t);
	by_itself(&t);
	too_old(&t);
	put_back(&t);
	put_back_again(&t);
	held_since(&t);
	held_by_another_clock(&t);
	held_otherwise(&t);
	released_since(&t);
	released_meanwhile(&t);
	not_reached(&t);
	test_damaged(&t);
	end(&t);
	return CHECK_DONE();
}
