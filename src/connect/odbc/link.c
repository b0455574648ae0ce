/* The conversation with a driver: connecting, statements, transactions. */
#include "connect/odbc/link.h"

#include <string.h>

#include "base/base.h"
#include "connect/odbc/bind.h"
#include "connect/odbc/fetch.h"
#include "connect/odbc/refuse.h"
#include "connect/odbc/wide.h"

enum { ROW_ARENA_MAX = 1 << 30 };

static const struct dialect {
	const char *dbms;
	bool is_wide;
	bool is_filling;
	bool is_typed;
	const char *schema;
} dialects[] = {
#define DIALECT(NAME, dbms, is_wide, is_filling, is_typed, schema) \
	{ dbms, is_wide, is_filling, is_typed, schema },
#include "connect/odbc/tbl/dialects.h"
};

void odbc_link_drop(struct odbc_link *l)
{
	if (l->db) {
		/* A transaction that is open would keep it connected. */
		SQLEndTran(SQL_HANDLE_DBC, l->db, SQL_ROLLBACK);
		SQLDisconnect(l->db);
		SQLFreeHandle(SQL_HANDLE_DBC, l->db);
	}
	if (l->env)
		SQLFreeHandle(SQL_HANDLE_ENV, l->env);
	l->db = SQL_NULL_HDBC;
	l->env = SQL_NULL_HENV;
}

/* --- connecting --- */

/* Numbers are passed where ODBC has pointers. */
static SQLPOINTER number(uintptr_t n)
{
	return (SQLPOINTER)n;
}

static SQLULEN seconds_of(int timeout_ms)
{
	return (SQLULEN)(timeout_ms + 999) / 1000;
}

static bool names_driver(str address)
{
	str one, name, value;

	while (str_next(&address, ';', &one))
		if (str_cut(one, '=', &name, &value) &&
			(str_eq_nocase(str_trim(name), STR("driver")) ||
				str_eq_nocase(str_trim(name), STR("dsn")) ||
				str_eq_nocase(str_trim(name), STR("filedsn"))))
			return true;
	return false;
}

static int connect_to(
	struct odbc_link *l, struct arena *a, str address, struct err *e)
{
	size_t n;
	SQLWCHAR *text;

	if (!names_driver(address) || !str_is_text(address)) {
		err_set(e, ERR_INVALID,
			"the secret with the address of the database is no "
			"connection string");
		return err_hint(e, "it is Driver=...;Server=...;, or DSN=...;");
	}
	text = wide_of(a, address, &n);
	SQLSetConnectAttr(l->db, SQL_ATTR_LOGIN_TIMEOUT,
		number(seconds_of(conn_open_ms(l->timeout_ms))), 0);
	if (SQL_SUCCEEDED(SQLDriverConnectW(l->db, NULL, text, SQL_NTS, NULL, 0,
		    NULL, SQL_DRIVER_NOPROMPT)))
		return 0;
	odbc_refused(l, "can't connect to the database", e);
	return err_hint(e,
		"is it running, and is the connection string in the secret "
		"right? \"odbcinst -q -d\" lists the drivers");
}

static int learn_dialect(struct odbc_link *l, struct err *e)
{
	char dbms[64] = "", quote[8] = "";
	size_t i = 0;

	if (!SQL_SUCCEEDED(SQLGetInfo(
		    l->db, SQL_DBMS_NAME, dbms, sizeof dbms, NULL)) ||
		!SQL_SUCCEEDED(SQLGetInfo(l->db, SQL_IDENTIFIER_QUOTE_CHAR,
			quote, sizeof quote, NULL)))
		return odbc_refused(l, "the driver", e);
	while (!str_starts(str_of(dbms), str_of(dialects[i].dbms)))
		i++;
	l->dialect = (enum odbc_dialect)i;
	l->is_wide = dialects[i].is_wide;
	l->is_filling = dialects[i].is_filling;
	l->is_typed = dialects[i].is_typed;
	l->quote = quote[0];
	if (!l->quote || l->quote == ' ')
		return err_set(
			e, ERR_INVALID, "the driver knows no quotes for names");
	return 0;
}

