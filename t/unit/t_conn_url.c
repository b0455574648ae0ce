/* The addresses of servers: their parts, whether what is sent is encrypted, and that
 * a wrong one is never repeated. */
#include "connect/url.h"

#include <string.h>

#include "check.h"

struct good {
	const char *url;
	const char *parts; /* user password host port path socket */
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
	"mysql://u:geheim@h/d?tls=no",
	"mysql://u:geheim@h/d?tls=off&ca=/c",
	"mysql://u:geheim@h/d?socket",
	"mysql://u:geheim%00@h/d",
};

static const char *const schemes[] = { "mysql", "mariadb", NULL };
static const struct url_form form = { schemes, true, true, "mysql://..." };

/* Only what stays on this machine goes in the clear without being told to. */
static const struct {
	const char *url;
	bool wants_tls;
} sent[] = {
	{ "mysql://u@db.example/d", true },
	{ "mysql://u@10.0.0.1/d", true },
	{ "mysql://u@localhost.example/d", true },
	{ "mysql://u@db.example/d?tls=off", false },
	{ "mysql://u@localhost/d", false },
	{ "mysql://u@127.0.0.1/d", false },
	{ "mysql://u@[::1]/d", false },
	{ "mysql://u@db.example/d?socket=/s", false },
	{ "mysql://u@localhost/d?tls=on", true },
	{ "mysql://u@localhost/d?ca=/etc/ca.pem", true },
};

static void encryption(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(sent); i++) {
		struct conn_url u;
		struct err e = { 0 };

		CHECK(!conn_url_read(a, str_of(sent[i].url), &form, &u, &e),
			"%s", sent[i].url);
		CHECK(conn_url_wants_tls(&u) == sent[i].wants_tls, "%s",
			sent[i].url);
	}
}

/* Some systems know no users, and no databases. */
static void less_is_needed(struct arena *a)
{
	static const char *const names[] = { "redis", NULL };
	static const struct url_form less = { names, false, false, "redis://" };
	struct conn_url u;
	struct err e = { 0 };

	CHECK(!conn_url_read(a, STR("redis://h"), &less, &u, &e), "host only");
	CHECK(!u.user[0] && !u.path[0] && !strcmp(u.host, "h"), "%s", u.host);
	CHECK(!conn_url_read(a, STR("redis://:p@h/2"), &less, &u, &e), "all");
	CHECK(!strcmp(u.password, "p") && !strcmp(u.path, "2"), "%s", u.path);
	CHECK(conn_url_read(a, STR("redis://"), &less, &u, &e) == -1,
		"no host");
	CHECK(conn_url_read(a, STR("mysql://h"), &less, &u, &e) == -1,
		"another's");
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);
	struct conn_url u;

	for (size_t i = 0; i < COUNTOF(goods); i++) {
		struct err e = { 0 };
		str got;

		CHECK(!conn_url_read(a, str_of(goods[i].url), &form, &u, &e),
			"%s", goods[i].url);
		got = arena_fmt(a, "%s %s %s %u %s %s", u.user, u.password,
			u.host, u.port, u.path, u.socket ? u.socket : "-");
		CHECK(str_eq(got, str_of(goods[i].parts)), "%s: %.*s",
			goods[i].url, STR_ARG(got));
	}
	for (size_t i = 0; i < COUNTOF(bad); i++) {
		struct err e = { 0 };

		CHECK(conn_url_read(a, str_of(bad[i]), &form, &u, &e) == -1 &&
				e.code == ERR_INVALID,
			"taken: %s", bad[i]);
		CHECK(!strstr(e.message, "geheim") &&
				!strstr(e.hint, "geheim") &&
				!strstr(e.detail, "geheim"),
			"%s is repeated", bad[i]);
	}
	encryption(a);
	less_is_needed(a);
	arena_free(a);
	return CHECK_DONE();
}
