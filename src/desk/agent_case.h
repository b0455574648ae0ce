#ifndef DESK_AGENT_CASE_H
#define DESK_AGENT_CASE_H

#include "desk/desk.h"
#include "law/proof.h"

struct record;

/* The authorized agent of a case, as staff see them. */
struct agent_case {
	bool is_there;    /* else they ask for themselves */
	int64_t agent_id; /* of the registry; 0: not there */
	bool is_suspended;
	personal name; /* short, and the address masked, until revealed */
	personal email;
	const char *proof;
	const char *citation;
	bool has_document;
	int64_t kib; /* of it */
	bool is_destroyed;
	bool is_accepted; /* the power of attorney */
	bool can_show;
	bool can_accept;
	bool can_refuse; /* a stop that waits for a second person */
	bool can_bring;  /* what is missing may still come */
};

int agent_case_load(struct desk *d, const struct record *r, bool is_revealed,
	struct agent_case *out, struct err *e);

#endif
