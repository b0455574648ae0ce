/* A denial that is taken back before anybody was told of it. */
#include "desk/reopen.h"

#include "desk/deleted_key.h"
#include "desk/deny.h"
#include "desk/deny_tell.h"
#include "desk/fulfil_task.h"
#include "desk/hold.h"
#include "desk/keep.h"
#include "desk/note.h"
#include "desk/parts.h"
#include "desk/post.h"
#include "desk/purpose.h"
#include "desk/record.h"
#include "desk/suppress.h"
#include "law/deny.h"
#include "law/reason.h"

struct reopening {
	str reference;
	str reason;
	struct record_keys keys; /* as they were when the log was read */
	struct suppress_why *why;
};

static bool is_denied(const struct record *r)
{
	return r->state == STATE_ANSWERING && r->seal &&
	       outcome_of(r->row.outcome) == OUTCOME_DENIED;
}

/* Sent, or tried: then companies were told with it. */
static int facts_of(struct desk *d, const struct record *r,
	struct state_facts *out, struct err *e)
{
	enum state was = state_of(r->person.denied_in);
	int is_refused = post_is_refused(d, r->row.id, e);

	*out = (struct state_facts){
		.is_unsent = is_denied(r) && !r->row.answered_at &&
			     !is_refused && was != STATE_NONE,
		.was_unconfirmed = was == STATE_UNCONFIRMED,
		.was_searching = was == STATE_SEARCHING,
	};
	return is_refused < 0 ? -1 : 0;
}

int reopen_can(struct desk *d, const struct record *r, struct err *e)
{
	struct state_facts facts;

	if (facts_of(d, r, &facts, e))
		return -1;
	return state_can(r->kind, r->state, ON_REOPENED, &facts);
}

static bool is_for_hold(const struct record *r)
{
	const struct ground *g = ground_of(r->person.ground);

	return g && g->needs == GROUND_NEEDS_HOLD;
}

int reopen_is_due(struct desk *d, const struct record *r, struct err *e)
{
	int can, is_held;

	if (!is_denied(r) || !is_for_hold(r))
		return 0;
	can = reopen_can(d, r, e);
	if (can <= 0)
		return can;
	is_held = hold_is_on(d, r->row.id, e);
	return is_held < 0 ? -1 : !is_held;
}

/* --- the lock --- */

static bool says_kept_for(const struct record *r, str purpose)
{
	str rest = r->person.kept;
	struct kept k;

	while (kept_next(&rest, &k))
		if (str_eq(k.purpose, purpose))
			return true;
	return false;
}

/* Do rows of this request stay for it, not counting its denial?  1, 0 or -1. */
static int keeps_rows(
	struct desk *d, const struct record *r, str purpose, struct err *e)
{
	struct keeps keeps;

	if (!r->row.approved_at)
		return 0;
	if (says_kept_for(r, purpose))
		return 1;
	if (keep_list(d, r, &keeps, e))
		return -1;
	for (size_t i = 0; i < keeps.n; i++)
		if (keeps.at[i].is_approved &&
			str_eq(keeps.at[i].purpose, purpose))
			return 1;
	return 0;
}

/* Another request of the same person.  What is forgotten of one may have been that. */
static int is_kept_by(
	struct desk *d, const struct record *other, str purpose, struct err *e)
{
	if (kind_row(other->kind)->flow != FLOW_ERASE)
		return 0;
	if (!other->seal ||
		(deny_locks(other) && str_eq(other->person.kept_for, purpose)))
		return 1;
	return keeps_rows(d, other, purpose, e);
}

static int is_kept_elsewhere(
	struct desk *d, const struct record *r, str purpose, struct err *e)
{
	struct sql_request_same_person_in in = { r->row.id };
	struct sql_request_same_person_rows rows;
	int rc = keeps_rows(d, r, purpose, e);

