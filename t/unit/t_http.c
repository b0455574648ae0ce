/*
 * Recipes: what is wrong with one is said, values stay where they were put, and
 * what a difficult service does is told from "nobody there".  The part with
 * services runs in t/connect/http_server.py.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "check.h"
#include "connect/erase.h"
#include "connect/fit.h"
#include "connect/http/fill.h"
#include "connect/http/wire.h"
#include "connect/propose.h"
#include "t/connect/fixture.h"

/* --- reading a recipe --- */

#define HEAD                                            \
	"version: 1\nurl: https://api.example.com/v1\n" \
	"auth: { type: bearer, secret: token }\ncheck: GET /me\n"
#define TABLE \
	"tables:\n  - name: person\n    columns: [ { name: id }, { name: email } ]\n"
#define FIND                                                                         \
	"    find:\n      - { by: email, request: \"GET /p?e={value}\", rows: p }\n" \
	"      - { by: id, request: \"GET /p/{value}\", row: \"\" }\n"
#define ERASE "    erase: [ { request: \"DELETE /p/{key}\" } ]\n"

static const struct {
	const char *why;
	const char *yaml;
	int line;
	const char *text;
	const char *hint;
} mistakes[] = {
	{ "an unknown key", HEAD "trie: 3\n" TABLE FIND, 5,
		"unknown key \"trie\" in a recipe", "did you mean \"tries\"" },
	{ "without TLS",
		"version: 1\nurl: http://api.example.com\nauth: { type: none }\n"
		"check: GET /\n" TABLE FIND,
		2, "\"url\" must be https://HOST[/PATH]",
		"http:// is for this machine itself" },
	{ "a name before the host that looks like this machine",
		"version: 1\nurl: http://127.0.0.1.example.com\nauth: { type: "
		"none }\ncheck: GET /\n" TABLE FIND,
		2, "\"url\" must be https://HOST[/PATH]",
		"http:// is for this machine itself" },
	{ "a user in the address",
		"version: 1\nurl: https://me:pw@example.com\nauth: { type: none "
		"}\ncheck: GET /\n" TABLE FIND,
		2, "\"url\" must be https://HOST[/PATH]",
		"http:// is for this machine itself" },
	{ "a secret that is missing",
		"version: 1\nurl: https://x.example\nauth: { type: bearer }\n"
		"check: GET /\n" TABLE FIND,
		3, "the type \"bearer\" needs the key \"secret\"",
		"add it, as in \"secret: crm_token\"" },
	{ "a field of another type",
		"version: 1\nurl: https://x.example\nauth: { type: bearer, "
		"secret: a, user: b }\ncheck: GET /\n" TABLE FIND,
		3, "\"user\" is not for the type \"bearer\"",
		"leave it out, or name another type" },
	{ "no such type",
		"version: 1\nurl: https://x.example\nauth: { type: baerer, "
		"secret: a }\ncheck: GET /\n" TABLE FIND,
		3, "\"type\" has no value \"baerer\"",
		"did you mean \"bearer\"" },
	{ "another host in a request",
		HEAD TABLE
		"    find: [ { request: \"GET //evil.example/\" } ]\n",
		8, "a request is written as GET /path, below \"url\"",
		"a blank is %20" },
	{ "a whole address in a request",
		HEAD TABLE
		"    find: [ { request: \"GET https://evil.example/\" } ]\n",
		8, "a request is written as GET /path", "a blank is %20" },
	{ "no such method",
		HEAD TABLE "    find: [ { request: \"FETCH /p\" } ]\n", 8,
		"a request is written as GET /path", "GET, POST" },
	{ "a misspelled part",
		HEAD TABLE
		"    find: [ { by: email, request: \"GET /p?e={vaule}\" } ]\n",
		8, "\"{vaule}\" could stand for", "did you mean \"value\"" },
	{ "a look-up that finds everybody",
		HEAD TABLE "    find: [ { by: email, request: \"GET /p\" } ]\n",
		8, "a look-up needs \"{value}\" or \"{values}\"",
		"everybody would be found" },
	{ "every page the first",
		HEAD TABLE
		"    find: [ { request: \"GET /p\", paging: page } ]\n",
		8, "nothing in the request has \"{page}\"",
		"every page is the first" },
	{ "a cursor from nowhere",
		HEAD TABLE
		"    find: [ { request: \"GET /p?a={cursor}\", paging: cursor } "
		"]\n",
		8, "this paging needs \"cursor\"",
		"as in \"cursor: paging.next.after\"" },
	{ "a path with a hole",
		HEAD TABLE
		"    find: [ { request: \"GET /p\", rows: \"a..b\" } ]\n",
		8, "\"rows\" has an empty name", "contact.emails[0].address" },
	{ "a body that is no JSON",
		HEAD TABLE
		"    find:\n      - { by: email, request: \"POST /p\", body: "
		"'{\"a\": {value}}' }\n",
		9, "\"body\": JSON line 1", "in single quotes" },
	{ "an erasure of everybody",
		HEAD TABLE FIND "    erase: [ { request: \"DELETE /p\" } ]\n",
		11, "the request needs \"{key}\"", "every row" },
	{ "by a column that is not listed",
		HEAD TABLE
		"    find: [ { by: mail, request: \"GET /p?e={value}\" } ]\n",
		8, "\"by\" names the column \"mail\"",
		"list it, or ask by another" },
	{ "a secret in a header",
		"version: 1\nurl: https://x.example\nauth: { type: none }\n"
		"headers: [ { name: X-Api-Key, value: geheim } ]\n"
		"check: GET /\n" TABLE FIND,
		4, "would hold a secret", "type: header" },
	{ "a secret for its name",
		"version: 1\nurl: https://x.example\n"
		"auth: { type: bearer, secret: \"pat-na1-4f/geheim==\" }\n"
		"check: GET /\n" TABLE FIND,
		3, "is the name of one, never the secret itself",
		"a file of the credentials folder" },
	{ "a list and a row",
		HEAD TABLE
		"    find: [ { request: \"GET /p\", rows: a, row: b } ]\n",
		8, "do not go together", "\"row\" the one row itself" },
};

