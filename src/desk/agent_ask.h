#ifndef DESK_AGENT_ASK_H
#define DESK_AGENT_ASK_H

#include "desk/agent.h"
#include "desk/enter.h"
#include "desk/permission.h"

/*
 * A request that an authorized agent makes for a consumer (11 CCR 7026(j), 7027(i),
 * 7063, 7221(j)).  What stops something is in force at once by the permission alone, and
 * nobody writes to the consumer.  Of the others the consumer is asked to confirm the
 * permission, once, unless the agent holds a power of attorney.
 */
struct agent_ask {
	struct enter_in request; /* by is filled in here */
	int64_t agent_id;        /* of the registry; 0: as named in agent */
	struct agent_new agent;
	struct permission permission;
	bool is_spoken; /* the desk's language is what the agent was said to read;
			 * else that of the registry, where it has one */
	str row_key;    /* of a file's row; empty: from no file */
};

/*
 * From the pages for consumers, or by a program of the business, which may name an agent
 * of the registry: a proof is needed, and the clock starts now.  Problems
 * name the fields of the form (desk/tbl/asked.h, id, agent_name, agent_email,
 * registration, proof, signed_by, signed_on, file).
 */
int agent_ask(struct desk *d, const struct agent_ask *in, str *reference,
	struct problems *ps, struct err *e);

/*
 * Entered by staff, from a letter or a file: PERM_INTAKE.  A stop for which no proof came
 * is refused, which takes PERM_DECIDE, and its letter says how the permission can be
 * shown; any other waits for their decision.  Problems name agent_id and received_on,
 * too.
 */
int agent_ask_entered(struct desk *d, const struct agent_ask *in,
	str *reference, struct problems *ps, struct err *e);

/* The same as far as what is wrong with it; nothing is stored. */
int agent_ask_check(struct desk *d, const struct agent_ask *in,
	struct problems *ps, struct err *e);

#endif