	if (rc)
		return rc;
	if (sql_request_same_person(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; !rc && i < rows.n; i++) {
		struct record other;

		rc = record_by_reference(d, rows.at[i].reference, &other, e);
		if (rc > 0)
			rc = is_kept_by(d, &other, purpose, e);
	}
	return rc;
}

static int64_t locked_by(const struct suppress_why *why, uint32_t lock)
{
	for (size_t bit = 0; bit < COUNTOF(why->of); bit++)
		if (lock == UINT32_C(1) << bit)
			return why->of[bit].request_id;
	return 0;
}

/* Only of whom this request has locked: another one's lock stays as it was. */
static int unlock_own(struct desk *d, const struct record *r,
	const struct reopening *c, uint32_t lock, struct err *e)
{
	for (size_t i = 0; i < c->keys.n; i++) {
		const struct record_key *k = &c->keys.at[i];
		struct suppress_change change = {
			.kind = &k->kind,
			.key = k->of,
			.n = 1,
			.mask = lock,
			.source = STR("request"),
			.request_id = r->row.id,
		};

		if (c->why[i].reasons & lock &&
			locked_by(&c->why[i], lock) == r->row.id &&
			suppress_replace(d, &change, e))
			return -1;
	}
	return 0;
}

static int unlock(struct desk *d, const struct record *r,
	const struct reopening *c, struct err *e)
{
	struct purposes all;
	uint32_t lock;
	int rc;

	if (!deny_locks(r))
		return 0;
	rc = is_kept_elsewhere(d, r, r->person.kept_for, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (purpose_lock(d, r->person.kept_for, &lock, e) ||
		purposes_load(d, &all, e))
		return -1;
	/* The last lock is that of several purposes. */
	if (!str_eq(purpose_of(&all, lock), r->person.kept_for))
		return 0;
	return unlock_own(d, r, c, lock, e);
}

/* --- what it had ended --- */

static int relist(struct desk *d, const struct record *r, struct err *e)
{
	if (kind_row(r->kind)->flow != FLOW_ERASE || !r->row.approved_at ||
		parts_of(&r->person))
		return 0;
	return record_suppress(d, r, REASON_DELETED, e) ||
			       deleted_key_learn(d, r, e)
		       ? -1
		       : 0;
}

static int go_on(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_reopen_in in = { r->row.id };

	if (sql_task_reopen(d->db, &in, e) < 0)
		return -1;
	if (r->state == STATE_SEARCHING &&
		desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e))
		return -1;
	return fulfil_is_searched_for(r)
		       ? fulfil_start_searches(d, r->row.id, e)
		       : 0;
}

/* --- and what it had said --- */

static int forget(struct desk *d, struct record *r, struct err *e)
{
	struct sql_request_outcome_in outcome = { r->row.id, STR("") };
	struct sql_request_ground_in ground = { r->row.id, STR("") };

	denial_forget(&r->person);
	r->row.outcome = STR("");
	return record_save_person(d, r, e) ||
			       sql_request_outcome(d->db, &outcome, e) < 0 ||
			       sql_request_ground(d->db, &ground, e) < 0
		       ? -1
		       : 0;
}

static int reopen(struct desk *d, void *ctx, struct err *e)
{
	const struct reopening *c = ctx;
	struct state_facts facts;
	struct record r;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e) ||
		facts_of(d, &r, &facts, e) ||
		!state_move(r.kind, r.state, ON_REOPENED, &facts, e) ||
		unlock(d, &r, c, e) ||
		record_move(d, &r, ON_REOPENED, &facts, e))
		return -1;
	r.person.reopened.v = c->reason;
	if (forget(d, &r, e) || relist(d, &r, e) || go_on(d, &r, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_REOPENED, r.row.reference, e, AD("id", d->actor.id));
}

/* Who locked whom stands in the log, which is read outside of a transaction. */
static int look(struct desk *d, struct reopening *c, struct err *e)
{
	struct suppress_query *q;
	struct record r;

	if (record_need(d, c->reference, &r, e))
		return -1;
	if (!r.seal || !deny_locks(&r))
		return 0;
	c->keys = record_keys(d, &r);
	q = arena_many(d->arena, struct suppress_query, c->keys.n);
	c->why = arena_many(d->arena, struct suppress_why, c->keys.n);
	for (size_t i = 0; i < c->keys.n; i++)
		q[i] = (struct suppress_query){ .kind = c->keys.at[i].kind,
			.value = c->keys.at[i].value.v };
	return suppress_why(d, q, c->keys.n, c->why, e);
}

int case_reopen(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e)
{
	struct reopening c = { .reference = reference,
		.reason = str_trim(reason) };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	note_check(
		c.reason, "reopen", "Write why the denial is taken back", ps);
	if (ps->n)
		return 0;
	if (look(d, &c, e))
		return -1;
	return desk_write(d, reopen, &c, e);
}
