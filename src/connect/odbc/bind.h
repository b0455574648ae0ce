#ifndef CONNECT_ODBC_BIND_H
#define CONNECT_ODBC_BIND_H

#include "connect/odbc/link.h"

/* Binds a value to question mark at (from 1): until the statement has run, it and the arena
 * must stay.  -1: the statement has the reason.  Internal to link.c. */
int odbc_bind(struct odbc_link *l, SQLHSTMT st, struct arena *a,
	SQLUSMALLINT at, const struct odbc_value *v);

#endif
