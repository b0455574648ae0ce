/*
 * Who may write, and moving the log into the database file.  What must stay
 * true: no commit and no checkpoint without the lock of writelock.h, and no
 * checkpoint by SQLite itself (engine.c turns off all three occasions: after a
 * commit, on close, by pragma).
 */
#include <sys/stat.h>

#include "store/sqlite/sqlite.h"

/* 64 MB of pages: as long as the worker lives, the log never gets there. */
enum { LOG_PAGES_MAX = 16384 };

int sqlite_write_start(struct sqlite_db *s, struct err *e)
{
	if (!writelock_take(&s->lock, s->db.opts.wait_ms, e))
		return 0;
	s->db.is_retryable = true;
	return -1;
}

/*
 * Without a worker nobody checkpoints (scripts that suppress every hour, the
 * service stopped), and the log would grow for ever.  So a writer that leaves a
 * huge one behind moves it itself; if that fails, the next one tries.
 */
void sqlite_write_end(struct sqlite_db *s)
{
	if (s->pages_in_log > LOG_PAGES_MAX) {
		sqlite3_wal_checkpoint_v2(
			s->h, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
		s->pages_in_log = 0;
	}
	writelock_drop(&s->lock);
}

/* When the log was written last; 0 when there is none. */
static int64_t log_written_ns(struct sqlite_db *s)
{
	const char *path = sqlite3_db_filename(s->h, "main");
	struct stat st;

	if (stat(sqlite3_filename_wal(path), &st) || !st.st_size)
		return 0;
	return (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

static int move_log(struct sqlite_db *s, enum checkpoint_mode mode,
	struct checkpoint *out, struct err *e)
{
	int how = mode == CHECKPOINT_ALL ? SQLITE_CHECKPOINT_TRUNCATE
					 : SQLITE_CHECKPOINT_PASSIVE;
	int pages = 0, moved = 0;
	int rc = sqlite3_wal_checkpoint_v2(s->h, "main", how, &pages, &moved);

	if (rc)
		return sqlite_fail(s, rc, "checkpoint", e);
	*out = (struct checkpoint){
		.pages_in_log = pages,
		.pages_moved = moved,
		.is_whole = pages == moved,
	};
	s->checkpointed_ns = out->is_whole ? log_written_ns(s) : 0;
	return 0;
}

int sqlite_checkpoint(struct db *db, enum checkpoint_mode mode,
	struct checkpoint *out, struct err *e)
{
	struct sqlite_db *s = sqlite_of(db);
	int64_t written_ns = log_written_ns(s);
	int rc;

	*out = (struct checkpoint){ .is_whole = true };
	if (!written_ns ||
		(mode == CHECKPOINT_DUE && written_ns == s->checkpointed_ns))
		return 0;
	if (sqlite_write_start(s, e))
		return -1;
	rc = move_log(s, mode, out, e);
	writelock_drop(&s->lock);
	return rc;
}
