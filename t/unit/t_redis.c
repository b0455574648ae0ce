/*
 * Redis: keys and patterns; and with the argument "server", what its own kind of
 * server can do to us (t/connect/run; the contract is t_connector's).
 */
#include <hiredis/hiredis.h>

#include "base/clock.h"
#include "check.h"
#include "connect/erase.h"
#include "connect/fit.h"
#include "connect/redis/pattern.h"
#include "t/connect/fixture.h"

static const struct {
	const char *why;
	const char *pattern;
	const char *fault; /* part of it; NULL: none */
} patterns[] = {
	{ "one part", "customer:{id}", NULL },
	{ "a part in the middle", "customer:{id}:profile", NULL },
	{ "two parts", "cart:{shop}:{id}", NULL },
	{ "a name in braces of a cluster", "{{{user}}}:profile", NULL },
	{ "nothing", "", "no {part}" },
	{ "no part: one key", "config", "no {part}" },
	{ "every key there is", "{id}", "every key" },
	{ "nothing between", "a:{x}{y}", "nothing between" },
	{ "a part twice", "{x}:{x}", "twice" },
	{ "not closed", "a:{x", "without its partner" },
	{ "not opened", "a:x}", "without its partner" },
	{ "no name", "a:{}", "without its partner" },
	{ "a brace inside", "a:{x{y}", "without its partner" },
	{ "nine parts", "{a}:{b}:{c}:{d}:{e}:{f}:{g}:{h}:{i}", "too many" },
};

static void faults(void)
{
	for (size_t i = 0; i < COUNTOF(patterns); i++) {
		const char *got =
			redis_pattern_fault(str_of(patterns[i].pattern));

		CHECK(!got == !patterns[i].fault &&
				(!got || strstr(got, patterns[i].fault)),
			"%s: %s", patterns[i].why, got ? got : "none");
	}
}

static const struct {
	const char *why;
	const char *pattern;
	str key;
	const char *values; /* with bars between; NULL: not of the pattern */
	const char *glob;
} keys[] = {
	{ "a number", "c:{id}", STR_INIT("c:17"), "17", "c:*" },
	{ "no value", "c:{id}", STR_INIT("c:"), NULL, "c:*" },
	{ "another's", "c:{id}", STR_INIT("d:17"), NULL, "c:*" },
	{ "a key below it", "c:{id}", STR_INIT("c:17:log"), NULL, "c:*" },
	{ "only its beginning", "c:{id}:x", STR_INIT("c:17"), NULL, "c:*:x" },
	{ "what is special in a glob", "c*?[{id}]", STR_INIT("c*?[1]"), "1",
		"c\\*\\?\\[*\\]" },
	{ "and is no glob to us", "c*?[{id}]", STR_INIT("cxy[1]"), NULL,
		"c\\*\\?\\[*\\]" },
	{ "two parts", "{a}-{b}", STR_INIT("x-y-z"), "x|y-z", "*-*" },
	{ "a cluster's braces", "{{{u}}}:p", STR_INIT("{ann}:p"), "ann",
		"{*}:p" },
	{ "the ends may not overlap", "aa{x}aa", STR_INIT("aaa"), NULL,
		"aa*aa" },
	{ "nor touch", "aa{x}aa", STR_INIT("aaaa"), NULL, "aa*aa" },
	{ "bytes", "c:{id}", STR_INIT("c:\xff"), "\xff", "c:*" },
};

static void matches(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(keys); i++) {
		struct redis_pattern p =
			redis_pattern_of(a, str_of(keys[i].pattern));
		str v[REDIS_PARTS_MAX], key;
		bool is = redis_pattern_match(&p, keys[i].key, v);

		CHECK(is == !!keys[i].values, "%s", keys[i].why);
		CHECK(str_eq(redis_pattern_glob(a, &p), str_of(keys[i].glob)),
			"%s", keys[i].why);
		if (!is || !keys[i].values)
			continue;
		CHECK(str_eq(arena_join(a, v, p.n, STR("|")),
			      str_of(keys[i].values)),
			"%s", keys[i].why);
		CHECK(redis_pattern_key(a, &p, v, &key) &&
				str_eq(key, keys[i].key),
			"%s, back", keys[i].why);
	}
	arena_free(a);
}

