#include "desk/agent_case.h"

#include "desk/agent_post.h"
#include "desk/agent_refuse.h"
#include "desk/permission.h"

enum { KIB = 1024 };

int agent_case_load(struct desk *d, const struct record *r, bool is_revealed,
	struct agent_case *out, struct err *e)
{
	struct state_facts facts = { .has_power = true };
	const struct person *p = &r->person;
	struct permission_row row;
	int rc = permission_load(d, r->row.id, &row, e);

	*out = (struct agent_case){ .is_there = rc > 0 };
	if (rc <= 0)
		return rc;
	out->agent_id = row.agent_id;
	out->is_suspended = row.is_suspended;
	out->name = is_revealed ? p->agent_name
				: person_short_name(d->arena, p->agent_name);
	out->email = is_revealed
			     ? p->agent_email
			     : person_masked_email(d->arena, p->agent_email);
	out->proof = proof_row(row.proof)->title;
	out->citation = proof_row(row.proof)->citation;
	out->has_document = row.bytes > 0;
	out->kib = (row.bytes + KIB - 1) / KIB;
	out->is_destroyed = row.proof != PROOF_NONE && row.destroyed_at > 0;
	out->is_accepted = row.accepted_at > 0;
	out->can_show = row.proof != PROOF_NONE && !row.destroyed_at &&
			r->seal && desk_may(d, PERM_REVEAL);
	out->can_accept = row.proof == PROOF_POWER &&
			  desk_may(d, PERM_DECIDE) &&
			  state_can(r->kind, r->state, ON_EMPOWERED, &facts);
	out->can_refuse = agent_refusal_is_open(r) && desk_may(d, PERM_DECIDE);
	out->can_bring = permission_is_missing(r) && desk_may(d, PERM_INTAKE);
	return 0;
}
