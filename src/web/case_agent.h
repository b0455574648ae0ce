#ifndef WEB_CASE_AGENT_H
#define WEB_CASE_AGENT_H

#include "web/agent_form.h"
#include "web/desk_page.h"

/* "/desk/r/{ref}/proof": what an agent had to show came later.  Fields: proof, signed_by,
 * signed_on, file. */
struct agent_proof_view {
	struct desk_page page;
	str reference;
	str path; /* of the case */
	struct agent_form form;
	struct problems problems;
};

#endif
