#ifndef WEB_AGENT_ASK_H
#define WEB_AGENT_ASK_H

#include "web/agent_form.h"
#include "web/for_other.h"
#include "web/page.h"

/*
 * "/agent": what an authorized agent can ask for; "/agent/{kind}": one form, whose fields
 * are those of web/agent_form.h and of the phone line; "/agent/done".
 */
struct agent_start_view {
	struct page page;
	struct enter_kinds kinds;
};

struct agent_ask_view {
	struct for_other of;
	struct agent_form agent;
};

struct agent_done_view {
	struct page page;
	str reference;
	str when; /* of what is in force */
	str due;  /* of what is answered by letter */
	bool needs_code;
	bool is_called_back; /* the consumer is */
};

#endif
