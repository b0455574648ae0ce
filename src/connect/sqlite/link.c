/* Talking to an open file: statements, values, and what went wrong. */
#include "connect/sqlite/link.h"

#include "base/clock.h"

static const char *const statements[] = {
#define STATEMENT(NAME, text) text,
#include "connect/sqlite/tbl/statements.h"
};

struct sqlite_conn *sqlite_own(struct conn *c)
{
	return (struct sqlite_conn *)c;
}

const char *sqlite_statement(enum statement s)
{
	return statements[s];
}

void sqlite_call_begins(struct sqlite_conn *c)
{
	c->until_ms = clock_mono_ms() + c->head.timeout_ms;
}

/* SQLite's words for a code carry no value; its last message might. */
int sqlite_failed(sqlite3 *db, const char *what, struct err *e)
{
	int rc = sqlite3_extended_errcode(db);

	switch (rc & 0xff) {
	case SQLITE_ERROR:
		err_set(e, ERR_INVALID, "%s: the table or a column is missing",
			what);
		err_hint(e, "compare the data map with the database");
		break;
	case SQLITE_CONSTRAINT:
		err_set(e, ERR_CONFLICT,
			rc == SQLITE_CONSTRAINT_FOREIGNKEY
				? "%s: a row elsewhere refers to one of these"
			: rc == SQLITE_CONSTRAINT_NOTNULL
				? "%s: a column of it may not be empty"
				: "%s: a rule of the database forbids it",
			what);
		if (rc == SQLITE_CONSTRAINT_NOTNULL)
			err_hint(e, CONNECT_NOT_EMPTY_HINT);
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		err_set(e, ERR_DENIED, "%s: not allowed", what);
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		err_set(e, ERR_CORRUPT, "%s: the file is damaged", what);
		break;
	case SQLITE_TOOBIG:
		err_set(e, ERR_LIMIT, "%s: a value is too large", what);
		break;
	default:
		err_set(e, ERR_UNAVAILABLE, "%s: the database did not answer",
			what);
	}
	return err_detail(e, "SQLite code %d: %s", rc, sqlite3_errstr(rc));
}

int sqlite_say(struct sqlite_conn *c, enum statement s, struct err *e)
{
	if (sqlite3_exec(c->db, statements[s], NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_failed(c->db, "talking to the file", e);
	return 0;
}

void sqlite_roll_back(struct sqlite_conn *c)
{
	struct err ignored = { 0 };

	sqlite_call_begins(c);
	if (!sqlite3_get_autocommit(c->db))
		sqlite_say(c, SQLITE_SAY_ROLLBACK, &ignored);
}

static const char *no_bytes(str s)
{
	return s.n ? s.p : "";
}

int sqlite_bind(sqlite3_stmt *st, int at, const struct cell *v)
{
	str s = v->v.v;
	int64_t i;

	if (v->type == CELL_NULL)
		return sqlite3_bind_null(st, at);
	if (v->type == CELL_INT && str_int(s, &i))
		return sqlite3_bind_int64(st, at, i);
	if (v->type == CELL_BLOB)
		return sqlite3_bind_blob64(
			st, at, no_bytes(s), s.n, SQLITE_STATIC);
	return sqlite3_bind_text64(
		st, at, no_bytes(s), s.n, SQLITE_STATIC, SQLITE_UTF8);
}

int sqlite_bind_all(
	sqlite3_stmt *st, int first, const struct cell *values, size_t n)
{
	int rc = SQLITE_OK;

	for (size_t i = 0; i < n && rc == SQLITE_OK; i++)
		rc = sqlite_bind(st, first + (int)i, &values[i]);
	return rc;
}
