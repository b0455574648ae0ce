#ifndef DESK_PUBLIC_H
#define DESK_PUBLIC_H

#include "desk/install.h"
#include "desk/setting.h"

/*
 * The installation as people meet it: its pages at base_url, through whatever stands
 * in front of it, and the way its letters leave (11 CCR 7004(a)(5): no channel that
 * leads nowhere).  Asks and changes nothing: no request is made, no letter is sent.
 */
struct public_finding {
	const char *check;
	bool is_good;
	bool is_outage; /* people are not served, or not answered */
	str text;
	str hint;
};
enum { PUBLIC_FINDINGS_MAX = 24 };

struct public_findings {
	struct public_finding at[PUBLIC_FINDINGS_MAX];
	size_t n;
};

/* Nothing is found of what is not set up; a demo's policy is made up. */
void public_look(struct arena *a, const struct install *in,
	const struct settings *s, struct public_findings *out);

#endif
