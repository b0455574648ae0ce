/*
 * Stores of objects: addresses, listings, and with a store (t/s3/with_store) what files
 * in a folder do not have: pages of names, other people's writes, signatures.
 */
#include <curl/curl.h>
#include <stdlib.h>

#include "check.h"
#include "connect/s3/s3.h"
#include "t/connect/fixture.h"

static void addresses(void)
{
	static const struct {
		const char *text;
		const char *base; /* NULL: refused */
		const char *bucket;
		const char *prefix;
		const char *secret;
	} cases[] = {
		{ "s3://AK:s%2Fc+r%40t@s3.us-west-1.amazonaws.com/lake?region="
		  "us-west-1",
			"https://s3.us-west-1.amazonaws.com", "lake", "",
			"s/c+r@t" },
		{ "s3://k:s@127.0.0.1:9000/b/p%20q/r/?tls=no",
			"http://127.0.0.1:9000", "b", "p q/r/", "s" },
		{ "s3://k:s@[::1]:9000/b?tls=no", "http://[::1]:9000", "b", "",
			"s" },
		{ "s3://k:s@store.example/b?tls=no", NULL, NULL, NULL, NULL },
		{ "s3://k:s@127.0.0.1.example/b?tls=no", NULL, NULL, NULL,
			NULL },
		{ "https://k:s@store.example/b", NULL, NULL, NULL, NULL },
		{ "s3://store.example/b", NULL, NULL, NULL, NULL },
		{ "s3://k@store.example/b", NULL, NULL, NULL, NULL },
		{ "s3://k:s@store.example", NULL, NULL, NULL, NULL },
		{ "s3://k:s@/b", NULL, NULL, NULL, NULL },
		{ "s3://k:s@h ost/b", NULL, NULL, NULL, NULL },
		{ "s3://k:s@store.example/..", NULL, NULL, NULL, NULL },
		{ "s3://k:s@store.example/b?regoin=x", NULL, NULL, NULL, NULL },
		{ "s3://k:s@store.example/b?region=", NULL, NULL, NULL, NULL },
		{ "s3://k:s%0D%0Ax@store.example/b", NULL, NULL, NULL, NULL },
	};
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct s3_address at;
		struct err e = { 0 };
		int rc = s3_address_read(a, str_of(cases[i].text), &at, &e);

		CHECK(rc == (cases[i].base ? 0 : -1), "%s: %d", cases[i].text,
			rc);
		if (rc)
			CHECK(e.code == ERR_INVALID &&
					!strstr(e.message, "k:s") &&
					!strstr(e.message, "k@"),
				"%s", e.message);
		else
			CHECK(str_eq(at.base, str_of(cases[i].base)) &&
					str_eq(at.bucket,
						str_of(cases[i].bucket)) &&
					str_eq(at.prefix,
						str_of(cases[i].prefix)) &&
					!strcmp(at.secret, cases[i].secret),
				"%s: %.*s, %.*s, %.*s", cases[i].text,
				STR_ARG(at.base), STR_ARG(at.bucket),
				STR_ARG(at.prefix));
	}
	arena_free(a);
}

#define LIST(inside)                                                   \
	"<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\">" inside \
	"</ListBucketResult>"
#define LAST "<IsTruncated>false</IsTruncated>"