/* A value that would make the key of another row makes none. */
static void no_keys(void)
{
	struct arena *a = arena_new(1 << 20);
	struct redis_pattern one = redis_pattern_of(a, STR("c:{id}"));
	struct redis_pattern two = redis_pattern_of(a, STR("{a}-{b}"));
	str below[REDIS_PARTS_MAX] = { STR_INIT("17:log") };
	str nothing[REDIS_PARTS_MAX] = { STR_INIT("") };
	str split[REDIS_PARTS_MAX] = { STR_INIT("x-y"), STR_INIT("z") };
	str key;

	CHECK(!redis_pattern_key(a, &one, below, &key), "another table's");
	CHECK(!redis_pattern_key(a, &one, nothing, &key), "nothing");
	CHECK(!redis_pattern_key(a, &two, split, &key), "x's row");
	arena_free(a);
}

/* --- with a server --- */

static const char yaml[] =
	"version: 1\nsystems:\n"
	"  - name: shop\n    connector: redis\n    database: shop_url\n"
	"    tables:\n"
	"      - name: customer\n        pattern: 'customer:{id}'\n"
	"        key: id\n"
	"        columns:\n"
	"          - { name: email, identifies: email }\n"
	"          - { name: note, optional: true }\n"
	"        erase: delete\n"
	"      - name: session\n"
	"        pattern: 'session:{mail}'\n"
	"        columns:\n"
	"          - { name: mail, identifies: email, standardized: true }\n"
	"          - { name: agent }\n"
	"        links: [ { column: customer, to: customer.id } ]\n"
	"        erase: delete\n"
	"      - name: cart\n        pattern: 'cart:{shop}:{nr}'\n"
	"        columns: [ { name: mail, identifies: email } ]\n"
	"        erase: delete\n";

static struct redisContext *side;

static void tell(const char *command)
{
	redisReply *r = redisCommand(side, command);

	if (!r || r->type == REDIS_REPLY_ERROR)
		fixture_die(command, r ? r->str : "no answer");
	freeReplyObject(r);
}

static struct fixture open_shop(int timeout_ms)
{
	struct fixture f = { .a = arena_new(FIXTURE_ARENA_MAX) };
	struct map_problems *ps = arena_one(f.a, struct map_problems);

	must(!map_parse(f.a, STR(yaml), STR("."), &f.map, ps));
	f.system = &f.map.systems[0];
	f.url = getenv("TOYON_TEST_REDIS");
	tell("flushall");
	f.conn = fixture_connect(&f, CONN_WRITE, timeout_ms);
	return f;
}

struct got {
	struct arena *a;
	str at[16];
	size_t n;
};

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct got *g = ctx;

	(void)e;
	(void)n;
	must(g->n < COUNTOF(g->at));
	g->at[g->n++] = arena_dup(g->a, cells[0].v.v);
	return 0;
}

/* The first column of what is found, or what is wrong. */
static str found(struct fixture *f, const char *table, const char *column,
	const char *where, const char *value)
{
	str columns[] = { str_of(column) };
	struct cell v = cell_text(str_of(value));
	struct row_query q = { .table = str_of(table),
		.columns = columns,
		.columns_n = 1,
		.where = str_of(where),
		.values = &v,
		.values_n = 1 };
	struct got g = { .a = f->a };
	struct err e = { 0 };

	if (conn_rows(f->conn, &q, take, &g, &e) < 0)
		return arena_fmt(f->a, "%s: %s", err_name(e.code), e.message);
	qsort(g.at, g.n, sizeof *g.at, dump_order);
	return arena_join(f->a, g.at, g.n, STR(","));
}

#define IS(got, want)                                           \
	do {                                                    \
		str is_got = (got);                             \
		CHECK(str_eq(is_got, str_of(want)), "got %.*s", \
			STR_ARG(is_got));                       \
	} while (0)

static int64_t calls_of(const char *command)
{
	redisReply *r = redisCommand(side, "info commandstats");
	const char *at =
		strstr(r->str, command); /* cmdstat_scan:calls=3,usec=... */
	str calls, rest;
	int64_t n = 0;

	if (at)
		str_cut(str_of(strstr(at, "calls=") + strlen("calls=")), ',',
			&calls, &rest);
	must(!at || str_int(calls, &n));
	freeReplyObject(r);
	return n;
}

/* A key that the map can make is asked for; nothing is scanned for it. */
static void asked_by_key(void)
{
	struct fixture f = open_shop(0);

	tell("hset customer:7 email ann@x.example");
	tell("hset session:ann@x.example agent firefox customer 7");
	tell("hset session:bob@x.example agent lynx customer 8");
	tell("hset cart:eu:1 mail ann@x.example");
	tell("config resetstat");
	IS(found(&f, "session", "agent", "mail", "ann@x.example"), "firefox");
	IS(found(&f, "session", "(key)", "(key)", "session:bob@x.example"),
		"session:bob@x.example");
	IS(found(&f, "customer", "id", "id", "7"), "7");
	IS(found(&f, "customer", "id", "id", "70"), "");
	IS(found(&f, "customer", "id", "id", "7:log"), "");
	IS(found(&f, "session", "(key)", "(key)", "customer:7"), "");
	CHECK(calls_of("cmdstat_scan") == 0, "it scans");
	IS(found(&f, "session", "mail", "customer", "7"), "ann@x.example");
	IS(found(&f, "cart", "nr", "shop", "eu"), "1");
	CHECK(calls_of("cmdstat_scan") >= 2, "nothing was scanned");
	CHECK(calls_of("cmdstat_keys") == 0, "KEYS holds everybody up");
	fixture_close(&f);
}