static int open_link(
	struct odbc_link *l, struct arena *a, str address, struct err *e)
{
	if (!SQL_SUCCEEDED(
		    SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &l->env)))
		return err_set(e, ERR_UNAVAILABLE, "ODBC does not start");
	SQLSetEnvAttr(l->env, SQL_ATTR_ODBC_VERSION, number(SQL_OV_ODBC3), 0);
	if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, l->env, &l->db)))
		return err_set(e, ERR_UNAVAILABLE, "ODBC does not start");
	if (connect_to(l, a, address, e) < 0)
		return -1;
	return learn_dialect(l, e);
}

int odbc_link_open(struct odbc_link *l, struct arena *a, str address,
	int timeout_ms, struct err *e)
{
	*l = (struct odbc_link){ .timeout_ms = timeout_ms,
		.dialect = DIALECT_OTHER };
	if (open_link(l, a, address, e) < 0) {
		odbc_link_drop(l);
		return -1;
	}
	return 0;
}

/* --- statements --- */

static int new_statement(
	struct odbc_link *l, const char *what, SQLHSTMT *st, struct err *e)
{
	if (!l->db)
		return odbc_gone(what, e);
	if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, l->db, st)))
		return odbc_refused(l, what, e);
	SQLSetStmtAttr(*st, SQL_ATTR_QUERY_TIMEOUT,
		number(seconds_of(l->timeout_ms)), 0);
	return 0;
}

static int check_values(
	const struct odbc_link *l, const struct odbc_ask *q, struct err *e)
{
	for (size_t i = 0; i < q->n; i++)
		if (!odbc_may_hold(l, q->values[i].as, q->values[i].v) &&
			!q->values[i].is_null)
			return err_set(e, ERR_INVALID,
				"%s: a text that is not UTF-8, or holds a NUL "
				"byte",
				q->what);
	return 0;
}

/* 0, -1 at the statement, -2 with *e set. */
static int execute(struct odbc_link *l, SQLHSTMT st, struct arena *a,
	const struct odbc_ask *q, struct err *e)
{
	SQLRETURN rc;

	if (check_values(l, q, e) < 0)
		return -2;
	for (size_t i = 0; i < q->n; i++)
		if (odbc_bind(l, st, a, (SQLUSMALLINT)(i + 1), &q->values[i]))
			return -1;
	rc = SQLExecute(st);
	/* No row to change is no failure. */
	return SQL_SUCCEEDED(rc) || rc == SQL_NO_DATA ? 0 : -1;
}

static int prepare(struct odbc_link *l, struct arena *a, const char *sql,
	const char *what, SQLHSTMT *st, struct err *e)
{
	size_t n;
	SQLWCHAR *text;

	if (!str_is_utf8(str_of(sql)))
		return err_set(e, ERR_INVALID, "%s: a name is not UTF-8", what);
	text = wide_of(a, str_of(sql), &n);
	if (new_statement(l, what, st, e) < 0)
		return -1;
	if (SQL_SUCCEEDED(SQLPrepareW(*st, text, SQL_NTS)))
		return 0;
	return odbc_failed(l, *st, what, e);
}

/* --- questions --- */

static int run(struct odbc_link *l, SQLHSTMT st, const struct odbc_ask *q,
	const struct odbc_reader *rd, int64_t *changed, struct err *e)
{
	struct arena *a = arena_new(ROW_ARENA_MAX);
	int rc = execute(l, st, a, q, e);
	SQLLEN n = 0;

	if (!rc && changed) {
		SQLRowCount(st, &n);
		*changed = n;
	}
	if (!rc && rd && rd->fn)
		rc = odbc_fetch_rows(l, st, q, rd, e);
	arena_free(a);
	return rc;
}

int odbc_link_ask(struct odbc_link *l, const struct odbc_ask *q,
	const struct odbc_reader *rd, int64_t *changed, struct err *e)
{
	struct arena *a = arena_new(ROW_ARENA_MAX);
	SQLHSTMT st;
	int rc = prepare(l, a, q->sql, q->what, &st, e);

	if (!rc) {
		rc = run(l, st, q, rd, changed, e);
		if (rc == -1)
			odbc_failed(l, st, q->what, e);
		else
			SQLFreeHandle(SQL_HANDLE_STMT, st);
	}
	arena_free(a);
	return rc < 0 ? -1 : 0;
}

