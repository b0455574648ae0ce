#ifndef DROP_WEBHOOK_H
#define DROP_WEBHOOK_H

#include "base/err.h"
#include "base/str.h"

/*
 * A call of the platform to us: HMAC-SHA256 over "<timestamp>.<raw body>",
 * compared in constant time; older (or newer) than five minutes is refused.
 */
struct drop_webhook {
	str event_id; /* de-duplicate on it */
	str type;     /* "download.ready" */
	str timestamp;
	str signature; /* "sha256=<hex>" */
	str body;
};

/* 0 it is the platform's; -1, ERR_DENIED. */
int drop_webhook_verify(const struct drop_webhook *w, str secret,
	int64_t now_ms, struct err *e);

#endif
