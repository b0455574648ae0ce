/*
 * Addresses and trusted proxies.  Everything is compared as 16 bytes, IPv4 in
 * its mapped form, so that "10.1.2.3" and "::ffff:10.1.2.3" are one address.
 */
#include "http/peer.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/buf.h"

enum { HOPS_MAX = 32 };

static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff,
	0xff };

static bool is_mapped(const unsigned char address[16])
{
	return memcmp(address, mapped, sizeof mapped) == 0;
}

bool http_address_read(str text, unsigned char out[16])
{
	char c[INET6_ADDRSTRLEN + 1];

	if (!text.n || text.n >= sizeof c || str_has(text, '\0'))
		return false;
	memcpy(c, text.p, text.n);
	c[text.n] = '\0';
	memcpy(out, mapped, sizeof mapped);
	return inet_pton(AF_INET, c, out + 12) == 1 ||
	       inet_pton(AF_INET6, c, out) == 1;
}

/* Each request needs it, and libc's way is by sprintf(). */
static str ipv4_text(struct arena *a, const unsigned char address[4])
{
	struct buf b = buf_in(a, INET_ADDRSTRLEN);

	for (int i = 0; i < 4; i++) {
		if (i)
			buf_putc(&b, '.');
		buf_int(&b, address[i]);
	}
	return buf_str(&b);
}

str http_address_text(struct arena *a, const unsigned char address[16])
{
	char *out;

	if (is_mapped(address))
		return ipv4_text(a, address + 12);
	out = arena_alloc(a, INET6_ADDRSTRLEN);
	inet_ntop(AF_INET6, address, out, INET6_ADDRSTRLEN);
	return str_of(out);
}

int http_net_read(str text, struct http_net *out, struct err *e)
{
	str address, bits_text;
	bool has_bits = str_cut(text, '/', &address, &bits_text);
	int64_t bits = 0;
	unsigned before;

	if (!http_address_read(address, out->address))
		goto bad;
	before = is_mapped(out->address) && str_has(address, '.') ? 96 : 0;
	if (has_bits && (!str_int(bits_text, &bits) || bits < 0 ||
				bits > (int64_t)(128 - before)))
		goto bad;
	out->bits = has_bits ? before + (unsigned)bits : 128;
	return 0;
bad:
	err_set(e, ERR_INVALID, "\"%.*s\" is not a network", STR_ARG(text));
	return err_hint(e, "write an address such as 127.0.0.1 or a network "
			   "such as 10.0.0.0/8");
}

static bool net_has(const struct http_net *net, const unsigned char address[16])
{
	unsigned bytes = net->bits / 8, rest = net->bits % 8;
	unsigned char mask = (unsigned char)(0xff00u >> rest);

	if (memcmp(net->address, address, bytes) != 0)
		return false;
	return !rest || !((net->address[bytes] ^ address[bytes]) & mask);
}

bool http_nets_have(
	const struct http_net *nets, size_t n, const unsigned char address[16])
{
	for (size_t i = 0; i < n; i++)
		if (net_has(&nets[i], address))
			return true;
	return false;
}

/* The addresses of all X-Forwarded-For, nearest proxy last; at most `max`, the
 * last ones. */
static size_t hops(const struct http_request *q, str *out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < q->headers.n; i++) {
		const struct http_pair *h = &q->headers.at[i];
		str rest = h->value, hop;

		if (!str_eq_nocase(h->name, STR("X-Forwarded-For")))
			continue;
		while (str_next(&rest, ',', &hop)) {
			if (n == max)
				memmove(out, out + 1, --n * sizeof *out);
			out[n++] = str_trim(hop);
		}
	}
	return n;
}

/* What the nearest proxy said last. */
static bool was_https(const struct http_request *q)
{
	str last = { 0 };

	for (size_t i = 0; i < q->headers.n; i++)
		if (str_eq_nocase(
			    q->headers.at[i].name, STR("X-Forwarded-Proto")))
			last = q->headers.at[i].value;
	return str_eq_nocase(str_trim(last), STR("https"));
}

bool http_peer_is_unnamed(const struct http_request *q,
	const unsigned char from[16], const struct http_net *nets, size_t n)
{
	str first;

	return hops(q, &first, 1) && !http_nets_have(nets, n, from);
}

static str peer_text(struct arena *a, unsigned char address[16])
{
	if (is_mapped(address))
		return http_address_text(a, address);
	memset(address + 8, 0, 8);
	return arena_fmt(a, "%.*s/64", STR_ARG(http_address_text(a, address)));
}

void http_peer_find(struct http_request *q, const unsigned char from[16],
	const struct http_net *nets, size_t n)
{
	unsigned char at[16], next[16];
	str list[HOPS_MAX];
	size_t left = hops(q, list, HOPS_MAX);

	memcpy(at, from, sizeof at);
	if (http_nets_have(nets, n, from))
		q->is_https = was_https(q);
	while (left && http_nets_have(nets, n, at) &&
		http_address_read(list[--left], next))
		memcpy(at, next, sizeof at);
	q->peer = peer_text(q->arena, at);
}