struct found_schema {
	struct arena *arena;
	str name;
};

static int take_schema(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct found_schema *f = ctx;

	(void)n;
	(void)e;
	f->name = arena_dup(f->arena, cells[0].v.v);
	return 0;
}

int odbc_link_schema(struct odbc_link *l, struct arena *a, str table, str *out,
	struct err *e)
{
	struct odbc_value name = { .as = ODBC_TEXT, .v = table };
	struct odbc_ask q = { .sql = dialects[l->dialect].schema,
		.values = &name,
		.n = 1,
		.what = "its tables" };
	struct found_schema f = { .arena = a };
	struct odbc_reader rd = {
		.fn = take_schema, .ctx = &f, .whole = SIZE_MAX
	};
	char user[128] = "";

	if (q.sql && odbc_link_ask(l, &q, &rd, NULL, e) < 0)
		return -1;
	if (!q.sql && SQL_SUCCEEDED(SQLGetInfo(
			      l->db, SQL_USER_NAME, user, sizeof user, NULL)))
		f.name = arena_dup(a, str_of(user));
	*out = f.name;
	return 0;
}

/* A table's names for the driver; NULL is any. */
struct listed {
	SQLWCHAR *catalog;
	SQLWCHAR *schema;
	SQLWCHAR *name;
};

static SQLWCHAR *wide_or_any(struct arena *a, str name)
{
	size_t n;

	return name.n ? wide_of(a, name, &n) : NULL;
}

static SQLRETURN list(SQLHSTMT st, enum odbc_list what, const struct listed *of)
{
	SQLWCHAR type[] = { 'T', 'A', 'B', 'L', 'E', 0 };

	switch (what) {
	case ODBC_TABLES:
		return SQLTablesW(st, NULL, 0, NULL, 0, NULL, 0, type, SQL_NTS);
	case ODBC_COLUMNS:
		return SQLColumnsW(st, of->catalog, SQL_NTS, of->schema,
			SQL_NTS, of->name, SQL_NTS, NULL, 0);
	case ODBC_KEYS:
		return SQLPrimaryKeysW(st, of->catalog, SQL_NTS, of->schema,
			SQL_NTS, of->name, SQL_NTS);
	case ODBC_UNIQUE:
		return SQLStatisticsW(st, of->catalog, SQL_NTS, of->schema,
			SQL_NTS, of->name, SQL_NTS, SQL_INDEX_UNIQUE,
			SQL_QUICK);
	case ODBC_REFERENCES:
		break;
	}
	return SQLForeignKeysW(st, NULL, 0, NULL, 0, NULL, 0, of->catalog,
		SQL_NTS, of->schema, SQL_NTS, of->name, SQL_NTS);
}

int odbc_link_list(struct odbc_link *l, enum odbc_list what,
	const struct odbc_table *of, const struct odbc_reader *rd,
	struct err *e)
{
	struct odbc_ask q = { .what = "its tables" };
	struct arena *a = arena_new(1 << 20);
	struct listed names = { wide_or_any(a, of->catalog),
		wide_or_any(a, of->schema), wide_or_any(a, of->name) };
	SQLHSTMT st;
	int rc = new_statement(l, q.what, &st, e);

	if (!rc) {
		rc = SQL_SUCCEEDED(list(st, what, &names))
			     ? odbc_fetch_rows(l, st, &q, rd, e)
			     : -1;
		if (rc == -1)
			odbc_failed(l, st, q.what, e);
		else
			SQLFreeHandle(SQL_HANDLE_STMT, st);
	}
	arena_free(a);
	return rc < 0 ? -1 : 0;
}

struct odbc_prepared {
	const struct odbc_link *link;
	SQLHSTMT st;
	const char *what;
};