static void mistakes_in_recipes(void)
{
	for (size_t i = 0; i < COUNTOF(mistakes); i++) {
		struct arena *a = arena_new(FIXTURE_ARENA_MAX);
		struct map_problems *ps = arena_one(a, struct map_problems);
		struct recipe r;

		CHECK(recipe_parse(a, str_of(mistakes[i].yaml), &r, ps) == -1 &&
				ps->n,
			"%s: taken", mistakes[i].why);
		CHECK(ps->at[0].line == mistakes[i].line &&
				str_find(ps->at[0].text,
					str_of(mistakes[i].text)) >= 0 &&
				*mistakes[i].hint &&
				str_find(ps->at[0].hint,
					str_of(mistakes[i].hint)) >= 0,
			"%s: line %d: %.*s (%.*s)", mistakes[i].why,
			ps->at[0].line, STR_ARG(ps->at[0].text),
			STR_ARG(ps->at[0].hint));
		arena_free(a);
	}
}

static const char map_yaml[] =
	"version: 1\nsystems:\n  - name: api\n    connector: http\n"
	"    database: api.yaml\n    tables:\n      - name: person\n"
	"        key: id\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

/* What the map has, the recipe must be able to do. */
static void against_the_map(void)
{
	static const struct {
		const char *yaml;
		int line;
		const char *text;
	} cases[] = {
		{ HEAD TABLE FIND ERASE, 0, NULL },
		{ HEAD TABLE FIND, 6, "has rows of \"person\" deleted" },
		{ HEAD "tables:\n  - name: people\n    columns: [ { name: id } "
		       "]\n" FIND,
			0, "" },
		{ HEAD "tables:\n  - name: people\n    columns: [ { name: id }, "
		       "{ name: email } ]\n" FIND ERASE,
			1, "the data map lists the table \"person\"" },
		{ HEAD "tables:\n  - name: person\n    columns: [ { name: id }, "
		       "{ name: mail } ]\n"
		       "    find: [ { by: id, request: \"GET /p/{value}\" } ]\n" ERASE,
			6, "lists the column \"email\" of \"person\"" },
		{ HEAD TABLE
			"    find: [ { by: id, request: \"GET /p/{value}\" } ]\n" ERASE,
			6,
			"are looked up by \"email\", which the recipe can't" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct arena *a = arena_new(FIXTURE_ARENA_MAX);
		struct map_problems *ps = arena_one(a, struct map_problems);
		struct map m = fixture_map(a, map_yaml);
		struct recipe r;

		if (recipe_parse(a, str_of(cases[i].yaml), &r, ps) == 0)
			recipe_check(a, &r,
				&(struct recipe_of){ &m, &m.systems[0] }, ps);
		CHECK(!cases[i].text == !ps->n, "%zu: %zu problems: %.*s", i,
			ps->n, STR_ARG(ps->at[0].text));
		if (cases[i].line)
			CHECK(ps->at[0].line == cases[i].line &&
					str_find(ps->at[0].text,
						str_of(cases[i].text)) >= 0,
				"line %d: %.*s", ps->at[0].line,
				STR_ARG(ps->at[0].text));
		arena_free(a);
	}
}

/* Rows that stay are changed, and a link over systems is asked along from both its
 * ends. */
static void against_the_rest_of_the_map(void)
{
	static const char more[] =
		"version: 1\nsystems:\n  - name: api\n    connector: http\n"
		"    database: api.yaml\n    tables:\n"
		"      - name: person\n        key: id\n"
		"        columns: [ { name: email, identifies: email,\n"
		"            erase: mask }, { name: nick } ]\n"
		"        links: [ { column: lead, system: crm, to: lead.id } ]\n"
		"        erase: keep\n        exception: DX8\n"
		"        purpose: Taxes\n"
		"  - name: crm\n    connector: sqlite\n    database: c.db\n"
		"    tables:\n"
		"      - name: lead\n        key: id\n"
		"        columns: [ { name: mail, identifies: email } ]\n"
		"        links: [ { column: r, system: api, to: person.nick } ]\n"
		"        erase: delete\n";
	static const char recipe[] =
		HEAD "tables:\n  - name: person\n    columns: [ { name: id }, "
		     "{ name: email }, { name: nick }, { name: lead } ]\n" FIND;
	static const char *const want[] = {
		"rows of \"person\" are looked up by \"nick\"",
		"rows of \"person\" are looked up by \"lead\"",
		"erased in rows that stay, and the recipe has no \"set\"",
	};
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct map m = fixture_map(a, more);
	struct recipe r;

	must(!recipe_parse(a, str_of(recipe), &r, ps));
	recipe_check(a, &r, &(struct recipe_of){ &m, &m.systems[0] }, ps);
	CHECK(ps->n == COUNTOF(want), "%zu problems", ps->n);
	for (size_t i = 0; i < COUNTOF(want); i++)
		CHECK(str_find(ps->at[i].text, str_of(want[i])) >= 0, "%.*s",
			STR_ARG(ps->at[i].text));
	arena_free(a);
}

/* --- values in requests --- */

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)

