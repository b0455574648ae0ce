#ifndef API_VERDICT_H
#define API_VERDICT_H

#include "api/call.h"
#include "desk/suppress.h"

/*
 * The answer about one identifier, as JSON:
 *
 *	{"kind":"email","state":"suppressed","reasons":["opt-out"],
 *	 "forbids":["sale"]}
 *
 * state is suppressed, clear, or unreadable, and then `fault` says why.  What was
 * asked about is not repeated: the answer may be logged, the identifier not.
 *
 * There are few different answers, so each is put together once for the process
 * and then copied.
 */

struct verdicts;

/* For the threads of a process, as long as the arena; 64 KiB. */
struct verdicts *verdicts_new(struct arena *a);
/* Those that are not kept are put together in the arena. */
str verdict_text(
	struct verdicts *v, struct arena *a, const struct suppress_query *q);

const char *verdict_state(const struct suppress_query *q);

#endif
