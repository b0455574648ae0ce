/*
 * Who gets through to a handler: sessions, CSRF tokens, forms of other sites,
 * API keys; and the audit trail as those who got through read it.  On an
 * installation of its own with one desk, so that one that is not given back is
 * missed by the next case.
 */
#include "check.h"

#include <stdlib.h>

#include "base/base.h"
#include "desk/access.h"
#include "desk/staff.h"
#include "desk/trail.h"
#include "store/db.h"
#include "web/web.h"

#define EMAIL      "jo@example.com"
#define PASSPHRASE "herons by the water"
#define OWN_HOST   "privacy.example.com"

struct test {
	struct arena *a;
	const char *dir;
	struct install install;
	struct desks *desks;
	str token;
	str csrf;
	str key;
};

static bool ran;

static int handler(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	(void)r;
	(void)e;
	ran = q->route->access == ACCESS_FREE ? !web_desk(q)
					      : web_desk(q) != NULL;
	return 0;
}

static struct desk take(struct test *t)
{
	struct desk d;
	struct err e = { 0 };

	must(!desks_take(t->desks, t->a, &d, &e));
	return d;
}

static void add_staff(struct test *t)
{
	struct staff_new jo = {
		.email = STR(EMAIL),
		.name = STR("Jo Lindqvist"),
		.role = STR("officer"),
		.passphrase = { STR(PASSPHRASE) },
	};
	struct desk d = take(t);
	struct problems ps = { .n = 0 };
	struct err e = { 0 };
	int64_t id;

	d.actor.kind = ACTOR_COMMAND;
	must(!staff_add(&d, &jo, &id, &ps, &e));
	must(!api_key_add(&d, STR("a test"), SCOPES_ALL, &t->key, &e));
	must(!staff_sign_in(&d, STR(EMAIL), jo.passphrase, STR("192.0.2.1"),
		&t->token, &e));
	must(staff_of_session(&d, t->token, &e) == 1);
	t->csrf = d.actor.csrf;
	desks_give(t->desks, &d);
}

static void start(struct test *t)
{
	struct config config;
	char dir[] = "/tmp/t_web_run.XXXXXX";
	struct err e = { 0 };
	struct db *db;

	t->a = arena_new(256u << 20);
	config_defaults(&config);
	must(mkdtemp(dir));
	t->dir = arena_cstr(t->a, str_of(dir));
	if (install_make(t->a, t->dir, &config, &e) ||
		install_open(&t->install, t->a, t->dir, KEYS_WEB, &e) ||
		install_database(&t->install, &db, &e) ||
		desks_open(&t->desks, &t->install, 1, -1, &e)) {
		fprintf(stderr, "%s\n", e.message);
		abort();
	}
	db_close(db);
	add_staff(t);
}

static void end(struct test *t)
{
	desks_close(t->desks);
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -r %s", t->dir))));
	arena_free(t->a);
}

/* --- one request --- */

enum { NO_SESSION, SESSION, WRONG_SESSION };
enum { NO_TOKEN, TOKEN, WRONG_TOKEN };

struct request_case {
	const char *why;
	enum access access;
	enum http_method method;
	int session;
	int csrf;
	const char *site;   /* Sec-Fetch-Site, NULL: not sent */
	const char *origin; /* the same */
	bool runs;
	int status; /* when it does not run: 0 for an error */
	enum err_code code;
};

