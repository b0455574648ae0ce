#ifndef WEB_AGENTS_H
#define WEB_AGENTS_H

#include "web/desk_page.h"

#include "desk/agent.h"

/*
 * "/desk/agents": the registry, and the form that adds to it (fields agent_name, agent_email,
 * is_business, registration).  "/desk/agents/{id}": one agent; act (suspend, resume),
 * why.
 */
struct agents_view {
	struct desk_page page;
	struct agents agents;
	bool can_change;
	struct agent_new typed;
	struct problems problems;
};

struct agent_view {
	struct desk_page page;
	struct agent agent;
	bool can_change;
	str added;
	str suspended;
	int why_max;
	str why; /* as typed */
	struct problems problems;
};

#endif
