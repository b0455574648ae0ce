#ifndef WEB_STAKES_H
#define WEB_STAKES_H

#include "web/desk_page.h"

#include "desk/stakes.h"

/*
 * "/desk/r/{ref}/weigh": what is weighed of how sure to be who asks.  Fields: the codes
 * of law/listed.h's LIST_WEIGHED, and raise.
 */
struct stake_field {
	const struct stake *of;
	str id;              /* "f-harm" */
	personal text;       /* as it was typed just now */
	const char *problem; /* NULL: none */
};
struct stakes_view {
	struct desk_page page;
	const struct stakes_page *x;
	str path; /* of the case */
	int note_max;
	struct {
		struct stake_field at[STAKES];
		size_t n;
	} fields;
	bool raises; /* as it was chosen */
	struct problems problems;
};

#endif
