/*
 * What the desk does for programs: signals in packs, and answers that are given
 * once.  On SQLite; t/api has both engines, behind the wire.
 */
#include <stdlib.h>

#include "base/base.h"
#include "check.h"
#include "desk/config.h"
#include "desk/intake.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/once.h"
#include "desk/signals.h"
#include "law/reason.h"
#include "store/sql.h"

struct test {
	struct arena *a;
	const char *dir;
	struct clock clock;
	struct keys *keys;
	struct db *db;
	struct suppress *suppress;
	struct config config;
};

static struct desk desk_of(struct test *t, enum actor_kind kind, int64_t id)
{
	return (struct desk){
		.db = t->db,
		.arena = t->a,
		.clock = &t->clock,
		.keys = t->keys,
		.config = &t->config,
		.suppress = t->suppress,
		.actor = { .kind = kind, .id = id, .role = STR("auditor") },
		.wake_fd = -1,
	};
}

static void start(struct test *t)
{
	struct err e = { 0 };
	char dir[] = "/tmp/t_api_desk.XXXXXX";

	t->a = arena_new(1u << 30);
	must(mkdtemp(dir));
	t->dir = arena_cstr(t->a, str_of(dir));
	t->clock.fixed_ms = 1795294800000; /* November 21, 2026 */
	must(!keys_make(t->dir, &e) &&
		!keys_load(t->a, t->dir, KEYS_WEB, &t->keys, &e) &&
		!db_open(&t->db,
			arena_cstr(
				t->a, arena_fmt(t->a, "sqlite:%s/t.db", dir)),
			&(struct db_opts){ .may_create = true }, &e) &&
		!db_migrate(t->db, &e) &&
		!suppress_open(&t->suppress,
			arena_cstr(t->a, arena_fmt(t->a, "%s/i.tyx", dir)),
			t->keys, &e));
}

static void end(struct test *t)
{
	suppress_close(t->suppress);
	db_close(t->db);
	must(!system(arena_cstr(t->a, arena_fmt(t->a, "rm -r %s", t->dir))));
	arena_free(t->a);
}

static int64_t log_length(struct test *t)
{
	struct sql_suppression_count_row row;
	struct err e = { 0 };

	must(sql_suppression_count(t->db, t->a, &row, &e) == 1);
	return row.n;
}

static int64_t audit_length(struct test *t)
{
	struct sql_audit_head_row row;
	struct err e = { 0 };

	must(sql_audit_head(t->db, t->a, &row, &e) == 1);
	return row.seq;
}

/* --- signals --- */

static struct suppress_query email(const char *value)
{
	return (struct suppress_query){ .kind = IDENT_EMAIL,
		.value = str_of(value) };
}

static size_t send(
	struct test *t, const char *const *values, size_t n, uint32_t reasons)
{
	struct desk d = desk_of(t, ACTOR_API, 7);
	struct suppress_query q[8];
	struct signals s = {
		.at = q, .n = n, .reasons = reasons, .source = STR("gpc")
	};
	struct err e = { 0 };

	must(n <= COUNTOF(q));
	for (size_t i = 0; i < n; i++)
		q[i] = email(values[i]);
	CHECK(!signals_read(&d, &s, &e) && !signals_put(&d, &s, &e), "%s",
		e.message);
	return s.fresh_n;
}

static uint32_t reasons_of(struct test *t, const char *value)
{
	struct desk d = desk_of(t, ACTOR_API, 7);
	struct suppress_query q = email(value);
	struct err e = { 0 };

	must(!suppress_check(&d, &q, 1, &e));
	return q.reasons;
}