/* A value ends no path, adds no parameter, ends no text. */
static void values_in_addresses(void)
{
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);
	struct cell v[] = { cell_text(STR("a/../b?c=d&e#f")),
		cell_text(STR("\xc3\xa9,%41")) };
	struct cell page = cell_int(a, 7);
	struct cell size = cell_int(a, 25);
	struct http_fill f = { .values = v, .values_n = 2, .key = &v[0] };

	IS(http_fill_target(a, STR("/x/{value}?y={value}z&p={page}"), &f),
		"/x/a%2F..%2Fb%3Fc%3Dd%26e%23f?y=a%2F..%2Fb%3Fc%3Dd%26e%23fz");
	IS(http_fill_target(a, STR("/x?p={page}&v={values}"), &f),
		"/x?v=a%2F..%2Fb%3Fc%3Dd%26e%23f,%C3%A9%2C%2541");
	f.page = &page;
	IS(http_fill_target(a, STR("/{key}.json?p={page}&q"), &f),
		"/a%2F..%2Fb%3Fc%3Dd%26e%23f.json?p=7&q");
	/* The map's page size; without one the service's own. */
	IS(http_fill_target(a, STR("/x?n={size}&q"), &f), "/x?q");
	f.size = &size;
	IS(http_fill_target(a, STR("/x?n={size}&q"), &f), "/x?n=25&q");
	arena_free(a);
}

static void values_in_bodies(void)
{
	static const struct {
		const char *body;
		const char *want;
	} cases[] = {
		{ "{\"a\":\"{value}\",\"b\":\"x {value}\"}",
			"{\"a\":\"q\\\"},{\\\"\",\"b\":\"x q\\\"},{\\\"\"}" },
		{ "{\"ids\":[\"{values}\"]}",
			"{\"ids\":[\"q\\\"},{\\\"\",17]}" },
		{ "{\"in\":[{\"id\":\"{values}\"}]}",
			"{\"in\":[{\"id\":\"q\\\"},{\\\"\"},{\"id\":17}]}" },
		{ "{\"after\":\"{cursor}\",\"n\":1}", "{\"n\":1}" },
		{ "{\"q\":\"query { a(b: {c}) }\"}",
			"{\"q\":\"query { a(b: {c}) }\"}" },
		{ "{\"properties\":\"{row}\"}",
			"{\"properties\":{\"x\":null}}" },
	};
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);
	struct cell v[] = { cell_text(STR("q\"},{\"")), cell_int(a, 17) };
	json_t *row = json_pack("{s:n}", "x");
	struct http_fill f = { .values = v, .values_n = 2, .row = row };

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct http_call c = { 0 };
		struct err e = { 0 };

		CHECK(!json_read(a, str_of(cases[i].body), 1000, &c.body, &e),
			"%s", e.message);
		IS(http_fill_body(a, &c, &f), cases[i].want);
	}
	json_decref(row);
	arena_free(a);
}

