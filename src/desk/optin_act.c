/* Secrets of the acts of an opt-in, kept as keyed hashes. */
#include "desk/optin_act.h"

#include <sodium.h>

#include "desk/keys.h"
#include "store/sql.h"

enum { SECRET_MIN = 24, SECRET_MAX = 64 };

/* One hash for both, so that a second act with the secret of the first is seen. */
static str secret_hash(struct desk *d, str secret)
{
	return keys_hash(d->arena, d->keys, "opt-in", secret);
}

int optin_act_check(str nonce, struct err *e)
{
	if (nonce.n >= SECRET_MIN && nonce.n <= SECRET_MAX)
		return 0;
	return err_set(e, ERR_INVALID, "this form is not whole");
}

int optin_act_asked(
	struct desk *d, int64_t request_id, str nonce, str token, struct err *e)
{
	struct sql_opt_in_add_in in = {
		.request_id = request_id,
		.asked_hash = secret_hash(d, nonce),
		.token_hash = secret_hash(d, token),
	};
	int64_t added = sql_opt_in_add(d->db, &in, e);

	if (added < 0)
		return -1;
	if (!added)
		return err_set(e, ERR_CONFLICT, "this form was sent already");
	return 0;
}

int optin_act_renew(
	struct desk *d, int64_t request_id, str token, struct err *e)
{
	struct sql_opt_in_renew_in in = { request_id, secret_hash(d, token) };

	return sql_opt_in_renew(d->db, &in, e) < 0 ? -1 : 0;
}

int optin_act_open(
	struct desk *d, str token, struct optin_act *out, struct err *e)
{
	struct sql_opt_in_by_token_in in;
	struct sql_opt_in_by_token_row row;
	int rc;

	if (!token.n || token.n > SECRET_MAX)
		return 0;
	in.token_hash = secret_hash(d, token);
	rc = sql_opt_in_by_token(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	*out = (struct optin_act){
		.request_id = row.request_id,
		.is_second = row.asked_hash.n == in.token_hash.n &&
			     sodium_memcmp(row.asked_hash.p, in.token_hash.p,
				     row.asked_hash.n) != 0,
	};
	return 1;
}
