#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "http/route.h"

/*
 * "/assets/{path...}": the style sheet, fonts, icons and scripts in the binary.
 * Fonts are fixed by their name and kept for a year; the others may change with
 * the next version, so browsers ask again after a few minutes (and get a 304).
 */
int web_asset(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e);

#endif
