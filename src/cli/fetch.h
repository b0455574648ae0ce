#ifndef CLI_FETCH_H
#define CLI_FETCH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * GET from another installation, one connection for all calls.  TLS is checked
 * with the machine's certificates, redirects are not followed (the key would go
 * along), and nothing of an answer gets into an error.
 */
struct fetcher;

/* base is the installation's address, key an API key.  Freed with the arena. */
struct fetcher *fetcher_new(struct arena *a, const char *base, str key);

/* https, or http to this machine itself: an API key is no secret otherwise. */
int fetch_check_url(const char *url, struct err *e);

/*
 * The body of base + path, in `a`; more than size_max bytes is ERR_LIMIT.
 * ERR_UNAVAILABLE when trying again may help, ERR_DENIED when the key is not
 * taken, ERR_NOT_FOUND when there is no such call.
 */
int fetch_get(struct fetcher *f, struct arena *a, str path, size_t size_max,
	str *out, struct err *e);

/* Of all answers so far, with their headers. */
uint64_t fetch_bytes(const struct fetcher *f);

#endif