static void paths(void)
{
	static const struct {
		const char *path;
		const char *want; /* NULL: it is none */
	} cases[] = {
		{ "", "{\"a\":{\"b.c\":[1,{\"d\":\"x\"}],\"q\\\"\":2},\"n\":null}" },
		{ "a.\"b.c\"[1].d", "\"x\"" }, { "a.\"b.c\"[0]", "1" },
		{ "a.\"q\\\"\"", "2" }, { "n", "null" },
		{ "a.x.y", "(nothing)" }, { "a[0]", "(nothing)" },
		{ "a.\"b.c\"[9]", "(nothing)" }, { "a.", NULL }, { ".a", NULL },
		{ "a[x]", NULL }, { "a[-1]", NULL }, { "a[1", NULL },
		{ "a\"b\"", NULL }, { "\"a", NULL }, { "a]b", NULL },
		{ "a\xff.b", NULL }, /* JSON has no such member to put */
	};
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);
	json_t *tree;
	struct err e = { 0 };

	must(!json_read(a, str_of(cases[0].want), 1000, &tree, &e));
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct json_path p;
		const char *fault =
			json_path_read(a, str_of(cases[i].path), &p);
		const json_t *v;
		char text[100] = "(nothing)";

		CHECK(!fault == !!cases[i].want, "%s: %s", cases[i].path,
			fault ? fault : "taken");
		v = fault ? NULL : json_path_get(tree, &p);
		if (v)
			text[json_dumpb(v, text, sizeof text - 1,
				JSON_COMPACT | JSON_ENCODE_ANY)] = '\0';
		if (!fault)
			IS(str_of(text), cases[i].want);
	}
	arena_free(a);
}

static void links(void)
{
	static const struct {
		const char *header;
		const char *next; /* NULL: none */
	} cases[] = {
		{ "<https://x/2>; rel=\"next\"", "https://x/2" },
		{ "</2?a,b>; rel=next", "/2?a,b" },
		{ "<1>; rel=\"prev\", <3>; title=\"a, <4>; rel=next\"; "
		  "rel=\"last NEXT\"",
			"3" },
		{ "<1>; rel=\"previous\"", NULL },
		{ "<1>; rel=\"nextish\"", NULL },
		{ "<>; rel=next", NULL },
		{ "<1; rel=next", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str next = { 0 };
		bool has = link_next(str_of(cases[i].header), &next);

		CHECK(has == !!cases[i].next &&
				(!has || str_eq(next, str_of(cases[i].next))),
			"%s: %.*s", cases[i].header, STR_ARG(next));
	}
}

static void next_pages(void)
{
	static const struct {
		const char *next;
		const char *url; /* NULL: refused */
	} cases[] = {
		{ "https://api.example.com/v1/p?page=2",
			"https://api.example.com/v1/p?page=2" },
		{ "HTTPS://API.example.com:443/v1/p?page=2",
			"https://API.example.com:443/v1/p?page=2" },
		{ "?page=2", "https://api.example.com/v1/p?page=2" },
		{ "/other", "https://api.example.com/other" },
		{ "http://api.example.com/v1/p", NULL },
		{ "https://api.example.com:8443/v1/p", NULL },
		{ "https://evil.example/v1/p", NULL },
		{ "//evil.example/v1/p", NULL },
		{ "https://me@api.example.com/v1/p", NULL },
		{ "file:///etc/passwd", NULL },
		{ "https://api.example.com.evil.example/", NULL },
	};
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);
	struct recipe r = { .url = STR_INIT("https://api.example.com/v1") };

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct err e = { 0 };
		str url = { 0 };
		int rc = wire_next(a, &r, STR("https://api.example.com/v1/p"),
			str_of(cases[i].next), &url, &e);

		CHECK(rc == (cases[i].url ? 0 : -1), "%s: %.*s", cases[i].next,
			STR_ARG(url));
		if (!rc)
			IS(url, cases[i].url);
		else
			CHECK(e.code == ERR_DENIED, "code %d", (int)e.code);
	}
	arena_free(a);
}

/* --- services --- */

struct service {
	struct arena *a;
	struct map map;
	struct conn *conn;
	size_t rows;
};

static const char hard_recipe[] =
	"version: 1\nurl: BASE/hard/NAME\nAUTH\ncheck: GET /ping\n"
	"tables:\n  - name: person\n"
	"    columns: [ { name: id }, { name: email } ]\n"
	"    find:\n"
	"      - { by: email, request: \"GET /p?email={value}\", rows: rows "
	"PAGING }\n"
	"      - { request: GET /p, rows: rows }\n"
	"    erase: [ { request: \"DELETE /p/{key}\" } ]\n";

static int service_open(struct service *s, str recipe, struct err *e)
{
	const char *path = fixture_file(s->a);
	struct conn_options o = {
		.mode = CONN_WRITE, .timeout_ms = 2000, .url = path
	};

	recipe = fixture_with(s->a, arena_cstr(s->a, recipe), "BASE",
		getenv("TOYON_TEST_HTTP"));
	if (file_replace(path, recipe, 0600, e))
		return -1;
	return conn_open(s->a, &s->map, &s->map.systems[0], &o, &s->conn, e);
}

