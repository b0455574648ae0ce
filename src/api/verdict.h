#ifndef API_VERDICT_H
#define API_VERDICT_H

#include "api/call.h"
#include "desk/suppress.h"
#include "law/use.h"

/*
 * The answer about one identifier, as JSON:
 *
 *	{"kind":"email","state":"suppressed","reasons":["opt-out"],
 *	 "forbids":["sale"]}
 *
 * state is suppressed, clear, or unreadable, and then `fault` says why.  What was
 * asked about is not repeated: the answer may be logged, the identifier not.
 *
 * Who asks for a use ("for") is answered that as well, with the sections of the
 * reasons that forbid it:
 *
 *	"for":"share","may":false,
 *	"because":[{"reason":"opt-out","citation":"Civ. Code 1798.120(d), ..."}]
 *
 * and without "may" when it is unreadable: nobody knows then.
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

/* The same for a use; put together each time.  name: as it was asked. */
struct verdict_use {
	str name;
	struct use_asked asked;
};
str verdict_text_for(struct arena *a, const struct suppress_query *q,
	const struct verdict_use *use);

const char *verdict_state(const struct suppress_query *q);

#endif
