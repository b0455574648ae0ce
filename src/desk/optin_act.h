#ifndef DESK_OPTIN_ACT_H
#define DESK_OPTIN_ACT_H

#include "desk/desk.h"

/*
 * The two acts of an opt-in, each with a secret of its own: that of the form that asks,
 * and that of the page that confirms.  Inside of desk/ only, in the caller's
 * transaction.
 */

/* Is it long enough to be one of ours?  ERR_INVALID. */
int optin_act_check(str nonce, struct err *e);
/* The first act was made.  ERR_CONFLICT: this form was sent before. */
int optin_act_asked(struct desk *d, int64_t request_id, str nonce, str token,
	struct err *e);
/* Another secret for the second act; the one before opens nothing any more. */
int optin_act_renew(
	struct desk *d, int64_t request_id, str token, struct err *e);

struct optin_act {
	int64_t request_id;
	bool is_second; /* it is not the secret of the first */
};
/* By the secret of the second act: 1, 0 not a secret of ours, -1. */
int optin_act_open(
	struct desk *d, str token, struct optin_act *out, struct err *e);

#endif
