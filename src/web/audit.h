#ifndef WEB_AUDIT_H
#define WEB_AUDIT_H

#include "web/desk_page.h"

#include "desk/trail.h"
#include "web/icon.h"

/* "/desk/audit": what happened, newest first; "?before=" pages back. */
struct audit_line {
	const struct trail_entry *entry;
	str day;
	str time;
	str href; /* of the case, empty: none */
	struct icon icon;
};

struct audit_page {
	struct desk_page page;
	const struct trail *trail;
	struct {
		struct audit_line *at;
		size_t n;
	} lines;
	str head_short; /* the first digits of the head's hash */
	str sealed;     /* "November 21, 2026, 1:04 p.m."; empty: never */
	bool is_first;  /* page */
};

#endif