static void test_signals(struct test *t)
{
	static const char *const one[] = { "ellen@example.net",
		" Ellen@EXAMPLE.net", "maria@example.com",
		"ellen@example.net" };
	struct sql_suppression_after_rows rows;
	struct err e = { 0 };
	int64_t entries = audit_length(t);

	CHECK(send(t, one, 4, REASON_OPT_OUT) == 2, "two people");
	CHECK(log_length(t) == 2, "an entry each");
	CHECK(audit_length(t) == entries + 1, "and one for the audit");
	CHECK(reasons_of(t, "ellen@example.net") == REASON_OPT_OUT &&
			reasons_of(t, "maria@example.com") == REASON_OPT_OUT,
		"in force");
	CHECK(send(t, one, 4, REASON_OPT_OUT) == 0, "known already");
	CHECK(log_length(t) == 2 && audit_length(t) == entries + 1,
		"and that cost no write");
	CHECK(send(t, one, 2, REASON_LIMIT) == 1, "another reason is new");
	CHECK(reasons_of(t, "ellen@example.net") ==
			(REASON_OPT_OUT | REASON_LIMIT),
		"both hold");
	CHECK(send(t, one, 1, REASON_OPT_OUT) == 0, "one of two is known");
	must(!sql_suppression_after(t->db, t->a,
		&(struct sql_suppression_after_in){ 0, 10, 10 }, &rows, &e));
	CHECK(rows.n == 2 && rows.at[0].seq == 2 &&
			rows.at[0].id_key.n == 2 * IDENT_KEY_SIZE,
		"what comes together and says the same is one row");
	CHECK(str_eq(rows.at[1].source, STR("api:7:gpc")), "who saw it: %.*s",
		STR_ARG(rows.at[1].source));
}

static void test_signals_refused(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_API, 7);
	struct desk reader = desk_of(t, ACTOR_STAFF, 1);
	struct suppress_query q[] = { email("new@example.com"),
		email("nobody") };
	struct signals s = { .at = q, .n = 2, .reasons = REASON_OPT_OUT };
	struct err e = { 0 };
	int64_t before = log_length(t);

	CHECK(signals_read(&d, &s, &e) == -1 && e.code == ERR_INVALID &&
			q[1].fault == IDENT_FAULT_AT && !q[0].fault,
		"which one can't be read");
	CHECK(!strstr(e.message, "nobody"), "without saying it: %s", e.message);
	s.n = 1;
	CHECK(signals_read(&reader, &s, &e) == -1 && e.code == ERR_DENIED,
		"not for auditors");
	CHECK(log_length(t) == before, "nothing was written");
}

/* Millions of entries of somebody else's since the last look do not fit a
 * request's arena. */
static void test_follow_far(struct test *t)
{
	enum { FAR = 30000, SMALL = 8 << 20 };
	struct desk d = desk_of(t, ACTOR_COMMAND, 0);
	struct arena *small = arena_new(SMALL);
	struct suppress_query *q = arena_many(t->a, struct suppress_query, FAR);
	struct suppress *other = NULL;
	struct suppress_query last;
	struct err e = { 0 };

	for (size_t i = 0; i < FAR; i++)
		q[i] = email(arena_cstr(
			t->a, arena_fmt(t->a, "u%zu@far.example", i)));
	last = q[FAR - 1];
	must(!suppress_put(&d, q, FAR, REASON_MANUAL, &e));
	must(!suppress_open(&other,
		arena_cstr(t->a, arena_fmt(t->a, "%s/none.tyx", t->dir)),
		t->keys, &e));
	d = desk_of(t, ACTOR_API, 7);
	d.arena = small;
	d.suppress = other;
	CHECK(!suppress_check(&d, &last, 1, &e) &&
			last.reasons == REASON_MANUAL,
		"read to the end");
	suppress_close(other);
	arena_free(small);
}

static int check_in_transaction(struct desk *d, void *ctx, struct err *e)
{
	struct suppress_query q = email("ellen@example.net");

	(void)ctx;
	return suppress_check(d, &q, 1, e);
}

static void look_while_writing(void *ctx)
{
	struct desk d = desk_of(ctx, ACTOR_API, 7);
	struct err e = { 0 };

	desk_write(&d, check_in_transaction, NULL, &e);
}

/* --- once --- */

struct work {
	int runs;
	bool fails;
};

