#ifndef WEB_OPTIN_H
#define WEB_OPTIN_H

#include "web/page.h"

/*
 * Opting in again (11 CCR 7028(a)): "/opt-in" asks, "/opt-in/confirm/{token}" has two
 * equal buttons, "/opt-in/done" says what came of it.  No page asks anybody to come here.
 */

/* Fields: email, nonce, for. */
struct optin_view {
	struct page page;
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
	bool is_minor;  /* under 16: not "again" */
	bool is_parent; /* of a child under 13 */
	struct problems problems;
};

struct optin_done_view {
	struct page page;
	str reference;
	bool is_in; /* else they stay opted out */
	bool is_minor;
	bool has_signal; /* of this browser, which goes on to count */
};

#endif