/* What would be "nobody there" by mistake is an error. */
static void what_is_wrong(void)
{
	struct fixture f = open_shop(0);

	tell("hset customer:7 mail ann@x.example");
	IS(found(&f, "customer", "id", "email", "ann@x.example"),
		"INVALID: system \"shop\": table \"customer\": no row has a "
		"field \"email\"");
	tell("hset customer:8 email bob@x.example");
	IS(found(&f, "customer", "id", "email", "ann@x.example"), "");
	IS(found(&f, "customer", "id", "note", "x"), "");
	tell("rpush customer:9 a b");
	IS(found(&f, "customer", "id", "email", "bob@x.example"),
		"INVALID: system \"shop\": table \"customer\": a key of the "
		"pattern holds no hash");
	/* After an error in the middle of answers the next call is served. */
	tell("del customer:9");
	IS(found(&f, "customer", "id", "email", "bob@x.example"), "8");
	IS(found(&f, "nobody", "id", "id", "1"),
		"INVALID: system \"shop\": table \"nobody\": the data map has "
		"no such table");
	fixture_close(&f);
}

static bool is_said(
	const struct err *all, size_t n, const char *message, const char *hint)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(all[i].message, message) &&
			strstr(all[i].hint, hint))
			return true;
	return false;
}

/* With the last row that had a field goes the field: what was there when the person was
 * searched for is asked for again, and is no mistake of the map. */
static void the_last_that_had_it(void)
{
	struct fixture f = open_shop(0);
	struct ident id;
	struct finding got;
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .ids = &id, .ids_n = 1 };
	struct erase_result r;
	struct err e = { 0 };

	must(!ident_read(
		&id, IDENT_TOYON_1, IDENT_EMAIL, STR("ann@x.example")));
	tell("hset customer:7 email ann@x.example");
	tell("hset customer:8 note x");
	tell("hset session:ann@x.example agent lynx customer 7");
	tell("hset session:bob@x.example agent lynx");
	tell("hset cart:eu:1 mail ann@x.example");
	CHECK(!find_person(f.conn, f.a, &id, 1, NULL, &got, &e) &&
			got.tables[0].n == 1,
		"%s", e.message);
	erase_plan_of(f.a, &got, false, &plan);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.is_proven &&
			r.gone == (int64_t)got.rows_n,
		"%s", e.message);
	CHECK(!erase_run(f.conn, f.a, &q, &r, &e) && r.is_proven,
		"nor when it is run again: %s", e.message);
	IS(found(&f, "customer", "id", "email", "ann@x.example"),
		"INVALID: system \"shop\": table \"customer\": no row has a "
		"field \"email\"");
	fixture_close(&f);
}

/* Before anybody is looked for: what the map has and the server has not. */
static void fits(void)
{
	struct fixture f = open_shop(0);
	struct fit fit;
	struct err e = { 0 };

	tell("hset customer:7 email ann@x.example");
	tell("hset session:ann@x.example customer 7");
	tell("hset cart:eu:1 mail ann@x.example");
	CHECK(!fit_of(f.conn, f.a, &fit, &e) && fit.mistakes_n == 1 &&
			is_said(fit.mistakes, fit.mistakes_n,
				"table \"session\": no row has a field "
				"\"agent\"",
				"compare the data map"),
		"%zu mistakes: %s", fit.mistakes_n, e.message);
	CHECK(!fit.doubts_n, "what is optional may be missing: %zu doubts",
		fit.doubts_n);
	tell("del cart:eu:1");
	tell("hset session:bob@x.example agent lynx customer 8");
	CHECK(!fit_of(f.conn, f.a, &fit, &e) && !fit.mistakes_n &&
			fit.doubts_n == 1 &&
			is_said(fit.doubts, 1,
				"table \"cart\": no key follows its pattern",
				"toyon map scan"),
		"%zu mistakes, %zu doubts", fit.mistakes_n, fit.doubts_n);
	for (int i = 0; i < 1000; i++)
		tell(arena_fmt(f.a, "hset cart:us:%d other x%c", i, '\0').p);
	CHECK(!fit_of(f.conn, f.a, &fit, &e) &&
			is_said(fit.doubts, fit.doubts_n,
				"table \"cart\": none of ", "optional"),
		"a sample of very many");
	tell("rpush customer:9 a b");
	CHECK(!fit_of(f.conn, f.a, &fit, &e) &&
			is_said(fit.mistakes, fit.mistakes_n, "holds no hash",
				""),
		"what a search would end with");
	fixture_close(&f);
}