static const struct request_case cases[] = {
	{ .why = "anybody reads",
		.access = ACCESS_FREE,
		.method = HTTP_GET,
		.runs = true },
	{ .why = "a consumer needs nothing",
		.access = ACCESS_CONSUMER,
		.method = HTTP_GET,
		.runs = true },
	{ .why = "a consumer's form needs no token either",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.site = "same-origin",
		.runs = true },
	{ .why = "an old browser does not say where from",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.runs = true },
	{ .why = "typed into the address bar",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.site = "none",
		.runs = true },
	{ .why = "a form of another site",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.site = "cross-site",
		.code = ERR_DENIED },
	{ .why = "a form of a neighbour on the same domain",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.site = "same-site",
		.code = ERR_DENIED },
	{ .why = "an old browser, another site's origin",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.origin = "https://evil.example",
		.code = ERR_DENIED },
	{ .why = "an origin that only begins like ours",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.origin = "https://" OWN_HOST ".evil.example",
		.code = ERR_DENIED },
	{ .why = "our origin",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.origin = "https://" OWN_HOST,
		.runs = true },
	{ .why = "our pages send no referrer, so their origin is null",
		.access = ACCESS_CONSUMER,
		.method = HTTP_POST,
		.origin = "null",
		.runs = true },
	{ .why = "signing in from another site's form",
		.access = ACCESS_SIGN_IN,
		.method = HTTP_POST,
		.site = "cross-site",
		.code = ERR_DENIED },
	{ .why = "the console without a session",
		.access = ACCESS_STAFF,
		.method = HTTP_GET,
		.status = 303 },
	{ .why = "the console with a made-up session",
		.access = ACCESS_STAFF,
		.method = HTTP_GET,
		.session = WRONG_SESSION,
		.status = 303 },
	{ .why = "the console",
		.access = ACCESS_STAFF,
		.method = HTTP_GET,
		.session = SESSION,
		.runs = true },
	{ .why = "a console form without a session",
		.access = ACCESS_STAFF,
		.method = HTTP_POST,
		.csrf = TOKEN,
		.code = ERR_DENIED },
	{ .why = "a console form without its token",
		.access = ACCESS_STAFF,
		.method = HTTP_POST,
		.session = SESSION,
		.code = ERR_DENIED },
	{ .why = "a console form with another token",
		.access = ACCESS_STAFF,
		.method = HTTP_POST,
		.session = SESSION,
		.csrf = WRONG_TOKEN,
		.code = ERR_DENIED },
	{ .why = "a console form, all right, but from another site",
		.access = ACCESS_STAFF,
		.method = HTTP_POST,
		.session = SESSION,
		.csrf = TOKEN,
		.site = "same-site",
		.code = ERR_DENIED },
	{ .why = "a console form",
		.access = ACCESS_STAFF,
		.method = HTTP_POST,
		.session = SESSION,
		.csrf = TOKEN,
		.runs = true },
	{ .why = "the API without a key",
		.access = ACCESS_API,
		.method = HTTP_GET,
		.status = 401 },
	{ .why = "the API with a session instead",
		.access = ACCESS_API,
		.method = HTTP_GET,
		.session = SESSION,
		.status = 401 },
};

static void put(struct http_pairs *pairs, struct http_pair *space,
	const char *name, str value)
{
	pairs->at = space;
	space[pairs->n++] = (struct http_pair){ str_of(name), value };
}

/* Through web_run() as the server would send it. */
static int send(struct test *t, const struct request_case *c, str key,
	struct http_response *r, struct err *e)
{
	struct http_route route = { .methods = c->method,
		.pattern = "/x",
		.handler = web_run,
		.access = c->access };
	struct web_handler handlers[] = { { .call = handler } };
	struct web w = { .install = &t->install,
		.desks = t->desks,
		.routes = { &route, 1 },
		.handlers = handlers };
	struct http_pair headers[4], cookies[1], form[1];
	struct http_request q = { .method = c->method,
		.path = STR("/x"),
		.route = &route,
		.arena = t->a };

	put(&q.headers, headers, "Host", STR(OWN_HOST));
	if (c->site)
		put(&q.headers, headers, "Sec-Fetch-Site", str_of(c->site));
	if (c->origin)
		put(&q.headers, headers, "Origin", str_of(c->origin));
	if (key.n)
		put(&q.headers, headers, "Authorization", key);
	if (c->session)
		put(&q.cookies, cookies, WEB_SESSION_COOKIE,
			c->session == SESSION ? t->token : STR("guessed"));
	if (c->csrf)
		put(&q.form, form, "csrf",
			c->csrf == TOKEN ? t->csrf : STR("guessed"));
	http_response_init(r, t->a, 1 << 20, true);
	ran = false;
	return web_run(&w, &q, r, e);
}

