/*
 * Targets, forms, cookies and the look-ups in a request; the addresses behind
 * proxies.
 */
#include "http/decode.h"

#include <stdio.h>

#include "base/base.h"
#include "check.h"
#include "http/peer.h"

static const struct {
	const char *why;
	const char *target;
	const char *path; /* NULL: refused */
	const char *query;
	enum err_code code;
} targets[] = {
	{ "the root", "/", "/", "", 0 },
	{ "a path", "/s/K7QF-2M9X", "/s/K7QF-2M9X", "", 0 },
	{ "with a query, still encoded", "/s?a=%41&b", "/s", "a=%41&b", 0 },
	{ "decoded once", "/s/%41%2541", "/s/A%41", "", 0 },
	{ "a plus is a plus in a path", "/a+b", "/a+b", "", 0 },
	{ "beyond ASCII", "/caf%C3%A9", "/caf\xc3\xa9", "", 0 },
	{ "a slash at the end is the router's", "/s/", "/s/", "", 0 },
	{ "absolute, for proxies", "http://example.com/s?a", "/s", "a", 0 },
	{ "absolute without a path", "http://example.com", "/", "", 0 },
	{ "an encoded slash", "/a%2Fb", NULL, NULL, ERR_NOT_FOUND },
	{ "an encoded backslash", "/a%5Cb", NULL, NULL, ERR_NOT_FOUND },
	{ "an encoded line end, which no header may have", "/a%0Ab", NULL, NULL,
		ERR_NOT_FOUND },
	{ "two slashes", "//example.com/", NULL, NULL, ERR_NOT_FOUND },
	{ "two slashes inside", "/a//b", NULL, NULL, ERR_NOT_FOUND },
	{ "two slashes at the end", "/a//", NULL, NULL, ERR_NOT_FOUND },
	{ "one dot", "/a/./b", NULL, NULL, ERR_NOT_FOUND },
	{ "two dots", "/a/../b", NULL, NULL, ERR_NOT_FOUND },
	{ "two dots, encoded", "/a/%2e%2E/b", NULL, NULL, ERR_NOT_FOUND },
	{ "a NUL", "/a%00b", NULL, NULL, ERR_NOT_FOUND },
	{ "not UTF-8", "/%ff", NULL, NULL, ERR_NOT_FOUND },
	{ "no path at all", "*", NULL, NULL, ERR_USAGE },
	{ "16 pieces", "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g",
		"/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g", "", 0 },
	{ "17 pieces", "/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h", NULL, NULL,
		ERR_NOT_FOUND },
};

static void read_targets(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(targets); i++) {
		struct err e = { 0 };
		str path, query;
		int failed = http_target_read(
			a, str_of(targets[i].target), &path, &query, &e);

		CHECK(e.code == targets[i].code, "%s: code %d", targets[i].why,
			e.code);
		CHECK(failed == (targets[i].path ? 0 : -1), "%s",
			targets[i].why);
		if (failed || !targets[i].path)
			continue;
		CHECK(str_eq(path, str_of(targets[i].path)), "%s: %.*s",
			targets[i].why, STR_ARG(path));
		CHECK(str_eq(query, str_of(targets[i].query)), "%s: %.*s",
			targets[i].why, STR_ARG(query));
	}
}

enum { FIELDS_MAX = 4 };

static const struct {
	const char *why;
	const char *text;
	int n; /* -1: refused */
	const char *first;
	const char *value;
	enum err_code code;
} forms[] = {
	{ "empty", "", 0, NULL, NULL, 0 },
	{ "one", "a=1", 1, "a", "1", 0 },
	{ "plus and escapes", "full+name=Ada+%26+Co%2e", 1, "full name",
		"Ada & Co.", 0 },
	{ "no value", "a&b=2", 2, "a", "", 0 },
	{ "a sign in the value", "a=b=c", 1, "a", "b=c", 0 },
	{ "empty pairs do not count", "a=1&&", 1, "a", "1", 0 },
	{ "line ends, as text areas send them", "a=1%0D%0A2", 1, "a", "1\r\n2",
		0 },
	{ "a NUL", "a=%00", -1, NULL, NULL, ERR_USAGE },
	{ "not UTF-8", "a=%c3", -1, NULL, NULL, ERR_USAGE },
	{ "a name that is not text", "%ff=1", -1, NULL, NULL, ERR_USAGE },
	{ "as many as may be", "a=1&b=2&c=3&d=4", 4, "a", "1", 0 },
	{ "one more", "a=1&b=2&c=3&d=4&e=5", -1, NULL, NULL, ERR_LIMIT },
};

