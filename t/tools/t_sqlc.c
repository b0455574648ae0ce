/*
 * What the SQL compiler makes of t/tools/sql: the words for each engine, and
 * functions that carry the right values to and from a database that is a
 * notebook here.
 */
#include "check.h"
#include "store/sql.h"

#include "base/base.h"

/* What was asked last, and what is answered. */
struct db {
	enum sql_id id;
	struct db_value in[4];
	struct db_value out[6];
	size_t rows;
	int rc;
};

static void note(struct db *db, enum sql_id id, const struct db_value *in)
{
	db->id = id;
	must(!sql_stmts[id].in_n == !in);
	for (int i = 0; i < sql_stmts[id].in_n; i++) {
		must(in[i].type == sql_stmts[id].in[i]);
		db->in[i] = in[i];
	}
}

int db_one(struct db *db, struct arena *a, enum sql_id id,
	const struct db_value *in, struct db_value *out, struct err *e)
{
	(void)a;
	(void)e;
	note(db, id, in);
	for (int i = 0; i < sql_stmts[id].out_n; i++)
		out[i] = db->out[i];
	return db->rc;
}

int db_many(struct db *db, struct arena *a, enum sql_id id,
	const struct db_value *in, struct db_value **rows, size_t *n,
	struct err *e)
{
	(void)a;
	(void)e;
	note(db, id, in);
	*rows = db->out;
	*n = db->rows;
	return db->rc;
}

int64_t db_exec(
	struct db *db, enum sql_id id, const struct db_value *in, struct err *e)
{
	(void)e;
	note(db, id, in);
	return db->rc;
}

static const struct {
	const char *why;
	enum sql_id id;
	const char *name;
	const char *sqlite;
	const char *postgres;
	int in_n;
	int out_n;
} stmts[] = {
	{ "comments go, a parameter in one is none", SQL_thing_by_name,
		"thing_by_name",
		"select id, name, sealed from thing where name = ?1",
		"select id, name, sealed from thing where name = $1", 1, 3 },
	{ "quotes and casts stay, a name twice is one parameter",
		SQL_thing_search, "thing_search",
		"select id, 'a :name; ''quoted''' || text from thing where "
		"text like ?1 or name = ?1 limit ?2",
		"select id::bigint, \":odd\" || text from thing where text "
		"like $1::text or name = $1 limit $2",
		2, 2 },
	{ "parameters are numbered by the list", SQL_thing_drop, "thing_drop",
		"delete from thing where id = ?1 and sealed = ?2",
		"delete from thing where id = $1 and sealed = $2", 2, 0 },
	{ "no parameter", SQL_thing_count, "thing_count",
		"select count(*) from thing", "select count(*) from thing", 0,
		1 },
};

static void statements(void)
{
	CHECK(SQL_COUNT == 5, "%d statements", (int)SQL_COUNT);
	CHECK(!sql_stmts[SQL_COUNT].name, "the table ends in an empty row");
	for (size_t i = 0; i < COUNTOF(stmts); i++) {
		const struct sql_stmt *s = &sql_stmts[stmts[i].id];

		CHECK(!strcmp(s->name, stmts[i].name), "%s: %s", stmts[i].why,
			s->name);
		CHECK(!strcmp(s->sqlite, stmts[i].sqlite), "%s: %s",
			stmts[i].why, s->sqlite);
		CHECK(!strcmp(s->postgres, stmts[i].postgres), "%s: %s",
			stmts[i].why, s->postgres);
		CHECK(s->in_n == stmts[i].in_n, "%s: %d in", stmts[i].why,
			s->in_n);
		CHECK(s->out_n == stmts[i].out_n, "%s: %d out", stmts[i].why,
			s->out_n);
	}
	CHECK(sql_stmts[SQL_thing_by_name].out[0] == DB_INT, "id is an int");
	CHECK(sql_stmts[SQL_thing_by_name].out[1] == DB_TEXT, "name a text");
	CHECK(sql_stmts[SQL_thing_by_name].out[2] == DB_BLOB, "sealed a blob");
}