static void listings(void)
{
	static const struct {
		const char *xml;
		const char *keys; /* with "|" between them; NULL: refused */
		const char *next;
	} cases[] = {
		{ LIST(LAST), "", "" },
		{ LIST(LAST "<KeyCount>1</KeyCount><Contents><Key>a&amp;b&#x22;"
			    "&#39;</Key><Size>1</Size></Contents>"),
			"a&b\"'", "" },
		{ LIST("<EncodingType>url</EncodingType><IsTruncated>true"
		       "</IsTruncated><NextContinuationToken>t&lt;+"
		       "</NextContinuationToken><Contents><Key>a%2Fb+c%C3%A9"
		       "</Key></Contents><Contents><ETag>x</ETag><Key>d</Key>"
		       "</Contents>"),
			"a/b c\xc3\xa9|d", "t<+" },
		{ LIST("<IsTruncated>true</IsTruncated>"), NULL, NULL },
		{ LIST("<Contents><Key>a</Key></Contents>"), NULL, NULL },
		{ LIST(LAST "<Contents><Size>1</Size></Contents>"), NULL,
			NULL },
		{ LIST(LAST "<Contents><Key>&evil;</Key></Contents>"), NULL,
			NULL },
		{ LIST(LAST "<Contents><Key>&#0;</Key></Contents>"), NULL,
			NULL },
		{ LIST(LAST "<Contents><Key><![CDATA[a]]></Key></Contents>"),
			NULL, NULL },
		{ "<ListBucketResult><IsTruncated>false</IsTruncated>", NULL,
			NULL },
		{ "<html>busy</html>", NULL, NULL },
		{ "", NULL, NULL },
	};
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct s3_listing l;
		struct err e = { 0 };
		int rc = s3_listing_read(a, str_of(cases[i].xml), &l, &e);

		CHECK(rc == (cases[i].keys ? 0 : -1), "%zu: %d", i, rc);
		if (rc)
			CHECK(e.code == ERR_CORRUPT, "code %d", (int)e.code);
		else
			CHECK(str_eq(arena_join(a, l.keys, l.n, STR("|")),
				      str_of(cases[i].keys)) &&
					str_eq(l.next, str_of(cases[i].next)),
				"%zu: %zu names", i, l.n);
	}
	arena_free(a);
}

static void names(void)
{
	static const struct {
		const char *pattern;
		const char *name;
		bool matches;
	} cases[] = {
		{ "leads/*.csv", "leads/a.csv", true },
		{ "leads/*.csv", "leads/x/a.csv", false },
		{ "leads/*/*.csv", "leads/x/a.csv", true },
		{ "leads/*", "leads/", false }, /* a folder's own mark */
		{ "*", ".hidden", false },
		{ "*", "a", true },
		{ "a", "a/b", false },
		{ "a/b", "a", false },
		{ "a\\*", "a*", true },
		{ "a\\*", "ab", false },
	};
	struct arena *a = arena_new(FIXTURE_ARENA_MAX);

	for (size_t i = 0; i < COUNTOF(cases); i++)
		CHECK(s3_name_matches(a, str_of(cases[i].pattern),
			      str_of(cases[i].name)) == cases[i].matches,
			"%s: %s", cases[i].pattern, cases[i].name);
	arena_free(a);
}

/* --- with a store --- */

static const char yaml[] =
	"version: 1\nsystems:\n  - name: lake\n    connector: ENGINE\n"
	"    database: lake\n    tables:\n"
	"      - name: leads/*/part*.csv\n        key: email\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n"
	"      - name: one.csv\n        key: email\n"
	"        columns: [ { name: email, identifies: email } ]\n"
	"        erase: delete\n";

struct lake {
	struct arena *a;
	struct map map;
	const char *url;
	struct conn *conn;
};

static struct conn *connect_to(struct lake *l, const char *url)
{
	struct conn_options o = { .mode = CONN_WRITE, .url = url };
	struct conn *c;
	struct err e = { 0 };

	if (conn_open(l->a, &l->map, &l->map.systems[0], &o, &c, &e) < 0)
		fixture_die("open", e.message);
	return c;
}

static struct lake lake_new(void)
{
	struct lake l = { .a = arena_new(FIXTURE_ARENA_MAX) };

	l.map = fixture_map(l.a, yaml);
	l.url = fixture_bucket(l.a);
	l.conn = connect_to(&l, l.url);
	return l;
}

static void put(struct lake *l, const char *name, const char *content)
{
	struct err e = { 0 };

	if (conn_script(l->conn, arena_fmt(l->a, "%s\n%s;\n", name, content),
		    &e) < 0)
		fixture_die(name, e.message);
}

static int take_email(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	(void)n;
	(void)e;
	buf_fmt(ctx, "%.*s ", STR_ARG(cells[0].v.v));
	return 0;
}

/* The addresses of a table, or why there are none. */
static str emails_in(struct lake *l, size_t table)
{
	static const str column = STR_INIT("email");
	struct buf b = buf_in(l->a, 1 << 20);
	struct row_query q = { .table = l->map.systems[0].tables[table].name,
		.columns = &column,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };

	if (conn_rows(l->conn, &q, take_email, &b, &e) < 0)
		return arena_fmt(l->a, "%s", e.message);
	return str_trim(buf_str(&b));
}

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)

static int erase_email(
	struct lake *l, size_t table, const char *email, struct err *e)
{
	struct cell key = cell_text(str_of(email));
	struct erase_step s = { .table = &l->map.systems[0].tables[table],
		.keys = &key,
		.keys_n = 1 };
	int64_t erased = -1;