static int64_t erase(
	struct fixture *f, const struct erase_step *s, struct err *e)
{
	int64_t n = 0;

	*e = (struct err){ 0 };
	return conn_erase(f->conn, s, 1, &n, e) < 0 ? -1 : n;
}

/* The whole key tells rows apart; a part of it can't be changed. */
static void keys_of_several_parts(void)
{
	struct fixture f = open_shop(0);
	struct cell key = cell_text(STR("cart:eu:1"));
	const struct map_table *t = &f.system->tables[2];
	struct map_column shop = { .name = STR("shop") };
	struct step_set set = { &shop, cell_text(STR("us")), FORM_LOOK };
	struct erase_step s = { .table = t, .keys = &key, .keys_n = 1 };
	struct err e;

	tell("hset cart:eu:1 mail ann@x.example");
	tell("hset cart:us:1 mail ann@x.example");
	s.set = &set;
	s.set_n = 1;
	CHECK(erase(&f, &s, &e) == -1 && e.code == ERR_INVALID, "%s",
		e.message);
	s.set_n = 0;
	CHECK(erase(&f, &s, &e) == 1, "%s", e.message);
	IS(found(&f, "cart", "(key)", "mail", "ann@x.example"), "cart:us:1");
	/* Not one of the table's: another's rows stay whatever is named. */
	tell("hset customer:7 email ann@x.example");
	key = cell_text(STR("customer:7"));
	CHECK(erase(&f, &s, &e) == 0, "%s", e.message);
	IS(found(&f, "customer", "id", "id", "7"), "7");
	fixture_close(&f);
}

/* A row that is set after it was deleted does not come back. */
static void deleted_stays_deleted(void)
{
	struct fixture f = open_shop(0);
	struct cell key = cell_int(f.a, 7);
	const struct map_table *t = &f.system->tables[0];
	struct step_set set = { &t->columns[map_column_index(t, STR("note"))],
		cell_text(STR("x")), FORM_LOOK };
	struct erase_step s[] = { { .table = t, .keys = &key, .keys_n = 1 },
		{ .table = t,
			.keys = &key,
			.keys_n = 1,
			.set = &set,
			.set_n = 1 } };
	int64_t n[2];
	struct err e = { 0 };

	tell("hset customer:7 email ann@x.example");
	CHECK(!conn_erase(f.conn, s, 2, n, &e), "%s", e.message);
	CHECK(n[0] == 1 && n[1] == 0, "%d, %d", (int)n[0], (int)n[1]);
	IS(found(&f, "customer", "id", "id", "7"), "");
	fixture_close(&f);
}

static void adding_twice(void)
{
	static const str columns[] = { STR_INIT("id"), STR_INIT("email") };
	static const char *const rows[] = { "1", "new@x.example", "7",
		"other@x.example" };
	struct fixture f = open_shop(0);
	struct insert_table t = { STR("customer"), columns, 2 };
	struct fixture_rows r = { rows, 2, 2, 0, { { 0 } } };
	int64_t added;
	struct err e = { 0 };

	tell("hset customer:7 email ann@x.example");
	CHECK(conn_insert(f.conn, &t, 1, fixture_next, &r, &added, &e) == -1 &&
			e.code == ERR_CONFLICT,
		"%s", e.message);
	CHECK(!strstr(e.message, "7"), "%s", e.message);
	IS(found(&f, "customer", "email", "id", "7"), "ann@x.example");
	IS(found(&f, "customer", "email", "id", "1"), "");
	fixture_close(&f);
}

/* A user who may only read: nothing is deleted, and it is said why. */
static void without_the_right(void)
{
	struct fixture f = open_shop(0);
	struct cell key = cell_int(f.a, 7);
	struct erase_step s = {
		.table = &f.system->tables[0], .keys = &key, .keys_n = 1
	};
	str port = str_from(str_of(f.url), strlen("redis://"));
	struct err e;

	tell("hset customer:7 email ann@x.example");
	tell("acl setuser reader on >geheim ~* +@read +@connection "
	     "+@transaction");
	f.url = arena_fmt(
		f.a, "redis://reader:geheim@%.*s/0%c", STR_ARG(port), '\0')
			.p;
	f.conn = fixture_connect(&f, CONN_WRITE, 0);
	IS(found(&f, "customer", "email", "id", "7"), "ann@x.example");
	CHECK(erase(&f, &s, &e) == -1 && e.code == ERR_DENIED, "%s", e.message);
	IS(found(&f, "customer", "email", "id", "7"), "ann@x.example");
	tell("acl deluser reader");
	fixture_close(&f);
}

