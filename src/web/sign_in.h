#ifndef WEB_SIGN_IN_H
#define WEB_SIGN_IN_H

#include "desk/passphrase.h"
#include "web/page.h"

/* "/desk/sign-in": fields email, passphrase.  The passphrase never comes back. */
struct sign_in_page {
	struct page page;
	struct problems problems;
	personal email; /* as typed */
};

#endif
