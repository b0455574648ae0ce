#ifndef STORE_POSTGRES_POSTGRES_H
#define STORE_POSTGRES_POSTGRES_H

#include <libpq-fe.h>

#include "store/engine.h"

/* The parts of the PostgreSQL engine, among themselves. */
struct postgres_db {
	struct db db;
	PGconn *c;
	bool is_prepared[SQL_COUNT];
};

/* The types of PostgreSQL that stand for ours (catalog/pg_type.dat). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043,
};

static inline struct postgres_db *postgres_of(struct db *db)
{
	return (struct postgres_db *)db;
}

/* error.c: -1 with the error of a result; what was done. */
int postgres_fail(
	struct postgres_db *, const PGresult *, const char *what, struct err *);
/* A command without values and rows, of our own: begin, commit, set. */
int postgres_command(struct postgres_db *, const char *sql, struct err *);

/* statement.c */
int postgres_query(struct db *, struct arena *, enum sql_id,
	const struct db_value *in, struct db_value **rows, size_t *n,
	struct err *);
int64_t postgres_exec(
	struct db *, enum sql_id, const struct db_value *in, struct err *);
int postgres_prepare(struct db *, enum sql_id, struct err *);

/* check.c */
int postgres_check(
	struct db *, struct arena *, struct db_findings *, struct err *);

#endif
