#ifndef DESK_AGENT_H
#define DESK_AGENT_H

#include "desk/desk.h"

/*
 * The registry of authorized agents: a person, or a business that is registered with
 * the California Secretary of State, whom consumers permit to ask for them (11 CCR
 * 7001, 7063).  Nobody has to stand here to ask.
 */
struct agent_new {
	str name;
	str email;        /* letters go there */
	str registration; /* with the Secretary of State */
	bool is_business; /* then it has one */
	str language;     /* code of the one they read; empty: not known */
};

struct agent {
	int64_t id;
	str name;
	str email;
	str registration; /* empty: a person */
	int64_t added_at;
	int64_t suspended_at; /* 0: in good standing */
	str why;
	str language; /* code; empty: not known */
};

struct agents {
	struct agent *at;
	size_t n;
};

/*
 * Name and address as a registry or a request has them: what was typed comes back
 * standardized, what can't be used in ps (fields agent_name,
 * agent_email, registration).
 */
void agent_check(struct desk *d, struct agent_new *in, struct problems *ps);

/* PERM_AGENTS.  ERR_CONFLICT: there is one with this address.  Field language as well, of
 * those that consumers are served in. */
int agent_add(struct desk *d, const struct agent_new *in, int64_t *id,
	struct problems *ps, struct err *e);
/* The same; why is needed (field why).  ERR_CONFLICT: suspended before. */
int agent_suspend(struct desk *d, int64_t id, str why, struct problems *ps,
	struct err *e);
/* In which language letters to them are written from now on: PERM_AGENTS; field language,
 * which must be there. */
int agent_speak(struct desk *d, int64_t id, str code, struct problems *ps,
	struct err *e);
/* ERR_CONFLICT: not suspended. */
int agent_resume(struct desk *d, int64_t id, struct err *e);

/* PERM_SEE_QUEUE.  By name. */
int agents_load(struct desk *d, struct agents *out, struct err *e);
/* ERR_NOT_FOUND: there is none. */
int agent_need(struct desk *d, int64_t id, struct agent *out, struct err *e);

/* What they filed, newest first: at most LIMIT_QUEUE_ROWS. */
struct agent_request {
	str reference; /* as shown */
	const char *kind;
	const char *proof;
	const char *state;
	struct date received_on;
};
struct agent_requests {
	struct agent_request *at;
	size_t n;
};
int agent_requests_load(
	struct desk *d, int64_t id, struct agent_requests *out, struct err *e);

#endif
