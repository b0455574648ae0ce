/*
 * Statements that hand out what is open a page at a time, and those that are asked for each
 * row, on both engines.  What they want has to be sought in an index: one that sorts
 * everything open, or reads all of it for each row, makes a deletion of many people
 * quadratic, and no test that counts rows sees it.  So the engines are asked for their
 * plans.
 */
#include <libpq-fe.h>
#include <sqlite3.h>

#include "base/buf.h"
#include "check.h"
#include "fresh.h"
#include "store/sql.h"

enum { ARENA_BYTES = 16 << 20, PLAN_BYTES = 16 << 10 };

struct test {
	struct arena *a;
	struct fresh fresh;
	struct db *db;
};

/* --- what is open --- */

/* As many as make PostgreSQL prefer an index to a sort; the bytes of a number are in the
 * engine's own words. */
static const char matches[] =
	"with recursive n (i) as (\n"
	"	select 1 union all select i + 1 from n where i < 20000)\n"
	"insert into drop_item (id, list, id_key, cycle_id, people)\n"
	"select cast(i as text), 0, %s, 1, 1 from n;\n"
	"insert into drop_match (pass_id, item_id, system, held_in, is_exempt,\n"
	"	person_key, sealed)\n"
	"select 1, i.id, 'crm', 'contact', 0, i.id_key, i.id_key\n"
	"	from drop_item i;\n";
static const char returned[] =
	"with recursive n (i) as (\n"
	"	select 1 union all select i + 1 from n where i < 20000)\n"
	"insert into returned (system, row_key, screening_id, held_in, sealed,\n"
	"	is_owned)\n"
	"select 'crm', %s, 1, 'contact', %s, i %% 2 from n;\n";

/* Of the ledger alone: whose requests they were says nothing here. */
static const char corrections[] =
	"with recursive n (i) as (\n"
	"	select 1 union all select i + 1 from n where i < 20000)\n"
	"insert into correction (request_id, task_id, system, table_name,\n"
	"	column_name, what, source, made_at, done_at, sealed)\n"
	"select 1, 1, 'crm', 'contact', 'zip', 'zip', '', 1, 1, %s from n;\n"
	"insert into correction_identifier (id_key, correction_id)\n"
	"select sealed, id from correction;\n";

#define SQLITE_BYTES   "cast(printf('%08d', i) as blob)"
#define POSTGRES_BYTES "decode(lpad(i::text, 8, '0'), 'escape')"

static void run(struct test *t, const char *sql)
{
	sqlite3 *h;

	if (t->fresh.server) {
		fresh_run(t->fresh.url, sql);
		return;
	}
	must(!sqlite3_open(t->fresh.url + strlen("sqlite:"), &h));
	if (sqlite3_exec(h, sql, NULL, NULL, NULL)) {
		fprintf(stderr, "%s\n", sqlite3_errmsg(h));
		exit(1);
	}
	sqlite3_close(h);
}

static const char *with_bytes(struct test *t, const char *sql)
{
	const char *bytes = t->fresh.server ? POSTGRES_BYTES : SQLITE_BYTES;
	struct buf b = buf_in(t->a, 4096);

	for (; *sql; sql++) {
		if (*sql != '%') {
			buf_putc(&b, *sql);
			continue;
		}
		sql++;
		buf_puts(&b, *sql == 's' ? bytes : "%");
	}
	return arena_cstr(t->a, buf_str(&b));
}

static void fill(struct test *t)
{
	struct sql_drop_cycle_add_in cycle = { .state = STR("matched"),
		.source = STR("hand"),
		.opened_on = STR("2026-11-21") };
	struct sql_drop_pass_add_in pass = { .cycle_id = 1 };
	struct sql_screening_add_in look = { .system = STR("crm") };
	struct sql_drop_cycle_add_row c;
	struct sql_drop_pass_add_row p;
	struct sql_screening_add_row s;
	struct err e = { 0 };

	must(sql_drop_cycle_add(t->db, t->a, &cycle, &c, &e) == 1 &&
		c.id == 1 &&
		sql_drop_pass_add(t->db, t->a, &pass, &p, &e) == 1 &&
		p.id == 1 &&
		sql_screening_add(t->db, t->a, &look, &s, &e) == 1 &&
		s.id == 1);
	run(t, with_bytes(t, matches));
	run(t, with_bytes(t, returned));
	if (t->fresh.server)
		run(t, "alter table correction disable trigger all");
	run(t, with_bytes(t, corrections));
	if (t->fresh.server) /* as it does by itself */
		run(t, "analyze");
}

