/*
 * A record is of one platform: what a sandbox handed out is not answered for to the State,
 * whichever way it came.  The record is on both engines.
 */
#include "check.h"

#include <sodium.h>

#include "lists.h"

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
	return CHECK_DONE();
}
