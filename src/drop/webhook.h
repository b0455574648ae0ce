#ifndef DROP_WEBHOOK_H
#define DROP_WEBHOOK_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

/*
 * A call of the platform to us: HMAC-SHA256 over "<timestamp>.<raw body>",
 * compared in constant time; older (or newer) than five minutes is refused.
 */
struct drop_webhook {
	str event_id; /* not signed, nor is the type */
	str type;     /* "download.ready" */
	str timestamp;
	str signature; /* "sha256=<hex>" */
	str body;
};

/* 0 it is the platform's; -1, ERR_DENIED. */
int drop_webhook_verify(const struct drop_webhook *w, str secret,
	int64_t now_ms, struct err *e);

/*
 * The other side, for the simulator: the 32 bytes that "sha256=" has in hex.
 * The timestamp is in seconds since 1970 (RFC 3339 is read too).
 */
enum { DROP_SIGNATURE_SIZE = 32 };
void drop_webhook_sign(
	str secret, str timestamp, str body, uint8_t out[DROP_SIGNATURE_SIZE]);

/* What is signed, as one value: the same call again has the same, under whatever id. */
enum { DROP_SIGNED_SIZE = 32 };
void drop_webhook_signed(
	str timestamp, str body, uint8_t out[DROP_SIGNED_SIZE]);

#endif
