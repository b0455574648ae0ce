/* The address of a bucket, with who asks. */
#include "connect/s3/address.h"

#include <string.h>

#include "base/base.h"
#include "base/enc.h"

static int no_address(struct err *e, const char *why)
{
	err_set(e, ERR_INVALID, "the secret holds no address of a bucket: %s",
		why);
	return err_hint(e, "s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX]"
			   "[?region=R], with %%2F for \"/\" and so on");
}

static bool is_host(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"
			    "YZ0123456789.-:[]",
			    s.p[i]))
			return false;
	return s.n > 0 && s.p[0] != ':';
}

/* Letters, digits and what else may stand in the name of a bucket or region. */
static bool is_name(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"
			    "YZ0123456789.-_",
			    s.p[i]))
			return false;
	return s.n > 0 && s.p[0] != '.';
}

/* A C string; NULL when it can't be one. */
static const char *decoded(struct arena *a, str s)
{
	str out = url_decode(a, s, false);

	return out.n && str_is_text(out) && !str_has(out, '\n') &&
			       !str_has(out, '\r')
		       ? arena_cstr(a, out)
		       : NULL;
}

static bool is_this_machine(str host)
{
	static const char *const here[] = { "127.0.0.1", "localhost", "[::1]" };

	for (size_t i = 0; i < COUNTOF(here); i++) {
		str rest = str_from(host, strlen(here[i]));

		if (str_starts(host, str_of(here[i])) &&
			(!rest.n || rest.p[0] == ':'))
			return true;
	}
	return false;
}

static bool read_parameter(struct arena *a, str name, str value,
	struct s3_address *out, bool *is_plain)
{
	if (str_eq(name, STR("region")) && is_name(value))
		out->region = arena_cstr(a, value);
	else if (str_eq(name, STR("token")))
		out->token = decoded(a, value);
	else if (str_eq(name, STR("tls")) && str_eq(value, STR("no")))
		*is_plain = true;
	else
		return false;
	return out->region && (out->token || !str_eq(name, STR("token")));
}

static int read_place(struct arena *a, str host, str path,
	struct s3_address *out, struct err *e)
{
	str prefix;

	if (!is_host(host))
		return no_address(e, "there is no host");
	out->is_here = is_this_machine(host);
	out->base = host;
	str_cut(path, '/', &out->bucket, &prefix);
	if (!is_name(out->bucket))
		return no_address(e, "there is no bucket");
	while (str_ends(prefix, STR("/")))
		prefix.n--;
	prefix = url_decode(a, prefix, false);
	if (!str_is_utf8(prefix) || str_has(prefix, '\0'))
		return no_address(e, "the prefix is no text");
	if (prefix.n)
		out->prefix = arena_fmt(a, "%.*s/", STR_ARG(prefix));
	return 0;
}

int s3_address_read(
	struct arena *a, str text, struct s3_address *out, struct err *e)
{
	str who, rest, key, secret, place, query, host, path, name, value;
	bool is_plain = false;

	*out = (struct s3_address){ .region = "us-east-1" };
	if (!str_starts(text, STR("s3://")) || str_has(text, '\0'))
		return no_address(e, "it does not begin with s3://");
	if (!str_cut(str_from(text, strlen("s3://")), '@', &who, &rest) ||
		!str_cut(who, ':', &key, &secret) ||
		!(out->key = decoded(a, key)) ||
		!(out->secret = decoded(a, secret)))
		return no_address(e, "there is no KEY:SECRET@");
	str_cut(rest, '?', &place, &query);
	str_cut(place, '/', &host, &path);
	if (read_place(a, host, path, out, e) < 0)
		return -1;
	while (str_next(&query, '&', &value)) {
		str_cut(value, '=', &name, &value);
		if (!read_parameter(a, name, value, out, &is_plain))
			return no_address(e, "a parameter that is not known");
	}
	if (is_plain && !out->is_here)
		return no_address(e, "tls=no is for this machine itself");
	out->base = arena_fmt(a, "%s://%.*s", is_plain ? "http" : "https",
		STR_ARG(out->base));
	return 0;
}
