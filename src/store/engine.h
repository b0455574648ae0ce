#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include <stdbool.h>

#include "store/checkpoint.h"
#include "store/db.h"

/*
 * What a database engine has to do for store/db.c, which counts steps, keeps
 * the state of the transaction and checks values, so that the engines differ in
 * nothing that a caller can see.  t/store holds both to the same tests.
 *
 * An engine embeds struct db as the first member of its own.  On failure it
 * sets the error, and is_lost and is_retryable where they are true.
 */
enum { DB_VALUES_MAX = 64 }; /* of one statement, in or out */

struct engine {
	enum db_engine which;
	const char *scheme; /* how its URLs begin */

	int (*open)(struct db **out, const char *url, const struct db_opts *,
		struct err *);
	void (*close)(struct db *);

	/* As db_stamp(). */
	bool (*stamp)(struct db *, struct db_stamp *);
	/* Never called inside a transaction. */
	int (*begin)(struct db *, enum db_mode, struct err *);
	/* The transaction is over in any case. */
	int (*commit)(struct db *, struct err *);
	void (*rollback)(struct db *);

	/* As db_many() and db_exec(). */
	int (*query)(struct db *, struct arena *, enum sql_id,
		const struct db_value *in, struct db_value **rows, size_t *n,
		struct err *);
	int64_t (*exec)(struct db *, enum sql_id, const struct db_value *in,
		struct err *);
	int (*prepare)(struct db *, enum sql_id, struct err *);

	/* One statement of a migration, without values. */
	int (*define)(struct db *, const char *sql, struct err *);
	/* Migrations may take longer than other statements. */
	int (*be_patient)(struct db *, struct err *);

	int (*check)(struct db *, struct arena *, struct db_findings *,
		struct err *);
	int (*checkpoint)(struct db *, enum checkpoint_mode,
		struct checkpoint *, struct err *);
};

struct db {
	const struct engine *engine;
	struct db_opts opts; /* with the defaults filled in */
	int64_t steps;
	enum db_mode mode;
	bool in_transaction;
	int mark;
	bool is_spoilt; /* a statement of this transaction failed */
	bool is_lost;
	bool is_retryable;
};

extern const struct engine sqlite_engine;
extern const struct engine postgres_engine;

/* One statement of a migration, as a step. */
int db_define(struct db *, const char *sql, struct err *);

enum { DB_FINDINGS_MAX = 32 };

/* at has room for DB_FINDINGS_MAX; more are left out. */
void db_finding_add(
	struct db_findings *, bool is_problem, str text, const char *hint);

#endif
