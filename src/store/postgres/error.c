/*
 * What a failure of PostgreSQL means to us, and what of its text may be kept:
 * no value of a row, since the detail goes to a log.
 */
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "store/postgres/postgres.h"

/*
 * SQLSTATEs as failures of ours; the first row whose beginning fits counts
 * (PostgreSQL's manual, appendix A).  The primary message of the classes here
 * names tables, constraints and roles; those of other classes can quote a
 * value (22P02), and are not kept.  DETAIL and HINT never are.
 */
static const struct failure {
	const char *sqlstate;
	enum err_code code;
	bool is_lost;
	bool is_retryable;
	const char *message;
	const char *hint;
} failures[] = {
	{ "08", ERR_UNAVAILABLE, true, false,
		"the connection to the database is lost", "" },
	{ "0A000", ERR_UNAVAILABLE, true, false,
		"the schema of the database changed while it was in use", "" },
	{ "23505", ERR_CONFLICT, false, false,
		"something that must be unique is there already", "" },
	{ "23", ERR_INTERNAL, false, false, "the database refused a statement",
		"" },
	{ "25P03", ERR_UNAVAILABLE, true, false,
		"a transaction was idle for too long", "" },
	/* A server that we were writing to became a standby. */
	{ "25006", ERR_UNAVAILABLE, true, false,
		"the database can only be read",
		"give the addresses of all its servers" },
	{ "28", ERR_UNAVAILABLE, false, false, "the database refused the user",
		"check the database address and its pg_hba.conf" },
	{ "3D", ERR_UNAVAILABLE, false, false, "there is no such database",
		"make it with createdb" },
	{ "40", ERR_CONFLICT, false, true,
		"two transactions were in each other's way", "try again" },
	{ "42", ERR_INTERNAL, false, false, "the database refused a statement",
		"see that the schema is the one of this version" },
	{ "53100", ERR_UNAVAILABLE, false, false,
		"the disk of the database is full", "make room on it" },
	{ "53300", ERR_UNAVAILABLE, false, false,
		"the database takes no more connections",
		"raise its max_connections" },
	{ "53", ERR_UNAVAILABLE, false, false,
		"the database is short of resources", "" },
	{ "55P03", ERR_UNAVAILABLE, false, true, "the database is busy",
		"try again" },
	{ "57014", ERR_UNAVAILABLE, false, true, "the database took too long",
		"try again" },
	{ "57P", ERR_UNAVAILABLE, true, false,
		"the database ended the connection", "" },
	{ "58", ERR_UNAVAILABLE, false, false,
		"the system of the database failed", "look into its log" },
	{ "XX001", ERR_CORRUPT, false, false, "the database is damaged",
		"stop the service, restore the last back-up" },
	{ "XX002", ERR_CORRUPT, false, false, "the database is damaged",
		"rebuild its indexes (reindexdb)" },
};

static const struct failure *failure_of(const char *sqlstate)
{
	for (size_t i = 0; i < COUNTOF(failures); i++)
		if (str_starts(str_of(sqlstate), str_of(failures[i].sqlstate)))
			return &failures[i];
	return NULL;
}

static int fail_known(struct postgres_db *p, const struct failure *f,
	const PGresult *r, struct err *e)
{
	const char *primary = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	err_set(e, f->code, "%s", f->message);
	if (*f->hint)
		err_hint(e, "%s", f->hint);
	p->db.is_lost = p->db.is_lost || f->is_lost;
	p->db.is_retryable = f->is_retryable;
	return err_detail(e, "%s: %s", PQresultErrorField(r, PG_DIAG_SQLSTATE),
		primary ? primary : "");
}

int postgres_fail(struct postgres_db *p, const PGresult *r, const char *what,
	struct err *e)
{
	const char *sqlstate = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const struct failure *f = failure_of(sqlstate);

	if (PQstatus(p->c) == CONNECTION_BAD)
		p->db.is_lost = true;
	if (sqlstate && !strcmp(sqlstate, "25006") && p->db.in_transaction &&
		p->db.mode == DB_READ)
		return err_set(e, ERR_INTERNAL,
			"%s would write in a transaction that only reads",
			what);
	if (f)
		return fail_known(p, f, r, e);
	if (p->db.is_lost)
		return err_set(e, ERR_UNAVAILABLE,
			"the connection to the database is lost");
	err_set(e, ERR_INTERNAL, "the database refused a statement");
	return err_detail(
		e, "%s: SQLSTATE %s", what, sqlstate ? sqlstate : "unknown");
}

int postgres_command(struct postgres_db *p, const char *sql, struct err *e)
{
	PGresult *r = PQexec(p->c, sql);
	int rc = 0;

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		rc = postgres_fail(p, r, "a command", e);
	PQclear(r);
	return rc;
}
