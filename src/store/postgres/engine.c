/*
 * PostgreSQL, or what speaks its protocol and SQL.  A connection that is lost
 * is not opened again here: the process ends and is started anew (db_is_lost).
 * Poolers that hand out a connection per transaction do not work: statements
 * are prepared once per connection.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "store/postgres/postgres.h"

enum {
	SERVER_VERSION_MIN = 120000, /* `as materialized` */
	IDLE_MS = 60000,
	OPTIONS_BYTES = 1024,
	NUMBER_BYTES = 16,
};

/* Notices are for people at a psql prompt. */
static void drop_notice(void *ctx, const PGresult *r)
{
	(void)ctx;
	(void)r;
}

/* The value that the address gives to a parameter, or "". */
static const char *given(const PQconninfoOption *o, const char *keyword)
{
	for (; o->keyword; o++)
		if (!strcmp(o->keyword, keyword))
			return o->val ? o->val : "";
	return "";
}

/*
 * What the address says goes before ours: a server setting of the administrator
 * (search_path) stays, a timeout that he sets is overridden.
 */
static void options_write(
	char *out, const PQconninfoOption *o, const struct db_opts *opts)
{
	int n = snprintf(out, OPTIONS_BYTES,
		"%s -c statement_timeout=%d -c lock_timeout=%d"
		" -c idle_in_transaction_session_timeout=%d"
		" -c default_transaction_isolation=read\\ committed"
		" -c timezone=UTC",
		given(o, "options"), opts->statement_ms, opts->wait_ms,
		IDLE_MS);

	must(n > 0 && n < OPTIONS_BYTES);
}

static PGconn *connect_with(
	const char *url, const PQconninfoOption *o, const struct db_opts *opts)
{
	char options[OPTIONS_BYTES], wait_s[NUMBER_BYTES];
	const char *session = given(o, "target_session_attrs");
	const char *const names[] = { "dbname", "fallback_application_name",
		"client_encoding", "connect_timeout", "tcp_user_timeout",
		"keepalives_idle", "keepalives_interval", "keepalives_count",
		"target_session_attrs", "options", NULL };
	const char *const values[] = { url, "toyon", "UTF8", wait_s, "30000",
		"20", "5", "3", *session ? session : "read-write", options,
		NULL };

	options_write(options, o, opts);
	/* libpq takes whole seconds, and at least two. */
	snprintf(wait_s, sizeof wait_s, "%d",
		opts->wait_ms < 2000 ? 2 : (opts->wait_ms + 999) / 1000);
	return PQconnectdbParams(names, values, 1);
}

/* libpq's text holds host, port, role and database, never the password. */
static int connection_check(PGconn *c, struct err *e)
{
	const char *encoding;

	if (PQstatus(c) != CONNECTION_OK) {
		err_set(e, ERR_UNAVAILABLE, "cannot connect to the database");
		err_hint(e, "check that PostgreSQL runs and the address");
		return err_detail(e, "%s", PQerrorMessage(c));
	}
	if (PQserverVersion(c) < SERVER_VERSION_MIN)
		return err_set(e, ERR_INVALID,
			"the PostgreSQL server is older than version 12");
	encoding = PQparameterStatus(c, "server_encoding");
	if (encoding && strcmp(encoding, "UTF8")) {
		err_set(e, ERR_INVALID, "the database is not in UTF-8");
		return err_hint(e, "make it with createdb --encoding=UTF8 "
				   "--template=template0");
	}
	return 0;
}

static void postgres_close(struct db *db)
{
	PQfinish(postgres_of(db)->c);
	free(db);
}

static int postgres_open(struct db **out, const char *url,
	const struct db_opts *opts, struct err *e)
{
	PQconninfoOption *o = PQconninfoParse(url, NULL);
	struct postgres_db *p;

	if (!o) /* the reason would quote the address, and its password */
		return err_set(
			e, ERR_INVALID, "the database address cannot be read");
	if (strlen(given(o, "options")) > OPTIONS_BYTES / 2) {
		PQconninfoFree(o);
		return err_set(e, ERR_INVALID,
			"the options in the database address are too long");
	}
	p = calloc(1, sizeof *p);
	must(p);
	p->c = connect_with(url, o, opts);
	must(p->c);
	PQconninfoFree(o);
	PQsetNoticeReceiver(p->c, drop_notice, NULL);
	if (connection_check(p->c, e)) {
		postgres_close(&p->db);
		return -1;
	}
	*out = &p->db;
	return 0;
}

static int postgres_begin(struct db *db, enum db_mode mode, struct err *e)
{
	return postgres_command(postgres_of(db),
		mode == DB_WRITE
			? "begin"
			: "begin isolation level repeatable read read only",
		e);
}

static void postgres_rollback(struct db *db)
{
	struct postgres_db *p = postgres_of(db);
	struct err ignored;

	/* A session that cannot roll back is of no more use. */
	if (!p->db.is_lost && postgres_command(p, "rollback", &ignored))
		p->db.is_lost = true;
}

/* When the server saw a failure, it answers a commit by rolling back, and says
 * so only in the command tag. */
static int postgres_commit(struct db *db, struct err *e)
{
	struct postgres_db *p = postgres_of(db);
	PGresult *r = PQexec(p->c, "commit");
	int rc = 0;

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		rc = postgres_fail(p, r, "commit", e);
	else if (strcmp(PQcmdStatus(r), "COMMIT"))
		rc = err_set(e, ERR_INTERNAL,
			"the database rolled a transaction back");
	PQclear(r);
	if (rc && !p->db.is_lost && PQtransactionStatus(p->c) != PQTRANS_IDLE)
		postgres_rollback(db);
	return rc;
}

static int postgres_define(struct db *db, const char *sql, struct err *e)
{
	return postgres_command(postgres_of(db), sql, e);
}

static int postgres_be_patient(struct db *db, struct err *e)
{
	struct postgres_db *p = postgres_of(db);

	return postgres_command(p, "set local statement_timeout = 0", e) ||
			       postgres_command(
				       p, "set local lock_timeout = 0", e)
		       ? -1
		       : 0;
}

/* The server checkpoints by itself. */
static int postgres_checkpoint(struct db *db, enum checkpoint_mode mode,
	struct checkpoint *out, struct err *e)
{
	(void)db;
	(void)mode;
	(void)e;
	*out = (struct checkpoint){ .is_whole = true };
	return 0;
}

/* It would be a question to the server, as dear as asking what one wants to
 * know. */
static bool postgres_stamp(struct db *db, struct db_stamp *out)
{
	(void)db;
	(void)out;
	return false;
}

const struct engine postgres_engine = {
	.which = DB_POSTGRES,
	.scheme = "postgresql://",
	.open = postgres_open,
	.close = postgres_close,
	.stamp = postgres_stamp,
	.begin = postgres_begin,
	.commit = postgres_commit,
	.rollback = postgres_rollback,
	.query = postgres_query,
	.exec = postgres_exec,
	.prepare = postgres_prepare,
	.define = postgres_define,
	.be_patient = postgres_be_patient,
	.check = postgres_check,
	.checkpoint = postgres_checkpoint,
};
