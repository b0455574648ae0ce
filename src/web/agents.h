#ifndef WEB_AGENTS_H
#define WEB_AGENTS_H

#include "web/desk_page.h"

#include "desk/agent_file.h"
#include "web/spoken.h"

/*
 * "/desk/agents": the registry, and the form that adds to it (fields agent_name, agent_email,
 * is_business, registration, language).  "/desk/agents/{id}": one agent; act (suspend, resume, language),
 * why, language; "/desk/agents/{id}/file": file, language,
 * preview.
 */
struct agents_view {
	struct desk_page page;
	struct agents agents;
	bool can_change;
	struct agent_new typed;
	struct spoken_choices languages;
	struct problems problems;
};

struct agent_view {
	struct desk_page page;
	struct agent agent;
	bool can_change;
	str added;
	str suspended;
	int why_max;
	str why; /* as typed */
	bool can_file;
	bool has_language; /* it is known which one they read */
	enum lang reads;
	enum lang lang; /* in which a file of theirs is answered */
	struct spoken_choices languages;
	str kinds; /* that a row of a file may have */
	struct {
		struct agent_request_row {
			const struct agent_request *of;
			str href;
			str received;
		} * at;
		size_t n;
	} requests;
	struct problems problems;
};

/* The answer to a file: a row each, those that are bad first. */
struct agent_file_view {
	struct desk_page page;
	struct agent agent;
	bool is_preview;
	size_t n;
	size_t bad;
	struct {
		struct agent_file_row {
			const struct agent_row *of;
			str href; /* of the case */
		} * at;
		size_t n;
	} rows;
};

#endif