static int count(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	size_t *rows = ctx;

	(void)cells;
	(void)n;
	(void)e;
	++*rows;
	return 0;
}

static int look(struct service *s, size_t n, struct err *e)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("email") };
	struct cell values[20];
	struct row_query q = { .table = STR("person"),
		.columns = columns,
		.columns_n = 2,
		.where = STR("email"),
		.match = MATCH_IDENT,
		.kind = IDENT_EMAIL,
		.values = values,
		.values_n = n };

	for (size_t i = 0; i < n; i++)
		values[i] = cell_text(STR("ann@x.example"));
	s->rows = 0;
	return conn_rows(s->conn, &q, count, &s->rows, e);
}

#define BEARER "auth: { type: bearer, secret: hard }"
#define NONE   "auth: { type: none }"

static const struct {
	const char *why;
	const char *name;
	const char *auth;
	const char *paging;
	enum err_code code; /* ERR_NONE: Ann is found */
	const char *says;
} services[] = {
	{ "the plain case", "plain", NONE, "", ERR_NONE, "" },
	{ "shown by Basic", "basic",
		"auth: { type: basic, user: me@x.example/token, secret: hard }",
		"", ERR_NONE, "" },
	{ "shown by a header", "header",
		"auth: { type: header, name: X-Access-Token, secret: hard }\n"
		"headers: [ { name: X-More, value: \"yes\" } ]",
		"", ERR_NONE, "" },
	{ "shown in the query", "query",
		"auth: { type: query, name: api_key, secret: hard }", "",
		ERR_NONE, "" },
	{ "a token that is called back", "oauth",
		"auth: { type: oauth2, token_url: BASE/hard/oauth/token, "
		"client: toyon desk, secret: hard, scope: read write }",
		"", ERR_NONE, "" },
	{ "busy for a while", "busy", NONE, "", ERR_NONE, "" },
	{ "busy, and no patience", "busy-2", "tries: 2\n" NONE, "",
		ERR_UNAVAILABLE,
		"GET /p?email={value}: the service fails (503)" },
	{ "busy for a day", "patient", NONE, "", ERR_UNAVAILABLE,
		"wants a pause of 86400 s" },
	{ "it leads elsewhere", "status/302", NONE, "", ERR_INVALID,
		"leads to another address, which is not followed (302)" },
	{ "the recipe is wrong", "status/404", NONE, "", ERR_INVALID,
		"no such address (404)" },
	{ "it refuses", "status/401", BEARER, "", ERR_DENIED,
		"refuses the secret (401)" },
	{ "it denies", "status/403", NONE, "", ERR_DENIED, "(403)" },
	{ "it fails", "status/500", NONE, "", ERR_UNAVAILABLE, "(500)" },
	{ "it does not understand", "status/422", NONE, "", ERR_INVALID,
		"(422)" },
	{ "no JSON", "garbage", NONE, "", ERR_CORRUPT, "JSON line 1" },
	{ "half an answer", "short", NONE, "", ERR_UNAVAILABLE,
		"was not reached" },
	{ "too slow", "slow", NONE, "", ERR_UNAVAILABLE, "Timeout" },
	{ "the next page on another host", "elsewhere", NONE, ", paging: link",
		ERR_DENIED, "not of its own host" },
	{ "a page that follows itself", "circle", NONE,
		", paging: url, cursor: next", ERR_CORRUPT, "the same page" },
	{ "found by what it does not tell", "nameless", NONE, "", ERR_INVALID,
		"no row that the service found has \"email\"" },
	{ "the list is elsewhere", "listless", NONE, "", ERR_INVALID,
		"no list of rows at \"rows\"" },
};

static void difficult_services(void)
{
	for (size_t i = 0; i < COUNTOF(services); i++) {
		struct service s = { .a = arena_new(FIXTURE_ARENA_MAX) };
		str text = fixture_with(
			s.a, hard_recipe, "AUTH", services[i].auth);
		struct err e = { 0 };
		int rc;

		s.map = fixture_map(s.a, map_yaml);
		text = fixture_with(
			s.a, arena_cstr(s.a, text), "NAME", services[i].name);
		text = fixture_with(s.a, arena_cstr(s.a, text), " PAGING",
			services[i].paging);
		CHECK(!service_open(&s, text, &e), "%s: %s", services[i].why,
			e.message);
		rc = s.conn ? look(&s, 1, &e) : -1;
		CHECK(rc == (services[i].code ? -1 : 0) &&
				e.code == services[i].code,
			"%s: code %d: %s", services[i].why, (int)e.code,
			e.message);
		CHECK(rc || s.rows == 1, "%s: %zu rows", services[i].why,
			s.rows);
		CHECK(strstr(e.message, services[i].says), "%s: %s",
			services[i].why, e.message);
		CHECK(!strstr(e.message, "ann@") &&
				!strstr(e.message, "secret\"") &&
				!strstr(e.message, "geheim"),
			"%s: it tells: %s", services[i].why, e.message);
		arena_free(s.a);
	}
}

