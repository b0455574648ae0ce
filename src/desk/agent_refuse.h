#ifndef DESK_AGENT_REFUSE_H
#define DESK_AGENT_REFUSE_H

#include "desk/desk.h"

struct letter_words;
struct record;

/*
 * A stop for which an agent showed no permission is refused (11 CCR 7026(j), 7027(i),
 * 7221(j)).  Who enters it decides that, and it is never in force; where a second person
 * has to decide the same (desk/second.h) it is in force until one does: a choice that
 * may be the consumer's waits for nobody.
 */

/* The ground of law/deny.h. */
str agent_refusal_ground(void);

/* Closed as denied, and the agent is told how the permission can be shown.  In the
 * caller's transaction, and inside of desk/ only, as the next three. */
int agent_refuse(struct desk *d, struct record *r, struct err *e);
/* In force, and waits for a second person. */
int agent_refusal_propose(struct desk *d, struct record *r, struct err *e);
bool agent_refusal_is_open(const struct record *r);
/* What the agent is told, for who decides it. */
int agent_refusal_letter(struct desk *d, const struct record *r,
	struct letter_words *out, struct err *e);
/* Sent back: it stays in force, and goes on like any other. */
int agent_refusal_end(struct desk *d, struct record *r, struct err *e);

/* The second person refuses it: what it alone had stopped is released.  1: it still
 * waits for somebody else.  PERM_DECIDE; ERR_CONFLICT: nothing waits. */
int case_refuse_agent(struct desk *d, str reference, struct err *e);

#endif
