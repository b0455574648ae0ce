/* The address of a database, taken apart at its first dividing characters. */
#include "connect/mariadb/url.h"

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
static bool take_host(struct arena *a, str s, struct maria_url *u)
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

static bool take_options(struct arena *a, str s, struct maria_url *u)
{
	str one, name, value;

	while (str_next(&s, '&', &one)) {
		if (!str_cut(one, '=', &name, &value) ||
			!str_eq(name, STR("socket")) ||
			!take_text(a, value, &u->socket))
			return false;
	}
	return true;
}

static bool take_user(struct arena *a, str s, struct maria_url *u)
{
	str user, password;

	str_cut(s, ':', &user, &password);
	return user.n && take_text(a, user, &u->user) &&
	       take_text(a, password, &u->password);
}

static bool take_all(struct arena *a, str url, struct maria_url *u)
{
	str rest, user, place, database, options;

	if (str_starts(url, STR("mysql://")))
		rest = str_from(url, 8);
	else if (str_starts(url, STR("mariadb://")))
		rest = str_from(url, 10);
	else
		return false;
	str_cut(rest, '?', &rest, &options);
	if (!str_cut(rest, '@', &user, &rest) ||
		!str_cut(rest, '/', &place, &database) || !database.n)
		return false;
	return take_user(a, user, u) && take_host(a, place, u) &&
	       take_text(a, database, &u->database) &&
	       take_options(a, options, u) && (u->host[0] || u->socket);
}

int maria_url_read(
	struct arena *a, str url, struct maria_url *out, struct err *e)
{
	*out = (struct maria_url){ 0 };
	if (take_all(a, url, out))
		return 0;
	err_set(e, ERR_INVALID,
		"the secret with the address of the database is no mysql:// "
		"URL");
	return err_hint(e, "it is mysql://USER:PASSWORD@HOST:PORT/DATABASE");
}