/* Ten requests at twenty a second take 0.45 s at least: the slower of what the recipe
 * and the data map allow. */
static void the_rate_is_kept(const char *of_recipe, int of_map)
{
	struct service s = { .a = arena_new(FIXTURE_ARENA_MAX) };
	str text = fixture_with(s.a, hard_recipe, "AUTH",
		arena_fmt(s.a, "auth: { type: none }\n%s%c", of_recipe, '\0')
			.p);
	struct err e = { 0 };
	int64_t start_ms;

	s.map = fixture_map(s.a, map_yaml);
	s.map.systems[0].rate = of_map;
	text = fixture_with(s.a, arena_cstr(s.a, text), "NAME", "rate");
	text = fixture_with(s.a, arena_cstr(s.a, text), " PAGING", "");
	CHECK(!service_open(&s, text, &e), "%s", e.message);
	start_ms = clock_mono_ms();
	CHECK(!look(&s, 10, &e) && s.rows == 10, "%s: %zu rows", e.message,
		s.rows);
	CHECK(clock_mono_ms() - start_ms >= 450, "in %d ms",
		(int)(clock_mono_ms() - start_ms));
	arena_free(s.a);
}

/* --- the recipes of examples/http, with services that behave like theirs --- */

struct example {
	struct service s;
	const struct map_system *system;
	const char *path; /* of the recipe */
};

static struct example example_open(const char *name, const char *url)
{
	struct example x = { .s = { .a = arena_new(FIXTURE_ARENA_MAX) } };
	struct arena *a = x.s.a;
	const char *path = fixture_file(a);
	struct conn_options o = { .mode = CONN_WRITE, .url = path };
	struct err e = { 0 };
	str text;

	if (map_read(a, "examples/http/datamap.yaml", &x.s.map, &e) ||
		file_read(a,
			arena_cstr(
				a, arena_fmt(a, "examples/http/%s.yaml", name)),
			1 << 20, &text, &e))
		fixture_die(name, e.message);
	text = fixture_with(a, arena_cstr(a, text), url,
		arena_cstr(
			a, arena_fmt(a, "%s/hard/%s%s",
				   getenv("TOYON_TEST_HTTP"), name,
				   strchr(url + 8, '/') ? strchr(url + 8, '/')
							: "")));
	/* What is tested here is not how slow it may be asked. */
	text = fixture_with(
		a, arena_cstr(a, text), "per_second: ", "per_second: 90");
	if (file_replace(path, text, 0600, &e))
		fixture_die(name, e.message);
	x.path = path;
	x.system = map_system_named(&x.s.map, str_of(name));
	if (conn_open(a, &x.s.map, x.system, &o, &x.s.conn, &e))
		fixture_die(name, e.message);
	return x;
}

/* Found, erased, proved; and everybody else is still there. */
static void an_example(const char *name, const char *url, size_t people)
{
	struct example x = example_open(name, url);
	struct arena *a = x.s.a;
	const struct map_table *t = &x.system->tables[0];
	str key = t->columns[t->key].name;
	struct row_query all = { .table = t->name,
		.columns = &key,
		.columns_n = 1,
		.is_all = true };
	struct erase_result r;
	struct erase_plan plan;
	struct finding got;
	struct ident id;
	struct err e = { 0 };

	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, STR("P5@x.example")));
	CHECK(!conn_rows(x.s.conn, &all, count, &x.s.rows, &e) &&
			x.s.rows == people,
		"%s: %s: %zu rows", name, e.message, x.s.rows);
	CHECK(!find_person(x.s.conn, a, &id, 1, NULL, &got, &e), "%s: %s", name,
		e.message);
	CHECK(got.rows_n == 1, "%s: %zu rows", name, got.rows_n);
	erase_plan_of(a, &got, false, &plan);
	CHECK(!erase_run(x.s.conn, a,
		      &(struct erase_request){
			      .plan = &plan, .ids = &id, .ids_n = 1 },
		      &r, &e),
		"%s: %s", name, e.message);
	CHECK(r.is_proven && r.erased == 1 && r.gone == 1, "%s: erased %d",
		name, (int)r.erased);
	x.s.rows = 0;
	CHECK(!conn_rows(x.s.conn, &all, count, &x.s.rows, &e) &&
			x.s.rows == people - 1,
		"%s: %s: %zu rows", name, e.message, x.s.rows);
	arena_free(a);
}

