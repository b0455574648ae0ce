/*
 * Rows that are two people's, and may point nowhere: a deletion that would have to unlink
 * them is refused by the database, and that is known before.  The first argument names the
 * engine (t/connect/run); without one, SQLite.
 */
#include "connect/erase_stuck.h"

#include "check.h"
#include "t/connect/fixture.h"

static const char yaml[] =
	"version: 1\n"
	"systems:\n"
	"  - name: crm\n"
	"    connector: ENGINE\n"
	"    database: crm\n"
	"    tables:\n"
	"      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"      - name: meeting\n"
	"        key: id\n"
	"        columns: [ { name: note } ]\n"
	"        links: [ { column: one, to: person.id }, { column: other, to: person.id } ]\n"
	"        erase: delete\n";

/* Ann met Bob, and herself. */
static const char rows[] =
	"insert into person values (1, 'ann@x.example'), (2, 'bob@x.example');\n"
	"insert into meeting values (1, 'x', 1, 2), (2, 'y', 1, 1);\n";

static const char *ddl(struct arena *a, const char *demand)
{
	return arena_fmt(a,
		"create table person (id integer primary key, email "
		"varchar(40));\n"
		"create table meeting (id integer primary key, note "
		"varchar(40),\n"
		"	one integer %s, other integer %s,\n"
		"	foreign key (one) references person (id),\n"
		"	foreign key (other) references person (id));\n%c",
		demand, demand, '\0')
		.p;
}

static struct finding find_ann(struct fixture *f, struct ident *ann)
{
	const bool *const *full;
	struct finding got, again;
	struct buf json = buf_in(f->a, FIND_JSON_MAX);
	struct err e = { 0 };

	must(!ident_read(
		ann, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	if (find_person(f->conn, f->a, ann, 1, NULL, &got, &e) ||
		erase_stuck_learn(f->conn, f->a, &full, &e))
		fixture_die("find", e.message);
	erase_stuck_note(&got, full);
	find_to_json(&json, &got);
	if (find_from_json(f->a, f->system, buf_str(&json), &again, &e))
		fixture_die("json", e.message);
	return again;
}

static int erase(struct fixture *f, const struct ident *ann,
	const struct finding *got, struct err *e)
{
	struct erase_plan plan;
	struct erase_request q = {
		.plan = &plan, .ids = ann, .ids_n = 1, .at_ms = 1
	};
	struct erase_result r = { 0 };

	erase_plan_of(f->a, got, false, &plan);
	return erase_run(f->conn, f->a, &q, &r, e);
}

static void may_not_be_empty(void)
{
	struct arena *a = arena_new(1 << 16);
	struct fixture f = fixture_open(yaml, ddl(a, "not null"));
	struct finding got;
	struct ident ann;
	struct err e = { 0 };

	fixture_script(&f, rows);
	got = find_ann(&f, &ann);
	CHECK(got.tables[1].n == 2 && erase_stuck_in(f.a, &got, 1) == 1 &&
			!erase_stuck_in(f.a, &got, 0),
		"the meeting with Bob, and not Ann's own: %d",
		(int)erase_stuck_in(f.a, &got, 1));
	CHECK(erase(&f, &ann, &got, &e) == -1 && e.code == ERR_CONFLICT,
		"it would be refused: %s", e.message);
	CHECK(fixture_is_odbc() || strstr(e.message, "may not be empty"),
		"and says so: %s", e.message);
	got.tables[0].rows[0].is_excepted = true;
	CHECK(!erase_stuck_in(f.a, &got, 1),
		"what the row points to is kept as well");
	e = (struct err){ 0 };
	CHECK(!erase(&f, &ann, &got, &e), "then the rest goes: %s", e.message);
	fixture_close(&f);
	arena_free(a);
}

static void may_be_empty(void)
{
	struct arena *a = arena_new(1 << 16);
	struct fixture f = fixture_open(yaml, ddl(a, ""));
	struct finding got;
	struct ident ann;
	struct err e = { 0 };

	fixture_script(&f, rows);
	got = find_ann(&f, &ann);
	CHECK(!erase_stuck_in(f.a, &got, 1), "it is unlinked");
	CHECK(!erase(&f, &ann, &got, &e), "%s", e.message);
	got = find_ann(&f, &ann);
	CHECK(!got.rows_n, "nothing leads to her: %zu rows", got.rows_n);
	fixture_close(&f);
	arena_free(a);
}

int main(int argc, char **argv)
{
	fixture_arguments(argc, argv);
	may_not_be_empty();
	may_be_empty();
	return CHECK_DONE();
}