	return conn_erase(l->conn, &s, 1, &erased, e) < 0 ? -1 : (int)erased;
}

static size_t take_answer(char *p, size_t size, size_t n, void *ctx)
{
	buf_put(ctx, (str){ p, size * n });
	return size * n;
}

/* What the front of the store is told and says (t/s3/server.mjs). */
static str front(struct lake *l, const char *what)
{
	struct buf b = buf_in(l->a, 1000);
	CURL *c = curl_easy_init();
	str host, rest;

	str_cut(str_of(strchr(l->url, '@') + 1), '/', &host, &rest);
	curl_easy_setopt(c, CURLOPT_URL,
		arena_cstr(l->a, arena_fmt(l->a, "http://%.*s/_front/%s",
					 STR_ARG(host), what)));
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &b);
	must(!curl_easy_perform(c));
	curl_easy_cleanup(c);
	return buf_str(&b);
}

/* More objects than one page of names has, and only those that are meant. */
static void pages_of_objects(void)
{
	enum { OBJECTS = 1005 };
	struct lake l = lake_new();
	struct err e = { 0 };
	struct buf b = buf_in(l.a, 1 << 20);

	for (int i = 0; i < OBJECTS; i++)
		buf_fmt(&b, "leads/%d/part%d.csv\nemail\np%d@x.example;\n",
			i % 7, i, i);
	buf_puts(&b, "leads/1/other.csv\nnone;\nleads/part1.csv\nnone;\n"
		     "leads/1/2/part1.csv\nnone;\nleads2/1/part1.csv\nnone;\n");
	CHECK(!conn_script(l.conn, buf_str(&b), &e), "%s", e.message);
	front(&l, "unconditional");
	CHECK(erase_email(&l, 0, "p1004@x.example", &e) == 1, "%s", e.message);
	IS(front(&l, "unconditional"), "0");
	CHECK(str_find(emails_in(&l, 0), STR("p1003@x.example")) >= 0 &&
			str_find(emails_in(&l, 0), STR("p1004@x.example")) < 0,
		"the wrong one");
	arena_free(l.a);
}

/* A prefix is a folder: what begins alike is another one's. */
static void nothing_outside_of_the_prefix(void)
{
	struct lake l = lake_new(), other = l;
	str place, query;

	str_cut(str_of(l.url), '?', &place, &query);
	other.url = arena_fmt(
		l.a, "%.*s0?%.*s%c", STR_ARG(place), STR_ARG(query), '\0')
			    .p;
	other.conn = connect_to(&other, other.url);
	put(&other, "one.csv", "email\nother@x.example");
	IS(emails_in(&l, 1),
		"system \"lake\": table \"one.csv\": no such object");
	IS(emails_in(&other, 1), "other@x.example");
	arena_free(l.a);
}

/* Somebody replaces the object after it was read: theirs stays. */
struct intruder {
	struct lake *l;
	struct conn *other;
	bool is_done;
};

static int intrude(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	static struct cell mine;
	struct intruder *in = ctx;

	*table = 0;
	*cells = &mine;
	mine = cell_text(STR("mine@x.example"));
	if (in->is_done)
		return 0;
	in->is_done = true;
	CHECK(!conn_script(
		      in->other, STR("one.csv\nemail\ntheirs@x.example;\n"), e),
		"%s", e->message);
	return 1;
}

static void nobodys_write_is_lost(void)
{
	static const str column = STR_INIT("email");
	struct lake l = lake_new();
	struct intruder in = { &l, connect_to(&l, l.url), false };
	struct insert_table t = { STR("one.csv"), &column, 1 };
	struct err e = { 0 };
	int64_t added;

	put(&l, "one.csv", "email\nfirst@x.example");
	CHECK(conn_insert(l.conn, &t, 1, intrude, &in, &added, &e) == -1,
		"it was replaced");
	CHECK(e.code == ERR_CONFLICT &&
			strstr(e.message, "changed by someone else"),
		"code %d: %s", (int)e.code, e.message);
	IS(emails_in(&l, 1), "theirs@x.example");
	CHECK(!conn_insert(l.conn, &t, 1, intrude, &in, &added, &e), "%s",
		e.message);
	/* Between looking and writing: the store's own condition holds. */
	front(&l, "race");
	CHECK(erase_email(&l, 1, "theirs@x.example", &e) == -1 &&
			e.code == ERR_CONFLICT &&
			strstr(e.message, "(412, PreconditionFailed)"),
		"code %d: %s", (int)e.code, e.message);
	IS(emails_in(&l, 1), "theirs@x.example");
	CHECK(erase_email(&l, 1, "theirs@x.example", &e) == 1, "%s", e.message);
	IS(emails_in(&l, 1), "");
	arena_free(l.a);
}

