/*
 * SQLite: one file, a write-ahead log, every commit flushed to the disk before
 * it is answered.  How it is set up is decided here alone.
 *
 * The database file itself is never opened or closed by any means but SQLite:
 * closing a second descriptor of it would drop the POSIX locks that the other
 * connections of the process hold.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "store/sqlite/sqlite.h"

/* "Toyn": tells our file from any other SQLite database. */
#define APPLICATION_ID 1416591726
#define DIGITS(n)      #n
#define LITERAL(n)     DIGITS(n)

static const char *const pragmas[] = {
	"pragma synchronous = full",
	"pragma foreign_keys = on",
	"pragma secure_delete = on", /* what is deleted is overwritten */
	"pragma temp_store = memory",
	"pragma cell_size_check = on",
	"pragma journal_size_limit = 16777216",
	"pragma cache_size = -1024",
};

static const struct switches {
	int option;
	int is_on;
} switches[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	{ SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
};

static int note_pages(void *ctx, sqlite3 *h, const char *name, int pages)
{
	struct sqlite_db *s = ctx;

	(void)h;
	(void)name;
	s->pages_in_log = pages;
	return SQLITE_OK;
}

static int set_up(struct sqlite_db *s, struct err *e)
{
	int rc = SQLITE_OK;

	sqlite3_busy_timeout(s->h, s->db.opts.wait_ms);
	for (size_t i = 0; !rc && i < COUNTOF(switches); i++)
		rc = sqlite3_db_config(
			s->h, switches[i].option, switches[i].is_on, NULL);
	for (size_t i = 0; !rc && i < COUNTOF(pragmas); i++)
		rc = sqlite3_exec(s->h, pragmas[i], NULL, NULL, NULL);
	if (rc)
		return sqlite_fail(s, rc, "set up the connection", e);
	/* Also takes the place of the automatic checkpoint. */
	sqlite3_wal_hook(s->h, note_pages, s);
	return 0;
}

static int pragma_int(void *out, int n, char **values, char **names)
{
	(void)n;
	(void)names;
	*(long long *)out = values[0] ? atoll(values[0]) : 0;
	return 0;
}

static int is_wal(void *out, int n, char **values, char **names)
{
	(void)n;
	(void)names;
	*(bool *)out = values[0] && !strcmp(values[0], "wal");
	return 0;
}

/* With the lock held: two processes may be making the file at once. */
static int make_ours(struct sqlite_db *s)
{
	bool wal = false;
	int rc = sqlite3_exec(
		s->h, "pragma journal_mode = wal", is_wal, &wal, NULL);

	if (!rc && !wal)
		rc = SQLITE_READONLY;
	if (!rc)
		rc = sqlite3_exec(s->h,
			"pragma application_id = " LITERAL(APPLICATION_ID),
			NULL, NULL, NULL);
	return rc;
}

/* Before anything was read: the path may be the wrong one, so it is named. */
static int open_failed(struct sqlite_db *s, int rc, const char *what,
	const char *path, struct err *e)
{
	sqlite_fail(s, rc, what, e);
	return err_context(e, "%s", path);
}

static int see_whose(struct sqlite_db *s, const char *path, struct err *e)
{
	long long application = 0, objects = 0;
	bool wal = false;
	int rc = sqlite3_exec(
		s->h, "pragma application_id", pragma_int, &application, NULL);

	if (!rc)
		rc = sqlite3_exec(s->h, "pragma schema_version", pragma_int,
			&objects, NULL);
	if (!rc)
		rc = sqlite3_exec(
			s->h, "pragma journal_mode", is_wal, &wal, NULL);
	if (rc)
		return open_failed(s, rc, "read the database", path, e);
	if (application == APPLICATION_ID && wal)
		return 0;
	if (application != APPLICATION_ID && objects) {
		err_set(e, ERR_INVALID, "%s is the database of another program",
			path);
		return err_hint(e, "check the path");
	}
	if (sqlite_write_start(s, e))
		return -1;
	rc = make_ours(s);
	writelock_drop(&s->lock);
	return rc ? open_failed(s, rc, "make the database", path, e) : 0;
}

/* Others must not read it, whatever the umask. */
static int make_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ? 0 : err_errno(e, "make %s", path);
	close(fd);
	return 0;
}

