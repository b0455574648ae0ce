/*
 * Systems that are SQLite files.
 *
 * Three settings decide whether an answer can be trusted: a name in double
 * quotes is never taken for a text (SQLite's old habit would turn a column that
 * is missing into "nothing found"); a file that is not there is not created;
 * and what a search opens is read-only.  Deleted rows are overwritten in the
 * file (secure_delete).
 */
#include "base/base.h"
#include "base/clock.h"
#include "base/file.h"
#include "connect/sqlite/link.h"

enum { STEPS_BETWEEN_LOOKS = 20000 }; /* of SQLite's machine, at the clock */

static int is_late(void *ctx)
{
	const struct sqlite_conn *c = ctx;

	return clock_mono_ms() > c->until_ms;
}

/* toyon_ident(kind, value): the standardized text, or null. */
static void ident_function(sqlite3_context *ctx, int n, sqlite3_value **arg)
{
	enum ident_kind kind = (enum ident_kind)sqlite3_value_int(arg[0]);
	struct ident id;
	str raw;

	(void)n;
	if (sqlite3_value_type(arg[1]) == SQLITE_NULL)
		return;
	raw.p = (const char *)sqlite3_value_text(arg[1]);
	raw.n = (size_t)sqlite3_value_bytes(arg[1]);
	if (!raw.p || ident_read(&id, IDENT_TOYON_1, kind, raw))
		return;
	sqlite3_result_text(ctx, id.text, (int)id.n, SQLITE_TRANSIENT);
}

static int prepare_for_use(
	struct sqlite_conn *c, enum conn_mode mode, struct err *e)
{
	sqlite3_extended_result_codes(c->db, 1);
	sqlite3_busy_timeout(c->db, c->head.timeout_ms);
	sqlite3_progress_handler(c->db, STEPS_BETWEEN_LOOKS, is_late, c);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_create_function(c->db, "toyon_ident", 2,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
		ident_function, NULL, NULL);
	if (sqlite_say(c, SQLITE_SAY_HELLO, e) < 0)
		return -1;
	if (mode == CONN_READ)
		return sqlite_say(c, SQLITE_SAY_READ_ONLY, e);
	if (sqlite_say(c, SQLITE_SAY_REFERENCES, e) < 0)
		return -1;
	return sqlite_say(c, SQLITE_SAY_OVERWRITE, e);
}

static void sqlite_close(struct conn *conn)
{
	sqlite3_close_v2(sqlite_own(conn)->db);
	sqlite_own(conn)->db = NULL;
}

static int open_file(struct sqlite_conn *c, const char *path,
	enum conn_mode mode, struct err *e)
{
	int flags = SQLITE_OPEN_NOMUTEX |
		    (mode == CONN_READ ? SQLITE_OPEN_READONLY
				       : SQLITE_OPEN_READWRITE);

	sqlite_call_begins(c);
	if (sqlite3_open_v2(path, &c->db, flags, NULL) == SQLITE_OK)
		return prepare_for_use(c, mode, e);
	err_set(e, ERR_UNAVAILABLE, "can't open the database file %s", path);
	return err_hint(e,
		"check that it is there and that the service's user may read "
		"and write it, or mend the data map, which names it");
}

/* Whoever wrote died on the way: what was written is to be taken back before anybody reads,
 * which who may only read can't do. */
static bool is_left_open(const struct sqlite_conn *c)
{
	int rc = sqlite3_extended_errcode(c->db);

	return rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY;
}

static int open_to_read(struct sqlite_conn *c, const char *path, struct err *e)
{
	bool is_left;
	int rc = open_file(c, path, CONN_READ, e);

	is_left = rc && is_left_open(c);
	if (!is_left)
		return rc;
	sqlite_close(&c->head);
	if (open_file(c, path, CONN_WRITE, e) < 0)
		return -1;
	sqlite_close(&c->head);
	return open_file(c, path, CONN_READ, e);
}

static int sqlite_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct sqlite_conn *c = arena_one(a, struct sqlite_conn);
	const char *path = o->url ? o->url : arena_cstr(a, s->database);
	int rc;

	if (path[0] != '/' && !o->url)
		path = path_join(a, arena_cstr(a, m->dir), path);
	c->head.timeout_ms = o->timeout_ms;
	rc = o->mode == CONN_READ ? open_to_read(c, path, e)
				  : open_file(c, path, CONN_WRITE, e);
	if (rc < 0) {
		sqlite_close(&c->head);
		return -1;
	}
	*out = &c->head;
	return 0;
}

const struct connector connector_sqlite = {
	.is_guarded = true,
	.is_late = true,
	.open = sqlite_open,
	.rows = sqlite_rows,
	.erase = sqlite_erase,
	.insert = sqlite_insert,
	.script = sqlite_script,
	.close = sqlite_close,
	.describe = sqlite_describe,
	.ripples = sqlite_ripples,
	.references = sqlite_references,
	.can_be_null = sqlite_can_be_null,
	.plan = sqlite_plan,
};
