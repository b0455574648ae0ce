#ifndef WEB_PACKAGE_SEND_H
#define WEB_PACKAGE_SEND_H

#include "desk/package_parts.h"
#include "web/web.h"

/*
 * Sends a package's ZIP, a part at a time: a desk is taken for each and given back, so
 * that a slow reader holds no connection to the database, and the memory is that of one
 * part whatever the size.  Who may have it was asked before.
 */
void web_package_send(const struct web *w, struct http_request *q,
	struct http_response *r, const struct package_zip *zip, str reference);

#endif
