#include "desk/agent_ask.h"

#include "desk/limit.h"
#include "desk/receive.h"
#include "desk/stop.h"
#include "store/sql.h"

static const char suspended[] = "This agent is suspended, and can’t file here";

/* Whom the registry knows by this address stands with the request under their number.
 * On the pages anybody can write an address; what a program says is so. */
static int known_agent(struct desk *d, str email, struct by_agent *by,
	struct problems *ps, struct err *e)
{
	struct sql_agent_by_email_row row = { 0 };

	if (sql_agent_by_email(d->db, d->arena,
		    &(struct sql_agent_by_email_in){ email }, &row, e) < 0)
		return -1;
	if (row.suspended_at && d->actor.kind == ACTOR_API)
		problem_add(ps, "agent_email", "suspended", suspended);
	by->agent_id = row.id;
	by->language = row.language;
	return 0;
}

static int read_named(struct desk *d, const struct agent_ask *in,
	struct by_agent *by, struct problems *ps, struct err *e)
{
	struct agent_new a = in->agent;

	agent_check(d, &a, ps);
	by->name.v = a.name;
	by->email.v = a.email;
	return ps->n ? 0 : known_agent(d, a.email, by, ps, e);
}

static int read_registered(struct desk *d, const struct agent_ask *in,
	struct by_agent *by, struct problems *ps, struct err *e)
{
	struct agent a;

	if (agent_need(d, in->agent_id, &a, e))
		return -1;
	if (a.suspended_at)
		problem_add(ps, "agent_id", "suspended", suspended);
	by->agent_id = a.id;
	by->language = a.language;
	by->name.v = a.name;
	by->email.v = a.email;
	return 0;
}

static int read_agent(struct desk *d, const struct agent_ask *in,
	struct by_agent *by, struct problems *ps, struct err *e)
{
	*by = (struct by_agent){
		.permission = in->permission,
		.row_key = in->row_key,
	};
	if (in->agent_id ? read_registered(d, in, by, ps, e)
			 : read_named(d, in, by, ps, e))
		return -1;
	/* On the pages the agent reads what the page is in. */
	if (in->is_spoken || d->actor.kind == ACTOR_CONSUMER)
		by->language = STR("");
	return 0;
}

int agent_ask(struct desk *d, const struct agent_ask *in, str *reference,
	struct problems *ps, struct err *e)
{
	struct enter_in request = in->request;
	struct by_agent by;

	/* Nobody on the pages is somebody known; whom a program names, the business
	 * vouches for. */
	must(!in->agent_id || d->actor.kind == ACTOR_API);
	if (read_agent(d, in, &by, ps, e))
		return -1;
	if (by.permission.proof == PROOF_NONE)
		problem_add(ps, "proof", "missing",
			"Choose how you show that you may ask");
	permission_check(d, &by.permission, false, ps);
	request.by = &by;
	request.received_on = STR("");
	if (ps->n)
		return enter_check(d, &request, ps);
	if (!stop_row(request.kind) &&
		receive_limit(d, "intake", request.peer, LIMIT_INTAKE_PEER, e))
		return -1;
	return enter_store(d, &request, reference, ps, e);
}

/* What staff may enter: `by` is what of it is kept. */
static int check_entered(struct desk *d, const struct agent_ask *in,
	struct by_agent *by, struct problems *ps, struct err *e)
{
	if (desk_need(d, PERM_INTAKE, e) || read_agent(d, in, by, ps, e))
		return -1;
	permission_check(d, &by->permission, true, ps);
	if (by->permission.proof == PROOF_NONE && stop_row(in->request.kind) &&
		!desk_may(d, PERM_DECIDE))
		problem_add(ps, "proof", "denied",
			"Ask a privacy officer: without a permission this is "
			"refused at once");
	return 0;
}

int agent_ask_check(struct desk *d, const struct agent_ask *in,
	struct problems *ps, struct err *e)
{
	struct enter_in request = in->request;
	struct by_agent by;

	if (check_entered(d, in, &by, ps, e))
		return -1;
	request.by = &by;
	return enter_check(d, &request, ps);
}

int agent_ask_entered(struct desk *d, const struct agent_ask *in,
	str *reference, struct problems *ps, struct err *e)
{
	struct enter_in request = in->request;
	struct by_agent by;

	if (check_entered(d, in, &by, ps, e))
		return -1;
	request.by = &by;
	if (ps->n)
		return enter_check(d, &request, ps);
	return enter_store(d, &request, reference, ps, e);
}
