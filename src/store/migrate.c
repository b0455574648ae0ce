/*
 * Applies the numbered migrations.  What must stay true: a migration is there
 * whole or not at all, and never twice, whoever else is starting at the moment.
 * So each has its own transaction, in which the number is read again under the
 * lock; and a database that is up to date is only read.
 */
#include "base/clock.h"
#include "store/db.h"
#include "store/engine.h"
#include "store/sql.h"

enum { ARENA_BYTES = 64 * 1024 };

/* 0 before the first migration. */
static int schema_number(
	struct db *db, struct arena *a, int64_t *number, struct err *e)
{
	struct sql_schema_is_there_row there;
	struct sql_schema_number_row row;

	*number = 0;
	if (sql_schema_is_there(db, a, &there, e) < 0)
		return -1;
	if (!there.n)
		return 0;
	if (sql_schema_number(db, a, &row, e) < 0)
		return -1;
	*number = row.number;
	return 0;
}

static int refuse_newer(int64_t number, struct err *e)
{
	int known = sql_migrations[sql_migrations_n - 1].number;

	if (number <= known)
		return 0;
	err_set(e, ERR_CONFLICT,
		"the database was made by a newer toyon: its schema is %lld, "
		"this program knows %d",
		(long long)number, known);
	return err_hint(e, "install the newer version again, or restore the "
			   "back-up made before the upgrade");
}

static int apply(struct db *db, const struct sql_migration *m, struct err *e)
{
	const char *const *sql =
		db_engine(db) == DB_SQLITE ? m->sqlite : m->postgres;
	struct sql_schema_add_in done = {
		.number = m->number,
		.name = str_of(m->name),
		.applied_at = clock_now_ms(NULL),
	};

	for (; *sql; sql++)
		if (db_define(db, *sql, e))
			return err_context(
				e, "migration %d, %s", m->number, m->name);
	return sql_schema_add(db, &done, e) < 0 ? -1 : 0;
}

/* The migration after the last one applied, if there is one; in a transaction. */
static int next(struct db *db, struct arena *a, int64_t *number, struct err *e)
{
	struct sql_schema_lock_row lock;

	if (db->engine->be_patient(db, e) ||
		sql_schema_lock(db, a, &lock, e) < 0 ||
		sql_schema_create(db, e) < 0 ||
		schema_number(db, a, number, e) || refuse_newer(*number, e))
		return -1;
	for (int i = 0; i < sql_migrations_n; i++) {
		if (sql_migrations[i].number <= *number)
			continue;
		*number = sql_migrations[i].number;
		return apply(db, &sql_migrations[i], e);
	}
	return 0;
}

static int migrate(struct db *db, struct arena *a, struct err *e)
{
	int last = sql_migrations[sql_migrations_n - 1].number;
	int64_t number;

	if (schema_number(db, a, &number, e) || refuse_newer(number, e))
		return -1;
	while (number < last) {
		if (db_begin(db, DB_WRITE, e))
			return -1;
		if (next(db, a, &number, e)) {
			db_rollback(db);
			return -1;
		}
		if (db_commit(db, e))
			return -1;
	}
	return 0;
}

int db_migrate(struct db *db, struct err *e)
{
	struct arena *a = arena_new(ARENA_BYTES);
	int rc = migrate(db, a, e);

	arena_free(a);
	return rc;
}
