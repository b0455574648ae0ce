#ifndef WEB_AGENT_FORM_H
#define WEB_AGENT_FORM_H

#include "desk/agent_ask.h"
#include "http/request.h"
#include "web/spoken.h"

/*
 * The fields about an authorized agent and what they show, on the page for agents and on
 * the phone line: agent_id, agent_name, agent_email, registration, proof,
 * signed_by, signed_on, file; by_agent says on the phone line that there is one.
 */
struct agent_form {
	const struct agent_ask *in;
	const struct problems *problems;
	bool is_desk; /* staff may choose from the registry, or say that no
		       * proof came */
	bool is_late; /* something came: "nothing" is no answer */
	bool is_on;
	enum lang lang; /* in which the consumer is written to */
	struct spoken_choices languages; /* none on the phone line */
	struct agents agents;            /* of the registry, for staff */
};

bool agent_form_is_on(const struct http_request *q);
void agent_form_read(const struct http_request *q, struct agent_ask *in);

#endif