/* A correction lands where the column stands. */
static void an_example_is_corrected(
	const char *name, const char *url, const char *column)
{
	struct example x = example_open(name, url);
	struct arena *a = x.s.a;
	const struct map_table *t = &x.system->tables[0];
	size_t at = map_column_index(t, str_of(column));
	struct step_set set = { .column = &t->columns[at],
		.value = cell_text(STR("Corrected \"name\"")) };
	struct ident id;
	struct finding got;
	struct erase_step step = { .table = t, .set = &set, .set_n = 1 };
	struct err e = { 0 };
	int64_t changed = 0;

	must(!ident_read(&id, IDENT_TOYON_1, IDENT_EMAIL, STR("p9@x.example")));
	CHECK(!find_person(x.s.conn, a, &id, 1, NULL, &got, &e) &&
			got.rows_n == 1,
		"%s: %s", name, e.message);
	step.keys = &got.tables[0].rows[0].key;
	step.keys_n = 1;
	CHECK(!conn_erase(x.s.conn, &step, 1, &changed, &e) && changed == 1,
		"%s: %s", name, e.message);
	CHECK(!find_person(x.s.conn, a, &id, 1, NULL, &got, &e) &&
			got.rows_n == 1,
		"%s: %s", name, e.message);
	IS(got.tables[0].rows[0].cells[at].v.v, "Corrected \"name\"");
	arena_free(a);
}

#define HUBSPOT   "https://api.hubapi.com"
#define MAILCHIMP "https://us1.api.mailchimp.com/3.0"
#define SHOPIFY   "https://example.myshopify.com/admin/api/2024-10"

/* What `toyon map scan` would print of it, which is a map that the recipe serves. */
static str scanned(struct arena *a, struct conn *c, const char *recipe_path)
{
	struct buf b = buf_in(a, 1 << 20);
	struct map_problems *ps = arena_one(a, struct map_problems);
	struct draft d = { .name = c->system->name,
		.connector = CONNECTOR_HTTP,
		.database = str_of(recipe_path) };
	struct recipe r;
	struct map m;
	struct err e = { 0 };

	if (propose(c, a, 500, &d, &e))
		fixture_die("propose", e.message);
	draft_begin(&b, STR("on top\n"));
	draft_put(&b, &d);
	must(buf_ok(&b));
	CHECK(!map_parse(a, buf_str(&b), STR("/"), &m, ps), "%.*s: %.*s",
		STR_ARG(ps->at[0].text), STR_ARG(buf_str(&b)));
	CHECK(recipe_read(a, recipe_path,
		      &(struct recipe_of){ &m, &m.systems[0] }, &r, &e) == 0,
		"%s", e.message);
	return buf_str(&b);
}

static void an_example_is_described(
	const char *name, const char *url, const char *const *want, size_t n)
{
	struct example x = example_open(name, url);
	str text = scanned(x.s.a, x.s.conn, x.path);

	for (size_t i = 0; i < n; i++)
		CHECK(str_find(text, str_of(want[i])) >= 0, "no %s in\n%.*s",
			want[i], STR_ARG(text));
	CHECK(str_find(text, STR("x.example")) < 0, "a value in\n%.*s",
		STR_ARG(text));
	arena_free(x.s.a);
}

static void examples_are_described(void)
{
	static const char *const hubspot[] = { "- name: contact", "key: id",
		"# 149 rows looked at", /* one was erased above */
		"{ name: email, identifies: email, category: A }" };
	/* Of 2,500 members one page. */
	static const char *const mailchimp[] = { "- name: member", "key: id",
		"# 500 rows looked at",
		"{ name: email_address, identifies: email, category: A }",
		"named so, and 500 of 500 values look so" };
	static const char *const shopify[] = { "- name: customer", "key: id",
		"# 500 rows looked at",
		"{ name: first_name, verifies: first_name, category: A }" };

	an_example_is_described("hubspot", HUBSPOT, hubspot, COUNTOF(hubspot));
	an_example_is_described(
		"mailchimp", MAILCHIMP, mailchimp, COUNTOF(mailchimp));
	an_example_is_described("shopify", SHOPIFY, shopify, COUNTOF(shopify));
}

/* No row can be looked at where the service wants a value first: names are all
 * there is, and nobody is asked. */
static void described_by_names(void)
{
	static const char recipe[] =
		"version: 1\nurl: BASE/hard/plain\nauth: { type: none }\n"
		"check: GET /ping\ntables:\n  - name: person\n"
		"    columns: [ { name: nr }, { name: email } ]\n    find:\n"
		"      - { by: email, request: \"GET /p?e={value}\", rows: p }\n"
		"      - { by: nr, request: \"GET /p/{value}\", row: \"\" }\n" ERASE;
	struct service s = { .a = arena_new(FIXTURE_ARENA_MAX) };
	struct draft d = { 0 };
	struct buf b = buf_in(s.a, 1 << 20);
	struct err e = { 0 };

	s.map = fixture_map(s.a, map_yaml);
	s.map.systems[0].tables_n = 0;
	CHECK(!service_open(&s, str_of(recipe), &e) &&
			!propose(s.conn, s.a, 500, &d, &e),
		"%s", e.message);
	d.connector = CONNECTOR_HTTP;
	d.name = d.database = STR("api");
	draft_put(&b, &d);
	CHECK(str_find(buf_str(&b), STR("key: nr")) >= 0 &&
			str_find(buf_str(&b), STR("# by its names alone")) >=
				0 &&
			str_find(buf_str(&b), STR("identifies: email")) >= 0,
		"%.*s", STR_ARG(buf_str(&b)));
	arena_free(s.a);
}

