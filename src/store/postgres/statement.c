/*
 * Running one named statement: prepared on the server when a connection first
 * uses it, values and rows in binary, so that nothing is ever quoted or parsed.
 */
#include <string.h>

#include "base/base.h"
#include "store/postgres/postgres.h"

static Oid oid_of(enum db_type type)
{
	static const Oid oids[] = {
		[DB_INT] = OID_INT8,
		[DB_TEXT] = OID_TEXT,
		[DB_BLOB] = OID_BYTEA,
	};

	return oids[type];
}

static bool is_of(Oid oid, enum db_type type)
{
	if (type == DB_INT)
		return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2 ||
		       oid == OID_BOOL;
	if (type == DB_TEXT)
		return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_NAME;
	return oid == OID_BYTEA;
}

static int prepare(struct postgres_db *p, enum sql_id id, struct err *e)
{
	const struct sql_stmt *s = &sql_stmts[id];
	Oid types[DB_VALUES_MAX];
	PGresult *r;

	if (p->is_prepared[id])
		return 0;
	for (int i = 0; i < s->in_n; i++)
		types[i] = oid_of(s->in[i]);
	r = PQprepare(p->c, s->name, s->postgres, s->in_n, types);
	p->is_prepared[id] = PQresultStatus(r) == PGRES_COMMAND_OK;
	if (!p->is_prepared[id])
		postgres_fail(p, r, s->name, e);
	PQclear(r);
	return p->is_prepared[id] ? 0 : -1;
}

/* Of a result or of a description. */
static int columns_check(
	const PGresult *r, const struct sql_stmt *s, struct err *e)
{
	if (PQnfields(r) != s->out_n)
		return err_set(e, ERR_INTERNAL,
			"%s has other columns than declared", s->name);
	for (int i = 0; i < s->out_n; i++)
		if (!is_of(PQftype(r, i), s->out[i]))
			return err_set(e, ERR_INTERNAL,
				"column %d of %s is not of its type", i + 1,
				s->name);
	return 0;
}

int postgres_prepare(struct db *db, enum sql_id id, struct err *e)
{
	struct postgres_db *p = postgres_of(db);
	const struct sql_stmt *s = &sql_stmts[id];
	PGresult *r;
	int rc;

	if (prepare(p, id, e))
		return -1;
	r = PQdescribePrepared(p->c, s->name);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		rc = postgres_fail(p, r, s->name, e);
	else if (PQnparams(r) > s->in_n)
		rc = err_set(e, ERR_INTERNAL,
			"%s has other parameters than declared", s->name);
	else
		rc = columns_check(r, s, e);
	PQclear(r);
	return rc;
}

static void put_int64(char out[8], int64_t v)
{
	uint64_t u = (uint64_t)v;

	for (int i = 7; i >= 0; i--, u >>= 8)
		out[i] = (char)(unsigned char)(u & 0xff);
}

/* Of 1, 2, 4 or 8 bytes, the first of them signed. */
static int64_t get_int(const char *p, int n)
{
	uint64_t u = p[0] & 0x80 ? UINT64_MAX : 0;

	for (int i = 0; i < n; i++)
		u = u << 8 | (unsigned char)p[i];
	return (int64_t)u;
}

static PGresult *execute(
	struct postgres_db *p, enum sql_id id, const struct db_value *in)
{
	const struct sql_stmt *s = &sql_stmts[id];
	char ints[DB_VALUES_MAX][8];
	const char *at[DB_VALUES_MAX];
	int n[DB_VALUES_MAX];
	int is_binary[DB_VALUES_MAX];

	for (int i = 0; i < s->in_n; i++) {
		is_binary[i] = 1;
		if (in[i].type == DB_INT) {
			put_int64(ints[i], in[i].i);
			at[i] = ints[i];
			n[i] = 8;
			continue;
		}
		must(in[i].s.n <= INT32_MAX);
		at[i] = in[i].s.n ? in[i].s.p : "";
		n[i] = (int)in[i].s.n;
	}
	return PQexecPrepared(p->c, s->name, s->in_n, at, n, is_binary, 1);
}

static int read_row(const PGresult *r, int row, const struct sql_stmt *s,
	struct arena *a, struct db_value *out, struct err *e)
{
	for (int i = 0; i < s->out_n; i++) {
		const char *p = PQgetvalue(r, row, i);
		int n = PQgetlength(r, row, i);

		if (PQgetisnull(r, row, i))
			return err_set(e, ERR_INTERNAL,
				"column %d of %s is null", i + 1, s->name);
		out[i].type = s->out[i];
		if (s->out[i] == DB_INT)
			out[i].i = get_int(p, n);
		else
			out[i].s = arena_dup(a, (str){ p, (size_t)n });
	}
	return 0;
}

static int read_rows(const PGresult *r, const struct sql_stmt *s,
	struct arena *a, struct db_value *rows, struct err *e)
{
	if (columns_check(r, s, e))
		return -1;
	for (int i = 0; i < PQntuples(r); i++, rows += s->out_n)
		if (read_row(r, i, s, a, rows, e))
			return -1;
	return 0;
}

int postgres_query(struct db *db, struct arena *a, enum sql_id id,
	const struct db_value *in, struct db_value **rows, size_t *n,
	struct err *e)
{
	struct postgres_db *p = postgres_of(db);
	const struct sql_stmt *s = &sql_stmts[id];
	PGresult *r;
	int rc;

	if (prepare(p, id, e))
		return -1;
	r = execute(p, id, in);
	if (PQresultStatus(r) == PGRES_TUPLES_OK) {
		*n = (size_t)PQntuples(r);
		*rows = arena_many(a, struct db_value, *n * (size_t)s->out_n);
		rc = read_rows(r, s, a, *rows, e);
	} else {
		rc = postgres_fail(p, r, s->name, e);
	}
	PQclear(r);
	return rc;
}

int64_t postgres_exec(
	struct db *db, enum sql_id id, const struct db_value *in, struct err *e)
{
	struct postgres_db *p = postgres_of(db);
	int64_t changed = 0;
	PGresult *r;

	if (prepare(p, id, e))
		return -1;
	r = execute(p, id, in);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		changed = postgres_fail(p, r, sql_stmts[id].name, e);
	else /* empty for what changes no rows: create, set */
		str_int(str_of(PQcmdTuples(r)), &changed);
	PQclear(r);
	return changed;
}
