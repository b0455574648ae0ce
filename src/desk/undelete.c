/* A request that is denied after it was approved: what of it is not carried out, and what
 * comes off the list. */
#include "desk/undelete.h"

#include <string.h>

#include "desk/corrections.h"
#include "desk/deleted_key.h"
#include "desk/parts.h"
#include "desk/returned.h"
#include "desk/said.h"
#include "desk/suppress.h"
#include "law/reason.h"

/* Whoever had parts deleted was never on it. */
static bool was_listed(const struct record *r)
{
	return kind_row(r->kind)->flow == FLOW_ERASE && r->row.approved_at &&
	       !parts_of(&r->person);
}

int undelete_look(struct desk *d, const struct record *r, struct undelete *out,
	struct err *e)
{
	struct suppress_query *q;
	struct suppress_why *why;

	*out = (struct undelete){ 0 };
	if (!was_listed(r))
		return 0;
	out->keys = record_keys(d, r);
	out->is_own = arena_many(d->arena, bool, out->keys.n);
	q = arena_many(d->arena, struct suppress_query, out->keys.n);
	why = arena_many(d->arena, struct suppress_why, out->keys.n);
	for (size_t i = 0; i < out->keys.n; i++)
		q[i] = (struct suppress_query){ .kind = out->keys.at[i].kind,
			.value = out->keys.at[i].value.v };
	if (suppress_why(d, q, out->keys.n, why, e))
		return -1;
	for (size_t i = 0; i < out->keys.n; i++) {
		int rc = 0;

		if (why[i].reasons & REASON_DELETED)
			rc = said_first_by(d, r, &why[i], REASON_DELETED, e);
		if (rc < 0)
			return -1;
		out->is_own[i] = rc > 0;
	}
	return 0;
}

static int release(struct desk *d, const struct record *r,
	const struct record_key *k, struct err *e)
{
	struct suppress_change change = {
		.kind = &k->kind,
		.key = k->of,
		.n = 1,
		.mask = REASON_DELETED,
		.source = STR("request"),
		.request_id = r->row.id,
	};

	return suppress_replace(d, &change, e) ||
			       deleted_key_forget(d, k->of, e)
		       ? -1
		       : 0;
}

/* Of whom it is taken; *n counts. */
static int release_own(struct desk *d, const struct record *r,
	const struct undelete *u, size_t *n, struct err *e)
{
	for (size_t i = 0; i < u->keys.n; i++) {
		const struct record_key *k = &u->keys.at[i];
		int rc = !u->is_own[i];

		if (!rc)
			rc = said_by_others(d, r, k->of, REASON_DELETED, e);
		if (rc < 0 || (!rc && release(d, r, k, e)))
			return -1;
		*n += !rc;
	}
	return 0;
}

static bool is_looked_at(
	struct desk *d, const struct record *r, const struct undelete *u)
{
	struct record_keys now = record_keys(d, r);

	if (now.n != u->keys.n)
		return false;
	for (size_t i = 0; i < now.n; i++)
		if (memcmp(now.at[i].of, u->keys.at[i].of, IDENT_KEY_SIZE) != 0)
			return false;
	return true;
}

/* Approved, and not erased or corrected yet: the worker and whoever has a system leave it
 * alone, and no import writes the values of a correction that is refused. */
static int end_tasks(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_deny_in in = { r->row.id, desk_now(d) };
	enum flow flow = kind_row(r->kind)->flow;

	if (!r->row.approved_at || (flow != FLOW_ERASE && flow != FLOW_CORRECT))
		return 0;
	if (sql_task_deny(d->db, &in, e) < 0)
		return -1;
	return flow == FLOW_CORRECT ? corrections_drop(d, r->row.id, e) : 0;
}

int undelete(struct desk *d, const struct record *r, const struct undelete *u,
	struct err *e)
{
	size_t n = 0;

	if (end_tasks(d, r, e))
		return -1;
	if (!was_listed(r))
		return 0;
	if (!is_looked_at(d, r, u))
		return err_set(e, ERR_CONFLICT,
			"the case has changed since; look at it once more");
	if (release_own(d, r, u, &n, e))
		return -1;
	if (!n)
		return 0;
	return returned_doubt(d, e) ||
			       DESK_AUDIT(d, AUDIT_UNDELETED, r->row.reference,
				       e, AD("count", n))
		       ? -1
		       : 0;
}