/* A GET for all rows shows whether the recipe finds its columns; a service that has none
 * is not asked. */
static void an_example_fits(void)
{
	struct example x = example_open("hubspot", HUBSPOT);
	struct arena *a = x.s.a;
	struct conn_options o = { .mode = CONN_READ, .url = x.path };
	struct err e = { 0 };
	struct fit fit;
	bool is_named = false;
	str text;

	CHECK(!fit_of(x.s.conn, a, &fit, &e) && !fit.mistakes_n &&
			fit.doubts_n == 2,
		"%s: nobody has a number or a last name there: %zu mistakes, "
		"%zu doubts",
		e.message, fit.mistakes_n, fit.doubts_n);
	must(!file_read(a, x.path, 1 << 20, &text, &e));
	text = fixture_with(a, arena_cstr(a, text), "properties.firstname",
		"properties.given");
	must(!file_replace(x.path, text, 0600, &e));
	must(!conn_open(a, &x.s.map, x.system, &o, &x.s.conn, &e));
	CHECK(!fit_of(x.s.conn, a, &fit, &e) && fit.doubts_n == 3, "%zu doubts",
		fit.doubts_n);
	for (size_t i = 0; i < fit.doubts_n; i++)
		is_named |= strstr(fit.doubts[i].message,
				    "table \"contact\": none of ") &&
			    strstr(fit.doubts[i].message, "\"firstname\"") &&
			    strstr(fit.doubts[i].hint, "path");
	CHECK(is_named, "a path that leads nowhere");
	text = fixture_with(a, arena_cstr(a, text),
		"request: GET /crm/v3/objects/contacts?",
		"request: GET /crm/v3/objects/nothing?");
	must(!file_replace(x.path, text, 0600, &e));
	must(!conn_open(a, &x.s.map, x.system, &o, &x.s.conn, &e));
	CHECK(!fit_of(x.s.conn, a, &fit, &e) && fit.mistakes_n == 1 &&
			strstr(fit.mistakes[0].message, "(404)"),
		"an address that is none: %zu mistakes", fit.mistakes_n);
	arena_free(a);
}

/* Who has orders stays, and that is said. */
static void a_customer_with_orders(void)
{
	struct example x = example_open("shopify", SHOPIFY);
	struct cell key = cell_int(x.s.a, 7);
	struct erase_step step = {
		.table = &x.system->tables[0], .keys = &key, .keys_n = 1
	};
	struct err e = { 0 };
	int64_t erased;

	CHECK(conn_erase(x.s.conn, &step, 1, &erased, &e) == -1 &&
			strstr(e.message,
				"table \"customer\": DELETE "
				"/customers/{key}.json: the service refuses "
				"the request (422)"),
		"%s", e.message);
	arena_free(x.s.a);
}

int main(int argc, char **argv)
{
	fixture_engine = "http";
	(void)argc;
	(void)argv;
	mistakes_in_recipes();
	against_the_map();
	against_the_rest_of_the_map();
	values_in_addresses();
	values_in_bodies();
	paths();
	links();
	next_pages();
	if (!getenv("TOYON_TEST_HTTP"))
		return CHECK_DONE();
	setenv("TOYON_SECRET_HARD", "geheim", 1);
	setenv("TOYON_SECRET_HUBSPOT_TOKEN", "geheim", 1);
	setenv("TOYON_SECRET_MAILCHIMP_KEY", "geheim", 1);
	setenv("TOYON_SECRET_SHOPIFY_TOKEN", "geheim", 1);
	difficult_services();
	the_rate_is_kept("per_second: 20", 0);
	the_rate_is_kept("per_second: 90", 20);
	the_rate_is_kept("", 20);
	an_example("hubspot", HUBSPOT, 150);
	an_example("mailchimp", MAILCHIMP, 2500);
	an_example("shopify", SHOPIFY, 600);
	an_example_is_corrected("hubspot", HUBSPOT, "firstname");
	an_example_is_corrected("mailchimp", MAILCHIMP, "first_name");
	an_example_is_corrected("shopify", SHOPIFY, "first_name");
	a_customer_with_orders();
	examples_are_described();
	described_by_names();
	an_example_fits();
	return CHECK_DONE();
}
