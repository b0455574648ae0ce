#ifndef WEB_OPTIN_H
#define WEB_OPTIN_H

#include "web/page.h"

/*
 * Opting in again (11 CCR 7028(a)): "/opt-in" asks, "/opt-in/sensitive" does for what
 * was limited, "/opt-in/confirm/{token}" has two equal buttons, "/opt-in/done" says what
 * came of it.  No page asks anybody to come here; a site may send somebody who wants
 * something that needs it, with "?for=transaction" (7028(b), (c)).
 */

/* Fields: email, nonce, for. */
struct optin_view {
	struct page page;
	bool is_sensitive; /* what was limited; else sale and sharing */
	str needs; /* what they want that needs it, as a setting says; may be empty */
	personal email; /* as typed, when it was not taken */
	str nonce;
	bool is_for_transaction;
	struct problems problems;
};

struct optin_sent_view {
	struct page page;
	int days;
};

/* Field: choice, "yes" or "no", each a button of its own. */
struct optin_confirm_view {
	struct page page;
	str token;
	bool is_identified;
	bool is_sensitive; /* what was limited; else sale and sharing */
	str needs;
	bool is_minor;  /* under 16: not "again" */
	bool is_parent; /* of a child under 13 */
	struct problems problems;
};

struct optin_done_view {
	struct page page;
	str reference;
	bool is_in; /* else they stay opted out, or limited */
	bool is_sensitive;
	bool is_minor;
	bool has_signal; /* of this browser, which goes on to count */
};

#endif
