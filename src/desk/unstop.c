/* A stop that is refused after it was in force: what of it comes off the list. */
#include "desk/unstop.h"

#include "desk/receive.h"
#include "desk/said.h"
#include "desk/stop.h"
#include "desk/suppress.h"
#include "law/reason.h"

/* Does another request of the same person ask for the same?  Then it was not this one
 * alone that put them there. */
static bool asks_as_well(const struct record *other, enum kind kind)
{
	if (outcome_of(other->row.outcome) == OUTCOME_DENIED)
		return false;
	if (other->kind == kind)
		return true;
	return kind == KIND_OPT_OUT &&
	       (str_eq(other->person.stop_sale, STR("yes")) ||
		       (other->kind == KIND_DELETE && other->row.approved_at));
}

/* 1, 0 or -1. */
static int is_asked_elsewhere(
	struct desk *d, const struct record *r, struct err *e)
{
	struct sql_request_same_person_in in = { r->row.id };
	struct sql_request_same_person_rows rows;

	if (sql_request_same_person(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct record other;
		int rc =
			record_by_reference(d, rows.at[i].reference, &other, e);

		if (rc < 0)
			return -1;
		if (rc && asks_as_well(&other, r->kind))
			return 1;
	}
	return 0;
}

/* A signal, a list, staff: what somebody else had said before stays as well. */
int unstop_look(
	struct desk *d, const struct record *r, bool *out, struct err *e)
{
	uint32_t reason = stop_row(r->kind)->reason;
	struct suppress_query q[RECEIVE_IDENTIFIERS] = {
		{ .kind = IDENT_EMAIL, .value = r->person.email.v },
		{ .kind = IDENT_PHONE, .value = r->person.phone.v },
		{ .kind = IDENT_NAME_ADDRESS,
			.value = person_name_address(d->arena, &r->person).v },
	};
	struct suppress_why *why =
		arena_many(d->arena, struct suppress_why, COUNTOF(q));

	if (suppress_why(d, q, COUNTOF(q), why, e))
		return -1;
	*out = true;
	for (size_t i = 0; i < COUNTOF(q); i++) {
		int rc = 1;

		if (!q[i].fault && why[i].reasons & reason)
			rc = said_first_by(d, r, &why[i], reason, e);
		if (rc < 0)
			return -1;
		*out &= rc > 0;
	}
	return 0;
}

/* What they said since; 1, 0 or -1. */
static int is_said_since(struct desk *d, const struct record *r, struct err *e)
{
	struct record_keys keys = record_keys(d, r);
	int rc = 0;

	for (size_t i = 0; !rc && i < keys.n; i++)
		rc = said_by_others(
			d, r, keys.at[i].of, stop_row(r->kind)->reason, e);
	return rc;
}

/* 1: what others said keeps them there; 0; -1. */
static int is_kept(
	struct desk *d, const struct record *r, bool is_own, struct err *e)
{
	int rc = is_own ? is_asked_elsewhere(d, r, e) : 1;

	return rc ? rc : is_said_since(d, r, e);
}

int unstop(
	struct desk *d, const struct record *r, struct unstop *u, struct err *e)
{
	int rc = is_kept(d, r, u->is_own, e);

	u->is_released = !rc;
	if (rc)
		return rc < 0 ? -1 : 0;
	if (record_release(d, r, stop_row(r->kind)->reason, e))
		return -1;
	return DESK_AUDIT(d, u->event, r->row.reference, e,
		AD("kind", kind_title(r->kind)));
}

int unstop_stays(
	struct desk *d, const struct record *r, bool *out, struct err *e)
{
	bool is_own;
	int rc = unstop_look(d, r, &is_own, e);

	if (!rc)
		rc = is_kept(d, r, is_own, e);
	*out = rc > 0;
	return rc < 0 ? -1 : 0;
}
