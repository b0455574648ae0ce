#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"

/*
 * Who sent a request, when proxies of ours stand between.  A proxy's word counts
 * only when the connection, or the hop before, is one of the trusted networks;
 * anybody can write X-Forwarded-For.
 */
struct http_net { /* IPv4 as ::ffff:a.b.c.d */
	unsigned char address[16];
	unsigned bits;
};

/* "10.0.0.0/8", "127.0.0.1", "::1", "fd00::/8" */
int http_net_read(str text, struct http_net *out, struct err *e);
bool http_nets_have(
	const struct http_net *nets, size_t n, const unsigned char address[16]);

/* Reads an address; false when it is none.  "::ffff:1.2.3.4" is IPv4. */
bool http_address_read(str text, unsigned char out[16]);
str http_address_text(struct arena *a, const unsigned char address[16]);

/* Whether a proxy speaks that nobody named: the request was forwarded, and the
 * connection's address is none of the trusted networks.  (Or a client says so
 * itself.)  All who come through it look like one. */
bool http_peer_is_unnamed(const struct http_request *q,
	const unsigned char from[16], const struct http_net *nets, size_t n);

/*
 * From the connection's address and the request's headers: sets q->peer, the
 * first address from the right that is no trusted proxy, and q->is_https.  Of
 * IPv6 it is the /64, "2001:db8::/64": that is what one subscriber gets, and may
 * take any address of.
 */
void http_peer_find(struct http_request *q, const unsigned char from[16],
	const struct http_net *nets, size_t n);

#endif