static void read_forms(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(forms); i++) {
		struct err e = { 0 };
		struct http_pairs out;
		int failed = http_urlencoded_read(
			a, str_of(forms[i].text), FIELDS_MAX, &out, &e);

		CHECK(e.code == forms[i].code, "%s: code %d", forms[i].why,
			e.code);
		CHECK(failed == (forms[i].n < 0 ? -1 : 0), "%s", forms[i].why);
		if (failed)
			continue;
		CHECK((int)out.n == forms[i].n, "%s: %zu fields", forms[i].why,
			out.n);
		if (forms[i].first && out.n)
			CHECK(str_eq(out.at[0].name, str_of(forms[i].first)) &&
					str_eq(out.at[0].value,
						str_of(forms[i].value)),
				"%s: %.*s = %.*s", forms[i].why,
				STR_ARG(out.at[0].name),
				STR_ARG(out.at[0].value));
	}
}

static struct http_request with_headers(
	struct arena *a, struct http_pair *headers, size_t n)
{
	return (struct http_request){ .headers = { headers, n }, .arena = a };
}

#define PAIR(n, v)                       \
	{                                \
		STR_INIT(n), STR_INIT(v) \
	}

static void cookies(struct arena *a)
{
	struct http_pair headers[] = {
		PAIR("Cookie", "a=1; b=\"2\";c=; nothing; d=x=y"),
		PAIR("cookie", "a=second; e=5"),
	};
	struct http_request q = with_headers(a, headers, COUNTOF(headers));

	q.cookies = http_cookies_read(a, q.headers);
	CHECK(q.cookies.n == 6, "%zu cookies", q.cookies.n);
	CHECK(str_eq(http_cookie(&q, "a"), STR("1")), "the first wins");
	CHECK(str_eq(http_cookie(&q, "b"), STR("2")), "quotes come off");
	CHECK(str_eq(http_cookie(&q, "c"), STR("")), "empty");
	CHECK(str_eq(http_cookie(&q, "d"), STR("x=y")), "cut once");
	CHECK(str_eq(http_cookie(&q, "e"), STR("5")), "of the second field");
	CHECK(!http_cookie(&q, "nothing").n, "no sign, no cookie");
}

/* Sec-GPC counts when one of several fields is exactly "1", also when a proxy
 * has made one field of them. */
static void many_of_one_name(struct arena *a)
{
	struct http_pair gpc[] = { PAIR("Sec-GPC", "0"), PAIR("sec-gpc", "1") };
	struct http_pair none[] = { PAIR("Sec-GPC", "11, 1 1"),
		PAIR("Sec-GPC", "01"), PAIR("Sec-GPC", ""),
		PAIR("Sec-GPC", ",;1"), PAIR("Sec-GPC", "\"1\"") };
	static const char *const lists[] = { "1, 1", "0,1", "1,0", "0 ,\t1",
		",1" };
	struct http_request q = with_headers(a, gpc, COUNTOF(gpc));

	CHECK(http_header_is(&q, "Sec-GPC", STR("1")), "the second is 1");
	CHECK(http_header_count(&q, "SEC-GPC") == 2, "both are seen");
	CHECK(str_eq(http_header(&q, "sec-gpc"), STR("0")), "the first");
	q = with_headers(a, none, COUNTOF(none));
	CHECK(!http_header_is(&q, "Sec-GPC", STR("1")), "none is exactly 1");
	for (size_t i = 0; i < COUNTOF(lists); i++) {
		struct http_pair list[] = { { STR("Sec-GPC"),
			str_of(lists[i]) } };

		q = with_headers(a, list, 1);
		CHECK(http_header_is(&q, "Sec-GPC", STR("1")), "joined: %s",
			lists[i]);
	}
}

static void form_look_ups(struct arena *a)
{
	struct http_pair fields[] = { PAIR("email", "  ada@example.com\t"),
		PAIR("system", "crm"), PAIR("system", "leads"),
		PAIR("empty", "") };
	struct http_request q = { .form = { fields, COUNTOF(fields) },
		.arena = a };
	size_t at = 0;
	str v = { 0 };

	CHECK(str_eq(http_form(&q, "email"), STR("ada@example.com")),
		"what was pasted is trimmed");
	CHECK(!http_form(&q, "Email").n, "names of fields have a case");
	CHECK(http_form_has(&q, "empty") && !http_form_has(&q, "none"),
		"there and empty is not missing");
	CHECK(http_form_next(&q, "system", &at, &v) && str_eq(v, STR("crm")),
		"the first of two");
	CHECK(http_form_next(&q, "system", &at, &v) && str_eq(v, STR("leads")),
		"the second");
	CHECK(!http_form_next(&q, "system", &at, &v), "and no third");
}

