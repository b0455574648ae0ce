/* What `toyon doctor` asks about a SQLite database. */
#include <string.h>
#include <sys/stat.h>

#include "store/sqlite/sqlite.h"

/* Before this one, a checkpoint of its own could damage the file. */
enum {
	VERSION_SAFE = 3051003,
	COLUMN_BYTES_MAX = 200,
	LOG_BYTES_MAX = 256 << 20
};

static const char restore[] =
	"stop the service, keep a copy of the file, restore the last back-up";

/* Each row of a pragma that finds faults is one; "ok" is none. */
static int faults(struct sqlite_db *s, const char *pragma, const char *what,
	struct arena *a, struct db_findings *out)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(s->h, pragma, -1, &st, NULL);

	while (!rc && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(st, 0);

		rc = SQLITE_OK;
		if (text && strcmp(text, "ok"))
			db_finding_add(out, true,
				arena_fmt(a, "%s: %.*s", what, COLUMN_BYTES_MAX,
					text),
				restore);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : rc;
}

static void check_version(struct arena *a, struct db_findings *out)
{
	bool is_safe = sqlite3_libversion_number() >= VERSION_SAFE;

	db_finding_add(out, false,
		arena_fmt(a, "SQLite %s%s", sqlite3_libversion(),
			is_safe ? ""
				: "; checkpoints are made by Toyon alone, "
				  "because before 3.51.3 SQLite's own can "
				  "damage the file"),
		is_safe ? ""
			: "other programs should not write to the file while "
			  "the service runs");
}

static void check_files(
	struct sqlite_db *s, struct arena *a, struct db_findings *out)
{
	const char *path = sqlite3_db_filename(s->h, "main");
	struct stat st;

	if (!stat(path, &st) && st.st_mode & 0077)
		db_finding_add(out, true,
			arena_fmt(a, "%s can be read by other users", path),
			"chmod 600 the file, and those beside it that begin "
			"with its name");
	if (!stat(sqlite3_filename_wal(path), &st) &&
		st.st_size > LOG_BYTES_MAX)
		db_finding_add(out, true,
			arena_fmt(a, "the write-ahead log has %lld MB",
				(long long)st.st_size >> 20),
			"see that the worker runs, and that no other program "
			"keeps the database open in a transaction");
}

int sqlite_check(
	struct db *db, struct arena *a, struct db_findings *out, struct err *e)
{
	struct sqlite_db *s = sqlite_of(db);
	int rc;

	check_version(a, out);
	check_files(s, a, out);
	rc = faults(
		s, "pragma integrity_check(10)", "the file is damaged", a, out);
	if (!rc)
		rc = faults(s, "pragma foreign_key_check",
			"a row refers to one that is not there, table", a, out);
	return rc ? sqlite_fail(s, rc, "integrity check", e) : 0;
}
