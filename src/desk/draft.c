/* What a consumer has typed so far.  The row's name is the hash of a secret in
 * their browser; the content opens only with the same secret. */
#include "desk/draft.h"

#include "base/rand.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/seal.h"
#include "store/sql.h"

enum { DRAFT_TOKEN_BYTES = 24 };

str draft_token(struct desk *d)
{
	return rand_token(d->arena, DRAFT_TOKEN_BYTES);
}

static str token_hash(struct desk *d, str token)
{
	return keys_hash(d->arena, d->keys, "draft-token", token);
}

static struct seal *draft_seal(struct desk *d)
{
	return seal_derived(d->arena, d->keys, "draft");
}

int draft_save(struct desk *d, str token, const struct draft *f, struct err *e)
{
	struct sql_draft_put_in in = {
		.token_hash = token_hash(d, token),
		.kind = str_of(kind_code(f->kind)),
		.changed_at = desk_now(d),
	};

	in.sealed = seal_put(d->arena, draft_seal(d), token,
		person_to_json(d->arena, &f->person));
	return sql_draft_put(d->db, &in, e) < 0 ? -1 : 0;
}

int draft_load(struct desk *d, str token, struct draft *out, struct err *e)
{
	struct sql_draft_by_hash_in in = {
		.since = desk_now(d) - LIMIT_DRAFT_MINUTES * 60000LL,
	};
	struct sql_draft_by_hash_row row;
	str json;
	int rc;

	*out = (struct draft){ 0 };
	if (!token.n || token.n > 64)
		return 0;
	in.token_hash = token_hash(d, token);
	rc = sql_draft_by_hash(d->db, d->arena, &in, &row, e);
	if (rc <= 0)
		return rc;
	out->kind = kind_of(row.kind);
	if (seal_get(d->arena, draft_seal(d), token, row.sealed, &json, e) ||
		person_from_json(d->arena, json, &out->person, e))
		return -1;
	return 1;
}

int draft_drop(struct desk *d, str token, struct err *e)
{
	return sql_draft_drop(d->db,
		       &(struct sql_draft_drop_in){ token_hash(d, token) },
		       e) < 0
		       ? -1
		       : 0;
}
