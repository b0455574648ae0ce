/* What a failure of SQLite means to us, and what the operator can do. */
#include "base/base.h"
#include "store/sqlite/sqlite.h"

/*
 * SQLite's result codes as failures of ours.  An extended code stands before
 * its primary one; the first row that fits counts.
 */
static const struct failure {
	int rc;
	enum err_code code;
	bool is_retryable;
	const char *message;
	const char *hint;
} failures[] = {
	{ SQLITE_CONSTRAINT_UNIQUE, ERR_CONFLICT, false,
		"something that must be unique is there already", "" },
	{ SQLITE_CONSTRAINT_PRIMARYKEY, ERR_CONFLICT, false,
		"something that must be unique is there already", "" },
	{ SQLITE_CONSTRAINT_ROWID, ERR_CONFLICT, false,
		"something that must be unique is there already", "" },
	{ SQLITE_BUSY, ERR_UNAVAILABLE, true, "the database is busy",
		"try again" },
	{ SQLITE_LOCKED, ERR_UNAVAILABLE, true, "the database is busy",
		"try again" },
	{ SQLITE_FULL, ERR_UNAVAILABLE, false,
		"the disk of the database is full", "make room on it" },
	{ SQLITE_IOERR, ERR_UNAVAILABLE, false,
		"the disk of the database does not work",
		"look into the system's log" },
	{ SQLITE_NOMEM, ERR_UNAVAILABLE, false,
		"the database ran out of memory", "" },
	{ SQLITE_CANTOPEN, ERR_UNAVAILABLE, false,
		"the database file cannot be opened",
		"check that it exists and belongs to the service's user" },
	{ SQLITE_READONLY, ERR_UNAVAILABLE, false,
		"the database file cannot be written",
		"check that it and its folder belong to the service's user" },
	{ SQLITE_PERM, ERR_UNAVAILABLE, false,
		"the database file cannot be used",
		"check that it belongs to the service's user" },
	{ SQLITE_CORRUPT, ERR_CORRUPT, false, "the database file is damaged",
		"stop the service, keep a copy of the file, restore the last "
		"back-up" },
	{ SQLITE_NOTADB, ERR_CORRUPT, false,
		"the file is not an SQLite database", "check the path" },
};

static const struct failure *failure_of(int rc)
{
	for (size_t i = 0; i < COUNTOF(failures); i++)
		if (failures[i].rc == rc || failures[i].rc == (rc & 0xff))
			return &failures[i];
	return NULL;
}

int sqlite_fail(struct sqlite_db *s, int rc, const char *what, struct err *e)
{
	const struct failure *f = failure_of(rc);

	if (f) {
		err_set(e, f->code, "%s", f->message);
		if (*f->hint)
			err_hint(e, "%s", f->hint);
		s->db.is_retryable = f->is_retryable;
	} else {
		err_set(e, ERR_INTERNAL, "the database refused a statement");
	}
	/* SQLite's messages name tables and columns, never values. */
	return err_detail(e, "%s: SQLite %d: %s", what, rc,
		s->h ? sqlite3_errmsg(s->h) : sqlite3_errstr(rc));
}
