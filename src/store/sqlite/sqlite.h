#ifndef STORE_SQLITE_SQLITE_H
#define STORE_SQLITE_SQLITE_H

#include <sqlite3.h>

#include "store/engine.h"
#include "store/sqlite/writelock.h"

/* The parts of the SQLite engine, among themselves. */
struct sqlite_db {
	struct db db;
	sqlite3 *h;
	struct writelock lock;
	sqlite3_stmt *stmts[SQL_COUNT]; /* prepared when first used */
	int pages_in_log; /* after this connection's last commit */
	const volatile uint32_t *shared; /* stamp.c */
	/* When the log was written last, at the last whole checkpoint. */
	int64_t checkpointed_ns;
};

static inline struct sqlite_db *sqlite_of(struct db *db)
{
	return (struct sqlite_db *)db;
}

/* error.c: -1 with the error that a result code stands for; what was done. */
int sqlite_fail(struct sqlite_db *, int rc, const char *what, struct err *);

/* statement.c */
int sqlite_query(struct db *, struct arena *, enum sql_id,
	const struct db_value *in, struct db_value **rows, size_t *n,
	struct err *);
int64_t sqlite_exec(
	struct db *, enum sql_id, const struct db_value *in, struct err *);
int sqlite_prepare(struct db *, enum sql_id, struct err *);

/* write.c */
int sqlite_write_start(struct sqlite_db *, struct err *);
void sqlite_write_end(struct sqlite_db *);
int sqlite_checkpoint(
	struct db *, enum checkpoint_mode, struct checkpoint *, struct err *);

/* stamp.c */
bool sqlite_stamp(struct db *, struct db_stamp *);

/* check.c */
int sqlite_check(
	struct db *, struct arena *, struct db_findings *, struct err *);

#endif
