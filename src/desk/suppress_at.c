/*
 * What the suppression list said then.  The index knows only now, so the log is
 * asked, one look-up an identifier.
 */
#include "desk/suppress.h"
#include "store/sql.h"

static int check_one_at(
	struct desk *d, struct suppress_query *q, int64_t at, struct err *e)
{
	uint8_t key[IDENT_KEY_SIZE];
	struct sql_suppression_last_at_in in = {
		.id_key = { (const char *)key, sizeof key },
		.at = at,
	};
	struct sql_suppression_last_at_row last;
	int rc;

	q->reasons = 0;
	q->fault = ident_key_of(
		suppress_keyring(d->suppress), q->kind, q->value, key);
	if (q->fault)
		return 0;
	rc = sql_suppression_last_at(d->db, d->arena, &in, &last, e);
	if (rc > 0)
		q->reasons = (uint32_t)last.reasons;
	return rc < 0 ? -1 : 0;
}

int suppress_check_at(struct desk *d, struct suppress_query *q, size_t n,
	int64_t at, struct err *e)
{
	if (at > desk_now(d))
		return err_set(e, ERR_INVALID,
			"nobody knows what the list will say then");
	for (size_t i = 0; i < n; i++)
		if (check_one_at(d, &q[i], at, e))
			return -1;
	return 0;
}