static const struct {
	const char *accept;
	bool gzip;
} codings[] = {
	{ "", false },
	{ "gzip", true },
	{ "deflate, gzip, br", true },
	{ "GZIP;q=0.5", true },
	{ "gzip;q=0", false },
	{ "gzip; q=0.000, *", false },
	{ "*", true },
	{ "*;q=0", false },
	{ "br", false },
	{ "x-gzip-not", false },
};

static void accepts(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(codings); i++) {
		struct http_pair h = { STR("Accept-Encoding"),
			str_of(codings[i].accept) };
		struct http_request q = with_headers(a, &h, 1);

		CHECK(http_accepts_coding(&q, "gzip") == codings[i].gzip,
			"\"%s\"", codings[i].accept);
	}
}

static const struct {
	const char *why;
	const char *from;
	const char *forwarded; /* NULL: none */
	const char *proto;
	const char *peer;
	bool is_https;
} peers[] = {
	{ "nobody between", "192.0.2.7", NULL, NULL, "192.0.2.7", false },
	{ "a stranger claims a proxy", "192.0.2.7", "203.0.113.9", "https",
		"192.0.2.7", false },
	{ "our proxy", "127.0.0.1", "203.0.113.9", "https", "203.0.113.9",
		true },
	{ "our proxy, plain", "127.0.0.1", "203.0.113.9", "http", "203.0.113.9",
		false },
	{ "the client lied to our proxy", "127.0.0.1",
		"198.51.100.1, 203.0.113.9", "https", "203.0.113.9", true },
	{ "two of ours", "127.0.0.1", "203.0.113.9, 10.1.2.3", "https",
		"203.0.113.9", true },
	{ "all are ours", "127.0.0.1", "10.0.0.1, 10.1.2.3", NULL, "10.0.0.1",
		false },
	{ "not an address", "127.0.0.1", "unknown, 10.1.2.3", NULL, "10.1.2.3",
		false },
	{ "IPv6", "::1", "2001:db8::7", "https", "2001:db8::/64", true },
	{ "another address of the same line", "::1", "2001:db8:0:0:ffff:1:2:3",
		"https", "2001:db8::/64", true },
	{ "the next line", "2001:db8:0:1::7", NULL, NULL, "2001:db8:0:1::/64",
		false },
	{ "IPv4 in an IPv6 socket", "::ffff:127.0.0.1", "203.0.113.9", "https",
		"203.0.113.9", true },
	{ "just outside the network", "11.0.0.1", "203.0.113.9", "https",
		"11.0.0.1", false },
};

static void forwarded(struct arena *a)
{
	static const char *const trusted[] = { "127.0.0.1", "10.0.0.0/8",
		"::1" };
	struct http_net nets[3];
	struct err e = { 0 };

	for (size_t i = 0; i < 3; i++)
		CHECK(!http_net_read(str_of(trusted[i]), &nets[i], &e), "%s",
			trusted[i]);
	for (size_t i = 0; i < COUNTOF(peers); i++) {
		struct http_pair h[] = {
			{ STR("X-Forwarded-For"), str_of(peers[i].forwarded) },
			{ STR("X-Forwarded-Proto"), str_of(peers[i].proto) },
		};
		struct http_request q =
			with_headers(a, h, peers[i].forwarded ? 2 : 0);
		unsigned char from[16];

		CHECK(http_address_read(str_of(peers[i].from), from), "%s",
			peers[i].why);
		http_peer_find(&q, from, nets, 3);
		CHECK(str_eq(q.peer, str_of(peers[i].peer)), "%s: %.*s",
			peers[i].why, STR_ARG(q.peer));
		CHECK(q.is_https == peers[i].is_https, "%s: https",
			peers[i].why);
		CHECK(http_peer_is_unnamed(&q, from, nets, 3) ==
				(peers[i].forwarded &&
					!http_nets_have(nets, 3, from)),
			"%s: a proxy that nobody named", peers[i].why);
	}
}

static void bad_networks(void)
{
	static const char *const bad[] = { "", "10.0.0.0/33", "10.0.0/8",
		"10.0.0.0/-1", "::1/129", "example.com", "10.0.0.0/" };

	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct http_net net;
		struct err e = { 0 };

		CHECK(http_net_read(str_of(bad[i]), &net, &e) &&
				e.code == ERR_INVALID,
			"\"%s\"", bad[i]);
	}
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	read_targets(a);
	read_forms(a);
	cookies(a);
	many_of_one_name(a);
	form_look_ups(a);
	accepts(a);
	forwarded(a);
	bad_networks();
	arena_free(a);
	return CHECK_DONE();
}
