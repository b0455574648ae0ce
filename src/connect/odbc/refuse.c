/* What an error of a driver means. */
#include "connect/odbc/refuse.h"

#include <string.h>

#include "base/base.h"

enum { STATE_SIZE = 5 };

struct refusal {
	enum odbc_dialect dialect;
	const char *state;
	int native;
	enum err_code code;
	const char *text;
};

static const struct refusal refusals[] = {
#define REFUSAL(DIALECT, state, native, CODE, text) \
	{ DIALECT_##DIALECT, state, native, ERR_##CODE, text },
#include "connect/odbc/tbl/refusals.h"
};

static const struct refusal *refusal_of(
	const struct odbc_link *l, const char *state, SQLINTEGER native)
{
	static const struct refusal other = { DIALECT_OTHER, "", -1,
		ERR_UNAVAILABLE, "the database did not answer" };

	for (size_t i = 0; i < COUNTOF(refusals); i++) {
		const struct refusal *r = &refusals[i];

		if ((r->dialect == DIALECT_OTHER || r->dialect == l->dialect) &&
			str_starts(str_of(state), str_of(r->state)) &&
			(r->native < 0 || r->native == native))
			return r;
	}
	return &other;
}

int odbc_gone(const char *what, struct err *e)
{
	return err_set(
		e, ERR_UNAVAILABLE, "%s: the database did not answer", what);
}

bool odbc_is_dead(const struct odbc_link *l, const char *state)
{
	SQLUINTEGER dead = SQL_CD_FALSE;

	if (!strncmp(state, "08", 2) || !strncmp(state, "57P", 3))
		return true;
	SQLGetConnectAttr(l->db, SQL_ATTR_CONNECTION_DEAD, &dead, 0, NULL);
	return dead == SQL_CD_TRUE;
}

/* Where an error is: at a statement, or at the connection. */
struct place {
	SQLSMALLINT type;
	SQLHANDLE handle;
};

static int refused(
	struct odbc_link *l, struct place at, const char *what, struct err *e)
{
	char state[STATE_SIZE + 1] = "";
	SQLINTEGER native = 0;
	const struct refusal *r;

	SQLGetDiagRec(at.type, at.handle, 1, (SQLCHAR *)state, &native, NULL, 0,
		NULL);
	r = refusal_of(l, state, native);
	if (odbc_is_dead(l, state))
		odbc_gone(what, e);
	else
		err_set(e, r->code, "%s: %s", what, r->text);
	if (e->code == ERR_INVALID)
		err_hint(e, "compare the data map with the database");
	if (str_eq(str_of(state), STR("23502")))
		err_hint(e, CONNECT_NOT_EMPTY_HINT);
	return err_detail(e, "SQLSTATE %s, error %d", state, (int)native);
}

int odbc_refused(struct odbc_link *l, const char *what, struct err *e)
{
	return refused(l, (struct place){ SQL_HANDLE_DBC, l->db }, what, e);
}

int odbc_failed(
	struct odbc_link *l, SQLHSTMT st, const char *what, struct err *e)
{
	refused(l, (struct place){ SQL_HANDLE_STMT, st }, what, e);
	SQLFreeHandle(SQL_HANDLE_STMT, st);
	if (e->code == ERR_UNAVAILABLE && odbc_is_dead(l, ""))
		odbc_link_drop(l);
	return -1;
}