/* --- plans --- */

static str plan_of_sqlite(struct test *t, enum sql_id id)
{
	str sql =
		arena_fmt(t->a, "explain query plan %s", sql_stmts[id].sqlite);
	struct buf b = buf_in(t->a, PLAN_BYTES);
	sqlite3_stmt *st;
	sqlite3 *h;

	must(!sqlite3_open(t->fresh.url + strlen("sqlite:"), &h) &&
		!sqlite3_prepare_v2(h, sql.p, (int)sql.n, &st, NULL));
	while (sqlite3_step(st) == SQLITE_ROW)
		buf_fmt(&b, "%s\n", (const char *)sqlite3_column_text(st, 3));
	sqlite3_finalize(st);
	sqlite3_close(h);
	return buf_str(&b);
}

static str plan_of_postgres(
	struct test *t, enum sql_id id, const char *const *values)
{
	const char *sql =
		arena_cstr(t->a, arena_fmt(t->a, "explain (costs off) %s",
					 sql_stmts[id].postgres));
	struct buf b = buf_in(t->a, PLAN_BYTES);
	PGconn *c = PQconnectdb(t->fresh.url);
	PGresult *r = PQexecParams(
		c, sql, sql_stmts[id].in_n, NULL, values, NULL, NULL, 0);

	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		fprintf(stderr, "%s\n", PQerrorMessage(c));
		exit(1);
	}
	for (int i = 0; i < PQntuples(r); i++)
		buf_fmt(&b, "%s\n", PQgetvalue(r, i, 0));
	PQclear(r);
	PQfinish(c);
	return buf_str(&b);
}

static bool says(str plan, const char *words)
{
	return str_find(plan, str_of(words)) >= 0;
}

/* Of a page, in the index from after the last one on: nothing is sorted, and what was passed
 * is not read again. */
static const struct sought {
	enum sql_id id;
	const char *values[6];
	const char *sqlite_seek;
	const char *postgres_seek;
} sought[] = {
	{ SQL_drop_match_people, { "1", "crm", "contact", "\\x3031", "2" },
		"INDEX drop_match_open (pass_id=? AND system=? AND "
		"(held_in,person_key)>(?,?))",
		"(ROW(held_in, person_key) > ROW(" },
	{ SQL_returned_open, { "crm", "contact", "0", "\\x3031", "1" },
		"INDEX returned_open (system=? AND "
		"(held_in,is_owned,row_key)>(?,?,?))",
		"(ROW(held_in, is_owned, row_key) > ROW(" },
	/* Of each row that a key leads to, over the looks of years. */
	{ SQL_drop_match_is_row, { "crm", "\\x3031" },
		"INDEX drop_match_row (system=? AND person_key=?)",
		"using drop_match_row on" },
	/* Of each corrected cell that a backup made old again. */
	{ SQL_recorrection_whose, { "77" },
		"INDEX correction_identifier_of (correction_id=?)",
		"using correction_identifier_of on" },
};

static void seeks(struct test *t, const struct sought *p)
{
	const char *name = sql_stmts[p->id].name;
	str plan;

	if (t->fresh.server) {
		plan = plan_of_postgres(t, p->id, p->values);
		CHECK(!says(plan, "Sort") && says(plan, p->postgres_seek) &&
				!says(plan, "Filter: (ROW("),
			"%s:\n%.*s", name, STR_ARG(plan));
		return;
	}
	plan = plan_of_sqlite(t, p->id);
	CHECK(!says(plan, "TEMP B-TREE") && says(plan, p->sqlite_seek),
		"%s:\n%.*s", name, STR_ARG(plan));
}

int main(int argc, char **argv)
{
	struct test t = { .a = arena_new(ARENA_BYTES) };
	struct db_opts opts = { .may_create = true };
	struct err e = { 0 };

	t.fresh = fresh_start(t.a, fresh_server(argc, argv), "plan");
	must(!db_open(&t.db, t.fresh.url, &opts, &e) && !db_migrate(t.db, &e));
	fill(&t);
	for (size_t i = 0; i < COUNTOF(sought); i++)
		seeks(&t, &sought[i]);
	db_close(t.db);
	fresh_end(t.a, &t.fresh);
	arena_free(t.a);
	return CHECK_DONE();
}