static void close_prepared(void *ctx)
{
	struct odbc_prepared *p = ctx;

	/* With a connection that was dropped its statements went, too. */
	if (p->st && p->link->db)
		SQLFreeHandle(SQL_HANDLE_STMT, p->st);
}

int odbc_link_prepare(struct odbc_link *l, struct arena *a, const char *sql,
	const char *what, struct odbc_prepared **out, struct err *e)
{
	struct odbc_prepared *p = arena_one(a, struct odbc_prepared);

	p->link = l;
	p->what = what;
	if (prepare(l, a, sql, what, &p->st, e) < 0)
		return -1;
	arena_defer(a, close_prepared, p);
	*out = p;
	return 0;
}

int odbc_link_execute(struct odbc_link *l, struct odbc_prepared *p,
	const struct odbc_value *values, size_t n, struct err *e)
{
	struct odbc_ask q = { .values = values, .n = n, .what = p->what };
	int rc;

	if (!p->st || !l->db)
		return odbc_gone(p->what, e);
	rc = run(l, p->st, &q, NULL, NULL, e);
	if (rc == -1) {
		odbc_failed(l, p->st, p->what, e);
		p->st = SQL_NULL_HSTMT;
	}
	return rc < 0 ? -1 : 0;
}

int odbc_link_say(
	struct odbc_link *l, const char *sql, const char *what, struct err *e)
{
	struct arena *a;
	SQLHSTMT st;
	SQLRETURN rc;
	size_t n;

	if (new_statement(l, what, &st, e) < 0)
		return -1;
	a = arena_new(ROW_ARENA_MAX);
	rc = SQLExecDirectW(st, wide_of(a, str_of(sql), &n), SQL_NTS);
	arena_free(a);
	if (!SQL_SUCCEEDED(rc) && rc != SQL_NO_DATA)
		return odbc_failed(l, st, what, e);
	SQLFreeHandle(SQL_HANDLE_STMT, st);
	return 0;
}

int odbc_link_kinds(struct odbc_link *l, const struct odbc_ask *q,
	struct odbc_kind *out, size_t n, struct err *e)
{
	struct arena *a = arena_new(ROW_ARENA_MAX);
	SQLHSTMT st;
	int rc = prepare(l, a, q->sql, q->what, &st, e);

	arena_free(a);
	if (rc)
		return -1;
	/* Run, since not every driver knows before. */
	if (!SQL_SUCCEEDED(SQLExecute(st)) || !odbc_fetch_kinds(l, st, out, n))
		return odbc_failed(l, st, q->what, e);
	SQLFreeHandle(SQL_HANDLE_STMT, st);
	return 0;
}

/* --- transactions --- */

int odbc_link_begin(struct odbc_link *l, struct err *e)
{
	static const char what[] = "beginning the transaction";

	if (!l->db)
		return odbc_gone(what, e);
	if (SQL_SUCCEEDED(SQLSetConnectAttr(
		    l->db, SQL_ATTR_AUTOCOMMIT, number(SQL_AUTOCOMMIT_OFF), 0)))
		return 0;
	return odbc_refused(l, what, e);
}

int odbc_link_commit(struct odbc_link *l, struct err *e)
{
	static const char what[] = "the commit";

	if (!l->db)
		return odbc_gone(what, e);
	if (!SQL_SUCCEEDED(SQLEndTran(SQL_HANDLE_DBC, l->db, SQL_COMMIT))) {
		odbc_refused(l, what, e);
		if (odbc_is_dead(l, ""))
			odbc_link_drop(l);
		return -1;
	}
	SQLSetConnectAttr(
		l->db, SQL_ATTR_AUTOCOMMIT, number(SQL_AUTOCOMMIT_ON), 0);
	return 0;
}

void odbc_link_roll_back(struct odbc_link *l)
{
	if (!l->db)
		return;
	if (!SQL_SUCCEEDED(SQLEndTran(SQL_HANDLE_DBC, l->db, SQL_ROLLBACK)) ||
		!SQL_SUCCEEDED(SQLSetConnectAttr(l->db, SQL_ATTR_AUTOCOMMIT,
			number(SQL_AUTOCOMMIT_ON), 0)))
		odbc_link_drop(l);
}
