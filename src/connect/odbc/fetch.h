#ifndef CONNECT_ODBC_FETCH_H
#define CONNECT_ODBC_FETCH_H

#include "connect/odbc/link.h"

/* The rows of a statement that has run.  Internal to link.c. */

/* False: the statement has the reason. */
bool odbc_fetch_kinds(const struct odbc_link *l, SQLHSTMT st,
	struct odbc_kind *out, size_t n);

/* 0; -1 when the statement has the reason, -2 with *e set. */
int odbc_fetch_rows(const struct odbc_link *l, SQLHSTMT st,
	const struct odbc_ask *q, const struct odbc_reader *rd, struct err *e);

#endif
