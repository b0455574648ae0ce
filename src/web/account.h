#ifndef WEB_ACCOUNT_H
#define WEB_ACCOUNT_H

#include "desk/account.h"
#include "web/page.h"

/*
 * "/s/{ref}/account": to the business's own site, to sign in there again; its form brings
 * them back to "/s/{ref}/account/signed-in" with its assertion.  Coming back confirms
 * nothing by itself: the page says which request it is, and the requester presses the
 * button.
 */
struct account_view {
	struct page page;
	struct account_way way;
	str assertion; /* they came back with one */
	bool is_refused;
};

/* The key of the business's site, read for each call; the caller wipes it. */
struct web;
struct http_request;
int web_account_key(const struct web *w, struct http_request *q,
	struct assertion_key *out, struct err *e);

#endif
