/*
 * The conversation with PostgreSQL: connect, ask, read row by row, each within
 * its time.  libpq's blocking calls would wait for a dead network as long as the
 * kernel does, so the socket is polled here.
 */
#include "connect/postgres/link.h"

#include <poll.h>
#include <string.h>

#include "base/base.h"
#include "base/clock.h"
#include "connect/limit.h"

void pg_link_drop(struct pg_link *l)
{
	PQfinish(l->pg);
	l->pg = NULL;
}

static int gone(struct pg_link *l, const char *what, struct err *e)
{
	pg_link_drop(l);
	return err_set(
		e, ERR_UNAVAILABLE, "%s: the database did not answer", what);
}

/* True when the socket is ready before the moment. */
static bool wait_for(PGconn *pg, short events, int64_t until_ms)
{
	struct pollfd p = { .fd = PQsocket(pg), .events = events };
	int64_t left_ms = until_ms - clock_mono_ms();

	if (p.fd < 0 || left_ms <= 0)
		return false;
	/* A signal ends the wait early; the caller looks and comes again. */
	return poll(&p, 1, (int)left_ms) != 0;
}

static bool is_connected(PGconn *pg, int64_t until_ms)
{
	PostgresPollingStatusType st = PGRES_POLLING_WRITING;

	while (PQstatus(pg) != CONNECTION_BAD && st != PGRES_POLLING_FAILED) {
		if (!wait_for(pg,
			    st == PGRES_POLLING_WRITING ? POLLOUT : POLLIN,
			    until_ms))
			return false;
		st = PQconnectPoll(pg);
		if (st == PGRES_POLLING_OK)
			return true;
	}
	return false;
}

static bool is_url(const char *url)
{
	char *message = NULL;
	PQconninfoOption *options = PQconninfoParse(url, &message);
	bool ok = options != NULL;

	PQconninfoFree(options);
	PQfreemem(message);
	return ok;
}

int pg_link_open(
	struct pg_link *l, const char *url, int timeout_ms, struct err *e)
{
	static const char *const names[] = { "dbname", "client_encoding",
		"fallback_application_name", NULL };
	const char *values[] = { url, "UTF8", "toyon", NULL };

	*l = (struct pg_link){ .timeout_ms = timeout_ms };
	if (!is_url(url))
		return err_set(e, ERR_INVALID,
			"the secret with the address of the database is no "
			"postgresql:// URL");
	l->pg = PQconnectStartParams(names, values, 1);
	must(l->pg);
	if (is_connected(l->pg, clock_mono_ms() + conn_open_ms(timeout_ms)))
		return 0;
	pg_link_drop(l);
	err_set(e, ERR_UNAVAILABLE, "can't connect to the database");
	return err_hint(
		e, "is it running, and is the URL in the secret right?");
}

/* From the SQLSTATE only: the server's own texts may carry values. */
static int refused(const PGresult *res, const char *what, struct err *e)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

	if (!state)
		state = "08000";
	if (!strcmp(state, "42P01") || !strcmp(state, "42703")) {
		err_set(e, ERR_INVALID, "%s: the table or a column is missing",
			what);
		err_hint(e, "compare the data map with the database");
	} else if (!strcmp(state, "42501") || !strcmp(state, "25006")) {
		err_set(e, ERR_DENIED, "%s: not allowed", what);
		err_hint(e, "grant what the data map needs; where row security "
			    "hides rows from this role, let it see them all "
			    "(bypassrls)");
	} else if (!strcmp(state, "23503")) {
		err_set(e, ERR_CONFLICT,
			"%s: a row elsewhere refers to one of these", what);
	} else if (!strcmp(state, "23502")) {
		err_set(e, ERR_CONFLICT, "%s: a column of it may not be empty",
			what);
		err_hint(e, CONNECT_NOT_EMPTY_HINT);
	} else if (!strncmp(state, "23", 2) || !strncmp(state, "P0", 2)) {
		err_set(e, ERR_CONFLICT,
			"%s: a rule of the database forbids it", what);
	} else if (!strncmp(state, "42", 2) || !strncmp(state, "22", 2)) {
		err_set(e, ERR_INVALID,
			"%s: the database does not take the values", what);
	} else if (!strncmp(state, "XX", 2)) {
		err_set(e, ERR_CORRUPT, "%s: the database is damaged", what);
	} else {
		err_set(e, ERR_UNAVAILABLE, "%s: the database did not answer",
			what);
	}
	return err_detail(e, "SQLSTATE %s", state);
}

/* The next result; NULL at the end, or with *ok false when time is over. */
static PGresult *next_result(struct pg_link *l, int64_t until_ms, bool *ok)
{
	while (PQisBusy(l->pg)) {
		*ok = wait_for(l->pg, POLLIN, until_ms) &&
		      PQconsumeInput(l->pg);
		if (!*ok)
			return NULL;
	}
	return PQgetResult(l->pg);
}

struct answer {
	pg_row_fn *fn;
	void *ctx;
	int64_t changed;
	bool is_refused;
};

static int take(const PGresult *res, const struct pg_ask *q, struct answer *an,
	struct err *e)
{
	switch (PQresultStatus(res)) {
	case PGRES_SINGLE_TUPLE:
		return an->fn ? an->fn(an->ctx, res, e) : 0;
	case PGRES_TUPLES_OK:
		return 0;
	case PGRES_COMMAND_OK: {
		int64_t n;

		if (str_int(str_of(PQcmdTuples((PGresult *)(uintptr_t)res)),
			    &n))
			an->changed = n;
		return 0;
	}
	default:
		/* The conversation goes on: the end of it comes after. */
		if (!an->is_refused)
			refused(res, q->what, e);
		an->is_refused = true;
		return 0;
	}
}

/* A database without an encoding takes any byte, and gives none that is no UTF-8. */
static void if_no_encoding(
	const struct pg_link *l, const char *what, struct err *e)
{
	const char *encoding = PQparameterStatus(l->pg, "server_encoding");

	if (strcmp(e->detail, "SQLSTATE 22021") != 0 || !encoding ||
		strcmp(encoding, "SQL_ASCII") != 0)
		return;
	err_set(e, ERR_INVALID,
		"%s: the database has no encoding (SQL_ASCII), and holds bytes "
		"that are not UTF-8",
		what);
	err_hint(e, "convert these texts to UTF-8, or the database: pg_dump "
		    "--encoding=LATIN1, say, into one of encoding UTF8");
	err_detail(e, "SQLSTATE 22021");
}

int pg_link_ask(struct pg_link *l, const struct pg_ask *q, pg_row_fn *fn,
	void *ctx, int64_t *changed, struct err *e)
{
	struct answer an = { .fn = fn, .ctx = ctx };
	int64_t until_ms = clock_mono_ms() + l->timeout_ms;
	PGresult *res;
	bool ok = true;
	int rc = 0;

	if (!l->pg)
		return gone(l, q->what, e);
	if (!PQsendQueryParams(l->pg, q->sql, q->values_n, NULL, q->values,
		    NULL, NULL, 0) ||
		!PQsetSingleRowMode(l->pg))
		return gone(l, q->what, e);
	while (!rc && (res = next_result(l, until_ms, &ok))) {
		rc = take(res, q, &an, e);
		PQclear(res);
	}
	if (!ok || (!rc && PQstatus(l->pg) == CONNECTION_BAD))
		return gone(l, q->what, e);
	if (an.is_refused)
		if_no_encoding(l, q->what, e);
	if (rc)
		pg_link_drop(l); /* in the middle of an answer */
	if (changed)
		*changed = an.changed;
	return rc || an.is_refused ? -1 : 0;
}
