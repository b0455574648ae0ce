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
 * There are few different answers, so each is put together once and then
 * copied.
 */
enum { VERDICTS_KEPT = 64 };

struct verdicts {
	struct arena *arena;
	struct verdict_kept {
		enum ident_kind kind;
		enum ident_fault fault;
		uint32_t reasons;
		str text;
	} kept[VERDICTS_KEPT];
};

struct verdicts *verdicts_new(struct arena *a);
str verdict_text(struct verdicts *v, const struct suppress_query *q);

const char *verdict_state(const struct suppress_query *q);

#endif