static int see_file(const char *path, bool may_create, struct err *e)
{
	if (!access(path, F_OK))
		return 0;
	if (errno != ENOENT) {
		err_errno(e, "open %s", path);
		return err_hint(e, "check that its folders may be read by the "
				   "service's user");
	}
	if (may_create)
		return make_file(path, e);
	err_set(e, ERR_NOT_FOUND, "there is no database at %s", path);
	return err_hint(e, "`toyon setup` makes one");
}

static void sqlite_close(struct db *db)
{
	struct sqlite_db *s = sqlite_of(db);

	for (size_t i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(s->stmts[i]);
	must(!sqlite3_close(s->h));
	writelock_close(&s->lock);
	free(s);
}

static int sqlite_connect(struct sqlite_db *s, const char *path, struct err *e)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
	int rc;

	if (see_file(path, s->db.opts.may_create, e) ||
		writelock_open(&s->lock, path, e))
		return -1;
	rc = sqlite3_open_v2(path, &s->h, flags, NULL);
	if (rc)
		return open_failed(s, rc, "open the database", path, e);
	return set_up(s, e) || see_whose(s, path, e) ? -1 : 0;
}

static int sqlite_open(struct db **out, const char *url,
	const struct db_opts *opts, struct err *e)
{
	struct sqlite_db *s = calloc(1, sizeof *s);

	must(s);
	s->db.opts = *opts;
	s->lock.fd = -1;
	if (sqlite_connect(s, url + strlen(sqlite_engine.scheme), e)) {
		sqlite_close(&s->db);
		return -1;
	}
	*out = &s->db;
	return 0;
}

static int sqlite_begin(struct db *db, enum db_mode mode, struct err *e)
{
	struct sqlite_db *s = sqlite_of(db);
	bool is_writing = mode == DB_WRITE;
	int rc;

	if (is_writing && sqlite_write_start(s, e))
		return -1;
	rc = sqlite3_exec(s->h, is_writing ? "begin immediate" : "begin", NULL,
		NULL, NULL);
	if (!rc)
		return 0;
	sqlite_fail(s, rc, "begin", e);
	if (is_writing)
		writelock_drop(&s->lock);
	return -1;
}

/* After some failures SQLite has rolled back by itself. */
static void sqlite_rollback(struct db *db)
{
	struct sqlite_db *s = sqlite_of(db);

	if (!sqlite3_get_autocommit(s->h))
		sqlite3_exec(s->h, "rollback", NULL, NULL, NULL);
	must(sqlite3_get_autocommit(s->h));
	if (s->lock.is_held)
		writelock_drop(&s->lock);
}

static int sqlite_commit(struct db *db, struct err *e)
{
	struct sqlite_db *s = sqlite_of(db);
	int rc = sqlite3_exec(s->h, "commit", NULL, NULL, NULL);

	if (rc) {
		sqlite_fail(s, rc, "commit", e);
		sqlite_rollback(db);
		return -1;
	}
	if (s->lock.is_held)
		sqlite_write_end(s);
	return 0;
}

static int sqlite_define(struct db *db, const char *sql, struct err *e)
{
	struct sqlite_db *s = sqlite_of(db);
	int rc = sqlite3_exec(s->h, sql, NULL, NULL, NULL);

	return rc ? sqlite_fail(s, rc, "change the schema", e) : 0;
}

/* Nothing here ends a statement for taking long. */
static int sqlite_be_patient(struct db *db, struct err *e)
{
	(void)db;
	(void)e;
	return 0;
}

const struct engine sqlite_engine = {
	.which = DB_SQLITE,
	.scheme = "sqlite:",
	.open = sqlite_open,
	.close = sqlite_close,
	.stamp = sqlite_stamp,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.query = sqlite_query,
	.exec = sqlite_exec,
	.prepare = sqlite_prepare,
	.define = sqlite_define,
	.be_patient = sqlite_be_patient,
	.check = sqlite_check,
	.checkpoint = sqlite_checkpoint,
};