static void one(struct arena *a)
{
	struct db db = { .rc = 1,
		.out = { { .i = 7 }, { .s = STR_INIT("n") },
			{ .s = STR_INIT("\0b") } } };
	struct sql_thing_by_name_in in = { .name = STR("asked") };
	struct sql_thing_by_name_row row = { 0 };
	struct sql_thing_count_row none = { .n = 99 };
	struct err e = { 0 };

	CHECK(sql_thing_by_name(&db, a, &in, &row, &e) == 1, "one row");
	CHECK(db.id == SQL_thing_by_name, "statement %d", (int)db.id);
	CHECK(str_eq(db.in[0].s, STR("asked")), "the value in");
	CHECK(row.id == 7, "the int out: %d", (int)row.id);
	CHECK(str_eq(row.name, STR("n")), "the text out");
	CHECK(str_eq(row.sealed, STR("\0b")), "the blob out");
	db.rc = 0;
	CHECK(sql_thing_count(&db, a, &none, &e) == 0, "no row");
	CHECK(none.n == 99, "no row leaves the row alone");
	db.rc = -1;
	CHECK(sql_thing_count(&db, a, &none, &e) == -1, "a failure");
}

static void many(struct arena *a)
{
	struct db db = { .rows = 2,
		.out = { { .i = 1 }, { .s = STR_INIT("x") }, { .i = 2 },
			{ .s = STR_INIT("y") } } };
	struct sql_thing_search_in in = { .text = STR("t"), .first = 5 };
	struct sql_thing_search_rows rows = { 0 };
	struct err e = { 0 };

	CHECK(sql_thing_search(&db, a, &in, &rows, &e) == 0, "two rows");
	CHECK(str_eq(db.in[0].s, STR("t")), "the first value in");
	CHECK(db.in[1].i == 5, "the second: %d", (int)db.in[1].i);
	CHECK(rows.n == 2, "%zu rows", rows.n);
	CHECK(rows.at[0].id == 1 && rows.at[1].id == 2, "ints by row");
	CHECK(str_eq(rows.at[1].label, STR("y")), "text of the second");
	db.rc = -1;
	CHECK(sql_thing_search(&db, a, &in, &rows, &e) == -1, "a failure");
}

static void exec(void)
{
	struct db db = { .rc = 3 };
	struct sql_thing_drop_in in = { .id = 4, .sealed = STR("s") };
	struct err e = { 0 };

	CHECK(sql_thing_drop(&db, &in, &e) == 3, "rows changed");
	CHECK(db.in[0].i == 4 && str_eq(db.in[1].s, STR("s")), "values in");
	CHECK(sql_thing_sweep(&db, &e) == 3, "without values");
	CHECK(db.id == SQL_thing_sweep, "statement %d", (int)db.id);
}

static int length(const char *const *list)
{
	int n = 0;

	while (list[n])
		n++;
	return n;
}

static void migrations(void)
{
	const struct sql_migration *m = sql_migrations;

	CHECK(sql_migrations_n == 2, "%d migrations", sql_migrations_n);
	CHECK(m[0].number == 1 && !strcmp(m[0].name, "start"), "%s", m[0].name);
	CHECK(length(m[0].sqlite) == 2, "a ; in a comment ends nothing");
	CHECK(!strcmp(m[0].sqlite[0],
		      "create table thing ( id integer primary key "
		      "autoincrement, name text not null default 'a;b @id', "
		      "sealed blob not null, at integer not null )"),
		"%s", m[0].sqlite[0]);
	CHECK(!strcmp(m[0].postgres[0],
		      "create table thing ( id bigint generated always as "
		      "identity primary key, name text not null default "
		      "'a;b @id', sealed bytea not null, at bigint not null )"),
		"%s", m[0].postgres[0]);
	CHECK(length(m[1].sqlite) == 2, "a trigger is one statement: %d",
		length(m[1].sqlite));
	CHECK(strstr(m[1].sqlite[0], "select 1; end"), "%s", m[1].sqlite[0]);
	CHECK(length(m[1].postgres) == 3, "$$ hides its ;: %d",
		length(m[1].postgres));
	CHECK(strstr(m[1].postgres[0], "raise exception 'kept';"), "%s",
		m[1].postgres[0]);
	CHECK(!strcmp(m[1].postgres[2], m[1].sqlite[1]), "both: %s",
		m[1].postgres[2]);
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	statements();
	one(a);
	many(a);
	exec();
	migrations();
	arena_free(a);
	return CHECK_DONE();
}
