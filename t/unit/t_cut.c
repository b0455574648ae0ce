/*
 * Connections that are dropped, at every message of an erasure in turn, in either
 * direction: what was asked never arrives, or what was answered.  Nobody else's row
 * changes, what has transactions does all of it or nothing, an erasure that could not be
 * proven is not called one, and the next run finishes and counts each row once.
 */
#include "check.h"
#include "connect/erase.h"
#include "t/connect/fixture.h"
#include "t/connect/relay.h"

enum { STEPS_MAX = 2000, PLANNED = 5 };

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: name } ]\n"
	"        erase: delete\n"
	"      - name: email\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email, own: true } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n"
	"      - name: phone\n"
	"        key: id\n"
	"        columns: [ { name: phone, identifies: phone } ]\n"
	"        links: [ { column: person_id, to: person.id } ]\n"
	"        erase: delete\n";

static const char ddl[] =
	"create table person (id integer primary key, name text);\n"
	"create table email (id integer primary key, email text,\n"
	"	person_id integer references person (id));\n"
	"create table phone (id integer primary key, phone text,\n"
	"	person_id integer references person (id));\n";

static const char people[] =
	"insert into person values (1, 'Ann'), (2, 'Bob');\n"
	"insert into email values (1, 'ANN@x.example', 1),\n"
	"	(2, 'ann2@x.example', 1), (3, 'bob@x.example', 2);\n"
	"insert into phone values (1, '(916) 555-0142', 1),\n"
	"	(2, '916 555 0143', 2), (3, '916 555 0144', 1);\n";

static const char bob[] = "insert into person values (2, 'Bob');\n"
			  "insert into email values (3, 'bob@x.example', 2);\n"
			  "insert into phone values (2, '916 555 0143', 2);\n";

struct world {
	struct fixture f;
	struct ident ann;
	struct erase_plan plan;
};

static bool has_transactions(void)
{
	return !fixture_is_http() && !fixture_is_ldap() && !fixture_is_files();
}

/* Of the others, what is on this machine has no connection. */
static const char *variable(void)
{
	return fixture_is_postgres()  ? "TOYON_TEST_PG"
	       : fixture_is_mariadb() ? "TOYON_TEST_MARIADB"
	       : fixture_is_redis()   ? "TOYON_TEST_REDIS"
	       : fixture_is_ldap()    ? "TOYON_TEST_LDAP"
	       : fixture_is_http()    ? "TOYON_TEST_HTTP"
	       : fixture_is_s3()      ? "TOYON_TEST_S3"
				      : NULL;
}

/* They live as long as *f. */
static struct dump rows_of(struct fixture *f, const char *sql)
{
	*f = fixture_open(yaml, ddl);
	fixture_script(f, sql);
	return fixture_dump(f, f->conn);
}

static void open_world(struct world *w)
{
	struct finding *got;
	struct err e = { 0 };

	w->f = fixture_open(yaml, ddl);
	fixture_script(&w->f, people);
	must(!ident_read(
		&w->ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	got = arena_one(w->f.a, struct finding);
	if (find_person(w->f.conn, w->f.a, &w->ann, 1, NULL, got, &e))
		fixture_die("find", e.message);
	erase_plan_of(w->f.a, got, false, &w->plan);
}

/* On a connection of its own. */
static int run(struct world *w, struct erase_result *r, struct err *e)
{
	struct erase_request q = { .plan = &w->plan,
		.ids = &w->ann,
		.ids_n = 1,
		.at_ms = 1795294800000 };
	struct conn_options o = { .mode = CONN_WRITE, .url = w->f.url };
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);
	struct conn *c;
	int rc = conn_open(a, &w->f.map, w->f.system, &o, &c, e);

	if (!rc)
		rc = erase_run(c, w->f.a, &q, r, e);
	arena_free(a);
	return rc;
}

static bool is_silent(const struct err *e)
{
	static const char *const hers[] = { "nn@x", "nn2@x", "555" };

	for (size_t i = 0; i < COUNTOF(hers); i++)
		if (strstr(e->message, hers[i]) || strstr(e->detail, hers[i]))
			return false;
	return true;
}

/* Of Bob's rows as they are to be: how many there are; the others are Ann's. */
static size_t among(const struct dump *d, const struct dump *those)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < those->n; k++)
			n += str_eq(d->rows[i], those->rows[k]);
	return n;
}

/* False: the erasure had ended before so many messages. */
static bool cut_after(struct relay *relay, int n, const struct dump *bobs)
{
	struct world w;
	struct erase_result r = { 0 };
	struct err e = { 0 };
	struct dump now;
	size_t there;
	bool was_cut;
	int rc;

	open_world(&w);
	relay_cut_after(relay, n);
	rc = run(&w, &r, &e);
	was_cut = relay_heal(relay);
	CHECK(rc ? was_cut && e.code == ERR_UNAVAILABLE : r.is_proven,
		"after %d: code %d: %s (%s)", n, (int)e.code, e.message,
		e.detail);
	CHECK(is_silent(&e), "after %d: a value in \"%s\", \"%s\"", n,
		e.message, e.detail);
	now = fixture_dump(&w.f, w.f.conn);
	there = now.n - bobs->n;
	CHECK(among(&now, bobs) == bobs->n, "after %d: Bob's rows changed", n);
	CHECK(there == 0 || there == PLANNED || !has_transactions(),
		"after %d: %zu of %d rows", n, there, PLANNED);
	e = (struct err){ 0 };
	rc = run(&w, &r, &e);
	CHECK(!rc && r.is_proven, "after %d: the next run: %s", n, e.message);
	CHECK(r.planned == PLANNED && r.gone == PLANNED &&
			r.erased == (int64_t)there,
		"after %d: planned %d, gone %d, erased %d of %zu", n,
		(int)r.planned, (int)r.gone, (int)r.erased, there);
	now = fixture_dump(&w.f, w.f.conn);
	CHECK(dump_eq(&now, bobs), "after %d: Bob's rows, and no others", n);
	fixture_close(&w.f);
	return was_cut;
}

int main(int argc, char **argv)
{
	static struct relay relay;
	struct fixture with_bob;
	struct dump bobs;
	int n = 0;

	fixture_arguments(argc, argv);
	if (variable())
		relay_before(&relay, variable());
	bobs = rows_of(&with_bob, bob);
	while (n < STEPS_MAX && cut_after(&relay, n, &bobs))
		n++;
	CHECK(variable() ? n > 4 && n < STEPS_MAX : n == 0, "%d messages", n);
	fprintf(stderr, "dropped after each of %d messages\n", n);
	fixture_close(&with_bob);
	return CHECK_DONE();
}
