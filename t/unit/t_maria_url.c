/* The addresses of MariaDB databases, and that a wrong one is never repeated. */
#include "connect/mariadb/url.h"

#include <string.h>

#include "check.h"

struct good {
	const char *url;
	const char *parts; /* user password host port database socket */
};

static const struct good goods[] = {
	{ "mysql://u:p@h:3307/d", "u p h 3307 d -" },
	{ "mariadb://u@h/d", "u  h 0 d -" },
	{ "mysql://u%40x:p%3a%2f%20@h/d%3f", "u@x p:/  h 0 d? -" },
	{ "mysql://u:p:q@h/d", "u p:q h 0 d -" },
	{ "mysql://u@[2001:db8::1]:3306/d", "u  2001:db8::1 3306 d -" },
	{ "mysql://u@[::1]/d", "u  ::1 0 d -" },
	{ "mysql://u@/d?socket=/run/my%20sql", "u   0 d /run/my sql" },
};

static const char *const bad[] = {
	"",
	"geheim",
	"postgresql://u:geheim@h/d",
	"mysql://h/geheim",
	"mysql://u:geheim@h",
	"mysql://u:geheim@h/",
	"mysql://:geheim@h/d",
	"mysql://u:geheim@/d",
	"mysql://u:geheim@h:0/d",
	"mysql://u:geheim@h:65536/d",
	"mysql://u:geheim@h:x/d",
	"mysql://u:geheim@[::1/d",
	"mysql://u:geheim@[::1]x/d",
	"mysql://u:geheim@h/d?ssl=no",
	"mysql://u:geheim@h/d?socket",
	"mysql://u:geheim%00@h/d",
};

int main(void)
{
	struct arena *a = arena_new(1 << 20);
	struct maria_url u;

	for (size_t i = 0; i < COUNTOF(goods); i++) {
		struct err e = { 0 };
		str got;

		CHECK(!maria_url_read(a, str_of(goods[i].url), &u, &e), "%s",
			goods[i].url);
		got = arena_fmt(a, "%s %s %s %u %s %s", u.user, u.password,
			u.host, u.port, u.database, u.socket ? u.socket : "-");
		CHECK(str_eq(got, str_of(goods[i].parts)), "%s: %.*s",
			goods[i].url, STR_ARG(got));
	}
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct err e = { 0 };

		CHECK(maria_url_read(a, str_of(bad[i]), &u, &e) == -1 &&
				e.code == ERR_INVALID,
			"taken: %s", bad[i]);
		CHECK(!strstr(e.message, "geheim") &&
				!strstr(e.hint, "geheim") &&
				!strstr(e.detail, "geheim"),
			"%s is repeated", bad[i]);
	}
	arena_free(a);
	return CHECK_DONE();
}