/* A server that does not answer in time is no server that knows nobody. */
static void too_late(void)
{
	struct fixture f = open_shop(300);
	int64_t start_ms;
	void *slept;

	tell("hset customer:7 email ann@x.example");
	redisAppendCommand(side, "debug sleep 1.5");
	redisBufferWrite(side, &(int){ 0 });
	usleep(100000);
	start_ms = clock_mono_ms();
	CHECK(str_starts(found(&f, "customer", "id", "id", "7"),
		      STR("UNAVAILABLE")),
		"answered");
	CHECK(clock_mono_ms() - start_ms < 1200, "it waited %d ms",
		(int)(clock_mono_ms() - start_ms));
	CHECK(str_starts(found(&f, "customer", "id", "id", "7"),
		      STR("UNAVAILABLE")),
		"the late answer was taken for another's");
	must(redisGetReply(side, &slept) == REDIS_OK);
	freeReplyObject(slept);
	fixture_close(&f);
}

static int cut_off(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	int *rows = ctx;

	(void)cells;
	(void)n;
	(void)e;
	if (!(*rows)++)
		tell("client kill type normal skipme yes");
	return 0;
}

/* Half a scan is no answer, and the signal of the dead socket ends nobody. */
static void cut_off_while_reading(void)
{
	struct fixture f = open_shop(0);
	str email = STR("email");
	struct row_query q = { .table = STR("customer"),
		.columns = &email,
		.columns_n = 1,
		.is_all = true };
	struct err e = { 0 };
	int rows = 0;

	for (int i = 0; i < 5000; i++)
		tell(arena_fmt(f.a, "hset customer:%d email p%d@x.example%c", i,
			i, '\0')
				.p);
	CHECK(conn_rows(f.conn, &q, cut_off, &rows, &e) == -1, "%d rows", rows);
	CHECK(e.code == ERR_UNAVAILABLE, "%s", e.message);
	CHECK(rows > 0 && rows < 5000, "%d rows", rows);
	CHECK(conn_rows(f.conn, &q, cut_off, &rows, &e) == -1 &&
			e.code == ERR_UNAVAILABLE,
		"a dropped connection stays dropped");
	f.conn = fixture_connect(&f, CONN_READ, 0);
	rows = 1;
	CHECK(!conn_rows(f.conn, &q, cut_off, &rows, &e) && rows >= 5001,
		"%d rows", rows - 1);
	fixture_close(&f);
}

static void other_ways_in(void)
{
	struct fixture f = open_shop(0);
	struct conn_options o = { .mode = CONN_READ };
	struct conn *c;
	struct err e = { 0 };

	tell("hset customer:7 email ann@x.example");
	f.url = arena_fmt(f.a, "redis://?socket=%s%c",
		getenv("TOYON_TEST_REDIS_SOCKET"), '\0')
			.p;
	f.conn = fixture_connect(&f, CONN_READ, 0);
	IS(found(&f, "customer", "email", "id", "7"), "ann@x.example");
	o.url = "redis://redis.example";
	CHECK(conn_open(f.a, &f.map, f.system, &o, &c, &e) == -1 &&
			e.code == ERR_INVALID &&
			strstr(e.message, "not be encrypted"),
		"in the clear: %s", e.message);
	fixture_close(&f);
}

static void with_a_server(void)
{
	str port;
	int64_t number;

	must(str_cut(str_from(str_of(getenv("TOYON_TEST_REDIS")),
			     strlen("redis://")),
		':', &port, &port));
	must(str_int(port, &number));
	side = redisConnect("127.0.0.1", (int)number);
	must(side && !side->err);
	asked_by_key();
	what_is_wrong();
	the_last_that_had_it();
	fits();
	keys_of_several_parts();
	deleted_stays_deleted();
	adding_twice();
	without_the_right();
	too_late();
	cut_off_while_reading();
	other_ways_in();
	redisFree(side);
}

int main(int argc, char **argv)
{
	faults();
	matches();
	no_keys();
	if (argc > 1 && !strcmp(argv[1], "server"))
		with_a_server();
	return CHECK_DONE();
}
