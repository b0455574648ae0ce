/* The address of a server, taken apart at its first dividing characters. */
#include "connect/url.h"

#include <string.h>

#include "base/base.h"
#include "base/enc.h"

static bool take_text(struct arena *a, str s, const char **out)
{
	str text = url_decode(a, s, false);

	if (str_has(text, '\0'))
		return false;
	*out = arena_cstr(a, text);
	return true;
}

static bool take_port(str s, unsigned *out)
{
	int64_t port;

	if (!str_int(s, &port) || port < 1 || port > 65535)
		return false;
	*out = (unsigned)port;
	return true;
}

/* "HOST:PORT"; an address with colons stands in brackets. */
static bool take_host(struct arena *a, str s, struct conn_url *u)
{
	str host = s, port = { 0 };
	bool has_port;

	if (str_starts(s, STR("["))) {
		if (!str_cut(str_from(s, 1), ']', &host, &port))
			return false;
		has_port = str_starts(port, STR(":"));
		if (port.n && !has_port)
			return false;
		port = str_from(port, 1);
	} else {
		has_port = str_cut(s, ':', &host, &port);
	}
	if (has_port && !take_port(port, &u->port))
		return false;
	return take_text(a, host, &u->host);
}

static bool take_tls(str s, enum url_tls *out)
{
	*out = str_eq(s, STR("on")) ? URL_TLS_ON : URL_TLS_OFF;
	return *out == URL_TLS_ON || str_eq(s, STR("off"));
}

static bool take_option(
	struct arena *a, str name, str value, struct conn_url *u)
{
	if (str_eq(name, STR("tls")))
		return take_tls(value, &u->tls);
	if (str_eq(name, STR("ca")))
		return take_text(a, value, &u->ca);
	return str_eq(name, STR("socket")) && take_text(a, value, &u->socket);
}

static bool take_options(struct arena *a, str s, struct conn_url *u)
{
	str one, name, value;

	while (str_next(&s, '&', &one))
		if (!str_cut(one, '=', &name, &value) ||
			!take_option(a, name, value, u))
			return false;
	/* One says that the other is not meant. */
	return !(u->ca && u->tls == URL_TLS_OFF);
}

static bool take_user(struct arena *a, str s, struct conn_url *u)
{
	str user, password;

	str_cut(s, ':', &user, &password);
	return take_text(a, user, &u->user) &&
	       take_text(a, password, &u->password);
}

static bool take_scheme(
	str *url, const struct url_form *form, struct conn_url *u)
{
	for (size_t i = 0; form->schemes[i]; i++) {
		size_t n = strlen(form->schemes[i]);

		if (!str_starts(*url, str_of(form->schemes[i])) ||
			!str_starts(str_from(*url, n), STR("://")))
			continue;
		u->scheme = form->schemes[i];
		*url = str_from(*url, n + 3);
		return true;
	}
	return false;
}

static bool take_all(struct arena *a, str rest, const struct url_form *form,
	struct conn_url *u)
{
	str user = { 0 }, place, path, options, before;

	if (!take_scheme(&rest, form, u))
		return false;
	str_cut(rest, '?', &rest, &options);
	if (str_cut(rest, '@', &before, &place)) {
		user = before;
		rest = place;
	}
	str_cut(rest, '/', &place, &path);
	return take_user(a, user, u) && take_host(a, place, u) &&
	       take_text(a, path, &u->path) && take_options(a, options, u) &&
	       (u->host[0] || u->socket) && (u->user[0] || !form->needs_user) &&
	       (u->path[0] || !form->needs_path);
}

int conn_url_read(struct arena *a, str url, const struct url_form *form,
	struct conn_url *out, struct err *e)
{
	*out = (struct conn_url){ 0 };
	if (take_all(a, url, form, out))
		return 0;
	err_set(e, ERR_INVALID,
		"the secret with the address of the server is no %s:// URL",
		form->schemes[0]);
	return err_hint(e, "it is %s", form->example);
}

static bool is_this_machine(const char *host)
{
	return !strcmp(host, "localhost") || !strcmp(host, "::1") ||
	       !strncmp(host, "127.", 4);
}

bool conn_url_wants_tls(const struct conn_url *u)
{
	if (u->tls != URL_TLS_BY_HOST)
		return u->tls == URL_TLS_ON;
	return u->ca || !(u->socket || is_this_machine(u->host));
}
