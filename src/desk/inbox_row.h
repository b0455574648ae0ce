#ifndef DESK_INBOX_ROW_H
#define DESK_INBOX_ROW_H

#include "desk/desk.h"
#include "desk/seal.h"
#include "mail/received.h"
#include "store/sql.h"

/* How an email stands in its row.  Inside of desk/inbox*.c only. */
str inbox_seal(struct desk *d, const struct received *m, str *wrapped);
int inbox_unseal(struct desk *d, str wrapped, str sealed, struct received *out,
	struct err *e);

#endif