static void test_cases(struct test *t)
{
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		const struct request_case *c = &cases[i];
		struct http_response r;
		struct err e = { 0 };
		int rc = send(t, c, STR(""), &r, &e);

		CHECK(ran == c->runs, "%s: %s", c->why, e.message);
		CHECK((rc < 0) == (c->code != ERR_NONE), "%s: %d", c->why, rc);
		CHECK(e.code == c->code || c->status == 401, "%s: %s", c->why,
			err_name(e.code));
		CHECK(!c->status || r.status == c->status, "%s: %d", c->why,
			r.status);
	}
}

static void test_keys(struct test *t)
{
	static const struct request_case c = { .why = "the API",
		.access = ACCESS_API,
		.method = HTTP_POST,
		.site = "cross-site" };
	struct http_response r;
	struct err e = { 0 };
	str good = arena_fmt(t->a, "Bearer %.*s", STR_ARG(t->key));
	str bare = t->key;

	CHECK(!send(t, &c, good, &r, &e) && ran,
		"a key is enough, wherever the call comes from");
	CHECK(!send(t, &c, bare, &r, &e) && !ran && r.status == 401,
		"a key without its scheme is none");
	CHECK(!send(t, &c, STR("Bearer ty_live_guessed"), &r, &e) && !ran &&
			r.status == 401,
		"a guessed key");
}

/* --- the trail --- */

static void change_settings(struct test *t, int n)
{
	struct desk d = take(t);
	struct err e = { 0 };

	d.actor.kind = ACTOR_COMMAND;
	for (int i = 0; i < n; i++)
		CHECK(!setting_put(&d, STR("phone"),
			      arena_fmt(t->a, "800-555-0%03d", i), &e),
			"%s", e.message);
	desks_give(t->desks, &d);
}

static void test_trail(struct test *t)
{
	struct desk d = take(t);
	struct trail trail;
	struct err e = { 0 };
	int64_t before = 0, seen = 0, last = 0;

	d.actor = (struct actor){
		.kind = ACTOR_STAFF, .id = 1, .role = STR("agent")
	};
	CHECK(trail_load(&d, 0, &trail, &e) < 0 && e.code == ERR_DENIED,
		"an agent on the phone may not read it");
	d.actor.role = STR("auditor");
	do {
		if (trail_load(&d, before, &trail, &e)) {
			CHECK(false, "%s", e.message);
			break;
		}
		for (size_t i = 0; i < trail.entries.n; i++) {
			int64_t seq = trail.entries.at[i].seq;

			CHECK(!last || seq == last - 1, "%lld after %lld",
				(long long)seq, (long long)last);
			last = seq;
			seen++;
		}
		before = trail.older;
	} while (before);
	CHECK(seen == trail.head_seq && last == 1,
		"paging shows each entry once: %lld of %lld", (long long)seen,
		(long long)trail.head_seq);
	CHECK(!trail_load(&d, 4, &trail, &e) && trail.entries.n == 3,
		"the entries before the fourth: %zu", trail.entries.n);
	desks_give(t->desks, &d);
}

static void test_who(struct test *t)
{
	struct desk d = take(t);
	struct trail trail;
	struct err e = { 0 };
	bool has_name = false, has_command = false;

	d.actor = (struct actor){
		.kind = ACTOR_STAFF, .id = 1, .role = STR("owner")
	};
	CHECK(!trail_load(&d, 5, &trail, &e), "%s", e.message);
	for (size_t i = 0; i < trail.entries.n; i++) {
		str who = trail.entries.at[i].who;

		has_name = has_name || str_eq(who, STR("Jo Lindqvist"));
		has_command =
			has_command || str_eq(who, STR("The command line"));
	}
	CHECK(has_name && has_command, "who did it is said in words");
	desks_give(t->desks, &d);
}

static void test_counts(struct test *t)
{
	struct desk d = take(t);
	struct trail_counts counts = { -1, -1 };
	struct err e = { 0 };

	CHECK(!trail_counts_load(&d, &counts, &e), "%s", e.message);
	CHECK(!counts.open && !counts.late_vendors, "nothing is open: %d, %d",
		counts.open, counts.late_vendors);
	desks_give(t->desks, &d);
}

int main(void)
{
	struct test t = { .a = NULL };

	start(&t);
	test_cases(&t);
	test_keys(&t);
	test_who(&t);
	change_settings(&t, 120);
	test_trail(&t);
	test_counts(&t);
	end(&t);
	CHECK_DONE();
}
