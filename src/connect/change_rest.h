#ifndef CONNECT_CHANGE_REST_H
#define CONNECT_CHANGE_REST_H

#include "connect/change.h"

/*
 * Of very many rows a finding keeps some (find_rest.h), and staff correct what they see.
 * The others get what all rows seen that held the same got: where these got different
 * values, or one of them none, they stay as they are.
 *
 * Puts these changes behind those of the request.  ERR_LIMIT: too many, or rows that have
 * no key to be read again by.
 */
int change_rest(struct conn *c, struct arena *a, const struct finding *f,
	struct change_request *q, struct err *e);

#endif