/* Names that a signature or an address could stumble over. */
static void odd_names(void)
{
	static const char *const folders[] = { "a b", "a+b", "a%2Fb",
		"\xc3\xa9", "a&b=c", "a'(b)!", "..a", "~", "x=1,y;z", "a:b@c" };
	struct lake l = lake_new();
	struct buf want = buf_in(l.a, 1000);

	for (size_t i = 0; i < COUNTOF(folders); i++) {
		struct err e = { 0 };

		if (folders[i][0] == '.')
			continue; /* a "*" matches no point at the start */
		put(&l,
			arena_fmt(l.a, "leads/%s/part1.csv%c", folders[i], '\0')
				.p,
			"email\np@x.example\nq@x.example");
		CHECK(erase_email(&l, 0, "q@x.example", &e) == 1, "%s: %s",
			folders[i], e.message);
		buf_puts(&want, "p@x.example ");
	}
	buf_putc(&want, '\0');
	IS(emails_in(&l, 0), arena_cstr(l.a, str_trim(str_head(buf_str(&want),
						     want.n - 1))));
	arena_free(l.a);
}

static void who_asks(void)
{
	struct lake l = lake_new();
	str url = fixture_with(l.a, l.url, ":S3RVER@", ":geheim@");
	struct conn_options o = { .url = arena_cstr(l.a, url) };
	struct conn *c;
	struct err e = { 0 };

	CHECK(conn_open(l.a, &l.map, &l.map.systems[0], &o, &c, &e) == -1 &&
			e.code == ERR_DENIED &&
			strstr(e.message, "SignatureDoesNotMatch"),
		"code %d: %s", (int)e.code, e.message);
	CHECK(!strstr(e.message, "geheim") && !strstr(e.detail, "geheim"),
		"it tells the secret");
	o.url = arena_cstr(
		l.a, fixture_with(l.a, l.url, "/toyon/", "/nobucket/"));
	CHECK(conn_open(l.a, &l.map, &l.map.systems[0], &o, &c, &e) == -1 &&
			e.code == ERR_INVALID &&
			strstr(e.message, "NoSuchBucket"),
		"code %d: %s", (int)e.code, e.message);
	arena_free(l.a);
}

/* More changed objects than are kept open at once. */
static void many_changed(void)
{
	enum { OBJECTS = 230 };
	struct lake l = lake_new();
	struct cell *keys = arena_many(l.a, struct cell, OBJECTS);
	struct erase_step s = { .table = &l.map.systems[0].tables[0],
		.keys = keys,
		.keys_n = OBJECTS };
	struct buf b = buf_in(l.a, 1 << 20);
	struct err e = { 0 };
	int64_t erased;

	for (int i = 0; i < OBJECTS; i++)
		buf_fmt(&b,
			"leads/%d/part.csv\nemail\ngo%d@x.example\n"
			"stay%d@x.example;\n",
			i, i, i);
	CHECK(!conn_script(l.conn, buf_str(&b), &e), "%s", e.message);
	for (int i = 0; i < OBJECTS; i++)
		keys[i] = cell_text(arena_fmt(l.a, "go%d@x.example", i));
	CHECK(!conn_erase(l.conn, &s, 1, &erased, &e) && erased == OBJECTS,
		"%s: %d", e.message, (int)erased);
	CHECK(str_find(emails_in(&l, 0), STR("go")) < 0 &&
			str_find(emails_in(&l, 0), STR("stay229@")) >= 0,
		"the wrong ones");
	arena_free(l.a);
}

int main(void)
{
	fixture_engine = "s3_csv";
	addresses();
	listings();
	names();
	if (!getenv("TOYON_TEST_S3"))
		return CHECK_DONE();
	pages_of_objects();
	nothing_outside_of_the_prefix();
	nobodys_write_is_lost();
	odd_names();
	who_asks();
	many_changed();
	return CHECK_DONE();
}