static int do_work(struct desk *d, void *ctx, str *answer, struct err *e)
{
	struct work *w = ctx;

	w->runs++;
	*answer = arena_fmt(d->arena, "run %d", w->runs);
	if (DESK_AUDIT(d, AUDIT_RELEASED, STR(""), e, AD("count", w->runs)))
		return -1;
	return w->fails ? err_set(e, ERR_UNAVAILABLE, "it broke") : 0;
}

static int once(struct desk d, struct work *w, const char *key,
	const char *request, struct once *o, struct err *e)
{
	*o = (struct once){ .key = str_of(key),
		.request = str_of(request),
		.fn = do_work,
		.ctx = w };
	return once_run(&d, o, e);
}

static void test_once(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_API, 7);
	struct work w = { 0 };
	struct once o;
	struct err e = { 0 };
	int64_t entries = audit_length(t);

	CHECK(!once(d, &w, "a", "x", &o, &e) && !o.is_replayed &&
			str_eq(o.answer, STR("run 1")),
		"it runs: %s", e.message);
	CHECK(!once(d, &w, "a", "x", &o, &e) && o.is_replayed && w.runs == 1 &&
			str_eq(o.answer, STR("run 1")),
		"once");
	CHECK(audit_length(t) == entries + 1, "and left one trace");
	CHECK(once(d, &w, "a", "y", &o, &e) == -1 && e.code == ERR_INVALID &&
			w.runs == 1,
		"not for something else");
	CHECK(!once(d, &w, "b", "y", &o, &e) && w.runs == 2, "another key");
	d.actor.id = 8;
	CHECK(!once(d, &w, "a", "x", &o, &e) && w.runs == 3,
		"another's key is another key");
}

static void test_once_failing(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_API, 7);
	struct work w = { .fails = true };
	struct once o;
	struct err e = { 0 };
	int64_t entries = audit_length(t);

	CHECK(once(d, &w, "f", "x", &o, &e) == -1 && e.code == ERR_UNAVAILABLE,
		"it fails");
	CHECK(audit_length(t) == entries, "and all of it is undone");
	w.fails = false;
	CHECK(!once(d, &w, "f", "x", &o, &e) && !o.is_replayed && w.runs == 2,
		"the key is still good");
}

static void test_once_forgets(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_API, 7);
	struct work w = { 0 };
	struct once o;
	struct err e = { 0 };

	must(!once(d, &w, "old", "x", &o, &e));
	t->clock.fixed_ms += LIMIT_ONCE_HOURS * 3600000LL;
	CHECK(!once(d, &w, "old", "x", &o, &e) && o.is_replayed,
		"after 48 hours it is still known");
	t->clock.fixed_ms += 1;
	CHECK(!once(d, &w, "old", "x", &o, &e) && !o.is_replayed && w.runs == 2,
		"and then not any more");
}

/* Over the limit of an address that consumers have: a business forwards all of
 * theirs from one. */
static void test_no_peer_limit(struct test *t)
{
	struct desk d = desk_of(t, ACTOR_API, 7);
	struct desk consumer = desk_of(t, ACTOR_CONSUMER, 0);
	struct status s;
	struct err e = { 0 };
	int failed = 0;

	for (int i = 0; i <= LIMIT_STATUS_TRIES_PEER; i++)
		failed += intake_status(&d, STR("K7QF2M9X"), STR("192.0.2.9"),
				  &s, &e) < 0;
	CHECK(!failed, "API keys have a bucket of their own");
	for (int i = 0; i <= LIMIT_STATUS_TRIES_PEER; i++)
		failed += intake_status(&consumer, STR("K7QF2M9X"),
				  STR("192.0.2.9"), &s, &e) < 0;
	CHECK(failed == 1 && e.code == ERR_TOO_MANY, "consumers do not");
}

int main(void)
{
	struct test t = { 0 };

	start(&t);
	test_signals(&t);
	test_signals_refused(&t);
	test_follow_far(&t);
	CHECK_STOPS(look_while_writing, &t,
		"entries that may be undone are never followed");
	test_once(&t);
	test_once_failing(&t);
	test_once_forgets(&t);
	test_no_peer_limit(&t);
	end(&t);
	return CHECK_DONE();
}
