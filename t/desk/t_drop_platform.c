/*
 * A record is of one platform: what a sandbox handed out is not answered for to the State,
 * whichever way it came.  The record is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

#include "law/reason.h"

#define SANDBOX STR("http://127.0.0.1:9") /* nobody listens there */
#define STATE   STR("https://api.drop.privacy.ca.gov")

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: sqlite\n"
	"    database: crm.db\n"
	"    tables:\n"
	"      - name: contact\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

static const char crm[] =
	"create table contact (id integer primary key, email text);\n"
	"insert into contact values (1, 'ann@one.example'),\n"
	"	(2, 'bea@two.example');\n";

static const struct row made_up = { "MadeUp000001", "ann@one.example" };
static const struct row asked = { "AskedByState", "bea@two.example" };

static str newest_source(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_cycles all;
	struct err e = { 0 };

	if (drop_cycles(&d, 1, &all, &e) || !all.n)
		fail("sessions", &e);
	return all.at[0].source;
}

static bool is_refused(int rc, const struct err *e)
{
	return rc == -1 && e->code == ERR_CONFLICT &&
	       str_find(str_of(e->message), STR("this installation has")) == 0;
}

/* Each way in which lists come, and goes what is said of them. */
static void refuses_all(struct scene *s, const char *zip)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_reported sent;
	struct drop_pulled pulled;
	struct err e = { 0 };

	CHECK(is_refused(drop_pull(&d, &s->place, &pulled, &e), &e), "%s",
		e.message);
	CHECK(is_refused(drop_import(&d, &s->place, zip, &pulled, &e), &e),
		"%s", e.message);
	CHECK(is_refused(drop_report(&d, &s->place, &sent, &e), &e), "%s",
		e.message);
	CHECK(is_refused(
		      drop_export(&d, &s->place, path(&s->t, "out"), &sent, &e),
		      &e),
		"%s", e.message);
}

/* Asked once, and nobody was there: that is no session with a sandbox. */
static void waits_for_either(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_pulled pulled;
	struct err e = { 0 };

	s->t.config.drop_url = SANDBOX;
	if (file_replace(path(&s->t, "drop_api_key"), STR("key"), 0600, &e))
		fail("key", &e);
	CHECK(drop_pull(&d, &s->place, &pulled, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"%s", e.message);
	s->t.config.drop_url = STATE;
	import(s, "20261121", &asked, 1);
	CHECK(str_eq(newest_source(s), STR("hand")),
		"by hand, from the State: %.*s", STR_ARG(newest_source(s)));
}

static void keeps_made_up_ones(struct scene *s)
{
	s->t.config.drop_url = SANDBOX;
	import(s, "20261121", &made_up, 1);
	CHECK(str_eq(newest_source(s), STR("sandbox")),
		"a rehearsal, though a person brought it: %.*s",
		STR_ARG(newest_source(s)));
	act(s);
	s->t.config.drop_url = STATE;
	refuses_all(s, pack_lists(s, "20261122", &asked, 1));
	s->t.config.drop_url = SANDBOX;
	report(s, "made");
	CHECK(status(s, made_up.id) == 3, "answered to the sandbox");
}

/* --- a rehearsal in the record that is to be the State's --- */

static int rehearsed(struct scene *s, int64_t id, int64_t *items, struct err *e)
{
	struct desk d = desk(s, ACTOR_STAFF);

	return drop_rehearsed(&d, &s->place, id, items, e);
}

static uint32_t reasons(struct scene *s, const char *email)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = str_of(email) };
	struct err e = { 0 };

	if (suppress_check(&d, &q, 1, &e))
		fail("check", &e);
	return q.reasons;
}

static struct drop_overview overview(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_overview o;
	struct err e = { 0 };

	if (drop_overview(&d, &o, &e))
		fail("overview", &e);
	return o;
}

/* In the middle of a session: nobody has to finish it first. */
static void takes_out(struct scene *s)
{
	struct desk d = desk(s, ACTOR_STAFF);
	struct drop_overview o;
	struct drop_pulled pulled;
	struct err e = { 0 };
	int64_t items;

	s->t.config.drop_url = SANDBOX;
	import(s, "20261121", &made_up, 1);
	s->t.config.drop_url = STATE;
	CHECK(is_refused(drop_pull(&d, &s->place, &pulled, &e), &e) &&
			str_find(str_of(e.hint), STR("drop rehearsed 1")) >= 0,
		"it is in the way, and the hint says how to go on: %s", e.hint);
	CHECK(reasons(s, made_up.email) == REASON_DROP, "it holds the address");
	CHECK(rehearsed(s, 7, &items, &e) == -1 && e.code == ERR_NOT_FOUND,
		"no such session");
	CHECK(!rehearsed(s, 1, &items, &e) && items == 1, "%s", e.message);
	CHECK(!rehearsed(s, 1, &items, &e) && items == 0, "once");
	o = overview(s);
	CHECK(!reasons(s, made_up.email) && !o.counts.all.active &&
			o.is_first_due,
		"the address is free, and no lists were accessed yet");
	import(s, "20261122", &asked, 1);
	act(s);
	report(s, "states");
	CHECK(status(s, asked.id) == 3 && status(s, made_up.id) == 0 &&
			str_eq(rows_of(s, "crm", "contact"), STR("1 ")),
		"the State's own, and nobody who was made up");
}

/* Before sessions knew a sandbox, those with a simulator were the State's.  Its items tell:
 * the last five characters are their number. */
static void tells_simulated(struct scene *s)
{
	static const struct row simulated[] = {
		{ "QrStUvW00001", "a@made.example" },
		{ "aBcDeFg00002", "b@made.example" },
		{ "ZyXwVuT0000z", "c@made.example" },
		{ "hIjKlMn00010", "d@made.example" },
		{ "OpQrStU00011", "e@made.example" },
		{ "vWxYzAb000Zz", "f@made.example" },
		{ "CdEfGhI00100", "g@made.example" },
		{ "jKlMnOp00zzz", "ann@one.example" },
	};
	struct err e = { 0 };
	int64_t items;

	import(s, "20261121", simulated, COUNTOF(simulated));
	act(s);
	report(s, "simulated");
	import(s, "20261122", &asked, 1);
	CHECK(rehearsed(s, 2, &items, &e) == -1 && e.code == ERR_CONFLICT,
		"who asked the State is not taken out");
	CHECK(!overview(s).is_first_due, "both count as accesses");
	CHECK(!rehearsed(s, 1, &items, &e) && items == 8, "%s", e.message);
	act(s);
	report(s, "asked");
	CHECK(status(s, asked.id) == 3, "the open session went on");
}

static void run(int argc, char **argv, void (*each)(struct scene *s))
{
	struct scene s = { 0 };

	begin_scene(&s, "platform", argc, argv);
	make_map(&s, yaml);
	make_system(&s, "crm", crm);
	each(&s);
	end(&s.t);
}

int main(int argc, char **argv)
{
	must(argc == 2 && sodium_init() >= 0);
	run(argc, argv, waits_for_either);
	run(argc, argv, keeps_made_up_ones);
	run(argc, argv, takes_out);
	run(argc, argv, tells_simulated);
	return CHECK_DONE();
}
