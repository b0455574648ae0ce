#ifndef CONNECT_ODBC_REFUSE_H
#define CONNECT_ODBC_REFUSE_H

#include "connect/odbc/link.h"

/* What an error of a driver means, in words to act on (tbl/refusals.h).  All return -1 with
 * *e set; what: `table "person"`.  Internal to link.c. */

/* The connection was dropped before. */
int odbc_gone(const char *what, struct err *e);

/* The connection has the reason. */
int odbc_refused(struct odbc_link *l, const char *what, struct err *e);

/* The statement has it: its handle is freed, and a connection that is lost is dropped. */
int odbc_failed(
	struct odbc_link *l, SQLHSTMT st, const char *what, struct err *e);

/* Is the connection lost, by SQLSTATE or by what the driver says?  state: "" for the
 * driver alone. */
bool odbc_is_dead(const struct odbc_link *l, const char *state);

#endif
